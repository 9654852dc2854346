//! `minutes-off`: a lesson or test whose stated minutes differ from the computed ones.

use std::collections::BTreeMap;

use super::measures::{is_measured, once_for_all};
use crate::course::Course;
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::draft::DraftFile;
use crate::draft_course::DraftCourse;
use crate::model::CourseKind;

pub(crate) const RULE: Rule = Rule {
    code: "minutes-off",
    severity: Severity::Warning,
    page: include_str!("minutes_off.md"),
};

/// The accepted difference: one part in this many of the computed minutes, and always one minute.
const ONE_IN: usize = 10;

/// Checks a compiled course.
pub(crate) fn report(draft: &DraftCourse, course: &Course) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if course.kind == CourseKind::Handbook {
        return found;
    }
    let mut measured = 0_usize;
    let files: BTreeMap<&str, &DraftFile> = draft
        .source_files()
        .filter_map(|file| Some((file.front.id.as_ref()?.text.as_str(), file)))
        .collect();
    for lesson in &course.lessons {
        let Some(file) = files.get(lesson.id.as_str()) else {
            continue;
        };
        if !is_measured(course, lesson) {
            continue;
        }
        measured = measured.saturating_add(1);
        let computed = course.minutes_computed(lesson);
        let stated = usize::try_from(lesson.minutes).unwrap_or(usize::MAX);
        let off = stated.abs_diff(computed);
        if off > 1 && off.saturating_mul(ONE_IN) > computed {
            found.push(
                RULE.at(
                    &file.source,
                    file.front.minutes_span,
                    format!("{stated} minutes are stated, {computed} computed"),
                )
                .help(format!(
                    "write `minutes = {computed}`, or make the text longer or shorter"
                )),
            );
        }
    }
    once_for_all(found, measured)
}
