//! Which values an argument takes: one row an argument.

use std::ffi::OsStr;

use clap_complete::engine::CompletionCandidate;

use super::conversations;
use super::value::CompletionValue;
use crate::domain::campus::CAMPUS;
use crate::domain::detail::details;
use crate::domain::field::{FieldKind, FieldSpec, PROFILE};

/// The values of one argument.
pub(super) struct ArgumentValues {
    /// The subcommands that lead to it.
    pub(super) command: &'static [&'static str],
    /// What help calls its value.
    pub(super) argument: &'static str,
    /// The values for what was typed so far.
    pub(super) complete: Complete,
}

/// The values that what was typed so far may become.
pub(super) type Complete = fn(&str) -> Vec<CompletionValue>;

/// Every argument whose values are known.
pub(super) const VALUES: &[ArgumentValues] = &[
    ArgumentValues { command: &["show"], argument: "FIELD", complete: fields },
    ArgumentValues { command: &["set"], argument: "KEY=VALUE", complete: |typed| assignments(PROFILE, typed) },
    ArgumentValues { command: &["campus", "set"], argument: "KEY=VALUE", complete: |typed| assignments(CAMPUS, typed) },
    ArgumentValues { command: &["majors"], argument: "WORD", complete: majors },
    ArgumentValues { command: &["sms", "on"], argument: "HOURS", complete: hours },
    ArgumentValues { command: &["pins", "move"], argument: "ID", complete: conversations::pinned },
    ArgumentValues { command: &["pins", "top"], argument: "ID", complete: conversations::pinned },
    ArgumentValues { command: &["pins", "bottom"], argument: "ID", complete: conversations::pinned },
    ArgumentValues { command: &["pins", "remove"], argument: "ID", complete: conversations::pinned },
    ArgumentValues { command: &["pins", "add"], argument: "ID", complete: conversations::not_pinned },
];

/// What a shell is told.
pub(super) fn candidates(complete: Complete, typed: &OsStr) -> Vec<CompletionCandidate> {
    let values = typed.to_str().map(complete).unwrap_or_default();
    values.into_iter().map(|value| CompletionCandidate::new(value.text).help(Some(value.help.into()))).collect()
}

/// Those that begin as what was typed.
fn beginning(typed: &str, values: impl IntoIterator<Item = CompletionValue>) -> Vec<CompletionValue> {
    values.into_iter().filter(|value| value.text.starts_with(typed)).collect()
}

/// The fields that `show` prints.
fn fields(typed: &str) -> Vec<CompletionValue> {
    beginning(typed, details().iter().map(|detail| CompletionValue::new(detail.key, detail.label)))
}

/// `KEY=`, then the values worth offering; in a list, for its last item.
fn assignments<T>(specs: &[FieldSpec<T>], typed: &str) -> Vec<CompletionValue> {
    let Some((key, value)) = typed.split_once('=') else {
        return beginning(typed, specs.iter().map(|spec| CompletionValue::new(format!("{}=", spec.key), spec.help)));
    };
    let Some(spec) = specs.iter().find(|spec| spec.key == key || spec.also.contains(&key)) else { return Vec::new() };
    let items = if spec.kind.is_list() { value.rfind(',').map_or("", |at| &value[..=at]) } else { "" };
    let values: Vec<CompletionValue> = match spec.kind {
        FieldKind::Majors => {
            crate::api::built_in_majors().iter().map(|major| CompletionValue::new(major.code.as_str(), major.name.line())).collect()
        }
        kind => kind.suggestions().iter().map(|word| CompletionValue::new(*word, "")).collect(),
    };
    beginning(typed, values.into_iter().map(|value| CompletionValue { text: format!("{key}={items}{}", value.text), ..value }))
}

/// How long SMS mode can last, as the editor offers it.
fn hours(typed: &str) -> Vec<CompletionValue> {
    beginning(typed, ["1", "4", "8", "24", "48", "always"].map(|hours| CompletionValue::new(hours, "")))
}

/// Words of the names of majors.
fn majors(typed: &str) -> Vec<CompletionValue> {
    let majors = crate::api::built_in_majors();
    let names: Vec<String> = majors.iter().map(|major| major.name.line().into_string().to_lowercase()).collect();
    let mut words: Vec<&str> =
        names.iter().flat_map(|name| name.split(|c: char| !c.is_alphanumeric())).filter(|word| word.len() > 3).collect();
    words.sort_unstable();
    words.dedup();
    beginning(typed, words.into_iter().map(|word| CompletionValue::new(word, "")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(values: Vec<CompletionValue>) -> Vec<String> {
        values.into_iter().map(|value| value.text).collect()
    }

    #[test]
    fn keys_are_offered_with_their_sign_and_then_their_values() {
        assert_eq!(texts(assignments(PROFILE, "b")), ["bio="]);
        assert_eq!(texts(assignments(PROFILE, "")).len(), PROFILE.len());
        assert_eq!(texts(assignments(CAMPUS, "campus_profile_visibility=h")), ["campus_profile_visibility=hidden"]);
        assert_eq!(texts(assignments(CAMPUS, "visibility=")).len(), 4);
        let majors = texts(assignments(CAMPUS, "majors=3702,550"));
        assert!(
            majors.contains(&"majors=3702,5506".to_owned()) && majors.iter().all(|text| text.starts_with("majors=3702,550")),
            "{majors:?}"
        );
        assert!(assignments(PROFILE, "bio=").is_empty() && assignments(PROFILE, "nothing=").is_empty());
    }

    #[test]
    fn fields_and_words_of_majors_are_offered_by_their_beginning() {
        assert!(texts(fields("major")).contains(&"major_codes".to_owned()));
        assert!(texts(majors("math")).iter().all(|word| word.starts_with("math")) && !majors("math").is_empty());
    }
}
