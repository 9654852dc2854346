//! A single course: parsing, checking and assembling its files, and what is cached for the next time.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::run::Progress;
use crate::assemble::{self, Assembled};
use crate::bundle::{self, Revisions};
use crate::course::Course;
use crate::diagnostic::{Diagnostic, Location, Report, Severity};
use crate::doubts;
use crate::draft::{self, DraftFile, DraftGlossary, Meta, Snippets, Used};
use crate::draft_course::DraftCourse;
use crate::lint::{self, Verdicts};
use crate::load::{self, COURSE, FileKind, Folder, LOCK, Skipped, Tree, skipped};
use crate::lock::Lock;
use crate::model::{CourseId, Glossary, ReviewKind};
use crate::options::Options;
use crate::parse::conflicts::{self, Kind};
use crate::paths::Paths;
use crate::rules::conflict_marker::RULE as CONFLICT;
use crate::rules::{file_skipped, file_unreadable, lock_stale, meta_missing, path_broken};
use crate::source::Source;

/// What every course depends on besides its own folder. Whatever is added here has to be compared in
/// [`Shared::is_same`] or [`Known::is_of`] too, or a session misses its changes.
#[derive(Clone, Debug, Default)]
pub(super) struct Shared {
    /// Reviews without which a course is a draft.
    required: Vec<ReviewKind>,
    glossary: Arc<DraftGlossary>,
    /// The compiled glossary.
    pub(super) terms: Arc<Glossary>,
    glossary_folder: Option<Arc<Folder>>,
    pub(super) snippets: Arc<Snippets>,
    /// The learning paths, with their file.
    pub(super) paths: Option<(Arc<Source>, Paths)>,
    /// The diagnostics of these files.
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) sources: Vec<Arc<Source>>,
}

impl Shared {
    /// Reads it from a tree.
    pub(super) fn read(tree: &Tree) -> Self {
        let mut shared = Self {
            required: ReviewKind::ALL.to_vec(),
            glossary_folder: tree.folders.get(load::GLOSSARY).cloned(),
            diagnostics: tree
                .skipped
                .iter()
                .map(|(path, why)| file_skipped::report(path.clone(), why))
                .collect(),
            ..Self::default()
        };
        if let Some(bytes) = &tree.programme {
            let source = Arc::new(Source::new("programme.toml", bytes));
            let (conflict, own) = conflicts::take(&source, Kind::Toml);
            let mut report = Report::new(&own);
            shared.required = draft::required_reviews(&mut report);
            let found = conflict.map_or(report.found, |conflict| vec![conflict]);
            shared.diagnostics.extend(found);
            shared.sources.push(source);
        }
        if let Some(folder) = &shared.glossary_folder {
            let (glossary, mut found, mut files) = DraftGlossary::read(load::GLOSSARY, folder);
            shared.terms = Arc::new(assemble::glossary(&glossary));
            shared.glossary = Arc::new(glossary);
            shared.diagnostics.append(&mut found);
            shared.sources.append(&mut files);
        }
        if let Some(bytes) = &tree.paths {
            shared.read_paths(bytes);
        }
        // A folder of this name that is a course is read as one.
        let snippets = tree.folders.get(load::SNIPPETS);
        if let Some(folder) = snippets.filter(|folder| !folder.is_course()) {
            let (snippets, mut found, mut files) = Snippets::read(folder);
            shared.snippets = Arc::new(snippets);
            shared.diagnostics.append(&mut found);
            shared.sources.append(&mut files);
        }
        shared
    }

    /// Reads `paths.toml`.
    fn read_paths(&mut self, bytes: &[u8]) {
        let source = Arc::new(Source::new(load::PATHS, bytes));
        self.sources.push(Arc::clone(&source));
        if let Some(conflict) = conflicts::find(&source, Kind::Toml) {
            self.diagnostics.push(conflict);
            return;
        }
        let paths = Paths::read(source.text());
        let problems = paths.problems.iter().map(|problem| {
            path_broken::report(&source, problem.span, &problem.reason, paths.is_unreadable)
        });
        self.diagnostics.extend(problems);
        self.paths = Some((source, paths));
    }

    /// Whether a course compiles to the same result with `other`.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.required == other.required && self.has_glossary_of(other)
    }

    fn has_glossary_of(&self, other: &Self) -> bool {
        match (&self.glossary_folder, &other.glossary_folder) {
            (Some(own), Some(other)) => Arc::ptr_eq(own, other),
            (None, None) => true,
            _ => false,
        }
    }
}

