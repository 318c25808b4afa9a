//! Styles as words: `bold red on black`, `reversed`, `light-blue on #202020`, `plain`.

use std::ops::Range;

use ratatui::style::{Color, Modifier, Style};

const MODIFIERS: &[(&str, Modifier)] = &[
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underlined", Modifier::UNDERLINED),
    ("reversed", Modifier::REVERSED),
    ("crossed-out", Modifier::CROSSED_OUT),
];

/// The terminal's own colours; `default` is its ordinary one.
const COLOURS: &[(&str, Color)] = &[
    ("default", Color::Reset),
    ("black", Color::Black),
    ("red", Color::Red),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
    ("blue", Color::Blue),
    ("magenta", Color::Magenta),
    ("cyan", Color::Cyan),
    ("gray", Color::Gray),
    ("dark-gray", Color::DarkGray),
    ("light-red", Color::LightRed),
    ("light-green", Color::LightGreen),
    ("light-yellow", Color::LightYellow),
    ("light-blue", Color::LightBlue),
    ("light-magenta", Color::LightMagenta),
    ("light-cyan", Color::LightCyan),
    ("white", Color::White),
];

/// The style without anything.
const PLAIN: &str = "plain";

/// Reads a style.
///
/// # Errors
/// The bytes of the words that are wrong, and a sentence about them.
pub fn parse(text: &str) -> Result<Style, (Range<usize>, String)> {
    let mut style = Style::new();
    let mut words = words(text).peekable();
    while let Some((at, word)) = words.next() {
        if let Some((_, modifier)) = MODIFIERS.iter().find(|(name, _)| *name == word) {
            style = style.add_modifier(*modifier);
        } else if word == "on" {
            let (at, word) = words.next().ok_or_else(|| (at, "a colour is missing after \"on\"".to_owned()))?;
            style = style.bg(colour(word).ok_or_else(|| (at, no_colour(word)))?);
        } else if word != PLAIN {
            let colour = colour(word).ok_or_else(|| (at.clone(), no_colour(word)))?;
            if style.fg.is_some() {
                return Err((at, format!("\"{word}\" is a second colour; write \"on {word}\" for the background")));
            }
            style = style.fg(colour);
        }
    }
    Ok(style)
}

/// The style as [`parse`] reads it.
pub fn written(style: Style) -> String {
    let mut words: Vec<String> =
        MODIFIERS.iter().filter(|(_, modifier)| style.add_modifier.contains(*modifier)).map(|(name, _)| (*name).to_owned()).collect();
    words.extend(style.fg.map(name));
    if let Some(colour) = style.bg {
        words.extend(["on".to_owned(), name(colour)]);
    }
    if words.is_empty() { PLAIN.to_owned() } else { words.join(" ") }
}

fn words(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    text.split_whitespace().map(|word| {
        let start = word.as_ptr().addr() - text.as_ptr().addr();
        (start..start + word.len(), word)
    })
}

fn colour(word: &str) -> Option<Color> {
    if let Some((_, colour)) = COLOURS.iter().find(|(name, _)| *name == word) {
        return Some(*colour);
    }
    match word.strip_prefix('#') {
        Some(digits) if digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit()) => {
            u32::from_str_radix(digits, 16).ok().map(Color::from_u32)
        }
        Some(_) => None,
        None => word.parse().ok().map(Color::Indexed),
    }
}

fn name(colour: Color) -> String {
    if let Some((name, _)) = COLOURS.iter().find(|(_, other)| *other == colour) {
        return (*name).to_owned();
    }
    colour.to_string().to_lowercase()
}

fn no_colour(word: &str) -> String {
    let known = MODIFIERS.iter().map(|(name, _)| *name).chain(COLOURS.iter().map(|(name, _)| *name));
    let hint = super::mistakes::nearest(word, known).map_or_else(
        || {
            "write words like bold or reversed, a colour like red, light-blue, #rrggbb or 0 to 255, and \"on\" before a background"
                .to_owned()
        },
        |known| format!("did you mean {known}?"),
    );
    format!("\"{word}\" is no colour and no style; {hint}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_become_a_style() {
        for (text, style) in [
            ("bold red on black", Style::new().fg(Color::Red).bg(Color::Black).add_modifier(Modifier::BOLD)),
            ("on 17", Style::new().bg(Color::Indexed(17))),
            ("#ff8000 crossed-out", Style::new().fg(Color::Rgb(255, 128, 0)).add_modifier(Modifier::CROSSED_OUT)),
            ("default", Style::new().fg(Color::Reset)),
            ("plain", Style::new()),
            ("", Style::new()),
        ] {
            assert_eq!(parse(text), Ok(style), "{text}");
        }
    }

    #[test]
    fn a_wrong_word_is_named_with_its_place() {
        for (text, at, said) in [
            ("bold rde", 5..8, "did you mean red?"),
            ("red  blue", 5..9, "on blue"),
            ("red on", 4..6, "missing"),
            ("#ff80", 0..5, "#rrggbb"),
            ("256", 0..3, "0 to 255"),
        ] {
            let (place, text) = parse(text).unwrap_err();
            assert_eq!(place, at, "{text}");
            assert!(text.contains(said), "{text}");
        }
    }

    fn any_colour() -> impl Strategy<Value = Option<Color>> {
        prop_oneof![
            Just(None),
            proptest::sample::select(COLOURS).prop_map(|(_, colour)| Some(colour)),
            any::<u8>().prop_map(|index| Some(Color::Indexed(index))),
            any::<(u8, u8, u8)>().prop_map(|(r, g, b)| Some(Color::Rgb(r, g, b))),
        ]
    }

    proptest! {
        #[test]
        fn every_style_reads_back(fg in any_colour(), bg in any_colour(), modifiers in 0_u8..64) {
            let mut style = Style { fg, bg, ..Style::new() };
            for (i, (_, modifier)) in MODIFIERS.iter().enumerate() {
                if modifiers & (1 << i) != 0 {
                    style = style.add_modifier(*modifier);
                }
            }
            prop_assert_eq!(parse(&written(style)), Ok(style));
        }
    }
}
