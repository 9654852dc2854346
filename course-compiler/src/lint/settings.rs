//! A course's settings for rules: their severity (`[lint]` in `course.toml`), and places where a violation is
//! allowed, each with its reason (a comment before the place).
//!
//! Only the severity of warnings can be changed. Errors would make a course that does not work.

use std::ops::RangeInclusive;
use std::sync::Arc;

use super::list::{rule, rule_like};
use super::{date_in_future, legal_check_old, quiz_guessable, spelling};
use crate::diagnostic::{Diagnostic, Severity};
use crate::draft::{DraftFile, Level, Levels};
use crate::draft_course::DraftCourse;
use crate::model::Language;
use crate::options::Options;
use crate::parse::{NodeKind, front_matter};
use crate::rules::{allow_invalid, allow_unused};
use crate::source::{Source, Span};
use crate::spelling::Spelling;

/// A comment that allows a violation.
#[derive(Debug)]
struct Allowance {
    source: Arc<Source>,
    /// The rule.
    code: String,
    /// The comment, without and with its line end.
    span: Span,
    line: Span,
    /// The lines to which it applies: up to the end of a block. Allowances for the same line end at the same
    /// line.
    covers: RangeInclusive<usize>,
    used: bool,
}

impl Allowance {
    /// The key of the diagnostics that it may allow: file, code, last line.
    fn key(&self) -> (&str, &str, usize) {
        (self.source.path(), &self.code, *self.covers.end())
    }
}

/// Applies a course's settings to its diagnostics.
pub(crate) struct Verdicts {
    levels: Levels,
    /// By [`Allowance::key`], then by their first line.
    allowances: Vec<Allowance>,
    /// Comments that are not valid allowances.
    invalid: Vec<Diagnostic>,
    /// Rules that were not checked, or not everywhere.
    silent: Vec<&'static str>,
}

impl Verdicts {
    /// Reads a course's settings and allowances.
    pub(crate) fn of(course: &DraftCourse, options: &Options) -> Self {
        let mut verdicts = Self {
            levels: course.meta.levels.clone(),
            allowances: Vec::new(),
            invalid: Vec::new(),
            silent: silent(options),
        };
        let meta = &course.meta_source;
        verdicts.read(meta, meta.text().len(), None);
        for file in course.texts() {
            let body = front_matter::split(file.source.text()).body.start;
            verdicts.read(&file.source, body, Some(file));
        }
        let order = |one: &Allowance, other: &Allowance| {
            let starts = || one.covers.start().cmp(other.covers.start());
            one.key().cmp(&other.key()).then_with(starts)
        };
        verdicts.allowances.sort_by(order);
        verdicts
    }

    /// Removes diagnostics that are turned off or allowed, and raises those that the course treats as errors.
    pub(crate) fn apply(&mut self, found: &mut Vec<Diagnostic>) {
        found.append(&mut self.invalid);
        found.retain_mut(|diagnostic| {
            if diagnostic.severity == Severity::Error {
                return true;
            }
            if self.allows(diagnostic) {
                return false;
            }
            match self.levels.of(&diagnostic.code) {
                Some(Level::Off) => return false,
                Some(Level::Error) => diagnostic.severity = Severity::Error,
                Some(Level::Warning) | None => {}
            }
            true
        });
    }

    /// Allowances that were not used, after all diagnostics were processed by [`Verdicts::apply`].
    pub(crate) fn unused(&mut self) -> Vec<Diagnostic> {
        let mut found = self
            .allowances
            .iter()
            .filter(|allowance| !allowance.used && !self.silent.contains(&allowance.code.as_str()))
            .map(
                |Allowance {
                     source,
                     span,
                     line,
                     code,
                     ..
                 }| { allow_unused::report(source, *span, *line, code) },
            )
            .collect();
        self.apply(&mut found);
        found
    }

    fn allows(&mut self, diagnostic: &Diagnostic) -> bool {
        let line = diagnostic.location.start.line;
        let (file, code) = (diagnostic.location.file.as_str(), diagnostic.code.as_ref());
        let first = self
            .allowances
            .partition_point(|allowance| allowance.key() < (file, code, line));
        let Some(end) = self.allowances.get(first).map(|one| *one.covers.end()) else {
            return false;
        };
        let after = self.allowances.partition_point(|allowance| {
            (allowance.key(), *allowance.covers.start()) <= ((file, code, end), line)
        });
        let good = self.allowances.get_mut(first..after).unwrap_or_default();
        let allowed = !good.is_empty();
        // An allowance that was used also marks those before it as used.
        for allowance in good.iter_mut().rev().take_while(|one| !one.used) {
            allowance.used = true;
        }
        allowed
    }

    /// Reads the comments of a source: TOML up to `toml_end`, after that the Markdown of `file`.
    fn read(&mut self, source: &Arc<Source>, toml_end: usize, file: Option<&DraftFile>) {
        if !source.text().contains("allow ") {
            return;
        }
        let lines: Vec<&str> = source.text().split_inclusive('\n').collect();
        let blocks = blocks_after(&lines);
        let places = file.map(Places::of).unwrap_or_default();
        let mut start = 0_usize;
        for (line, covers) in lines.iter().zip(blocks) {
            let span = Span::new(start, start.saturating_add(line.len()));
            start = span.end;
            let is_toml = span.start < toml_end;
            let Some(said) = said(line, is_toml) else {
                continue;
            };
            let place = if is_toml {
                Where::Comment
            } else {
                places.at(span)
            };
            if place == Where::Code {
                continue;
            }
            let indent = line.len().saturating_sub(line.trim_start().len());
            let comment = Span::new(span.start.saturating_add(indent), span.end);
            match judge(source, comment, said, place) {
                Ok(code) => self.allowances.push(Allowance {
                    source: Arc::clone(source),
                    code: code.to_owned(),
                    span: comment,
                    line: span,
                    covers,
                    used: false,
                }),
                Err(invalid) => self.invalid.push(*invalid),
            }
        }
    }
}

