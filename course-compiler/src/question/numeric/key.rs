//! Correct numbers as authors write them: a number, a number with a tolerance, or bounds, with a unit.

use super::super::number::{self, Beside, Fault, Number};
use super::super::unit;
use crate::model::Language;

/// A number with its tolerance, as an author wrote it.
#[derive(Debug, PartialEq)]
pub(super) struct Bounds {
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) unit: String,
    /// Shown to people with a wrong answer: the number without its tolerance, or the bounds.
    pub(super) shown: String,
}

impl std::fmt::Display for Bounds {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "from {} to {}", self.low, self.high)
    }
}

/// Why a text is not a valid key: how it was parsed, and what to write instead.
#[derive(Debug, PartialEq)]
pub(super) struct Refusal {
    pub(super) message: String,
    pub(super) help: Option<String>,
}

impl Refusal {
    fn new(message: String) -> Self {
        Self {
            message,
            help: None,
        }
    }
}

/// Examples of keys in the notation of a language: a number, one with a tolerance, bounds.
pub(super) const fn samples(language: Language) -> [&'static str; 3] {
    match language {
        Language::Lv => ["19,0", "19,0 % +- 0,1 %", "[18,9; 19,1]"],
        Language::En => ["19.0", "19.0 % +- 0.1 %", "[18.9, 19.1]"],
    }
}

/// Two bounds in brackets, in the notation of a language.
fn interval(low: f64, high: f64, language: Language) -> String {
    let print = |value: f64| number::print(&value.to_string(), language);
    let between = match language {
        Language::Lv => ";",
        Language::En => ",",
    };
    format!("[{}{between} {}]", print(low), print(high))
}

const TOLERANCE_SIGNS: [&str; 3] = ["+-", "+/-", "±"];

/// Parses `19.0`, `19.0 +- 0.1 %` or `[18.9, 19.1] %`.
pub(super) fn parse_value(text: &str, language: Language) -> Result<Bounds, Refusal> {
    let text = text.trim();
    match text.strip_prefix('[') {
        Some(rest) => parse_interval(text, rest, language),
        None => parse_tolerance(text, language),
    }
}

fn parse_interval(text: &str, rest: &str, language: Language) -> Result<Bounds, Refusal> {
    let not_two = || Refusal {
        message: format!("`{text}` is not two bounds in brackets"),
        help: Some(format!(
            "write `{}`, the smaller bound first, and a unit after the bracket",
            samples(language)[2],
        )),
    };
    let (bounds, after) = rest.split_once(']').ok_or_else(not_two)?;
    let halves = |separator: &str| {
        bounds
            .split_once(separator)
            .filter(|(_, high)| !high.contains(separator))
    };
    let (low, high) = halves(";")
        .or_else(|| halves(", "))
        // Without a space a comma may be a decimal mark, but not together with a decimal point.
        .or_else(|| halves(",").filter(|(low, high)| low.contains('.') && high.contains('.')))
        .ok_or_else(not_two)?;
    let unit = parse_unit(text, &format!("[{bounds}]"), after, language)?;
    let beside = beside(&unit);
    let low = parse_number(low.trim(), beside, language)?;
    let high = parse_number(high.trim(), beside, language)?;
    Ok(Bounds {
        low: low.value,
        high: high.value,
        unit,
        shown: format!("{}–{}", low.plain, high.plain),
    })
}

