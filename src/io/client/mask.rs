//! Takes the token out of what a server sends back: some repeat what they were asked with, and answers end on screens, on standard
//! output and in the cache. Must not know what an answer means.

use crate::domain::Token;

/// A shorter one could be any word, and hiding it would spoil the answer; real ones have about forty characters.
const SHORTEST: usize = 12;

/// `text` without the token. A host name is in small letters whatever the server wrote; such a text is not worth keeping.
pub(super) fn masked(text: &str, token: &Token) -> String {
    let text = token.mask_in(text);
    let hidden = text.to_ascii_lowercase().contains(&token.reveal().to_ascii_lowercase());
    if hidden { "<token>".into() } else { text }
}

/// A JSON body without the token, however its letters are written.
pub(super) fn masked_body(body: Vec<u8>, token: &Token) -> Vec<u8> {
    let secret = token.reveal().as_bytes();
    if secret.len() < SHORTEST {
        return body;
    }
    let spelt_out = |bytes: &[u8]| bytes.windows(secret.len()).any(|window| window == secret);
    let plain = if body.windows(2).any(|pair| pair == b"\\u") { Some(unescaped(&body)).filter(|plain| spelt_out(plain)) } else { None };
    match plain {
        Some(plain) => without(&plain, secret),
        None if spelt_out(&body) => without(&body, secret),
        None => body,
    }
}

fn without(mut body: &[u8], secret: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    while let Some(at) = body.windows(secret.len()).position(|window| window == secret) {
        out.extend_from_slice(&body[..at]);
        out.extend_from_slice(b"<token>");
        body = &body[at + secret.len()..];
    }
    out.extend_from_slice(body);
    out
}

/// The same JSON with the characters that tokens are made of written plainly, which are harmless anywhere in a string.
fn unescaped(mut body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    while let Some(at) = body.iter().position(|byte| *byte == b'\\') {
        out.extend_from_slice(&body[..at]);
        let (letter, length) = escape(&body[at..]).map_or((None, 2), |letter| (Some(letter), 6));
        let end = body.len().min(at + length);
        match letter {
            Some(letter) => out.push(letter),
            None => out.extend_from_slice(&body[at..end]),
        }
        body = &body[end..];
    }
    out.extend_from_slice(body);
    out
}

/// The letter, digit or other character of a token that an escape at the beginning stands for.
fn escape(json: &[u8]) -> Option<u8> {
    let digits = std::str::from_utf8(json.strip_prefix(b"\\u")?.get(..4)?).ok()?;
    let byte = u8::try_from(u32::from_str_radix(digits, 16).ok()?).ok()?;
    (byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)).then_some(byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "CANARYabcdefghijklmnop";

    fn masked(body: &str, token: &str) -> String {
        String::from_utf8(masked_body(body.into(), &Token::parse(token).unwrap())).unwrap()
    }

    #[test]
    fn a_token_that_is_sent_back_is_not_believed_in_any_spelling() {
        let escaped = SECRET.bytes().fold(String::new(), |text, byte| text + &format!("\\u{byte:04X}"));
        let mixed = SECRET.replace('R', "\\u0052");
        for spelt in [SECRET, &escaped, &mixed] {
            assert_eq!(masked(&format!(r#"{{"a":"x{spelt}y","b":"\"\u00e4"}}"#), SECRET), r#"{"a":"x<token>y","b":"\"\u00e4"}"#);
        }
    }

    #[test]
    fn any_other_answer_stays_as_it_is() {
        for body in ["", "\\", "\\u", "\\u00", r#"{"a":"\\u0043ANARYabcdefghijklmnop \u0041"}"#, "secret"] {
            assert_eq!(masked(body, SECRET), body);
            assert_eq!(masked(body, "secret"), body);
        }
    }
}
