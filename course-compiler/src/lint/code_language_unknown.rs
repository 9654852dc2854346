//! `code-language-unknown`: code in a language that is not known, so that it is not highlighted.

use super::paths::only_place;
use crate::code;
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::draft_course::DraftCourse;
use crate::parse::NodeKind;
use crate::source::Span;

pub(crate) const RULE: Rule = Rule {
    code: "code-language-unknown",
    severity: Severity::Warning,
    page: include_str!("code_language_unknown.md"),
};

pub(super) fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    for file in course.texts() {
        file.walk(&mut |node| {
            let NodeKind::CodeBlock(language) = &node.kind else {
                return;
            };
            if language.is_empty() || code::is_known(language) {
                return;
            }
            let block = file.source.slice(node.span);
            let fence = block.find('\n').unwrap_or(block.len());
            let fence = Span::new(node.span.start, node.span.start.saturating_add(fence));
            let place = only_place(&file.source, fence, language);
            let told = RULE.at(
                &file.source,
                place.unwrap_or(fence),
                format!("there is no language `{language}`, so this code is not highlighted"),
            );
            found.push(match (code::meant(language), place) {
                (Some(meant), Some(place)) => {
                    told.help(format!("did you mean `{meant}`?")).fix(
                        format!("write `{meant}`"),
                        place,
                        meant,
                    )
                }
                _ => told.help(
                    "write a usual name, such as `sql`, `html`, `python`; `text` or none if it is no code",
                ),
            });
        });
    }
}
