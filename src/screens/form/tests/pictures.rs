//! Which pictures are fetched and shown, and how a gallery is carried through.

use super::*;

/// The last parts of the addresses of the pictures that are to be fetched.
fn fetched(shared: &mut Shared) -> Vec<String> {
    let address = |job| if let Job::Picture(address) = job { Some(address.raw().to_owned()) } else { None };
    starts(shared).into_iter().filter_map(address).map(|address| address.rsplit_once('/').unwrap().1.to_owned()).collect()
}

#[test]
fn the_picture_is_the_one_under_the_cursor_else_the_first_and_fetched_once() {
    let (mut form, mut shared) = pictured(Rect::new(0, 2, 80, 21));
    assert_eq!(fetched(&mut shared), ["avatar"]);
    form.on(Event::EditField("photo_urls"), &mut shared);
    act(&mut form, &mut shared, &[Action::Down, Action::Up, Action::Down]);
    assert_eq!(fetched(&mut shared), ["1", "2"]);
    assert_eq!(form.picture().unwrap().raw(), "https://i.groupme.com/2");
    act(&mut form, &mut shared, &[Action::Leave, Action::First]);
    assert_eq!(form.picture().unwrap().raw(), "https://i.groupme.com/avatar");
    form.on(Event::Hidden, &mut shared);
    form.on(Event::Resized, &mut shared);
    assert_eq!(fetched(&mut shared), [""; 0]);
}

#[test]
fn an_address_is_fetched_when_it_is_complete() {
    let (mut form, mut shared) = pictured(Rect::new(0, 2, 140, 37));
    form.on(Event::EditField("avatar_url"), &mut shared);
    types(&mut form, &mut shared, "2");
    assert_eq!(fetched(&mut shared), ["avatar", "1", "2", "3"], "the card has all of them");
    act(&mut form, &mut shared, &[Action::Leave]);
    assert_eq!(fetched(&mut shared), ["avatar2"]);
}

#[test]
fn nothing_is_fetched_and_no_room_lost_without_room_or_without_pictures() {
    for (width, method) in [(60, Some(PictureMethod { protocol: Protocol::Blocks, colours: Colours::True })), (80, None)] {
        let (_, mut shared) = pictured(Rect::new(0, 2, width, 21));
        shared.session.pictures.clear();
        shared.take_effects();
        shared.picture_method = method;
        let form: EditScreen = form(&mut shared);
        assert_eq!(fetched(&mut shared), [""; 0]);
        assert_eq!(form.areas(shared.body, &shared).list.width, width - 1);
    }
}

#[test]
fn a_long_gallery_scrolls_while_a_picture_rests_at_its_edge() {
    let mut account = account();
    account.profile.photo_urls = Some((1..=12).map(|n| format!("https://i.groupme.com/{n}").as_str().into()).collect());
    let mut shared = shared(account);
    shared.body = Rect::new(0, 0, 80, 40);
    let mut form: EditScreen = form(&mut shared);
    form.on(Event::EditField("photo_urls"), &mut shared);
    let first = u16::try_from(form.pieces(shared.body, &shared).0.iter().find(|piece| piece.row == Some(form.row)).unwrap().top).unwrap();
    let mut mouse = |kind, row, shared: &mut Shared| {
        let mouse = Mouse { kind, column: 30, row, modifiers: crossterm::event::KeyModifiers::NONE };
        form.on(Event::Mouse(mouse, shared.body), shared);
    };
    mouse(MouseKind::Press, first, &mut shared);
    mouse(MouseKind::Drag, first + 8, &mut shared);
    let timer = |shared: &mut Shared| {
        shared.take_effects().into_iter().find_map(|effect| if let Effect::After(_, timer) = effect { Some(timer) } else { None })
    };
    let mut next = timer(&mut shared);
    for _ in 0..4 {
        form.on(Event::Timer(next.take().unwrap()), &mut shared);
        next = timer(&mut shared);
    }
    assert_eq!(next, None, "the end of the list is in view");
    let release = Mouse { kind: MouseKind::Release, column: 30, row: first + 8, modifiers: crossterm::event::KeyModifiers::NONE };
    form.on(Event::Mouse(release, shared.body), &mut shared);
    assert!(text_of(&form, "photo_urls").ends_with("/12\nhttps://i.groupme.com/1"), "{}", text_of(&form, "photo_urls"));
}

#[test]
fn a_picture_that_is_carried_is_lifted_and_dropped_by_saving_and_by_leaving() {
    for (end, left) in [(Action::Grab, "2\n1\n3"), (Action::Save, "2\n1\n3"), (Action::NextField, "2\n1\n3"), (Action::Back, "1\n2\n3")] {
        let (mut form, mut shared) = pictured(Rect::new(0, 2, 60, 21));
        form.on(Event::EditField("photo_urls"), &mut shared);
        act(&mut form, &mut shared, &[Action::Grab, Action::Down]);
        assert!(form.is_carrying() && form.scopes(&shared)[0] == crate::base::Scope::Carry);
        let mut buf = Buffer::empty(shared.body);
        form.view(shared.body, &mut buf, &shared);
        let drawn: String = buf.content().iter().map(ratatui::buffer::Cell::symbol).collect();
        assert!(drawn.contains("▌ 2") && drawn.contains("▐") && drawn.contains("CARRYING a picture · 2 of 3"), "{drawn}");
        if end == Action::Save {
            form.ready(&mut shared);
        } else {
            act(&mut form, &mut shared, &[end]);
        }
        assert!(!form.is_carrying());
        let row = EditScreen::position("photo_urls").unwrap();
        assert_eq!(form.text(row).unwrap().replace("https://i.groupme.com/", ""), left, "{end:?}");
    }
}

#[test]
fn quitting_while_a_picture_is_carried_asks() {
    let (mut form, mut shared) = pictured(Rect::new(0, 2, 60, 21));
    form.on(Event::EditField("photo_urls"), &mut shared);
    act(&mut form, &mut shared, &[Action::Grab, Action::Down]);
    assert!(matches!(form.on(Event::Action(Action::Quit), &mut shared), Some(Nav::Open(_))));
    let nav = form.on(Event::Answer(Answer::Yes(YesNoQuestion::QuitCarrying)), &mut shared);
    assert!(matches!(nav, Some(Nav::Run(Action::Quit))) && !form.is_carrying());
}
