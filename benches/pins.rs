//! What a key costs on the pins, with few of them and with thousands: from the key to the finished frame, in memory.
//!
//! `cargo bench --bench pins` prints the median of each, for 10 and for 5,000 pins. Moving the cursor and dragging look only at
//! what is on screen; a move that changes the list also compares it with the server's.

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

/// One input, the n-th.
type Act = fn(&mut Model, usize);

fn main() {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{:<28}{:>14}{:>14}{:>10}", "median of one", "10 pins", "5000 pins", "ratio");
    let cases: [(&str, Act); 4] = [("cursor key", cursor), ("step of a drag", drag), ("turn of the wheel", wheel), ("move by one", step)];
    for (name, act) in cases {
        let [few, many] = [10, 5000].map(|pins| median(pins, act));
        let ratio = many.as_secs_f64() / few.as_secs_f64();
        let _ = writeln!(out, "{name:<28}{few:>14.1?}{many:>14.1?}{ratio:>10.2}");
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

/// The median time from an input to the frame after it.
fn median(pins: u64, act: Act) -> Duration {
    let mut model = model(pins);
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
