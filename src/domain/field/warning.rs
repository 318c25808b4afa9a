//! What is said before a change is sent that the service may not take as it is, or that has a sequel. One place, for form and commands.

use super::super::Profile;
use super::{FieldValue, PROFILE};

/// The warnings for the changed fields of a profile, by their keys.
pub fn warnings(changed: &[&str], mine: &Profile) -> Vec<&'static str> {
    PROFILE.iter().filter(|row| changed.contains(&row.key)).filter_map(|row| warning(row.key, (row.value)(mine).as_ref())).collect()
}

fn warning(key: &str, value: Option<&FieldValue>) -> Option<&'static str> {
    let cleared = value.is_none_or(FieldValue::is_empty);
    match key {
        "email" => Some("A new email address may have to be verified: look for a message there."),
        "photo_urls" if cleared => Some("The service may refuse an empty gallery: it is documented for at least three pictures."),
        "avatar_url" if cleared => Some("The service may refuse to take the avatar away: it is documented for pictures only."),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_refused_or_has_a_sequel_is_said_and_nothing_else() {
        let mut mine = Profile::default();
        let all: Vec<&str> = PROFILE.iter().map(|row| row.key).collect();
        assert_eq!(warnings(&all, &mine).len(), 3);
        mine.photo_urls = Some(vec!["https://i.groupme.com/1".into()]);
        mine.avatar_url = Some("https://i.groupme.com/1".into());
        assert_eq!(warnings(&all, &mine), ["A new email address may have to be verified: look for a message there."]);
        assert_eq!(warnings(&["name", "bio"], &mine), [""; 0]);
    }
}
