//! `id-duplicate`: one id for two lessons or two questions of a course, or for two courses.

use std::collections::BTreeMap;

use super::Rule;
use crate::diagnostic::{Diagnostic, Location, Related, Severity};
use crate::draft::DraftCourse;
use crate::model::Language;

pub(crate) const RULE: Rule = Rule {
    code: "id-duplicate",
    severity: Severity::Error,
    page: include_str!("id_duplicate.md"),
    check: Some(check),
};

fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<&str, Location> = BTreeMap::new();
    for id in &course.meta.outcome_ids {
        let location = Location::new(&course.meta_source, id.span);
        match seen.get(id.text.as_str()) {
            Some(first) => found.push(duplicate(location, &id.text, first.clone())),
            None => {
                seen.insert(&id.text, location);
            }
        }
    }
    for language in Language::ALL {
        let mut seen: BTreeMap<&str, Location> = BTreeMap::new();
        for file in course.files().filter(|file| file.language == *language) {
            let lesson = file.front.id.iter();
            let questions = file.questions().filter_map(|question| question.id.as_ref());
            for id in lesson.chain(questions) {
                let location = Location::new(&file.source, id.span);
                match seen.get(id.text.as_str()) {
                    Some(first) => found.push(duplicate(location, &id.text, first.clone())),
                    None => {
                        seen.insert(&id.text, location);
                    }
                }
            }
        }
    }
}

/// The second place of an id.
pub(crate) fn duplicate(location: Location, id: &str, first: Location) -> Diagnostic {
    let mut diagnostic = RULE
        .in_place(location, format!("the id `{id}` is taken"))
        .help("give this one another id; the first keeps its own, because answers are stored under it");
    diagnostic.related.push(Related {
        location: first,
        message: "first used here".to_owned(),
    });
    diagnostic
}
