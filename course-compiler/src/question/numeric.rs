//! `.numeric`: a number, with a tolerance.
//!
//! Ticked items are correct: `- [x] 19.0 +- 0.1`, `- [x] 19.0 % +- 0.1 %` or `- [x] [18.9, 19.1] %`, `- [x]
//! €5`. Items without a tick are known mistakes with feedback. [`number`] describes how numbers are parsed,
//! [`unit`] what may follow them.
//!
//! An answer stores the typed text. An ambiguous one is parsed in the notation of the page's language until
//! the learner says which number was meant.

mod key;
mod reading;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::kind::{Fields, Kind, ReadError, Scene, Ticks};
use super::number;
use super::written::{Content, PartDraft, QuestionDraft};
use super::{choices, typed, unit};
use crate::diagnostic::Report;
use crate::grade::{Expected, Mark};
use crate::html::{self, put};
use crate::model::{Language, PartId, Role, pick};
use crate::parse::{Node, NodeKind};
use crate::rules::quiz_bad_number;
use crate::text::{Words, fill};

use key::{Refusal, parse_value, samples};
use reading::{Reading, read_answer};

/// The longest accepted answer, in characters; far more digits than a number needs.
const LONGEST: usize = 64;

/// The field with the chosen reading of an ambiguous number.
const READING: &str = "a.reading";

/// The field with the language and content of the text field when the page was rendered: it may be sent from
/// a page in another language.
const WAS: &str = "a.was";

/// The answer is typed. Its unit, if any, is the part `unit` of the texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// The unit in each language, plain text.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub units: BTreeMap<Language, String>,
}

/// Correct numbers, and known mistakes.
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
    /// The number shown to somebody with a wrong answer: with a decimal point, or two with `–` between.
    pub(crate) shown: String,
    /// Its share of the points.
    pub(crate) weight: f64,
}

impl Value {
    /// Whether `number` is within the bounds, with a tolerance for rounding errors: 19.1 − 19.0 is more than
    /// 0.1 in binary.
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

/// The answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// The typed text.
    pub typed: String,
    /// The parsed number; absent if it is not a number, or one in another unit.
    pub number: Option<f64>,
    /// The other possible meaning of an ambiguous number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<f64>,
    /// Whether the learner has chosen one of the two.
    #[serde(default)]
    pub chosen: bool,
    /// The language of the page on which it was typed; absent in old answers.
    #[serde(default)]
    pub language: Option<Language>,
}

/// Whether only a part of a text has markup: `1*2*3` has lost its asterisks.
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
        // A known mistake without points only has feedback.
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
                    // The choice was made for another text.
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
    /// How an answer was parsed, in its language.
    fn reading(&self, answer: &Answer) -> Reading {
        let language = answer.language.unwrap_or(Language::Lv);
        read_answer(&answer.typed, language, &self.units)
    }

    /// A note on how an answer was parsed, plain text; `None` if it was parsed as it is written. `is_over`
    /// means that no follow-up question is asked.
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
        // The parsed number is shown if it was typed in another notation than that of the page.
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

    /// Renders the choice between the two readings of a number.
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

/// A text without spaces and with one kind of minus sign.
fn squeezed(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && *c != '+')
        .map(|c| if number::is_minus(c) { '-' } else { c })
        .collect()
}

/// Whether a text is longer than accepted.
fn is_too_long(text: &str) -> bool {
    text.chars().count() > LONGEST
}

#[cfg(test)]
mod tests {
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
}
