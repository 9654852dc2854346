//! `quiz-key-longest`: correct choices that can be recognised by their length.

use super::measures::{named, number, pools, with_one_key};
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::draft_course::DraftCourse;
use crate::question::PartDraft;

pub(crate) const RULE: Rule = Rule {
    code: "quiz-key-longest",
    severity: Severity::Warning,
    page: include_str!("quiz_key_longest.md"),
};

/// The fewest `.single` questions that are checked.
const FEWEST: usize = 5;
/// The accepted share of questions whose correct choice is the longest.
const MOST_LONGEST: f64 = 0.4;
/// The accepted mean length of correct choices, relative to the others.
const MEAN: std::ops::RangeInclusive<f64> = 0.9..=1.1;
/// The accepted length of a question's longest choice, relative to the shortest.
const SPREAD: f64 = 1.5;
/// A difference of fewer characters is not noticeable.
const SEEN: usize = 10;

fn length(part: &PartDraft) -> usize {
    part.text.chars().count()
}

pub(super) fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    for (file, pool) in pools(course) {
        let singles = with_one_key(&pool, "single");
        for (question, key, wrong) in &singles {
            let lengths = || wrong.iter().copied().chain([*key]).map(length);
            let (Some(longest), Some(shortest)) = (lengths().max(), lengths().min()) else {
                continue;
            };
            if number(longest) > SPREAD * number(shortest)
                && longest.saturating_sub(shortest) >= SEEN
            {
                found.push(
                    RULE.at(
                        &file.source,
                        question.heading,
                        format!("the longest choice has {longest} characters, the shortest {shortest}: more than {SPREAD} times as many"),
                    )
                    .help("make all choices about as long; a choice that stands out is taken or left for its looks"),
                );
            }
        }
        if singles.len() < FEWEST {
            continue;
        }
        // A correct choice that shares the greatest length counts in proportion to chance.
        let chance = |key: &PartDraft, wrong: &[&PartDraft]| {
            let longest = wrong
                .iter()
                .map(|part| length(part))
                .max()
                .unwrap_or_default();
            let own = length(key);
            match own.cmp(&longest) {
                std::cmp::Ordering::Greater => 1.0,
                std::cmp::Ordering::Less => 0.0,
                std::cmp::Ordering::Equal => {
                    let rivals = wrong.iter().filter(|part| length(part) == own).count();
                    1.0 / number(rivals.saturating_add(1))
                }
            }
        };
        let longest: f64 = singles
            .iter()
            .map(|(_, key, wrong)| chance(key, wrong))
            .sum();
        if longest > MOST_LONGEST * number(singles.len()) {
            let guilty = singles
                .iter()
                .filter(|(_, key, wrong)| chance(key, wrong) > 0.0);
            found.push(
                RULE.at(
                    &file.source,
                    file.front.title_span,
                    format!(
                        "the right choice is the longest in {longest:.0} of {} `.single` questions (at most {:.0}%)",
                        singles.len(),
                        MOST_LONGEST * 100.0
                    ),
                )
                .help(format!(
                    "shorten right choices or lengthen wrong ones in {}",
                    named(guilty.map(|(question, _, _)| *question))
                )),
            );
        }
        let mean = |lengths: &[usize]| number(lengths.iter().sum()) / number(lengths.len().max(1));
        let keys: Vec<usize> = singles.iter().map(|(_, key, _)| length(key)).collect();
        let wrong = singles.iter().flat_map(|(_, _, wrong)| wrong);
        let others: Vec<usize> = wrong.map(|part| length(part)).collect();
        let ratio = mean(&keys) / mean(&others).max(1.0);
        if !MEAN.contains(&ratio) {
            found.push(
                RULE.at(
                    &file.source,
                    file.front.title_span,
                    format!(
                        "right choices are {ratio:.2} times as long as wrong ones on average ({} to {})",
                        MEAN.start(),
                        MEAN.end()
                    ),
                )
                .help("make right and wrong choices of `.single` questions about as long"),
            );
        }
    }
}
