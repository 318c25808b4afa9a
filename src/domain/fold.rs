//! How texts are compared when something is searched for: alike in the picker, the filter and on the command line.
//!
//! Only for finding. What is saved or compared with the service's value is never folded.

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

use super::text::is_harmful;

/// The text as a search compares it: without case, accents, and differences in width or in how a letter is composed, and without
/// anything that cannot be seen.
pub fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let decomposed = DecomposingNormalizerBorrowed::new_nfkd();
    let lower = decomposed.normalize(text).to_lowercase();
    // Lower case may be composed again (İ), and the form of a sigma depends on where it stands.
    let lower = decomposed.normalize(&lower);
    let bare: String = lower.chars().filter(|c| !is_accent(*c) && !is_harmful(*c)).map(|c| if c == 'ς' { 'σ' } else { c }).collect();
    // Composed, so that no letter is found as a part of another one, like ク of グ.
    ComposingNormalizerBorrowed::new_nfc().normalize(&bare).into_owned()
}

/// Marks that people leave out when they type a name: those of Latin, Greek and Cyrillic. In other scripts a mark can be a vowel.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_takes_for_the_same_is_the_same() {
        for (one, other) in [
            ("Café", "cafe\u{301}"),
            ("CAFÉ", "cafe"),
            ("Ｃａｆｅ\u{301}", "café"),
            ("ｶﾞ", "ガ"),
            ("نیما می\u{200c}دود", "نیما میدود"),
            ("Ἀθῆναι ΣΑΣ", "αθηναι σας"),
            ("İstanbul", "istanbul"),
            ("ﬁne", "fine"),
            ("각", "\u{1100}\u{1161}\u{11a8}"),
            ("pay\u{200b}pal", "PayPal"),
        ] {
            assert_eq!(folded(one), folded(other), "{one} {other}");
        }
        assert_ne!(folded("कि"), folded("क"));
        assert!(!folded("グループ").contains(&folded("ク")));
    }

    proptest::proptest! {
        #[test]
        fn folding_again_changes_nothing(text in proptest::string::string_regex("(?s).{0,40}").unwrap()) {
            let once = folded(&text);
            proptest::prop_assert_eq!(folded(&once), once);
        }
    }
}
