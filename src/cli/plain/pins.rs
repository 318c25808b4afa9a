//! The pins, changed by sentences: a verb, and a name or number.
//!
//! Must not change the list itself: that is what the functions of the commands do.

use super::ask;
use crate::cli::exit::Failure;
use crate::cli::output;
use crate::cli::pins::PinsContext;
use crate::domain::pins::PinList;

const HELP: &str = "Pins are changed by: move NAME to NUMBER, top NAME, bottom NAME, remove NAME, add NAME, undo, restore NUMBER; a number \
                    does for a NAME. list says all, history the earlier lists, help this.";

/// Asks for changes until there is nothing more to change. `changed` hears of each.
///
/// # Errors
/// When nothing can be printed any more.
pub(super) async fn edit(pins: &mut PinsContext<'_>, mut changed: impl FnMut(&PinList)) -> Result<(), Failure> {
    pins.print().await?;
    output::line(HELP)?;
    while let Some(typed) = ask::line("What is to change?")?.filter(|typed| !typed.trim().is_empty()) {
        match typed.trim().to_lowercase().as_str() {
            "list" => pins.print().await?,
            "help" => output::line(HELP)?,
            "history" => drop(ask::told(pins.history().await)?),
            _ if ask::told(obey(pins, typed.trim()).await)?.is_some() => {
                changed(&pins.list);
                let what = pins.list.changes().sentence("", |id| pins.name(id));
                output::line(if pins.list.changed() {
                    format!("Not saved yet: {what}.")
                } else {
                    "The pins are as they were.".to_owned()
                })?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// What was done to the pins, on top of the list as it was read just now. A pin that was moved here and unpinned elsewhere is the person's
/// to settle; none where the answers end before.
///
/// # Errors
/// When a question cannot be printed.
pub(super) async fn rebased(pins: &mut PinsContext<'_>, mine: &PinList) -> Result<Option<PinList>, Failure> {
    let mut replayed = mine.replay(pins.list.ids());
    for id in replayed.conflicts.iter().map(|conflict| conflict.id.clone()).collect::<Vec<_>>() {
        pins.directory().await;
        let question = format!("{} was moved here and unpinned elsewhere. Is it to stay pinned?", pins.name(&id));
        match ask::choice(&question, &["yes", "no"])? {
            Some("yes") => replayed.keep(&id),
            Some(_) => {}
            None => return Ok(None),
        }
    }
    Ok(Some(replayed.list))
}

async fn obey(pins: &mut PinsContext<'_>, sentence: &str) -> Result<(), Failure> {
    let (verb, rest) = sentence.split_once(' ').unwrap_or((sentence, ""));
    let (verb, rest) = (verb.to_lowercase(), rest.trim());
    if verb == "undo" && rest.is_empty() {
        return pins.list.undo().map(drop).ok_or_else(|| Failure::usage("there is nothing to undo"));
    }
    if rest.is_empty() {
        return Err(Failure::usage("write it like: top Climbing"));
    }
    let what = pins.named(rest);
    match verb.as_str() {
        "top" => pins.place(&[what], 0).await,
        "bottom" => pins.place(&[what], usize::MAX).await,
        "remove" => pins.remove(&[what]).await,
        "add" => pins.add(&[rest.to_owned()]).await,
        "restore" => {
            let number = rest.parse().map_err(|_| Failure::usage("write it like: restore 1"))?;
            pins.bring_back(number).map(drop)
        }
        "move" => {
            let place = rest.rsplit_once(" to ").and_then(|(what, to)| Some((what, to.trim().parse::<usize>().ok()?.checked_sub(1)?)));
            let (what, row) = place.ok_or_else(|| Failure::usage("write it like: move Climbing to 1"))?;
            pins.place(&[pins.named(what)], row).await
        }
        _ => Err(Failure::usage("write it like: top Climbing")),
    }
}
