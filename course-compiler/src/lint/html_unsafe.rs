//! `html-unsafe`: raw HTML, and addresses that may run scripts.

use crate::diagnostic::Diagnostic;
use crate::draft_course::DraftCourse;
use crate::parse::{NodeKind, Target, target, url_is_safe};
use crate::rules::html_unsafe::{RULE, address, raw};

pub(super) fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    for file in course.texts() {
        file.walk(&mut |node| match &node.kind {
            NodeKind::Html => found.push(raw(&file.source, node.span)),
            NodeKind::Link { url, .. } | NodeKind::Image { url, .. }
                if target(url, &file.path) == Target::Unsafe =>
            {
                found.push(address(&file.source, node.span));
            }
            _ => {}
        });
        for source in &file.front.sources {
            if let Some(url) = &source.source.url
                && !(url_is_safe(url) && url.contains("://"))
            {
                found.push(
                    RULE.at(&file.source, source.url_span, "this address is not allowed")
                        .help("write a whole address that begins with `https://`"),
                );
            }
        }
    }
}
