//! Pipes: read to their end or refused, never cut.

use crate::cli::Shell;

#[test]
fn apply_from_a_pipe_beyond_its_limit_is_refused_and_not_half_applied() {
    let shell = Shell::new();
    let text = format!("[profile]\nbio = \"half\"\n{}\n[pins]\npinned_conversation_ids = []\n", "#".repeat(1 << 20));
    let output = shell.lapel(&["apply", "-y", "-"]).write_stdin(text).assert().code(2).get_output().clone();
    assert!(String::from_utf8(output.stderr).unwrap().contains("larger than"));
    assert_eq!(shell.writes(), [""; 0]);
}

#[test]
fn a_login_from_a_pipe_without_end_is_refused() {
    let shell = Shell::new();
    for endless in ["x".repeat(1 << 20), "\n".to_owned(), String::new()] {
        let assert = shell.signed_out(&["login", "-y"]).write_stdin(endless).assert().code(2);
        assert!(crate::cli::said(&assert).contains("token"));
    }
    assert!(shell.sandbox.log().is_empty());
}
