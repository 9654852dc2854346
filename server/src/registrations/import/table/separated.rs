//! Texts with separators: CSV, and what spreadsheets call “Unicode text”.
//!
//! The encoding is UTF-8, or UTF-16 with a byte order mark, as spreadsheets write them. A text that is neither is read
//! as Windows-1257, in which older programs in Latvia write, but only if it has no other letters than Latvian texts
//! have; the organiser is told, because nothing in the file says so.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1257};

use super::cells::{Cell, Rows, Unreadable};
use crate::registrations::import::model::{Column, FileNote};

/// The separators that are recognised.
const SEPARATORS: [u8; 3] = [b';', b',', b'\t'];

/// Letters and signs beyond ASCII that a Latvian text in Windows-1257 may have.
const LATVIAN: &str = "āčēģīķļņōŗšūžĀČĒĢĪĶĻŅŌŖŠŪŽäöüõéÄÖÜÕÉ„“”‚‘’–—…«»§°€№\u{a0}";

pub(super) fn read(bytes: &[u8]) -> Result<Rows, Unreadable> {
    let (text, note) = decoded(bytes)?;
    let (text, told) = without_told_separator(&text);
    let separator = told.map_or_else(|| separator_of(text), Ok)?;
    let mut rows = Rows::default();
    rows.notes.extend(note);
    let mut reader = reader(text, separator);
    let mut record = csv::StringRecord::new();
    let mut number = u32::from(told.is_some());
    while reader
        .read_record(&mut record)
        .map_err(|_| Unreadable::Damaged)?
    {
        number += 1;
        for (column, text) in record.iter().enumerate() {
            rows.add(number, column, Cell::of_text(text))?;
        }
    }
    Ok(rows)
}

fn reader(text: &str, separator: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes())
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
fn without_told_separator(text: &str) -> (&str, Option<u8>) {
    let Some((first, rest)) = text.split_once('\n') else {
        return (text, None);
    };
    let told = first.trim_end_matches('\r').strip_prefix("sep=");
    let told = told.and_then(|told| {
        SEPARATORS
            .into_iter()
            .find(|known| told.as_bytes() == [*known])
    });
    match told {
        Some(separator) => (rest, Some(separator)),
        None => (text, None),
    }
}

/// The separator by which most columns of the header are known; of several, that which makes most cells.
fn separator_of(text: &str) -> Result<u8, Unreadable> {
    let header = |separator: u8| {
        let mut record = csv::StringRecord::new();
        let is_read = reader(text, separator).read_record(&mut record);
        let known = record
            .iter()
            .filter(|cell| Column::of_header(cell).is_some());
        is_read
            .is_ok_and(|is_read| is_read)
            .then(|| (known.count(), record.len()))
    };
    let mut best = None;
    for separator in SEPARATORS {
        if let Some(found) = header(separator)
            && best.is_none_or(|(other, _)| found > other)
        {
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
    fn rows_and_columns_are_bounded() {
        let long = format!("Vards\n{}", "a\n".repeat(10_000));
        assert_eq!(read(long.as_bytes()), Err(Unreadable::Rows));
        let fits = format!("Vards\n{}", "a\n".repeat(5_000));
        assert_eq!(read(fits.as_bytes()).unwrap().rows.len(), 5_001);
        let wide = "a;".repeat(60);
        assert_eq!(read(wide.as_bytes()), Err(Unreadable::Columns));
    }
}
