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
    report.push(
        RULE.at(
            report.source,
            span,
            format!("`{shown}` looks like a box, but is none"),
        )
        .help(format!(
            "write `{meant}` with a Latin x or an ordinary space"
        ))
        .fix(format!("write `{meant}`"), span, format!("{meant}{space}")),
    );
}
