//! Texts with separators: CSV, and what spreadsheets call “Unicode text”.
//!
//! The encoding is UTF-8, or UTF-16 with a byte order mark, as spreadsheets write them. A text that is neither is read
//! as Windows-1257, in which older programs in Latvia write, but only if it has no other letters than Latvian texts
//! have; the organiser is told, because nothing in the file says so.
//!
//! The `csv` crate takes every quotation mark without an error, so that one too many hides the rows behind it. So the
//! cells are read here, and each of them that is not what RFC 4180 allows, or has a line break, is marked.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1257};

use super::cells::{Cell, Flaw, Rows, Unreadable, has_line_break};
use crate::registrations::import::model::{Column, FileNote};

/// The separators that are recognised.
const SEPARATORS: [char; 3] = [';', ',', '\t'];

/// Letters and signs beyond ASCII that a Latvian text in Windows-1257 may have.
const LATVIAN: &str = "āčēģīķļņōŗšūžĀČĒĢĪĶĻŅŌŖŠŪŽäöüõéÄÖÜÕÉ„“”‚‘’–—…«»§°€№\u{a0}";

pub(super) fn read(bytes: &[u8]) -> Result<Rows, Unreadable> {
    let (text, note) = decoded(bytes)?;
    let (text, told) = without_told_separator(&text);
    let separator = told.map_or_else(|| separator_of(text), Ok)?;
    let mut rows = Rows::default();
    rows.notes.extend(note);
    let first_line = 1 + u32::from(told.is_some());
    for (row, column, cell) in Cells::new(text, separator, first_line) {
        rows.add(row, column, cell)?;
    }
    Ok(rows)
}

/// The cells of a text, each with the line in which its row begins and its place in the row.
struct Cells<'a> {
    rest: &'a str,
    separator: char,
    line: u32,
    row: u32,
    column: usize,
}

impl<'a> Cells<'a> {
    const fn new(text: &'a str, separator: char, first_line: u32) -> Self {
        Self {
            rest: text,
            separator,
            line: first_line,
            row: first_line,
            column: 0,
        }
    }

    /// Takes what stands up to the quotation mark that ends it, and whether there is one. Two of them stand for one.
    fn take_quoted(&mut self, text: &mut String) -> bool {
        while let Some((before, after)) = self.rest.split_once('"') {
            text.push_str(before);
            self.rest = after;
            let Some(more) = after.strip_prefix('"') else {
                return true;
            };
            text.push('"');
            self.rest = more;
        }
        text.push_str(self.rest);
        self.rest = "";
        false
    }

    /// Takes what stands up to the separator or the end of the line.
    fn take_plain(&mut self) -> &'a str {
        let ends = [self.separator, '\r', '\n'];
        let end = self.rest.find(ends).unwrap_or(self.rest.len());
        let (plain, rest) = self.rest.split_at(end);
        self.rest = rest;
        plain
    }

    /// Takes the separator or the end of the line.
    fn take_end(&mut self) {
        if let Some(rest) = self.rest.strip_prefix(self.separator) {
            self.rest = rest;
            self.column += 1;
            return;
        }
        let ends = ["\r\n", "\n", "\r"];
        let rest = ends.iter().find_map(|end| self.rest.strip_prefix(end));
        self.rest = rest.unwrap_or_default();
        self.line = self.line.saturating_add(1);
        self.row = self.line;
        self.column = 0;
    }
}

impl Iterator for Cells<'_> {
    type Item = (u32, usize, Cell);

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let (row, column) = (self.row, self.column);
        let mut text = String::new();
        let mut flaw = None;
        if let Some(rest) = self.rest.strip_prefix('"') {
            self.rest = rest;
            let is_closed = self.take_quoted(&mut text);
            self.line = self.line.saturating_add(line_breaks(&text));
            let behind = self.take_plain();
            flaw = if !is_closed {
                Some(Flaw::OpenQuote)
            } else if has_line_break(&text) {
                Some(Flaw::Lines(self.line))
            } else if !behind.trim().is_empty() {
                Some(Flaw::AfterQuote)
            } else {
                None
            };
            text.push_str(behind);
        } else {
            text.push_str(self.take_plain());
        }
        self.take_end();
        let cell = flaw.map_or_else(|| Cell::of_text(&text), |flaw| Cell::broken(flaw, &text));
        Some((row, column, cell))
    }
}

