//! Which way of drawing pictures suits a terminal, as far as its environment tells. What it answers itself may come later
//! ([`PictureMethod::in_sixels`]); nobody waits for it.

use std::collections::BTreeMap;

use ratatui::layout::Size;
use strum::{EnumString, IntoStaticStr, VariantNames};

use super::Colours;

/// What the user wants, by the name in the configuration file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "lowercase")]
pub enum Setting {
    /// The best the terminal is known to do.
    #[default]
    Auto,
    /// Kitty's protocol, wherever that leads.
    Kitty,
    /// Sixels, likewise; half blocks where the terminal does not say how many pixels a cell has.
    Sixel,
    /// Half blocks.
    Blocks,
    /// No pictures; none is fetched either.
    Off,
}

/// How a picture gets onto the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// Two pixels a cell, as half blocks.
    Blocks,
    /// One pixel a cell, as coloured spaces: for terminals without Unicode.
    Cells,
    /// Kitty's, with placeholder characters; the terminal scales and draws.
    Kitty,
    /// Sixels, for cells of so many pixels; none where that is not known, and then they are half blocks.
    Sixel(Size),
}

/// How pictures are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PictureMethod {
    /// The way.
    pub protocol: Protocol,
    /// What blocks are painted with.
    pub colours: Colours,
}

/// The variables of the environment that count.
pub const VARIABLES: &[&str] = &[
    "NO_COLOR",
    "TERM",
    "COLORTERM",
    "TERM_PROGRAM",
    "VTE_VERSION",
    "WT_SESSION",
    "KONSOLE_VERSION",
    "MLTERM",
    "TMUX",
    "STY",
    "ZELLIJ",
    "OS",
];

/// Terminals of all colours that may not say so in `COLORTERM`, by the beginning of `TERM`.
const TRUE_COLOUR: &[&str] = &["xterm-kitty", "xterm-ghostty", "alacritty", "foot", "wezterm", "contour", "rio"];

/// Terminals that draw sixels as they come, by the beginning of `TERM`, and by `TERM_PROGRAM`. Those that draw them only if they were
/// built or set so, as xterm and VTE's, are not among them: they do not say it in the environment.
const SIXEL_TERMS: &[&str] = &["mlterm", "foot", "contour", "yaft"];
const SIXEL_PROGRAMS: &[&str] = &["iTerm.app", "WezTerm", "mintty"];
/// The first Konsole that does.
const SIXEL_KONSOLE: u32 = 22_04_00;

impl PictureMethod {
    /// Chooses by the variables of the environment ([`VARIABLES`]) and whether text is drawn in Unicode. `None`: no pictures, since
    /// the user wants none, or no colours, without which a few hundred pixels show nothing.
    pub fn choose(setting: Setting, variables: &BTreeMap<String, String>, unicode: bool) -> Option<Self> {
        let get = |name: &str| variables.get(name).map(String::as_str).unwrap_or_default();
        let set = |name: &str| !get(name).is_empty();
        let term = get("TERM");
        if setting == Setting::Off || set("NO_COLOR") || term == "dumb" {
            return None;
        }
        // What these pass on to the terminal around them is theirs to say.
        let inside = ["TMUX", "STY", "ZELLIJ"].into_iter().any(set) || term.starts_with("tmux") || term.starts_with("screen");
        let kitty = ["xterm-kitty", "xterm-ghostty"].contains(&term) || get("TERM_PROGRAM") == "ghostty";
        let konsole = get("KONSOLE_VERSION").parse().is_ok_and(|version: u32| version >= SIXEL_KONSOLE);
        let named = SIXEL_TERMS.iter().any(|name| term.starts_with(name)) || SIXEL_PROGRAMS.contains(&get("TERM_PROGRAM"));
        let sixel = named || konsole || set("MLTERM");
        let protocol = match setting {
            Setting::Kitty => Protocol::Kitty,
            Setting::Auto if kitty && !inside => Protocol::Kitty,
            Setting::Sixel if unicode => Protocol::Sixel(Size::ZERO),
            Setting::Auto if sixel && !inside && unicode => Protocol::Sixel(Size::ZERO),
            _ if unicode => Protocol::Blocks,
            _ => Protocol::Cells,
        };
        let all = ["truecolor", "24bit"].contains(&get("COLORTERM"))
            || TRUE_COLOUR.iter().any(|name| term.starts_with(name))
            || term.ends_with("-direct")
            || set("VTE_VERSION")
            || set("WT_SESSION")
            || (term.is_empty() && get("OS") == "Windows_NT");
        let colours = match () {
            () if all => Colours::True,
            () if term.contains("256color") => Colours::Palette,
            () => Colours::Sixteen,
        };
        Some(Self { protocol, colours })
    }

