//! The pictures beside the profile: where they stand and which are fetched.
//!
//! They stand in the document, at its right edge, and scroll with it. Lines beside them are narrower, lines below are not.

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use crate::base::Shared;
use crate::domain::{Profile, Text};
use crate::screens::picture::{self, GAPS, LEAST_ROWS, RIGHT};
use crate::widgets::picture::Frame;

/// The document's first row with a picture, below the heading's top edge.
const TOP: u16 = 1;
/// Pictures of the gallery beside each other.
const ABREAST: u16 = 3;

/// The pictures and the room they take.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Beside {
    /// Columns that the lines beside lose.
    pub(super) columns: u16,
    /// Lines beside.
    pub(super) lines: usize,
    /// Addresses, and where they stand: columns from the right edge of the screen, rows from the top of the document.
    places: Vec<(Text, u16, u16, Size)>,
}

impl Beside {
    /// Places the pictures on a screen of that size: none where the text needs the room, the gallery only where there is plenty.
    pub(super) fn new(screen: Size, shared: &Shared) -> Self {
        let columns = picture::columns(screen.width);
        let profile = shared.session.account.value().map(|account| &account.profile);
        let Some(profile) = profile.filter(|_| shared.picture_method.is_some() && columns > 0) else { return Self::default() };
        let mut places = Vec::new();
        let mut y = TOP;
        // An avatar is a square; where the screen is too low for it, a smaller one.
        let rows = (columns / 2).min(screen.height.saturating_sub(TOP));
        if let Some(avatar) = profile.avatar_url.as_ref().filter(|address| !address.is_empty() && rows >= LEAST_ROWS) {
            let size = Size::new(rows * 2, rows);
            places.push((avatar.clone(), RIGHT + size.width, y, size));
            y += rows + 1;
        }
        if screen.width >= 100 {
            gallery(profile, columns, y, screen, &mut places);
        }
        let widest = places.iter().map(|(_, from_right, ..)| *from_right).max();
        let lowest = places.iter().map(|(_, _, y, size)| usize::from(y + size.height)).max();
        Self { columns: widest.map_or(0, |widest| widest - RIGHT + GAPS), lines: lowest.unwrap_or_default(), places }
    }

    /// Has those fetched that have a place.
    pub(super) fn fetch(screen: Size, shared: &mut Shared) {
        for (address, ..) in Self::new(screen, shared).places {
            shared.want_picture(&address);
        }
    }

    /// Draws what is in view when the document's row `top` is the screen's first.
    pub(super) fn draw(&self, area: Rect, top: usize, buf: &mut Buffer, shared: &Shared) {
        for (address, from_right, y, size) in &self.places {
            let x = area.width.saturating_sub(*from_right);
            let Some(frame) = Frame::scrolled(area, top, x, usize::from(*y), *size) else { continue };
            picture::draw(address, frame, buf, shared);
        }
    }
}

/// Rows of upright pictures, as many as are wholly on the screen before it scrolls.
fn gallery(profile: &Profile, columns: u16, top: u16, screen: Size, places: &mut Vec<(Text, u16, u16, Size)>) {
    let width = (columns - (ABREAST - 1)) / ABREAST;
    let size = Size::new(width, picture::upright(width));
    let addresses = profile.photo_urls.iter().flatten().filter(|address| !address.is_empty());
    let rows = (top..).step_by(usize::from(size.height) + 1).take_while(|y| y + size.height <= screen.height);
    let spots = rows.flat_map(|y| (0..ABREAST).map(move |at| (RIGHT + columns - at * (width + 1), y)));
    places.extend(addresses.zip(spots).map(|(address, (from_right, y))| (address.clone(), from_right, y, size)));
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::tz::TimeZone;
    use proptest::prelude::*;

    use super::*;
    use crate::base::Place;
    use crate::base::{Remote, Thumbnail};
    use crate::domain::{Account, Shown};
    use crate::screens::Screen;
    use crate::screens::profile::ProfileScreen;
    use crate::widgets::picture::{Colours, Method, Protocol};
    use crate::widgets::theme::Theme;

    /// An account with an avatar and so many pictures in its gallery, all of them here already.
    fn shared(gallery: usize, protocol: Protocol) -> Shared {
        let place = Place { label: Shown::default(), sandbox: true };
        let mut shared = Shared::new(Timestamp::UNIX_EPOCH, TimeZone::UTC, place, Theme::default());
        shared.picture_method = Some(Method { protocol, colours: Colours::True });
        let mut account = Account::new("1");
        account.profile.avatar_url = Some("https://i.groupme.com/avatar".into());
        account.profile.bio = Some("A bio of some length, so that it has to be wrapped. ".repeat(8).as_str().into());
        account.profile.photo_urls = Some((0..gallery).map(|n| Text::new(format!("https://i.groupme.com/{n}"))).collect());
        let picture = Thumbnail::new(3, 2, vec![200; 24]).unwrap().with_png("QUJD");
        for address in account.profile.avatar_url.iter().chain(account.profile.photo_urls.iter().flatten()) {
            shared.session.pictures.insert(address.clone(), Remote::cached(picture.clone(), Timestamp::UNIX_EPOCH));
        }
        shared.session.account = Remote::cached(account, Timestamp::UNIX_EPOCH);
        shared
    }

    fn places(width: u16, height: u16, gallery: usize) -> usize {
        Beside::new(Size::new(width, height), &shared(gallery, Protocol::Blocks)).places.len()
    }

    #[test]
    fn pictures_come_with_the_room() {
        assert_eq!(places(60, 13, 3), 0);
        assert_eq!(places(80, 21, 3), 1);
        assert_eq!(places(100, 27, 3), 4);
        assert_eq!(places(100, 21, 3), 1);
        assert_eq!(places(140, 37, 6), 7);
        assert_eq!(places(140, 4, 6), 0);
    }

    #[test]
    fn without_pictures_the_text_has_all_the_room() {
        let mut shared = shared(0, Protocol::Blocks);
        shared.picture_method = None;
        assert_eq!(Beside::new(Size::new(140, 40), &shared), Beside::default());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn pictures_never_overlap_text_nor_each_other(width in 0..150u16, height in 0..60u16, gallery in 0..8usize) {
            let beside = Beside::new(Size::new(width, height), &shared(gallery, Protocol::Blocks));
            let mut areas: Vec<Rect> = Vec::new();
            for (_, from_right, y, size) in &beside.places {
                let area = Rect::new(width - from_right, *y, size.width, size.height);
                prop_assert!(area.x >= width - beside.columns && area.right() < width && area.bottom() <= height);
                prop_assert!(areas.iter().all(|other| !other.intersects(area)), "{:?}", beside);
                areas.push(area);
            }
            prop_assert!(beside.columns < width / 2 + 1);
        }

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
}
