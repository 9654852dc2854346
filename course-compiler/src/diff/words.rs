//! Describes a [`Difference`] in plain sentences, by course and lesson.

use super::{Change, CourseDifference, Difference, Effect, LessonDifference, QuestionDifference};
use crate::html::put;

/// The sentences, each on its own line, with a summary at the end.
#[must_use]
pub fn text(difference: &Difference) -> String {
    let mut out = String::new();
    for course in &difference.courses {
        if course.effect != Effect::Kept {
            course_text(course, &mut out);
            out.push('\n');
        }
    }
    let questions: Vec<String> = difference
        .totals
        .iter()
        .map(|(effect, count)| format!("{count} {}", summary(*effect)))
        .collect();
    if questions.is_empty() {
        out.push_str("No questions.\n");
    } else {
        put!(out, "Questions: {}.\n", questions.join(", "));
    }
    if difference.totals.contains_key(&Effect::NewRevision) {
        out.push_str(
            "Earlier answers to a question with a new revision keep the mark they had. To count them by what is right now, \
             add a `[[rescore]]` with `question`, `revision` and `reason` to course.toml.\n",
        );
    }
    if difference.accidents {
        out.push_str(
            "An id changed although the thing stayed, or it stayed although the thing is another. Take the old id back; \
             if it is another thing, add the old id to `retired` in course.lock, or give it a new one. If another text \
             means the same, say so with `course lock --still-same`.\n",
        );
    }
    out
}

fn course_text(course: &CourseDifference, out: &mut String) {
    put!(out, "{} “{}”", course.slug, course.title);
    if let Some(before) = &course.renamed_from {
        put!(
            out,
            ": the id was `{before}` before and is `{}` now",
            course.course
        );
    } else if matches!(course.effect, Effect::Added | Effect::Removed) {
        put!(out, ": {} course", summary(course.effect));
    }
    out.push('\n');
    changes(&course.changes, "  ", out);
    for lesson in &course.lessons {
        lesson_text(lesson, out);
    }
    if course.kept_questions > 0 {
        put!(out, "  {} unchanged\n", questions(course.kept_questions));
    }
}

fn questions(count: usize) -> String {
    format!("{count} question{}", if count == 1 { "" } else { "s" })
}

fn lesson_text(lesson: &LessonDifference, out: &mut String) {
    put!(out, "  {} “{}”", lesson.lesson, lesson.title);
    if let Some(before) = &lesson.renamed_from {
        put!(
            out,
            ": the id was `{before}` before; progress is kept under that one"
        );
    } else if lesson.effect == Effect::Replaced {
        out.push_str(": perhaps another lesson under the same id; progress would count for what was not read");
    } else if matches!(lesson.effect, Effect::Added | Effect::Removed) {
        put!(out, ": {}", summary(lesson.effect));
    }
    out.push('\n');
    changes(&lesson.changes, "    ", out);
    for question in &lesson.questions {
        question_text(question, lesson.effect, out);
    }
}

fn question_text(question: &QuestionDifference, lesson: Effect, out: &mut String) {
    put!(out, "    {} “{}”: ", question.question, question.title);
    match question.effect {
        Effect::Kept => out.push_str("as it was"),
        Effect::Reworded => out.push_str("kept; answers given stay valid"),
        Effect::NewRevision => {
            out.push_str("new revision");
            if let Some(revision) = &question.revision {
                put!(out, " {revision}");
            }
            out.push_str("; earlier attempts keep showing and counting what was asked then");
        }
        Effect::Rescored => {
            let reason = question.reason.as_deref().unwrap_or_default();
            put!(
                out,
                "rescored; earlier answers are counted by what is right now: {reason}"
            );
        }
        Effect::Replaced => out.push_str(
            "perhaps another question under the same id; answers given would count for what was not asked",
        ),
        Effect::Added if lesson == Effect::Added => out.push_str("new"),
        Effect::Added => out.push_str("new; attempts begun before do not have it"),
        Effect::Removed => {
            out.push_str("removed; attempts that have it keep it, and nobody is asked it again");
        }
        Effect::Renamed => {
            if let Some(before) = &question.renamed_from {
                put!(
                    out,
                    "the id was `{before}` before; answers are kept under that one"
                );
            }
        }
    }
    out.push('\n');
    changes(&question.changes, "      ", out);
}

fn changes(changes: &[Change], indent: &str, out: &mut String) {
    for change in changes {
        put!(out, "{indent}{}", change.what);
        if let Some(language) = change.language {
            put!(out, " ({language})");
        }
        match (&change.before, &change.after) {
            (Some(before), Some(after)) if is_word(before) && is_word(after) => {
                put!(out, ": {before} → {after}");
            }
            (Some(before), Some(after)) => put!(out, ": “{before}” → “{after}”"),
            (None, Some(after)) => put!(out, " added: “{after}”"),
            (Some(before), None) => put!(out, " removed: “{before}”"),
            (None, None) => out.push_str(" changed"),
        }
        out.push('\n');
    }
}

/// Whether a value needs no quotation marks: a number, an id.
fn is_word(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'))
}

const fn summary(effect: Effect) -> &'static str {
    match effect {
        Effect::Kept => "unchanged",
        Effect::Reworded => "reworded",
        Effect::NewRevision => "with a new revision",
        Effect::Rescored => "rescored",
        Effect::Added => "new",
        Effect::Removed => "removed",
        Effect::Renamed => "with another id",
        Effect::Replaced => "replaced under the same id",
    }
}
