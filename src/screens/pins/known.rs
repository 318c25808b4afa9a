//! What the listings tell of a conversation besides its name, in words. Reads what was read already and asks for nothing.

use crate::base::Shared;
use crate::domain::conversation::{Chat, Group};
use crate::domain::pins::{DeadReason, PinKind, PinRow, PinState};
use crate::domain::{Id, RawText, SafeText};

/// What the listings tell of a conversation.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub(super) picture: Option<RawText>,
    members: Option<u32>,
    last_message: Option<i64>,
    /// The group that a topic is in.
    parent: Option<SafeText>,
}

impl Known {
    /// What it is, and how large: `group · 3 members`, `topic in Robotics lab`.
    pub(super) fn kind(&self, row: Option<&PinRow>, separator: &str) -> String {
        let kind = row.map_or(PinKind::Unknown, |row| row.kind);
        if kind == PinKind::Unknown {
            return "no listing says what this is".to_owned();
        }
        let parent = self.parent.as_ref().map(|parent| format!(" in {parent}"));
        let members = self.members.map(|count| format!(" {separator} {count} member{}", if count == 1 { "" } else { "s" }));
        [Some(kind.word().to_owned()), parent, members].into_iter().flatten().collect()
    }

    /// When something was last written.
    pub(super) fn activity(&self, shared: &Shared) -> Option<String> {
        let at = self.last_message.and_then(|at| jiff::Timestamp::from_second(at).ok())?;
        Some(format!("last message {}", shared.when(at)))
    }

    /// Everything on one line.
    pub(super) fn line(&self, row: Option<&PinRow>, shared: &Shared) -> String {
        let separator = shared.theme.symbols.separator;
        let parts: Vec<String> = [Some(self.kind(row, separator)), self.activity(shared)].into_iter().flatten().collect();
        parts.join(&format!(" {separator} "))
    }
}

/// Why a pin leads nowhere, or may; none if it is as it should be.
pub(super) fn trouble(state: PinState) -> Option<&'static str> {
    match state {
        PinState::Ok => None,
        PinState::Dead(DeadReason::Left) => Some("you left this group"),
        PinState::Dead(DeadReason::Removed) => Some("you were removed from this group"),
        PinState::Dead(DeadReason::Deleted) => Some("this conversation was deleted"),
        PinState::NotMember => Some("you are not a member; the apps do not show this pin"),
        PinState::Unknown => Some("in no listing; it may be gone"),
    }
}

pub(super) fn known(id: &Id, shared: &Shared) -> Known {
    let session = &shared.session;
    let groups = || {
        let here = session.groups.value().into_iter().chain(session.former_groups.value());
        here.flat_map(|listing| &listing.rows)
    };
    let of_group = |group: &Group| Known {
        picture: group.image_url.clone().filter(|address| !address.is_empty()),
        members: group.members,
        last_message: group.last_message,
        parent: None,
    };
    if let Some(group) = groups().find(|group| group.id == *id) {
        return of_group(group);
    }
    if let Some(topic) = session.topics.value().into_iter().flat_map(|listing| &listing.rows).find(|topic| topic.id == *id) {
        let parent = groups().find(|group| group.id == topic.parent);
        let picture = parent.and_then(|group| of_group(group).picture);
        return Known { picture, parent: parent.map(|group| group.name.line()), ..Known::default() };
    }
    let chat = id.as_str().split_once('+').and_then(|(a, b)| {
        let is_theirs = |chat: &&Chat| [a, b].contains(&chat.user_id.as_str());
        session.chats.value().into_iter().flat_map(|listing| &listing.rows).find(is_theirs)
    });
    Known {
        picture: chat.and_then(|chat| chat.avatar_url.clone()).filter(|address| !address.is_empty()),
        last_message: chat.and_then(|chat| chat.last_message),
        ..Known::default()
    }
}
