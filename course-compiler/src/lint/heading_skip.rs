//! `heading-skip`: a heading two levels below the one before it, or of the first level.

use super::Rule;
use crate::diagnostic::{Diagnostic, Severity};
use crate::draft::DraftCourse;

pub(crate) const RULE: Rule = Rule {
    code: "heading-skip",
    severity: Severity::Warning,
    page: include_str!("heading_skip.md"),
    check: Some(check),
};

fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    for file in course.files() {
        // The lesson's title is the heading of level 1.
        let mut above = 1;
        for (level, span) in file.heading_levels() {
            if level == 1 {
                found.push(
                    RULE.at(&file.source, span, "a heading of level 1 in the text")
                        .help("begin with `##`: the title of the lesson is the heading of level 1"),
                );
            } else if level > above.max(1_u8).saturating_add(1) {
                found.push(
                    RULE.at(
                        &file.source,
                        span,
                        format!("a heading of level {level} right under one of level {above}"),
                    )
                    .help(format!("use `{}`", "#".repeat(usize::from(above).saturating_add(1)))),
                );
            }
            above = level;
        }
    }
}
