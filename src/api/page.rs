//! Listings that come in pages, and when one is complete.

/// Rows asked for in one page of a listing; a page with fewer is the last.
pub(super) const PAGE: usize = 100;

/// More rows than this are not a listing but a fault, in one answer as in all the pages of one.
pub const MOST_ROWS: usize = 5_000;

/// Rows of a listing, with what must be known before calling the listing complete: a pin is dead only if a complete listing
/// says so.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// The rows that could be read.
    pub rows: Vec<T>,
    /// How many rows the service sent; none where there should have been a list and there was nothing.
    pub sent: Option<usize>,
    /// Bytes of the answer.
    pub bytes: usize,
}

/// The same rows are the same page, however they were wrapped on the way.
impl<T: PartialEq> PartialEq for Page<T> {
    fn eq(&self, other: &Self) -> bool {
        (&self.rows, self.sent) == (&other.rows, other.sent)
    }
}

impl<T> Page<T> {
    /// Whether a page after this one has to be asked for.
    pub fn has_next(&self) -> bool {
        self.sent.is_some_and(|sent| sent >= PAGE)
    }

    /// Whether everything the service sent is in `rows`.
    pub fn is_complete(&self) -> bool {
        self.sent == Some(self.rows.len())
    }
}
