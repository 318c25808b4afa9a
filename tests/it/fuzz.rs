//! Whatever a terminal sends, on every screen: no panic, nothing is written to the service without Enter, Ctrl-S (or Ctrl-O, which is
//! the same) or a click, and Ctrl-C ends the program after any bytes.
//!
//! The ordinary test takes four hundred bytes each; ten million on each screen take
//! `LAPEL_FUZZ_BYTES=10000000 cargo test --test it fuzz:: -- --nocapture` (with `--release`, some minutes).

use crokey::OneToThree;
use crossterm::event::KeyCode;
use lapel::base::key::parse;
use lapel::base::{Effect, Input, Key, MouseKind, Msg};
use lapel::runtime::input::{Decoder, ESCAPE};
use lapel::sandbox::Options;

use crate::flows::TestApp;
use crate::races::Dice;
use crate::screens::{DRAWN, STATES};

/// Set to the number of bytes for each screen.
const BYTES: &str = "LAPEL_FUZZ_BYTES";
const FEW: usize = 400;
/// Bytes between two interrupts.
const STRETCH: usize = 200;
/// Stretches of one run of the program.
const RUN: usize = 50;

/// States besides the ones that have a picture, in which keys mean something of their own.
const PLACES: &[(&str, &str)] = &[
    ("a field", "2 enter a"),
    ("the bio", "2 enter down down down down a"),
    ("filter", "4 /"),
    ("carried", "4 space"),
    ("review of pins", "4 J ctrl-s"),
];

/// What terminals send, whole; cut and mixed it is everything else.
const PIECES: &[&[u8]] = &[
    b"\x1b",
    b"\x1b[A",
    b"\x1b[B",
    b"\x1bOC",
    b"\x1b[D",
    b"\x1b[1;3A",
    b"\x1b[1;3B",
    b"\x1b[5~",
    b"\x1b[6~",
    b"\x1b[H",
    b"\x1b[3~",
    b"\x1bOP",
    b"\x1b[15~",
    b"\x1b[17~",
    b"\x1b[24~",
    b"\x1b[Z",
    b"\t",
    b"\n",
    b"\x7f",
    b"\x1b[200~",
    b"\x1b[201~",
    b"\x1b[200~pasted\rtext\x1b[201~\x13q",
    b"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\",
    b"\x1b]11;rgb:1e1e/1e1e/1e1e\x07",
    b"\x1bP>|XTerm(379)\x1b\\",
    b"\x1b_Gi=31;OK\x1b\\",
    b"\x1b[?997;1n",
    b"\x1b[?62;4c",
    b"\x1b[24;80R",
    b"\x1b[?2026;2$y",
    b"\x1b[I",
    b"\x1b[<32;9;9M",
    b"\x1b[<0;9;9m",
    b"\x1b[<64;9;9M",
    b"\x1b[<65;9;9M",
    b"\x1b[97;5u",
    b"\x1b[27;5;106~",
    b"\xf0\x9f\xa6\x80",
    b"\xff\xc3",
];

fn bytes(dice: &mut Dice, many: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    while bytes.len() < many {
        match dice.roll(4) {
            0 => bytes.extend((0..dice.roll(8)).map(|_| b' ' + dice.roll(95) as u8)),
            1 => bytes.extend((0..dice.roll(8)).map(|_| dice.roll(256) as u8)),
            2 => {
                let piece = PIECES[dice.roll(PIECES.len())];
                bytes.extend(&piece[..=dice.roll(piece.len())]);
            }
            _ => bytes.extend(PIECES[dice.roll(PIECES.len())]),
        }
    }
    bytes
}

/// Whether it is one of those that may write, or the way out.
fn is_left_out(input: &Input) -> bool {
    match input {
        Input::Key(key) => {
            let named = ["ctrl-s", "ctrl-o", "ctrl-c"].map(|name| parse(name).unwrap());
            named.contains(key) || matches!(key.codes, OneToThree::One(KeyCode::Enter))
        }
        Input::Mouse(mouse) => matches!(mouse.kind, MouseKind::Press | MouseKind::DoubleClick),
        Input::Paste(_) | Input::LeftOut(_) | Input::Resize(..) | Input::Attributes { .. } => false,
    }
}

fn interrupt() -> Key {
    parse("ctrl-c").unwrap()
}

async fn run(place: (&str, &str), dice: &mut Dice, many: usize) {
    let (name, way) = place;
    let mut app = TestApp::on(Options::default(), (80, 24)).await;
    for key in way.split_whitespace() {
        app.keys(key).await;
    }
    // What the way there saved.
    let before = app.writes();
    for _ in 0..many.div_ceil(STRETCH) {
        let mut decoder = Decoder::new(ESCAPE);
        let stretch = bytes(dice, STRETCH);
        let mut inputs = decoder.feed(&stretch);
        if dice.once_in(2) {
            inputs.extend(decoder.silence());
        }
        for input in inputs.into_iter().filter(|input| !is_left_out(input)) {
            app.send(Msg::Input(input));
        }
        // Draws: a frame must not panic either.
        app.frame();
        app.asked.clear();
        let mut last = decoder.feed(b"\x03");
        last.extend(decoder.silence());
        assert_eq!(last.last(), Some(&Input::Key(interrupt())), "{}", stretch.escape_ascii());
        for input in last {
            app.send(Msg::Input(input));
        }
        assert!(app.asked.contains(&Effect::Quit), "{name} after {}:\n{}", stretch.escape_ascii(), app.screen());
    }
    app.settle().await;
    assert_eq!(app.writes(), before, "{name}");
}

#[test]
fn no_bytes_write_panic_or_keep_an_interrupt_from_ending_it() {
    let many = std::env::var(BYTES).ok().and_then(|many| many.parse().ok()).unwrap_or(FEW);
    let fuzz = async |seed: u64, place: (&str, &str)| {
        let mut dice = Dice(seed);
        let mut left = many;
        while left > 0 {
            let now = left.min(STRETCH * RUN);
            run(place, &mut dice, now).await;
            left -= now;
        }
        println!("{}: {many} bytes", place.0);
    };
    std::thread::scope(|scope| {
        for (place, nth) in STATES.iter().chain(DRAWN).chain(PLACES).zip(0..) {
            let fuzz = &fuzz;
            scope.spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                runtime.block_on(fuzz(0x9e37_79b9_7f4a_7c15 + nth, *place));
            });
        }
    });
}
