//! The one question that the terminal is asked: what it can do. Its answer comes when it comes, among the keys, and nobody waits for
//! it; only at the end of the program one that is still under way is waited for, since the shell would take it for typed text.

use std::time::Duration;

use ratatui::layout::Size;

use super::events::Events;
use super::terminal::{TerminalGuard, cell_size};
use crate::base::Input;

/// How long an answer may be under way when the program ends.
const UNDER_WAY: Duration = Duration::from_millis(150);

/// The question, until it is answered.
#[derive(Debug)]
pub(super) struct TerminalQuestion {
    text: Option<&'static str>,
    asked: bool,
}

impl TerminalQuestion {
    /// Nothing is asked yet.
    pub(super) fn new(text: Option<&'static str>) -> Self {
        Self { text, asked: false }
    }

    /// Asks, where the terminal says how large its cells are: without that the answer is of no use.
    pub(super) fn ask(&mut self, screen: &mut TerminalGuard) {
        if let Some(text) = self.text.take().filter(|_| cell_size() != Size::ZERO) {
            screen.send(text);
            self.asked = true;
        }
    }

    /// Takes an answer; false for one that nobody here asked for.
    pub(super) fn take_answer(&mut self) -> bool {
        std::mem::take(&mut self.asked)
    }

    /// Lets an answer come that is still under way.
    pub(super) async fn hear_out(&mut self, events: &mut Events) {
        let answer = async {
            while self.asked
                && let Ok(inputs) = events.next().await
            {
                self.asked = !inputs.iter().any(|input| matches!(input, Input::Attributes { .. }));
            }
        };
        let _ = tokio::time::timeout(UNDER_WAY, answer).await;
    }
}
