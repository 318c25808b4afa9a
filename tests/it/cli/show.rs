//! `lapel show`.

use lapel::sandbox::{AcceptedTokenForms, FaultKind, Options, ScriptedFault, TokenPlace, World};
use serde_json::{Value, json};

use super::{Shell, bare, said};

#[test]
fn json_is_one_flat_object_with_the_apis_names() {
    let account: Value = serde_json::from_str(&Shell::new().output(&["show", "--json"])).unwrap();
    assert_eq!(account["name"], json!("Isaac"));
    assert_eq!(account["major_codes"], json!([3702, 5506]));
    assert_eq!(account["graduation_year"], json!(""), "as the service tells it");
    assert_eq!(account["interests"], json!([1026, 3015]));
    assert_eq!(account["avatar_url"], account["image_url"]);
}

#[test]
fn a_field_is_printed_bare() {
    let shell = Shell::new();
    assert_eq!(shell.output(&["show", "name"]), "Isaac\n");
    assert_eq!(shell.output(&["show", "major_codes", "id"]), "3702\n5506\n93645911\n");
}

/// A name and a bio that try to drive a terminal, and letters that must survive.
fn hostile(world: &mut World) {
    world["account"]["name"] = json!("Isa\u{1b}]0;pwned\u{7}\u{202e}ac می\u{200c}دود");
    world["account"]["bio"] = json!(" \u{1b}[31mred\t\u{9b}1m\r\nहै \u{7} ");
}

#[test]
fn on_a_pipe_a_field_is_the_value_and_nothing_else() {
    let shell = Shell::new();
    shell.sandbox.edit(hostile);
    assert_eq!(shell.output(&["show", "name"]), "Isa\u{1b}]0;pwned\u{7}\u{202e}ac می\u{200c}دود\n");
    assert_eq!(shell.output(&["show", "bio"]), " \u{1b}[31mred\t\u{9b}1m\r\nहै \u{7} \n");
}

#[test]
fn a_page_for_people_and_json_hold_no_byte_that_drives_a_terminal() {
    let shell = Shell::new();
    shell.sandbox.edit(hostile);
    let harmless = |text: &str| !text.contains(|c: char| c == '\u{202e}' || c.is_control() && !['\n', '\t'].contains(&c));
    let page = shell.output(&["show"]);
    assert!(harmless(&page) && page.contains("Isaac می\u{200c}دود"), "{page:?}");
    let json = shell.output(&["show", "--json"]);
    assert!(harmless(&json), "{json:?}");
    let account: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(account["name"], json!("Isa\u{1b}]0;pwned\u{7}\u{202e}ac می\u{200c}دود"));
}

#[test]
fn the_whole_profile_names_codes_and_keeps_the_link_to_itself() {
    let text = Shell::new().output(&["show"]);
    assert!(text.contains("Stargazing") && text.contains("Statistics and Decision Science"), "{text}");
    assert!(!text.contains("njLqSwBU"), "{text}");
}

#[test]
fn a_wrong_field_is_a_usage_error_that_lists_the_right_ones() {
    let text = Shell::new().fails(2, &["show", "nmae"]);
    assert!(text.contains("nmae") && text.contains("share_url"), "{text}");
}

#[test]
fn a_wrong_token_exits_4_and_no_server_5() {
    let shell = Shell::new();
    let mut wrong = shell.signed_out(&["show"]);
    said(&wrong.env("GROUPME_TOKEN", "0000000000000000000000000000000000000000").assert().code(4));
    said(&shell.signed_out(&["show"]).assert().code(4));
    let mut nobody = shell.lapel(&["show"]);
    said(&nobody.env("LAPEL_SERVER", "http://127.0.0.1:9").assert().code(5));
}

#[test]
fn a_server_may_know_only_one_form_of_the_token() {
    for (tokens, place) in [(AcceptedTokenForms::HeaderOnly, TokenPlace::Header), (AcceptedTokenForms::QueryOnly, TokenPlace::Query)] {
        let shell = Shell::on(Options { tokens, ..Options::default() });
        assert_eq!(shell.output(&["show", "name"]), "Isaac\n");
        let good = shell.sandbox.log().into_iter().find(|seen| seen.status == Some(200)).unwrap();
        assert_eq!(good.token, place);
    }
}

