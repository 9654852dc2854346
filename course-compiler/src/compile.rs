//! The way from a folder of courses to a [`crate::Bundle`].

mod course;
mod run;
mod session;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use self::run::Threads;
pub use self::run::{Built, Compilation, Error, Progress};
use self::session::Memory;
pub use self::session::{Session, Update};

use crate::bundle;
use crate::diagnostic::{Diagnostic, Sources};
use crate::load::{self, FolderHashes, Root, Tree};
pub use crate::options::Options;
use crate::source::Source;

/// Looks whether a bundle can be kept in a folder without touching the courses: the folder may not be one of their
/// sources, nor hold one, nor lie in one, by whatever path it is named.
///
/// # Errors
///
/// When it is not so, and when `courses` cannot be read.
pub fn check_place(courses: &Path, bundle_dir: &Path) -> Result<(), Error> {
    let root = Root::find(courses)?;
    bundle::keep_apart(&root, bundle_dir).map_err(|source| Error::bundle(bundle_dir, source))
}

/// Compiles every course in `courses`, or the one that it is. Never panics on what it finds there; what is wrong with a course is a
/// diagnostic, and a course with errors is left out.
///
/// # Errors
///
/// When the folder itself cannot be read, or has no course.
pub fn compile(
    courses: &Path,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Compilation, Error> {
    Threads::new(options)?.run(|| {
        let tree = load::read(courses)?;
        Ok(compile_here(
            &tree,
            tree.hash(&FolderHashes::default()).0,
            options,
            progress,
        ))
    })
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
    let threads = Threads::new(options)?;
    Ok(threads.run(|| {
        compile_here(
            tree,
            tree.hash(&FolderHashes::default()).0,
            options,
            progress,
        )
    }))
}

fn compile_here(
    tree: &Tree,
    source_hash: String,
    options: &Options,
    progress: &dyn Progress,
) -> Compilation {
    Memory::forgetting_files()
        .compile(tree, source_hash, options, progress)
        .0
}

/// A hash of everything that compiling `courses` depends on: the files, and this compiler itself. Equal hashes
/// mean equal bundles; [`crate::Bundle::source_hash`] has it.
///
/// # Errors
///
/// When the folder cannot be read.
pub fn source_hash(courses: &Path) -> Result<String, Error> {
    let tree = load::read(courses)?;
    Ok(tree.hash(&FolderHashes::default()).0)
}

/// Compiles into a folder, or, when nothing in `courses` changed since, only reads what lies there: bundle and
/// diagnostics. This is what a server calls at its start.
///
/// Whether something changed is told by the names, sizes and times of the files, as long as all of them were
/// older than a few seconds when they were read; else by their content.
///
/// # Errors
///
/// When `courses` cannot be read or has no course, and when `bundle_dir` cannot be written or is not apart from the
/// courses.
pub fn cached(
    courses: &Path,
    bundle_dir: &Path,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Compilation, Error> {
    Threads::new(options)?.run(|| {
        Ok(
            match up_to_date(courses, bundle_dir, options, progress, bundle::read)? {
                Outcome::Compiled(mut compilation) => {
                    // An older revision that cannot be read must not keep the courses from being used.
                    let _ = compilation.bundle.add_older(bundle_dir);
                    compilation
                }
                Outcome::Unchanged(bundle, diagnostics, sources) => Compilation {
                    bundle,
                    diagnostics,
                    sources,
                    locks: BTreeMap::new(),
                    decided: BTreeSet::new(),
                },
            },
        )
    })
}

/// [`cached`] for those who want to know how it went, and not the courses: when nothing changed, no course is
/// taken apart. The files of the bundle are held against their hashes all the same.
///
/// # Errors
///
/// As [`cached`].
pub fn build(
    courses: &Path,
    bundle_dir: &Path,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Built, Error> {
    Threads::new(options)?.run(|| {
        Ok(
            match up_to_date(courses, bundle_dir, options, progress, bundle::outlines)? {
                Outcome::Compiled(compilation) => compilation.into(),
                Outcome::Unchanged(courses, diagnostics, sources) => Built {
                    courses,
                    diagnostics,
                    sources,
                },
            },
        )
    })
}

/// What lies in the folder of a bundle: as it lay there, or just compiled.
enum Outcome<T> {
    /// What was read of it, what was wrong with the courses, and the sources that this points into.
    Unchanged(T, Vec<Diagnostic>, Sources),
    Compiled(Compilation),
}

/// Compiles into a folder if something changed; else only reads what lies there.
fn up_to_date<T>(
    courses: &Path,
    bundle_dir: &Path,
    options: &Options,
    progress: &dyn Progress,
    read: impl Fn(&Path) -> Result<T, bundle::Error>,
) -> Result<Outcome<T>, Error> {
    let root = Root::find(courses)?;
    bundle::keep_apart(&root, bundle_dir).map_err(|source| Error::bundle(bundle_dir, source))?;
    let listing = load::list(&root)?;
    let origin = bundle::origin(bundle_dir);
    let stamp = listing.hash();
    if let (Some((source_hash, diagnostics)), Some(stamp)) = (&origin, &stamp)
        && bundle::remembered_listing(bundle_dir, source_hash).as_ref() == Some(stamp)
        && let Ok(there) = read(bundle_dir)
    {
        let sources = sources_of(diagnostics, |path| load::read_again(&root, path));
        return Ok(Outcome::Unchanged(there, diagnostics.clone(), sources));
    }

    let tree = listing.read(&root, None)?;
    let (source_hash, _) = tree.hash(&FolderHashes::default());
    if let Some((before, diagnostics)) = origin
        && before == source_hash
    {
        if let Ok(there) = read(bundle_dir) {
            bundle::remember_listing(bundle_dir, &source_hash, stamp.as_deref());
            let sources = sources_of(&diagnostics, |path| tree.file(path));
            return Ok(Outcome::Unchanged(there, diagnostics, sources));
        }
        bundle::remove_damaged(bundle_dir);
    }
    // What is stored is good for every day and every machine.
    let timeless = Options {
        today: None,
        spelling: None,
        ..options.clone()
    };
    let compilation = compile_here(&tree, source_hash, &timeless, progress);
    compilation.write(bundle_dir)?;
    let source_hash = &compilation.bundle.source_hash;
    bundle::remember_listing(bundle_dir, source_hash, stamp.as_deref());
    Ok(Outcome::Compiled(compilation))
}

/// The sources that diagnostics point into.
fn sources_of(diagnostics: &[Diagnostic], read: impl Fn(&str) -> Option<Arc<[u8]>>) -> Sources {
    let mut sources = Sources::default();
    for file in diagnostics.iter().flat_map(Diagnostic::files) {
        if sources.get(file).is_none()
            && let Some(bytes) = read(file)
        {
            sources.insert(Arc::new(Source::new(file, &bytes)));
        }
    }
    sources
}
