//! The impure part of the editor: the loop, the terminal, the worker, signals.
//!
//! The loop waits for whatever comes first, hands it to the model, carries out what the model asks for, and draws once per batch.
//! It has no tick: while nothing happens, nothing wakes and nothing is written.

pub mod backend;
pub mod capabilities;
mod cell_style;
pub mod clipboard;
pub mod disk;
pub mod effects;
mod entrance;
pub mod events;
pub mod external;
pub mod input;
mod output;
pub mod panic;
pub mod prompt;
mod question;
pub mod signals;
pub mod terminal;
pub mod worker;
mod writer;

use std::sync::Arc;
use std::time::Duration;

use ratatui::layout::Size;
use tokio::sync::mpsc;

use self::clipboard::Clipboard;
use self::effects::{EffectRunner, PanicFlush, StartState};
use self::events::Events;
use self::input::{ESCAPE, ESCAPE_FAR};
use self::question::TerminalQuestion;
use self::signals::Signals;
use self::terminal::TerminalGuard;
use crate::app::{Model, Start, cache, update, view};
use crate::base::clip::CopyResult;
use crate::base::{Clip, DraftKind, Effect, Input, Msg, Signal};
use crate::domain::SafeText;
use crate::io::clock::Clock;
use crate::io::log::Masker;

/// Messages handled at most before a frame is drawn.
const BATCH: usize = 256;
/// How long another program may take to take a text.
const OFFER: Duration = Duration::from_secs(2);
/// How late a signal may be told that another program in the terminal has heard too.
const ECHO: Duration = Duration::from_millis(20);
/// The numbers of signals, which are the same everywhere.
const HANGUP: u8 = 1;
const INTERRUPT: u8 = 2;
const QUIT: u8 = 3;

/// What the editor runs on.
#[derive(Debug)]
pub struct Platform {
    /// Where it begins.
    pub home: StartState,
    /// What time it is.
    pub clock: Clock,
    /// Takes the token out of whatever leaves the program.
    pub masker: Masker,
    /// Whether the terminal is on another computer, whose keys may come in pieces.
    pub far: bool,
    /// How text gets to where the person pastes.
    pub clipboard: Clipboard,
    /// Whether the terminal is asked for kitty's codes for keys.
    pub kitty_keys: bool,
    /// Whether addresses are links, one of which a crash may leave open.
    pub links: bool,
    /// What the terminal is asked once it shows something; the answer comes when it comes.
    pub question: Option<&'static str>,
}

/// What the editor leaves behind.
#[derive(Debug)]
pub struct ExitState {
    /// The screens with unsaved edits, and how many.
    pub unsaved: Vec<(DraftKind, usize)>,
    /// Whether all of them are on disk, for the next start.
    pub kept: bool,
    /// Whether the terminal still takes what is said.
    pub heard: bool,
    /// Whether they end with the demo.
    pub demo: bool,
    /// The signal that ended the program, if one did.
    pub signal: Option<u8>,
}

/// Runs the editor until it is left or the terminal is gone.
///
/// # Errors
/// When there is no terminal to take, or hooks cannot be installed.
pub async fn edit(start: impl FnOnce(Size) -> Start, around: Platform) -> color_eyre::Result<ExitState> {
    let rescue = PanicFlush::default();
    let (saver, masker) = (Arc::clone(&rescue), around.masker.clone());
    panic::install_hooks(
        move || {
            // Not waited for: whoever holds it may be what panicked.
            let flusher = saver.try_lock().ok().and_then(|rescue| rescue.clone());
            if let Some(flusher) = flusher {
                flusher.flush("Lapel crashed");
            }
        },
        move |report| masker.mask(&report).into_owned(),
        around.links,
    )?;
    let (out, msgs) = mpsc::unbounded_channel();
    let effects = EffectRunner::new(around.home, out, around.masker.clone(), rescue);
    // Before the terminal is taken, so that no early resize or hang-up is missed.
    let (events, signals) = (Events::open(if around.far { ESCAPE_FAR } else { ESCAPE })?, Signals::listen()?);
    let screen = TerminalGuard::enter(around.kitty_keys, around.links)?;
    let model = Model::new(start(screen.size()));
    let (tell_copied, copied) = mpsc::unbounded_channel();
    let mut event_loop = EventLoop {
        model,
        effects,
        screen,
        events,
        signals,
        clipboard: around.clipboard,
        copied,
        tell_copied,
        to_edit: None,
        stale: false,
        question: TerminalQuestion::new(around.question),
        clock: around.clock,
        masker: around.masker,
    };
    let end = event_loop.run(msgs).await;
    if end == ExitReason::Left {
        event_loop.question.hear_out(&mut event_loop.events).await;
    }
    // Drafts first: giving the terminal back may fail, losing text may not.
    let kept = event_loop.effects.flush(end.reason());
    let heard = if end.signal().is_none() { event_loop.screen.leave_at_leisure() } else { event_loop.screen.leave() };
    // What is still said may be held up by the terminal; then any signal ends it.
    event_loop.signals.give_back();
    let shared = &event_loop.model.shared;
    Ok(ExitState { unsaved: shared.unsaved.kinds().collect(), kept, heard, demo: shared.session.server.sandbox, signal: end.signal() })
}

