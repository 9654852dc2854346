//! Parses numbers as people write them, in an answer key or in an answer.
//!
//! Digits may be grouped in threes, and one mark precedes the decimals. The meaning of the marks depends on
//! the language: Latvian pages print `1 234,5`, English ones `1,234.5`. A number in another notation is
//! accepted only if it is unambiguous. `1.234` is ambiguous, and only its writer knows what was meant.

use crate::model::Language;

/// The most digits that are stored exactly.
const MOST_DIGITS: usize = 15;

/// A number: its digits and its value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Number {
    /// A sign, digits, a point, digits: `-1234.50`.
    pub(crate) plain: String,
    pub(crate) value: f64,
}

/// One way to parse a number.
#[derive(Clone, Debug, PartialEq)]
struct Shape {
    number: Number,
    /// The character that groups the digits.
    group: Option<char>,
    /// The character before the decimals.
    mark: Option<char>,
}

/// What is wrong with a number in a key.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Fault {
    /// It cannot be read at all.
    Unreadable,
    /// It can be parsed as both of these.
    Doubtful(Number, Number),
    /// It can be parsed, but is not in the notation of the language.
    Foreign(Number),
    /// It could also be a time of day or a date.
    Time(Number),
    /// It has too many digits.
    TooLong,
}

/// How a learner's number was parsed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Read {
    /// In the notation of the page's language.
    pub(crate) number: Number,
    /// Its other possible meaning.
    pub(crate) other: Option<Number>,
}

/// The decimal mark of a language.
const fn decimal_mark(language: Language) -> char {
    match language {
        Language::Lv => ',',
        Language::En => '.',
    }
}

/// Whether a language groups digits with this character; a space of any kind is `' '`.
fn groups_with(language: Language, group: char) -> bool {
    group == ' ' || (language == Language::En && group == ',')
}

/// Spaces inside numbers: ordinary, no-break, narrow no-break, thin, hair, figure, punctuation, wide.
pub(crate) const fn is_space(c: char) -> bool {
    matches!(
        c,
        ' ' | '\u{a0}' | '\u{202f}' | '\u{2007}'..='\u{200a}' | '\u{3000}'
    )
}

/// Normalises characters of keyboards and phones: full-width digits, and all dashes that are used as a minus
/// sign.
pub(crate) fn plainly(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'))
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => u32::from(c)
                .checked_sub(0xfee0)
                .and_then(char::from_u32)
                .unwrap_or(c),
            '\u{ffe5}' => '¥',
            '\u{2018}' | '\u{2bc}' | '\u{2b9}' | '\u{2032}' | '´' => '\'',
            c => c,
        })
        .map(|c| if is_minus(c) { '-' } else { c })
        .collect()
}

/// The dashes that are used as a minus sign.
pub(crate) const fn is_minus(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}'
    )
}

/// Splits a text after the number, in any notation, at its beginning; the number may be empty.
pub(crate) fn split(text: &str) -> (&str, &str) {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let next = at.saturating_add(c.len_utf8());
        let before_digit = || {
            text.get(next..)
                .is_some_and(|rest| rest.starts_with(|next: char| next.is_ascii_digit()))
        };
        let belongs = match c {
            '0'..='9' => true,
            '-' | '\u{2212}' | '+' => at == 0,
            '.' | ',' | '\'' | '\u{2019}' => before_digit(),
            _ => is_space(c) && end > 0 && before_digit(),
        };
        if !belongs {
            break;
        }
        end = next;
    }
    let (number, rest) = text.split_at_checked(end).unwrap_or(("", text));
    if number.contains(|c: char| c.is_ascii_digit()) {
        (number, rest)
    } else {
        ("", text)
    }
}

