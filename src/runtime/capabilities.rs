//! What the terminal can show, as far as the environment tells; and what it is asked where that does not tell all. Nobody waits for
//! the answer.

use std::collections::BTreeMap;

use super::clipboard::{self, Clipboard};
use crate::base::Settings;
use crate::base::settings::LinkSetting;
use crate::widgets::picture::{Colours, PictureMethod, Protocol, Setting, VARIABLES};
use crate::widgets::symbols::Symbols;
use crate::widgets::theme::Theme;

/// Terminals that take links or pass over them, by the beginning of `TERM`.
const LINKING: &[&str] = &[
    "xterm",
    "tmux",
    "rxvt",
    "foot",
    "alacritty",
    "wezterm",
    "contour",
    "rio",
    "konsole",
    "gnome",
    "vte",
    "mlterm",
    "mintty",
    "iterm",
    "st-",
    "ms-terminal",
];

/// Terminals of which some draw sixels, by the beginning of `TERM`; all of them answer.
const ASKED: &[&str] = &["xterm", "vte", "gnome", "st-", "alacritty"];
/// The question what a terminal can do (DA1). Each answers it since the seventies.
const ATTRIBUTES: &str = "\x1b[c";

/// What is known about the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capabilities {
    /// `TERM`, if set.
    pub term: Option<String>,
    /// How many colours it has; none if it has none, or they are not wanted.
    pub colours: Option<Colours>,
    /// Whether it draws UTF-8.
    pub utf8: bool,
    /// The locale that says so, if one is set.
    pub locale: Option<String>,
    /// Whether `NO_COLOR` is set.
    pub no_color: bool,
    /// The program between Lapel and the terminal, if any: `tmux` or `screen`.
    pub multiplexer: Option<&'static str>,
    /// Whether the terminal is on another computer.
    pub ssh: bool,
    /// What decides about pictures and copying.
    variables: BTreeMap<String, String>,
}

impl Capabilities {
    /// As the environment says.
    pub fn from_env() -> Self {
        Self::read(|name| std::env::var(name).ok())
    }

    /// As these variables say; empty ones count as not set.
    fn read(variable: impl Fn(&str) -> Option<String>) -> Self {
        let get = |name: &str| variable(name).filter(|value| !value.is_empty());
        let term = get("TERM");
        let dumb = term.as_deref() == Some("dumb");
        let no_color = get("NO_COLOR").is_some();
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(get);
        let spelt_utf8 = locale.as_ref().is_none_or(|locale| {
            let locale = locale.to_lowercase();
            locale.contains("utf-8") || locale.contains("utf8")
        });
        let utf8 = spelt_utf8 && !dumb;
        let variables: BTreeMap<String, String> =
            VARIABLES.iter().chain(clipboard::VARIABLES).filter_map(|name| Some(((*name).to_owned(), get(name)?))).collect();
        let colours = PictureMethod::choose(Setting::Blocks, &variables, utf8).map(|method| method.colours);
        let multiplexer = if get("TMUX").is_some() { Some("tmux") } else { get("STY").map(|_| "screen") };
        let ssh = get("SSH_CONNECTION").or_else(|| get("SSH_TTY")).is_some();
        Self { term, colours, utf8, locale, no_color, multiplexer, ssh, variables }
    }

    /// How text gets to where the person pastes.
    pub fn clipboard(&self) -> Clipboard {
        Clipboard::new(|name| self.variables.get(name).cloned(), self.ssh)
    }

    /// The theme that was set, as far as this terminal can show it.
    pub fn theme(&self, settings: &Settings) -> Theme {
        let theme = settings.theme();
        let theme = if self.colours.is_none() { theme.without_colour() } else { theme };
        theme.with_symbols(Symbols::new(self.utf8))
    }

    /// Whether addresses are links.
    pub fn links(&self, setting: LinkSetting) -> bool {
        match setting {
            LinkSetting::Auto => self.takes_links(),
            LinkSetting::On => true,
            LinkSetting::Off => false,
        }
    }

    /// Whether the terminal is known to take links, or to pass over them without a trace. tmux does from 3.4 on, and drops them before;
    /// screen cuts what is long and shows the rest as text. The consoles of Linux and Emacs show all of it as text, and of VTE those
    /// before 0.50.1, some of which crash.
    fn takes_links(&self) -> bool {
        let get = |name: &str| self.variables.get(name).map(String::as_str);
        let old = get("VTE_VERSION").and_then(|version| version.parse().ok()).is_some_and(|version: u32| version <= 5000);
        let term = self.term.as_deref().unwrap_or_default();
        let known = LINKING.iter().any(|name| term.starts_with(name)) || get("WT_SESSION").is_some() || self.multiplexer == Some("tmux");
        known && !old && self.multiplexer != Some("screen")
    }

