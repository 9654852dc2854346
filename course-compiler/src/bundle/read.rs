//! Reading a bundle from its folder.

#![expect(
    clippy::disallowed_methods,
    reason = "this module is the one that keeps bundles on the disk"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::layout::{LISTING, MANIFEST, course_paths, revision_paths};
use super::manifest::{
    Error, Listed, Published, changed, file_name, manifest, read_bytes, read_course, read_encoded,
    read_json, unreadable,
};
use super::place::Hold;
use super::value::{Bundle, Outline, Revision, Revisions, revisions};
use crate::course::Course;
use crate::diagnostic::Diagnostic;
use crate::hash::Hasher;
use crate::model::RevisionHash;

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

/// The source hash and the diagnostics of the bundle in a folder, without reading the rest. `None` if the
/// diagnostics are not known.
pub(crate) fn origin(dir: &Path) -> Option<(String, Vec<Diagnostic>)> {
    let manifest = manifest(dir).ok()?;
    Some((manifest.source_hash, manifest.diagnostics?))
}

/// The listing that [`super::remember_listing`] stored for the bundle with this source hash.
pub(crate) fn remembered_listing(dir: &Path, source_hash: &str) -> Option<String> {
    let text = fs::read_to_string(dir.join(LISTING)).ok()?;
    let (source, listing) = text.split_once(' ')?;
    (source == source_hash).then(|| listing.to_owned())
}

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
