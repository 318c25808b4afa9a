//! What a key costs on the pins, with few of them and with thousands: from the key to the finished frame, in memory.
//!
//! `cargo bench --bench pins` prints the median of each, for 10, 5,000 and 20,000 pins. The ratios say whether a long list costs more
//! than a short one: only a filter may, which looks at every name.

use std::io::Write;
use std::time::{Duration, Instant};

use crossterm::event::KeyModifiers;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use lapel::app::{Model, Start, update, view};
use lapel::base::ServerLabel;
use lapel::base::{Input, Mouse, MouseKind, Msg, Settings, key};
use lapel::domain::{Id, SafeText};
use lapel::widgets::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Ten rows of pins, so that few pins fill the screen like thousands.
const SIZE: Rect = Rect::new(0, 0, 80, 14);
const TURNS: usize = 400;
/// A pin carried by as many single steps is still one move.
const STEPS: usize = 1_500;
const LENGTHS: [u64; 3] = [10, 5_000, 20_000];

/// One input, the n-th.
type Act = fn(&mut Model, usize);
/// What was done before.
type Before = fn(&mut Model);

fn main() {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{:<28}{:>12}{:>12}{:>8}{:>12}{:>8}", "median of one", "10 pins", "5,000", "ratio", "20,000", "ratio");
    let cases: [(&str, Before, Act); 8] = [
        ("cursor key", nothing, cursor),
        ("turn of the wheel", nothing, wheel),
        ("step of a drag", nothing, drag),
        ("move by one", nothing, step),
        ("the same after 1,500 moves", carried, step),
        ("undo of a move", moved, undo),
        ("to another screen and back", nothing, there_and_back),
        ("letter into the filter", filtering, letter),
    ];
    for (name, before, act) in cases {
        let [few, many, most] = LENGTHS.map(|pins| median(pins, before, act));
        let ratio = |time: Duration| time.as_secs_f64() / few.as_secs_f64();
        let _ = writeln!(out, "{name:<28}{few:>12.1?}{many:>12.1?}{:>8.2}{most:>12.1?}{:>8.2}", ratio(many), ratio(most));
    }
}

fn model(pins: u64) -> Model {
    let mut model = Model::new(Start {
        now: Timestamp::UNIX_EPOCH,
        zone: TimeZone::UTC,
        place: ServerLabel { label: SafeText::default(), sandbox: true },
        theme: Theme::default(),
        settings: Settings::default(),
        complaints: Vec::new(),
        entrance: None,
        cache: None,
        address: None,
        size: (SIZE.width, SIZE.height),
        pictures: None,
        links: false,
    });
    model.shared.session.pins.set((1..=pins).map(|id| Id::from(90_000_000 + id)).collect(), Timestamp::UNIX_EPOCH);
    press(&mut model, "4");
    model
}

fn send(model: &mut Model, input: Input) {
    update(model, Timestamp::UNIX_EPOCH, Msg::Input(input));
}

fn press(model: &mut Model, text: &str) {
    if let Ok(key) = key::parse(text) {
        send(model, Input::Key(key));
    }
}

fn mouse(model: &mut Model, kind: MouseKind, row: usize) {
    send(model, Input::Mouse(Mouse { kind, column: 1, row: row as u16, modifiers: KeyModifiers::NONE }));
}

fn cursor(model: &mut Model, turn: usize) {
    press(model, if turn % 14 < 7 { "j" } else { "k" });
}

fn drag(model: &mut Model, turn: usize) {
    if turn == 0 {
        mouse(model, MouseKind::Press, 4);
    }
    mouse(model, MouseKind::Drag, 4 + turn % 8);
}

fn wheel(model: &mut Model, turn: usize) {
    mouse(model, if turn % 20 < 10 { MouseKind::ScrollDown } else { MouseKind::ScrollUp }, 5);
}

fn step(model: &mut Model, turn: usize) {
    press(model, if turn % 14 < 7 { "J" } else { "K" });
}

fn nothing(_: &mut Model) {}

/// A pin was moved up and down all the time.
fn carried(model: &mut Model) {
    (0..STEPS).for_each(|turn| step(model, turn));
}

/// As many moves of different pins as can be taken back.
fn moved(model: &mut Model) {
    for _ in 0..TURNS {
        press(model, "J");
        press(model, "k");
    }
}

fn undo(model: &mut Model, _: usize) {
    press(model, "u");
}

fn there_and_back(model: &mut Model, turn: usize) {
    press(model, if turn.is_multiple_of(2) { "1" } else { "4" });
}

fn filtering(model: &mut Model) {
    press(model, "/");
}

fn letter(model: &mut Model, turn: usize) {
    press(model, if turn.is_multiple_of(2) { "9" } else { "backspace" });
}

/// The median time from an input to the frame after it.
fn median(pins: u64, before: Before, act: Act) -> Duration {
    let mut model = model(pins);
    before(&mut model);
    let mut buf = Buffer::empty(SIZE);
    let mut times: Vec<Duration> = (0..TURNS)
        .map(|turn| {
            let start = Instant::now();
            act(&mut model, turn);
            buf.reset();
            view(&model, SIZE, &mut buf);
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times.get(TURNS / 2).copied().unwrap_or_default()
}
