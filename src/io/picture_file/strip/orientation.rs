//! How a picture is to be turned: tag 0x0112 of EXIF, whose form is TIFF's. Nothing else of EXIF is looked at.

/// The turn that EXIF data asks for, from 2 to 8; none if the picture is upright as it is.
pub(super) fn orientation(tiff: &[u8]) -> Option<u16> {
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
    let turn = (short(place + 2)? == 3).then(|| short(place + 8)).flatten()?;
    (2..=8).contains(&turn).then_some(turn)
}

/// EXIF data that says nothing but how to turn the picture.
pub(super) fn exif_with(turn: u16) -> [u8; 26] {
    let [low, high] = turn.to_le_bytes();
    // TIFF, little endian; at byte 8 one entry: tag 0x0112, one number of 16 bits; no further directory.
    [b'I', b'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, low, high, 0, 0, 0, 0, 0, 0]
}
