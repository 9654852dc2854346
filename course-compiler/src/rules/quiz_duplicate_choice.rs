//! `quiz-duplicate-choice`: two choices with the same text.

use crate::diagnostic::{Diagnostic, Report, Rule, Severity};
use crate::source::{Source, Span};
pub(crate) const RULE: Rule = Rule {
    code: "quiz-duplicate-choice",
    severity: Severity::Error,
    page: include_str!("quiz_duplicate_choice.md"),
};

/// A text to be typed occurs here and at `first`.
pub(crate) fn report(report: &mut Report<'_>, span: Span, text: &str, first: Span) {
    report.push(twice(report.source, span, text, first));
}

pub(crate) fn twice(source: &Source, span: Span, text: &str, first: Span) -> Diagnostic {
    RULE.at(source, span, format!("“{text}” stands here twice"))
        .related(source, first, "the first")
        .help("remove one, or say how they differ")
}
