//! `quiz-no-correct`: a question without a correct answer.

use crate::diagnostic::Diagnostic;
use crate::draft_course::DraftCourse;
use crate::question::Ticks;
use crate::rules::quiz_no_correct::RULE;

pub(super) fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    for file in course.files() {
        for question in file.questions() {
            let wants_tick = matches!(question.ticks(), Ticks::One | Ticks::Some);
            if wants_tick
                && !question.parts.is_empty()
                && !question.parts.iter().any(|part| part.ticked)
            {
                found.push(
                    RULE.at(
                        &file.source,
                        question.heading,
                        "no answer to this question is right",
                    )
                    .help("tick the right answer: `- [x]`"),
                );
            }
        }
    }
}
