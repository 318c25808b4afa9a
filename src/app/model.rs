//! Everything the editor knows at a moment.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::cache;
use super::frame::areas;
use super::last_save::LastSave;
use super::learned::Learned;
use crate::api::built_in_majors;
use crate::base::entrance::AcceptedToken;
use crate::base::{Condition, Conditions, DraftKind, Effect, FoundDraft, Job, Level, Scope, ServerLabel, Settings, Shared, SignInReason};
use crate::domain::{Id, SafeText};
use crate::screens::campus::CampusScreen;
use crate::screens::edit::EditScreen;
use crate::screens::overlay::Overlay;
use crate::screens::pins::PinsScreen;
use crate::screens::profile::ProfileScreen;
use crate::screens::sign_in::SignInScreen;
use crate::screens::{Edits, SaveOutcome, Screen, Tab};
use crate::widgets::picture::PictureMethod;
use crate::widgets::theme::Theme;

/// What the editor starts with.
#[derive(Clone, Debug)]
pub struct Start {
    /// The moment.
    pub now: Timestamp,
    /// The user's time zone.
    pub zone: TimeZone,
    /// Which server.
    pub place: ServerLabel,
    /// How things look.
    pub theme: Theme,
    /// What the user set.
    pub settings: Settings,
    /// What is wrong with the settings, a sentence each.
    pub complaints: Vec<SafeText>,
    /// Whose token is to be looked for; none if it is at hand.
    pub entrance: Option<SignInReason>,
    /// What an earlier run knew, and when.
    pub cache: Option<(serde_json::Value, Timestamp)>,
    /// The server's address, as it was given; none for GroupMe itself.
    pub address: Option<String>,
    /// Columns and rows.
    pub size: (u16, u16),
    /// How pictures are drawn, if they are.
    pub pictures: Option<PictureMethod>,
    /// Whether addresses are links.
    pub links: bool,
}

/// The state of the editor.
#[derive(Debug)]
pub struct Model {
    /// What all screens see.
    pub shared: Shared,
    /// Which screen is in front.
    pub tab: Tab,
    /// Overlays, the top one last.
    pub overlays: Vec<Overlay>,
    /// Columns and rows.
    pub size: (u16, u16),
    /// In place of the screens while there is no good token.
    pub(super) sign_in: Option<SignInScreen>,
    pub(super) screens: Screens,
    pub(super) mouse_on: bool,
    /// When and where the mouse was pressed last, for a double click.
    pub(super) pressed: Option<(Timestamp, (u16, u16))>,
    /// Whether the program leaves as soon as the writes under way have ended.
    pub(super) leaving: bool,
    /// Where the editor began: where people sign in, and come back to from the demo.
    pub(super) home: ServerLabel,
    /// Whose token was looked for at the start.
    pub(super) entrance: Option<SignInReason>,
    /// The address that the server was given by.
    pub(super) address: Option<String>,
    /// Whether another account was opened since the start, which is then the one that commands take.
    pub(super) switched: bool,
    /// A token that is used and was not kept, until the user has said where it is to be kept.
    pub(super) unkept: Option<AcceptedToken>,
}

/// What the screens hold of the account that is signed in: built anew for another one.
#[derive(Debug, Default)]
pub(super) struct Screens {
    profile: ProfileScreen,
    edit: EditScreen,
    campus: CampusScreen,
    pins: PinsScreen,
    /// The draft revisions that were last put on disk, in the order of [`DraftKind::ALL`].
    pub(super) kept: [u64; 3],
    /// Whose drafts are kept.
    pub(super) drafts_of: Option<Id>,
    /// Unsaved edits of earlier runs that were neither restored nor discarded.
    pub(super) earlier: Vec<FoundDraft>,
    /// What came of the parts of a save, until the last has ended.
    pub(super) saved: Vec<(DraftKind, SaveOutcome)>,
    /// Dialogs that no key asked for, until there is room for one.
    pub(super) waiting: Vec<Overlay>,
    /// What the last save replaced.
    pub(super) before: Option<LastSave>,
    /// What was known before everything was asked for again, until it is told.
    pub(super) news: Option<Learned>,
}

impl Model {
    /// What is in front was drawn, and can be read from now on.
    pub fn drawn(&mut self, now: Timestamp) {
        if let Some(overlay) = self.overlays.last_mut() {
            overlay.drawn(now);
        }
    }

