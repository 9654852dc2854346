//! `a11y-alt-missing`: a picture without an alternative text.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::draft_course::DraftCourse;
use crate::parse::NodeKind;

pub(crate) const RULE: Rule = Rule {
    code: "a11y-alt-missing",
    severity: Severity::Error,
    page: include_str!("a11y_alt_missing.md"),
};

pub(super) fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    for file in course.texts() {
        file.walk(&mut |node| {
            if let NodeKind::Image { decorative: false, .. } = &node.kind
                && node.plain_text().is_empty()
            {
                found.push(
                    RULE.at(&file.source, node.span, "the picture has no text for those who do not see it")
                        .help("say in the square brackets what it shows; if it only decorates, write `{.decorative}` after it"),
                );
            }
        });
    }
}
