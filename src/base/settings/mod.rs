//! What a person can set, as plain values, and the text form people write: the file `config.toml`.
//!
//! Reading never fails: what is wrong with the file comes back beside the settings that hold all the same. Nothing here touches a
//! file or the environment; what the terminal can show (`NO_COLOR`, no UTF-8) is decided later and wins.

mod keys;
mod mistakes;
mod read;
pub mod style;
mod write;

use ratatui::style::Style;
use strum::{EnumIter, EnumString, IntoStaticStr, VariantNames};

pub use self::mistakes::Mistake;
pub use self::read::{ParsedSettings, read};
pub use self::write::write;
use super::keymap::{Keymap, Override};
use crate::domain::RegistrationId;
use crate::widgets::picture::Setting;
use crate::widgets::theme::Theme;

/// Everything that can be set, but for the command that prints the token: no screen has to know that.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// The theme that `styles` changes.
    pub theme: ThemeName,
    /// Styles in place of the theme's, by names of [`Theme::NAMES`].
    pub styles: Vec<(&'static str, Style)>,
    /// Keys in place of the table's.
    pub keys: Vec<Override>,
    /// Whether the mouse is used from the start.
    pub mouse: bool,
    /// Whether the terminal is asked for kitty's codes for keys.
    pub kitty_keys: bool,
    /// How pictures are drawn.
    pub pictures: Setting,
    /// Whether addresses are links.
    pub links: LinkSetting,
    /// Whether signs may move by themselves.
    pub motion: bool,
    /// The device whose push notifications are held back while SMS mode is on.
    pub registration_id: Option<RegistrationId>,
    /// Which questions are asked.
    pub confirmations: Confirmations,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: ThemeName::Default,
            styles: Vec::new(),
            keys: Vec::new(),
            mouse: true,
            kitty_keys: false,
            pictures: Setting::Auto,
            links: LinkSetting::Auto,
            motion: true,
            registration_id: None,
            confirmations: Confirmations::default(),
        }
    }
}

impl Settings {
    /// The theme with the changes to it.
    pub fn theme(&self) -> Theme {
        let mut theme = match self.theme {
            ThemeName::Default => Theme::default_16(),
            ThemeName::HighContrast => Theme::high_contrast(),
            ThemeName::Monochrome => Theme::monochrome(),
            ThemeName::BlueOrange => Theme::blue_orange(),
        };
        for (name, style) in &self.styles {
            // The names were checked when they were read.
            let _ = theme.set_style(name, *style);
        }
        theme
    }

    /// The table of keys with the changes to it.
    pub fn keymap(&self) -> Keymap {
        Keymap::with(&self.keys)
    }
}

/// A built-in theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "kebab-case")]
pub enum ThemeName {
    /// For ordinary terminals, light or dark.
    Default,
    /// Nothing dimmed and nothing faint, light or dark; bold and underlined instead of shades.
    HighContrast,
    /// No colours.
    Monochrome,
    /// Blue and orange in place of green and red.
    BlueOrange,
}

/// Whether addresses are links of the terminal's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "lowercase")]
pub enum LinkSetting {
    /// Where the terminal is known to take them, or to pass over them.
    Auto,
    /// Everywhere.
    On,
    /// Nowhere.
    Off,
}

/// A yes-or-no question that guards against a slip of the finger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, EnumString, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum Question {
    /// Turning sharing off, which ends the link.
    ShareOff,
    /// A new link, which ends the old one.
    ShareNew,
    /// Uploading a picture, which makes it public.
    Upload,
    /// Unpinning what is dead, on the list only until it is saved.
    CleanUp,
    /// Throwing unsaved edits away.
    Discard,
}

impl Question {
    /// The question's name in the configuration file.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// Whether the question can be turned off. Whoever knows what a key does may do without a warning; but unsaved edits exist
    /// nowhere else, and that nothing typed is lost is a promise no setting takes back.
    pub fn is_optional(self) -> bool {
        self != Self::Discard
    }
}

/// The questions that are not asked: the answer is yes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Confirmations {
    off: Vec<Question>,
}

impl Confirmations {
    /// Whether `question` is asked.
    pub fn ask(&self, question: Question) -> bool {
        !self.off.contains(&question)
    }

    /// Turns a question on or off; one that is not optional stays on.
    pub fn set(&mut self, question: Question, on: bool) {
        self.off.retain(|other| *other != question);
        if !on && question.is_optional() {
            self.off.push(question);
        }
    }
}
