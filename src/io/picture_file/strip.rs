//! Takes out of a picture file what is not the picture. Lists say what stays, so that what nobody thought of goes.

mod gif;
mod input;
mod jpeg;
mod orientation;
mod png;
mod webp;

pub(super) use self::input::Fault;
use self::input::PictureBytes;

/// A kind of picture file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PictureFormat {
    Jpeg,
    Png,
    Gif,
    WebP,
}

impl PictureFormat {
    /// Its name for people.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::Gif => "GIF",
            Self::WebP => "WebP",
        }
    }

    /// Tells the kind by the first bytes.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        Some(match bytes {
            [0xff, 0xd8, 0xff, ..] => Self::Jpeg,
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Self::Png,
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Self::Gif,
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Self::WebP,
            _ => return None,
        })
    }
}

/// A picture without what tells about its making.
#[derive(Debug)]
pub(super) struct Stripped {
    /// The file.
    pub(super) bytes: Vec<u8>,
    /// How it would have to be turned, from 2 to 8 as EXIF counts, where the file itself no longer says so.
    pub(super) turn: Option<u16>,
    /// Bytes that stood behind its end.
    pub(super) rest: usize,
}

/// The same picture without what tells about its making.
pub(super) fn strip(kind: PictureFormat, bytes: &[u8]) -> Result<Stripped, Fault> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut input = PictureBytes(bytes);
    let turn = match kind {
        // Says itself how it is to be turned: every program that shows a JPEG has known that for decades.
        PictureFormat::Jpeg => jpeg::strip(&mut input, &mut out).map(|()| None),
        PictureFormat::Png => png::strip(&mut input, &mut out),
        PictureFormat::Gif => gif::strip(&mut input, &mut out).map(|()| None),
        PictureFormat::WebP => webp::strip(&mut input, &mut out),
    }?;
    Ok(Stripped { bytes: out, turn, rest: input.0.len() })
}
