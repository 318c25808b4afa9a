//! `lapel config`: the settings in force, as a file that could be one's own.

use serde_json::json;

use super::args::{ConfigArgs as Wanted, Global};
use super::exit::Failure;
use super::output;
use crate::base::settings;
use crate::io::config::Config;
use crate::io::environment::Environment;
use crate::io::paths::Paths;

/// Prints the settings, or where they belong. With mistakes in the file it prints what holds all the same, and fails.
pub(super) fn run(global: &Global, wanted: &Wanted) -> Result<(), Failure> {
    Environment::PROCESS.check_folders()?;
    let paths = Paths::from_env().map_err(|error| Failure::failed(error.to_string()))?;
    if wanted.path {
        let path = paths.config_file();
        return if global.json { output::json(&json!({"path": path.to_string_lossy()})) } else { output::line(path.to_string_lossy()) };
    }
    let config = Config::load(&paths);
    let text = settings::write(config.settings(), config.reading.token_command.as_deref());
    if global.json {
        let value: serde_json::Value =
            toml::from_str(&text).map_err(|error| Failure::failed(format!("the settings could not be written: {error}")))?;
        output::json(&value)?;
    } else {
        output::line(text.trim_end())?;
    }
    let complaints = config.complaints();
    if complaints.is_empty() {
        return Ok(());
    }
    let lines: Vec<String> = complaints.iter().map(ToString::to_string).collect();
    Err(Failure::failed(lines.join("\nlapel: ")))
}
