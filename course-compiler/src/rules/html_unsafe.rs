//! `html-unsafe`: raw HTML, and addresses that may run scripts.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::{Source, Span};

pub(crate) const RULE: Rule = Rule {
    code: "html-unsafe",
    severity: Severity::Error,
    page: include_str!("html_unsafe.md"),
};

/// HTML in a text.
pub(crate) fn raw(source: &Source, span: Span) -> Diagnostic {
    RULE.at(source, span, "raw HTML is not allowed")
        .help(instead(source.slice(span)))
}

/// A link with an address that is not allowed in a page.
pub(crate) fn address(source: &Source, span: Span) -> Diagnostic {
    RULE.at(source, span, "this address is not allowed")
        .help("link to `https:`, `http:`, `mailto:` or `tel:`, or to a file of the course")
}

/// The Markdown to use instead of an HTML tag.
fn instead(html: &str) -> &'static str {
    let name: String = html
        .trim_start_matches(['<', '/'])
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    match name.as_str() {
        "b" | "strong" => "write `**bold**`",
        "i" | "em" => "write `*emphasis*`",
        "a" => "write `[words](address)`",
        "img" => "write `![what the picture shows](../assets/picture.png)`",
        "br" => "end the line with a backslash",
        "table" | "tr" | "td" | "th" => "write a table with `|` between the cells",
        "ul" | "ol" | "li" => "write a list with `-` or `1.`",
        "sup" => "write a footnote, `[^id]`, or the character itself, such as `²`",
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => "write a heading with `##`",
        "blockquote" => "begin the lines with `>`",
        "details" | "div" | "aside" => "write a callout: `> [!NOTE]`",
        _ => "write it in Markdown; to show the tag itself, put it between backticks",
    }
}
