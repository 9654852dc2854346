//! Workbooks: the first visible sheet of an XLSX file.
//!
//! A workbook is an archive, and a small one can unpack to gigabytes. So its directory is looked at first, then what
//! is needed of it is really unpacked, counted, up to a bound, and put into an archive that is not compressed; only
//! that is given to the reader. Left out are the styles, which an import does not need: a small file can name one long
//! style thousands of times, and the reader copies it each time. The number of texts that a workbook announces is
//! checked, because the reader reserves memory for as many. Cells are read one after another: the reader's other ways
//! would make a table of every cell between the first and the last.

use std::io::{Cursor, Read as _, Write as _};

use calamine::{DataRef, Reader as _, SheetType, SheetVisible, Xlsx};
use quick_xml::events::Event;
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::cells::{Cell, Rows, Unreadable};
use crate::registrations::import::model::FileNote;

/// The most bytes of a workbook when unpacked: five thousand rows need a tenth.
const MOST_UNPACKED: u64 = 32 * 1024 * 1024;
/// The most files in the archive.
const MOST_FILES: usize = 500;

/// Reads the first visible sheet.
pub(super) fn read(bytes: &[u8]) -> Result<Rows, Unreadable> {
    let unpacked = unpacked(bytes, MOST_UNPACKED)?;
    let mut book = Xlsx::new(Cursor::new(unpacked)).map_err(|_| Unreadable::Damaged)?;
    let sheets: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect();
    let first = sheets.first().ok_or(Unreadable::Empty)?;
    let mut rows = Rows::default();
    if sheets.len() > 1 {
        rows.notes
            .push(FileNote::new("import-note-first-sheet", first));
    }
    let mut cells = book
        .worksheet_cells_reader(first)
        .map_err(|_| Unreadable::Damaged)?;
    while let Some(record) = cells
        .next_cell_with_formula_metadata()
        .map_err(|_| Unreadable::Damaged)?
    {
        let cell = match (&record.formula, &record.value) {
            (Some(_), value) => Cell::Formula(written(value)),
            (None, DataRef::Error(fault)) => Cell::Fault(fault.to_string()),
            (None, value) => Cell::of_text(&written(value)),
        };
        let (row, column) = record.pos;
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        rows.add(row.saturating_add(1), column, cell)?;
    }
    Ok(rows)
}

/// A value as a text: whole numbers without a decimal point, as registration numbers are written.
fn written(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        // Rust writes a whole number without a point.
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(value) => value.to_string(),
        DataRef::DateTime(moment) => moment.as_f64().to_string(),
        DataRef::Error(fault) => fault.to_string(),
        DataRef::Empty => String::new(),
    }
}

/// Whether a file of the archive is needed: what says which sheets there are, the texts, and the sheets.
fn is_needed(name: &str) -> bool {
    let name = name.to_lowercase();
    let file = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let mut endings = [".xml", ".rels"].into_iter();
    let is_xml = endings.any(|ending| file.ends_with(ending));
    is_xml && file != "styles.xml" && !file.starts_with("theme")
}

/// The needed part of an archive as an archive that is not compressed, of at most so many bytes.
fn unpacked(bytes: &[u8], most: u64) -> Result<Vec<u8>, Unreadable> {
    let damaged = |_| Unreadable::Damaged;
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > MOST_FILES {
        return Err(Unreadable::Unpacked);
    }
    let mut told = 0_u64;
    for index in 0..archive.len() {
        let file = archive.by_index_raw(index).map_err(damaged)?;
        told = told.saturating_add(file.size());
    }
    if told > most {
        return Err(Unreadable::Unpacked);
    }
    let mut plain = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut left = most;
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).map_err(damaged)?;
        let name = file.name().map_err(damaged)?.into_owned();
        if !is_needed(&name) {
            continue;
        }
        // What the directory says need not be true.
        let mut content = Vec::new();
        let read = (&mut file)
            .take(left.saturating_add(1))
            .read_to_end(&mut content);
        let size = u64::try_from(read.map_err(|_| Unreadable::Damaged)?).unwrap_or(u64::MAX);
        left = left.checked_sub(size).ok_or(Unreadable::Unpacked)?;
        if name.to_lowercase().ends_with("sharedstrings.xml") {
            check_texts(&content)?;
        }
        plain.start_file(name, stored).map_err(damaged)?;
        plain.write_all(&content).map_err(|_| Unreadable::Damaged)?;
    }
    Ok(plain.finish().map_err(damaged)?.into_inner())
}

