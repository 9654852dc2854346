//! `heading-skip`: a heading two levels below the one before it, or of the first level.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::draft::DraftFile;
use crate::draft_course::DraftCourse;
use crate::edit::Edit;
use crate::source::Span;

pub(crate) const RULE: Rule = Rule {
    code: "heading-skip",
    severity: Severity::Warning,
    page: include_str!("heading_skip.md"),
};

pub(super) fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    for file in course.files() {
        let headings = file.heading_levels();
        // The lesson's title is the heading of level 1.
        let mut above = 1;
        for (index, (level, span)) in headings.iter().enumerate() {
            let next = above.max(1_u8).saturating_add(1);
            if *level == 1 {
                found.push(
                    RULE.at(&file.source, *span, "a heading of level 1 in the text")
                        .help("begin with `##`: the title of the lesson is the heading of level 1"),
                );
            } else if *level > next {
                let diagnostic = RULE
                    .at(
                        &file.source,
                        *span,
                        format!("a heading of level {level} right under one of level {above}"),
                    )
                    .help(format!("use `{}`", marks(next)));
                let below = headings.get(index..).unwrap_or_default();
                found.push(match raised(file, below, next) {
                    Some(edits) => {
                        diagnostic.fix_all("raise it, with the headings below it", edits)
                    }
                    None => diagnostic,
                });
            }
            above = *level;
        }
    }
}

fn marks(level: u8) -> String {
    "#".repeat(usize::from(level))
}

/// The edits that change the first of `headings` to the level `to`, and those below it accordingly. `None` if
/// that would change the structure: where the next heading would then be below them, and in files with cases,
/// whose steps have their own level.
fn raised(file: &DraftFile, headings: &[(u8, Span)], to: u8) -> Option<Vec<Edit>> {
    let (from, _) = *headings.first()?;
    let by = from.checked_sub(to)?;
    let count = headings
        .iter()
        .take_while(|(level, _)| *level >= from)
        .count();
    let after = headings.get(count).map(|(level, _)| *level);
    if after.is_some_and(|after| after > to)
        || file.questions().any(|question| question.class == "case")
    {
        return None;
    }
    headings
        .iter()
        .take(count)
        .map(|(level, span)| {
            let old = marks(*level);
            file.source.slice(*span).starts_with(&old).then(|| Edit {
                span: Span::new(span.start, span.start.saturating_add(old.len())),
                replacement: marks(level.saturating_sub(by)),
            })
        })
        .collect()
}
