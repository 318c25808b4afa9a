//! The files and folders Lapel uses: whether they are there, can be written, and are nobody else's business.

use std::path::Path;

use serde_json::json;

use super::report::ReportSection;
use crate::io::file::shown;
use crate::io::paths::Paths;

/// Looks at the folders and their files.
pub(super) fn look(paths: &Paths) -> ReportSection {
    let mut section = ReportSection::new("files");
    for (name, folder) in paths.folders() {
        let text = shown(folder).to_string();
        let facts = |mode: Option<u32>| json!({"path": text, "exists": folder.exists(), "mode": mode.map(|mode| format!("{mode:o}"))});
        let mode = mode(folder);
        let said = match mode {
            Some(mode) => format!("{text} (mode {mode:o})"),
            None => format!("{text} (not there yet)"),
        };
        // Whoever can write the settings can have any command run; of the rest, reading is bad enough.
        let open = if name == "config" { 0o022 } else { 0o077 };
        let exposed =
            std::iter::once(folder.to_owned()).chain(below(folder)).find(|path| mode_of(path).is_some_and(|mode| mode & open != 0));
        if !can_write(folder) && name != "config" {
            section.advise(name, facts(mode), said, "cannot be written, so nothing is kept there; check with `ls -ld` who owns it");
        } else if let Some(path) = exposed {
            let what = if open == 0o022 { "write" } else { "read" };
            let advice = format!("others can {what} {path}; run: chmod -R go= {path}", path = shown(&path));
            section.advise(name, facts(mode), said, advice);
        } else {
            section.fine(name, facts(mode), said);
        }
    }
    section
}

fn mode(path: &Path) -> Option<u32> {
    std::fs::metadata(path).ok().and_then(|_| mode_of(path))
}

#[cfg(unix)]
fn mode_of(path: &Path) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    // A link has no mode of its own.
    std::fs::metadata(path).ok().map(|found| found.permissions().mode() & 0o777)
}

#[cfg(not(unix))]
fn mode_of(_: &Path) -> Option<u32> {
    None
}

/// What is in a folder and in the folders in it; no deeper.
fn below(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = |folder: &Path| std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect::<Vec<_>>();
    entries(folder).into_iter().flat_map(|path| std::iter::once(path.clone()).chain(entries(&path))).collect()
}

/// Whether files could be made in `folder`, or the folder itself if it is missing.
#[cfg(unix)]
fn can_write(folder: &Path) -> bool {
    let there = folder.ancestors().find(|path| path.exists());
    there.is_some_and(|path| rustix::fs::access(path, rustix::fs::Access::WRITE_OK).is_ok())
}

#[cfg(not(unix))]
fn can_write(_: &Path) -> bool {
    true
}
