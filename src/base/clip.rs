//! Text to be copied, and where it went.

/// Text on its way to wherever the person pastes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clip {
    /// What it is, as the beginning of a sentence.
    pub what: String,
    /// The text.
    pub text: String,
    /// What else to say with it, from the comma on.
    pub also: &'static str,
}

impl Clip {
    /// This text, which is that.
    pub fn new(what: impl Into<String>, text: impl Into<String>) -> Self {
        Self { what: what.into(), text: text.into(), also: "" }
    }

    /// Says where it went; and where nobody can know whether it arrived, what it is, so that it can be selected.
    pub fn sentence(&self, arrived: &CopyResult) -> String {
        let Self { what, text, also } = self;
        let places = arrived.places.join(" and ");
        match (arrived.places.is_empty(), arrived.terminal) {
            (false, false) => format!("{what} copied to {places}{also}"),
            (false, true) => format!("{what} copied to {places}, and to the clipboard if your terminal took it{also}"),
            (true, _) => format!("{what} copied, if your terminal took it{also}: {text}"),
        }
    }
}

/// Where a text went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CopyResult {
    /// Where it surely is.
    pub places: Vec<&'static str>,
    /// Whether it was sent to the terminal too, which does not say what it does with it.
    pub terminal: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_not_claimed_and_can_be_selected() {
        let clip = Clip { also: "; the old one no longer works", ..Clip::new("Link", "https://x") };
        let said = |places: &[&'static str], terminal| clip.sentence(&CopyResult { places: places.to_vec(), terminal });
        assert_eq!(said(&["tmux's buffer"], false), "Link copied to tmux's buffer; the old one no longer works");
        assert!(said(&["screen's buffer"], true).contains("if your terminal took it"));
        assert!(said(&[], true).ends_with("; the old one no longer works: https://x"));
    }
}
