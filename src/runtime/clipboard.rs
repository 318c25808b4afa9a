//! Copying: text goes to the programs that can put it where the person pastes, and only where there is none to the terminal itself,
//! which never tells what became of it.
//!
//! Which programs there are is told by the environment. What they do with the text is theirs.

use std::io::{self, Write};
use std::process::{Command, Stdio};

use crossterm::Command as _;
use crossterm::clipboard::CopyToClipboard;
use tempfile::TempPath;

use crate::base::clip::CopyResult;
use crate::io::token_store::VARIABLE;

/// The variables that tell what is around the program.
pub const VARIABLES: &[&str] = &["TMUX", "STY", "WAYLAND_DISPLAY", "DISPLAY", "WSL_DISTRO_NAME"];
/// Bytes that GNU screen passes on at once.
const CHUNK: usize = 240;

/// The ways of this terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clipboard {
    tmux: bool,
    screen: bool,
    tools: Vec<ClipboardTool>,
}

/// A program of the desktop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct ClipboardTool {
    /// What the person is told.
    place: &'static str,
    command: &'static [&'static str],
}

const WL_COPY: ClipboardTool = ClipboardTool { place: "the clipboard (wl-copy)", command: &["wl-copy"] };
const XCLIP: ClipboardTool = ClipboardTool { place: "the clipboard (xclip)", command: &["xclip", "-selection", "clipboard"] };
const XSEL: ClipboardTool = ClipboardTool { place: "the clipboard (xsel)", command: &["xsel", "--clipboard", "--input"] };
const PBCOPY: ClipboardTool = ClipboardTool { place: "the clipboard (pbcopy)", command: &["pbcopy"] };
const CLIP: ClipboardTool = ClipboardTool { place: "the clipboard (clip.exe)", command: &["clip.exe"] };

/// What came of offering a text around.
#[derive(Debug, Default)]
pub struct CopyAttempt {
    /// Where it went.
    pub arrived: CopyResult,
    /// To be deleted a moment later, when whoever was told of it has read it.
    pub file: Option<TempPath>,
}

impl Clipboard {
    /// As these variables say, here or on another computer than the person's.
    pub fn new(variable: impl Fn(&str) -> Option<String>, far: bool) -> Self {
        let set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
        let tools = [
            (cfg!(target_os = "macos"), PBCOPY),
            (cfg!(windows) || set("WSL_DISTRO_NAME"), CLIP),
            (set("WAYLAND_DISPLAY"), WL_COPY),
            (set("DISPLAY"), XCLIP),
            (set("DISPLAY"), XSEL),
        ];
        let tools = tools.into_iter().filter(|(there, _)| *there && !far).map(|(_, tool)| tool).collect();
        // Either may run inside the other.
        Self { tmux: set("TMUX"), screen: set("STY"), tools }
    }

    /// Hands the text to every program that may have a place for it. Waits for them: not for the loop.
    pub fn offer(&self, text: &str) -> CopyAttempt {
        let mut offered = CopyAttempt::default();
        if self.tmux {
            // With -w it passes the text on to its own terminal; before version 3.2 it did not know how.
            offered.arrived.terminal = run(&["tmux", "load-buffer", "-w", "-"], text.as_bytes());
            if offered.arrived.terminal || run(&["tmux", "load-buffer", "-"], text.as_bytes()) {
                offered.arrived.places.push("tmux's buffer");
            }
        }
        if self.screen
            && let Ok(file) = file(text)
            && let Some(path) = file.to_str()
            && run(&["screen", "-X", "readbuf", path], b"")
        {
            offered.arrived.places.push("screen's buffer");
            offered.file = Some(file);
        }
        if let Some(tool) = self.tools.iter().find(|tool| run(tool.command, &encoded(**tool, text))) {
            offered.arrived.places.push(tool.place);
            offered.arrived.terminal = false;
        }
        offered
    }

