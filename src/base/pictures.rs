//! Which pictures are kept: only those somebody wants to draw, each fetched once.

use super::job::Job;
use super::remote::Remote;
use super::shared::Shared;
use crate::domain::{RawText, picture};
use crate::widgets::picture::Thumbnail;

/// Pictures kept at most. An account shows seven; what comes after this many is not fetched.
const MOST: usize = 32;

impl Shared {
    /// Has the small copy of a stored picture fetched, unless that was done before or there are no pictures at all.
    pub fn want_picture(&mut self, address: &RawText) {
        let small = picture::preview(address);
        let new = !small.is_empty() && !self.session.pictures.contains_key(&small) && self.session.pictures.len() < MOST;
        if self.picture_method.is_some() && new {
            self.start(Job::Picture(small));
        }
    }

    /// What is known of a picture that was wanted, by the address the account has it under.
    pub fn picture(&self, address: &RawText) -> Option<&Remote<Thumbnail>> {
        self.session.pictures.get(&picture::preview(address))
    }

    /// Forgets the pictures that could not be had, so that they are fetched when they are next wanted.
    pub fn forget_failed_pictures(&mut self) {
        self.session.pictures.retain(|_, picture| picture.error().is_none());
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::tz::TimeZone;

    use super::*;
    use crate::api::ApiError;
    use crate::base::ServerLabel;
    use crate::base::{Effect, JobOutcome, Ticket};
    use crate::domain::SafeText;
    use crate::widgets::picture::{Colours, PictureMethod, Protocol};
    use crate::widgets::theme::Theme;

    fn shared() -> Shared {
        let place = ServerLabel { label: SafeText::default(), sandbox: true };
        let mut shared = Shared::new(Timestamp::UNIX_EPOCH, TimeZone::UTC, place, Theme::default());
        shared.picture_method = Some(PictureMethod { protocol: Protocol::Blocks, colours: Colours::True });
        shared
    }

    fn started(shared: &mut Shared) -> Vec<(Ticket, Job)> {
        let start = |effect| if let Effect::Start(ticket, job) = effect { Some((ticket, job)) } else { None };
        shared.take_effects().into_iter().filter_map(start).collect()
    }

    fn finish(shared: &mut Shared, ticket: Ticket, result: Result<JobOutcome, ApiError>) {
        let job = shared.session.in_flight.close(ticket).unwrap();
        shared.learn(&job, result);
    }

    #[test]
    fn a_picture_is_fetched_once_however_often_it_is_wanted() {
        let mut shared = shared();
        let address = RawText::from("https://i.groupme.com/200x200.jpeg.94e0ac5891aa4e6f8ad4bbf961defe4d");
        shared.want_picture(&address);
        shared.want_picture(&address);
        let jobs = started(&mut shared);
        let [(ticket, job)] = &jobs[..] else { panic!("{jobs:?}") };
        assert_eq!(*job, Job::Picture(RawText::new(format!("{}.preview", address.raw()))));
        let picture = Thumbnail::new(1, 1, vec![1, 2, 3, 255]).unwrap();
        finish(&mut shared, *ticket, Ok(JobOutcome::Picture(RawText::new(format!("{}.preview", address.raw())), picture.clone())));
        shared.want_picture(&address);
        assert_eq!(started(&mut shared), []);
        assert_eq!(shared.picture(&address).and_then(Remote::value), Some(&picture));
    }

    #[test]
    fn a_failed_picture_says_nothing_about_the_service_and_is_tried_again_only_on_request() {
        let mut shared = shared();
        let address = RawText::from("https://i.groupme.com/x");
        shared.want_picture(&address);
        let ticket = started(&mut shared)[0].0;
        finish(&mut shared, ticket, Err(ApiError::Offline { reason: SafeText::default() }));
        assert_eq!(shared.session.offline_since, None);
        shared.want_picture(&address);
        assert_eq!(started(&mut shared), []);
        shared.forget_failed_pictures();
        shared.want_picture(&address);
        assert_eq!(started(&mut shared).len(), 1);
    }

    #[test]
    fn without_a_way_to_draw_nothing_is_fetched_and_never_too_much() {
        let mut shared = shared();
        for n in 0..32 + 10 {
            shared.want_picture(&RawText::new(format!("https://i.groupme.com/{n}")));
        }
        assert_eq!(started(&mut shared).len(), 32);
        shared.session.pictures.clear();
        shared.picture_method = None;
        shared.want_picture(&"https://i.groupme.com/x".into());
        assert_eq!(started(&mut shared), []);
    }
}
