//! How well names fit what somebody typed: the one order for every list that is searched, in the editor and on the command line.
//!
//! Whole words beat their beginnings, those beat letters inside of words, and letters that only come in the right order are last.
//! What is taken for the same letter is [`folded`]'s business.

use std::cmp::Reverse;

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::domain::fold::folded;
use crate::domain::graphemes::graphemes;

/// A name that hits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// Its place among the names.
    pub index: usize,
    /// How it hits.
    pub fit: Rank,
    /// Which of its graphemes hits, ascending.
    pub graphemes: Vec<u32>,
}

/// How the words that were typed are found in a name, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// Letter by letter, in the right order.
    Letters,
    /// Each inside of a word of it, or as [`Rank::Also`].
    Inside,
    /// Each begins a word of it, or of what else it is found by.
    Also,
    /// Each begins a word of it.
    Begins,
    /// Each begins a word of it, in the order typed.
    InOrder,
    /// They are all of it.
    Whole,
}

/// The names that match `query`, best first, equals in their own order; all of them if it is blank. Each comes with the other words
/// that it is found by.
pub fn matches<'a>(query: &str, names: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<Match> {
    let folded_query = folded(query);
    let typed: Vec<&str> = folded_query.split_whitespace().collect();
    let pattern = Pattern::new(&folded_query, CaseMatching::Ignore, Normalization::Never, AtomKind::Fuzzy);
    let mut config = Config::DEFAULT;
    config.prefer_prefix = true;
    let mut matcher = Matcher::new(config);
    let mut found: Vec<((Rank, u32), Match)> = names
        .enumerate()
        .filter_map(|(index, (name, also))| {
            let (letters, places) = letters(name);
            let mut hits = Vec::new();
            let score = pattern.indices(Utf32Str::Unicode(&letters), &mut matcher, &mut hits);
            let fit = fit(&typed, &folded(name), &folded(also)).or(score.map(|_| Rank::Letters))?;
            let mut graphemes: Vec<u32> = hits.iter().filter_map(|letter| places.get(*letter as usize).copied()).collect();
            graphemes.sort_unstable();
            graphemes.dedup();
            Some(((fit, score.unwrap_or_default()), Match { index, fit, graphemes }))
        })
        .collect();
    found.sort_by_key(|(rank, _)| Reverse(*rank));
    found.into_iter().map(|(_, found)| found).collect()
}

/// The letters that are compared, and of each the grapheme it comes from.
fn letters(name: &str) -> (Vec<char>, Vec<u32>) {
    let of_grapheme = |(place, grapheme): (u32, &str)| folded(grapheme).chars().map(move |letter| (letter, place)).collect::<Vec<_>>();
    (0..).zip(graphemes(name)).flat_map(of_grapheme).unzip()
}

fn fit(typed: &[&str], name: &str, also: &str) -> Option<Rank> {
    let all = |fits: &dyn Fn(&str) -> bool| typed.iter().all(|word| fits(word));
    let mut from = 0;
    let mut in_order = |word: &&str| begin(name, from, word).map(|at| from = at + word.len()).is_some();
    Some(if name.split_whitespace().eq(typed.iter().copied()) {
        Rank::Whole
    } else if typed.iter().all(&mut in_order) {
        Rank::InOrder
    } else if all(&|word| begin(name, 0, word).is_some()) {
        Rank::Begins
    } else if all(&|word| begin(name, 0, word).or_else(|| begin(also, 0, word)).is_some()) {
        Rank::Also
    } else if all(&|word| name.contains(word) || begin(also, 0, word).is_some()) {
        Rank::Inside
    } else {
        return None;
    })
}

/// Where in a text, not before byte `from`, `start` begins a word.
fn begin(text: &str, from: usize, start: &str) -> Option<usize> {
    let begins = |at: &usize| *at >= from && text.get(..*at).is_some_and(|before| !before.ends_with(char::is_alphanumeric));
    text.match_indices(start).map(|(at, _)| at).find(begins)
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
        matches(query, MAJORS.into_iter().map(|name| (name, ""))).into_iter().map(|found| MAJORS[found.index]).collect()
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

    #[test]
    fn other_words_count_less_than_the_name_and_more_than_letters() {
        let rows = [("new link", ""), ("QR code", "link scan"), ("turn sharing off", "link"), ("blinking", ""), ("lift in knots", "")];
        let found: Vec<&str> = matches("link", rows.into_iter()).iter().map(|found| rows[found.index].0).collect();
        assert_eq!(found, ["new link", "QR code", "turn sharing off", "blinking", "lift in knots"]);
        assert_eq!(matches("scan code", rows.into_iter())[0].index, 1);
    }

    #[test]
    fn the_same_letter_in_another_spelling_is_found_and_marked() {
        let found = matches("cafe", [("Le Cafe\u{301} ﬁn", ""), ("c++", "")].into_iter());
        assert_eq!((found.len(), found[0].fit, found[0].graphemes.as_slice()), (1, Rank::InOrder, &[3, 4, 5, 6][..]));
        assert_eq!(matches("C++", [("c", ""), ("C++ club", "")].into_iter()).len(), 1);
    }
}
