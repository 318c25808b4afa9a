//! Where things go: a key to its action, an action to the frame or the screen in front, and what a screen wants of the frame.
//!
//! These call each other, for an action may open what another action closes.

use strum::IntoEnumIterator;

use super::learned::Learned;
use super::model::Model;
use super::{accounts, actions, command, earlier, history, save, theme, unsaved};
use crate::base::keymap::KeymapEntry;
use crate::base::{Action, Condition, Effect, Key, KeyMeaning, Level, Scope, key};
use crate::domain::text::capitalised;
use crate::screens::overlay::Overlay;
use crate::screens::overlay::text::TextView;
use crate::screens::{Answer, Event, Nav, Screen, Tab, YesNoQuestion};

/// Does what a key means now.
pub(super) fn press(model: &mut Model, key: Key) {
    let scopes = model.scopes();
    match model.shared.keymap.meaning(&scopes, key) {
        KeyMeaning::Bound(binding) => run_if_possible(model, binding.action, binding.needs),
        KeyMeaning::Text(c) => send(model, Event::Type(c)),
        KeyMeaning::Nothing => say_what_would(model, &scopes, key),
    }
}

/// A key that means nothing is answered with some that do.
fn say_what_would(model: &mut Model, scopes: &[Scope], key: Key) {
    let facts = model.facts();
    let hints = model.shared.keymap.hints(scopes, &facts);
    let last = [Action::Quit, Action::Palette];
    let first = hints.iter().filter(|entry| !last.contains(&entry.binding.action)).take(2);
    let active: Vec<_> = model.shared.keymap.active(scopes).collect();
    let last = last.iter().filter_map(|action| active.iter().find(|entry| entry.binding.action == *action && !entry.keys.is_empty()));
    let words = |entry: &KeymapEntry| Some(format!("{} {}", entry.shown_key()?, model.front().hint(entry.binding, &model.shared)?));
    let named: Vec<String> = first.chain(last).filter_map(words).collect();
    model.shared.say(Level::Info, format!("{} does nothing here; {}", key::shown(key), named.join(", ")));
}

/// Does an action that no key asked for.
pub(super) fn attempt(model: &mut Model, action: Action) {
    let scopes = model.scopes();
    let binding = model.shared.keymap.active(&scopes).find(|entry| entry.binding.action == action).map(|entry| entry.binding);
    run_if_possible(model, action, binding.map(|binding| binding.needs).unwrap_or_default());
}

fn run_if_possible(model: &mut Model, action: Action, needs: &[Condition]) {
    match model.facts().missing(needs) {
        Some(fact) => say_missing(model, fact),
        None => run(model, action),
    }
}

fn say_missing(model: &mut Model, fact: Condition) {
    if let (Condition::Undoable, Some(nav)) = (fact, history::offer(model)) {
        return go(model, nav);
    }
    let reason = capitalised(&model.shared.keymap.reason(fact));
    model.shared.say(Level::Info, reason);
}