fn parse_tolerance(text: &str, language: Language) -> Result<Bounds, Refusal> {
    let sign = TOLERANCE_SIGNS
        .iter()
        .filter_map(|sign| Some((text.find(sign)?, *sign)))
        .min();
    let Some((at, sign)) = sign else {
        let (written, unit) = parse_quantity(text, text, language)?;
        let read = parse_number(written, beside(&unit), language)?;
        return Ok(Bounds {
            low: read.value,
            high: read.value,
            unit,
            shown: read.plain,
        });
    };
    let (number, rest) = text.split_at_checked(at).unwrap_or((text, ""));
    let tolerance = rest.strip_prefix(sign).unwrap_or(rest).trim();
    let (number, own_unit) = parse_quantity(text, number, language)?;
    let digits =
        tolerance.trim_start_matches(|c: char| !c.is_ascii_digit() && !"+-\u{2212}.,".contains(c));
    if !digits.starts_with(|c: char| c.is_ascii_digit() || ".,".contains(c)) {
        return Err(Refusal::new(format!(
            "`{text}` has no number without a sign as its tolerance"
        )));
    }
    let (tolerance, unit) = parse_quantity(text, tolerance, language)?;
    let read = parse_number(number, beside(&unit), language)?;
    let tolerance = parse_number(tolerance, beside(&unit), language)?;
    let print = |value: f64| number::print(&value.to_string(), language);
    if !own_unit.is_empty() && !unit::same(&own_unit, &unit) {
        return Err(Refusal {
            message: format!(
                "`{text}` has `{own_unit}` after the number and `{unit}` after its tolerance"
            ),
            help: Some(format!(
                "write one unit for both: `{} +- {} {own_unit}`, or `{} {own_unit} +- {} {own_unit}`",
                print(read.value),
                print(tolerance.value),
                print(read.value),
                print(tolerance.value),
            )),
        });
    }
    let (low, high) = (read.value - tolerance.value, read.value + tolerance.value);
    let share = read.value.abs() * tolerance.value / 100.0;
    // `5 ± 10 %` hardly means −5 % to 15 %; below one percent, a share of a number with the unit is hardly
    // meant.
    if unit::is_share(&unit)
        && (own_unit.is_empty() || tolerance.value >= 1.0 || (low < 0.0 && read.value > 0.0))
    {
        let (least, most) = (read.value - share, read.value + share);
        let own = if own_unit.is_empty() { "" } else { " " };
        return Err(Refusal {
            message: format!(
                "`{text}` could be from {} to {} {unit}, or {} with a tolerance that is a share of it: from {} to {}",
                print(low),
                print(high),
                print(read.value),
                print(least),
                print(most),
            ),
            help: Some(format!(
                "write the bounds that are meant: `{} {unit}` or `{}{own}{own_unit}`",
                interval(low, high, language),
                interval(least, most, language),
            )),
        });
    }
    Ok(Bounds {
        low,
        high,
        unit,
        shown: read.plain,
    })
}

/// Splits a number from its unit, which follows it; a currency may precede it.
fn parse_quantity<'a>(
    text: &str,
    quantity: &'a str,
    language: Language,
) -> Result<(&'a str, String), Refusal> {
    let quantity = quantity.trim();
    let at = quantity
        .find(|c: char| c.is_ascii_digit() || "+-\u{2212}.,".contains(c))
        .unwrap_or(0);
    let (before, number) = quantity.split_at_checked(at).unwrap_or(("", quantity));
    let before = before.trim();
    let (written, rest) = number::split(number);
    if written.is_empty() || !(before.is_empty() || unit::is_currency(before)) {
        return Err(Refusal::new(format!(
            "`{text}` does not begin with a number"
        )));
    }
    let read = quantity.strip_suffix(rest).unwrap_or(written);
    if rest.starts_with(['O', 'o', 'l', 'I']) && rest.trim_end().chars().count() == 1 {
        return Err(Refusal {
            message: format!(
                "`{text}` is not one number: after {}, `{}` may be a letter in place of a figure",
                read.trim(),
                rest.trim(),
            ),
            help: Some(
                "write figures; a unit of one letter stands after a space: `5 l`".to_owned(),
            ),
        });
    }
    if before.is_empty() {
        if unit::is_ordinal(rest) {
            return Err(Refusal {
                message: format!("`{text}` says which one, not how many"),
                help: Some(format!(
                    "write `{}`, and ask for a number; words are the answer of a `.short` question",
                    written.trim()
                )),
            });
        }
        return Ok((written, parse_unit(text, read, rest, language)?));
    }
    if rest.trim().is_empty() {
        return Ok((written, before.to_owned()));
    }
    Err(Refusal::new(format!(
        "`{text}` is not one number: `{before}` before {} and `{}` after it",
        written.trim(),
        rest.trim(),
    )))
}

/// What a unit implies for the notation of its number.
fn beside(unit: &str) -> Beside {
    if unit.is_empty() {
        Beside::Nothing
    } else if unit.split(['/', ' ']).next().is_some_and(unit::is_currency) {
        Beside::Money
    } else {
        Beside::Unit
    }
}

/// Parses a number without surrounding text.
fn parse_number(text: &str, beside: Beside, language: Language) -> Result<Number, Refusal> {
    number::in_key(text, beside, language).map_err(|fault| match fault {
        Fault::Unreadable => Refusal::new(format!("`{text}` is not one number")),
        Fault::TooLong => Refusal::new(format!("`{text}` has more digits than are kept")),
        Fault::Time(read) => Refusal {
            message: format!("`{text}` could be a number, a time of day or a date"),
            help: Some(format!(
                "write `{}`, if a number is meant",
                number::print(&read.value.to_string(), language)
            )),
        },
        Fault::Foreign(read) => Refusal {
            message: format!("`{text}` is not how numbers are written in this language"),
            help: Some(format!(
                "write `{}`, if that is meant",
                number::print(&read.plain, language)
            )),
        },
        Fault::Doubtful(grouped, decimal) => Refusal {
            message: format!(
                "`{text}` could be {} or {}",
                grouped.plain,
                number::print(&decimal.plain, language)
            ),
            help: Some(format!(
                "write `{}` or `{}0`",
                grouped.plain,
                number::print(&decimal.plain, language)
            )),
        },
    })
}

