//! Compiling a folder of courses to a [`crate::Bundle`].

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

use crate::bundle::{self, Hold};
use crate::diagnostic::{Diagnostic, Sources};
use crate::load::{self, FolderHashes, Root, Tree};
pub use crate::options::Options;
use crate::source::Source;

/// Checks that a bundle can be written to a folder without affecting the courses: the folder may not be one
/// of their sources, contain one or be inside one, even if it is reached by another path.
///
/// # Errors
///
/// When the folder is refused, and when `courses` cannot be read.
pub fn check_place(courses: &Path, bundle_dir: &Path) -> Result<(), Error> {
    let root = Root::find(courses)?;
    bundle::keep_apart(&root, bundle_dir).map_err(|source| Error::bundle(bundle_dir, source))
}

/// Compiles every course in `courses`, or the single course at that path. It never panics on its input;
/// problems are returned as diagnostics, and a course with errors is left out.
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

/// Compiles courses that are in memory. Pure: the same tree gives the same bundle, on any number of threads.
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

/// A hash of everything on which compiling `courses` depends: the files and this compiler. Equal hashes mean
/// equal bundles; it is stored in [`crate::Bundle::source_hash`].
///
/// # Errors
///
/// When the folder cannot be read.
pub fn source_hash(courses: &Path) -> Result<String, Error> {
    let tree = load::read(courses)?;
    Ok(tree.hash(&FolderHashes::default()).0)
}

/// Compiles into a folder. If nothing in `courses` has changed, it only reads the bundle and the diagnostics
/// from there. This is what a server calls when it starts.
///
/// Changes are detected by the names, sizes and times of the files if all of them were older than a few
/// seconds when they were read; otherwise by their content.
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
            match up_to_date(courses, bundle_dir, options, progress, bundle::read_held)? {
                Outcome::Compiled(mut compilation) => {
                    // What is unreadable of earlier bundles must not make the courses unavailable.
                    let _ = compilation.bundle.add_earlier(bundle_dir);
                    *compilation
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

/// Like [`cached`], but returns only a summary: if nothing changed, no course is parsed. The files of the
/// bundle are still checked against their hashes.
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
                Outcome::Compiled(compilation) => (*compilation).into(),
                Outcome::Unchanged(courses, diagnostics, sources) => Built {
                    courses,
                    diagnostics,
                    sources,
                },
            },
        )
    })
}

/// The content of a bundle's folder: unchanged, or just compiled.
enum Outcome<T> {
    /// What was read, the diagnostics, and the sources that they refer to.
    Unchanged(T, Vec<Diagnostic>, Sources),
    Compiled(Box<Compilation>),
}

/// Compiles into a folder if something has changed; otherwise only reads from it.
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
    let hold = Hold::of(bundle_dir, &|| progress.waiting())
        .map_err(|source| Error::bundle(bundle_dir, source))?;
    // What another program built meanwhile need not be built again.
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
    // What is stored must not depend on the day or the machine.
    let timeless = Options {
        today: None,
        spelling: None,
        ..options.clone()
    };
    let compilation = compile_here(&tree, source_hash, &timeless, progress);
    let diagnostics = Some(compilation.diagnostics.as_slice());
    let _hold = bundle::store(&compilation.bundle, diagnostics, bundle_dir, Some(hold))
        .map_err(|source| Error::bundle(bundle_dir, source))?;
    let source_hash = &compilation.bundle.source_hash;
    bundle::remember_listing(bundle_dir, source_hash, stamp.as_deref());
    Ok(Outcome::Compiled(Box::new(compilation)))
}

/// The sources that diagnostics refer to.
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
