//! `a11y-link-text`: a link whose text does not describe its target.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::draft_course::DraftCourse;
use crate::parse::{NodeKind, Target, target};

pub(crate) const RULE: Rule = Rule {
    code: "a11y-link-text",
    severity: Severity::Warning,
    page: include_str!("a11y_link_text.md"),
};

/// Link texts without information about the target, in lower case without punctuation. For both languages,
/// because they are mixed.
const SAYING_NOTHING: &[&str] = &[
    "apskatīt",
    "atvērt",
    "here",
    "click",
    "click here",
    "details",
    "klikšķiniet",
    "klikšķiniet šeit",
    "klikšķini šeit",
    "lasi vairāk",
    "lasiet vairāk",
    "lasīt",
    "lasīt tālāk",
    "lasīt vairāk",
    "learn more",
    "lejupielādēt",
    "link",
    "links",
    "more",
    "more information",
    "nospied šeit",
    "nospiediet šeit",
    "open",
    "page",
    "plašāk",
    "read",
    "read more",
    "saite",
    "see",
    "see here",
    "see more",
    "sīkāk",
    "skat",
    "skatīt",
    "skatīt šeit",
    "skatīt vairāk",
    "spied šeit",
    "spiediet šeit",
    "this",
    "this link",
    "this page",
    "te",
    "tālāk",
    "uzzini vairāk",
    "uzziniet vairāk",
    "uzzināt vairāk",
    "vairāk",
    "šajā saitē",
    "šeit",
    "šī saite",
];

pub(super) fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    for file in course.texts() {
        file.walk(&mut |node| {
            let NodeKind::Link { url, .. } = &node.kind else {
                return;
            };
            let text = node.plain_text();
            let (message, help) = if text.is_empty() {
                (
                    "the link has no words".to_owned(),
                    "write between the square brackets what is there",
                )
            } else if is_address(&text, url) {
                if !matches!(target(url, &file.path), Target::Outside(_)) || url.starts_with("mailto:") {
                    return;
                }
                (
                    "the words of this link are its address".to_owned(),
                    "write what is there: `[words](address)`; people who listen to a page hear the address letter by letter",
                )
            } else if says_nothing(&text) {
                (
                    format!("“{text}” does not say where the link leads"),
                    "write what is there; people who listen to a page jump from link to link and hear only these words",
                )
            } else {
                return;
            };
            found.push(RULE.at(&file.source, node.span, message).help(help));
        });
    }
}

fn is_address(text: &str, url: &str) -> bool {
    text == url
        || ["http://", "https://", "www."]
            .iter()
            .any(|beginning| text.starts_with(beginning))
}

fn says_nothing(text: &str) -> bool {
    let words: String = text
        .chars()
        .filter(|c| c.is_alphanumeric() || c.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect();
    SAYING_NOTHING.contains(&words.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_case_do_not_matter() {
        for text in ["Šeit", "šeit.", "Lasīt vairāk…", "→ Read more", "»te«"] {
            assert!(says_nothing(text), "{text}");
        }
        for text in ["Darba likums", "vairāk par valodu", "Read the law"] {
            assert!(!says_nothing(text), "{text}");
        }
    }
}
