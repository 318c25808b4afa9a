//! Earlier states: the list of those on disk, and the one that the last save of this run replaced, which undo offers.

use super::model::Model;
use super::unsaved;
use crate::base::{Action, Job, Level, Scope, StagedState};
use crate::screens::overlay::Overlay;
use crate::screens::overlay::history::{HistoryOverlay, labels};
use crate::screens::{Nav, Tab, YesNoQuestion};

/// Opens the history; what is kept and what is so now is read again, since another run may have saved meanwhile.
pub(super) fn open(model: &mut Model) {
    let account = model.shared.session.account.value().map(|account| account.id.clone());
    let Some(account) = account.filter(|_| model.sign_in.is_none()) else { return };
    if matches!(model.overlays.last(), Some(Overlay::History(_))) {
        return;
    }
    let unnamed = model.shared.session.groups.is_absent();
    let names = [Job::Groups, Job::Chats].into_iter().filter(|_| unnamed);
    for job in [Job::History(account), Job::Me, Job::Pins].into_iter().chain(names) {
        model.shared.start(job);
    }
    model.overlays.push(Overlay::History(HistoryOverlay::default()));
}

/// Makes states unsaved edits. The tab to show, where the one in front has none of them.
pub(super) fn stage(model: &mut Model, states: &[StagedState], refusal: Option<String>) -> Option<Tab> {
    model.overlays.clear();
    unsaved::stage(model, states);
    let save = model.shared.key(Scope::Pins, Action::Save);
    let back = format!("Back as unsaved edits; {save} saves them");
    match refusal {
        Some(refusal) => model.shared.say(Level::Warning, format!("{back}. {refusal}")),
        None => model.shared.say(Level::Done, back),
    }
    let mut tabs = states.iter().map(|state| Tab::of(state.kind()));
    let first = tabs.next().filter(|first| *first != model.tab)?;
    tabs.all(|tab| tab != model.tab).then_some(first)
}

/// Offers to put back what the last save replaced.
pub(super) fn offer(model: &Model) -> Option<Nav> {
    let before = model.screens.before.as_ref()?;
    let what = before.states.iter().flat_map(labels).collect::<Vec<_>>().join(", ");
    let lines =
        [format!("What was before {} comes back: {what}.", model.shared.clock(before.at)), "Nothing is sent until you save.".to_owned()];
    Some(Overlay::ask("Undo the last save?", &[&lines[0], &lines[1]], "put it back", YesNoQuestion::PutBack))
}

/// Puts back what the last save replaced.
pub(super) fn put_back(model: &mut Model) -> Option<Nav> {
    model.screens.before.take().map(|before| Nav::Stage(before.states, None))
}
