//! GIF (version 89a): pictures and extensions in blocks. Kept are pictures, their timing and how often they repeat.

use super::{Fault, PictureBytes};

const PICTURE: u8 = 0x2c;
const EXTENSION: u8 = 0x21;
const END: u8 = 0x3b;
const TIMING: u8 = 0xf9;
const APPLICATION: u8 = 0xff;
/// The applications that say how often an animation repeats.
const LOOPS: [&[u8; 11]; 2] = [b"NETSCAPE2.0", b"ANIMEXTS1.0"];

pub(super) fn strip(input: &mut PictureBytes, out: &mut Vec<u8>) -> Result<(), Fault> {
    out.extend(input.array::<6>()?);
    let screen: [u8; 7] = input.array()?;
    out.extend(screen);
    out.extend(input.take(table(screen[4]))?);
    let mut has_picture = false;
    loop {
        match input.byte()? {
            PICTURE => {
                has_picture = true;
                let place: [u8; 9] = input.array()?;
                out.push(PICTURE);
                out.extend(place);
                // Colours, then the size of the codes.
                out.extend(input.take(table(place[8]) + 1)?);
                out.extend(blocks(input)?);
            }
            EXTENSION => {
                let label = input.byte()?;
                let data = blocks(input)?;
                let repeats = || data.get(1..12).is_some_and(|name| LOOPS.iter().any(|known| name == *known));
                if label == TIMING || (label == APPLICATION && repeats()) {
                    out.extend([EXTENSION, label]);
                    out.extend(data);
                }
            }
            // Some programs write one block's end twice.
            0 => {}
            END if has_picture => {
                out.push(END);
                return Ok(());
            }
            _ => return Err(Fault::Damaged),
        }
    }
}

/// Bytes of the table of colours that the flags announce.
fn table(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// Blocks of up to 255 bytes each, with their lengths, up to and with the empty one.
fn blocks<'a>(input: &mut PictureBytes<'a>) -> Result<&'a [u8], Fault> {
    let mut length = 0;
    loop {
        match input.0.get(length).ok_or(Fault::CutShort)? {
            0 => return input.take(length + 1),
            size => length += 1 + usize::from(*size),
        }
    }
}
