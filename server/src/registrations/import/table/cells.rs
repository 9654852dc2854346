//! Cells and rows of a file, within bounds, and why a file cannot be read.

use std::collections::BTreeMap;

use crate::registrations::import::model::{Column, FileNote, MOST_ROWS};

/// The most columns.
const MOST_COLUMNS: usize = 50;
/// The most characters of a cell that are kept: more than any column takes, so that what is too long is still found
/// to be.
const MOST_CHARACTERS: usize = 1_000;

/// Why a file cannot be read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(in crate::registrations::import) enum Unreadable {
    /// It is no table: a picture, a document, an old or locked workbook.
    #[error("not a table")]
    NotATable,
    /// It is a workbook or text that ends too early or is damaged.
    #[error("damaged")]
    Damaged,
    /// A text in an encoding that is not recognised.
    #[error("unknown encoding")]
    Encoding,
    /// Unpacked, it would be too large.
    #[error("too large when unpacked")]
    Unpacked,
    /// It has too many rows.
    #[error("too many rows")]
    Rows,
    /// It has too many columns.
    #[error("too many columns")]
    Columns,
    /// It has no row.
    #[error("empty")]
    Empty,
    /// Columns that have to be there are missing.
    #[error("columns are missing")]
    Missing(Vec<Column>),
    /// Two columns mean the same.
    #[error("a column is there twice")]
    Twice(Column),
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::registrations::import) enum Cell {
    /// A text, or a number as it is written.
    Text(String),
    /// A formula, whatever its value; with the text of one in a text file.
    Formula(String),
    /// A value that is a mistake of the spreadsheet, such as `#REF!`.
    Fault(String),
    /// A text that cannot be a value, and perhaps has other rows in it.
    Broken(Flaw, String),
}

/// Why a text cannot be a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::registrations::import) enum Flaw {
    /// It has a line break.
    LineBreak,
    /// It goes on to this line of the file, so that these lines are one row.
    Lines(u32),
    /// It begins with a quotation mark, and none ends it before the end of the file.
    OpenQuote,
    /// There is more behind the quotation mark that ends it.
    AfterQuote,
}

impl Cell {
    /// A text, shortened, that may have line breaks within or be written like a formula.
    pub(super) fn of_text(text: &str) -> Self {
        let shortened = shortened(text);
        if has_line_break(text) {
            Self::Broken(Flaw::LineBreak, shortened)
        } else if is_like_formula(&shortened) {
            Self::Formula(shortened)
        } else {
            Self::Text(shortened)
        }
    }

    /// A text, shortened, that cannot be a value.
    pub(super) fn broken(flaw: Flaw, text: &str) -> Self {
        Self::Broken(flaw, shortened(text))
    }

    /// What stands in it.
    pub(in crate::registrations::import) fn written(&self) -> &str {
        match self {
            Self::Text(text) | Self::Formula(text) | Self::Fault(text) | Self::Broken(_, text) => {
                text
            }
        }
    }

    fn is_empty(&self) -> bool {
        matches!(self, Self::Text(text) if text.trim().is_empty())
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(MOST_CHARACTERS).collect()
}

/// Whether a text has a line break that is not at its beginning or end.
pub(super) fn has_line_break(text: &str) -> bool {
    let breaks = [
        '\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}',
    ];
    text.trim().contains(breaks)
}

/// Whether a spreadsheet would read the text as a formula (OWASP, “CSV Injection”). A dash alone is nothing.
fn is_like_formula(text: &str) -> bool {
    let text = text.trim_start();
    let has_more = text.chars().any(|c| !"-–—+ ".contains(c));
    has_more && text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

/// The rows of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Rows {
    /// By their numbers: in a workbook as spreadsheets count, in a text the line of the file; rows without anything are left out.
    pub rows: BTreeMap<u32, BTreeMap<usize, Cell>>,
    /// What the organiser is told of how it was read.
    pub notes: Vec<FileNote>,
}

impl Rows {
    pub(super) fn add(&mut self, row: u32, column: usize, cell: Cell) -> Result<(), Unreadable> {
        if cell.is_empty() {
            return Ok(());
        }
        if column >= MOST_COLUMNS {
            return Err(Unreadable::Columns);
        }
        self.rows.entry(row).or_default().insert(column, cell);
        // The header is a row, too.
        if self.rows.len() > MOST_ROWS + 1 {
            return Err(Unreadable::Rows);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_calculate_is_a_formula() {
        for (text, is_formula) in [
            ("=1+1", true),
            (" =HYPERLINK(\"x\")", true),
            ("@SUM(1)", true),
            ("+1", true),
            ("-2", true),
            ("－2", true),
            ("-", false),
            ("–", false),
            ("Anna-Marija", false),
            ("'=1", false),
            ("", false),
        ] {
            assert_eq!(is_like_formula(text), is_formula, "{text}");
        }
    }
}
