//! `meta-unknown-key`: an unknown key or attribute.

use crate::diagnostic::{Report, Rule, Severity};
use crate::likeness::nearest;
use crate::source::Span;

pub(crate) const RULE: Rule = Rule {
    code: "meta-unknown-key",
    severity: Severity::Warning,
    page: include_str!("meta_unknown_key.md"),
};

/// A table or a heading has a key that is not among the `known`.
pub(crate) fn report(report: &mut Report<'_>, key_span: Span, key: &str, known: &[&'static str]) {
    let help = match nearest(key, known) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("remove it; known here: {}", known.join(", ")),
    };
    report.push(
        RULE.at(
            report.source,
            key_span,
            format!("`{key}` means nothing here"),
        )
        .help(help),
    );
}

/// A table has a key that is one letter away from a known one that it lacks.
pub(crate) fn mistyped(report: &mut Report<'_>, key_span: Span, key: &str, meant: &str) {
    report.push(
        RULE.at(
            report.source,
            key_span,
            format!("`{key}` means nothing here"),
        )
        .help(format!("did you mean `{meant}`?"))
        .fix(format!("write `{meant}`"), key_span, meant),
    );
}
