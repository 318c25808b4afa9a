//! `lapel share`: one link at a time, and never one minted for nothing.

use lapel::sandbox::{FaultKind, ScriptedFault};
use serde_json::Value;

use super::{Shell, program, said};

const SHARE: &str = "POST /v3/users/features/share";
const FIRST: &str = "https://groupme.com/contact/93645911/njLqSwBU";

fn link(shell: &Shell) -> Option<String> {
    shell.sandbox.world()["account"]["share_url"].as_str().map(ToOwned::to_owned)
}

/// What was sent to the call, in order.
fn sent(shell: &Shell) -> Vec<String> {
    let bodies = shell.sandbox.log().into_iter().filter(|seen| seen.method == "POST").filter_map(|seen| seen.body);
    bodies.map(|body| body["status"].as_str().unwrap().to_owned()).collect()
}

/// Pixels a module.
const SCALE: usize = 4;

/// Reads a code drawn in half blocks.
fn decode(text: &str) -> String {
    let rows: Vec<Vec<char>> = text.lines().map(|line| line.chars().collect()).collect();
    let (width, height) = (rows[0].len(), rows.len() * 2);
    let dark = |x: usize, y: usize| {
        let block = rows[y / 2].get(x).copied().unwrap_or(' ');
        block == '█' || block == if y.is_multiple_of(2) { '▀' } else { '▄' }
    };
    let mut image =
        rqrr::PreparedImage::prepare_from_greyscale(width * SCALE, height * SCALE, |x, y| if dark(x / SCALE, y / SCALE) { 0 } else { 255 });
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1, "{text}");
    grids[0].decode().unwrap().1
}

#[test]
fn the_code_reads_as_the_link() {
    let shell = Shell::new();
    assert_eq!(decode(&shell.output(&["share", "qr"])), FIRST);
    let document: Value = serde_json::from_str(&shell.output(&["share", "qr", "--json"])).unwrap();
    let lines: Vec<&str> = document["qr"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert_eq!(decode(&lines.join("\n")), FIRST);
}

#[test]
fn a_new_link_is_another_each_time_and_the_old_one_is_gone() {
    let shell = Shell::new();
    let text = shell.fails(2, &["share", "new"]);
    assert!(text.contains("stop working") && text.contains("--yes"), "{text}");
    let one = shell.output(&["share", "new", "--yes"]);
    let two = shell.output(&["share", "new", "--yes"]);
    assert!(one != two && one.trim() != FIRST, "{one} {two}");
    assert_eq!(link(&shell).unwrap(), two.trim());
    assert_eq!(sent(&shell), ["disable", "enable", "disable", "enable"]);
}

#[test]
fn turning_on_keeps_a_link_that_is_there() {
    let shell = Shell::new();
    assert_eq!(shell.output(&["share", "on"]).trim(), FIRST);
    assert_eq!(sent(&shell), [""; 0]);
    shell.fails(2, &["share", "off"]);
    said(&shell.lapel(&["share", "off", "-y"]).assert().success());
    assert_eq!(link(&shell), None);
    let text = said(&shell.lapel(&["share"]).assert().success());
    assert!(text.contains("off"), "{text}");
    shell.fails(1, &["share", "qr"]);
    let document: Value = serde_json::from_str(&shell.output(&["share", "on", "--json"])).unwrap();
    assert_eq!(document["share_url"].as_str().map(ToOwned::to_owned), link(&shell));
    assert_eq!(
        shell.output(&["share", "off", "--dry-run"]),
        format!("POST {}/v3/users/features/share {{\"status\":\"disable\"}}\n", shell.sandbox.url())
    );
}

#[test]
fn a_lost_answer_leads_to_the_real_link_and_one_enable() {
    for trouble in [FaultKind::ApplyThenReset, FaultKind::CutBody, FaultKind::ApplyThenStatus(500), FaultKind::ApplyThenStatus(201)] {
        let shell = Shell::new();
        shell.lapel(&["share", "off", "-y"]).assert().success();
        shell.sandbox.fault(ScriptedFault::once(SHARE, trouble.clone()));
        assert_eq!(Some(shell.output(&["share", "on"]).trim().to_owned()), link(&shell), "{trouble:?}");
        assert_eq!(sent(&shell), ["disable", "enable"], "{trouble:?}");
    }
    let shell = Shell::new();
    shell.lapel(&["share", "off", "-y"]).assert().success();
    shell.sandbox.fault(ScriptedFault::once(SHARE, FaultKind::status(503, "")));
    let text = shell.fails(1, &["share", "on"]);
    assert!(text.contains("was not made"), "{text}");
    assert_eq!(sent(&shell), ["disable", "enable"]);
}

#[test]
fn a_new_link_that_fails_half_way_says_that_the_old_one_is_dead() {
    let shell = Shell::new();
    shell.sandbox.fault(ScriptedFault::once(SHARE, FaultKind::status(503, "")).after(1));
    let text = shell.fails(1, &["share", "new", "-y"]);
    assert!(text.contains("old link no longer works") && text.contains("turn sharing on"), "{text}");
    assert_eq!((sent(&shell), link(&shell)), (vec!["disable".to_owned(), "enable".to_owned()], None));
}

#[test]
fn one_that_was_interrupted_is_explained_at_the_next_start_once() {
    let shell = Shell::new();
    // The answer to "enable" never comes; the person gives up.
    shell.sandbox.fault(ScriptedFault::once(SHARE, FaultKind::Never).after(1));
    let mut child = program(&["share", "new", "--yes", "--server", &shell.sandbox.url()])
        .env("HOME", shell.home.path())
        .env("GROUPME_TOKEN", shell.sandbox.token())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(60);
    while shell.writes().len() < 2 {
        assert!(std::time::Instant::now() < deadline, "{:?}", shell.writes());
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let text = said(&shell.lapel(&["share"]).assert().success());
    assert!(text.contains("interrupted") && text.contains("lapel share on"), "{text}");
    let again = said(&shell.lapel(&["share"]).assert().success());
    assert!(!again.contains("interrupted"), "{again}");
}