/// Parses the unit after a number, if there is one.
fn parse_unit(text: &str, read: &str, rest: &str, language: Language) -> Result<String, Refusal> {
    let rest = rest.trim();
    if rest.is_empty() || unit::is_one(rest) {
        return Ok(rest.to_owned());
    }
    Err(Refusal {
        message: format!(
            "`{text}` is not one number: after {}, `{rest}` is neither a tolerance nor a unit",
            read.trim()
        ),
        help: rest
            .contains(|c: char| c.is_alphabetic() || c == '%')
            .then(|| {
                let [number, tolerance, _] = samples(language);
                format!(
                    "write one number, a tolerance if need be, and one unit: `{number}`, `{tolerance}`"
                )
            }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounds(text: &str, language: Language) -> Option<(f64, f64, String, String)> {
        let read = parse_value(text, language).ok()?;
        Some((read.low, read.high, read.unit, read.shown))
    }

    #[test]
    fn reads_numbers_with_tolerance_unit_and_bounds() {
        use Language::{En, Lv};
        for (text, language, low, high, unit, shown) in [
            ("19", Lv, 19.0, 19.0, "", "19"),
            ("20,5 % +- 0,5 %", Lv, 20.0, 21.0, "%", "20.5"),
            ("19.0 % +- 0.1 %", Lv, 18.9, 19.1, "%", "19.0"),
            ("20 ± 1 gadi", Lv, 19.0, 21.0, "gadi", "20"),
            ("1 500 eiro", Lv, 1500.0, 1500.0, "eiro", "1500"),
            ("1,500 EUR", En, 1500.0, 1500.0, "EUR", "1500"),
            ("1 500 +/- 100,5 EUR", Lv, 1399.5, 1600.5, "EUR", "1500"),
            ("[18.9, 19.1]", Lv, 18.9, 19.1, "", "18.9–19.1"),
            ("[18.9,19.1]", En, 18.9, 19.1, "", "18.9–19.1"),
            ("[18,9; 19,1] %", Lv, 18.9, 19.1, "%", "18.9–19.1"),
            ("[18,9, 19,1]", Lv, 18.9, 19.1, "", "18.9–19.1"),
            ("[-5; 15] %", Lv, -5.0, 15.0, "%", "-5–15"),
            ("[1,000; 1,500] EUR", En, 1000.0, 1500.0, "EUR", "1000–1500"),
            ("10 darba dienas", Lv, 10.0, 10.0, "darba dienas", "10"),
            ("5%", Lv, 5.0, 5.0, "%", "5"),
            ("€5", Lv, 5.0, 5.0, "€", "5"),
            ("EUR 5", Lv, 5.0, 5.0, "EUR", "5"),
            ("$5", En, 5.0, 5.0, "$", "5"),
            ("5 % ± 0,1 %", Lv, 4.9, 5.1, "%", "5"),
            ("5 EUR +- 1 EUR", Lv, 4.0, 6.0, "EUR", "5"),
            ("€5 ± €1", Lv, 4.0, 6.0, "€", "5"),
            ("5 EUR mēnesī", Lv, 5.0, 5.0, "EUR mēnesī", "5"),
            ("5 m/s", Lv, 5.0, 5.0, "m/s", "5"),
            ("3.125", En, 3.125, 3.125, "", "3.125"),
            ("3,125", Lv, 3.125, 3.125, "", "3.125"),
            ("12.30 EUR", Lv, 12.3, 12.3, "EUR", "12.30"),
            ("5 ± 10", Lv, -5.0, 15.0, "", "5"),
        ] {
            let expected = Some((low, high, unit.to_owned(), shown.to_owned()));
            assert_eq!(bounds(text, language), expected, "{text} in {language}");
        }
    }

    #[test]
    fn what_is_not_one_number_is_refused_and_told() {
        for (text, told) in [
            ("1,000 EUR", "`1,000` could be 1000 or 1,000"),
            ("10-14 dienas", "after 10, `-14 dienas`"),
            ("1/2", "after 1, `/2`"),
            ("12:30", "after 12, `:30`"),
            ("5 ± 10%", "from -5 to 15 %, or 5 with"),
            (
                "50 ± 0,5%",
                "or 50 with a tolerance that is a share of it: from 49,75 to 50,25",
            ),
            ("5 EUR ± 1", "`EUR` after the number and ``"),
            ("5 EUR ± 1 %", "`EUR` after the number and `%`"),
            ("12.30", "a time of day or a date"),
            ("5O", "a letter in place of a figure"),
            ("1l", "a letter in place of a figure"),
            ("l0", "does not begin"),
            ("5O0", "after 5, `O0`"),
            ("5M", "after 5, `M`"),
            ("5k", "after 5, `k`"),
            ("5 mlj. EUR", "after 5, `mlj. EUR`"),
            ("5 TEUR", "after 5, `TEUR`"),
            ("5 komats pieci", "after 5, `komats pieci`"),
            ("5 point five", "after 5, `point five`"),
            ("5 kvadrātā", "after 5, `kvadrātā`"),
            ("5 max", "after 5, `max`"),
            ("aptuveni 5", "does not begin"),
            (">5", "does not begin"),
            ("€5 EUR", "`€` before 5 and `EUR` after"),
            ("m 5", "does not begin"),
            ("1,234 EUR", "could be 1234 or 1,234"),
            ("5 % ± 10 %", "from -5 to 15 %"),
            ("50 % +- 5 procenti", "from 45 to 55 procenti"),
            ("1e3", "after 1, `e3`"),
            ("1.000.000", "not how numbers are written"),
            ("..5", "does not begin with a number"),
            ("5 5", "`5 5` is not one number"),
            ("\u{663}", "does not begin with a number"),
            ("NaN", "does not begin"),
            ("inf", "does not begin"),
            ("", "does not begin"),
            ("no 10 līdz 14", "does not begin"),
            ("10 līdz 14", "after 10, `līdz 14`"),
            ("≥ 5", "does not begin"),
            ("~5", "does not begin"),
            ("5 EUR %", "after 5, `EUR %`"),
            ("5 tūkst. EUR", "after 5, `tūkst. EUR`"),
            ("7. pants", "`7. pants` says which one"),
            ("3.", "which one, not how many"),
            ("3. vieta", "which one"),
            ("1st", "which one"),
            ("2nd", "which one"),
            ("3rd", "which one"),
            ("21st", "which one"),
            ("1ST", "which one"),
            ("2-nd", "which one"),
            ("4th place", "which one"),
            ("5-ais", "which one"),
            ("1ā", "which one"),
            ("10 +- 1st", "which one"),
            ("5 +- x", "no number without a sign"),
            ("5 +- -1", "no number without a sign"),
            ("5 +- 1 +- 1", "`+- 1`"),
            ("5²", "after 5, `²`"),
            ("½", "does not begin"),
            ("[1]", "not two bounds"),
            ("[1,5]", "not two bounds"),
            ("[1; 2; 3]", "not two bounds"),
            ("[1; 2", "not two bounds"),
            ("[; 2]", "`` is not one number"),
            ("[1 %; 2 %]", "`1 %` is not one number"),
            ("[1; 2] +- 1", "after [1; 2], `+- 1`"),
            ("99999999999999999999", "more digits"),
            ("apmēram 19", "does not begin"),
            ("5 vai vairāk", "after 5, `vai vairāk`"),
        ] {
            let refusal = parse_value(text, Language::Lv).unwrap_err();
            assert!(
                refusal.message.contains(told),
                "{text}: {}",
                refusal.message
            );
        }
        assert!(parse_value("5 st", Language::Lv).is_ok(), "five hours");
        assert!(parse_value("1.5", Language::En).is_ok());
        assert!(parse_value("1.500", Language::En).is_err());
        assert!(parse_value("1,234.5", Language::Lv).is_err());
    }

    #[test]
    fn help_is_written_as_the_language_writes_numbers() {
        let help = |text: &str, language| {
            let refusal = parse_value(text, language).unwrap_err();
            refusal.help.unwrap_or_else(|| samples(language).join(" "))
        };
        for text in [
            "[1]",
            "5 tūkst. EUR",
            "daudz",
            "5 + 3",
            "5.5 ± 10 %",
            "1.500",
            "5.5 ± 10.5 % x",
        ] {
            let text_lv = text.replace("5.5", "5,5").replace("10.5", "10,5");
            let (lv, en) = (help(&text_lv, Language::Lv), help(text, Language::En));
            let has = |help: &str, mark: char| {
                let chars: Vec<char> = help.chars().collect();
                chars.windows(3).any(|three| {
                    three[1] == mark && three[0].is_ascii_digit() && three[2].is_ascii_digit()
                })
            };
            assert!(has(&lv, ',') && !has(&lv, '.'), "{text}: {lv}");
            assert!(has(&en, '.') && !has(&en, ','), "{text}: {en}");
        }
        // The suggestion is accepted itself.
        for text in ["5 ± 10%", "50 ± 0,5%", "5 % ± 10 %"] {
            let help = parse_value(text, Language::Lv).unwrap_err().help.unwrap();
            for offered in help.split('`').skip(1).step_by(2) {
                assert!(
                    parse_value(offered, Language::Lv).is_ok(),
                    "{text}: {offered}"
                );
            }
        }
    }
}
