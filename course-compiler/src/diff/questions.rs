//! The differences between the questions of a course before and after an edit.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::change::{Change, Effect, QuestionDifference, note, says_the_same};
use crate::course::Course;
use crate::likeness::{Candidates, Features};
use crate::model::{Language, LessonId, PartId, QuestionId};
use crate::question::{AnswerKey, Question, QuestionText};

/// The questions with differences, by lesson, and how many have none.
#[derive(Default)]
pub(super) struct Answers {
    pub(super) of_lesson: BTreeMap<LessonId, Vec<QuestionDifference>>,
    pub(super) kept: usize,
}

pub(super) fn compare(before: &Course, after: &Course) -> Answers {
    let mut answers = Answers::default();
    let mut found: BTreeSet<&QuestionId> = BTreeSet::new();
    let homes: BTreeMap<&QuestionId, &LessonId> = in_order(before)
        .map(|(lesson, question)| (&question.id, lesson))
        .collect();
    let lessons: BTreeSet<&LessonId> = after.lessons.iter().map(|lesson| &lesson.id).collect();
    let mut lost = Lost::of(before, after);
    for (lesson, question) in in_order(after) {
        let was = before
            .question(&question.id)
            .or_else(|| lost.take(after, question));
        let Some(was) = was else {
            let added = whole(after, question, Effect::Added);
            answers
                .of_lesson
                .entry(lesson.clone())
                .or_default()
                .push(added);
            continue;
        };
        found.insert(&was.id);
        let mut difference = compare_questions(before, was, after, question);
        let home = homes.get(&was.id).copied();
        if let Some(home) = home.filter(|home| *home != lesson && lessons.contains(home)) {
            difference.changes.push(Change::of("lesson", home, lesson));
            if difference.effect == Effect::Kept {
                difference.effect = Effect::Reworded;
            }
        }
        if difference.effect == Effect::Kept {
            answers.kept = answers.kept.saturating_add(1);
        } else {
            answers
                .of_lesson
                .entry(lesson.clone())
                .or_default()
                .push(difference);
        }
    }
    for (lesson, question) in in_order(before).filter(|(_, question)| !found.contains(&question.id))
    {
        let removed = whole(before, question, Effect::Removed);
        answers
            .of_lesson
            .entry(lesson.clone())
            .or_default()
            .push(removed);
    }
    answers
}

/// The questions that are only in the earlier course, to find those that got another id.
struct Lost<'a> {
    course: &'a Course,
    questions: Vec<&'a Question>,
    candidates: Candidates,
}

impl<'a> Lost<'a> {
    fn of(before: &'a Course, after: &Course) -> Self {
        let questions: Vec<&Question> = before
            .questions
            .values()
            .filter(|was| {
                after.question(&was.id).is_none() && !after.retired.contains(was.id.as_str())
            })
            .collect();
        let titles = questions.iter();
        let titles = titles.map(|question| text(before, question).title.as_str());
        Self {
            course: before,
            candidates: Candidates::of(titles),
            questions,
        }
    }

    /// The first lost question that this one probably was; it is not found again.
    fn take(&mut self, after: &Course, question: &Question) -> Option<&'a Question> {
        let now = features(after, question);
        let is_it =
            |was: &&Question| features(self.course, was).are_of(&now, after.source_language);
        let (at, was) = self
            .candidates
            .of_title(now.title)
            .into_iter()
            .filter_map(|at| Some((at, self.questions.get(at).copied()?)))
            .find(|(_, was)| is_it(was))?;
        self.candidates.take(at);
        Some(was)
    }
}

/// Every question with its lesson.
fn in_order(course: &Course) -> impl Iterator<Item = (&LessonId, &Question)> {
    course.lessons.iter().flat_map(|lesson| {
        let questions = lesson.questions.iter();
        questions.filter_map(|id| Some((&lesson.id, course.question(id)?)))
    })
}

/// A question that is only in one of the courses.
pub(super) fn whole(course: &Course, question: &Question, effect: Effect) -> QuestionDifference {
    let revision = Some(question.revision.clone());
    let gone = effect == Effect::Removed;
    QuestionDifference {
        question: question.id.clone(),
        title: text(course, question).title.clone(),
        effect,
        renamed_from: None,
        revision_before: revision.clone().filter(|_| gone),
        revision: revision.filter(|_| !gone),
        reason: None,
        changes: Vec::new(),
    }
}

