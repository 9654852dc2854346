//! A bundle: all compiled courses, as one value and as a folder.
//!
//! ```text
//! manifest.json                       the glossary, and the names of everything below; replaced last, at once
//! courses/<slug>-<hash>/course.json   what the course is, without what follows
//!                       lessons/<id>.<language>.html
//!                       questions.json     the public halves
//!                       keys.json          the answer keys; no page is made from this file
//!                       search.<language>.json     what finds the sections of a handbook
//! revisions/<hash>.json               questions as they were asked before, with …
//!           <hash>.key.json           … their keys
//! assets/<hash>-<name>
//! ```
//!
//! A folder of a course is named after its content and never changed. An interrupted write leaves the old
//! manifest, and with it the old bundle, whole. The same courses give the same bytes.

#![expect(
    clippy::disallowed_methods,
    reason = "this module is the one that keeps bundles on the disk"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;
use crate::load::Hasher;
use crate::model::{
    Course, CourseId, CourseKind, Glossary, Language, LessonText, QuestionId, RevisionHash, Segment,
};
use crate::question::{AnswerKey, Question};

/// The version of the folder's layout; another one is not read.
pub const FORMAT: u32 = 2;

/// Where lessons expect the bundle's assets: the address before an asset's name.
pub const ASSET_ADDRESS: &str = "/media/";

/// All compiled courses.
#[derive(Clone, Debug, PartialEq)]
pub struct Bundle {
    /// The version of the layout, [`FORMAT`].
    pub format: u32,
    /// Hash of what the bundle was compiled from, see [`crate::compile::source_hash`].
    pub source_hash: String,
    /// SHA-256, in hexadecimal, of all that it holds but older revisions.
    pub content_hash: String,
    /// The courses, by slug.
    pub courses: Vec<Course>,
    /// The terms that lessons link to.
    pub glossary: Glossary,
    /// Every question as it is now, and as it was whenever a bundle in this folder asked something else.
    pub revisions: BTreeMap<RevisionHash, Revision>,
    /// Pictures and downloads by the name that follows [`ASSET_ADDRESS`].
    pub assets: BTreeMap<String, Arc<[u8]>>,
}

/// A question with its key, as it was asked at some time.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    /// The public half.
    pub question: Question,
    /// What was right.
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
    /// A file is not what a bundle holds.
    #[error("{path} is damaged")]
    Damaged {
        /// The file.
        path: String,
        /// Why.
        source: serde_json::Error,
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
    /// Names of the courses' folders, in the order of the bundle.
    courses: Vec<String>,
    assets: BTreeSet<String>,
    glossary: Glossary,
    diagnostics: Vec<Diagnostic>,
}

impl Bundle {
    /// A bundle of courses as they are now.
    pub(crate) fn new(
        courses: Vec<Course>,
        glossary: Glossary,
        assets: BTreeMap<String, Arc<[u8]>>,
        source_hash: String,
    ) -> Self {
        let mut hash = Hasher::new();
        for course in &courses {
            for (name, bytes) in files(course) {
                hash.add(&name, &bytes);
            }
        }
        for name in assets.keys() {
            hash.add("asset", name.as_bytes());
        }
        hash.add("glossary", &json(&glossary));
        let revisions = courses.iter().flat_map(revisions).collect();
        Self {
            format: FORMAT,
            source_hash,
            content_hash: hash.finish(),
            courses,
            glossary,
            revisions,
            assets,
        }
    }

    /// A course by its id.
    #[must_use]
    pub fn course(&self, id: &CourseId) -> Option<&Course> {
        self.courses.iter().find(|course| course.id == *id)
    }

    /// A course by the name of its folder.
    #[must_use]
    pub fn course_by_slug(&self, slug: &str) -> Option<&Course> {
        self.courses.iter().find(|course| course.slug == slug)
    }

    /// A question as it was asked in this revision.
    #[must_use]
    pub fn revision(&self, hash: &RevisionHash) -> Option<&Revision> {
        self.revisions.get(hash)
    }
}

/// The questions of a course as revisions.
fn revisions(course: &Course) -> impl Iterator<Item = (RevisionHash, Revision)> {
    course.questions.values().filter_map(|question| {
        let key = course.keys.get(&question.id)?.clone();
        let revision = Revision {
            question: question.clone(),
            key,
        };
        Some((question.revision.clone(), revision))
    })
}

/// What begins the place of a question in a lesson's HTML. No lesson can hold it: every `<` of an author is
/// escaped.
const PLACE: &str = "<!--question:";
/// What ends it.
const PLACE_END: &str = "-->\n";

