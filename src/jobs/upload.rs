//! Uploading a picture file, which makes it public.

use std::path::Path;

use bytes::Bytes;

use super::picture;
use crate::api::{ApiError, Call, Service};
use crate::base::job::PictureInfo;
use crate::domain::{RawText, SafeText};
use crate::io::picture_file;

/// Uploads a picture that is made ready; the address where everybody finds it from then on.
///
/// # Errors
/// Why it was not taken.
pub async fn send(service: &impl Service, picture: Bytes) -> Result<RawText, ApiError> {
    service.call(&Call::Upload(picture)).await?.try_into()
}

/// Uploads the picture in a file; the address where everybody finds it from then on.
///
/// # Errors
/// Why it was not taken.
pub async fn file(service: &impl Service, path: &Path) -> Result<RawText, ApiError> {
    let picture = of_file(path, picture_file::prepare).await?;
    send(service, picture).await
}

/// What is in a file that somebody wants to upload.
///
/// # Errors
/// Why it is no picture to upload.
pub async fn look(path: &Path) -> Result<PictureInfo, ApiError> {
    let (looked, file) = of_file(path, picture_file::look).await?;
    // One that cannot be drawn can be uploaded all the same.
    Ok(PictureInfo { picture: picture::of_file(file).await.ok(), ..looked })
}

/// Twenty megabytes take a while to be read and looked through.
async fn of_file<T: Send + 'static>(path: &Path, read: fn(&Path) -> Result<T, SafeText>) -> Result<T, ApiError> {
    let path = path.to_owned();
    let read = tokio::task::spawn_blocking(move || read(&path)).await;
    let unread = || SafeText::line("the picture could not be read");
    read.unwrap_or_else(|_| Err(unread())).map_err(|reason| ApiError::BadPicture { reason })
}
