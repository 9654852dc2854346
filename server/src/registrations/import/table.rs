//! Reads a file into rows of texts, within bounds: XLSX by [`workbook`], everything else as a text with separators by
//! [`separated`]. What a file is, its content decides. Formulas are found and never evaluated.

mod cells;
mod separated;
mod workbook;

use std::collections::BTreeMap;

use cells::Rows;
pub(super) use cells::{Cell, Flaw, Unreadable};

use super::model::{Column, FileNote};
use crate::http::FileKind;

/// A table with a header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    /// The known columns with their headers as in the file.
    pub columns: BTreeMap<Column, String>,
    /// The number of the header's row, and its cells that may have other rows in them.
    pub broken_headers: (u32, Vec<Broken>),
    /// The rows below the header.
    pub rows: Vec<Row>,
    /// What the organiser is told of how it was read.
    pub notes: Vec<FileNote>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// Its number.
    pub number: u32,
    /// The cells of known columns.
    pub cells: BTreeMap<Column, Cell>,
    /// Cells of other columns that may have other rows in them.
    pub broken: Vec<Broken>,
}

impl Row {
    /// Whether a cell cannot be a value.
    pub(super) fn is_broken(&self) -> bool {
        let is_broken = |cell: &Cell| matches!(cell, Cell::Broken(..));
        !self.broken.is_empty() || self.cells.values().any(is_broken)
    }
}

/// A cell that may have other rows in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Broken {
    /// The header of its column; empty if it has none.
    pub header: String,
    /// Why it cannot be a value.
    pub flaw: Flaw,
    /// What stands there.
    pub text: String,
}

impl Broken {
    /// `None` for a cell of a workbook: where it ends is certain.
    fn of(header: &str, cell: &Cell) -> Option<Self> {
        match cell {
            Cell::Text(_)
            | Cell::Formula(_)
            | Cell::Fault(_)
            | Cell::Broken(Flaw::LineBreak, _) => None,
            Cell::Broken(flaw, text) => Some(Self {
                header: header.to_owned(),
                flaw: *flaw,
                text: text.clone(),
            }),
        }
    }
}

/// Reads a file.
///
/// # Errors
/// Why it cannot be read.
pub(super) fn read(bytes: &[u8]) -> Result<Table, Unreadable> {
    let is_archive = bytes.starts_with(b"PK");
    let rows = match FileKind::of(bytes) {
        FileKind::Pdf | FileKind::Jpeg | FileKind::Png => return Err(Unreadable::NotATable),
        _ if is_archive => workbook::read(bytes)?,
        _ => separated::read(bytes)?,
    };
    with_header(rows)
}

fn with_header(rows: Rows) -> Result<Table, Unreadable> {
    let Rows { rows, mut notes } = rows;
    let mut rows = rows.into_iter();
    let (header_row, header) = rows.next().ok_or(Unreadable::Empty)?;
    let mut columns = BTreeMap::new();
    let mut places = BTreeMap::new();
    let mut unknown = BTreeMap::new();
    let mut broken_headers = Vec::new();
    for (place, cell) in header {
        let header: String = cell.written().trim().chars().take(60).collect();
        broken_headers.extend(Broken::of(&header, &cell));
        match Column::of_header(&header) {
            Some(column) => {
                if columns.insert(column, header).is_some() {
                    return Err(Unreadable::Twice(column));
                }
                places.insert(place, column);
            }
            None => {
                unknown.insert(place, header);
            }
        }
    }
    let missing: Vec<Column> = Column::NEEDED
        .into_iter()
        .filter(|column| !columns.contains_key(column))
        .collect();
    if !missing.is_empty() {
        return Err(Unreadable::Missing(missing));
    }
    if !unknown.is_empty() {
        let names: Vec<&str> = unknown.values().map(String::as_str).collect();
        notes.push(FileNote::new(
            "import-note-unknown-columns",
            &names.join(", "),
        ));
    }
    let of_known = |(number, cells): (u32, BTreeMap<usize, Cell>)| {
        let mut row = Row {
            number,
            cells: BTreeMap::new(),
            broken: Vec::new(),
        };
        for (place, cell) in cells {
            if let Some(column) = places.get(&place) {
                row.cells.insert(*column, cell);
            } else {
                let header = unknown.get(&place).map_or("", String::as_str);
                row.broken.extend(Broken::of(header, &cell));
            }
        }
        row
    };
    let rows: Vec<Row> = rows
        .map(of_known)
        .filter(|row| !row.cells.is_empty() || !row.broken.is_empty())
        .collect();
    if rows.is_empty() {
        return Err(Unreadable::Empty);
    }
    Ok(Table {
        columns,
        broken_headers: (header_row, broken_headers),
        rows,
        notes,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_table_is_refused() {
        for (bytes, why) in [
            (&b"%PDF-1.7\n"[..], Unreadable::NotATable),
            (
                b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
                Unreadable::NotATable,
            ),
            (
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0",
                Unreadable::NotATable,
            ),
            (b"a\0b", Unreadable::NotATable),
            (b"PK\x03\x04 and nothing else", Unreadable::Damaged),
            (b"", Unreadable::Empty),
            (b"\r\n\r\n", Unreadable::Empty),
        ] {
            assert_eq!(read(bytes), Err(why), "{bytes:?}");
        }
    }
}
