//! Applies the edits that diagnostics offer, until none are left.
//!
//! [`plan`] is pure: it fixes courses in memory and compiles them again after each round. [`write()`] writes
//! the changed files to the disk, each atomically, and skips files that were changed by others since they
//! were read.
//!
//! ```
//! use course_compiler::compile::Options;
//! use course_compiler::fix::plan;
//! use course_compiler::load::Tree;
//!
//! # const COURSE: &str = "id = \"pamati\"\nkind = \"course\"\nground = \"none\"\naudience = \"everyone\"\nhours = 1\nsource_language = \"lv\"\ntitle = { lv = \"Pamati\" }\nsummary = { lv = \"Īsi.\" }\n";
//! # const HEAD: &str = "+++\nid = \"l-ievads\"\ntitle = \"Ievads\"\nminutes = 5\n+++\n\n";
//! // The x is Cyrillic.
//! let lesson = format!("{HEAD}## Vai? {{#q-vai .truefalse}}\n\n- [\u{445}] Jā\n- [ ] Nē\n");
//! let tree = Tree::from_texts([("pamati/course.toml", COURSE), ("pamati/lv/01-ievads.md", &lesson)]);
//! let plan = plan(tree, &Options::default())?;
//! let change = &plan["pamati/lv/01-ievads.md"];
//! assert!(String::from_utf8_lossy(&change.after).contains("- [x] Jā"));
//! # Ok::<(), course_compiler::compile::Error>(())
//! ```

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::Arc;

use crate::compile::{self, Options, compile_tree};
use crate::diagnostic::{Diagnostic, Fix};
use crate::edit::{self, Edit};
use crate::load::Tree;
use crate::source::{Position, Source};

/// How many times courses are compiled again: a fix may reveal a problem that another fix corrects.
const MOST_ROUNDS: usize = 8;

/// A planned change of a file.
#[derive(Clone, Debug)]
pub struct Change {
    /// The bytes as they were read.
    pub before: Arc<[u8]>,
    /// The bytes as they will be.
    pub after: Arc<[u8]>,
    /// What the edits do, in the order in which they were applied, each with its place in the text at that
    /// time.
    pub done: Vec<(Position, String)>,
}

/// Plans all fixes that diagnostics of these courses offer: the changed files, by their path from the folder
/// of courses.
///
/// # Errors
///
/// When the courses cannot be compiled at all.
pub fn plan(mut tree: Tree, options: &Options) -> Result<BTreeMap<String, Change>, compile::Error> {
    let mut plan: BTreeMap<String, Change> = BTreeMap::new();
    for _ in 0..MOST_ROUNDS {
        let compilation = compile_tree(&tree, options, &())?;
        let mut fixes: BTreeMap<&str, Vec<&Fix>> = BTreeMap::new();
        for Diagnostic { location, fix, .. } in &compilation.diagnostics {
            if let Some(fix) = fix {
                fixes.entry(&location.file).or_default().push(fix);
            }
        }
        let mut changed = false;
        for (path, fixes) in fixes {
            let (Some(source), Some(bytes)) = (compilation.sources.get(path), tree.bytes_mut(path))
            else {
                continue;
            };
            let (edits, done) = apart(&fixes, source);
            let after = edit::apply(source, bytes, &edits);
            if *after == **bytes {
                continue;
            }
            changed = true;
            let before = std::mem::replace(bytes, after.into());
            let change = plan.entry(path.to_owned()).or_insert(Change {
                before,
                after: Arc::clone(bytes),
                done: Vec::new(),
            });
            change.after = Arc::clone(bytes);
            change.done.extend(done);
        }
        if !changed {
            break;
        }
    }
    Ok(plan)
}

/// The edits of those fixes that do not touch one another, and their descriptions. The others are left for
/// the next round.
fn apart(fixes: &[&Fix], source: &Source) -> (Vec<Edit>, Vec<(Position, String)>) {
    let mut taken: Vec<Edit> = Vec::new();
    let mut done = Vec::new();
    for fix in fixes {
        let free = fix.edits.iter().all(|edit| {
            let touches = |other: &Edit| {
                edit.span.start <= other.span.end && other.span.start <= edit.span.end
            };
            !taken.iter().any(touches)
        });
        if let Some(first) = fix.edits.first().filter(|_| free) {
            done.push((source.position(first.span.start), fix.message.clone()));
            taken.extend(fix.edits.iter().cloned());
        }
    }
    (taken, done)
}

/// The result of writing a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was replaced.
    Written,
    /// It has changed since it was read, so it was not replaced.
    ChangedMeanwhile,
}

/// Replaces a file below `courses` by the planned one.
///
/// # Errors
///
/// When it cannot be read or written. The file is intact in any case.
#[expect(
    clippy::disallowed_methods,
    reason = "looks whether the file is still the one that was read"
)]
pub fn write(courses: &Path, file: &str, change: &Change) -> io::Result<Outcome> {
    let path = courses.join(file);
    if *std::fs::read(&path)? != *change.before {
        return Ok(Outcome::ChangedMeanwhile);
    }
    edit::write(&path, &change.after)?;
    Ok(Outcome::Written)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    fn fix(edits: &[(usize, usize, &str)]) -> Fix {
        Fix {
            message: "do".to_owned(),
            edits: edits
                .iter()
                .map(|(start, end, replacement)| Edit {
                    span: Span::new(*start, *end),
                    replacement: (*replacement).to_owned(),
                })
                .collect(),
        }
    }

    #[test]
    fn fixes_that_touch_wait_for_the_next_round() {
        let source = Source::new("x.md", b"abcd");
        let applied = |fixes: &[Fix]| {
            let fixes: Vec<&Fix> = fixes.iter().collect();
            let (edits, done) = apart(&fixes, &source);
            let bytes = edit::apply(&source, b"abcd", &edits);
            (String::from_utf8(bytes).unwrap(), done.len())
        };
        let half = [fix(&[(0, 1, "x")]), fix(&[(1, 2, "y"), (3, 4, "z")])];
        assert_eq!(applied(&half), ("xbcd".to_owned(), 1));
        let twice = [fix(&[(0, 1, "x")]), fix(&[(0, 1, "x")])];
        assert_eq!(applied(&twice), ("xbcd".to_owned(), 1));
        let apart = [fix(&[(0, 1, "x"), (3, 4, "z")]), fix(&[(2, 2, "-")])];
        assert_eq!(applied(&apart), ("xb-cz".to_owned(), 2));
    }

    #[test]
    fn a_file_that_changed_meanwhile_is_left_alone() {
        use std::fs;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x.md");
        let change = Change {
            before: b"a".as_slice().into(),
            after: b"b".as_slice().into(),
            done: Vec::new(),
        };
        fs::write(&path, "other").unwrap();
        let outcome = write(dir.path(), "x.md", &change).unwrap();
        assert_eq!(outcome, Outcome::ChangedMeanwhile);
        assert_eq!(fs::read(&path).unwrap(), b"other");
        fs::write(&path, "a").unwrap();
        let outcome = write(dir.path(), "x.md", &change).unwrap();
        assert_eq!(outcome, Outcome::Written);
        assert_eq!(fs::read(&path).unwrap(), b"b");
    }
}
