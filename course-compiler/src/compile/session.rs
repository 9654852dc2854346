//! Compiling repeatedly, with only the work that a change requires.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use rayon::prelude::*;

use super::course::{Known, Shared};
use super::run::{Compilation, Error, Progress, Threads};
use crate::bundle::Bundle;
use crate::diagnostic::{Diagnostic, Location, Sources};
use crate::load::{self, Folder, FolderHashes, Loaded, Root, Tree};
use crate::model::{CourseId, Glossary};
use crate::options::Options;
use crate::rules::{id_duplicate, path_broken, snippet_unused};

/// Compiles a folder of courses on request, and caches what makes the next compilation fast: the files, the
/// compiled courses, and the parsed lessons of those courses that changed last (parsed trees take the most
/// memory). An unchanged course is reused; in a course that changes again, only the changed files are parsed.
///
/// A session does not watch the folder: call [`Session::rebuild`] when something may have changed. The result
/// never depends on earlier builds; it is what [`super::compile`] would give.
///
/// ```
/// use course_compiler::compile::{Options, Session};
///
/// # let dir = tempfile::tempdir()?;
/// # let courses = dir.path();
/// # std::fs::create_dir_all(courses.join("pamati/lv"))?;
/// # std::fs::write(courses.join("pamati/course.toml"), "id = \"pamati\"\nkind = \"course\"\nground = \"none\"\naudience = \"everyone\"\nhours = 1\nsource_language = \"lv\"\ntitle = { lv = \"Pamati\" }\nsummary = { lv = \"Īsi.\" }\n")?;
/// # let lesson = |title: &str| format!("+++\nid = \"l-a\"\ntitle = \"{title}\"\nminutes = 5\n+++\nTeksts.\n");
/// # std::fs::write(courses.join("pamati/lv/01-ievads.md"), lesson("Ievads"))?;
/// let mut session = Session::new(courses, Options::default())?;
/// let update = session.rebuild(&())?;
/// assert!(update.changed.contains("pamati"), "all is new the first time");
///
/// std::fs::write(courses.join("pamati/lv/01-ievads.md"), lesson("Sākums"))?;
/// let update = session.rebuild(&())?;
/// assert!(update.changed.contains("pamati"));
/// let course = update.compilation.bundle.course_by_slug("pamati").unwrap();
/// assert_eq!(course.lessons[0].texts.values().next().unwrap().title, "Sākums");
///
/// assert!(session.rebuild(&())?.changed.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Session {
    courses: PathBuf,
    options: Options,
    threads: Threads,
    loaded: Option<Loaded>,
    hashes: FolderHashes,
    memory: Memory,
}

/// The result of a rebuild.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Update {
    /// All courses and all diagnostics, changed or not.
    pub compilation: Compilation,
    /// The folders of courses that were compiled again, even if that did not change their content, and of
    /// removed courses. Empty when nothing changed.
    pub changed: BTreeSet<String>,
}

impl Session {
    /// A new session. `courses` is first read by [`Session::rebuild`].
    ///
    /// # Errors
    ///
    /// When the threads cannot be started.
    pub fn new(courses: impl Into<PathBuf>, options: Options) -> Result<Self, Error> {
        Ok(Self {
            courses: courses.into(),
            threads: Threads::new(&options)?,
            options,
            loaded: None,
            hashes: FolderHashes::default(),
            memory: Memory::remembering_files(),
        })
    }

    /// Compiles the current courses.
    ///
    /// # Errors
    ///
    /// When the folder of courses cannot be read or has no course. The session stays usable: once the folder
    /// exists again, the next rebuild reads it.
    pub fn rebuild(&mut self, progress: &dyn Progress) -> Result<Update, Error> {
        let Self {
            courses,
            options,
            threads,
            loaded,
            hashes,
            memory,
        } = self;
        threads.run(|| {
            let read = || {
                let root = Root::find(courses)?;
                let listing = load::list(&root)?;
                let tree = listing.read(&root, loaded.as_ref())?;
                Ok::<_, load::Error>(Loaded { listing, tree })
            };
            let now = read()?;
            let (source_hash, now_hashes) = now.tree.hash(hashes);
            let (compilation, changed) = memory.compile(&now.tree, source_hash, options, progress);
            *hashes = now_hashes;
            *loaded = Some(now);
            Ok(Update {
                compilation,
                changed,
            })
        })
    }
}

