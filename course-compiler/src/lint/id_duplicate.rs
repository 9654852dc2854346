//! `id-duplicate`: one id for two lessons or two questions of a course, or for two courses.

use crate::diagnostic::{Diagnostic, Location};
use crate::draft_course::DraftCourse;
use crate::model::Language;
use crate::rules::id_duplicate::duplicate;
use std::collections::BTreeMap;

pub(super) fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
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
