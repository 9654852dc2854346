//! A list as a spreadsheet file that is safe to open: a text never becomes a formula.

use std::borrow::Cow;

use actix_web::{
    HttpResponse,
    http::header::{ContentDisposition, DispositionParam, DispositionType},
};
use chrono::{Datelike as _, NaiveDate};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format as CellFormat, Workbook, XlsxError};

use crate::{
    audit::{self, AuditEntry},
    clock::Clock,
    db::Db,
    http::{Access, Error, Lang, Reply, Visit},
    principal::Principal,
};

/// A file format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// CSV: UTF-8 with a byte order mark and semicolons, as Excel with Latvian settings expects it.
    Csv,
    /// Office Open XML, as spreadsheet programs write it.
    Xlsx,
}

impl Format {
    /// Both, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::Xlsx, Self::Csv];

    /// The extension of the file's name.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    /// The key of the message for a link to the file.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::Csv => "list-export-csv",
            Self::Xlsx => "list-export-xlsx",
        }
    }

    /// The media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    /// The format with this extension.
    ///
    /// # Errors
    /// [`Error::NotFound`]: there is no such format.
    pub fn of_ending(ending: &str) -> Result<Self, Error> {
        Self::ALL
            .into_iter()
            .find(|format| format.ending() == ending)
            .ok_or(Error::NotFound)
    }
}

/// A list to be exported.
#[derive(Debug, Clone, Copy)]
pub struct ExportedList<'a> {
    /// What it is in the audit log, e.g. `list`.
    pub kind: &'static str,
    /// Its id in the audit log, and the beginning of the file's name.
    pub id: &'a str,
}

/// Responds with a list as a file in the format with this extension. The export is recorded in the audit log
/// before the file is sent. `read` returns the table and the details for the audit log
/// ([`Query::export_note`](super::Query::export_note)).
///
/// # Errors
/// There is no such format, `read` fails, or the file cannot be made.
pub async fn export<A: Access<Who = Principal>>(
    visit: &Visit<A>,
    (clock, db): (&Clock, &Db),
    extension: &str,
    list: ExportedList<'_>,
    read: impl AsyncFnOnce() -> Result<(Sheet, serde_json::Value), Error>,
) -> Reply {
    let format = Format::of_ending(extension)?;
    // A `HEAD` request exports nothing, so nothing is recorded.
    if visit.is_head {
        return Ok(HttpResponse::Ok()
            .content_type(format.media_type())
            .finish());
    }
    let (sheet, detail) = read().await?;
    let entry = AuditEntry {
        actor_account_id: Some(visit.who.account_id),
        action: "list.exported",
        subject_kind: list.kind,
        subject_id: list.id.to_owned(),
        detail,
    };
    audit::note(db, clock.now(), entry).await?;
    sheet.download(format, list.id, Lang::riga_date(clock.now()))
}

/// The value of a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A text.
    Text(String),
    /// A date.
    Date(NaiveDate),
    /// A number.
    Number(f64),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<NaiveDate> for Value {
    fn from(date: NaiveDate) -> Self {
        Self::Date(date)
    }
}

/// A table to export.
#[derive(Debug, Clone)]
pub struct Sheet {
    title: String,
    columns: Vec<String>,
    rows: Vec<Vec<Value>>,
}

/// The most characters of a cell in a spreadsheet (Excel's limit). A longer text is cut there; the CSV
/// contains all of it.
const LONGEST_CELL: usize = 32_767;

