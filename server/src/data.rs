//! The data folder: made, tried, and closed to everybody but its owner.
//!
//! It holds personal data, one-time links and the key of every form, so nothing in it may depend
//! on the umask of whoever starts the program. What cannot be used is named, with what to do.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// Why the data folder, or something in it, cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    /// There is something else in its place.
    #[error("{} has to be a folder, and is a {found}; move it away, or set IESPEJA_DATA_DIR to another folder", path.display())]
    NotAFolder {
        /// The place.
        path: PathBuf,
        /// What is there.
        found: &'static str,
    },
    /// A folder where a file has to be.
    #[error("{} has to be a file, and is a {found}; move it away", path.display())]
    NotAFile {
        /// The place.
        path: PathBuf,
        /// What is there.
        found: &'static str,
    },
    /// A link that leads nowhere.
    #[error("{} is a symbolic link to {}, which does not exist; make it (a disk that is not mounted?), or remove the link", path.display(), target.display())]
    Dangling {
        /// The link.
        path: PathBuf,
        /// Where it leads.
        target: PathBuf,
    },
    /// It cannot be made, read or written.
    #[error("the data folder {} cannot be written: {}", path.display(), advice(source))]
    Unusable {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Others can read it, and only its owner may change that.
    #[error("{} can be read by others and belongs to another user, so it cannot be closed to them: give it to the user that runs the program (chown -R), or set IESPEJA_DATA_DIR to another folder", path.display())]
    NotOurs {
        /// The file or folder.
        path: PathBuf,
    },
}

/// What the system said of a file, and what to do about it.
#[must_use]
pub fn advice(error: &io::Error) -> String {
    let advice = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "make room on the disk and start again"
        }
        io::ErrorKind::ReadOnlyFilesystem => {
            "the disk can only be read: mount it for writing, or set IESPEJA_DATA_DIR to a folder on another"
        }
        io::ErrorKind::PermissionDenied => {
            "give it to the user that runs the program, or set IESPEJA_DATA_DIR to another folder"
        }
        io::ErrorKind::FileTooLarge => "the user's limit on the size of files is too low",
        _ => {
            "see that it is a folder on a disk that can be written, or set IESPEJA_DATA_DIR to another"
        }
    };
    format!("{error}; {advice}")
}

/// Makes the folder if it is missing, tries to write to it, and closes it and everything in it to
/// others. `around` are folders that must stay open when they lie in the data folder or are it,
/// e.g. that of the courses: then only the program's own files are closed.
///
/// # Errors
/// The first thing that keeps the folder from being used.
pub fn prepare(folder: &Path, around: &[&Path]) -> Result<(), DataError> {
    make(folder)?;
    probe(folder)?;
    for name in ["mail", "bundle"] {
        match kind_of(&folder.join(name)) {
            None | Some(Kind::Folder) => {}
            Some(kind) => {
                return Err(DataError::NotAFolder {
                    path: folder.join(name),
                    found: kind.name(),
                });
            }
        }
    }
    let closed = if is_shared(folder, around) {
        tracing::warn!(
            folder = %folder.display(),
            "the data folder holds other things than data and stays readable by others; give it a folder of its own"
        );
        let mut closed = 0;
        for entry in entries(folder).filter(|entry| is_own(entry)) {
            closed += close(&entry)?;
        }
        closed
    } else {
        close(folder)?
    };
    if closed > 0 {
        tracing::warn!(
            folder = %folder.display(),
            closed,
            "files and folders of the data folder were open to other users; they are closed now"
        );
    }
    Ok(())
}

/// Whether the name is one that the program gives, at the top of the data folder.
fn is_own(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    ["mail", "bundle"].contains(&&*name)
        || ["secret.key", "iespeja.db"]
            .iter()
            .any(|own| name.starts_with(own))
}

/// Whether the folder is not for data alone: one of the others lies in it, or is it; everybody may
/// make files there; or it is full of things that are not ours.
fn is_shared(folder: &Path, others: &[&Path]) -> bool {
    let Ok(folder) = fs::canonicalize(folder) else {
        return false;
    };
    let mut all = entries(&folder).peekable();
    if is_for_everybody(&folder) || (all.peek().is_some() && !all.any(|entry| is_own(&entry))) {
        return true;
    }
    others
        .iter()
        .filter_map(|other| fs::canonicalize(other).ok())
        .any(|other| other.starts_with(&folder))
}