/// How many lines end in a text.
fn line_breaks(text: &str) -> u32 {
    let breaks = text.replace("\r\n", "\n").matches(['\n', '\r']).count();
    u32::try_from(breaks).unwrap_or(u32::MAX)
}

/// The text, and what is told of a guess.
fn decoded(bytes: &[u8]) -> Result<(String, Option<FileNote>), Unreadable> {
    let decoded = |encoding: &'static Encoding, bytes: &[u8]| {
        encoding
            .decode_without_bom_handling_and_without_replacement(bytes)
            .map(std::borrow::Cow::into_owned)
    };
    let (text, note) = if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        (decoded(encoding, rest).ok_or(Unreadable::Damaged)?, None)
    } else if let Some(text) = decoded(UTF_8, bytes) {
        (text, None)
    } else {
        let text = decoded(WINDOWS_1257, bytes).ok_or(Unreadable::NotATable)?;
        check_signs(&text)?;
        if text.chars().any(|c| !c.is_ascii() && !LATVIAN.contains(c)) {
            return Err(Unreadable::Encoding);
        }
        (text, Some(FileNote::new("import-note-windows-1257", "")))
    };
    check_signs(&text)?;
    Ok((text, note))
}

/// Whether it is a text at all: it has no control characters that no text has.
fn check_signs(text: &str) -> Result<(), Unreadable> {
    let is_sign = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}');
    if text.chars().any(is_sign) {
        return Err(Unreadable::NotATable);
    }
    Ok(())
}

/// Excel's first line `sep=;` says the separator.
fn without_told_separator(text: &str) -> (&str, Option<char>) {
    let Some((first, rest)) = text.split_once('\n') else {
        return (text, None);
    };
    let told = first.trim_end_matches('\r').strip_prefix("sep=");
    let told = told.and_then(|told| {
        let mut known = SEPARATORS.into_iter();
        known.find(|known| told.strip_prefix(*known) == Some(""))
    });
    match told {
        Some(separator) => (rest, Some(separator)),
        None => (text, None),
    }
}

