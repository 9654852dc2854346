//! Shared by the types with one typed answer: the correct answers and known mistakes with which it is
//! compared, and the text field.

use super::kind::Scene;
use super::number;
use super::written::PartDraft;
use crate::grade::{Expected, Fraction, Mark, PartMark, Verdict};
use crate::html::{self, Id, put};
use crate::model::{Language, PartId};
use crate::text::Words;

/// A correct answer or a known mistake.
pub(super) trait Candidate {
    /// Its item in the list.
    fn part(&self) -> &PartId;
    /// Its share of the points, from 0 to 1; a known mistake has none.
    fn weight(&self) -> f64;
    /// How it is shown to somebody with a wrong answer.
    fn expected(&self) -> Expected;
}

/// The weight of an item: all points if ticked, otherwise the one written by the author, otherwise none.
pub(super) fn weight(part: &PartDraft) -> f64 {
    if part.ticked {
        1.0
    } else {
        part.weight.unwrap_or(0.0)
    }
}

/// The mark of the best candidate that equals the answer.
pub(super) fn mark<C: Candidate>(candidates: &[C], hits: impl Fn(&C) -> bool) -> Mark {
    let hit = candidates
        .iter()
        .filter(|candidate| hits(candidate))
        .max_by(|a, b| a.weight().total_cmp(&b.weight()));
    let fraction = hit.map_or(Fraction::ZERO, |candidate| {
        Fraction::new(candidate.weight())
    });
    let mut parts = Vec::new();
    if let Some(candidate) = hit {
        let verdict = if fraction >= Fraction::ONE {
            Verdict::Right
        } else if fraction > Fraction::ZERO {
            Verdict::Partial
        } else {
            Verdict::Wrong
        };
        parts.push(PartMark::new(candidate.part().clone(), verdict));
    }
    if fraction < Fraction::ONE
        && let Some(right) = candidates
            .iter()
            .find(|candidate| candidate.weight() >= 1.0)
    {
        parts.push(PartMark {
            expected: Some(right.expected()),
            ..PartMark::new(right.part().clone(), Verdict::Missed)
        });
    }
    Mark::new(fraction, parts)
}

/// The text field.
pub(super) struct Field<'a> {
    /// Its label.
    pub(super) label: &'static str,
    /// Its content.
    pub(super) typed: &'a str,
    /// Whether the content is not accepted.
    pub(super) invalid: bool,
    /// Attributes, with a space before them; safe HTML.
    pub(super) attributes: String,
    /// What follows the field, safe HTML: a unit.
    pub(super) unit: Option<&'a str>,
    /// A note on how the answer was parsed, plain text.
    pub(super) note: Option<&'a str>,
    /// What is below all that, safe HTML.
    pub(super) after: &'a str,
}

/// Renders the field with its label and, if marked, the feedback.
pub(super) fn render<A>(field: &Field<'_>, scene: &Scene<'_, A>, out: &mut String) {
    let view = scene.view;
    let words = Words::of(view.language);
    let id = Id(view.id_prefix, "a");
    let unit_id = field.unit.map(|_| format!("{id}-unit"));
    let note_id = field.note.map(|_| format!("{id}-note"));
    let feedback_id = view.marked.map(|_| format!("{id}-feedback"));
    put!(
        out,
        "<div class=\"typed{}\"><label class=\"typed__label\" for=\"{id}\">{}</label> <input \
         class=\"typed__input\" type=\"text\" autocomplete=\"off\" id=\"{id}\" name=\"{}\" value=\"{}\"{}{}{}>",
        match view.marked.map(|mark| mark.fraction) {
            Some(fraction) if fraction >= Fraction::ONE => " typed--right",
            Some(_) => " typed--wrong",
            None => "",
        },
        field.label,
        view.field("a"),
        html::escape(field.typed),
        field.attributes,
        html::invalid(field.invalid),
        html::described_by(
            [
                unit_id.as_deref(),
                note_id.as_deref(),
                feedback_id.as_deref(),
                view.described_by
            ]
            .into_iter()
            .flatten()
        ),
    );
    if let Some(unit) = field.unit {
        put!(
            out,
            " <span class=\"typed__unit\" id=\"{id}-unit\"{}>{unit}</span>",
            html::lang(scene.foreign),
        );
    }
    if let Some(note) = field.note {
        put!(
            out,
            "<p class=\"typed__note\" id=\"{id}-note\">{}</p>\n",
            html::escape(note),
        );
    }
    out.push_str(field.after);
    if let Some(mark) = view.marked {
        let mut word = words.outcome(mark.outcome).to_owned();
        let expected = mark
            .parts
            .iter()
            .find_map(|part| expected(part, view.language));
        if let Some(expected) = expected {
            put!(word, ". {} {expected}", words.right_answer);
            if let Some(unit) = field.unit {
                put!(word, " {}", html::without_tags(unit));
            }
        }
        let unmatched = PartMark::new(PartId::from("a"), Verdict::Wrong);
        let part = mark
            .parts
            .iter()
            .find(|part| part.expected.is_none())
            .unwrap_or(&unmatched);
        html::verdict(
            &html::Feedback {
                id: &id,
                word: &word,
                part,
                language: view.language,
            },
            out,
        );
    }
    out.push_str("</div>\n");
}

/// The expected answer, safe HTML.
pub(super) fn expected(part: &PartMark, language: Language) -> Option<String> {
    match part.expected.as_ref()? {
        Expected::Value(value) => {
            // In old bundles, bounds may have a decimal comma.
            let bounds = value.split('–').map(|bound| {
                let plain = bound.replace(',', ".").replace(number::is_space, "");
                number::print(&plain, language)
            });
            let bounds: Vec<String> = bounds.collect();
            Some(html::escape(&bounds.join("–")).into_owned())
        }
        Expected::Text(texts) => {
            let (found, text) = crate::model::pick(texts, language)?;
            let foreign = (found != language).then_some(found);
            Some(format!(
                "<span{}>{}</span>",
                html::lang(foreign),
                html::escape(text)
            ))
        }
        Expected::Part(_) | Expected::Place(_) => None,
    }
}
