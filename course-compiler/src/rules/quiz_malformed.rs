//! `quiz-malformed`: a question that is not written as its type wants it.

use crate::diagnostic::{Report, Rule, Severity};
use crate::source::Span;

pub(crate) const RULE: Rule = Rule {
    code: "quiz-malformed",
    severity: Severity::Error,
    page: include_str!("quiz_malformed.md"),
};

/// Something is not as it has to be.
pub(crate) fn report(
    report: &mut Report<'_>,
    span: Span,
    message: impl Into<String>,
    help: impl Into<String>,
) {
    report.push(RULE.at(report.source, span, message).help(help));
}
