//! `review-missing`: a course with reviews that still cannot be published.

use crate::course::Course;
use crate::diagnostic::{Diagnostic, Location, Rule, Severity};
use crate::draft_course::DraftCourse;
use crate::model::Verdict;

pub(crate) const RULE: Rule = Rule {
    code: "review-missing",
    severity: Severity::Warning,
    page: include_str!("review_missing.md"),
};

/// A course without any review is a draft on purpose, so nothing is reported.
pub(crate) fn report(draft: &DraftCourse, course: &Course) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut absent = Vec::new();
    let source = &draft.meta_source;
    for kind in &course.missing_reviews {
        let written = draft.meta.reviews.iter().zip(&course.reviews);
        let last = written
            .filter(|(_, review)| review.kind == *kind)
            .max_by_key(|(_, review)| (review.current, review.date));
        let Some((place, review)) = last else {
            absent.push(kind.as_str());
            continue;
        };
        found.push(if review.current && review.verdict == Verdict::Negative {
            RULE.at(source, place.verdict, format!("the review `{kind}` was negative, so the course is a draft"))
                .help("put right what it found, and have the course reviewed again")
        } else {
            RULE.at(source, place.content_hash, format!("the review `{kind}` is of other content, so the course is a draft"))
                .help("have the course reviewed as it is now; `course build` prints the hash of its content")
        });
    }
    if !absent.is_empty() && !course.reviews.is_empty() {
        found.push(
            RULE.in_place(
                Location::file(source.path()),
                format!(
                    "no review `{}`, so the course is a draft",
                    absent.join("`, `")
                ),
            )
            .help("add a `[[review]]` once it was given"),
        );
    }
    found
}