    /// The same once the terminal has answered that it draws sixels, in cells of so many pixels.
    #[must_use]
    pub fn in_sixels(self, cell: Size) -> Self {
        Self { protocol: Protocol::Sixel(cell), ..self }
    }

    /// The same on a terminal with cells of so many pixels.
    #[must_use]
    pub fn with_cell(self, cell: Size) -> Self {
        let protocol = if let Protocol::Sixel(_) = self.protocol { Protocol::Sixel(cell) } else { self.protocol };
        Self { protocol, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choose(setting: Setting, variables: &[(&str, &str)]) -> Option<(Protocol, Colours)> {
        let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        PictureMethod::choose(setting, &variables, true).map(|method| (method.protocol, method.colours))
    }

    #[test]
    fn kitty_s_protocol_is_for_terminals_that_name_themselves_and_not_through_a_multiplexer() {
        let kitty = Some((Protocol::Kitty, Colours::True));
        let blocks = Some((Protocol::Blocks, Colours::True));
        assert_eq!(choose(Setting::Auto, &[("TERM", "xterm-kitty")]), kitty);
        assert_eq!(choose(Setting::Auto, &[("TERM", "xterm-256color"), ("TERM_PROGRAM", "ghostty"), ("COLORTERM", "truecolor")]), kitty);
        assert_eq!(choose(Setting::Auto, &[("TERM", "xterm-kitty"), ("TMUX", "/tmp/x")]), blocks);
        assert_eq!(choose(Setting::Auto, &[("TERM", "tmux-256color"), ("COLORTERM", "truecolor")]), blocks);
        assert_eq!(choose(Setting::Blocks, &[("TERM", "xterm-kitty")]), blocks);
        assert_eq!(choose(Setting::Kitty, &[("TERM", "xterm-256color")]), Some((Protocol::Kitty, Colours::Palette)));
    }

    #[test]
    fn sixels_are_for_terminals_that_always_draw_them_and_not_through_a_multiplexer() {
        fn protocol(setting: Setting, variables: &[(&str, &str)]) -> Option<Protocol> {
            choose(setting, variables).map(|method| method.0)
        }
        let sixel = Some(Protocol::Sixel(Size::ZERO));
        for variables in [
            &[("TERM", "mlterm")][..],
            &[("TERM", "xterm"), ("MLTERM", "3.9.2")],
            &[("TERM", "foot-extra")],
            &[("TERM", "xterm-256color"), ("TERM_PROGRAM", "WezTerm")],
            &[("TERM", "xterm-256color"), ("TERM_PROGRAM", "iTerm.app")],
            &[("TERM", "xterm-256color"), ("KONSOLE_VERSION", "220401")],
        ] {
            assert_eq!(protocol(Setting::Auto, variables), sixel, "{variables:?}");
            assert_eq!(protocol(Setting::Blocks, variables), Some(Protocol::Blocks));
            let inside = [variables, &[("TMUX", "/tmp/x")]].concat();
            assert_eq!(protocol(Setting::Auto, &inside), Some(Protocol::Blocks), "{variables:?}");
        }
        for variables in [&[("TERM", "xterm-256color")][..], &[("TERM", "xterm-256color"), ("KONSOLE_VERSION", "211203")]] {
            assert_eq!(protocol(Setting::Auto, variables), Some(Protocol::Blocks), "{variables:?}");
            assert_eq!(protocol(Setting::Sixel, variables), sixel, "{variables:?}");
        }
    }

    #[test]
    fn colours_are_as_many_as_the_terminal_says() {
        let colours = |variables| choose(Setting::Auto, variables).map(|method| method.1);
        assert_eq!(colours(&[("TERM", "xterm-256color"), ("COLORTERM", "24bit")]), Some(Colours::True));
        assert_eq!(colours(&[("TERM", "xterm-256color")]), Some(Colours::Palette));
        assert_eq!(colours(&[("TERM", "linux")]), Some(Colours::Sixteen));
        assert_eq!(colours(&[]), Some(Colours::Sixteen));
        assert_eq!(colours(&[("OS", "Windows_NT")]), Some(Colours::True));
    }

    #[test]
    fn without_colours_or_wish_there_are_no_pictures() {
        assert_eq!(choose(Setting::Off, &[("TERM", "xterm-kitty")]), None);
        assert_eq!(choose(Setting::Auto, &[("TERM", "xterm-kitty"), ("NO_COLOR", "1")]), None);
        assert_eq!(choose(Setting::Auto, &[("TERM", "dumb")]), None);
        assert!(choose(Setting::Auto, &[("TERM", "xterm"), ("NO_COLOR", "")]).is_some());
    }

    #[test]
    fn settings_are_read_by_the_names_they_have() {
        for name in Setting::VARIANTS {
            let setting: Setting = name.parse().unwrap();
            assert_eq!(<&str>::from(setting), *name);
        }
        assert!("sixels".parse::<Setting>().is_err());
    }
}
