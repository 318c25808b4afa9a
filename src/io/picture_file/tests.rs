use std::fs;
use std::io::Cursor;

use image::codecs::gif::{GifEncoder, Repeat};
use image::{AnimationDecoder, Delay, DynamicImage, Frame, ImageDecoder, ImageFormat, ImageReader, Rgba, RgbaImage};
use proptest::prelude::*;

use super::*;

const AVATAR: &[u8] = include_bytes!("../../../assets/pictures/avatar.jpeg");
/// Stands in every place where a file may tell more than it shows.
const SECRET: &[u8] = b"52.5163 N 13.3777 E";

/// Comes in nine scans with markers to restart at: see T.81, annex G.
const PROGRESSIVE: &[u8] = include_bytes!("testdata/progressive.jpeg");

fn picture(shade: u8) -> RgbaImage {
    RgbaImage::from_fn(9, 7, |x, y| Rgba([x as u8 * 20, y as u8 * 30, shade, 255]))
}

fn encoded(format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    picture(90).write_to(&mut file, format).unwrap();
    file.into_inner()
}

fn segment(marker: u8, body: &[&[u8]]) -> Vec<u8> {
    let body = body.concat();
    [&[0xff, marker][..], &(body.len() as u16 + 2).to_be_bytes(), &body].concat()
}

/// EXIF with a turn and a GPS directory whose latitude's reference is a text.
fn exif(turn: u8, little: bool) -> Vec<u8> {
    let short = |value: u16| if little { value.to_le_bytes() } else { value.to_be_bytes() };
    let long = |value: u32| if little { value.to_le_bytes() } else { value.to_be_bytes() };
    let entry = |tag, kind, count, value: [u8; 4]| [&short(tag)[..], &short(kind), &long(count), &value].concat();
    let turn = [short(turn.into()), [0; 2]].concat().try_into().unwrap();
    let directory = [short(2).to_vec(), entry(0x0112, 3, 1, turn), entry(0x8825, 4, 1, long(38)), long(0).to_vec()].concat();
    let gps = [short(1).to_vec(), entry(1, 2, SECRET.len() as u32, long(56)), long(0).to_vec(), SECRET.to_vec()].concat();
    let head = if little { b"II*\0".to_vec() } else { b"MM\0*".to_vec() };
    [b"Exif\0\0".to_vec(), head, long(8).to_vec(), directory, gps].concat()
}

/// The demo's avatar as a phone would have saved it.
fn telling_jpeg(turn: u8, little: bool) -> Vec<u8> {
    let mut file = AVATAR[..2].to_vec();
    file.extend(segment(0xe1, &[&exif(turn, little)]));
    file.extend(segment(0xe1, &[b"http://ns.adobe.com/xap/1.0/\0", SECRET]));
    file.extend(segment(0xed, &[b"Photoshop 3.0\08BIM", SECRET]));
    file.extend(segment(0xe2, &[b"MPF\0", SECRET]));
    file.extend(segment(0xe5, &[SECRET]));
    file.extend(segment(0xfe, &[SECRET]));
    file.extend(&AVATAR[2..]);
    file.extend(SECRET);
    file
}

fn telling_png() -> Vec<u8> {
    let chunk = |name: &[u8], data: &[u8]| [&(data.len() as u32).to_be_bytes()[..], name, data, &[0; 4]].concat();
    let mut file = encoded(ImageFormat::Png);
    let secrets = [b"eXIf", b"tEXt", b"iTXt", b"zTXt", b"tIME", b"prVt"].map(|name| chunk(name, SECRET)).concat();
    file.splice(33..33, secrets);
    file.extend(SECRET);
    file
}

fn telling_webp() -> Vec<u8> {
    let chunk = |name: &[u8; 4], data: &[u8]| {
        let filled = data.len() % 2;
        [&name[..], &(data.len() as u32).to_le_bytes(), data, &[0][..filled]].concat()
    };
    let plain = encoded(ImageFormat::WebP);
    let head = [0x08 | 0x04, 0, 0, 0, 8, 0, 0, 6, 0, 0];
    let body = [b"WEBP".to_vec(), chunk(b"VP8X", &head), plain[12..].to_vec(), chunk(b"EXIF", SECRET), chunk(b"XMP ", SECRET)].concat();
    [b"RIFF".to_vec(), (body.len() as u32).to_le_bytes().to_vec(), body, SECRET.to_vec()].concat()
}

