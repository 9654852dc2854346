//! The way from a folder of courses to a [`Bundle`].

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::assemble::{self, Assembled};
use crate::bundle::{self, Bundle};
use crate::diagnostic::{Diagnostic, Location, Severity, Sources};
use crate::draft::{self, DraftCourse, DraftFile, DraftGlossary, FileKind};
use crate::lint::{
    self, Report, Verdicts, file_unreadable, id_duplicate, lock_stale, meta_missing,
};
use crate::load::{self, Folder, Tree};
use crate::lock::Lock;
use crate::model::{CourseId, Language, ReviewKind};
use crate::source::Source;
use crate::translation::StillRight;

/// How to compile.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Options {
    /// Threads to use; as many as the machine has when absent.
    pub threads: Option<usize>,
    /// The day on which the courses are checked, for rules about age; they are silent when absent.
    pub today: Option<NaiveDate>,
    /// Stale translations that a person found right.
    pub still_right: StillRight,
}

/// What came of it.
#[derive(Clone, Debug)]
pub struct Compilation {
    /// The courses without errors.
    pub bundle: Bundle,
    /// All problems of all courses, by file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// The files that diagnostics point into.
    pub sources: Sources,
    /// For each course in the bundle, the text that its `course.lock` should have, by its folder. Empty when the
    /// bundle was only read.
    pub locks: BTreeMap<String, String>,
}

impl Compilation {
    /// Whether there is a problem that keeps a course out of the bundle.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        has_errors(&self.diagnostics)
    }
}

fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics
        .iter()
        .any(|diagnostic| diagnostic.severity == Severity::Error)
}

/// Why nothing could be compiled at all.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The folder of courses cannot be read.
    #[error("cannot read the courses in {path}")]
    Root {
        /// The folder.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// The threads cannot be started.
    #[error("cannot start {threads} threads")]
    Threads {
        /// How many were asked for.
        threads: usize,
    },
    /// The bundle cannot be written.
    #[error("cannot write the bundle to {path}")]
    Bundle {
        /// The folder.
        path: String,
        /// Why.
        source: io::Error,
    },
}

/// Told how far compiling is; called from several threads.
pub trait Progress: Sync {
    /// There are so many files to compile.
    fn started(&self, files: usize);
    /// One more is done.
    fn file_done(&self);
    /// All are.
    fn finished(&self);
}

/// Tells nobody.
impl Progress for () {
    fn started(&self, _files: usize) {}
    fn file_done(&self) {}
    fn finished(&self) {}
}

