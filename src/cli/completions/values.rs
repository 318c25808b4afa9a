//! Which values an argument takes: one row an argument.

use std::ffi::OsStr;

use clap_complete::engine::CompletionCandidate;

use super::quote::is_plain;
use super::value::{CompletionValue, beginning};
use super::{conversations, known};
use crate::domain::campus::CAMPUS;
use crate::domain::detail::details;
use crate::domain::field::{FieldKind, FieldSpec, PROFILE};
use crate::domain::{Id, RawText, SafeText};

/// A folder may hold any number of files.
const MOST_FILES: usize = 500;

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
    ArgumentValues { command: &["pins", "restore"], argument: "N", complete: lists },
    ArgumentValues { command: &["restore"], argument: "N", complete: states },
];

/// What a shell is told. What cannot be looked at is left out; so is, where nobody `quotes` it, what a shell may take for more than text.
pub(super) fn candidates(complete: Complete, typed: &OsStr, quotes: bool) -> Vec<CompletionCandidate> {
    let values = typed.to_str().map(complete).unwrap_or_default();
    let is_safe = |value: &CompletionValue| SafeText::line(&value.text).as_str() == value.text && (quotes || is_plain(&value.text));
    values.into_iter().filter(is_safe).map(|value| CompletionCandidate::new(value.text).help(Some(value.help.into()))).collect()
}

/// The fields that `show` prints.
fn fields(typed: &str) -> Vec<CompletionValue> {
    beginning(typed, details().iter().map(|detail| CompletionValue::new(detail.key, detail.label)))
}

/// `KEY=`, then the values worth offering; in a list, for its last item.
fn assignments<T>(specs: &[FieldSpec<T>], typed: &str) -> Vec<CompletionValue> {
    let Some((key, value)) = typed.split_once('=') else {
        let keys = beginning(typed, specs.iter().map(|spec| CompletionValue::new(format!("{}=", spec.key), spec.help)));
        let other = specs.iter().flat_map(|spec| spec.also.iter().map(|name| CompletionValue::new(format!("{name}="), spec.help)));
        // The other names are for who began one of them.
        return if keys.is_empty() { beginning(typed, other) } else { keys };
    };
    let Some(spec) = specs.iter().find(|spec| spec.key == key || spec.also.contains(&key)) else { return Vec::new() };
    let items = if spec.kind.is_list() { value.rfind(',').map_or("", |at| &value[..=at]) } else { "" };
    let by_code = value[items.len()..].starts_with(|c: char| c.is_ascii_digit());
    if let Some(path) = value.strip_prefix('@') {
        return files(path).into_iter().map(|file| CompletionValue { text: format!("{key}=@{}", file.text), ..file }).collect();
    }
    let values: Vec<CompletionValue> = match spec.kind {
        FieldKind::Majors => {
            tags(&crate::api::built_in_majors().into_iter().map(|major| (major.code, major.name)).collect::<Vec<_>>(), by_code)
        }
        FieldKind::Interests => {
            tags(&known::interests().into_iter().map(|interest| (interest.id, interest.name)).collect::<Vec<_>>(), by_code)
        }
        kind => kind.suggestions().iter().map(|word| CompletionValue::new(*word, "")).collect(),
    };
    beginning(typed, values.into_iter().map(|value| CompletionValue { text: format!("{key}={items}{}", value.text), ..value }))
}

/// Names of tags; the codes, where one was begun, and of one whose name another has too or that has a comma, which begins the next in a list.
fn tags(tags: &[(Id, RawText)], by_code: bool) -> Vec<CompletionValue> {
    let names: Vec<String> = tags.iter().map(|(_, name)| name.line().into_string()).collect();
    let is_name = |name: &String| !name.contains(',') && names.iter().filter(|other| *other == name).count() == 1;
    let value = |((code, _), name): (&(Id, RawText), &String)| {
        let code = code.as_str();
        if is_name(name) && !by_code { CompletionValue::new(name, code) } else { CompletionValue::new(code, name) }
    };
    tags.iter().zip(&names).map(value).collect()
}

/// Files and folders that a path begins as, none of them hidden unless asked for.
fn files(path: &str) -> Vec<CompletionValue> {
    let (folder, name) = path.rfind('/').map_or(("", path), |at| path.split_at(at + 1));
    let entries = std::fs::read_dir(if folder.is_empty() { "." } else { folder }).into_iter().flatten().flatten();
    let shown = entries.filter_map(|entry| {
        let file = entry.file_name().into_string().ok()?;
        let is_wanted = file.starts_with(name) && (name.starts_with('.') || !file.starts_with('.'));
        let end = if entry.path().is_dir() { "/" } else { "" };
        is_wanted.then(|| CompletionValue::new(format!("{folder}{file}{end}"), ""))
    });
    let mut files: Vec<CompletionValue> = shown.take(MOST_FILES).collect();
    files.sort_by(|a, b| a.text.cmp(&b.text));
    files
}

/// Numbers of earlier states of the account.
fn states(typed: &str) -> Vec<CompletionValue> {
    beginning(typed, known::states())
}

/// Numbers of earlier lists of pins.
fn lists(typed: &str) -> Vec<CompletionValue> {
    beginning(typed, known::lists())
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
