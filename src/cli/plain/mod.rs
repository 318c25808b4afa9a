//! Plain mode: everything the editor is for, as questions and answers, a line each, for people who hear or feel the screen and for
//! terminals that can do no more. No cursor movement, no boxes, no colour, no escape sequence.
//!
//! Holds no rule of its own: fields, review, saves and their reports are those of the commands; drafts those of the editor.

mod account;
mod ask;
mod drafts;
mod edits;
mod fields;
mod pictures;
mod pins;
mod sign_in;

use std::sync::Arc;
use std::time::Duration;

use self::edits::PlainEdits;
use super::args::{Args, ShowArgs};
use super::assign::Assignment;
use super::context::{Context, check_editor};
use super::exit::Failure;
use super::file::{self, ServerValues, WantedValues};
use super::pins::PinsContext;
use super::{campus, output, set, show};
use crate::base::{DraftBody, DraftKind};
use crate::domain::campus::{CAMPUS, CampusForm, Interest, Major};
use crate::domain::detail::TagNames;
use crate::domain::field::{PROFILE, keep_unread};
use crate::domain::pins::PinList;
use crate::domain::{Profile, RawText};
use crate::io::draft::{self, DraftKeeper, LoadedDrafts};
use crate::io::environment::Environment;
use crate::io::file::FileError;
use crate::io::paths::Identity;
use crate::runtime::capabilities::Capabilities;

/// The longest a busy disk is waited for. Nobody presses keys here meanwhile, and what was typed is worth a wait.
const DISK_LIMIT: Duration = Duration::from_secs(10);

/// Whether the editor is asked for in this way: by option, by `ACCESSIBLE`, or because there is a terminal and it can do no more.
pub fn is_wanted(args: &Args, has_terminal: bool) -> bool {
    let is_dumb = || has_terminal && Capabilities::from_env().term.as_deref() == Some("dumb");
    args.command.is_none() && (args.plain || Environment::PROCESS.is_accessible() || is_dumb())
}

/// Runs until the person leaves or there are no more answers.
///
/// # Errors
/// When nobody is signed in, the account cannot be read, or nothing can be printed.
pub async fn run(args: Args) -> Result<(), Failure> {
    check_editor(&args.global)?;
    if args.global.json {
        return Err(Failure::usage("--json is for commands; plain mode speaks in sentences"));
    }
    output::converse();
    let context = Context::new(args).await?;
    sign_in::ensure(&context).await?;
    let now = ServerValues::read(&context).await?;
    let name = now.profile.name.as_ref().map(RawText::line).unwrap_or_default();
    output::line(format!("Lapel for the account of {name}. Every question is answered with a line; an empty line goes back."))?;
    let identity = Identity::new(context.label.clone(), now.account.clone());
    // The demo keeps nothing.
    let keeper = context.sandbox.is_none().then(|| open_keeper(&context, identity.clone()));
    let mut plain = Plain { context: &context, now, edits: PlainEdits::default(), keeper, known: None };
    let found = if plain.keeper.is_some() { draft::load(&context.paths, &identity) } else { LoadedDrafts::default() };
    let known = if found.drafts.is_empty() { Arc::default() } else { plain.known().await };
    if let Some(keeper) = &plain.keeper {
        drafts::offer(&context, found, &plain.now, &known.names(), &mut plain.edits, keeper)?;
    }
    plain.keep_drafts();
    plain.talk().await
}

fn open_keeper(context: &Context, identity: Identity) -> DraftKeeper {
    let trouble = |error: &FileError| output::say(format!("Unsaved edits cannot be kept on disk: {error}."));
    let keeper = DraftKeeper::open(&context.paths, identity, DISK_LIMIT, trouble);
    if let Some(other) = keeper.locked_by() {
        output::say(format!("{other}."));
    }
    keeper
}

struct Plain<'a> {
    context: &'a Context,
    now: ServerValues,
    edits: PlainEdits,
    keeper: Option<DraftKeeper>,
    known: Option<Arc<KnownTags>>,
}

/// Names of what has a code.
#[derive(Default)]
struct KnownTags {
    majors: Vec<Major>,
    interests: Vec<Interest>,
}

