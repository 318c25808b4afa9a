//! Pictures that their first cell draws: drawn again when they must be, and only then.

use super::*;

/// What stands for drawing the picture.
const DRAWING: &str = "\x1bPq~\x1b\\";

/// A picture of 4 by 2 cells at the left of the second row, with a text over a part of it or not.
fn with_picture(id: u32, over: &str) -> Buffer {
    let mut buffer = page(["top", "", "", "", "end"]);
    for (position, at) in Rect::new(0, 1, 4, 2).positions().zip(0..) {
        let drawing = if at == 0 { DRAWING } else { "" };
        buffer[position].set_symbol(&format!("\x1b_p{id:x}\x1b\\{drawing}"));
        buffer[position].set_diff_option(CellDiffOption::ForcedWidth(NonZeroU16::MIN));
    }
    let under = Rect::new(2, 2, over.len() as u16, 1);
    ratatui::widgets::Widget::render(ratatui::widgets::Clear, under, &mut buffer);
    buffer.set_string(2, 2, over, Style::new());
    buffer
}

fn drawings(bytes: &[u8]) -> usize {
    String::from_utf8_lossy(bytes).matches(DRAWING).count()
}

#[test]
fn a_picture_is_drawn_once_and_again_only_when_it_was_written_over() {
    let mut replay = EmulatorReplay::new(SIZE);
    let first = replay.draw(&with_picture(1, ""), None);
    assert_eq!(drawings(&first), 1);
    assert!(!String::from_utf8_lossy(&first).contains("\x1b_p"), "what parts say is not sent");
    assert_eq!(replay.draw(&with_picture(1, ""), None), b"");
    let over = replay.draw(&with_picture(1, "menu"), None);
    assert_eq!((drawings(&over), String::from_utf8_lossy(&over).contains("menu")), (0, true));
    assert_eq!(drawings(&replay.draw(&with_picture(1, ""), None)), 1, "it is whole again");
    assert_eq!(drawings(&replay.draw(&with_picture(2, ""), None)), 1, "another in its place");
}

#[test]
fn what_stood_in_a_picture_s_place_is_blank_after_it() {
    let mut replay = EmulatorReplay::new(SIZE);
    replay.draw(&with_picture(1, ""), None);
    // As the emulator, which knows no pictures, would show pixels.
    replay.emulator.process(b"\x1b[2;1Hxxxx\x1b[3;1Hxxxx");
    replay.lines(["top", "", "", "", "end"], None);
    assert_eq!(replay.emulator.screen().contents().split_whitespace().collect::<Vec<_>>(), ["top", "end"]);
}

#[test]
fn rows_are_not_moved_where_there_is_a_picture() {
    let mut replay = EmulatorReplay::new(SIZE);
    let frame = |first: usize| {
        let mut buffer = with_picture(1, "");
        for y in 3..SIZE.height {
            buffer.set_string(0, y, format!("{:<24}", format!("row {}", first + usize::from(y))), Style::new());
        }
        buffer
    };
    replay.draw(&frame(0), None);
    let bytes = replay.draw(&frame(1), None);
    let margins = bytes.windows(2).any(|pair| pair[0].is_ascii_digit() && pair[1] == b'r');
    assert!(!margins && drawings(&bytes) == 0, "{}", bytes.escape_ascii());
}