/// All ways to parse a text as one number: none, one or two.
fn shapes(text: &str) -> Vec<Shape> {
    let (sign, digits) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let mut runs = vec![String::new()];
    let mut separators = Vec::new();
    for c in digits.chars() {
        match c {
            '0'..='9' => {
                if let Some(run) = runs.last_mut() {
                    run.push(c);
                }
            }
            '.' | ',' => {
                separators.push(c);
                runs.push(String::new());
            }
            '\'' | '\u{2019}' => {
                separators.push('\'');
                runs.push(String::new());
            }
            _ if is_space(c) => {
                separators.push(' ');
                runs.push(String::new());
            }
            _ => return Vec::new(),
        }
    }
    let shape = |whole: &[String], decimals: &str, group, mark| {
        let whole = whole.concat();
        let whole = if whole.is_empty() { "0" } else { &whole };
        let point = if decimals.is_empty() { "" } else { "." };
        let plain = format!("{sign}{whole}{point}{decimals}");
        let value = plain.parse().ok().filter(|value: &f64| value.is_finite())?;
        Some(Shape {
            number: Number { plain, value },
            group,
            mark,
        })
    };
    let Some((last, before)) = runs.split_last() else {
        return Vec::new();
    };
    let Some((mark, grouping)) = separators.split_last() else {
        let is_there = !last.is_empty();
        return is_there
            .then(|| shape(&runs, "", None, None))
            .flatten()
            .into_iter()
            .collect();
    };
    let one_of = |separators: &[char]| {
        let first = separators.first().copied();
        separators
            .iter()
            .all(|other| Some(*other) == first)
            .then_some(first)
    };
    let grouped = one_of(&separators)
        .filter(|_| is_grouped(&runs))
        .and_then(|group| shape(&runs, "", group, None));
    let with_decimals = one_of(grouping)
        .filter(|group| matches!(mark, '.' | ',') && *group != Some(*mark) && !last.is_empty())
        .filter(|group| group.is_none() || is_grouped(before))
        .and_then(|group| shape(before, last, group, Some(*mark)));
    grouped.into_iter().chain(with_decimals).collect()
}

/// Whether digits are in groups of three, the first of one to three digits without a leading zero.
fn is_grouped(runs: &[String]) -> bool {
    runs.split_first().is_some_and(|(first, others)| {
        (1..=3).contains(&first.len())
            && !first.starts_with('0')
            && others.iter().all(|run| run.len() == 3)
    })
}

/// Parses a number in an author's file of this language. `unit` is what is next to it: amounts of money do
/// not have three decimals, and something with a unit is not a time of day.
pub(crate) fn in_key(text: &str, unit: Beside, language: Language) -> Result<Number, Fault> {
    let shape = match shapes(text).as_slice() {
        [] => return Err(Fault::Unreadable),
        [only] => only.clone(),
        [grouped, _]
            if grouped
                .group
                .is_some_and(|group| groups_with(language, group)) =>
        {
            grouped.clone()
        }
        // The language's own decimal mark does not group; only round thousands and money are ambiguous.
        [_, decimal]
            if decimal.mark == Some(decimal_mark(language))
                && unit != Beside::Money
                && !text.ends_with('0') =>
        {
            decimal.clone()
        }
        [grouped, decimal, ..] => {
            return Err(Fault::Doubtful(
                grouped.number.clone(),
                decimal.number.clone(),
            ));
        }
    };
    let is_own = shape.group.is_none_or(|group| groups_with(language, group));
    let digits = shape.number.plain.chars().filter(char::is_ascii_digit);
    if digits.skip_while(|digit| *digit == '0').count() > MOST_DIGITS {
        Err(Fault::TooLong)
    } else if unit == Beside::Nothing && is_time(text, language) {
        Err(Fault::Time(shape.number))
    } else if is_own {
        Ok(shape.number)
    } else {
        Err(Fault::Foreign(shape.number))
    }
}

/// What is next to a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Beside {
    Nothing,
    Money,
    /// Another unit.
    Unit,
}

/// Whether digits could be a time of day or a date: `12.30`. In English the point is the decimal mark, so
/// only a trailing zero, which a number does not need, is ambiguous.
fn is_time(text: &str, language: Language) -> bool {
    let Some((first, second)) = text.split_once('.') else {
        return false;
    };
    let is_two = |text: &str| text.len() == 2 && text.chars().all(|c| c.is_ascii_digit());
    let value = |text: &str| text.parse::<u8>().unwrap_or(u8::MAX);
    let doubts = match language {
        Language::Lv => true,
        Language::En => second.ends_with('0') && second != "00",
    };
    let (hours, minutes) = (value(first), value(second));
    let is_date = (1..=31).contains(&hours) && (1..=12).contains(&minutes);
    doubts && is_two(second) && is_two(first) && ((hours <= 24 && minutes < 60) || is_date)
}

