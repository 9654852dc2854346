//! A bundle: all compiled courses, as one value and as a folder.
//!
//! ```text
//! manifest.json                        the glossary, an outline of each course, and the names of everything below;
//!                                      replaced last, at once
//! courses/<slug>-<hash>.json           a course with its lessons and the public halves of its questions
//!         <slug>-<hash>.keys.json      the answer keys; no page is made from this file
//! revisions/<hash>.json                questions as they were asked before, with …
//!           <hash>.key.json            … their keys
//! assets/<hash>-<name>
//! .sources                             what the files were like that it was made of, see `compile::cached`
//! .writing                             what is about to be written, see `place`; empty when nothing is
//! ```
//!
//! There are few files, because creating files takes most of the time of writing a bundle. The files of a
//! course are named after their content and never changed, so only courses that changed are written. An
//! interrupted write leaves the old manifest and the old bundle intact; the next write removes what it had
//! begun. The same courses give the same bytes, except in `.sources`. Other files in the folder are left
//! unchanged.
//!
//! Only revisions are synced to the disk: everything else can be compiled again, and a file that was damaged
//! by a power failure is detected by its hash when it is read.

#![expect(
    clippy::disallowed_methods,
    reason = "this module is the one that keeps bundles on the disk"
)]

mod layout;
mod place;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use self::layout::{DIGEST_DIGITS, MANIFEST, aside, course_paths};
pub(crate) use self::place::Hold;
pub(crate) use self::place::keep_apart;
pub use self::place::other_files;
use self::place::{Names, Writing};
use rayon::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::course::Course;
use crate::diagnostic::Diagnostic;
use crate::hash::Hasher;
use crate::model::{CourseId, Glossary, QuestionId, ReviewKind, RevisionHash, Status};
use crate::question::{AnswerKey, Question};
pub use crate::render::ASSET_ADDRESS;

/// The version of the folder's layout; another one is not read.
pub const FORMAT: u32 = 5;

/// All compiled courses.
#[derive(Clone, Debug, PartialEq)]
pub struct Bundle {
    /// The version of the layout, [`FORMAT`].
    pub format: u32,
    /// Hash of the sources of the bundle, see [`crate::compile::source_hash`].
    pub source_hash: String,
    /// SHA-256, in hexadecimal, of everything in it except older revisions.
    pub content_hash: String,
    /// The courses, by slug.
    pub courses: Vec<Arc<Course>>,
    /// The last version that was publishable of every course that is not publishable now, i.e. is a draft or has
    /// errors; by slug. It comes from an earlier bundle in the same folder. Not of a course whose folder was
    /// removed.
    pub published: Vec<Arc<Course>>,
    /// The terms that lessons link to.
    pub glossary: Glossary,
    /// Every question in its current revision, and in every revision that an earlier bundle in this folder
    /// contained.
    pub revisions: BTreeMap<RevisionHash, Arc<Revision>>,
    /// Pictures and downloads by the name that follows [`ASSET_ADDRESS`].
    pub assets: BTreeMap<String, Arc<[u8]>>,
}

/// A revision of a question with its key.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    /// The public half.
    pub question: Question,
    /// The answer key.
    pub key: AnswerKey,
}

/// Why a bundle cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file cannot be read.
    #[error("cannot read {path}")]
    Io {
        /// The file.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// A file does not have the content of a bundle.
    #[error("{path} is damaged")]
    Damaged {
        /// The file.
        path: String,
        /// Why.
        source: serde_json::Error,
    },
    /// A file does not match its hash.
    #[error("{path} was changed after it was written")]
    Changed {
        /// The file.
        path: String,
    },
    /// Written by another version of the compiler.
    #[error("the bundle has format {found}, this program reads {FORMAT}")]
    Format {
        /// Its version.
        found: u32,
    },
}

#[derive(Serialize, Deserialize)]
struct Manifest {
    format: u32,
    source_hash: String,
    content_hash: String,
    /// In the order of the bundle.
    courses: Vec<Listed>,
    /// See [`Bundle::published`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    published: Vec<Published>,
    assets: BTreeSet<String>,
    glossary: Glossary,
    /// The diagnostics of all courses, including those with errors; absent when the bundle was written
    /// without.
    diagnostics: Option<Vec<Diagnostic>>,
}

