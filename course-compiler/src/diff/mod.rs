//! The effect of an edit of courses on answers already given: compares two bundles, question by question.
//!
//! [`compare`] is pure. [`words`] describes its result for people; for programs it is serialized.
//!
//! ```
//! use std::collections::BTreeSet;
//!
//! use course_compiler::compile::{Options, compile_tree};
//! use course_compiler::diff::{Effect, compare};
//! use course_compiler::load::Tree;
//!
//! # const COURSE: &str = "id = \"pamati\"\nkind = \"course\"\nground = \"none\"\naudience = \"everyone\"\nhours = 1\nsource_language = \"lv\"\ntitle = { lv = \"Pamati\" }\nsummary = { lv = \"Īsi.\" }\n";
//! # const HEAD: &str = "+++\nid = \"l-ievads\"\ntitle = \"Ievads\"\nminutes = 5\n+++\n\n";
//! let bundle = |lesson: &str| {
//!     let lesson = format!("{HEAD}{lesson}");
//!     let tree = Tree::from_texts([("pamati/course.toml", COURSE), ("pamati/lv/01-ievads.md", &lesson)]);
//!     compile_tree(&tree, &Options::default(), &()).map(|compilation| compilation.bundle)
//! };
//! let before = bundle("## Vai diskrimnācija ir aizliegta? {#q-aizliegta .truefalse}\n\n- [x] Jā\n- [ ] Nē\n")?;
//! let typo = bundle("## Vai diskriminācija ir aizliegta? {#q-aizliegta .truefalse}\n\n- [x] Jā\n- [ ] Nē\n")?;
//! let other_key = bundle("## Vai diskrimnācija ir aizliegta? {#q-aizliegta .truefalse}\n\n- [ ] Jā\n- [x] Nē\n")?;
//!
//! let effect = |after| compare(&before, after, &BTreeSet::new()).totals;
//! assert_eq!(effect(&typo).get(&Effect::Reworded), Some(&1), "answers stay valid");
//! assert_eq!(effect(&other_key).get(&Effect::NewRevision), Some(&1), "earlier answers keep their key");
//! # Ok::<(), course_compiler::compile::Error>(())
//! ```

mod change;
mod questions;
#[cfg(test)]
mod tests;
pub mod words;

use std::collections::{BTreeMap, BTreeSet};

pub use self::change::{
    Change, CourseDifference, Difference, Effect, LessonDifference, QuestionDifference,
};
use self::change::{note, says_the_same};
use crate::bundle::Bundle;
use crate::course::Course;
use crate::likeness;
use crate::model::{
    CompletionLessons, CompletionRule, Language, Lesson, LessonId, LessonKind, LessonText,
    Localized, Segment,
};

/// Compares two bundles. Courses in the folders of `left_out` are ignored: if one could not be compiled on
/// one side, it would appear as new or removed.
#[must_use]
pub fn compare(before: &Bundle, after: &Bundle, left_out: &BTreeSet<String>) -> Difference {
    let (old, new) = (without(before, left_out), without(after, left_out));
    let lost: Vec<&Course> = old
        .iter()
        .copied()
        .filter(|course| new.iter().all(|now| now.id != course.id))
        .collect();
    let mut courses = Vec::new();
    let mut renamed = BTreeSet::new();
    for course in new {
        let same = old.iter().copied().find(|before| before.id == course.id);
        let was = same.or_else(|| {
            lost.iter()
                .copied()
                .find(|before| before.slug == course.slug)
        });
        courses.push(match was {
            None => whole(course, Effect::Added),
            Some(before) => {
                renamed.insert(&before.id);
                compare_courses(before, course)
            }
        });
    }
    for course in lost {
        if !renamed.contains(&course.id) {
            courses.push(whole(course, Effect::Removed));
        }
    }
    let mut totals: BTreeMap<Effect, usize> = BTreeMap::new();
    let mut count = |effect, number: usize| {
        if number > 0 {
            let total = totals.entry(effect).or_default();
            *total = total.saturating_add(number);
        }
    };
    for course in &courses {
        count(Effect::Kept, course.kept_questions);
        for question in course.lessons.iter().flat_map(|lesson| &lesson.questions) {
            count(question.effect, 1);
        }
    }
    let is_accident = |effect| matches!(effect, Effect::Renamed | Effect::Replaced);
    let accidents = courses.iter().any(|course| {
        is_accident(course.effect)
            || course.lessons.iter().any(|lesson| {
                is_accident(lesson.effect)
                    || lesson
                        .questions
                        .iter()
                        .any(|question| is_accident(question.effect))
            })
    });
    Difference {
        totals,
        accidents,
        courses,
    }
}

