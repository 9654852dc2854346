//! Finds the front matter: TOML between `+++` lines at the very beginning of a file.

use crate::source::Span;

/// The two parts of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Halves {
    /// The TOML without the delimiter lines. `None` if the file does not start with one.
    pub(crate) front: Option<Span>,
    /// Whether the closing delimiter is present.
    pub(crate) closed: bool,
    /// The Markdown.
    pub(crate) body: Span,
}

/// Splits a normalised text.
pub(crate) fn split(text: &str) -> Halves {
    let whole = Halves {
        front: None,
        closed: false,
        body: Span::new(0, text.len()),
    };
    let Some((first, rest)) = text.split_once('\n') else {
        return whole;
    };
    if first.trim_end() != "+++" {
        return whole;
    }
    let start = first.len().saturating_add(1);
    let mut at = start;
    for line in rest.split_inclusive('\n') {
        let end = at.saturating_add(line.len());
        if line.trim_end() == "+++" {
            return Halves {
                front: Some(Span::new(start, at)),
                closed: true,
                body: Span::new(end, text.len()),
            };
        }
        at = end;
    }
    Halves {
        front: Some(Span::new(start, text.len())),
        closed: false,
        body: Span::new(text.len(), text.len()),
    }
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;

    #[test]
    fn takes_it_at_the_beginning_only() {
        let text = "+++\nid = 1\n+++\nText\n";
        let halves = split(text);
        assert_eq!(
            &text[halves.front.unwrap().start..halves.front.unwrap().end],
            "id = 1\n"
        );
        assert_eq!(&text[halves.body.start..], "Text\n");
        assert_eq!(split("Text\n+++\nid = 1\n+++\n").front, None);
        assert_eq!(split("").front, None);
    }

    #[test]
    fn may_be_empty_or_unclosed() {
        assert_eq!(split("+++\n+++\n").front, Some(Span::new(4, 4)));
        let unclosed = split("+++\nid = 1\n");
        assert!(!unclosed.closed);
        assert_eq!(unclosed.body, Span::new(11, 11));
    }
}
