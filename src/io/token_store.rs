//! Where the token is kept.