/// Rules that are not checked with these options, so it is unknown whether their allowances are needed.
fn silent(options: &Options) -> Vec<&'static str> {
    let mut silent = Vec::new();
    if options.today.is_none() {
        silent.extend([date_in_future::RULE.code, legal_check_old::RULE.code]);
    }
    if !options.guesses {
        silent.push(quiz_guessable::RULE.code);
    }
    let has_all = |spelling: &Arc<dyn Spelling>| Language::ALL.iter().all(|one| spelling.has(*one));
    if !options.spelling.as_ref().is_some_and(has_all) {
        silent.push(spelling::RULE.code);
    }
    silent
}

/// The kind of a line of Markdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Where {
    /// Part of a text that learners see.
    Text,
    /// Part of an example.
    Code,
    /// A comment.
    Comment,
}

/// The places of texts and examples in a file: spans in order and without overlaps.
#[derive(Default)]
struct Places {
    text: Vec<Span>,
    code: Vec<Span>,
}

impl Places {
    fn of(file: &DraftFile) -> Self {
        let mut places = Self::default();
        file.walk(&mut |node| match node.kind {
            NodeKind::CodeBlock(_) => places.code.push(node.span),
            NodeKind::Paragraph | NodeKind::Text(_) => places.text.push(node.span),
            _ => {}
        });
        Self {
            text: united(places.text),
            code: united(places.code),
        }
    }

    /// The kind of the line at `span`.
    fn at(&self, span: Span) -> Where {
        let is_in = |spans: &[Span]| {
            let after = spans.partition_point(|one| one.start < span.end);
            let last = after.checked_sub(1).and_then(|last| spans.get(last));
            last.is_some_and(|last| span.start < last.end)
        };
        if is_in(&self.code) {
            Where::Code
        } else if is_in(&self.text) {
            Where::Text
        } else {
            Where::Comment
        }
    }
}

/// Spans in order, with overlapping ones merged.
fn united(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut united: Vec<Span> = Vec::new();
    for span in spans {
        match united.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => united.push(span),
        }
    }
    united
}

/// The text after the word `allow`, if the line is such a comment.
fn said(line: &str, is_toml: bool) -> Option<&str> {
    if is_toml {
        let said = line
            .trim()
            .strip_prefix('#')?
            .trim()
            .strip_prefix("allow ")?;
        // An ordinary comment may start with the same word.
        let (code, _) = parts(said);
        return rule_like(code).map(|_| said);
    }
    let comment = line
        .trim_start_matches([' ', '\t', '>'])
        .trim_end()
        .strip_prefix("[//]:")?
        .trim_start()
        .strip_prefix('#')?
        .trim_start();
    let said = [('(', ')'), ('"', '"'), ('\'', '\'')]
        .iter()
        .find_map(|(open, close)| comment.strip_prefix(*open)?.strip_suffix(*close))?;
    said.trim().strip_prefix("allow ")
}

/// The code and the reason.
fn parts(said: &str) -> (&str, &str) {
    let (code, reason) = said.split_once(':').unwrap_or((said, ""));
    (code.trim(), reason.trim())
}

/// The code that is allowed, if its severity can be changed.
fn judge<'a>(
    source: &Source,
    span: Span,
    said: &'a str,
    place: Where,
) -> Result<&'a str, Box<Diagnostic>> {
    let (code, reason) = parts(said);
    let Some(rule) = rule(code) else {
        return Err(Box::new(allow_invalid::unknown(
            source,
            span,
            code,
            rule_like(code),
        )));
    };
    if rule.severity == Severity::Error {
        return Err(Box::new(allow_invalid::is_error(source, span, code)));
    }
    if reason.is_empty() {
        return Err(Box::new(allow_invalid::no_reason(source, span, code)));
    }
    if place == Where::Text {
        return Err(Box::new(allow_invalid::visible(source, span)));
    }
    Ok(code)
}

/// For each line that is a comment, the range of lines to which it applies: from the next block to the empty
/// line after it. Comments and empty lines before the block are skipped.
fn blocks_after(lines: &[&str]) -> Vec<RangeInclusive<usize>> {
    let is_empty = |line: &str| line.trim_matches(['>', ' ', '\t', '\n']).is_empty();
    let end = lines.len().saturating_add(1);
    let mut blocks = Vec::with_capacity(lines.len());
    let mut next = end..=end;
    let mut block_end = None;
    for (index, line) in lines.iter().enumerate().rev() {
        let number = index.saturating_add(1);
        blocks.push(next.clone());
        block_end = (!is_empty(line)).then(|| block_end.unwrap_or(number));
        if let Some(block_end) = block_end
            && said(line, false).is_none()
            && said(line, true).is_none()
        {
            next = number..=block_end;
        }
    }
    blocks.reverse();
    blocks
}
