//! `quiz-malformed`: a question that does not have the form of its type.

use crate::diagnostic::{Report, Rule, Severity};
use crate::source::Span;

pub(crate) const RULE: Rule = Rule {
    code: "quiz-malformed",
    severity: Severity::Error,
    page: include_str!("quiz_malformed.md"),
};

/// Something does not have the required form.
pub(crate) fn report(
    report: &mut Report<'_>,
    span: Span,
    message: impl Into<String>,
    help: impl Into<String>,
) {
    report.push(RULE.at(report.source, span, message).help(help));
}
