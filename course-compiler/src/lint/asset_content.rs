//! `asset-content`: a picture that is not what its name says, or that browsers do not show.

use std::collections::BTreeSet;

use imagesize::ImageType;

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::draft::MediaKind;
use crate::draft_course::DraftCourse;
use crate::parse::{NodeKind, Target, target};

pub(crate) const RULE: Rule = Rule {
    code: "asset-content",
    severity: Severity::Error,
    page: include_str!("asset_content.md"),
};

/// Looks at every picture and recording once, where it is shown first.
pub(super) fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    if course.assets.is_empty() {
        return;
    }
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for file in course.texts() {
        file.walk(&mut |node| {
            let (NodeKind::Image { url, .. } | NodeKind::Link { url, .. }) = &node.kind else {
                return;
            };
            let Target::File { path, .. } = target(url, &file.path) else {
                return;
            };
            let Some(bytes) = course.assets.get(&path) else {
                return;
            };
            if seen.contains(&path) {
                return;
            }
            let is_picture =
                matches!(node.kind, NodeKind::Image { .. }) && !MediaKind::of(&path).is_recording();
            if let Some((message, help)) = problem(&path, bytes, is_picture) {
                found.push(RULE.at(&file.source, node.span, message).help(help));
            }
            seen.insert(path);
        });
    }
}

/// What is wrong with a file, and what to do.
fn problem(path: &str, bytes: &[u8], is_picture: bool) -> Option<(String, String)> {
    let ending = path
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase())
        .unwrap_or_default();
    let content = Content::of(bytes);
    if matches!(content, Content::Empty | Content::Pointer) {
        return Some((
            format!("the file `{path}` {}", content.words()),
            "put the file itself there".to_owned(),
        ));
    }
    if !is_picture {
        return download(path, &ending, content);
    }
    let expected = match ending.as_str() {
        "png" => Content::Png,
        "jpg" | "jpeg" | "jfif" => Content::Jpeg,
        "gif" => Content::Gif,
        "webp" => Content::WebP,
        "avif" => Content::Avif,
        "svg" => Content::Svg,
        _ => {
            return Some((
                format!("browsers do not show `{path}` as a picture"),
                "save it as PNG, JPEG, WebP, AVIF, GIF or SVG; a download is a link, `[words](path)`"
                    .to_owned(),
            ));
        }
    };
    if content != expected {
        let help = match content.ending() {
            Some(right) => {
                format!("name it `.{right}`, here and in the folder, or save it as the name says")
            }
            None => "save it again as the name says".to_owned(),
        };
        return Some((
            format!(
                "the picture `{path}` {}, not {}",
                content.words(),
                expected.name()
            ),
            help,
        ));
    }
    let is_measured = matches!(
        content,
        Content::Png | Content::Jpeg | Content::Gif | Content::WebP
    );
    (is_measured && imagesize::blob_size(bytes).is_err()).then(|| {
        (
            format!("the picture `{path}` is damaged"),
            "save it again".to_owned(),
        )
    })
}

/// What is wrong with a download or a recording: only what is certainly something else is told, such as the page of a
/// site that asked for a sign-in, saved as the file that was wanted.
fn download(path: &str, ending: &str, content: Content) -> Option<(String, String)> {
    let (expected, name) = match ending {
        "pdf" => (Content::Pdf, "PDF"),
        "docx" | "xlsx" | "pptx" | "odt" | "ods" | "odp" | "epub" | "zip" => (Content::Zip, ending),
        "png" => (Content::Png, "PNG"),
        "jpg" | "jpeg" => (Content::Jpeg, "JPEG"),
        ending if MediaKind::of(path).is_recording() => (Content::Other, ending),
        _ => return None,
    };
    let is_certain = !matches!(content, Content::Text | Content::Other);
    (is_certain && content != expected).then(|| {
        (
            format!("the file `{path}` {}, not {name}", content.words()),
            "save it again, and open it once as those will who download it".to_owned(),
        )
    })
}

/// What a file is by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Content {
    Empty,
    /// What version control keeps in the place of a large file.
    Pointer,
    Png,
    Jpeg,
    Gif,
    WebP,
    Avif,
    Svg,
    Heic,
    Tiff,
    Bmp,
    Pdf,
    Zip,
    Page,
    Text,
    Other,
}

