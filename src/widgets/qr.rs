//! QR codes in half blocks: two modules a cell, one above the other; on a terminal without Unicode two cells a module.
//!
//! A phone needs dark modules on a light ground with a light margin, on a dark terminal as on a light one. So both colours of
//! every cell are painted, black and bright white, whatever the theme says: here colour is not decoration but the content.

use qrcode::{EcLevel, QrCode};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};
use ratatui::widgets::Widget;

use super::geometry::centred;

/// Light modules around the code: what the standard asks for.
const MARGIN: usize = 4;
/// Light modules around the code where room is short: less than the standard, still readable on a dark ground (tested).
const NARROW_MARGIN: usize = 2;

/// Which modules the block characters stand for, in plain text that brings no colours of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Modules {
    /// Blocks are the dark modules: for paper and light terminals.
    Dark,
    /// Blocks are the light modules: for dark terminals.
    Light,
}

/// A code for one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qr {
    modules: Vec<bool>,
    size: usize,
    /// Whether half blocks can be drawn.
    unicode: bool,
}

impl Qr {
    /// The smallest code for `text`; `None` if it is longer than a code can hold (about 2,900 bytes). A screen has no stains,
    /// so the lowest error correction does. Without `unicode` it takes twice the columns and rows.
    pub fn new(text: &str, unicode: bool) -> Option<Self> {
        let code = QrCode::with_error_correction_level(text, EcLevel::L).ok()?;
        let modules = code.to_colors().into_iter().map(|color| color == qrcode::Color::Dark).collect();
        Some(Self { modules, size: code.width(), unicode })
    }

    /// Modules a side, without the margin.
    pub fn size(&self) -> usize {
        self.size
    }

    /// Whether the module is dark; everything outside the code is light.
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        x < self.size && y < self.size && self.modules.get(y * self.size + x).copied().unwrap_or_default()
    }

    /// Columns and rows with the margin that fits into `area`; `None` if the code does not fit.
    pub fn cells(&self, area: Rect) -> Option<(u16, u16)> {
        self.margin(area).and_then(|margin| self.cells_with(margin))
    }

    /// Columns and rows with the full margin, for the size of a box.
    pub fn full_cells(&self) -> (u16, u16) {
        self.cells_with(MARGIN).unwrap_or((u16::MAX, u16::MAX))
    }

    /// The code as plain text.
    pub fn plain(&self, ink: Modules) -> Vec<String> {
        let is_ink = |dark: bool| dark == (ink == Modules::Dark);
        if self.unicode {
            return self.rows(MARGIN, 2).map(|row| row.map(|(top, bottom)| block(is_ink(top), is_ink(bottom))).collect()).collect();
        }
        self.rows(MARGIN, 1).map(|row| row.map(|(dark, _)| if is_ink(dark) { "##" } else { "  " }).collect()).collect()
    }

    /// The code for a terminal outside the editor, black on bright white by escape sequences.
    pub fn ansi(&self) -> Vec<String> {
        if self.unicode {
            return self.plain(Modules::Dark).into_iter().map(|line| format!("\u{1b}[30;107m{line}\u{1b}[0m")).collect();
        }
        let cells = |(dark, _)| if dark { "\u{1b}[40m  " } else { "\u{1b}[107m  " };
        self.rows(MARGIN, 1).map(|row| row.map(cells).collect::<String>() + "\u{1b}[0m").collect()
    }

    fn margin(&self, area: Rect) -> Option<usize> {
        [MARGIN, NARROW_MARGIN]
            .into_iter()
            .find(|margin| self.cells_with(*margin).is_some_and(|(width, height)| width <= area.width && height <= area.height))
    }

    fn cells_with(&self, margin: usize) -> Option<(u16, u16)> {
        let side = u16::try_from(self.size + 2 * margin).ok()?;
        Some(if self.unicode { (side, side.div_ceil(2)) } else { (side.checked_mul(2)?, side) })
    }

    /// Every `step`th row of modules, each with the darkness of the module below it.
    fn rows(&self, margin: usize, step: usize) -> impl Iterator<Item = impl Iterator<Item = (bool, bool)>> {
        let side = self.size + 2 * margin;
        let dark =
            move |x: usize, y: usize| matches!((x.checked_sub(margin), y.checked_sub(margin)), (Some(x), Some(y)) if self.is_dark(x, y));
        (0..side).step_by(step).map(move |y| (0..side).map(move |x| (dark(x, y), dark(x, y + 1))))
    }
}

fn block(top: bool, bottom: bool) -> char {
    match (top, bottom) {
        (true, true) => '█',
        (true, false) => '▀',
        (false, true) => '▄',
        (false, false) => ' ',
    }
}

