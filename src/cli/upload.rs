//! `lapel upload`: a picture file to the image service.

use std::path::Path;

use bytes::Bytes;
use serde_json::json;

use super::context::Context;
use super::exit::{Failure, USAGE};
use super::output;
use crate::api::{ApiError, Call};
use crate::domain::{RawText, SafeText};
use crate::io::picture_file;
use crate::jobs::upload;

/// Asks once, since what is uploaded is public, and prints where it is then.
pub(super) async fn run(context: &Context, file: &Path) -> Result<(), Failure> {
    let picture = picture_file::prepare_from_anywhere(file).map_err(bad)?;
    if context.global.dry_run {
        context.print_requests(&[Call::Upload(picture)])?;
        return Ok(());
    }
    let url = send(context, file, picture).await?;
    if context.global.json {
        output::only_json(&json!({"picture_url": url.raw()}))?;
    } else {
        output::only_copy(url.line())?;
    }
    Ok(())
}

/// As [`run`], for whoever needs the address; a pipe is no picture here, for the answers come from there.
pub(super) async fn ask(context: &Context, file: &Path) -> Result<RawText, Failure> {
    send(context, file, picture_file::prepare(file).map_err(bad)?).await
}

async fn send(context: &Context, file: &Path, picture: Bytes) -> Result<RawText, Failure> {
    let client = context.client()?;
    let name = SafeText::line(file.to_string_lossy());
    let bytes = picture.len().div_ceil(1024);
    context.confirm(&format!("Upload {name} ({bytes} KiB)? Everybody who gets its address can see it, and it cannot be taken back."))?;
    Ok(upload::send(&client, picture).await?)
}

fn bad(reason: SafeText) -> Failure {
    Failure { code: USAGE, ..Failure::from(ApiError::BadPicture { reason }) }
}
