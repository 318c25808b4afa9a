//! Whose session it is: signed in to, switched to, or the demo's.

use super::cache;
use super::model::Model;
use crate::api::ApiError;
use crate::base::entrance::{AcceptedToken, NewSession, TokenStored};
use crate::base::{Effect, Job, JobOutcome, Level, ServerLabel, SignInReason};
use crate::domain::text::capitalised;
use crate::domain::{Id, RawText, SafeText, Token};
use crate::screens::overlay::Overlay;
use crate::screens::overlay::choose::Choose;
use crate::screens::overlay::confirm::Confirm;
use crate::screens::{Answer, Nav, YesNoQuestion};
use crate::widgets::picker::Choice;

/// What the chooser of accounts answers for.
const ACCOUNT: &str = "account";

/// Its items that are no accounts.
const SIGN_IN: &str = "sign-in";
const DEMO: &str = "demo";

/// A session that was asked for is there, or cannot be had; true if it takes the place of the one on screen.
pub(super) fn on_opened(model: &mut Model, entrance: &SignInReason, result: Result<Option<NewSession>, SafeText>) -> bool {
    if model.shared.session.opening.as_ref() != Some(entrance) {
        return false;
    }
    model.shared.session.opening = None;
    match (entrance, result) {
        (SignInReason::First(_), Ok(Some(opened))) => {
            model.shared.ask(Effect::UseToken(Some(opened.token)));
            if model.sign_in.take().is_some() {
                model.read_all();
                return true;
            }
        }
        (SignInReason::First(_), result) => {
            model.shared.ask(Effect::UseToken(None));
            model.ask_to_sign_in();
            if let (Err(why), Some(sign_in)) = (result, &mut model.sign_in) {
                sign_in.explain(why.as_str(), &model.shared);
            }
        }
        (SignInReason::Account(_), Ok(Some(opened))) => {
            model.switched = true;
            switch(model, model.home.clone(), opened);
            return true;
        }
        (SignInReason::Demo, Ok(Some(opened))) => {
            switch(model, ServerLabel { label: SafeText::line("sandbox"), sandbox: true }, opened);
            return true;
        }
        (_, Ok(None)) => model.shared.say(Level::Error, "This account is not signed in any more"),
        (_, Err(why)) => model.shared.say(Level::Error, why),
    }
    false
}

/// Looks once more for the token that could not be had at the start: a keyring may have been unlocked meanwhile.
pub(super) fn look_again(model: &mut Model) {
    if let Some(entrance) = model.entrance.clone().filter(|_| !model.shared.session.told) {
        model.shared.open(entrance);
    }
}

/// An answer about another account than the one at hand is refused. But what an earlier run left is a guess, which the first answer
/// decides, and a sign-in is for whoever it is: both begin a new session, as is told.
pub(super) fn settle_whose(model: &mut Model, job: &Job, result: Result<JobOutcome, ApiError>) -> (Result<JobOutcome, ApiError>, bool) {
    let Some(told) = result.as_ref().ok().and_then(JobOutcome::account) else { return (result, false) };
    let session = &model.shared.session;
    let other = session.account.value().is_some_and(|known| known.id != told.id);
    match job {
        Job::SignIn(token) if other || session.server != model.home => begin(model, model.home.clone(), token.clone()),
        Job::SignIn(token) => {
            model.shared.ask(Effect::UseToken(Some(token.clone())));
            return (result, false);
        }
        _ if !other => return (result, false),
        Job::Me if !session.told => model.begin_session(session.server.clone()),
        _ => return (Err(ApiError::WrongAccount), false),
    }
    (result, true)
}

/// Goes on in another session.
fn switch(model: &mut Model, place: ServerLabel, opened: NewSession) {
    begin(model, place, opened.token);
    if let Some((values, at)) = &opened.cache {
        cache::learn(&mut model.shared, values, *at);
    }
    if let Some(id) = opened.account {
        model.open_drafts(id);
    }
    model.sign_in = None;
    model.read_all();
}

/// Begins another session; edits of the old one are kept as drafts, which is said.
pub(super) fn begin(model: &mut Model, place: ServerLabel, token: Token) {
    let kept = model.shared.unsaved.count() > 0 && !model.shared.session.server.sandbox;
    let name = model.shared.session.account.value().and_then(|account| account.profile.name.as_ref().map(RawText::line));
    model.begin_session(place.clone());
    model.shared.ask(Effect::BeginSession(place, token));
    if kept {
        let of = name.map(|name| format!(" of {name}")).unwrap_or_default();
        model.shared.say(Level::Info, format!("The unsaved edits{of} are kept, and offered when that account is opened again"));
    }
}

