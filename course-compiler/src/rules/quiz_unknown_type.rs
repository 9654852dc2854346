//! `quiz-unknown-type`: a question with a missing or unknown type.

use crate::diagnostic::{Report, Rule, Severity};
use crate::likeness::nearest;
use crate::source::Span;

pub(crate) const RULE: Rule = Rule {
    code: "quiz-unknown-type",
    severity: Severity::Error,
    page: include_str!("quiz_unknown_type.md"),
};

/// A class that is not a type.
pub(crate) fn unknown(report: &mut Report<'_>, span: Span, class: &str, types: &[&str]) {
    let help = match nearest(class, types) {
        Some(meant) => format!("did you mean `.{meant}`?"),
        None => format!("use one of {}", list(types)),
    };
    report.push(
        RULE.at(
            report.source,
            span,
            format!("there is no type of question `{class}`"),
        )
        .help(help),
    );
}

/// A question id without a type, or with two.
pub(crate) fn not_one(report: &mut Report<'_>, span: Span, types: &[&str]) {
    report.push(
        RULE.at(report.source, span, "a question needs exactly one type")
            .help(format!("write one of {} after the id", list(types))),
    );
}

fn list(types: &[&str]) -> String {
    let classes: Vec<String> = types.iter().map(|class| format!("`.{class}`")).collect();
    classes.join(", ")
}