/// Why the editor ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ExitReason {
    /// The user left.
    Left,
    /// The terminal is gone.
    Lost,
    /// A signal of this number asked for it.
    Told(u8),
}

impl ExitReason {
    /// In the words of a draft.
    fn reason(self) -> &'static str {
        match self {
            Self::Left => "you left",
            Self::Lost => "connection lost",
            Self::Told(_) => "terminated",
        }
    }

    fn signal(self) -> Option<u8> {
        match self {
            Self::Left => None,
            Self::Lost => Some(HANGUP),
            Self::Told(number) => Some(number),
        }
    }
}

/// A text, and where it went.
type Copied = (Clip, CopyResult);

struct EventLoop {
    model: Model,
    effects: EffectRunner,
    screen: TerminalGuard,
    events: Events,
    signals: Signals,
    clipboard: Clipboard,
    /// Texts that were offered to other programs, and where they are now.
    copied: mpsc::UnboundedReceiver<Copied>,
    tell_copied: mpsc::UnboundedSender<Copied>,
    /// A text that waits for the terminal to be lent to `$EDITOR`.
    to_edit: Option<String>,
    /// The terminal had not taken the last frame when there was a newer one.
    stale: bool,
    question: TerminalQuestion,
    clock: Clock,
    masker: Masker,
}

impl EventLoop {
    /// Runs to the end.
    async fn run(&mut self, mut msgs: mpsc::UnboundedReceiver<Msg>) -> ExitReason {
        // Whoever starts a program looks at it; the service is far and does not mind a millisecond.
        self.draw();
        self.question.ask(&mut self.screen);
        let first = self.model.take_first_effects();
        if !self.carry_out(first) {
            return ExitReason::Left;
        }
        loop {
            self.draw();
            let mut batch = Vec::new();
            tokio::select! {
                biased;
                signal = self.signals.next() => batch.push(Msg::Signal(signal)),
                inputs = self.events.next() => match inputs {
                    Ok(inputs) => batch.extend(inputs.into_iter().map(Msg::Input)),
                    Err(_) => batch.push(Msg::Signal(Signal::Hangup)),
                },
                Some(msg) = msgs.recv() => batch.push(msg),
                Some((clip, arrived)) = self.copied.recv() => batch.push(self.sent(clip, arrived)),
                // What could not be drawn before.
                () = self.screen.ready(), if self.stale => {}
            }
            while let (true, Ok(msg)) = (batch.len() < BATCH, msgs.try_recv()) {
                batch.push(msg);
            }
            for msg in batch {
                let end = match msg {
                    // What is typed before the other editor has the terminal is meant for nobody here.
                    Msg::Input(_) if self.to_edit.is_some() => None,
                    msg => self.take(msg),
                };
                if let Some(end) = end {
                    return end;
                }
            }
            if let Some(text) = self.to_edit.take()
                && let Some(end) = self.lend(text).await
            {
                return end;
            }
            if self.screen.is_gone() {
                return ExitReason::Lost;
            }
        }
    }

    /// Hands a message to the model; says so if the editor is to end.
    fn take(&mut self, msg: Msg) -> Option<ExitReason> {
        let end = match &msg {
            Msg::Signal(Signal::Hangup) => ExitReason::Lost,
            Msg::Signal(Signal::End(number)) => ExitReason::Told(*number),
            Msg::Signal(Signal::Continue) => {
                self.screen.resume();
                self.resized();
                ExitReason::Left
            }
            Msg::Input(Input::Resize(columns, rows)) => {
                self.screen.resize(*columns, *rows);
                self.resized();
                return None;
            }
            // One that nobody asked for is another program's.
            Msg::Input(Input::Attributes { sixel }) => {
                if !self.question.take_answer() || !sixel {
                    return None;
                }
                return self.take(Msg::DrawsSixels(terminal::cell_size()));
            }
            _ => ExitReason::Left,
        };
        let effects = update(&mut self.model, self.clock.now(), msg);
        (!self.carry_out(effects)).then_some(end)
    }

