//! Writing a bundle to its folder.

#![expect(
    clippy::disallowed_methods,
    reason = "this module is the one that keeps bundles on the disk"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;

use super::layout::{LISTING, MANIFEST, aside, course_paths, revision_paths};
use super::manifest::{Listed, Manifest, Published, file_name, manifest, read_course};
use super::place::{self, Hold, Names, Writing};
use super::value::{Bundle, FORMAT, Revisions, json, revisions};
use crate::course::Course;
use crate::diagnostic::Diagnostic;
use crate::model::{RevisionHash, Status};

/// Writes a bundle to a folder. The previous one stays intact until the new one is complete; questions that
/// only the previous one contains are kept as revisions.
///
/// Diagnostics are not part of a [`Bundle`]: [`crate::Compilation::write`] writes both.
///
/// # Errors
///
/// When the folder cannot be written.
pub fn write(bundle: &Bundle, dir: &Path) -> io::Result<()> {
    store(bundle, None, dir, None).map(drop)
}

/// [`write`], with the diagnostics of all courses, including those that are not in the bundle. Without a `hold` on
/// the folder it waits for one; it is returned.
pub(crate) fn store(
    bundle: &Bundle,
    diagnostics: Option<&[Diagnostic]>,
    dir: &Path,
    hold: Option<Hold>,
) -> io::Result<Hold> {
    let hold = match hold {
        Some(hold) => hold,
        None => Hold::of(dir, &|| {})?,
    };
    for folder in place::PARTS {
        fs::create_dir_all(dir.join(folder))?;
    }
    let mut writing = Writing::begin(dir, hold)?;
    let courses: Vec<(&Course, String)> = bundle
        .courses
        .iter()
        .map(|course| (&**course, file_name(&course.slug, &course.digest)))
        .collect();
    let published = still_published(bundle, &courses, diagnostics.unwrap_or_default(), dir);
    let mut now = Names {
        courses: courses.iter().map(|(_, name)| name.clone()).collect(),
        assets: bundle.assets.keys().cloned().collect(),
    };
    for course in &published {
        now.courses.insert(course.file.clone());
        now.assets.extend(course.assets.iter().cloned());
    }
    let parts = (courses.as_slice(), published.as_slice());
    match store_files(bundle, parts, diagnostics, dir, &mut writing) {
        Ok(()) => Ok(writing.finish(&now)),
        Err(error) => {
            writing.give_up();
            Err(error)
        }
    }
}

/// The last publishable versions, from the bundle in the folder, of the courses that are not publishable in the
/// new one: drafts, and courses with errors.
fn still_published(
    bundle: &Bundle,
    courses: &[(&Course, String)],
    diagnostics: &[Diagnostic],
    dir: &Path,
) -> Vec<Published> {
    let Ok(before) = manifest(dir) else {
        return Vec::new();
    };
    let is_broken = |slug: &str| {
        let mut found = diagnostics.iter();
        found.any(|found| found.is_error() && found.course_folder() == Some(slug))
    };
    let is_needed = |old: &Course| match bundle.course(&old.id) {
        Some(new) => new.status == Status::Draft,
        None => is_broken(&old.slug),
    };
    let current = before.courses.iter();
    let current = current.filter(|course| course.outline.status == Status::Publishable);
    let earlier = before.published.iter().map(|course| &course.file);
    // The same name is the same content: a publishable course that did not change is not read to learn that.
    let unchanged: BTreeSet<&String> = courses
        .iter()
        .filter(|(course, _)| course.status == Status::Publishable)
        .map(|(_, name)| name)
        .collect();
    let mut found = BTreeMap::new();
    let candidates = current.map(|course| &course.file).chain(earlier);
    for file in candidates.filter(|file| !unchanged.contains(file)) {
        let Ok(course) = read_course(dir, file) else {
            continue;
        };
        if is_needed(&course) {
            let text = json(&course);
            let text = String::from_utf8_lossy(&text);
            // A page names an asset by its hashed name, which occurs nowhere else.
            let assets = before.assets().filter(|name| text.contains(name.as_str()));
            let published = Published {
                file: file.clone(),
                assets: assets.cloned().collect(),
            };
            found.entry(course.id).or_insert(published);
        }
    }
    found.into_values().collect()
}