/// The service accepted a token at the place where people sign in.
pub(super) fn accepted(model: &mut Model, token: Token, account: Id, name: Option<RawText>) {
    model.shared.ask(Effect::StoreToken(AcceptedToken { token, account, name: name.unwrap_or_default() }, false));
    model.sign_in = None;
    model.read_all();
}

/// A token is kept, or a person has to say where.
pub(super) fn on_stored(model: &mut Model, stored: TokenStored) {
    match stored {
        TokenStored::Kept(text) => model.shared.say(Level::Done, text),
        TokenStored::NotKept { accepted, why, file } => {
            model.unkept = Some(accepted);
            let lines = [
                format!("{}.", capitalised(why.as_str())),
                format!("The token can be kept in {file}."),
                "Otherwise it is used for this run only.".to_owned(),
            ];
            let question = Confirm::new(
                "Keep the token in a file?",
                lines.iter().map(SafeText::line).collect(),
                "keep it in the file",
                YesNoQuestion::KeepToken,
            );
            model.overlays.push(Overlay::Confirm(question));
        }
    }
}

/// Lets one of the accounts be chosen.
pub(super) fn on_accounts(model: &mut Model, accounts: Result<Vec<(Id, RawText)>, SafeText>) {
    let accounts = accounts.unwrap_or_else(|why| {
        model.shared.say(Level::Warning, why);
        Vec::new()
    });
    let session = &model.shared.session;
    let row = |(id, name): (Id, RawText)| {
        let here = session.is_account(&id) && session.server == model.home;
        let detail = format!("{}{}", id.shown(), if here { ", in use" } else { "" });
        Choice::new(id, name.line()).detailed(SafeText::line(detail))
    };
    let mut items: Vec<Choice<Id>> = accounts.into_iter().map(row).collect();
    items.push(item(SIGN_IN, "Sign in with another token", ""));
    if !session.server.sandbox {
        items.push(item(DEMO, "Try the demo", "no account, no network"));
    }
    model.overlays.push(Overlay::Choose(Choose::one(ACCOUNT, "Switch account", items, false)));
}

fn item(key: &str, label: &str, detail: impl AsRef<str>) -> Choice<Id> {
    Choice::new(Id::from(key), SafeText::line(label)).detailed(SafeText::line(detail))
}

/// Takes an answer to one of the questions asked here; false for any other.
pub(super) fn answered(model: &mut Model, answer: &Answer) -> bool {
    match answer {
        Answer::Picked { what: ACCOUNT, ids, .. } => {
            if let Some(id) = ids.first() {
                go_to(model, id);
            }
        }
        Answer::Yes(YesNoQuestion::KeepToken) => {
            if let Some(accepted) = model.unkept.take() {
                model.shared.ask(Effect::StoreToken(accepted, true));
            }
        }
        Answer::Yes(YesNoQuestion::SignOut) => {
            if let Some(id) = model.shared.session.account.value().map(|account| account.id.clone()) {
                model.shared.ask(Effect::SignOut(id));
            }
        }
        Answer::No(YesNoQuestion::KeepToken) => {
            model.unkept = None;
            model.shared.say(Level::Info, "The token is used until Lapel ends, and kept nowhere");
        }
        _ => return false,
    }
    true
}

/// Asks before the account's token is removed.
pub(super) fn ask_to_sign_out(model: &Model) -> Nav {
    let name = model.shared.session.account.value().and_then(|account| Some(account.profile.name.as_ref()?.line()));
    let whose = name.map(|name| format!(" of {name}")).unwrap_or_default();
    let lines = [format!("The token{whose} is removed from where it is kept. To come back, you sign in with it again.")];
    let unsaved = model.shared.unsaved.count() > 0;
    let drafts = unsaved.then_some("What is unsaved is kept, and offered when this account is opened again.");
    let lines: Vec<&str> = lines.iter().map(String::as_str).chain(drafts).collect();
    Overlay::ask("Sign out of this account?", &lines, "sign out", YesNoQuestion::SignOut)
}

/// The token was removed, or could not be.
pub(super) fn on_signed_out(model: &mut Model, result: Result<SafeText, SafeText>) {
    match result {
        Ok(said) => {
            model.begin_session(model.home.clone());
            model.shared.ask(Effect::UseToken(None));
            model.ask_to_sign_in();
            model.shared.say(Level::Done, said);
        }
        Err(why) => model.shared.say(Level::Error, why),
    }
}

fn go_to(model: &mut Model, id: &Id) {
    match id.as_str() {
        SIGN_IN => model.ask_to_sign_in(),
        DEMO => model.shared.open(SignInReason::Demo),
        _ if model.shared.session.is_account(id) && model.shared.session.server == model.home && model.sign_in.is_none() => {}
        _ => model.shared.open(SignInReason::Account(id.clone())),
    }
}
