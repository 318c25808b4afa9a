//! The variables that decide where requests and files go. One that is set and cannot be used is an error that names it: whoever set it
//! meant something, and going on without it would go elsewhere.
//!
//! Must not read what only describes the terminal; `runtime` does.

use std::ffi::OsString;

use thiserror::Error;
use tracing::level_filters::LevelFilter;

/// The server in place of GroupMe's.
pub const SERVER: &str = "LAPEL_SERVER";
/// How much is logged.
const LOG: &str = "LAPEL_LOG";
/// Proxies for https, the first that is set counting.
const PROXIES: &[&str] = &["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
/// Folders. Those that are not absolute do not count, as their specification asks.
const FOLDERS: &[&str] = &["HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"];
/// Editors, the first that is set counting.
const EDITORS: &[&str] = &["VISUAL", "EDITOR"];

/// A variable that is set and cannot be used.
#[derive(Clone, Debug, PartialEq, Error)]
#[error("{name} is set but {why}; correct it or unset it")]
pub struct VariableError {
    name: &'static str,
    why: &'static str,
}

/// The variables of this process, or of a test.
#[derive(Clone, Copy, Debug)]
pub struct Environment(fn(&str) -> Option<OsString>);

impl Environment {
    /// This process's.
    pub const PROCESS: Self = Self(|name| std::env::var_os(name));

    /// The address of `LAPEL_SERVER`; none if it is not set or empty.
    ///
    /// # Errors
    /// When it is set and no address.
    pub fn server(self) -> Result<Option<String>, VariableError> {
        let Some(value) = self.text(SERVER)? else { return Ok(None) };
        plain(SERVER, &value)?;
        if scheme(&value).is_none_or(|scheme| scheme == "http" || scheme == "https") {
            Ok(Some(value))
        } else {
            Err(VariableError { name: SERVER, why: "is no http or https address" })
        }
    }

    /// The variable that names a proxy for https, if one does.
    ///
    /// # Errors
    /// When it is set and names no proxy that can be used.
    pub fn proxy(self) -> Result<Option<&'static str>, VariableError> {
        for &name in PROXIES {
            let Some(value) = self.text(name)? else { continue };
            plain(name, &value)?;
            return match scheme(&value) {
                None | Some("http" | "https") => Ok(Some(name)),
                Some(_) => Err(VariableError { name, why: "is no http proxy, and no other can be used" }),
            };
        }
        Ok(None)
    }

    /// Checks the folders. A path need not be Unicode.
    ///
    /// # Errors
    /// When one was written with quotes or spaces that are now part of it.
    pub fn check_folders(self) -> Result<(), VariableError> {
        FOLDERS.iter().filter_map(|name| Some((*name, self.0(name)?))).try_for_each(|(name, value)| plain(name, &value.to_string_lossy()))
    }

    /// The editor's command and the variable it is from; none if none is set.
    ///
    /// # Errors
    /// When it cannot be read. Quotes are the shell's.
    pub fn editor(self) -> Result<Option<(&'static str, String)>, VariableError> {
        for &name in EDITORS {
            if let Some(value) = self.text(name)? {
                return Ok(Some((name, value)));
            }
        }
        Ok(None)
    }

    /// Whether `ACCESSIBLE` asks for plain questions and answers.
    pub fn is_accessible(self) -> bool {
        self.0("ACCESSIBLE").is_some_and(|value| !value.is_empty() && value != "0")
    }

    /// How much is logged, where `LAPEL_LOG` says so.
    ///
    /// # Errors
    /// When it says something else than `info` or `debug`.
    pub fn log_level(self) -> Result<Option<LevelFilter>, VariableError> {
        match self.text(LOG)?.as_deref() {
            None => Ok(None),
            Some("info") => Ok(Some(LevelFilter::INFO)),
            Some("debug") => Ok(Some(LevelFilter::DEBUG)),
            Some(_) => Err(VariableError { name: LOG, why: "is neither info nor debug" }),
        }
    }

    /// The value of a variable; none if it is not set, or nothing but spaces.
    fn text(self, name: &'static str) -> Result<Option<String>, VariableError> {
        let Some(value) = self.0(name) else { return Ok(None) };
        let text = value.into_string().map_err(|_| VariableError { name, why: "is not Unicode" })?;
        Ok(Some(text).filter(|text| !text.trim().is_empty()))
    }
}

