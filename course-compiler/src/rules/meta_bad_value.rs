//! `meta-bad-value`: a value that is not allowed.

use crate::diagnostic::{Diagnostic, Location, Report, Rule, Severity};
use crate::rules::slips::Slip;
use crate::source::Span;

pub(crate) const RULE: Rule = Rule {
    code: "meta-bad-value",
    severity: Severity::Error,
    page: include_str!("meta_bad_value.md"),
};

/// The value of a key is not of the expected form.
pub(crate) fn report(report: &mut Report<'_>, value: Span, key: &str, expected: &str) {
    let already_told = report
        .found
        .iter()
        .any(|found| found.code == RULE.code && found.location.span == value);
    if already_told {
        return;
    }
    report.push(
        RULE.at(
            report.source,
            value,
            format!("`{key}` cannot have this value"),
        )
        .help(format!("write {expected}")),
    );
}

/// The value is a string, and would be right without its quotes.
pub(crate) fn in_quotes(report: &mut Report<'_>, value: Span, key: &str, bare: &str) {
    report.push(
        RULE.at(report.source, value, format!("`{key}` is a text here"))
            .help("write it without quotes")
            .fix(format!("write `{bare}`"), value, bare),
    );
}

/// A reference to something that does not exist.
pub(crate) fn names_nothing(report: &mut Report<'_>, value: Span, message: String, help: String) {
    report.push(RULE.at(report.source, value, message).help(help));
}

/// A line that is not TOML, and what was probably meant.
pub(crate) struct Line {
    pub(crate) span: Span,
    pub(crate) meant: Option<Slip>,
}

/// How messages about TOML begin.
const NOT_TOML: &str = "this is not TOML: ";

/// The text is not TOML.
pub(crate) fn not_toml(report: &mut Report<'_>, span: Span, reason: &str, line: Line) {
    let diagnostic = RULE.at(report.source, span, format!("{NOT_TOML}{reason}"));
    report.push(match line.meant {
        _ if reason.contains("duplicate key") => {
            diagnostic.help("the key stands here twice: leave the line that is meant")
        }
        None => diagnostic.help("write `key = value` lines, texts in double quotes, dates without"),
        Some(Slip { help, line: None }) => diagnostic.help(help),
        Some(Slip {
            help,
            line: Some(right),
        }) => diagnostic
            .help(help)
            .fix(format!("write `{}`", right.trim()), line.span, right),
    });
}

/// Whether a diagnostic says that something is not TOML.
pub(crate) fn is_not_toml(found: &Diagnostic) -> bool {
    found.code == RULE.code && found.message.starts_with(NOT_TOML)
}

/// The name of a lesson file cannot be used in an address.
pub(crate) fn bad_file_name(path: String) -> Diagnostic {
    RULE.in_place(Location::file(path), "the file's name cannot be an address")
        .help("name it with a number and lower-case Latin letters, digits and hyphens: `01-some-words.md`")
}
