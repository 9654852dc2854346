//! Diagnostics for programs: an array of flat objects. Lines and columns count from 1, columns in characters.

use serde::Serialize;

use super::{Diagnostic, Fix, Location};

#[derive(Serialize)]
struct Record<'a> {
    code: &'a str,
    severity: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
    message: &'a str,
    help: Option<&'a str>,
    fix: Option<&'a Fix>,
    related: Vec<RelatedRecord<'a>>,
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
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

fn place(location: &Location) -> Place<'_> {
    Place {
        file: &location.file,
        line: location.start.line,
        column: location.start.column,
        end_line: location.end.line,
        end_column: location.end.column,
    }
}

/// The diagnostics as a JSON array, one object each.
///
/// # Errors
///
/// None in practice: the objects are plain. The error is `serde_json`'s.
pub fn to_string(diagnostics: &[Diagnostic]) -> serde_json::Result<String> {
    let records: Vec<Record<'_>> = diagnostics
        .iter()
        .map(|diagnostic| Record {
            code: &diagnostic.code,
            severity: diagnostic.severity.as_str(),
            place: place(&diagnostic.location),
            message: &diagnostic.message,
            help: diagnostic.help.as_deref(),
            fix: diagnostic.fix.as_ref(),
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
