use std::time::Duration;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::{Decoder, ESCAPE};
use crate::base::key::{parse, written};
use crate::base::{Input, Mouse};
use crate::widgets::editor::LONGEST_PASTE;

/// What becomes of bytes that come together, with silence behind them.
fn read(bytes: &[u8]) -> Vec<Input> {
    let mut decoder = Decoder::new(ESCAPE);
    let mut inputs = decoder.feed(bytes);
    while decoder.patience().is_some() {
        inputs.extend(decoder.silence());
    }
    inputs
}

/// The inputs in words.
fn said(inputs: &[Input]) -> String {
    let words = inputs.iter().map(|input| match input {
        Input::Key(key) => written(*key),
        Input::Paste(text) => format!("paste {text:?}"),
        Input::LeftOut(count) => format!("{count} left out"),
        Input::Mouse(Mouse { kind, column, row, .. }) => format!("{kind:?} at {column},{row}"),
        Input::Attributes { sixel } => format!("sixel {sixel}"),
        Input::Resize(..) => unreachable!("no bytes say a size"),
    });
    words.collect::<Vec<_>>().join(" ")
}

fn keys(bytes: &[u8]) -> String {
    said(&read(bytes))
}

fn interrupt() -> Input {
    Input::Key(parse("ctrl-c").unwrap())
}

/// Each form that some terminal has for a key.
const KEYS: &[(&[u8], &str)] = &[
    (b"a", "a"),
    (b"K", "K"),
    ("é".as_bytes(), "é"),
    ("🦀".as_bytes(), "🦀"),
    (b" ", "space"),
    (b"\r", "enter"),
    (b"\n", "ctrl-j"),
    (b"\t", "tab"),
    (b"\x7f", "backspace"),
    (b"\x08", "ctrl-h"),
    (b"\0", "ctrl-space"),
    (b"\x13", "ctrl-s"),
    (b"\x1f", "ctrl-7"),
    (b"\x1b", "esc"),
    (b"\x1b\x1b", "esc esc"),
    (b"\x1bx", "alt-x"),
    ("\x1bü".as_bytes(), "alt-ü"),
    (b"\x1b\r", "alt-enter"),
    (b"\x1b\x7f", "alt-backspace"),
    (b"\x1b/", "alt-/"),
    (b"\x1b[", "alt-["),
    (b"\x1b]", "alt-]"),
    (b"\x1bO", "alt-shift-o"),
    (b"\x1bP", "alt-shift-p"),
    (b"\x1b[A", "up"),
    (b"\x1bOA", "up"),
    (b"\x1b[1;2A", "shift-up"),
    (b"\x1b[1;3B", "alt-down"),
    (b"\x1b[1;5C", "ctrl-right"),
    (b"\x1b\x1b[D", "alt-left"),
    (b"\x1b\x1bOD", "alt-left"),
    (b"\x1bOa", "ctrl-up"),
    (b"\x1b[a", "shift-up"),
    (b"\x1b[H", "home"),
    (b"\x1b[1~", "home"),
    (b"\x1b[7~", "home"),
    (b"\x1b[8^", "ctrl-end"),
    (b"\x1b[3;5~", "ctrl-delete"),
    (b"\x1b[Z", "shift-tab"),
    (b"\x1bOP", "f1"),
    (b"\x1bO2P", "shift-f1"),
    (b"\x1b[1;2P", "shift-f1"),
    (b"\x1b[[A", "f1"),
    (b"\x1b[11~", "f1"),
    (b"\x1b[15~", "f5"),
    (b"\x1b[24~", "f12"),
    (b"\x1bOM", "enter"),
    (b"\x1bOp", "0"),
    // modifyOtherKeys, in both forms, and the kitty protocol.
    (b"\x1b[27;2;13~", "shift-enter"),
    (b"\x1b[13;2u", "shift-enter"),
    (b"\x1b[27;5;106~", "ctrl-j"),
    (b"\x1b[13;3u", "alt-enter"),
    (b"\x1b[97u", "a"),
    (b"\x1b[97:65;2u", "A"),
    (b"\x1b[99;5u", "ctrl-c"),
    (b"\x1b[99;5:1u", "ctrl-c"),
    (b"\x1b[99;5:2u", "ctrl-c"),
    (b"\x1b[99;69u", "ctrl-c"),
    (b"\x1b[27u", "esc"),
    (b"\x1b[91;5u", "esc"),
    (b"\x1b[105;5u", "tab"),
    (b"\x1b[9;2u", "shift-tab"),
    (b"\x1b[57419u", "up"),
    (b"\x1b[57399u", "0"),
    (b"\x1b[1;1:1A", "up"),
];