    /// The first state; its first effects are the first reads, all at once.
    pub fn new(start: Start) -> Self {
        let mut shared = Shared::new(start.now, start.zone, start.place.clone(), start.theme);
        shared.mouse = start.settings.mouse;
        shared.picture_method = start.pictures;
        shared.links = start.links;
        complain(&mut shared, &start.complaints);
        if let Some(saved) = &start.cache {
            cache::learn(&mut shared, &saved.0, saved.1);
        }
        // The list takes a while to be read, and what has no codes to be named is shown without.
        if shared.session.account.value().is_some_and(|account| account.campus.major_codes.as_ref().is_some_and(|codes| !codes.is_empty()))
        {
            shared.majors.offer(built_in_majors, start.now);
        }
        let mut model = Self {
            shared,
            tab: Tab::Profile,
            overlays: Vec::new(),
            size: start.size,
            sign_in: None,
            screens: Screens::default(),
            mouse_on: false,
            pressed: None,
            leaving: false,
            home: start.place,
            entrance: start.entrance.clone(),
            address: start.address,
            switched: false,
            unkept: None,
        };
        if !start.settings.keys.is_empty() {
            model.shared.keymap = start.settings.keymap();
        }
        model.shared.settings = start.settings;
        model.resize(start.size);
        // What an earlier run knew can be edited before the first answer, and without any; so its drafts are kept from now on.
        if let Some(id) = model.shared.session.account.value().map(|account| account.id.clone()) {
            model.open_drafts(id);
        }
        if let Some(entrance) = start.entrance {
            model.shared.open(entrance);
        }
        model.read_all();
        model
    }

    /// What the model wants before anything has happened: the first reads. To be asked for once the first frame is drawn.
    pub fn take_first_effects(&mut self) -> Vec<Effect> {
        self.shared.majors.offer(built_in_majors, self.shared.now);
        self.shared.keep_turning();
        self.shared.take_effects()
    }

    pub(super) fn resize(&mut self, size: (u16, u16)) {
        self.size = size;
        self.shared.body = areas(size).body;
    }

    /// Reads the unsaved edits of an account and keeps them from now on; once for each account.
    pub(super) fn open_drafts(&mut self, id: Id) {
        if self.screens.drafts_of.as_ref() != Some(&id) {
            self.shared.ask(Effect::LoadDrafts(id.clone()));
            self.screens.drafts_of = Some(id);
        }
    }

    /// Starts the first reads, all at once, so that no tab is empty because nobody has looked at it yet.
    pub(super) fn read_all(&mut self) {
        for job in [Job::Me, Job::Schools, Job::Majors, Job::Interests] {
            self.shared.start(job);
        }
        self.screens.pins.read(&mut self.shared);
    }

    /// Goes on for another account, or on another server: nothing of the old one may be shown, saved or taken. Its drafts stay on disk.
    pub(super) fn begin_session(&mut self, place: ServerLabel) {
        self.shared.begin_session(place);
        self.screens = Screens::default();
        self.overlays.clear();
    }

    pub(super) fn ask_to_sign_in(&mut self) {
        self.overlays.clear();
        self.sign_in = Some(SignInScreen::new(&self.home, self.shared.session.account.value().is_some()));
    }

    /// The screen in front, without overlays.
    pub fn screen(&self) -> &dyn Screen {
        if let Some(sign_in) = &self.sign_in {
            return sign_in;
        }
        self.tab_screen(self.tab)
    }

    /// What has the keys: the top overlay, else the screen in front.
    pub fn front(&self) -> &dyn Screen {
        match self.overlays.last() {
            Some(overlay) => overlay,
            None => self.screen(),
        }
    }

    pub(super) fn tab_screen(&self, tab: Tab) -> &dyn Screen {
        match tab {
            Tab::Profile => &self.screens.profile,
            Tab::Edit => &self.screens.edit,
            Tab::Campus => &self.screens.campus,
            Tab::Pins => &self.screens.pins,
        }
    }

    pub(super) fn tab_screen_mut(&mut self, tab: Tab) -> (&mut dyn Screen, &mut Shared) {
        let screen: &mut dyn Screen = match tab {
            Tab::Profile => &mut self.screens.profile,
            Tab::Edit => &mut self.screens.edit,
            Tab::Campus => &mut self.screens.campus,
            Tab::Pins => &mut self.screens.pins,
        };
        (screen, &mut self.shared)
    }

    /// The screen that keeps drafts of this kind.
    pub(super) fn edits(&self, kind: DraftKind) -> &dyn Edits {
        match kind {
            DraftKind::Profile => &self.screens.edit,
            DraftKind::Campus => &self.screens.campus,
            DraftKind::Pins => &self.screens.pins,
        }
    }

