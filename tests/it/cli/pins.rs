//! `lapel pins`.

use lapel::io::cache::Cache;
use lapel::io::client::Server;
use lapel::io::paths::{Identity, Paths};
use lapel::sandbox::{FaultKind, ScriptedFault};
use serde_json::{Value, json};

use super::{Shell, said};
use crate::day::clock;

const PUT: &str = "PUT /v4/pinned_conversations";
const CLIMBING: &str = "98905970";
const FAMILY: &str = "98905953";

fn list(shell: &Shell) -> Vec<Value> {
    serde_json::from_str::<Value>(&shell.output(&["pins", "--json"])).unwrap().as_array().unwrap().clone()
}

/// Runs a command that must work; what it says.
fn notes(shell: &Shell, args: &[&str]) -> String {
    String::from_utf8(shell.lapel(args).assert().success().get_output().stderr.clone()).unwrap()
}

#[test]
fn json_has_position_id_name_kind_and_state_of_every_pin() {
    let rows = list(&Shell::new());
    let row = |position: usize, id: &str, name: Value, kind: &str, state: &str| {
        assert_eq!(rows[position - 1], json!({"position": position, "id": id, "name": name, "kind": kind, "state": state}));
    };
    row(1, FAMILY, json!("Family"), "group", "ok");
    row(3, "93645911+118825642", json!("Maya Okonkwo"), "direct", "ok");
    row(6, "27317261", Value::Null, "unknown", "not_member");
    row(7, "28330145", json!("Sailing 2022"), "group", "dead");
    row(9, "104471206", json!("Drive train"), "topic", "ok");
    assert_eq!(rows.len(), 9);
}

#[test]
fn top_by_name_shows_it_first() {
    let shell = Shell::new();
    assert!(notes(&shell, &["pins", "top", "Climbing"]).contains("Saved"));
    let text = shell.output(&["pins"]);
    let first: Vec<&str> = text.lines().next().unwrap().split_whitespace().collect();
    assert_eq!(first, ["1", "Climbing", "group", "ok", CLIMBING]);
    assert!(text.contains("dead (left)") && text.contains("not a member"), "{text}");
}

#[test]
fn every_move_ends_where_it_says() {
    let shell = Shell::new();
    let ids = || shell.sandbox.pins();
    shell.output(&["pins", "move", "maya", "1"]);
    assert_eq!(ids()[0], "93645911+118825642");
    shell.output(&["pins", "top", "Book club", "Family"]);
    assert_eq!(ids()[..3], ["99566681", FAMILY, "93645911+118825642"]);
    shell.output(&["pins", "bottom", "Book", FAMILY, "99566681"]);
    assert_eq!(ids()[7..], ["99566681", FAMILY]);
    shell.output(&["pins", "move", FAMILY, "99"]);
    assert_eq!(ids()[8], FAMILY);
    shell.output(&["pins", "add", "Algorithms", "Grandpa", "777"]);
    assert_eq!(ids()[9..], ["100441872", "20417733+93645911", "777"]);
    shell.output(&["pins", "remove", "777", "Sailing", "27317261"]);
    assert_eq!(ids().len(), 9);
    let before = shell.writes().len();
    assert!(notes(&shell, &["pins", "move", FAMILY, "7"]).contains("Nothing to change"));
    assert_eq!(shell.writes().len(), before);
}

#[test]
fn an_ambiguous_name_lists_the_candidates_and_an_unknown_one_says_so() {
    let shell = Shell::new();
    let text = shell.fails(2, &["pins", "add", "study group"]);
    assert!(text.contains("Study group: Algorithms (100441872)") && text.contains("Study group: Databases (100441873)"), "{text}");
    assert!(shell.fails(2, &["pins", "top", "chess"]).contains("\"chess\""), "not pinned");
    shell.fails(2, &["pins", "move", "Family", "0"]);
    shell.fails(2, &["pins", "top"]);
    assert_eq!(shell.writes(), [""; 0]);
}

#[test]
fn pruning_lists_asks_and_removes_exactly_the_dead() {
    let shell = Shell::new();
    let text = shell.fails(2, &["pins", "prune"]);
    assert!(!text.contains("27317261") && text.contains("Sailing 2022 (left)") && text.contains("--yes"), "{text}");
    assert_eq!(shell.writes(), [""; 0]);
    shell.output(&["pins", "prune", "--yes"]);
    assert_eq!(shell.sandbox.pins().len(), 8, "what the account never was in may be meant");
    assert!(!shell.sandbox.pins().iter().any(|id| id == "28330145"));
    assert!(notes(&shell, &["pins", "prune", "--yes"]).contains("Nothing to change"));
}

#[test]
fn what_the_account_is_not_in_can_be_pinned_is_called_so_and_stays() {
    let shell = Shell::new();
    shell.output(&["pins", "add", "123456789", "1+2", "https://groupme.com/join_group/777/AbC"]);
    let text = shell.output(&["pins"]);
    for id in ["123456789", "1+2", "777"] {
        assert!(text.lines().any(|line| line.contains("not a member") && line.ends_with(id)), "{id}: {text}");
    }
    let plan = shell.output(&["pins", "prune", "--dry-run"]);
    assert!(plan.contains("\"123456789\"") && plan.contains("\"1+2\"") && plan.contains("\"27317261\""), "{plan}");
}

