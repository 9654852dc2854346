//! Rules, and the reporting of their violations.

use super::{Diagnostic, Fix, Location, Related, Severity};
use crate::edit::Edit;
use crate::source::{Source, Span};

/// A rule that a course may break.
#[derive(Debug)]
pub struct Rule {
    /// The code in diagnostics.
    pub code: &'static str,
    /// The severity of a violation.
    pub severity: Severity,
    /// Its documentation, Markdown.
    pub page: &'static str,
}

impl Rule {
    /// A summary of the rule: the first paragraph of its page.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        self.page
            .lines()
            .map(str::trim)
            .find(|line| !line.is_empty() && !line.starts_with('#'))
            .unwrap_or_default()
    }

    /// A violation of this rule at a place.
    pub(crate) fn at(&self, source: &Source, span: Span, message: impl Into<String>) -> Diagnostic {
        self.in_place(Location::new(source, span), message)
    }

    /// A violation of this rule at a place or in a whole file.
    pub(crate) fn in_place(&self, location: Location, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code: self.code.into(),
            severity: self.severity,
            message: message.into(),
            location,
            related: Vec::new(),
            help: None,
            fix: None,
        }
    }
}

impl Diagnostic {
    /// Adds what to do.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds another place that helps to explain it.
    pub(crate) fn related(
        mut self,
        source: &Source,
        span: Span,
        message: impl Into<String>,
    ) -> Self {
        self.related.push(Related {
            location: Location::new(source, span),
            message: message.into(),
        });
        self
    }

    /// Adds an edit that corrects it.
    pub(crate) fn fix(
        self,
        message: impl Into<String>,
        span: Span,
        replacement: impl Into<String>,
    ) -> Self {
        self.fix_all(
            message,
            vec![Edit {
                span,
                replacement: replacement.into(),
            }],
        )
    }

    /// Adds edits that belong together, in order.
    pub(crate) fn fix_all(mut self, message: impl Into<String>, edits: Vec<Edit>) -> Self {
        self.fix = Some(Fix {
            message: message.into(),
            edits,
        });
        self
    }
}

/// Collects the diagnostics of one file.
pub(crate) struct Report<'a> {
    pub(crate) source: &'a Source,
    pub(crate) found: Vec<Diagnostic>,
}

impl<'a> Report<'a> {
    pub(crate) const fn new(source: &'a Source) -> Self {
        Self {
            source,
            found: Vec::new(),
        }
    }

    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }
}
