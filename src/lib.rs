//! Lapel: a keyboard-driven terminal editor for a GroupMe account. This page is the map of the house.
//!
//! # How it works
//!
//! Everything that happens (keys, answers, timers, signals) is a [`base::Msg`] in one ordered queue. [`app::update`] takes a message,
//! changes the [`app::Model`] and answers with [`base::Effect`]s: plain data. [`runtime`] carries them out and draws [`app::view`] once
//! per batch. A worker in the background runs [`jobs`] (conversations with the service, each with one outcome) and sends what came of
//! them back as messages. `update` and `view` never wait, read no clock and touch nothing outside, so every order of events is a test.
//!
//! The one-shot commands in [`cli`] run the same jobs over the same client.
//!
//! # Who may import whom
//!
//! Lower floors know nothing of higher ones, and a screen nothing of another screen. `tests/it/layers.rs` holds the code to this.
//!
//! ```text
//!  6 main, start   parse, hooks, dispatch, exit code
//!  5 cli           one-shot commands over domain, api, jobs, io; in `plain` the editor as questions and answers on top of them
//!    runtime       the impure part of the editor: loop, terminal, worker, signals
//!    jobs          how each conversation with the service goes, call by call
//!    io            network, disk and time: HTTP client, token store, drafts, cache, history, the one clock
//!    sandbox       the fake service over real HTTP; imports nothing of ours, so that no wrong wire name passes both ends
//!  4 app           the model, update (routes only), view (the frame)
//!  3 screens       one place a screen: its state, what it makes of events, how it is drawn; overlays
//!  2 base          the shared vocabulary: Msg, Effect, Job, Ticket, Remote, the table of keys, what all screens see
//!  1 api           typed calls: requests as data, tolerant decoding; pure
//!    widgets       editor, picker, reorderable list, QR, theme: know no GroupMe and no keys
//!  0 domain        pure data and rules: account, campus, pins, field tables, three-way merge, text from outside
//! ```
//!
//! Floors 0 to 4 contain no I/O, no clock, no environment, no waiting.
//!
//! # One key, hop by hop
//!
//! `J` on the pins, which moves a pin down:
//!
//! 1. `runtime::events` reads bytes; `runtime::input::Decoder` makes one [`base::Input::Key`] of them, or swallows what is no key.
//! 2. `app::route` asks [`base::Keymap`] what the key means in the scopes of the screen in front: here `Action::MoveDown`.
//! 3. The action's conditions hold, so the pins screen gets it as [`screens::Event::Action`]. It has
//!    [`widgets::reorder::Reorder`], which knows the cursor and what is selected, move that block of its one list: the list notes a
//!    `domain::pins::PinOp`, which a save replays on whatever list the server has by then.
//! 4. `app::update` adds up what is unsaved and asks for [`base::Effect::KeepDraft`]; `io::draft` writes it within a second.
//! 5. The batch ends: [`app::view`] draws into cells, `runtime::backend` sends what the terminal does not show yet, in one write.
//!
//! # One save, hop by hop
//!
//! Ctrl-S, from any tab:
//!
//! 1. `app::save` asks each screen for its section ([`screens::Edits`]) and opens the review; Enter there sends.
//! 2. Each screen starts its job with `Shared::start`, the one way to do so: a ticket is opened, [`base::Effect::Start`] goes out.
//! 3. `runtime::effects` hands it to the worker: writes one after another, reads side by side.
//! 4. `jobs::profile::save` reads the account, merges (`domain::merge`: base, mine, theirs), plans calls from the field table
//!    (`FieldRoute`), sends each once, reads back, and reports field by field.
//! 5. The answer is [`base::Msg::Done`]. `app::done` closes the ticket (a closed one dies here), learns what was told, and gives the
//!    report to the one screen that asked, which keeps what was not saved.
//!
//! `lapel set` walks the same road from step 4: `cli::set` makes the same job and prints the same report.
//!
//! # Words
//!
//! - **account**: everything `users/me` tells; **profile**: the part of it that the form edits; **campus**: majors, graduation year and
//!   visibility in the school's directory.
//! - **conversation**: a group, topic or direct exchange; **pin**: its place in the ordered list of pinned conversations.
//! - **call**: one request to the service; **job**: one or several calls with one outcome; **ticket**: names one run of a job.
//! - **field**: a row of a form's table; **base**: the value editing started from; **save status**: what became of a field in a save.
//! - **draft**: unsaved edits, in memory and on disk.
//! - **safe text**: text that went through the sanitiser and may be printed; **raw text**: as it came.
//!
//! # As a library
//!
//! The client is a layer of its own, for any Rust program on Tokio; `default-features = false` leaves out pictures and keyring. Its
//! surface, which changes only with a note in the changelog:
//!
//! - what can be asked and what comes back, as pure values: [`api::Call`], [`api::Reply`], [`api::Page`], [`api::Notice`]; each reply
//!   turns into what it holds by `try_into`;
//! - what can go wrong, as meanings: [`api::ApiError`], with a headline and a hint for people;
//! - the data: [`domain::Account`], [`domain::Profile`], [`domain::Campus`], [`domain::conversation`], [`domain::Id`];
//! - text of other people: [`domain::RawText`] as it came, [`domain::SafeText`] as it may be printed on a terminal;
//! - who is asked, and how long is waited: [`io::client::Client`], [`io::client::Server`], [`io::client::Timeouts`], [`domain::Token`];
//! - a server to try it on: [`sandbox::Sandbox`] with its [`sandbox::Options`], [`sandbox::World`] and [`sandbox::ScriptedFault`]s.
//!
//! Everything else is the editor's own. `cargo run --example client` runs this program, and so do the tests:
//!
#![doc = concat!("```rust\n", include_str!("../examples/client.rs"), "```")]

pub mod api;
pub mod app;
pub mod base;
pub mod cli;
pub mod domain;
pub mod io;
pub mod jobs;
pub mod runtime;
pub mod sandbox;
pub mod screens;
pub mod start;
pub mod widgets;