fn store_files(
    bundle: &Bundle,
    (courses, published): (&[(&Course, String)], &[Published]),
    diagnostics: Option<&[Diagnostic]>,
    dir: &Path,
    writing: &mut Writing,
) -> io::Result<()> {
    let new_courses: Vec<&(&Course, String)> = courses
        .iter()
        .filter(|(_, name)| !course_paths(dir, name).iter().all(|path| path.exists()))
        .collect();
    let new_assets: Vec<(&String, PathBuf, &Arc<[u8]>)> = bundle
        .assets
        .iter()
        .map(|(name, bytes)| (name, dir.join("assets").join(name), bytes))
        .filter(|(_, path, bytes)| !is_there(path, bytes))
        .collect();
    writing.will_make(Names {
        courses: new_courses.iter().map(|(_, name)| name.clone()).collect(),
        assets: new_assets
            .iter()
            .map(|(name, ..)| (*name).clone())
            .collect(),
    })?;
    let is_now = |name: &&str| courses.iter().any(|(_, now)| now == *name);
    let before = writing.before.courses.iter().map(String::as_str);
    let gone: Vec<&str> = before.filter(|name| !is_now(name)).collect();
    keep_revisions(bundle, &gone, dir)?;

    new_courses.par_iter().try_for_each(|(course, name)| {
        let [course_path, keys_path] = course_paths(dir, name);
        let (public, keys) = rayon::join(
            || replace_with_json(&course_path, *course),
            || replace_with_json(&keys_path, &course.keys),
        );
        public.and(keys)
    })?;
    for (_, path, bytes) in new_assets {
        replace(&path, bytes)?;
    }
    let manifest = Manifest {
        format: FORMAT,
        source_hash: bundle.source_hash.clone(),
        content_hash: bundle.content_hash.clone(),
        courses: courses
            .iter()
            .map(|(_, file)| file.clone())
            .zip(bundle.outlines())
            .map(|(file, outline)| Listed { file, outline })
            .collect(),
        published: published.to_vec(),
        glossary: bundle.glossary.clone(),
        assets: bundle.assets.keys().cloned().collect(),
        diagnostics: diagnostics.map(<[Diagnostic]>::to_vec),
    };
    replace(&dir.join(MANIFEST), &json(&manifest))
}

/// Writes the revisions that are no longer current: those that `bundle` holds besides its courses, and those
/// in course files that are about to be removed.
fn keep_revisions(bundle: &Bundle, gone: &[&str], dir: &Path) -> io::Result<()> {
    let current: BTreeSet<&RevisionHash> = bundle
        .courses
        .iter()
        .flat_map(|course| course.questions.values())
        .map(|question| &question.revision)
        .collect();
    let superseded: Revisions = gone
        .iter()
        .filter_map(|name| read_course(dir, name).ok())
        .flat_map(|course| revisions(&course))
        .collect();
    let older = superseded.iter().map(|(hash, revision)| (hash, revision));
    for (hash, revision) in bundle.revisions.iter().chain(older) {
        if current.contains(hash) {
            continue;
        }
        let [question, key] = revision_paths(dir, hash);
        for (path, bytes) in [
            (question, json(&revision.question)),
            (key, json(&revision.key)),
        ] {
            if !path.exists() {
                replace_durably(&path, &bytes)?;
            }
        }
    }
    Ok(())
}

/// Removes the files of courses that do not match their hashes, so that they are written again.
pub(crate) fn remove_damaged(dir: &Path) {
    let manifest = manifest(dir).ok();
    for name in manifest.iter().flat_map(Manifest::files) {
        if read_course(dir, name).is_err() {
            for path in course_paths(dir, name) {
                place::remove_file(&path);
            }
        }
    }
}

/// Stores beside the bundle the listing of the source files from which it was made. If that fails, the next
/// build reads the files.
pub(crate) fn remember_listing(dir: &Path, source_hash: &str, listing: Option<&str>) {
    let path = dir.join(LISTING);
    // A file of this name with other content was not written by this program.
    if let Ok(text) = fs::read_to_string(&path)
        && text.contains(|c: char| !c.is_ascii_hexdigit() && c != ' ' && c != '\0')
    {
        return;
    }
    let _ = match listing {
        Some(listing) => replace(&path, format!("{source_hash} {listing}").as_bytes()),
        None => fs::remove_file(path),
    };
}

/// Whether a file named after its content exists.
fn is_there(path: &Path, bytes: &[u8]) -> bool {
    fs::metadata(path).is_ok_and(|there| usize::try_from(there.len()) == Ok(bytes.len()))
}

/// Writes a file under a temporary name and renames it.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write_aside(path, |aside| fs::write(aside, bytes))
}

/// [`replace`] by a value as JSON, which is written as it is made.
fn replace_with_json(path: &Path, value: &(impl Serialize + Sync)) -> io::Result<()> {
    write_aside(path, |aside| {
        let mut file = io::BufWriter::with_capacity(64 * 1024, fs::File::create(aside)?);
        serde_json::to_writer(&mut file, value)?;
        file.flush()
    })
}

/// [`replace`] for a file that could not be made again: its content is synced to the disk before it is
/// renamed.
fn replace_durably(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write_aside(path, |aside| {
        let mut file = fs::File::create(aside)?;
        file.write_all(bytes)?;
        file.sync_all()
    })
}

fn write_aside(path: &Path, write: impl Fn(&Path) -> io::Result<()>) -> io::Result<()> {
    let aside = aside(path);
    let result = write(&aside).and_then(|()| fs::rename(&aside, path));
    if result.is_err() {
        let _ = fs::remove_file(aside);
    }
    result
}
