//! The diagnostic, its parts, and the sources that it refers to.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::edit::Edit;
use crate::source::{Position, Source, Span};

/// The severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The course is left out until the error is corrected.
    Error,
    /// The course compiles, but the problem should be corrected.
    Warning,
}

impl Severity {
    /// The name of the severity.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Location {
    /// Path from the folder of courses, with `/`.
    pub file: String,
    /// The byte range in the normalised text.
    pub span: Span,
    /// Where it begins.
    pub start: Position,
    /// Where it ends: the position after its last character.
    pub end: Position,
}

impl Location {
    /// A span of a source file, without trailing spaces and line ends.
    #[must_use]
    pub fn new(source: &Source, span: Span) -> Self {
        let length = source.slice(span).trim_end().len();
        let span = Span::new(span.start, span.start.saturating_add(length));
        Self {
            file: source.path().to_owned(),
            span,
            start: source.position(span.start),
            end: source.position(span.end),
        }
    }

    /// A whole file, or a missing one.
    #[must_use]
    pub fn file(path: impl Into<String>) -> Self {
        let start = Position { line: 1, column: 1 };
        Self {
            file: path.into(),
            span: Span::default(),
            start,
            end: start,
        }
    }
}

/// Another place that helps to explain the problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Related {
    /// Where.
    pub location: Location,
    /// What is there.
    pub message: String,
}

/// Edits that correct the problem without changing anything else. They are applied together or not at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// What the edits do, in the imperative.
    pub message: String,
    /// The edits in the diagnostic's file, in order and without overlaps.
    pub edits: Vec<Edit>,
}

/// A problem in a course.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The stable code, such as `quiz-no-correct`; `course explain` describes it.
    pub code: Cow<'static, str>,
    /// How bad it is.
    pub severity: Severity,
    /// One sentence: what is wrong.
    pub message: String,
    /// The place.
    pub location: Location,
    /// Other places that help to explain it.
    pub related: Vec<Related>,
    /// One sentence: what to do.
    pub help: Option<String>,
    /// Edits that correct it, where that is safe.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// Whether it excludes its course from the bundle.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// The files that it refers to.
    pub(crate) fn files(&self) -> impl Iterator<Item = &str> {
        let related = self.related.iter().map(|related| &related.location);
        [&self.location]
            .into_iter()
            .chain(related)
            .map(|location| location.file.as_str())
    }

    /// The folder of the course with the problem, if it is in a course.
    #[must_use]
    pub fn course_folder(&self) -> Option<&str> {
        self.location.file.split_once('/').map(|(folder, _)| folder)
    }

    /// The diagnostic with paths converted by `shown`, see [`crate::load::Root::shown`].
    #[must_use]
    pub fn shown(mut self, shown: &dyn Fn(&str) -> String) -> Self {
        let related = self.related.iter_mut();
        for location in related
            .map(|related| &mut related.location)
            .chain([&mut self.location])
        {
            location.file = shown(&location.file);
        }
        self
    }

    /// What diagnostics are sorted by: file, place, code.
    pub(crate) fn sort_key(&self) -> (&str, Span, &str, &str) {
        (
            &self.location.file,
            self.location.span,
            &self.code,
            &self.message,
        )
    }
}

/// The sources that diagnostics refer to, by path.
#[derive(Clone, Debug, Default)]
pub struct Sources(BTreeMap<String, Arc<Source>>);

impl Sources {
    /// The source file with this path from the folder of courses.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&Source> {
        self.0.get(path).map(Arc::as_ref)
    }

    /// The place of an edit, including trailing spaces. `None` if the file is not among the sources.
    pub(crate) fn place(&self, file: &str, span: Span) -> Option<(Position, Position)> {
        let source = self.get(file)?;
        Some((source.position(span.start), source.position(span.end)))
    }

    /// The same sources, with paths as in [`Diagnostic::shown`].
    #[must_use]
    pub fn shown(&self, shown: &dyn Fn(&str) -> String) -> Self {
        let mut sources = Self::default();
        for source in self.0.values() {
            let path = shown(source.path());
            sources.insert(Arc::new(source.renamed(path)));
        }
        sources
    }

    /// Adds a source.
    pub fn insert(&mut self, source: Arc<Source>) {
        self.0.insert(source.path().to_owned(), source);
    }

    /// Keeps only the sources with these paths.
    pub(crate) fn retain(&mut self, paths: &BTreeSet<&str>) {
        self.0.retain(|path, _| paths.contains(path.as_str()));
    }
}
