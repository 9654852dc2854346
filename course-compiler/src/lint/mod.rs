//! The rules that courses are checked against: one file a rule, its documentation beside it.
//!
//! A rule either looks at a whole course (its `check`), or is raised where the problem is met: while a table
//! is read, while a question is taken apart. Either way its file holds the wording. The Markdown page beside it
//! has prose, a sample and the diagnostic that the sample gives; a test holds the page to it.
//!
//! A course may say otherwise about warnings: `settings`.
//!
//! **To add a rule**, write the file and the page, and add a line to `rules!` below.

use crate::compile::Options;
use crate::diagnostic::{Diagnostic, Fix, Location, Related, Severity};
use crate::draft::DraftCourse;
use crate::edit::Edit;
use crate::source::{Source, Span};

/// A rule.
#[derive(Debug)]
pub struct Rule {
    /// Its name in diagnostics.
    pub code: &'static str,
    /// How bad it is to break it.
    pub severity: Severity,
    /// Its documentation, Markdown.
    pub page: &'static str,
    /// Looks for it in a course; absent when the rule is raised while reading.
    pub(crate) check: Option<fn(&DraftCourse, &mut Vec<Diagnostic>)>,
}

macro_rules! rules {
    ($($module:ident,)+) => {
        $( pub(crate) mod $module; )+

        /// All rules, by code.
        pub const RULES: &[&Rule] = &[ $( &$module::RULE, )+ ];
    };
}

rules! {
    a11y_alt_missing,
    a11y_link_text,
    a11y_media_no_captions,
    allow_invalid,
    allow_unused,
    anchor_broken,
    asset_missing,
    asset_unused,
    case_no_way_out,
    case_unreachable_step,
    choice_rebound,
    conflict_marker,
    file_skipped,
    file_unreadable,
    glossary_undefined,
    heading_empty,
    heading_skip,
    html_unsafe,
    i18n_stale,
    i18n_structure_mismatch,
    id_changed,
    id_duplicate,
    id_missing,
    id_rebound,
    id_retired_reused,
    legal_check_old,
    link_broken,
    lock_stale,
    meta_bad_value,
    meta_missing,
    meta_unknown_key,
    metadata_not_first,
    quiz_answer_shown,
    quiz_bad_number,
    quiz_duplicate_choice,
    quiz_looks_checked,
    quiz_malformed,
    quiz_many_correct,
    quiz_no_correct,
    quiz_no_feedback,
    quiz_not_marked,
    quiz_order_too_short,
    quiz_unknown_type,
    quiz_weight_sum,
    reading_level,
    review_missing,
    spelling,
}

mod settings;

pub(crate) use settings::{Levels, Verdicts};

/// A rule by its code.
#[must_use]
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code == code).copied()
}

/// The rule whose code is most like this word, if one is.
#[must_use]
pub fn rule_like(word: &str) -> Option<&'static Rule> {
    let codes: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
    rule(nearest(word, &codes)?)
}

/// Runs every rule that looks at a whole course.
pub(crate) fn check(course: &DraftCourse, options: &Options) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for check in RULES.iter().filter_map(|rule| rule.check) {
        check(course, &mut found);
    }
    if let Some(today) = options.today {
        legal_check_old::check(course, today, &mut found);
    }
    if let Some(known) = &options.spelling {
        spelling::check(course, known.as_ref(), &mut found);
    }
    found
}

impl Rule {
    /// What the rule is about: the first paragraph of its page.
    #[must_use]
    pub fn summary(&self) -> &'static str {
        self.page
            .lines()
            .map(str::trim)
            .find(|line| !line.is_empty() && !line.starts_with('#'))
            .unwrap_or_default()
    }

    /// A breach of this rule, at a place.
    pub(crate) fn at(&self, source: &Source, span: Span, message: impl Into<String>) -> Diagnostic {
        self.in_place(Location::new(source, span), message)
    }

    /// A breach of this rule, at a place or in a file as a whole.
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
    /// Says what to do.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Points to another place that explains it.
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

    /// Offers the edit.
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

    /// Offers edits that belong together, in order of their places.
    pub(crate) fn fix_all(mut self, message: impl Into<String>, edits: Vec<Edit>) -> Self {
        self.fix = Some(Fix {
            message: message.into(),
            edits,
        });
        self
    }
}

/// Where the readers of one file put what they find wrong.
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

/// Where a text stands within a span, if it stands there once.
pub(crate) fn only_place(source: &Source, span: Span, text: &str) -> Option<Span> {
    let mut places = source.slice(span).match_indices(text);
    let (at, _) = places.next().filter(|_| !text.is_empty())?;
    let place = Span::new(at, at.saturating_add(text.len())).moved(span.start);
    places.next().is_none().then_some(place)
}

/// Words beyond this many are not looked through for the one that was meant: it keeps the time of many mistakes in a
/// huge file within bounds.
pub(crate) const MOST_LIKELY: usize = 500;

/// The longest word, in bytes, that is taken for a mistyped one.
const LONGEST_MISTYPED: usize = 100;

/// The word of `known` that `word` was probably meant to be.
pub(crate) fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    if word.len() > LONGEST_MISTYPED {
        return None;
    }
    known
        .iter()
        .take(MOST_LIKELY)
        .filter(|candidate| candidate.len() <= LONGEST_MISTYPED)
        .map(|candidate| (crate::likeness::edit_distance(word, candidate), *candidate))
        .filter(|(distance, candidate)| *distance <= 2.max(candidate.chars().count() / 3))
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests;
