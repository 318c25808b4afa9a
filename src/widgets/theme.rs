//! Styles by role, from the terminal's own 16 colours on its own background, so that light and dark both work.
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
    heading: "Headings and the name in the header.",
    label: "Names of fields.",
    text: "What stands in a field.",
    quiet: "What matters less: ages, hints, ids.",
    accent: "Keys in the footer and in help.",
    focus: "The field or box that takes the keys.",
    selection: "The row the cursor is on: a bar from edge to edge.",
    range: "Rows selected together.",
    idle: "A selected row while the keys go elsewhere.",
    carried: "Rows that were picked up.",
    marker: "The row that shows where a dragged item would land.",
    matched: "Letters that matched what was typed.",
    changed: "Changed and not saved.",
    removed: "Goes away at the next save.",
    old_words: "Words that only the old value has.",
    new_words: "Words that only the new value has.",
    good: "Saved, done, alive.",
    warning: "Worth a look before going on.",
    bad: "Refused or failed.",
    status: "What is happening, in the header.",
    disabled: "What cannot be used now.",
    tab: "The other tabs.",
    tab_active: "The tab that is open.",
    border: "Rules and scrollbars.",
    backdrop: "Everything behind a dialog.",
}

const PLAIN: Style = Style::new();
const BOLD: Style = PLAIN.add_modifier(Modifier::BOLD);
const DIM: Style = PLAIN.add_modifier(Modifier::DIM);
const UNDERLINED: Style = PLAIN.add_modifier(Modifier::UNDERLINED);
const REVERSED: Style = PLAIN.add_modifier(Modifier::REVERSED);
const STRUCK: Style = PLAIN.add_modifier(Modifier::CROSSED_OUT);

impl Theme {
    /// The theme for ordinary terminals.
    pub fn default_16() -> Self {
        Self {
            heading: BOLD,
            label: DIM,
            quiet: DIM,
            accent: BOLD.fg(Color::Cyan),
            focus: BOLD.fg(Color::Cyan),
            selection: REVERSED,
            range: BOLD.add_modifier(Modifier::UNDERLINED),
            idle: UNDERLINED,
            carried: REVERSED.fg(Color::Cyan),
            marker: BOLD.fg(Color::Cyan),
            matched: BOLD.add_modifier(Modifier::UNDERLINED),
            changed: PLAIN.fg(Color::Magenta),
            removed: STRUCK.fg(Color::Red),
            old_words: STRUCK.fg(Color::Red),
            new_words: BOLD.fg(Color::Green),
            good: PLAIN.fg(Color::Green),
            warning: BOLD.fg(Color::Yellow),
            bad: BOLD.fg(Color::Red),
            status: PLAIN.fg(Color::Cyan),
            disabled: DIM,
            tab: DIM,
            tab_active: BOLD.fg(Color::Cyan),
            border: DIM,
            backdrop: DIM,
            ..Self::plain()
        }
    }

    /// For eyes or screens that need it, light or dark: nothing dimmed, and no colour that is faint on either; bold and underlined
    /// instead of shades.
    pub fn high_contrast() -> Self {
        Self {
            heading: BOLD,
            accent: BOLD,
            focus: BOLD.add_modifier(Modifier::UNDERLINED),
            selection: REVERSED,
            range: BOLD.add_modifier(Modifier::UNDERLINED),
            idle: UNDERLINED,
            carried: REVERSED.add_modifier(Modifier::UNDERLINED),
            marker: BOLD,
            matched: BOLD.add_modifier(Modifier::UNDERLINED),
            changed: BOLD.fg(Color::Magenta),
            removed: STRUCK.add_modifier(Modifier::BOLD).fg(Color::Red),
            old_words: STRUCK.add_modifier(Modifier::BOLD).fg(Color::Red),
            new_words: BOLD.add_modifier(Modifier::UNDERLINED),
            good: BOLD,
            warning: BOLD.add_modifier(Modifier::UNDERLINED),
            bad: BOLD.fg(Color::Red),
            status: BOLD,
            disabled: STRUCK,
            tab_active: BOLD.add_modifier(Modifier::UNDERLINED),
            ..Self::plain()
        }
    }

