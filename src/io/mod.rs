//! The only code that touches the network or the disk.

pub mod cache;
pub mod client;
pub mod clock;
pub mod config;
mod document;
pub mod draft;
pub mod environment;
pub mod file;
pub mod history;
pub mod log;
pub mod notes;
pub mod paths;
pub mod picture_file;
pub mod process;
pub mod temporary_folder;
pub mod token_store;
pub mod user_file;
pub mod words;
