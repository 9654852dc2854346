//! Marks: how much of a question an answer got right, and which parts of it.
//!
//! Pure: what a type of question counts as right stands in its file under [`crate::question`]; here is what a
//! mark is.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::{Language, PartId, words};

/// A share from 0 to 1. Never outside of it, never not a number.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(from = "f64", into = "f64")]
pub struct Fraction(f64);

impl Fraction {
    /// Nothing.
    pub const ZERO: Self = Self(0.0);
    /// All of it.
    pub const ONE: Self = Self(1.0);

    /// Brings any number into 0 to 1; what is not a number becomes 0.
    #[must_use]
    pub fn new(share: f64) -> Self {
        if share.is_nan() {
            Self::ZERO
        } else {
            Self(share.clamp(0.0, 1.0))
        }
    }

    /// `part` of `whole`; nothing of nothing is nothing.
    #[must_use]
    pub fn of(part: usize, whole: usize) -> Self {
        // Counts of choices are far below the 2^52 that a double holds exactly.
        #[expect(clippy::cast_precision_loss, reason = "counts of choices are small")]
        let (part, whole) = (part as f64, whole as f64);
        Self::new(part / whole)
    }

    /// As a number from 0 to 1.
    #[must_use]
    pub const fn value(self) -> f64 {
        self.0
    }
}

impl From<f64> for Fraction {
    fn from(share: f64) -> Self {
        Self::new(share)
    }
}

impl From<Fraction> for f64 {
    fn from(fraction: Fraction) -> Self {
        fraction.0
    }
}

/// Whether the points of an attempt reach the share that passes. Points are sums of shares of points, so a hair below
/// the mark is the mark.
#[must_use]
pub fn is_pass(points: f64, max_points: f64, pass: f64) -> bool {
    max_points > 0.0 && points / max_points + 1e-9 >= pass
}

/// How an answer was marked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mark {
    /// The share of the question's points that the answer earns.
    pub fraction: Fraction,
    /// The same in a word.
    pub outcome: Outcome,
    /// What can be said of the parts, in the order of the question.
    pub parts: Vec<PartMark>,
}

impl Mark {
    /// A mark whose word follows from its share.
    #[must_use]
    pub fn new(fraction: Fraction, parts: Vec<PartMark>) -> Self {
        let outcome = if fraction >= Fraction::ONE {
            Outcome::Correct
        } else if fraction > Fraction::ZERO {
            Outcome::Partial
        } else {
            Outcome::Incorrect
        };
        Self {
            fraction,
            outcome,
            parts,
        }
    }

    /// A mark that is the share of the parts answered rightly.
    pub(crate) fn by_share(parts: Vec<PartMark>) -> Self {
        let right = parts
            .iter()
            .filter(|part| part.verdict == Verdict::Right)
            .count();
        Self::new(Fraction::of(right, parts.len()), parts)
    }

    /// What stands in the place of a mark where nothing is right or wrong: whether there was an answer. It
    /// earns nothing, of a question that has no points.
    #[must_use]
    pub const fn not_marked(answered: bool) -> Self {
        Self {
            fraction: Fraction::ZERO,
            outcome: if answered {
                Outcome::Noted
            } else {
                Outcome::Unanswered
            },
            parts: Vec::new(),
        }
    }

    /// What is said about one part.
    #[must_use]
    pub fn part(&self, id: &PartId) -> Option<&PartMark> {
        self.parts.iter().find(|part| part.part == *id)
    }

    /// All the feedback that this answer earned, safe HTML, in the order of the question. Texts that lack the
    /// language come in the one they have.
    #[must_use]
    pub fn feedback_html(&self, language: Language) -> Vec<String> {
        self.parts
            .iter()
            .filter_map(|part| crate::model::pick(&part.feedback, language))
            .map(|(_, html)| html.clone())
            .collect()
    }
}

words! {
    /// A mark in a word.
    pub enum Outcome {
        /// All the points.
        Correct = "correct",
        /// Some of them.
        Partial = "partial",
        /// None.
        Incorrect = "incorrect",
        /// There was no answer.
        Unanswered = "unanswered",
        /// There was an answer, to a question that is not marked.
        Noted = "noted",
        /// The answer does not end yet: a case left half way. It earns nothing.
        Unfinished = "unfinished",
    }
}

/// What is said about one part of an answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PartMark {
    /// Which part.
    pub part: PartId,
    /// Whether it was answered rightly.
    pub verdict: Verdict,
    /// What should have been answered, where the question alone does not tell.
    pub expected: Option<Expected>,
    /// The author's feedback, safe HTML, where the answer calls for it.
    pub feedback: BTreeMap<Language, String>,
}

impl PartMark {
    /// A verdict with nothing further to say.
    #[must_use]
    pub const fn new(part: PartId, verdict: Verdict) -> Self {
        Self {
            part,
            verdict,
            expected: None,
            feedback: BTreeMap::new(),
        }
    }
}

/// What should have been answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Expected {
    /// Another part: the partner of a pair.
    Part(PartId),
    /// A place, counted from 1.
    Place(usize),
    /// A number, as its author wrote it.
    Value(String),
    /// A text, in each language that has one of its own.
    Text(BTreeMap<Language, String>),
}

/// What an answer did with one part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Chosen or placed, rightly.
    Right,
    /// Chosen, and worth a part of the points.
    Partial,
    /// Chosen or placed, wrongly.
    Wrong,
    /// Right, and not chosen.
    Missed,
    /// Not chosen, rightly.
    Untouched,
}
