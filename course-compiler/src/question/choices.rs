//! What the types with a task list share: choices with ticks, weights and feedback.

use serde::{Deserialize, Serialize};

use super::{ResponseError, Scene, shuffle};
use crate::grade::{Mark, PartMark, Verdict};
use crate::model::PartId;
use crate::render::html::{self, put};
use crate::text::Words;

/// What choosing one choice does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Weighted {
    /// The choice.
    pub(crate) part: PartId,
    /// Whether it is ticked.
    pub(crate) right: bool,
    /// The share of the points that it gives or takes.
    pub(crate) weight: f64,
}

/// The choice that a form names, if the question has it.
pub(super) fn find(choices: &[PartId], value: &str) -> Result<PartId, ResponseError> {
    choices
        .iter()
        .find(|choice| choice.as_str() == value)
        .cloned()
        .ok_or_else(|| ResponseError::Unknown(value.to_owned()))
}

/// What an answer did with each choice.
pub(super) fn verdicts(choices: &[Weighted], chosen: impl Fn(&PartId) -> bool) -> Vec<PartMark> {
    choices
        .iter()
        .map(|choice| {
            let verdict = match (chosen(&choice.part), choice.right || choice.weight >= 1.0) {
                (true, true) => Verdict::Right,
                (true, false) => Verdict::Wrong,
                (false, true) => Verdict::Missed,
                (false, false) => Verdict::Untouched,
            };
            PartMark::new(choice.part.clone(), verdict)
        })
        .collect()
}

/// How a list of choices is shown.
pub(super) struct List<'a> {
    /// The choices in the author's order.
    pub(super) choices: &'a [PartId],
    /// Whether several can be chosen.
    pub(super) several: bool,
    /// Whether they may come in another order.
    pub(super) shuffled: bool,
}

/// Writes radio buttons or check boxes, each with its label and, when marked, what is said about it.
pub(super) fn render<A>(
    list: &List<'_>,
    scene: &Scene<'_, A>,
    chosen: impl Fn(&PartId) -> bool,
    out: &mut String,
) {
    let view = scene.view;
    let words = Words::of(view.language);
    let mut choices: Vec<&PartId> = list.choices.iter().collect();
    if list.shuffled
        && let Some(seed) = view.shuffle_seed
    {
        shuffle::shuffle(&mut choices, seed, scene.question.as_str());
    }
    let input_type = if list.several { "checkbox" } else { "radio" };
    for part in choices {
        let marked = view.marked.and_then(|mark| mark.part(part));
        let verdict = marked.map(|mark| mark.verdict);
        let (modifier, word) = match verdict {
            Some(Verdict::Right) => (" choice--right", Some(words.right)),
            Some(Verdict::Wrong) => (" choice--wrong", Some(words.wrong)),
            Some(Verdict::Missed) => (
                " choice--missed",
                Some(if list.several {
                    words.missed
                } else {
                    words.right_choice
                }),
            ),
            Some(Verdict::Untouched) | None => ("", None),
        };
        let id = html::Id(view.id_prefix, part.as_str());
        put!(
            out,
            "<div class=\"choice{modifier}\"><input class=\"choice__input\" type=\"{input_type}\" id=\"{id}\" \
             name=\"a\" value=\"{}\"{}{}>",
            html::escape(part.as_str()),
            html::flag("checked", chosen(part)),
            html::described(word.is_some(), &id),
        );
        put!(
            out,
            "<label class=\"choice__label\" for=\"{id}\"{}>{}</label>",
            html::lang(scene.foreign),
            scene.text.parts.get(part).map_or("", String::as_str),
        );
        if let (Some(word), Some(marked)) = (word, marked) {
            html::verdict(
                &html::Feedback {
                    id: &id,
                    word,
                    part: marked,
                    language: view.language,
                },
                out,
            );
        }
        out.push_str("</div>\n");
    }
}

/// The mark of a share of the points with verdicts on the choices.
pub(super) fn mark(share: f64, choices: &[Weighted], chosen: impl Fn(&PartId) -> bool) -> Mark {
    Mark::new(
        crate::grade::Fraction::new(share),
        verdicts(choices, chosen),
    )
}
