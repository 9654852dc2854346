//! Diagnostics as SARIF 2.1.0 (Static Analysis Results Interchange Format, an OASIS standard), which code
//! hosting and editors read.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Diagnostic, Fix, Severity, Sources};
use crate::diagnostic::Rule;
use crate::source::Position;

/// The address of the standard's schema.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// One run with a result for each diagnostic, and the pages of the violated rules. Files are named by
/// relative references, unless their paths are absolute. `rules` are all rules: [`crate::lint::RULES`].
///
/// # Errors
///
/// None in practice: the objects are plain. The error is `serde_json`'s.
pub fn to_string(
    diagnostics: &[Diagnostic],
    sources: &Sources,
    rules: &[&'static Rule],
) -> serde_json::Result<String> {
    let codes: BTreeSet<&str> = diagnostics
        .iter()
        .map(|diagnostic| diagnostic.code.as_ref())
        .collect();
    let known = |code: &str| rules.iter().find(|rule| rule.code == code).copied();
    let rules: Vec<&Rule> = codes.into_iter().filter_map(known).collect();
    let results: Vec<Value> = diagnostics
        .iter()
        .map(|diagnostic| result(diagnostic, &rules, sources))
        .collect();
    serde_json::to_string_pretty(&json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {
                "driver": {
                    "name": "course",
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "rules": rules.iter().map(|found| rule(found)).collect::<Vec<_>>(),
                },
            },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }))
}

fn rule(rule: &Rule) -> Value {
    json!({
        "id": rule.code,
        "shortDescription": { "text": rule.summary() },
        "help": { "text": rule.page, "markdown": rule.page },
        "defaultConfiguration": { "level": level(rule.severity) },
    })
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn result(diagnostic: &Diagnostic, rules: &[&Rule], sources: &Sources) -> Value {
    let location = &diagnostic.location;
    let mut message = diagnostic.message.clone();
    if let Some(help) = &diagnostic.help {
        message.push('\n');
        message.push_str(help);
    }
    let mut result = json!({
        "ruleId": diagnostic.code,
        "level": level(diagnostic.severity),
        "message": { "text": message },
        "locations": [{
            "physicalLocation": physical(&location.file, location.start, location.end),
        }],
    });
    let Some(fields) = result.as_object_mut() else {
        return result;
    };
    if let Some(index) = rules.iter().position(|rule| rule.code == diagnostic.code) {
        fields.insert("ruleIndex".to_owned(), index.into());
    }
    let related: Vec<Value> = diagnostic
        .related
        .iter()
        .map(|related| {
            let location = &related.location;
            json!({
                "physicalLocation": physical(&location.file, location.start, location.end),
                "message": { "text": related.message },
            })
        })
        .collect();
    if !related.is_empty() {
        fields.insert("relatedLocations".to_owned(), related.into());
    }
    if let Some(fix) = &diagnostic.fix
        && let Some(fix) = fixed(&location.file, fix, sources)
    {
        fields.insert("fixes".to_owned(), json!([fix]));
    }
    result
}

fn physical(file: &str, start: Position, end: Position) -> Value {
    json!({
        "artifactLocation": { "uri": uri(file) },
        "region": region(start, end),
    })
}

fn region(start: Position, end: Position) -> Value {
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

/// The edits of a fix; `None` if the file is not among the sources.
fn fixed(file: &str, fix: &Fix, sources: &Sources) -> Option<Value> {
    let replacements: Option<Vec<Value>> = fix
        .edits
        .iter()
        .map(|edit| {
            let (start, end) = sources.place(file, edit.span)?;
            Some(json!({
                "deletedRegion": region(start, end),
                "insertedContent": { "text": edit.replacement },
            }))
        })
        .collect();
    Some(json!({
        "description": { "text": fix.message },
        "artifactChanges": [{
            "artifactLocation": { "uri": uri(file) },
            "replacements": replacements?,
        }],
    }))
}

/// A path as a URI reference (RFC 3986): relative, or `file:` when the path is absolute.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    if path.starts_with('/') {
        uri.push_str("file://");
    }
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push('%');
            uri.push_str(&data_encoding::HEXUPPER.encode(&[byte]));
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uri_references() {
        assert_eq!(
            uri("courses/a b/lv/01-ā.md"),
            "courses/a%20b/lv/01-%C4%81.md"
        );
        assert_eq!(uri("a:b/c"), "a%3Ab/c");
        assert_eq!(uri("/srv/courses/x"), "file:///srv/courses/x");
    }
}
