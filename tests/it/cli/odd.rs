//! Nothing changes that nobody changed: whatever an account holds, it is shown, exported, applied, restored and set again as it is.

use std::fs;
use std::process::Command;

use lapel::domain::campus::CAMPUS;
use lapel::domain::detail::{Detail, EditTarget, details};
use lapel::domain::field::{FieldSpec, PROFILE};
use lapel::sandbox::World;
use serde_json::{Value, json};

use super::{Shell, said};

/// Keys of every field of a form.
fn keys<T>(rows: &'static [FieldSpec<T>]) -> Vec<&'static str> {
    rows.iter().map(|row| row.key).collect()
}

/// What each key may hold, odd as it is. Missing is what some accounts have.
fn odd(key: &str) -> Vec<Value> {
    let long = "x".repeat(70_000);
    let texts = || {
        let texts =
            ["", " outer  ", "a\r\nb\r\n", "a\rb", "\ttab\n\n", "a\u{0}b", "\u{1b}]0;x\u{7}\u{9b}31m", "\u{feff}x", "نیما می\u{200c}دود"];
        texts.into_iter().map(Value::from).chain([Value::Null])
    };
    match key {
        "bio" => texts().chain([json!(long), json!("a\r\"\"\"\rname = \"PWNED\""), json!("\\ \"[x]\" '")]).collect(),
        "image_url" => texts().chain([json!("http://i.groupme.com/1x1.png.0"), json!("https://else.where/me.jpg")]).collect(),
        "song_url" => texts().chain([json!("https://open.spotify.com/album/1")]).collect(),
        "photo_urls" => {
            let one = "https://i.groupme.com/1";
            vec![json!([]), Value::Null, json!([one]), json!([one, "https://else.where/a, b c"]), json!(["", "a\nb", one, one])]
        }
        "interests" => vec![json!([]), Value::Null, json!([99_999_999, 7, 7]), json!(["007", "x y", -1]), json!([""])],
        "major_codes" => vec![json!([]), Value::Null, json!([9999, "0101"]), json!(["a b", "\u{1b}"]), json!([""])],
        "graduation_year" => vec![json!(""), Value::Null, json!(1850), json!("2999"), json!(0)],
        "campus_profile_visibility" => vec![json!("friends"), Value::Null, json!(""), json!("\u{1b}[31m"), json!("hidden")],
        _ => texts().collect(),
    }
}

/// What the service calls the values that it tells of an account and that a form edits.
fn told() -> impl Iterator<Item = &'static str> {
    let edited = |detail: &Detail| detail.is_read() && matches!(detail.edit, EditTarget::Profile(_) | EditTarget::Campus(_));
    details().into_iter().filter(edited).map(|detail| detail.key)
}

/// The account with the `number`-th odd value in every key, each key beginning elsewhere in its own list.
fn make_odd(world: &mut World, number: usize) {
    for (at, key) in told().enumerate() {
        let values = odd(key);
        let value = values[(number + at) % values.len()].clone();
        if value.is_null() && number.is_multiple_of(2) {
            world["account"].as_object_mut().unwrap().remove(key);
        } else {
            world["account"][key] = value;
        }
    }
    world["pins"] = json!(["98905953", "98905953", "not a number", "7+8", "\u{1b}[31m", 12]);
}

