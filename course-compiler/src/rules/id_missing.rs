//! `id-missing`: a question, a step of a case or a term of the glossary without an id.

use crate::diagnostic::{Report, Rule, Severity};
use crate::source::Span;

pub(crate) const RULE: Rule = Rule {
    code: "id-missing",
    severity: Severity::Error,
    page: include_str!("id_missing.md"),
};

/// A question has no id.
pub(crate) fn report(report: &mut Report<'_>, heading: Span) {
    report.push(
        RULE.at(report.source, heading, "the question has no id")
            .help("give it one that never changes: `{#q-some-words .single}`"),
    );
}

/// A term of the glossary has no id.
pub(crate) fn of_term(report: &mut Report<'_>, term: Span) {
    report.push(
        RULE.at(report.source, term, "the term has no id").help(
            "give it one that never changes and is the same in every language: `{#some-words}`",
        ),
    );
}

/// A step of a case has no id.
pub(crate) fn step(report: &mut Report<'_>, heading: Span) {
    report.push(
        RULE.at(report.source, heading, "the step of the case has no id")
            .help("give it one that choices can link to: `{#s-some-words}`"),
    );
}
