//! Diagnostics as workflow commands of GitHub Actions, which are shown as annotations on a pull request.

use super::{Diagnostic, Severity};

/// One command a line, without a final line end.
#[must_use]
pub fn to_string(diagnostics: &[Diagnostic]) -> String {
    let commands: Vec<String> = diagnostics.iter().map(command).collect();
    commands.join("\n")
}

fn command(diagnostic: &Diagnostic) -> String {
    let location = &diagnostic.location;
    let level = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut message = diagnostic.message.clone();
    if let Some(help) = &diagnostic.help {
        message.push('\n');
        message.push_str(help);
    }
    format!(
        "::{level} file={},line={},col={},endLine={},endColumn={},title={}::{}",
        property(&location.file),
        location.start.line,
        location.start.column,
        location.end.line,
        location.end.column,
        property(&diagnostic.code),
        data(&message),
    )
}

/// A text after the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A value before it, where colons and commas have a meaning.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Location;

    #[test]
    fn what_has_a_meaning_is_escaped() {
        let diagnostic = Diagnostic {
            code: "heading-skip".into(),
            severity: Severity::Warning,
            message: "100%: a, b::c".to_owned(),
            location: Location::file("a,b/c:d.md"),
            related: Vec::new(),
            help: Some("one\r\ntwo".to_owned()),
            fix: None,
        };
        assert_eq!(
            to_string(&[diagnostic]),
            "::warning file=a%2Cb/c%3Ad.md,line=1,col=1,endLine=1,endColumn=1,title=heading-skip::100%25: a, b::c%0Aone%0D%0Atwo"
        );
    }
}