/// A course after its own compilation, before it is compared with the others.
#[derive(Debug)]
pub(super) struct Compiled {
    pub(super) id: CourseId,
    pub(super) id_location: Location,
    /// Absent when the course has errors.
    pub(super) finished: Option<Finished>,
    /// The author's decisions that were used in it.
    pub(super) decided: BTreeSet<String>,
    /// The snippets that its lessons use.
    pub(super) snippets: Used,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The sources that the diagnostics refer to, and `course.toml`.
    pub(super) sources: Vec<Arc<Source>>,
}

/// A course without errors, with its assets and lock.
#[derive(Debug)]
pub(super) struct Finished {
    pub(super) course: Arc<Course>,
    pub(super) revisions: Revisions,
    pub(super) assets: BTreeMap<String, Arc<[u8]>>,
    pub(super) lock: String,
    /// Warnings that are reported only if the course is in the bundle.
    pub(super) warnings: Vec<Diagnostic>,
}

impl Finished {
    fn of(assembled: Assembled) -> Self {
        let mut course = assembled.course;
        let (digest, revisions) =
            rayon::join(|| bundle::digest(&course), || bundle::revisions(&course));
        course.digest = digest;
        Self {
            revisions,
            course: Arc::new(course),
            assets: assembled.assets,
            lock: assembled.lock,
            warnings: assembled.warnings,
        }
    }
}

/// A parsed lesson or transcript.
#[derive(Clone, Debug)]
struct Parsed {
    bytes: Arc<[u8]>,
    file: Arc<DraftFile>,
    found: Vec<Diagnostic>,
    snippets: Used,
}

/// A compiled course with what can be reused for compiling it again.
#[derive(Debug)]
pub(super) struct Known {
    folder: Arc<Folder>,
    /// Texts by their path in the course.
    parsed: BTreeMap<String, Parsed>,
    pub(super) compiled: Compiled,
}

impl Known {
    /// Whether it was compiled from this `folder` and these snippets; for the same [`Shared`] and options.
    pub(super) fn is_of(&self, folder: &Arc<Folder>, snippets: &Snippets) -> bool {
        Arc::ptr_eq(&self.folder, folder) && snippets.are_same(&self.compiled.snippets)
    }

    /// Whether its parsed files are cached.
    #[cfg(test)]
    pub(super) fn has_files(&self) -> bool {
        !self.parsed.is_empty()
    }

    /// Drops what would only be used for compiling it again.
    pub(super) fn without_files(mut self) -> Self {
        // The trees of a large course are so many that dropping them takes time.
        let parsed = std::mem::take(&mut self.parsed);
        parsed.into_par_iter().for_each(drop);
        self
    }

    /// Compiles a course. Files that are equal to those in `before` are not parsed again.
    pub(super) fn compile(
        name: &str,
        folder: &Arc<Folder>,
        shared: &Shared,
        options: &Options,
        before: Option<&Self>,
        progress: &dyn Progress,
    ) -> Self {
        let files: Vec<(&String, &Arc<[u8]>)> = folder.files.iter().collect();
        let parse = || -> BTreeMap<String, Parsed> {
            files
                .par_iter()
                .filter_map(|(path, bytes)| {
                    let parsed = Parsed::of((name, path), bytes, &shared.snippets, before);
                    progress.file_done();
                    Some(((*path).clone(), parsed?))
                })
                .collect()
        };
        let (parsed, lock) = rayon::join(parse, || LockFile::read(name, folder));
        let compiled = compile(name, folder, shared, options, (&parsed, lock));
        Self {
            folder: Arc::clone(folder),
            parsed,
            compiled,
        }
    }
}

