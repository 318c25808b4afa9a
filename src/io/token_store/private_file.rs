//! The token in a file of mode 0600 in a folder of mode 0700.

use std::fs;
use std::path::Path;

use secrecy::zeroize::Zeroizing;

use super::error::TokenError;
use super::keyring::Secret;
#[cfg(unix)]
use crate::domain::SafeText;
use crate::domain::Token;
use crate::io::file::{self, FileError, shown};

/// More bytes than any token takes.
const CAP: u64 = 4096;

/// Writes the token, with nobody else able to read it at any moment.
pub(super) fn write(path: &Path, token: &Token) -> Result<(), TokenError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    file::private_folder(folder)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let private = fs::Permissions::from_mode(0o700);
        fs::set_permissions(folder, private).map_err(|cause| FileError::new("make private", folder, &cause))?;
    }
    Ok(file::write(path, Zeroizing::new(format!("{}\n", token.reveal())).as_bytes())?)
}

/// The file's text, unless others could have read or replaced it.
pub(super) fn read(path: &Path) -> Result<Option<Secret>, TokenError> {
    if !exists_and_is_no_link(path)? {
        return Ok(None);
    }
    let failed = |cause| FileError::new("read", path, &cause);
    let file = file::open(path).map_err(failed)?;
    #[cfg(unix)]
    check(path, &file.metadata().map_err(failed)?)?;
    let bytes = Zeroizing::new(file::read_open(&file, CAP).map_err(failed)?);
    match std::str::from_utf8(&bytes) {
        Ok(text) => Ok(Some(Secret::new(text.to_owned()))),
        Err(_) => Err(TokenError::Strange { path: shown(path), what: "not a text file" }),
    }
}

/// Removes the file; says whether there was one.
pub(super) fn remove(path: &Path) -> Result<bool, TokenError> {
    Ok(exists_and_is_no_link(path)? && file::remove(path)?)
}

/// A link is refused: removing it would leave the token behind wherever it points.
pub(super) fn exists_and_is_no_link(path: &Path) -> Result<bool, TokenError> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_symlink() => Err(TokenError::Strange { path: shown(path), what: "a link to another file" }),
        Ok(_) => Ok(true),
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => Ok(false),
        Err(cause) => Err(FileError::new("read", path, &cause).into()),
    }
}

#[cfg(unix)]
fn check(path: &Path, found: &fs::Metadata) -> Result<(), TokenError> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    if found.uid() != rustix::process::geteuid().as_raw() {
        return Err(TokenError::Strange { path: shown(path), what: "somebody else's file" });
    }
    if found.permissions().mode() & 0o077 != 0 {
        let what = SafeText::line(format!("{} can be read by others", shown(path)));
        return Err(TokenError::Exposed { what, mend: SafeText::line(format!("chmod 600 {}", quoted(path))) });
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    let open_to_others = fs::metadata(folder).is_ok_and(|found| found.permissions().mode() & 0o022 != 0);
    if open_to_others {
        let what = SafeText::line(format!("others can put files into {}", shown(folder)));
        return Err(TokenError::Exposed { what, mend: SafeText::line(format!("chmod 700 {}", quoted(folder))) });
    }
    Ok(())
}

/// A path as a shell takes it.
pub(super) fn quoted(path: &Path) -> String {
    let path = path.to_string_lossy();
    let plain = path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/._-@".contains(&byte));
    if plain { path.into_owned() } else { format!("'{}'", path.replace('\'', r"'\''")) }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::path::PathBuf;

    use super::*;

    fn stored(dir: &tempfile::TempDir) -> PathBuf {
        let path = dir.path().join("tokens/groupme");
        write(&path, &Token::parse("abc123").unwrap()).unwrap();
        path
    }

    fn chmod(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn what_was_written_is_private_and_comes_back() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("tokens");
        fs::create_dir(&folder).unwrap();
        chmod(&folder, 0o777);
        let path = stored(&dir);
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&folder), mode(&path)), (0o700, 0o600));
        assert_eq!(read(&path).unwrap().unwrap().trim(), "abc123");
        assert_eq!((remove(&path), remove(&path), read(&path)), (Ok(true), Ok(false), Ok(None)));
    }

    #[test]
    fn a_file_others_can_read_is_refused_with_the_command_that_mends_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = stored(&dir);
        for mode in [0o640, 0o604, 0o644, 0o620] {
            chmod(&path, mode);
            let error = read(&path).unwrap_err().to_string();
            assert!(error.contains(&format!("run `chmod 600 {}`", path.display())), "{error}");
        }
        chmod(&path, 0o600);
        chmod(path.parent().unwrap(), 0o777);
        assert!(read(&path).unwrap_err().to_string().contains("run `chmod 700 "));
        chmod(path.parent().unwrap(), 0o755);
        assert!(read(&path).is_ok());
    }

    #[test]
    fn links_and_other_oddities_are_refused_and_not_removed_half() {
        let dir = tempfile::tempdir().unwrap();
        let path = stored(&dir);
        let real = dir.path().join("real");
        fs::rename(&path, &real).unwrap();
        symlink(&real, &path).unwrap();
        for error in [read(&path).unwrap_err(), remove(&path).unwrap_err()] {
            assert!(error.to_string().contains("is a link to another file"), "{error}");
        }
        assert!(real.exists() && path.is_symlink());
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        assert!(read(&path).unwrap_err().to_string().contains("it is a folder"));
    }

    #[test]
    fn commands_to_copy_survive_odd_paths() {
        assert_eq!(quoted(Path::new("/home/ann/.local/t")), "/home/ann/.local/t");
        assert_eq!(quoted(Path::new("/home/it's me/t")), r"'/home/it'\''s me/t'");
    }
}