fn compare_questions(
    old_course: &Course,
    before: &Question,
    course: &Course,
    after: &Question,
) -> QuestionDifference {
    let mut changes = Vec::new();
    note(
        &mut changes,
        "type",
        &before.body.class(),
        &after.body.class(),
    );
    note(&mut changes, "points", &before.points, &after.points);
    parts(&mut changes, old_course, before, course, after);
    let keys = (old_course.key(&before.id), course.key(&after.id));
    if let (Some(old_key), Some(new_key)) = keys {
        let right = (
            right_answer(old_key, text(old_course, before)),
            right_answer(new_key, text(course, after)),
        );
        let rewritten = before.revision == after.revision;
        if right.0 != right.1 && !rewritten {
            changes.push(Change::of("right answer", right.0, right.1));
        } else if before.id == after.id && !rewritten && changes.is_empty() {
            let texts = (text(old_course, before), text(course, after));
            changes.push(marking(
                &settings(before, old_key, texts.0),
                &settings(after, new_key, texts.1),
            ));
        }
        texts(&mut changes, before, after, old_key, new_key);
    }
    let rescore = course
        .rescores
        .iter()
        .find(|rescore| rescore.question == after.id && rescore.current)
        .filter(|rescore| {
            before.revision != after.revision || !old_course.rescores.contains(rescore)
        });
    let renamed = before.id != after.id;
    let effect = if renamed {
        Effect::Renamed
    } else if is_replaced(old_course, before, course, after) {
        Effect::Replaced
    } else if rescore.is_some() {
        Effect::Rescored
    } else if before.revision != after.revision {
        Effect::NewRevision
    } else if changes.is_empty() {
        Effect::Kept
    } else {
        Effect::Reworded
    };
    QuestionDifference {
        question: after.id.clone(),
        title: text(course, after).title.clone(),
        effect,
        renamed_from: renamed.then(|| before.id.clone()),
        revision_before: Some(before.revision.clone()),
        revision: Some(after.revision.clone()),
        reason: rescore.map(|rescore| rescore.reason.clone()),
        changes,
    }
}

/// Whether a different question, or a different answer, has the same id.
fn is_replaced(old_course: &Course, before: &Question, course: &Course, after: &Question) -> bool {
    let (old, new) = (text(old_course, before), text(course, after));
    let id = after.id.as_str();
    let says = |before: &str, after: &str| says_the_same(course, id, before, after);
    let is_part_replaced = old.parts.iter().any(|(part, was)| {
        new.parts.get(part).is_some_and(|is| {
            let id = format!("{id}/{part}");
            was != is && !says_the_same(course, &id, &said(was), &said(is))
        })
    });
    let stayed = old
        .parts
        .keys()
        .filter(|part| new.parts.contains_key(*part))
        .count();
    let most = old.parts.len().max(new.parts.len());
    let same_type = before.body.class() == after.body.class();
    let all_others = same_type
        && old.parts.len() >= 2
        && new.parts.len() >= 2
        && stayed.saturating_mul(2) < most
        && !course.earlier_texts.contains_key(id);
    !says(&old.title, &new.title)
        || !says(&said(&old.prompt_html), &said(&new.prompt_html))
        || is_part_replaced
        || all_others
}

/// Choices that were added or removed, or say something else under their id. If only a choice's id changed
/// because that of its question did, the choice is the same.
fn parts(
    changes: &mut Vec<Change>,
    old_course: &Course,
    before: &Question,
    course: &Course,
    after: &Question,
) {
    let (old, new) = (&text(old_course, before).parts, &text(course, after).parts);
    let mut renamed: Vec<&String> = Vec::new();
    if before.id != after.id {
        renamed.extend(
            old.values()
                .filter(|text| new.values().any(|other| other == *text)),
        );
    }
    let change = |part: &PartId, before: Option<&String>, after: Option<&String>| Change {
        part: Some(part.clone()),
        before: before.map(|html| plain(html)),
        after: after.map(|html| plain(html)),
        what: "choice",
        language: None,
    };
    for (part, was) in old {
        match new.get(part) {
            Some(is) if is == was => {}
            None if renamed.contains(&was) => {}
            is => changes.push(change(part, Some(was), is)),
        }
    }
    for (part, is) in new {
        if !old.contains_key(part) && !renamed.contains(&is) {
            changes.push(change(part, None, Some(is)));
        }
    }
}

