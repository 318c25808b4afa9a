//! Settings as the text of a `config.toml` that says everything, with what each line means.

use std::fmt::{Display, Write};

use strum::{IntoEnumIterator, VariantNames};
use toml::Value;

use super::super::key;
use super::super::keymap::{Keymap, KeymapEntry};
use super::{LinkSetting, Question, Settings, ThemeName, style};
use crate::domain::SafeText;
use crate::widgets::picture::Setting;
use crate::widgets::theme::Theme;

/// The settings as a file that [`super::read()`] reads back as the same.
pub fn write(settings: &Settings, token_command: Option<&str>) -> String {
    let mut out = String::from("# How things look; [styles] changes single styles.\n");
    let theme: &str = settings.theme.into();
    let pictures: &str = settings.pictures.into();
    line(&mut out, &ThemeName::VARIANTS.join(", "), "theme", text(theme));
    line(&mut out, "The mouse, where it is of use; off, the terminal selects text everywhere.", "mouse", settings.mouse);
    line(
        &mut out,
        "Kitty's codes for keys, where the terminal knows them: Esc counts at once, and Shift-Enter arrives.",
        "kitty_keys",
        settings.kitty_keys,
    );
    line(&mut out, &Setting::VARIANTS.join(", "), "pictures", text(pictures));
    let links: &str = settings.links.into();
    let comment = format!("Addresses as links of the terminal's: {}", LinkSetting::VARIANTS.join(", "));
    line(&mut out, &comment, "links", text(links));
    line(&mut out, "Whether signs may move by themselves.", "motion", settings.motion);
    let _ = writeln!(out, "# The push registration of your device: its push notifications are held back while SMS mode is on.");
    match &settings.registration_id {
        Some(id) => field(&mut out, "registration_id", text(id.as_str())),
        None => out.push_str("#registration_id = \"…\"\n"),
    }
    let _ = writeln!(out, "# A shell command whose first line of output is the token for GroupMe.");
    match token_command {
        Some(command) => field(&mut out, "token_command", text(command)),
        None => out.push_str("#token_command = \"pass show groupme\"\n"),
    }

    out.push_str("\n# Questions before something that cannot be taken back; false: yes without asking.\n[confirmations]\n");
    for question in Question::iter() {
        if !question.is_optional() {
            out.push_str("# Always asked: unsaved edits exist nowhere else.\n");
        }
        field(&mut out, question.name(), settings.confirmations.ask(question));
    }

    out.push_str("\n# \"plain\", or modifiers (bold dim italic underlined reversed crossed-out), a colour, \"on\" and a background.\n");
    out.push_str("# Colours: default, black, red, light-red and so on, 0 to 255, #rrggbb.\n[styles]\n");
    let theme = settings.theme();
    for (name, meaning) in Theme::MEANINGS {
        line(&mut out, meaning, name, text(&style::written(theme.style(name).unwrap_or_default())));
    }

    out.push_str("\n# Keys by action: a list, or lists by place; [] for none. Printable keys never count where text is typed.\n[keys]\n");
    keys(&mut out, &settings.keymap());
    out
}

fn keys(out: &mut String, keymap: &Keymap) {
    for action in super::super::Action::iter() {
        let entries: Vec<&KeymapEntry> = keymap.entries().iter().filter(|entry| entry.binding.action == action).collect();
        let Some(first) = entries.first() else { continue };
        let mut about: Vec<&str> = Vec::new();
        for entry in &entries {
            if !about.contains(&entry.binding.help) {
                about.push(entry.binding.help);
            }
        }
        let place = if entries.len() == 1 { format!("{}: ", first.binding.scope.title()) } else { String::new() };
        // One list says it where the same keys count everywhere, unless a printable one would be kept out of a place.
        let same = entries.iter().all(|entry| entry.keys == first.keys);
        let value = if same {
            list(first)
        } else {
            let places: Vec<String> = entries.iter().map(|entry| format!("{} = {}", entry.binding.scope.name(), list(entry))).collect();
            format!("{{ {} }}", places.join(", "))
        };
        line(out, &format!("{place}{}", about.join("; ")), action.name(), value);
    }
}

fn list(entry: &KeymapEntry) -> String {
    let keys: Vec<String> = entry.keys.iter().map(|key| text(&key::written(*key))).collect();
    format!("[{}]", keys.join(", "))
}

fn text(raw: &str) -> String {
    Value::from(raw).to_string()
}

fn line(out: &mut String, comment: &str, name: &str, value: impl Display) {
    let _ = writeln!(out, "# {}", SafeText::line(comment));
    field(out, name, value);
}

fn field(out: &mut String, name: &str, value: impl Display) {
    let _ = writeln!(out, "{name} = {value}");
}

#[cfg(test)]
mod tests {
    use super::super::{ParsedSettings, read};
    use super::*;

    /// Read back, everything is set; what it means must be the same.
    fn assert_round_trip(reading: &ParsedSettings) {
        let text = write(&reading.settings, reading.token_command.as_deref());
        let again = read(&text);
        assert_eq!(again.mistakes, [], "{text}");
        assert_eq!(again.settings.theme(), reading.settings.theme());
        let keys = |settings: &Settings| settings.keymap().entries().iter().map(|entry| entry.keys.clone()).collect::<Vec<_>>();
        assert_eq!(keys(&again.settings), keys(&reading.settings));
        assert_eq!(again.token_command, reading.token_command);
        let rest = |settings: &Settings| Settings { styles: Vec::new(), keys: Vec::new(), ..settings.clone() };
        assert_eq!(rest(&again.settings), rest(&reading.settings));
        assert_eq!(write(&again.settings, again.token_command.as_deref()), text);
    }

    #[test]
    fn what_is_written_reads_back_as_the_same_settings() {
        assert_round_trip(&ParsedSettings::default());
        let reading = read(concat!(
            "theme = \"monochrome\"\nmouse = false\nkitty_keys = true\npictures = \"off\"\nlinks = \"on\"\nmotion = false\nregistration_id = \"a\\\"b\"\ntoken_command = \"say \\\"x\\\" \\\\ 'é'\\n\"\n",
            "[confirmations]\nshare-off = false\nclean-up = false\n[styles]\nbad = \"bold #ff0000 on 17\"\nquiet = \"\"\n",
            "[keys]\nsave = [\"f11\", \"'\"]\nsuspend = []\nremove = { pins = [\"X\", \"\\\"\"] }\nup = \"w\"\n",
        ));
        assert_eq!(reading.mistakes, []);
        assert_round_trip(&reading);
    }

    #[test]
    fn every_line_that_is_not_a_comment_is_a_setting() {
        let text = write(&Settings::default(), None);
        let table: toml::Table = text.parse().unwrap();
        assert_eq!(table["keys"].as_table().unwrap().len(), super::super::super::Action::iter().count());
        assert_eq!(table["styles"].as_table().unwrap().len(), Theme::NAMES.len());
        assert_eq!(table["confirmations"].as_table().unwrap().len(), Question::iter().count());
    }
}
