//! `conflict-marker`: a file with an unresolved merge conflict. Found by `parse::conflicts`.

use crate::diagnostic::{Rule, Severity};

pub(crate) const RULE: Rule = Rule {
    code: "conflict-marker",
    severity: Severity::Error,
    page: include_str!("conflict_marker.md"),
};
