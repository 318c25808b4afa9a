//! The account as a file: `lapel export`, `diff`, `apply`; and its earlier states: `lapel history`, `restore`.
//!
//! All of them come down to a wanted state of profile, campus and pins, and every change goes through the same jobs as the editor's.

mod document;
mod history;
mod now;

use std::path::Path;

use serde_json::{Value as Json, json};

use self::document::AccountDocument;
use super::context::Context;
use super::exit::Failure;
use super::pins::PinsContext;
use super::{input, output};
use crate::domain::detail::TagNames;
use crate::io::file::{self, FileError};
use crate::io::user_file;

pub(super) use history::{list as history, restore};
pub(super) use now::{ServerValues, WantedValues, known};

/// Writes the account to a file, or to standard output.
pub(super) async fn export(context: &Context, path: Option<&Path>) -> Result<(), Failure> {
    let (now, pins, (majors, interests)) =
        tokio::join!(ServerValues::read(context), Box::pin(PinsContext::read_with_names(context)), Box::pin(known(context)));
    let (now, pins) = (now?, pins?);
    let pinned = pins.list.ids().iter().map(|id| (id.clone(), Some(pins.name(id)).filter(|name| *name != id.shown()))).collect();
    let values = AccountDocument { profile: now.profile, campus: now.campus, pins: pinned, kept: now.settings.profile };
    let text = document::write(&values, &TagNames { majors: &majors, interests: &interests });
    let Some(path) = path.filter(|path| !user_file::is_stdout(path)) else {
        return if context.global.json { output::json(&as_json(&text)?) } else { output::line(text.trim_end()) };
    };
    let name = file::shown(path);
    let failed = |error: FileError| Failure::failed(error.to_string());
    let replaces = user_file::holds_other(path, text.as_bytes()).map_err(failed)?;
    if context.global.dry_run {
        output::note(format!("Would {} {name}; nothing was written.", if replaces { "replace" } else { "write" }));
        return Ok(());
    }
    if replaces {
        context.confirm(&format!("{name} is there already and differs. Replace it?"))?;
    }
    user_file::write(path, text.as_bytes()).map_err(failed)?;
    if context.global.json {
        output::json(&json!({"written": path.to_string_lossy()}))?;
    }
    output::note(format!("Written to {name}; edit it, then `lapel diff {name}` and `lapel apply {name}`."));
    Ok(())
}

/// The document as JSON, by the same keys.
fn as_json(text: &str) -> Result<Json, Failure> {
    toml::from_str(text).map_err(|error| Failure::failed(format!("the account could not be written: {}", error.message())))
}

/// Prints what applying a file would change; nothing if it is all so already.
///
/// With `exit_code` a difference is a failure without a word.
pub(super) async fn diff(context: &Context, path: &Path, exit_code: bool) -> Result<(), Failure> {
    let source = read(path)?;
    let now = ServerValues::read(context).await?;
    let mut wanted = now.wanted(context, &source, path).await?;
    let same = if context.global.json {
        let differences = now.differences_as_json(&wanted);
        output::json(&differences)?;
        differences.as_object().is_none_or(serde_json::Map::is_empty)
    } else {
        let mut pins = wanted.pins.take();
        let lines = now.differences(context, &wanted, pins.as_mut()).await;
        lines.iter().try_for_each(output::difference)?;
        lines.is_empty()
    };
    if exit_code && !same { Err(Failure::failed("")) } else { Ok(()) }
}

/// Makes the account what a file says, after a review.
pub(super) async fn apply(context: &Context, path: &Path) -> Result<(), Failure> {
    let source = read(path)?;
    let now = ServerValues::read(context).await?;
    let wanted = now.wanted(context, &source, path).await?;
    Box::pin(now.change(context, wanted)).await
}

/// The text of a file.
fn read(path: &Path) -> Result<String, Failure> {
    let name = file::shown(path);
    input::text(path, &format!("; `lapel export {name}` writes one"), "")
}