fn to_html(text: &LessonText) -> String {
    let mut html = String::new();
    for segment in &text.segments {
        match segment {
            Segment::Html(piece) => html.push_str(piece),
            Segment::Question(id) => {
                html.push_str(PLACE);
                html.push_str(id.as_str());
                html.push_str(PLACE_END);
            }
        }
    }
    html
}

fn from_html(html: &str) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once(PLACE) {
        if !before.is_empty() {
            segments.push(Segment::Html(before.to_owned()));
        }
        let (id, after) = after.split_once(PLACE_END).unwrap_or((after, ""));
        segments.push(Segment::Question(QuestionId::from(id)));
        rest = after;
    }
    if !rest.is_empty() {
        segments.push(Segment::Html(rest.to_owned()));
    }
    segments
}

/// The files of a course, by their path in its folder.
fn files(course: &Course) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut rest = course.clone();
    let questions = std::mem::take(&mut rest.questions);
    for lesson in &mut rest.lessons {
        for (language, text) in &mut lesson.texts {
            files.insert(
                lesson_path(lesson.id.as_str(), *language),
                to_html(text).into_bytes(),
            );
            text.segments.clear();
        }
    }
    files.insert("course.json".to_owned(), json(&rest));
    files.insert("questions.json".to_owned(), json(&questions));
    files.insert("keys.json".to_owned(), json(&course.keys));
    for (language, index) in &course.search {
        // Without line breaks: nobody reads it, and it is as long as the text.
        let index = serde_json::to_vec(index).unwrap_or_default();
        files.insert(search_path(*language), index);
    }
    files
}

fn search_path(language: Language) -> String {
    format!("search.{language}.json")
}

fn lesson_path(id: &str, language: Language) -> String {
    format!("lessons/{id}.{language}.html")
}

/// Plain data with string keys: serializing it cannot fail.
fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec_pretty(value).unwrap_or_default()
}

fn folder_name(course: &Course, files: &BTreeMap<String, Vec<u8>>) -> String {
    let mut hash = Hasher::new();
    for (name, bytes) in files {
        hash.add(name, bytes);
    }
    let digits: String = hash.finish().chars().take(16).collect();
    format!("{}-{digits}", course.slug)
}

/// Writes a bundle to a folder. The previous one stays whole until the new one is; questions that it asked and
/// the new one does not are kept as revisions.
///
/// # Errors
///
/// When the folder cannot be written.
pub fn write(bundle: &Bundle, dir: &Path) -> io::Result<()> {
    store(bundle, &[], dir)
}

/// [`write`], with what is wrong with the courses that are not in the bundle.
pub(crate) fn store(bundle: &Bundle, diagnostics: &[Diagnostic], dir: &Path) -> io::Result<()> {
    for folder in ["courses", "revisions", "assets"] {
        fs::create_dir_all(dir.join(folder))?;
    }
    let before = read(dir).map(|bundle| bundle.revisions).unwrap_or_default();
    let mut current = BTreeSet::new();
    for course in &bundle.courses {
        current.extend(course.questions.values().map(|question| &question.revision));
    }
    for (hash, revision) in bundle.revisions.iter().chain(&before) {
        if !current.contains(hash) {
            let [question, key] = revision_paths(dir, hash);
            write_new(&question, &json(&revision.question))?;
            write_new(&key, &json(&revision.key))?;
        }
    }

    let mut folders = Vec::new();
    for course in &bundle.courses {
        let files = files(course);
        let name = folder_name(course, &files);
        let folder = dir.join("courses").join(&name);
        if !folder.exists() {
            let aside = dir.join("courses").join(format!(".{name}"));
            if aside.exists() {
                fs::remove_dir_all(&aside)?;
            }
            fs::create_dir_all(aside.join("lessons"))?;
            for (path, bytes) in &files {
                fs::write(aside.join(path), bytes)?;
            }
            fs::rename(&aside, &folder)?;
        }
        folders.push(name);
    }
    for (name, bytes) in &bundle.assets {
        write_new(&dir.join("assets").join(name), bytes)?;
    }
    let manifest = Manifest {
        format: FORMAT,
        source_hash: bundle.source_hash.clone(),
        content_hash: bundle.content_hash.clone(),
        courses: folders,
        glossary: bundle.glossary.clone(),
        assets: bundle.assets.keys().cloned().collect(),
        diagnostics: diagnostics.to_vec(),
    };
    replace(&dir.join("manifest.json"), &json(&manifest))?;
    sweep(dir, &manifest);
    Ok(())
}

fn revision_paths(dir: &Path, hash: &RevisionHash) -> [PathBuf; 2] {
    let revisions = dir.join("revisions");
    [
        revisions.join(format!("{hash}.json")),
        revisions.join(format!("{hash}.key.json")),
    ]
}

