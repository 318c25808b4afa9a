//! Saving: the operations go to the job that replays them, and what comes back becomes the list; what only the user can decide is
//! asked.

use super::PinsScreen;
use super::names::PinNames;
use crate::api::ApiError;
use crate::base::job::{PinsOutcome, PinsReport, PinsSave};
use crate::base::{Job, Level, Shared};
use crate::domain::pins::PinList;
use crate::domain::{Id, SafeText};
use crate::screens::overlay::Overlay;
use crate::screens::overlay::pin_review::PinReview;
use crate::screens::{Nav, SaveOutcome};

/// What a save of the pins saves, by name.
const PINS: &str = "Pins";

/// What a save left to be done.
#[derive(Debug, Default)]
pub(super) struct PendingSave {
    /// The list that was sent, and what the user has to decide about it.
    review: Option<(PinList, PinsReport)>,
    /// Whether it was not asked yet.
    unasked: bool,
    /// The token died during a save, which is to be made again after signing in.
    sign_in: bool,
}

impl PinsScreen {
    /// Sends the operations.
    pub(super) fn save(&mut self, shared: &mut Shared) {
        let account = shared.session.account.value().map(|account| account.id.clone());
        if let Some(account) = account.filter(|_| self.list.changed()) {
            shared.start(Job::SavePins(Box::new(PinsSave { account, list: self.list.clone() })));
        }
    }

    /// The account is there again after the token died during a save.
    pub(super) fn go_on(&mut self, shared: &mut Shared) {
        if std::mem::take(&mut self.pending.sign_in) {
            self.save(shared);
        }
    }

    /// A save ended.
    pub(super) fn take_result(&mut self, sent: &PinList, result: Result<Box<PinsReport>, ApiError>, shared: &Shared) -> SaveOutcome {
        let unsaved = |trouble| SaveOutcome { unsaved: vec![PINS], trouble, ..SaveOutcome::default() };
        let report = match result {
            Ok(report) => report,
            Err(error) => {
                self.pending.sign_in = error == ApiError::SignedOut;
                return unsaved(Some(error));
            }
        };
        match &report.end {
            PinsOutcome::Saved => self.take_saved(sent, &report, shared),
            // Reading back has settled what was unknown.
            PinsOutcome::NotSaved(error) => unsaved(Some(ApiError::NotMade { reason: SafeText::line(error.cause()) })),
            PinsOutcome::Conflict | PinsOutcome::Contended => {
                self.pending.review = Some((sent.clone(), *report));
                self.pending.unasked = true;
                unsaved(None)
            }
        }
    }

    fn take_saved(&mut self, sent: &PinList, report: &PinsReport, shared: &Shared) -> SaveOutcome {
        let list = PinList::new(report.server.iter().cloned());
        // What was done while the save was under way is not saved yet.
        let since = PinList::toward(sent.ids(), self.list.ids());
        self.new = report.elsewhere.pinned.iter().cloned().collect();
        self.set_list(if since.changed() { since.replay(list.ids()).list } else { list });
        self.learn(shared);
        let also = PinNames::sentence(&report.elsewhere, "elsewhere", &shared.session.directory());
        SaveOutcome { saved: vec![PINS], also, unkept: report.unkept.clone(), ..SaveOutcome::default() }
    }

    /// Asks what only the user can decide, if there is something new; left without an answer, the list stays as it is.
    pub(super) fn review(&mut self, shared: &Shared) -> Option<Nav> {
        let unasked = std::mem::take(&mut self.pending.unasked);
        let (sent, report) = self.pending.review.as_ref().filter(|_| unasked)?;
        // Names of what other devices added are not among those of the list.
        let mut names = PinNames::default();
        names.explain(sent.ids().iter().chain(&report.server), &shared.session.directory());
        let row = |id: &Id| (id.clone(), names.shown(id));
        let mine = sent.ids().iter().map(row).collect();
        let theirs = report.server.iter().map(row).collect();
        Some(Nav::Open(Box::new(Overlay::PinReview(PinReview::new(mine, theirs, report.result.clone())))))
    }

    /// The user decided which of the pins in conflict stay; the rest is saved again.
    pub(super) fn decided(&mut self, keep: &[Id], shared: &mut Shared) {
        let Some((sent, report)) = self.pending.review.take() else { return };
        let mut result = report.result;
        for id in keep {
            result.keep(id);
        }
        let since = PinList::toward(sent.ids(), self.list.ids());
        let list = if since.changed() { PinList::toward(&report.server, since.replay(result.list.ids()).list.ids()) } else { result.list };
        self.set_list(list);
        self.learn(shared);
        if self.list.changed() {
            self.save(shared);
        } else {
            shared.say(Level::Info, "Nothing is left to save: the pins are as the server has them");
        }
    }
}