/// Whether it is a folder such as `/tmp`.
#[cfg(unix)]
fn is_for_everybody(folder: &Path) -> bool {
    const STICKY: u32 = 0o1000;
    fs::symlink_metadata(folder).is_ok_and(|found| {
        std::os::unix::fs::PermissionsExt::mode(&found.permissions()) & STICKY != 0
    })
}

#[cfg(not(unix))]
const fn is_for_everybody(_: &Path) -> bool {
    false
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Folder,
    File,
    Other,
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::Folder => "folder",
            Self::File => "file",
            Self::Other => "device or socket",
        }
    }
}

/// What is there, behind links; `None` when nothing is, or nothing can be seen.
#[expect(
    clippy::disallowed_methods,
    reason = "looks at what is in the data folder"
)]
fn kind_of(path: &Path) -> Option<Kind> {
    let found = fs::metadata(path).ok()?;
    Some(if found.is_dir() {
        Kind::Folder
    } else if found.is_file() {
        Kind::File
    } else {
        Kind::Other
    })
}

/// Looks whether the place can be a folder; changes nothing.
///
/// # Errors
/// There is something else, or a link that leads nowhere.
pub fn expect_folder(path: &Path) -> Result<(), DataError> {
    let path = path.to_path_buf();
    match (kind_of(&path), fs::read_link(&path)) {
        (Some(Kind::Folder), _) | (None, Err(_)) => Ok(()),
        (Some(kind), _) => Err(DataError::NotAFolder {
            path,
            found: kind.name(),
        }),
        (None, Ok(target)) => Err(DataError::Dangling { path, target }),
    }
}

fn make(folder: &Path) -> Result<(), DataError> {
    expect_folder(folder)?;
    create_folder(folder).map_err(|source| DataError::Unusable {
        path: folder.to_path_buf(),
        source,
    })
}

/// Makes a folder, and those above it, for the owner alone.
///
/// # Errors
/// As the system says.
pub fn create_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Opens a file for writing that only its owner can read: a new one, or an empty one of the name.
///
/// # Errors
/// As the system says.
#[expect(
    clippy::disallowed_methods,
    reason = "the one way in which files of the data folder are made"
)]
pub fn create_file(path: &Path) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// The same, of a file that is not there yet; empty.
///
/// # Errors
/// As the system says.
#[expect(
    clippy::disallowed_methods,
    reason = "the one way in which files of the data folder are made"
)]
pub fn create_new_file(path: &Path) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Whether the folder takes a file with something in it.
#[expect(clippy::disallowed_methods, reason = "takes its own file away again")]
fn probe(folder: &Path) -> Result<(), DataError> {
    let file = folder.join(".writable");
    let tried = create_file(&file)
        .and_then(|mut file| io::Write::write_all(&mut file, b"?"))
        .and_then(|()| fs::remove_file(&file));
    tried.map_err(|source| {
        let _ = fs::remove_file(&file);
        DataError::Unusable {
            path: folder.to_path_buf(),
            source,
        }
    })
}

#[expect(
    clippy::disallowed_methods,
    reason = "looks at what is in the data folder"
)]
fn entries(folder: &Path) -> impl Iterator<Item = PathBuf> {
    fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
}

/// Takes from others what they may do with a file, or with a folder and everything in it; how many
/// there were. Links are not followed but for the first.
///
/// # Errors
/// [`DataError::NotOurs`].
#[cfg(unix)]
pub fn close(path: &Path) -> Result<usize, DataError> {
    #[expect(
        clippy::disallowed_methods,
        reason = "looks at what is in the data folder"
    )]
    let Ok(found) = fs::metadata(path) else {
        return Ok(0);
    };
    let mut closed = usize::from(close_one(path, &found)?);
    if found.is_dir() {
        for entry in entries(path) {
            // What was removed meanwhile, or is a link, is left alone.
            if fs::symlink_metadata(&entry).is_ok_and(|found| !found.is_symlink()) {
                closed += close(&entry)?;
            }
        }
    }
    Ok(closed)
}

