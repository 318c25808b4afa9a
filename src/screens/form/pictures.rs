//! Pictures by file or by address: what was meant, the question before an upload, and where the picture goes.

use std::path::{Path, PathBuf};

use super::input::Input;
use super::{Form, Subject};
use crate::api::ApiError;
use crate::base::job::Looked;
use crate::base::{Action, Job, Level, Outcome, Scope, Shared};
use crate::screens::overlay::Overlay;
use crate::screens::{Ask, Nav};

/// What the entry for a picture is for.
pub(super) const ENTRY: &str = "picture";

impl<S: Subject> Form<S> {
    /// Asks which picture; `typed` is the beginning of its path or address.
    pub(super) fn ask_for_picture(&self, typed: &str, shared: &Shared) -> Nav {
        if self.upload_for.is_some() && shared.session.desk.jobs().any(|job| matches!(job, Job::Upload(_))) {
            let lines = ["A picture is being uploaded; one goes at a time.", "What has arrived already cannot be called back."];
            return Overlay::ask("Cancel the upload?", &lines, "cancel it", Ask::CancelUpload);
        }
        let complete = shared.key(Scope::Entry, Action::Complete);
        let help =
            format!("The path of a picture file, or an address at i.groupme.com. {complete} completes a path; a file can be dropped here.");
        Nav::Open(Box::new(Overlay::entry(ENTRY, "Picture", &help, typed)))
    }

    /// Takes an address as it is and asks about a file.
    pub(super) fn take_picture(&mut self, text: &str, shared: &mut Shared) -> Option<Nav> {
        let text = text.trim();
        if is_address(text) {
            self.add_picture(self.row, text);
        } else if text.is_empty() || text.contains('\n') {
            shared.say(Level::Info, "One picture at a time: a path or an address at i.groupme.com");
        } else {
            self.look_at(&dropped(text).unwrap_or_else(|| text.to_owned()), shared);
        }
        None
    }

    /// Looks at a file; what it is comes back, and then the question.
    pub(super) fn look_at(&mut self, path: &str, shared: &mut Shared) {
        self.look_for = Some(self.row);
        shared.start(Job::LookAt(PathBuf::from(path)));
    }

    /// Asks before a file becomes public, if the user is still where it was named.
    pub(super) fn looked(&mut self, path: &Path, result: Result<Outcome, ApiError>, shared: &mut Shared) -> Option<Nav> {
        let row = self.look_for.take()?;
        match result {
            Ok(Outcome::Looked(looked)) if self.in_front && row == self.row => {
                let [about, taken_out] = words_about(&looked);
                let lines = [&about, &taken_out, "An uploaded picture is public: whoever has its address can see it."];
                Some(Overlay::ask("Upload this picture?", &lines, "upload", Ask::Upload(path.to_string_lossy().into_owned())))
            }
            Ok(_) => None,
            Err(ApiError::BadPicture { reason }) => {
                shared.say(Level::Error, format!("That is no picture to upload: {reason}"));
                None
            }
            Err(error) => {
                shared.say_error("The picture file could not be looked at", &error);
                None
            }
        }
    }

    pub(super) fn upload(&mut self, path: String, shared: &mut Shared) {
        if self.upload_for.is_some() {
            shared.say(Level::Info, "A picture is being uploaded already; add this one afterwards");
            return;
        }
        self.upload_for = Some(self.row);
        shared.start(Job::Upload(PathBuf::from(path)));
    }

    pub(super) fn cancel_upload(&mut self, shared: &mut Shared) {
        if self.upload_for.take().is_some() {
            shared.give_up(&Job::Upload(PathBuf::new()).subject());
            shared.say(Level::Info, "The upload was cancelled");
        }
    }

    /// Puts a picture where it belongs: in place of the one there is, or into the list.
    pub(super) fn add_picture(&mut self, row: usize, address: &str) {
        match self.fields.get_mut(row).map(|field| &mut field.input) {
            Some(Input::Gallery(gallery)) => gallery.add(address),
            Some(input) => input.replace(address),
            None => return,
        }
        self.touched(row);
        self.judge(row);
    }
}

/// What there is to know about a file before it becomes public.
fn words_about(looked: &Looked) -> [String; 2] {
    let size = match looked.bytes {
        bytes @ ..1024 => format!("{bytes} bytes"),
        bytes @ ..1_048_576 => format!("{} KiB", bytes.div_ceil(1024)),
        bytes => format!("{}.{} MiB", bytes >> 20, (bytes & 0xf_ffff) * 10 >> 20),
    };
    let taken_out = match looked.taken_out.as_slice() {
        [] => "It holds nothing but the picture.".to_owned(),
        parts => format!("Taken out first: {}.", parts.join(", and ")),
    };
    [format!("{}: {}, {size}", looked.name, looked.kind), taken_out]
}

fn is_address(text: &str) -> bool {
    ["https://", "http://", "i.groupme.com/"].iter().any(|start| text.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start)))
}

/// The path in what a terminal types when a file is dropped on it: quoted, with escaped spaces, or as a `file:` address. None if it is
/// anything else than one absolute path.
pub(super) fn dropped(text: &str) -> Option<String> {
    let text = text.trim();
    if text.contains(['\n', '\r']) {
        return None;
    }
    let quoted = ['\'', '"'].iter().find_map(|quote| text.strip_prefix(*quote)?.strip_suffix(*quote));
    let path = if let Some(rest) = text.strip_prefix("file://") {
        percent_decoded(rest.strip_prefix("localhost").unwrap_or(rest))?
    } else if let Some(inside) = quoted {
        inside.to_owned()
    } else if is_windows(text) {
        text.to_owned()
    } else {
        unescaped(text)
    };
    (path.starts_with('/') || path.starts_with("~/") || is_windows(&path)).then_some(path)
}

fn is_windows(path: &str) -> bool {
    matches!(path.as_bytes(), [drive, b':', b'\\' | b'/', ..] if drive.is_ascii_alphabetic())
}

/// A backslash stands for the character behind it.
fn unescaped(text: &str) -> String {
    let mut chars = text.chars();
    let mut path = String::new();
    while let Some(c) = chars.next() {
        path.push(if c == '\\' { chars.next().unwrap_or(c) } else { c });
    }
    path
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(if byte == b'%' {
            let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
            u8::try_from(digit(rest.next())? * 16 + digit(rest.next())?).ok()?
        } else {
            byte
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_a_terminal_types_a_dropped_file_is_its_path() {
        for (typed, path) in [
            ("/home/isa/cat.png", Some("/home/isa/cat.png")),
            (" /home/isa/my\\ cat\\'s.png \n", Some("/home/isa/my cat's.png")),
            ("'/home/isa/my cat.png'", Some("/home/isa/my cat.png")),
            ("\"C:\\Users\\Isa\\cat.png\"", Some("C:\\Users\\Isa\\cat.png")),
            ("C:\\Users\\cat.png", Some("C:\\Users\\cat.png")),
            ("file:///home/isa/my%20cat%C3%A9.png", Some("/home/isa/my caté.png")),
            ("file://localhost/a.png", Some("/a.png")),
            ("~/cat.png", Some("~/cat.png")),
            ("https://i.groupme.com/1", None),
            ("file:///%zz", None),
            ("/a\n/b", None),
            ("cat", None),
            ("", None),
        ] {
            assert_eq!(dropped(typed).as_deref(), path, "{typed:?}");
        }
    }
}
