//! `html-unsafe`: raw HTML, and addresses that may run scripts.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::likeness::nearest;
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
    let written = source.slice(span);
    let scheme = written
        .rsplit_once("](")
        .and_then(|(_, url)| url.split_once(':'))
        .map_or("", |(scheme, _)| scheme.trim());
    let known = ["https", "http", "mailto", "tel"];
    if let Some(meant) = nearest(&scheme.to_lowercase(), &known) {
        return RULE
            .at(source, span, "this address is not allowed")
            .help(format!("did you mean `{meant}:`?"));
    }
    RULE.at(source, span, "this address is not allowed")
        .help("link to `https:`, `http:`, `mailto:` or `tel:`, or to a file of the course")
}

/// The Markdown to use instead of an HTML tag.
fn instead(html: &str) -> &'static str {
    if html.trim_start().starts_with("<!--") {
        return "a note that readers do not see is `[//]: # (words)` on a line of its own, with an empty line before it";
    }
    let name: String = html
        .trim_start()
        .trim_start_matches(['<', '/'])
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    match name.as_str() {
        "b" | "strong" => "write `**bold**`",
        "i" | "em" | "cite" | "dfn" | "var" => "write `*emphasis*`",
        "u" | "ins" | "mark" | "font" | "big" | "small" | "center" => {
            "write `**bold**` or `*emphasis*`; how it looks is the theme's"
        }
        "s" | "strike" | "del" => "write `~~struck out~~`",
        "a" => "write `[words](address)`",
        "img" | "picture" | "figure" | "figcaption" => {
            "write `![what the picture shows](../assets/picture.png)`"
        }
        "video" | "audio" | "source" | "track" => {
            "write a recording like a picture: `![what it is](../assets/recording.mp4)`"
        }
        "iframe" | "embed" | "object" | "script" | "style" | "link" | "form" | "input"
        | "button" => {
            "leave it out: pages hold nothing of other sites and nothing that runs; link to it, `[words](address)`"
        }
        "br" => "end the line with a backslash",
        "p" => "leave an empty line between paragraphs",
        "hr" => "write `---` on a line of its own",
        "table" | "thead" | "tbody" | "tr" | "td" | "th" | "caption" => {
            "write a table with `|` between the cells"
        }
        "ul" | "ol" | "li" => "write a list with `-` or `1.`",
        "dl" | "dt" | "dd" => "write a list with `-`, or define the term in the glossary",
        "abbr" => "write the words in full at the first use, or define the term in the glossary",
        "sup" | "sub" => "write a footnote, `[^id]`, or the character itself, such as `²`",
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => "write a heading with `##`",
        "blockquote" | "q" => "begin the lines with `>`, or write quotation marks",
        "code" | "samp" | "tt" => "write it between backticks",
        "pre" => "write it between two lines of three backticks",
        "kbd" => "write it between backticks with a mark after it: `` `Ctrl+C`{.key} ``",
        "span" | "bdi" | "bdo" => {
            "write it in Markdown; words in another language are `*words*{lang=en}` or `[words]{lang=en}`"
        }
        "details" | "summary" => {
            "write `> [!DETAILS]`, on the next line the words to press, and after `>` alone what opens"
        }
        "div" | "aside" | "section" => "write a callout: `> [!NOTE]`",
        _ => "write it in Markdown; to show the tag itself, put it between backticks",
    }
}
