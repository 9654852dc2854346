//! `id-retired-reused`: an id that belonged to something else before.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::draft_course::DraftCourse;

pub(crate) const RULE: Rule = Rule {
    code: "id-retired-reused",
    severity: Severity::Error,
    page: include_str!("id_retired_reused.md"),
};

pub(super) fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    let Some(lock) = &course.lock else { return };
    let outcomes = course
        .meta
        .outcome_ids
        .iter()
        .map(|id| (&course.meta_source, id));
    let in_files = course.source_files().flat_map(|file| {
        let lesson = file.front.id.iter();
        let questions = file.questions().filter_map(|question| question.id.as_ref());
        lesson.chain(questions).map(|id| (&file.source, id))
    });
    for (source, id) in outcomes.chain(in_files) {
        if lock.retired.contains(&id.text) {
            found.push(
                RULE.at(
                    source,
                    id.span,
                    format!("the id `{}` belonged to something that was removed", id.text),
                )
                .help("choose an id that was never used; to bring the old one back, take it off `retired` in course.lock"),
            );
        }
    }
}