    /// What asks the terminal to take the text, if it is still to be asked.
    pub fn sequence(&self, text: &str, arrived: &CopyResult) -> Option<String> {
        let reached = arrived.terminal || arrived.places.iter().any(|place| place.starts_with("the clipboard"));
        if reached || !(arrived.places.is_empty() || self.screen) {
            return None;
        }
        let mut sequence = String::new();
        CopyToClipboard::to_clipboard_from(text).write_ansi(&mut sequence).ok()?;
        Some(if self.screen { through_screen(&sequence) } else { sequence })
    }
}

/// The sequence in pieces that GNU screen hands to its terminal as they are.
fn through_screen(sequence: &str) -> String {
    let body = sequence.trim_end_matches("\x1b\\").to_owned() + "\x07";
    let mut out = String::new();
    for (at, c) in body.char_indices() {
        if at % CHUNK == 0 {
            out.push_str(if at == 0 { "\x1bP" } else { "\x1b\\\x1bP" });
        }
        out.push(c);
    }
    out + "\x1b\\"
}

fn file(text: &str) -> io::Result<TempPath> {
    let mut file = tempfile::Builder::new().prefix("lapel-").tempfile()?;
    file.write_all(text.as_bytes())?;
    Ok(file.into_temp_path())
}

/// Windows takes bytes for the letters of a country, but for this form of Unicode.
fn encoded(tool: ClipboardTool, text: &str) -> Vec<u8> {
    if tool == CLIP { text.encode_utf16().flat_map(u16::to_le_bytes).collect() } else { text.as_bytes().to_vec() }
}

/// Whether the program is there and took the text.
fn run(command: &[&str], text: &[u8]) -> bool {
    let Some((program, args)) = command.split_first() else { return false };
    let child =
        Command::new(program).args(args).env_remove(VARIABLE).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let Ok(mut child) = child else { return false };
    let written = child.stdin.take().is_some_and(|mut stdin| stdin.write_all(text).is_ok());
    child.wait().is_ok_and(|status| status.success()) && written
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clipboard(inside: &str) -> Clipboard {
        Clipboard::new(|name| (name == inside).then(|| "1".to_owned()), true)
    }

    #[test]
    fn tools_of_the_desktop_are_for_the_desktop() {
        let x = |name: &str| (name == "DISPLAY").then(|| ":0".to_owned());
        assert!(Clipboard::new(x, false).tools.contains(&XCLIP));
        assert_eq!(Clipboard::new(x, true).tools, [], "over SSH it would be another desktop's");
    }

    #[test]
    fn the_terminal_is_asked_where_nothing_else_reaches_it() {
        let nowhere = CopyResult::default();
        assert_eq!(clipboard("").sequence("abc", &nowhere).unwrap(), "\x1b]52;c;YWJj\x1b\\");
        assert_eq!(clipboard("STY").sequence("abc", &nowhere).unwrap(), "\x1bP\x1b]52;c;YWJj\x07\x1b\\");
        let in_buffer = CopyResult { places: vec!["tmux's buffer"], terminal: true };
        assert_eq!(clipboard("TMUX").sequence("abc", &in_buffer), None);
        assert!(clipboard("STY").sequence("abc", &CopyResult { places: vec!["screen's buffer"], terminal: false }).is_some());
        let tool = CopyResult { places: vec![XCLIP.place], terminal: false };
        assert_eq!(clipboard("").sequence("abc", &tool), None);
    }

    #[test]
    fn what_screen_gets_is_whole_in_pieces_it_can_take() {
        let long = clipboard("STY").sequence(&"x".repeat(1000), &CopyResult::default()).unwrap();
        let pieces: Vec<&str> = long.split("\x1b\\").filter(|piece| !piece.is_empty()).collect();
        assert!(pieces.len() > 5 && pieces.iter().all(|piece| piece.len() <= CHUNK + 2), "{pieces:?}");
        let whole: String = pieces.iter().map(|piece| piece.strip_prefix("\x1bP").unwrap()).collect();
        assert!(whole.starts_with("\x1b]52;c;eHh4") && whole.ends_with('\x07'), "{whole}");
    }

    #[test]
    fn a_program_that_is_missing_or_refuses_has_not_taken_it() {
        assert!(!run(&["no-such-program-anywhere"], b"x"));
        #[cfg(unix)]
        assert!(!run(&["false"], b"x"));
    }
}
