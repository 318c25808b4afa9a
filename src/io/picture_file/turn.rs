//! Turns a picture whose file said how it is to be turned, in a way that not everything that shows pictures knows (PNG, WebP).
//!
//! Must not touch a picture that is upright: its file stays as it is.

use super::strip::PictureFormat;

/// The most memory that decoding may take: a picture of about 50 million pixels.
#[cfg(feature = "pictures")]
const MOST_MEMORY: u64 = 200 << 20;

/// The picture with its pixels turned as EXIF counts; none if it is too large, or this build draws no pictures.
#[cfg(feature = "pictures")]
pub(super) fn upright(kind: PictureFormat, file: &[u8], turn: u16) -> Option<Vec<u8>> {
    use std::io::Cursor;

    use image::metadata::Orientation;
    use image::{ImageFormat, ImageReader, Limits};

    let format = match kind {
        PictureFormat::Png => ImageFormat::Png,
        PictureFormat::WebP => ImageFormat::WebP,
        PictureFormat::Jpeg | PictureFormat::Gif => return None,
    };
    let mut reader = ImageReader::with_format(Cursor::new(file), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut picture = reader.decode().ok()?;
    picture.apply_orientation(Orientation::from_exif(u8::try_from(turn).ok()?)?);
    let mut upright = Cursor::new(Vec::new());
    picture.write_to(&mut upright, format).ok()?;
    Some(upright.into_inner())
}

/// Without decoders nothing can be turned.
#[cfg(not(feature = "pictures"))]
pub(super) fn upright(_kind: PictureFormat, _file: &[u8], _turn: u16) -> Option<Vec<u8>> {
    None
}
