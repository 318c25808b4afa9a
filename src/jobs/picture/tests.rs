use std::io::Cursor;
use std::sync::Arc;

use base64::prelude::{BASE64_STANDARD, Engine};
use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};
use proptest::prelude::*;

use super::*;
use crate::api::Reply;

const AVATAR: &[u8] = include_bytes!("../../../assets/pictures/avatar.jpeg");

fn file(format: ImageFormat) -> Vec<u8> {
    let picture = RgbaImage::from_fn(40, 20, |x, _| if x < 20 { Rgba([250, 10, 10, 255]) } else { Rgba([10, 10, 250, 255]) });
    let mut file = Cursor::new(Vec::new());
    let picture = DynamicImage::from(picture);
    if format == ImageFormat::Jpeg { picture.into_rgb8().into() } else { picture }.write_to(&mut file, format).unwrap();
    file.into_inner()
}

/// A PNG file that claims a size and holds next to nothing.
fn claiming(width: u32, height: u32) -> Vec<u8> {
    let mut png = file(ImageFormat::Png);
    png[16..20].copy_from_slice(&width.to_be_bytes());
    png[20..24].copy_from_slice(&height.to_be_bytes());
    let sum = png[12..29].iter().fold(!0u32, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 })
    });
    png[29..33].copy_from_slice(&(!sum).to_be_bytes());
    png
}

#[test]
fn sixels_of_a_size_are_made_once() {
    let picture = decode(AVATAR, MOST_FETCHED).unwrap();
    let of = |width| picture.sixels(ratatui::layout::Size::new(width, 32)).unwrap();
    let first = of(32);
    assert!(Arc::ptr_eq(&first, &of(32)));
    for width in 33..40 {
        assert!(of(width).contains(&format!("\"1;1;{width};32")));
    }
    assert!(!Arc::ptr_eq(&first, &of(32)) && first == of(32), "as long as there is room");
}

#[test]
fn every_kind_the_service_stores_is_decoded() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::Gif, ImageFormat::WebP] {
        let picture = decode(&file(format), MOST_FETCHED).unwrap();
        assert!(format!("{picture:?}").contains("width: 40, height: 20"), "{format:?}: {picture:?}");
    }
}

#[test]
fn a_large_picture_is_made_small_and_keeps_its_proportions() {
    let picture = DynamicImage::new_rgb8(1000, 500);
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, ImageFormat::Png).unwrap();
    let picture = decode(file.get_ref(), MOST_FETCHED).unwrap();
    assert!(format!("{picture:?}").contains("width: 128, height: 64"), "{picture:?}");
}

#[test]
fn a_claim_of_a_billion_pixels_is_refused_by_its_number() {
    assert!(decode(&claiming(40, 20), MOST_FETCHED).is_ok(), "the test's own sum is wrong");
    assert_eq!(decode(&claiming(40_000, 40_000), MOST_FETCHED), Err("it has too many pixels"));
}

/// Answers every call with the same bytes.
struct Always(&'static [u8]);

impl Service for Always {
    async fn call(&self, _: &Call) -> Result<Reply, ApiError> {
        Ok(Reply::Picture(Bytes::from_static(self.0)))
    }
}

#[tokio::test]
async fn a_stored_picture_becomes_pixels_and_a_file_for_terminals_that_draw() {
    let picture = thumbnail(&Always(AVATAR), &"https://i.groupme.com/x".into()).await.unwrap();
    assert!(format!("{picture:?}").contains("width: 128, height: 128"), "{picture:?}");
    let png = BASE64_STANDARD.decode(picture.png().unwrap()).unwrap();
    let png = image::load_from_memory_with_format(&png, ImageFormat::Png).unwrap();
    assert_eq!((png.width(), png.height()), (200, 200));
}

#[tokio::test]
async fn what_is_no_picture_says_so_in_words() {
    let error = thumbnail(&Always(b"<html>"), &"https://i.groupme.com/x".into()).await.unwrap_err();
    assert!(error.headline().contains("this picture cannot be drawn: it is damaged or of an unknown kind"), "{error:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn damage_anywhere_never_panics(kind in 0..4usize, places in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8), cut in any::<prop::sample::Index>()) {
        let mut file = file([ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::Gif, ImageFormat::WebP][kind]);
        for (place, byte) in places {
            let place = place.index(file.len());
            file[place] = byte;
        }
        let _ = decode(&file, MOST_FETCHED);
        file.truncate(cut.index(file.len()));
        let _ = decode(&file, MOST_FETCHED);
    }
}
