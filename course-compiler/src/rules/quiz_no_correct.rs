//! `quiz-no-correct`: a question without a correct answer.

use crate::diagnostic::{Report, Rule, Severity};
use crate::source::Span;

pub(crate) const RULE: Rule = Rule {
    code: "quiz-no-correct",
    severity: Severity::Error,
    page: include_str!("quiz_no_correct.md"),
};

/// No reachable outcome of a case earns all points.
pub(crate) fn no_full_outcome(report: &mut Report<'_>, heading: Span) {
    report.push(
        RULE.at(
            report.source,
            heading,
            "no path through this case earns everything",
        )
        .help("end the best path in a step with `.outcome mark=\"100%\"`"),
    );
}
