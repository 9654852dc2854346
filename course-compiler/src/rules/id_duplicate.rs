//! `id-duplicate`: one id for two lessons or two questions of a course, or for two courses.

use crate::diagnostic::{Diagnostic, Location, Related, Rule, Severity};
pub(crate) const RULE: Rule = Rule {
    code: "id-duplicate",
    severity: Severity::Error,
    page: include_str!("id_duplicate.md"),
};

/// The second place of an id.
pub(crate) fn duplicate(location: Location, id: &str, first: Location) -> Diagnostic {
    let mut diagnostic = RULE
        .in_place(location, format!("the id `{id}` is taken"))
        .help("give this one another id; the first keeps its own, because answers are stored under it");
    diagnostic.related.push(Related {
        location: first,
        message: "first used here".to_owned(),
    });
    diagnostic
}
