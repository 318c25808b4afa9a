//! `lapel config`, and settings that commands honour.

use std::fs;

use super::{Shell, said};

impl Shell {
    pub(super) fn configure(&self, text: &str) {
        let folder = self.home.path().join(".config/lapel");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("config.toml"), text).unwrap();
    }
}

#[test]
fn what_config_prints_is_a_file_that_means_the_same() {
    let shell = Shell::new();
    let usual = shell.output(&["config"]);
    shell.configure("theme = \"monochrome\"\n[keys]\nsave = \"f11\"\n[styles]\nbad = \"red on black\"\n");
    let own = shell.output(&["config"]);
    assert_ne!(usual, own);
    assert!(own.contains("save = [\"f11\"]") && own.contains("bad = \"red on black\"") && own.contains("theme = \"monochrome\""), "{own}");
    shell.configure(&own);
    assert_eq!(shell.output(&["config"]), own);
    let json: serde_json::Value = serde_json::from_str(&shell.output(&["config", "--json"])).unwrap();
    assert_eq!((&json["theme"], &json["keys"]["save"]), (&"monochrome".into(), &serde_json::json!(["f11"])));
}

#[test]
fn config_says_where_the_file_belongs() {
    let shell = Shell::new();
    let path = shell.output(&["config", "--path"]);
    assert_eq!(path.trim_end(), shell.home.path().join(".config/lapel/config.toml").to_str().unwrap());
}

#[test]
fn every_mistake_is_told_with_its_place_and_commands_go_on() {
    let shell = Shell::new();
    let usual = shell.output(&["config"]);
    shell.configure("mouse = 7\n[keys]\ngrab = \"x\"\n");
    let assert = shell.lapel(&["config"]).assert().code(1);
    let text = said(&assert);
    assert!(text.contains("config.toml:1:9: mouse must be true or false"), "{text}");
    assert!(text.contains("config.toml:3:8: x would mean both"), "{text}");
    assert!(text.lines().all(|line| line.starts_with("lapel: ")), "{text}");
    let printed = String::from_utf8(assert.get_output().stdout.clone()).unwrap();
    assert_eq!(printed, usual, "what is wrong leaves the defaults");

    let assert = shell.lapel(&["show", "name"]).assert().success();
    let text = said(&assert);
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(text.starts_with("lapel: warning: ") && text.contains("lapel config"), "{text}");
}

#[test]
fn the_token_command_counts_as_a_place_of_the_token() {
    let shell = Shell::new();
    shell.configure("token_command = \"exit 1\"\n");
    let mut logout = shell.signed_out(&["logout"]);
    let text = said(&logout.env_remove("LAPEL_SERVER").assert().success());
    assert!(text.contains("still in the command set as token_command"), "{text}");
    // It is GroupMe's token, and no business of another server.
    let text = said(&shell.signed_out(&["logout"]).assert().success());
    assert!(!text.contains("token_command"), "{text}");
}
