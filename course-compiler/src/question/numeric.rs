//! `.numeric`: a number, with a tolerance.
//!
//! Ticked items are right: `- [x] 19.0 +- 0.1`, `- [x] 19.0 % +- 0.1 %` or `- [x] [18.9, 19.1] %`, `- [x] €5`. Items without a tick
//! are known mistakes, there for their feedback. [`number`] tells how numbers are read, [`unit`] what can stand
//! after them.
//!
//! An answer keeps what was typed, whatever it was read as. Where it could be two numbers, it is read by the
//! page's language until the learner says which was meant.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::kind::{Fields, Kind, ReadError, Scene, Ticks};
use super::number::{self, Beside, Fault, Number};
use super::written::{Content, PartDraft, QuestionDraft};
use super::{choices, typed, unit};
use crate::diagnostic::Report;
use crate::grade::{Expected, Mark};
use crate::html::{self, put};
use crate::model::{Language, PartId, Role, pick};
use crate::parse::{Node, NodeKind};
use crate::rules::quiz_bad_number;
use crate::text::{Words, fill};

/// The longest answer that is taken, in characters; far more digits than a number needs.
const LONGEST: usize = 64;

/// The field that says which of two numbers was meant.
const READING: &str = "a.reading";

/// The field that says in which language the text of the box was typed, and what that was: it may come back from
/// a page of another language.
const WAS: &str = "a.was";

/// Nothing to choose from: the answer is typed. Its unit, if any, is the part `unit` of the texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// The unit in each language, plain text.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub units: BTreeMap<Language, String>,
}

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
    /// The number as it is told to somebody who got it wrong: with a point, or two with `–` between.
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

/// What was typed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// As it was typed.
    pub typed: String,
    /// As it was read; absent when it is no number, or one in another unit.
    pub number: Option<f64>,
    /// What else it can mean, when it can mean two things.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<f64>,
    /// Whether the learner said which of the two was meant.
    #[serde(default)]
    pub chosen: bool,
    /// The language of the page that it was typed on; absent in answers from before it was kept.
    #[serde(default)]
    pub language: Option<Language>,
}

/// Whether only a part of a text is emphasised, struck out or code: `1*2*3` has lost its asterisks.
fn has_markup_within(nodes: &[Node]) -> bool {
    let is_markup = |node: &Node| {
        matches!(
            node.kind,
            NodeKind::Emphasis | NodeKind::Strong | NodeKind::Strikethrough | NodeKind::Code(_)
        )
    };
    (nodes.len() > 1 && nodes.iter().any(is_markup))
        || nodes.iter().any(|node| has_markup_within(&node.children))
}