impl KnownTags {
    fn names(&self) -> TagNames<'_> {
        TagNames { majors: &self.majors, interests: &self.interests }
    }
}

const MENU: &str = "1 profile, 2 edit, 3 campus, 4 pins, 5 share, 6 sms, 7 history, 8 save, 0 quit";

impl<'a> Plain<'a> {
    async fn talk(&mut self) -> Result<(), Failure> {
        loop {
            let unsaved = match self.edits.count(&self.now) {
                0 => String::new(),
                1 => " One change is not saved.".to_owned(),
                count => format!(" {count} changes are not saved."),
            };
            output::line(format!("{MENU}.{unsaved}"))?;
            let Some(answer) = ask::line("What next?")? else { return self.leave() };
            let done = match answer.trim().to_lowercase().as_str() {
                "" => Ok(()),
                "1" | "profile" => self.show().await,
                "2" | "edit" => Box::pin(self.edit_profile()).await,
                "3" | "campus" => Box::pin(self.edit_campus()).await,
                "4" | "pins" => Box::pin(self.edit_pins()).await,
                "5" | "share" => account::share(self.context).await,
                "6" | "sms" => account::sms(self.context).await,
                "7" | "history" => Box::pin(self.history()).await,
                "8" | "save" => Box::pin(self.save()).await,
                "0" | "quit" | "q" => {
                    if self.ask_to_leave().await? {
                        return Ok(());
                    }
                    Ok(())
                }
                _ => output::line("There is no such entry."),
            };
            self.keep_drafts();
            ask::told(done)?;
        }
    }

    async fn show(&self) -> Result<(), Failure> {
        show::run(self.context, &ShowArgs::default()).await?;
        let wanted = WantedValues { profile: self.edits.profile.clone(), campus: self.edits.campus.clone(), pins: None };
        let differences = self.now.differences(self.context, &wanted, None).await;
        differences.iter().try_for_each(|difference| output::line(format!("Not saved yet: {}", difference.text(false))))
    }

    async fn edit_profile(&mut self) -> Result<(), Failure> {
        let (context, known) = (self.context, self.known().await);
        let mut mine = self.edits.profile.clone().unwrap_or_else(|| self.now.profile.clone());
        let stage = async |mine: &mut Profile, (row, typed): Assignment<Profile>| {
            let text = pictures::addresses(context, row, mine, typed).await?;
            set::stage(context, mine, &[(row, text)]).await.map(drop)
        };
        let changed = |mine: &Profile| {
            self.edits.profile = Some(mine.clone());
            self.keep_drafts();
        };
        fields::edit(PROFILE, &mut mine, &known.names(), stage, changed).await
    }

    async fn edit_campus(&mut self) -> Result<(), Failure> {
        let context = self.context;
        if !campus::show(context).await? {
            return Ok(());
        }
        let known = self.known().await;
        let mut mine = self.edits.campus.clone().unwrap_or_else(|| self.now.campus.clone());
        let stage = async |mine: &mut CampusForm, wanted| campus::stage(context, mine, &[wanted]).await.map(drop);
        let changed = |mine: &CampusForm| {
            self.edits.campus = Some(mine.clone());
            self.keep_drafts();
        };
        fields::edit(CAMPUS, &mut mine, &known.names(), stage, changed).await
    }

    async fn edit_pins(&mut self) -> Result<(), Failure> {
        let Some(mut pins) = self.pins_now().await? else { return Ok(()) };
        let changed = |list: &PinList| {
            self.edits.pins = Some(list.clone()).filter(PinList::changed);
            self.keep_drafts();
        };
        pins::edit(&mut pins, changed).await
    }

    async fn history(&mut self) -> Result<(), Failure> {
        file::history(self.context).await?;
        let number = |typed: &str| typed.parse().map_err(|_| "That is no number.".to_owned());
        let Some(number) = ask::parsed("Which one is to come back? (its number)", number)? else { return Ok(()) };
        ask::told(file::restore(self.context, number).await)?;
        self.read_again().await
    }

