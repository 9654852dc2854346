//! Removes trailing white space: spaces at line ends, empty lines at the end of a file.
//!
//! White space can be significant: two trailing spaces are a line break, and in code or in a long TOML string
//! every space counts. So the result is parsed again, and if it differs in meaning, less is removed. Letters
//! and the order of keys are never changed.

use crate::load::FileKind;
use crate::parse::{front_matter, tree};

/// The tidy form of a normalised text.
pub(super) fn text(text: &str, kind: FileKind) -> String {
    [without_spaces(text), one_end(text)]
        .into_iter()
        .find(|tidied| says_the_same(tidied, text, kind))
        .unwrap_or_else(|| text.to_owned())
}

/// Without trailing spaces that are not line breaks, and with one final line end.
fn without_spaces(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let line = line.strip_suffix('\n').unwrap_or(line);
        let words = line.trim_end_matches([' ', '\t']);
        let breaks = line.ends_with("  ") && !words.is_empty();
        tidied.push_str(if breaks { line } else { words });
        tidied.push('\n');
    }
    one_end(&tidied)
}

/// With one final line end.
fn one_end(text: &str) -> String {
    let words = text.trim_end_matches('\n');
    if words.is_empty() {
        return String::new();
    }
    format!("{words}\n")
}

/// Whether two texts are parsed to the same.
fn says_the_same(a: &str, b: &str, kind: FileKind) -> bool {
    if a == b {
        return true;
    }
    if kind == FileKind::Course {
        return toml_says_the_same(a, b);
    }
    let (halves_a, halves_b) = (front_matter::split(a), front_matter::split(b));
    let part = |text: &str, span: crate::source::Span| -> String {
        text.get(span.start..span.end)
            .unwrap_or_default()
            .to_owned()
    };
    let fronts = match (halves_a.front, halves_b.front) {
        (Some(front_a), Some(front_b)) => toml_says_the_same(&part(a, front_a), &part(b, front_b)),
        (front_a, front_b) => front_a == front_b,
    };
    let body =
        |text: &str, halves: front_matter::Halves| tree::to_plain_html(&part(text, halves.body));
    let (body_a, body_b) = (body(a, halves_a), body(b, halves_b));
    fronts && halves_a.closed == halves_b.closed && body_a.is_some() && body_a == body_b
}

/// Files that are not valid TOML are never equal, because nothing is known about them.
fn toml_says_the_same(a: &str, b: &str) -> bool {
    let read = |text: &str| text.parse::<toml::Table>().ok();
    let (a, b) = (read(a), read(b));
    a.is_some() && a == b
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Language;
    use proptest::prelude::*;

    fn tidied(before: &str) -> String {
        text(before, FileKind::Lesson(Language::Lv))
    }

    #[test]
    fn spaces_at_line_ends_and_empty_lines_at_the_end_go() {
        assert_eq!(
            tidied("+++ \nid = 1 \n+++\n\na \n \t\n- b\t\n\n\n"),
            "+++\nid = 1\n+++\n\na\n\n- b\n"
        );
        assert_eq!(tidied("a"), "a\n");
        assert_eq!(tidied("\n\n"), "");
    }

    #[test]
    fn spaces_that_mean_something_stay() {
        for same in [
            "a  \nb\n",
            "```\na \n```\n",
            "    a\n      \n    b\n",
            "a\\ \nb\n",
            "+++\na = \"\"\"\nb \n\"\"\"\n+++\n",
        ] {
            assert_eq!(tidied(same), same);
        }
    }

    #[test]
    fn a_file_that_cannot_be_read_as_toml_stays() {
        assert_eq!(text("id = \"a \n", FileKind::Course), "id = \"a \n");
    }

    proptest! {
        #[test]
        fn tidying_twice_changes_nothing_more(text in "(\\+\\+\\+\n|[-#>`*a \t\\\\\n]){0,60}") {
            let once = tidied(&text);
            prop_assert_eq!(tidied(&once), once);
        }
    }
}