/// Whether it is written without what a shell or a settings file would have taken off.
fn plain(name: &'static str, value: &str) -> Result<(), VariableError> {
    if value.trim() != value {
        return Err(VariableError { name, why: "begins or ends with a space" });
    }
    if value.starts_with(['"', '\'']) || value.ends_with(['"', '\'']) {
        return Err(VariableError { name, why: "has quotes around it" });
    }
    Ok(())
}

fn scheme(value: &str) -> Option<&str> {
    value.split_once("://").map(|(scheme, _)| scheme)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: Environment = Environment(|name| {
        let value = match name {
            "LAPEL_SERVER" => "http://127.0.0.1:1",
            "https_proxy" => "proxy.example:3128",
            "HOME" => "/home/me",
            "EDITOR" => "'my editor' --wait",
            "LAPEL_LOG" => "debug",
            _ => return None,
        };
        Some(value.into())
    });

    #[test]
    fn what_is_set_well_is_taken_and_nothing_is_no_error() {
        assert_eq!(GOOD.server(), Ok(Some("http://127.0.0.1:1".to_owned())));
        assert_eq!(GOOD.proxy(), Ok(Some("https_proxy")));
        assert_eq!(GOOD.check_folders(), Ok(()));
        assert_eq!(GOOD.log_level(), Ok(Some(LevelFilter::DEBUG)));
        assert_eq!(GOOD.editor(), Ok(Some(("EDITOR", "'my editor' --wait".to_owned()))));
        for empty in [Environment(|_| None), Environment(|_| Some("".into())), Environment(|_| Some("".into()))] {
            assert_eq!((empty.server(), empty.proxy(), empty.editor()), (Ok(None), Ok(None), Ok(None)));
        }
    }

    /// Every variable, with everything that is wrong with it.
    #[test]
    #[cfg(unix)]
    fn what_is_set_and_cannot_be_used_is_named() {
        let bad = |environment: Environment| {
            [
                environment.server().unwrap_err().to_string(),
                environment.proxy().unwrap_err().to_string(),
                environment.check_folders().unwrap_err().to_string(),
            ]
        };
        let named = |texts: [String; 3], why: &str| {
            for (text, name) in texts.iter().zip(["LAPEL_SERVER", "HTTPS_PROXY", "HOME"]) {
                assert!(text.starts_with(&format!("{name} is set but")) && text.contains(why), "{text}");
            }
        };
        named(bad(Environment(|_| Some("\"http://127.0.0.1:1\"".into()))), "quotes");
        named(bad(Environment(|_| Some("'/home/me'".into()))), "quotes");
        named(bad(Environment(|_| Some(" http://127.0.0.1:1".into()))), "space");
        let odd = Environment(|_| Some(std::os::unix::ffi::OsStringExt::from_vec(b"http://127.0.0.1:1/\xff".to_vec())));
        for text in [odd.server().unwrap_err().to_string(), odd.proxy().unwrap_err().to_string(), odd.editor().unwrap_err().to_string()] {
            assert!(text.contains("is not Unicode"), "{text}");
        }
        let ftp = Environment(|_| Some("ftp://127.0.0.1:1".into()));
        assert!(ftp.log_level().unwrap_err().to_string().contains("neither info nor debug"));
        assert!(ftp.server().unwrap_err().to_string().contains("no http or https address"));
        assert!(ftp.proxy().unwrap_err().to_string().contains("no http proxy"));
    }
}
