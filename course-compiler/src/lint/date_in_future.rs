//! `date-in-future`: something was checked or changed on a day that has not come.

use chrono::NaiveDate;

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::draft_course::DraftCourse;
use crate::source::{Source, Span};

pub(crate) const RULE: Rule = Rule {
    code: "date-in-future",
    severity: Severity::Warning,
    page: include_str!("date_in_future.md"),
};

/// Looks at the front matter of every file, whose dates readers see, and at the reviews of the course.
pub(crate) fn check(course: &DraftCourse, today: NaiveDate, found: &mut Vec<Diagnostic>) {
    // Somewhere on Earth it is tomorrow already.
    let is_to_come = |date: Option<NaiveDate>| {
        date.is_some_and(|date| today.succ_opt().is_some_and(|tomorrow| date > tomorrow))
    };
    let mut tell = |source: &Source, span: Span| {
        found.push(
            RULE.at(source, span, "this day has not come yet")
                .help("write the day on which it was done"),
        );
    };
    for review in &course.meta.reviews {
        if is_to_come(Some(review.review.date)) {
            tell(&course.meta_source, review.date);
        }
    }
    for file in course.files() {
        let front = &file.front;
        let own = [
            (front.legal_check, front.legal_check_span),
            (front.updated, front.updated_span),
        ];
        let of_sources = front
            .sources
            .iter()
            .map(|source| (source.source.checked, source.checked_span));
        for (date, span) in own.into_iter().chain(of_sources) {
            if is_to_come(date) {
                tell(&file.source, span);
            }
        }
    }
}
