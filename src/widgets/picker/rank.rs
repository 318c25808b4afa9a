//! Fuzzy ranking: which labels match, how well, and by which graphemes.

use std::cmp::Reverse;

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// A label that matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Match {
    /// Its place among the labels.
    pub(super) index: usize,
    /// Which of its graphemes matched, ascending.
    pub(super) graphemes: Vec<u32>,
}

/// The labels that match `query`, best first, equals in their own order; all of them if it is blank.
pub(super) fn matches<'a>(query: &str, labels: impl Iterator<Item = &'a str>) -> Vec<Match> {
    let pattern = Pattern::new(query, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
    let mut config = Config::DEFAULT;
    config.prefer_prefix = true;
    let mut matcher = Matcher::new(config);
    let mut buffer = Vec::new();
    let mut found: Vec<(u32, Match)> = labels
        .enumerate()
        .filter_map(|(index, label)| {
            let mut graphemes = Vec::new();
            let score = pattern.indices(Utf32Str::new(label, &mut buffer), &mut matcher, &mut graphemes)?;
            graphemes.sort_unstable();
            graphemes.dedup();
            Some((score, Match { index, graphemes }))
        })
        .collect();
    found.sort_by_key(|(score, _)| Reverse(*score));
    found.into_iter().map(|(_, found)| found).collect()
}
