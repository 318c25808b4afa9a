//! What each message does: the order of the rules that hold across screens. A screen's own rules are the screen's.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use ratatui::layout::Position;

use super::accounts;
use super::frame::{areas, tab_at};
use super::model::Model;
use super::news::News;
use super::{actions, before, command, footer, history, save, unsaved};
use crate::api::ApiError;
use crate::base::job::{SIGN_IN, SaveReport};
use crate::base::{
    About, Action, Draft, Effect, Fact, Input, Job, Key, Level, Meaning, Mouse, MouseKind, Msg, Outcome, Scope, Signal, Ticket, Timer, key,
};
use crate::domain::text::capitalised;
use crate::screens::overlay::Overlay;
use crate::screens::overlay::text::TextView;
use crate::screens::{Answer, Ask, Event, Nav, Screen, Tab};

/// The two presses of a double click come within this time.
const DOUBLE_CLICK: SignedDuration = SignedDuration::from_millis(400);

/// Takes a message, changes the model, and says what is to be done outside.
pub fn update(model: &mut Model, now: Timestamp, msg: Msg) -> Vec<Effect> {
    model.shared.now = now;
    match msg {
        Msg::Input(input) => on_input(model, input),
        Msg::Done(ticket, result) => on_done(model, ticket, result),
        Msg::Progress(ticket, progress) => model.shared.progress(ticket, &progress),
        Msg::Timer(timer) => on_timer(model, timer),
        Msg::Signal(Signal::Hangup | Signal::Terminate | Signal::Interrupt) => leave(model),
        Msg::Signal(Signal::Continue) => model.shared.ask(Effect::Redraw),
        Msg::Opened(entrance, result) => {
            if accounts::on_opened(model, &entrance, result.map(|opened| opened.map(|opened| *opened))) {
                send(model, Event::Shown);
            }
        }
        Msg::Accounts(accounts) => accounts::on_accounts(model, accounts),
        Msg::TokenStored(stored) => accounts::on_stored(model, stored),
        Msg::DraftFound(account, draft) if model.screens.drafts_of.as_ref() == Some(&account) => on_draft(model, draft),
        Msg::DraftFound(..) => {}
        Msg::Interrupted(ticket, _) if model.shared.session.desk.job(ticket).is_none() => {}
        Msg::DiskTrouble(text) | Msg::Interrupted(_, text) => model.shared.say(Level::Warning, text),
        Msg::Paths { typed, paths } => send(model, Event::Paths(typed, paths)),
        Msg::Edited(Ok(text)) => send(model, Event::Edited(text)),
        Msg::Edited(Err(why)) => model.shared.say(Level::Error, why),
    }
    unsaved::tell(model);
    unsaved::keep(model);
    set_mouse(model);
    model.shared.keep_turning();
    model.shared.take_effects()
}

fn on_input(model: &mut Model, input: Input) {
    if is_pressed(&input) {
        model.shared.session.messages.over(&About::ThisKey);
    }
    match input {
        Input::Key(key) => press(model, key),
        Input::Paste(_) if !Scope::take_text(&model.scopes()) => model.shared.say(Level::Info, "Nothing here takes text"),
        Input::Paste(text) => send(model, Event::Paste(text)),
        Input::Mouse(mouse) => on_mouse(model, mouse),
        Input::Resize(columns, rows) => {
            model.resize((columns, rows));
            send(model, Event::Resized);
        }
        Input::FocusGained | Input::FocusLost => {}
    }
}

/// Whether it is something a person does on purpose, and not a pointer passing by.
fn is_pressed(input: &Input) -> bool {
    match input {
        Input::Key(_) | Input::Paste(_) => true,
        Input::Mouse(mouse) => matches!(mouse.kind, MouseKind::Press | MouseKind::RightPress),
        Input::Resize(..) | Input::FocusGained | Input::FocusLost => false,
    }
}