fn without<'a>(bundle: &'a Bundle, left_out: &BTreeSet<String>) -> Vec<&'a Course> {
    let courses = bundle.courses.iter().map(AsRef::as_ref);
    courses
        .filter(|course: &&Course| !left_out.contains(&course.slug))
        .collect()
}

/// A course that is only in one of the bundles.
fn whole(course: &Course, effect: Effect) -> CourseDifference {
    let lessons = course.lessons.iter().map(|lesson| {
        let questions = lesson.questions.iter();
        LessonDifference {
            lesson: lesson.id.clone(),
            title: title(course, lesson),
            effect,
            renamed_from: None,
            changes: Vec::new(),
            questions: questions
                .filter_map(|id| Some(questions::whole(course, course.question(id)?, effect)))
                .collect(),
        }
    });
    CourseDifference {
        course: course.id.clone(),
        slug: course.slug.clone(),
        title: course
            .title
            .get(course.source_language, course.source_language)
            .to_owned(),
        effect,
        renamed_from: None,
        changes: Vec::new(),
        lessons: lessons.collect(),
        kept_questions: 0,
    }
}

fn title(course: &Course, lesson: &Lesson) -> String {
    lesson
        .text(course.source_language)
        .map(|(_, text)| text.title.clone())
        .unwrap_or_default()
}

fn compare_courses(before: &Course, after: &Course) -> CourseDifference {
    let mut changes = Vec::new();
    note(&mut changes, "folder", &before.slug, &after.slug);
    localized(&mut changes, "title", &before.title, &after.title);
    localized(&mut changes, "summary", &before.summary, &after.summary);
    note(&mut changes, "hours", &before.hours, &after.hours);
    note(&mut changes, "audience", &before.audience, &after.audience);
    note(&mut changes, "status", &before.status, &after.status);
    let outcomes = |course: &Course| -> Vec<String> {
        let language = course.source_language;
        let outcomes = course.outcomes.iter();
        outcomes
            .map(|outcome| outcome.text.get(language, language).to_owned())
            .collect()
    };
    note(
        &mut changes,
        "outcomes",
        &outcomes(before).join("; "),
        &outcomes(after).join("; "),
    );
    completion(&mut changes, &before.completion, &after.completion);

    let mut answers = questions::compare(before, after);
    let kept_questions = answers.kept;
    let moved = moved_lessons(before, after);
    let (was_at, is_at) = (places(before), places(after));
    let lost = lost_lessons(before, after);
    let mut lessons = Vec::new();
    let mut found = BTreeSet::new();
    for lesson in &after.lessons {
        let was = was_at
            .get(&lesson.id)
            .and_then(|at| before.lessons.get(*at))
            .or_else(|| lost_lesson(&lost, before, after, lesson));
        let questions = answers.of_lesson.remove(&lesson.id).unwrap_or_default();
        let Some(was) = was else {
            lessons.push(lesson_difference(
                after,
                lesson,
                Effect::Added,
                Vec::new(),
                questions,
            ));
            continue;
        };
        found.insert(&was.id);
        let mut changes = compare_lessons(was, lesson);
        if moved.contains(&lesson.id) {
            let place = |places: &BTreeMap<&LessonId, usize>, id: &LessonId| {
                places.get(id).map_or(0, |at| at.saturating_add(1))
            };
            changes.push(Change::of(
                "place",
                place(&was_at, &was.id),
                place(&is_at, &lesson.id),
            ));
        }
        let renamed = was.id != lesson.id;
        if renamed || !changes.is_empty() || !questions.is_empty() {
            let is_replaced = || is_replaced(before, was, after, lesson);
            let effect = effect(renamed, !changes.is_empty(), is_replaced);
            let mut difference = lesson_difference(after, lesson, effect, changes, questions);
            difference.renamed_from = renamed.then(|| was.id.clone());
            lessons.push(difference);
        }
    }
    for lesson in before
        .lessons
        .iter()
        .filter(|lesson| !found.contains(&lesson.id))
    {
        let questions = answers.of_lesson.remove(&lesson.id).unwrap_or_default();
        lessons.push(lesson_difference(
            before,
            lesson,
            Effect::Removed,
            Vec::new(),
            questions,
        ));
    }
    let renamed = before.id != after.id;
    CourseDifference {
        course: after.id.clone(),
        slug: after.slug.clone(),
        title: after
            .title
            .get(after.source_language, after.source_language)
            .to_owned(),
        effect: if renamed {
            Effect::Renamed
        } else if changes.is_empty() && lessons.is_empty() {
            Effect::Kept
        } else {
            Effect::Reworded
        },
        renamed_from: renamed.then(|| before.id.clone()),
        changes,
        lessons,
        kept_questions,
    }
}

