//! `lapel majors` and `lapel interests`: the codes and names that can be tagged, found and ordered as in the editor.

use serde_json::json;

use super::context::Context;
use super::exit::Failure;
use super::output;
use crate::api::{ApiError, built_in_majors};
use crate::domain::campus::{Interest, Major};
use crate::domain::{Id, RawText, SafeText};
use crate::jobs::read;
use crate::widgets::rank::{Rank, matches};

/// One line.
struct Tag<'a> {
    code: &'a Id,
    name: &'a RawText,
    category: Option<&'a RawText>,
}

/// Prints the majors with all of the words in them.
pub(super) async fn majors(context: &Context, words: &[String]) -> Result<(), Failure> {
    let (majors, old) = known_majors(context).await;
    if let Some(why) = old {
        output::note(format!("The live list could not be read ({}); this is the one Lapel brings along.", Failure::from(why).text));
    }
    let tags: Vec<Tag> = majors.iter().map(|Major { code, name, category }| Tag { code, name, category: category.as_ref() }).collect();
    print(context, "major", &tags, words)
}

/// Prints the interests with all of the words in them.
pub(super) async fn interests(context: &Context, words: &[String]) -> Result<(), Failure> {
    let interests = read::interests(&context.anonymous()).await?;
    let tags: Vec<Tag> =
        interests.iter().map(|Interest { id, name, category }| Tag { code: id, name, category: category.as_ref() }).collect();
    print(context, "interest", &tags, words)
}

/// The live list, or the one Lapel brings along and why.
pub(super) async fn known_majors(context: &Context) -> (Vec<Major>, Option<ApiError>) {
    match read::majors(&context.anonymous()).await {
        Ok(majors) => (majors, None),
        Err(error) => (built_in_majors(), Some(error)),
    }
}

fn print(context: &Context, kind: &str, tags: &[Tag], words: &[String]) -> Result<(), Failure> {
    let names: Vec<[SafeText; 2]> = tags.iter().map(Tag::names).collect();
    let fits = matches(&words.join(" "), names.iter().map(|[name, also]| (name.as_str(), also.as_str())));
    // What only has the letters somewhere is for the eye that sees them marked.
    let fits = fits.into_iter().filter(|fit| fit.fit > Rank::Letters);
    let found: Vec<&Tag> = fits.filter_map(|fit| tags.get(fit.index)).collect();
    if context.global.json {
        output::json(&found.iter().map(|tag| tag.json()).collect())?;
    } else {
        let cells = |tag: &&Tag| vec![tag.code.shown().into_string(), tag.name.line().into_string()];
        output::table(&found.iter().map(cells).collect::<Vec<_>>())?;
    }
    if found.is_empty() { Err(Failure::failed(format!("no {kind} has that in its name, category or code"))) } else { Ok(()) }
}

impl Tag<'_> {
    /// Its name, and what finds it besides.
    fn names(&self) -> [SafeText; 2] {
        let category = self.category.map(RawText::line).unwrap_or_default();
        [self.name.line(), SafeText::line(format!("{} {category}", self.code.shown()))]
    }

    fn json(&self) -> serde_json::Value {
        json!({"code": self.code, "name": self.name.raw(), "category": self.category.map(RawText::raw)})
    }
}
