//! `quiz-duplicate-choice`: two choices that say the same.

use std::collections::BTreeMap;

use super::{Report, Rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::draft::DraftCourse;
use crate::question::GAP;
use crate::source::{Source, Span};

pub(crate) const RULE: Rule = Rule {
    code: "quiz-duplicate-choice",
    severity: Severity::Error,
    page: include_str!("quiz_duplicate_choice.md"),
    check: Some(check),
};

fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    for file in course.files() {
        // Typed texts count as the same by rules of their own.
        for question in file.questions().filter(|question| question.class != "short") {
            let mut seen = BTreeMap::new();
            for part in &question.parts {
                if part.role == GAP {
                    // Each gap has its options for itself.
                    seen.clear();
                    continue;
                }
                let name = (part.role, &part.within, part.text.to_lowercase());
                if let Some(first) = seen.insert(name, part.span) {
                    found.push(twice(&file.source, part.span, &part.text, first));
                }
            }
        }
    }
}

/// A text to be typed stands here and elsewhere.
pub(crate) fn report(report: &mut Report<'_>, span: Span, text: &str, first: Span) {
    report.push(twice(report.source, span, text, first));
}

fn twice(source: &Source, span: Span, text: &str, first: Span) -> Diagnostic {
    RULE.at(source, span, format!("“{text}” stands here twice"))
        .related(source, first, "the first")
        .help("remove one, or say how they differ")
}
