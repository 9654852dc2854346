//! Targets of links, and which addresses are allowed in a page.

use unicode_normalization::UnicodeNormalization as _;

/// The target of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// Another site, or a mail or telephone program.
    Outside(String),
    /// A heading of the same file.
    Here { anchor: String },
    /// A file of the course, by its path within the course.
    File {
        path: String,
        anchor: Option<String>,
    },
    /// A term of the glossary, by its id.
    Term(String),
    /// A path outside of the course's folder.
    Leaves,
    /// An address that is not allowed in a page.
    Unsafe,
}

/// Whether an address is allowed in a page: a path, or one of four schemes. Others, such as `javascript:` and
/// `data:`, may run scripts.
pub(crate) fn url_is_safe(url: &str) -> bool {
    if url.chars().any(char::is_control) || url.starts_with("//") || url.starts_with('\\') {
        return false;
    }
    match scheme(url) {
        None => true,
        Some(scheme) => ["http", "https", "mailto", "tel"]
            .iter()
            .any(|known| scheme.eq_ignore_ascii_case(known)),
    }
}

/// The term of an address: `glossary:discrimination` → `discrimination`.
pub(crate) fn term_of(url: &str) -> Option<&str> {
    url.strip_prefix("glossary:")
}

/// The snippet of an address: `snippet:contacts` → `contacts`.
pub(crate) fn snippet_id(url: &str) -> Option<&str> {
    url.strip_prefix("snippet:")
}

/// The text before the first colon, unless it is part of a path.
fn scheme(url: &str) -> Option<&str> {
    let (before, _) = url.split_once(':')?;
    (!before.contains(['/', '?', '#'])).then_some(before.trim())
}

/// The target of an address in the file at `from` (a path within the course).
pub(crate) fn target(url: &str, from: &str) -> Target {
    if let Some(id) = term_of(url) {
        return Target::Term(id.to_owned());
    }
    if !url_is_safe(url) {
        return Target::Unsafe;
    }
    if scheme(url).is_some() {
        return Target::Outside(url.to_owned());
    }
    let (path, anchor) = match url.split_once('#') {
        Some((path, anchor)) => (path, Some(decoded(anchor).nfc().collect())),
        None => (url, None),
    };
    if path.is_empty() {
        return Target::Here {
            anchor: anchor.unwrap_or_default(),
        };
    }
    if path.starts_with('/') {
        return Target::Leaves;
    }
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<String> = folder
        .split('/')
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect();
    for part in path.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => {
                if parts.pop().is_none() {
                    return Target::Leaves;
                }
            }
            // Some systems keep names in another form of Unicode than keyboards write.
            name => parts.push(decoded(name).nfc().collect()),
        }
    }
    Target::File {
        path: parts.join("/"),
        anchor,
    }
}

/// Percent-encoded bytes decoded; the text itself if they are not UTF-8.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let pair: Option<(u8, u8)> = rest.next().zip(rest.next());
        let value = pair.and_then(|(high, low)| {
            let digit = |byte: u8| {
                char::from(byte)
                    .to_digit(16)
                    .and_then(|digit| u8::try_from(digit).ok())
            };
            Some(digit(high)?.wrapping_mul(16).wrapping_add(digit(low)?))
        });
        match value {
            Some(value) => bytes.push(value),
            None => return text.to_owned(),
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_and_four_schemes_are_safe() {
        for url in [
            "https://likumi.lv",
            "HTTP://a",
            "mailto:a@b.lv",
            "tel:+371",
            "02-b.md",
            "#a",
            "a/b:c",
            "?a:b",
        ] {
            assert!(url_is_safe(url), "{url}");
        }
        for url in [
            "javascript:alert(1)",
            "JavaScript:x",
            " javascript:x",
            "data:text/html,x",
            "vbscript:x",
            "//evil",
            "java\nscript:x",
            "file:///etc",
        ] {
            assert!(!url_is_safe(url), "{url}");
        }
    }

    #[test]
    fn paths_count_from_the_file_and_stay_within_the_course() {
        let file = |path: &str| Target::File {
            path: path.to_owned(),
            anchor: None,
        };
        assert_eq!(target("02-b.md", "lv/01-a.md"), file("lv/02-b.md"));
        assert_eq!(
            target("../assets/a%20b.png", "lv/01-a.md"),
            file("assets/a b.png")
        );
        assert_eq!(target("../../other/x.md", "lv/01-a.md"), Target::Leaves);
        assert_eq!(target("/etc/passwd", "lv/01-a.md"), Target::Leaves);
        assert_eq!(
            target("#%C4%81", "lv/01-a.md"),
            Target::Here {
                anchor: "ā".to_owned()
            }
        );
    }
}
