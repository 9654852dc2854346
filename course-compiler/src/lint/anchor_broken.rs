//! `anchor-broken`: a link to a heading that does not exist.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::paths::only_place;
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::draft::DraftFile;
use crate::draft_course::DraftCourse;
use crate::likeness::{MOST_LIKELY, nearest};
use crate::parse::{Node, NodeKind, Target, target};

pub(crate) const RULE: Rule = Rule {
    code: "anchor-broken",
    severity: Severity::Error,
    page: include_str!("anchor_broken.md"),
};

pub(super) fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    let anchors: BTreeMap<&str, BTreeSet<&str>> = course
        .texts()
        .map(|file| (file.path.as_str(), file.anchors().collect()))
        .collect();
    let has = |there: &DraftFile, anchor: &str| {
        let known = anchors.get(there.path.as_str());
        known.is_some_and(|known| known.contains(anchor))
    };
    for file in course.texts() {
        file.walk(&mut |node| {
            let NodeKind::Link { url, .. } = &node.kind else {
                return;
            };
            let (there, anchor) = match target(url, &file.path) {
                Target::Here { anchor } => (file, anchor),
                Target::File {
                    path,
                    anchor: Some(anchor),
                } => match course.file(&path) {
                    Some(there) => (there, anchor),
                    None => return,
                },
                _ => return,
            };
            if !anchor.is_empty() && !has(there, &anchor) {
                found.push(broken(file, node, url, there, &anchor));
            }
        });
    }
}

/// The link `node` in `file` has an anchor that is no heading of the file `there`.
fn broken(file: &DraftFile, node: &Node, url: &str, there: &DraftFile, anchor: &str) -> Diagnostic {
    let known: Vec<&str> = there.anchors().take(MOST_LIKELY).collect();
    let diagnostic = RULE.at(
        &file.source,
        node.span,
        format!("there is no heading `#{anchor}` in `{}`", there.path),
    );
    let mut same = known.iter().filter(|known| folded(known) == folded(anchor));
    if let (Some(meant), None) = (same.next(), same.next())
        && let Some((_, written)) = url.split_once('#')
        && let Some(place) = only_place(&file.source, node.span, &format!("#{written}"))
    {
        return diagnostic.help(format!("the heading is `#{meant}`")).fix(
            format!("write `#{meant}`"),
            place,
            format!("#{meant}"),
        );
    }
    diagnostic.help(match nearest(anchor, &known) {
        Some(meant) => format!("did you mean `#{meant}`?"),
        None => "link to a heading: its words in lower case with hyphens between".to_owned(),
    })
}

/// A name without diacritics, case and punctuation, which are easily mistyped.
fn folded(name: &str) -> String {
    name.nfd()
        .filter(|c| !is_combining_mark(*c) && c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
