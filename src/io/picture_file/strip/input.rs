//! The bytes of a file, taken from the front.

/// Why a file is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::io::picture_file) enum Fault {
    /// It ends before the picture does.
    CutShort,
    /// It is not built as its kind is.
    Damaged,
    /// It lies on its side and cannot be turned.
    OnItsSide,
}

/// What has not been read yet.
pub(super) struct PictureBytes<'a>(pub(super) &'a [u8]);

impl<'a> PictureBytes<'a> {
    pub(super) fn take(&mut self, count: usize) -> Result<&'a [u8], Fault> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(Fault::CutShort)?;
        self.0 = rest;
        Ok(taken)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], Fault> {
        let (taken, rest) = self.0.split_first_chunk().ok_or(Fault::CutShort)?;
        self.0 = rest;
        Ok(*taken)
    }

    pub(super) fn byte(&mut self) -> Result<u8, Fault> {
        self.array().map(|[byte]| byte)
    }
}
