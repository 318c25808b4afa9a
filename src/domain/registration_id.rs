//! The registration of a device for push notifications, which SMS mode can hold back.

use std::str::FromStr;

/// A push registration id as the document calls it (`registration_id` of `POST /users/sms_mode`): 1 to [`RegistrationId::MOST`]
/// visible ASCII characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistrationId(String);

impl RegistrationId {
    /// The longest one taken, in bytes: push services make them of 64 to some hundred characters.
    pub const MOST: usize = 4096;

    /// The id itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for RegistrationId {
    type Err = &'static str;

    /// Takes what a person pasted: surrounding white space is cut.
    fn from_str(pasted: &str) -> Result<Self, Self::Err> {
        let id = pasted.trim();
        if id.is_empty() || id.len() > Self::MOST || !id.bytes().all(|b| b.is_ascii_graphic()) {
            return Err("a registration id is one word of letters, digits and signs, as the push service of the device gave it");
        }
        Ok(Self(id.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_one_word_and_what_surrounds_it_is_cut() {
        assert_eq!(" APA91b:x_y-z\n".parse::<RegistrationId>().unwrap().as_str(), "APA91b:x_y-z");
        for odd in ["", "  ", "two words", "tab\tin", "é", "\u{1b}[m", &"x".repeat(RegistrationId::MOST + 1)] {
            assert!(odd.parse::<RegistrationId>().is_err(), "{odd:?}");
        }
    }
}
