//! What a terminal may send, in the form of the real program.

use super::Pty;

/// In the field of the name, where everything that is not understood would be typed.
fn in_a_field(home: &std::path::Path) -> Pty {
    let mut pty = Pty::spawn(&["--demo"], &[("HOME", home.to_str().unwrap())], (80, 24));
    pty.wait_for("Isaac");
    pty.keys("2\r");
    pty.keys("A");
    pty.wait_for("IsaacA");
    pty
}

#[test]
fn answers_of_the_terminal_change_nothing_however_they_are_cut() {
    let home = tempfile::tempdir().unwrap();
    let mut pty = in_a_field(home.path());
    for answer in ["\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\", "\x1b[?997;1n", "\x1b[?62;4c", "\x1bP>|XTerm(379)\x1b\\", "\x1b[I"] {
        // An Esc alone for too long is the key, so the first cut comes after it; how each one counts is the decoder's own test.
        let (begin, rest) = answer.as_bytes().split_at(2);
        pty.bytes(begin);
        for byte in rest {
            pty.bytes(&[*byte]);
        }
        pty.keys(answer);
    }
    pty.keys("B");
    pty.wait_for("IsaacAB");
    pty.keys("\x03");
    assert!(pty.exit().success());
}

#[test]
fn an_interrupt_arrives_in_the_middle_of_anything() {
    for unfinished in ["\x1b[200~half a paste", "\x1b]11;half an answer", "\x1b[", "\x1b[?99", "\x1b"] {
        let home = tempfile::tempdir().unwrap();
        let mut pty = in_a_field(home.path());
        pty.keys(unfinished);
        pty.keys("\x03");
        assert!(pty.exit().success(), "{unfinished:?}");
    }
}

#[test]
fn a_paste_with_a_forged_end_saves_and_leaves_nothing() {
    let home = tempfile::tempdir().unwrap();
    let mut pty = in_a_field(home.path());
    pty.paste("B\x1b[201~\x13q\x03C");
    pty.wait_for("IsaacABqC");
    pty.keys("D");
    pty.wait_for("IsaacABqCD");
    pty.keys("\x03");
    assert!(pty.exit().success());
}

#[test]
fn a_paste_without_an_end_arrives() {
    let home = tempfile::tempdir().unwrap();
    let mut pty = in_a_field(home.path());
    pty.keys("\x1b[200~ and more");
    pty.wait_for("IsaacA and more");
    pty.keys("\x03");
    assert!(pty.exit().success());
}