    /// Lends the terminal to `$EDITOR`; says so if a signal ends it all meanwhile.
    ///
    /// Ctrl-C and Ctrl-\ are the editor's then, though the system tells everybody in the terminal; and so is Ctrl-Z.
    async fn lend(&mut self, text: String) -> Option<ExitReason> {
        self.effects.flush("the text was open in an editor");
        self.events.pause();
        self.screen.leave();
        let mut editing = tokio::task::spawn_blocking(move || external::edit(&text));
        let edited = loop {
            tokio::select! {
                biased;
                edited = &mut editing => break edited,
                signal = self.signals.next() => match signal {
                    Signal::Stop => self.signals.stop_alone(),
                    signal => if let Some(end) = from_outside(signal) {
                        return Some(end);
                    }
                },
            }
        };
        // What ended the editor may be told here a moment later.
        while let Ok(signal) = tokio::time::timeout(ECHO, self.signals.next()).await {
            if let Some(end) = from_outside(signal) {
                return Some(end);
            }
        }
        self.screen.resume();
        if self.events.resume_afresh().is_err() {
            return Some(ExitReason::Lost);
        }
        self.resized();
        let edited = edited.unwrap_or_else(|_| Err(SafeText::line("The editor could not be run; the text is as it was")));
        self.take(Msg::Edited(edited))
    }

    fn draw(&mut self) {
        self.stale = !self.screen.is_ready();
        if self.stale {
            return;
        }
        let model = &self.model;
        self.screen.draw(|frame| {
            let area = frame.area();
            if let Some(cursor) = view(model, area, frame.buffer_mut()) {
                frame.set_cursor_position(cursor);
            }
        });
        self.model.drawn(self.clock.now());
    }

    /// False when the editor is to end.
    fn carry_out(&mut self, effects: Vec<Effect>) -> bool {
        let mut stays = true;
        for effect in effects {
            let model = &self.model;
            match self.effects.carry_out(effect, || cache::worth_keeping(&model.shared)) {
                Some(Effect::Copy(clip)) => self.copy(Clip { text: self.masker.mask(&clip.text).into_owned(), ..clip }),
                Some(Effect::Mouse(on)) => self.screen.mouse(on),
                Some(Effect::Redraw) => {
                    let size = self.screen.size();
                    self.screen.resize(size.width, size.height);
                }
                Some(Effect::Suspend) => {
                    self.effects.flush("suspended");
                    self.screen.suspend(|| self.signals.stop());
                    self.resized();
                }
                Some(Effect::OpenEditor(text)) => self.to_edit = Some(text),
                // What comes after it still counts: a draft that is to be forgotten, for one.
                Some(Effect::Quit) => stays = false,
                Some(_) | None => {}
            }
        }
        stays
    }

    /// Offers a text to whatever program has a place for it; what came of it is told later. One that hangs is left behind.
    fn copy(&self, clip: Clip) {
        let (clipboard, text, copied) = (self.clipboard.clone(), clip.text.clone(), self.tell_copied.clone());
        tokio::spawn(async move {
            let offering = tokio::task::spawn_blocking(move || clipboard.offer(&text));
            let offered = tokio::time::timeout(OFFER, offering).await.ok().and_then(Result::ok).unwrap_or_default();
            let _ = copied.send((clip, offered.arrived));
            // Whoever was told of the file may still be reading it.
            tokio::time::sleep(OFFER).await;
            drop(offered.file);
        });
    }

    /// Asks the terminal to take a text that has come to no better place.
    fn sent(&mut self, clip: Clip, mut arrived: CopyResult) -> Msg {
        if let Some(sequence) = self.clipboard.sequence(&clip.text, &arrived) {
            self.screen.send(&sequence);
            arrived.terminal = true;
        }
        Msg::Copied(clip, arrived)
    }

    /// Tells the model the size that is drawn, which is not always the one the terminal claims.
    fn resized(&mut self) {
        let size = self.screen.size();
        for msg in [Msg::CellSize(terminal::cell_size()), Msg::Input(Input::Resize(size.width, size.height))] {
            let effects = update(&mut self.model, self.clock.now(), msg);
            self.carry_out(effects);
        }
    }
}

/// The end that a signal means while another program has the terminal; none where it is that program's.
fn from_outside(signal: Signal) -> Option<ExitReason> {
    match signal {
        Signal::Hangup => Some(ExitReason::Lost),
        Signal::End(INTERRUPT | QUIT) | Signal::Stop | Signal::Continue => None,
        Signal::End(number) => Some(ExitReason::Told(number)),
    }
}