impl Parsed {
    /// The file at `path` in the course, if it is a text.
    fn of(
        (course, path): (&str, &str),
        bytes: &Arc<[u8]>,
        snippets: &Snippets,
        before: Option<&Known>,
    ) -> Option<Self> {
        let (FileKind::Lesson(language) | FileKind::Transcript(language)) = FileKind::of(path)
        else {
            return None;
        };
        let known = before
            .and_then(|known| known.parsed.get(path))
            .filter(|parsed| Arc::ptr_eq(&parsed.bytes, bytes))
            .filter(|parsed| snippets.are_same(&parsed.snippets));
        Some(known.cloned().unwrap_or_else(|| {
            let source = Arc::new(Source::new(format!("{course}/{path}"), bytes));
            let conflict = conflicts::find(&source, Kind::Markdown);
            let mut expanded = snippets.expand(source, language);
            let (file, mut found) = DraftFile::read(expanded.source, path, language);
            found.append(&mut expanded.found);
            let found = conflict.map_or(found, |conflict| vec![conflict]);
            Self {
                bytes: Arc::clone(bytes),
                file: Arc::new(file),
                found,
                snippets: expanded.used,
            }
        }))
    }
}

fn compile(
    name: &str,
    folder: &Folder,
    shared: &Shared,
    options: &Options,
    (parsed, lock): (&BTreeMap<String, Parsed>, LockFile),
) -> Compiled {
    let path = |file: &str| format!("{name}/{file}");
    let mut diagnostics: Vec<Diagnostic> = folder
        .unreadable
        .iter()
        .map(|(file, reason)| file_unreadable::not_read(path(file), reason))
        .collect();
    let skipped = skipped::in_course(
        folder
            .files
            .iter()
            .map(|(file, bytes)| (file, skipped::has_front_matter(bytes))),
    );
    for (file, why) in &skipped {
        diagnostics.push(file_skipped::report(path(file), why));
    }
    let mut lessons = Vec::new();
    for parsed in parsed.values() {
        diagnostics.extend(parsed.found.iter().cloned());
        lessons.push(Arc::clone(&parsed.file));
    }

    let (meta, meta_source) = read_meta(name, folder, &skipped, &mut diagnostics);
    let has_meta = folder.files.contains_key(COURSE);
    diagnostics.extend(lock.problem);
    let mut others: Vec<Arc<Source>> = lock.source.into_iter().collect();
    find_conflicts(name, folder, &mut diagnostics, &mut others);

    let id = CourseId::from(meta.id.text.as_str());
    let id_location = Location::new(&meta_source, meta.id.span);
    let is_in_conflict = diagnostics.iter().any(|found| found.code == CONFLICT.code);
    let (mut course, mut found) = DraftCourse::new(
        name,
        meta,
        Arc::clone(&meta_source),
        lessons,
        folder,
        lock.lock,
        Arc::clone(&shared.glossary),
    );
    if skipped.values().any(|why| matches!(why, Skipped::Meant(_))) {
        // It has lessons; they are not read for the reported reason.
        found.retain(|found| found.code != meta_missing::RULE.code);
    }
    let mut decided = BTreeSet::new();
    // Problems that follow from all files together are not reported for a text with unresolved merge
    // conflicts.
    if !is_in_conflict {
        diagnostics.append(&mut found);
        course.align(&options.still_right);
        course.decisions = options.decisions.clone();
        decided = doubts::answered(&course);
        diagnostics.extend(lint::check(&course, options));
    }
    spare_unused(&course, options, &mut diagnostics);
    let mut verdicts = Verdicts::of(&course, options);
    verdicts.apply(&mut diagnostics);
    let mut assembled = (!diagnostics.iter().any(Diagnostic::is_error))
        .then(|| assemble::assemble(&course, &shared.terms, &shared.required));
    if let Some(assembled) = &mut assembled {
        let mut found = of_whole(&course, &assembled.course, options);
        assembled.warnings.append(&mut found);
        verdicts.apply(&mut assembled.warnings);
        assembled.warnings.append(&mut verdicts.unused());
    }
    if let Some(refused) =
        assembled.take_if(|assembled| assembled.warnings.iter().any(Diagnostic::is_error))
    {
        diagnostics.extend(refused.warnings);
    }
    let mut finished = assembled.map(Finished::of);

    let assembled: Vec<&Arc<Source>> = course
        .sources()
        .filter(|source| source.is_assembled())
        .collect();
    draft::to_files(&mut diagnostics, &assembled);
    if let Some(finished) = &mut finished {
        draft::to_files(&mut finished.warnings, &assembled);
    }
    let warnings = finished.iter().flat_map(|finished| &finished.warnings);
    let pointed_at: BTreeSet<&str> = diagnostics
        .iter()
        .chain(warnings)
        .flat_map(Diagnostic::files)
        .collect();
    let sources = course
        .sources()
        .filter(|source| !source.is_assembled())
        .chain(assembled.iter().flat_map(|source| source.files()))
        .chain(&others)
        .filter(|source| pointed_at.contains(source.path()))
        .chain(has_meta.then_some(&meta_source))
        .map(Arc::clone)
        .collect();
    Compiled {
        id,
        id_location,
        finished,
        decided,
        snippets: snippets_of(parsed),
        diagnostics,
        sources,
    }
}

