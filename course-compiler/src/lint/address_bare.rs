//! `address-bare`: an address in the text that is no link.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::draft::{Block, DraftFile};
use crate::draft_course::DraftCourse;
use crate::parse::{Node, NodeKind};
use crate::source::Span;

pub(crate) const RULE: Rule = Rule {
    code: "address-bare",
    severity: Severity::Warning,
    page: include_str!("address_bare.md"),
};

/// What an address without `www.` has, that goes on after its domain; a domain alone may be a name.
const DOMAINS: [&str; 7] = [".lv/", ".eu/", ".com/", ".org/", ".net/", ".int/", ".info/"];

pub(super) fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    for file in course.texts() {
        let text = file.source.text();
        let may_have = ["://", "www.", "@"].iter().any(|sign| text.contains(sign))
            || DOMAINS.iter().any(|domain| text.contains(domain));
        if !may_have {
            continue;
        }
        for block in &file.blocks {
            match block {
                Block::Heading { node, .. } | Block::Prose(node) => {
                    look(file, std::slice::from_ref(node), found);
                }
                Block::Question(question) => {
                    for nodes in question.node_lists() {
                        look(file, nodes, found);
                    }
                }
            }
        }
        for footnote in &file.footnotes {
            look(file, &footnote.nodes, found);
        }
    }
}

fn look(file: &DraftFile, nodes: &[Node], found: &mut Vec<Diagnostic>) {
    for node in nodes {
        match &node.kind {
            NodeKind::Link { .. } | NodeKind::Image { .. } | NodeKind::CodeBlock(_) => {}
            NodeKind::Text(text) => {
                for (at, address) in addresses(text) {
                    // Where the text has other characters than the file, the whole text is the place.
                    let own = Span::new(at, at.saturating_add(address.len()));
                    let own = own.moved(node.span.start);
                    let is_there = file.source.slice(own) == address;
                    let span = if is_there { own } else { node.span };
                    let (what, target) = target(address);
                    found.push(
                        RULE.at(&file.source, span, format!("this {what} is no link"))
                            .help(format!(
                                "write `[words]({target})`; between backticks it is text that is meant to be read"
                            )),
                    );
                }
            }
            _ => look(file, &node.children, found),
        }
    }
}

/// What an address is, and what a link to it says.
fn target(address: &str) -> (&'static str, String) {
    if address.contains("://") {
        ("address", address.to_owned())
    } else if address.contains('@') {
        ("e-mail address", format!("mailto:{address}"))
    } else {
        ("address", format!("https://{address}"))
    }
}

/// The addresses in a text, with their places in it.
fn addresses(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut at = 0_usize;
    for word in text.split_inclusive(|c: char| c.is_whitespace() || "<>()„“”\"«»".contains(c))
    {
        let start = at;
        at = at.saturating_add(word.len());
        // Every address has one of these; few words do.
        if !word.bytes().any(|byte| matches!(byte, b'.' | b':' | b'@')) {
            continue;
        }
        let word = word
            .trim_end_matches(|c: char| c.is_whitespace() || "<>()„“”\"«».,;:!?…'’*_".contains(c));
        if is_address(word) {
            found.push((start, word));
        }
    }
    found
}

fn is_address(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    let web = ["https://", "http://", "ftp://"]
        .iter()
        .find_map(|scheme| lower.strip_prefix(scheme))
        .or_else(|| lower.starts_with("www.").then_some(lower.as_str()));
    if let Some(web) = web {
        return has_domain(web.split(['/', '?', '#', ':']).next().unwrap_or_default());
    }
    let goes_on = |domain: &str| {
        let parts = lower.split_once(domain);
        parts.is_some_and(|(_, path)| path.starts_with(|c: char| c.is_ascii_alphanumeric()))
    };
    if DOMAINS.iter().any(|domain| goes_on(domain)) {
        return has_domain(lower.split('/').next().unwrap_or_default());
    }
    lower.split_once('@').is_some_and(|(name, domain)| {
        let is_name = !name.is_empty()
            && name
                .chars()
                .all(|c| c.is_alphanumeric() || ".-_+".contains(c));
        is_name && !domain.contains('@') && has_domain(domain)
    })
}

/// Whether a text is a domain of two labels or more.
fn has_domain(text: &str) -> bool {
    let mut labels = text.split('.');
    let last = labels.next_back().unwrap_or_default();
    text.contains('.')
        && last.len() >= 2
        && last.chars().all(char::is_alphabetic)
        && labels.all(|label| {
            !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let addresses = addresses(text).into_iter();
        addresses
            .map(|(at, address)| {
                assert_eq!(text.get(at..at + address.len()), Some(address));
                address
            })
            .collect()
    }

    #[test]
    fn addresses_are_found_as_people_write_them() {
        assert_eq!(
            found(
                "Skat. https://likumi.lv/ta/id/26019, www.lm.gov.lv. Raksti (info@tiesibsargs.lv)!"
            ),
            [
                "https://likumi.lv/ta/id/26019",
                "www.lm.gov.lv",
                "info@tiesibsargs.lv"
            ]
        );
        assert_eq!(found("„HTTPS://LIKUMI.LV”"), ["HTTPS://LIKUMI.LV"]);
        assert_eq!(
            found("Skat. likumi.lv/ta/id/26019."),
            ["likumi.lv/ta/id/26019"]
        );
    }

    #[test]
    fn other_text_is_none() {
        for text in [
            "u.c. un t.i.",
            "@vards un vards@",
            "http:// un https://localhost",
            "5 EUR/h, a@b, 10:30",
            "www. un www",
            "likumi.lv",
            "un/vai .lv/ a.lv/ un 1.lv/–2.lv",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
