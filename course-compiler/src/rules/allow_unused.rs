//! `allow-unused`: a comment that allows a violation which does not occur.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::{Source, Span};

pub(crate) const RULE: Rule = Rule {
    code: "allow-unused",
    severity: Severity::Warning,
    page: include_str!("allow_unused.md"),
};

/// There is no violation here. `line` is the comment with its line end.
pub(crate) fn report(source: &Source, span: Span, line: Span, code: &str) -> Diagnostic {
    RULE.at(
        source,
        span,
        format!("nothing here breaks `{code}` any more"),
    )
    .help("remove this line")
    .fix("remove this line", line, "")
}
