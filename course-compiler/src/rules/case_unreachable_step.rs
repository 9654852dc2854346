//! `case-unreachable-step`: a step of a case that cannot be reached.

use crate::diagnostic::{Report, Rule, Severity};
use crate::source::Span;

pub(crate) const RULE: Rule = Rule {
    code: "case-unreachable-step",
    severity: Severity::Warning,
    page: include_str!("case_unreachable_step.md"),
};

/// No path from the first step leads here.
pub(crate) fn report(report: &mut Report<'_>, heading: Span) {
    report.push(
        RULE.at(report.source, heading, "nobody can come to this step")
            .help("link to it from a choice, or remove it; a case begins with its first step"),
    );
}
