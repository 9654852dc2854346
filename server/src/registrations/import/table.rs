//! Reads a file into rows of texts, within bounds: XLSX by [`workbook`], everything else as a text with separators by
//! [`separated`]. What a file is, its content decides. Formulas are found and never evaluated.

mod cells;
mod separated;
mod workbook;

use std::collections::BTreeMap;

use cells::Rows;
pub(super) use cells::{Cell, Unreadable};

use super::model::{Column, FileNote};
use crate::http::FileKind;

/// A table with a header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    /// The known columns with their headers as in the file.
    pub columns: BTreeMap<Column, String>,
    /// The rows below the header: number, and the cells of known columns.
    pub rows: Vec<(u32, BTreeMap<Column, Cell>)>,
    /// What the organiser is told of how it was read.
    pub notes: Vec<FileNote>,
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
    let (_, header) = rows.next().ok_or(Unreadable::Empty)?;
    let mut columns = BTreeMap::new();
    let mut places = BTreeMap::new();
    let mut unknown = Vec::new();
    for (place, cell) in header {
        let (Cell::Text(text) | Cell::Formula(text) | Cell::Fault(text)) = cell;
        let header: String = text.trim().chars().take(60).collect();
        match Column::of_header(&header) {
            Some(column) => {
                if columns.insert(column, header).is_some() {
                    return Err(Unreadable::Twice(column));
                }
                places.insert(place, column);
            }
            None => unknown.push(header),
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
        notes.push(FileNote::new(
            "import-note-unknown-columns",
            &unknown.join(", "),
        ));
    }
    let of_known = |(number, cells): (u32, BTreeMap<usize, Cell>)| {
        let cells = cells
            .into_iter()
            .filter_map(|(place, cell)| Some((*places.get(&place)?, cell)));
        (number, cells.collect())
    };
    let rows: Vec<(u32, BTreeMap<Column, Cell>)> = rows
        .map(of_known)
        .filter(|(_, cells): &(u32, BTreeMap<Column, Cell>)| !cells.is_empty())
        .collect();
    if rows.is_empty() {
        return Err(Unreadable::Empty);
    }
    Ok(Table {
        columns,
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