    pub(super) fn edits_mut(&mut self, kind: DraftKind) -> (&mut dyn Edits, &mut Shared) {
        let edits: &mut dyn Edits = match kind {
            DraftKind::Profile => &mut self.screens.edit,
            DraftKind::Campus => &mut self.screens.campus,
            DraftKind::Pins => &mut self.screens.pins,
        };
        (edits, &mut self.shared)
    }

    /// The scopes of keys that count now, most particular first.
    pub fn scopes(&self) -> Vec<Scope> {
        let mut scopes = self.front().scopes(&self.shared);
        scopes.push(Scope::Always);
        // What the clash check of the settings promises holds for these only.
        debug_assert!(Scope::are_possible(&scopes), "{scopes:?} is in no row of TOGETHER");
        scopes
    }

    /// What holds now.
    pub fn facts(&self) -> Conditions {
        self.front().facts(self.common_facts(), &self.shared)
    }

    fn common_facts(&self) -> Conditions {
        Conditions::default()
            .with(Condition::SignedIn, self.shared.session.account.value().is_some())
            .with(Condition::Unsaved, self.shared.unsaved.count() > 0)
            .with(Condition::HandsFree, !self.screen().is_carrying())
            .with(Condition::NotDemo, !self.shared.session.server.sandbox)
            .with(Condition::EarlierEdits, self.sign_in.is_none() && !self.screens.earlier.is_empty())
            .with(Condition::SavedBefore, self.screens.before.is_some())
            .with(Condition::NotSaving, !self.shared.session.in_flight.is_writing())
            .with(Condition::School, self.shared.session.schools.value().is_some_and(|schools| !schools.is_empty()))
    }
}

/// Says what is wrong with the settings: the one thing, or how many there are.
fn complain(shared: &mut Shared, complaints: &[SafeText]) {
    if let [one] = complaints {
        shared.say(Level::Warning, one);
        return;
    }
    for complaint in complaints {
        shared.note(Level::Warning, complaint);
    }
    if !complaints.is_empty() {
        let text = format!("The settings have {} mistakes; the messages and `lapel config` say which", complaints.len());
        shared.say(Level::Warning, text);
    }
}

#[cfg(test)]
mod tests {
    use super::super::update;
    use super::*;
    use crate::base::{JobOutcome, Msg};
    use crate::domain::Account;

    /// Started with what an earlier run kept of account 7, its one pin included.
    fn started() -> Model {
        let mut earlier = Shared::new(Timestamp::UNIX_EPOCH, TimeZone::UTC, ServerLabel::default(), Theme::default());
        earlier.session.account.set(Account::new("7"), Timestamp::UNIX_EPOCH);
        earlier.session.pins.set(vec!["100".into()], Timestamp::UNIX_EPOCH);
        Model::new(Start {
            now: Timestamp::UNIX_EPOCH,
            zone: TimeZone::UTC,
            place: ServerLabel::default(),
            theme: Theme::default(),
            settings: Settings::default(),
            complaints: Vec::new(),
            entrance: None,
            cache: Some((cache::to_json(&earlier), Timestamp::UNIX_EPOCH)),
            address: None,
            size: (80, 24),
            pictures: None,
            links: false,
        })
    }

    #[test]
    fn what_an_earlier_run_knew_can_be_edited_and_kept_before_the_first_answer() {
        let mut model = started();
        assert_eq!(model.take_first_effects().first(), Some(&Effect::LoadDrafts("7".into())));
        model.open_drafts("7".into());
        assert_eq!(model.take_first_effects(), [], "once is enough");
    }

    #[test]
    fn whose_account_it_was_last_time_is_a_guess_that_the_first_answer_corrects() {
        let mut model = started();
        assert!(cache::worth_keeping(&model.shared).is_none(), "nothing is kept of a guess");
        let ticket = model.shared.session.in_flight.ticket_of(&Job::Me.subject()).unwrap();
        let effects = update(&mut model, Timestamp::UNIX_EPOCH, Msg::Done(ticket, Ok(JobOutcome::Account(Box::new(Account::new("8"))))));
        assert!(effects.contains(&Effect::LoadDrafts("8".into())), "{effects:?}");
        assert!(model.shared.session.is_account(&"8".into()) && model.shared.session.pins.value().is_none());
        assert_eq!(cache::worth_keeping(&model.shared).map(|(id, _)| id), Some("8".into()));
    }
}
