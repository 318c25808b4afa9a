use jiff::Timestamp;
use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;
use crate::base::ServerLabel;
use crate::base::{Remote, Thumbnail};
use crate::domain::{Account, SafeText};
use crate::screens::Screen;
use crate::widgets::picture::{Colours, PictureMethod, Protocol};
use crate::widgets::theme::Theme;

/// An account with an avatar and so many pictures in its gallery, all of them here already.
fn shared(gallery: usize, protocol: Protocol) -> Shared {
    let place = ServerLabel { label: SafeText::default(), sandbox: true };
    let mut shared = Shared::new(Timestamp::UNIX_EPOCH, TimeZone::UTC, place, Theme::default());
    shared.picture_method = Some(PictureMethod { protocol, colours: Colours::True });
    let mut account = Account::new("1");
    account.profile.avatar_url = Some("https://i.groupme.com/avatar".into());
    account.profile.bio = Some("A bio of some length, so that it has to be wrapped. ".repeat(8).as_str().into());
    account.profile.photo_urls = Some((0..gallery).map(|n| RawText::new(format!("https://i.groupme.com/{n}"))).collect());
    let picture = Thumbnail::new(3, 2, vec![200; 24]).unwrap().with_png("QUJD");
    for address in account.profile.avatar_url.iter().chain(account.profile.photo_urls.iter().flatten()) {
        shared.session.pictures.insert(address.clone(), Remote::cached(picture.clone(), Timestamp::UNIX_EPOCH));
    }
    shared.session.account = Remote::cached(account, Timestamp::UNIX_EPOCH);
    shared
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_screen_is_drawn_within_its_bounds_wherever_it_is_scrolled(
        width in 0..120u16,
        height in 0..40u16,
        gallery in 0..8usize,
        kitty in any::<bool>(),
        row in 0..30usize,
    ) {
        let mut shared = shared(gallery, if kitty { Protocol::Kitty } else { Protocol::Blocks });
        let all = Rect::new(0, 0, 124, 44);
        shared.body = Rect::new(2, 2, width, height);
        let mut screen = ProfileScreen::default();
        screen.move_to(row, &shared);
        let mut buf = Buffer::filled(all, ratatui::buffer::Cell::new("x"));
        screen.view(shared.body, &mut buf, &shared);
        for at in all.positions().filter(|at| !shared.body.contains(*at)) {
            prop_assert_eq!(buf.cell(at).unwrap().symbol(), "x");
        }
    }
}
