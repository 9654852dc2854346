//! `choice-rebound`: an answer that may mean something else under the id of an earlier one. Found by
//! `id-rebound`, which checks all texts with an old id.

use super::excerpts::excerpts;
use crate::diagnostic::{Diagnostic, Location, Rule, Severity};
use crate::draft::DraftFile;
use crate::parse::plain_text;
use crate::question::PartDraft;

pub(crate) const RULE: Rule = Rule {
    code: "choice-rebound",
    severity: Severity::Error,
    page: include_str!("choice_rebound.md"),
};

/// `part` would get the id of one with the text `before`.
pub(crate) fn report(
    file: &DraftFile,
    question: &str,
    part: &PartDraft,
    before: &str,
) -> Diagnostic {
    let location = Location::new(&file.source, part.span);
    let place = format!("{}:{}", location.file, location.start.line);
    let says = if part.public {
        plain_text(&part.nodes)
    } else {
        part.text.clone()
    };
    let (before, after) = excerpts(before, &says);
    RULE.in_place(
        location,
        format!("this said “{before}” before; answers that chose it would count for “{after}”"),
    )
    .help(format!(
        "if it means the same, run `course lock --still-same {place}` (or `{question}` for all of the question); if it \
         is another answer, run `course lock --another {place}`"
    ))
}
