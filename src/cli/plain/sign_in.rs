//! Signing in, where nobody is: `lapel login` inside the conversation.

use super::ask;
use crate::api::ApiError;
use crate::cli::context::Context;
use crate::cli::exit::Failure;
use crate::cli::session;

/// Asks until somebody is signed in or does not want to be.
///
/// # Errors
/// When nobody is in the end, there is a token that cannot be used, or nothing can be printed.
pub(super) async fn ensure(context: &Context) -> Result<(), Failure> {
    while context.token()?.is_none() {
        match ask::choice("Nobody is signed in. Sign in now?", &["yes", "no"])? {
            Some("yes") => ask::told(session::login(context).await)?,
            _ => return Err(Failure::from(ApiError::SignedOut)),
        };
    }
    Ok(())
}