/// Does what a key means now.
fn press(model: &mut Model, key: Key) {
    let scopes = model.scopes();
    match model.shared.keymap.meaning(&scopes, key) {
        Meaning::Bound(binding) => run_if_possible(model, binding.action, binding.needs),
        Meaning::Text(c) => send(model, Event::Type(c)),
        Meaning::Nothing => say_what_would(model, &scopes, key),
    }
}

/// A key that means nothing is answered with some that do.
fn say_what_would(model: &mut Model, scopes: &[Scope], key: Key) {
    let facts = model.facts();
    let hints = model.shared.keymap.hints(scopes, &facts);
    let (palette, others): (Vec<_>, Vec<_>) = hints.into_iter().partition(|entry| entry.binding.action == Action::Palette);
    let named = others.into_iter().take(2).chain(palette);
    let named: Vec<String> = named.filter_map(|entry| Some(format!("{} {}", entry.shown_key()?, entry.binding.help))).collect();
    model.shared.say(Level::Info, format!("{} does nothing here; {}", key::shown(key), named.join(", ")));
}

/// Does an action that no key asked for.
fn attempt(model: &mut Model, action: Action) {
    let scopes = model.scopes();
    let binding = model.shared.keymap.active(&scopes).find(|entry| entry.binding.action == action).map(|entry| entry.binding);
    run_if_possible(model, action, binding.map(|binding| binding.needs).unwrap_or_default());
}

fn run_if_possible(model: &mut Model, action: Action, needs: &[Fact]) {
    match model.facts().missing(needs) {
        Some(fact) => say_missing(model, fact),
        None => run(model, action),
    }
}

fn say_missing(model: &mut Model, fact: Fact) {
    if let (Fact::Undoable, Some(nav)) = (fact, history::offer(model)) {
        return go(model, nav);
    }
    let reason = capitalised(&model.shared.keymap.reason(fact));
    model.shared.say(Level::Info, reason);
}

