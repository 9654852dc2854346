//! The data folder: created, checked, and accessible to its owner only.
//!
//! It contains personal data, one-time links and the key that protects forms, so its access rights must not
//! depend on the umask. Errors name the file and what to do.

use std::{
    fmt, fs, io,
    path::{Path, PathBuf},
};

/// Why the data folder, or something in it, cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    /// Something else is at the path.
    #[error("{} has to be a {wanted}, and is a {found}; move it away{}", path.display(), wanted.elsewhere())]
    SomethingElse {
        /// The path.
        path: PathBuf,
        /// What is needed there.
        wanted: EntryKind,
        /// What is there.
        found: EntryKind,
    },
    /// A symbolic link whose target does not exist.
    #[error("{} is a symbolic link to {}, which does not exist; make it (a disk that is not mounted?), or remove the link", path.display(), target.display())]
    Dangling {
        /// The link.
        path: PathBuf,
        /// Its target.
        target: PathBuf,
    },
    /// It cannot be created, read or written.
    #[error("the data folder {} cannot be written: {}", path.display(), advice(source))]
    Unusable {
        /// The folder.
        path: PathBuf,
        /// The system's error.
        source: io::Error,
    },
    /// Others can read it, and only its owner, another user, can change that.
    #[error("{} can be read by others and belongs to another user, so it cannot be closed to them: give it to the user that runs the program (chown -R), or set IESPEJA_DATA_DIR to another folder", path.display())]
    NotOurs {
        /// The file or folder.
        path: PathBuf,
    },
}

/// The system's error in words, with what to do about it.
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

/// Creates the folder if it is missing, checks that it can be written to, removes access for other users, and
/// deletes files that an interrupted program left incomplete. `around` are folders that must keep their
/// access rights, e.g. that of the courses. If one of them is the data folder or inside it, only the
/// program's own files are restricted.
///
/// # Errors
/// The first problem that makes the folder unusable.
pub fn prepare(folder: &Path, around: &[&Path]) -> Result<(), DataError> {
    make(folder)?;
    probe(folder)?;
    for name in FOLDERS {
        expect(&folder.join(name), EntryKind::Folder)?;
    }
    let mut closed = if is_shared(folder, around) {
        tracing::warn!(
            folder = %folder.display(),
            "the data folder holds other things than data and stays readable by others; give it a folder of its own"
        );
        let mut closed = 0;
        for entry in entries(folder).filter(|entry| is_own(entry) && !is_link(entry)) {
            closed += restrict(&entry)?;
        }
        closed
    } else {
        restrict(folder)?
    };
    for link in entries(folder).filter(|entry| is_own(entry) && is_link(entry)) {
        closed += restrict_link_target(&link, around);
    }
    remove_unfinished(folder, around);
    if closed > 0 {
        tracing::warn!(
            folder = %folder.display(),
            closed,
            "files and folders of the data folder were open to other users; they are closed now"
        );
    }
    Ok(())
}

/// The folders inside the data folder.
const FOLDERS: [&str; 2] = ["mail", "bundle"];

/// Removes access for other users from a file or folder of the data folder after something was written there;
/// returns how many files were changed. Symbolic links are handled as in [`prepare`].
///
/// # Errors
/// [`DataError::NotOurs`].
pub fn restrict_part(path: &Path, around: &[&Path]) -> Result<usize, DataError> {
    if is_link(path) {
        Ok(restrict_link_target(path, around))
    } else {
        restrict(path)
    }
}

/// Removes access from the target of a symbolic link with one of the program's own names; returns how many
/// files were changed. A target that contains other things, or belongs to another user, is left unchanged and
/// logged.
fn restrict_link_target(link: &Path, around: &[&Path]) -> usize {
    let Ok(target) = fs::canonicalize(link) else {
        return 0;
    };
    let closed = if is_for_one_part(link, &target, around) {
        restrict(&target).ok()
    } else {
        None
    };
    if closed.is_none() && is_open(&target) {
        tracing::warn!(
            link = %link.display(),
            target = %target.display(),
            "a part of the data folder is a symbolic link to a place that other users can look into, and that cannot be closed: it holds other things too, or belongs to another user; give it a place of its own, with the rights 0700 (a file: 0600)"
        );
    }
    closed.unwrap_or(0)
}