/// Compiles every course in `courses`. Never panics on what it finds there; what is wrong with a course is a
/// diagnostic, and a course with errors is left out.
///
/// # Errors
///
/// When the folder itself cannot be read.
pub fn compile(
    courses: &Path,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Compilation, Error> {
    compile_tree(&read(courses)?, options, progress)
}

/// Compiles into a folder, or, when nothing in `courses` changed since, only reads what lies there: bundle and
/// diagnostics. This is what a server calls at its start.
///
/// # Errors
///
/// When `courses` cannot be read or `bundle_dir` cannot be written.
pub fn cached(
    courses: &Path,
    bundle_dir: &Path,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Compilation, Error> {
    let tree = read(courses)?;
    if let Some(compilation) = unchanged(&tree, bundle_dir) {
        return Ok(compilation);
    }
    // What is stored is good for every day.
    let timeless = Options {
        today: None,
        ..options.clone()
    };
    let mut compilation = compile_tree(&tree, &timeless, progress)?;
    let unwritable = |source| Error::Bundle {
        path: bundle_dir.display().to_string(),
        source,
    };
    bundle::store(&compilation.bundle, &compilation.diagnostics, bundle_dir).map_err(unwritable)?;
    let older = bundle::older_revisions(bundle_dir).unwrap_or_default();
    for (hash, revision) in older {
        compilation.bundle.revisions.entry(hash).or_insert(revision);
    }
    Ok(compilation)
}

/// A hash of everything that compiling `courses` depends on: the files, and this compiler itself. Equal hashes
/// mean equal bundles; [`Bundle::source_hash`] has it.
///
/// # Errors
///
/// When the folder cannot be read.
pub fn source_hash(courses: &Path) -> Result<String, Error> {
    Ok(read(courses)?.hash())
}

fn read(courses: &Path) -> Result<Tree, Error> {
    load::read(courses).map_err(|source| Error::Root {
        path: courses.display().to_string(),
        source,
    })
}

/// The bundle in a folder, if it was made of these very files.
fn unchanged(tree: &Tree, bundle_dir: &Path) -> Option<Compilation> {
    let (source_hash, diagnostics) = bundle::origin(bundle_dir).ok()?;
    if source_hash != tree.hash() {
        return None;
    }
    let bundle = bundle::read(bundle_dir).ok()?;
    let mut sources = Sources::default();
    for file in diagnostics.iter().flat_map(files_of) {
        let bytes = match file.split_once('/') {
            Some((folder, path)) => tree
                .folders
                .get(folder)
                .and_then(|folder| folder.files.get(path)),
            None => tree.programme.as_ref(),
        };
        if let Some(bytes) = bytes {
            sources.insert(Arc::new(Source::new(file, bytes)));
        }
    }
    Some(Compilation {
        bundle,
        diagnostics,
        sources,
        locks: BTreeMap::new(),
    })
}

/// The files that a diagnostic points into.
fn files_of(diagnostic: &Diagnostic) -> impl Iterator<Item = &str> {
    let related = diagnostic.related.iter().map(|related| &related.location);
    [&diagnostic.location]
        .into_iter()
        .chain(related)
        .map(|location| location.file.as_str())
}

/// Compiles courses that were read before. Pure: the same tree gives the same bundle, on any number of threads.
///
/// # Errors
///
/// When the threads cannot be started.
pub fn compile_tree(
    tree: &Tree,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Compilation, Error> {
    let Some(threads) = options.threads else {
        return Ok(compile_here(tree, options, progress));
    };
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .map_err(|_| Error::Threads { threads })?;
    Ok(pool.install(|| compile_here(tree, options, progress)))
}

/// A course after its own compilation, before it is compared with the others.
struct Compiled {
    folder: String,
    id: CourseId,
    id_location: Location,
    assembled: Option<Assembled>,
    diagnostics: Vec<Diagnostic>,
    sources: Vec<Arc<Source>>,
}

fn compile_here(tree: &Tree, options: &Options, progress: &dyn Progress) -> Compilation {
    progress.started(tree.file_count());
    let mut diagnostics = Vec::new();
    let mut sources = Sources::default();

    let mut required = ReviewKind::ALL.to_vec();
    if let Some(bytes) = &tree.programme {
        let source = Arc::new(Source::new("programme.toml", bytes));
        let mut report = Report::new(&source);
        required = draft::required_reviews(&mut report);
        diagnostics.append(&mut report.found);
        sources.insert(source);
    }

    let mut glossary = Arc::new(DraftGlossary::default());
    if let Some(folder) = tree.folders.get(load::GLOSSARY) {
        let (read, mut found, files) = DraftGlossary::read(load::GLOSSARY, folder);
        glossary = Arc::new(read);
        diagnostics.append(&mut found);
        for source in files {
            sources.insert(source);
        }
        for _ in &folder.files {
            progress.file_done();
        }
    }

    let folders: Vec<(&String, &Folder)> = tree.folders.iter().collect();
    let compiled: Vec<Compiled> = folders
        .into_par_iter()
        .filter(|(name, folder)| name.as_str() != load::GLOSSARY && folder.is_course())
        .map(|(name, folder)| compile_course(name, folder, &required, &glossary, options, progress))
        .collect();

    let mut ids: BTreeMap<CourseId, Location> = BTreeMap::new();
    let mut courses = Vec::new();
    let mut assets = BTreeMap::new();
    let mut locks = BTreeMap::new();
    for mut course in compiled {
        if let Some(first) = ids.get(&course.id) {
            course.assembled = None;
            course.diagnostics.push(id_duplicate::duplicate(
                course.id_location.clone(),
                course.id.as_str(),
                first.clone(),
            ));
        } else {
            ids.insert(course.id, course.id_location);
        }
        diagnostics.append(&mut course.diagnostics);
        for source in course.sources {
            sources.insert(source);
        }
        if let Some(assembled) = course.assembled {
            assets.extend(assembled.assets);
            diagnostics.extend(assembled.warnings);
            locks.insert(course.folder, assembled.lock);
            courses.push(assembled.course);
        }
    }
    diagnostics.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    diagnostics.dedup();
    let pointed_at: BTreeSet<&str> = diagnostics.iter().flat_map(files_of).collect();
    sources.retain(&pointed_at);
    progress.finished();
    Compilation {
        bundle: Bundle::new(courses, glossary.glossary.clone(), assets, tree.hash()),
        diagnostics,
        sources,
        locks,
    }
}

fn compile_course(
    name: &str,
    folder: &Folder,
    required: &[ReviewKind],
    glossary: &Arc<DraftGlossary>,
    options: &Options,
    progress: &dyn Progress,
) -> Compiled {
    let path = |file: &str| format!("{name}/{file}");
    let mut diagnostics: Vec<Diagnostic> = folder
        .unreadable
        .iter()
        .map(|(file, reason)| file_unreadable::not_read(path(file), reason))
        .collect();

    let files: Vec<(&String, &Arc<[u8]>, FileKind)> = folder
        .files
        .iter()
        .map(|(file, bytes)| (file, bytes, FileKind::of(file)))
        .collect();
    let parsed: Vec<Option<(DraftFile, Vec<Diagnostic>)>> = files
        .par_iter()
        .map(|(file, bytes, kind)| {
            let read = match kind {
                FileKind::Lesson(language) | FileKind::Transcript(language) => {
                    Some(read_text(path(file), file, bytes, *language))
                }
                _ => None,
            };
            progress.file_done();
            read
        })
        .collect();
    let mut lessons = Vec::new();
    for (file, mut found) in parsed.into_iter().flatten() {
        diagnostics.append(&mut found);
        lessons.push(file);
    }

    let meta_path = path("course.toml");
    let meta_bytes = folder.files.get("course.toml").cloned().unwrap_or_default();
    let meta_source = Arc::new(Source::new(meta_path.clone(), &meta_bytes));
    let mut report = Report::new(&meta_source);
    let meta = draft::meta(&mut report);
    let mut found = report.found;
    if !folder.files.contains_key("course.toml") {
        found = vec![meta_missing::no_course_file(meta_path)];
    } else if !meta_source.is_valid_utf8() {
        found = vec![file_unreadable::not_text(meta_path)];
    }
    diagnostics.append(&mut found);

    let lock = folder.files.get("course.lock").and_then(|bytes| {
        let source = Source::new(path("course.lock"), bytes);
        Lock::parse(source.text())
            .map_err(|error| {
                let problem = lock_stale::unreadable(path("course.lock"), &error.to_string());
                diagnostics.push(problem);
            })
            .ok()
    });

    let id = CourseId::from(meta.id.text.as_str());
    let id_location = Location::new(&meta_source, meta.id.span);
    let (mut course, mut found) = DraftCourse::new(
        name,
        meta,
        Arc::clone(&meta_source),
        lessons,
        folder,
        lock,
        Arc::clone(glossary),
    );
    course.align(&options.still_right);
    diagnostics.append(&mut found);
    diagnostics.extend(lint::check(&course, options));
    let mut verdicts = Verdicts::of(&course, options);
    verdicts.apply(&mut diagnostics);
    let mut assembled = (!has_errors(&diagnostics)).then(|| assemble::assemble(&course, required));
    if let Some(assembled) = &mut assembled {
        verdicts.apply(&mut assembled.warnings);
        assembled.warnings.append(&mut verdicts.unused());
    }
    if let Some(refused) = assembled.take_if(|assembled| has_errors(&assembled.warnings)) {
        diagnostics.extend(refused.warnings);
    }
    let read_meta = folder.files.contains_key("course.toml");
    let sources = course
        .texts()
        .map(|file| Arc::clone(&file.source))
        .chain(read_meta.then_some(meta_source))
        .collect();
    Compiled {
        folder: name.to_owned(),
        id,
        id_location,
        assembled,
        diagnostics,
        sources,
    }
}

fn read_text(
    path: String,
    path_in_course: &str,
    bytes: &[u8],
    language: Language,
) -> (DraftFile, Vec<Diagnostic>) {
    let source = Arc::new(Source::new(path, bytes));
    DraftFile::read(source, path_in_course, language)
}
