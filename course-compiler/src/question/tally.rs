//! Counts of many people's answers, without names: how often each option was chosen.
//!
//! Only types with options and without correct answers are counted. A small number of answers could be
//! attributed by those who know the people, so their counts are not returned.

use std::collections::BTreeMap;

use crate::model::PartId;

/// The fewest answers for which counts are returned.
pub const FEWEST_ANSWERS: usize = 5;

/// The options of a question, or of one of its statements, with how often each was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The statement; absent if the options belong to the whole question.
    pub statement: Option<PartId>,
    /// How many answers chose an option here.
    pub answers: usize,
    /// Every option in the author's order with how often it was chosen; empty when there are fewer answers
    /// than [`FEWEST_ANSWERS`].
    pub counts: Vec<(PartId, usize)>,
}

impl Tally {
    /// Counts answers, each given by its chosen options.
    pub(super) fn new<'a, A>(
        statement: Option<PartId>,
        options: &[PartId],
        answers: impl Iterator<Item = A>,
    ) -> Self
    where
        A: IntoIterator<Item = &'a PartId>,
    {
        let mut chosen: BTreeMap<&PartId, usize> = BTreeMap::new();
        let mut given = 0_usize;
        for answer in answers {
            let mut options = answer.into_iter().peekable();
            given = given.saturating_add(usize::from(options.peek().is_some()));
            for option in options {
                let count = chosen.entry(option).or_default();
                *count = count.saturating_add(1);
            }
        }
        let counts = options
            .iter()
            .filter(|_| given >= FEWEST_ANSWERS)
            .map(|option| (option.clone(), chosen.get(option).copied().unwrap_or(0)))
            .collect();
        Self {
            statement,
            answers: given,
            counts,
        }
    }
}