/// Whether the target of a link is used only for that part of the data folder.
fn is_for_one_part(link: &Path, target: &Path, around: &[&Path]) -> bool {
    if kind_of(target) == Some(EntryKind::File) {
        return true;
    }
    let is_mail = link.file_name().is_some_and(|name| name == "mail");
    let is_ours = |entry: &PathBuf| {
        let name = entry.file_name().unwrap_or_default().to_string_lossy();
        if is_mail {
            [".eml", ".part"].iter().any(|end| name.ends_with(end))
        } else {
            OF_BUNDLE.contains(&&*name)
        }
    };
    !is_for_everybody(target)
        && !holds_one_of(target, around)
        && entries(target).all(|entry| is_ours(&entry))
}

/// The names in a bundle's folder.
const OF_BUNDLE: [&str; 6] = [
    "manifest.json",
    ".sources",
    ".writing",
    "courses",
    "revisions",
    "assets",
];

/// Deletes incomplete files: mails, which are written again, and incomplete keys. Another server that shares
/// the folder and is writing one at this moment tries again.
#[expect(clippy::disallowed_methods, reason = "takes our own files away")]
fn remove_unfinished(folder: &Path, around: &[&Path]) {
    let mail = folder.join("mail");
    let is_ours = !is_link(&mail)
        || fs::canonicalize(&mail).is_ok_and(|target| is_for_one_part(&mail, &target, around));
    let mails = entries(&mail).filter(|_| is_ours);
    // Without a key, another server may be creating it.
    let has_key = kind_of(&folder.join("secret.key")).is_some();
    let keys = entries(folder).filter(|entry| {
        let name = entry.file_name().unwrap_or_default().to_string_lossy();
        (has_key && name.starts_with("secret.key.")) || name.starts_with("field.keys.")
    });
    for file in mails.chain(keys) {
        let is_unfinished = file.extension().is_some_and(|ending| ending == "part")
            && fs::symlink_metadata(&file).is_ok_and(|found| found.is_file());
        if is_unfinished && let Err(error) = fs::remove_file(&file) {
            tracing::warn!(file = %file.display(), %error, "an unfinished file cannot be removed");
        }
    }
}

/// Whether the name is one that the program creates at the top of the data folder.
fn is_own(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    FOLDERS.contains(&&*name)
        || ["secret.key", "field.keys", "iespeja.db"]
            .iter()
            .any(|own| name.starts_with(own))
}

/// Whether the folder is used for other things too: one of `others` is inside it or is it, all users may
/// create files in it, or most of its files are not ours.
fn is_shared(folder: &Path, others: &[&Path]) -> bool {
    let Ok(folder) = fs::canonicalize(folder) else {
        return false;
    };
    let mut all = entries(&folder).peekable();
    if is_for_everybody(&folder) || (all.peek().is_some() && !all.any(|entry| is_own(&entry))) {
        return true;
    }
    holds_one_of(&folder, others)
}

/// Whether one of the others is the folder or inside it.
fn holds_one_of(folder: &Path, others: &[&Path]) -> bool {
    others
        .iter()
        .filter_map(|other| fs::canonicalize(other).ok())
        .any(|other| other.starts_with(folder))
}

fn is_link(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink())
}

/// Whether other users have any access to it.
#[cfg(unix)]
fn is_open(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| {
        std::os::unix::fs::PermissionsExt::mode(&found.permissions()) & OTHERS != 0
    })
}

#[cfg(not(unix))]
const fn is_open(_: &Path) -> bool {
    false
}

/// Whether all users may create files in it, as in `/tmp`.
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

/// The kind of a file-system entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// A folder.
    Folder,
    /// An ordinary file.
    File,
    /// Neither.
    Other,
}

impl EntryKind {
    /// What to do, other than moving away what is there.
    const fn elsewhere(self) -> &'static str {
        match self {
            Self::Folder => ", or set IESPEJA_DATA_DIR to another folder",
            Self::File | Self::Other => "",
        }
    }
}

impl fmt::Display for EntryKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Folder => "folder",
            Self::File => "file",
            Self::Other => "device or socket",
        })
    }
}

/// The kind of the entry, following links; `None` if there is none or it cannot be read.
#[expect(
    clippy::disallowed_methods,
    reason = "looks at what is in the data folder"
)]
fn kind_of(path: &Path) -> Option<EntryKind> {
    let found = fs::metadata(path).ok()?;
    Some(if found.is_dir() {
        EntryKind::Folder
    } else if found.is_file() {
        EntryKind::File
    } else {
        EntryKind::Other
    })
}

