//! The model of the whole editor: routes what happens to the screen it concerns, and frames what the screens draw.
//!
//! No rules of a screen's own live here, and nothing waits or touches the outside.

mod accounts;
mod actions;
pub mod cache;
mod command;
mod done;
mod earlier;
mod footer;
mod frame;
mod header;
mod history;
mod last_save;
mod learned;
mod model;
mod mouse;
mod route;
#[cfg(test)]
mod rules;
mod save;
mod saved;
mod theme;
mod unsaved;
mod update;
mod view;

pub use model::{Model, Start};
pub use update::update;
pub use view::view;
