//! `iespeja backup` and `iespeja restore`: everything of an installation that cannot be made again, in one
//! folder, verified when it is written and before it is restored.
//!
//! A backup holds a copy of the database (with the bytes of certificates), the keys, the compiled courses (with the
//! older revisions of questions and the published versions of courses that are being changed, which cannot be made
//! anew), and mails that were written as files. The courses' sources and `iespeja.toml` are the administrator's own files.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail, ensure};
use chrono::{DateTime, Utc};
use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::{
    clock::Clock,
    config::Config,
    crypt, data,
    db::{Claim, saved},
};

/// How many backups in a folder are named.
const BACKUPS_NAMED: usize = 3;

/// The name of the list of what is in a backup.
const MANIFEST: &str = "backup.json";

/// The form of backups; a program refuses a newer one.
const FORMAT: u32 = 1;

/// Files and folders of the data folder that are in a backup.
const PARTS: [&str; 4] = ["secret.key", crypt::FILE, "bundle", "mail"];

/// What is in a backup.
#[derive(Debug, Serialize, Deserialize)]
struct Manifest {
    format: u32,
    program: String,
    made_at: DateTime<Utc>,
    database: saved::Kind,
    /// The file of the database.
    file: String,
    rows: saved::Rows,
    /// SHA-256 of every file.
    files: BTreeMap<String, String>,
}

/// A finished backup.
#[derive(Debug)]
pub struct Backup {
    /// Its folder.
    pub folder: PathBuf,
    /// How many rows its database has.
    pub rows: u64,
    /// How many files it has.
    pub files: usize,
}

/// Makes a backup in a new folder inside `target`, named by the time. A server may run meanwhile. The folder has
/// its name only when everything in it was verified.
///
/// # Errors
/// Something cannot be read or written, or the copy is not whole; what was begun is removed.
pub async fn back_up(config: &Config, clock: &Clock, target: &Path) -> anyhow::Result<Backup> {
    // The target may not exist yet; then the first folder above it that does.
    let whole = std::path::absolute(target).with_context(|| target.display().to_string())?;
    let place = whole
        .ancestors()
        .find_map(|above| fs::canonicalize(above).ok());
    let data_dir = fs::canonicalize(&config.data_dir).with_context(|| {
        format!(
            "the data folder {} (IESPEJA_DATA_DIR) cannot be opened",
            config.data_dir.display()
        )
    })?;
    ensure!(
        place.is_none_or(|place| !place.starts_with(&data_dir)),
        "{} is in the data folder: a backup belongs on another disk",
        target.display()
    );
    data::create_folder(target)
        .with_context(|| format!("the folder {} cannot be made", target.display()))?;
    let now = clock.now();
    let name = format!("iespeja-{}", now.format("%Y%m%d-%H%M%S"));
    let (folder, unfinished) = (target.join(&name), target.join(format!("{name}.part")));
    ensure!(
        !folder.exists() && !unfinished.exists(),
        "{} exists already",
        folder.display()
    );
    let made = write(config, now, &unfinished).await.and_then(|made| {
        rename(&unfinished, &folder)?;
        Ok(Backup { folder, ..made })
    });
    if made.is_err() {
        remove(&unfinished);
    }
    made
}

