//! A source file in memory: its text with normalised line ends, places in it, and the mapping to the original
//! bytes.
//!
//! All phases work on the normalised text: UTF-8 without a byte order mark, lines ending in LF. Spans are byte
//! ranges of that text; lines and columns count from 1, columns in characters.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A byte range of a normalised text.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// The range from `start` up to, but not including, `end`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The span moved by `offset` bytes.
    #[must_use]
    pub const fn moved(self, offset: usize) -> Self {
        Self::new(
            self.start.saturating_add(offset),
            self.end.saturating_add(offset),
        )
    }

    /// Whether `other` is inside.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

impl From<std::ops::Range<usize>> for Span {
    fn from(range: std::ops::Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// A place as line and column, both counted from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column, in characters.
    pub column: usize,
}

/// The number of bytes between two stored character counts.
const STRIDE: usize = 4096;

/// The number of characters that start in these bytes of a text.
fn begun(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

/// A source file.
#[derive(Clone, Debug)]
pub struct Source {
    path: String,
    text: String,
    line_starts: Vec<usize>,
    /// The number of characters before each [`STRIDE`] bytes, so that a column in a very long line is not
    /// counted from the beginning of the line.
    characters: Vec<usize>,
    /// The number of bytes of the byte order mark.
    mark: usize,
    /// The dropped carriage returns: (offset in the text, number of bytes dropped up to there).
    dropped: Vec<(usize, usize)>,
    valid: bool,
    /// Of a text that was put together of several files, where it comes from, in order.
    pieces: Arc<[Piece]>,
}

/// A piece of a text that was put together of several files. It ends where the next one begins.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    /// Where it begins in the text.
    pub(crate) start: usize,
    /// The file that it comes from.
    pub(crate) source: Arc<Source>,
    /// Where it begins there.
    pub(crate) offset: usize,
    /// How many bytes were copied. Of a piece that was added, such as the sign of a quote, none were.
    pub(crate) length: usize,
}

impl Piece {
    fn at(&self, offset: usize) -> usize {
        let within = offset.saturating_sub(self.start).min(self.length);
        self.offset.saturating_add(within)
    }
}

/// Where a span of a text that was put together comes from.
#[derive(Clone, Debug)]
pub(crate) struct Origin {
    pub(crate) source: Arc<Source>,
    pub(crate) span: Span,
    /// If it comes from another file than the text as a whole: the place in that one that stands for it.
    pub(crate) by_way_of: Option<(Arc<Source>, Span)>,
}

impl Source {
    /// Reads a file's bytes. CR LF and CR become LF, and a byte order mark is removed; invalid UTF-8 becomes
    /// U+FFFD, and [`Source::is_valid_utf8`] returns `false`.
    #[must_use]
    pub fn new(path: impl Into<String>, bytes: &[u8]) -> Self {
        let decoded = String::from_utf8_lossy(bytes);
        let valid = matches!(decoded, std::borrow::Cow::Borrowed(_));
        let mut text = String::with_capacity(decoded.len());
        let mut dropped = Vec::new();
        let raw = decoded.strip_prefix('\u{feff}').unwrap_or(&decoded);
        let mark = decoded.len().saturating_sub(raw.len());
        let mut dropped_bytes = mark;
        let mut lines = raw.split('\r');
        text.push_str(lines.next().unwrap_or_default());
        for line in lines {
            if line.starts_with('\n') {
                dropped_bytes = dropped_bytes.saturating_add(1);
                dropped.push((text.len(), dropped_bytes));
            } else {
                text.push('\n');
            }
            text.push_str(line);
        }
        let line_starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at.saturating_add(1)))
            .collect();
        let characters = text
            .as_bytes()
            .chunks(STRIDE)
            .scan(0_usize, |sum, bytes| {
                let before = *sum;
                *sum = sum.saturating_add(begun(bytes));
                Some(before)
            })
            .collect();
        Self {
            path: path.into(),
            text,
            line_starts,
            characters,
            mark,
            dropped,
            valid,
            pieces: Arc::default(),
        }
    }

    /// A text that was put together: that of `original` with pieces of other files in it.
    pub(crate) fn assembled(original: &Self, text: &str, pieces: Vec<Piece>) -> Self {
        Self {
            valid: original.valid,
            pieces: pieces.into(),
            ..Self::new(original.path.clone(), text.as_bytes())
        }
    }

    /// Whether this is a text that was put together of several files.
    pub(crate) fn is_assembled(&self) -> bool {
        !self.pieces.is_empty()
    }

    /// The files that a text was put together of.
    pub(crate) fn files(&self) -> impl Iterator<Item = &Arc<Self>> {
        self.pieces.iter().map(|piece| &piece.source)
    }

    /// Where a span comes from; `None` if the text was not put together.
    pub(crate) fn origin(&self, span: Span) -> Option<Origin> {
        let first = self.piece_at(span.start)?;
        let piece = self.pieces.get(first)?;
        let origin = |first: usize, from: usize, to: usize| {
            let piece = self.pieces.get(first)?;
            let is_same = |other: &&Piece| other.source.path == piece.source.path;
            let start = piece.at(from);
            let mut end = start;
            let mut last = first;
            for (at, other) in (first..).zip(self.pieces.get(first..)?) {
                if other.start >= to && at > first {
                    break;
                }
                last = at;
                if is_same(&other) {
                    end = end.max(other.at(to));
                }
            }
            // What stands in the file for the last piece is a part of the place.
            let last = self
                .pieces
                .get(last)
                .filter(|last| !is_same(last) || last.length == 0);
            if let Some(last) = last {
                let mut after = self.pieces.iter().filter(is_same);
                let next = after.find(|other| other.start > last.start && other.length > 0);
                end = end.max(next.map_or(end, |next| next.offset));
            }
            Some((Arc::clone(&piece.source), Span::new(start, end)))
        };
        let (source, found) = origin(first, span.start, span.end)?;
        let by_way_of = if piece.source.path == self.path {
            None
        } else {
            let before = self.pieces.get(..first)?;
            let own = before
                .iter()
                .rposition(|other| other.source.path == self.path);
            own.and_then(|own| {
                let start = self.pieces.get(own)?;
                let end = start.start.saturating_add(start.length);
                origin(own, end, end.saturating_add(1))
            })
        };
        Some(Origin {
            source,
            span: found,
            by_way_of,
        })
    }

    /// The file and the span that a span was copied from, as a whole.
    pub(crate) fn copied_from(&self, span: Span) -> Option<(&Self, Span)> {
        let piece = self.pieces.get(self.piece_at(span.start)?)?;
        let end = piece.start.saturating_add(piece.length);
        (span.end <= end).then(|| {
            let span = Span::new(piece.at(span.start), piece.at(span.end));
            (&*piece.source, span)
        })
    }

    fn piece_at(&self, offset: usize) -> Option<usize> {
        let after = self.pieces.partition_point(|piece| piece.start <= offset);
        after.checked_sub(1)
    }

    /// The path from the folder of courses, with `/`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The same text under another path.
    #[must_use]
    pub fn renamed(&self, path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            ..self.clone()
        }
    }

    /// The normalised text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether the file was valid UTF-8.
    #[must_use]
    pub const fn is_valid_utf8(&self) -> bool {
        self.valid
    }

    /// The text of a span; empty if the span is not inside this text.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    /// The number of characters that start before the byte at `offset`.
    fn characters_before(&self, offset: usize) -> usize {
        let stride = offset / STRIDE;
        let counted = self.characters.get(stride).copied().unwrap_or_default();
        let rest = stride.saturating_mul(STRIDE)..offset;
        let rest = self.text.as_bytes().get(rest).unwrap_or_default();
        counted.saturating_add(begun(rest))
    }

    /// The position of the byte at `offset`.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.line_starts.partition_point(|start| *start <= offset);
        let start = self
            .line_starts
            .get(line.saturating_sub(1))
            .copied()
            .unwrap_or_default();
        let column = self
            .characters_before(offset)
            .saturating_sub(self.characters_before(start));
        Position {
            line,
            column: column.saturating_add(1),
        }
    }

    /// The offset in the original bytes, for editing the file.
    #[must_use]
    pub fn original_offset(&self, offset: usize) -> usize {
        let before = self.dropped.partition_point(|(at, _)| *at < offset);
        let dropped = before
            .checked_sub(1)
            .and_then(|index| self.dropped.get(index))
            .map_or(self.mark, |(_, bytes)| *bytes);
        offset.saturating_add(dropped)
    }

    /// The line end of the file's first line, for lines that are added.
    #[must_use]
    pub fn line_end(&self) -> &'static str {
        let first = self.line_starts.get(1).and_then(|at| at.checked_sub(1));
        match (first, self.dropped.first()) {
            (Some(first), Some((at, _))) if first == *at => "\r\n",
            _ => "\n",
        }
    }
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let source = Source::new("lv/01.md", "Ķirsis ēd\n\tšūna 🍒 x".as_bytes());
        let at = |needle: &str| source.position(source.text().find(needle).unwrap());
        assert_eq!(at("ēd"), Position { line: 1, column: 8 });
        assert_eq!(at("šūna"), Position { line: 2, column: 2 });
        assert_eq!(at("x"), Position { line: 2, column: 9 });
        assert_eq!(
            source.position(9999),
            Position {
                line: 2,
                column: 10
            }
        );
    }

    #[test]
    fn line_ends_become_one_and_offsets_lead_back() {
        let raw = "\u{feff}a\r\nb\rc\n\r\nd";
        let source = Source::new("x.md", raw.as_bytes());
        assert_eq!(source.text(), "a\nb\nc\n\nd");
        for needle in ["a", "b", "c", "d"] {
            let offset = source.text().find(needle).unwrap();
            let original = source.original_offset(offset);
            assert_eq!(&raw[original..=original], needle);
        }
        assert_eq!(source.position(4).line, 3);
    }

    #[test]
    fn bytes_that_are_no_text_are_told() {
        let source = Source::new("x.md", b"a\xff\xfeb");
        assert!(!source.is_valid_utf8());
        assert_eq!(source.text(), "a\u{fffd}\u{fffd}b");
    }
}
