//! `quiz-outcome-coverage`: outcomes with too few questions in a test.

use std::collections::{BTreeMap, BTreeSet};

use super::measures::{FEWEST_QUESTIONS, named};
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::draft::{DraftFile, TestDraft};
use crate::draft_course::DraftCourse;
use crate::question::QuestionDraft;

pub(crate) const RULE: Rule = Rule {
    code: "quiz-outcome-coverage",
    severity: Severity::Warning,
    page: include_str!("quiz_outcome_coverage.md"),
};

/// The fewest questions of a pool for an outcome.
const FEWEST: usize = 4;

/// Checks those tests of a course whose questions name outcomes.
pub(super) fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    for file in course.source_files() {
        let Some(test) = &file.front.test else {
            continue;
        };
        let (naming, silent): (Vec<&QuestionDraft>, Vec<&QuestionDraft>) = file
            .questions()
            .partition(|question| !question.outcomes.is_empty());
        if naming.is_empty() {
            continue;
        }
        if let Some(first) = silent.first() {
            found.push(
                RULE.at(
                    &file.source,
                    first.heading,
                    format!("no outcome is named by {}", named(silent.iter().copied())),
                )
                .help("name the outcome that the question tests: `outcomes=\"o-…\"`"),
            );
        }
        count(course, file, &naming, found);
        drawn(file, test, &naming, found);
    }
}

/// How many questions each outcome has.
fn count(
    course: &DraftCourse,
    file: &DraftFile,
    naming: &[&QuestionDraft],
    found: &mut Vec<Diagnostic>,
) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    // The test that completes the course has to cover all outcomes; another one only those that it names.
    let id = file.front.id.as_ref().map(|id| &id.text);
    let is_final = course.meta.completion_test.as_ref().map(|test| &test.text) == id;
    let outcomes = course.meta.outcomes.iter().filter(|_| is_final);
    counts.extend(outcomes.map(|outcome| (outcome.id.as_str(), 0)));
    for outcome in naming.iter().flat_map(|question| &question.outcomes) {
        let count = counts.entry(&outcome.text).or_default();
        *count = count.saturating_add(1);
    }
    let fewest = if file.questions().count() < FEWEST_QUESTIONS {
        1
    } else {
        FEWEST
    };
    let few = counts.iter().filter(|(_, count)| **count < fewest);
    let few: Vec<String> = few
        .map(|(outcome, count)| format!("`{outcome}` {count}"))
        .collect();
    if !few.is_empty() {
        found.push(
            RULE.at(
                &file.source,
                file.front.title_span,
                format!(
                    "too few questions of an outcome (at least {fewest}): {}",
                    few.join(", ")
                ),
            )
            .help("add questions, or name these outcomes at questions that test them, too"),
        );
    }
}

/// Checks whether every attempt covers every named outcome.
fn drawn(
    file: &DraftFile,
    test: &TestDraft,
    naming: &[&QuestionDraft],
    found: &mut Vec<Diagnostic>,
) {
    let pool: Vec<&QuestionDraft> = file.questions().collect();
    let Some(draw) = test.rules.draw.filter(|draw| *draw < pool.len()) else {
        return;
    };
    let of = |questions: &[&QuestionDraft]| -> BTreeSet<String> {
        let outcomes = questions.iter().flat_map(|question| &question.outcomes);
        outcomes.map(|outcome| outcome.text.clone()).collect()
    };
    let all = of(naming);
    if test.rules.shuffle {
        if draw < all.len() {
            found.push(
                RULE.at(
                    &file.source,
                    test.draw,
                    format!(
                        "the test draws {draw} for {} outcomes, so an attempt may leave some out",
                        all.len()
                    ),
                )
                .help("draw at least one question for each outcome"),
            );
        }
        return;
    }
    let asked = of(pool.get(..draw).unwrap_or_default());
    let missing: Vec<String> = all
        .difference(&asked)
        .map(|outcome| format!("`{outcome}`"))
        .collect();
    if !missing.is_empty() {
        found.push(
            RULE.at(
                &file.source,
                test.draw,
                format!(
                    "no attempt asks about {}: only the first questions are asked",
                    missing.join(", ")
                ),
            )
            .help("draw at random, `shuffle = true`, or put a question of each outcome first"),
        );
    }
}
