//! JPEG (ITU T.81): segments that begin with a marker, and the coded picture after each start of scan.
//!
//! Kept are the picture, its colours (ICC profile, Adobe's transform) and how it is to be turned: without that last number, pictures
//! from a phone held upright would lie on their side.

use super::{Fault, Input};

const START: u8 = 0xd8;
const END: u8 = 0xd9;
const SCAN: u8 = 0xda;
const APP0: u8 = 0xe0;
const APP1: u8 = 0xe1;
const APP2: u8 = 0xe2;
const APP14: u8 = 0xee;

pub(super) fn strip(input: &mut Input, out: &mut Vec<u8>) -> Result<(), Fault> {
    out.extend(input.array::<2>()?);
    let mut scanned = false;
    let mut turned = false;
    loop {
        let marker = next_marker(input)?;
        match marker {
            // Behind the end stand previews, depth maps and whole films with places and times.
            END if scanned => {
                out.extend([0xff, END]);
                return Ok(());
            }
            END | START | 0x00 => return Err(Fault::Damaged),
            // Temporary and restart markers stand alone.
            0x01 | 0xd0..=0xd7 => out.extend([0xff, marker]),
            _ => {
                let length = usize::from(u16::from_be_bytes(input.array()?));
                let body = input.take(length.checked_sub(2).ok_or(Fault::Damaged)?)?;
                match marker {
                    APP1 if !turned => turned = keep_turn(body, out),
                    // The head's thumbnail shows the picture as it was before it was cut to size.
                    APP0 if body.starts_with(b"JFIF\0") => {
                        let head = body.get(..12).ok_or(Fault::Damaged)?;
                        segment(out, marker, &[head, &[0, 0]].concat());
                    }
                    APP2 if body.starts_with(b"ICC_PROFILE\0") => segment(out, marker, body),
                    APP14 if body.starts_with(b"Adobe") => segment(out, marker, body),
                    // Frames and their tables.
                    0xc0..=0xcf | SCAN..=0xdf => segment(out, marker, body),
                    _ => {}
                }
                if marker == SCAN {
                    scanned = true;
                    out.extend(input.take(scan_length(input.0))?);
                }
            }
        }
    }
}

/// Passes over bytes between segments, which decoders do not look at either.
fn next_marker(input: &mut Input) -> Result<u8, Fault> {
    while input.byte()? != 0xff {}
    loop {
        let marker = input.byte()?;
        if marker != 0xff {
            return Ok(marker);
        }
    }
}

/// Bytes up to the next marker that is not part of the coded picture.
fn scan_length(bytes: &[u8]) -> usize {
    let ends = |pair: &[u8]| matches!(pair, [0xff, next] if !matches!(next, 0x00 | 0xff | 0xd0..=0xd7));
    bytes.windows(2).position(ends).unwrap_or(bytes.len())
}

fn segment(out: &mut Vec<u8>, marker: u8, body: &[u8]) {
    // A body came out of a segment, so it fits into one.
    let length = body.len() as u16 + 2;
    out.extend([0xff, marker]);
    out.extend(length.to_be_bytes());
    out.extend(body);
}

/// Writes EXIF data that says nothing but how to turn the picture, if it is to be turned; says whether it did.
fn keep_turn(body: &[u8], out: &mut Vec<u8>) -> bool {
    let turn = body.strip_prefix(b"Exif\0\0").and_then(orientation).filter(|turn| (2..=8).contains(turn));
    let Some(turn) = turn else { return false };
    let [low, high] = turn.to_le_bytes();
    // TIFF, little endian; at byte 8 one entry: tag 0x0112, one number of 16 bits; no further directory.
    let tiff = [b'I', b'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, low, high, 0, 0, 0, 0, 0, 0];
    segment(out, APP1, &[&b"Exif\0\0"[..], &tiff].concat());
    true
}

/// The orientation out of EXIF's TIFF structure (tag 0x0112 of the first directory).
fn orientation(tiff: &[u8]) -> Option<u16> {
    let little = match tiff.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let array = |at: usize| tiff.get(at..)?.first_chunk().copied();
    let short = |at| array(at).map(|bytes| if little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) });
    let offset = tiff.get(4..)?.first_chunk().copied()?;
    let directory = (if little { u32::from_le_bytes(offset) } else { u32::from_be_bytes(offset) }) as usize;
    let entries = usize::from(short(directory)?);
    let mut places = (0..entries).map_while(|entry| directory.checked_add(2 + 12 * entry));
    let place = places.find(|place| short(*place) == Some(0x0112))?;
    (short(place + 2)? == 3).then(|| short(place + 8)).flatten()
}
