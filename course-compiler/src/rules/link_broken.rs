//! `link-broken`: a link or reference without a target.

use crate::diagnostic::{Report, Rule, Severity};
use crate::likeness::nearest;
use crate::source::Span;
pub(crate) const RULE: Rule = Rule {
    code: "link-broken",
    severity: Severity::Error,
    page: include_str!("link_broken.md"),
};

/// A glossary is used by every course, so it cannot link to files of one.
pub(crate) fn in_glossary(report: &mut Report<'_>, span: Span) {
    report.push(
        RULE.at(report.source, span, "a definition cannot lead to files")
            .help("link to a whole address, or to another term: `[words](glossary:id)`"),
    );
}

/// A choice of a case leads to a step that does not exist.
pub(crate) fn no_step(report: &mut Report<'_>, choice: Span, step: &str, known: &[&str]) {
    let help = match nearest(step, known) {
        Some(meant) => format!("did you mean `#{meant}`?"),
        None => "link to a step of this case by its id, or add the step".to_owned(),
    };
    report.push(
        RULE.at(
            report.source,
            choice,
            format!("the case has no step `#{step}`"),
        )
        .help(help),
    );
}
