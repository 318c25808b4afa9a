//! Pictures by file or by address: what was meant, the question before an upload, and where the picture goes.

use std::path::{Path, PathBuf};

use super::input::FieldInput;
use super::{Form, FormSpec};
use crate::api::ApiError;
use crate::base::job::PictureInfo;
use crate::base::{Action, Job, Level, Scope, Shared};
use crate::domain::{SafeText, dropped};
use crate::screens::overlay::Overlay;
use crate::screens::overlay::confirm::Confirm;
use crate::screens::{Nav, YesNoQuestion};

/// What the entry for a picture is for.
pub(super) const ENTRY: &str = "picture";

impl<S: FormSpec> Form<S> {
    /// Asks which picture; `typed` is the beginning of its path or address.
    pub(super) fn ask_for_picture(&self, typed: &str, shared: &Shared) -> Nav {
        if self.upload_for.is_some() && shared.session.in_flight.jobs().any(|job| matches!(job, Job::Upload(_))) {
            let lines = ["A picture is being uploaded; one goes at a time.", "What has arrived already cannot be called back."];
            return Overlay::ask("Cancel the upload?", &lines, "cancel it", YesNoQuestion::CancelUpload);
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
        } else if text.is_empty() || dropped::paths(text).len() > 1 || text.contains('\n') {
            shared.say(Level::Info, "One picture at a time: a path or an address at i.groupme.com");
        } else {
            self.look_at(text, shared);
        }
        None
    }

    /// Looks at a file; what it is comes back, and then the question.
    pub(super) fn look_at(&mut self, path: &str, shared: &mut Shared) {
        self.look_for = Some(self.row);
        shared.start(Job::LookAt(PathBuf::from(path)));
    }

    /// Asks before a file becomes public, if the user is still where it was named.
    pub(super) fn looked(&mut self, path: &Path, result: Result<PictureInfo, ApiError>, shared: &mut Shared) -> Option<Nav> {
        let row = self.look_for.take()?;
        match result {
            Ok(looked) if self.in_front && row == self.row => {
                let [about, taken_out] = words_about(&looked);
                let lines = [&about, &taken_out, "An uploaded picture is public: whoever has its address can see it."];
                let lines = lines.iter().map(SafeText::line).collect();
                let question =
                    Confirm::new("Upload this picture?", lines, "upload", YesNoQuestion::Upload(path.to_string_lossy().into_owned()));
                Some(Nav::Open(Box::new(Overlay::Confirm(question.showing(looked.picture)))))
            }
            Ok(_) => None,
            Err(ApiError::BadPicture { reason }) => {
                shared.say(Level::Error, format!("This cannot be uploaded: {reason}"));
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
            Some(FieldInput::Gallery(gallery)) => gallery.add(address),
            Some(input) => input.replace(address),
            None => return,
        }
        self.touched(row);
        self.judge(row);
    }
}

/// What there is to know about a file before it becomes public.
fn words_about(looked: &PictureInfo) -> [String; 2] {
    let size = match looked.bytes {
        bytes @ ..1024 => format!("{bytes} bytes"),
        bytes @ ..1_048_576 => format!("{} KiB", bytes.div_ceil(1024)),
        bytes => format!("{}.{} MiB", bytes >> 20, ((bytes & 0xf_ffff) * 10) >> 20),
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

/// Whether a pasted text is a file, or several, dropped on the terminal.
pub(super) fn is_dropped(text: &str) -> bool {
    let paths = dropped::paths(text);
    !text.trim().is_empty() && paths.iter().all(|path| dropped::is_absolute(path))
}
