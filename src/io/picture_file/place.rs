//! Whether a picture file tells where it was taken.

/// Whether EXIF points to a place, or XMP names one.
pub(super) fn is_told(bytes: &[u8]) -> bool {
    bytes.windows(11).any(|text| text == b"GPSLatitude") || (0..bytes.len()).any(|at| bytes.get(at..).is_some_and(points_to_a_place))
}

/// Whether these bytes begin a TIFF structure with a directory of places (tag 0x8825).
fn points_to_a_place(tiff: &[u8]) -> bool {
    let little = match tiff.get(..8) {
        Some(b"II*\0\x08\0\0\0") => true,
        Some(b"MM\0*\0\0\0\x08") => false,
        _ => return false,
    };
    let short = |at: usize| {
        let two: [u8; 2] = tiff.get(at..)?.first_chunk().copied()?;
        Some(if little { u16::from_le_bytes(two) } else { u16::from_be_bytes(two) })
    };
    let entries = usize::from(short(8).unwrap_or_default());
    (0..entries).map_while(|entry| short(10 + 12 * entry)).any(|tag| tag == 0x8825)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_seen_in_exif_of_either_kind_and_in_xmp() {
        let tag = |tiff: &[u8], tag: [u8; 2]| [b"..Exif\0\0", tiff, &tag, &[0; 10]].concat();
        assert!(is_told(&tag(b"II*\0\x08\0\0\0\x01\0", [0x25, 0x88])));
        assert!(is_told(&tag(b"MM\0*\0\0\0\x08\0\x01", [0x88, 0x25])));
        assert!(!is_told(&tag(b"MM\0*\0\0\0\x08\0\x01", [0x01, 0x12])));
        assert!(is_told(b"<exif:GPSLatitude>51,30N"));
        assert!(!is_told(b"II*\0\x08\0\0\0\xff\xff"));
    }
}
