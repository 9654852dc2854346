//! `legal-check-old`: a text that was not checked against the law for a year.

use chrono::{Months, NaiveDate};

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::draft_course::DraftCourse;

pub(crate) const RULE: Rule = Rule {
    code: "legal-check-old",
    severity: Severity::Warning,
    page: include_str!("legal_check_old.md"),
};

/// How long a check is valid.
const GOOD_FOR: Months = Months::new(12);

/// Checks the lessons of the source language, which contain the date.
pub(crate) fn check(course: &DraftCourse, today: NaiveDate, found: &mut Vec<Diagnostic>) {
    for file in course.source_files() {
        let Some(checked) = file.front.legal_check else {
            continue;
        };
        let old = checked
            .checked_add_months(GOOD_FOR)
            .is_some_and(|end| end < today);
        if old {
            found.push(
                RULE.at(
                    &file.source,
                    file.front.legal_check_span,
                    "the text was last held against the law more than a year ago",
                )
                .help("compare it with the law in force, then write the day on which you did"),
            );
        }
    }
}
