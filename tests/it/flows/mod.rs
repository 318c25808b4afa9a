//! Behaviour: keys in, screen and server state out. The whole program but the terminal, in process, over real HTTP.
//!
//! Nothing here sleeps: a test goes on when no ticket is open any more, which is when the editor waits for nothing.

pub(crate) mod accounts;
mod campus;
mod edit;
mod history;
mod palette;
#[cfg(feature = "pictures")]
mod pictures;
mod pins;
mod profile;
mod prose;
mod reads;
mod session;
mod settings;
mod sharing;
mod toasts;
mod unsaved;

use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use lapel::app::{Model, Start, cache, update, view};
use lapel::base::ServerLabel;
use lapel::base::clip::CopyResult;
use lapel::base::settings::read as read_settings;
use lapel::base::{Clip, Effect, Input, Level, Mouse, MouseKind, Msg, SignInReason, key};
use lapel::domain::{SafeText, Token};
use lapel::io::client::{Client, Server, Timeouts};
use lapel::io::clock::Clock;
use lapel::io::log::Masker;
use lapel::io::paths::Paths;
use lapel::io::token_store::{Env, TokenStore};
use lapel::runtime::disk::Disk;
use lapel::runtime::effects::{Doctor, EffectRunner, PanicFlush, StartState};
use lapel::sandbox::{Options, Sandbox};
use lapel::widgets::picture::{Colours, PictureMethod, Protocol};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use tokio::sync::mpsc;

use crate::day;

/// An answer that takes longer than this will not come; only failing tests wait so long.
const PATIENCE: Duration = Duration::from_secs(60);

/// The name, in files, of a server that is no demo.
pub(crate) const SERVER: &str = "test";

/// The editor on a sandbox.
pub(crate) struct TestApp {
    pub(crate) model: Box<Model>,
    effects: EffectRunner,
    msgs: mpsc::UnboundedReceiver<Msg>,
    sandbox: Sandbox,
    clock: Clock,
    /// What the terminal was asked to do.
    pub(crate) asked: Vec<Effect>,
    /// Texts whose arrival is still to be told.
    copied: Vec<Clip>,
    size: (u16, u16),
    home: Arc<tempfile::TempDir>,
}

impl TestApp {
    /// Signed in to the demo's world at 80x24, with the first reads done.
    pub(crate) async fn start() -> Self {
        Self::on(Options::default(), (80, 24)).await
    }

    /// Signed in to a sandbox of one's own, with the first reads done.
    pub(crate) async fn on(options: Options, size: (u16, u16)) -> Self {
        let sandbox = day::sandbox(options).await;
        let mut app = Self::before_reading(sandbox, size, true, Arc::new(tempfile::tempdir().unwrap()));
        app.settle().await;
        app
    }

    /// With nothing read yet; the first reads are under way.
    pub(crate) fn before_reading(sandbox: Sandbox, size: (u16, u16), signed_in: bool, home: Arc<tempfile::TempDir>) -> Self {
        Self::set_up("", sandbox, size, signed_in, home)
    }

    /// On a server that is no demo, with what is kept on this computer; nothing was looked for yet.
    pub(crate) fn at_home(sandbox: Sandbox, size: (u16, u16), entrance: SignInReason, home: Arc<tempfile::TempDir>) -> Self {
        let paths = Paths::under(home.path(), day::clock());
        let tokens = TokenStore::new(&paths, SERVER, Env::default()).without_keyring();
        let place = ServerLabel { label: SafeText::line(SERVER), sandbox: false };
        Self::begin("", (sandbox, place), size, Some(entrance), Disk::new(paths, SERVER, tokens), home)
    }

    /// Signed in to the demo's world at 80x24 with settings, written as in `config.toml`.
    pub(crate) async fn with_settings(config: &str) -> Self {
        let sandbox = day::sandbox(Options::default()).await;
        let mut app = Self::set_up(config, sandbox, (80, 24), true, Arc::new(tempfile::tempdir().unwrap()));
        app.settle().await;
        app
    }

    fn set_up(config: &str, sandbox: Sandbox, size: (u16, u16), signed_in: bool, home: Arc<tempfile::TempDir>) -> Self {
        let paths = Paths::under(home.path(), day::clock());
        let mut disk = Disk::new(paths.clone(), "sandbox", TokenStore::new(&paths, "sandbox", Env::default()));
        (disk.tokens, disk.cache) = (None, false);
        let place = ServerLabel { label: SafeText::line("sandbox"), sandbox: true };
        Self::begin(config, (sandbox, place), size, (!signed_in).then_some(SignInReason::First(None)), disk, home)
    }

