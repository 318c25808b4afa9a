//! What the backend sends, replayed into an independent terminal.

use std::num::NonZeroU16;

use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::buffer::{Buffer, CellDiffOption, CellWidth};
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

mod links;
mod pictures;

use super::*;
use crate::runtime::cell_style::VISIBLE_ON_BLANK;

const SIZE: Size = Size { width: 24, height: 9 };

/// A terminal whose output is kept, and the emulator that has read all of it so far.
struct EmulatorReplay {
    terminal: Terminal<DeltaBackend<Vec<u8>>>,
    emulator: vt100::Parser,
}

impl EmulatorReplay {
    fn new(size: Size) -> Self {
        let edge = |value| NonZeroU16::new(value).unwrap();
        let Ok(mut terminal) = Terminal::new(DeltaBackend::new(Vec::new(), size));
        let Ok(()) = terminal.resize(Rect::from(size));
        let mut emulator = vt100::Parser::new(edge(size.height), edge(size.width), 0);
        emulator.process(b"\x1b[?25l");
        Self { terminal, emulator }
    }

    /// Draws `buffer`, returns the bytes that took.
    fn draw(&mut self, buffer: &Buffer, cursor: Option<(u16, u16)>) -> Vec<u8> {
        let Ok(_) = self.terminal.draw(|frame| {
            frame.buffer_mut().clone_from(buffer);
            if let Some(cursor) = cursor {
                frame.set_cursor_position(cursor);
            }
        });
        let bytes = std::mem::take(self.terminal.backend_mut().writer_mut());
        self.emulator.process(&bytes);
        bytes
    }

    /// As [`EmulatorReplay::draw`], without styles.
    fn lines(&mut self, lines: [&str; 5], cursor: Option<(u16, u16)>) -> Vec<u8> {
        self.draw(&page(lines), cursor)
    }
}

fn page(lines: [&str; 5]) -> Buffer {
    let mut buffer = Buffer::empty(Rect::from(SIZE));
    for (y, line) in (0..).zip(lines) {
        buffer.set_string(0, y, line, Style::new());
    }
    buffer
}

fn colour(colour: Color) -> vt100::Color {
    match colour {
        Color::Reset => vt100::Color::Default,
        Color::Rgb(r, g, b) => vt100::Color::Rgb(r, g, b),
        Color::Indexed(index) => vt100::Color::Idx(index),
        named => {
            let order = [
                Color::Black,
                Color::Red,
                Color::Green,
                Color::Yellow,
                Color::Blue,
                Color::Magenta,
                Color::Cyan,
                Color::Gray,
                Color::DarkGray,
                Color::LightRed,
                Color::LightGreen,
                Color::LightYellow,
                Color::LightBlue,
                Color::LightMagenta,
                Color::LightCyan,
                Color::White,
            ];
            vt100::Color::Idx(order.iter().position(|other| *other == named).unwrap() as u8)
        }
    }
}

/// The first cell in which the emulator's screen differs from `buffer` in a way that can be seen.
fn difference(screen: &vt100::Screen, buffer: &Buffer) -> Option<String> {
    for y in 0..buffer.area.height {
        let mut x = 0;
        while x < buffer.area.width {
            let (want, have) = (&buffer[(x, y)], screen.cell(y, x).unwrap());
            let text = if have.has_contents() { have.contents() } else { " " };
            let blank = want.symbol() == " " && !want.modifier.intersects(VISIBLE_ON_BLANK);
            let attributes = [
                (Modifier::BOLD, have.bold()),
                (Modifier::DIM, have.dim()),
                (Modifier::ITALIC, have.italic()),
                (Modifier::UNDERLINED, have.underline()),
                (Modifier::REVERSED, have.inverse()),
            ];
            let same = text == want.symbol()
                && have.bgcolor() == colour(want.bg)
                && (blank || have.fgcolor() == colour(want.fg))
                && attributes.into_iter().all(|(attribute, on)| {
                    (want.symbol() == " " && !VISIBLE_ON_BLANK.contains(attribute)) || on == want.modifier.contains(attribute)
                });
            if !same {
                return Some(format!("at {x},{y}: want {want:?}, have {text:?} {have:?}"));
            }
            x += want.cell_width();
        }
    }
    None
}

fn any_colour() -> impl Strategy<Value = Color> {
    prop_oneof![
        3 => Just(Color::Reset),
        1 => Just(Color::Red),
        1 => Just(Color::Gray),
        1 => Just(Color::DarkGray),
        1 => Just(Color::White),
        1 => any::<u8>().prop_map(Color::Indexed),
        1 => any::<(u8, u8, u8)>().prop_map(|(r, g, b)| Color::Rgb(r, g, b)),
    ]
}

/// Bold and dim never together: the emulator knows one at a time.
fn any_modifier() -> impl Strategy<Value = Modifier> {
    let rest = Modifier::ITALIC | Modifier::UNDERLINED | Modifier::REVERSED;
    (prop_oneof![Just(Modifier::empty()), Just(Modifier::BOLD), Just(Modifier::DIM)], any::<u16>())
        .prop_map(move |(weight, bits)| weight | (Modifier::from_bits_truncate(bits) & rest))
}

