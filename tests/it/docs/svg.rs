//! A frame as a picture: one rectangle per background, one text per run of equal style, in the colours of a common dark theme.

use std::fmt::Write as _;

use lapel::widgets::text::width;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};

const CELL: (f32, f32) = (9.0, 19.0);
const PAPER: &str = "#16181d";
const INK: &str = "#d7dae0";
const SIXTEEN: [&str; 16] = [
    "#2b2f38", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#d7dae0", "#5c6370", "#ef8a92", "#b5d99c", "#f0d399",
    "#8cc5f5", "#d9a0ea", "#7fcbd5", "#ffffff",
];

/// The frame as an SVG document, with the terminal's cursor where it is shown.
pub(super) fn draw(buf: &Buffer, cursor: Option<Position>) -> String {
    let (columns, rows) = (f32::from(buf.area.width), f32::from(buf.area.height));
    let (wide, high) = (columns * CELL.0 + 20.0, rows * CELL.1 + 20.0);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {wide} {high}\" width=\"{wide}\" height=\"{high}\" \
         font-family=\"ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace\" font-size=\"15\">\n\
         <rect width=\"{wide}\" height=\"{high}\" rx=\"8\" fill=\"{PAPER}\"/>\n"
    );
    for y in 0..buf.area.height {
        for run in runs(buf, y) {
            run.draw(y, &mut svg);
        }
    }
    if let Some(cursor) = cursor {
        let (x, y) = place(cursor.x, cursor.y);
        let _ = writeln!(svg, "<rect x=\"{x}\" y=\"{y}\" width=\"2\" height=\"{}\" fill=\"{INK}\"/>", CELL.1);
    }
    svg.push_str("</svg>\n");
    svg
}

struct Run {
    from: u16,
    columns: u16,
    text: String,
    fg: String,
    bg: Option<String>,
    modifier: Modifier,
}

fn place(x: u16, y: u16) -> (f32, f32) {
    (10.0 + f32::from(x) * CELL.0, 10.0 + f32::from(y) * CELL.1)
}

fn runs(buf: &Buffer, y: u16) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut x = 0;
    while x < buf.area.width {
        let cell = &buf[(x, y)];
        let columns = width(cell.symbol()).max(1) as u16;
        let (fg, bg) = colours(cell);
        let same = |run: &&mut Run| run.fg == fg && run.bg == bg && run.modifier == cell.modifier;
        // Block elements stand alone, since fonts disagree about their width.
        let apart = cell.symbol().chars().any(|c| !c.is_ascii() && !c.is_alphanumeric());
        match runs.last_mut().filter(same).filter(|run| !apart && run.text.is_ascii()) {
            Some(run) => {
                run.text.push_str(cell.symbol());
                run.columns += columns;
            }
            None => runs.push(Run { from: x, columns, text: cell.symbol().to_owned(), fg, bg, modifier: cell.modifier }),
        }
        x += columns;
    }
    runs
}

impl Run {
    fn draw(&self, y: u16, svg: &mut String) {
        let (x, top) = place(self.from, y);
        let wide = f32::from(self.columns) * CELL.0;
        if let Some(bg) = &self.bg {
            let _ = writeln!(svg, "<rect x=\"{x}\" y=\"{top}\" width=\"{wide}\" height=\"{}\" fill=\"{bg}\"/>", CELL.1);
        }
        if self.text.trim().is_empty() {
            return;
        }
        if matches!(self.text.as_str(), "▀" | "▄" | "█") {
            let (from, high) = match self.text.as_str() {
                "▀" => (top, CELL.1 / 2.0),
                "▄" => (top + CELL.1 / 2.0, CELL.1 / 2.0),
                _ => (top, CELL.1),
            };
            let _ = writeln!(svg, "<rect x=\"{x}\" y=\"{from}\" width=\"{wide}\" height=\"{high}\" fill=\"{}\"/>", self.fg);
            return;
        }
        let mut style = String::new();
        for (modifier, attribute) in [
            (Modifier::BOLD, " font-weight=\"bold\""),
            (Modifier::DIM, " opacity=\"0.65\""),
            (Modifier::ITALIC, " font-style=\"italic\""),
            (Modifier::UNDERLINED, " text-decoration=\"underline\""),
            (Modifier::CROSSED_OUT, " text-decoration=\"line-through\""),
        ] {
            if self.modifier.contains(modifier) {
                style.push_str(attribute);
            }
        }
        let text = self.text.trim_end();
        let text_wide = f32::from(width(text) as u16) * CELL.0;
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let _ = writeln!(
            svg,
            "<text x=\"{x}\" y=\"{}\" fill=\"{}\"{style} textLength=\"{text_wide}\" lengthAdjust=\"spacingAndGlyphs\" xml:space=\"preserve\">{escaped}</text>",
            top + 14.5,
            self.fg
        );
    }
}

fn colours(cell: &Cell) -> (String, Option<String>) {
    let fg = colour(cell.fg).unwrap_or_else(|| INK.to_owned());
    let bg = colour(cell.bg);
    if cell.modifier.contains(Modifier::REVERSED) {
        return (bg.unwrap_or_else(|| PAPER.to_owned()), Some(fg));
    }
    (fg, bg)
}

fn colour(colour: Color) -> Option<String> {
    let named = |i: usize| Some(SIXTEEN[i].to_owned());
    match colour {
        Color::Reset => None,
        Color::Black => named(0),
        Color::Red => named(1),
        Color::Green => named(2),
        Color::Yellow => named(3),
        Color::Blue => named(4),
        Color::Magenta => named(5),
        Color::Cyan => named(6),
        Color::Gray => named(7),
        Color::DarkGray => named(8),
        Color::LightRed => named(9),
        Color::LightGreen => named(10),
        Color::LightYellow => named(11),
        Color::LightBlue => named(12),
        Color::LightMagenta => named(13),
        Color::LightCyan => named(14),
        Color::White => named(15),
        Color::Rgb(r, g, b) => Some(format!("#{r:02x}{g:02x}{b:02x}")),
        Color::Indexed(i) => Some(SIXTEEN[usize::from(i) % 16].to_owned()),
    }
}