/// What is no key: answers, reports, what is not for this program, and nonsense.
const SWALLOWED: &[&[u8]] = &[
    b"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\",
    b"\x1b]11;rgb:1e1e/1e1e/1e1e\x07",
    b"\x1b]52;c;c2VjcmV0\x1b\\",
    b"\x1b]lq\r\x13title\x1b\\",
    b"\x1bP1+r544e=787465726d\x1b\\",
    b"\x1bP>|XTerm(379)\x1b\\",
    b"\x1b_Gi=31;OK\x1b\\",
    b"\x1b^private\x1b\\",
    b"\x1bXstring\x1b\\",
    b"\x1b]11;cut off by a cancel\x18",
    b"\x1b]11;never ended",
    b"\x1b]11;never ended\x1b",
    b"\x1b[>41;379;0c",
    b"\x1b[0n",
    b"\x1b[?997;1n",
    b"\x1b[24;80R",
    b"\x1b[1;2R",
    b"\x1b[?2026;2$y",
    b"\x1b[?0u",
    b"\x1b[4;600;800t",
    b"\x1b[I\x1b[O",
    b"\x1b[201~",
    b"\x1b[M !!",
    b"\x1b[32;5;5M",
    b"\x1b[<35;5;5M",
    b"\x1b[<1;5;5M",
    b"\x1b[97;9u",
    b"\x1b[99;5:3u",
    b"\x1b[57441u",
    b"\x1b[1;2;3;4;5;6;7;8;9;10;11;12;13;14;15;16;17;18;19;20;21;22;23;24;25;26;27;28;29;30;31;32;33;34A",
    b"\x1b[5",
    b"\x1bO5",
    b"\x90\xff\xc3",
];

/// What else a terminal sends.
const OTHERS: &[&[u8]] = &[b"\x1b[200~", b"\x1b[201~", b"\x1b[200~a\x1b[201~", b"\x1b[<0;3;3M"];

/// Bytes of sequences, and others, with which no form of Enter and Ctrl-S can be spelt.
const HARMLESS: &[u8] = b"\x1b[]OP_^\\;:<?029AmR$qaz \x07\x18\n\t\x7f\xc3\xa9";

#[test]
fn every_form_of_a_key_is_that_key() {
    for (bytes, name) in KEYS {
        assert_eq!(keys(bytes), *name, "{}", bytes.escape_ascii());
    }
}

#[test]
fn every_printable_character_is_the_key_its_name_parses_to() {
    for c in ' '..='~' {
        let name = if c == ' ' { "space".to_owned() } else { c.to_string() };
        assert_eq!(read(&[c as u8]), [Input::Key(parse(&name).unwrap())], "{c:?}");
    }
}

#[test]
fn an_answer_neither_acts_nor_types_nor_makes_deaf() {
    for bytes in SWALLOWED {
        assert_eq!(keys(bytes), "", "{}", bytes.escape_ascii());
        let mut decoder = Decoder::new(ESCAPE);
        for byte in *bytes {
            assert_eq!(decoder.feed(&[*byte]), [], "{} cut at {byte:#x}", bytes.escape_ascii());
        }
        decoder.silence();
        assert_eq!(said(&decoder.feed(b"k")), "k", "after {}", bytes.escape_ascii());
    }
}

#[test]
fn a_silence_tells_the_key_from_the_beginning_of_another() {
    let mut decoder = Decoder::new(ESCAPE);
    assert_eq!(decoder.patience(), None);
    assert_eq!(decoder.feed(b"\x1b"), []);
    assert_eq!(decoder.patience(), Some(ESCAPE));
    assert_eq!(said(&decoder.silence()), "esc");
    assert_eq!(decoder.patience(), None);
    decoder.feed(b"\x1b");
    assert_eq!(decoder.feed(b"["), []);
    assert!(decoder.patience() > Some(ESCAPE), "it has begun: a slow line is waited for");
    assert_eq!(said(&decoder.feed(b"A")), "up");
}

#[test]
fn the_mouse_is_told_with_its_place() {
    assert_eq!(keys(b"\x1b[<0;8;4M\x1b[<32;9;5M\x1b[<0;9;5m"), "Press at 7,3 Drag at 8,4 Release at 8,4");
    assert_eq!(keys(b"\x1b[<64;1;1M\x1b[<65;1;1M\x1b[<2;3;3M"), "ScrollUp at 0,0 ScrollDown at 0,0 RightPress at 2,2");
    assert_eq!(keys(b"\x1b[<0;0;99999M"), "Press at 0,65534");
}

#[test]
fn an_answer_about_the_terminal_is_told_however_late_and_takes_no_key_with_it() {
    for (answer, sixel) in [("?62;4;22", true), ("?63;1;2;4", true), ("?4", false), ("?64;1;14;40", false), ("?1;2", false)] {
        let bytes = format!("x\x1b[{answer}cy");
        assert_eq!(keys(bytes.as_bytes()), format!("x sixel {sixel} y"), "{answer}");
        let mut decoder = Decoder::new(ESCAPE);
        let inputs: Vec<Input> = bytes.bytes().flat_map(|byte| decoder.feed(&[byte])).collect();
        assert_eq!(said(&inputs), format!("x sixel {sixel} y"), "{answer}, byte by byte");
    }
}