fn run(model: &mut Model, action: Action) {
    match action {
        // What is carried is asked about; the way out from everywhere asks nothing.
        Action::Quit if model.screen().is_carrying() => send(model, Event::Action(action)),
        Action::Quit | Action::Interrupt => quit(model),
        Action::Suspend if model.shared.session.desk.is_writing() => {
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
        Action::AsCommand => {
            let text = command::lines(model);
            model.overlays.push(Overlay::Text(TextView::new("The same on the command line", text)));
        }
        Action::Messages => model.overlays.push(Overlay::messages()),
        Action::Mouse => {
            model.shared.mouse = !model.shared.mouse;
            let text = if model.shared.mouse {
                "The mouse is on where it is of use"
            } else {
                "The mouse is off: your terminal selects text again"
            };
            model.shared.say(Level::Info, text);
        }
        Action::SignIn => model.ask_to_sign_in(),
        Action::SwitchAccount => model.shared.ask(Effect::ListAccounts),
        Action::ShowProfile => show(model, Tab::Profile),
        Action::ShowEdit => show(model, Tab::Edit),
        Action::ShowCampus => show(model, Tab::Campus),
        Action::ShowPins => show(model, Tab::Pins),
        Action::Refresh if model.sign_in.is_some() => accounts::look_again(model),
        Action::Refresh => {
            let news = News::begin(&model.shared.session);
            model.screens.news.get_or_insert(news);
            model.read_all();
            send(model, Event::Action(Action::Refresh));
        }
        Action::Save => save::save(model).into_iter().for_each(|nav| go(model, nav)),
        other => send(model, Event::Action(other)),
    }
}

/// Leaves; a write under way is waited for, unless asked twice.
fn quit(model: &mut Model) {
    if model.shared.session.desk.is_writing() && !model.leaving {
        model.leaving = true;
        model.shared.say(Level::Warning, "Leaving as soon as the save has finished; again to leave now");
    } else {
        leave(model);
    }
}

/// Ends; what a screen was in the middle of is settled, so that it is kept with the drafts.
fn leave(model: &mut Model) {
    let (screen, shared) = model.tab_screen_mut(model.tab);
    screen.on(Event::Hidden, shared);
    unsaved::keep(model);
    model.shared.ask(Effect::Quit);
}

fn show(model: &mut Model, tab: Tab) {
    if model.sign_in.is_some() {
        return;
    }
    model.overlays.clear();
    if model.tab != tab {
        send(model, Event::Hidden);
        model.tab = tab;
    }
    send(model, Event::Shown);
}

/// Hands an event to what is on top.
fn send(model: &mut Model, event: Event) {
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

fn go(model: &mut Model, nav: Nav) {
    match nav {
        Nav::Open(overlay) => match overlay.settled_by(&model.shared.settings) {
            Some(answer) => send(model, Event::Answer(answer)),
            None => model.overlays.push(*overlay),
        },
        Nav::Close(Some(Answer::Yes(Ask::PutBack))) => {
            if let Some(nav) = history::put_back(model) {
                go(model, nav);
            }
        }
        Nav::Close(answer) => {
            model.overlays.pop();
            let Some(answer) = answer.filter(|answer| !accounts::answered(model, answer)) else { return };
            if !save::is_asked(&answer) {
                send(model, Event::Answer(answer));
            } else if let Some(nav) = save::answered(model, &answer) {
                go(model, nav);
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
        Nav::Stage(states) => {
            if let Some(tab) = history::stage(model, &states) {
                show(model, tab);
            }
        }
        Nav::Back if model.sign_in.is_some() => model.sign_in = None,
        Nav::Back => {
            let quit = model.shared.key(Scope::Screen, Action::Quit);
            model.shared.say(Level::Info, format!("There is nothing to step out of; {quit} quits"));
        }
    }
}

fn on_mouse(model: &mut Model, mouse: Mouse) {
    let areas = areas(model.size);
    let at = Position::new(mouse.column, mouse.row);
    if mouse.kind == MouseKind::Press {
        if areas.footer.contains(at) {
            if let Some(action) = footer::action_at(model, areas.footer, at) {
                attempt(model, action);
            }
            return;
        }
        if let Some(overlay) = model.overlays.last() {
            if let Some(action) = overlay.click(areas.body, at, &model.shared) {
                return attempt(model, action);
            }
        } else if areas.header.contains(at) {
            if let Some(tab) = tab_at(areas.header, mouse.column) {
                attempt(model, tab.action());
            }
            return;
        }
    }
    let double = is_double(model, mouse);
    send(model, Event::Mouse(mouse, areas.body));
    if double {
        send(model, Event::Mouse(Mouse { kind: MouseKind::DoubleClick, ..mouse }, areas.body));
    }
}

/// Whether this press is the second in a short time where nothing moved in between.
fn is_double(model: &mut Model, mouse: Mouse) -> bool {
    let (now, at) = (model.shared.now, (mouse.column, mouse.row));
    let before = match mouse.kind {
        MouseKind::Release => return false,
        _ => model.pressed.take(),
    };
    let is_press = mouse.kind == MouseKind::Press;
    let double = is_press && before.is_some_and(|(when, place)| place == at && now.duration_since(when) <= DOUBLE_CLICK);
    // A third press begins anew.
    model.pressed = (is_press && !double).then_some((now, at));
    double
}

fn on_timer(model: &mut Model, timer: Timer) {
    match timer {
        Timer::Toast(toast) => model.shared.session.messages.expire(toast),
        Timer::Waiting => {
            if model.shared.session.waiting_until.is_some_and(|until| until > model.shared.now) {
                model.shared.ask(Effect::After(Duration::from_secs(1), Timer::Waiting));
            } else {
                model.shared.session.waiting_until = None;
            }
        }
        Timer::Turn => model.shared.turn(),
        Timer::Edge(_) | Timer::Minute => send(model, Event::Timer(timer)),
    }
}

fn on_done(model: &mut Model, ticket: Ticket, result: Result<Outcome, ApiError>) {
    let Some(job) = model.shared.session.desk.close(ticket) else { return };
    model.shared.answer(Some(job.subject()));
    let (result, anew) = accounts::settle_whose(model, &job, result);
    model.shared.learn(&job, &result);
    before::remember(&mut model.screens.before, &job, result.as_ref().ok(), &model.shared);
    match (&job, &result) {
        (Job::SignIn(token), Ok(Outcome::Account(account))) => {
            accounts::accepted(model, token.clone(), account);
            // The screen may be a new one that has not read anything yet.
            send(model, Event::Shown);
        }
        (Job::Me, Ok(_)) if anew => model.read_all(),
        (Job::SignIn(_), Err(_)) => {}
        (_, Err(ApiError::SignedOut) | Ok(Outcome::Saved(SaveReport { trouble: Some(ApiError::SignedOut), .. })))
            if model.sign_in.is_none() =>
        {
            model.ask_to_sign_in();
            let text = "The token was refused; nothing you typed is lost. Sign in to go on";
            model.shared.say_about(About::Job(SIGN_IN), Level::Error, text);
        }
        (_, Err(ApiError::SignedOut)) => {}
        (Job::Me, Err(error)) => model.shared.say_error("The account could not be read", error),
        (job, Err(error)) if !job.is_write() => {
            model.shared.note(Level::Warning, format!("{} could not be read: {}", job.subject().0, error.headline()));
        }
        (Job::History(_), Ok(Outcome::History(history))) => {
            if let Some(problem) = &history.problem {
                model.shared.say(Level::Warning, problem);
            }
        }
        _ => {}
    }
    if let (Job::Me | Job::SignIn(_), Ok(Outcome::Account(account))) = (&job, &result) {
        model.shared.ask(Effect::AccountTold(account.id.clone(), account.profile.name.clone().unwrap_or_default()));
        model.open_drafts(account.id.clone());
    }
    let told_more = matches!(job, Job::SavePins(_)) || !job.is_write() && job.is_with_service();
    if told_more && result.is_ok() {
        model.shared.ask(Effect::KeepCache);
    }
    // What went wrong may have gone half the way: the account says what is so now.
    if matches!((&job, &result), (Job::Share(_) | Job::Sms(_), Err(error)) if *error != ApiError::SignedOut) {
        model.shared.start(Job::Me);
    }
    broadcast(model, &Event::Done(job, result));
    model.shared.answer(None);
    tell_news(model);
    if model.leaving && !model.shared.session.desk.is_writing() {
        leave(model);
    }
}

/// Says what reading again brought, once all of it is there.
fn tell_news(model: &mut Model) {
    if News::is_awaited(&model.shared.session) {
        return;
    }
    let (news, shared) = (model.screens.news.take(), &model.shared);
    if let Some(text) = news.and_then(|news| news.sentence(&shared.session, |at| shared.clock(at))) {
        model.shared.say(Level::Info, text);
    }
}

/// Tells every screen, in view or not: a save may end while another screen is in front.
fn broadcast(model: &mut Model, event: &Event) {
    if let Some(nav) = model.sign_in.as_mut().and_then(|sign_in| sign_in.on(event.clone(), &mut model.shared)) {
        go(model, nav);
    }
    for tab in [Tab::Profile, Tab::Edit, Tab::Campus, Tab::Pins] {
        let (screen, shared) = model.tab_screen_mut(tab);
        if let Some(nav) = screen.on(event.clone(), shared) {
            go(model, nav);
        }
    }
    // Last, so that what it asks of a screen finds it informed.
    if let Some(nav) = model.overlays.last_mut().and_then(|overlay| overlay.on(event.clone(), &mut model.shared)) {
        go(model, nav);
    }
}

fn on_draft(model: &mut Model, draft: Draft) {
    let (screen, shared) = model.tab_screen_mut(Tab::of(draft.kind));
    let nav = screen.on(Event::Found(Box::new(draft)), shared);
    unsaved::say_found(model);
    if let Some(nav) = nav {
        go(model, nav);
    }
}

/// Mouse modes are on only where the mouse is of use, so that elsewhere the terminal's own selection works.
fn set_mouse(model: &mut Model) {
    let wanted = model.front().uses_mouse() && model.shared.mouse;
    if wanted != model.mouse_on {
        model.mouse_on = wanted;
        model.shared.ask(Effect::Mouse(wanted));
    }
}
