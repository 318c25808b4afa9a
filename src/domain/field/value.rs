//! What a field holds, by its type, and the text a person types for it.
//!
//! Reading text is total: what does not read as the kind of the field stays a text, which the field's rule then refuses with a
//! sentence. Must not know which values are allowed.

use super::super::{Id, RawText};
use super::kind::FieldKind;

/// The value of a field.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldValue {
    /// Text in one line or several, an address, a name, a word.
    Text(RawText),
    /// Pictures, in order.
    Texts(Vec<RawText>),
    /// Tags and codes.
    Ids(Vec<Id>),
    /// On or off.
    Switch(bool),
    /// A year, or none.
    Year(Option<u16>),
}

impl FieldValue {
    /// What a person would type: items of lists on lines or separated by commas, nothing as the empty text.
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) => text.raw().to_owned(),
            Self::Texts(texts) => texts.iter().map(RawText::raw).collect::<Vec<_>>().join("\n"),
            Self::Ids(ids) => ids.iter().map(Id::as_str).collect::<Vec<_>>().join(","),
            Self::Switch(on) => if *on { "on" } else { "off" }.to_owned(),
            Self::Year(year) => year.map(|year| year.to_string()).unwrap_or_default(),
        }
    }

    /// What `lapel show` prints for a script: as [`FieldValue::text`], with every item on a line of its own.
    pub fn lines(&self) -> String {
        match self {
            Self::Ids(ids) => ids.iter().map(Id::as_str).collect::<Vec<_>>().join("\n"),
            other => other.text(),
        }
    }

    /// Whether nothing is there; a switch that is off is something.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::Texts(texts) => texts.is_empty(),
            Self::Ids(ids) => ids.is_empty(),
            Self::Switch(_) => false,
            Self::Year(year) => year.is_none(),
        }
    }

    /// The items of a list; none of what is no list.
    pub fn items(&self) -> Vec<&str> {
        match self {
            Self::Texts(texts) => texts.iter().map(RawText::raw).collect(),
            Self::Ids(ids) => ids.iter().map(Id::as_str).collect(),
            Self::Text(_) | Self::Switch(_) | Self::Year(_) => Vec::new(),
        }
    }
}

/// A type that members of the tables' structs have.
macro_rules! held {
    ($($type:ty => $variant:ident),*) => {$(
        impl From<$type> for FieldValue {
            fn from(value: $type) -> Self {
                Self::$variant(value)
            }
        }

        impl TryFrom<FieldValue> for $type {
            /// The value, which is of another type.
            type Error = FieldValue;

            fn try_from(value: FieldValue) -> Result<Self, FieldValue> {
                if let FieldValue::$variant(value) = value { Ok(value) } else { Err(value) }
            }
        }
    )*};
}

held!(RawText => Text, Vec<RawText> => Texts, Vec<Id> => Ids, bool => Switch, Option<u16> => Year);

impl FieldKind {
    /// Reads what a person typed. An item that the list has `now` is found again whatever characters are in it.
    pub fn read(self, text: &str, now: Option<&FieldValue>) -> FieldValue {
        match self {
            Self::Line | Self::Block | Self::Picture | Self::Sound | Self::Visibility => FieldValue::Text(RawText::new(text)),
            Self::Pictures => FieldValue::Texts(items(text, now).into_iter().map(RawText::new).collect()),
            Self::Interests | Self::Majors => FieldValue::Ids(items(text, now).into_iter().map(Id::new).collect()),
            Self::Switch => match text.trim().to_lowercase().as_str() {
                "on" | "true" | "yes" => FieldValue::Switch(true),
                "off" | "false" | "no" => FieldValue::Switch(false),
                _ => FieldValue::Text(RawText::new(text)),
            },
            Self::Year => match text.trim() {
                "" => FieldValue::Year(None),
                none if none.eq_ignore_ascii_case("none") => FieldValue::Year(None),
                year => year.parse().map_or_else(|_| FieldValue::Text(RawText::new(text)), |year| FieldValue::Year(Some(year))),
            },
        }
    }
}

/// Takes the text form of a list apart: commas, spaces and line breaks all separate.
pub fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c == ',' || c.is_whitespace()).filter(|item| !item.is_empty())
}

/// As [`split`], but what the list has now is not taken apart.
fn items<'a>(text: &'a str, now: Option<&FieldValue>) -> Vec<&'a str> {
    let known = now.map(FieldValue::items).unwrap_or_default();
    let is_known = |item: &str| !item.is_empty() && known.contains(&item);
    let mut items = Vec::new();
    for line in text.split(['\n', '\r']) {
        if is_known(line) {
            items.push(line);
            continue;
        }
        for piece in line.split(',') {
            if is_known(piece) { items.push(piece) } else { items.extend(split(piece)) }
        }
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_for_a_value_reads_back_as_it() {
        for (kind, value) in [
            (FieldKind::Block, FieldValue::Text(" a\r\n\tb\0 ".into())),
            (FieldKind::Pictures, FieldValue::Texts(vec!["https://x/1".into(), "https://x/2".into()])),
            (FieldKind::Interests, FieldValue::Ids(vec!["1026".into(), "007".into()])),
            (FieldKind::Switch, FieldValue::Switch(false)),
            (FieldKind::Year, FieldValue::Year(Some(2027))),
            (FieldKind::Year, FieldValue::Year(None)),
        ] {
            assert_eq!(kind.read(&value.text(), None), value);
            assert_eq!(kind.read(&value.lines(), None), value);
        }
    }

    #[test]
    fn what_does_not_read_so_stays_a_text() {
        for (kind, text) in [(FieldKind::Switch, "perhaps"), (FieldKind::Year, "20 27"), (FieldKind::Year, "99999")] {
            assert_eq!(kind.read(text, None), FieldValue::Text(text.into()));
        }
    }

    #[test]
    fn lists_are_taken_apart_but_never_the_items_they_have() {
        let lists = |text: &str, now: &[&str]| {
            let now = FieldValue::Texts(now.iter().map(|item| RawText::from(*item)).collect());
            let FieldValue::Texts(texts) = FieldKind::Pictures.read(text, Some(&now)) else { panic!("no list") };
            texts.iter().map(|text| text.raw().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(lists("a, b\nc d", &[]), ["a", "b", "c", "d"]);
        assert_eq!(lists("x y,z\nb", &["x y,z"]), ["x y,z", "b"]);
        assert_eq!(lists("b,x y", &["x y"]), ["b", "x y"]);
        assert_eq!(lists(" ,\n", &[""]), [""; 0]);
    }
}
