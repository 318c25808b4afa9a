//! Pictures by their addresses.
//!
//! Types are told by content. The bytes are kept as they came, so a test can see what was really uploaded, until newer ones need the room.

use std::collections::VecDeque;
use std::hash::{DefaultHasher, Hash, Hasher};

use bytes::Bytes;

/// The pictures the demo world points at, by the last part of their address.
const BUILT_IN: [(&str, &[u8]); 8] = [
    ("94e0ac5891aa4e6f8ad4bbf961defe4d", include_bytes!("../../assets/pictures/avatar.jpeg")),
    ("cc234ac0ee8a4d3a82ead19dee523193", include_bytes!("../../assets/pictures/gallery-1.jpeg")),
    ("35e3736109b44d788ec5ff3b7a444a57", include_bytes!("../../assets/pictures/gallery-2.jpeg")),
    ("3a23a3abaef64de98b541eee846fdb2d", include_bytes!("../../assets/pictures/gallery-3.jpeg")),
    ("5d0c1f7a94b24e0f8c36a1d27be90411", include_bytes!("../../assets/pictures/shape-1.jpeg")),
    ("6e1d208ba5c35f109d47b2e38cfa1522", include_bytes!("../../assets/pictures/shape-2.jpeg")),
    ("7f2e319cb6d46021ae58c3f49d0b2633", include_bytes!("../../assets/pictures/shape-3.jpeg")),
    ("803f42adc7e57132bf69d405ae1c3744", include_bytes!("../../assets/pictures/shape-4.jpeg")),
];

/// Stored pictures by the last part of their address, the oldest first.
#[derive(Debug, Default)]
pub(super) struct Pictures {
    stored: VecDeque<(String, Bytes)>,
    count: u64,
}

impl Pictures {
    /// The picture at a path, and its media type.
    pub(super) fn get(&self, path: &str) -> Option<(&'static str, Bytes)> {
        let key = key(path)?;
        let built_in = || BUILT_IN.iter().find(|(name, _)| *name == key).map(|(_, bytes)| Bytes::from_static(bytes));
        let stored = self.stored.iter().rev().find(|(name, _)| name == key).map(|(_, bytes)| bytes.clone());
        let bytes = stored.or_else(built_in)?;
        Some((media_type(format_of(&bytes)), bytes))
    }

    /// Stores a picture; its address, or none if it is no picture.
    pub(super) fn store(&mut self, bytes: &Bytes) -> Option<String> {
        let format = format_of(bytes)?;
        let (width, height) = size_of(bytes).unwrap_or((200, 200));
        self.count += 1;
        let key = hash(self.count);
        let url = format!("https://i.groupme.com/{width}x{height}.{format}.{key}");
        self.stored.push_back((key, bytes.clone()));
        Some(url)
    }

    /// Forgets the oldest, if there is any.
    pub(super) fn drop_oldest(&mut self) -> bool {
        self.stored.pop_front().is_some()
    }
}

fn media_type(format: Option<&str>) -> &'static str {
    match format {
        Some("png") => "image/png",
        Some("gif") => "image/gif",
        Some("webp") => "image/webp",
        _ => "image/jpeg",
    }
}

/// Whether a path looks like a stored picture's: `/{W}x{H}.{format}.{32 hex}` with or without a size suffix.
pub(super) fn is_address(path: &str) -> bool {
    key(path).is_some()
}

fn key(path: &str) -> Option<&str> {
    let mut parts = path.strip_prefix('/')?.split('.');
    let (size, _format, key) = (parts.next()?, parts.next()?, parts.next()?);
    let suffix = parts.next();
    let (width, height) = size.split_once('x')?;
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let good = number(width)
        && number(height)
        && key.len() == 32
        && key.bytes().all(|byte| byte.is_ascii_hexdigit())
        && matches!(suffix, None | Some("avatar" | "preview" | "large"))
        && parts.next().is_none();
    good.then_some(key)
}

/// 32 hexadecimal digits, others for each number.
fn hash(number: u64) -> String {
    let half = |salt: u8| {
        let mut hasher = DefaultHasher::new();
        (salt, number).hash(&mut hasher);
        hasher.finish()
    };
    format!("{:016x}{:016x}", half(0), half(1))
}

fn format_of(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xFF, 0xD8, 0xFF, ..] => Some("jpeg"),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some("png"),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some("gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("webp"),
        _ => None,
    }
}

/// Width and height in pixels where the file's head tells them simply (not for WebP).
fn size_of(bytes: &[u8]) -> Option<(u32, u32)> {
    let pair = |place: usize| Some([*bytes.get(place)?, *bytes.get(place + 1)?]);
    match format_of(bytes)? {
        "png" => {
            let number = |place: usize| Some(u32::from_be_bytes(bytes.get(place..place + 4)?.try_into().ok()?));
            Some((number(16)?, number(20)?))
        }
        "gif" => Some((u16::from_le_bytes(pair(6)?).into(), u16::from_le_bytes(pair(8)?).into())),
        "jpeg" => {
            let mut place = 2;
            loop {
                let [0xFF, marker] = pair(place)? else { return None };
                // Start of frame, any coding; C4, C8 and CC are tables.
                if matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC) {
                    return Some((u16::from_be_bytes(pair(place + 7)?).into(), u16::from_be_bytes(pair(place + 5)?).into()));
                }
                place += 2 + usize::from(u16::from_be_bytes(pair(place + 2)?));
            }
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_pictures_are_what_their_addresses_say() {
        for (key, bytes) in BUILT_IN {
            assert_eq!(format_of(bytes), Some("jpeg"), "{key}");
        }
        assert_eq!(size_of(BUILT_IN[0].1), Some((200, 200)));
        assert_eq!(size_of(BUILT_IN[1].1), Some((408, 723)));
    }

    #[test]
    fn every_prefix_of_a_picture_is_measured_without_harm() {
        let bytes = BUILT_IN[0].1;
        assert!((0..700.min(bytes.len())).all(|length| size_of(&bytes[..length]).is_none_or(|size| size == (200, 200))));
    }

    #[test]
    fn only_picture_addresses_are_picture_addresses() {
        let good = "/200x200.jpeg.94e0ac5891aa4e6f8ad4bbf961defe4d";
        assert!(is_address(good) && is_address(&format!("{good}.preview")));
        for bad in ["/", "/favicon.ico", "/200x200.jpeg.94e0", &format!("{good}.huge"), &format!("{good}.large.large")] {
            assert!(!is_address(bad), "{bad}");
        }
    }
}
