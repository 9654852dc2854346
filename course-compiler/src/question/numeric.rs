//! `.numeric`: a number, with a tolerance.
//!
//! Ticked items are right: `- [x] 19.0 +- 0.1 %` or `- [x] [18.9, 19.1]`, the unit last. Items without a tick
//! are known mistakes, there for their feedback. Decimal comma and point both read, in courses and in answers.

use serde::{Deserialize, Serialize};

use super::{Fields, Kind, ResponseError, Scene, Ticks, choices, typed};
use crate::draft::{Content, PartDraft, QuestionDraft};
use crate::grade::{Expected, Mark};
use crate::lint::{Report, quiz_bad_number};
use crate::model::PartId;
use crate::parse::{Node, NodeKind};
use crate::text::Words;

/// The longest answer that is read, in bytes; far more digits than a number needs.
const LONGEST_ANSWER: usize = 64;

/// The part whose text is the unit, when there is one.
pub(crate) const UNIT: &str = "unit";

/// Nothing to choose from: the answer is typed. Its unit, if any, is the part `unit` of the texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {}

/// Numbers that are right, and known mistakes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Key {
    pub(crate) values: Vec<Value>,
}

/// A number that an answer is compared with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Value {
    pub(crate) part: PartId,
    pub(crate) low: f64,
    pub(crate) high: f64,
    /// The number as it is told to somebody who got it wrong.
    pub(crate) shown: String,
    /// What it earns.
    pub(crate) weight: f64,
}

impl Value {
    /// Whether `number` is within the bounds. A hair beyond counts, too: 19.1 − 19.0 is more than 0.1 in
    /// binary.
    fn holds(&self, number: f64) -> bool {
        let hair = 1e-9 * self.low.abs().max(self.high.abs()).max(1.0);
        number >= self.low - hair && number <= self.high + hair
    }
}

impl typed::Candidate for Value {
    fn part(&self) -> &PartId {
        &self.part
    }

    fn weight(&self) -> f64 {
        self.weight
    }

    fn expected(&self) -> Expected {
        Expected::Value(self.shown.clone())
    }
}

/// The number typed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// As it was typed.
    pub typed: String,
    /// As it was read.
    pub number: f64,
}

/// A number with its tolerance, as an author wrote it.
#[derive(Debug, PartialEq)]
struct Bounds {
    low: f64,
    high: f64,
    unit: String,
    /// For those who got it wrong: the number without its tolerance, or the bounds.
    shown: String,
}

impl std::fmt::Display for Bounds {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "from {} to {}", self.low, self.high)
    }
}

/// Reads `19.0`, `19.0 +- 0.1 %` or `[18.9, 19.1] %`.
fn parse_value(text: &str) -> Option<Bounds> {
    let text = text.trim();
    if let Some(rest) = text.strip_prefix('[') {
        let (bounds, unit) = rest.split_once(']')?;
        let (low, high) = bounds
            .split_once(';')
            .or_else(|| bounds.split_once(", "))
            .or_else(|| bounds.split_once(','))?;
        return Some(Bounds {
            low: parse_number(low)?,
            high: parse_number(high)?,
            unit: unit.trim().to_owned(),
            shown: format!("{}–{}", low.trim(), high.trim()),
        });
    }
    let (shown, rest) = leading_number(text)?;
    let number = parse_number(shown)?;
    let after = ["+-", "+/-", "±"]
        .iter()
        .find_map(|sign| rest.trim_start().strip_prefix(sign));
    let (tolerance, unit) = match after {
        Some(after) => {
            let (tolerance, unit) = leading_number(after.trim_start())?;
            (parse_number(tolerance)?, unit)
        }
        None => (0.0, rest),
    };
    Some(Bounds {
        low: number - tolerance,
        high: number + tolerance,
        unit: unit.trim().to_owned(),
        shown: shown.to_owned(),
    })
}

/// Splits a text after the number that it begins with.
fn leading_number(text: &str) -> Option<(&str, &str)> {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let belongs = match c {
            '0'..='9' => true,
            '-' | '\u{2212}' | '+' => at == 0,
            // A group or a decimal separator stands between digits.
            '.' | ',' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' => text
                .get(at.saturating_add(c.len_utf8())..)
                .is_some_and(|rest| rest.starts_with(|next: char| next.is_ascii_digit())),
            _ => false,
        };
        if !belongs {
            break;
        }
        end = at.saturating_add(c.len_utf8());
    }
    text.split_at_checked(end)
        .filter(|(number, _)| !number.is_empty())
}

/// Reads a number: a sign, digits in groups, a decimal comma or point. Nothing else.
pub(crate) fn parse_number(text: &str) -> Option<f64> {
    let mut plain = String::with_capacity(text.len());
    let mut point = false;
    let mut digits = false;
    for c in text.trim().chars() {
        match c {
            '0'..='9' => {
                digits = true;
                plain.push(c);
            }
            '.' | ',' if !point => {
                point = true;
                plain.push('.');
            }
            '-' | '\u{2212}' if plain.is_empty() => plain.push('-'),
            '+' if plain.is_empty() => plain.push('+'),
            ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' if digits && !point => {}
            _ => return None,
        }
    }
    if !digits {
        return None;
    }
    plain.parse().ok().filter(|number: &f64| number.is_finite())
}

impl Kind for Body {
    type Key = Key;
    type Answer = Answer;

    const TICKS: Ticks = Ticks::Some;