fn lesson_difference(
    course: &Course,
    lesson: &Lesson,
    effect: Effect,
    changes: Vec<Change>,
    questions: Vec<QuestionDifference>,
) -> LessonDifference {
    LessonDifference {
        lesson: lesson.id.clone(),
        title: title(course, lesson),
        effect,
        renamed_from: None,
        changes,
        questions,
    }
}

fn localized(changes: &mut Vec<Change>, what: &'static str, before: &Localized, after: &Localized) {
    for language in Language::ALL {
        let (before, after) = (before.exact(*language), after.exact(*language));
        if before != after {
            changes.push(Change {
                language: Some(*language),
                before: before.map(str::to_owned),
                after: after.map(str::to_owned),
                ..Change::in_text(what, *language)
            });
        }
    }
}

fn completion(changes: &mut Vec<Change>, before: &CompletionRule, after: &CompletionRule) {
    let lessons = |rule: &CompletionRule| match &rule.lessons {
        CompletionLessons::All => "all".to_owned(),
        CompletionLessons::Listed(ids) => {
            let ids: Vec<&str> = ids.iter().map(LessonId::as_str).collect();
            ids.join(", ")
        }
    };
    let test = |rule: &CompletionRule| {
        rule.test
            .as_ref()
            .map_or("none", |id| id.as_str())
            .to_owned()
    };
    note(
        changes,
        "lessons to read for completion",
        &lessons(before),
        &lessons(after),
    );
    note(
        changes,
        "questions in the lessons for completion",
        &before.questions,
        &after.questions,
    );
    note(
        changes,
        "test to pass for completion",
        &test(before),
        &test(after),
    );
}

/// The index of every lesson.
fn places(course: &Course) -> BTreeMap<&LessonId, usize> {
    let lessons = course.lessons.iter().enumerate();
    lessons.map(|(at, lesson)| (&lesson.id, at)).collect()
}

/// The lessons that are only in the earlier course, by their addresses.
fn lost_lessons<'a>(before: &'a Course, after: &Course) -> BTreeMap<&'a str, &'a Lesson> {
    let now = places(after);
    let lost = before
        .lessons
        .iter()
        .filter(|was| !now.contains_key(&was.id) && !after.retired.contains(was.id.as_str()));
    lost.map(|was| (was.slug.as_str(), was)).collect()
}

/// The earlier lesson with another id that this one probably was: the same address and nearly the same title.
fn lost_lesson<'a>(
    lost: &BTreeMap<&'a str, &'a Lesson>,
    before: &Course,
    after: &Course,
    lesson: &Lesson,
) -> Option<&'a Lesson> {
    let was = lost.get(lesson.slug.as_str()).copied()?;
    likeness::is_near(
        &title(before, was),
        &title(after, lesson),
        after.source_language,
    )
    .then_some(was)
}

/// The effect on a lesson that is in both bundles.
fn effect(renamed: bool, changed: bool, is_replaced: impl Fn() -> bool) -> Effect {
    match changed {
        _ if renamed => Effect::Renamed,
        false => Effect::Kept,
        true if is_replaced() => Effect::Replaced,
        true => Effect::Reworded,
    }
}

/// Whether a lesson is a different one: its title and most of its passages say something else.
fn is_replaced(old: &Course, before: &Lesson, new: &Course, after: &Lesson) -> bool {
    let titles = (title(old, before), title(new, after));
    if says_the_same(new, after.id.as_str(), &titles.0, &titles.1) {
        return false;
    }
    let passages = |course: &Course, lesson: &Lesson| -> BTreeSet<String> {
        let text = lesson.texts.get(&course.source_language);
        let passages = text
            .into_iter()
            .flat_map(|text| text.passages.iter().skip(1));
        passages.map(|passage| passage.hash.to_string()).collect()
    };
    let (before, after) = (passages(old, before), passages(new, after));
    let stayed = before.intersection(&after).count();
    stayed.saturating_mul(3) < before.len().max(after.len()) || before.is_empty()
}

