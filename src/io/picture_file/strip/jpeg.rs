//! JPEG (ITU T.81): segments that begin with a marker, and the coded picture after each start of scan, which ends with its last code.
//!
//! Kept are the picture, its colours (ICC profile, Adobe's transform) and how it is to be turned: without that last number, pictures
//! from a phone held upright would lie on their side.

mod bits;
mod scan;

use self::scan::Coding;
use super::orientation::{exif_with, orientation};
use super::{Fault, PictureBytes};

const START: u8 = 0xd8;
const END: u8 = 0xd9;
const SCAN: u8 = 0xda;
const APP0: u8 = 0xe0;
const APP1: u8 = 0xe1;
const APP2: u8 = 0xe2;
const APP14: u8 = 0xee;

pub(super) fn strip(input: &mut PictureBytes, out: &mut Vec<u8>) -> Result<(), Fault> {
    out.extend(input.array::<2>()?);
    let mut scanned = false;
    let mut turned = false;
    let mut coding = Coding::default();
    loop {
        let marker = next_marker(input)?;
        match marker {
            // Behind the end stand previews, depth maps and whole films with places and times.
            END if scanned => {
                out.extend([0xff, END]);
                return Ok(());
            }
            END | START | 0x00 | 0x01 | 0xd0..=0xd7 => return Err(Fault::Damaged),
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
                    // Frames and their tables, as far as the walk through the codes knows them.
                    0xc0..=0xc2 | 0xc4 | 0xdb | 0xdd => {
                        coding.learn(marker, body)?;
                        segment(out, marker, body);
                    }
                    SCAN => {
                        scanned = true;
                        segment(out, marker, body);
                        out.extend(input.take(coding.length(body, input.0)?)?);
                    }
                    0xc3..=0xdf => return Err(Fault::Damaged),
                    _ => {}
                }
            }
        }
    }
}

/// Passes over bytes between segments and behind the last code of a scan, which are no part of the picture.
fn next_marker(input: &mut PictureBytes) -> Result<u8, Fault> {
    while input.byte()? != 0xff {}
    loop {
        let marker = input.byte()?;
        if marker != 0xff {
            return Ok(marker);
        }
    }
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
    let turn = body.strip_prefix(b"Exif\0\0").and_then(orientation);
    if let Some(turn) = turn {
        segment(out, APP1, &[&b"Exif\0\0"[..], &exif_with(turn)].concat());
    }
    turn.is_some()
}
