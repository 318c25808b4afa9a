//! Text that came from outside, and the only way to show it.
//!
//! [`RawText`] keeps what the server sent, byte for byte, because an unchanged field must go back unchanged and a diff must
//! compare what is really there. It has no `Display`: a screen, log, toast or command that wants to print it must go through
//! [`SafeText`], which the sanitiser alone can make. This module must not know what any text means.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_width::UnicodeWidthChar;

use super::graphemes::{graphemes, is_plain};

/// More combining marks than this on one character are an attack on the rows above and below, not a language.
const MOST_MARKS: usize = 8;

/// Raw text from outside: kept exactly as it came, never printable as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RawText(String);

impl RawText {
    /// Keeps `raw` as it is.
    pub fn new(raw: impl Into<String>) -> Self {
        Self(raw.into())
    }

    /// The exact text, for the wire, for comparing and for an editor's buffer. Never for printing.
    pub fn raw(&self) -> &str {
        &self.0
    }

    /// Whether nothing was written.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// For a list or a header: one line, what is harmful dropped, line breaks and tabs as spaces.
    pub fn line(&self) -> SafeText {
        SafeText(sanitise(&self.0, SafeTextStyle::Line))
    }

    /// For a paragraph: as [`RawText::line`], but line breaks stay.
    pub fn block(&self) -> SafeText {
        SafeText(sanitise(&self.0, SafeTextStyle::Block))
    }

    /// For an editor or a diff: what the other views drop stands there as a visible symbol.
    pub fn revealed(&self) -> SafeText {
        SafeText(sanitise(&self.0, SafeTextStyle::Revealed))
    }
}

impl From<&str> for RawText {
    fn from(raw: &str) -> Self {
        Self::new(raw)
    }
}

/// Text that is safe to print: no control or escape bytes, no bidirectional overrides, nothing invisible.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SafeText(String);

impl SafeText {
    /// Sanitises any text as one line; our own sentences that quote the outside go through here too.
    pub fn line(raw: impl AsRef<str>) -> Self {
        Self(sanitise(raw.as_ref(), SafeTextStyle::Line))
    }

    /// Sanitises any text, keeping its line breaks.
    pub fn block(raw: impl AsRef<str>) -> Self {
        Self(sanitise(raw.as_ref(), SafeTextStyle::Block))
    }

    /// The printable text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The printable text, by value.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl fmt::Display for SafeText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl AsRef<str> for SafeText {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

#[derive(Clone, Copy, PartialEq)]
enum SafeTextStyle {
    Line,
    Block,
    Revealed,
}

fn sanitise(raw: &str, style: SafeTextStyle) -> String {
    let plain = if style == SafeTextStyle::Revealed { Cow::Borrowed(raw) } else { without_escapes(raw) };
    if is_plain(&plain) {
        return plain.into_owned();
    }
    let mut out = String::with_capacity(plain.len());
    for grapheme in graphemes(&plain) {
        match (grapheme, style) {
            ("\r\n" | "\n" | "\r" | "\u{2028}" | "\u{2029}", SafeTextStyle::Line) | ("\t", SafeTextStyle::Line | SafeTextStyle::Block) => {
                out.push(' ');
            }
            ("\r\n" | "\n" | "\r" | "\u{2028}" | "\u{2029}", SafeTextStyle::Block) => out.push('\n'),
            ("\r\n" | "\n" | "\r" | "\u{2028}" | "\u{2029}", SafeTextStyle::Revealed) => out.push('⏎'),
            _ if is_plain(grapheme) => out.push_str(grapheme),
            _ => push_grapheme(&mut out, grapheme, style),
        }
    }
    out
}

/// One user-perceived character: its base, and of what stands on it or joins it no more than scripts and emoji need.
fn push_grapheme(out: &mut String, grapheme: &str, style: SafeTextStyle) {
    let mut base = None;
    let mut marks = 0;
    let mut previous = None;
    for c in grapheme.chars() {
        let kept = if is_harmful(c) {
            base.zip(previous).is_some_and(|(base, previous)| belongs(c, base, previous)) && marks < MOST_MARKS
        } else {
            c.width() != Some(0) || marks < MOST_MARKS
        };
        if kept {
            out.push(c);
            if c.width() == Some(0) {
                marks += 1;
            } else {
                (base, marks) = (Some(c), 0);
            }
            previous = Some(c);
        } else if is_harmful(c) && style == SafeTextStyle::Revealed {
            out.push(symbol(c));
        }
    }
}

/// Whether a character that is harmful alone has a meaning here: after `previous`, in the cluster of `base`.
fn belongs(c: char, base: char, previous: char) -> bool {
    match c {
        // Emoji, and letters of scripts whose shapes depend on joining (Persian, Hindi, Malayalam, Sinhala …).
        ZWJ => previous != ZWJ && previous != ZWNJ && (is_pictograph(base) || is_joining(base)),
        ZWNJ => previous != ZWJ && previous != ZWNJ && is_joining(base),
        // One choice of form for each character: text or emoji, a Han variant, a Mongolian shape.
        '\u{fe00}'..='\u{fe0f}' | '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{e0100}'..='\u{e01ef}' => previous == base && base != ' ',
        // The flags of England, Scotland, Wales and others are a black flag with their name in tag letters.
        '\u{e0020}'..='\u{e007f}' => base == '\u{1f3f4}' && (previous == base || matches!(previous, '\u{e0020}'..='\u{e007e}')),
        _ => false,
    }
}

/// A text of our own as it stands at the beginning of a sentence.
pub fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

const ZWNJ: char = '\u{200c}';
const ZWJ: char = '\u{200d}';

/// Whether a character must not reach a terminal by itself: controls, bidirectional controls, and what cannot be seen. Some of them
/// mean something inside a word or an emoji and stay there.
pub fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether a character leaves no mark where it stands. A text of nothing else looks empty.
pub(super) fn is_invisible(c: char) -> bool {
    c.is_whitespace() || is_harmful(c) || c.width().is_none_or(|width| width == 0) || c == '\u{2800}'
}

/// Whether a character controls something and is no part of a text: any control but line ends and tabs.
pub fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t')
}

