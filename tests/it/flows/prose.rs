//! What the screen says, wherever its lines wrap: a sentence is found whole, and how it is laid out is for the pictures to show.

use ratatui::buffer::Buffer;

/// The whole screen as one string; every line break, run of blanks and piece of frame or picture is one space.
pub(super) fn prose(frame: &Buffer) -> String {
    words((0..frame.area.height).map(|y| super::row(frame, 0..frame.area.width, y)))
}

/// The topmost dialog as one string, title first; `None` where no dialog is open.
pub(super) fn dialog(frame: &Buffer) -> Option<String> {
    // A dialog lies whole on what it covers, and all share one centre: of several whole boxes the smallest is on top.
    let (left, top, right, bottom) = boxes(frame).into_iter().min_by_key(|(left, top, right, bottom)| (right - left) * (bottom - top))?;
    Some(words((top..=bottom).map(|y| super::row(frame, left + 1..right, y))))
}

fn words(lines: impl Iterator<Item = String>) -> String {
    let drawn = |c: char| matches!(c, '\u{2500}'..='\u{257f}' | '▀');
    let lines: Vec<String> = lines.map(|line| line.replace(drawn, " ")).collect();
    lines.iter().flat_map(|line| line.split_whitespace()).collect::<Vec<_>>().join(" ")
}

/// The corners of every whole box, found by their corners: both edges have words in them and the right side may be a scroll bar.
fn boxes(frame: &Buffer) -> Vec<(u16, u16, u16, u16)> {
    let is = |x: u16, y: u16, symbol: &str| frame.cell((x, y)).is_some_and(|cell| cell.symbol() == symbol);
    let mut found = Vec::new();
    for (bottom, left) in (0..frame.area.height).flat_map(|y| (0..frame.area.width).map(move |x| (y, x))) {
        if !is(left, bottom, "└") {
            continue;
        }
        let right = (left + 1..frame.area.width).find(|x| is(*x, bottom, "┘")).unwrap_or(left);
        let top = (0..bottom).rev().find(|y| !is(left, *y, "│")).unwrap_or(bottom);
        if is(right, bottom, "┘") && is(left, top, "┌") && is(right, top, "┐") {
            found.push((left, top, right, bottom));
        }
    }
    found
}
