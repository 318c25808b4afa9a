//! The impure part of the editor: the loop, the terminal, the worker, signals.
//!
//! The loop waits for whatever comes first, hands it to the model, carries out what the model asks for, and draws once per batch.
//! It has no tick: while nothing happens, nothing wakes and nothing is written.

pub mod backend;
pub mod capabilities;
pub mod disk;
mod entrance;
pub mod events;
pub mod external;
pub mod input;
pub mod outside;
pub mod panic;
mod pen;
pub mod signals;
pub mod terminal;
pub mod worker;

use std::sync::Arc;

use ratatui::layout::Size;
use tokio::sync::mpsc;

use self::events::Events;
use self::input::{ESCAPE, ESCAPE_FAR};
use self::outside::{Home, Outside, Rescue};
use self::signals::Signals;
use self::terminal::Screen;
use crate::app::{Model, Start, cache, update, view};
use crate::base::{DraftKind, Effect, Input, Msg, Signal};
use crate::io::clock::Clock;
use crate::io::log::Masker;

/// Messages handled at most before a frame is drawn.
const BATCH: usize = 256;

/// What the editor runs on.
#[derive(Debug)]
pub struct Surroundings {
    /// Where it begins.
    pub home: Home,
    /// What time it is.
    pub clock: Clock,
    /// Takes the token out of whatever leaves the program.
    pub masker: Masker,
    /// Whether the terminal is on another computer, whose keys may come in pieces.
    pub far: bool,
}

/// What the editor leaves behind.
#[derive(Debug)]
pub struct Left {
    /// The screens with unsaved edits, and how many.
    pub unsaved: Vec<(DraftKind, usize)>,
    /// Whether all of them are on disk, for the next start.
    pub kept: bool,
    /// Whether they end with the demo.
    pub demo: bool,
}

/// Runs the editor until it is left or the terminal is gone.
///
/// # Errors
/// When there is no terminal to take, or hooks cannot be installed.
pub async fn edit(start: impl FnOnce(Size) -> Start, around: Surroundings) -> color_eyre::Result<Left> {
    let rescue = Rescue::default();
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
    )?;
    let (out, msgs) = mpsc::unbounded_channel();
    let outside = Outside::new(around.home, out, around.masker.clone(), rescue);
    // Before the terminal is taken, so that no early resize or hang-up is missed.
    let (events, signals) = (Events::open(if around.far { ESCAPE_FAR } else { ESCAPE })?, Signals::listen()?);
    let screen = Screen::enter()?;
    let model = Model::new(start(screen.size()));
    let mut editor = Editor { model, outside, screen, events, clock: around.clock, masker: around.masker };
    let reason = editor.run(msgs, signals).await;
    // Drafts first: giving the terminal back may fail, losing text may not.
    let kept = editor.outside.flush(reason);
    editor.screen.leave();
    let shared = &editor.model.shared;
    Ok(Left { unsaved: shared.unsaved.kinds().collect(), kept, demo: shared.session.place.sandbox })
}

struct Editor {
    model: Model,
    outside: Outside,
    screen: Screen,
    events: Events,
    clock: Clock,
    masker: Masker,
}

impl Editor {
    /// Runs to the end, and says why it ended in the words of a draft.
    async fn run(&mut self, mut msgs: mpsc::UnboundedReceiver<Msg>, mut signals: Signals) -> &'static str {
        let first = self.model.take_first_effects();
        if !self.carry_out(first) {
            return "you left";
        }
        loop {
            self.draw();
            let mut batch = Vec::new();
            tokio::select! {
                biased;
                signal = signals.next() => batch.push(Msg::Signal(signal)),
                inputs = self.events.next() => match inputs {
                    Ok(inputs) => batch.extend(inputs.into_iter().map(Msg::Input)),
                    Err(_) => batch.push(Msg::Signal(Signal::Hangup)),
                },
                Some(msg) = msgs.recv() => batch.push(msg),
            }
            while let (true, Ok(msg)) = (batch.len() < BATCH, msgs.try_recv()) {
                batch.push(msg);
            }
            for msg in batch {
                if let Msg::Signal(signal @ (Signal::Hangup | Signal::Terminate | Signal::Interrupt)) = msg {
                    return if signal == Signal::Hangup { "connection lost" } else { "terminated" };
                }
                if msg == Msg::Signal(Signal::Continue) {
                    self.screen.resume();
                    self.resized();
                }
                if let Msg::Input(Input::Resize(columns, rows)) = msg {
                    self.screen.resize(columns, rows);
                    self.resized();
                    continue;
                }
                let effects = update(&mut self.model, self.clock.now(), msg);
                if !self.carry_out(effects) {
                    return "you left";
                }
            }
            if self.screen.is_gone() {
                return "connection lost";
            }
        }
    }

    fn draw(&mut self) {
        let model = &self.model;
        self.screen.draw(|frame| {
            let area = frame.area();
            if let Some(cursor) = view(model, area, frame.buffer_mut()) {
                frame.set_cursor_position(cursor);
            }
        });
    }

    /// False when the editor is to end.
    fn carry_out(&mut self, effects: Vec<Effect>) -> bool {
        let mut stays = true;
        for effect in effects {
            let model = &self.model;
            match self.outside.carry_out(effect, || cache::worth_keeping(&model.shared)) {
                Some(Effect::Copy(text)) => {
                    let text = self.masker.mask(&text).into_owned();
                    self.screen.copy(&text);
                }
                Some(Effect::Mouse(on)) => self.screen.mouse(on),
                Some(Effect::Redraw) => {
                    let size = self.screen.size();
                    self.screen.resize(size.width, size.height);
                }
                Some(Effect::Suspend) => {
                    self.outside.flush("suspended");
                    self.screen.suspend();
                    self.resized();
                }
                Some(Effect::OpenEditor(text)) => {
                    let edited = self.screen.run_outside(&mut self.events, || external::edit(&text));
                    self.resized();
                    let effects = update(&mut self.model, self.clock.now(), Msg::Edited(edited));
                    stays &= self.carry_out(effects);
                }
                // What comes after it still counts: a draft that is to be forgotten, for one.
                Some(Effect::Quit) => stays = false,
                Some(_) | None => {}
            }
        }
        stays
    }

    /// Tells the model the size that is drawn, which is not always the one the terminal claims.
    fn resized(&mut self) {
        let size = self.screen.size();
        let effects = update(&mut self.model, self.clock.now(), Msg::Input(Input::Resize(size.width, size.height)));
        self.carry_out(effects);
    }
}