/// Drops the mark of a byte order that some editors and terminals put in front of a text: nobody types one.
pub fn without_bom(text: &str) -> &str {
    text.trim_start_matches('\u{feff}')
}

/// Wide enough for every emoji that joiners are legitimate in.
fn is_pictograph(c: char) -> bool {
    matches!(c, '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{2300}'..='\u{23ff}' | '\u{2b00}'..='\u{2bff}'
        | '\u{2190}'..='\u{21ff}' | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}' | '\u{00a9}' | '\u{00ae}' | '\u{203c}' | '\u{2049}'
        | '\u{2122}' | '\u{2139}' | '\u{20e3}')
}

/// Letters whose shape depends on what they are joined to: Arabic and its neighbours, the scripts of India and South-East Asia,
/// Mongolian.
fn is_joining(c: char) -> bool {
    matches!(c, '\u{0600}'..='\u{109f}' | '\u{1780}'..='\u{18af}' | '\u{1900}'..='\u{1aff}' | '\u{1b00}'..='\u{1c4f}'
        | '\u{a840}'..='\u{a8df}' | '\u{a980}'..='\u{aaff}' | '\u{abc0}'..='\u{abff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
        | '\u{10a00}'..='\u{10fff}' | '\u{11000}'..='\u{11fff}' | '\u{1e900}'..='\u{1e95f}')
}

/// A visible stand-in one column wide: control pictures for C0, a replacement mark for the rest.
fn symbol(c: char) -> char {
    match c {
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        _ => '\u{fffd}',
    }
}

