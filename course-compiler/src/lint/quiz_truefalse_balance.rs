//! `quiz-truefalse-balance`: a pool with mostly true or mostly false statements, or with too many statements.

use super::measures::{named, pools, with_one_key};
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::draft_course::DraftCourse;
use crate::question;

pub(crate) const RULE: Rule = Rule {
    code: "quiz-truefalse-balance",
    severity: Severity::Warning,
    page: include_str!("quiz_truefalse_balance.md"),
};

/// The accepted share of statements in a pool: one in this many.
const ONE_IN: usize = 10;

pub(super) fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    // What is right is the same in every language.
    let source = course.meta.source_language;
    for (file, pool) in pools(course).filter(|(file, _)| file.language == source) {
        let statements = with_one_key(&pool, "truefalse");
        let is_true = |(question, ..): &&(&question::QuestionDraft, _, _)| {
            let texts: Vec<&str> = question
                .parts
                .iter()
                .map(|part| part.text.as_str())
                .collect();
            let says_false = question::says_false(&texts).and_then(|at| question.parts.get(at));
            says_false.is_some_and(|part| !part.ticked)
        };
        let all = statements.len();
        let of_truth = statements.iter().filter(is_true).count();
        let of_falsehood = all.saturating_sub(of_truth);
        let questions = named(statements.iter().map(|(question, ..)| *question));
        let mut report = |message: String, help: String| {
            found.push(
                RULE.at(&file.source, file.front.title_span, message)
                    .help(help),
            );
        };
        if all == 1 {
            report(
                "one statement alone is true or false in this pool".to_owned(),
                format!(
                    "add another one that is the opposite, or make {questions} a question of another type"
                ),
            );
        } else if of_truth.abs_diff(of_falsehood) > 1 {
            report(
                format!("of {all} statements, {of_truth} are true and {of_falsehood} false"),
                format!("have as many of each, give or take one: {questions}"),
            );
        }
        if all.saturating_mul(ONE_IN) > pool.len() && all > 1 {
            report(
                format!(
                    "{all} of {} questions are statements that are true or false (at most a tenth)",
                    pool.len()
                ),
                "ask for more than a coin could answer: make some of them `.single` or `.multiple`"
                    .to_owned(),
            );
        }
    }
}
