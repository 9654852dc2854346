//! `quiz-answer-shown`: a key, a hint or an explanation that would be shown before the question is answered.

use crate::diagnostic::{Diagnostic, Report, Rule, Severity};
use crate::source::Span;

pub(crate) const RULE: Rule = Rule {
    code: "quiz-answer-shown",
    severity: Severity::Error,
    page: include_str!("quiz_answer_shown.md"),
};

/// Shown content that looks like a key, a hint or an explanation.
pub(crate) fn found(
    report: &Report<'_>,
    span: Span,
    message: impl Into<String>,
    help: impl Into<String>,
) -> Diagnostic {
    RULE.at(report.source, span, message).help(help)
}
