//! WebP (RFC 9649): a RIFF file of chunks with a name. Kept are those the picture, its colours and its animation are made of.

use super::orientation::orientation;
use super::{Fault, PictureBytes};

/// What may stand inside an animation's frame.
const FRAME: [&[u8; 4]; 3] = [b"VP8 ", b"VP8L", b"ALPH"];
/// Bits of the extended header that announce EXIF and XMP.
const ANNOUNCED: u8 = 0x08 | 0x04;
/// Bytes of a frame's own head.
const FRAME_HEAD: usize = 16;

pub(super) fn strip(input: &mut PictureBytes, out: &mut Vec<u8>) -> Result<Option<u16>, Fault> {
    input.take(4)?;
    let size = u32::from_le_bytes(input.array()?) as usize;
    let mut body = PictureBytes(input.take(size)?);
    body.take(4)?;
    let mut kept = b"WEBP".to_vec();
    let mut has_picture = false;
    let (mut turn, mut moves) = (None, false);
    while let Some((name, data)) = next(&mut body)? {
        match &name {
            b"VP8X" => {
                let mut head = data.to_vec();
                *head.first_mut().ok_or(Fault::Damaged)? &= !ANNOUNCED;
                chunk(&mut kept, name, &head);
            }
            b"ANMF" => {
                (has_picture, moves) = (true, true);
                chunk(&mut kept, name, &frame(data)?);
            }
            b"VP8 " | b"VP8L" => {
                has_picture = true;
                chunk(&mut kept, name, data);
            }
            b"EXIF" => turn = turn.or_else(|| orientation(data.strip_prefix(b"Exif\0\0").unwrap_or(data))),
            b"ALPH" | b"ANIM" | b"ICCP" => chunk(&mut kept, name, data),
            _ => {}
        }
    }
    chunk(out, *b"RIFF", &kept);
    match turn {
        _ if !has_picture => Err(Fault::Damaged),
        Some(_) if moves => Err(Fault::OnItsSide),
        turn => Ok(turn),
    }
}

fn frame(data: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut parts = PictureBytes(data);
    let mut kept = parts.take(FRAME_HEAD)?.to_vec();
    while let Some((name, data)) = next(&mut parts)? {
        if FRAME.contains(&&name) {
            chunk(&mut kept, name, data);
        }
    }
    Ok(kept)
}

/// A chunk's name and data.
type Chunk<'a> = ([u8; 4], &'a [u8]);

/// The next chunk; data of odd length is followed by a byte that means nothing, if only at the end it is missing.
fn next<'a>(input: &mut PictureBytes<'a>) -> Result<Option<Chunk<'a>>, Fault> {
    if input.0.is_empty() {
        return Ok(None);
    }
    let name = input.array()?;
    let length = u32::from_le_bytes(input.array()?) as usize;
    let data = input.take(length)?;
    if length % 2 == 1 && !input.0.is_empty() {
        input.byte()?;
    }
    Ok(Some((name, data)))
}

fn chunk(out: &mut Vec<u8>, name: [u8; 4], data: &[u8]) {
    out.extend(name);
    // What is kept of a file of at most 20 MiB.
    out.extend((data.len() as u32).to_le_bytes());
    out.extend(data);
    if data.len() % 2 == 1 {
        out.push(0);
    }
}
