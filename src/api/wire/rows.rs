//! Listings, decoded row by row while the body is parsed: a tree of the whole answer would take a hundred times its bytes. Must not
//! know what a row means.

use std::fmt;

use serde::Deserializer as _;
use serde::de::{Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::api::error::ApiError;
use crate::api::page::{MOST_ROWS, Page};

/// The rows of a listing that can be read, how many there were, and what they took on the wire.
pub(in crate::api) fn page<T>(body: &[u8], row: impl Fn(&Value) -> Option<T>) -> Result<Page<T>, ApiError> {
    let text = super::trimmed(body);
    let list = if text.first() == Some(&b'{') { read(text, Response)? } else { text };
    let nothing = matches!(list, b"" | b"null");
    let (rows, sent) = if nothing { (Vec::new(), None) } else { read(list, Rows { row, rows: Vec::new() })? };
    Ok(Page { rows, sent, bytes: body.len() })
}

fn read<'a, V: Visitor<'a>>(json: &'a [u8], visitor: V) -> Result<V::Value, ApiError> {
    let mut parser = serde_json::Deserializer::from_slice(json);
    let read = parser.deserialize_any(visitor).and_then(|read| parser.end().map(|()| read));
    read.map_err(|error| if error.is_data() { ApiError::garbled(TOO_MANY_OR_NONE) } else { super::unreadable(&error) })
}

/// What a list can be told to be wrong with beyond its syntax.
const TOO_MANY_OR_NONE: &str = "it is not a list, or far too long a one";

/// Finds the list in an envelope, as JSON that is not read yet; `null` where it says nothing at all.
struct Response;

impl<'a> Visitor<'a> for Response {
    type Value = &'a [u8];

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an envelope")
    }

    fn visit_map<M: MapAccess<'a>>(self, mut members: M) -> Result<Self::Value, M::Error> {
        let (mut found, mut only_meta) = (None, true);
        while let Some(key) = members.next_key::<String>()? {
            let value: &RawValue = members.next_value()?;
            match key.as_str() {
                "response" => found = Some(value.get().as_bytes()),
                "meta" => {}
                _ => only_meta = false,
            }
        }
        match found {
            Some(found) => Ok(found),
            None if only_meta => Ok(b"null"),
            None => Err(M::Error::custom("no list")),
        }
    }
}

/// Reads the list; the last of two equal keys in a row counts, and a row that makes no sense is counted and left out.
struct Rows<T, F> {
    row: F,
    rows: Vec<T>,
}

impl<'a, T, F: Fn(&Value) -> Option<T>> Visitor<'a> for Rows<T, F> {
    type Value = (Vec<T>, Option<usize>);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<S: SeqAccess<'a>>(mut self, mut list: S) -> Result<Self::Value, S::Error> {
        let mut sent = 0;
        while let Some(json) = list.next_element::<&RawValue>()? {
            sent += 1;
            if sent > MOST_ROWS {
                return Err(S::Error::custom("too many rows"));
            }
            self.rows.extend(super::parse(json.get().as_bytes()).ok().and_then(|row| (self.row)(&row)));
        }
        Ok((self.rows, Some(sent)))
    }
}