    /// What the terminal is asked: whether it draws sixels, where the environment does not say and somebody would like to know. Not over
    /// a network, where the answer may come when there is only a shell to read it, nor through a program that would answer for itself.
    pub fn question(&self, setting: Setting) -> Option<&'static str> {
        let term = self.term.as_deref().unwrap_or_default();
        let open = setting == Setting::Auto
            && self.pictures(setting).is_some_and(|method| method.protocol == Protocol::Blocks)
            && ASKED.iter().any(|name| term.starts_with(name));
        let between = self.ssh || self.multiplexer.is_some() || self.variables.contains_key("ZELLIJ");
        (open && !between).then_some(ATTRIBUTES)
    }

    /// How pictures are drawn, if they are.
    pub fn pictures(&self, setting: Setting) -> Option<PictureMethod> {
        PictureMethod::choose(setting, &self.variables, self.utf8).filter(|_| cfg!(feature = "pictures"))
    }
}

#[cfg(test)]
mod tests {
    use ratatui::style::{Color, Style};

    use super::*;

    fn on(variables: &[(&str, &str)]) -> Capabilities {
        Capabilities::read(|name| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn colours_are_counted_and_no_color_and_a_dumb_terminal_win() {
        for (variables, colours) in [
            (&[][..], Some(Colours::Sixteen)),
            (&[("TERM", "xterm-256color"), ("NO_COLOR", "")], Some(Colours::Palette)),
            (&[("TERM", "xterm-kitty"), ("COLORTERM", "truecolor")], Some(Colours::True)),
            (&[("TERM", "xterm-256color"), ("COLORTERM", "24bit"), ("NO_COLOR", "1")], None),
            (&[("TERM", "dumb"), ("COLORTERM", "truecolor")], None),
        ] {
            assert_eq!(on(variables).colours, colours, "{variables:?}");
        }
    }

    #[test]
    fn signs_are_ascii_where_the_locale_or_the_terminal_has_no_others() {
        for (variables, utf8) in [
            (&[][..], true),
            (&[("LANG", "de_DE.utf8")], true),
            (&[("LANG", "en_US.UTF-8"), ("LC_ALL", "C")], false),
            (&[("LC_ALL", ""), ("LANG", "C.UTF-8")], true),
            (&[("LANG", "en_US.UTF-8"), ("TERM", "dumb")], false),
        ] {
            assert_eq!(on(variables).utf8, utf8, "{variables:?}");
        }
    }

    #[test]
    fn links_are_for_terminals_that_take_them_or_leave_no_trace_of_them() {
        for (variables, links) in [
            (&[][..], false),
            (&[("TERM", "dumb")], false),
            (&[("TERM", "linux")], false),
            (&[("TERM", "eterm-color")], false),
            (&[("TERM", "vt220")], false),
            (&[("TERM", "xterm-256color")], true),
            (&[("TERM", "xterm-kitty")], true),
            (&[("TERM", "xterm-256color"), ("VTE_VERSION", "7006")], true),
            (&[("TERM", "xterm-256color"), ("VTE_VERSION", "5000")], false),
            (&[("TERM", "screen-256color"), ("TMUX", "/tmp/tmux-0/default,1,0")], true),
            (&[("TERM", "screen-256color")], false),
            (&[("TERM", "xterm-256color"), ("STY", "1.pts-0.here")], false),
            (&[("WT_SESSION", "{0}")], true),
        ] {
            assert_eq!(on(variables).links(LinkSetting::Auto), links, "{variables:?}");
            assert!(on(variables).links(LinkSetting::On) && !on(variables).links(LinkSetting::Off));
        }
    }

    #[cfg(feature = "pictures")]
    #[test]
    fn only_a_terminal_at_hand_is_asked_and_only_what_is_not_known() {
        for (variables, asked) in [
            (&[("TERM", "xterm-256color")][..], true),
            (&[("TERM", "xterm-kitty")], false),
            (&[("TERM", "mlterm")], false),
            (&[("TERM", "linux")], false),
            (&[("TERM", "xterm"), ("TERM_PROGRAM", "WezTerm")], false),
            (&[("TERM", "xterm"), ("TMUX", "/tmp/x")], false),
            (&[("TERM", "xterm"), ("ZELLIJ", "0")], false),
            (&[("TERM", "xterm"), ("SSH_TTY", "/dev/pts/1")], false),
            (&[("TERM", "xterm"), ("NO_COLOR", "1")], false),
            (&[("TERM", "xterm"), ("LANG", "C")], false),
        ] {
            assert_eq!(on(variables).question(Setting::Auto).is_some(), asked, "{variables:?}");
            assert_eq!(on(variables).question(Setting::Blocks), None);
        }
    }

    #[test]
    fn no_color_wins_over_styles_that_were_set() {
        let settings = Settings { styles: vec![("bad", Style::new().fg(Color::Red).bold())], ..Settings::default() };
        assert_eq!(on(&[]).theme(&settings).bad, Style::new().fg(Color::Red).bold());
        let theme = on(&[("NO_COLOR", "1"), ("LANG", "C")]).theme(&settings);
        assert_eq!(theme.bad, Style::new().bold());
        assert!(!theme.symbols.unicode);
    }
}
