//! `snippet-broken`: a snippet that cannot be put into a lesson.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::likeness::nearest;
use crate::model::Language;
use crate::source::{Source, Span};

pub(crate) const RULE: Rule = Rule {
    code: "snippet-broken",
    severity: Severity::Error,
    page: include_str!("snippet_broken.md"),
};

/// Why it cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    /// There is no such snippet in this language. The known ones may contain it in another language.
    Unknown {
        language: Language,
        near: Option<String>,
        is_in_other: bool,
    },
    /// It contains itself.
    Circular,
    /// Several paragraphs where there is room for words only.
    NotWords,
    /// There is too much in one another, or all in all.
    TooMuch,
}

impl Reason {
    pub(crate) fn unknown(id: &str, language: Language, known: &[(&str, Language)]) -> Self {
        let own: Vec<&str> = known
            .iter()
            .filter(|(_, other)| *other == language)
            .map(|(id, _)| *id)
            .collect();
        Self::Unknown {
            language,
            near: nearest(id, &own).map(str::to_owned),
            is_in_other: known.iter().any(|(other, _)| *other == id),
        }
    }
}

/// The snippet `id` cannot be put at this place.
pub(crate) fn report(source: &Source, span: Span, id: &str, reason: &Reason) -> Diagnostic {
    let (what, help) = match reason {
        Reason::Unknown {
            language,
            near,
            is_in_other,
        } => (
            if *is_in_other {
                format!("there is no snippet `{id}` in this language")
            } else {
                format!("there is no snippet `{id}`")
            },
            match near {
                Some(near) if !is_in_other => format!("did you mean `snippet:{near}`?"),
                _ => format!("write it in `snippets/{id}.{language}.md`, beside the courses"),
            },
        ),
        Reason::Circular => (
            format!("the snippet `{id}` contains itself"),
            "take it out of itself, or out of the one between".to_owned(),
        ),
        Reason::NotWords => (
            format!("the snippet `{id}` is more than a paragraph, and here is only room for words"),
            "put the link into a paragraph of its own, or make the snippet one paragraph"
                .to_owned(),
        ),
        Reason::TooMuch => (
            "the snippets are too deep in one another, or too long".to_owned(),
            "write some of them where they are needed".to_owned(),
        ),
    };
    RULE.at(source, span, what).help(help)
}

/// There is an error in the text of the snippet at this place.
pub(crate) fn within(source: &Source, span: Span, file: &str) -> Diagnostic {
    RULE.at(
        source,
        span,
        format!("`{file}` has an error, and is used here"),
    )
    .help("correct it there; it is told with its place")
}
