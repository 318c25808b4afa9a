//! What came of a job: what all screens learn of it, what it means for the session, and who is told.

use super::model::Model;
use super::news::News;
use super::route::{broadcast, leave, offer, send};
use super::{accounts, before, saved};
use crate::api::ApiError;
use crate::base::job::{SIGN_IN, SaveReport};
use crate::base::{About, Effect, Job, Level, Outcome, Ticket};
use crate::screens::Event;

pub(super) fn on_done(model: &mut Model, ticket: Ticket, result: Result<Outcome, ApiError>) {
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
    let question = saved::ended(model, &job, &result);
    broadcast(model, &Event::Done(job, result));
    if let Some(question) = question {
        offer(model, question);
    }
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