/// The text of a lesson without its questions.
fn prose(text: &LessonText) -> impl Iterator<Item = &str> {
    text.segments.iter().filter_map(|segment| match segment {
        Segment::Html(html) => Some(html.as_str()),
        Segment::Question(_) => None,
    })
}

fn compare_lessons(before: &Lesson, after: &Lesson) -> Vec<Change> {
    let mut changes = Vec::new();
    note(&mut changes, "address", &before.slug, &after.slug);
    note(&mut changes, "minutes", &before.minutes, &after.minutes);
    for language in Language::ALL {
        match (before.texts.get(language), after.texts.get(language)) {
            (Some(before), Some(after)) => {
                if before.title != after.title {
                    changes.push(Change {
                        language: Some(*language),
                        ..Change::of("title", &before.title, &after.title)
                    });
                }
                if prose(before).ne(prose(after)) || before.sources != after.sources {
                    changes.push(Change::in_text("text", *language));
                }
            }
            (None, None) => {}
            (before, after) => changes.push(Change {
                before: before.map(|text| text.title.clone()),
                after: after.map(|text| text.title.clone()),
                ..Change::in_text("language", *language)
            }),
        }
    }
    match (&before.kind, &after.kind) {
        (LessonKind::Test(before), LessonKind::Test(after)) => {
            let or = |number: Option<String>, otherwise: &str| {
                number.unwrap_or_else(|| otherwise.to_owned())
            };
            let draw = |draw: Option<usize>| or(draw.map(|draw| draw.to_string()), "all");
            let limit = |limit: Option<u32>| or(limit.map(|limit| limit.to_string()), "no limit");
            note(
                &mut changes,
                "questions drawn",
                &draw(before.draw),
                &draw(after.draw),
            );
            note(&mut changes, "pass mark", &before.pass, &after.pass);
            note(
                &mut changes,
                "attempts",
                &limit(before.attempts),
                &limit(after.attempts),
            );
            let minutes = "minutes for an attempt";
            let (before_limit, after_limit) = (before.time_limit_minutes, after.time_limit_minutes);
            note(
                &mut changes,
                minutes,
                &limit(before_limit),
                &limit(after_limit),
            );
            let (before_pause, after_pause) = (before.pause_minutes, after.pause_minutes);
            note(
                &mut changes,
                "minutes between attempts",
                &limit(before_pause),
                &limit(after_pause),
            );
            note(&mut changes, "shuffling", &before.shuffle, &after.shuffle);
            note(
                &mut changes,
                "feedback",
                &before.show_feedback,
                &after.show_feedback,
            );
        }
        (LessonKind::Lesson, LessonKind::Lesson) => {}
        (LessonKind::Lesson, LessonKind::Test(_)) => {
            changes.push(Change::of("kind", "lesson", "test"));
        }
        (LessonKind::Test(_), LessonKind::Lesson) => {
            changes.push(Change::of("kind", "test", "lesson"));
        }
    }
    changes
}

/// The smallest set of lessons without which the others, of those in both bundles, are in the same order.
fn moved_lessons(before: &Course, after: &Course) -> BTreeSet<LessonId> {
    let was_at = places(before);
    let lessons: Vec<(usize, &LessonId)> = after
        .lessons
        .iter()
        .filter_map(|lesson| Some((*was_at.get(&lesson.id)?, &lesson.id)))
        .collect();
    // The longest increasing subsequence: of the runs of each length, the one that ends earliest, and for each
    // lesson the one before it in its run.
    let mut ends: Vec<(usize, usize)> = Vec::new();
    let mut earlier: Vec<Option<usize>> = Vec::new();
    for (index, (place, _)) in lessons.iter().enumerate() {
        let length = ends.partition_point(|(end, _)| end < place);
        let before = length.checked_sub(1).and_then(|length| ends.get(length));
        earlier.push(before.map(|(_, index)| *index));
        match ends.get_mut(length) {
            Some(end) => *end = (*place, index),
            None => ends.push((*place, index)),
        }
    }
    let mut stay = BTreeSet::new();
    let mut next = ends.last().map(|(_, index)| *index);
    while let Some(index) = next {
        stay.insert(index);
        next = earlier.get(index).copied().flatten();
    }
    lessons
        .iter()
        .enumerate()
        .filter(|(index, _)| !stay.contains(index))
        .map(|(_, (_, id))| (*id).clone())
        .collect()
}
