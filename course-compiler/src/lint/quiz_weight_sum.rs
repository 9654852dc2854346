//! `quiz-weight-sum`: weights with a wrong sum.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::draft_course::DraftCourse;
use crate::question::Ticks;

pub(crate) const RULE: Rule = Rule {
    code: "quiz-weight-sum",
    severity: Severity::Warning,
    page: include_str!("quiz_weight_sum.md"),
};

pub(super) fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    for file in course.files() {
        // The weight of a correct typed answer is ignored, which is reported separately.
        let is_typed = |class: &str| matches!(class, "short" | "numeric");
        for question in file
            .questions()
            .filter(|question| !is_typed(&question.class))
        {
            let weights: Vec<f64> = question
                .parts
                .iter()
                .filter(|part| part.ticked)
                .filter_map(|part| part.weight)
                .collect();
            if weights.is_empty() {
                continue;
            }
            let all_given =
                weights.len() == question.parts.iter().filter(|part| part.ticked).count();
            let sum: f64 = weights.iter().sum();
            let one = question.ticks() == Ticks::One;
            if (one || all_given) && (sum - 1.0).abs() > 0.011 {
                found.push(
                    RULE.at(
                        &file.source,
                        question.heading,
                        format!("the weights of the right answers make {:.0}%, not 100%", sum * 100.0),
                    )
                    .help("exactly the right answers earn everything in any case; make the weights add up"),
                );
            }
        }
    }
}