    /// For those who cannot tell green from red: blue and orange instead, in shades that hold on light and dark.
    pub fn blue_orange() -> Self {
        const BLUE: Color = Color::Indexed(33);
        const ORANGE: Color = Color::Indexed(166);
        Self {
            changed: PLAIN.fg(BLUE),
            removed: STRUCK.fg(ORANGE),
            old_words: STRUCK.fg(ORANGE),
            new_words: BOLD.fg(BLUE),
            good: PLAIN.fg(BLUE),
            warning: PLAIN.fg(ORANGE),
            bad: BOLD.fg(ORANGE),
            ..Self::default_16()
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

    /// Replaces the style of that name, without what terminals draw differently.
    pub fn set_style(&mut self, name: &str, style: Style) -> Result<(), UnknownStyle> {
        let slot = self.slot(name).ok_or_else(|| UnknownStyle { name: name.to_owned() })?;
        *slot = shown_alike(style);
        Ok(())
    }
}

/// A style without dim where it is reversed: some terminals dim the text of that, others the bar.
pub(super) const fn shown_alike(style: Style) -> Style {
    if style.add_modifier.contains(Modifier::REVERSED) {
        Style { add_modifier: style.add_modifier.difference(Modifier::DIM), ..style }
    } else {
        style
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
        assert_eq!(theme.bad, odd);
    }

    #[test]
    fn a_wrong_name_is_answered_with_the_right_ones() {
        let error = Theme::default().set_style("hading", Style::new()).unwrap_err().to_string();
        assert!(error.contains("\"hading\"") && error.contains("good, warning, bad"), "{error}");
    }

    #[test]
    fn monochrome_sets_no_colour_and_still_tells_states_apart() {
        let theme = Theme::monochrome();
        for name in Theme::NAMES {
            let style = theme.style(name).unwrap();
            assert_eq!((style.fg, style.bg, style.underline_color), (None, None, None), "{name}");
        }
        let apart = [theme.text, theme.quiet, theme.selection, theme.range, theme.idle, theme.bad, theme.removed];
        for (i, style) in apart.iter().enumerate() {
            assert!(!apart[i + 1..].contains(style), "{style:?}");
        }
    }

    #[test]
    fn no_theme_paints_a_background_of_its_own() {
        for theme in [Theme::default_16(), Theme::high_contrast(), Theme::blue_orange()] {
            assert!(Theme::NAMES.iter().all(|name| theme.style(name).unwrap().bg.is_none()));
        }
    }

    #[test]
    fn no_style_is_both_dim_and_reversed_even_if_somebody_asks_for_it() {
        let both = Modifier::DIM | Modifier::REVERSED;
        let mut own = Theme::default();
        own.set_style("selection", Style::new().add_modifier(both)).unwrap();
        assert_eq!(own.selection.add_modifier, Modifier::REVERSED);
        for theme in [Theme::default_16(), Theme::high_contrast(), Theme::monochrome(), Theme::blue_orange()] {
            assert!(Theme::NAMES.iter().all(|name| !theme.style(name).unwrap().add_modifier.contains(both)));
        }
    }

    #[test]
    fn high_contrast_has_nothing_that_is_faint_on_light_or_dark() {
        let theme = Theme::high_contrast();
        for name in Theme::NAMES {
            let style = theme.style(name).unwrap();
            assert!(!style.add_modifier.contains(Modifier::DIM), "{name}");
            assert!(matches!(style.fg, None | Some(Color::Red | Color::Magenta)), "{name}: {:?}", style.fg);
        }
    }

    #[test]
    fn blue_and_orange_are_neither_red_nor_green() {
        let theme = Theme::blue_orange();
        for name in Theme::NAMES {
            let colour = theme.style(name).unwrap().fg;
            assert!(!matches!(colour, Some(Color::Red | Color::Green | Color::LightRed | Color::LightGreen)), "{name}");
        }
    }
}
