//! Starts the editor: from the command line and the environment to the values it begins with.

use jiff::Timestamp;

use crate::app::Start;
use crate::base::Place;
use crate::cli::args::Args;
use crate::cli::context::Context;
use crate::cli::exit::Failure;
use crate::cli::output;
use crate::domain::Shown;
use crate::io::cache::{self, Cache};
use crate::io::client::Client;
use crate::io::log;
use crate::io::paths::Identity;
use crate::io::token_store::Place as TokenPlace;
use crate::io::words::words;
use crate::runtime::capabilities::Capabilities;
use crate::runtime::outside::Disk;
use crate::runtime::{self, Surroundings};

/// Runs the editor.
///
/// # Errors
/// Why it could not start.
pub async fn edit(args: Args) -> Result<(), Failure> {
    if args.global.dry_run {
        return Err(Failure::usage("--dry-run is for commands; the editor shows what it would send before it does"));
    }
    let context = Context::quiet(args).await?;
    // Without a log the program goes on.
    let _ = log::start(&context.paths, tracing_subscriber::filter::LevelFilter::INFO, context.masker.clone());
    let token = context.token()?;
    let demo = context.sandbox.is_some();
    let cache = token.as_ref().filter(|_| !demo).and_then(|token| {
        let account = cache::last_account(&context.paths, &context.label, token)?;
        let (values, at) = Cache::new(&context.paths, Identity::new(context.label.clone(), account)).load()?;
        Some((values, Timestamp::from_second(at).ok()?))
    });
    // A file is less safe and wants a word of its own, which `lapel login` asks for.
    let store = context.tokens.places().into_iter().find(|place| *place == TokenPlace::Keyring).filter(|_| !demo);
    let token_place = store.as_ref().map(ToString::to_string);
    let place = Place { label: Shown::line(if context.server.is_groupme() { "" } else { &context.label }), sandbox: demo };
    let around = Surroundings {
        client: Client::new(context.server.clone(), token.clone()),
        disk: Some(Disk {
            paths: context.paths.clone(),
            server: context.label.clone(),
            tokens: store.map(|place| (context.tokens.clone(), place)),
            cache: !demo,
            token: token.clone(),
        }),
        notes: context.notes(),
        clock: context.clock().clone(),
        masker: context.masker.clone(),
    };
    let signed_in = token.is_some();
    let (capabilities, settings, clock) = (Capabilities::from_env(), context.config.settings(), context.clock());
    let start = |size: ratatui::layout::Size| Start {
        now: clock.now(),
        zone: clock.zone().clone(),
        place,
        theme: capabilities.theme(settings),
        pictures: capabilities.pictures(settings.pictures),
        settings: settings.clone(),
        complaints: context.config.complaints(),
        signed_in,
        token_place,
        cache,
        size: (size.width, size.height),
    };
    let ended = runtime::edit(start, around).await;
    let unsaved = ended.map_err(|error| {
        let causes: Vec<String> = error.chain().map(words).collect();
        Failure::failed(context.masker.mask(&causes.join(": ")).into_owned())
    })?;
    if unsaved {
        output::note("Your unsaved edits are kept; the next start offers them again.");
    }
    Ok(())
}
