//! `asset-unused`: a file in `assets` that no lesson uses.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Location, Rule, Severity};
use crate::draft_course::DraftCourse;
use crate::parse::{NodeKind, Target, target};

pub(crate) const RULE: Rule = Rule {
    code: "asset-unused",
    severity: Severity::Warning,
    page: include_str!("asset_unused.md"),
};

pub(super) fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    if course.assets.is_empty() {
        return;
    }
    let mut used: BTreeSet<String> = BTreeSet::new();
    for file in course.texts() {
        file.walk(&mut |node| {
            if let NodeKind::Link { url, .. } | NodeKind::Image { url, .. } = &node.kind
                && let Target::File { path, .. } = target(url, &file.path)
            {
                used.extend(course.captions(&path).into_values());
                used.insert(path);
            }
        });
    }
    for path in course.assets.keys().filter(|path| !used.contains(*path)) {
        found.push(
            RULE.in_place(
                Location::file(format!("{}/{path}", course.slug)),
                "no lesson shows this file or links to it",
            )
            .help("use it, or remove it: everybody could open it who knows its address"),
        );
    }
}
