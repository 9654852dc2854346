//! Diagnostics for programs: an array of flat objects. Lines and columns count from 1, columns in characters;
//! the end is the position after the last character.

use serde::Serialize;

use super::{Diagnostic, Location, Sources};
use crate::source::Position;

#[derive(Serialize)]
struct Record<'a> {
    code: &'a str,
    severity: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
    message: &'a str,
    help: Option<&'a str>,
    fix: Option<FixRecord<'a>>,
    related: Vec<RelatedRecord<'a>>,
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    #[serde(flatten)]
    range: Range,
}

#[derive(Serialize)]
struct Range {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
struct RelatedRecord<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    message: &'a str,
}

#[derive(Serialize)]
struct FixRecord<'a> {
    message: &'a str,
    edits: Vec<EditRecord<'a>>,
}

/// A replacement in the file of the diagnostic.
#[derive(Serialize)]
struct EditRecord<'a> {
    #[serde(flatten)]
    range: Range,
    replacement: &'a str,
}

const fn range(start: Position, end: Position) -> Range {
    Range {
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
    }
}

fn place(location: &Location) -> Place<'_> {
    Place {
        file: &location.file,
        range: range(location.start, location.end),
    }
}

fn fix<'a>(diagnostic: &'a Diagnostic, sources: &Sources) -> Option<FixRecord<'a>> {
    let fix = diagnostic.fix.as_ref()?;
    let edits: Option<Vec<_>> = fix
        .edits
        .iter()
        .map(|edit| {
            let (start, end) = sources.place(&diagnostic.location.file, edit.span)?;
            Some(EditRecord {
                range: range(start, end),
                replacement: &edit.replacement,
            })
        })
        .collect();
    Some(FixRecord {
        message: &fix.message,
        edits: edits?,
    })
}

/// The diagnostics as a JSON array, one object each, with the keys `code`, `severity`, `file`, `line`, `column`,
/// `end_line`, `end_column`, `message`, `help`, `fix` and `related`.
///
/// # Errors
///
/// None in practice: the objects are plain. The error is `serde_json`'s.
pub fn to_string(diagnostics: &[Diagnostic], sources: &Sources) -> serde_json::Result<String> {
    let records: Vec<Record<'_>> = diagnostics
        .iter()
        .map(|diagnostic| Record {
            code: &diagnostic.code,
            severity: diagnostic.severity.as_str(),
            place: place(&diagnostic.location),
            message: &diagnostic.message,
            help: diagnostic.help.as_deref(),
            fix: fix(diagnostic, sources),
            related: diagnostic
                .related
                .iter()
                .map(|related| RelatedRecord {
                    place: place(&related.location),
                    message: &related.message,
                })
                .collect(),
        })
        .collect();
    serde_json::to_string_pretty(&records)
}