/// Sets every key to what `show` prints for it, as people do in their shells.
fn set_to_what_is_shown(shell: &Shell, command: &str, keys: &[&str]) {
    let lapel = env!("CARGO_BIN_EXE_lapel");
    let pairs: Vec<String> = keys.iter().map(|key| format!("{key}=\"$('{lapel}' show {key})\"")).collect();
    let script = format!("exec '{lapel}' {command} set -y {}", pairs.join(" "));
    let envs = [("HOME", shell.home.path().to_str().unwrap().to_owned()), ("LAPEL_SERVER", shell.sandbox.url())];
    let token = shell.sandbox.token().to_owned();
    let output = Command::new("sh").args(["-c", &script]).envs(envs).env("GROUPME_TOKEN", token).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
#[ignore = "slow: a hundred and thirty runs of the program"]
fn an_odd_account_goes_out_and_in_again_unchanged() {
    for number in 0..13 {
        let shell = Shell::new();
        shell.sandbox.edit(|world| make_odd(world, number));
        let world = || shell.sandbox.world();
        let before = world();
        let file = shell.home.path().join("account.toml");
        let file = file.to_str().unwrap();
        said(&shell.lapel(&["export", file]).assert().success());
        let printed = fs::read_to_string(file).unwrap();
        if number == 0 {
            assert_eq!(printed, shell.output(&["export"]));
            let piped = shell.lapel(&["diff", "-"]).write_stdin(printed.clone()).assert().success();
            assert_eq!(piped.get_output().stdout, b"");
        }
        assert!(!printed.chars().any(|c| c.is_control() && c != '\n'), "{printed:?}");
        assert_eq!(shell.output(&["diff", file]), "", "{number}");
        said(&shell.lapel(&["apply", "-", "-y"]).write_stdin(printed).assert().success());
        set_to_what_is_shown(&shell, "", &keys(PROFILE));
        // These keys know fewer odd values, and have had them all by then.
        if keys(CAMPUS).into_iter().any(|key| number < odd(key).len()) {
            set_to_what_is_shown(&shell, "campus", &keys(CAMPUS));
        }
        assert_eq!((shell.writes(), world()), (vec![], before.clone()), "{number}");

        // The state before a save, brought back where it is still so.
        said(&shell.lapel(&["set", "-y", "zip_code=12345"]).assert().success());
        let written = shell.writes().len();
        shell.sandbox.edit(|world| world["account"] = before["account"].clone());
        let history = shell.output(&["history"]);
        assert!(history.contains("as it is now") && history.lines().count() == 1, "{history}");
        said(&shell.lapel(&["restore", "1", "-y"]).assert().success());
        assert_eq!(shell.writes().len(), written, "{number}");
    }
}

#[test]
#[cfg(unix)]
fn a_variable_that_cannot_be_used_is_named_and_nothing_goes_anywhere() {
    use std::os::unix::ffi::OsStrExt;
    let shell = Shell::new();
    let odd = std::ffi::OsStr::from_bytes(b"http://127.0.0.1:1/\xff");
    let url = shell.sandbox.url();
    let quoted = format!("\"{url}\"");
    for (name, value) in [
        ("LAPEL_SERVER", odd),
        ("LAPEL_SERVER", quoted.as_ref()),
        ("LAPEL_SERVER", format!(" {url}").as_ref()),
        ("LAPEL_SERVER", "ftp://127.0.0.1".as_ref()),
        ("LAPEL_SERVER", "http://example.org".as_ref()),
        ("XDG_STATE_HOME", "'/tmp'".as_ref()),
        ("XDG_CONFIG_HOME", "/tmp ".as_ref()),
    ] {
        let text = said(&shell.lapel(&["show", "name"]).env(name, value).assert().code(2));
        assert!(text.contains(name), "{name}={}: {text}", value.display());
    }
    assert_eq!(shell.sandbox.log().len(), 0);
    for value in [odd, "ftp://127.0.0.1:1".as_ref(), "'http://127.0.0.1:1'".as_ref()] {
        let text = said(&shell.lapel(&["show", "--server", "https://server.invalid"]).env("HTTPS_PROXY", value).assert().code(2));
        assert!(text.contains("HTTPS_PROXY is set but"), "{text}");
    }
    // A proxy that does not answer is named too.
    let text =
        said(&shell.lapel(&["show", "--server", "https://server.invalid"]).env("HTTPS_PROXY", "http://127.0.0.1:9").assert().code(5));
    assert!(text.contains("the proxy that HTTPS_PROXY names"), "{text}");
}