/// Parses a number of an attribute or a weight, which is the same in every language: without grouping and
/// unambiguous.
pub(crate) fn in_attribute(text: &str) -> Option<f64> {
    match shapes(text.trim()).as_slice() {
        [only] if only.group.is_none() => Some(only.number.value),
        _ => None,
    }
}

/// Parses a number that a learner typed on a page of this language.
pub(crate) fn in_answer(text: &str, language: Language) -> Option<Read> {
    let mut ways = shapes(text).into_iter();
    let first = ways.next()?;
    let Some(second) = ways.next() else {
        return Some(Read {
            number: first.number,
            other: None,
        });
    };
    // The first has grouped digits, the second decimals.
    if second.mark == Some(decimal_mark(language)) {
        return Some(Read {
            number: second.number,
            other: None,
        });
    }
    let is_own = first
        .group
        .is_some_and(|group| groups_with(language, group));
    Some(Read {
        number: first.number,
        other: (!is_own).then_some(second.number),
    })
}

/// A plain number in the notation of a language: `-1234.50` is `-1 234,50` in Latvian.
pub(crate) fn print(plain: &str, language: Language) -> String {
    let (sign, digits) = match plain.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", plain),
    };
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let group = match language {
        Language::Lv => '\u{a0}',
        Language::En => ',',
    };
    let mut printed = sign.to_owned();
    let digits = whole.chars().count();
    for (at, c) in whole.chars().enumerate() {
        if at > 0 && digits.saturating_sub(at).is_multiple_of(3) {
            printed.push(group);
        }
        printed.push(c);
    }
    if !decimals.is_empty() {
        printed.push(decimal_mark(language));
        printed.push_str(decimals);
    }
    printed
}