/// The snippets that files use.
fn snippets_of(parsed: &BTreeMap<String, Parsed>) -> Used {
    let used = parsed.values().flat_map(|parsed| &parsed.snippets);
    used.map(|(key, bytes)| (key.clone(), bytes.clone()))
        .collect()
}

/// Errors in a translation that readers do not get, and in a preview those about earlier answers, become warnings.
fn spare_unused(course: &DraftCourse, options: &Options, diagnostics: &mut [Diagnostic]) {
    let unused = diagnostics
        .iter()
        .any(Diagnostic::is_error)
        .then(|| course.unused());
    for found in diagnostics {
        let is_spared = unused
            .as_ref()
            .is_some_and(|unused| unused.has(&found.location))
            || (options.is_preview && lint::id_rebound::is_about_answers(&found.code));
        if found.severity == Severity::Error && is_spared {
            found.severity = Severity::Warning;
        }
    }
}

/// Checks that need the compiled course.
fn of_whole(draft: &DraftCourse, course: &Course, options: &Options) -> Vec<Diagnostic> {
    let mut found = lint::minutes_off::report(draft, course);
    found.append(&mut lint::hours_off::report(draft, course));
    if options.guesses {
        found.append(&mut lint::quiz_guessable::report(draft, course));
    }
    found
}

/// Reads `course.toml`.
fn read_meta(
    name: &str,
    folder: &Folder,
    skipped: &BTreeMap<String, Skipped>,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Meta, Arc<Source>) {
    let path = format!("{name}/{COURSE}");
    let bytes = folder.files.get(COURSE);
    let source = Arc::new(Source::new(path.clone(), bytes.map_or(&[], |bytes| bytes)));
    let (conflict, own) = conflicts::take(&source, Kind::Toml);
    let mut report = Report::new(&own);
    let meta = draft::meta(lint::RULES, &mut report);
    if let Some(conflict) = conflict {
        diagnostics.push(conflict);
    } else if bytes.is_none() {
        let meant = Skipped::Meant(COURSE.to_owned());
        if skipped.values().all(|why| *why != meant) {
            diagnostics.push(meta_missing::no_course_file(path));
        }
    } else if source.is_valid_utf8() {
        diagnostics.append(&mut report.found);
    } else {
        diagnostics.push(file_unreadable::not_text(path));
    }
    (meta, source)
}

/// A `course.lock`, as far as it can be read.
#[derive(Default)]
struct LockFile {
    source: Option<Arc<Source>>,
    lock: Option<Lock>,
    problem: Option<Diagnostic>,
}

impl LockFile {
    fn read(name: &str, folder: &Folder) -> Self {
        let Some(bytes) = folder.files.get(LOCK) else {
            return Self::default();
        };
        let path = format!("{name}/{LOCK}");
        let source = Arc::new(Source::new(path.clone(), bytes));
        let conflict = conflicts::find(&source, Kind::Toml);
        let (lock, problem) = match conflict {
            Some(conflict) => (None, Some(conflict)),
            None => match Lock::parse(source.text()) {
                Ok(lock) => (Some(lock), None),
                Err(error) => (None, Some(lock_stale::unreadable(path, &error.to_string()))),
            },
        };
        Self {
            source: Some(source),
            lock,
            problem,
        }
    }
}

/// Finds merge conflicts in text assets such as captions.
fn find_conflicts(
    name: &str,
    folder: &Folder,
    diagnostics: &mut Vec<Diagnostic>,
    sources: &mut Vec<Arc<Source>>,
) {
    for (file, bytes) in &folder.files {
        let is_text = FileKind::of(file) == FileKind::Asset && conflicts::is_text(file);
        if is_text && conflicts::may_have(bytes) {
            let source = Arc::new(Source::new(format!("{name}/{file}"), bytes));
            diagnostics.extend(conflicts::find(&source, Kind::Plain));
            sources.push(source);
        }
    }
}