/// The separator by which most columns of the header are known; of several, that which makes most cells.
fn separator_of(text: &str) -> Result<char, Unreadable> {
    let text = text.trim_start_matches(['\r', '\n']);
    if text.is_empty() {
        return Err(Unreadable::Empty);
    }
    let header = |separator: char| {
        let mut counts = (0_usize, 0_usize);
        let cells = Cells::new(text, separator, 1);
        for (_, _, cell) in cells.take_while(|(row, _, _)| *row == 1) {
            counts.0 += usize::from(Column::of_header(cell.written()).is_some());
            counts.1 += 1;
        }
        counts
    };
    let mut best = None;
    for separator in SEPARATORS {
        let found = header(separator);
        if best.is_none_or(|(other, _)| found > other) {
            best = Some((found, separator));
        }
    }
    best.map(|(_, separator)| separator)
        .ok_or(Unreadable::Empty)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first_cells(rows: &Rows) -> Vec<(u32, Vec<String>)> {
        let texts = |cells: &std::collections::BTreeMap<usize, Cell>| {
            cells
                .values()
                .map(|cell| match cell {
                    Cell::Text(text) => text.clone(),
                    other => format!("{other:?}"),
                })
                .collect()
        };
        rows.rows
            .iter()
            .map(|(number, cells)| (*number, texts(cells)))
            .collect()
    }

    fn expected() -> Vec<(u32, Vec<String>)> {
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        vec![
            (1, row(["Vārds", "Uzvārds", "E-pasts"])),
            (2, row(["Ķēķā", "Šņoriņa", "k@example.test"])),
        ]
    }

    #[test]
    fn every_usual_encoding_and_separator_is_read() {
        for separator in [";", ",", "\t"] {
            for line_end in ["\r\n", "\n"] {
                let text = ["Vārds|Uzvārds|E-pasts", "Ķēķā|Šņoriņa|k@example.test", ""]
                    .join(line_end)
                    .replace('|', separator);
                let utf16 = |of: fn(u16) -> [u8; 2]| -> Vec<u8> {
                    let marked = format!("\u{feff}{text}");
                    marked.encode_utf16().flat_map(of).collect()
                };
                for (bytes, is_guess) in [
                    (text.clone().into_bytes(), false),
                    (format!("\u{feff}{text}").into_bytes(), false),
                    (utf16(u16::to_le_bytes), false),
                    (utf16(u16::to_be_bytes), false),
                    (WINDOWS_1257.encode(&text).0.into_owned(), true),
                ] {
                    let rows = read(&bytes).unwrap();
                    assert_eq!(first_cells(&rows), expected(), "{separator:?} {bytes:?}");
                    assert_eq!(!rows.notes.is_empty(), is_guess, "{bytes:?}");
                }
            }
        }
    }

    #[test]
    fn other_encodings_and_broken_texts_are_refused() {
        let cyrillic =
            encoding_rs::WINDOWS_1251.encode("Имя;Фамилия;E-mail\r\nАнна;Иванова;a@b.lv");
        assert_eq!(read(&cyrillic.0), Err(Unreadable::Encoding));
        let utf16: Vec<u8> = "\u{feff}Vārds;"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(read(&utf16[..utf16.len() - 1]), Err(Unreadable::Damaged));
        // UTF-16 without a mark has a zero byte in every letter.
        assert_eq!(read(&utf16[2..]), Err(Unreadable::NotATable));
    }

    #[test]
    fn quotes_told_separators_and_formulas_are_understood() {
        let rows = read(b"sep=,\r\nVards,Uzvards,\"E-pasts\"\r\n\"A;, b\",=1+1,-\r\n").unwrap();
        let cells: Vec<_> = rows.rows[&3].values().cloned().collect();
        assert_eq!(
            cells,
            [
                Cell::Text("A;, b".to_owned()),
                Cell::Formula("=1+1".to_owned()),
                Cell::Text("-".to_owned()),
            ]
        );
    }

    #[test]
    fn rows_have_the_number_of_their_line() {
        for line_end in ["\r\n", "\n", "\r"] {
            let lines = ["a;\"b\"", "", "c;\"d", "", "e\";f", "\"g\"\"h\";", "", "i"];
            let rows = read(lines.join(line_end).as_bytes()).unwrap();
            let numbers: Vec<u32> = rows.rows.keys().copied().collect();
            assert_eq!(numbers, [1, 3, 6, 8], "{line_end:?}");
            assert_eq!(rows.rows[&6][&0], Cell::Text("g\"h".to_owned()));
            assert_eq!(rows.rows[&3][&2], Cell::Text("f".to_owned()));
            let text = format!("d{line_end}{line_end}e");
            assert_eq!(rows.rows[&3][&1], Cell::Broken(Flaw::Lines(5), text));
        }
    }

    #[test]
    fn quotes_that_end_nothing_are_marked() {
        for (cell, flaw) in [
            ("\"", Some(Flaw::OpenQuote)),
            ("\"vadī", Some(Flaw::OpenQuote)),
            ("\"vadī\"\"", Some(Flaw::OpenQuote)),
            ("\"vadī\"tāja", Some(Flaw::AfterQuote)),
            ("\"vadī\" \"tāja\"", Some(Flaw::AfterQuote)),
            ("vadī\u{2028}tāja", Some(Flaw::LineBreak)),
            ("\"vadītāja\" ", None),
            ("SIA \"Rīta\"", None),
            ("\"SIA \"\"Rīta\"\"\"", None),
        ] {
            let rows = read(format!("Vārds;Amats\nAnna;{cell}").as_bytes()).unwrap();
            let found = match &rows.rows[&2][&1] {
                Cell::Broken(flaw, _) => Some(*flaw),
                _ => None,
            };
            assert_eq!(found, flaw, "{cell}");
        }
    }

    #[test]
    fn rows_and_columns_are_bounded() {
        let long = format!("Vards\n{}", "a\n".repeat(10_000));
        assert_eq!(read(long.as_bytes()), Err(Unreadable::Rows));
        let fits = format!("Vards\n{}", "a\n".repeat(5_000));
        assert_eq!(read(fits.as_bytes()).unwrap().rows.len(), 5_001);
        let wide = "a;".repeat(60);
        assert_eq!(read(wide.as_bytes()), Err(Unreadable::Columns));
    }
}