/// Like [`print`], without grouping.
pub(crate) fn ungrouped(plain: &str, language: Language) -> String {
    plain.replace('.', decimal_mark(language).encode_utf8(&mut [0; 4]))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key(text: &str, language: Language) -> Result<f64, Fault> {
        in_key(text, Beside::Nothing, language).map(|number| number.value)
    }

    fn answer(text: &str, language: Language) -> Option<(f64, Option<f64>)> {
        let read = in_answer(text, language)?;
        Some((read.number.value, read.other.map(|other| other.value)))
    }

    #[test]
    fn a_key_is_read_as_the_language_of_its_file_writes_numbers() {
        use Language::{En, Lv};
        for (text, language, value) in [
            ("19,0", Lv, 19.0),
            ("19.0", Lv, 19.0),
            ("3.3", Lv, 3.3),
            ("1 234,5", Lv, 1234.5),
            ("1\u{a0}234,5", Lv, 1234.5),
            ("12\u{202f}345\u{202f}678", Lv, 12_345_678.0),
            ("1 000,50", Lv, 1000.5),
            ("1234,567", Lv, 1234.567),
            ("0,625", Lv, 0.625),
            ("0.625", Lv, 0.625),
            (",5", Lv, 0.5),
            ("-3", Lv, -3.0),
            ("\u{2212}3", Lv, -3.0),
            ("+3", Lv, 3.0),
            ("1,234.5", En, 1234.5),
            ("1,234", En, 1234.0),
            ("1,000,000", En, 1_000_000.0),
            ("12 000", En, 12_000.0),
            ("1,5", En, 1.5),
            ("1 234,567", Lv, 1234.567),
            ("3,125", Lv, 3.125),
            ("3.125", En, 3.125),
            ("12,30", Lv, 12.3),
            ("9.81", Lv, 9.81),
            ("12.35", En, 12.35),
        ] {
            assert_eq!(key(text, language), Ok(value), "{text} in {language}");
        }
    }

    #[test]
    fn a_key_that_can_mean_two_things_or_none_is_refused() {
        use Language::{En, Lv};
        for (text, language) in [
            ("1,000", Lv),
            ("1.000", Lv),
            ("12,500", Lv),
            ("1.234", Lv),
            ("1.000", En),
            ("12.500", En),
        ] {
            assert!(
                matches!(key(text, language), Err(Fault::Doubtful(_, _))),
                "{text} in {language}"
            );
        }
        for text in ["12.30", "23.59", "31.12"] {
            assert!(matches!(key(text, Lv), Err(Fault::Time(_))), "{text}");
        }
        assert!(matches!(key("12.30", En), Err(Fault::Time(_))));
        for (text, unit) in [("1,234", Beside::Money), ("1.234", Beside::Unit)] {
            let read = in_key(text, unit, Lv);
            assert!(matches!(read, Err(Fault::Doubtful(..))), "{text}");
        }
        for text in ["1.000.000", "1,234.5", "1.234,5", "1'234"] {
            assert!(matches!(key(text, Lv), Err(Fault::Foreign(_))), "{text}");
        }
        assert!(matches!(key("1.000.000", En), Err(Fault::Foreign(_))));
        for text in [
            "",
            "-",
            ".",
            "..5",
            "5 5",
            "5  500",
            "1 00",
            "1 2345",
            "0 123",
            "1,2,3",
            "12,34,567",
            "1-2",
            "7.",
            "1e5",
            "inf",
            "NaN",
            "\u{663}",
            "１",
            "½",
            "1 234 ,5",
            "1,5 0",
            "--1",
            "- 1",
            "+-1",
        ] {
            assert_eq!(key(text, Lv), Err(Fault::Unreadable), "{text}");
        }
        assert_eq!(key(&"9".repeat(16), Lv), Err(Fault::TooLong));
        assert_eq!(key(&"9".repeat(400), Lv), Err(Fault::Unreadable));
    }

    #[test]
    fn an_answer_is_read_by_the_page_and_what_it_may_mean_beside_is_told() {
        use Language::{En, Lv};
        for (text, language, read) in [
            ("1 234,5", Lv, Some((1234.5, None))),
            ("1,234.5", En, Some((1234.5, None))),
            ("1,234.5", Lv, Some((1234.5, None))),
            ("1.234,5", En, Some((1234.5, None))),
            ("19.5", Lv, Some((19.5, None))),
            ("19,5", En, Some((19.5, None))),
            ("1,234", Lv, Some((1.234, None))),
            ("1,234", En, Some((1234.0, None))),
            ("1.234", En, Some((1.234, None))),
            ("1.234", Lv, Some((1234.0, Some(1.234)))),
            ("-12.500", Lv, Some((-12_500.0, Some(-12.5)))),
            ("0.125", Lv, Some((0.125, None))),
            ("1234.567", Lv, Some((1234.567, None))),
            ("1.234.567", Lv, Some((1_234_567.0, None))),
            ("1'234", Lv, Some((1234.0, None))),
            ("5 5", Lv, None),
            ("1/2", Lv, None),
            ("daudz", Lv, None),
        ] {
            assert_eq!(answer(text, language), read, "{text} in {language}");
        }
    }

    #[test]
    fn attributes_are_the_same_in_every_language() {
        for (text, value) in [
            ("2", Some(2.0)),
            ("1.5", Some(1.5)),
            ("1,5", Some(1.5)),
            (" +33.3 ", Some(33.3)),
            ("1,000", None),
            ("1 000", None),
            ("1e2", None),
            ("2x", None),
            ("", None),
        ] {
            assert_eq!(in_attribute(text), value, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_a_page_prints_is_read_back(whole in 0_u32..2_000_000_000, decimals in 0_u16..1000, negative: bool) {
            for language in Language::ALL.iter().copied() {
                let sign = if negative { "-" } else { "" };
                let plain = format!("{sign}{whole}.{decimals}");
                let printed = print(&plain, language);
                let value: f64 = plain.parse().unwrap();
                let read = answer(&printed, language);
                prop_assert_eq!(read, Some((value, None)), "{} in {}", printed, language);
            }
        }

        #[test]
        fn a_key_is_never_another_number_than_an_answer(text in "[+-]?[0-9]{1,5}([., '][0-9]{1,4}){0,3}") {
            for language in Language::ALL.iter().copied() {
                if let Ok(number) = in_key(&text, Beside::Unit, language) {
                    prop_assert_eq!(answer(&text, language), Some((number.value, None)));
                }
            }
        }
    }
}
