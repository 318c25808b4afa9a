//! Edit.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::{Event, Nav, Screen};
use crate::base::{Action, Facts, Scope, Shared};

/// State of the screen.
#[derive(Debug, Default)]
pub struct EditScreen;

impl Screen for EditScreen {
    fn scopes(&self, _shared: &Shared) -> Vec<Scope> {
        vec![Scope::Screen]
    }

    fn facts(&self, facts: Facts, _shared: &Shared) -> Facts {
        facts
    }

    fn on(&mut self, event: Event, _shared: &mut Shared) -> Option<Nav> {
        (event == Event::Action(Action::Back)).then_some(Nav::Back)
    }

    fn view(&self, _area: Rect, _buf: &mut Buffer, _shared: &Shared) -> Option<Position> {
        None
    }
}