/// Texts other than the choices in the source language.
fn texts(
    changes: &mut Vec<Change>,
    before: &Question,
    after: &Question,
    old_key: &AnswerKey,
    new_key: &AnswerKey,
) {
    let empty = empty_text();
    for language in Language::ALL {
        let old = before.texts.get(language);
        let new = after.texts.get(language);
        if old.is_some() != new.is_some() {
            changes.push(Change {
                before: old.map(|text| text.title.clone()),
                after: new.map(|text| text.title.clone()),
                ..Change::in_text("language", *language)
            });
            continue;
        }
        let (old, new) = (old.unwrap_or(&empty), new.unwrap_or(&empty));
        if old.title_html != new.title_html {
            changes.push(Change {
                language: Some(*language),
                ..Change::of("title", &old.title, &new.title)
            });
        }
        let feedback = |key: &AnswerKey| -> Vec<String> {
            let texts = key.feedback.values();
            let mut texts: Vec<String> = texts
                .filter_map(|texts| texts.get(language).cloned())
                .collect();
            texts.sort_unstable();
            texts
        };
        let same_parts = old.parts.keys().eq(new.parts.keys());
        for (what, changed) in [
            ("prompt", old.prompt_html != new.prompt_html),
            ("hints", old.hints_html != new.hints_html),
            ("feedback", feedback(old_key) != feedback(new_key)),
            (
                "explanation",
                old_key.explanation.get(language) != new_key.explanation.get(language),
            ),
            ("choices", same_parts && old.parts != new.parts),
        ] {
            let told = what == "choices" && changes.iter().any(|change| change.what == "choice");
            if changed && !told {
                changes.push(Change::in_text(what, *language));
            }
        }
    }
}

const fn empty_text() -> QuestionText {
    QuestionText {
        title_html: String::new(),
        title: String::new(),
        prompt_html: String::new(),
        hints_html: Vec::new(),
        parts: BTreeMap::new(),
    }
}

/// The text in the course's source language.
fn text<'a>(course: &Course, question: &'a Question) -> &'a QuestionText {
    static EMPTY: QuestionText = empty_text();
    question
        .text(course.source_language)
        .map_or(&EMPTY, |(_, text)| text)
}

/// The features by which a question is recognised. Texts of choices are compared as HTML, which works as
/// well.
fn features<'a>(course: &Course, question: &'a Question) -> Features<'a> {
    let text = text(course, question);
    Features {
        kind: question.body.class(),
        title: &text.title,
        parts: text.parts.values().map(String::as_str).collect(),
    }
}

/// A right answer in words: the texts of its parts, otherwise its values.
fn right_answer(key: &AnswerKey, text: &QuestionText) -> String {
    fn collect(value: &Value, text: &QuestionText, out: &mut Vec<String>) {
        let say = |word: &str| {
            let part = text.parts.get(word);
            part.map_or_else(|| word.to_owned(), |html| plain(html))
        };
        match value {
            Value::String(word) => out.push(say(word)),
            Value::Array(values) => values.iter().for_each(|value| collect(value, text, out)),
            Value::Object(fields) => {
                for (name, value) in fields.iter().filter(|(name, _)| *name != "type") {
                    match value {
                        Value::String(word) if text.parts.contains_key(name.as_str()) => {
                            out.push(format!("{} – {}", say(name), say(word)));
                        }
                        value => collect(value, text, out),
                    }
                }
            }
            other => out.push(other.to_string()),
        }
    }
    let mut words = Vec::new();
    collect(
        &serde_json::to_value(key.right_answer()).unwrap_or_default(),
        text,
        &mut words,
    );
    words.join("; ")
}

/// What decides the mark, one setting a line: `Rīga: weight 0.5`.
fn settings(question: &Question, key: &AnswerKey, text: &QuestionText) -> BTreeSet<String> {
    fn collect(value: &Value, text: &QuestionText, names: &[String], out: &mut BTreeSet<String>) {
        let say = |word: &str| {
            let part = text.parts.get(word);
            part.map_or_else(|| word.to_owned(), |html| plain(html))
        };
        match value {
            Value::Object(fields) => {
                // A part gives its name to what is said of it.
                let part = fields.get("part").and_then(Value::as_str).map(say);
                for (field, value) in fields {
                    if matches!(field.as_str(), "type" | "part") {
                        continue;
                    }
                    let mut names = names.to_vec();
                    names.extend(part.clone());
                    names.push(say(field).replace('_', " "));
                    collect(value, text, &names, out);
                }
            }
            Value::Array(values) => {
                for value in values {
                    collect(value, text, names, out);
                }
            }
            Value::Null => {}
            value => {
                let said = match value {
                    Value::Bool(true) => "yes".to_owned(),
                    Value::Bool(false) => "no".to_owned(),
                    Value::String(word) => say(word),
                    other => other.to_string(),
                };
                let is_id = said.len() >= 8 && said.bytes().all(|byte| byte.is_ascii_hexdigit());
                if !is_id {
                    out.insert(format!("{} {said}", names.join(", ")));
                }
            }
        }
    }
    let mut out = BTreeSet::new();
    for value in [
        serde_json::to_value(&question.body),
        serde_json::to_value(&key.key),
    ] {
        collect(&value.unwrap_or_default(), text, &[], &mut out);
    }
    out
}

