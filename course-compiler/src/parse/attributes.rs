//! Parses attributes of headings, `{#id .class key=value}`, from the source line.
//!
//! pulldown-cmark can parse them too, but it drops every braced end of a heading, splits quoted values, and
//! returns no places.

use crate::source::Span;

/// A word with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) span: Span,
}

/// The attributes of a heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Attributes {
    /// The place of the braces and everything between.
    pub(crate) span: Span,
    pub(crate) ids: Vec<Word>,
    pub(crate) classes: Vec<Word>,
    /// Each key with its value, and the place of both.
    pub(crate) values: Vec<(String, Word)>,
    /// Words that are none of these.
    pub(crate) strays: Vec<Word>,
}

/// Parses the attributes at the end of a heading's line. `None` if it does not end in braces, or if the
/// braces are text: attributes start with `#`, `.` or `key=`.
pub(crate) fn at_end(line: &str, offset: usize) -> Option<Attributes> {
    let line = line.trim_end();
    let inner = line.strip_suffix('}')?;
    let open = inner.rfind('{')?;
    let (before, inner) = (inner.get(..open)?, inner.get(open.saturating_add(1)..)?);
    if before.ends_with('\\') {
        return None;
    }
    let begins = inner.trim_start();
    let first = begins.split_whitespace().next()?;
    if !(first.starts_with(['#', '.']) || is_pair(first)) {
        return None;
    }
    let mut attributes = Attributes {
        span: Span::new(open, line.len()).moved(offset),
        ..Attributes::default()
    };
    for (at, word) in words(inner) {
        let span = Span::new(at, at.saturating_add(word.len()))
            .moved(offset.saturating_add(open).saturating_add(1));
        let word_of = |text: &str| Word {
            text: text.to_owned(),
            span,
        };
        if let Some(id) = word.strip_prefix('#').filter(|id| !id.is_empty()) {
            attributes.ids.push(word_of(id));
        } else if let Some(class) = word.strip_prefix('.').filter(|class| !class.is_empty()) {
            attributes.classes.push(word_of(class));
        } else if let Some((key, value)) = word.split_once('=').filter(|_| is_pair(word)) {
            attributes
                .values
                .push((key.to_owned(), word_of(value.trim_matches('"'))));
        } else {
            attributes.strays.push(word_of(word));
        }
    }
    Some(attributes)
}

fn is_pair(word: &str) -> bool {
    word.split_once('=').is_some_and(|(key, _)| {
        !key.is_empty()
            && key
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
    })
}

/// The words of a text with their offsets; a double-quoted text is one word.
fn words(text: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut start = None;
    let mut quoted = false;
    for (at, c) in text.char_indices() {
        if c == '"' {
            quoted = !quoted;
        }
        if c.is_whitespace() && !quoted {
            if let Some(start) = start.take() {
                words.extend(text.get(start..at).map(|word| (start, word)));
            }
        } else if start.is_none() {
            start = Some(at);
        }
    }
    if let Some(start) = start {
        words.extend(text.get(start..).map(|word| (start, word)));
    }
    words
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;

    #[test]
    fn reads_id_class_and_quoted_values_with_their_places() {
        let line = "### Kāpēc? {#q-a .order marking=\"exact order\" points=2}\n";
        let found = at_end(line, 0).unwrap();
        assert_eq!(found.ids[0].text, "q-a");
        assert_eq!(found.classes[0].text, "order");
        assert_eq!(found.values[0].0, "marking");
        assert_eq!(found.values[0].1.text, "exact order");
        let span = found.values[1].1.span;
        assert_eq!(&line[span.start..span.end], "points=2");
        assert_eq!(
            &line[found.span.start..found.span.end],
            line[line.find('{').unwrap()..].trim_end()
        );
    }

    #[test]
    fn braces_that_are_text_stay_text() {
        for line in [
            "### About {braces}",
            "### A {",
            "### A }",
            "### {}",
            "### A \\{#b}",
        ] {
            assert_eq!(at_end(line, 0), None, "{line}");
        }
    }

    #[test]
    fn strays_are_kept_for_a_message() {
        assert_eq!(
            at_end("## A {#q-a single}", 0).unwrap().strays[0].text,
            "single"
        );
    }
}