#[derive(Serialize, Deserialize)]
struct Listed {
    /// The name of the course's files.
    file: String,
    outline: Outline,
}

/// A course in [`Bundle::published`].
#[derive(Clone, Serialize, Deserialize)]
struct Published {
    /// The name of the course's files.
    file: String,
    /// The assets that its pages use.
    assets: BTreeSet<String>,
}

impl Manifest {
    fn files(&self) -> impl Iterator<Item = &str> {
        let published = self.published.iter().map(|course| &course.file);
        let files = self.courses.iter().map(|course| &course.file);
        files.chain(published).map(String::as_str)
    }

    fn assets(&self) -> impl Iterator<Item = &String> {
        let published = self.published.iter().flat_map(|course| &course.assets);
        self.assets.iter().chain(published)
    }
}

/// A short description of a course, which can be read without the course.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outline {
    /// The folder's name.
    pub slug: String,
    /// Whether it may be published.
    pub status: Status,
    /// Required reviews that are missing, negative, or of other content.
    pub missing_reviews: Vec<ReviewKind>,
    /// The hash that a review has to name, see [`Course::content_hash`].
    pub content_hash: String,
    /// How many lessons and tests it has.
    pub lessons: usize,
    /// How many questions it has.
    pub questions: usize,
}

impl Outline {
    fn of(course: &Course) -> Self {
        Self {
            slug: course.slug.clone(),
            status: course.status,
            missing_reviews: course.missing_reviews.clone(),
            content_hash: course.content_hash.clone(),
            lessons: course.lessons.len(),
            questions: course.questions.len(),
        }
    }
}

impl Bundle {
    /// A bundle of compiled courses, with their questions as [`revisions`].
    pub(crate) fn new(
        courses: Vec<(Arc<Course>, Revisions)>,
        glossary: Glossary,
        assets: BTreeMap<String, Arc<[u8]>>,
        source_hash: String,
    ) -> Self {
        let mut hash = Hasher::new();
        for (course, _) in &courses {
            hash.add(&course.slug, course.digest.as_bytes());
        }
        for name in assets.keys() {
            hash.add("asset", name.as_bytes());
        }
        hash.add("glossary", &json(&glossary));
        let (courses, revisions): (Vec<_>, Vec<_>) = courses.into_iter().unzip();
        Self {
            format: FORMAT,
            source_hash,
            content_hash: hash.finish(),
            courses,
            published: Vec::new(),
            glossary,
            revisions: revisions.into_iter().flatten().collect(),
            assets,
        }
    }

    /// The outlines of the courses, by slug.
    #[must_use]
    pub fn outlines(&self) -> Vec<Outline> {
        let courses = self.courses.iter();
        courses.map(|course| Outline::of(course)).collect()
    }

    /// A course by its id.
    #[must_use]
    pub fn course(&self, id: &CourseId) -> Option<&Course> {
        self.courses
            .iter()
            .map(Arc::as_ref)
            .find(|course| course.id == *id)
    }

    /// A course by the name of its folder.
    #[must_use]
    pub fn course_by_slug(&self, slug: &str) -> Option<&Course> {
        self.courses
            .iter()
            .map(Arc::as_ref)
            .find(|course| course.slug == slug)
    }

    /// The question of a revision.
    #[must_use]
    pub fn revision(&self, hash: &RevisionHash) -> Option<&Revision> {
        self.revisions.get(hash).map(Arc::as_ref)
    }
}

/// Revisions by their hashes.
pub(crate) type Revisions = Vec<(RevisionHash, Arc<Revision>)>;

/// The questions of a course as revisions.
pub(crate) fn revisions(course: &Course) -> Revisions {
    halves(&course.questions, &course.keys).collect()
}

fn halves(
    questions: &BTreeMap<QuestionId, Question>,
    keys: &BTreeMap<QuestionId, AnswerKey>,
) -> impl Iterator<Item = (RevisionHash, Arc<Revision>)> {
    questions.values().filter_map(|question| {
        let revision = Revision {
            question: question.clone(),
            key: keys.get(&question.id)?.clone(),
        };
        Some((question.revision.clone(), Arc::new(revision)))
    })
}

/// A course as the bytes of its two files.
struct Encoded {
    course: Vec<u8>,
    keys: Vec<u8>,
}

