//! `feedback-repeats-verdict`: feedback that starts with the verdict that the page shows above it.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::draft_course::DraftCourse;
use crate::parse::plain_text;

pub(crate) const RULE: Rule = Rule {
    code: "feedback-repeats-verdict",
    severity: Severity::Warning,
    page: include_str!("feedback_repeats_verdict.md"),
};

/// The verdicts that the page shows, in lower case.
const VERDICTS: &[&str] = &[
    "pareizi",
    "pareiza atbilde",
    "nepareizi",
    "nepareiza atbilde",
    "aplami",
    "daļēji pareizi",
    "correct",
    "incorrect",
    "that is correct",
    "that's correct",
    "right",
    "that is right",
    "that's right",
    "wrong",
    "not correct",
    "partly correct",
];

/// The verdict at the beginning of a text, if nothing else precedes the first punctuation mark.
fn repeats(feedback: &str) -> Option<&str> {
    let said = feedback.trim_start();
    let end = said.find(['.', ',', '!', ':', ';', '–', '—', '-']);
    let first = end
        .map_or(said, |end| said.get(..end).unwrap_or(said))
        .trim();
    VERDICTS
        .contains(&first.to_lowercase().as_str())
        .then_some(first)
}

pub(super) fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    for file in course.files() {
        for question in file.questions() {
            for part in question
                .parts
                .iter()
                .filter(|part| !part.feedback.is_empty())
            {
                let feedback = plain_text(&part.feedback);
                let Some(said) = repeats(&feedback) else {
                    continue;
                };
                let place = part.feedback.first().map_or(part.span, |node| node.span);
                found.push(
                    RULE.at(
                        &file.source,
                        place,
                        format!("the page says “{said}” itself, above the feedback"),
                    )
                    .help("begin with the reason: why this answer is right or wrong"),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verdict_is_told_from_a_reason() {
        for feedback in [
            "Pareizi.",
            "Pareizi, jo tā ir.",
            "Nepareizi – tā nav",
            "Correct!",
            "Right: the employer.",
        ] {
            assert!(repeats(feedback).is_some(), "{feedback}");
        }
        for feedback in [
            "Pareizi ir tas, kas palīdz.",
            "Right to appeal: one month.",
            "Jā, tā ir.",
            "",
        ] {
            assert!(repeats(feedback).is_none(), "{feedback}");
        }
    }
}
