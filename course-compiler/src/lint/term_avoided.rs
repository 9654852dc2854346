//! `term-avoided`: a word that should be avoided according to the glossary.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::draft::DraftFile;
use crate::draft_course::DraftCourse;
use crate::parse::{Node, NodeKind};
use crate::source::Span;

pub(crate) const RULE: Rule = Rule {
    code: "term-avoided",
    severity: Severity::Warning,
    page: include_str!("term_avoided.md"),
};

pub(super) fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    if !course.glossary.avoids() {
        return;
    }
    for file in course.texts() {
        let title = &file.front.title;
        for (range, instead) in course.glossary.find_avoided(title, file.language) {
            let said = title.get(range.clone()).unwrap_or_default();
            if !is_quoted(title, range.start) {
                found.push(avoided(file, file.front.title_span, said, instead));
            }
        }
        file.walk(&mut |node| look(course, file, node, found));
    }
}

/// Checks the text of one node; quotations and code are ignored.
fn look(course: &DraftCourse, file: &DraftFile, node: &Node, found: &mut Vec<Diagnostic>) {
    let NodeKind::Text(text) = &node.kind else {
        return;
    };
    for (range, instead) in course.glossary.find_avoided(text, file.language) {
        let said = text.get(range.clone()).unwrap_or_default();
        if is_quoted(text, range.start) {
            continue;
        }
        // The text equals its source, except for references and escapes.
        let written = file.source.slice(node.span);
        let place = written.find(said).map_or(node.span, |at| {
            let at = if written == text { range.start } else { at };
            let start = node.span.start.saturating_add(at);
            Span::new(start, start.saturating_add(said.len()))
        });
        found.push(avoided(file, place, said, instead));
    }
}

fn avoided(file: &DraftFile, place: Span, said: &str, instead: &str) -> Diagnostic {
    RULE.at(
        &file.source,
        place,
        format!("“{said}” is to be avoided, says the glossary"),
    )
    .help(format!(
        "say “{instead}”, in the form that fits; as the words of somebody else it stands between quotation marks"
    ))
}

/// Whether a place of a text is inside quotation marks that were opened before it.
fn is_quoted(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let mut depth = 0_usize;
    let mut straight = false;
    for c in before.chars() {
        match c {
            '„' | '«' => depth = depth.saturating_add(1),
            // An opening mark in English, a closing one in Latvian.
            '“' if depth == 0 => depth = 1,
            '”' | '“' | '»' => depth = depth.saturating_sub(1),
            '"' => straight = !straight,
            _ => {}
        }
    }
    depth > 0 || straight
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_between_quotation_marks_is_quoted() {
        let quoted = |text: &str| is_quoted(text, text.find('x').unwrap());
        for text in [
            "Viņš teica: „x”.",
            "«x»",
            "\"x\"",
            "He said “x”.",
            "„a” un „x”",
        ] {
            assert!(quoted(text), "{text}");
        }
        for text in ["x", "„a” x", "“a” x", "«a» x \"b\"", "\"a\" x"] {
            assert!(!quoted(text), "{text}");
        }
    }
}
