//! `asset-heavy`: a picture that is larger than a page should carry.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::draft::MediaKind;
use crate::draft_course::DraftCourse;
use crate::parse::{NodeKind, Target, target};

pub(crate) const RULE: Rule = Rule {
    code: "asset-heavy",
    severity: Severity::Warning,
    page: include_str!("asset_heavy.md"),
};

/// The size of a picture that a slow connection takes in a second or two.
const MOST_BYTES: usize = 500 * 1024;

/// The width and height that no screen needs for a picture within a text.
const MOST_PIXELS: usize = 4000;

pub(super) fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    if course.assets.is_empty() {
        return;
    }
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for file in course.texts() {
        file.walk(&mut |node| {
            let NodeKind::Image { url, .. } = &node.kind else {
                return;
            };
            let Target::File { path, .. } = target(url, &file.path) else {
                return;
            };
            let Some(bytes) = course.assets.get(&path) else {
                return;
            };
            if MediaKind::of(&path).is_recording() || seen.contains(&path) {
                return;
            }
            found.extend(
                problem(&path, bytes)
                    .map(|(message, help)| RULE.at(&file.source, node.span, message).help(help)),
            );
            seen.insert(path);
        });
    }
}

fn problem(path: &str, bytes: &[u8]) -> Option<(String, &'static str)> {
    if bytes.len() > MOST_BYTES {
        let kilobytes = bytes.len().div_ceil(1024);
        return Some((
            format!(
                "the picture `{path}` has {kilobytes} KiB; pages load slowly with more than {}",
                MOST_BYTES / 1024
            ),
            "save a photograph as JPEG or WebP, 1600 pixels wide; a drawing as SVG without pictures in it",
        ));
    }
    let size = imagesize::blob_size(bytes).ok()?;
    (size.width > MOST_PIXELS || size.height > MOST_PIXELS).then(|| {
        (
            format!(
                "the picture `{path}` is {} × {} pixels; no page shows more than {MOST_PIXELS}",
                size.width, size.height
            ),
            "save it smaller; 1600 pixels of width are enough",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32, bytes: usize) -> Vec<u8> {
        let mut png = vec![0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13];
        png.extend(b"IHDR");
        png.extend(width.to_be_bytes());
        png.extend(height.to_be_bytes());
        png.extend([8, 2, 0, 0, 0]);
        png.resize(bytes.max(png.len()), 0);
        png
    }

    #[test]
    fn large_pictures_are_told() {
        assert_eq!(problem("a.png", &png(1600, 900, MOST_BYTES)), None);
        let heavy = problem("a.png", &png(1600, 900, MOST_BYTES + 1)).unwrap();
        assert!(heavy.0.contains("501 KiB"), "{}", heavy.0);
        let wide = problem("a.png", &png(4001, 10, 0)).unwrap();
        assert!(wide.0.contains("4001 × 10"), "{}", wide.0);
        assert!(problem("a.svg", &vec![b' '; MOST_BYTES + 1]).is_some());
    }
}
