//! The field table of the profile.
