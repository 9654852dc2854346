//! `footnote-unused`: a note that nothing refers to, a second one of the same name, or one that says nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::draft::DraftFile;
use crate::draft_course::DraftCourse;
use crate::parse::NodeKind;

pub(crate) const RULE: Rule = Rule {
    code: "footnote-unused",
    severity: Severity::Warning,
    page: include_str!("footnote_unused.md"),
};

pub(super) fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    for file in course.texts().filter(|file| !file.footnotes.is_empty()) {
        look(file, found);
    }
}

fn look(file: &DraftFile, found: &mut Vec<Diagnostic>) {
    let mut cited: BTreeSet<&str> = BTreeSet::new();
    file.walk(&mut |node| {
        if let NodeKind::FootnoteReference(label) = &node.kind {
            cited.insert(label);
        }
    });
    let mut first = BTreeMap::new();
    for note in &file.footnotes {
        let label = note.label.as_str();
        let at = |message: String| RULE.at(&file.source, note.span, message);
        if let Some(before) = first.get(label) {
            found.push(
                at(format!(
                    "there is a note `[^{label}]` already, and readers get only that"
                ))
                .related(&file.source, *before, "the first")
                .help("give one of them another name, also where the text refers to it"),
            );
            continue;
        }
        first.insert(label, note.span);
        let sources = file.front.sources.iter();
        let is_source = sources.clone().any(|source| source.source.id == label);
        if is_source {
            found.push(
                at(format!(
                    "a source has the id `{label}`, too, and readers get only this note"
                ))
                .help("give the note another name, also where the text refers to it"),
            );
        } else if note.nodes.is_empty() {
            found.push(
                at(format!("the note `[^{label}]` says nothing"))
                    .help("write its text after the colon"),
            );
        } else if !cited.contains(label) {
            found.push(
                at(format!(
                    "nothing refers to the note `[^{label}]`, so readers do not get it"
                ))
                .help(format!(
                    "write `[^{label}]` in the text where it belongs, or remove it"
                )),
            );
        }
    }
}