    /// Reviews and saves everything; what was not saved stays.
    async fn save(&mut self) -> Result<(), Failure> {
        let pins = match &self.edits.pins {
            None => None,
            Some(_) => match self.pins_now().await? {
                None => return Ok(()),
                pins => pins.filter(|pins| pins.list.changed()),
            },
        };
        let (profile, campus) = (self.edits.profile.clone(), self.edits.campus.clone());
        let saved = ask::told(Box::pin(self.now.change(self.context, WantedValues { profile, campus, pins })).await)?;
        if saved.is_some() {
            // It was read back, and what no reading tells is known from here.
            let edits = std::mem::take(&mut self.edits);
            self.now.profile = edits.profile.unwrap_or_else(|| self.now.profile.clone());
            self.now.campus = edits.campus.unwrap_or_else(|| self.now.campus.clone());
        }
        self.read_again().await
    }

    /// Reads what the server has now, and puts what is unsaved on top.
    async fn read_again(&mut self) -> Result<(), Failure> {
        let known = if self.edits.count(&self.now) == 0 { Arc::default() } else { self.known().await };
        let mut now = ServerValues::read(self.context).await?;
        keep_unread(PROFILE, &mut now.profile, &self.now.profile);
        if self.edits.rebase(&self.now, &now, &known.names())? {
            self.now = now;
        }
        if self.edits.pins.is_some() {
            self.pins_now().await?;
        }
        Ok(())
    }

    /// The pins as the server has them now, with what is unsaved on top; none where the answers ended before that was settled.
    async fn pins_now(&mut self) -> Result<Option<PinsContext<'a>>, Failure> {
        let mut pins = PinsContext::read(self.context).await?;
        if let Some(mine) = &self.edits.pins {
            let Some(list) = pins::rebased(&mut pins, mine).await? else { return Ok(None) };
            pins.list = list;
            self.edits.pins = Some(pins.list.clone()).filter(PinList::changed);
        }
        Ok(Some(pins))
    }

    /// Names for codes and tags.
    async fn known(&mut self) -> Arc<KnownTags> {
        if let Some(known) = &self.known {
            return Arc::clone(known);
        }
        let (majors, interests) = file::known(self.context).await;
        let known = Arc::new(KnownTags { majors, interests });
        // Interests that could not be read are tried again.
        self.known = Some(Arc::clone(&known)).filter(|known| !known.interests.is_empty());
        known
    }

    /// Asks what becomes of unsaved changes; whether to leave.
    async fn ask_to_leave(&mut self) -> Result<bool, Failure> {
        if self.edits.count(&self.now) == 0 {
            return Ok(true);
        }
        let words: &[&'static str] =
            if self.keeper.is_some() { &["save", "keep", "discard", "back"] } else { &["save", "discard", "back"] };
        match ask::choice("Changes are not saved. What is to become of them?", words)? {
            Some("save") => {
                ask::told(Box::pin(self.save()).await)?;
                self.keep_drafts();
                Ok(self.edits.count(&self.now) == 0)
            }
            Some("discard") => {
                self.edits = PlainEdits::default();
                self.keep_drafts();
                Ok(true)
            }
            Some("back") => Ok(false),
            _ => self.leave().map(|()| true),
        }
    }

    /// There are no more answers, or the changes are for later.
    fn leave(&mut self) -> Result<(), Failure> {
        if self.edits.count(&self.now) == 0 {
            return Ok(());
        }
        output::line(match self.keep_drafts() {
            true => "What is not saved is kept; the next start offers it.",
            false if self.keeper.is_none() => "The demo is over, and with it what is not saved.",
            false => "What is not saved could not be kept on disk and is lost.",
        })
    }

    /// Puts what is unsaved on disk at once: whatever ends the program while it waits for an answer gives no notice. Whether it is there.
    fn keep_drafts(&self) -> bool {
        let Some(keeper) = &self.keeper else { return false };
        for (kind, body) in DraftKind::ALL.into_iter().zip(self.edits.drafts(&self.now)) {
            keeper.keep(kind, body.map(DraftBody::from));
        }
        keeper.flush("left in plain mode")
    }
}
