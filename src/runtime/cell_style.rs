//! How text is coloured, and the shortest sequence from one way to another.
//!
//! Knows SGR parameters and nothing else: no positions, no cells, no theme. The colour of underlines is left out on purpose:
//! terminals that do not know it read its parameters as other attributes.

use std::io::Write;

use ratatui::style::{Color, Modifier};

/// Attributes that can be seen on a space; the others, like the text colour, do not show there.
pub(super) const VISIBLE_ON_BLANK: Modifier =
    Modifier::REVERSED.union(Modifier::UNDERLINED).union(Modifier::SLOW_BLINK).union(Modifier::RAPID_BLINK).union(Modifier::CROSSED_OUT);

/// Every attribute with the parameter that switches it on.
const ON: [(Modifier, u8); 9] = [
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::SLOW_BLINK, 5),
    (Modifier::RAPID_BLINK, 6),
    (Modifier::REVERSED, 7),
    (Modifier::HIDDEN, 8),
    (Modifier::CROSSED_OUT, 9),
];

/// The parameters that switch attributes off; two of them take a pair with them.
const OFF: [(Modifier, u8); 7] = [
    (Modifier::BOLD.union(Modifier::DIM), 22),
    (Modifier::ITALIC, 23),
    (Modifier::UNDERLINED, 24),
    (Modifier::SLOW_BLINK.union(Modifier::RAPID_BLINK), 25),
    (Modifier::REVERSED, 27),
    (Modifier::HIDDEN, 28),
    (Modifier::CROSSED_OUT, 29),
];

const FOREGROUND: u8 = 30;
const BACKGROUND: u8 = 40;

/// The terminal's drawing state: what the next character will look like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct CellStyle {
    pub(super) fg: Color,
    pub(super) bg: Color,
    pub(super) modifier: Modifier,
}

impl CellStyle {
    /// Appends the shortest sequence that turns `from` into this pen; `None` stands for an unknown state.
    pub(super) fn write(self, from: Option<Self>, out: &mut Vec<u8>) {
        if from == Some(self) {
            return;
        }
        let start = out.len();
        if let Some(from) = from {
            let mut sgr = Sgr::new(out);
            self.delta(from, &mut sgr);
            sgr.end();
        }
        let middle = out.len();
        if self == Self::default() {
            out.extend_from_slice(b"\x1b[m");
        } else {
            let mut sgr = Sgr::new(out);
            sgr.param(0);
            self.delta(Self::default(), &mut sgr);
            sgr.end();
        }
        let (delta, whole) = (middle - start, out.len() - middle);
        if from.is_some() && delta <= whole {
            out.truncate(middle);
        } else {
            out.drain(start..middle);
        }
    }

    fn delta(self, from: Self, sgr: &mut Sgr<'_>) {
        let mut has = from.modifier;
        for (attributes, off) in OFF {
            if has.difference(self.modifier).intersects(attributes) {
                sgr.param(off);
                has.remove(attributes);
            }
        }
        for (attribute, on) in ON {
            if self.modifier.difference(has).contains(attribute) {
                sgr.param(on);
            }
        }
        if self.fg != from.fg {
            sgr.colour(self.fg, FOREGROUND);
        }
        if self.bg != from.bg {
            sgr.colour(self.bg, BACKGROUND);
        }
    }
}

/// One `CSI … m` being written.
struct Sgr<'a> {
    out: &'a mut Vec<u8>,
    separator: &'static [u8],
}

impl<'a> Sgr<'a> {
    fn new(out: &'a mut Vec<u8>) -> Self {
        Self { out, separator: b"\x1b[" }
    }

    fn param(&mut self, value: u8) {
        self.out.extend_from_slice(self.separator);
        self.separator = b";";
        // Writing into a vector cannot fail.
        let _ = write!(self.out, "{value}");
    }