pub(super) fn run(model: &mut Model, action: Action) {
    let now = model.shared.now;
    match action {
        Action::Confirm if model.overlays.last_mut().is_some_and(|overlay| overlay.is_unread(now)) => {
            model.shared.say(Level::Info, "That was pressed before this could be read; press it again");
        }
        // What is carried is asked about; the way out from everywhere asks nothing.
        Action::Quit if model.screen().is_carrying() => send(model, Event::Action(action)),
        Action::Quit if model.shared.unsaved.count() > 0 && !model.shared.session.server.sandbox => quit(model, Effect::QuitIfKept),
        Action::Quit | Action::Interrupt => quit(model, Effect::Quit),
        Action::Suspend if model.shared.session.in_flight.is_writing() => {
            model.shared.say(Level::Info, "A save is under way; suspend when it has finished");
        }
        Action::Suspend => model.shared.ask(Effect::Suspend),
        Action::Redraw => model.shared.ask(Effect::Redraw),
        Action::Palette => {
            if matches!(model.overlays.last(), Some(Overlay::Palette(_))) {
                model.overlays.pop();
            } else {
                let rows = actions::rows(model);
                model.overlays.push(Overlay::palette(rows, &model.shared));
            }
        }
        Action::History => history::open(model),
        Action::PutBack => {
            if let Some(nav) = history::offer(model) {
                go(model, nav);
            }
        }
        Action::EarlierEdits => {
            if let Some(nav) = earlier::open(model) {
                go(model, nav);
            }
        }
        Action::AsCommand => {
            let text = command::lines(model);
            model.overlays.push(Overlay::Text(TextView::new("The same on the command line", text)));
        }
        Action::Messages => model.overlays.push(Overlay::messages()),
        Action::Theme => theme::open(model),
        Action::Doctor => {
            model.shared.ask(Effect::Doctor);
            model.shared.say(Level::Info, "Checking; the report opens when it is ready");
        }
        Action::SignOut => {
            let nav = accounts::ask_to_sign_out(model);
            go(model, nav);
        }
        Action::Mouse => {
            model.shared.mouse = !model.shared.mouse;
            let text = if model.shared.mouse { "The mouse is on" } else { "The mouse is off: your terminal selects text again" };
            model.shared.say(Level::Info, text);
        }
        Action::SignIn => model.ask_to_sign_in(),
        Action::SwitchAccount => model.shared.ask(Effect::ListAccounts),
        Action::Refresh if model.sign_in.is_some() => accounts::look_again(model),
        Action::Refresh => {
            let news = Learned::begin(&model.shared.session);
            model.screens.news.get_or_insert(news);
            model.read_all();
            send(model, Event::Action(Action::Refresh));
        }
        Action::Save => save::save(model).into_iter().for_each(|nav| go(model, nav)),
        other => match Tab::iter().find(|tab| tab.action() == other) {
            Some(tab) => show(model, tab),
            None => send(model, Event::Action(other)),
        },
    }
}

/// Leaves; a write under way is waited for, unless asked twice.
fn quit(model: &mut Model, how: Effect) {
    if model.shared.session.in_flight.is_writing() && !model.leaving {
        model.leaving = true;
        model.shared.say(Level::Warning, "Leaving as soon as the save has finished; again to leave now");
    } else {
        leave(model, how);
    }
}

/// Ends; what a screen was in the middle of is settled, so that it is kept with the drafts.
pub(super) fn leave(model: &mut Model, how: Effect) {
    let (screen, shared) = model.tab_screen_mut(model.tab);
    screen.on(Event::Hidden, shared);
    unsaved::keep(model);
    model.shared.ask(how);
}

/// What is unsaved could not be put on disk: asks before it is lost.
pub(super) fn on_not_kept(model: &mut Model) {
    send(model, Event::Shown);
    let parts: Vec<String> = model.shared.unsaved.kinds().map(|(kind, count)| format!("{} ({count})", kind.name())).collect();
    let messages = model.shared.key(Scope::Always, Action::Messages);
    let lines = [
        format!("Unsaved edits cannot be kept on disk: {}.", parts.join(", ")),
        format!("Save it first, or it is lost. {messages} shows what went wrong with the disk."),
    ];
    go(model, Overlay::ask("Quit and lose what is unsaved?", &[&lines[0], &lines[1]], "quit anyway", YesNoQuestion::QuitUnkept));
}

pub(super) fn show(model: &mut Model, tab: Tab) {
    if model.sign_in.is_some() {
        return;
    }
    model.overlays.clear();
    if model.tab != tab {
        // They were about what was on screen.
        model.screens.waiting.clear();
        send(model, Event::Hidden);
        model.tab = tab;
    }
    send(model, Event::Shown);
}

