//! `lapel upload`: a picture file to the image service.

use std::path::Path;

use serde_json::json;

use super::context::Context;
use super::exit::Failure;
use super::output;
use crate::api::{ApiError, Call};
use crate::base::{Job, Outcome};
use crate::domain::Shown;
use crate::io::picture_file;

/// Asks once, since what is uploaded is public, and prints where it is then.
pub(super) async fn run(context: &Context, file: &Path) -> Result<(), Failure> {
    let picture = picture_file::prepare(file).map_err(|reason| ApiError::BadPicture { reason })?;
    if context.global.dry_run {
        context.print_requests(&[Call::Upload(picture)]);
        return Ok(());
    }
    let client = context.client()?;
    let name = Shown::line(file.to_string_lossy());
    let bytes = picture.len().div_ceil(1024);
    context.confirm(&format!("Upload {name} ({bytes} KiB)? Everybody who gets its address can see it, and it cannot be taken back."))?;
    match context.run(&client, &Job::Upload(file.to_owned())).await? {
        Outcome::Uploaded(url) if context.global.json => output::json(&json!({"picture_url": url.raw()})),
        Outcome::Uploaded(url) => output::line(url.line()),
        _ => return Err(Failure::from(ApiError::WrongAccount)),
    }
    Ok(())
}
