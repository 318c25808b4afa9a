//! What a person types or pastes to name a conversation that no listing has: its id, or the link of a group.

use super::super::Id;

/// The conversation meant: a number, two numbers joined by a plus (a direct conversation), or an address at groupme.com that holds the
/// number of a group. None where it is none of these.
pub fn typed_id(text: &str) -> Option<Id> {
    let text = text.trim();
    if is_id(text) { Some(Id::from(text)) } else { of_link(text) }
}

fn is_id(text: &str) -> bool {
    let number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    number(text) || text.split_once('+').is_some_and(|(a, b)| number(a) && number(b))
}

/// `https://groupme.com/join_group/ID/TOKEN`, `https://web.groupme.com/groups/ID` and their like.
fn of_link(text: &str) -> Option<Id> {
    let address = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or(text);
    let mut parts = address.split(['/', '?', '#']);
    let host = parts.next()?.to_ascii_lowercase();
    if host != "groupme.com" && !host.ends_with(".groupme.com") {
        return None;
    }
    parts.find(|part| matches!(*part, "join_group" | "groups" | "chats"))?;
    parts.next().filter(|id| is_id(id)).map(Id::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_links_of_groups_are_understood_and_nothing_else() {
        for (text, id) in [
            ("123456789", "123456789"),
            (" 1+2 ", "1+2"),
            ("https://groupme.com/join_group/123/AbC", "123"),
            ("groupme.com/join_group/123/AbC", "123"),
            ("https://web.groupme.com/groups/123?x=1", "123"),
            ("https://web.GroupMe.com/chats/123#last", "123"),
        ] {
            assert_eq!(typed_id(text), Some(Id::from(id)), "{text}");
        }
        for text in [
            "",
            "+",
            "1+",
            "1+2+3",
            "Family",
            "12 34",
            "-1",
            "https://example.com/groups/1",
            "https://notgroupme.com/groups/1",
            "https://groupme.com/contact/1/AbC",
            "https://groupme.com/join_group/x/1",
            "https://groupme.com/join_group",
        ] {
            assert_eq!(typed_id(text), None, "{text}");
        }
    }
}
