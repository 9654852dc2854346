//! Merge conflicts: a file contains two versions of the same lines, with the markers of version control
//! between them.
//!
//! The markers are at the beginning of a line: `<<<<<<<`, `|||||||`, `=======`, `>>>>>>>`. A formatter may
//! have put spaces, a list marker or a quote marker before them; they still count, except for the two that
//! also have other uses, which then have to be inside a conflict. Seven equals signs below a line of text are
//! a heading, so alone they count only where they do not underline text. Code blocks are not exempt: an
//! unresolved conflict looks the same in them.

use std::sync::Arc;

use super::front_matter;
use crate::diagnostic::Diagnostic;
use crate::load::{FileKind, Folder};
use crate::rules::conflict_marker::RULE;
use crate::source::{Source, Span};

/// The kind of a marker line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    /// `<<<<<<<`: our version follows.
    Own,
    /// `|||||||`: the common ancestor follows.
    Base,
    /// `=======`: the other version follows.
    Other,
    /// `>>>>>>>`: the end of the conflict.
    End,
}

impl Mark {
    const ALL: [(Self, &'static str); 4] = [
        (Self::Own, "<<<<<<<"),
        (Self::Base, "|||||||"),
        (Self::Other, "======="),
        (Self::End, ">>>>>>>"),
    ];

    /// The marker of a line, its length, and the rest of the line. Spaces, list markers and quote markers may
    /// precede it.
    fn of(line: &str) -> Option<(Self, usize, &str)> {
        Self::at_start(line.get(before_mark(line.as_bytes())..)?)
    }

    fn at_start(line: &str) -> Option<(Self, usize, &str)> {
        Self::ALL.iter().find_map(|(mark, sign)| {
            let rest = line.strip_prefix(sign)?;
            let rest = rest.trim_start_matches(|c| sign.starts_with(c));
            let is_named = matches!(mark, Self::Own | Self::End)
                && rest.starts_with(|c: char| c.is_alphanumeric());
            let is_mark = rest.is_empty() || is_named || rest.starts_with([' ', '\t']);
            let length = line.len().saturating_sub(rest.len());
            is_mark.then_some((*mark, length, rest.trim()))
        })
    }
}

/// The number of bytes of spaces, list markers and quote markers before a possible marker.
fn before_mark(line: &[u8]) -> usize {
    let mut at = 0_usize;
    loop {
        let rest = line.get(at..).unwrap_or_default();
        if Mark::ALL
            .iter()
            .any(|(_, sign)| rest.starts_with(sign.as_bytes()))
        {
            return at;
        }
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let length = match rest {
            [b' ' | b'\t', ..] | [b'>', b'<' | b'=' | b'|' | b'>', ..] => 1,
            [b'>' | b'-' | b'*' | b'+', b' ' | b'\t', ..] => 2,
            _ if (1..=9).contains(&digits)
                && matches!(rest.get(digits..), Some([b'.' | b')', b' ' | b'\t', ..])) =>
            {
                digits.saturating_add(1)
            }
            _ => return at,
        };
        at = at.saturating_add(length);
    }
}

/// The lengths of the markers in a text: seven, and those of every complete conflict, because the length can
/// be configured in version control.
fn lengths(text: &str) -> Vec<usize> {
    let mut lengths = vec![USUAL_LENGTH];
    let longer: Vec<(Mark, usize)> = text
        .lines()
        .filter_map(Mark::of)
        .map(|(mark, length, _)| (mark, length))
        .filter(|(_, length)| *length != USUAL_LENGTH)
        .collect();
    for (_, length) in &longer {
        let mut marks = longer.iter().filter(|(_, own)| own == length);
        let is_whole = [Mark::Own, Mark::Other, Mark::End]
            .iter()
            .all(|wanted| marks.any(|(mark, _)| mark == wanted));
        if is_whole && !lengths.contains(length) {
            lengths.push(*length);
        }
    }
    lengths
}

/// The default length of markers.
const USUAL_LENGTH: usize = 7;

/// The kind of a text, which decides about ambiguous lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A lesson, a transcript or a glossary, with or without front matter.
    Markdown,
    /// `course.toml`, `course.lock`, `programme.toml`.
    Toml,
    /// Captions and other texts that are copied unchanged.
    Plain,
}

