//! What keys cost on the line: the bytes of the frame after each, at 80x24. They repeat exactly, so a change that makes one dearer
//! fails here.

use std::fmt::Write;

use lapel::runtime::backend::DeltaBackend;
use lapel::widgets::link;
use ratatui::Terminal;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use crate::flows::TestApp;

const SIZE: (u16, u16) = (80, 24);

/// The editor on a terminal that counts.
struct Line {
    app: TestApp,
    terminal: Terminal<DeltaBackend<Vec<u8>>>,
}

impl Line {
    async fn open() -> Self {
        let mut app = TestApp::start().await;
        app.model.shared.picture_method = None;
        let size = Size::new(SIZE.0, SIZE.1);
        let Ok(mut terminal) = Terminal::new(DeltaBackend::new(Vec::new(), size));
        let Ok(()) = terminal.resize(Rect::from(size));
        Self { app, terminal }
    }

    /// Bytes of the frame as it is now.
    fn frame(&mut self) -> usize {
        let (buffer, cursor) = (self.app.frame(), self.app.cursor());
        let Ok(_) = self.terminal.draw(|frame| {
            frame.buffer_mut().clone_from(&buffer);
            if let Some(cursor) = cursor {
                frame.set_cursor_position(cursor);
            }
        });
        std::mem::take(self.terminal.backend_mut().writer_mut()).len()
    }

    async fn keys(&mut self, keys: &str) -> usize {
        self.app.keys(keys).await;
        self.frame()
    }
}

#[tokio::test]
async fn bytes_a_key_do_not_rise() {
    let mut costs = String::new();
    for (what, before, key) in [
        ("first frame", "", ""),
        ("a row down, profile", "down", "down"),
        ("a page down, profile", "down", "pagedown"),
        ("to the form", "", "2"),
        ("first letter into a field", "2", "x"),
        ("next letter", "2 x", "y"),
        ("a field down", "2 x", "down"),
        ("to the campus", "2", "3"),
        ("to the pins", "", "4"),
        ("a row down, pins", "4", "down"),
        ("a row down at the edge, pins", "4 end home end up", "down"),
        ("a page down, pins", "4", "pagedown"),
        ("a pin moved", "4", "J"),
        ("a row scrolled, profile", "end up up up up up up up up", "up"),
        ("the filter opens, pins", "4", "/"),
        ("a letter into the filter", "4 /", "m"),
        ("palette opens", "4", "?"),
        ("a letter into the palette", "4 ?", "m"),
        ("palette closes", "4 ?", "esc"),
        ("review opens", "2 x", "ctrl-s"),
    ] {
        let mut line = Line::open().await;
        if !key.is_empty() {
            if !before.is_empty() {
                line.app.keys(before).await;
            }
            line.frame();
        }
        let bytes = if key.is_empty() { line.frame() } else { line.keys(key).await };
        let _ = writeln!(costs, "{what:<30}{bytes:>6}");
    }
    insta::assert_snapshot!(costs);
}

/// Two of each link are in a frame: what opens it and what closes it.
fn bytes_of_links(frame: &Buffer) -> usize {
    let mut all = 0;
    for y in frame.area.top()..frame.area.bottom() {
        let mut before = None;
        for x in frame.area.left()..frame.area.right() {
            let (open, _) = link::parts(frame[(x, y)].symbol());
            if open != before {
                all += open.map_or(0, |open| open.len() + link::CLOSE.len());
                before = open;
            }
        }
    }
    all
}

#[tokio::test]
async fn links_cost_their_own_bytes_where_they_are_drawn_and_nothing_else() {
    for (before, key) in [("", ""), ("", "down"), ("", "2"), ("2 x", "y"), ("2 tab", "tab"), ("2", "3"), ("4", "down"), ("4", "?")] {
        let mut costs = Vec::new();
        for links in [false, true] {
            let mut line = Line::open().await;
            line.app.model.shared.links = links;
            if !key.is_empty() {
                if !before.is_empty() {
                    line.app.keys(before).await;
                }
                line.frame();
                line.app.keys(key).await;
            }
            costs.push((line.frame(), bytes_of_links(&line.app.frame())));
        }
        let [(without, _), (with, own)] = costs[..] else { unreachable!() };
        let drawn = if ["", "2"].contains(&key) { own } else { 0 };
        assert_eq!(with, without + drawn, "{before:?} and then {key:?}");
        assert_eq!(own > 0, !["3", "?"].contains(&key) && before != "4", "{before:?} and then {key:?}");
    }
}
