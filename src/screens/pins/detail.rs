//! The conversation under the cursor, at the right of a wide screen: its picture, what is known of it, and where it stands on the
//! phone. Nothing here can be selected.

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::style::Style;

use super::PinsScreen;
use crate::base::Shared;
use crate::domain::conversation::{Chat, Group};
use crate::domain::pins::{DeadReason, PinKind, PinState};
use crate::domain::{Id, RawText, SafeText};
use crate::screens::picture;
use crate::widgets::bar::bar;
use crate::widgets::picture::PictureFrame;
use crate::widgets::text::{pad, truncate, width, wrap};

/// The picture. It changes with the row under the cursor, so it stays small.
const PICTURE: Size = Size::new(14, 7);
const GAP: u16 = 2;

/// What the listings tell of a conversation.
struct Known {
    picture: Option<RawText>,
    members: Option<u32>,
    last_message: Option<i64>,
    /// The group that a topic is in.
    parent: Option<SafeText>,
}

/// A line of text and how it looks.
type DetailLine = (String, Style);

impl PinsScreen {
    /// Has the picture of the pin under the cursor fetched if there is room for it.
    pub(super) fn fetch_picture(&self, shared: &mut Shared) {
        if !self.in_view || super::view::areas(shared.body).detail.is_empty() {
            return;
        }
        if let Some(address) = self.current().and_then(|line| known(line.id, shared).picture) {
            shared.want_picture(&address);
        }
    }

    pub(super) fn draw_detail(&self, area: Rect, buf: &mut Buffer, shared: &Shared) {
        let Some(id) = self.current().map(|line| line.id).filter(|_| !area.is_empty()) else { return };
        let theme = &shared.theme;
        for y in area.top()..area.bottom() {
            buf.set_stringn(area.x, y, theme.symbols.border.vertical_left, 1, theme.border);
        }
        let inner = Rect { x: area.x + GAP, width: area.width.saturating_sub(GAP + 1), ..area };
        let known = known(id, shared);
        let picture = known.picture.as_ref().filter(|_| shared.picture_method.is_some() && inner.height >= PICTURE.height);
        let beside = picture.map_or(0, |_| PICTURE.width + GAP);
        let text = Rect { x: inner.x + beside, width: inner.width.saturating_sub(beside), ..inner };
        if let Some(address) = picture {
            let area = Rect { width: PICTURE.width, height: PICTURE.height, ..inner }.intersection(inner);
            picture::draw(address, PictureFrame { area, above: 0, below: 0 }, buf, shared);
        }
        let lines = self.about(id, &known, usize::from(text.width.max(1)), shared);
        for (y, (line, style)) in (text.y..text.bottom()).zip(&lines) {
            buf.set_stringn(text.x, y, line, usize::from(text.width), *style);
        }
        let taken = (lines.len() as u16).max(picture.map_or(0, |_| PICTURE.height)) + 1;
        let below = Rect { y: inner.y + taken, height: inner.height.saturating_sub(taken), ..inner };
        self.draw_phone(id, below.intersection(inner), buf, shared);
    }

    /// What there is to say, from the name on.
    fn about(&self, id: &Id, known: &Known, columns: usize, shared: &Shared) -> Vec<DetailLine> {
        let theme = &shared.theme;
        let symbols = &theme.symbols;
        let row = self.names.row(id);
        let mut lines: Vec<DetailLine> = Vec::new();
        let mut say = |text: &str, style: Style| lines.extend(wrap(text, columns).into_iter().map(|part| (part.to_owned(), style)));
        say(self.names.shown(id).as_str(), theme.heading);
        let kind = row.map_or(PinKind::Unknown, |row| row.kind);
        let what = if kind == PinKind::Unknown { "no listing says what this is" } else { kind.word() };
        let members = known.members.map(|count| format!(" {} {count} member{}", symbols.separator, if count == 1 { "" } else { "s" }));
        say(&format!("{what}{}", members.unwrap_or_default()), theme.quiet);
        if let Some(parent) = &known.parent {
            say(&format!("in {parent}"), theme.text);
        }
        match row.map(|row| row.state) {
            Some(PinState::Dead(reason)) => say(&format!("{} {}", symbols.dead, obituary(reason)), theme.bad),
            Some(PinState::NotMember) => say("you are not a member: apps do not show this pin", theme.quiet),
            Some(PinState::Unknown) => say(&format!("{} in no listing: it may be gone", symbols.unknown), theme.warning),
            _ => {}
        }
        if let Some(at) = known.last_message.and_then(|at| jiff::Timestamp::from_second(at).ok()) {
            say(&format!("last message {}", shared.when(at)), theme.text);
        }
        say(&format!("id {}", id.shown()), theme.quiet);
        lines
    }

    /// The list as the phone has it, with the pin's place in it.
    fn draw_phone(&self, id: &Id, area: Rect, buf: &mut Buffer, shared: &Shared) {
        let theme = &shared.theme;
        let base = self.list.base();
        if area.height < 3 || base.is_empty() {
            return;
        }
        let at = base.iter().position(|other| other == id);
        let place = at.map_or_else(|| "not pinned there".to_owned(), |at| format!("{} of {}", at + 1, base.len()));
        let rule = theme.symbols.border.horizontal_top;
        let title = format!(" On the phone: {place} ");
        let columns = usize::from(area.width);
        let rest = columns.saturating_sub(width(&title) + 2);
        buf.set_stringn(area.x, area.y, format!("{rule}{rule}{}{}", " ".repeat(width(&title)), rule.repeat(rest)), columns, theme.border);
        buf.set_stringn(area.x + 2, area.y, truncate(&title, columns.saturating_sub(2), theme.symbols.ellipsis), columns, theme.heading);
        let list = Rect { y: area.y + 1, height: area.height - 1, ..area };
        let height = usize::from(list.height);
        let top = at.unwrap_or(0).saturating_sub(height / 2).min(base.len().saturating_sub(height));
        let digits = base.len().ilog10() as usize + 1;
        for (y, (position, other)) in (list.y..list.bottom()).zip(base.iter().enumerate().skip(top)) {
            let text = format!(" {:>digits$} {}", position + 1, self.names.shown(other));
            buf.set_stringn(list.x, y, pad(&text, columns, theme.symbols.ellipsis), columns, theme.quiet);
            if other == id {
                bar(Rect { y, height: 1, ..list }, buf, theme.idle);
            }
        }
    }
}

fn obituary(reason: DeadReason) -> &'static str {
    match reason {
        DeadReason::Left => "you left this group",
        DeadReason::Removed => "you were removed from this group",
        DeadReason::Deleted => "deleted: this conversation is gone",
    }
}

fn known(id: &Id, shared: &Shared) -> Known {
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
        return Known { picture, members: None, last_message: None, parent: parent.map(|group| group.name.line()) };
    }
    let chat = id.as_str().split_once('+').and_then(|(a, b)| {
        let is_theirs = |chat: &&Chat| [a, b].contains(&chat.user_id.as_str());
        session.chats.value().into_iter().flat_map(|listing| &listing.rows).find(is_theirs)
    });
    Known {
        picture: chat.and_then(|chat| chat.avatar_url.clone()).filter(|address| !address.is_empty()),
        members: None,
        last_message: chat.and_then(|chat| chat.last_message),
        parent: None,
    }
}
