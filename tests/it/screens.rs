//! What people see: every screen and overlay in its states, at five sizes, read by a person before it was accepted.
//!
//! Texts only; what styles must hold (no colour under `NO_COLOR`, ASCII without UTF-8, no panic at any size) are laws below.

use lapel::base::{Input, Msg};
use lapel::widgets::link;
use lapel::widgets::symbols::Symbols;
use lapel::widgets::theme::Theme;
use ratatui::style::{Color, Modifier};

use crate::flows::TestApp;

/// A state of the program: its name, and the keys that lead there from the start.
pub(crate) const STATES: &[(&str, &str)] = &[
    ("profile", ""),
    ("profile-end", "G"),
    ("profile-link", "v"),
    ("palette", "?"),
    ("messages", "s s !"),
    ("question", "n"),
    ("sms", "m"),
    ("link-options", "j j j j j j j j j j enter"),
    ("fact-options", "j enter"),
    ("edit", "2"),
    ("edit-typing", "2 tab tab tab tab x y"),
    ("edit-gallery", "2 tab pagedown tab delete"),
    ("edit-review", "2 x ctrl-s"),
    ("edit-saved", "2 x ctrl-s enter"),
    ("history", "2 enter x esc ctrl-s enter 4 J ctrl-s alt-1 H j"),
    ("campus", "3"),
    ("campus-majors", "3 c o m p"),
    ("pins", "4"),
    ("pins-carried", "4 j j space k"),
    ("pins-changed", "4 J x j"),
    ("pins-filter", "4 / r o"),
    ("pins-cleanup", "4 D"),
    ("sign-in", "f10"),
];

/// What has a layout of its own at every size.
const FIVE_SIZES: &[&str] = &[
    "profile",
    "profile-end",
    "edit",
    "edit-typing",
    "edit-gallery",
    "campus",
    "pins",
    "pins-carried",
    "pins-changed",
    "edit-review",
    "history",
];

/// Where the picture itself is what matters; its texts say nothing.
pub(crate) const DRAWN: &[(&str, &str)] = &[("qr", "o")];

const SIZES: &[(u16, u16)] = &[(40, 12), (60, 16), (80, 24), (100, 30), (140, 40)];

fn resize(app: &mut TestApp, size: (u16, u16)) {
    app.resize(size);
    app.send(Msg::Input(Input::Resize(size.0, size.1)));
}

async fn at(keys: &str) -> TestApp {
    let mut app = TestApp::start().await;
    // One at a time, as a person does who looks before pressing the next.
    for key in keys.split_whitespace() {
        app.keys(key).await;
    }
    app
}

#[tokio::test]
async fn screens_look_as_they_were_accepted() {
    for (name, keys) in STATES {
        let mut app = at(keys).await;
        for size in SIZES {
            resize(&mut app, *size);
            if ![60, 80].contains(&size.0) && !FIVE_SIZES.contains(name) {
                continue;
            }
            insta::assert_snapshot!(format!("{name}-{}x{}", size.0, size.1), app.screen());
        }
    }
}

#[tokio::test]
async fn every_screen_draws_at_every_size() {
    let edge = |most: u16| [0, 1, 3, 10, 11, 25, 40, 41, 72, 120].into_iter().filter(move |size| *size <= most);
    for (name, keys) in STATES.iter().chain(DRAWN) {
        let mut app = at(keys).await;
        for columns in edge(120) {
            for rows in edge(40) {
                resize(&mut app, (columns, rows));
                let frame = app.frame();
                assert_eq!((frame.area.width, frame.area.height), (columns, rows), "{name}");
            }
        }
    }
}

#[tokio::test]
async fn the_cursor_always_stands_on_the_selected_row_or_in_the_field() {
    for (name, keys) in STATES.iter().chain(DRAWN) {
        let mut app = at(keys).await;
        for size in SIZES {
            resize(&mut app, *size);
            let (frame, cursor) = (app.frame(), app.cursor().unwrap_or_else(|| panic!("no cursor in {name} at {size:?}")));
            let reversed = |x: u16, y: u16| frame[(x, y)].modifier.contains(Modifier::REVERSED);
            let bars: Vec<u16> = (0..size.1).filter(|y| (0..size.0).any(|x| reversed(x, *y))).collect();
            let typed =
                app.screen().lines().nth(usize::from(cursor.y)).is_some_and(|line| line.contains(['▸', '▐']) || line.contains(": "));
            assert!(
                bars.is_empty() || bars.contains(&cursor.y) || typed,
                "{name} at {size:?}: {cursor:?} and bars at {bars:?}\n{}",
                app.screen()
            );
        }
    }
}

#[tokio::test]
async fn without_colour_nothing_is_coloured_and_without_utf8_our_signs_are_ascii() {
    for (name, keys) in STATES {
        let mut app = at(keys).await;
        app.model.shared.theme = Theme::monochrome().with_symbols(Symbols::ASCII);
        app.model.shared.picture_method = None;
        let frame = app.frame();
        for cell in frame.content() {
            assert!(cell.fg == Color::Reset && cell.bg == Color::Reset, "{name}: {:?} is coloured", cell.symbol());
            let ours = ["─", "│", "┌", "┐", "└", "┘", "✓", "✗", "●", "▸", "≡", "…", "█", "·", "→", "━"];
            assert!(!ours.contains(&cell.symbol()), "{name}: {:?} without UTF-8", cell.symbol());
        }
    }
}

/// The texts that lead somewhere, with where.
fn links(app: &TestApp) -> Vec<(String, String)> {
    let frame = app.frame();
    let mut found: Vec<(String, String)> = Vec::new();
    let mut last = None;
    for position in frame.area.positions() {
        let (open, text) = link::parts(frame[position].symbol());
        let address = open.and_then(|open| open.strip_suffix("\x1b\\")?.splitn(3, ';').nth(2)).map(str::to_owned);
        match (&address, found.last_mut()) {
            (Some(address), Some((so_far, _))) if last.as_ref() == Some(address) => so_far.push_str(text),
            (Some(address), _) => found.push((text.to_owned(), address.clone())),
            (None, _) => {}
        }
        last = address;
    }
    found
}

#[tokio::test]
async fn addresses_lead_to_the_whole_of_what_they_show() {
    for (keys, count) in [("", 2), ("v", 4), ("2", 5), ("2 tab pagedown tab delete", 4), ("4", 0), ("?", 0), ("2 x ctrl-s", 0)] {
        let mut app = at(keys).await;
        resize(&mut app, (60, 60));
        assert_eq!(links(&app), [], "{keys:?}: nobody asked for links");
        let plain = app.screen();
        app.model.shared.links = true;
        let links = links(&app);
        assert_eq!(links.len(), count, "{keys:?}: {links:?}\n{plain}");
        for (text, address) in &links {
            let start = text.trim_end_matches('…').trim_start_matches("https://");
            assert!(address.contains(start) && address.starts_with("https://"), "{text} leads to {address}");
        }
        let mut frame = app.frame();
        frame.content.iter_mut().for_each(link::unmark);
        app.model.shared.links = false;
        assert_eq!(frame, app.frame(), "{keys:?}: links change nothing to be seen");
    }
}
