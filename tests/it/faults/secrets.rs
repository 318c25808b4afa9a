//! The token, which a server may repeat, a core dump hold, and a settings file others can write ask for.

use std::process::Stdio;

use serde_json::json;

use crate::cli::{Shell, program};

#[test]
fn a_token_that_the_server_repeats_is_masked_in_all_output() {
    let shell = Shell::new();
    let token = shell.sandbox.token().to_owned();
    let said = token.clone();
    shell.sandbox.edit(move |world| {
        world["account"]["name"] = json!(format!("Isaac {said}"));
        world["account"]["bio"] = json!(said);
    });
    for args in [&["show"][..], &["show", "--json"], &["show", "bio"], &["export", "-"], &["status"]] {
        let output = shell.lapel(args).output().unwrap();
        let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert!(!text.contains(&token), "{args:?}: {text}");
    }
    assert!(shell.output(&["show", "bio"]).contains("<token>"));
}

#[cfg(target_os = "linux")]
#[test]
fn the_program_leaves_no_core_dump() {
    let shell = Shell::new();
    shell.sandbox.fault(lapel::sandbox::ScriptedFault::always("**", lapel::sandbox::FaultKind::Never));
    let mut child = program(&["show"])
        .envs([("LAPEL_SERVER", shell.sandbox.url().as_str()), ("GROUPME_TOKEN", shell.sandbox.token())])
        .env("HOME", shell.home.path())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    while shell.sandbox.log().is_empty() {
        std::thread::yield_now();
    }
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", child.id())).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    let core: Vec<&str> = limits.lines().find_map(|line| line.strip_prefix("Max core file size")).unwrap().split_whitespace().collect();
    assert_eq!(core[0], "0", "{limits}");
}

#[cfg(unix)]
#[test]
fn a_token_command_that_others_can_write_is_not_run() {
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join(".config/lapel");
    let (config, trace) = (folder.join("config.toml"), home.path().join("ran"));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o755)).unwrap();
    std::fs::write(&config, format!("token_command = \"touch {}\"\n", trace.display())).unwrap();
    let status = |mode| {
        std::fs::set_permissions(&config, std::fs::Permissions::from_mode(mode)).unwrap();
        let output = crate::cli::bare(&["status"]).env("HOME", home.path()).output().unwrap();
        String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
    };
    for mode in [0o666, 0o620, 0o602] {
        let text = status(mode);
        assert!(text.contains("token_command is not run") && text.contains("chmod go-w"), "{text}");
        assert!(!trace.exists());
    }
    status(0o644);
    assert!(trace.exists(), "one that only its owner can write is run");
}
