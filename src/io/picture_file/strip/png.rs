//! PNG (W3C): chunks with a name. Kept are those the picture, its colours and its animation are made of.

use super::orientation::orientation;
use super::{Fault, PictureBytes};

const KEPT: [&[u8; 4]; 17] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"mDCV", b"cLLI", b"pHYs", b"acTL",
    b"fcTL", b"fdAT",
];

pub(super) fn strip(input: &mut PictureBytes, out: &mut Vec<u8>) -> Result<Option<u16>, Fault> {
    out.extend(input.array::<8>()?);
    let mut has_picture = false;
    let (mut turn, mut moves) = (None, false);
    for number in 0.. {
        let length: [u8; 4] = input.array()?;
        let name: [u8; 4] = input.array()?;
        // The sum at the end covers the name and the data, so a chunk is kept whole or not at all.
        let rest = input.take((u32::from_be_bytes(length) as usize).saturating_add(4))?;
        let required = name[0].is_ascii_uppercase();
        let kept = KEPT.contains(&&name);
        if (number == 0) != (name == *b"IHDR") || (required && !kept) {
            return Err(Fault::Damaged);
        }
        has_picture |= name == *b"IDAT";
        moves |= name == *b"acTL";
        if name == *b"eXIf" {
            turn = turn.or_else(|| orientation(rest));
        }
        if kept {
            out.extend(length);
            out.extend(name);
            out.extend(rest);
        }
        if name == *b"IEND" {
            break;
        }
    }
    match turn {
        _ if !has_picture => Err(Fault::Damaged),
        Some(_) if moves => Err(Fault::OnItsSide),
        turn => Ok(turn),
    }
}
