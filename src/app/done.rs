//! What came of a job: what all screens learn of it, what it means for the session, and who is told.

use strum::IntoEnumIterator;

use super::learned::Learned;
use super::model::Model;
use super::route::{go, leave, offer, send};
use super::{accounts, last_save, saved};
use crate::api::ApiError;
use crate::base::job::{Done, SIGN_IN, SaveReport};
use crate::base::{Effect, Job, JobOutcome, Level, Ticket, ToastTopic};
use crate::screens::{Event, Screen, Tab};

pub(super) fn on_done(model: &mut Model, ticket: Ticket, result: Result<JobOutcome, ApiError>) {
    let Some(job) = model.shared.session.in_flight.close(ticket) else { return };
    model.shared.answer(Some(job.subject()));
    let (result, anew) = accounts::settle_whose(model, &job, result);
    last_save::remember(&mut model.screens.before, &job, result.as_ref().ok(), &model.shared);
    let error = result.as_ref().err().cloned();
    let refused = matches!(result, Err(ApiError::SignedOut) | Ok(JobOutcome::Saved(SaveReport { trouble: Some(ApiError::SignedOut), .. })));
    let whose =
        if let Ok(JobOutcome::Account(account)) = &result { Some((account.id.clone(), account.profile.name.clone())) } else { None };
    let done = model.shared.learn(&job, result);
    if let (Job::SignIn(token), Some((id, name))) = (&job, &whose) {
        accounts::accepted(model, token.clone(), id.clone(), name.clone());
        // The screen may be a new one that has not read anything yet.
        send(model, Event::Shown);
    }
    match (&job, &error) {
        (Job::Me, None) if anew => model.read_all(),
        (Job::SignIn(_), Some(_)) => {}
        _ if refused && model.sign_in.is_none() => {
            model.ask_to_sign_in();
            let text = "The token was refused; nothing you typed is lost. Sign in to go on";
            model.shared.say_about(ToastTopic::Job(SIGN_IN), Level::Error, text);
        }
        (_, Some(ApiError::SignedOut)) => {}
        (Job::Me, Some(error)) => model.shared.say_error("The account could not be read", error),
        (job, Some(error)) if !job.is_write() => {
            model.shared.note(Level::Warning, format!("{} could not be read: {}", job.subject().0, error.headline()));
        }
        _ => {}
    }
    if let Some((id, name)) = whose {
        model.shared.ask(Effect::AccountTold(id.clone(), name.unwrap_or_default()));
        model.open_drafts(id);
    }
    let told_more = matches!(job, Job::SavePins(_)) || !job.is_write() && job.is_with_service();
    if told_more && error.is_none() {
        model.shared.ask(Effect::KeepCache);
    }
    // What went wrong may have gone half the way: the account says what is so now.
    if matches!(&done, Some(Done::Share(_, Err(error)) | Done::Sms(_, Err(error))) if *error != ApiError::SignedOut) {
        model.shared.start(Job::Me);
    }
    let question = match done {
        Some(done @ (Done::Saved(_) | Done::PinsSaved(..))) => saved::ended(model, &job, done),
        Some(done) => {
            answer(model, &job, done);
            None
        }
        None => None,
    };
    tell_learned(model, &job, error.is_none());
    if let Some(question) = question {
        offer(model, question);
    }
    model.shared.answer(None);
    tell_news(model);
    if model.leaving && !model.shared.session.in_flight.is_writing() {
        leave(model, Effect::Quit);
    }
}

/// Gives what came of a job to the screen that asked for it, in view or not.
fn answer(model: &mut Model, job: &Job, done: Done) {
    let tab = match job {
        Job::SignIn(_) => None,
        Job::Share(_) | Job::Sms(_) | Job::AskSettings => Some(Tab::Profile),
        _ => Some(Tab::Edit),
    };
    let event = Event::Done(done);
    match tab {
        None => {
            if let Some(nav) = model.sign_in.as_mut().and_then(|sign_in| sign_in.on(event, &mut model.shared)) {
                go(model, nav);
            }
        }
        Some(tab) => {
            let (screen, shared) = model.tab_screen_mut(tab);
            if let Some(nav) = screen.on(event, shared) {
                offer(model, nav);
            }
        }
    }
}

/// Tells every screen and the overlay on top that a job has ended: it may show what shared state holds now.
fn tell_learned(model: &mut Model, job: &Job, well: bool) {
    for tab in Tab::iter() {
        let (screen, shared) = model.tab_screen_mut(tab);
        if let Some(nav) = screen.learned(job, well, shared) {
            offer(model, nav);
        }
    }
    // Last, so that what it asks of a screen finds it informed.
    if let Some(nav) = model.overlays.last_mut().and_then(|overlay| overlay.learned(job, well, &mut model.shared)) {
        go(model, nav);
    }
}

/// Says what reading again brought, once all of it is there.
fn tell_news(model: &mut Model) {
    if Learned::is_awaited(&model.shared.session) {
        return;
    }
    let (news, shared) = (model.screens.news.take(), &model.shared);
    if let Some(text) = news.and_then(|news| news.sentence(&shared.session, |at| shared.clock(at))) {
        model.shared.say(Level::Info, text);
    }
}