#[cfg(unix)]
fn close_one(path: &Path, found: &fs::Metadata) -> Result<bool, DataError> {
    use std::os::unix::fs::PermissionsExt as _;

    const ALL: u32 = 0o7777;
    const OTHERS: u32 = 0o077;

    let mode = found.permissions().mode() & ALL;
    let is_data = found.is_dir() || found.is_file();
    if mode & OTHERS == 0 || !is_data {
        return Ok(false);
    }
    let own = mode & !OTHERS & 0o700;
    match fs::set_permissions(path, fs::Permissions::from_mode(own)) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(_) => Err(DataError::NotOurs {
            path: path.to_path_buf(),
        }),
    }
}

/// Rights are something else here.
///
/// # Errors
/// None.
#[cfg(not(unix))]
pub fn close(_: &Path) -> Result<usize, DataError> {
    Ok(0)
}

/// Whether a file may be made or opened at the place: something else is named.
///
/// # Errors
/// [`DataError::NotAFile`], or [`DataError::Dangling`] for a link that leads nowhere.
pub fn expect_file(path: &Path) -> Result<(), DataError> {
    let path = path.to_path_buf();
    match (kind_of(&path), fs::read_link(&path)) {
        (Some(Kind::File), _) | (None, Err(_)) => Ok(()),
        (Some(kind), _) => Err(DataError::NotAFile {
            path,
            found: kind.name(),
        }),
        // Whoever finds no file would make one, and find that something is there.
        (None, Ok(target)) => Err(DataError::Dangling { path, target }),
    }
}

/// What this process makes from now on is for its owner alone, whatever the shell said.
#[cfg(unix)]
pub fn close_what_is_made() {
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
}

/// Rights are something else here.
#[cfg(not(unix))]
pub const fn close_what_is_made() {}

/// Opens the way to as many files and connections as the system allows; how many those are.
#[cfg(unix)]
#[must_use]
pub fn raise_file_limit() -> u64 {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    /// More than any server of ours uses.
    const ENOUGH: u64 = 65_536;

    let limit = getrlimit(Resource::Nofile);
    let possible = limit.maximum.unwrap_or(ENOUGH).min(ENOUGH);
    let present = limit.current.unwrap_or(u64::MAX);
    if present >= possible {
        return present;
    }
    let raised = Rlimit {
        current: Some(possible),
        maximum: limit.maximum,
    };
    match setrlimit(Resource::Nofile, raised) {
        Ok(()) => possible,
        Err(_) => present,
    }
}

