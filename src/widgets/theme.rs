//! Styles by name, from the terminal's own 16 colours on its own background, so that light and dark both work.
//!
//! A state is a symbol and a word first; its colour only helps. Nothing here reads the environment: the caller decides
//! between the themes and strips the colours for `NO_COLOR`.

use std::error::Error;
use std::fmt;

use ratatui::style::{Color, Modifier, Style};

use super::symbols::Symbols;

/// A style name that does not exist, for a configuration file's error message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownStyle {
    /// The name that was asked for.
    pub name: String,
}

impl fmt::Display for UnknownStyle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no style called {:?}; the styles are {}", self.name, Theme::NAMES.join(", "))
    }
}

impl Error for UnknownStyle {}

/// One row a style: the field, its name in configuration files and its meaning stand in one place.
macro_rules! styles {
    ($($name:ident: $meaning:literal,)*) => {
        /// How every part of the screen looks.
        #[derive(Clone, Debug, PartialEq)]
        pub struct Theme {
            $(#[doc = $meaning] pub $name: Style,)*
            /// The signs beside the words.
            pub symbols: Symbols,
            /// Whether colours were taken out.
            colourless: bool,
        }

        impl Theme {
            /// Names of all styles, as a configuration file may use them.
            pub const NAMES: &[&str] = &[$(stringify!($name)),*];

            /// All names with their meaning, for a table in the documentation.
            pub const MEANINGS: &[(&str, &str)] = &[$((stringify!($name), $meaning)),*];

            fn plain() -> Self {
                Self { $($name: Style::new(),)* symbols: Symbols::UNICODE, colourless: false }
            }

            fn slot(&mut self, name: &str) -> Option<&mut Style> {
                match name {
                    $(stringify!($name) => Some(&mut self.$name),)*
                    _ => None,
                }
            }

            /// The style of that name.
            pub fn style(&self, name: &str) -> Option<Style> {
                match name {
                    $(stringify!($name) => Some(self.$name),)*
                    _ => None,
                }
            }
        }
    };
}

styles! {
    title: "Headings and the name in the header.",
    label: "Names of fields.",
    value: "What stands in a field.",
    dim: "What matters less: ages, hints, ids.",
    selected: "The row the cursor is on.",
    range: "Rows selected together.",
    held: "Rows that were picked up.",
    focused: "The field or box that takes the keys.",
    dirty: "Changed and not saved.",
    removed: "Goes away at the next save.",
    ok: "Saved, done, alive.",
    warning: "Worth a look before going on.",
    error: "Refused or failed.",
    marker: "The row that shows where a dragged item would land.",
    matched: "Letters that matched what was typed.",
    disabled: "What cannot be used now.",
    tab: "The other tabs.",
    tab_active: "The tab that is open.",
    key_hint: "Keys in the footer and in help.",
    border: "Lines around boxes.",
    status: "What is happening, in the header.",
}

impl Theme {
    /// The theme for ordinary terminals.
    pub fn default_16() -> Self {
        let bold = Style::new().add_modifier(Modifier::BOLD);
        let dim = Style::new().add_modifier(Modifier::DIM);
        Self {
            title: bold,
            dim,
            selected: Style::new().add_modifier(Modifier::REVERSED),
            range: Style::new().add_modifier(Modifier::REVERSED | Modifier::DIM),
            held: Style::new().add_modifier(Modifier::REVERSED | Modifier::BOLD),
            focused: bold.fg(Color::Cyan),
            dirty: Style::new().fg(Color::Magenta),
            removed: Style::new().fg(Color::Red).add_modifier(Modifier::CROSSED_OUT),
            ok: Style::new().fg(Color::Green),
            warning: bold.fg(Color::Yellow),
            error: bold.fg(Color::Red),
            marker: bold.fg(Color::Cyan),
            matched: Style::new().add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            disabled: dim,
            tab: dim,
            tab_active: Style::new().add_modifier(Modifier::REVERSED | Modifier::BOLD),
            key_hint: bold.fg(Color::Cyan),
            border: dim,
            status: Style::new().fg(Color::Blue),
            ..Self::plain()
        }
    }

    /// For eyes or screens that need it: nothing dimmed, bold and underlined instead of shades.
    pub fn high_contrast() -> Self {
        let bold = Style::new().add_modifier(Modifier::BOLD);
        let reversed = Style::new().add_modifier(Modifier::REVERSED | Modifier::BOLD);
        Self {
            title: bold,
            label: bold,
            selected: reversed,
            range: Style::new().add_modifier(Modifier::REVERSED),
            held: reversed.add_modifier(Modifier::UNDERLINED),
            focused: Style::new().add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            dirty: bold.fg(Color::Magenta),
            removed: bold.fg(Color::Red).add_modifier(Modifier::CROSSED_OUT),
            ok: bold.fg(Color::Green),
            warning: bold.fg(Color::Yellow).add_modifier(Modifier::UNDERLINED),
            error: reversed.fg(Color::Red),
            marker: reversed,
            matched: Style::new().add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            tab_active: reversed,
            key_hint: bold,
            status: bold,
            ..Self::plain()
        }
    }

    /// No colours at all, for `NO_COLOR` and terminals without them.
    pub fn monochrome() -> Self {
        Self { colourless: false, ..Self::default_16().without_colour() }
    }

    /// The same theme with modifiers only; also takes the colours out of what a configuration file set.
    #[must_use]
    pub fn without_colour(mut self) -> Self {
        for name in Self::NAMES {
            if let Some(style) = self.slot(name) {
                *style = Style { fg: None, bg: None, underline_color: None, ..*style };
            }
        }
        self.colourless = true;
        self
    }

    /// The same theme with no more colours and signs than the terminal of `other` has.
    #[must_use]
    pub fn on_the_terminal_of(self, other: &Self) -> Self {
        let theme = if other.colourless { self.without_colour() } else { self };
        theme.with_symbols(other.symbols)
    }

    /// The same theme with other signs.
    #[must_use]
    pub fn with_symbols(self, symbols: Symbols) -> Self {
        Self { symbols, ..self }
    }

    /// Replaces the style of that name.
    pub fn set_style(&mut self, name: &str, style: Style) -> Result<(), UnknownStyle> {
        let slot = self.slot(name).ok_or_else(|| UnknownStyle { name: name.to_owned() })?;
        *slot = style;
        Ok(())
    }
}

impl Default for Theme {
    fn default() -> Self {
        Self::default_16()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_style_can_be_set_and_read_by_its_name() {
        let mut theme = Theme::default();
        let odd = Style::new().fg(Color::LightRed).bg(Color::Blue);
        for name in Theme::NAMES {
            theme.set_style(name, odd).unwrap();
            assert_eq!(theme.style(name), Some(odd), "{name}");
        }
        assert_eq!(theme.error, odd);
    }

    #[test]
    fn a_wrong_name_is_answered_with_the_right_ones() {
        let error = Theme::default().set_style("eror", Style::new()).unwrap_err().to_string();
        assert!(error.contains("\"eror\"") && error.contains("warning, error, marker"), "{error}");
    }

    #[test]
    fn monochrome_sets_no_colour_and_still_tells_states_apart() {
        let theme = Theme::monochrome();
        for name in Theme::NAMES {
            let style = theme.style(name).unwrap();
            assert_eq!((style.fg, style.bg, style.underline_color), (None, None, None), "{name}");
        }
        let apart = [theme.value, theme.dim, theme.selected, theme.range, theme.held, theme.error, theme.removed, theme.matched];
        for (i, style) in apart.iter().enumerate() {
            assert!(!apart[i + 1..].contains(style), "{style:?}");
        }
    }

    #[test]
    fn no_theme_paints_a_background_of_its_own() {
        for theme in [Theme::default_16(), Theme::high_contrast()] {
            assert!(Theme::NAMES.iter().all(|name| theme.style(name).unwrap().bg.is_none()));
        }
    }
}
