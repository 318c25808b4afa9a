//! Uploading a picture file, which makes it public.

use std::path::Path;

use bytes::Bytes;

use crate::api::{ApiError, Call, Service};
use crate::domain::{Shown, Text};
use crate::io::picture_file;

/// Uploads a picture that is made ready; the address where everybody finds it from then on.
///
/// # Errors
/// Why it was not taken.
pub async fn send(service: &impl Service, picture: Bytes) -> Result<Text, ApiError> {
    service.call(&Call::Upload(picture)).await?.try_into()
}

/// Uploads the picture in a file; the address where everybody finds it from then on.
pub(super) async fn run(service: &impl Service, path: &Path) -> Result<Text, ApiError> {
    let path = path.to_owned();
    // Twenty megabytes take a while to be read and looked through.
    let prepared = tokio::task::spawn_blocking(move || picture_file::prepare(&path)).await;
    let unread = || Shown::line("the picture could not be read");
    let picture = prepared.unwrap_or_else(|_| Err(unread())).map_err(|reason| ApiError::BadPicture { reason })?;
    send(service, picture).await
}
