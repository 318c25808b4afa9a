//! From the text of `config.toml` to settings, and every mistake in it with its line and column.
//!
//! A mistake costs as little as can be: a value that cannot be used leaves its default, and the rest of the file holds.

use std::fmt;

use ratatui::style::Style;
use strum::{IntoEnumIterator, VariantNames};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::mistakes::{Mistake, Mistakes, table, unknown};
use super::{Confirmations, Question, Settings, keys, style};
use crate::widgets::theme::Theme;

/// What a file says.
#[derive(Clone, Default, PartialEq)]
pub struct ParsedSettings {
    /// The settings, with defaults for what was not set or not set well.
    pub settings: Settings,
    /// A shell command that prints the token. Not in `settings`, and not in `Debug`: somebody may have written a token in it.
    pub token_command: Option<String>,
    /// What is wrong with the file, from its beginning to its end.
    pub mistakes: Vec<Mistake>,
}

impl fmt::Debug for ParsedSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { settings, token_command, mistakes } = self;
        let token_command = token_command.is_some();
        f.debug_struct("Reading").field("settings", settings).field("token_command", &token_command).field("mistakes", mistakes).finish()
    }
}

/// Lines that are not TOML; with more of them it is another kind of file, and nothing in it counts.
const MOST_SLIPS: usize = 16;

/// The names at the top of the file.
const NAMES: &[&str] =
    &["theme", "mouse", "kitty_keys", "pictures", "links", "motion", "registration_id", "token_command", "confirmations", "styles", "keys"];

/// Reads the settings.
pub fn read(source: &str) -> ParsedSettings {
    let mut mistakes = Mistakes::of(source);
    let mut reading = ParsedSettings::default();
    let mut readable = source.to_owned();
    for _ in 0..MOST_SLIPS {
        let (table, errors) = DeTable::parse_recoverable(&readable);
        let Some(error) = errors.iter().min_by_key(|error| error.span().map(|span| span.start)) else {
            for (name, value) in table.get_ref() {
                top(&mut reading, name, value, &mut mistakes);
            }
            break;
        };
        let at = error.span().unwrap_or_default();
        mistakes.add(at.clone(), sentence(error.message()));
        let without = without_line(&readable, at.start);
        if without == readable {
            break;
        }
        readable = without;
    }
    reading.mistakes = mistakes.sorted();
    reading
}

/// The text with spaces in place of the line at that byte. What stands under a heading goes with it: nobody knows where it belongs.
fn without_line(text: &str, at: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut under_it = false;
    for line in text.split_inclusive('\n') {
        let here = at >= out.len() && (at < out.len() + line.len() || out.len() + line.len() == text.len());
        let heading = line.trim_start().starts_with('[');
        under_it = if heading { here } else { under_it };
        if here || under_it {
            let content = line.trim_end_matches('\n');
            out.push_str(&" ".repeat(content.len()));
            out.push_str(line.get(content.len()..).unwrap_or_default());
        } else {
            out.push_str(line);
        }
    }
    out
}

fn top(reading: &mut ParsedSettings, name: &Spanned<std::borrow::Cow<'_, str>>, value: &Spanned<DeValue<'_>>, mistakes: &mut Mistakes<'_>) {
    let settings = &mut reading.settings;
    match &**name.get_ref() {
        "theme" => set(&mut settings.theme, one_of(value, "theme", mistakes)),
        "pictures" => set(&mut settings.pictures, one_of(value, "pictures", mistakes)),
        "links" => set(&mut settings.links, one_of(value, "links", mistakes)),
        "mouse" => set(&mut settings.mouse, flag(value, "mouse", mistakes)),
        "kitty_keys" => set(&mut settings.kitty_keys, flag(value, "kitty_keys", mistakes)),
        "motion" => set(&mut settings.motion, flag(value, "motion", mistakes)),
        "registration_id" => match value.get_ref().as_str().unwrap_or_default().parse() {
            Ok(id) => settings.registration_id = Some(id),
            Err(text) => mistakes.add(value.span(), format!("{text}, in quotes")),
        },
        "token_command" => match value.get_ref().as_str() {
            Some(command) => reading.token_command = Some(command.to_owned()).filter(|command| !command.trim().is_empty()),
            None => mistakes.add(value.span(), "token_command must be a command for the shell, in quotes"),
        },
        "confirmations" => settings.confirmations = confirmations(value, mistakes),
        "styles" => settings.styles = styles(value, mistakes),
        "keys" => settings.keys = keys::read(value, mistakes),
        other => mistakes.add(name.span(), unknown("setting", other, NAMES.iter().copied())),
    }
}

fn set<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}