async fn write(config: &Config, now: DateTime<Utc>, folder: &Path) -> anyhow::Result<Backup> {
    data::create_folder(folder)?;
    let database = saved::kind(&config.database_url.0)?;
    let file = match database {
        saved::Kind::Sqlite => "database.sqlite",
        saved::Kind::Postgres => "database.dump",
    };
    // The database before the keys: a value in it may have a key that was made at that moment.
    let rows = saved::save(&config.database_url.0, &folder.join(file)).await?;
    let mut files = BTreeMap::from([(file.to_owned(), digest(&folder.join(file))?)]);
    for part in PARTS {
        for path in files_below(&config.data_dir, Path::new(part)) {
            let (from, to) = (config.data_dir.join(&path), folder.join("data").join(&path));
            if let Some(above) = to.parent() {
                data::create_folder(above)?;
            }
            saved::copy(&from, &to)?;
            let copied = digest(&to)?;
            ensure!(
                copied == digest(&from)?,
                "{} changed while it was copied; try again",
                from.display()
            );
            files.insert(format!("data/{}", path.display()), copied);
        }
    }
    ensure!(
        files.contains_key("data/secret.key"),
        "{} has no secret.key: is it the data folder of an installation (IESPEJA_DATA_DIR)?",
        config.data_dir.display()
    );
    let manifest = Manifest {
        format: FORMAT,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        made_at: now,
        database,
        file: file.to_owned(),
        rows,
        files,
    };
    let mut text = data::create_new_file(&folder.join(MANIFEST))?;
    serde_json::to_writer_pretty(&mut text, &manifest)?;
    text.sync_all()?;
    Ok(Backup {
        folder: folder.to_path_buf(),
        rows: manifest.rows.values().sum(),
        files: manifest.files.len(),
    })
}

/// Restores a backup into the configured installation, which must be empty, unless `replace`: then what is
/// there is moved aside (files) or replaced (PostgreSQL). Returns where files were moved.
///
/// # Errors
/// The backup is damaged, a server runs, there is an installation already, or something cannot be written.
/// Nothing was changed in the first three cases.
pub async fn restore(
    config: &Config,
    clock: &Clock,
    backup: &Path,
    replace: bool,
) -> anyhow::Result<Vec<PathBuf>> {
    let manifest = verify(backup).await?;
    let url = &config.database_url.0;
    ensure!(
        saved::kind(url)? == manifest.database,
        "the backup is of another kind of database ({:?}) than IESPEJA_DATABASE_URL; moving from one to the other is not supported",
        manifest.database
    );
    if saved::is_served(url).await? {
        bail!("a server runs on this database: stop it first");
    }
    // No server starts meanwhile.
    let _claim = Claim::take(url)?;
    let mut present: Vec<PathBuf> = PARTS
        .iter()
        .map(|part| config.data_dir.join(part))
        .collect();
    if let Some(path) = saved::sqlite_path(url) {
        present.extend(["", "-wal", "-shm", "-journal"].iter().map(|ending| {
            let mut name = path.as_os_str().to_owned();
            name.push(ending);
            PathBuf::from(name)
        }));
    }
    present.retain(|path| fs::symlink_metadata(path).is_ok_and(|found| !is_empty(path, &found)));
    if !replace && let Some(first) = present.first() {
        bail!(
            "there is an installation already: {} exists. Restore into an empty place (IESPEJA_DATA_DIR, IESPEJA_DATABASE_URL), or say --replace: then what is there is moved aside",
            first.display()
        );
    }
    let stamp = clock.now().format("%Y%m%d-%H%M%S");
    let mut moved = Vec::new();
    for path in present {
        let mut aside = path.clone().into_os_string();
        aside.push(format!(".before-restore-{stamp}"));
        rename(&path, Path::new(&aside))?;
        moved.push(aside.into());
    }
    match saved::load(url, &backup.join(&manifest.file), replace).await {
        Err(saved::SavedError::NotEmpty) => bail!(
            "the PostgreSQL database has tables already. Restore into an empty one, or say --replace: then they are dropped"
        ),
        loaded => loaded?,
    }
    for path in manifest.files.keys() {
        let Some(below) = path.strip_prefix("data/") else {
            continue;
        };
        let to = config.data_dir.join(below);
        if let Some(above) = to.parent() {
            data::create_folder(above)?;
        }
        saved::copy(&backup.join(path), &to)?;
    }
    Ok(moved)
}