/// A run of text somewhere: mostly blanks and letters, some wide, combined and box-drawing characters.
fn any_run() -> impl Strategy<Value = (u16, u16, String, Style)> {
    let text = proptest::string::string_regex("( {0,9}|[a-z]{1,6}|e\u{301}|[あ漢한]|[─│█]){0,5}").unwrap();
    (0..SIZE.width, 0..SIZE.height, text, any_colour(), any_colour(), any_modifier())
        .prop_map(|(x, y, text, fg, bg, modifier)| (x, y, text, Style::reset().fg(fg).bg(bg).add_modifier(modifier)))
}

/// Cells, and where the cursor is shown.
type TestFrame = (Buffer, Option<(u16, u16)>);
/// Rows from one to before another, and by how many they move down.
type Shift = (u16, u16, i16);

fn any_frame() -> impl Strategy<Value = TestFrame> {
    let cursor = proptest::option::of((0..SIZE.width, 0..SIZE.height));
    (proptest::collection::vec(any_run(), 0..8), cursor).prop_map(|(runs, cursor)| {
        let mut buffer = Buffer::empty(Rect::from(SIZE));
        for (x, y, text, style) in runs {
            buffer.set_string(x, y, text, style);
        }
        (buffer, cursor)
    })
}

/// A frame of its own, or one in which some rows of the frame before moved, as lists do when they scroll.
fn any_step() -> impl Strategy<Value = (TestFrame, Option<Shift>)> {
    (any_frame(), proptest::option::of((0..SIZE.height, 0..=SIZE.height, -3..=3i16)))
}

/// `buffer`, in which the rows from `top` to before `bottom` stand `by` rows lower; those that come into view stay as they are.
fn moved(buffer: &Buffer, (top, bottom, by): Shift) -> Buffer {
    let mut result = buffer.clone();
    for y in top..bottom {
        if let Some(from) = y.checked_add_signed(-by).filter(|from| (top..bottom).contains(from)) {
            for x in 0..SIZE.width {
                result[(x, y)] = buffer[(x, from)].clone();
            }
        }
    }
    result
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn an_emulator_that_reads_the_bytes_shows_every_frame(steps in proptest::collection::vec(any_step(), 1..8)) {
        let mut replay = EmulatorReplay::new(SIZE);
        let mut last = Buffer::empty(Rect::from(SIZE));
        for ((buffer, cursor), shift) in steps {
            let buffer = shift.map_or(buffer, |shift| moved(&last, shift));
            last.clone_from(&buffer);
            replay.draw(&buffer, cursor);
            prop_assert_eq!(difference(replay.emulator.screen(), &buffer), None);
            prop_assert_eq!(!replay.emulator.screen().hide_cursor(), cursor.is_some());
            if let Some((x, y)) = cursor {
                prop_assert_eq!(replay.emulator.screen().cursor_position(), (y, x));
            }
        }
    }
}

#[test]
fn an_unchanged_frame_costs_nothing() {
    let mut replay = EmulatorReplay::new(SIZE);
    let lines = ["Name", "  あ", "", "", "bottom"];
    for cursor in [None, Some((4, 0)), Some((23, 4))] {
        replay.lines(lines, cursor);
        assert_eq!(replay.lines(lines, cursor), b"", "{cursor:?}");
    }
}

#[test]
fn a_typed_letter_costs_itself() {
    let mut replay = EmulatorReplay::new(SIZE);
    replay.lines(["Name: Isa", "", "", "", ""], Some((9, 0)));
    assert_eq!(replay.lines(["Name: Isaa", "", "", "", ""], Some((10, 0))), b"a");
    assert_eq!(replay.lines(["Name: Isa", "", "", "", ""], Some((9, 0))), b"\x08 \x08");
}

#[test]
fn the_shorter_way_to_a_place_is_taken() {
    for (from, to, bytes) in [
        ((3, 2), (3, 2), ""),
        ((3, 2), (0, 2), "\r"),
        ((3, 2), (1, 2), "\x08\x08"),
        ((9, 2), (3, 2), "\x1b[6D"),
        ((3, 2), (4, 2), "\x1b[C"),
        ((3, 2), (3, 1), "\x1b[A"),
        ((3, 2), (3, 4), "\x1b[2B"),
        ((3, 2), (0, 0), "\x1b[H"),
        ((3, 2), (0, 3), "\r\n"),
        ((3, 2), (0, 4), "\r\n\n"),
        ((3, 2), (6, 3), "\r\n\x1b[6C"),
        ((3, 2), (7, 4), "\x1b[5;8H"),
    ] {
        let mut replay = EmulatorReplay::new(SIZE);
        replay.lines([""; 5], Some(from));
        assert_eq!(replay.lines([""; 5], Some(to)), bytes.as_bytes(), "{from:?} to {to:?}");
    }
}

