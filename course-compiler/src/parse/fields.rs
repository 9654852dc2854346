//! Reads TOML tables by key, reports errors with their places, and finds unknown keys.

use std::ops::RangeInclusive;

use chrono::NaiveDate;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::attributes::Word;
use crate::diagnostic::Report;
use crate::likeness::{edit_distance, nearest};
use crate::rules::meta_bad_value::Line;
use crate::rules::{meta_bad_value, meta_missing, meta_unknown_key, slips};
use crate::source::Span;

/// A TOML table being read.
pub(crate) struct Fields<'a> {
    table: &'a DeTable<'a>,
    /// The place of the table, for missing keys.
    span: Span,
    /// The offset of the TOML in its file.
    offset: usize,
    asked: Vec<&'static str>,
}

/// Parses a TOML text at `offset` in its file. Values that cannot be read are reported and left out.
pub(crate) fn parse<'a>(text: &'a str, offset: usize, report: &mut Report<'_>) -> DeTable<'a> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut told = None;
    for error in errors {
        let span = error.span().map_or(Span::new(0, 0), Span::from);
        let start = text
            .get(..span.start)
            .and_then(|before| before.rfind('\n'))
            .map_or(0, |at| at.saturating_add(1));
        // What follows on the same line follows from the first error.
        if told == Some(start) {
            continue;
        }
        told = Some(start);
        let line = text.get(start..).and_then(|text| text.lines().next());
        let line = Line {
            span: Span::new(start, start.saturating_add(line.map_or(0, str::len))).moved(offset),
            meant: line.and_then(slips::meant),
        };
        meta_bad_value::not_toml(report, span.moved(offset), error.message(), line);
    }
    table.into_inner()
}

impl<'a> Fields<'a> {
    pub(crate) const fn new(table: &'a DeTable<'a>, span: Span, offset: usize) -> Self {
        Self {
            table,
            span,
            offset,
            asked: Vec::new(),
        }
    }

    fn value(&mut self, key: &'static str) -> Option<(&'a DeValue<'a>, Span)> {
        self.asked.push(key);
        let value: &'a Spanned<DeValue<'a>> = self.table.get(key)?;
        Some((value.get_ref(), Span::from(value.span()).moved(self.offset)))
    }

    /// The place of a key's value, otherwise of the table.
    pub(crate) fn place(&self, key: &str) -> Span {
        self.table.get(key).map_or(self.span, |value| {
            Span::from(value.span()).moved(self.offset)
        })
    }

