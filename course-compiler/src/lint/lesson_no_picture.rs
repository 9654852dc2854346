//! `lesson-no-picture`: a lesson without a picture or recording.

use super::measures::{FEWEST_WORDS, once_for_all};
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::draft::DraftFile;
use crate::draft_course::DraftCourse;
use crate::model::CourseKind;
use crate::parse::NodeKind;

pub(crate) const RULE: Rule = Rule {
    code: "lesson-no-picture",
    severity: Severity::Warning,
    page: include_str!("lesson_no_picture.md"),
};

pub(super) fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    if course.meta.kind == CourseKind::Handbook {
        return;
    }
    let mut bare = Vec::new();
    let mut lessons = 0_usize;
    for file in course
        .source_files()
        .filter(|file| file.front.test.is_none())
    {
        let words: usize = file.passages.iter().map(|passage| passage.words).sum();
        if words < FEWEST_WORDS {
            continue;
        }
        lessons = lessons.saturating_add(1);
        if !shows_something(file) {
            bare.push(
                RULE.at(
                    &file.source,
                    file.front.title_span,
                    "the lesson has no picture that carries meaning",
                )
                .help("draw its main idea: a diagram, a chart, a sketch of the situation, with words for those who do not see it"),
            );
        }
    }
    found.append(&mut once_for_all(bare, lessons));
}

/// Whether it contains a picture that is not decorative, or a recording.
fn shows_something(file: &DraftFile) -> bool {
    let mut shows = false;
    file.walk(&mut |node| {
        shows |= matches!(
            node.kind,
            NodeKind::Image {
                decorative: false,
                ..
            }
        );
    });
    shows
}
