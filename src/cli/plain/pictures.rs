//! Pictures in plain mode: where a file is named, it is uploaded after a question, and its address is the value.

use std::path::Path;

use crate::cli::context::Context;
use crate::cli::exit::Failure;
use crate::cli::upload;
use crate::domain::Profile;
use crate::domain::field::{FieldKind, FieldSpec, FieldValue};

/// What was typed for a field, with addresses in place of files.
///
/// # Errors
/// When a file is no picture, the answer is no, or the service does not take it.
pub(super) async fn addresses(context: &Context, row: &FieldSpec<Profile>, now: &Profile, typed: String) -> Result<String, Failure> {
    let items: Vec<&str> = match row.kind {
        _ if row.holds(now, &typed) => return Ok(typed),
        FieldKind::Picture => vec![typed.trim()],
        FieldKind::Pictures => typed.split(',').map(str::trim).collect(),
        _ => return Ok(typed),
    };
    let value = (row.value)(now);
    let known = value.as_ref().map(FieldValue::items).unwrap_or_default();
    let mut found = Vec::with_capacity(items.len());
    for item in items {
        let is_file = !item.is_empty() && !item.contains("://") && !known.contains(&item);
        found.push(if is_file { upload::ask(context, Path::new(item)).await?.raw().to_owned() } else { item.to_owned() });
    }
    Ok(found.join(","))
}
