//! `hours-off`: a course that states more hours than it takes.

use super::measures::is_measured;
use crate::course::Course;
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::draft_course::DraftCourse;

pub(crate) const RULE: Rule = Rule {
    code: "hours-off",
    severity: Severity::Warning,
    page: include_str!("hours_off.md"),
};

/// Minutes of an academic hour.
const ACADEMIC_HOUR: f64 = 45.0;

/// Checks a compiled course. One hour is the least that is usually stated, so it is accepted for a short
/// course.
pub(crate) fn report(draft: &DraftCourse, course: &Course) -> Vec<Diagnostic> {
    let minutes: u32 = course.lessons.iter().map(|lesson| lesson.minutes).sum();
    let is_begun = !course
        .lessons
        .iter()
        .any(|lesson| is_measured(course, lesson));
    if is_begun || course.hours <= 1.0 || course.hours * ACADEMIC_HOUR <= f64::from(minutes) {
        return Vec::new();
    }
    let fit = (f64::from(minutes) / ACADEMIC_HOUR * 2.0).floor() / 2.0;
    let found = RULE
        .at(
            &draft.meta_source,
            draft.meta.hours_span,
            format!(
                "{} academic hours are {:.0} minutes, and all lessons and tests take {minutes}",
                course.hours,
                course.hours * ACADEMIC_HOUR
            ),
        )
        .help(format!("write `hours = {}`", fit.max(1.0)));
    vec![found]
}