impl Encoded {
    fn digest(&self) -> String {
        let of = |name: &str, json: &[u8]| {
            let mut hash = Hasher::new();
            hash.add_as_json(name, json);
            hash.finish()
        };
        let halves = rayon::join(|| of("course", &self.course), || of("keys", &self.keys));
        both(&halves)
    }
}

/// The hash of a course's content, for [`Course::digest`]. The two files are not made for it: they may be large.
pub(crate) fn digest(course: &Course) -> String {
    fn of(name: &str, value: &impl Serialize) -> String {
        let mut hash = Hasher::new();
        hash.add_json(name, value);
        hash.finish()
    }
    both(&rayon::join(
        || of("course", course),
        || of("keys", &course.keys),
    ))
}

fn both((course, keys): &(String, String)) -> String {
    let mut hash = Hasher::new();
    hash.add("course", course.as_bytes());
    hash.add("keys", keys.as_bytes());
    hash.finish()
}

/// Serializing plain data with string keys cannot fail.
fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}

/// The name of a course's files; its hash is the beginning of the digest.
fn file_name(slug: &str, digest: &str) -> String {
    let digits: String = digest.chars().take(DIGEST_DIGITS).collect();
    format!("{slug}-{digits}")
}

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

fn revision_paths(dir: &Path, hash: &RevisionHash) -> [PathBuf; 2] {
    let revisions = dir.join("revisions");
    [
        revisions.join(format!("{hash}.json")),
        revisions.join(format!("{hash}.key.json")),
    ]
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

/// Reads a bundle.
///
/// # Errors
///
/// When a file is missing, damaged, or of another version.
pub fn read(dir: &Path) -> Result<Bundle, Error> {
    // While another program writes, its files come and go.
    let _shared = Hold::to_read(dir);
    read_held(dir)
}

/// [`read`] for whoever holds the folder.
pub(crate) fn read_held(dir: &Path) -> Result<Bundle, Error> {
    let manifest = manifest(dir)?;
    let courses: Vec<(Arc<Course>, Revisions)> = manifest
        .courses
        .par_iter()
        .map(|Listed { file, .. }| {
            let course = read_course(dir, file)?;
            let revisions = revisions(&course);
            Ok((Arc::new(course), revisions))
        })
        .collect::<Result<_, Error>>()?;
    let mut assets = BTreeMap::new();
    for name in manifest.assets {
        let bytes = read_asset(dir, &name)?;
        assets.insert(name, bytes);
    }
    let mut bundle = Bundle::new(courses, manifest.glossary, assets, manifest.source_hash);
    if bundle.content_hash != manifest.content_hash {
        return Err(changed(&dir.join(MANIFEST)));
    }
    bundle.add_published(dir, &manifest.published)?;
    bundle.add_older(dir)?;
    Ok(bundle)
}

/// The outlines of the courses in a bundle. The files are checked against their hashes, but not parsed.
pub(crate) fn outlines(dir: &Path) -> Result<Vec<Outline>, Error> {
    let manifest = manifest(dir)?;
    manifest.courses.par_iter().try_for_each(|course| {
        let [path, _] = course_paths(dir, &course.file);
        let digest = read_encoded(dir, &course.file)?.digest();
        if file_name(&course.outline.slug, &digest) == course.file {
            Ok(())
        } else {
            Err(changed(&path))
        }
    })?;
    for name in manifest.assets() {
        let path = dir.join("assets").join(name);
        fs::metadata(&path).map_err(|source| unreadable(&path, source))?;
    }
    let courses = manifest.courses.into_iter();
    Ok(courses.map(|course| course.outline).collect())
}

fn read_asset(dir: &Path, name: &str) -> Result<Arc<[u8]>, Error> {
    read_bytes(&dir.join("assets").join(name)).map(Arc::from)
}

fn read_encoded(dir: &Path, name: &str) -> Result<Encoded, Error> {
    let [course, keys] = course_paths(dir, name);
    Ok(Encoded {
        course: read_bytes(&course)?,
        keys: read_bytes(&keys)?,
    })
}

fn read_course(dir: &Path, name: &str) -> Result<Course, Error> {
    let [course_path, keys_path] = course_paths(dir, name);
    let encoded = read_encoded(dir, name)?;
    let mut course: Course = parse(&encoded.course, &course_path)?;
    course.keys = parse(&encoded.keys, &keys_path)?;
    course.digest = encoded.digest();
    if file_name(&course.slug, &course.digest) != name {
        return Err(changed(&course_path));
    }
    Ok(course)
}

fn changed(path: &Path) -> Error {
    Error::Changed {
        path: path.display().to_string(),
    }
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

/// The source hash and the diagnostics of the bundle in a folder, without reading the rest. `None` if the
/// diagnostics are not known.
pub(crate) fn origin(dir: &Path) -> Option<(String, Vec<Diagnostic>)> {
    let manifest = manifest(dir).ok()?;
    Some((manifest.source_hash, manifest.diagnostics?))
}

/// The listing that [`remember_listing`] stored for the bundle with this source hash.
pub(crate) fn remembered_listing(dir: &Path, source_hash: &str) -> Option<String> {
    let text = fs::read_to_string(dir.join(LISTING)).ok()?;
    let (source, listing) = text.split_once(' ')?;
    (source == source_hash).then(|| listing.to_owned())
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

const LISTING: &str = ".sources";

impl Bundle {
    /// Adds what the folder holds of earlier bundles, after this one was written to it: the versions that stay
    /// published, and older revisions.
    pub(crate) fn add_earlier(&mut self, dir: &Path) -> Result<(), Error> {
        let published = self.add_published(dir, &manifest(dir)?.published);
        self.add_older(dir).and(published)
    }

    fn add_published(&mut self, dir: &Path, published: &[Published]) -> Result<(), Error> {
        let mut hash = Hasher::new();
        hash.add("current", self.content_hash.as_bytes());
        for Published { file, assets } in published {
            let course = read_course(dir, file)?;
            hash.add(&course.slug, course.digest.as_bytes());
            for name in assets {
                if !self.assets.contains_key(name) {
                    self.assets.insert(name.clone(), read_asset(dir, name)?);
                }
            }
            self.revisions.extend(revisions(&course));
            self.published.push(Arc::new(course));
        }
        if !published.is_empty() {
            self.content_hash = hash.finish();
            self.published.sort_by(|a, b| a.slug.cmp(&b.slug));
        }
        Ok(())
    }

    /// Adds the older revisions in this folder.
    fn add_older(&mut self, dir: &Path) -> Result<(), Error> {
        for (hash, revision) in older_revisions(dir)? {
            self.revisions.entry(hash).or_insert(revision);
        }
        Ok(())
    }
}

/// The older revisions in a folder.
fn older_revisions(dir: &Path) -> Result<Revisions, Error> {
    let mut found = Revisions::new();
    let Ok(entries) = fs::read_dir(dir.join("revisions")) else {
        return Ok(found);
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let hash = name
            .to_str()
            .and_then(|name| name.strip_suffix(".key.json"))
            .filter(|name| name.bytes().all(|byte| byte.is_ascii_hexdigit()))
            .map(RevisionHash::from);
        if let Some(hash) = hash {
            let [question, key] = revision_paths(dir, &hash);
            let revision = Revision {
                question: read_json(&question)?,
                key: read_json(&key)?,
            };
            found.push((hash, Arc::new(revision)));
        }
    }
    Ok(found)
}

fn manifest(dir: &Path) -> Result<Manifest, Error> {
    #[derive(Deserialize)]
    struct FormatOnly {
        format: u32,
    }
    let path = dir.join(MANIFEST);
    let bytes = read_bytes(&path)?;
    let FormatOnly { format } = parse(&bytes, &path)?;
    if format != FORMAT {
        return Err(Error::Format { found: format });
    }
    let manifest: Manifest = parse(&bytes, &path)?;
    let is_own = manifest.files().all(place::is_course_file)
        && manifest.assets().all(|name| place::is_asset(name));
    if is_own {
        Ok(manifest)
    } else {
        Err(changed(&path))
    }
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, Error> {
    fs::read(path).map_err(|source| unreadable(path, source))
}

fn unreadable(path: &Path, source: io::Error) -> Error {
    Error::Io {
        path: path.display().to_string(),
        source,
    }
}

fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T, Error> {
    parse(&read_bytes(path)?, path)
}

fn parse<T: DeserializeOwned>(bytes: &[u8], path: &Path) -> Result<T, Error> {
    serde_json::from_slice(bytes).map_err(|source| Error::Damaged {
        path: path.display().to_string(),
        source,
    })
}
