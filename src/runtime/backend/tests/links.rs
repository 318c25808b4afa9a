//! Which cells lead where after each frame, read from the bytes alone.

use std::collections::BTreeMap;

use super::*;
use crate::widgets::link::{Link, parts, unmark};

/// As low as never scrolls: what is erased and moved is not followed here.
const LOW: Size = Size { width: 24, height: 3 };

/// Reads what the emulator passes over.
#[derive(Default)]
struct LinkProbe {
    /// The address of the link that is open.
    open: Option<String>,
    printed: bool,
    /// Whether something else than text and colours came while one was open.
    stretched: bool,
}

impl vte::Perform for LinkProbe {
    fn print(&mut self, _: char) {
        self.printed = true;
    }

    fn execute(&mut self, _: u8) {
        self.stretched |= self.open.is_some();
    }

    fn csi_dispatch(&mut self, _: &vte::Params, _: &[u8], _: bool, action: char) {
        self.stretched |= self.open.is_some() && action != 'm';
    }

    fn osc_dispatch(&mut self, params: &[&[u8]], _: bool) {
        let address = params.get(2..).unwrap_or_default().join(&b';');
        self.open = Some(String::from_utf8(address).unwrap()).filter(|address| !address.is_empty());
    }
}

/// Where every cell leads that was written.
struct LinkReplay {
    replay: EmulatorReplay,
    reader: vt100::Parser,
    parser: vte::Parser,
    probe: LinkProbe,
    links: BTreeMap<(u16, u16), Option<String>>,
}

impl LinkReplay {
    fn new() -> Self {
        let edge = |value| NonZeroU16::new(value).unwrap();
        let reader = vt100::Parser::new(edge(LOW.height), edge(LOW.width), 0);
        Self { replay: EmulatorReplay::new(LOW), reader, parser: vte::Parser::new(), probe: LinkProbe::default(), links: BTreeMap::new() }
    }

    fn draw(&mut self, buffer: &Buffer) -> Vec<u8> {
        let bytes = self.replay.draw(buffer, None);
        for byte in &bytes {
            let (y, x) = self.reader.screen().cursor_position();
            self.parser.advance(&mut self.probe, &[*byte]);
            self.reader.process(&[*byte]);
            if std::mem::take(&mut self.probe.printed) {
                self.links.insert((x, y), self.probe.open.clone());
            }
        }
        bytes
    }

    /// The first cell that leads elsewhere than it should.
    fn wrong(&self, buffer: &Buffer) -> Option<String> {
        if self.probe.stretched || self.probe.open.is_some() {
            return Some("a link was open beyond its text".to_owned());
        }
        for y in 0..LOW.height {
            let mut x = 0;
            while x < LOW.width {
                let cell = &buffer[(x, y)];
                let wanted = parts(cell.symbol()).0.map(address_of);
                let shown = self.links.get(&(x, y)).cloned().flatten();
                if cell.symbol() != " " && wanted != shown {
                    return Some(format!("{x},{y} leads to {shown:?}, not to {wanted:?}"));
                }
                x += cell.cell_width();
            }
        }
        None
    }
}

fn address_of(open: &str) -> String {
    open.trim_end_matches("\x1b\\").splitn(3, ';').nth(2).unwrap_or_default().to_owned()
}

fn linked(at: (u16, u16), text: &str, style: Style, address: &str, buffer: &mut Buffer) {
    let (end, _) = buffer.set_stringn(at.0, at.1, text, usize::from(LOW.width - at.0), style);
    if let Some(link) = Link::new(address) {
        link.mark(Rect::new(at.0, at.1, end - at.0, 1), buffer);
    }
}

fn empty() -> Buffer {
    Buffer::empty(Rect::from(LOW))
}

/// A piece of text somewhere, with a style and perhaps a link of three.
fn any_piece() -> impl Strategy<Value = ((u16, u16), String, Style, &'static str)> {
    let at = (0..LOW.width, 0..LOW.height);
    let style = proptest::sample::select(vec![Style::new(), Style::new().fg(Color::Red), Style::new().add_modifier(Modifier::REVERSED)]);
    let address = proptest::sample::select(vec!["", "https://a.test", "https://b.test/?c;d", "https://a.test/e"]);
    (at, "[a-c漢 ]{1,16}", style, address)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn every_cell_leads_where_the_frame_says(frames in proptest::collection::vec(proptest::collection::vec(any_piece(), 0..5), 1..6)) {
        let mut replay = LinkReplay::new();
        for pieces in frames {
            let mut buffer = empty();
            for (at, text, style, address) in pieces {
                // As whatever covers a part of the screen.
                ratatui::widgets::Widget::render(ratatui::widgets::Clear, Rect::new(at.0, at.1, LOW.width, 1).intersection(buffer.area), &mut buffer);
                linked(at, &text, style, address, &mut buffer);
            }
            replay.draw(&buffer);
            let mut read = buffer.clone();
            read.content.iter_mut().for_each(unmark);
            prop_assert_eq!(difference(replay.replay.emulator.screen(), &read), None);
            prop_assert_eq!(replay.wrong(&buffer), None);
        }
    }
}

#[test]
fn a_link_is_opened_once_and_costs_nothing_while_it_stays() {
    let mut replay = LinkReplay::new();
    let mut buffer = empty();
    linked((2, 1), "a.test/b", Style::new(), "https://a.test/b?c=d", &mut buffer);
    let bytes = String::from_utf8(replay.draw(&buffer)).unwrap();
    assert_eq!(bytes.matches("\x1b]8;").count(), 2, "{bytes:?}");
    assert!(bytes.contains(";https://a.test/b?c=d\x1b\\a.test/b\x1b]8;;\x1b\\"), "{bytes:?}");
    assert_eq!(replay.draw(&buffer), b"");
}

#[test]
fn the_same_text_that_leads_elsewhere_is_written_again() {
    let mut replay = LinkReplay::new();
    for address in ["https://a.test/1", "https://a.test/2", ""] {
        let mut buffer = empty();
        linked((0, 0), "a.test", Style::new(), address, &mut buffer);
        assert!(!replay.draw(&buffer).is_empty());
        assert_eq!(replay.wrong(&buffer), None);
    }
}
