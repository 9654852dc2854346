//! `quiz-duplicate-choice`: two choices with the same text.

use crate::diagnostic::Diagnostic;
use crate::draft_course::DraftCourse;
use crate::model::Role;
use crate::rules::quiz_duplicate_choice::twice;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization as _;

pub(super) fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    for file in course.files() {
        // Typed answers are compared by their own rules.
        for question in file
            .questions()
            .filter(|question| question.class != "short")
        {
            let mut seen = BTreeMap::new();
            for part in &question.parts {
                if part.role == Role::Gap {
                    // Each gap has its own options.
                    seen.clear();
                    continue;
                }
                // Capitals tell choices apart: “Saeima”, “saeima” can be what is asked.
                let name = (part.role, &part.within, part.text.nfc().collect::<String>());
                if let Some(first) = seen.insert(name, part.span) {
                    found.push(twice(&file.source, part.span, &part.text, first));
                }
            }
        }
    }
}