/// Drops escape sequences whole, so that no innocent-looking remains like `]0;title` are left behind.
fn without_escapes(raw: &str) -> Cow<'_, str> {
    struct SanitiserState(String);
    impl vte::Perform for SanitiserState {
        fn print(&mut self, c: char) {
            self.0.push(c);
        }
        fn execute(&mut self, byte: u8) {
            if matches!(byte, b'\n' | b'\r' | b'\t') {
                self.0.push(char::from(byte));
            }
        }
    }
    if !raw.chars().any(char::is_control) {
        return Cow::Borrowed(raw);
    }
    let mut keep = SanitiserState(String::with_capacity(raw.len()));
    let mut parser = vte::Parser::new();
    let mut buffer = [0; 4];
    for c in raw.chars() {
        // An 8-bit control is the 7-bit escape sequence in other clothes.
        if let '\u{80}'..='\u{9f}' = c {
            parser.advance(&mut keep, &[0x1b, (c as u32 - 0x40) as u8]);
        } else {
            parser.advance(&mut keep, c.encode_utf8(&mut buffer).as_bytes());
        }
    }
    Cow::Owned(keep.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_and_overrides_leave_no_trace_in_a_line() {
        for (raw, shown) in [
            ("Isa\u{1b}]0;pwned\u{7}\u{202e}ac", "Isaac"),
            ("a\u{1b}[31mred\u{1b}[0m", "ared"),
            ("a\u{9b}31mred", "ared"),
            ("a\u{9d}0;title\u{9c}b", "ab"),
            ("a\u{1b}Pq#0\u{1b}\\b", "ab"),
            ("a\u{200b}\u{feff}\u{e0041}b", "ab"),
            ("one\ntwo\tthree", "one two three"),
        ] {
            assert_eq!(RawText::from(raw).line().as_str(), shown, "{raw:?}");
        }
    }

    #[test]
    fn an_unfinished_sequence_hides_only_itself() {
        assert_eq!(RawText::from("name\u{1b}[").line().as_str(), "name");
        assert_eq!(RawText::from("name\u{1b}]0;x").line().as_str(), "name");
    }

    #[test]
    fn scripts_and_emoji_keep_what_they_are_written_with() {
        for text in [
            "👩\u{200d}👩\u{200d}👧 ❤\u{fe0f} 👩🏽\u{200d}🚀 ©\u{fe0e}",
            "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
            "نیما می\u{200c}دود",
            "ශ්\u{200d}රී ලංකා",
            "നന്\u{200d}മ",
            "क्\u{200d}ष और क्\u{200c}ष",
            "葛\u{e0100}城",
            "ᠠ\u{180b}",
            "e\u{301} Việt ཧཱུྃ",
        ] {
            assert_eq!(RawText::from(text).line().as_str(), text, "{text:?}");
            assert_eq!(RawText::from(text).revealed().as_str(), text, "{text:?}");
        }
    }

    #[test]
    fn what_joins_nothing_is_dropped() {
        for (raw, shown) in [
            ("pay\u{200d}pal", "paypal"),
            ("pay\u{200c}pal", "paypal"),
            ("a\u{fe0f}\u{fe0f}\u{fe01}b", "a\u{fe0f}b"),
            (" \u{fe0f}x", " x"),
            ("می\u{200c}\u{200c}\u{200d}\u{200c}دود", "می\u{200c}دود"),
            ("🏁\u{e0067}\u{e0062}", "🏁"),
            ("\u{200c}\u{200d}\u{fe0f}\u{e0067}", ""),
            ("🏴\u{e007f}\u{e0067}", "🏴\u{e007f}"),
        ] {
            assert_eq!(RawText::from(raw).line().as_str(), shown, "{raw:?}");
        }
    }

    #[test]
    fn towers_of_marks_are_cut_on_every_base() {
        for base in ["e", "→", "😀", "©", "字", "ب", " ", "👩\u{200d}👩"] {
            let tower = format!("{base}{}", "\u{301}".repeat(300));
            let shown = RawText::from(tower.as_str()).line();
            assert!(shown.as_str().chars().filter(|c| *c == '\u{301}').count() <= 8, "{base}");
        }
    }

    #[test]
    fn the_revealed_view_shows_what_the_others_drop() {
        assert_eq!(RawText::from("a\u{1b}[1m\u{202e}b\n").revealed().as_str(), "a␛[1m\u{fffd}b⏎");
    }

    #[test]
    fn a_block_keeps_its_lines_and_the_raw_text_everything() {
        let text = RawText::from("one\r\ntwo\u{7}");
        assert_eq!(text.block().as_str(), "one\ntwo");
        assert_eq!(text.raw(), "one\r\ntwo\u{7}");
    }

    proptest::proptest! {
        #[test]
        fn nothing_harmful_survives_any_view(raw in proptest::string::string_regex("(?s).{0,60}").unwrap()) {
            let text = RawText::new(raw);
            for shown in [text.line(), text.revealed()] {
                proptest::prop_assert!(!shown.as_str().chars().any(char::is_control), "{shown:?}");
                let overrides = shown.as_str().chars().any(|c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'));
                proptest::prop_assert!(!overrides, "{shown:?}");
            }
            // What is clean already stays as it is.
            proptest::prop_assert_eq!(SafeText::line(text.line()), text.line());
        }
    }
}
