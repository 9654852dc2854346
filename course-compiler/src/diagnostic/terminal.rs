//! Diagnostics for people: the source line with the place underlined, drawn by annotate-snippets, which counts
//! columns in characters.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet};

use super::{Diagnostic, Location, Severity, Sources};
use crate::source::Source;

/// How to draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Text alone.
    Plain,
    /// With colours.
    Coloured,
}

/// One diagnostic as several lines of text, without a line end at the end.
#[must_use]
pub fn render(diagnostic: &Diagnostic, sources: &Sources, style: Style) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.code.as_ref());
    let mut group = match sources.get(&diagnostic.location.file) {
        Some(source) => {
            let mut snippet = snippet(source, &diagnostic.location, AnnotationKind::Primary, None);
            for related in &diagnostic.related {
                if related.location.file == diagnostic.location.file {
                    snippet = snippet.annotation(
                        AnnotationKind::Context
                            .span(range(source, &related.location))
                            .label(related.message.as_str()),
                    );
                }
            }
            title.element(snippet)
        }
        None => title.element(Origin::path(diagnostic.location.file.as_str())),
    };
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }

    let mut groups: Vec<Group<'_>> = vec![group];
    for related in &diagnostic.related {
        if related.location.file != diagnostic.location.file {
            let title = Level::NOTE.secondary_title(related.message.as_str());
            groups.push(match sources.get(&related.location.file) {
                Some(source) => title.element(snippet(
                    source,
                    &related.location,
                    AnnotationKind::Primary,
                    None,
                )),
                None => title.element(Origin::path(related.location.file.as_str())),
            });
        }
    }
    if let (Some(fix), Some(source)) = (&diagnostic.fix, sources.get(&diagnostic.location.file)) {
        groups.push(
            Level::HELP.secondary_title(fix.message.as_str()).element(
                Snippet::source(source.text())
                    .path(source.path())
                    .patches(fix.edits.iter().map(|edit| {
                        Patch::new(
                            clamped(source, edit.span.start..edit.span.end),
                            edit.replacement.as_str(),
                        )
                    })),
            ),
        );
    }
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Coloured => Renderer::styled(),
    };
    renderer.render(&groups)
}

fn snippet<'a>(
    source: &'a Source,
    location: &Location,
    kind: AnnotationKind,
    label: Option<&'a str>,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let annotation = kind.span(range(source, location));
    Snippet::source(source.text())
        .path(source.path())
        .annotation(match label {
            Some(label) => annotation.label(label),
            None => annotation,
        })
}

/// The bytes to underline: the first line of the place, so that a long block is not drawn whole.
fn range(source: &Source, location: &Location) -> Range<usize> {
    let whole = clamped(source, location.span.start..location.span.end);
    let text = source.text().get(whole.clone()).unwrap_or_default();
    let first = text.lines().next().unwrap_or_default().trim_end();
    whole.start..whole.start.saturating_add(first.len())
}

/// The range made to lie within the text, between characters.
fn clamped(source: &Source, range: Range<usize>) -> Range<usize> {
    let floor = |offset: usize| source.text().floor_char_boundary(offset);
    let start = floor(range.start);
    start..floor(range.end).max(start)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::{Fix, Related};
    use crate::edit::Edit;
    use crate::source::Span;

    /// Draws `word` underlined, `other` pointed at, and `fix` instead of the word.
    fn drawn(text: &str, word: &str, other: Option<&str>, fix: Option<&str>) -> String {
        let source = Arc::new(Source::new("kurss/lv/01.md", text.as_bytes()));
        let place = |word: &str| {
            let start = text.find(word).unwrap();
            Span::new(start, start + word.len())
        };
        let diagnostic = Diagnostic {
            code: "code".into(),
            severity: Severity::Warning,
            message: "message".to_owned(),
            location: Location::new(&source, place(word)),
            related: other
                .map(|other| Related {
                    location: Location::new(&source, place(other)),
                    message: "the first".to_owned(),
                })
                .into_iter()
                .collect(),
            help: None,
            fix: fix.map(|replacement| Fix {
                message: "do it".to_owned(),
                edits: vec![Edit {
                    span: place(word),
                    replacement: replacement.to_owned(),
                }],
            }),
        };
        let mut sources = Sources::default();
        sources.insert(source);
        render(&diagnostic, &sources, Style::Plain)
    }

    #[test]
    fn latvian_letters_are_one_column_each() {
        insta::assert_snapshot!(drawn(
            "Ā č ē ģ ī ķ ļ ņ š ū ž: šķērslis ir te.\n",
            "šķērslis",
            Some("ģ ī"),
            Some("ķirsis"),
        ));
    }

    #[test]
    fn tabs_emoji_and_combining_marks_keep_the_underline_in_place() {
        insta::assert_snapshot!(drawn("\tviens\tdivi trīs\n", "divi", None, None));
        insta::assert_snapshot!(drawn("a 🍒👩‍🦽 divi trīs\n", "divi", None, None));
        insta::assert_snapshot!(drawn(
            "s\u{30c}k\u{327}e\u{304}rslis divi\n",
            "divi",
            None,
            None
        ));
    }
}
