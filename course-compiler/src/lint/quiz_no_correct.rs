//! `quiz-no-correct`: a question that nobody can answer rightly.

use super::{Report, Rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::draft::DraftCourse;
use crate::question::Ticks;
use crate::source::Span;

pub(crate) const RULE: Rule = Rule {
    code: "quiz-no-correct",
    severity: Severity::Error,
    page: include_str!("quiz_no_correct.md"),
    check: Some(check),
};

fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    for file in course.files() {
        for question in file.questions() {
            let wants_tick = matches!(question.ticks(), Ticks::One | Ticks::Some);
            if wants_tick && !question.parts.is_empty() && !question.parts.iter().any(|part| part.ticked) {
                found.push(
                    RULE.at(&file.source, question.heading, "no answer to this question is right")
                        .help("tick the right answer: `- [x]`"),
                );
            }
        }
    }
}

/// No outcome of a case that can be reached earns everything.
pub(crate) fn no_full_outcome(report: &mut Report<'_>, heading: Span) {
    report.push(
        RULE.at(report.source, heading, "no path through this case earns everything")
            .help("end the best path in a step with `.outcome mark=\"100%\"`"),
    );
}
