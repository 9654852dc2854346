//! `asset-missing`: a picture that is not in the folder of the course.

use super::paths;
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
            let at = |message: String| RULE.at(&file.source, node.span, message);
            found.push(match target(url, &file.path) {
                Target::Outside(_) => at(
                    "pictures and recordings from other sites are not shown".to_owned(),
                )
                .help("put the file into `assets` of the course, if its licence allows"),
                Target::File { path, .. } if course.assets.contains_key(&path) => return,
                Target::File { path, .. } => paths::meant(
                    at(format!("there is no file `{path}` in the course")),
                    course,
                    (file, node, url),
                    &path,
                    "put it there, or correct the path: it counts from the lesson's file, `../assets/…`",
                ),
                Target::Leaves | Target::Term(_) => {
                    at("the path leads out of the course".to_owned())
                        .help("put the picture into `assets` of the course")
                }
                Target::Here { .. } => at("the picture has no path".to_owned())
                    .help("write the path of its file between the parentheses, `../assets/…`"),
                Target::Unsafe => return,
            });
        });
    }
}