/// For how many courses that changed at the same time a session caches the parsed files.
const MOST_WITH_FILES: usize = 4;

/// The compiled courses by their folders, always with the same options.
#[derive(Debug, Default)]
pub(super) struct Memory {
    shared: Shared,
    known: BTreeMap<String, Known>,
    /// The parsed files are cached only if at most this many courses changed at once.
    most_with_files: usize,
}

impl Memory {
    /// Caches only compiled courses, which takes a fraction of the memory.
    pub(super) fn forgetting_files() -> Self {
        Self::default()
    }

    /// Also caches the parsed files of the courses that changed last.
    fn remembering_files() -> Self {
        Self {
            most_with_files: MOST_WITH_FILES,
            ..Self::default()
        }
    }

    /// Compiles a tree; returns the folders that were compiled again or removed.
    pub(super) fn compile(
        &mut self,
        tree: &Tree,
        source_hash: String,
        options: &Options,
        progress: &dyn Progress,
    ) -> (Compilation, BTreeSet<String>) {
        let shared = Shared::read(tree);
        let is_shared = shared.is_same(&self.shared);
        let mut before = std::mem::take(&mut self.known);
        let work: Vec<(&String, &Arc<Folder>, Option<Known>)> = tree
            .folders
            .iter()
            .filter(|(name, folder)| name.as_str() != load::GLOSSARY && folder.is_course())
            .map(|(name, folder)| (name, folder, before.remove(name)))
            .collect();
        let is_done = |folder: &Arc<Folder>, known: &Known| {
            is_shared && known.is_of(folder, &shared.snippets)
        };
        let to_do = work.iter().filter(|(_, folder, known)| {
            !known.as_ref().is_some_and(|known| is_done(folder, known))
        });
        let (courses, files) =
            to_do.fold((0_usize, 0_usize), |(courses, files), (_, folder, _)| {
                let files = files.saturating_add(folder.files.len());
                (courses.saturating_add(1), files)
            });
        progress.started(files);
        let remembers_files = courses <= self.most_with_files;
        let done: Vec<(String, Known, bool)> = work
            .into_par_iter()
            .map(|(name, folder, known)| match known {
                Some(known) if is_done(folder, &known) => {
                    let known = if courses > 0 {
                        known.without_files()
                    } else {
                        known
                    };
                    (name.clone(), known, false)
                }
                before => {
                    let known =
                        Known::compile(name, folder, &shared, options, before.as_ref(), progress);
                    let known = if remembers_files {
                        known
                    } else {
                        known.without_files()
                    };
                    (name.clone(), known, true)
                }
            })
            .collect();
        progress.finished();

        let mut changed: BTreeSet<String> = before.into_keys().collect();
        for (name, known, is_new) in done {
            if is_new {
                changed.insert(name.clone());
            }
            self.known.insert(name, known);
        }
        self.shared = shared;
        (self.together(source_hash, tree.is_one_course), changed)
    }

