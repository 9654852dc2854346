//! `quiz-not-marked`: a question without marks in a test.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::draft_course::DraftCourse;
use crate::question;

pub(crate) const RULE: Rule = Rule {
    code: "quiz-not-marked",
    severity: Severity::Error,
    page: include_str!("quiz_not_marked.md"),
};

pub(super) fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    for lesson in course.lessons.iter().filter(|lesson| lesson.is_test()) {
        for file in lesson.files.values() {
            for question in file
                .questions()
                .filter(|question| !question::is_marked(&question.class))
            {
                found.push(
                    RULE.at(
                        &file.source,
                        question.heading,
                        format!(
                            "a `.{}` question is not marked, so it cannot be part of a test",
                            question.class
                        ),
                    )
                    .help("move it to a lesson"),
                );
            }
        }
    }
}