fn telling_gif() -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = GifEncoder::new(&mut file);
    encoder.set_repeat(Repeat::Infinite).unwrap();
    for shade in [0, 200] {
        encoder.encode_frame(Frame::from_parts(picture(shade), 0, 0, Delay::from_numer_denom_ms(200, 1))).unwrap();
    }
    drop(encoder);
    let block = [&[SECRET.len() as u8][..], SECRET, &[0]].concat();
    let extensions = [&[0x21, 0xfe][..], &block, &[0x21, 0xff, 11], b"XMP DataXMP", &block].concat();
    let colours = if file[10] & 0x80 == 0 { 0 } else { 3 << ((file[10] & 7) + 1) };
    file.splice(13 + colours..13 + colours, extensions);
    file.extend(SECRET);
    file
}

fn telling() -> Vec<(Vec<u8>, ImageFormat)> {
    vec![
        (telling_jpeg(1, true), ImageFormat::Jpeg),
        (telling_png(), ImageFormat::Png),
        (telling_webp(), ImageFormat::WebP),
        (telling_gif(), ImageFormat::Gif),
    ]
}

fn has_secret(file: &[u8]) -> bool {
    file.windows(SECRET.len()).any(|window| window == SECRET)
}

fn pixels(file: &[u8], format: ImageFormat) -> DynamicImage {
    image::load_from_memory_with_format(file, format).unwrap()
}

fn prepared(file: &[u8]) -> Result<Bytes, String> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("picture.txt");
    fs::write(&path, file).unwrap();
    prepare(&path).map_err(|shown| shown.as_str().replace(&path.display().to_string(), "FILE"))
}

#[test]
fn where_and_when_a_picture_was_made_goes_and_every_pixel_stays() {
    for (file, format) in telling() {
        assert!(has_secret(&file), "{format:?}: the test hides nothing");
        let stripped = prepared(&file).unwrap();
        assert!(!has_secret(&stripped), "{format:?}");
        assert_eq!(pixels(&stripped, format), pixels(&file, format), "{format:?}");
        assert_eq!(prepared(&stripped).unwrap(), stripped, "{format:?}: stripped twice is not the same");
    }
}

#[test]
fn a_file_that_tells_nothing_stays_as_it_is_to_the_byte() {
    for format in [ImageFormat::Png, ImageFormat::WebP] {
        assert_eq!(prepared(&encoded(format)).unwrap(), encoded(format), "{format:?}");
    }
    for file in [AVATAR, PROGRESSIVE] {
        assert_eq!(prepared(file).unwrap(), file);
    }
}

#[test]
fn a_jpeg_ends_with_its_last_code_whatever_its_markers_say() {
    for file in [AVATAR, PROGRESSIVE] {
        let body = &file[..file.len() - 2];
        // A film that begins where the end marker should be; only a later marker ends the file.
        let film = [body, b"\0\0\0\x18ftypmp42", SECRET, &[0xff, 0xd9]].concat();
        assert_eq!(prepared(&film).unwrap(), file);
        // What looks like segments or like coded picture is none behind the picture.
        for false_start in [&[0xff, 0xd0][..], &[0xff, 0xd8], &[0xff, 0xda, 0, 4, 0, 0]] {
            let film = [body, SECRET, false_start, SECRET, &[0xff, 0xd9]].concat();
            assert!(prepared(&film).is_err(), "{false_start:x?}");
        }
        assert!(prepared(&[body, SECRET].concat()).is_err(), "without any end marker");
    }
}

#[test]
fn a_picture_held_upright_stays_upright() {
    for little in [true, false] {
        for turn in 1..=8 {
            let stripped = prepared(&telling_jpeg(turn, little)).unwrap();
            assert!(!has_secret(&stripped));
            let mut decoder = ImageReader::with_format(Cursor::new(&stripped), ImageFormat::Jpeg).into_decoder().unwrap();
            assert_eq!(decoder.orientation().unwrap().to_exif(), turn);
            assert_eq!(decoder.exif_metadata().unwrap().is_some(), turn != 1);
        }
    }
}

#[cfg(feature = "pictures")]
#[test]
fn a_turned_png_or_webp_goes_out_with_its_pixels_turned() {
    for (name, format) in [(b"eXIf", ImageFormat::Png), (b"EXIF", ImageFormat::WebP)] {
        for (turn, little) in (1..=8).zip([true, false].into_iter().cycle()) {
            let file = with_exif(*name, &encoded(format), &exif(turn, little)[6..], format);
            let stripped = prepared(&file).unwrap();
            let mut upright = pixels(&encoded(format), format);
            upright.apply_orientation(image::metadata::Orientation::from_exif(turn).unwrap());
            assert_eq!(pixels(&stripped, format).to_rgba8(), upright.to_rgba8(), "{format:?} turned {turn}");
            assert!(!has_secret(&stripped));
            let mut decoder = ImageReader::with_format(Cursor::new(&stripped), format).into_decoder().unwrap();
            assert_eq!(decoder.exif_metadata().unwrap(), None);
        }
    }
}