/// Checks that the entry is of the wanted kind, or could be created; changes nothing.
///
/// # Errors
/// [`DataError::SomethingElse`] for the entry itself or for a folder above it; [`DataError::Dangling`] for a
/// symbolic link whose target does not exist: its target may be on a disk that is not mounted.
pub fn expect(path: &Path, wanted: EntryKind) -> Result<(), DataError> {
    match (kind_of(path), fs::read_link(path)) {
        (Some(found), _) if found == wanted => Ok(()),
        (Some(found), _) => Err(DataError::SomethingElse {
            path: path.to_path_buf(),
            wanted,
            found,
        }),
        (None, Ok(target)) => Err(DataError::Dangling {
            path: path.to_path_buf(),
            target,
        }),
        (None, Err(_)) => match path.parent() {
            Some(above) if !above.as_os_str().is_empty() => expect(above, EntryKind::Folder),
            _ => Ok(()),
        },
    }
}

fn make(folder: &Path) -> Result<(), DataError> {
    expect(folder, EntryKind::Folder)?;
    create_folder(folder).map_err(|source| DataError::Unusable {
        path: folder.to_path_buf(),
        source,
    })
}

/// Creates a folder, and those above it, accessible to the owner only.
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

/// Opens a file for writing, readable by its owner only: new, or emptied if it exists.
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

/// Creates an empty file, readable by its owner only; an existing file is an error.
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

/// Opens a file for reading and writing without emptying it, or creates it, readable by its owner only.
///
/// # Errors
/// As the system says.
#[expect(
    clippy::disallowed_methods,
    reason = "the one way in which files of the data folder are made"
)]
pub fn open_file(path: &Path) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Removes a file; none is as good.
///
/// # Errors
/// As the system says.
#[expect(
    clippy::disallowed_methods,
    reason = "removes files of the data folder"
)]
pub fn remove_file(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Checks that a file with content can be written to the folder.
///
/// # Errors
/// [`DataError::Unusable`].
#[expect(clippy::disallowed_methods, reason = "takes its own file away again")]
pub fn probe(folder: &Path) -> Result<(), DataError> {
    // Another process may be trying at this moment.
    let file = folder.join(format!(".writable-{}", std::process::id()));
    let tried = create_file(&file)
        // As much as a block, because a disk may be full but for the rest of one.
        .and_then(|mut file| {
            io::Write::write_all(&mut file, &[b'?'; 4096])?;
            file.sync_data()
        })
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

/// Removes access for other users from a file, or from a folder with everything in it; returns how many were
/// changed. Symbolic links inside are not followed.
///
/// # Errors
/// [`DataError::NotOurs`].
#[cfg(unix)]
pub fn restrict(path: &Path) -> Result<usize, DataError> {
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
            // Skips entries that were removed in the meantime, and symbolic links.
            if fs::symlink_metadata(&entry).is_ok_and(|found| !found.is_symlink()) {
                closed += restrict(&entry)?;
            }
        }
    }
    Ok(closed)
}

/// The access rights of group and others.
#[cfg(unix)]
const OTHERS: u32 = 0o077;

