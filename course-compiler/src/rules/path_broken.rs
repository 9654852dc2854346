//! `path-broken`: a learning path that cannot be offered.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::{Source, Span};

pub(crate) const RULE: Rule = Rule {
    code: "path-broken",
    severity: Severity::Error,
    page: include_str!("path_broken.md"),
};

/// A mistake in `paths.toml`; of a place of several lines, the first is shown.
pub(crate) fn report(source: &Source, span: Span, reason: &str, is_unreadable: bool) -> Diagnostic {
    let first = source.slice(span).lines().next().unwrap_or_default();
    let span = Span::new(span.start, span.start.saturating_add(first.len()));
    RULE.at(source, span, reason).help(if is_unreadable {
        "correct it; until then no learning path is offered"
    } else {
        "correct it; until then the path is not offered as it is meant"
    })
}
