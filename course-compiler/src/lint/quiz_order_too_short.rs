//! `quiz-order-too-short`: too few rows to put in order.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::draft_course::DraftCourse;

pub(crate) const RULE: Rule = Rule {
    code: "quiz-order-too-short",
    severity: Severity::Error,
    page: include_str!("quiz_order_too_short.md"),
};

/// With two rows, a guess is right half the time, and a wrong order cannot be partly right.
const FEWEST_ROWS: usize = 3;

pub(super) fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    for file in course.files() {
        for question in file
            .questions()
            .filter(|question| question.class == "order")
        {
            let rows = question.parts.len();
            if (1..FEWEST_ROWS).contains(&rows) {
                found.push(
                    RULE.at(
                        &file.source,
                        question.heading,
                        format!("only {rows} to put in order, at least {FEWEST_ROWS} are needed"),
                    )
                    .help("add rows, or ask with `.single` which comes first"),
                );
            }
        }
    }
}