    fn draft(content: &mut Content<'_>, report: &mut Report<'_>) -> Vec<PartDraft> {
        let mut parts = choices::draft("number", 1, content, report);
        let mut unit = None;
        for part in &mut parts {
            part.public = false;
            match parse_value(&part.text) {
                Some(bounds) => {
                    if bounds.low > bounds.high {
                        quiz_bad_number::empty_range(report, part.span);
                    }
                    part.value = bounds.to_string();
                    if part.ticked && !bounds.unit.is_empty() && unit.is_none() {
                        unit = Some(PartDraft {
                            text: bounds.unit.clone(),
                            ..PartDraft::new(
                                UNIT,
                                vec![Node {
                                    kind: NodeKind::Text(bounds.unit),
                                    span: part.span,
                                    children: Vec::new(),
                                }],
                                part.span,
                            )
                        });
                    }
                }
                None => quiz_bad_number::not_a_number(report, part.span),
            }
        }
        parts.extend(unit);
        parts
    }

    fn assemble(question: &QuestionDraft, ids: &[PartId]) -> (Self, Key) {
        let values = question
            .parts
            .iter()
            .zip(ids)
            .filter_map(|(part, id)| {
                let bounds = parse_value(&part.text).filter(|_| part.role != UNIT)?;
                Some(Value {
                    part: id.clone(),
                    low: bounds.low,
                    high: bounds.high,
                    shown: bounds.shown,
                    weight: typed::weight(part),
                })
            })
            .collect();
        (Self {}, Key { values })
    }

    fn grading(&self, key: &Key) -> serde_json::Value {
        // A known mistake that earns nothing only brings feedback.
        let mut values: Vec<String> = key
            .values
            .iter()
            .filter(|value| value.weight > 0.0)
            .map(|value| format!("{} {} {}", value.low, value.high, value.weight))
            .collect();
        values.sort();
        serde_json::json!(values)
    }

    fn read(&self, fields: Fields<'_>) -> Result<Option<Answer>, ResponseError> {
        let Some(value) = fields.one("a")? else {
            return Ok(None);
        };
        let typed = value.trim();
        match parse_number(typed.trim_end_matches('%')) {
            Some(number) if typed.len() <= LONGEST_ANSWER => Ok(Some(Answer {
                typed: typed.to_owned(),
                number,
            })),
            _ => Err(ResponseError::UnreadableNumber(
                typed.chars().take(LONGEST_ANSWER).collect(),
            )),
        }
    }

    fn mark(key: &Key, answer: Option<&Answer>) -> Mark {
        typed::mark(&key.values, |value| {
            answer.is_some_and(|answer| value.holds(answer.number))
        })
    }

    fn right_answer(key: &Key) -> Answer {
        let number = key
            .values
            .iter()
            .find(|value| value.weight >= 1.0)
            .map_or(0.0, |value| f64::midpoint(value.low, value.high));
        Answer {
            typed: number.to_string(),
            number,
        }
    }

    fn instruction(&self, words: &'static Words) -> &'static str {
        words.type_number
    }

    fn render(&self, scene: &Scene<'_, Answer>, out: &mut String) {
        let unit = scene.text.parts.get(UNIT).map(String::as_str);
        let answered = scene.answer.map(|answer| answer.typed.as_str());
        let field = typed::Field {
            label: Words::of(scene.view.language).your_number,
            typed: scene.view.raw.or(answered).unwrap_or_default(),
            invalid: scene.view.raw.is_some(),
            attributes: " inputmode=\"decimal\"".to_owned(),
            unit: unit.filter(|unit| !unit.is_empty()),
        };
        typed::render(&field, scene, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_numbers_with_tolerance_unit_and_bounds() {
        let bounds = |text| parse_value(text).map(|b| (b.low, b.high, b.unit, b.shown));
        assert_eq!(
            bounds("19"),
            Some((19.0, 19.0, String::new(), "19".to_owned()))
        );
        assert_eq!(
            bounds("20,5 +- 0,5 %"),
            Some((20.0, 21.0, "%".to_owned(), "20,5".to_owned()))
        );
        assert_eq!(
            bounds("20 ± 1 gadi"),
            Some((19.0, 21.0, "gadi".to_owned(), "20".to_owned()))
        );
        assert_eq!(
            bounds("1 500 eiro"),
            Some((1500.0, 1500.0, "eiro".to_owned(), "1 500".to_owned()))
        );
        assert_eq!(
            bounds("[18.9, 19.1]"),
            Some((18.9, 19.1, String::new(), "18.9–19.1".to_owned()))
        );
        assert_eq!(
            bounds("[18,9; 19,1] %"),
            Some((18.9, 19.1, "%".to_owned(), "18,9–19,1".to_owned()))
        );
        assert_eq!(bounds("apmēram 19"), None);
        assert_eq!(bounds("[1]"), None);
        assert_eq!(bounds("5 +- x"), None);
    }

    #[test]
    fn reads_comma_point_groups_and_signs() {
        for (text, number) in [
            ("19,1", 19.1),
            ("19.1", 19.1),
            ("1 500", 1500.0),
            ("1\u{a0}500,5", 1500.5),
            ("-3", -3.0),
            ("\u{2212}3", -3.0),
            (",5", 0.5),
            ("7.", 7.0),
        ] {
            assert_eq!(parse_number(text), Some(number), "{text}");
        }
        for text in [
            "", "-", ".", "1e5", "inf", "NaN", "1,2,3", "1-2", "19 gadi", "1.5 0",
        ] {
            assert_eq!(parse_number(text), None, "{text}");
        }
    }
}