    /// Combines the courses. Of two with the same id, the first is kept.
    fn together(&self, source_hash: String, is_one_course: bool) -> Compilation {
        let mut diagnostics = self.shared.diagnostics.clone();
        // Other courses may use what this one does not.
        let snippets = self.shared.snippets.all().filter(|_| !is_one_course);
        for (key, path) in snippets {
            let mut courses = self.known.values();
            if !courses.any(|known| known.compiled.snippets.contains_key(key)) {
                diagnostics.push(snippet_unused::report(path, &key.0));
            }
        }
        let is_course = |id: &CourseId| {
            let mut courses = self.known.values();
            courses.any(|known| known.compiled.id == *id)
        };
        if let Some((source, paths)) = &self.shared.paths {
            let unknown = paths.all.iter().flat_map(|path| path.unknown(is_course));
            diagnostics.extend(
                unknown.map(|problem| {
                    path_broken::report(source, problem.span, &problem.reason, false)
                }),
            );
        }
        let mut sources = Sources::default();
        for source in &self.shared.sources {
            sources.insert(Arc::clone(source));
        }
        let mut ids: BTreeMap<&CourseId, &Location> = BTreeMap::new();
        let mut courses = Vec::new();
        let mut assets = BTreeMap::new();
        let mut locks = BTreeMap::new();
        let mut decided = BTreeSet::new();
        for (folder, known) in &self.known {
            let compiled = &known.compiled;
            diagnostics.extend(compiled.diagnostics.iter().cloned());
            decided.extend(compiled.decided.iter().cloned());
            for source in &compiled.sources {
                sources.insert(Arc::clone(source));
            }
            // Courses without an id are not duplicates; the missing id is reported.
            if let Some(first) = ids.get(&compiled.id)
                && !compiled.id.as_str().is_empty()
            {
                diagnostics.push(id_duplicate::duplicate(
                    compiled.id_location.clone(),
                    compiled.id.as_str(),
                    (*first).clone(),
                ));
                continue;
            }
            ids.insert(&compiled.id, &compiled.id_location);
            if let Some(finished) = &compiled.finished {
                diagnostics.extend(finished.warnings.iter().cloned());
                assets.extend(
                    finished
                        .assets
                        .iter()
                        .map(|(name, bytes)| (name.clone(), Arc::clone(bytes))),
                );
                locks.insert(folder.clone(), finished.lock.clone());
                courses.push((Arc::clone(&finished.course), finished.revisions.clone()));
            }
        }
        diagnostics.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
        diagnostics.dedup();
        let pointed_at: BTreeSet<&str> = diagnostics.iter().flat_map(Diagnostic::files).collect();
        sources.retain(&pointed_at);
        Compilation {
            bundle: Bundle::new(
                courses,
                Glossary::clone(&self.shared.terms),
                assets,
                source_hash,
            ),
            diagnostics,
            sources,
            locks,
            decided,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(lessons: [&str; 6]) -> Tree {
        let files: Vec<(String, &str)> = ["a", "b", "c", "d", "e", "f"]
            .into_iter()
            .map(|course| format!("{course}/lv/01-a.md"))
            .zip(lessons)
            .collect();
        Tree::from_texts(files.iter().map(|(path, text)| (path.as_str(), *text)))
    }

    /// Compiles `lessons` after `before`; equal files are shared in memory.
    fn compiled(memory: &mut Memory, lessons: [&str; 6], before: &Tree) -> Tree {
        let mut tree = tree(lessons);
        for (name, folder) in &mut tree.folders {
            if let Some(known) = before.folders.get(name)
                && known.files == folder.files
            {
                *folder = Arc::clone(known);
            }
        }
        memory.compile(&tree, String::new(), &Options::default(), &());
        tree
    }

    fn with_files(memory: &Memory) -> Vec<&str> {
        let known = memory.known.iter();
        known
            .filter(|(_, known)| known.has_files())
            .map(|(name, _)| name.as_str())
            .collect()
    }

    #[test]
    fn files_are_remembered_of_the_courses_that_changed_last() {
        let mut memory = Memory::remembering_files();
        let first = compiled(&mut memory, ["1"; 6], &Tree::default());
        assert!(with_files(&memory).is_empty(), "all changed at once");
        let second = compiled(&mut memory, ["2", "1", "1", "1", "1", "1"], &first);
        assert_eq!(with_files(&memory), ["a"]);
        compiled(&mut memory, ["2", "1", "1", "1", "1", "1"], &second);
        assert_eq!(with_files(&memory), ["a"], "nothing changed");
        compiled(&mut memory, ["2", "1", "3", "1", "1", "3"], &second);
        assert_eq!(with_files(&memory), ["c", "f"]);
    }
}
