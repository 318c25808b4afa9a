//! How well names fit what somebody typed: the one order for every list that is searched, in the editor and on the command line.
//!
//! Whole words beat their beginnings, those beat letters inside of words, and letters that only come in the right order are last.
//! Case and accents do not matter.

use std::cmp::Reverse;

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str, chars};

/// A name that matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// Its place among the names.
    pub index: usize,
    /// Which of its graphemes matched, ascending.
    pub graphemes: Vec<u32>,
}

/// How the words that were typed are found in a name, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// Letter by letter, in the right order.
    Letters,
    /// Each inside of it.
    Inside,
    /// Each begins a word of it.
    Begins,
    /// Each begins a word of it, in the order typed.
    InOrder,
    /// They are all of it.
    Whole,
}

/// The names that match `query`, best first, equals in their own order; all of them if it is blank.
pub fn matches<'a>(query: &str, names: impl Iterator<Item = &'a str>) -> Vec<Match> {
    let pattern = Pattern::new(query, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
    let mut config = Config::DEFAULT;
    config.prefer_prefix = true;
    let mut matcher = Matcher::new(config);
    let mut buffer = Vec::new();
    let typed = words(query);
    let mut found: Vec<((Fit, u32), Match)> = names
        .enumerate()
        .filter_map(|(index, name)| {
            let mut graphemes = Vec::new();
            let score = pattern.indices(Utf32Str::new(name, &mut buffer), &mut matcher, &mut graphemes)?;
            graphemes.sort_unstable();
            graphemes.dedup();
            Some(((fit(&typed, name), score), Match { index, graphemes }))
        })
        .collect();
    found.sort_by_key(|(rank, _)| Reverse(*rank));
    found.into_iter().map(|(_, found)| found).collect()
}

fn words(text: &str) -> Vec<String> {
    let folded: String = text.chars().map(|c| chars::to_lower_case(chars::normalize(c))).collect();
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn fit(typed: &[String], name: &str) -> Fit {
    let words = words(name);
    let mut rest = words.iter();
    if typed == words {
        Fit::Whole
    } else if typed.iter().all(|typed| rest.any(|word| word.starts_with(typed.as_str()))) {
        Fit::InOrder
    } else if typed.iter().all(|typed| words.iter().any(|word| word.starts_with(typed.as_str()))) {
        Fit::Begins
    } else if typed.iter().all(|typed| words.iter().any(|word| word.contains(typed.as_str()))) {
        Fit::Inside
    } else {
        Fit::Letters
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAJORS: [&str; 7] = [
        "Science and Computer Teacher Education",
        "Miscellaneous Computer",
        "Computer Science",
        "Cosmetology Services and Culinary Arts",
        "Électronique",
        "Computer and Information Systems",
        "Economic Sciences",
    ];

    fn best(query: &str) -> Vec<&'static str> {
        matches(query, MAJORS.into_iter()).into_iter().map(|found| MAJORS[found.index]).collect()
    }

    #[test]
    fn words_in_the_order_typed_come_before_words_in_any_order_and_those_before_letters() {
        assert_eq!(best("comp sci")[..2], ["Computer Science", "Science and Computer Teacher Education"]);
        assert_eq!(best("sci comp")[0], "Science and Computer Teacher Education");
        assert_eq!(best("computer")[0], "Computer Science", "it begins with it");
        assert_eq!(best("science")[..2], ["Science and Computer Teacher Education", "Computer Science"]);
        assert_eq!(best("ELEC")[0], "Électronique");
        assert_eq!(best("conomic")[0], "Economic Sciences");
        assert_eq!(best(" "), MAJORS);
    }
}
