//! `lapel upload`: a picture file to the image service.

use std::path::Path;

use serde_json::json;

use super::context::Context;
use super::exit::{Failure, USAGE};
use super::output;
use crate::api::{ApiError, Call};
use crate::domain::SafeText;
use crate::io::picture_file;
use crate::jobs::upload;

/// Asks once, since what is uploaded is public, and prints where it is then.
pub(super) async fn run(context: &Context, file: &Path) -> Result<(), Failure> {
    let bad = |reason| Failure { code: USAGE, ..Failure::from(ApiError::BadPicture { reason }) };
    let picture = picture_file::prepare_from_anywhere(file).map_err(bad)?;
    if context.global.dry_run {
        context.print_requests(&[Call::Upload(picture)])?;
        return Ok(());
    }
    let client = context.client()?;
    let name = SafeText::line(file.to_string_lossy());
    let bytes = picture.len().div_ceil(1024);
    context.confirm(&format!("Upload {name} ({bytes} KiB)? Everybody who gets its address can see it, and it cannot be taken back."))?;
    let url = upload::send(&client, picture).await?;
    if context.global.json {
        output::only_json(&json!({"picture_url": url.raw()}))?;
    } else {
        output::only_copy(url.line())?;
    }
    Ok(())
}
