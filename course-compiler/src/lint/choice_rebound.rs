//! `choice-rebound`: a choice rewritten so much that only its place tells which one it was.

use super::Rule;
use crate::diagnostic::{Diagnostic, Severity};
use crate::draft::{DraftFile, PartDraft};

pub(crate) const RULE: Rule = Rule {
    code: "choice-rebound",
    severity: Severity::Warning,
    page: include_str!("choice_rebound.md"),
    check: None,
};

/// `part` took over the id of a choice that said `before`.
pub(crate) fn report(file: &DraftFile, part: &PartDraft, before: &str) -> Diagnostic {
    RULE.at(
        &file.source,
        part.span,
        format!("this said “{before}” before; answers that chose it now count for “{}”", part.text),
    )
    .help("if the meaning is the same, run `course lock`; if not, delete the old text's line from course.lock first")
}