/// Verifies a backup: every file has its hash, and the copy of the database is whole and has its rows.
async fn verify(backup: &Path) -> anyhow::Result<Manifest> {
    let manifest = read(&backup.join(MANIFEST)).with_context(|| {
        let shown = backup.display();
        let inside = backups_in(backup);
        if inside.is_empty() {
            format!("{shown} is no backup: its {MANIFEST} cannot be read")
        } else {
            format!(
                "{shown} is no backup, but holds some: name one of them, the newest being {}",
                inside.join(", ")
            )
        }
    })?;
    ensure!(
        manifest.format <= FORMAT,
        "the backup was made by a newer program ({}); use that one",
        manifest.program
    );
    for (path, expected) in &manifest.files {
        let is_inside = Path::new(path)
            .components()
            .all(|part| matches!(part, std::path::Component::Normal(_)));
        ensure!(is_inside, "{path} in the backup's list is no file of it");
        let found = digest(&backup.join(path))
            .with_context(|| format!("{path} is missing from the backup"))?;
        ensure!(found == *expected, "{path} in the backup is damaged");
    }
    ensure!(
        manifest.files.contains_key(&manifest.file),
        "the backup has no database"
    );
    let rows = saved::verify(manifest.database, &backup.join(&manifest.file)).await?;
    ensure!(
        rows == manifest.rows,
        "the database in the backup has other rows than its list says"
    );
    Ok(manifest)
}

/// The backups in a folder, the newest first.
#[expect(clippy::disallowed_methods, reason = "looks for its own files")]
fn backups_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<_> = entries
        .map(|entry| entry.path())
        .filter(|path| path.join(MANIFEST).is_file())
        .map(|path| path.display().to_string())
        .collect();
    found.sort_unstable_by(|one, other| other.cmp(one));
    found.truncate(BACKUPS_NAMED);
    found
}

#[expect(clippy::disallowed_methods, reason = "reads its own files")]
fn read(path: &Path) -> anyhow::Result<Manifest> {
    Ok(serde_json::from_slice(&fs::read(path)?)?)
}

#[expect(clippy::disallowed_methods, reason = "reads its own files")]
fn digest(path: &Path) -> anyhow::Result<String> {
    let mut hash = Sha256::new();
    let mut file = fs::File::open(path).with_context(|| path.display().to_string())?;
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = std::io::Read::read(&mut file, &mut buffer)?;
        if read == 0 {
            return Ok(HEXLOWER.encode(&hash.finalize()));
        }
        hash.update(buffer.get(..read).unwrap_or_default());
    }
}

/// The files at or below a path of a folder, relative to it.
#[expect(clippy::disallowed_methods, reason = "reads the data folder")]
fn files_below(root: &Path, path: &Path) -> Vec<PathBuf> {
    let whole = root.join(path);
    match fs::metadata(&whole) {
        Ok(found) if found.is_file() => {
            let is_part = path.extension().is_some_and(|ending| ending == "part");
            if is_part {
                Vec::new()
            } else {
                vec![path.to_path_buf()]
            }
        }
        Ok(found) if found.is_dir() => {
            let mut files: Vec<PathBuf> = fs::read_dir(&whole)
                .into_iter()
                .flatten()
                .flatten()
                .flat_map(|entry| files_below(root, &path.join(entry.file_name())))
                .collect();
            files.sort();
            files
        }
        _ => Vec::new(),
    }
}

#[expect(clippy::disallowed_methods, reason = "looks at the data folder")]
fn is_empty(path: &Path, found: &fs::Metadata) -> bool {
    found.is_dir() && fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none())
}

#[expect(clippy::disallowed_methods, reason = "moves its own files")]
fn rename(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::rename(from, to)
        .with_context(|| format!("{} cannot be moved to {}", from.display(), to.display()))
}

#[expect(clippy::disallowed_methods, reason = "removes its own files")]
fn remove(folder: &Path) {
    if folder.exists()
        && let Err(error) = fs::remove_dir_all(folder)
    {
        tracing::warn!(%error, folder = %folder.display(), "an unfinished backup cannot be removed");
    }
}
