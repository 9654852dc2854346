//! `quiz-guessable`: a test that can be passed by guessing.

use super::measures::FEWEST_QUESTIONS;
use crate::course::Course;
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::draft_course::DraftCourse;
use crate::guess;

pub(crate) const RULE: Rule = Rule {
    code: "quiz-guessable",
    severity: Severity::Warning,
    page: include_str!("quiz_guessable.md"),
};

/// Checks a compiled course.
pub(crate) fn report(draft: &DraftCourse, course: &Course) -> Vec<Diagnostic> {
    let limit = draft.meta.guess_limit;
    let mut found = Vec::new();
    for guess in guess::of(course) {
        let file = draft.source_file(guess.test.as_str());
        let Some((file, test)) = file.and_then(|file| Some((file, file.front.test.as_ref()?)))
        else {
            continue;
        };
        if file.questions().count() < FEWEST_QUESTIONS || guess.any_attempt <= limit {
            continue;
        }
        let percent = |share: f64| format!("{:.1}%", share * 100.0);
        let attempts = guess.attempts.map_or_else(
            || "sooner or later in any case, because attempts have no limit".to_owned(),
            |attempts| {
                let any = percent(guess.any_attempt);
                format!("at least one of the {attempts} allowed with {any}")
            },
        );
        let place = test.places.iter().find(|(rule, _)| *rule == "pass");
        found.push(
            RULE.at(
                &file.source,
                place.map_or(test.draw, |(_, place)| *place),
                format!(
                    "in `{}`, somebody who guesses passes an attempt with a chance of {}, and {attempts} (at most {})",
                    guess.language,
                    percent(guess.one_attempt),
                    percent(limit),
                ),
            )
            .help("`course stats --guess` names the questions that are guessed most easily; draw more questions, or ask for more points"),
        );
    }
    found
}