fn flag(value: &Spanned<DeValue<'_>>, name: &str, mistakes: &mut Mistakes<'_>) -> Option<bool> {
    let flag = value.get_ref().as_bool();
    if flag.is_none() {
        mistakes.add(value.span(), format!("{name} must be true or false, without quotes"));
    }
    flag
}

fn one_of<T>(value: &Spanned<DeValue<'_>>, name: &str, mistakes: &mut Mistakes<'_>) -> Option<T>
where
    T: VariantNames + std::str::FromStr,
{
    let word = value.get_ref().as_str();
    let found = word.and_then(|word| word.parse().ok());
    if found.is_none() {
        let known: Vec<String> = T::VARIANTS.iter().map(|word| format!("\"{word}\"")).collect();
        mistakes.add(value.span(), format!("{name} must be one of {}", known.join(", ")));
    }
    found
}

fn confirmations(value: &Spanned<DeValue<'_>>, mistakes: &mut Mistakes<'_>) -> Confirmations {
    let mut confirmations = Confirmations::default();
    for (name, value) in table(value, "confirmations", mistakes).into_iter().flatten() {
        let Ok(question) = name.get_ref().parse::<Question>() else {
            mistakes.add(name.span(), unknown("question", name.get_ref(), Question::iter().map(Question::name)));
            continue;
        };
        match flag(value, question.name(), mistakes) {
            Some(false) if !question.is_optional() => {
                mistakes.add(value.span(), format!("{} always asks: unsaved edits exist nowhere else", question.name()));
            }
            Some(on) => confirmations.set(question, on),
            None => {}
        }
    }
    confirmations
}

fn styles(value: &Spanned<DeValue<'_>>, mistakes: &mut Mistakes<'_>) -> Vec<(&'static str, Style)> {
    let mut styles = Vec::new();
    for (name, value) in table(value, "styles", mistakes).into_iter().flatten() {
        let Some(known) = Theme::NAMES.iter().find(|known| **known == name.get_ref()) else {
            mistakes.add(name.span(), unknown("style", name.get_ref(), Theme::NAMES.iter().copied()));
            continue;
        };
        match value.get_ref().as_str().map(style::parse) {
            Some(Ok(style)) => styles.push((*known, style)),
            Some(Err((inside, text))) => mistakes.add_inside(value, inside, text),
            None => mistakes.add(value.span(), format!("{known} must be words in quotes, like \"bold red on black\"")),
        }
    }
    styles
}

