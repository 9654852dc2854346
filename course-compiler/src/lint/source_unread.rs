//! `source-unread`: a graded answer that rests on a source which was not read.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::draft_course::DraftCourse;
use crate::parse::{NodeKind, walk};

pub(crate) const RULE: Rule = Rule {
    code: "source-unread",
    severity: Severity::Warning,
    page: include_str!("source_unread.md"),
};

/// Checks the tests in the source language, which name the sources.
pub(super) fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    for file in course
        .source_files()
        .filter(|file| file.front.test.is_some())
    {
        let unread = |label: &str| {
            let mut sources = file.front.sources.iter().map(|source| &source.source);
            let source = sources.find(|source| source.id == label)?;
            match (source.checked, source.retelling) {
                (None, _) => Some("does not say when it was read (no `checked`)"),
                (Some(_), true) => Some("is a retelling of what the answer rests on"),
                (Some(_), false) => None,
            }
        };
        for question in file.questions() {
            for nodes in question.node_lists() {
                walk(nodes, &mut |node| {
                    let NodeKind::FootnoteReference(label) = &node.kind else {
                        return;
                    };
                    if let Some(why) = unread(label) {
                        found.push(
                            RULE.at(
                                &file.source,
                                node.span,
                                format!("a graded question cites `{label}`, which {why}"),
                            )
                            .help("read the text itself and write the day into `checked`, or let no mark depend on it"),
                        );
                    }
                });
            }
        }
    }
}