/// Hands an event to what is on top.
pub(super) fn send(model: &mut Model, event: Event) {
    let nav = if let Some(overlay) = model.overlays.last_mut() {
        overlay.on(event, &mut model.shared)
    } else if let Some(sign_in) = &mut model.sign_in {
        sign_in.on(event, &mut model.shared)
    } else {
        let (screen, shared) = model.tab_screen_mut(model.tab);
        screen.on(event, shared)
    };
    if let Some(nav) = nav {
        go(model, nav);
    }
}

pub(super) fn go(model: &mut Model, nav: Nav) {
    match nav {
        Nav::Open(overlay) => match overlay.settled_by(&model.shared.settings) {
            Some(answer) => answered(model, answer),
            None => model.overlays.push(*overlay),
        },
        Nav::Close(answer) => {
            model.overlays.pop();
            if let Some(answer) = answer {
                answered(model, answer);
            }
        }
        Nav::Run(action) => {
            model.overlays.pop();
            attempt(model, action);
        }
        Nav::Show(tab) => show(model, tab),
        Nav::EditField(tab, field) => {
            show(model, tab);
            send(model, Event::EditField(field));
        }
        Nav::Review => save::review(model).into_iter().for_each(|nav| go(model, nav)),
        Nav::Stage(states, refusal) => {
            if let Some(tab) = history::stage(model, &states, refusal) {
                show(model, tab);
            }
        }
        Nav::Back if model.sign_in.is_some() => model.sign_in = None,
        Nav::Back if model.shared.give_up_reads() => {
            let again = model.shared.key(Scope::Browse, Action::Refresh);
            model.shared.say(Level::Info, format!("Reading stopped; what was known stays, and {again} reads again"));
        }
        Nav::Back => {
            let quit = model.shared.key(Scope::Screen, Action::Quit);
            model.shared.say(Level::Info, format!("Nothing to go back to; {quit} quits"));
        }
    }
}

/// Does what no key asked for: a dialog does not open over another, whose keys would answer it.
pub(super) fn offer(model: &mut Model, nav: Nav) {
    let nav = if let Nav::Review = nav { save::review(model) } else { Some(nav) };
    match nav {
        Some(Nav::Open(overlay)) if !model.overlays.is_empty() || model.sign_in.is_some() => model.screens.waiting.push(*overlay),
        Some(nav) => go(model, nav),
        None => {}
    }
}

/// Opens what waited for the dialog before it to be closed.
pub(super) fn open_waiting(model: &mut Model) {
    if model.overlays.is_empty() && model.sign_in.is_none() && !model.screens.waiting.is_empty() {
        match model.screens.waiting.remove(0) {
            // What it showed may have been saved or discarded meanwhile.
            Overlay::Review(_) => go(model, Nav::Review),
            overlay => go(model, Nav::Open(Box::new(overlay))),
        }
    }
}

/// Hands an answer to who asked.
fn answered(model: &mut Model, answer: Answer) {
    let nav = match answer {
        Answer::Send | Answer::Resolve { .. } => save::answered(model, &answer),
        Answer::Yes(YesNoQuestion::PutBack) => history::put_back(model),
        Answer::Yes(YesNoQuestion::RestoreDraft) => earlier::restore(model),
        Answer::No(YesNoQuestion::RestoreDraft) => earlier::ask_to_forget(model),
        Answer::Yes(YesNoQuestion::ForgetDraft) => {
            earlier::forget(model);
            None
        }
        answer @ Answer::SendPins { .. } => {
            let (pins, shared) = model.tab_screen_mut(Tab::Pins);
            pins.on(Event::Answer(answer), shared)
        }
        Answer::Yes(YesNoQuestion::QuitUnkept) => {
            leave(model, Effect::Quit);
            None
        }
        Answer::Picked { what: theme::THEME, ids, .. } => {
            theme::take(&mut model.shared, &ids);
            None
        }
        answer if accounts::answered(model, &answer) => None,
        answer => return send(model, Event::Answer(answer)),
    };
    if let Some(nav) = nav {
        go(model, nav);
    }
}