    fn colour(&mut self, colour: Color, base: u8) {
        let bright = base + 60;
        match colour {
            Color::Reset => self.param(base + 9),
            Color::Black => self.param(base),
            Color::Red => self.param(base + 1),
            Color::Green => self.param(base + 2),
            Color::Yellow => self.param(base + 3),
            Color::Blue => self.param(base + 4),
            Color::Magenta => self.param(base + 5),
            Color::Cyan => self.param(base + 6),
            Color::Gray => self.param(base + 7),
            Color::DarkGray => self.param(bright),
            Color::LightRed => self.param(bright + 1),
            Color::LightGreen => self.param(bright + 2),
            Color::LightYellow => self.param(bright + 3),
            Color::LightBlue => self.param(bright + 4),
            Color::LightMagenta => self.param(bright + 5),
            Color::LightCyan => self.param(bright + 6),
            Color::White => self.param(bright + 7),
            Color::Indexed(index) => [base + 8, 5, index].into_iter().for_each(|value| self.param(value)),
            Color::Rgb(r, g, b) => [base + 8, 2, r, g, b].into_iter().for_each(|value| self.param(value)),
        }
    }

    fn end(self) {
        self.out.push(b'm');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(from: Option<CellStyle>, to: CellStyle) -> String {
        let mut out = Vec::new();
        to.write(from, &mut out);
        String::from_utf8(out).unwrap()
    }

    fn pen(fg: Color, bg: Color, modifier: Modifier) -> CellStyle {
        CellStyle { fg, bg, modifier }
    }

    const PLAIN: CellStyle = CellStyle { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };

    #[test]
    fn only_what_differs_is_written() {
        assert_eq!(change(Some(PLAIN), PLAIN), "");
        assert_eq!(change(Some(PLAIN), pen(Color::Red, Color::Reset, Modifier::empty())), "\x1b[31m");
        assert_eq!(change(Some(PLAIN), pen(Color::DarkGray, Color::White, Modifier::empty())), "\x1b[90;107m");
        assert_eq!(change(Some(PLAIN), pen(Color::Indexed(8), Color::Rgb(1, 2, 3), Modifier::BOLD)), "\x1b[1;38;5;8;48;2;1;2;3m");
        let bold_red = pen(Color::Red, Color::Blue, Modifier::BOLD);
        assert_eq!(change(Some(bold_red), pen(Color::Red, Color::Blue, Modifier::empty())), "\x1b[22m");
    }

    #[test]
    fn a_whole_reset_is_taken_when_it_is_shorter() {
        assert_eq!(change(Some(pen(Color::Red, Color::Blue, Modifier::BOLD)), PLAIN), "\x1b[m");
        let busy = pen(Color::Rgb(1, 2, 3), Color::Blue, Modifier::BOLD | Modifier::ITALIC | Modifier::REVERSED);
        assert_eq!(change(Some(busy), pen(Color::Red, Color::Reset, Modifier::empty())), "\x1b[0;31m");
    }

    #[test]
    fn an_unknown_state_is_always_reset() {
        assert_eq!(change(None, PLAIN), "\x1b[m");
        assert_eq!(change(None, pen(Color::Green, Color::Reset, Modifier::UNDERLINED)), "\x1b[0;4;32m");
    }

    #[test]
    fn taking_bold_from_bold_and_dim_keeps_dim() {
        let both = pen(Color::Red, Color::Red, Modifier::BOLD | Modifier::DIM);
        assert_eq!(change(Some(both), pen(Color::Red, Color::Red, Modifier::DIM)), "\x1b[22;2m");
    }

    #[test]
    fn attributes_the_replay_cannot_see_go_on_and_off() {
        for (attribute, on) in ON {
            let with = pen(Color::Red, Color::Red, attribute);
            assert_eq!(change(Some(pen(Color::Red, Color::Red, Modifier::empty())), with), format!("\x1b[{on}m"));
            let off = change(Some(with), pen(Color::Red, Color::Red, Modifier::empty()));
            let code = OFF.iter().find(|(attributes, _)| attributes.contains(attribute)).map(|(_, code)| code).unwrap();
            assert_eq!(off, format!("\x1b[{code}m"));
        }
    }
}