/// The parser's words as a sentence of ours.
fn sentence(text: &str) -> String {
    format!("this is not TOML: {}", text.lines().collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::style::Color;

    use super::super::ThemeName;
    use super::*;
    use crate::domain::RegistrationId;
    use crate::widgets::picture::Setting;

    fn mistakes(source: &str) -> Vec<(usize, usize, String)> {
        read(source).mistakes.into_iter().map(|mistake| (mistake.line, mistake.column, mistake.text)).collect()
    }

    #[test]
    fn nothing_set_is_every_default_and_no_mistake() {
        assert_eq!(read("# only a comment\n"), ParsedSettings::default());
    }

    #[test]
    fn what_is_set_is_taken() {
        let reading = read(concat!(
            "theme = \"high-contrast\"\nmouse = false\nkitty_keys = true\npictures = 'kitty'\nmotion = false\nregistration_id = \"APA91b:x\"\ntoken_command = \"pass groupme\"\n",
            "[confirmations]\nupload = false\nshare-new = true\n[styles]\nbad = \"light-red\"\n",
        ));
        let settings = &reading.settings;
        assert_eq!(reading.mistakes, []);
        assert_eq!((settings.theme, settings.mouse, settings.pictures), (ThemeName::HighContrast, false, Setting::Kitty));
        assert!(settings.kitty_keys);
        assert_eq!(settings.registration_id.as_ref().map(RegistrationId::as_str), Some("APA91b:x"));
        assert_eq!((settings.motion, reading.token_command.as_deref()), (false, Some("pass groupme")));
        assert!(!settings.confirmations.ask(Question::Upload) && settings.confirmations.ask(Question::ShareNew));
        assert_eq!(settings.theme().bad, Style::new().fg(Color::LightRed));
        assert_eq!(settings.theme().warning, Theme::high_contrast().warning);
    }

    /// Every sentence about a wrong value, with the place it points at.
    #[test]
    fn every_mistake_is_told_with_line_and_column() {
        for (source, line, column, said) in [
            ("theme = \"darkk\"", 1, 9, "one of \"default\", \"high-contrast\", \"monochrome\", \"blue-orange\""),
            ("theme = 3", 1, 9, "one of"),
            ("mouse = true\n  temme = 'x'", 2, 3, "did you mean theme?"),
            ("colour = 1", 1, 1, "there is no setting \"colour\""),
            ("mouse = \"yes\"", 1, 9, "true or false, without quotes"),
            ("motion = 1", 1, 10, "true or false"),
            ("pictures = \"png\"", 1, 12, "\"blocks\", \"off\""),
            ("registration_id = \"two words\"", 1, 19, "one word"),
            ("registration_id = 7", 1, 19, "in quotes"),
            ("token_command = [\"pass\"]", 1, 17, "in quotes"),
            ("confirmations = false", 1, 17, "must be a table: write [confirmations]"),
            ("[confirmations]\nuplaod = false", 2, 1, "did you mean upload?"),
            ("[confirmations]\nupload = 0", 2, 10, "true or false"),
            ("[confirmations]\ndiscard = false", 2, 11, "always asks"),
            ("[styles]\nhading = \"red\"", 2, 1, "did you mean heading?"),
            ("[styles]\nbad = 1", 2, 7, "words in quotes"),
            ("[styles]\nbad = \"bold rde\"", 2, 13, "did you mean red?"),
            ("[styles]\nbad = \"\\u0062old rde\"", 2, 7, "did you mean red?"),
            ("styles = 1", 1, 10, "must be a table"),
            ("keys = []", 1, 8, "must be a table"),
            ("mouse = true\nmouse = false", 2, 1, "not TOML"),
            ("mouse = \n", 1, 9, "not TOML"),
            ("# é\nx é", 2, 3, "not TOML"),
        ] {
            let found = mistakes(source);
            let [(at_line, at_column, text)] = &found[..] else { panic!("{source}: {found:?}") };
            assert_eq!((*at_line, *at_column), (line, column), "{source}: {text}");
            assert!(text.contains(said), "{source}: {text}");
        }
    }

    #[test]
    fn several_mistakes_are_told_at_once_and_the_rest_holds() {
        let reading = read("mouse = 1\ntheme = \"monochrome\"\n[styles]\nnope = \"\"\ngood = \"rainbow\"\ntab = \"red\"\n");
        assert_eq!(reading.mistakes.iter().map(|mistake| mistake.line).collect::<Vec<_>>(), [1, 4, 5]);
        assert_eq!(reading.settings.theme, ThemeName::Monochrome);
        assert_eq!(reading.settings.styles, [("tab", Style::new().fg(Color::Red))]);
        assert!(reading.settings.mouse);
    }

    #[test]
    fn a_line_that_is_not_toml_costs_itself_and_a_heading_what_stands_under_it() {
        let reading = read("mouse = false\n[keys]\nqr = \"z\nreveal = \"f11\"\n[styles\nbad = \"red\"\n[confirmations]\nupload = false\n");
        assert_eq!(reading.mistakes.iter().map(|mistake| mistake.line).collect::<Vec<_>>(), [3, 5], "{:?}", reading.mistakes);
        assert!(!reading.settings.mouse && !reading.settings.confirmations.ask(Question::Upload));
        assert_eq!((reading.settings.keys.len(), reading.settings.styles.len()), (1, 0));
        assert_eq!(read(&"é x\n".repeat(400)).mistakes.len(), 16);
    }

    /// Counted from the beginning for each of them, this would take minutes.
    #[test]
    fn a_file_of_nothing_but_mistakes_is_read_at_once() {
        let numbered = |row: &str| (0..10_000).map(|n| row.replace("{n}", &n.to_string())).collect::<String>();
        let source = numbered("'é{n}' = 1\n");
        let mistakes = read(&source).mistakes;
        assert_eq!(mistakes.len(), 10_000);
        assert!(mistakes.iter().zip(1..).all(|(mistake, line)| (mistake.line, mistake.column) == (line, 1)), "{:?}", mistakes.last());
        let one_line = numbered("'é{n}' = 1, ");
        let mistakes = read(&format!("styles = {{ {one_line} }}")).mistakes;
        assert_eq!((mistakes.len(), mistakes[1].line, mistakes[1].column), (10_000, 1, 22));
    }

    #[test]
    fn a_token_in_the_command_is_not_in_debug_output() {
        let reading = read("token_command = \"echo c0ffee\"");
        assert!(!format!("{reading:?}").contains("c0ffee"));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(source in "(\\[?(keys|styles|theme|save|mouse|up|x)\\]?|[\"'=.{},\n #\\\\é]|(?s).){0,40}") {
            let reading = read(&source);
            let lines = source.split('\n').count();
            prop_assert!(reading.mistakes.iter().all(|mistake| (1..=lines).contains(&mistake.line)));
        }
    }
}
