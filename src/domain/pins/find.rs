//! Finding one conversation from what a person typed: an id or a part of a name.

use std::fmt;

use super::super::fold::folded;
use super::super::{Id, RawText, SafeText};

/// Something that can be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What is found.
    pub id: Id,
    /// The name it is found by, when it has one.
    pub name: Option<RawText>,
}

impl fmt::Display for Candidate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => write!(f, "{} ({})", name.line(), self.id.shown()),
            None => write!(f, "{}", self.id.shown()),
        }
    }
}

/// Why nothing was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FindError {
    /// Nothing fits.
    NotFound {
        /// What was sought.
        query: SafeText,
    },
    /// Several fit equally well.
    Ambiguous {
        /// What was sought.
        query: SafeText,
        /// All of them, in the order given.
        fits: Vec<Candidate>,
    },
}

impl std::error::Error for FindError {}

impl fmt::Display for FindError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound { query } => write!(f, "no conversation has the id or a name with \"{query}\" in it"),
            Self::Ambiguous { query, fits } => {
                write!(f, "\"{query}\" fits several; write more of the name, or the id:")?;
                fits.iter().try_for_each(|fit| write!(f, "\n  {fit}"))
            }
        }
    }
}

/// Finds the one candidate meant by `query`: by its id, else its whole name, else its whole name in any spelling, else a part of its
/// name in any spelling (see [`folded`]). The first of these that anything fits decides, so an exact match wins over all partial ones. Names count as
/// they are shown: what cannot be seen cannot be typed.
pub fn find(query: &str, candidates: impl IntoIterator<Item = Candidate>) -> Result<Id, FindError> {
    let query = query.trim();
    let wanted = folded(query);
    let mut best: (u8, Vec<Candidate>) = (0, Vec::new());
    for candidate in candidates {
        let name = candidate.name.as_ref().map(|name| name.line().into_string());
        let rank = if query.is_empty() { 0 } else { rank(query, &wanted, candidate.id.as_str(), name.as_deref()) };
        if rank > best.0 {
            best = (rank, vec![candidate]);
        } else if rank > 0 && rank == best.0 && !best.1.iter().any(|fit| fit.id == candidate.id) {
            best.1.push(candidate);
        }
    }
    let query = SafeText::line(query);
    match <[Candidate; 1]>::try_from(best.1) {
        Ok([found]) => Ok(found.id),
        Err(fits) if fits.is_empty() => Err(FindError::NotFound { query }),
        Err(fits) => Err(FindError::Ambiguous { query, fits }),
    }
}

fn rank(query: &str, wanted: &str, id: &str, name: Option<&str>) -> u8 {
    let Some(name) = name else { return u8::from(id == query) * 4 };
    let name_folded = folded(name.trim());
    if id == query {
        4
    } else if name.trim() == query {
        3
    } else if name_folded == wanted {
        2
    } else {
        // A query of nothing but invisible characters is in every name.
        u8::from(!wanted.is_empty() && name_folded.contains(wanted))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn among(query: &str) -> Result<String, String> {
        let pins = [
            ("1", "Climbing"),
            ("2", "Rock climbing"),
            ("3", "Family"),
            ("4", "family"),
            ("5", "ÉTÉ 2025"),
            ("2025", "Work"),
            ("6", "Secr\u{200b}et\u{1b}[31m"),
        ];
        let named = pins.map(|(id, name)| Candidate { id: id.into(), name: Some(name.into()) });
        let all = named
            .into_iter()
            .chain([Candidate { id: "7+8".into(), name: None }, Candidate { id: "3".into(), name: Some("Family".into()) }]);
        find(query, all).map(|id| id.as_str().to_owned()).map_err(|error| error.to_string())
    }

    #[test]
    fn an_exact_match_wins_over_parts_and_case() {
        for (query, id) in [
            ("Climbing", "1"),
            ("climbing", "1"),
            (" rock ", "2"),
            ("Family", "3"),
            ("family", "4"),
            ("été", "5"),
            ("e\u{301}te\u{301} 2025", "5"),
            ("ete 2025", "5"),
            ("ｒｏｃｋ", "2"),
            ("2025", "2025"),
            ("7+8", "7+8"),
            ("secret", "6"),
        ] {
            assert_eq!(among(query).as_deref(), Ok(id), "{query}");
        }
    }

    #[test]
    fn several_fits_are_listed_and_none_is_said() {
        assert_eq!(among("FAMILY").unwrap_err(), "\"FAMILY\" fits several; write more of the name, or the id:\n  Family (3)\n  family (4)");
        assert!(among("limb").unwrap_err().contains("Rock climbing (2)"));
        assert!(among("chess").unwrap_err().starts_with("no conversation"));
        assert!(among("").is_err() && among("\u{200b}").is_err());
        assert!(among("7").is_err(), "a part of an id is no match");
    }
}
