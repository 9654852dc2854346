//! `case-no-way-out`: a step of a case from which no outcome can be reached.

use crate::diagnostic::{Report, Rule, Severity};
use crate::source::Span;

pub(crate) const RULE: Rule = Rule {
    code: "case-no-way-out",
    severity: Severity::Error,
    page: include_str!("case_no_way_out.md"),
};

/// A step without choices that is not an outcome.
pub(crate) fn dead_end(report: &mut Report<'_>, heading: Span) {
    report.push(
        RULE.at(report.source, heading, "the case ends here without an outcome")
            .help("add choices, `- [What to do](#s-next)`, or make it an outcome: `.outcome mark=\"50%\"`"),
    );
}

/// Steps that lead only to each other.
pub(crate) fn circle(report: &mut Report<'_>, heading: Span, steps: &[&str]) {
    let names: Vec<String> = steps.iter().map(|step| format!("`{step}`")).collect();
    report.push(
        RULE.at(
            report.source,
            heading,
            format!("no outcome can be reached from {}", names.join(", ")),
        )
        .help("give one of these steps a choice that leads on to an outcome"),
    );
}
