//! A stored picture: fetched, decoded within limits, and made small.
//!
//! What comes is hostile until it is pixels. Decoders run on a thread of their own, one at a time, so that their memory is bounded
//! and neither their time nor a fault in them is felt elsewhere.

use std::thread;

use bytes::Bytes;
use tokio::sync::{Semaphore, SemaphorePermit, oneshot};

use crate::api::{ApiError, Call, Service};
use crate::base::Thumbnail;
use crate::domain::RawText;

/// The decoders' thread. A panic there costs the picture and nothing else: see `runtime::panic`.
pub const THREAD: &str = "picture decoder";

/// Pixels of a fetched picture that is decoded at all. At up to 12 bytes each while decoding this stays below 50 MiB.
const MOST_FETCHED: u64 = 4 << 20;
/// Pixels of a file of the user's own that is decoded at all.
const MOST_OWN: u64 = 24 << 20;

/// One decoder at a time.
static TURN: Semaphore = Semaphore::const_new(1);

/// Fetches a picture and makes it small enough to be kept.
///
/// # Errors
/// Why it cannot be had.
pub async fn thumbnail(service: &impl Service, address: &RawText) -> Result<Thumbnail, ApiError> {
    let file: Bytes = service.call(&Call::Picture(address.clone())).await?.try_into()?;
    decoded(file, MOST_FETCHED).await
}

/// A picture on this computer that somebody wants to upload: phones take large ones.
pub(super) async fn of_file(file: Bytes) -> Result<Thumbnail, ApiError> {
    decoded(file, MOST_OWN).await
}

async fn decoded(file: Bytes, most_pixels: u64) -> Result<Thumbnail, ApiError> {
    let turn = TURN.acquire().await.map_err(|_| garbled("the program is ending"))?;
    decode_apart(file, most_pixels, turn).await
}

/// Decodes on another thread, which keeps its turn until it is done even if nobody waits for it any more.
async fn decode_apart(file: Bytes, most_pixels: u64, turn: SemaphorePermit<'static>) -> Result<Thumbnail, ApiError> {
    let (done, decoded) = oneshot::channel();
    let decode = move || {
        let _turn = turn;
        let _ = done.send(decode(&file, most_pixels));
    };
    let thread = thread::Builder::new().name(THREAD.to_owned()).spawn(decode);
    thread.map_err(|_| garbled("there is no room to decode it"))?;
    decoded.await.map_err(|_| garbled("its decoder failed"))?.map_err(garbled)
}

fn garbled(why: &'static str) -> ApiError {
    ApiError::garbled(format!("this picture cannot be drawn: {why}"))
}

#[cfg(not(feature = "pictures"))]
fn decode(_: &[u8], _most_pixels: u64) -> Result<Thumbnail, &'static str> {
    Err("this Lapel was built without pictures")
}

#[cfg(feature = "pictures")]
use self::decoder::decode;

#[cfg(feature = "pictures")]
mod decoder {
    use std::io::Cursor;
    use std::sync::{Arc, Mutex, PoisonError};

    use base64::prelude::{BASE64_STANDARD, Engine};
    use image::codecs::png::PngEncoder;
    use image::{DynamicImage, ImageDecoder, ImageReader, Limits};

    use ratatui::layout::Size;

    use super::Thumbnail;

    /// Memory a decoder may ask for by pixel, where it keeps count.
    const MOST_BYTES: u64 = 10;
    /// Longest side of what a terminal gets that draws pictures itself.
    const LARGE: u32 = 320;
    /// Longest sides of what is drawn in blocks: two to four times as many pixels as the room for it has.
    const SMALL: [u32; 3] = [128, 64, 32];

    /// Sizes of a picture in sixels that are kept: it stands in a few places, and its room changes with the window.
    const MOST_SIZES: usize = 4;

    /// Decodes a JPEG, PNG, GIF or WebP file; of an animation the first picture.
    pub(super) fn decode(file: &[u8], most_pixels: u64) -> Result<Thumbnail, &'static str> {
        const DAMAGED: &str = "it is damaged or of an unknown kind";
        let mut reader = ImageReader::new(Cursor::new(file)).with_guessed_format().map_err(|_| DAMAGED)?;
        let mut limits = Limits::default();
        limits.max_alloc = Some(most_pixels * MOST_BYTES);
        reader.limits(limits);
        let mut decoder = reader.into_decoder().map_err(|_| DAMAGED)?;
        let (width, height) = decoder.dimensions();
        if u64::from(width) * u64::from(height) > most_pixels {
            return Err("it has too many pixels");
        }
        let orientation = decoder.orientation().ok();
        let mut picture = shrunk(DynamicImage::from_decoder(decoder).map_err(|_| DAMAGED)?, LARGE);
        if let Some(orientation) = orientation {
            picture.apply_orientation(orientation);
        }
        let large: DynamicImage = if picture.color().has_alpha() { picture.into_rgba8().into() } else { picture.into_rgb8().into() };
        let png = png(&large);
        let mut small = large;
        let mut thumbnail: Option<Thumbnail> = None;
        for side in SMALL {
            small = shrunk(small, side);
            let (width, height, pixels) = (small.width(), small.height(), small.to_rgba8().into_raw());
            thumbnail = match thumbnail {
                Some(larger) => Some(larger.with_smaller(width, height, pixels)),
                None => Thumbnail::new(width, height, pixels),
            };
        }
        let thumbnail = thumbnail.ok_or("it is empty")?;
        let thumbnail = thumbnail.clone().with_sixels(remembered(thumbnail));
        Ok(match png {
            Some(png) => thumbnail.with_png(png),
            None => thumbnail,
        })
    }

    /// Never larger than it was.
    fn shrunk(picture: DynamicImage, side: u32) -> DynamicImage {
        if picture.width().max(picture.height()) > side { picture.thumbnail(side, side) } else { picture }
    }

    /// Encodes a picture as sixels once for each size.
    fn remembered(picture: Thumbnail) -> impl Fn(Size) -> Option<Arc<str>> {
        let kept: Mutex<Vec<(Size, Arc<str>)>> = Mutex::default();
        move |size| {
            let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some((_, sixels)) = kept.iter().find(|(other, _)| *other == size) {
                return Some(Arc::clone(sixels));
            }
            let sixels = picture.to_sixels(size)?;
            if kept.len() >= MOST_SIZES {
                kept.remove(0);
            }
            kept.push((size, Arc::clone(&sixels)));
            Some(sixels)
        }
    }

    fn png(picture: &DynamicImage) -> Option<String> {
        let mut file = Vec::new();
        picture.write_with_encoder(PngEncoder::new(&mut file)).ok()?;
        Some(BASE64_STANDARD.encode(file))
    }
}

#[cfg(test)]
#[cfg(feature = "pictures")]
mod tests;
