//! Moving to a position: a line that asks for its number.

use super::PinsScreen;
use super::act::say_goes_away;
use crate::base::{Action, Level, Shared};
use crate::screens::{Event, typing};
use crate::widgets::editor::Editor;
use crate::widgets::text::truncate;

/// More characters than the number of any row has.
const MOST: usize = 9;

impl PinsScreen {
    pub(super) fn ask_position(&mut self, shared: &mut Shared) {
        if self.chosen().is_empty() {
            say_goes_away(shared);
        } else {
            self.position = Some(Editor::single_line().limited(MOST));
        }
    }

    /// What stands before what is typed.
    pub(super) fn position_question(&self, columns: usize, ellipsis: &str) -> String {
        let who = self.selected().next().map(|line| self.names.shown(line.id)).unwrap_or_default();
        let most = self.list.ids().len();
        format!("Move {} to position (1 to {most}): ", truncate(who.as_str(), columns / 3, ellipsis))
    }

    pub(super) fn edit_position(&mut self, event: &Event) {
        if let Some(editor) = &mut self.position {
            typing::editor(editor, event, MOST as u16);
        }
    }

    pub(super) fn act_on_position(&mut self, action: Action, shared: &mut Shared) {
        match action {
            Action::Confirm => drop(self.go_to_position(shared)),
            Action::Back => self.position = None,
            action => self.edit_position(&Event::Action(action)),
        }
    }

    /// Moves to the position that was typed; false if there is none like that.
    pub(super) fn go_to_position(&mut self, shared: &mut Shared) -> bool {
        let Some(typed) = self.position.as_ref().map(Editor::text) else { return false };
        let most = self.list.ids().len();
        let position = typed.trim().parse::<usize>().ok().filter(|position| (1..=most).contains(position));
        if let Some(position) = position {
            self.position = None;
            self.place(position - 1, shared);
        } else {
            shared.say(Level::Info, format!("Type the number of a position, from 1 to {most}"));
        }
        position.is_some()
    }
}