/// Whether the list of texts has room for as many as it announces. It is read as the reader will.
fn check_texts(content: &[u8]) -> Result<(), Unreadable> {
    let mut xml = quick_xml::Reader::from_reader(content);
    xml.config_mut().check_end_names = false;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer) {
            Ok(Event::Start(start) | Event::Empty(start)) => {
                if start.local_name().as_ref() != "sst" {
                    continue;
                }
                let told = start.try_get_attribute("uniqueCount");
                let told = told.map_err(|_| Unreadable::Damaged)?;
                // The shortest text, `<si/>`, has five bytes.
                let fits = |told: &str| told.parse().is_ok_and(|told: usize| told <= content.len());
                return if told.is_none_or(|told| fits(&told.value)) {
                    Ok(())
                } else {
                    Err(Unreadable::Damaged)
                };
            }
            Ok(Event::Eof) | Err(_) => return Err(Unreadable::Damaged),
            Ok(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use rust_xlsxwriter::{Formula, Workbook};

    use super::*;

    fn texts(rows: &Rows) -> BTreeMap<u32, Vec<Cell>> {
        let cells = |cells: &BTreeMap<usize, Cell>| cells.values().cloned().collect();
        rows.rows
            .iter()
            .map(|(number, row)| (*number, cells(row)))
            .collect()
    }

    fn text(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    /// An archive of these files.
    fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in files {
            writer
                .start_file(*name, SimpleFileOptions::default())
                .unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    /// The files of a workbook as this program writes them, with one replaced.
    fn workbook_with(name: &str, content: &[u8]) -> Vec<u8> {
        let mut book = Workbook::new();
        book.add_worksheet().write_string(0, 0, "Vārds").unwrap();
        let written = book.save_to_buffer().unwrap();
        let mut read = ZipArchive::new(Cursor::new(written)).unwrap();
        let mut files = Vec::new();
        for index in 0..read.len() {
            let mut file = read.by_index(index).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            files.push((file.name().unwrap().into_owned(), bytes));
        }
        let files: Vec<(&str, &[u8])> = files
            .iter()
            .map(|(file, bytes)| (file.as_str(), if file == name { content } else { bytes }))
            .collect();
        archive(&files)
    }

    #[test]
    fn texts_numbers_and_formulas_of_the_first_visible_sheet_are_read() {
        let mut book = Workbook::new();
        let hidden = book.add_worksheet();
        hidden.set_hidden(true);
        hidden.write_string(0, 0, "neredzama").unwrap();
        let sheet = book.add_worksheet();
        sheet.set_name("Saraksts").unwrap();
        sheet.set_active(true);
        sheet.write_string(0, 0, "Vārds").unwrap();
        sheet.write_number(1, 0, 40_003_003_456.0).unwrap();
        sheet.write_string(1, 1, "=1+1").unwrap();
        sheet
            .write_formula(1, 2, Formula::new("=1+1").set_result("2"))
            .unwrap();
        sheet
            .write_blank(3, 7, &rust_xlsxwriter::Format::new().set_bold())
            .unwrap();
        book.add_worksheet();
        let rows = read(&book.save_to_buffer().unwrap()).unwrap();
        let expected = [
            (1, vec![text("Vārds")]),
            (
                2,
                vec![
                    text("40003003456"),
                    Cell::Formula("=1+1".to_owned()),
                    Cell::Formula("2".to_owned()),
                ],
            ),
        ];
        assert_eq!(texts(&rows), expected.into());
        assert_eq!(
            rows.notes,
            [FileNote::new("import-note-first-sheet", "Saraksts")]
        );
    }

    #[test]
    fn what_unpacks_to_more_is_refused_whether_it_says_so_or_not() {
        let zeros = vec![b' '; 4_000_000];
        let honest = archive(&[("_rels/.rels", &zeros)]);
        assert!(honest.len() < 20_000);
        assert_eq!(unpacked(&honest, 3_000_000), Err(Unreadable::Unpacked));
        // The same with a directory that says a hundred bytes.
        let mut lying = honest.clone();
        let size = 4_000_000_u32.to_le_bytes();
        let places: Vec<usize> = lying
            .windows(4)
            .enumerate()
            .filter(|(_, bytes)| *bytes == size)
            .map(|(place, _)| place)
            .collect();
        assert!(!places.is_empty());
        for place in places {
            lying[place..place + 4].copy_from_slice(&100_u32.to_le_bytes());
        }
        let refused = unpacked(&lying, 3_000_000).unwrap_err();
        assert!(
            [Unreadable::Unpacked, Unreadable::Damaged].contains(&refused),
            "{refused:?}"
        );
        // A picture is not unpacked, but counts.
        let picture = archive(&[("xl/media/image1.png", &zeros)]);
        assert_eq!(unpacked(&picture, 3_000_000), Err(Unreadable::Unpacked));
        assert!(unpacked(&picture, 5_000_000).unwrap().len() < 1_000);
    }

    #[test]
    fn what_announces_more_texts_than_it_has_is_refused() {
        for count in ["18446744073709551615", "1000000000000"] {
            let texts = format!(
                "<?xml version=\"1.0\"?><sst xmlns=\"x\" count=\"1\" uniqueCount=\"{count}\"><si><t>a</t></si></sst>"
            );
            let book = workbook_with("xl/sharedStrings.xml", texts.as_bytes());
            assert_eq!(read(&book), Err(Unreadable::Damaged), "{count}");
        }
    }

    #[test]
    fn a_sheet_with_cells_far_apart_is_small() {
        let sheet = "<?xml version=\"1.0\"?><worksheet><sheetData>\
            <row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Vārds</t></is></c></row>\
            <row r=\"1048576\"><c r=\"B1048576\" t=\"inlineStr\"><is><t>tālu</t></is></c></row>\
            </sheetData></worksheet>";
        let book = workbook_with("xl/worksheets/sheet1.xml", sheet.as_bytes());
        let expected = [(1, vec![text("Vārds")]), (1_048_576, vec![text("tālu")])];
        assert_eq!(texts(&read(&book).unwrap()), expected.into());
        let wide = sheet.replace("B1048576", "XFD1048576");
        let book = workbook_with("xl/worksheets/sheet1.xml", wide.as_bytes());
        assert_eq!(read(&book), Err(Unreadable::Columns));
    }

    #[test]
    fn half_a_workbook_and_another_archive_are_damaged() {
        let whole = workbook_with("", b"");
        assert!(read(&whole).is_ok());
        assert_eq!(read(&whole[..whole.len() / 2]), Err(Unreadable::Damaged));
        let other = archive(&[("teksts.txt", b"a")]);
        assert_eq!(read(&other), Err(Unreadable::Damaged));
    }
}