impl Sheet {
    /// A table with these columns; the title is the name of the spreadsheet.
    #[must_use]
    pub fn new(title: impl Into<String>, columns: impl IntoIterator<Item = String>) -> Self {
        Self {
            title: title.into(),
            columns: columns.into_iter().collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a row: a value for each column.
    pub fn row(&mut self, values: impl IntoIterator<Item = Value>) {
        self.rows.push(values.into_iter().collect());
    }

    /// How many rows there are.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// The response with the file, named `{name}-{today}`.
    ///
    /// # Errors
    /// The file cannot be made.
    pub fn download(&self, format: Format, name: &str, today: NaiveDate) -> Reply {
        let file = match format {
            Format::Csv => self.csv().map_err(Error::internal)?,
            Format::Xlsx => self.xlsx(today).map_err(Error::internal)?,
        };
        let name = format!("{name}-{today}.{}", format.ending());
        Ok(HttpResponse::Ok()
            .content_type(format.media_type())
            .insert_header(ContentDisposition {
                disposition: DispositionType::Attachment,
                parameters: vec![DispositionParam::Filename(name)],
            })
            .body(file))
    }

    fn csv(&self) -> Result<Vec<u8>, csv::Error> {
        let mut writer = csv::WriterBuilder::new()
            .delimiter(b';')
            .terminator(csv::Terminator::CRLF)
            .from_writer("\u{feff}".as_bytes().to_vec());
        writer.write_record(&self.columns)?;
        for row in &self.rows {
            writer.write_record(row.iter().map(|value| match value {
                Value::Text(text) => Cow::into_owned(never_a_formula(text)),
                Value::Date(date) => date.to_string(),
                Value::Number(number) => number.to_string(),
            }))?;
        }
        writer
            .into_inner()
            .map_err(|error| error.into_error().into())
    }

    /// The same day and rows give the same bytes.
    fn xlsx(&self, today: NaiveDate) -> Result<Vec<u8>, XlsxError> {
        let mut workbook = Workbook::new();
        let made = ExcelDateTime::from_ymd(
            u16::try_from(today.year()).unwrap_or(1900),
            u8::try_from(today.month()).unwrap_or(1),
            u8::try_from(today.day()).unwrap_or(1),
        )?;
        let properties = DocProperties::new()
            .set_title(&self.title)
            .set_creation_datetime(&made);
        workbook.set_properties(&properties);
        let (heading, date) = (
            CellFormat::new().set_bold(),
            CellFormat::new().set_num_format("yyyy-mm-dd"),
        );
        let sheet = workbook.add_worksheet();
        for (column, text) in (0..).zip(&self.columns) {
            sheet.write_string_with_format(0, column, text, &heading)?;
        }
        for (row, values) in (1..).zip(&self.rows) {
            for (column, value) in (0..).zip(values) {
                match value {
                    // Always stored as text.
                    Value::Text(text) => {
                        let text: String = text.chars().take(LONGEST_CELL).collect();
                        sheet.write_string(row, column, text)?;
                    }
                    Value::Date(day) => {
                        sheet.write_with_format(row, column, day, &date)?;
                    }
                    Value::Number(number) => {
                        sheet.write_number(row, column, *number)?;
                    }
                }
            }
        }
        sheet.set_freeze_panes(1, 0)?;
        if let (Ok(last_row), Ok(columns)) = (
            u32::try_from(self.rows.len()),
            u16::try_from(self.columns.len()),
        ) && columns > 0
        {
            sheet.autofilter(0, 0, last_row, columns - 1)?;
        }
        sheet.autofit();
        workbook.save_to_buffer()
    }
}

/// Escapes a text that a spreadsheet would read as a formula (OWASP, “CSV Injection”).
fn never_a_formula(text: &str) -> Cow<'_, str> {
    const BEGINS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    if text.starts_with(BEGINS) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(text: &str) -> Sheet {
        let mut sheet = Sheet::new("Saraksts", ["x".to_owned(), "y".to_owned()]);
        sheet.row([text.into(), "end".into()]);
        sheet
    }

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
    }

    #[test]
    fn a_cell_is_never_a_formula_and_never_two_cells() {
        for (text, expected) in [
            ("Šķērsiela", "Šķērsiela"),
            ("=1+1", "'=1+1"),
            ("+371", "'+371"),
            ("-2", "'-2"),
            ("@x", "'@x"),
            ("\tx", "'\tx"),
            ("\rx", "\"'\rx\""),
            ("a;b", "\"a;b\""),
            ("SIA \"Rīts\"", "\"SIA \"\"Rīts\"\"\""),
            ("a\nb", "\"a\nb\""),
            ("", ""),
        ] {
            let csv = String::from_utf8(sheet(text).csv().unwrap()).unwrap();
            assert_eq!(csv, format!("\u{feff}x;y\r\n{expected};end\r\n"));
        }
    }

    #[test]
    fn dates_and_numbers_are_what_they_are() {
        let mut sheet = Sheet::new("Saraksts", ["x".to_owned(), "y".to_owned()]);
        sheet.row([day().into(), Value::Number(-1.5)]);
        let csv = String::from_utf8(sheet.csv().unwrap()).unwrap();
        assert_eq!(csv, "\u{feff}x;y\r\n2026-11-23;-1.5\r\n");
    }

    #[test]
    fn a_workbook_is_the_same_each_time_and_takes_any_text() {
        for text in ["=1+1", "Ķ\u{1}", &"ā".repeat(40_000), "<&>\"'"] {
            let file = sheet(text).xlsx(day()).unwrap();
            assert!(file.starts_with(b"PK\x03\x04"));
            assert_eq!(file, sheet(text).xlsx(day()).unwrap());
        }
    }

    #[actix_web::test]
    async fn a_download_says_what_it_is() {
        let reply = sheet("a")
            .download(Format::Xlsx, "saraksts", day())
            .unwrap();
        let header = |name: &str| reply.headers().get(name).unwrap().to_str().unwrap();
        assert_eq!(
            header("content-disposition"),
            "attachment; filename=\"saraksts-2026-11-23.xlsx\""
        );
        assert!(header("content-type").contains("spreadsheetml"));
    }
}
