//! Forms with files: limited in size, protected like every form, and with the type of each file detected from
//! its content.

use std::{future::Future, pin::Pin};

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::{FromRequest, HttpRequest, dev::Payload, error::PayloadError, http::header};
use futures::TryStreamExt as _;

use super::{
    Error,
    form::{MAX_BYTES, Posted, text},
};

/// The type of a file by its content. Its name and the type that the browser sends are ignored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// Text in UTF-8, or in UTF-16 with a byte order mark, e.g. a CSV file.
    Text,
    /// An Excel workbook without macros.
    Xlsx,
    /// A PDF document.
    Pdf,
    /// A JPEG picture.
    Jpeg,
    /// A PNG picture.
    Png,
    /// Anything else.
    Other,
}

impl FileKind {
    /// The type of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        match infer::get(bytes).map(|known| known.mime_type()) {
            Some("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet") => Self::Xlsx,
            Some("application/pdf") => Self::Pdf,
            Some("image/jpeg") => Self::Jpeg,
            Some("image/png") => Self::Png,
            Some(other) if !other.starts_with("text/") => Self::Other,
            _ if is_text(bytes) => Self::Text,
            _ => Self::Other,
        }
    }
}

/// Whether the bytes are text in an encoding that needs no guessing, without control characters that no text
/// has.
fn is_text(bytes: &[u8]) -> bool {
    let is_sign = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}');
    let units = |of: fn([u8; 2]) -> u16| {
        let (pairs, rest) = bytes.as_chunks::<2>();
        rest.is_empty()
            && char::decode_utf16(pairs.iter().map(|pair| of(*pair)))
                .all(|c| c.is_ok_and(|c| !is_sign(c)))
    };
    match bytes {
        [0xff, 0xfe, ..] => units(u16::from_le_bytes),
        [0xfe, 0xff, ..] => units(u16::from_be_bytes),
        _ => std::str::from_utf8(bytes).is_ok_and(|text| !text.chars().any(is_sign)),
    }
}

/// An uploaded file.
#[derive(Debug, Clone)]
pub struct UploadedFile {
    /// Its name without folders; only to be shown.
    pub name: String,
    /// Its type.
    pub kind: FileKind,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// A form with files of at most `MOST` bytes in total; its other fields are limited as in every form.
///
/// Taking this in a handler protects it against forged requests, as [`Posted`] does.
#[derive(Debug, Clone)]
pub struct Upload<const MOST: usize> {
    /// The fields that are not files.
    pub posted: Posted,
    files: Vec<(String, UploadedFile)>,
}

impl<const MOST: usize> Upload<MOST> {
    /// The file of a field; `None` if none was chosen, or an empty one.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<&UploadedFile> {
        let found = self.files.iter().find(|(field, _)| field == name);
        found.map(|(_, file)| file)
    }
}

/// The most parts of a form.
const MOST_PARTS: usize = 1_000;

impl<const MOST: usize> FromRequest for Upload<MOST> {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            Posted::check_origin(&request)?;
            let told = request
                .headers()
                .get(header::CONTENT_LENGTH)
                .and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
            if told.is_some_and(|length| length > MOST.saturating_add(MAX_BYTES)) {
                return Err(Error::TooLarge);
            }
            let mut parts = Multipart::new(request.headers(), payload);
            let (mut fields, mut files) = (Vec::new(), Vec::new());
            let (mut field_bytes, mut file_bytes) = (0, 0);
            while let Some(mut part) = parts.try_next().await.map_err(unreadable)? {
                if fields.len() + files.len() >= MOST_PARTS {
                    return Err(Error::TooLarge);
                }
                let name = part.name().unwrap_or_default().to_owned();
                let file_name = part
                    .content_disposition()
                    .and_then(|disposition| disposition.get_filename())
                    .map(without_folders);
                if let Some(file_name) = file_name {
                    let bytes = read(&mut part, MOST, &mut file_bytes).await?;
                    if !bytes.is_empty() {
                        let kind = FileKind::of(&bytes);
                        let file = UploadedFile {
                            name: file_name,
                            kind,
                            bytes,
                        };
                        files.push((name, file));
                    }
                } else {
                    let bytes = read(&mut part, MAX_BYTES, &mut field_bytes).await?;
                    fields.push((name, text(bytes)?));
                }
            }
            let posted = Posted::checked(&request, fields)?;
            Ok(Self { posted, files })
        })
    }
}

/// Reads a part; `read` counts the bytes of all parts of the same kind, which may not exceed `most`.
async fn read(part: &mut Field, most: usize, read: &mut usize) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.try_next().await.map_err(unreadable)? {
        *read += chunk.len();
        if *read > most {
            return Err(Error::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// The file name without folders: some browsers send the whole path.
fn without_folders(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name = name.chars().filter(|c| !c.is_control()).take(255);
    name.collect::<String>().trim().to_owned()
}

fn unreadable(error: MultipartError) -> Error {
    match error {
        MultipartError::ContentTypeMissing
        | MultipartError::ContentTypeParse
        | MultipartError::ContentTypeIncompatible
        | MultipartError::BoundaryMissing => Error::NotAForm,
        MultipartError::Payload(PayloadError::Io(error))
            if error.kind() == std::io::ErrorKind::TimedOut =>
        {
            Error::TooSlow
        }
        _ => Error::BadRequest("the body is not whole"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_is_in_it() {
        let workbook = {
            let mut book = rust_xlsxwriter::Workbook::new();
            book.add_worksheet();
            book.save_to_buffer().unwrap()
        };
        let utf16: Vec<u8> = "\u{feff}Vārds\tEmail\r\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        for (bytes, kind) in [
            (&b"a;b\r\n"[..], FileKind::Text),
            ("\u{feff}Vārds;Uzvārds\r\n".as_bytes(), FileKind::Text),
            (&utf16, FileKind::Text),
            (&utf16[..utf16.len() - 1], FileKind::Other),
            (&workbook, FileKind::Xlsx),
            (
                b"PK\x03\x04 a text that begins as an archive",
                FileKind::Other,
            ),
            (b"%PDF-1.7\n", FileKind::Pdf),
            (b"\xff\xd8\xff\xe0\x00\x10JFIF", FileKind::Jpeg),
            (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", FileKind::Png),
            (b"MZ\x90\x00", FileKind::Other),
            (b"a\x00b", FileKind::Other),
            (b"V\xe2rds", FileKind::Other),
        ] {
            assert_eq!(FileKind::of(bytes), kind, "{bytes:?}");
        }
    }

    #[test]
    fn the_name_of_a_file_is_no_path() {
        for (name, shown) in [
            ("saraksts.csv", "saraksts.csv"),
            ("C:\\Users\\Anna\\saraksts.csv", "saraksts.csv"),
            ("../../etc/passwd", "passwd"),
            ("a\u{0}b\n.csv", "ab.csv"),
            ("/", ""),
        ] {
            assert_eq!(without_folders(name), shown, "{name:?}");
        }
    }
}
