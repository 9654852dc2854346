//! Parses the answers that learners type.

use std::collections::BTreeMap;

use super::super::{number, unit};
use crate::model::Language;

/// How a typed text was parsed.
#[derive(Debug, PartialEq)]
pub(super) enum Reading {
    Number(number::Read),
    /// A number in this unit, which is not the one asked for.
    OtherUnit(String),
    Nothing,
}

/// Parses the answer that a learner typed on a page of a language; `units` are those of the question.
pub(super) fn read_answer(
    typed: &str,
    language: Language,
    units: &BTreeMap<Language, String>,
) -> Reading {
    let text = number::plainly(typed);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    // Phones and habits add a full stop at the end.
    let text = text.trim_end_matches(['.', ',']);
    let Some(at) = text.find(|c: char| c.is_ascii_digit()) else {
        return Reading::Nothing;
    };
    let (before, rest) = text.split_at_checked(at).unwrap_or(("", text));
    // A decimal mark may precede the digits: `,5`.
    let words = before.trim_end_matches(['.', ',']);
    let mark = before.strip_prefix(words).unwrap_or_default();
    let (sign, before) = split_sign(words);
    let number = format!("{sign}{mark}{rest}");
    let (written, after) = number::split(&number);
    let Some(read) = number::in_answer(written, language) else {
        return Reading::Nothing;
    };
    let (("", unit) | (unit, "")) = (before.as_str(), without_dashes(after)) else {
        return Reading::Nothing;
    };
    if unit.is_empty() {
        return Reading::Number(read);
    }
    // `5O`, `1l` may be typing mistakes for `50`, `11`.
    let is_asked = units.values().any(|asked| unit::same(asked, unit));
    let is_slip = after.starts_with(['O', 'o', 'l', 'I']) && unit.chars().count() == 1;
    if !is_asked && (is_slip || unit::is_ordinal(after) || !unit::is_one(unit)) {
        return Reading::Nothing;
    }
    if units.is_empty() || is_asked {
        Reading::Number(read)
    } else {
        Reading::OtherUnit(unit.to_owned())
    }
}

/// Removes a sign from the text before the digits, at its beginning or end: `-€`, `€ -`, `mīnus`.
fn split_sign(before: &str) -> (&'static str, String) {
    let before = before.trim();
    for (sign, words) in [
        (
            "-",
            &["-", "mīnus", "minus", "Mīnus", "Minus", "mīnuss"][..],
        ),
        ("+", &["+", "plus", "Plus", "pluss"]),
    ] {
        for word in words {
            let is_apart = |rest: &str| word.len() == 1 || !rest.contains(char::is_alphabetic);
            if let Some(rest) = before.strip_prefix(word).filter(|rest| is_apart(rest)) {
                return (sign, rest.trim().to_owned());
            }
            if let Some(rest) = before.strip_suffix(word).filter(|rest| is_apart(rest)) {
                return (sign, rest.trim().to_owned());
            }
        }
    }
    ("", before.to_owned())
}

/// The text after a number, without the dash for “no cents”: `1234,-`, `1234,- EUR`.
fn without_dashes(after: &str) -> &str {
    let after = after.trim();
    after
        .strip_prefix([',', '.'])
        .filter(|rest| rest.starts_with('-'))
        .map_or(after, |rest| rest.trim_start_matches('-').trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_after_or_before_an_answer_is_understood() {
        let none = BTreeMap::new();
        let euros = BTreeMap::from([(Language::Lv, "EUR".to_owned())]);
        let days = BTreeMap::from([(Language::Lv, "dienas".to_owned())]);
        let share = BTreeMap::from([(Language::Lv, "%".to_owned())]);
        let celsius = BTreeMap::from([(Language::Lv, "°C".to_owned())]);
        let litres = BTreeMap::from([(Language::Lv, "l".to_owned())]);
        let lessons = BTreeMap::from([(Language::Lv, "akadēmiskās stundas".to_owned())]);
        let number = |typed: &str, units: &BTreeMap<Language, String>| match read_answer(
            typed,
            Language::Lv,
            units,
        ) {
            Reading::Number(read) => Some(read.number.value),
            _ => None,
        };
        for (typed, units, value) in [
            ("5 EUR", &euros, 5.0),
            ("5 €", &euros, 5.0),
            ("5eur", &euros, 5.0),
            ("5 eiro.", &euros, 5.0),
            ("€5", &euros, 5.0),
            ("EUR 1 234,50", &euros, 1234.5),
            ("12 dienas", &days, 12.0),
            ("12 DIENU", &days, 12.0),
            ("19,5%", &share, 19.5),
            ("19,5 procenti", &share, 19.5),
            ("– 3", &none, -3.0),
            ("\u{2212}3", &none, -3.0),
            ("75 minūtes", &none, 75.0),
            ("7.", &none, 7.0),
            ("\u{2011}5", &none, -5.0),
            ("\u{2012}5", &none, -5.0),
            ("\u{2014}5", &none, -5.0),
            ("\u{ff0d}5", &none, -5.0),
            ("mīnus 5", &none, -5.0),
            ("Minus 5", &none, -5.0),
            ("-€5", &euros, -5.0),
            ("€ -5", &euros, -5.0),
            ("1234,-", &euros, 1234.0),
            ("1234,– EUR", &euros, 1234.0),
            ("12\u{2009}345", &none, 12_345.0),
            ("1’234,5", &none, 1234.5),
            ("１２", &none, 12.0),
            ("5 °C", &celsius, 5.0),
            ("5°C", &celsius, 5.0),
            ("5 grādi", &celsius, 5.0),
            ("5 l", &litres, 5.0),
            (".5", &none, 0.5),
            ("5 bāzes punkti", &none, 5.0),
            ("2 akadēmiskās stundas", &lessons, 2.0),
            ("2 akadēmisko stundu", &lessons, 2.0),
        ] {
            assert_eq!(number(typed, units), Some(value), "{typed}");
        }
        assert_eq!(
            read_answer("5 USD", Language::Lv, &euros),
            Reading::OtherUnit("USD".to_owned())
        );
        assert_eq!(
            read_answer("5 gadi", Language::Lv, &days),
            Reading::OtherUnit("gadi".to_owned())
        );
        for typed in [
            "",
            "daudz",
            "5 tūkst.",
            "5k",
            "1/2",
            "12:30",
            "10-14",
            "5 5",
            "~5",
            "> 5",
            "5 vai 6",
            "5O",
            "1l",
            "5M",
            "apmēram 5",
            "5 mlj.",
            "1e3",
            "٣",
            "1st",
            "2nd",
            "3. vieta",
        ] {
            assert_eq!(
                read_answer(typed, Language::Lv, &none),
                Reading::Nothing,
                "{typed}"
            );
        }
    }
}
