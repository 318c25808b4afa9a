//! The list on standard output.

use serde_json::{Value as Json, json};

use super::PinsContext;
use crate::cli::exit::Failure;
use crate::cli::output;
use crate::domain::RawText;
use crate::domain::pins::{PinRow, PinState};

impl PinsContext<'_> {
    /// Prints the pins in order.
    pub(in crate::cli) async fn print(&mut self) -> Result<(), Failure> {
        self.directory().await;
        let rows = self.directory.as_ref().map(|directory| directory.resolve(self.list.ids())).unwrap_or_default();
        if self.context.global.json {
            return output::json(&rows.iter().zip(1usize..).map(|(row, position)| as_json(row, position)).collect());
        }
        let cells = |(row, position): (&PinRow, usize)| {
            vec![position.to_string(), name(row), row.kind.word().to_owned(), state(row.state), row.id.shown().into_string()]
        };
        output::table(&rows.iter().zip(1..).map(cells).collect::<Vec<_>>())?;
        if rows.is_empty() {
            output::note("Nothing is pinned; `lapel pins add` pins a conversation.");
        }
        Ok(())
    }
}

fn name(row: &PinRow) -> String {
    row.name.as_ref().map(|name| name.line().into_string()).filter(|name| !name.trim().is_empty()).unwrap_or_else(|| "-".to_owned())
}

fn state(state: PinState) -> String {
    match state {
        PinState::Dead(reason) => format!("dead ({})", reason.word()),
        state => state.shown().unwrap_or(state.word()).to_owned(),
    }
}

fn as_json(row: &PinRow, position: usize) -> Json {
    let name = row.name.as_ref().map(RawText::raw);
    json!({"position": position, "id": row.id, "name": name, "kind": row.kind.word(), "state": row.state.word()})
}
