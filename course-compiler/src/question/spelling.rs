//! Comparing typed texts.
//!
//! Always ignored: composed or decomposed letters (Unicode NFC), the number of spaces, straight or
//! typographic quotes and hyphens, and a full stop at the end. Phones and word processors change these
//! automatically. Capital letters are ignored unless `case="exact"`. Diacritics matter, because they
//! distinguish Latvian words (*kāzas*, *kazas*), unless `diacritics="ignore"`.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::written::{Content, QuestionDraft};
use crate::diagnostic::Report;
use crate::rules::meta_bad_value;

/// Attributes that choose how texts are compared.
pub(super) const SETTINGS: &[&str] = &["case", "diacritics"];

const EXACT: &str = "exact";
const IGNORE: &str = "ignore";

/// How the texts of one question are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Spelling {
    /// Whether capital letters matter.
    pub(crate) case: bool,
    /// Whether diacritics matter.
    pub(crate) diacritics: bool,
}

impl Spelling {
    /// From the attributes of the heading.
    pub(super) fn of(question: &QuestionDraft) -> Self {
        Self::from_settings(|key| question.attribute(key))
    }

    /// From the attributes while the question is parsed.
    pub(super) fn of_content(content: &Content<'_>) -> Self {
        Self::from_settings(|key| content.attribute(key).map(|value| value.text.as_str()))
    }

    fn from_settings<'a>(value: impl Fn(&str) -> Option<&'a str>) -> Self {
        Self {
            case: value("case") == Some(EXACT),
            diacritics: value("diacritics") != Some(IGNORE),
        }
    }

    /// A canonical form of a text: equal for texts that count as equal.
    pub(super) fn fold(self, text: &str) -> String {
        let visible = text.nfc().filter(|c| !is_invisible(*c));
        let mut folded = String::with_capacity(text.len());
        for c in visible {
            match c {
                '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{02bc}' => folded.push('\''),
                '\u{201c}' | '\u{201d}' | '\u{201e}' | '«' | '»' => folded.push('"'),
                '\u{2010}'..='\u{2015}' | '\u{2212}' => folded.push('-'),
                _ if self.case => folded.push(c),
                _ => folded.extend(c.to_lowercase()),
            }
        }
        let mut folded: String = if self.diacritics {
            folded.nfc().collect()
        } else {
            folded.nfd().filter(|c| !is_combining_mark(*c)).collect()
        };
        let end = folded.trim_end_matches(|c: char| c == '.' || c.is_whitespace());
        folded.truncate(end.len());
        folded.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// Soft hyphens and joiners that are copied with a text.
const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'
    )
}

/// Reports settings without effect.
pub(super) fn check(content: &Content<'_>, report: &mut Report<'_>) {
    for (key, known) in [("case", EXACT), ("diacritics", IGNORE)] {
        if let Some(value) = content.attribute(key)
            && value.text != known
        {
            let expected = format!("`{key}=\"{known}\"`, or leave it out");
            meta_bad_value::report(report, value.span, key, &expected);
        }
    }
}

/// The alternatives separated by `;`, without empty ones.
pub(super) fn alternatives(text: &str) -> Vec<String> {
    text.split(';')
        .map(str::trim)
        .filter(|text| text.chars().any(char::is_alphanumeric))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEFAULT: Spelling = Spelling {
        case: false,
        diacritics: true,
    };

    #[test]
    fn what_devices_change_makes_no_difference() {
        for (typed, accepted) in [
            ("  Tiesībsarga \u{a0} birojs ", "Tiesībsarga birojs"),
            ("Tiesi\u{304}bsargs", "Tiesībsargs"),
            ("TIESĪBSARGS.", "tiesībsargs"),
            ("O\u{2019}Hara", "O'Hara"),
            ("„Papardes zieds”", "\"papardes zieds\""),
            ("2014\u{2013}2020", "2014-2020"),
            ("tiesīb\u{ad}sargs", "tiesībsargs"),
            ("u. c.", "u. c"),
        ] {
            assert_eq!(DEFAULT.fold(typed), DEFAULT.fold(accepted), "{typed}");
        }
    }

    #[test]
    fn diacritics_tell_words_apart_unless_they_are_ignored() {
        for (plain, accented) in [
            ("kazas", "kāzas"),
            ("Rigā", "Rīgā"),
            ("kads", "ķads"),
            ("Sakis", "Šaķis"),
        ] {
            assert_ne!(DEFAULT.fold(plain), DEFAULT.fold(accented));
            let ignoring = Spelling {
                diacritics: false,
                ..DEFAULT
            };
            assert_eq!(ignoring.fold(plain), ignoring.fold(accented));
        }
    }

    #[test]
    fn capitals_matter_only_where_they_are_asked_for() {
        let exact = Spelling {
            case: true,
            ..DEFAULT
        };
        assert_eq!(DEFAULT.fold("ĀRIJA"), DEFAULT.fold("ārija"));
        assert_ne!(exact.fold("ES"), exact.fold("Es"));
    }

    #[test]
    fn folding_twice_changes_nothing_more() {
        for text in ["  A.. ", "Ēriks.", "ǅ", "İ", ". .", "ﬁ"] {
            let once = DEFAULT.fold(text);
            assert_eq!(DEFAULT.fold(&once), once, "{text}");
        }
    }
}
