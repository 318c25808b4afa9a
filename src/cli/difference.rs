//! What a change is, old and new, as the review before a save and `lapel diff` print it. Knows no fields: `review` does.

/// What a change is, for a person: safe to be printed, with or without colours.
pub(super) enum Difference {
    /// A value and what it becomes.
    Value { label: &'static str, old: String, new: String },
    /// A list: how long it was and becomes, what goes and what comes.
    List { label: &'static str, lengths: [usize; 2], gone: Vec<String>, come: Vec<String> },
    /// Something else, in words.
    Words(String),
}

impl Difference {
    /// On a terminal what goes is red and what comes is green.
    pub(super) fn text(&self, coloured: bool) -> String {
        let paint = |code: u8, text: &str| if coloured { format!("\x1b[{code}m{text}\x1b[m") } else { text.to_owned() };
        let (red, green) = (|text: &str| paint(31, text), |text: &str| paint(32, text));
        match self {
            Self::Value { label, old, new } => format!("{label}: {} -> {}", red(old), green(new)),
            Self::List { label, lengths: [old, new], gone, come } => {
                let gone = gone.iter().map(|item| format!("\n  {}", red(&format!("- {item}"))));
                let come = come.iter().map(|item| format!("\n  {}", green(&format!("+ {item}"))));
                let moves: String = gone.chain(come).collect();
                format!("{label}: {old} -> {new}{}", if moves.is_empty() { "\n  in another order" } else { &moves })
            }
            Self::Words(words) => words.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_and_comes_is_coloured_and_says_the_same_without() {
        let name = Difference::Value { label: "Name", old: "Isaac".to_owned(), new: "Ida".to_owned() };
        assert_eq!(name.text(false), "Name: Isaac -> Ida");
        assert_eq!(name.text(true), "Name: \x1b[31mIsaac\x1b[m -> \x1b[32mIda\x1b[m");
        let list = |gone: &[&str], come: &[&str]| {
            let [gone, come] = [gone, come].map(|items| items.iter().map(ToString::to_string).collect());
            Difference::List { label: "Interests", lengths: [2, 2], gone, come }.text(false)
        };
        assert_eq!(list(&["Chess"], &["Pilates"]), "Interests: 2 -> 2\n  - Chess\n  + Pilates");
        assert_eq!(list(&[], &[]), "Interests: 2 -> 2\n  in another order");
    }
}
