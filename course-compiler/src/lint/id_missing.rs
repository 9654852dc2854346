//! `id-missing`: a question without an id.

use super::{Report, Rule};
use crate::diagnostic::Severity;
use crate::source::Span;

pub(crate) const RULE: Rule = Rule {
    code: "id-missing",
    severity: Severity::Error,
    page: include_str!("id_missing.md"),
    check: None,
};

/// A question has no id.
pub(crate) fn report(report: &mut Report<'_>, heading: Span) {
    report.push(
        RULE.at(report.source, heading, "the question has no id")
            .help("give it one that never changes: `{#q-some-words .single}`"),
    );
}