impl Content {
    fn of(bytes: &[u8]) -> Self {
        if bytes.is_empty() {
            return Self::Empty;
        }
        match imagesize::image_type(bytes) {
            Ok(ImageType::Png) => return Self::Png,
            Ok(ImageType::Jpeg) => return Self::Jpeg,
            Ok(ImageType::Gif) => return Self::Gif,
            Ok(ImageType::Webp) => return Self::WebP,
            _ => {}
        }
        let brand = bytes.get(4..12).unwrap_or_default();
        if brand.starts_with(b"ftyp") {
            return match brand.get(4..) {
                Some(b"avif" | b"avis") => Self::Avif,
                Some(b"heic" | b"heix" | b"mif1" | b"hevc") => Self::Heic,
                _ => Self::Other,
            };
        }
        let beginnings: [(&[u8], Self); 6] = [
            (b"II*\0", Self::Tiff),
            (b"MM\0*", Self::Tiff),
            (b"BM", Self::Bmp),
            (b"%PDF", Self::Pdf),
            (b"PK\x03\x04", Self::Zip),
            (b"version https://git-lfs", Self::Pointer),
        ];
        if let Some((_, content)) = beginnings
            .iter()
            .find(|(beginning, _)| bytes.starts_with(beginning))
        {
            return *content;
        }
        // A comment of any length may come before the root of a drawing.
        let Ok(text) = std::str::from_utf8(bytes) else {
            let is_utf16 = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
            return if is_utf16 { Self::Text } else { Self::Other };
        };
        let root = root_element(text);
        match root
            .to_ascii_lowercase()
            .rsplit(':')
            .next()
            .unwrap_or_default()
        {
            "svg" => Self::Svg,
            "html" | "head" | "body" | "title" => Self::Page,
            _ if text
                .trim_start()
                .to_ascii_lowercase()
                .starts_with("<!doctype html") =>
            {
                Self::Page
            }
            _ => Self::Text,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Empty => "an empty file",
            Self::Pointer => "a pointer of Git LFS",
            Self::Png => "PNG",
            Self::Jpeg => "JPEG",
            Self::Gif => "GIF",
            Self::WebP => "WebP",
            Self::Avif => "AVIF",
            Self::Svg => "SVG",
            Self::Heic => "HEIC",
            Self::Tiff => "TIFF",
            Self::Bmp => "BMP",
            Self::Pdf => "PDF",
            Self::Zip => "a ZIP archive",
            Self::Page => "a web page",
            Self::Text => "text",
            Self::Other => "something else",
        }
    }

    fn words(self) -> String {
        match self {
            Self::Empty => "is empty".to_owned(),
            other => format!("is {}", other.name()),
        }
    }

    /// The ending of such pictures.
    const fn ending(self) -> Option<&'static str> {
        match self {
            Self::Png => Some("png"),
            Self::Jpeg => Some("jpg"),
            Self::Gif => Some("gif"),
            Self::WebP => Some("webp"),
            Self::Avif => Some("avif"),
            Self::Svg => Some("svg"),
            _ => None,
        }
    }
}

/// The name of the first element of a text in XML; empty if there is none.
fn root_element(text: &str) -> &str {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        let end = if rest.starts_with("<!--") {
            rest.find("-->").map(|at| at.saturating_add(3))
        } else if rest.starts_with("<?") {
            rest.find("?>").map(|at| at.saturating_add(2))
        } else if rest.starts_with("<!") {
            // Its own declarations stand in square brackets.
            let inner = rest
                .find('[')
                .filter(|open| rest.find('>').is_some_and(|end| *open < end));
            match inner {
                Some(_) => rest.find("]>").map(|at| at.saturating_add(2)),
                None => rest.find('>').map(|at| at.saturating_add(1)),
            }
        } else {
            break;
        };
        let Some(after) = end.and_then(|end| rest.get(end..)) else {
            return "";
        };
        rest = after.trim_start();
    }
    let name = rest.strip_prefix('<').unwrap_or_default();
    let end = name.find(|c: char| c.is_whitespace() || "/>".contains(c));
    name.get(..end.unwrap_or(name.len())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PNG: &[u8] = &[
        0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0,
        2, 0x80, 0, 0, 1, 0xe0, 8, 2, 0, 0, 0,
    ];

    fn said(path: &str, bytes: &[u8]) -> String {
        problem(path, bytes, true).map_or_else(String::new, |(message, _)| message)
    }

    #[test]
    fn pictures_that_are_what_their_names_say_are_let_pass() {
        assert_eq!(said("assets/a.png", PNG), "");
        assert_eq!(said("assets/A.PNG", PNG), "");
        for svg in [
            "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
            "\u{feff}<?xml version=\"1.0\"?>\n<!-- <html> -->\n<!DOCTYPE svg PUBLIC \"a\" \"b\" [ <!ENTITY x \"y\"> ]>\n<svg:svg>",
        ] {
            assert_eq!(said("assets/a.svg", svg.as_bytes()), "", "{svg}");
        }
    }

    #[test]
    fn others_are_told() {
        for (path, bytes, words) in [
            ("assets/a.jpg", PNG, "is PNG, not JPEG"),
            ("assets/a.svg", PNG, "is PNG, not SVG"),
            (
                "assets/a.png",
                b"<!DOCTYPE html><title>404</title>",
                "is a web page, not PNG",
            ),
            ("assets/a.png", b"<svg xmlns='x'/>", "is SVG, not PNG"),
            (
                "assets/a.svg",
                b"<html><svg/></html>",
                "is a web page, not SVG",
            ),
            ("assets/a.png", b"%PDF-1.7", "is PDF, not PNG"),
            (
                "assets/a.jpg",
                b"\0\0\0\x18ftypheic\0\0",
                "is HEIC, not JPEG",
            ),
            ("assets/a.png", b"", "is empty"),
            (
                "assets/a.png",
                b"version https://git-lfs.github.com/spec/v1\noid",
                "Git LFS",
            ),
            ("assets/a.png", PNG.get(..18).unwrap(), "is damaged"),
            ("assets/a.tif", b"II*\0", "do not show"),
            ("assets/a.pdf", b"%PDF-1.7", "do not show"),
            ("assets/a", PNG, "do not show"),
        ] {
            let message = said(path, bytes);
            assert!(message.contains(words), "{path}: {message}");
        }
        assert_eq!(problem("assets/a.pdf", b"%PDF-1.7", false), None);
        assert!(problem("assets/a.mp4", b"", false).is_some());
    }
}
