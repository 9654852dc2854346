//! Marks: the share of a question that an answer got right, and the verdicts on its parts.
//!
//! Pure. The types of questions under [`crate::question`] decide what is right; this module defines what a
//! mark is.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::{Language, PartId, words};

/// A share from 0 to 1; never outside of that range, and never NaN.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(from = "f64", into = "f64")]
pub struct Fraction(f64);

impl Fraction {
    /// No points.
    pub const ZERO: Self = Self(0.0);
    /// All points.
    pub const ONE: Self = Self(1.0);

    /// Limits a number to 0 to 1; NaN becomes 0.
    #[must_use]
    pub fn new(share: f64) -> Self {
        if share.is_nan() {
            Self::ZERO
        } else {
            Self(share.clamp(0.0, 1.0))
        }
    }

    /// `part` of `whole`; zero if `whole` is zero.
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

/// Whether the points of an attempt reach the pass mark. Points are sums of fractions, so a rounding error
/// below the pass mark still passes.
#[must_use]
pub fn is_pass(points: f64, max_points: f64, pass: f64) -> bool {
    max_points > 0.0 && points / max_points + 1e-9 >= pass
}

/// The mark of an answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mark {
    /// The share of the question's points that the answer earns.
    pub fraction: Fraction,
    /// The outcome in a word.
    pub outcome: Outcome,
    /// The verdicts on the parts, in the order of the question.
    pub parts: Vec<PartMark>,
}

impl Mark {
    /// A mark whose outcome follows from its share.
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

    /// A mark whose share is that of the parts answered correctly.
    pub(crate) fn by_share(parts: Vec<PartMark>) -> Self {
        let right = parts
            .iter()
            .filter(|part| part.verdict == Verdict::Right)
            .count();
        Self::new(Fraction::of(right, parts.len()), parts)
    }

    /// The mark of a question that is not marked: only whether there was an answer. It has no points.
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

    /// The verdict on a part.
    #[must_use]
    pub fn part(&self, id: &PartId) -> Option<&PartMark> {
        self.parts.iter().find(|part| part.part == *id)
    }

    /// All feedback for this answer as safe HTML, in the order of the question. Feedback that is missing in
    /// the language is returned in another one.
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
    /// The outcome of a mark.
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
        /// The answer is not complete: a case that has not reached an outcome. It earns no points.
        Unfinished = "unfinished",
    }
}

/// The verdict on one part of an answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PartMark {
    /// Which part.
    pub part: PartId,
    /// The expected answer, where the question does not show it.
    pub verdict: Verdict,
    /// What should have been answered, where the question alone does not tell.
    pub expected: Option<Expected>,
    /// The author's feedback as safe HTML, if it applies to the answer.
    pub feedback: BTreeMap<Language, String>,
}

impl PartMark {
    /// A verdict without expected answer and feedback.
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

/// The expected answer for a part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Expected {
    /// Another part: the partner of a pair.
    Part(PartId),
    /// A position, counted from 1.
    Place(usize),
    /// A number, as the author wrote it.
    Value(String),
    /// A text, in each language that has its own.
    Text(BTreeMap<Language, String>),
}

/// How one part was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Chosen or placed, correctly.
    Right,
    /// Chosen, and worth some of the points.
    Partial,
    /// Chosen or placed, incorrectly.
    Wrong,
    /// Correct, but not chosen.
    Missed,
    /// Not chosen, correctly.
    Untouched,
}
