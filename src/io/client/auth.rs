//! The token in use, and the form this server wants it in.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::domain::Token;

/// How the token travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthForm {
    /// `X-Access-Token: T`, which keeps it out of addresses, proxy logs and error texts.
    Header,
    /// `?token=T`, the only form some servers know.
    Query,
}

/// Token and form, shared by all clones of a client.
#[derive(Debug)]
pub(super) struct Auth(Mutex<AuthState>);

#[derive(Debug)]
struct AuthState {
    token: Option<Token>,
    /// None until the server accepted or refused both.
    form: Option<AuthForm>,
}

impl Auth {
    pub(super) fn new(token: Option<Token>) -> Self {
        Self(Mutex::new(AuthState { token, form: None }))
    }

    pub(super) fn set_token(&self, token: Option<Token>) {
        *self.state() = AuthState { token, form: None };
    }

    pub(super) fn token(&self) -> Option<Token> {
        self.state().token.clone()
    }

    /// The form in use, the header as long as nothing else is known.
    pub(super) fn form(&self) -> AuthForm {
        self.state().form.unwrap_or(AuthForm::Header)
    }

    /// Whether a 401 to the header may still be a matter of form. First calls go out together, so another may have found out
    /// meanwhile that this server wants the query.
    pub(super) fn may_try_query(&self) -> bool {
        self.state().form != Some(AuthForm::Header)
    }

    /// Notes that `token` was accepted in `form`. A token accepted in the query was refused in the header before.
    pub(super) fn accepted(&self, token: &Token, form: AuthForm) {
        let mut state = self.state();
        if state.token.as_ref() == Some(token) && (state.form.is_none() || form == AuthForm::Query) {
            state.form = Some(form);
        }
    }

    /// Notes that `token` was refused in both forms: the form was not the reason, and is not asked about again.
    pub(super) fn refused_in_both(&self, token: &Token) {
        self.accepted(token, AuthForm::Header);
    }

    /// A panic while this was held cannot have left it half written.
    fn state(&self) -> MutexGuard<'_, AuthState> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(text: &str) -> Token {
        Token::parse(text).unwrap()
    }

    #[test]
    fn the_query_wins_over_a_refusal_that_arrives_beside_it() {
        let auth = Auth::new(Some(token("one")));
        assert!(auth.may_try_query());
        auth.refused_in_both(&token("one"));
        assert!(!auth.may_try_query());
        auth.accepted(&token("one"), AuthForm::Query);
        assert_eq!(auth.form(), AuthForm::Query);
        auth.refused_in_both(&token("one"));
        assert_eq!(auth.form(), AuthForm::Query);
    }

    #[test]
    fn what_became_of_an_old_token_says_nothing_about_the_new_one() {
        let auth = Auth::new(Some(token("old")));
        auth.set_token(Some(token("new")));
        auth.accepted(&token("old"), AuthForm::Query);
        assert_eq!((auth.form(), auth.may_try_query()), (AuthForm::Header, true));
    }
}
