//! `quiz-unknown-type`: a question whose type is not written, or is none.

use super::{Report, Rule, nearest};
use crate::diagnostic::Severity;
use crate::question::CLASSES;
use crate::source::Span;

pub(crate) const RULE: Rule = Rule {
    code: "quiz-unknown-type",
    severity: Severity::Error,
    page: include_str!("quiz_unknown_type.md"),
    check: None,
};

/// A class that is no type.
pub(crate) fn unknown(report: &mut Report<'_>, span: Span, class: &str) {
    let help = match nearest(class, CLASSES) {
        Some(meant) => format!("did you mean `.{meant}`?"),
        None => format!("use one of {}", list()),
    };
    report.push(
        RULE.at(report.source, span, format!("there is no type of question `{class}`"))
            .help(help),
    );
}

/// A question id without a type, or with two.
pub(crate) fn not_one(report: &mut Report<'_>, span: Span) {
    report.push(
        RULE.at(report.source, span, "a question needs exactly one type")
            .help(format!("write one of {} after the id", list())),
    );
}

fn list() -> String {
    let classes: Vec<String> = CLASSES.iter().map(|class| format!("`.{class}`")).collect();
    classes.join(", ")
}
