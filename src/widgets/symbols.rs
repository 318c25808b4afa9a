//! The signs that stand beside words, in Unicode and in plain ASCII. Signs only: what they mean is written next to them.

use ratatui::symbols::border;

/// One sign for every state and part a screen draws; each is one column wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Symbols {
    /// Whether these are the Unicode signs.
    pub unicode: bool,
    /// Fine, saved, done.
    pub ok: &'static str,
    /// Dead, failed, refused.
    pub dead: &'static str,
    /// Not known.
    pub unknown: &'static str,
    /// Added elsewhere.
    pub new: &'static str,
    /// At another place than before.
    pub moved: &'static str,
    /// Changed and not saved.
    pub dirty: &'static str,
    /// Look here.
    pub warning: &'static str,
    /// Where a row can be picked up.
    pub handle: &'static str,
    /// Both ends of a row that is carried.
    pub lifted: [&'static str; 2],
    /// The row the cursor is on.
    pub pointer: &'static str,
    /// A chosen item of several.
    pub checked: &'static str,
    /// An item that is not chosen.
    pub unchecked: &'static str,
    /// What the insertion marker's row is filled with.
    pub insertion: &'static str,
    /// Old to new.
    pub arrow: &'static str,
    /// Text goes on.
    pub ellipsis: &'static str,
    /// Between facts on one line.
    pub separator: &'static str,
    /// A hidden character.
    pub mask: char,
    /// Frames of the sign for "working".
    pub spinner: &'static [&'static str],
    /// Lines around boxes.
    pub border: border::Set<'static>,
    /// The part of a scrollbar that moves.
    pub thumb: &'static str,
    /// The part of a scrollbar that stays.
    pub track: &'static str,
}

impl Symbols {
    /// For terminals that draw UTF-8.
    pub const UNICODE: Self = Self {
        unicode: true,
        ok: "✓",
        dead: "✗",
        unknown: "?",
        new: "+",
        moved: "↕",
        dirty: "●",
        warning: "!",
        handle: "≡",
        lifted: ["▌", "▐"],
        pointer: "▸",
        checked: "■",
        unchecked: "□",
        insertion: "━",
        arrow: "→",
        ellipsis: "…",
        separator: "·",
        mask: '•',
        spinner: &["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"],
        border: border::PLAIN,
        thumb: "█",
        track: "│",
    };

    /// For everything else.
    pub const ASCII: Self = Self {
        unicode: false,
        ok: "+",
        dead: "x",
        unknown: "?",
        new: "n",
        moved: "~",
        dirty: "*",
        warning: "!",
        handle: "=",
        lifted: [">", "<"],
        pointer: ">",
        checked: "x",
        unchecked: "-",
        insertion: "=",
        arrow: ">",
        ellipsis: ".",
        separator: "|",
        mask: '*',
        spinner: &["|", "/", "-", "\\"],
        border: border::Set {
            top_left: "+",
            top_right: "+",
            bottom_left: "+",
            bottom_right: "+",
            vertical_left: "|",
            vertical_right: "|",
            horizontal_top: "-",
            horizontal_bottom: "-",
        },
        thumb: "#",
        track: "|",
    };

    /// The set for a terminal that does or does not draw UTF-8.
    pub const fn new(unicode: bool) -> Self {
        if unicode { Self::UNICODE } else { Self::ASCII }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::widgets::text::width;

    fn all(symbols: &Symbols) -> Vec<String> {
        let Symbols { unicode: _, ok, dead, unknown, new, moved, dirty, warning, handle, lifted, pointer, checked, unchecked, .. } =
            *symbols;
        let Symbols { insertion, arrow, ellipsis, separator, mask, spinner, border, thumb, track, .. } = *symbols;
        [ok, dead, unknown, new, moved, dirty, warning, handle, pointer, checked, unchecked, insertion, arrow, ellipsis, separator]
            .into_iter()
            .chain(lifted)
            .chain(spinner.iter().copied())
            .chain([border.top_left, border.top_right, border.bottom_left, border.bottom_right, border.vertical_left])
            .chain([border.vertical_right, border.horizontal_top, border.horizontal_bottom, thumb, track])
            .map(str::to_owned)
            .chain([mask.to_string()])
            .collect()
    }

    #[test]
    fn every_sign_is_one_column_wide_and_the_plain_ones_are_ascii() {
        for symbols in [Symbols::UNICODE, Symbols::ASCII] {
            for sign in all(&symbols) {
                assert_eq!(width(&sign), 1, "{sign}");
                assert!(symbols.unicode || sign.is_ascii(), "{sign}");
            }
        }
    }
}