    /// Whether a key is present.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Reports missing keys among `keys`.
    pub(crate) fn require(&self, keys: &[&'static str], report: &mut Report<'_>) {
        // Where a line could not be read, the key may be there.
        if report.found.iter().any(meta_bad_value::is_not_toml) {
            return;
        }
        for key in keys {
            if !self.table.contains_key(*key) {
                meta_missing::report(report, self.span, key);
            }
        }
    }

    /// A text that is not empty, with its place.
    pub(crate) fn word_at(&mut self, key: &'static str, report: &mut Report<'_>) -> Option<Word> {
        let (value, span) = self.value(key)?;
        match value.as_str().map(str::trim) {
            Some(text) if !text.is_empty() => Some(Word {
                text: text.to_owned(),
                span,
            }),
            _ => {
                meta_bad_value::report(report, span, key, "a text that is not empty");
                None
            }
        }
    }

    /// A text that is not empty.
    pub(crate) fn text(&mut self, key: &'static str, report: &mut Report<'_>) -> Option<String> {
        self.word_at(key, report).map(|word| word.text)
    }

    /// A word of an enum.
    pub(crate) fn choice<T: Copy>(
        &mut self,
        key: &'static str,
        all: &[T],
        as_str: fn(T) -> &'static str,
        report: &mut Report<'_>,
    ) -> Option<T> {
        let (value, span) = self.value(key)?;
        let found = value
            .as_str()
            .and_then(|text| all.iter().find(|word| as_str(**word) == text));
        if found.is_none() {
            let words: Vec<String> = all
                .iter()
                .map(|word| format!("\"{}\"", as_str(*word)))
                .collect();
            meta_bad_value::report(report, span, key, &words.join(" or "));
        }
        found.copied()
    }

    /// A whole number within a range.
    pub(crate) fn integer(
        &mut self,
        key: &'static str,
        range: RangeInclusive<u32>,
        report: &mut Report<'_>,
    ) -> Option<u32> {
        let (value, span) = self.value(key)?;
        let found = value
            .as_integer()
            .and_then(|number| number.as_str().parse().ok())
            .filter(|number| range.contains(number));
        if found.is_none() {
            let quoted = value.as_str().and_then(|text| text.trim().parse().ok());
            if let Some(number) = quoted.filter(|number| range.contains(number)) {
                meta_bad_value::in_quotes(report, span, key, &number.to_string());
            } else {
                let expected = format!("a whole number from {} to {}", range.start(), range.end());
                meta_bad_value::report(report, span, key, &expected);
            }
        }
        found
    }

    /// A number within a range, whole or not.
    pub(crate) fn number(
        &mut self,
        key: &'static str,
        range: RangeInclusive<f64>,
        report: &mut Report<'_>,
    ) -> Option<f64> {
        let (value, span) = self.value(key)?;
        let text = match value {
            DeValue::Integer(number) => Some(number.as_str()),
            DeValue::Float(number) => Some(number.as_str()),
            _ => None,
        };
        let found = text
            .and_then(|text| text.parse().ok())
            .filter(|number| range.contains(number));
        if found.is_none() {
            let expected = format!("a number from {} to {}", range.start(), range.end());
            meta_bad_value::report(report, span, key, &expected);
        }
        found
    }

    /// A calendar date.
    pub(crate) fn date(&mut self, key: &'static str, report: &mut Report<'_>) -> Option<NaiveDate> {
        let (value, span) = self.value(key)?;
        let found = value.as_datetime().and_then(|datetime| {
            let date = datetime.date.filter(|_| datetime.time.is_none())?;
            NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
        });
        if found.is_none() {
            let quoted = value
                .as_str()
                .and_then(|text| NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").ok());
            match quoted {
                Some(date) => meta_bad_value::in_quotes(report, span, key, &date.to_string()),
                None => meta_bad_value::report(
                    report,
                    span,
                    key,
                    "a date such as 2026-11-22, without quotes",
                ),
            }
        }
        found
    }

    /// A boolean.
    pub(crate) fn flag(&mut self, key: &'static str, report: &mut Report<'_>) -> Option<bool> {
        let (value, span) = self.value(key)?;
        let found = value.as_bool();
        if found.is_none() {
            match value.as_str().map(str::trim) {
                Some(bare @ ("true" | "false")) => {
                    meta_bad_value::in_quotes(report, span, key, bare);
                }
                _ => meta_bad_value::report(report, span, key, "true or false"),
            }
        }
        found
    }

    /// A list of texts with their places.
    pub(crate) fn words(
        &mut self,
        key: &'static str,
        report: &mut Report<'_>,
    ) -> Option<Vec<Word>> {
        let (value, span) = self.value(key)?;
        let words = value.as_array().and_then(|array| {
            array
                .iter()
                .map(|item| {
                    Some(Word {
                        text: item.get_ref().as_str()?.to_owned(),
                        span: Span::from(item.span()).moved(self.offset),
                    })
                })
                .collect()
        });
        if words.is_none() {
            meta_bad_value::report(report, span, key, "a list of texts");
        }
        words
    }

    /// Whether the value of a key is exactly this text.
    pub(crate) fn is_text(&mut self, key: &'static str, text: &str) -> bool {
        self.value(key)
            .is_some_and(|(value, _)| value.as_str() == Some(text))
    }

    /// A table, `[key]`.
    pub(crate) fn table(
        &mut self,
        key: &'static str,
        report: &mut Report<'_>,
    ) -> Option<Fields<'a>> {
        let (value, span) = self.value(key)?;
        let table = value.as_table();
        if table.is_none() {
            meta_bad_value::report(report, span, key, &format!("a table, [{key}]"));
        }
        table.map(|table| Fields::new(table, span, self.offset))
    }

    /// A list of tables, `[[key]]`; none when the key is absent.
    pub(crate) fn tables(&mut self, key: &'static str, report: &mut Report<'_>) -> Vec<Fields<'a>> {
        let Some((value, span)) = self.value(key) else {
            return Vec::new();
        };
        let tables: Option<Vec<_>> = value.as_array().and_then(|array| {
            array
                .iter()
                .map(|item| {
                    let span = Span::from(item.span()).moved(self.offset);
                    Some(Fields::new(item.get_ref().as_table()?, span, self.offset))
                })
                .collect()
        });
        tables.unwrap_or_else(|| {
            meta_bad_value::report(report, span, key, &format!("a list of tables, [[{key}]]"));
            Vec::new()
        })
    }

    /// Reports the keys that were not read.
    pub(crate) fn finish(self, report: &mut Report<'_>) {
        for (key, _) in self.table {
            let name = key.get_ref().as_ref();
            if !self.asked.contains(&name) {
                let span = Span::from(key.span()).moved(self.offset);
                let meant = nearest(name, &self.asked).filter(|meant| {
                    edit_distance(name, meant) == 1 && !self.table.contains_key(*meant)
                });
                match meant {
                    Some(meant) => meta_unknown_key::mistyped(report, span, name, meant),
                    None => meta_unknown_key::report(report, span, name, &self.asked),
                }
            }
        }
    }
}
