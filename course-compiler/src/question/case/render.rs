//! Renders a case: the steps on the path, and the current one.

use super::super::choices::{self, List};
use super::super::kind::Scene;
use super::path::{Answer, Choice, Step, Walk};
use crate::grade::{Outcome, PartMark, Verdict};
use crate::html::{self, Id, put};
use crate::model::PartId;
use crate::text::Words;

/// Renders the path so far and the current step.
pub(super) fn render(steps: &[Step], scene: &Scene<'_, Answer>, out: &mut String) {
    let walk = Walk::of(steps, scene.answer);
    out.push_str("<ol class=\"case\">\n");
    for (number, (step, choice)) in (1..).zip(&walk.path) {
        past(step, choice, number, scene, out);
    }
    if let Some(step) = walk.at {
        current(step, walk.path.len().saturating_add(1), scene, out);
    }
    out.push_str("</ol>\n");
}

fn says<'a>(scene: &'a Scene<'_, Answer>, part: &PartId) -> &'a str {
    scene.text.parts.get(part).map_or("", String::as_str)
}

/// A step on the path: collapsed, with the choice made; when expanded, another choice can be made.
fn past(step: &Step, chosen: &Choice, number: usize, scene: &Scene<'_, Answer>, out: &mut String) {
    let words = Words::of(scene.view.language);
    let foreign = html::lang(scene.foreign);
    put!(
        out,
        "<li class=\"case__step\"><details><summary class=\"case__summary\"><span \
         class=\"case__title\"{foreign}>{}</span> <span class=\"case__chosen\">{} <span{foreign}>{}</span></span></summary>\n",
        says(scene, &step.id),
        words.you_chose,
        says(scene, &chosen.id),
    );
    text(step, scene, out);
    if !scene.view.disabled {
        put!(out, "<p class=\"case__note\">{}</p>\n", words.choose_anew);
        radios(step, Some(chosen), number, scene, out);
    }
    out.push_str("</details></li>\n");
}

/// The current step: with its choices, or with the result of the case.
fn current(step: &Step, number: usize, scene: &Scene<'_, Answer>, out: &mut String) {
    let words = Words::of(scene.view.language);
    let ends = step.choices.is_empty();
    let id = Id(scene.view.id_prefix, step.id.as_str());
    put!(
        out,
        "<li class=\"case__step case__step--{}\" id=\"{id}\" aria-current=\"step\">{}<p class=\"case__title\"{}>{}</p>\n",
        if ends { "outcome" } else { "current" },
        if ends {
            format!("<p class=\"case__note\">{}</p>\n", words.case_ends)
        } else {
            String::new()
        },
        html::lang(scene.foreign),
        says(scene, &step.id),
    );
    text(step, scene, out);
    if !ends {
        radios(step, None, number, scene, out);
    }
    // While the case can be continued, no note says that it is incomplete.
    if let Some(mark) = scene.view.marked
        && (ends || scene.view.disabled)
    {
        let word = if ends {
            let percent = mark.fraction.value() * 100.0;
            format!("{} {percent:.0}{}", words.worth, words.percent)
        } else {
            words.outcome(Outcome::Unfinished).to_owned()
        };
        let unfinished = PartMark::new(step.id.clone(), Verdict::Missed);
        html::verdict(
            &html::Feedback {
                id: &id,
                word: &word,
                part: mark.part(&step.id).unwrap_or(&unfinished),
                language: scene.view.language,
            },
            out,
        );
    }
    out.push_str("</li>\n");
}

fn text(step: &Step, scene: &Scene<'_, Answer>, out: &mut String) {
    if let Some(text) = &step.text {
        put!(
            out,
            "<div class=\"case__text\"{}>{}</div>\n",
            html::lang(scene.foreign),
            says(scene, text)
        );
    }
}

fn radios(
    step: &Step,
    chosen: Option<&Choice>,
    number: usize,
    scene: &Scene<'_, Answer>,
    out: &mut String,
) {
    let words = Words::of(scene.view.language);
    let choices: Vec<PartId> = step
        .choices
        .iter()
        .map(|choice| choice.id.clone())
        .collect();
    put!(
        out,
        "<div class=\"case__choices\" role=\"radiogroup\" aria-label=\"{} {number}\">\n",
        words.choice_in_step,
    );
    choices::render(
        &List {
            name: &format!("a.{}", step.id),
            choices: &choices,
            several: false,
            shuffled: true,
        },
        scene,
        |part| chosen.is_some_and(|chosen| chosen.id == *part),
        out,
    );
    out.push_str("</div>\n");
}