/// What a typed text was read as.
#[derive(Debug, PartialEq)]
enum Reading {
    Number(number::Read),
    /// A number in this unit, which is not the one asked for.
    OtherUnit(String),
    Nothing,
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

/// Why a text is no key: what it was read as, and what to write instead.
#[derive(Debug, PartialEq)]
struct Refusal {
    message: String,
    help: Option<String>,
}

impl Refusal {
    fn new(message: String) -> Self {
        Self {
            message,
            help: None,
        }
    }
}

/// Keys as they are written in a language: a number, one with a tolerance, bounds.
const fn samples(language: Language) -> [&'static str; 3] {
    match language {
        Language::Lv => ["19,0", "19,0 % +- 0,1 %", "[18,9; 19,1]"],
        Language::En => ["19.0", "19.0 % +- 0.1 %", "[18.9, 19.1]"],
    }
}

/// Two bounds in brackets, as they are written in a language.
fn interval(low: f64, high: f64, language: Language) -> String {
    let print = |value: f64| number::print(&value.to_string(), language);
    let between = match language {
        Language::Lv => ";",
        Language::En => ",",
    };
    format!("[{}{between} {}]", print(low), print(high))
}

const TOLERANCE_SIGNS: [&str; 3] = ["+-", "+/-", "±"];

/// Reads `19.0`, `19.0 +- 0.1 %` or `[18.9, 19.1] %`.
fn parse_value(text: &str, language: Language) -> Result<Bounds, Refusal> {
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
        // Without a space a comma may be a decimal one, but not beside a decimal point.
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
    // `5 ± 10 %` hardly means −5 % to 15 %; below one percent nobody means a share of a number that has the unit.
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

/// Splits a number from its unit, which stands after it; a currency may stand before it.
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
        if is_ordinal(rest) {
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

/// What a unit tells of how its number is written.
fn beside(unit: &str) -> Beside {
    if unit.is_empty() {
        Beside::Nothing
    } else if unit.split(['/', ' ']).next().is_some_and(unit::is_currency) {
        Beside::Money
    } else {
        Beside::Unit
    }
}

/// Reads one number, with nothing around it.
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

/// Reads the unit after a number, if there is one.
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

/// Whether what stands right after digits makes an ordinal of them: `1st`, `2-nd`, `3.`, `3. vieta`, `4-ais`.
fn is_ordinal(rest: &str) -> bool {
    const ENDINGS: [&str; 22] = [
        "st", "nd", "rd", "th", "ais", "ā", "ās", "ie", "ajā", "ajam", "ajai", "ajās", "ajos",
        "šais", "šā", "tais", "tā", "trais", "trā", "reiz", "kārt", "o",
    ];
    if let Some(after) = rest.strip_prefix('.') {
        return !after.starts_with(|c: char| c.is_ascii_digit() || ".,".contains(c));
    }
    let word = rest.strip_prefix('-').unwrap_or(rest);
    let word = word.split(' ').next().unwrap_or_default();
    ENDINGS.iter().any(|ending| word.to_lowercase() == *ending)
}

/// Reads what a learner typed on a page of a language; `units` are those of the question.
fn read_answer(typed: &str, language: Language, units: &BTreeMap<Language, String>) -> Reading {
    let text = number::plainly(typed);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    // A phone or a habit puts a full stop after a sentence.
    let text = text.trim_end_matches(['.', ',']);
    let Some(at) = text.find(|c: char| c.is_ascii_digit()) else {
        return Reading::Nothing;
    };
    let (before, rest) = text.split_at_checked(at).unwrap_or(("", text));
    // A decimal mark may begin a number: `,5`.
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
    // `5O`, `1l` may be a slip for `50`, `11`.
    let is_asked = units.values().any(|asked| unit::same(asked, unit));
    let is_slip = after.starts_with(['O', 'o', 'l', 'I']) && unit.chars().count() == 1;
    if !is_asked && (is_slip || is_ordinal(after) || !unit::is_one(unit)) {
        return Reading::Nothing;
    }
    if units.is_empty() || is_asked {
        Reading::Number(read)
    } else {
        Reading::OtherUnit(unit.to_owned())
    }
}

/// Takes a sign off what stands before the digits, at its beginning or its end: `-€`, `€ -`, `mīnus`.
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

/// What stands after a number, without the dash that stands for no cents: `1234,-`, `1234,- EUR`.
fn without_dashes(after: &str) -> &str {
    let after = after.trim();
    after
        .strip_prefix([',', '.'])
        .filter(|rest| rest.starts_with('-'))
        .map_or(after, |rest| rest.trim_start_matches('-').trim())
}

impl Kind for Body {
    type Key = Key;
    type Answer = Answer;

    const TICKS: Ticks = Ticks::Some;

    fn draft(content: &mut Content<'_>, report: &mut Report<'_>) -> Vec<PartDraft> {
        let mut parts = choices::draft(Role::Number, 1, content, report);
        let mut unit: Option<PartDraft> = None;
        let mut units = Vec::new();
        for part in &mut parts {
            part.public = false;
            if part.text.is_empty() {
                continue;
            }
            if has_markup_within(&part.nodes) {
                quiz_bad_number::not_a_number(
                    report,
                    part.span,
                    "a part of this number is set in other type, so some of its signs are not read".to_owned(),
                    "write the number without `*`, `_`, `~` and backticks; multiplication is not worked out".to_owned(),
                );
                continue;
            }
            match parse_value(&part.text, content.language) {
                Ok(bounds) => {
                    if bounds.low > bounds.high {
                        quiz_bad_number::empty_range(report, part.span);
                    }
                    part.value = bounds.to_string();
                    if bounds.unit.is_empty() {
                        continue;
                    }
                    units.push((bounds.unit.clone(), part.span));
                    if part.ticked && unit.is_none() {
                        unit = Some(PartDraft {
                            text: bounds.unit.clone(),
                            ..PartDraft::new(
                                Role::Unit,
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
                Err(Refusal { message, help }) => {
                    let [number, tolerance, bounds] = samples(content.language);
                    let help = help.unwrap_or_else(|| {
                        format!("write `{number}`, `{tolerance}` or `{bounds}`")
                    });
                    quiz_bad_number::not_a_number(report, part.span, message, help);
                }
            }
        }
        let first = unit.as_ref().map_or("", |unit| unit.text.as_str());
        for (other, span) in &units {
            if !unit::same(first, other) {
                quiz_bad_number::two_units(report, *span, other, first);
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
            .filter(|(part, _)| part.role != Role::Unit)
            .filter_map(|(part, id)| {
                let bounds = parse_value(&part.text, question.language).ok()?;
                Some(Value {
                    part: id.clone(),
                    low: bounds.low,
                    high: bounds.high,
                    shown: bounds.shown,
                    weight: typed::weight(part),
                })
            })
            .collect();
        (Self::default(), Key { values })
    }

    fn translate(&mut self, _: &mut Key, language: Language, question: &QuestionDraft) {
        let unit = question.parts.iter().find(|part| part.role == Role::Unit);
        self.units
            .extend(unit.map(|unit| (language, unit.text.clone())));
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

    fn read(&self, fields: Fields<'_>) -> Result<Option<Answer>, ReadError<Answer>> {
        let Some(value) = fields.one("a")? else {
            return Ok(None);
        };
        let typed = value.trim();
        let was = fields
            .one(WAS)?
            .and_then(|was| was.split_once(':'))
            .filter(|(_, was)| *was == typed)
            .and_then(|(language, _)| Language::from_word(language));
        let language = was.unwrap_or_else(|| fields.language());
        let mut answer = Answer {
            typed: typed.to_owned(),
            number: None,
            other: None,
            chosen: false,
            language: Some(language),
        };
        if is_too_long(typed) {
            return Err(ReadError::TooLong {
                answer,
                longest: LONGEST,
            });
        }
        if let Reading::Number(read) = read_answer(typed, language, &self.units) {
            answer.number = Some(read.number.value);
            if let Some(other) = read.other {
                let (mut meant, mut other) = (read.number, other);
                match fields.one(READING)? {
                    Some(reading) if reading == meant.plain => answer.chosen = true,
                    Some(reading) if reading == other.plain => {
                        answer.chosen = true;
                        std::mem::swap(&mut meant, &mut other);
                    }
                    // It was chosen for another text.
                    _ => {}
                }
                answer.number = Some(meant.value);
                answer.other = Some(other.value);
            }
        }
        Ok(Some(answer))
    }

    fn is_complete(&self, answer: &Answer) -> bool {
        answer.number.is_some() && (answer.other.is_none() || answer.chosen)
    }

    fn remark(&self, answer: &Answer, language: Language) -> Option<String> {
        (!self.is_complete(answer)).then(|| self.note(answer, language, false))?
    }

    fn assumed(&self, answer: &Answer, language: Language) -> Option<String> {
        let number = answer.number.filter(|_| !self.is_complete(answer))?;
        Some(number::print(&number.to_string(), language))
    }

    fn mark(key: &Key, answer: Option<&Answer>) -> Mark {
        let number = answer.and_then(|answer| answer.number);
        typed::mark(&key.values, |value| {
            number.is_some_and(|number| value.holds(number))
        })
    }

    fn right_answer(key: &Key) -> Answer {
        let number = key
            .values
            .iter()
            .find(|value| value.weight >= 1.0)
            .map_or(0.0, |value| f64::midpoint(value.low, value.high));
        Answer {
            typed: number::print(&number.to_string(), Language::Lv),
            number: Some(number),
            other: None,
            chosen: false,
            language: Some(Language::Lv),
        }
    }

    fn instruction(&self, words: &'static Words) -> &'static str {
        words.type_number
    }

    fn render(&self, scene: &Scene<'_, Answer>, out: &mut String) {
        let view = scene.view;
        let unit = scene
            .text
            .parts
            .get(Role::Unit.as_str())
            .map(String::as_str);
        let typed = scene.answer.map_or("", |answer| answer.typed.as_str());
        let is_over = view.disabled || view.marked.is_some();
        let note = scene
            .answer
            .and_then(|answer| self.note(answer, view.language, is_over));
        let was = scene.answer.and_then(|answer| answer.language);
        let mut after = String::new();
        if let Some(was) = was.filter(|_| !view.disabled) {
            put!(
                after,
                "<input type=\"hidden\" name=\"{WAS}\" value=\"{was}:{}\">\n",
                html::escape(typed),
            );
        }
        if let Some(answer) = scene.answer.filter(|_| !view.disabled) {
            self.render_readings(answer, &view, &mut after);
        }
        let field = typed::Field {
            label: Words::of(view.language).your_number,
            typed,
            invalid: !is_over && scene.answer.is_some_and(|answer| answer.number.is_none()),
            attributes: " inputmode=\"decimal\"".to_owned(),
            unit: unit.filter(|unit| !unit.is_empty()),
            note: note.as_deref(),
            after: &after,
        };
        typed::render(&field, scene, out);
    }
}

impl Body {
    /// How an answer was read, as its language still has it.
    fn reading(&self, answer: &Answer) -> Reading {
        let language = answer.language.unwrap_or(Language::Lv);
        read_answer(&answer.typed, language, &self.units)
    }

    /// What there is to say about how an answer was read, plain text; nothing where it was read as it stands.
    /// `is_over` tells that nothing is asked any more.
    fn note(&self, answer: &Answer, language: Language, is_over: bool) -> Option<String> {
        let words = Words::of(language);
        let print = |number: f64| number::print(&number.to_string(), language);
        let typed = ("typed", answer.typed.as_str());
        if is_too_long(&answer.typed) {
            return None;
        }
        let Some(number) = answer.number else {
            let asked = pick(&self.units, language).map_or("", |(_, unit)| unit.as_str());
            return Some(match (self.reading(answer), is_over) {
                (Reading::OtherUnit(unit), false) => fill(
                    words.number_other_unit,
                    &[("unit", &unit), ("asked", asked)],
                ),
                (Reading::OtherUnit(unit), true) => fill(
                    words.number_other_unit_marked,
                    &[("unit", &unit), ("asked", asked)],
                ),
                (_, false) => fill(words.number_none, &[typed]),
                (_, true) => fill(words.number_none_marked, &[typed]),
            });
        };
        let number = print(number);
        if let Some(other) = answer.other {
            let values = [typed, ("number", number.as_str()), ("other", &print(other))];
            return Some(match (answer.chosen, is_over) {
                (true, _) => fill(words.number_read_as_chosen, &values),
                (false, true) => fill(words.number_read_by_page, &values),
                (false, false) => fill(words.number_doubt, &values),
            });
        }
        // What was read is told where it was typed otherwise than the page writes it.
        let Reading::Number(read) = self.reading(answer) else {
            return None;
        };
        let printed = number::print(&read.number.plain, language);
        let typed = squeezed(&answer.typed);
        let as_typed = [
            squeezed(&printed),
            squeezed(&number::ungrouped(&read.number.plain, language)),
        ];
        (!as_typed.iter().any(|printed| typed.contains(printed)))
            .then(|| fill(words.number_read, &[("number", &printed)]))
            .filter(|_| is_over || answer.language.is_some_and(|was| was != language))
    }

    /// Lets the learner say which of two numbers was meant.
    fn render_readings(&self, answer: &Answer, view: &super::kind::Look<'_>, out: &mut String) {
        let Reading::Number(number::Read {
            number,
            other: Some(other),
        }) = self.reading(answer)
        else {
            return;
        };
        let words = Words::of(view.language);
        put!(
            out,
            "<fieldset class=\"typed__readings\"><legend class=\"typed__legend\">{}</legend>\n",
            html::escape(&fill(words.number_which, &[("typed", &answer.typed)])),
        );
        for (reading, says, name) in [
            (&number, words.number_grouped, "reading"),
            (&other, words.number_decimal, "reading-other"),
        ] {
            let id = html::Id(view.id_prefix, name).to_string();
            let is_chosen = answer.chosen && answer.number == Some(reading.value);
            put!(
                out,
                "<div class=\"choice\"><input class=\"choice__input\" type=\"radio\" id=\"{id}\" \
                 name=\"{READING}\" value=\"{}\"{}><label class=\"choice__label\" for=\"{id}\">{}</label></div>\n",
                html::escape(&reading.plain),
                html::flag("checked", is_chosen),
                html::escape(&fill(
                    says,
                    &[("number", &number::print(&reading.plain, view.language))]
                )),
            );
        }
        out.push_str("</fieldset>\n");
    }
}

/// A text without spaces, and with one sign for minus.
fn squeezed(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && *c != '+')
        .map(|c| if number::is_minus(c) { '-' } else { c })
        .collect()
}

/// Whether a text is longer than what is taken.
fn is_too_long(text: &str) -> bool {
    text.chars().count() > LONGEST
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
    fn a_number_of_which_a_part_is_set_in_other_type_is_refused() {
        let said = |answer: &str| {
            let course = "id = \"c-a\"\nsource_language = \"lv\"\n[title]\nlv = \"A\"\n[summary]\nlv = \"A\"\n";
            let lesson = format!(
                "+++\nid = \"l-a\"\ntitle = \"A\"\nminutes = 1\n+++\n\n## Cik? {{#q-a .numeric}}\n\n- [x] {answer}\n"
            );
            let files = [("a/course.toml", course), ("a/lv/01-a.md", lesson.as_str())];
            let tree = crate::load::Tree::from_texts(files);
            let options = crate::compile::Options::default();
            let compilation = crate::compile::compile_tree(&tree, &options, &()).unwrap();
            let bad = compilation.diagnostics.iter();
            bad.filter(|found| found.code == "quiz-bad-number").count()
        };
        for answer in ["1*2*3", "**1**2", "1~~2~~", "1`2`"] {
            assert_eq!(said(answer), 1, "{answer}");
        }
        for answer in ["12", "**12**", "12 %"] {
            assert_eq!(said(answer), 0, "{answer}");
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
        // What is offered can be written.
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