impl Kind {
    /// The kind of a course's file; `None` if it is not text.
    fn of(path: &str) -> Option<Self> {
        match FileKind::of(path) {
            FileKind::Lesson(_) | FileKind::Transcript(_) => Some(Self::Markdown),
            FileKind::Course | FileKind::Lock => Some(Self::Toml),
            FileKind::Asset if is_text(path) => Some(Self::Plain),
            FileKind::Asset | FileKind::Other => None,
        }
    }
}

/// Whether a file in `assets` is a text written by people, by its extension.
pub(crate) fn is_text(path: &str) -> bool {
    const ENDINGS: [&str; 10] = [
        "vtt", "srt", "svg", "txt", "csv", "md", "html", "css", "xml", "json",
    ];
    path.rsplit_once('.').is_some_and(|(_, ending)| {
        ENDINGS
            .iter()
            .any(|known| ending.eq_ignore_ascii_case(known))
    })
}

/// A marker with its line.
#[derive(Clone, Copy, Debug)]
struct Found {
    mark: Mark,
    line: Span,
    /// Whether it follows an opening marker without an end.
    within: bool,
}

/// All markers of a text, in order.
fn marks(text: &str, kind: Kind) -> Vec<Found> {
    if !Mark::ALL.iter().any(|(_, sign)| text.contains(sign)) {
        return Vec::new();
    }
    let body = match kind {
        Kind::Markdown => front_matter::split(text).body.start,
        Kind::Toml => text.len(),
        Kind::Plain => 0,
    };
    let lengths = lengths(text);
    let mut found = Vec::new();
    let mut is_open = false;
    let mut is_code = false;
    let mut is_below_text = false;
    let mut at = 0_usize;
    for whole in text.split_inclusive('\n') {
        let line = whole.trim_end_matches('\n');
        let span = Span::new(at, at.saturating_add(line.len()));
        let is_toml = at < body;
        at = at.saturating_add(whole.len());
        let mark = Mark::of(line).filter(|(_, length, _)| lengths.contains(length));
        let is_indented = mark.is_some() && Mark::at_start(line).is_none();
        if let Some((mark, _, rest)) = mark {
            let counts = match mark {
                Mark::Own | Mark::End => true,
                Mark::Base => is_open || names_a_version(rest),
                Mark::Other if is_open => true,
                Mark::Other => {
                    let is_alone = is_toml || !is_below_text && !is_code;
                    rest.is_empty() && kind != Kind::Plain && is_alone && !is_indented
                }
            };
            if counts {
                found.push(Found {
                    mark,
                    line: span,
                    within: is_open && mark != Mark::Own,
                });
                is_open = mark != Mark::End && (is_open || mark == Mark::Own);
            }
        }
        let words = line.trim_start();
        if words.starts_with("```") || words.starts_with("~~~") {
            is_code = !is_code;
        }
        is_below_text = !is_toml && !words.is_empty();
    }
    found
}

/// Whether this is the name of a common ancestor, and not the rest of an empty table row.
fn names_a_version(rest: &str) -> bool {
    let word = rest.split([' ', ':']).next().unwrap_or_default();
    let is_hash = word.len() >= 7 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    !rest.ends_with('|')
        && (is_hash
            || rest.starts_with("merged common ancestor")
            || rest.starts_with("parent of ")
            || rest == "base")
}

/// Whether a line of these bytes starts like a marker, in any encoding.
pub(crate) fn may_have(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    bytes
        .split(|byte| *byte == b'\n' || *byte == b'\r')
        .any(|line| {
            let line = line.get(before_mark(line)..).unwrap_or_default();
            Mark::ALL
                .iter()
                .any(|(_, sign)| line.starts_with(sign.as_bytes()))
        })
}

