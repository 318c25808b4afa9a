//! Lapel: a keyboard-driven terminal editor for a GroupMe account.

pub mod api;
pub mod app;
pub mod base;
pub mod cli;
pub mod domain;
pub mod io;
pub mod jobs;
pub mod runtime;
pub mod sandbox;
pub mod screens;
pub mod start;
pub mod widgets;
