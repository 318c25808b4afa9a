//! What each message does: the order of the rules that hold across screens. A screen's own rules are the screen's.

use std::time::Duration;

use jiff::Timestamp;

use super::model::Model;
use super::route::{leave, offer, on_not_kept, open_waiting, press, send};
use super::{accounts, done, earlier, mouse, unsaved};
use crate::base::{Effect, Input, Level, MouseKind, Msg, Scope, Signal, Timer, ToastTopic};
use crate::screens::overlay::Overlay;
use crate::screens::overlay::text::TextView;
use crate::screens::{Event, Nav};

/// Takes a message, changes the model, and says what is to be done outside.
pub fn update(model: &mut Model, now: Timestamp, msg: Msg) -> Vec<Effect> {
    model.shared.now = now;
    match msg {
        Msg::Input(input) => on_input(model, input),
        Msg::CellSize(cell) => model.shared.picture_method = model.shared.picture_method.map(|method| method.with_cell(cell)),
        Msg::DrawsSixels(cell) => {
            model.shared.picture_method = model.shared.picture_method.map(|method| method.in_sixels(cell));
        }
        Msg::Done(ticket, result) => done::on_done(model, ticket, result),
        Msg::Progress(ticket, progress) => model.shared.progress(ticket, &progress),
        Msg::Timer(timer) => on_timer(model, timer),
        Msg::Signal(Signal::Hangup | Signal::End(_)) => leave(model, Effect::Quit),
        Msg::Signal(Signal::Stop) => model.shared.ask(Effect::Suspend),
        Msg::Signal(Signal::Continue) => model.shared.ask(Effect::Redraw),
        Msg::Opened(entrance, result) => {
            if accounts::on_opened(model, &entrance, result.map(|opened| opened.map(|opened| *opened))) {
                send(model, Event::Shown);
            }
        }
        Msg::Accounts(accounts) => accounts::on_accounts(model, accounts),
        Msg::SignedOut(result) => accounts::on_signed_out(model, result),
        Msg::Doctor(report) => offer(model, Nav::Open(Box::new(Overlay::Text(TextView::new("Doctor", report))))),
        Msg::NotKept => on_not_kept(model),
        Msg::TokenStored(stored) => accounts::on_stored(model, stored),
        Msg::DraftsFound(account, drafts) if model.screens.drafts_of.as_ref() == Some(&account) => earlier::found(model, drafts),
        Msg::DraftsFound(..) => {}
        Msg::Interrupted(ticket, _) if model.shared.session.in_flight.job(ticket).is_none() => {}
        Msg::DiskTrouble(text) | Msg::Interrupted(_, text) => model.shared.say(Level::Warning, text),
        Msg::Copied(clip, arrived) => model.shared.say(Level::Done, clip.sentence(&arrived)),
        Msg::Paths { typed, paths } => send(model, Event::Paths(typed, paths)),
        Msg::Edited(Ok(text)) => send(model, Event::Edited(text)),
        Msg::Edited(Err(why)) => model.shared.say(Level::Error, why),
    }
    open_waiting(model);
    unsaved::tell(model);
    unsaved::keep(model);
    mouse::switch(model);
    model.shared.keep_turning();
    model.shared.take_effects()
}

fn on_input(model: &mut Model, input: Input) {
    if is_pressed(&input) {
        model.shared.session.messages.over(&ToastTopic::ThisKey);
    }
    match input {
        Input::Key(key) => press(model, key),
        Input::Paste(_) if !Scope::take_text(&model.scopes()) => model.shared.say(Level::Info, "Nothing here takes text"),
        Input::Paste(text) => send(model, Event::Paste(text)),
        Input::Mouse(mouse) => mouse::on_mouse(model, mouse),
        Input::Resize(columns, rows) => {
            model.resize((columns, rows));
            send(model, Event::Resized);
        }
        Input::Attributes { .. } => {}
        Input::LeftOut(_) if !Scope::take_text(&model.scopes()) => {}
        Input::LeftOut(count) => {
            model.shared.say(Level::Warning, format!("The paste was cut: {count} characters past 64 KiB were left out"));
        }
    }
}

/// Whether it is something a person does on purpose, and not a pointer passing by.
fn is_pressed(input: &Input) -> bool {
    match input {
        Input::Key(_) | Input::Paste(_) => true,
        Input::Mouse(mouse) => matches!(mouse.kind, MouseKind::Press | MouseKind::RightPress),
        Input::Resize(..) | Input::LeftOut(_) | Input::Attributes { .. } => false,
    }
}

fn on_timer(model: &mut Model, timer: Timer) {
    match timer {
        Timer::Toast(toast) => model.shared.session.messages.expire(toast),
        Timer::Waiting => {
            if model.shared.session.wait(model.shared.now).is_some() {
                model.shared.ask(Effect::After(Duration::from_secs(1), Timer::Waiting));
            } else {
                model.shared.session.waits.clear();
            }
        }
        Timer::Turn => model.shared.turn(),
        Timer::Edge(_) | Timer::Minute => send(model, Event::Timer(timer)),
    }
}