/// One error for all markers of a file, at the first of them.
pub(crate) fn find(source: &Source, kind: Kind) -> Option<Diagnostic> {
    let marks = marks(source.text(), kind);
    let (first, rest) = marks.split_first()?;
    if first.mark != Mark::Own || !rest.iter().any(|found| found.within) {
        return Some(
            RULE.at(
                source,
                first.line,
                "this line is left over from two versions that were put together",
            )
            .help(
                "see whether the text around it is whole, and delete the line; in a line that has to say this, other words stand before it",
            ),
        );
    }
    let others = rest.iter().filter(|found| found.mark == Mark::Own).count();
    let message = match others {
        0 => "two versions of the text stand here, of which one was to be chosen".to_owned(),
        1 => "two versions of the text stand here, of which one was to be chosen; so it is at one more place of this file".to_owned(),
        others => format!(
            "two versions of the text stand here, of which one was to be chosen; so it is at {others} more places of this file"
        ),
    };
    let mut diagnostic = RULE.at(source, first.line, message).help(
        if source.path().ends_with("/course.lock") {
            "keep the entries of both versions, delete the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`, and run `course lock`"
        } else {
            "keep what is right of both, and delete the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`"
        },
    );
    for found in rest.iter().take_while(|found| found.within) {
        let what = match found.mark {
            Mark::Own => continue,
            Mark::Base => "what both were made from",
            Mark::Other => "the other version",
            Mark::End => "both end here",
        };
        diagnostic = diagnostic.related(source, found.line, what);
        if found.mark == Mark::End {
            break;
        }
    }
    Some(diagnostic)
}

/// The error for a text with a conflict, and the text to continue with: unchanged, or with only our version,
/// so that no further errors follow from the conflict.
pub(crate) fn take(source: &Arc<Source>, kind: Kind) -> (Option<Diagnostic>, Arc<Source>) {
    let conflict = find(source, kind);
    let read = if conflict.is_none() {
        Arc::clone(source)
    } else {
        let own = own_version(source.text(), kind);
        Arc::new(Source::new(source.path(), own.as_bytes()))
    };
    (conflict, read)
}

/// A text in which only our version is left, with every byte at its place.
fn own_version(text: &str, kind: Kind) -> String {
    let marks = marks(text, kind);
    let mut own = String::with_capacity(text.len());
    let mut next = marks.iter().peekable();
    let mut is_own = true;
    let mut at = 0_usize;
    for line in text.split_inclusive('\n') {
        let mark = next.next_if(|found| found.line.start == at);
        if let Some(found) = mark {
            is_own = !found.within || found.mark == Mark::End;
        }
        if is_own && mark.is_none() {
            own.push_str(line);
        } else {
            own.extend(
                line.bytes()
                    .map(|byte| if byte == b'\n' { '\n' } else { ' ' }),
            );
        }
        at = at.saturating_add(line.len());
    }
    own
}

