//! `spelling`: a word that is in no dictionary.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::draft::DraftFile;
use crate::draft_course::DraftCourse;
use crate::model::Language;
use crate::parse::{Node, NodeKind};
use crate::source::Span;
use crate::spelling::{Spelling, words};

pub(crate) const RULE: Rule = Rule {
    code: "spelling",
    severity: Severity::Warning,
    page: include_str!("spelling.md"),
};

/// The most suggestions.
const MOST_SUGGESTIONS: usize = 3;

/// Looks up the words of every text, except those listed in `[spelling]` of the course.
pub(crate) fn check(course: &DraftCourse, spelling: &dyn Spelling, found: &mut Vec<Diagnostic>) {
    for file in course.texts().filter(|file| spelling.has(file.language)) {
        for (word, places) in unknown(file, spelling, &course.meta.known_words) {
            let Some((place, written)) = places.first() else {
                continue;
            };
            let often = match places.len() {
                1 => String::new(),
                count => format!(", {count} times in this text"),
            };
            let mut meant = spelling.suggestions(file.language, &word);
            meant.truncate(MOST_SUGGESTIONS);
            let known = "if it is right, add it to `words` in `[spelling]` of course.toml";
            let help = if meant.is_empty() {
                known.to_owned()
            } else {
                format!("did you mean “{}”? {known}", meant.join("”, “"))
            };
            found.push(
                RULE.at(
                    &file.source,
                    *place,
                    format!("“{written}” is not in the dictionary{often}"),
                )
                .help(help),
            );
        }
    }
}

/// Unknown words with each of their places and spellings.
fn unknown<'a>(
    file: &'a DraftFile,
    spelling: &dyn Spelling,
    known: &[String],
) -> BTreeMap<String, Vec<(Span, &'a str)>> {
    let mut unknown: BTreeMap<String, Vec<(Span, &str)>> = BTreeMap::new();
    let text = file.source.text();
    let mut left_out = Span::default();
    file.walk(&mut |node| {
        if !left_out.contains(node.span) && is_left_out(node, file.language) {
            left_out = node.span;
        }
        let NodeKind::Text(said) = &node.kind else {
            return;
        };
        // If an escape or entity represents another text, the source differs from what learners read.
        if left_out.contains(node.span) || file.source.slice(node.span) != said {
            return;
        }
        for (at, word) in words(text, node.span.start, node.span.end) {
            let plain = word.replace('’', "'").replace('\u{ad}', "");
            if is_listed(&plain, known) || spelling.knows(file.language, &plain) {
                continue;
            }
            let place = Span::new(at, at.saturating_add(word.len()));
            unknown.entry(plain).or_default().push((place, word));
        }
    });
    unknown
}

/// Code, words in another language, and links that show their address.
fn is_left_out(node: &Node, language: Language) -> bool {
    match &node.kind {
        NodeKind::CodeBlock(_) => true,
        NodeKind::Foreign(tag) => tag.split('-').next() != Some(language.as_str()),
        NodeKind::Link { url, .. } => {
            let text = node.plain_text();
            text == *url || text.contains("://")
        }
        _ => false,
    }
}

/// Whether a word is listed by the course: the word in any case, or its beginning, `begin*`.
fn is_listed(word: &str, known: &[String]) -> bool {
    let word = word.to_lowercase();
    known.iter().any(|known| match known.strip_suffix('*') {
        Some(beginning) => word.starts_with(&beginning.to_lowercase()),
        None => word == known.to_lowercase(),
    })
}
