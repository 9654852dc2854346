//! Measurements for rules about a whole pool or lesson, with minimum sizes: nothing is reported for a test or
//! lesson that is only begun.

use crate::course::Course;
use crate::diagnostic::Diagnostic;
use crate::draft::DraftFile;
use crate::draft_course::DraftCourse;
use crate::model::Lesson;
use crate::question::{PartDraft, QuestionDraft};

/// The fewest questions of a pool that is measured.
pub(super) const FEWEST_QUESTIONS: usize = 10;

/// The fewest words of a lesson that is measured.
pub(super) const FEWEST_WORDS: usize = 300;

/// The files of tests, in every language, whose pools are large enough.
pub(super) fn pools(
    course: &DraftCourse,
) -> impl Iterator<Item = (&DraftFile, Vec<&QuestionDraft>)> {
    let tests = course.files().filter(|file| file.front.test.is_some());
    tests
        .map(|file| (file, file.questions().collect::<Vec<_>>()))
        .filter(|(_, pool)| pool.len() >= FEWEST_QUESTIONS)
}

/// The questions of a class with exactly one correct choice: that choice, and the others.
pub(super) fn with_one_key<'a>(
    pool: &[&'a QuestionDraft],
    class: &str,
) -> Vec<(&'a QuestionDraft, &'a PartDraft, Vec<&'a PartDraft>)> {
    let questions = pool.iter().filter(|question| question.class == class);
    questions
        .filter_map(|question| {
            let (right, wrong): (Vec<_>, Vec<_>) =
                question.parts.iter().partition(|part| part.ticked);
            match right.as_slice() {
                [key] if !wrong.is_empty() => Some((*question, *key, wrong)),
                _ => None,
            }
        })
        .collect()
}

/// A list of question ids for a sentence; only the first few of many.
pub(super) fn named<'a>(questions: impl IntoIterator<Item = &'a QuestionDraft>) -> String {
    const MOST: usize = 8;
    let ids: Vec<String> = questions
        .into_iter()
        .filter_map(|question| Some(format!("`{}`", question.id.as_ref()?.text)))
        .collect();
    let more = ids.len().saturating_sub(MOST);
    let shown = ids.get(..MOST).unwrap_or(&ids).join(", ");
    if more == 0 {
        shown
    } else {
        format!("{shown} and {more} more")
    }
}

/// A count as a floating-point number.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of questions and characters are small"
)]
pub(super) const fn number(count: usize) -> f64 {
    count as f64
}

/// Whether a lesson or test is large enough.
pub(super) fn is_measured(course: &Course, lesson: &Lesson) -> bool {
    if lesson.test_rules().is_some() {
        return lesson.questions.len() >= FEWEST_QUESTIONS;
    }
    let text = lesson.text(course.source_language);
    text.is_some_and(|(_, text)| text.words >= FEWEST_WORDS)
}

/// If every lesson has the same problem, reports it only once, for the first.
pub(super) fn once_for_all(mut found: Vec<Diagnostic>, lessons: usize) -> Vec<Diagnostic> {
    let others = found.len().saturating_sub(1);
    if found.len() == lessons && others > 1 {
        found.truncate(1);
        for first in &mut found {
            first.message = format!("{}; so it is with all {lessons} lessons", first.message);
        }
    }
    found
}
