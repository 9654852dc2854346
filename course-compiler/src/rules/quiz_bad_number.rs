//! `quiz-bad-number`: a number, tolerance or weight that cannot be read.

use crate::diagnostic::{Report, Rule, Severity};
use crate::source::Span;

pub(crate) const RULE: Rule = Rule {
    code: "quiz-bad-number",
    severity: Severity::Error,
    page: include_str!("quiz_bad_number.md"),
};

/// The text should be one number, with or without a tolerance and a unit.
pub(crate) fn not_a_number(report: &mut Report<'_>, span: Span, message: String, help: String) {
    report.push(RULE.at(report.source, span, message).help(help));
}

/// Two numbers of a question are in different units.
pub(crate) fn two_units(report: &mut Report<'_>, span: Span, unit: &str, first: &str) {
    let message = if first.is_empty() {
        format!("this number is in `{unit}`, and the right one has no unit")
    } else {
        format!("this number is in `{unit}`, and the right one in `{first}`")
    };
    report.push(
        RULE.at(report.source, span, message)
            .help("write all numbers of a question in one unit"),
    );
}

/// The bounds are the wrong way round.
pub(crate) fn empty_range(report: &mut Report<'_>, span: Span) {
    report.push(
        RULE.at(report.source, span, "no number lies within these bounds")
            .help("write the smaller bound first, and a tolerance that is not negative"),
    );
}

/// The weight is not a share of the mark.
pub(crate) fn bad_weight(report: &mut Report<'_>, span: Span) {
    report.push(
        RULE.at(
            report.source,
            span,
            "this weight is not from -100% to +100%",
        )
        .help("write `+50%` or `-25%`"),
    );
}

/// The weight of a typed answer that earns all points, or of a known mistake that would subtract some.
pub(crate) fn idle_weight(report: &mut Report<'_>, span: Span, ticked: bool) {
    let (message, help) = if ticked {
        (
            "a ticked answer of this type earns all the points, and its weight is not read",
            "leave the weight out; or leave the box empty, `- [ ]`, if the answer earns a part of the points",
        )
    } else {
        (
            "a known mistake of this type takes no points away, and its weight is not read",
            "leave the weight out, or write what part of the points the answer earns: `+50%`",
        )
    };
    report.push(RULE.at(report.source, span, message).help(help));
}

/// Points of a type that is not marked.
pub(crate) fn points_without_marks(report: &mut Report<'_>, span: Span) {
    report.push(
        RULE.at(
            report.source,
            span,
            "questions of this type are not marked and have no points",
        )
        .help("leave `points` out"),
    );
}

/// The points are not a valid number.
pub(crate) fn bad_points(report: &mut Report<'_>, span: Span) {
    report.push(
        RULE.at(report.source, span, "these points are not from 0.1 to 100")
            .help("write `points=1`"),
    );
}

/// The mark of an outcome is not a share of the points.
pub(crate) fn bad_mark(report: &mut Report<'_>, span: Span) {
    report.push(
        RULE.at(
            report.source,
            span,
            "an outcome needs a mark from 0% to 100%",
        )
        .help("write `{#s-some-words .outcome mark=\"50%\"}`"),
    );
}
