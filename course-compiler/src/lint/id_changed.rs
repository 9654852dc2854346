//! `id-changed`: the id of a course, lesson, question or outcome changed, while the thing itself stayed the
//! same.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::draft_course::DraftCourse;
use crate::lock::Lock;
use crate::parse::attributes::Word;
use crate::source::Source;

pub(crate) const RULE: Rule = Rule {
    code: "id-changed",
    severity: Severity::Error,
    page: include_str!("id_changed.md"),
};

pub(super) fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    let Some(lock) = &course.lock else { return };
    let id = &course.meta.id;
    if !id.text.is_empty() && id.text != lock.course().as_str() {
        found.push(course_changed(
            &course.meta_source,
            id,
            lock.course().as_str(),
        ));
    }
    let changes = changes(course, lock);
    if changes.is_empty() {
        return;
    }
    let mut olds: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (new, old) in &changes {
        olds.entry(new).or_default().push(old);
    }
    let mut report = |source: &Source, id: &Word, sign: &str, end: &str| {
        for old in olds.get(id.text.as_str()).into_iter().flatten() {
            found.push(changed(source, id, old, format!("{sign}{old}{end}")));
        }
    };
    for file in course.files() {
        if let Some(id) = &file.front.id {
            report(&file.source, id, "\"", "\"");
        }
        for id in file.questions().filter_map(|question| question.id.as_ref()) {
            report(&file.source, id, "#", "");
        }
    }
    let meta = &course.meta;
    let named = meta.completion_test.iter();
    let named = named.chain(meta.completion_lessons.iter().flatten());
    for id in meta.outcome_ids.iter().chain(named) {
        report(&course.meta_source, id, "\"", "\"");
    }
}

/// New ids, each with the id that the lesson or question has in the lock.
fn changes(course: &DraftCourse, lock: &Lock) -> Vec<(String, String)> {
    let mut used: BTreeSet<String> = course
        .source_files()
        .flat_map(|file| {
            let questions = file.questions().filter_map(|question| question.id.as_ref());
            file.front.id.iter().chain(questions)
        })
        .chain(&course.meta.outcome_ids)
        .map(|id| id.text.clone())
        .collect();
    let language = course.meta.source_language;
    let mut changes = Vec::new();
    for outcome in &course.meta.outcomes {
        let id = outcome.id.as_str();
        let text = outcome.text.get(language, language);
        if !id.is_empty()
            && !lock.has(id)
            && let Some(old) = lock.lost_outcome(text, language, |id| used.contains(id))
        {
            changes.push((id.to_owned(), old.to_owned()));
            used.insert(old.to_owned());
        }
    }
    let mut lost = lock.lost_questions(language, |id| used.contains(id));
    for lesson in &course.lessons {
        let Some(file) = lesson.files.get(&language) else {
            continue;
        };
        if let Some(id) = file.front.id.as_ref().filter(|id| !lock.has(&id.text))
            && let Some(old) = lock.lost_lesson(&lesson.slug, &file.front.title, language, |id| {
                used.contains(id)
            })
        {
            changes.push((id.text.clone(), old.to_owned()));
            used.insert(old.to_owned());
        }
        for question in file.questions() {
            if let Some(id) = question.id.as_ref().filter(|id| !lock.has(&id.text))
                && let Some(old) = lost.take(question, |id| used.contains(id))
            {
                changes.push((id.text.clone(), old.to_owned()));
                used.insert(old.to_owned());
            }
        }
    }
    changes
}

/// The lock belongs to a course with another id. Lessons and questions may be added and removed; a course has
/// one lock.
fn course_changed(source: &Source, id: &Word, old: &str) -> Diagnostic {
    RULE.at(
        source,
        id.span,
        format!("this course was `{old}` before; what people did in it is stored under that id"),
    )
    .help("take the old id back; if this is another course, made from a copy, delete the course.lock that was copied with it")
    .fix(format!("restore the id `{old}`"), id.span, format!("\"{old}\""))
}

fn changed(source: &Source, id: &Word, old: &str, restored: String) -> Diagnostic {
    let what = if old.starts_with("o-") {
        "what people achieved is recorded under that id"
    } else {
        "the answers given are stored under that id"
    };
    RULE.at(
        source,
        id.span,
        format!("this was `{old}` before; {what}"),
    )
    .help(format!(
        "take the old id back; if this is another one with similar words, add \"{old}\" to `retired` in course.lock"
    ))
    .fix(format!("restore the id `{old}`"), id.span, restored)
}