    fn begin(
        config: &str,
        (sandbox, place): (Sandbox, ServerLabel),
        size: (u16, u16),
        entrance: Option<SignInReason>,
        mut disk: Disk,
        home: Arc<tempfile::TempDir>,
    ) -> Self {
        disk.flush_limit = PATIENCE;
        let reading = read_settings(config);
        let clock = day::clock();
        let token = Token::parse(sandbox.token()).ok().filter(|_| entrance.is_none());
        let masker = Masker::new();
        let (out, msgs) = mpsc::unbounded_channel();
        let patience = Timeouts {
            backoff: Duration::ZERO,
            connect: PATIENCE,
            call: PATIENCE,
            first_word: PATIENCE,
            most_per_second: usize::MAX,
            ..Timeouts::default()
        };
        let client = Client::with_patience(Server::parse(&sandbox.url()).unwrap(), token, patience);
        let here = StartState {
            client,
            place: place.clone(),
            disk: Some(disk),
            clock: clock.clone(),
            doctor: Doctor::new(|| "all is well".to_owned()),
        };
        let effects = EffectRunner::new(here, out, masker, PanicFlush::default());
        let model = Box::new(Model::new(Start {
            now: clock.now(),
            zone: clock.zone().clone(),
            place,
            theme: reading.settings.theme(),
            settings: reading.settings,
            complaints: reading.mistakes.iter().map(|mistake| SafeText::line(mistake.to_string())).collect(),
            entrance,
            cache: None,
            address: None,
            size,
            pictures: Some(PictureMethod { protocol: Protocol::Blocks, colours: Colours::True }),
            links: false,
        }));
        let mut app = Self { model, effects, msgs, sandbox, clock, asked: Vec::new(), copied: Vec::new(), size, home };
        let first = app.model.take_first_effects();
        app.carry_out(first);
        app
    }

    /// The same account in a new run: what was on disk is all that is left of this one.
    pub(crate) async fn restarted(self, reason: &str) -> Self {
        self.effects.flush(reason);
        let Self { sandbox, size, home, effects, .. } = self;
        drop(effects);
        let mut app = Self::before_reading(sandbox, size, true, home);
        app.settle().await;
        app
    }

    /// A new run on the same computer, on a server that is no demo.
    pub(crate) async fn restarted_at_home(self, entrance: SignInReason) -> Self {
        let Self { sandbox, size, home, effects, .. } = self;
        drop(effects);
        let mut app = Self::at_home(sandbox, size, entrance, home);
        app.settle().await;
        app
    }

    /// Presses keys, written as in the table of bindings and separated by spaces, and waits until all is quiet.
    pub(crate) async fn keys(&mut self, keys: &str) {
        for text in keys.split(' ') {
            self.press(text);
        }
        self.settle().await;
    }

    /// Goes to a field of the form in front.
    pub(crate) async fn field(&mut self, label: &str) {
        while !self.line("▸").contains(label) {
            self.keys("tab").await;
        }
    }

    /// Presses one key and waits for nothing.
    pub(crate) fn press(&mut self, text: &str) {
        self.send(Msg::Input(Input::Key(key::parse(text).unwrap())));
    }

    /// Types text, character by character.
    pub(crate) async fn types(&mut self, text: &str) {
        for c in text.chars() {
            let key = if c == ' ' { "space".to_owned() } else { c.to_string() };
            self.press(&key);
        }
        self.settle().await;
    }

    /// Pastes text.
    pub(crate) async fn paste(&mut self, text: &str) {
        self.send(Msg::Input(Input::Paste(text.to_owned())));
        self.settle().await;
    }

    /// Does something with the mouse at a place on the screen.
    pub(crate) async fn mouse(&mut self, kind: MouseKind, column: u16, row: u16) {
        let modifiers = crossterm::event::KeyModifiers::NONE;
        self.send(Msg::Input(Input::Mouse(Mouse { kind, column, row, modifiers })));
        self.settle().await;
    }

