//! The access token: the one secret Lapel holds.
//!
//! It has no `Display` and its `Debug` shows the last four characters, so that it cannot reach a screen, a log or an error by
//! accident. Only the HTTP client and the token store may call [`Token::reveal`].

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

use super::text::without_bom;

/// An access token, wiped from memory when dropped.
#[derive(Clone)]
pub struct Token(SecretString);

impl Token {
    /// Takes what a person pasted: surrounding white space is cut.
    ///
    /// # Errors
    /// A sentence for the user when this cannot be a token: tokens are letters and digits (and `-`, `_`, `.`), 1 to 512 of them.
    pub fn parse(pasted: &str) -> Result<Self, &'static str> {
        let token = without_bom(pasted).trim();
        if token.is_empty() {
            return Err("no token was given; copy it from dev.groupme.com, \"Access Token\" in the top bar");
        }
        if token.len() > 512 || !token.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.')) {
            return Err("this is not an access token: it should be about 40 letters and digits, without spaces");
        }
        Ok(Self(SecretString::from(token)))
    }

    /// The token itself, for the request header and the token store only.
    pub fn reveal(&self) -> &str {
        self.0.expose_secret()
    }

    /// The last four characters, for telling tokens apart.
    pub fn last_four(&self) -> &str {
        let token = self.reveal();
        if token.len() >= 12 { &token[token.len() - 4..] } else { "" }
    }

    /// `text` with every occurrence of the token masked: the last filter before a sink that outside text can reach.
    pub fn mask_in(&self, text: &str) -> String {
        text.replace(self.reveal(), "<token>")
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Token(…{})", self.last_four())
    }
}

impl PartialEq for Token {
    fn eq(&self, other: &Self) -> bool {
        self.reveal() == other.reveal()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_the_last_four_of_a_long_token_and_nothing_of_a_short_one() {
        let token = Token::parse(" abcdefghijklmnopqrstuvwxyzABCDEF01234567\n").unwrap();
        assert_eq!(format!("{token:?}"), "Token(…4567)");
        assert_eq!(format!("{:?}", Token::parse("secret").unwrap()), "Token(…)");
    }

    #[test]
    fn what_cannot_be_a_token_is_refused() {
        for pasted in ["", "  \n", "two words", "a\u{1b}[31m", "ä", &"x".repeat(513)] {
            assert!(Token::parse(pasted).is_err(), "{pasted:?}");
        }
    }
}
