//! Kitty's graphics protocol with placeholder characters (its documentation, "Unicode placeholders"): the picture hangs on
//! ordinary characters, so that overwriting them erases it, and no state is kept here.
//!
//! The file goes out inside the picture's first cell, since the first cell is sent again exactly when it has to be. Answers are
//! forbidden (`q=2`): they would arrive as typed text.

use std::fmt::Write;
use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Rect;
use ratatui::style::Color;

use super::Thumbnail;
use crate::widgets::hash::number_of;

const PLACEHOLDER: char = '\u{10eeee}';
/// Bytes of base64 in one sequence at most.
const CHUNK: usize = 4096;
/// The marks that say a row's or column's number, from 0: the beginning of kitty's list. Larger pictures are drawn in blocks.
#[rustfmt::skip]
const MARKS: [char; 48] = [
    '\u{305}', '\u{30d}', '\u{30e}', '\u{310}', '\u{312}', '\u{33d}', '\u{33e}', '\u{33f}', '\u{346}', '\u{34a}', '\u{34b}', '\u{34c}',
    '\u{350}', '\u{351}', '\u{352}', '\u{357}', '\u{35b}', '\u{363}', '\u{364}', '\u{365}', '\u{366}', '\u{367}', '\u{368}', '\u{369}',
    '\u{36a}', '\u{36b}', '\u{36c}', '\u{36d}', '\u{36e}', '\u{36f}', '\u{483}', '\u{484}', '\u{485}', '\u{486}', '\u{487}', '\u{592}',
    '\u{593}', '\u{594}', '\u{595}', '\u{597}', '\u{598}', '\u{599}', '\u{59c}', '\u{59d}', '\u{59e}', '\u{59f}', '\u{5a0}', '\u{5a1}',
];

/// Draws the whole picture into `area`; false if it cannot be done.
pub(super) fn draw(picture: &Thumbnail, area: Rect, buf: &mut Buffer) -> bool {
    let Some(png) = picture.png() else { return false };
    if area.is_empty() || usize::from(area.height.max(area.width)) > MARKS.len() {
        return false;
    }
    let id = id(png, area);
    let [_, red, green, blue] = id.to_be_bytes();
    for (y, row) in (area.top()..area.bottom()).zip(MARKS) {
        // Every cell says where it belongs: what covers a part of the picture must not shift the rest.
        for (x, column) in (area.left()..area.right()).zip(MARKS) {
            let Some(cell) = buf.cell_mut((x, y)) else { continue };
            cell.reset();
            cell.set_symbol(&String::from_iter([PLACEHOLDER, row, column])).set_fg(Color::Rgb(red, green, blue));
        }
    }
    if let Some(cell) = buf.cell_mut(area.as_position()) {
        let symbol = transmission(png, id, area) + cell.symbol();
        cell.set_symbol(&symbol).set_diff_option(CellDiffOption::ForcedWidth(NonZeroU16::MIN));
    }
    true
}

/// Names the picture at this size; 24 bits, so that a colour can carry it, and not 0.
fn id(png: &str, area: Rect) -> u32 {
    let hash = number_of((png, area.width, area.height));
    ((hash ^ (hash >> 24)) & 0x00ff_ffff).max(1)
}

/// Hands the file over, to be shown at the size of `area` wherever placeholders name it.
fn transmission(png: &str, id: u32, area: Rect) -> String {
    let mut out = String::with_capacity(png.len() + png.len() / CHUNK * 16 + 80);
    let mut rest = png;
    let mut keys = format!("a=T,U=1,q=2,f=100,i={id},c={},r={},", area.width, area.height);
    loop {
        let (chunk, after) = rest.split_at_checked(CHUNK).unwrap_or((rest, ""));
        let more = u8::from(!after.is_empty());
        // Writing into a string cannot fail.
        let _ = write!(out, "\x1b_G{keys}m={more};{chunk}\x1b\\");
        if after.is_empty() {
            return out;
        }
        "q=2,".clone_into(&mut keys);
        rest = after;
    }
}
