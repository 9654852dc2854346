//! Diagnostics for people: the source line with the place underlined, rendered by annotate-snippets, which counts
//! columns in characters.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet};

use super::{Diagnostic, Location, Severity, Sources};
use crate::source::Source;

/// How to render.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Text alone.
    Plain,
    /// With colours.
    Coloured,
}

/// One diagnostic as several lines of text, without a final line end.
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
            let primary = range(source, &diagnostic.location);
            let here: Vec<(Range<usize>, &str)> = diagnostic
                .related
                .iter()
                .filter(|related| related.location.file == diagnostic.location.file)
                .map(|related| {
                    let place = range(source, &related.location);
                    (place, related.message.as_str())
                })
                .collect();
            let places = here.iter().map(|(place, _)| place);
            let window = Window::around(source, [&primary].into_iter().chain(places));
            let mut snippet = window
                .snippet(source)
                .annotation(AnnotationKind::Primary.span(window.within(&primary)));
            for (place, message) in &here {
                snippet = snippet.annotation(
                    AnnotationKind::Context
                        .span(window.within(place))
                        .label(*message),
                );
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
                Some(source) => {
                    let place = range(source, &related.location);
                    let window = Window::around(source, [&place]);
                    let annotation = AnnotationKind::Primary.span(window.within(&place));
                    title.element(window.snippet(source).annotation(annotation))
                }
                None => title.element(Origin::path(related.location.file.as_str())),
            });
        }
    }
    if let (Some(fix), Some(source)) = (&diagnostic.fix, sources.get(&diagnostic.location.file)) {
        let places: Vec<Range<usize>> = fix
            .edits
            .iter()
            .map(|edit| clamped(source, edit.span.start..edit.span.end))
            .collect();
        let window = Window::around(source, &places);
        let patches = places
            .iter()
            .zip(&fix.edits)
            .map(|(place, edit)| Patch::new(window.within(place), edit.replacement.as_str()));
        let snippet = window.snippet(source).patches(patches);
        groups.push(
            Level::HELP
                .secondary_title(fix.message.as_str())
                .element(snippet),
        );
    }
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Coloured => Renderer::styled(),
    };
    renderer.render(&groups)
}

/// Whole lines of a source. Rendering takes time in proportion to the text, so only the shown lines are
/// passed.
struct Window<'a> {
    text: &'a str,
    /// The byte offset of the text in the source.
    offset: usize,
    /// The number of its first line.
    line: usize,
}

impl<'a> Window<'a> {
    /// The lines from the first to the last of these places.
    fn around<'p>(source: &'a Source, places: impl IntoIterator<Item = &'p Range<usize>>) -> Self {
        let whole = source.text();
        let (start, end) = places
            .into_iter()
            .fold((whole.len(), 0), |(start, end), place| {
                (start.min(place.start), end.max(place.end))
            });
        let (before, rest) = whole.split_at_checked(start).unwrap_or((whole, ""));
        let offset = before.rfind('\n').map_or(0, |at| at.saturating_add(1));
        let length = end.saturating_sub(start);
        let after = rest.get(length..).and_then(|rest| rest.find('\n'));
        let end = after.map_or(whole.len(), |at| {
            // The line end itself belongs to the line.
            start
                .saturating_add(length)
                .saturating_add(at)
                .saturating_add(1)
        });
        Self {
            text: whole.get(offset..end).unwrap_or_default(),
            offset,
            line: source.position(offset).line,
        }
    }

    /// A place of the source as a byte range of this text.
    const fn within(&self, place: &Range<usize>) -> Range<usize> {
        place.start.saturating_sub(self.offset)..place.end.saturating_sub(self.offset)
    }

    fn snippet<T: Clone>(&self, source: &'a Source) -> Snippet<'a, T> {
        Snippet::source(self.text)
            .line_start(self.line)
            .path(source.path())
    }
}

/// The byte range to underline: only the first line of a long block.
fn range(source: &Source, location: &Location) -> Range<usize> {
    let whole = clamped(source, location.span.start..location.span.end);
    let text = source.text().get(whole.clone()).unwrap_or_default();
    let first = text.lines().next().unwrap_or_default().trim_end();
    whole.start..whole.start.saturating_add(first.len())
}

/// The range, limited to the text and to boundaries of characters.
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

    /// Renders a diagnostic with `word` underlined, `other` as a related place, and `fix` as the replacement.
    fn rendered(text: &str, word: &str, other: Option<&str>, fix: Option<&str>) -> String {
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
        insta::assert_snapshot!(rendered(
            "Ā č ē ģ ī ķ ļ ņ š ū ž: šķērslis ir te.\n",
            "šķērslis",
            Some("ģ ī"),
            Some("ķirsis"),
        ));
    }

    #[test]
    fn tabs_emoji_and_combining_marks_keep_the_underline_in_place() {
        insta::assert_snapshot!(rendered("\tviens\tdivi trīs\n", "divi", None, None));
        insta::assert_snapshot!(rendered("a 🍒👩‍🦽 divi trīs\n", "divi", None, None));
        insta::assert_snapshot!(rendered(
            "s\u{30c}k\u{327}e\u{304}rslis divi\n",
            "divi",
            None,
            None
        ));
    }
}
