//! Another theme, for this run: what is kept is written by people only, in their settings.

use strum::VariantNames;

use super::model::Model;
use crate::base::settings::ThemeName;
use crate::base::{Level, Shared};
use crate::domain::{Id, SafeText};
use crate::screens::overlay::Overlay;
use crate::screens::overlay::choose::Choose;
use crate::widgets::picker::Choice;

/// What the chooser answers for.
pub(super) const THEME: &str = "theme";

/// Offers the themes.
pub(super) fn open(model: &mut Model) {
    let now: &str = model.shared.settings.theme.into();
    let item = |name: &&str| {
        let detail = if *name == now { "in use" } else { "" };
        Choice::new(Id::from(*name), SafeText::line(name)).detailed(SafeText::line(detail))
    };
    let items = ThemeName::VARIANTS.iter().map(item).collect();
    model.overlays.push(Overlay::Choose(Choose::one(THEME, "Theme", items, false)));
}

/// Takes the theme that was chosen.
pub(super) fn take(shared: &mut Shared, ids: &[Id]) {
    let Some(theme) = ids.first().and_then(|id| id.as_str().parse::<ThemeName>().ok()) else { return };
    shared.settings.theme = theme;
    shared.theme = shared.settings.theme().on_the_terminal_of(&shared.theme);
    let name: &str = theme.into();
    shared.say(Level::Done, format!("The theme is {name} until you quit; theme = \"{name}\" in config.toml keeps it"));
}