/// The settings that were and are no more, and those that are new; none of them, if they cannot be said in words.
fn marking(before: &BTreeSet<String>, after: &BTreeSet<String>) -> Change {
    let only = |one: &BTreeSet<String>, other: &BTreeSet<String>| {
        let only: Vec<&str> = one.difference(other).map(String::as_str).collect();
        (!only.is_empty()).then(|| only.join("; "))
    };
    Change {
        what: "marking",
        language: None,
        part: None,
        before: only(before, after),
        after: only(after, before),
    }
}

/// The text of HTML made by the compiler, with the addresses of its pictures and links.
fn said(html: &str) -> String {
    let mut said = plain(html);
    for attribute in [" src=\"", " href=\""] {
        for piece in html.split(attribute).skip(1) {
            let address = piece.split('"').next().unwrap_or_default();
            said.push_str(" → ");
            said.push_str(without_hash(address));
        }
    }
    said
}

/// An address without the hash of the file, which changes with each edit of the file.
fn without_hash(address: &str) -> &str {
    let name = address.rsplit('/').next().unwrap_or_default();
    match name.split_once('-') {
        Some((hash, own)) if hash.len() == 16 && hash.chars().all(|c| c.is_ascii_hexdigit()) => own,
        _ => address,
    }
}

/// The text of HTML made by the compiler.
fn plain(html: &str) -> String {
    let mut text = String::new();
    for (number, piece) in html.split('<').enumerate() {
        let words = if number == 0 {
            piece
        } else {
            piece.split_once('>').map_or("", |(_, words)| words)
        };
        text.push_str(words);
    }
    for (entity, letter) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ] {
        text = text.replace(entity, letter);
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compile::{Options, compile_tree};
    use crate::likeness::MOST_COMPARED;
    use crate::load::Tree;

    const COURSE: &str = "id = \"kurss\"\nkind = \"course\"\nground = \"none\"\naudience = \"everyone\"\nhours = 1\n\
                          source_language = \"lv\"\ntitle = { lv = \"Kurss\" }\nsummary = { lv = \"Īsi.\" }\n";

    fn course(questions: usize, prefix: &str) -> std::sync::Arc<Course> {
        let mut lesson =
            "+++\nid = \"l-a\"\ntitle = \"A\"\nminutes = 1\n+++\n\nTeksts.\n".to_owned();
        for n in 0..questions {
            let question = format!(
                "\n## Kurš no šiem ir jautājums {n}? {{#q-{prefix}{n} .truefalse}}\n\n- [x] Jā {n}\n- [ ] Nē {n}\n"
            );
            lesson.push_str(&question);
        }
        let files = [("kurss/course.toml", COURSE), ("kurss/lv/01-a.md", &lesson)];
        let compiled = compile_tree(&Tree::from_texts(files), &Options::default(), &()).unwrap();
        compiled.bundle.courses[0].clone()
    }

    /// However many questions got other ids at once, each new one is compared with a bounded number of them.
    #[test]
    fn a_new_question_is_compared_with_few_lost_ones() {
        let (before, after) = (course(600, "a"), course(600, "b"));
        let lost = Lost::of(&before, &after);
        assert_eq!(lost.questions.len(), 600);
        let mut questions = after.questions.values();
        assert!(questions.all(|question| {
            let title = &text(&after, question).title;
            lost.candidates.of_title(title).len() <= MOST_COMPARED
        }));
        let found = compare(&before, &after);
        let of_lesson = found.of_lesson.values().flatten();
        assert!(
            of_lesson
                .into_iter()
                .all(|question| question.effect != Effect::Removed)
        );
    }
}