/// The files of a course that contain markers, by their path in it.
pub(crate) fn files_of(folder: &Folder) -> impl Iterator<Item = &str> {
    folder.files.iter().filter_map(|(path, bytes)| {
        let kind = Kind::of(path)?;
        // Most files contain none, so they are not parsed for this.
        if !may_have(bytes) {
            return None;
        }
        let source = Source::new(path.as_str(), bytes);
        find(&source, kind).map(|_| path.as_str())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, kind: Kind) -> Vec<usize> {
        let source = Source::new("c/lv/01-a.md", text.as_bytes());
        marks(source.text(), kind)
            .iter()
            .map(|found| source.position(found.line.start).line)
            .collect()
    }

    const WHOLE: &str = "a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> other\nd\n";

    #[test]
    fn finds_every_mark_of_a_conflict_in_every_kind_of_text() {
        for kind in [Kind::Markdown, Kind::Toml, Kind::Plain] {
            assert_eq!(lines(WHOLE, kind), [2, 4, 6]);
            assert_eq!(lines(&WHOLE.replace('\n', "\r\n"), kind), [2, 4, 6]);
            let three = WHOLE.replace("=======", "||||||| 1234567\nbase\n=======");
            assert_eq!(lines(&three, kind), [2, 4, 6, 8]);
        }
        assert_eq!(
            lines(&format!("```\n{WHOLE}```\n"), Kind::Markdown),
            [3, 5, 7]
        );
        let longer = WHOLE
            .replace("<<<<<<<", &"<".repeat(14))
            .replace("=======", &"=".repeat(14))
            .replace(">>>>>>>", &">".repeat(14));
        for kind in [Kind::Markdown, Kind::Toml, Kind::Plain] {
            assert_eq!(lines(&longer, kind), [2, 4, 6]);
            let close = WHOLE
                .replace("<<< HEAD", "<<<HEAD")
                .replace(">>> other", ">>>other");
            assert_eq!(lines(&close, kind), [2, 4, 6]);
        }
        assert_eq!(
            lines("<<<<<<<\na\n=======\n>>>>>>>\n", Kind::Markdown),
            [1, 3, 4]
        );
    }

    #[test]
    fn finds_marks_that_were_indented() {
        for before in [
            "  ", "\t", "    ", "> ", "> > ", "- ", "  - ", "* ", "1. ", "12) ", "> - ", "   > ",
        ] {
            let indented = WHOLE
                .lines()
                .flat_map(|line| [before, line, "\n"])
                .collect::<String>();
            for kind in [Kind::Markdown, Kind::Toml, Kind::Plain] {
                assert_eq!(lines(&indented, kind), [2, 4, 6], "{indented}");
                assert!(may_have(indented.as_bytes()), "{indented}");
            }
            let fenced = format!("```text\n{indented}```\n");
            assert_eq!(lines(&fenced, Kind::Markdown), [3, 5, 7], "{fenced}");
        }
        // Only some of its lines.
        for mixed in [
            WHOLE.replace("<<<<<<<", "  <<<<<<<"),
            WHOLE.replace("=======", "  ======="),
            WHOLE.replace(">>>>>>>", "  >>>>>>>"),
        ] {
            assert_eq!(lines(&mixed, Kind::Toml), [2, 4, 6], "{mixed}");
        }
        let own = own_version(
            "- a\n  <<<<<<< HEAD\n  b\n  =======\n  c\n  >>>>>>> x\n",
            Kind::Markdown,
        );
        assert_eq!(own.split_whitespace().collect::<Vec<_>>(), ["-", "a", "b"]);
    }

    #[test]
    fn finds_what_is_left_of_a_conflict() {
        for left in [
            "a\n>>>>>>> other\nb\n",
            "a\n<<<<<<< HEAD\nb\n",
            "a\n||||||| merged common ancestors\nb\n",
            "a\n\n=======\nb\n",
            "+++\nid = \"a\"\n=======\n+++\n",
        ] {
            assert_eq!(lines(left, Kind::Markdown).len(), 1, "{left}");
        }
        assert_eq!(lines("id = 1\n=======\n", Kind::Toml), [2]);
    }

    #[test]
    fn leaves_alone_what_is_no_mark() {
        for text in [
            "Virsraksts\n=======\n\nTeksts.\n",
            "Divas\nrindas\n=======\n",
            " =======\n",
            "- a\n  =======\n",
            "> Virsraksts\n> =======\n",
            "- |||||||\n",
            "> > > > > > > teksts\n",
            "Rinda <<<<<<< HEAD\n",
            "<<<<<<<< a\n>>>>>>>> b\n========\n<<<<<< a\n",
            "| a |||||||\n|---|\n",
            "|||||||\n||||||| a |\n",
            "```\n\n=======\n```\n",
            "teksts <<<<<<< HEAD\n",
        ] {
            assert_eq!(lines(text, Kind::Markdown), [0; 0], "{text}");
        }
        assert_eq!(lines("a\n\n=======\n", Kind::Plain), [0; 0]);
    }

    #[test]
    fn the_own_version_keeps_its_places() {
        let text = "ā\n<<<<<<< HEAD\nb\n||||||| 1234567\nē\n=======\nc\n>>>>>>> other\nd\n";
        let own = own_version(text, Kind::Markdown);
        assert_eq!(own.len(), text.len());
        assert_eq!(own.split_whitespace().collect::<Vec<_>>(), ["ā", "b", "d"]);
        assert_eq!(own.find('d'), text.rfind('d'));
        assert_eq!(own_version("a\n=======\n", Kind::Markdown), "a\n=======\n");
    }
}
