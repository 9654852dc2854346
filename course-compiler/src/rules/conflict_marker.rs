//! `conflict-marker`: a file holds two versions of the same lines. `parse::conflicts` finds them.

use crate::diagnostic::{Rule, Severity};

pub(crate) const RULE: Rule = Rule {
    code: "conflict-marker",
    severity: Severity::Error,
    page: include_str!("conflict_marker.md"),
};
