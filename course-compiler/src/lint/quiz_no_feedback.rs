//! `quiz-no-feedback`: a question that gives no feedback on wrong answers.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::draft_course::DraftCourse;
use crate::model::{Role, ShowFeedback};
use crate::question::QuestionDraft;
use crate::question::{self, Ticks};

pub(crate) const RULE: Rule = Rule {
    code: "quiz-no-feedback",
    severity: Severity::Warning,
    page: include_str!("quiz_no_feedback.md"),
};

pub(super) fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    // A translation without feedback shows that of the source language.
    for file in course.source_files() {
        let rules = file.front.test.as_ref().map(|test| &test.rules);
        if rules.is_some_and(|rules| rules.show_feedback == ShowFeedback::Never) {
            continue;
        }
        for question in file.questions().filter(|question| is_silent(question)) {
            found.push(
                RULE.at(
                    &file.source,
                    question.heading,
                    "those who choose a wrong answer do not learn why it is wrong",
                )
                .help("write a quote below a wrong answer, or an explanation: `> [!NOTE]`"),
            );
        }
    }
}

/// Whether there are wrong choices, none of them has feedback, and there is no explanation. Types without
/// ticks show the correct answer beside each part; in a case the next step is the feedback.
fn is_silent(question: &QuestionDraft) -> bool {
    let mut wrong = question
        .parts
        .iter()
        .filter(|part| part.role == Role::Choice && !part.ticked)
        .peekable();
    question.ticks() != Ticks::None
        && question::is_marked(&question.class)
        && question.explanation.is_empty()
        && wrong.peek().is_some()
        && wrong.all(|part| part.feedback.is_empty())
}
