//! `quiz-key-position`: correct choices that can be recognised by their position.

use std::collections::{BTreeMap, BTreeSet};

use super::measures::{named, number, pools, with_one_key};
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::draft_course::DraftCourse;
use crate::question::QuestionDraft;

pub(crate) const RULE: Rule = Rule {
    code: "quiz-key-position",
    severity: Severity::Warning,
    page: include_str!("quiz_key_position.md"),
};

/// The fewest `.single` questions that are checked.
const FEWEST_SINGLE: usize = 8;
/// The fewest `.multiple` questions that are checked.
const FEWEST_MULTIPLE: usize = 4;
/// How much the number of correct choices at a position may differ from an even distribution: by this number,
/// or this share.
const OFF_BY: f64 = 1.5;
const OFF_BY_SHARE: f64 = 0.5;
/// The accepted share of `.multiple` questions whose first choice is correct.
const MOST_FIRST: f64 = 0.6;

pub(super) fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    // Choices stand in the same order in every language.
    let source = course.meta.source_language;
    for (file, pool) in pools(course).filter(|(file, _)| file.language == source) {
        let mut report = |message: String, help: String| {
            found.push(
                RULE.at(&file.source, file.front.title_span, message)
                    .help(help),
            );
        };
        let singles = with_one_key(&pool, "single");
        if singles.len() >= FEWEST_SINGLE {
            let mut places: BTreeMap<usize, (usize, f64)> = BTreeMap::new();
            for (question, ..) in &singles {
                for (place, part) in (1..).zip(&question.parts) {
                    let (right, even) = places.entry(place).or_default();
                    *right = right.saturating_add(usize::from(part.ticked));
                    *even += 1.0 / number(question.parts.len());
                }
            }
            let off: Vec<String> = places
                .iter()
                .filter(|(_, (right, even))| {
                    (number(*right) - even).abs() > OFF_BY.max(even * OFF_BY_SHARE)
                })
                .map(|(place, (right, even))| format!("place {place}: {right}, evenly {even:.0}"))
                .collect();
            if !off.is_empty() {
                report(
                    format!(
                        "the places of right choices are spread unevenly in {} `.single` questions: {}",
                        singles.len(),
                        off.join("; ")
                    ),
                    "exchange the places of choices, in every language; their ids stay with them"
                        .to_owned(),
                );
            }
        }
        let is_multiple = |question: &&&QuestionDraft| question.class == "multiple";
        let multiples: Vec<&QuestionDraft> = pool.iter().filter(is_multiple).copied().collect();
        if multiples.len() < FEWEST_MULTIPLE {
            continue;
        }
        let is_first =
            |question: &&&QuestionDraft| question.parts.first().is_some_and(|part| part.ticked);
        let first: Vec<&QuestionDraft> = multiples.iter().filter(is_first).copied().collect();
        if number(first.len()) > MOST_FIRST * number(multiples.len()) {
            report(
                format!(
                    "the first choice is right in {} of {} `.multiple` questions (at most {:.0}%)",
                    first.len(),
                    multiples.len(),
                    MOST_FIRST * 100.0
                ),
                format!("put a wrong choice first in some of {}", named(first)),
            );
        }
        let right =
            |question: &&QuestionDraft| question.parts.iter().filter(|part| part.ticked).count();
        let counts: BTreeSet<usize> = multiples.iter().map(right).collect();
        if let Some(count) = counts.first().filter(|_| counts.len() == 1) {
            report(
                format!(
                    "all {} `.multiple` questions have {count} right choices",
                    multiples.len()
                ),
                "let the number of right choices vary".to_owned(),
            );
        }
    }
}