/// Writes a file whose name says what is in it, unless it is there.
fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if path.exists() {
        return Ok(());
    }
    replace(path, bytes)
}

/// Writes a file aside, to the disk, and renames it.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let aside = path.with_extension("new");
    let mut file = fs::File::create(&aside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    fs::rename(aside, path)
}

/// Removes what the manifest does not name. What cannot be removed is only in the way, and stays.
fn sweep(dir: &Path, manifest: &Manifest) {
    let remove = |folder: &str, keep: &dyn Fn(&str) -> bool| {
        let Ok(entries) = fs::read_dir(dir.join(folder)) else {
            return;
        };
        for entry in entries.flatten() {
            let name = entry.file_name();
            if name.to_str().is_some_and(keep) {
                continue;
            }
            let path = entry.path();
            let _ = if path.is_dir() {
                fs::remove_dir_all(path)
            } else {
                fs::remove_file(path)
            };
        }
    };
    remove("courses", &|name| {
        manifest.courses.iter().any(|course| course == name)
    });
    remove("assets", &|name| manifest.assets.contains(name));
}

/// Reads a bundle.
///
/// # Errors
///
/// When a file is missing, damaged, or of another version.
pub fn read(dir: &Path) -> Result<Bundle, Error> {
    let manifest = manifest(dir)?;
    let mut courses = Vec::new();
    for name in &manifest.courses {
        let folder = dir.join("courses").join(name);
        let mut course: Course = read_json(&folder.join("course.json"))?;
        course.questions = read_json(&folder.join("questions.json"))?;
        course.keys = read_json(&folder.join("keys.json"))?;
        if course.kind == CourseKind::Handbook {
            for language in &course.languages {
                let index = read_json(&folder.join(search_path(*language)))?;
                course.search.insert(*language, index);
            }
        }
        for lesson in &mut course.lessons {
            for (language, text) in &mut lesson.texts {
                let path = folder.join(lesson_path(lesson.id.as_str(), *language));
                let html = read_bytes(&path)?;
                text.segments = from_html(&String::from_utf8_lossy(&html));
            }
        }
        courses.push(course);
    }
    let mut all: BTreeMap<RevisionHash, Revision> = older_revisions(dir)?;
    all.extend(courses.iter().flat_map(revisions));
    let mut assets = BTreeMap::new();
    for name in manifest.assets {
        let bytes = read_bytes(&dir.join("assets").join(&name))?;
        assets.insert(name, bytes.into());
    }
    Ok(Bundle {
        format: manifest.format,
        source_hash: manifest.source_hash,
        content_hash: manifest.content_hash,
        courses,
        glossary: manifest.glossary,
        revisions: all,
        assets,
    })
}

/// What the bundle in a folder was compiled from, and what was wrong with it; without reading the rest.
pub(crate) fn origin(dir: &Path) -> Result<(String, Vec<Diagnostic>), Error> {
    let manifest = manifest(dir)?;
    Ok((manifest.source_hash, manifest.diagnostics))
}

/// Questions as they were asked before.
pub(crate) fn older_revisions(dir: &Path) -> Result<BTreeMap<RevisionHash, Revision>, Error> {
    let mut found = BTreeMap::new();
    let Ok(entries) = fs::read_dir(dir.join("revisions")) else {
        return Ok(found);
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let hash = name
            .to_str()
            .and_then(|name| name.strip_suffix(".key.json"))
            .map(RevisionHash::from);
        if let Some(hash) = hash {
            let [question, key] = revision_paths(dir, &hash);
            let revision = Revision {
                question: read_json(&question)?,
                key: read_json(&key)?,
            };
            found.insert(hash, revision);
        }
    }
    Ok(found)
}

fn manifest(dir: &Path) -> Result<Manifest, Error> {
    #[derive(Deserialize)]
    struct FormatOnly {
        format: u32,
    }
    let path = dir.join("manifest.json");
    let FormatOnly { format } = read_json(&path)?;
    if format != FORMAT {
        return Err(Error::Format { found: format });
    }
    read_json(&path)
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, Error> {
    fs::read(path).map_err(|source| Error::Io {
        path: path.display().to_string(),
        source,
    })
}

fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T, Error> {
    serde_json::from_slice(&read_bytes(path)?).map_err(|source| Error::Damaged {
        path: path.display().to_string(),
        source,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_with_questions_splits_again() {
        let segments = vec![
            Segment::Html("<p>a</p>\n".to_owned()),
            Segment::Question(QuestionId::from("q-a")),
            Segment::Question(QuestionId::from("q-b")),
            Segment::Html("<p>b</p>\n".to_owned()),
        ];
        let text = LessonText {
            segments: segments.clone(),
            ..LessonText::default()
        };
        assert_eq!(from_html(&to_html(&text)), segments);
    }
}
