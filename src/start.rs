//! Starts the editor: from the command line and the environment to the values it begins with.

use std::sync::Arc;

use crate::app::Start;
use crate::base::{ServerLabel, SignInReason};
use crate::cli::args::Args;
use crate::cli::context::{Context, check_editor};
use crate::cli::doctor;
use crate::cli::exit::Failure;
use crate::cli::output;
use crate::domain::SafeText;
use crate::io::cache;
use crate::io::log;
use crate::io::words::words;
use crate::runtime::capabilities::Capabilities;
use crate::runtime::disk::Disk;
use crate::runtime::effects::{Doctor, StartState};
use crate::runtime::terminal::cell_size;
use crate::runtime::{self, ExitState, Platform};

/// Runs the editor.
///
/// # Errors
/// Why it could not start.
pub async fn edit(args: Args) -> Result<(), Failure> {
    check_editor(&args.global)?;
    let context = Arc::new(Context::quiet(args).await?);
    let demo = context.sandbox.is_some();
    // Without a log the program goes on; the demo leaves nothing behind.
    if !demo {
        let _ = log::start(&context.paths, tracing_subscriber::filter::LevelFilter::INFO, context.masker.clone());
    }
    // Whoever has to be asked for the token (a keyring, a command) is asked after the first frame.
    let token = context.token_at_hand()?;
    let account = context.account_meant()?.map(|account| account.id);
    let disk = if demo {
        Disk::passing(context.clock()).ok()
    } else {
        Some(Disk::new(context.paths.clone(), &context.label, context.tokens.clone()))
    };
    let cache = match &token {
        Some(token) => cache::last_account(&context.paths, &context.label, token),
        // A guess like the other: who was signed in last is at the head of the list.
        None => account.clone().or_else(|| context.tokens.accounts().ok()?.into_iter().next().map(|account| account.id)),
    };
    let cache = cache.filter(|_| !demo).zip(disk.as_ref()).and_then(|(account, disk)| disk.cache_of(&account));
    let place = ServerLabel { label: SafeText::line(if context.server.is_groupme() { "" } else { &context.label }), sandbox: demo };
    let entrance = token.is_none().then_some(SignInReason::First(account));
    let client = context.client_with(token);
    let home = StartState { client, place: place.clone(), disk, clock: context.clock().clone(), doctor: doctor(&context) };
    let (capabilities, settings, clock) = (Capabilities::from_env(), context.config.settings(), context.clock());
    let links = capabilities.links(settings.links);
    let around = Platform {
        home,
        clock: clock.clone(),
        masker: context.masker.clone(),
        far: capabilities.ssh,
        clipboard: capabilities.clipboard(),
        kitty_keys: settings.kitty_keys,
        links,
        question: capabilities.question(settings.pictures),
    };
    let start = |size: ratatui::layout::Size| Start {
        now: clock.now(),
        zone: clock.zone().clone(),
        place,
        theme: capabilities.theme(settings),
        pictures: capabilities.pictures(settings.pictures).map(|method| method.with_cell(cell_size())),
        links,
        settings: settings.clone(),
        complaints: context.config.complaints(),
        entrance,
        cache,
        address: context.address.clone().filter(|_| !demo && !context.server.is_groupme()),
        size: (size.width, size.height),
    };
    let ended = runtime::edit(start, around).await;
    let left = ended.map_err(|error| {
        let causes: Vec<String> = error.chain().map(words).collect();
        Failure::failed(context.masker.mask(&causes.join(": ")).into_owned())
    })?;
    // A terminal that takes nothing would hold up the end with every word.
    if let Some(text) = farewell(&left).filter(|_| left.heard) {
        output::note(text);
    }
    let told = |failure: Failure| if left.heard { failure } else { Failure { text: String::new(), ..failure } };
    left.signal.map_or(Ok(()), |number| Err(told(Failure::signalled(number))))
}

fn doctor(context: &Arc<Context>) -> Doctor {
    let (context, runtime) = (Arc::clone(context), tokio::runtime::Handle::current());
    Doctor::new(move || runtime.block_on(doctor::text(&context)))
}

/// What becomes of unsaved edits; none if there are none.
fn farewell(left: &ExitState) -> Option<String> {
    let parts: Vec<String> = left.unsaved.iter().map(|(kind, count)| format!("{} ({count})", kind.title().to_lowercase())).collect();
    let (last, others) = parts.split_last()?;
    let what = if others.is_empty() { last.clone() } else { format!("{} and {last}", others.join(", ")) };
    Some(if left.demo {
        format!("The demo is over, and with it its unsaved edits: {what}.")
    } else if left.kept {
        format!("Unsaved edits are kept: {what}. The next start offers them.")
    } else {
        format!("Unsaved edits could not be kept on disk and are lost: {what}.")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::DraftKind;

    #[test]
    fn what_stays_is_named_and_called_kept_only_when_it_is() {
        let left = |unsaved, kept| farewell(&ExitState { unsaved, kept, heard: true, demo: false, signal: None });
        assert_eq!(left(Vec::new(), true), None);
        let two = vec![(DraftKind::Profile, 1), (DraftKind::Pins, 2)];
        assert_eq!(left(two.clone(), true).unwrap(), "Unsaved edits are kept: profile (1) and pins (2). The next start offers them.");
        assert!(left(two, false).unwrap().contains("could not be kept"));
    }
}
