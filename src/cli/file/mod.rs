//! The account as a file: `lapel export`, `diff`, `apply`; and its earlier states: `lapel history`, `restore`.
//!
//! All of them come down to a wanted state of profile, campus and pins, and every change goes through the same jobs as the editor's.

mod document;
mod history;
mod now;

use std::io::Read;
use std::path::Path;

use self::document::Values;
use self::now::{Now, known};
use super::context::Context;
use super::exit::Failure;
use super::output;
use super::pins::Pins;
use crate::domain::detail::Names;
use crate::io::file;
use crate::io::words::words;

pub(super) use history::{list as history, restore};

/// The largest file read, in bytes.
const MOST: u64 = 1 << 20;

/// Writes the account to a file, or to standard output.
pub(super) async fn export(context: &Context, path: Option<&Path>) -> Result<(), Failure> {
    let now = Now::read(context).await?;
    let mut pins = Box::pin(Pins::read(context)).await?;
    Box::pin(pins.directory()).await;
    let (majors, interests) = known(context).await;
    let pinned = pins.list.ids().iter().map(|id| (id.clone(), Some(pins.name(id)).filter(|name| *name != id.shown()))).collect();
    let values = Values { profile: now.profile, campus: now.campus, pins: pinned };
    let text = document::write(&values, &Names { majors: &majors, interests: &interests });
    let Some(path) = path.filter(|path| path.as_os_str() != "-") else {
        output::line(text.trim_end());
        return Ok(());
    };
    let name = file::shown(path);
    let old = file::read(path, MOST).map_err(|error| Failure::failed(error.to_string()))?;
    if old.is_some_and(|old| old != text.as_bytes()) {
        context.confirm(&format!("{name} is there already and differs. Replace it?"))?;
    }
    file::write(path, text.as_bytes()).map_err(|error| Failure::failed(error.to_string()))?;
    output::note(format!("Written to {name}; edit it, then `lapel diff {name}` and `lapel apply {name}`."));
    Ok(())
}

/// Prints what applying a file would change; nothing if it is all so already.
pub(super) async fn diff(context: &Context, path: &Path) -> Result<(), Failure> {
    let source = read(path)?;
    let now = Now::read(context).await?;
    let wanted = now.wanted(&source, path)?;
    let mut pins = now.pins(context, &wanted).await?;
    if context.global.json {
        output::json(&now.differences_as_json(&wanted, pins.as_ref()));
    } else {
        for line in now.differences(context, &wanted, pins.as_mut()).await {
            output::line(line);
        }
    }
    Ok(())
}

/// Makes the account what a file says, after a review.
pub(super) async fn apply(context: &Context, path: &Path) -> Result<(), Failure> {
    let source = read(path)?;
    let now = Now::read(context).await?;
    let wanted = now.wanted(&source, path)?;
    Box::pin(now.change(context, &wanted)).await
}

/// The text of a file; `-` is standard input.
fn read(path: &Path) -> Result<String, Failure> {
    let name = file::shown(path);
    let bytes = if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        let all = std::io::stdin().lock().take(MOST).read_to_end(&mut bytes);
        all.map_err(|error| Failure::usage(format!("standard input could not be read: {}", words(&error))))?;
        bytes
    } else {
        let found = file::read(path, MOST).map_err(|error| Failure::usage(error.to_string()))?;
        found.ok_or_else(|| Failure::usage(format!("there is no file {name}; `lapel export {name}` writes one")))?
    };
    String::from_utf8(bytes).map_err(|_| Failure::usage(format!("{name} is not a text file")))
}