/// Drawn in the middle; not at all where it does not fit, since a part of a code is of no use.
impl Widget for &Qr {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        let Some(margin) = self.margin(area) else { return };
        let Some((width, height)) = self.cells_with(margin) else { return };
        let area = centred(area, width, height);
        let paint = |dark| if dark { Color::Black } else { Color::White };
        let (rows, columns) = if self.unicode { (2, 1) } else { (1, 2) };
        for (y, row) in (area.top()..area.bottom()).zip(self.rows(margin, rows)) {
            for (x, (top, bottom)) in (area.left()..area.right()).zip(row.flat_map(|cell| std::iter::repeat_n(cell, columns))) {
                if let Some(cell) = buf.cell_mut((x, y)) {
                    let (symbol, ground) = if self.unicode { ("▀", bottom) } else { (" ", top) };
                    cell.set_symbol(symbol).set_style(Style::reset().fg(paint(top)).bg(paint(ground)));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;

    const LINK: &str = "https://groupme.com/contact/93645911/TfX2bEWu";

    static CODE: LazyLock<Qr> = LazyLock::new(|| Qr::new(LINK, true).unwrap());

    /// What a camera would see of rows of (upper, lower) darkness, four pixels a module, on a ground of the given darkness.
    fn decoded(rows: &[Vec<(bool, bool)>], dark_ground: bool) -> Option<String> {
        let scale = 4;
        let (width, height) = (rows[0].len() + 8, rows.len() * 2 + 8);
        let dark = |x: usize, y: usize| {
            let cell = x.checked_sub(4).zip(y.checked_sub(4)).and_then(|(x, y)| Some((rows.get(y / 2)?.get(x)?, y % 2)));
            cell.map_or(dark_ground, |((top, bottom), half)| if half == 0 { *top } else { *bottom })
        };
        let mut image =
            rqrr::PreparedImage::prepare_from_greyscale(
                width * scale,
                height * scale,
                |x, y| if dark(x / scale, y / scale) { 0 } else { 255 },
            );
        image.detect_grids().first().and_then(|grid| grid.decode().ok()).map(|(_, text)| text)
    }

    /// The darkness of every drawn cell.
    fn seen(buf: &Buffer) -> Vec<Vec<(bool, bool)>> {
        let dark = |color| match color {
            Color::Black => true,
            Color::White => false,
            other => panic!("{other} depends on the terminal"),
        };
        let area = buf.area;
        let row = |y| (0..area.width).map(|x| (dark(buf[(x, y)].fg), dark(buf[(x, y)].bg))).collect();
        (0..area.height).map(row).collect()
    }

    fn drawn(width: u16, height: u16) -> Buffer {
        let area = Rect::new(0, 0, width, height);
        let mut buf = Buffer::empty(area);
        CODE.render(area, &mut buf);
        buf
    }

    #[test]
    fn the_drawn_cells_can_be_read_on_dark_and_light_terminals() {
        let (width, height) = CODE.full_cells();
        for dark_ground in [true, false] {
            assert_eq!(decoded(&seen(&drawn(width, height)), dark_ground).as_deref(), Some(LINK));
            assert_eq!(decoded(&seen(&drawn(width - 4, height - 2)), dark_ground).as_deref(), Some(LINK), "narrow margin");
        }
    }

    #[test]
    fn the_plain_text_can_be_read_in_either_ink() {
        for ink in [Modules::Dark, Modules::Light] {
            let rows: Vec<Vec<(bool, bool)>> = CODE
                .plain(ink)
                .iter()
                .map(|line| line.chars().map(|c| (matches!(c, '█' | '▀'), matches!(c, '█' | '▄'))).collect())
                .map(|row: Vec<(bool, bool)>| {
                    row.into_iter().map(|(top, bottom)| (top == (ink == Modules::Dark), bottom == (ink == Modules::Dark))).collect()
                })
                .collect();
            assert_eq!(decoded(&rows, ink == Modules::Light).as_deref(), Some(LINK));
        }
    }

    #[test]
    fn without_unicode_it_is_drawn_in_spaces_or_in_ascii_and_can_be_read() {
        let code = Qr::new(LINK, false).unwrap();
        let (width, height) = code.full_cells();
        let area = Rect::new(0, 0, width, height);
        let mut buf = Buffer::empty(area);
        code.render(area, &mut buf);
        assert!(buf.content.iter().all(|cell| cell.symbol() == " "));
        // Each module is two cells wide and one high.
        let modules = |dark: &dyn Fn(usize, usize) -> bool| -> Vec<Vec<(bool, bool)>> {
            let side = usize::from(height);
            (0..side).step_by(2).map(|y| (0..side).map(|x| (dark(2 * x, y), y + 1 < side && dark(2 * x, y + 1))).collect()).collect()
        };
        let drawn = modules(&|x, y| buf[(x as u16, y as u16)].bg == Color::Black);
        assert_eq!(decoded(&drawn, false).as_deref(), Some(LINK));
        let lines = code.plain(Modules::Dark);
        assert!(lines.iter().all(|line| line.is_ascii() && line.len() == usize::from(width)));
        assert_eq!(decoded(&modules(&|x, y| lines[y].as_bytes()[x] == b'#'), false).as_deref(), Some(LINK));
    }

    #[test]
    fn every_line_for_a_terminal_sets_its_colours_and_resets_them() {
        for line in CODE.ansi() {
            assert!(line.starts_with("\u{1b}[30;107m") && line.ends_with("\u{1b}[0m"), "{line:?}");
        }
    }

    #[test]
    fn a_code_that_does_not_fit_is_not_drawn_in_part() {
        let (width, height) = CODE.full_cells();
        let area = Rect::new(0, 0, width - 5, height);
        assert_eq!(CODE.cells(area), None);
        assert_eq!(drawn(width - 5, height), Buffer::empty(area));
        assert_eq!(CODE.cells(Rect::new(0, 0, 200, height)), Some((width, height)));
    }

    #[test]
    fn a_text_no_code_can_hold_has_none() {
        assert_eq!(Qr::new(&"x".repeat(3_000), true), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn it_draws_at_any_size(width in 0u16..120, height in 0u16..40) {
            drawn(width, height);
        }
    }
}