/// No such limit is known here.
#[cfg(not(unix))]
#[must_use]
pub const fn raise_file_limit() -> u64 {
    4096
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::symlink_metadata(path).unwrap().permissions().mode() & 0o7777
    }

    fn set(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn a_link_that_leads_nowhere_is_no_place_for_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret.key");
        expect_file(&path).unwrap();
        symlink("/nowhere/at/all", &path).unwrap();
        let problem = expect_file(&path).unwrap_err();
        assert!(matches!(problem, DataError::Dangling { .. }), "{problem}");
        assert!(problem.to_string().contains("/nowhere/at/all"), "{problem}");
    }

    #[test]
    fn a_new_folder_is_its_owners_alone() {
        let place = tempfile::tempdir().unwrap();
        let data = place.path().join("var/data");
        prepare(&data, &[]).unwrap();
        assert_eq!(mode(&data), 0o700);
        assert_eq!(fs::read_dir(&data).unwrap().count(), 0, "nothing is left");
        create_file(&data.join("new")).unwrap();
        assert_eq!(mode(&data.join("new")) & 0o077, 0);
    }

    #[test]
    fn what_was_open_is_closed() {
        let place = tempfile::tempdir().unwrap();
        let data = place.path().join("data");
        let elsewhere = place.path().join("elsewhere");
        fs::create_dir_all(data.join("bundle/revisions")).unwrap();
        fs::create_dir_all(data.join("mail")).unwrap();
        let files = [
            "iespeja.db",
            "iespeja.db-wal",
            "iespeja.db-shm",
            "secret.key",
            "mail/a.eml",
            "mail/b.part",
            "bundle/bundle.json",
            "bundle/revisions/q.json",
            "notes",
        ];
        for file in files {
            fs::write(data.join(file), "x").unwrap();
            set(&data.join(file), 0o666);
        }
        fs::write(&elsewhere, "x").unwrap();
        set(&elsewhere, 0o644);
        symlink(&elsewhere, data.join("link")).unwrap();
        let folders = ["", "bundle", "bundle/revisions", "mail"];
        for folder in folders {
            set(&data.join(folder), 0o777);
        }
        prepare(&data, &[]).unwrap();
        for file in files {
            assert_eq!(mode(&data.join(file)), 0o600, "{file}");
        }
        for folder in folders {
            assert_eq!(mode(&data.join(folder)), 0o700, "{folder}");
        }
        assert_eq!(mode(&elsewhere), 0o644, "a link was followed");
        assert_eq!(close(&data).unwrap(), 0, "nothing is left to do");
    }

    #[test]
    fn a_folder_that_holds_other_things_stays_open() {
        let place = tempfile::tempdir().unwrap();
        let data = place.path();
        fs::create_dir(data.join("courses")).unwrap();
        fs::create_dir(data.join("mail")).unwrap();
        fs::write(data.join("README.md"), "x").unwrap();
        fs::write(data.join("iespeja.db-wal"), "x").unwrap();
        for (path, rights) in [
            ("", 0o755),
            ("courses", 0o755),
            ("mail", 0o755),
            ("README.md", 0o644),
            ("iespeja.db-wal", 0o644),
        ] {
            set(&data.join(path), rights);
        }
        prepare(data, &[&data.join("courses")]).unwrap();
        let modes = ["", "courses", "README.md", "mail", "iespeja.db-wal"]
            .map(|path| mode(&data.join(path)));
        assert_eq!(modes, [0o755, 0o755, 0o644, 0o700, 0o600]);
    }

    #[test]
    fn a_folder_of_somebody_else_stays_open() {
        let place = tempfile::tempdir().unwrap();
        for (name, rights, file) in [
            ("foreign", 0o755, "passwd"),
            ("everybody", 0o1777, "secret.key"),
        ] {
            let folder = place.path().join(name);
            fs::create_dir(&folder).unwrap();
            fs::write(folder.join(file), "x").unwrap();
            set(&folder, rights);
            prepare(&folder, &[]).unwrap();
            assert_eq!(mode(&folder), rights, "{name}");
        }
    }

    #[test]
    fn what_is_no_folder_is_named() {
        let place = tempfile::tempdir().unwrap();
        let file = place.path().join("file");
        fs::write(&file, "x").unwrap();
        let dangling = place.path().join("dangling");
        symlink(place.path().join("nowhere"), &dangling).unwrap();
        let busy = place.path().join("busy");
        fs::create_dir(&busy).unwrap();
        fs::write(busy.join("mail"), "x").unwrap();
        for (path, words) in [
            (
                file.clone(),
                ["file has to be a folder, and is a file", "IESPEJA_DATA_DIR"],
            ),
            (file.join("data"), ["cannot be written", "IESPEJA_DATA_DIR"]),
            (
                dangling,
                ["nowhere, which does not exist", "remove the link"],
            ),
            (
                busy,
                ["mail has to be a folder, and is a file", "move it away"],
            ),
            (
                "/proc/iespeja".into(),
                ["/proc/iespeja cannot be written", "IESPEJA_DATA_DIR"],
            ),
        ] {
            let message = prepare(&path, &[]).unwrap_err().to_string();
            for word in words {
                assert!(message.contains(word), "{message}");
            }
        }
    }

    #[test]
    fn a_link_to_a_folder_is_that_folder() {
        let place = tempfile::tempdir().unwrap();
        let disk = place.path().join("disk");
        fs::create_dir(&disk).unwrap();
        set(&disk, 0o755);
        symlink(&disk, place.path().join("data")).unwrap();
        prepare(&place.path().join("data"), &[]).unwrap();
        assert_eq!(mode(&disk), 0o700);
    }

    #[test]
    fn every_trouble_with_a_disk_says_what_to_do() {
        for (kind, words) in [
            (io::ErrorKind::StorageFull, "make room"),
            (io::ErrorKind::QuotaExceeded, "make room"),
            (io::ErrorKind::ReadOnlyFilesystem, "mount it for writing"),
            (io::ErrorKind::PermissionDenied, "give it to the user"),
            (io::ErrorKind::Other, "IESPEJA_DATA_DIR"),
        ] {
            assert!(advice(&kind.into()).contains(words), "{kind:?}");
        }
    }
}
