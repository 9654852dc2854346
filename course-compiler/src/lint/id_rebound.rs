//! `id-rebound`: a different lesson or question with an old id.

use super::excerpts::excerpts;
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::doubts::{Doubt, DoubtKind, doubts};
use crate::draft_course::DraftCourse;
use crate::html::put;
use crate::lock::What;

pub(crate) const RULE: Rule = Rule {
    code: "id-rebound",
    severity: Severity::Error,
    page: include_str!("id_rebound.md"),
};

/// Whether a rule is only about answers given before, which do not exist in a preview.
pub(crate) fn is_about_answers(code: &str) -> bool {
    code == RULE.code || code == super::choice_rebound::RULE.code
}

pub(super) fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    for doubt in doubts(course)
        .iter()
        .filter(|doubt| doubt.decision.is_none())
    {
        found.push(match &doubt.kind {
            DoubtKind::Whole(rebound) => whole(doubt, rebound),
            DoubtKind::Part(part, before) => {
                super::choice_rebound::report(doubt.file, doubt.id, part, before)
            }
        });
    }
}

fn whole(doubt: &Doubt<'_>, rebound: &crate::lock::Rebound) -> Diagnostic {
    let id = doubt.id;
    let (before, after) = excerpts(&rebound.before, &rebound.after);
    let (what, was, counts) = match rebound.what {
        What::Lesson => ("lesson", "was", "who read it then counts as having read"),
        What::Title => ("question", "asked", "answers given then count for"),
        What::Prompt => (
            "question",
            "said below its heading",
            "answers given then count for",
        ),
        What::Answers => (
            "question",
            "had the answers",
            "answers given then count for",
        ),
    };
    let mut message = format!("`{id}` {was} “{before}” before; {counts} “{after}”");
    if let Some(twin) = &rebound.twin {
        put!(message, ", which was `{twin}`");
    }
    let other = match &rebound.twin {
        Some(twin) => format!("take the id `{twin}` back"),
        None if rebound.what == What::Answers => format!(
            "give it an id that was never used, or, if only its answers are others, run `course lock --another {id}`"
        ),
        None => format!("give the {what} an id that was never used"),
    };
    RULE.at(&doubt.file.source, doubt.at, message).help(format!(
        "if it is the same {what} in other words, run `course lock --still-same {id}`; if it is another, {other}"
    ))
}
