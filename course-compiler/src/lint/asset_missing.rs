//! `asset-missing`: a picture that is not in the folder of the course.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::draft_course::DraftCourse;
use crate::parse::{NodeKind, Target, target};

pub(crate) const RULE: Rule = Rule {
    code: "asset-missing",
    severity: Severity::Error,
    page: include_str!("asset_missing.md"),
};

pub(super) fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    for file in course.texts() {
        file.walk(&mut |node| {
            let NodeKind::Image { url, .. } = &node.kind else {
                return;
            };
            let (message, help) = match target(url, &file.path) {
                Target::Outside(_) => (
                    "pictures and recordings from other sites are not shown".to_owned(),
                    "put the file into `assets` of the course, if its licence allows".to_owned(),
                ),
                Target::File { path, .. } if course.assets.contains_key(&path) => return,
                Target::File { path, .. } => (
                    format!("there is no file `{path}` in the course"),
                    "put it there, or correct the path: it counts from the lesson's file, `../assets/…`".to_owned(),
                ),
                Target::Leaves | Target::Term(_) => (
                    "the path leads out of the course".to_owned(),
                    "put the picture into `assets` of the course".to_owned(),
                ),
                Target::Here { .. } | Target::Unsafe => return,
            };
            found.push(RULE.at(&file.source, node.span, message).help(help));
        });
    }
}
