//! `quiz-looks-checked`: text that looks like a ticked or empty box and is neither.

use crate::diagnostic::{Report, Rule, Severity};
use crate::source::Span;

pub(crate) const RULE: Rule = Rule {
    code: "quiz-looks-checked",
    severity: Severity::Error,
    page: include_str!("quiz_looks_checked.md"),
};

/// A choice starts with text that looks like a box. `ticked` says whether it looks ticked.
pub(crate) fn report(report: &mut Report<'_>, span: Span, shown: &str, ticked: bool) {
    let meant = if ticked { "[x]" } else { "[ ]" };
    let text = report.source.text().get(span.end..).unwrap_or_default();
    let space = if text.starts_with(char::is_whitespace) {
        ""
    } else {
        " "
    };
    let is_only_close = space == " " && ["[x]", "[X]", "[ ]"].contains(&shown);
    let (message, help) = if is_only_close {
        (
            format!("`{shown}` is a box only with a space after it"),
            "put a space between the box and the answer".to_owned(),
        )
    } else {
        (
            format!("`{shown}` looks like a box, but is none"),
            format!("write `{meant}` with a Latin x or an ordinary space"),
        )
    };
    report.push(RULE.at(report.source, span, message).help(help).fix(
        format!("write `{meant}`"),
        span,
        format!("{meant}{space}"),
    ));
}
