//! `glossary-undefined`: a term that is not defined, or not in every language.

use crate::diagnostic::{Diagnostic, Location, Report, Rule, Severity};
use crate::likeness::nearest;
use crate::model::TermId;
use crate::source::Span;

pub(crate) const RULE: Rule = Rule {
    code: "glossary-undefined",
    severity: Severity::Error,
    page: include_str!("glossary_undefined.md"),
};

/// A term that is not in the glossary.
pub(crate) fn undefined(location: Location, id: &str, known: &[&str]) -> Diagnostic {
    let help = match nearest(id, known) {
        Some(meant) => format!("did you mean `glossary:{meant}`?"),
        None => format!(
            "define it in `glossary/lv.md`: a line with the term and `{{#{id}}}`, then a line that begins with `: `"
        ),
    };
    RULE.in_place(location, format!("the glossary has no term `{id}`"))
        .help(help)
}

/// A term that is not defined in another language.
pub(crate) fn in_one_language(location: Location, id: &TermId) -> Diagnostic {
    let mut diagnostic = RULE
        .in_place(
            location,
            format!("the term `{id}` is defined in one language only"),
        )
        .help("define it under the same id in every file of the glossary");
    diagnostic.severity = Severity::Warning;
    diagnostic
}

/// Content of a glossary that is not a definition.
pub(crate) fn no_definition(report: &mut Report<'_>, span: Span) {
    report.push(
        RULE.at(report.source, span, "this is no definition")
            .help("write the term with its id on one line, `Term {#id}`, and on the next `: ` and what it means"),
    );
}
