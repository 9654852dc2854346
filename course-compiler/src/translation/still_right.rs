//! A person's statements that stale translations are still right.

use crate::load::FileKind;
use crate::model::Language;
use crate::source::{Source, Span};

/// Stale passages that a person has compared with the current source and found right. `course lock` records
/// them as made from it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StillRight(Vec<Claim>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Claim {
    Language(Language),
    Place(Place),
}

/// A lesson file, or a line in one, in the form used by diagnostics.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) path: String,
    line: Option<usize>,
}

/// The word names neither a language nor a file of a translation nor a line of one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no language, no lesson file such as `course/en/01-lesson.md`, and no line of one"
)]
pub struct Misnamed(pub String);

impl StillRight {
    /// Adds a name: a language (`en`), a file in the form used by diagnostics (`course/en/01-lesson.md`), or
    /// a place in one (`course/en/01-lesson.md:12`, or with a column after it).
    ///
    /// # Errors
    ///
    /// When the name is none of these.
    pub fn add(&mut self, named: &str) -> Result<(), Misnamed> {
        let claim = match Language::from_word(named) {
            Some(language) => Claim::Language(language),
            None => Claim::Place(Place::read(named).ok_or_else(|| Misnamed(named.to_owned()))?),
        };
        self.0.push(claim);
        Ok(())
    }

    /// The named files.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|claim| match claim {
            Claim::Language(_) => None,
            Claim::Place(place) => Some(place.path.as_str()),
        })
    }

    /// Whether it includes this place in a translation.
    pub(crate) fn says(&self, language: Language, source: &Source, span: Span) -> bool {
        self.0.iter().any(|claim| match claim {
            Claim::Language(named) => *named == language,
            Claim::Place(place) => place.covers(source, span),
        })
    }
}

impl Place {
    /// `course/en/01-lesson.md`, `course/en/01-lesson.md:12`, or with a column after it.
    pub(crate) fn read(named: &str) -> Option<Self> {
        let (path, place) = match named.split_once(".md:") {
            Some((stem, place)) => (format!("{stem}.md"), Some(place)),
            None => (named.to_owned(), None),
        };
        let line = match place {
            None => None,
            Some(place) => {
                let line = place.split_once(':').map_or(place, |(line, _)| line);
                Some(line.parse().ok()?)
            }
        };
        let (_, path_in_course) = path.split_once('/')?;
        let is_lesson = matches!(FileKind::of(path_in_course), FileKind::Lesson(_));
        is_lesson.then_some(Self { path, line })
    }

    /// Whether a span is in the file, and on the line if one is named.
    pub(crate) fn covers(&self, source: &Source, span: Span) -> bool {
        if self.path != source.path() {
            return false;
        }
        if let Some(origin) = source.origin(span) {
            let own = (origin.source, origin.span);
            let (file, span) = origin.by_way_of.unwrap_or(own);
            return self.covers(&file, span);
        }
        self.line.is_none_or(|line| {
            let first = source.position(span.start).line;
            let last = source.position(span.end.saturating_sub(1)).line;
            (first..=last.max(first)).contains(&line)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(named: &str, place: &str) -> bool {
        let source = Source::new("kurss/en/01-a.md", b"one\ntwo\n\nthree\nfour\n\nfive\n");
        let at = source.text().find(place).unwrap();
        let mut still_right = StillRight::default();
        still_right.add(named).unwrap();
        let span = Span::new(at, at + place.len());
        still_right.says(Language::En, &source, span)
    }

    #[test]
    fn a_language_a_file_or_a_line_can_be_named() {
        for named in [
            "en",
            "kurss/en/01-a.md",
            "kurss/en/01-a.md:5",
            "kurss/en/01-a.md:4:1",
        ] {
            assert!(says(named, "three\nfour\n"), "{named}");
        }
        for named in [
            "lv",
            "kurss/en/01-b.md",
            "kurss/en/01-a.md:2",
            "kurss/en/01-a.md:6",
        ] {
            assert!(!says(named, "three\nfour\n"), "{named}");
        }
    }

    #[test]
    fn other_words_are_refused() {
        for named in [
            "",
            "english",
            "en/01-a.md",
            "kurss/en/01-a.md:x",
            "kurss/xx/01-a.md",
            "kurss/en",
        ] {
            assert!(StillRight::default().add(named).is_err(), "{named}");
        }
    }
}