#[test]
fn a_redirect_is_not_followed_and_the_other_host_hears_nothing() {
    let shell = Shell::new();
    let other = shell.another_sandbox();
    shell.sandbox.fault(ScriptedFault::always("GET /v3/users/me", FaultKind::Redirect(format!("{}/v3/users/me", other.url()))));
    let text = shell.fails(8, &["show"]);
    assert!(text.contains("127.0.0.1"), "{text}");
    assert!(other.log().is_empty());
}

#[test]
fn the_demo_needs_neither_account_nor_server() {
    let home = tempfile::tempdir().unwrap();
    bare(&["show", "name", "--demo"]).env("HOME", home.path()).assert().success().stdout("Isaac\n");
}

#[test]
fn the_editor_without_a_terminal_is_a_usage_error_with_help() {
    let text = said(&bare(&[]).env("HOME", "/nowhere").assert().code(2).stdout(""));
    assert!(text.contains("Usage") && text.contains("--demo"), "{text}");
}

#[test]
fn every_name_that_set_takes_is_a_name_that_show_takes_and_what_is_not_set_is_called_so() {
    let shell = Shell::new();
    for name in ["intrests", "avatar", "photos", "song", "zip", "year", "majors", "visibility", "mail", "Song-URL"] {
        shell.lapel(&["show", name]).assert().success();
    }
    let all = shell.output(&["show"]);
    for line in ["Zip code\tnot set", "Graduation year\tnot shown", "Group sound\tunknown until your next save"] {
        assert!(all.lines().any(|found| found == line), "{line}\n{all}");
    }
}

#[test]
fn the_settings_are_asked_for_by_a_save_that_changes_nothing_and_known_from_then_on() {
    let shell = Shell::new();
    assert!(shell.output(&["show"]).contains("not told yet"));
    assert_eq!(
        shell.output(&["show", "--json", "app_installed", "settings_told_at"]),
        "{\n  \"app_installed\": null,\n  \"settings_told_at\": null\n}\n"
    );
    let planned = shell.output(&["show", "--settings", "--dry-run"]);
    assert!(planned.ends_with("/users/93645911 {\"user\":{\"name\":\"Isaac\"}}\n"), "{planned}");
    assert_eq!(shell.writes(), [""; 0]);
    let asked = shell.lapel(&["show", "--settings"]).assert().success();
    assert!(said(&asked).contains("the name was sent unchanged"), "{}", said(&asked));
    assert_eq!(shell.writes().len(), 1);
    assert_eq!(shell.sandbox.world()["account"]["name"], "Isaac");
    // Whoever reads later writes nothing and knows them, with their time.
    let later = shell.output(&["show"]);
    for line in ["App installed\tyes", "Emails\tmembership added: yes", "Settings as of\t20"] {
        assert!(later.contains(line), "no {line:?} in {later}");
    }
    let told: Value = serde_json::from_str(&shell.output(&["show", "--json"])).unwrap();
    assert_eq!((&told["email_settings"]["group_created"], &told["group_notification_sound"]), (&true.into(), &"gm6.wav".into()));
    assert!(told["settings_told_at"].is_i64());
    assert_eq!(shell.writes().len(), 1);
    // In a file they are comments: nobody knows whether they are so still.
    let file = shell.output(&["export"]);
    assert!(file.contains("\n# group_notification_sound = \"gm6.wav\"\n"), "{file}");
    // What is set by name is sent, whatever was told before.
    shell.output(&["set", "group_notification_sound=gm6.wav", "--yes"]);
    assert_eq!(shell.writes().len(), 2);
}

#[test]
fn nothing_is_told_as_the_service_told_it() {
    let shell = Shell::new();
    shell.sandbox.edit(|world| {
        world["account"]["graduation_year"] = "".into();
        world["account"]["interests"] = json!([]);
        world["account"]["bio"] = "".into();
    });
    let told: Value = serde_json::from_str(&shell.output(&["show", "--json"])).unwrap();
    assert_eq!((&told["graduation_year"], &told["zip_code"]), (&"".into(), &Value::Null));
    shell.sandbox.edit(|world| world["account"]["graduation_year"] = Value::Null);
    let told: Value = serde_json::from_str(&shell.output(&["show", "--json"])).unwrap();
    assert_eq!((&told["interests"], &told["bio"], &told["graduation_year"]), (&json!([]), &"".into(), &Value::Null));
}