    /// Hands the editor a message.
    pub(crate) fn send(&mut self, msg: Msg) {
        let effects = update(&mut self.model, self.clock.now(), msg);
        self.carry_out(effects);
        // Who presses keys here reads everything first, however the clock of the tests stands.
        self.model.drawn(Timestamp::UNIX_EPOCH);
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            let shared = &self.model.shared;
            let asked = self.effects.carry_out(effect, || cache::worth_keeping(shared));
            if let Some(Effect::Copy(clip)) = &asked {
                self.copied.push(clip.clone());
            }
            self.asked.extend(asked);
        }
        while let Some(clip) = self.copied.pop() {
            self.send(Msg::Copied(clip, CopyResult { places: vec!["the clipboard"], terminal: false }));
        }
    }

    /// Takes answers until none is awaited.
    pub(crate) async fn settle(&mut self) {
        while !self.model.shared.session.is_idle() {
            self.next().await;
        }
        // What was sent before the last answer, such as a draft that was found, is in the queue already.
        while let Ok(msg) = self.msgs.try_recv() {
            self.send(msg);
        }
    }

    /// Takes messages until the screen shows what is awaited, for answers that no ticket stands for.
    pub(crate) async fn until(&mut self, shown: impl Fn(&str) -> bool) {
        while !shown(&self.screen()) {
            self.next().await;
        }
    }

    /// Takes one message.
    async fn next(&mut self) {
        let msg = tokio::time::timeout(PATIENCE, self.msgs.recv()).await;
        let open = || self.model.shared.session.in_flight.jobs().collect::<Vec<_>>();
        let Ok(Some(msg)) = msg else { panic!("no answer for {:?} on\n{}", open(), self.screen()) };
        self.send(msg);
    }

    /// Gives the screen another size; the editor is told by a message of its own.
    pub(crate) fn resize(&mut self, size: (u16, u16)) {
        self.size = size;
    }

    /// The texts that were copied.
    pub(crate) fn clips(&self) -> Vec<&str> {
        self.asked.iter().filter_map(|effect| if let Effect::Copy(clip) = effect { Some(clip.text.as_str()) } else { None }).collect()
    }

    /// The screen as it is drawn.
    pub(crate) fn frame(&self) -> Buffer {
        let area = Rect::new(0, 0, self.size.0, self.size.1);
        let mut buf = Buffer::empty(area);
        view(&self.model, area, &mut buf);
        buf
    }

    /// The screen as lines of text.
    pub(crate) fn screen(&self) -> String {
        text(&self.frame())
    }

    /// What the screen says, as one string wherever its lines wrap.
    pub(crate) fn prose(&self) -> String {
        prose::prose(&self.frame())
    }

    /// What the topmost dialog says, as one string wherever its lines wrap; empty where none is open.
    pub(crate) fn dialog(&self) -> String {
        prose::dialog(&self.frame()).unwrap_or_default()
    }

    /// Where the terminal's cursor is, if it is shown.
    pub(crate) fn cursor(&self) -> Option<Position> {
        let area = Rect::new(0, 0, self.size.0, self.size.1);
        view(&self.model, area, &mut Buffer::empty(area))
    }

    /// The line of the screen that contains `part`.
    pub(crate) fn line(&self, part: &str) -> String {
        let screen = self.screen();
        screen.lines().find(|line| line.contains(part)).unwrap_or_else(|| panic!("no {part:?} on\n{screen}")).trim().to_owned()
    }

    /// The row of the screen that contains `part`, from 0.
    pub(crate) fn row_of(&self, part: &str) -> u16 {
        let screen = self.screen();
        screen.lines().position(|line| line.contains(part)).unwrap_or_else(|| panic!("no {part:?} on\n{screen}")) as u16
    }

    pub(crate) fn server(&self) -> &Sandbox {
        &self.sandbox
    }

    /// Requests that change something, as `METHOD path`, in order.
    pub(crate) fn writes(&self) -> Vec<String> {
        let seen = self.sandbox.log().into_iter().filter(|seen| seen.method != "GET");
        seen.map(|seen| format!("{} {}", seen.method, seen.path)).collect()
    }

    /// The newest message, with its level.
    pub(crate) fn said(&self) -> (Level, String) {
        let newest = self.model.shared.session.messages.log().last();
        newest.map_or((Level::Info, String::new()), |message| (message.level, message.text.to_string()))
    }

    /// The folders of this run.
    pub(crate) fn paths(&self) -> Paths {
        Paths::under(self.home(), self.clock.clone())
    }

    /// Where the files of this run are.
    pub(crate) fn home(&self) -> &std::path::Path {
        self.home.path()
    }
}

/// A buffer as lines of text, without what is blank at the end.
pub(crate) fn text(buf: &Buffer) -> String {
    let lines = (0..buf.area.height).map(|y| row(buf, 0..buf.area.width, y).trim_end().to_owned());
    lines.collect::<Vec<_>>().join("\n")
}

/// Part of one row of a buffer; a wide character counts once.
fn row(buf: &Buffer, columns: Range<u16>, y: u16) -> String {
    let mut line = String::new();
    let mut x = columns.start;
    while x < columns.end {
        let symbol = buf[(x, y)].symbol();
        line.push_str(symbol);
        x += (lapel::widgets::text::width(symbol) as u16).max(1);
    }
    line
}
