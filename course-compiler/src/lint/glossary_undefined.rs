//! `glossary-undefined`: a term that is not defined, or not in every language.

use crate::diagnostic::{Diagnostic, Location};
use crate::draft_course::DraftCourse;
use crate::model::TermId;
use crate::parse::{NodeKind, term_of};
use crate::rules::glossary_undefined::undefined;

pub(super) fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    let terms = &course.glossary.terms;
    for file in course.texts() {
        file.walk(&mut |node| {
            let NodeKind::Link { url, .. } = &node.kind else {
                return;
            };
            if let Some(id) = term_of(url)
                && !terms.contains_key(id)
            {
                let known: Vec<&str> = terms.keys().map(TermId::as_str).collect();
                found.push(undefined(
                    Location::new(&file.source, node.span),
                    id,
                    &known,
                ));
            }
        });
    }
}
