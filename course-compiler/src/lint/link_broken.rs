//! `link-broken`: a link or reference without a target.

use crate::diagnostic::Diagnostic;
use crate::draft::DraftFile;
use crate::draft_course::DraftCourse;
use crate::likeness::{MOST_LIKELY, nearest};
use crate::parse::{NodeKind, Target, target};
use crate::rules::link_broken::RULE;
use std::collections::BTreeSet;

pub(super) fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    for file in course.texts() {
        let known: BTreeSet<&str> = file
            .front
            .sources
            .iter()
            .map(|source| source.source.id.as_str())
            .chain(
                file.footnotes
                    .iter()
                    .map(|footnote| footnote.label.as_str()),
            )
            .collect();
        file.walk(&mut |node| match &node.kind {
            NodeKind::FootnoteReference(label) if !known.contains(label.as_str()) => {
                let help = match nearest(label, &known.iter().copied().take(MOST_LIKELY).collect::<Vec<_>>()) {
                    Some(meant) => format!("did you mean `[^{meant}]`?"),
                    None => format!(
                        "add a `[[source]]` with this id to the front matter, or a line `[^{label}]: …`"
                    ),
                };
                found.push(
                    RULE.at(&file.source, node.span, format!("there is no source `{label}`"))
                        .help(help),
                );
            }
            NodeKind::Link { url, .. } => {
                if let Some((message, help)) = problem(course, file, url) {
                    found.push(RULE.at(&file.source, node.span, message).help(help));
                }
            }
            _ => {}
        });
    }
}

/// The problem with a link, and what to do.
fn problem(course: &DraftCourse, file: &DraftFile, url: &str) -> Option<(String, String)> {
    match target(url, &file.path) {
        // Terms are checked by `glossary-undefined`, headings by `anchor-broken`.
        Target::Outside(_) | Target::Unsafe | Target::Term(_) | Target::Here { .. } => None,
        Target::Leaves => Some((
            "the link leads out of the course".to_owned(),
            "link within the course, or write the whole address".to_owned(),
        )),
        Target::File { path, .. } => {
            if course.file(&path).is_some() || course.assets.contains_key(&path) {
                return None;
            }
            let paths: Vec<&str> = course
                .files()
                .take(MOST_LIKELY)
                .map(|file| file.path.as_str())
                .collect();
            Some((
                format!("there is no file `{path}` in the course"),
                match nearest(&path, &paths) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => "correct the path: it counts from the lesson's file".to_owned(),
                },
            ))
        }
    }
}
