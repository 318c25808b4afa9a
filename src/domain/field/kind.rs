//! The kinds of fields: which editor suits one, and which type its values have.

/// Which editor suits a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// One line of text.
    Line,
    /// Several lines of text.
    Block,
    /// One picture.
    Picture,
    /// An ordered list of pictures.
    Pictures,
    /// A set of interests.
    Interests,
    /// A set of majors.
    Majors,
    /// On or off.
    Switch,
    /// The name of a sound; [`SOUNDS`] are on record, others are kept.
    Sound,
    /// A year, or none.
    Year,
    /// Who sees the campus profile.
    Visibility,
}

impl FieldKind {
    /// Whether the value is a list.
    pub fn is_list(self) -> bool {
        matches!(self, Self::Pictures | Self::Interests | Self::Majors)
    }

    /// Values worth offering; others may be right all the same.
    pub fn suggestions(self) -> &'static [&'static str] {
        match self {
            Self::Switch => &["on", "off"],
            Self::Sound => SOUNDS,
            Self::Visibility => &["hidden", "graduation_year", "major", "visible"],
            _ => &[],
        }
    }
}

/// Sounds on record (specification, "Update Details (Alternative/Extended Method)").
pub const SOUNDS: &[&str] = &["gm6.wav", "gm16.wav"];