#[test]
fn a_paste_is_one_input_and_has_one_kind_of_line_end() {
    assert_eq!(keys(b"\x1b[200~one\rtwo\r\nthree\nfour\x1b[201~"), r#"paste "one\ntwo\nthree\nfour""#);
    assert_eq!(keys("\x1b[200~ü\x1b[201~".as_bytes()), r#"paste "ü""#);
}

#[test]
fn a_forged_end_mark_presses_no_key() {
    assert_eq!(keys(b"\x1b[200~x\x1b[201~q\x13\r\x1b[201~"), r#"paste "xq\u{13}\n""#);
    // Whoever cuts it: only a silence ends it.
    let mut decoder = Decoder::new(ESCAPE);
    assert_eq!(decoder.feed(b"\x1b[200~x\x1b[201~"), []);
    assert_eq!(decoder.patience(), Some(ESCAPE));
    assert_eq!(decoder.feed(b"q\x03\x1b[201~"), []);
    assert_eq!(said(&decoder.silence()), r#"paste "xq\u{3}""#);
    assert_eq!(said(&decoder.feed(b"q")), "q");
}

#[test]
fn a_paste_that_never_ends_ends_by_itself_and_by_an_interrupt() {
    let mut decoder = Decoder::new(ESCAPE);
    decoder.feed(b"\x1b[200~half");
    assert!(decoder.patience() > Some(Duration::from_secs(1)), "a bad line stalls");
    assert_eq!(said(&decoder.silence()), r#"paste "half""#);
    for interrupt in [&b"\x03"[..], b"\x1b[99;5u"] {
        decoder.feed(b"\x1b[200~half");
        decoder.feed(interrupt);
        assert_eq!(decoder.patience(), Some(ESCAPE));
        assert_eq!(decoder.silence().last(), Some(&self::interrupt()), "{}", interrupt.escape_ascii());
    }
}

#[test]
fn what_is_too_long_of_a_paste_is_counted() {
    let paste = |text: &str| read(format!("\x1b[200~{text}\x1b[201~").as_bytes());
    assert_eq!(paste(&"x".repeat(LONGEST_PASTE)), [Input::Paste("x".repeat(LONGEST_PASTE))]);
    let long = paste(&"x".repeat(LONGEST_PASTE + 5));
    assert_eq!(long, [Input::Paste("x".repeat(LONGEST_PASTE)), Input::LeftOut(5)]);
    // One character lies across the limit.
    let wide = paste(&format!("x{}", "é".repeat(LONGEST_PASTE / 2 + 2)));
    assert_eq!(wide, [Input::Paste(format!("x{}", "é".repeat(LONGEST_PASTE / 2 - 1))), Input::LeftOut(3)]);
}

/// Bytes as a fuzzer has them: whole sequences, their pieces, and anything.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        select(KEYS).prop_map(|(bytes, _)| bytes.to_vec()),
        select(SWALLOWED).prop_map(<[u8]>::to_vec),
        (select(SWALLOWED), 0_usize..8).prop_map(|(bytes, cut)| bytes[..bytes.len().min(cut)].to_vec()),
        select(OTHERS).prop_map(<[u8]>::to_vec),
        vec(any::<u8>(), 1..4),
    ];
    vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn however_the_bytes_are_cut_they_mean_the_same(bytes in bytes(), cuts in vec(1_usize..9, 1..9)) {
        let mut decoder = Decoder::new(ESCAPE);
        let (mut inputs, mut rest) = (Vec::new(), &bytes[..]);
        for size in cuts.iter().cycle() {
            let (piece, more) = rest.split_at(rest.len().min(*size));
            inputs.extend(decoder.feed(piece));
            rest = more;
            if rest.is_empty() {
                break;
            }
        }
        while decoder.patience().is_some() {
            inputs.extend(decoder.silence());
        }
        prop_assert_eq!(inputs, read(&bytes));
    }

    #[test]
    fn an_interrupt_arrives_after_any_bytes(bytes in bytes(), silence: bool, coded: bool) {
        let mut decoder = Decoder::new(ESCAPE);
        decoder.feed(&bytes);
        if silence {
            decoder.silence();
        }
        // Its coded form is a sequence, for which the one before must have come to its end.
        let sent: &[u8] = if coded && silence { b"\x1b[99;5u" } else { b"\x03" };
        let mut inputs = decoder.feed(sent);
        inputs.extend(decoder.silence());
        prop_assert_eq!(inputs.last(), Some(&interrupt()));
    }

    #[test]
    fn after_a_silence_the_next_key_counts(bytes in bytes()) {
        let mut decoder = Decoder::new(ESCAPE);
        decoder.feed(&bytes);
        decoder.silence();
        prop_assert_eq!(decoder.patience(), None);
        prop_assert_eq!(said(&decoder.feed(b"k")), "k");
    }

    #[test]
    fn without_the_bytes_of_enter_and_save_neither_is_pressed(bytes in vec(select(HARMLESS), 0..64)) {
        let inputs = said(&read(&bytes));
        for key in inputs.split(' ') {
            prop_assert!(!key.ends_with("enter") && !key.ends_with("ctrl-s"), "{}", inputs);
        }
    }
}
