//! `quiz-many-correct`: several correct answers where only one can be chosen.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::draft_course::DraftCourse;
use crate::question::Ticks;

pub(crate) const RULE: Rule = Rule {
    code: "quiz-many-correct",
    severity: Severity::Error,
    page: include_str!("quiz_many_correct.md"),
};

pub(super) fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    for file in course.files() {
        for question in file
            .questions()
            .filter(|question| question.ticks() == Ticks::One)
        {
            let mut ticked = question.parts.iter().filter(|part| part.ticked);
            if let (Some(first), Some(second)) = (ticked.next(), ticked.next()) {
                found.push(
                    RULE.at(
                        &file.source,
                        second.span,
                        "a second right answer, where only one can be chosen",
                    )
                    .related(&file.source, first.span, "the first")
                    .help("leave one tick, or make the question `.multiple`"),
                );
            }
        }
    }
}