#[test]
fn the_rest_of_a_row_is_erased_and_a_coloured_rest_is_not() {
    let mut replay = EmulatorReplay::new(SIZE);
    replay.lines(["a long line of text", "", "", "", ""], Some((0, 1)));
    assert_eq!(replay.lines(["a", "", "", "", ""], Some((1, 0))), b"\x1b[1;3H\x1b[K\x08");
    let mut coloured = page(["a", "", "", "", ""]);
    coloured.set_style(Rect::new(0, 0, SIZE.width, 1), Style::new().bg(Color::Blue));
    let bytes = replay.draw(&coloured, None);
    assert!(bytes.ends_with(b" \x1b[?25l") && !bytes.windows(3).any(|part| part == b"\x1b[K"), "{}", bytes.escape_ascii());
}

#[test]
fn after_a_wide_character_the_position_is_said_anew() {
    let mut replay = EmulatorReplay::new(SIZE);
    replay.lines([""; 5], Some((0, 0)));
    assert_eq!(replay.lines(["漢b", "", "", "", ""], None), "漢\x1b[1;3Hb\x1b[?25l".as_bytes());
    let family = "👩\u{200d}👩\u{200d}👧";
    let bytes = replay.lines([&format!("{family}b"), "", "", "", ""], None);
    assert_eq!(bytes, format!("\r{family}").as_bytes(), "the b stays where it is");
}

#[test]
fn only_large_frames_are_bracketed_and_each_is_one_write() {
    #[derive(Debug, Default)]
    struct RecordedWrites(Vec<Vec<u8>>);
    impl Write for RecordedWrites {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.push(bytes.to_vec());
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let Ok(mut terminal) = Terminal::new(DeltaBackend::new(RecordedWrites::default(), Size::new(80, 24)));
    let Ok(()) = terminal.resize(Rect::new(0, 0, 80, 24));
    for text in ["small", "l".repeat(1500).as_str()] {
        let Ok(_) = terminal.draw(|frame| {
            let area = frame.area();
            frame.render_widget(ratatui::widgets::Paragraph::new(text).wrap(ratatui::widgets::Wrap { trim: false }), area);
        });
    }
    let writes = &terminal.backend().writer.0;
    assert_eq!(writes.len(), 2);
    assert!(writes[0].ends_with(b"small") && !writes[0].starts_with(SYNC_BEGIN));
    assert!(writes[1].starts_with(SYNC_BEGIN) && writes[1].ends_with(SYNC_END));
}

#[test]
fn a_broken_connection_is_remembered_and_written_to_once() {
    #[derive(Debug, Default)]
    struct Gone(u32);
    impl Write for Gone {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            self.0 += 1;
            Err(io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let Ok(mut terminal) = Terminal::new(DeltaBackend::new(Gone::default(), SIZE));
    for text in ["one", "two"] {
        let Ok(_) = terminal.draw(|frame| frame.render_widget(text, frame.area()));
    }
    assert_eq!(terminal.backend().fault().map(io::Error::kind), Some(io::ErrorKind::BrokenPipe));
    assert_eq!(terminal.backend().writer.0, 1);
}

#[test]
fn control_characters_in_a_cell_reach_the_terminal_only_where_a_widget_states_their_width() {
    let mut replay = EmulatorReplay::new(SIZE);
    let mut buffer = page([""; 5]);
    buffer[(0, 1)].set_symbol("\x1b[31mx");
    buffer[(5, 0)].set_symbol("\x1b_Ga=p\x1b\\L");
    buffer[(5, 0)].set_diff_option(CellDiffOption::ForcedWidth(NonZeroU16::MIN));
    buffer[(6, 0)].set_symbol("y");
    let bytes = String::from_utf8(replay.draw(&buffer, None)).unwrap();
    assert!(!bytes.contains("[31m") && bytes.contains("_Ga=p"), "{bytes:?}");
    assert!(bytes.contains("\x1b[1;7H\x1b[my"), "nothing is taken for granted after it: {bytes:?}");
}

#[test]
fn half_a_wide_character_at_the_edge_becomes_a_blank() {
    let mut replay = EmulatorReplay::new(SIZE);
    let mut buffer = page([""; 5]);
    buffer[(SIZE.width - 1, 0)].set_symbol("漢");
    buffer[(1, 1)].set_symbol("z");
    replay.draw(&buffer, None);
    assert_eq!(replay.emulator.screen().contents().trim(), "z");
}

#[test]
fn a_resize_repaints_everything() {
    let mut replay = EmulatorReplay::new(SIZE);
    replay.lines(["one", "two", "", "", ""], None);
    replay.emulator.process(b"\x1b[Hgarbage\x1b[3;3Hmore");
    let Ok(()) = replay.terminal.resize(Rect::from(SIZE));
    replay.lines(["one", "two", "", "", ""], None);
    assert_eq!(replay.emulator.screen().contents().trim_end(), "one\ntwo");
}
