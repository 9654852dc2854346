//! `quiz-duplicate-choice`: two choices that say the same.

use std::collections::BTreeMap;

use super::Rule;
use crate::diagnostic::{Diagnostic, Severity};
use crate::draft::DraftCourse;

pub(crate) const RULE: Rule = Rule {
    code: "quiz-duplicate-choice",
    severity: Severity::Error,
    page: include_str!("quiz_duplicate_choice.md"),
    check: Some(check),
};

fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    for file in course.files() {
        for question in file.questions() {
            let mut seen = BTreeMap::new();
            for part in &question.parts {
                if let Some(first) = seen.insert((part.role, part.text.to_lowercase()), part.span) {
                    found.push(
                        RULE.at(&file.source, part.span, format!("“{}” stands here twice", part.text))
                            .related(&file.source, first, "the first")
                            .help("remove one, or say how they differ"),
                    );
                }
            }
        }
    }
}
