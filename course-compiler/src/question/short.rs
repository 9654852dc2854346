//! `.short`: a typed word or a few words.
//!
//! Ticked items are correct, each with its spellings separated by `;`: `- [x] Tiesībsargs; Tiesībsarga
//! birojs`. Items without a tick are known mistakes with feedback. [`Spelling`] decides when two texts are
//! equal. What is correct in one language of the question is correct in all of them: a person may answer,
//! change the page's language, and look again.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::kind::{Fields, Kind, ReadError, Scene, Ticks};
use super::spelling::{self, Spelling};
use super::written::{Content, PartDraft, QuestionDraft};
use super::{choices, typed};
use crate::diagnostic::Report;
use crate::grade::{Expected, Mark};
use crate::html;
use crate::model::{Language, PartId, Role};
use crate::rules::{quiz_duplicate_choice, quiz_malformed};
use crate::source::Span;
use crate::text::Words;

/// The longest accepted answer, in characters.
pub(super) const LONGEST: usize = 200;

/// The answer is typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// Whether capital letters matter; then the page says so.
    pub capitals: bool,
}

/// Correct texts, and known mistakes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Key {
    pub(crate) spelling: Spelling,
    pub(crate) texts: Vec<Text>,
}

/// A text that an answer is compared with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Text {
    pub(crate) part: PartId,
    /// Its spellings in each language, as written by the author.
    pub(crate) spellings: BTreeMap<Language, Vec<String>>,
    /// Its share of the points.
    pub(crate) weight: f64,
}

impl typed::Candidate for Text {
    fn part(&self) -> &PartId {
        &self.part
    }

    fn weight(&self) -> f64 {
        self.weight
    }

    fn expected(&self) -> Expected {
        Expected::Text(first_of_each(&self.spellings))
    }
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The typed text, trimmed.
    pub text: String,
}

impl Kind for Body {
    type Key = Key;
    type Answer = Answer;

    const TICKS: Ticks = Ticks::Some;
    const SETTINGS: &'static [&'static str] = spelling::SETTINGS;

    fn draft(content: &mut Content<'_>, report: &mut Report<'_>) -> Vec<PartDraft> {
        spelling::check(content, report);
        let mut parts = choices::draft(Role::Text, 1, content, report);
        let spelling = Spelling::of_content(content);
        let mut seen: BTreeMap<String, Span> = BTreeMap::new();
        for part in &mut parts {
            part.public = false;
            part.accepted = spelling::alternatives(&part.text);
            if part.accepted.is_empty() && !part.text.is_empty() {
                quiz_malformed::report(
                    report,
                    part.span,
                    "nobody can type this answer",
                    "write words or figures after the box, several spellings with `;` between",
                );
            }
            for text in &part.accepted {
                let first = *seen.entry(spelling.fold(text)).or_insert(part.span);
                if first != part.span {
                    quiz_duplicate_choice::report(report, part.span, text, first);
                }
            }
        }
        parts
    }

    fn assemble(question: &QuestionDraft, ids: &[PartId]) -> (Self, Key) {
        let spelling = Spelling::of(question);
        let texts = question
            .parts
            .iter()
            .zip(ids)
            .map(|(part, id)| Text {
                part: id.clone(),
                spellings: BTreeMap::new(),
                weight: typed::weight(part),
            })
            .collect();
        let body = Self {
            capitals: spelling.case,
        };
        (body, Key { spelling, texts })
    }

    fn translate(&mut self, key: &mut Key, language: Language, question: &QuestionDraft) {
        for (text, part) in key.texts.iter_mut().zip(&question.parts) {
            text.spellings.insert(language, part.accepted.clone());
        }
    }

    fn grading(&self, key: &Key) -> serde_json::Value {
        // A known mistake without points only has feedback.
        let mut texts: Vec<(Vec<String>, String)> = key
            .texts
            .iter()
            .filter(|text| text.weight > 0.0)
            .map(|text| {
                (
                    folded(key.spelling, &text.spellings),
                    text.weight.to_string(),
                )
            })
            .collect();
        texts.sort();
        serde_json::json!([key.spelling, texts])
    }

    fn read(&self, fields: Fields<'_>) -> Result<Option<Answer>, ReadError<Answer>> {
        let Some(value) = fields.one("a")? else {
            return Ok(None);
        };
        let answer = Answer {
            text: value.trim().to_owned(),
        };
        if is_too_long(&answer.text) {
            return Err(ReadError::TooLong {
                answer,
                longest: LONGEST,
            });
        }
        Ok(Some(answer))
    }

    fn mark(key: &Key, answer: Option<&Answer>) -> Mark {
        let given = answer.map(|answer| key.spelling.fold(&answer.text));
        typed::mark(&key.texts, |text| {
            given
                .as_deref()
                .is_some_and(|given| holds(key.spelling, &text.spellings, given))
        })
    }

    fn right_answer(key: &Key) -> Answer {
        let right = key.texts.iter().find(|text| text.weight >= 1.0);
        let first = right.and_then(|text| text.spellings.values().flatten().next());
        Answer {
            text: first.cloned().unwrap_or_default(),
        }
    }

    fn instruction(&self, words: &'static Words) -> &'static str {
        if self.capitals {
            words.type_text_with_capitals
        } else {
            words.type_text
        }
    }

    fn render(&self, scene: &Scene<'_, Answer>, out: &mut String) {
        let text = scene.answer.map_or("", |answer| answer.text.as_str());
        let field = typed::Field {
            label: Words::of(scene.view.language).your_answer,
            typed: text,
            invalid: is_too_long(text),
            attributes: text_attributes(scene),
            unit: None,
            note: None,
            after: "",
        };
        typed::render(&field, scene, out);
    }
}

/// The attributes of every field for a short text, with a space before them: its text is in the question's
/// language.
pub(super) fn text_attributes<A>(scene: &Scene<'_, A>) -> String {
    format!(
        " maxlength=\"{LONGEST}\" autocapitalize=\"none\" spellcheck=\"true\"{}",
        html::lang(scene.foreign)
    )
}

/// Whether a text is longer than accepted.
pub(super) fn is_too_long(text: &str) -> bool {
    text.chars().count() > LONGEST
}

/// Whether a folded text is one of the spellings.
pub(super) fn holds(
    spelling: Spelling,
    spellings: &BTreeMap<Language, Vec<String>>,
    given: &str,
) -> bool {
    spellings
        .values()
        .flatten()
        .any(|text| spelling.fold(text) == given)
}

/// All spellings, folded, each once, sorted.
pub(super) fn folded(
    spelling: Spelling,
    spellings: &BTreeMap<Language, Vec<String>>,
) -> Vec<String> {
    let mut folded: Vec<String> = spellings
        .values()
        .flatten()
        .map(|text| spelling.fold(text))
        .collect();
    folded.sort();
    folded.dedup();
    folded
}

/// The spelling that is shown, in each language.
pub(super) fn first_of_each(
    spellings: &BTreeMap<Language, Vec<String>>,
) -> BTreeMap<Language, String> {
    spellings
        .iter()
        .filter_map(|(language, texts)| Some((*language, texts.first()?.clone())))
        .collect()
}
