//! Compares the answers of a translated question with those of its source.
//!
//! The key and the points are those of the source: marking never uses a translation, except for the spellings
//! of typed answers in its language. A translation repeats ticks, weights and points so that readers of the
//! file see them, and so that an outdated or wrong one is found.

use std::collections::BTreeSet;

use super::align::{Alignment, Behind, Translated};
use super::record::Answers;
use super::record::Record;
use crate::draft::{Block, DraftFile, Kind};
use crate::question::QuestionDraft;
use crate::source::Span;

/// A place where a translated question differs in structure from its source.
pub(crate) struct Difference {
    /// In the translation.
    pub(crate) at: Span,
    /// In the source.
    pub(crate) source: Span,
    pub(crate) message: String,
    pub(crate) help: &'static str,
}

/// The differences between a translated question and its source in what decides the mark. Attributes that the
/// translation does not repeat are those of the source.
pub(crate) fn differences(source: &QuestionDraft, translation: &QuestionDraft) -> Vec<Difference> {
    let of_heading = |message: String, help| Difference {
        at: translation.heading,
        source: source.heading,
        message,
        help,
    };
    if translation.class != source.class {
        return vec![of_heading(
            format!("the question is `.{}` in the source language", source.class),
            "use the same type in every language",
        )];
    }
    let mut found = Vec::new();
    let other_points =
        translation.has_points && (translation.points - source.points).abs() > f64::EPSILON;
    let other_attribute = translation
        .attributes
        .iter()
        .any(|(name, value)| source.attribute(name) != Some(value));
    if other_points || other_attribute {
        found.push(of_heading(
            "the attributes differ from the source language".to_owned(),
            "write the same points and settings as in the source, or leave them out here",
        ));
    }
    let outcomes = |question: &QuestionDraft| -> BTreeSet<String> {
        let named = question.outcomes.iter();
        named.map(|outcome| outcome.text.clone()).collect()
    };
    if !translation.outcomes.is_empty() && outcomes(translation) != outcomes(source) {
        found.push(of_heading(
            "the outcomes differ from the source language".to_owned(),
            "name the same outcomes as in the source, or leave them out here",
        ));
    }
    if translation.parts.is_empty() || source.parts.is_empty() {
        return found;
    }
    if translation.parts.len() != source.parts.len() {
        found.push(of_heading(
            format!(
                "{} answers here, {} in the source language",
                translation.parts.len(),
                source.parts.len()
            ),
            "translate every answer, in the same order",
        ));
        return found;
    }
    for (part, expected) in translation.parts.iter().zip(&source.parts) {
        let (here, there) = (part.shape(), expected.shape());
        if here != there {
            found.push(Difference {
                at: part.span,
                source: expected.span,
                message: format!("this is {here} here, {there} in the source language"),
                help: "keep the order of the answers, their ticks, weights and numbers in every language",
            });
        }
    }
    found
}

/// Finds translated questions with outdated answers, and records the others for `course.lock`. `still_right`
/// is called for a passage of the translation.
pub(crate) fn compare(
    alignment: &mut Alignment,
    source: &DraftFile,
    translation: &DraftFile,
    record: &Record,
    still_right: &dyn Fn(usize) -> bool,
) {
    for (original, passage) in source.passages.iter().enumerate() {
        let (Kind::Question(id), Some(now)) = (&passage.kind, passage.answers) else {
            continue;
        };
        let Some(state) = alignment.source.get(original).copied() else {
            continue;
        };
        let known = record.answers.get(id).copied();
        let (at, is_current) = match state {
            Translated::By(at) => (at, true),
            Translated::Stale(at) => (at, false),
            Translated::Missing => continue,
        };
        if !is_current {
            let known = known.map(|known| (id.clone(), known));
            alignment.record.answers.extend(known);
            continue;
        }
        let (Some(Block::Question(asked)), Some(Block::Question(translated)), Some(here)) = (
            source.block_of_passage(original),
            translation.block_of_passage(at),
            translation
                .passages
                .get(at)
                .and_then(|passage| passage.answers),
        ) else {
            continue;
        };
        let differs = !differences(asked, translated).is_empty();
        let behind = match known {
            None if differs => Some(Behind::Unknown),
            // The source is unchanged, so the translation is wrong, which is an error.
            Some(known) if differs => (known.key != now.key).then_some(Behind::Key),
            Some(known)
                if known.source != now.texts && known.text == here.texts && !still_right(at) =>
            {
                Some(Behind::Texts)
            }
            _ => None,
        };
        if let Some(behind) = behind {
            if let Some(state) = alignment.source.get_mut(original) {
                *state = Translated::Stale(at);
            }
            alignment.behind.insert(original, behind);
            let known = known.map(|known| (id.clone(), known));
            alignment.record.answers.extend(known);
        } else {
            let answers = Answers {
                key: now.key,
                source: now.texts,
                text: here.texts,
            };
            alignment.record.answers.insert(id.clone(), answers);
        }
    }
}