#[cfg(unix)]
fn close_one(path: &Path, found: &fs::Metadata) -> Result<bool, DataError> {
    use std::os::unix::fs::PermissionsExt as _;

    const ALL: u32 = 0o7777;

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

/// What is open to other users in a folder, and the folder itself if it is; changes nothing.
#[must_use]
pub fn open_to_others(folder: &Path) -> Vec<PathBuf> {
    let mut open = Vec::new();
    if is_open(folder) {
        open.push(folder.to_path_buf());
    }
    for entry in entries(folder).filter(|entry| !is_link(entry)) {
        if kind_of(&entry) == Some(EntryKind::Folder) {
            open.extend(open_to_others(&entry));
        } else if is_open(&entry) {
            open.push(entry);
        }
    }
    open
}

/// This system has no Unix access rights.
///
/// # Errors
/// None.
#[cfg(not(unix))]
pub fn restrict(_: &Path) -> Result<usize, DataError> {
    Ok(0)
}

/// Sets the umask, so that all files of this process are accessible to the owner only.
#[cfg(unix)]
pub fn restrict_new_files() {
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
}

/// This system has no umask.
#[cfg(not(unix))]
pub const fn restrict_new_files() {}

/// Raises the limit on open files to the most that the system allows; returns it.
#[cfg(unix)]
#[must_use]
pub fn raise_file_limit() -> u64 {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    /// More than this server can use.
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

/// This system has no such limit.
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
    fn a_dangling_link_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret.key");
        expect(&path, EntryKind::File).unwrap();
        symlink("/nowhere/at/all", &path).unwrap();
        let problem = expect(&path, EntryKind::File).unwrap_err();
        assert!(matches!(problem, DataError::Dangling { .. }), "{problem}");
        assert!(problem.to_string().contains("/nowhere/at/all"), "{problem}");
    }

    #[test]
    fn a_new_folder_is_accessible_to_its_owner_only() {
        let place = tempfile::tempdir().unwrap();
        let data = place.path().join("var/data");
        prepare(&data, &[]).unwrap();
        assert_eq!(mode(&data), 0o700);
        assert_eq!(fs::read_dir(&data).unwrap().count(), 0, "nothing is left");
        create_file(&data.join("new")).unwrap();
        assert_eq!(mode(&data.join("new")) & 0o077, 0);
    }

    #[test]
    fn access_for_others_is_removed() {
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
            "mail/b.eml",
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
        assert_eq!(restrict(&data).unwrap(), 0, "nothing is left to do");
    }

    #[test]
    fn a_folder_with_other_files_keeps_its_access_rights() {
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
    fn a_folder_of_another_user_keeps_its_access_rights() {
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
    fn an_entry_that_is_not_a_folder_is_reported() {
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
            (
                file.join("a/data"),
                ["file has to be a folder, and is a file", "IESPEJA_DATA_DIR"],
            ),
            (
                dangling.join("a/data"),
                ["nowhere, which does not exist", "remove the link"],
            ),
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
    fn access_to_targets_of_links_is_removed_unless_they_contain_other_files() {
        let place = tempfile::tempdir().unwrap();
        let around = place.path().join("around");
        let folder = |name: &str, files: &[&str]| {
            let folder = place.path().join(name);
            fs::create_dir(&folder).unwrap();
            for file in files {
                fs::write(folder.join(file), "x").unwrap();
                set(&folder.join(file), 0o644);
            }
            set(&folder, 0o755);
            folder
        };
        // Whether the data folder itself contains other things too, or not.
        for (name, others) in [("own", &["secret.key"][..]), ("shared", &["README.md"])] {
            for (part, content, is_ours) in [
                ("mail", &["a.eml"][..], true),
                ("mail", &[], true),
                ("mail", &["a.eml", "index.html"], false),
                ("bundle", &["manifest.json", "revisions"], true),
                ("bundle", &["manifest.json", "index.html"], false),
            ] {
                let data = folder("data", others);
                let target = folder("target", content);
                symlink(&target, data.join(part)).unwrap();
                prepare(&data, &[&around]).unwrap();
                let expected = if is_ours {
                    (0o700, 0o600)
                } else {
                    (0o755, 0o644)
                };
                assert_eq!(mode(&target), expected.0, "{name} {part} {content:?}");
                for file in content {
                    assert_eq!(mode(&target.join(file)), expected.1, "{name} {part} {file}");
                }
                restrict_part(&data.join(part), &[&around]).unwrap();
                assert_eq!(mode(&target), expected.0, "{name} {part} {content:?}");
                fs::remove_dir_all(&data).unwrap();
                fs::remove_dir_all(&target).unwrap();
            }
        }
        // A file; and a folder that must keep its access rights.
        let data = folder("data", &[]);
        let keys = folder("keys", &["key"]);
        symlink(keys.join("key"), data.join("secret.key")).unwrap();
        fs::create_dir(&around).unwrap();
        set(&around, 0o755);
        symlink(&around, data.join("mail")).unwrap();
        prepare(&data, &[&around]).unwrap();
        assert_eq!(mode(&keys.join("key")), 0o600);
        assert_eq!((mode(&keys), mode(&around)), (0o755, 0o755));
    }

    #[test]
    fn incomplete_files_are_removed() {
        let place = tempfile::tempdir().unwrap();
        let data = place.path().join("data");
        fs::create_dir_all(data.join("mail/folder.part")).unwrap();
        let gone = [
            "mail/20261122-090005-0a1b2c3d4e5f.part",
            "secret.key.17.part",
            "field.keys.17.part",
        ];
        let kept = ["mail/a.eml", "secret.key", "iespeja.db", "other.part"];
        for file in gone.iter().chain(&kept) {
            fs::write(data.join(file), "x").unwrap();
        }
        prepare(&data, &[]).unwrap();
        for file in gone {
            assert!(!data.join(file).exists(), "{file}");
        }
        for file in kept {
            assert!(data.join(file).exists(), "{file}");
        }
        assert!(data.join("mail/folder.part").exists());
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
    fn every_disk_error_says_what_to_do() {
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