/// A picture with EXIF data in the place its kind has for it.
fn with_exif(name: [u8; 4], plain: &[u8], exif: &[u8], format: ImageFormat) -> Vec<u8> {
    if format == ImageFormat::Png {
        let chunk = [&(exif.len() as u32).to_be_bytes()[..], &name, exif, &[0; 4]].concat();
        return [&plain[..33], &chunk, &plain[33..]].concat();
    }
    let chunk = |name: &[u8; 4], data: &[u8]| [&name[..], &(data.len() as u32).to_le_bytes(), data, &[0][..data.len() % 2]].concat();
    let head = [0x08, 0, 0, 0, 8, 0, 0, 6, 0, 0];
    let body = [b"WEBP".to_vec(), chunk(b"VP8X", &head), plain[12..].to_vec(), chunk(&name, exif)].concat();
    [b"RIFF".to_vec(), (body.len() as u32).to_le_bytes().to_vec(), body].concat()
}

#[test]
fn an_animation_keeps_its_pictures_its_pace_and_its_repeating() {
    let frames = |file: &[u8]| {
        let decoder = image::codecs::gif::GifDecoder::new(Cursor::new(file.to_vec())).unwrap();
        let frames = decoder.into_frames().collect_frames().unwrap();
        frames.into_iter().map(|frame| (frame.delay(), frame.into_buffer())).collect::<Vec<_>>()
    };
    let stripped = prepared(&telling_gif()).unwrap();
    assert_eq!(frames(&stripped), frames(&telling_gif()));
    assert_eq!(frames(&stripped).len(), 2);
    assert!(stripped.windows(11).any(|window| window == b"NETSCAPE2.0"));
}

#[test]
fn the_head_of_a_jpeg_loses_its_thumbnail() {
    let mut file = AVATAR[..2].to_vec();
    file.extend(segment(0xe0, &[b"JFIF\0\x01\x01\0\0\x01\0\x01", &[2, 3], SECRET]));
    file.extend(&AVATAR[20..]);
    let stripped = prepared(&file).unwrap();
    assert!(!has_secret(&stripped));
    assert_eq!(pixels(&stripped, ImageFormat::Jpeg), pixels(AVATAR, ImageFormat::Jpeg));
}

#[test]
fn a_file_cut_short_is_not_uploaded_by_halves() {
    for (file, format) in telling() {
        let whole = strip::strip(PictureFormat::of(&file).unwrap(), &file).unwrap().bytes;
        for length in (12..whole.len()).step_by(7) {
            let cut = strip::strip(PictureFormat::of(&file).unwrap(), &whole[..length]);
            assert_eq!(cut.map(|_| ()), Err(Fault::CutShort), "{format:?} at {length} of {}", whole.len());
        }
    }
    let error = prepared(&AVATAR[..500]).unwrap_err();
    assert_eq!(error, "FILE ends too early; it may not have been copied whole");
}

#[test]
fn every_refusal_says_what_to_do() {
    let no_picture = "FILE is not a picture that GroupMe takes; choose a JPEG, PNG, GIF or WebP file";
    for other in [&b""[..], b"hello", b"<svg>", b"%PDF-1.4", b"RIFF\0\0\0\0WAVE", b"GIF90a"] {
        assert_eq!(prepared(other).unwrap_err(), no_picture);
    }
    let damaged = prepared(b"\xff\xd8\xff\xd9").unwrap_err();
    assert_eq!(damaged, "FILE is damaged; open it in a picture program and save it again");
    let dir = tempfile::tempdir().unwrap();
    let missing = prepare(&dir.path().join("none\u{1b}[31m.png")).unwrap_err();
    assert!(missing.as_str().starts_with("there is no file /") && missing.as_str().ends_with("none.png"), "{missing}");
    assert!(prepare(dir.path()).unwrap_err().as_str().ends_with("is a folder; choose a picture file in it"));
    let huge = dir.path().join("huge.png");
    fs::File::create(&huge).unwrap().set_len(LARGEST + 1).unwrap();
    assert!(prepare(&huge).unwrap_err().as_str().ends_with("is larger than 20 MiB; save a smaller copy of it first"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn garbage_never_panics(
        kind in 0..4usize,
        places in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        garbage in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let mut file = telling().swap_remove(kind).0;
        let head = file[..12].to_vec();
        let of = PictureFormat::of(&file).unwrap();
        for (place, byte) in places {
            let place = place.index(file.len());
            file[place] = byte;
        }
        let _ = strip::strip(of, &file);
        let _ = strip::strip(of, &[head, garbage].concat());
    }
}