#[test]
fn deleted_is_what_an_earlier_run_knew_as_a_group() {
    let shell = Shell::new();
    let paths = Paths::under(shell.home.path(), clock());
    let server = Server::parse(&shell.sandbox.url()).unwrap().label().to_owned();
    let known = json!({"known": {"27317261": {"name": "Chess", "kind": "group"}}});
    Cache::new(&paths, Identity::new(server, "93645911")).save(&known).unwrap();
    let said = |args: &[&str]| {
        let output = shell.lapel(args).env("XDG_CACHE_HOME", shell.home.path().join("cache")).assert().success().get_output().clone();
        String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
    };
    let text = said(&["pins"]);
    assert!(text.lines().any(|line| line.contains("Chess") && line.contains("dead (deleted)")), "{text}");
    assert!(said(&["pins", "prune", "--yes"]).contains("Chess (deleted)"));
    assert_eq!(shell.sandbox.pins().len(), 7);
}

#[test]
fn without_the_groups_nothing_is_dead_and_nothing_pruned() {
    let shell = Shell::new();
    shell.sandbox.fault(ScriptedFault::always("GET /v3/groups", FaultKind::status(403, "")));
    assert!(list(&shell).iter().all(|row| row["state"] != "dead"));
    assert!(shell.fails(1, &["pins", "prune", "--yes"]).contains("nothing was changed"));
    assert_eq!(shell.writes(), [""; 0]);
}

#[test]
fn a_dry_run_prints_the_request_and_sends_nothing() {
    let shell = Shell::new();
    let text = shell.output(&["pins", "remove", "Family", "--dry-run"]);
    let wanted = format!(
        "{PUT_LINE} {{\"pinned_conversation_ids\":[\"{CLIMBING}\",",
        PUT_LINE = PUT.replacen(' ', &format!(" {}", shell.sandbox.url()), 1)
    );
    assert!(text.starts_with(&wanted), "{text}");
    assert_eq!(shell.output(&["pins", "top", "Family", "--dry-run"]), "");
    assert!(shell.output(&["pins", "prune", "--dry-run"]).starts_with("PUT "));
    assert_eq!(shell.writes(), [""; 0]);
}

#[test]
fn what_others_change_meanwhile_is_kept_and_a_conflict_exits_3() {
    let shell = Shell::new();
    // The first reading is the command's own, the second the save's.
    let phone = |pins: Value| {
        ScriptedFault::once("GET /v4/pinned_conversations", FaultKind::phone_before(move |world| world["pins"] = pins.clone()))
    };
    shell.sandbox.fault(phone(json!(["100441872", FAMILY, CLIMBING])).after(1));
    let text = notes(&shell, &["pins", "top", "Climbing"]);
    assert!(text.contains("pinned elsewhere: Study group: Algorithms"), "{text}");
    assert_eq!(shell.sandbox.pins(), [CLIMBING, "100441872", FAMILY]);
    shell.sandbox.fault(phone(json!([FAMILY, "100441872"])).after(1));
    let before = shell.writes().len();
    let text = shell.fails(3, &["pins", "bottom", "Climbing"]);
    assert!(text.contains("unpinned elsewhere") && text.contains("Climbing"), "{text}");
    assert_eq!((shell.writes().len(), shell.sandbox.pins()), (before, vec![FAMILY.to_owned(), "100441872".to_owned()]));
}

#[test]
fn a_lost_answer_is_settled_by_reading_back_and_otherwise_unknown() {
    let shell = Shell::new();
    shell.sandbox.fault(ScriptedFault::once(PUT, FaultKind::ApplyThenReset));
    assert!(notes(&shell, &["pins", "top", "Climbing"]).contains("Saved"));
    shell.sandbox.fault(ScriptedFault::once(PUT, FaultKind::status(500, "")));
    let settled = shell.fails(1, &["pins", "top", "Family"]);
    assert!(settled.contains("not saved") && !settled.contains("unknown"), "{settled}");
    shell.sandbox.fault(ScriptedFault::once(PUT, FaultKind::ApplyThenReset));
    shell.sandbox.fault(ScriptedFault::always("GET /v4/pinned_conversations", FaultKind::status(400, "")).after(2));
    assert!(shell.fails(6, &["pins", "top", "Family"]).contains("unknown"));
}

#[test]
fn earlier_lists_are_numbered_from_the_last_save_and_come_back() {
    let shell = Shell::new();
    assert!(notes(&shell, &["pins", "history"]).contains("before each save"));
    let first = shell.sandbox.pins();
    shell.output(&["pins", "top", "Book club"]);
    shell.output(&["pins", "remove", "Family"]);
    let text = shell.output(&["pins", "history"]);
    let lines: Vec<&str> = text.lines().collect();
    assert!(
        lines.len() == 2 && lines[0].contains("restoring it: pinned: Family") && lines[1].contains("pinned: Family; moved: Book club"),
        "{text}"
    );
    let entries: Value = serde_json::from_str(&shell.output(&["pins", "history", "--json"])).unwrap();
    assert_eq!((&entries[1]["number"], &entries[1]["pinned_conversation_ids"]), (&json!(2), &json!(first)));
    said(&shell.lapel(&["pins", "restore", "2"]).assert().code(2));
    shell.output(&["pins", "restore", "2", "--yes"]);
    assert_eq!(shell.sandbox.pins(), first);
    assert!(shell.fails(2, &["pins", "restore", "9"]).contains("1 to 3"));
}

#[test]
fn hostile_names_reach_no_terminal() {
    let shell = Shell::new();
    shell.sandbox.edit(|world| world["groups"][0]["name"] = json!("Fam\u{1b}[31mily\u{202e}"));
    let text = shell.output(&["pins"]);
    assert!(text.contains("Family") && !text.contains('\u{1b}') && !text.contains('\u{202e}'), "{text}");
}
