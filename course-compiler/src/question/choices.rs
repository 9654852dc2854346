//! Shared by the types with a task list: choices with ticks, weights and feedback.

use serde::{Deserialize, Serialize};

use super::items::{fake_box, split};
use super::kind::{ReadError, Scene};
use super::text::QuestionText;
use super::written::{Content, PartDraft};
use super::{leaks, shuffle};
use crate::diagnostic::Report;
use crate::grade::{Mark, PartMark, Verdict};
use crate::html::{self, put};
use crate::model::{PartId, Role};
use crate::parse::{Node, NodeKind, plain_text};
use crate::rules::{quiz_bad_number, quiz_looks_checked, quiz_malformed};
use crate::source::Span;
use crate::text::Words;

/// The effect of choosing a choice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Weighted {
    /// The choice.
    pub(crate) part: PartId,
    /// Whether it is ticked.
    pub(crate) right: bool,
    /// The share of the points that it adds or subtracts.
    pub(crate) weight: f64,
}

/// The number of visible characters of each choice.
pub(super) fn lengths(choices: &[PartId], text: &QuestionText) -> Vec<usize> {
    let texts = choices.iter().map(|choice| text.parts.get(choice));
    texts
        .map(|html| html.map_or(0, |html| html::visible_length(html)))
        .collect()
}

/// Takes the task list, with one part of `role` for each item; at least `fewest` items.
pub(super) fn draft(
    role: Role,
    fewest: usize,
    content: &mut Content<'_>,
    report: &mut Report<'_>,
) -> Vec<PartDraft> {
    let list = content.take_answers(leaks::has_boxes, report);
    let Some(list) = list else {
        quiz_malformed::report(
            report,
            content.heading,
            "the question has no list of answers",
            "write one answer a line: `- [x]` before a right one, `- [ ]` before a wrong one",
        );
        return Vec::new();
    };
    let parts: Vec<PartDraft> = list
        .children
        .into_iter()
        .map(|item| choice(role, item, report))
        .collect();
    if parts.len() < fewest {
        quiz_malformed::report(
            report,
            content.heading,
            format!("too few answers to choose from: {}", parts.len()),
            format!("write at least {fewest}"),
        );
    }
    parts
}

fn choice(role: Role, item: Node, report: &mut Report<'_>) -> PartDraft {
    let span = item.span;
    let (mut inline, blocks) = split(item);
    leaks::lazy_line(span, &inline, report);
    let ticked = match inline.first().map(|node| &node.kind) {
        Some(NodeKind::TaskMarker(ticked)) => {
            let ticked = *ticked;
            inline.remove(0);
            ticked
        }
        _ => no_box(span, &inline, report),
    };
    let weight = take_weight(&mut inline, report);
    let blocks = take_code(&mut inline, blocks);
    let mut part = PartDraft::new(role, inline, span);
    part.ticked = ticked;
    part.weight = weight;
    part.feedback = feedback(blocks, report);
    if part.text.is_empty() {
        quiz_malformed::report(
            report,
            span,
            "the answer says nothing",
            "write the answer after the box",
        );
    }
    part
}

/// Adds the code below the words of an answer to them; returns the other blocks.
pub(super) fn take_code(inline: &mut Vec<Node>, blocks: Vec<Node>) -> Vec<Node> {
    let is_code = |block: &Node| matches!(block.kind, NodeKind::CodeBlock(_));
    let (code, others): (Vec<Node>, Vec<Node>) = blocks.into_iter().partition(is_code);
    inline.extend(code);
    others
}

/// The quotes below an answer are its feedback; other blocks are not allowed.
pub(super) fn feedback(blocks: Vec<Node>, report: &mut Report<'_>) -> Vec<Node> {
    let mut feedback = Vec::new();
    for block in blocks {
        if let NodeKind::Quote(callout) = block.kind {
            if callout.is_some() {
                leaks::indented_callout(block.span, report);
            }
            feedback.extend(block.children);
        } else {
            quiz_malformed::report(
                report,
                block.span,
                "an answer is one paragraph, with code below it if it needs some, and a quote as its feedback",
                "begin the lines of the feedback with `>`, or make the answer shorter",
            );
        }
    }
    feedback
}

/// Reports an item without a box, or with something similar to a box; returns whether that looks ticked.
fn no_box(item: Span, inline: &[Node], report: &mut Report<'_>) -> bool {
    let text = report.source.slice(item);
    // From the source, where a no-break space counts as a space.
    let start = text.find(['\\', '[']);
    let ends = start.zip(text.find(']'));
    if let Some(((start, end), (shown, ticked))) = ends.zip(fake_box(&plain_text(inline))) {
        let span = Span::new(start, end.saturating_add(1)).moved(item.start);
        quiz_looks_checked::report(report, span, &shown, ticked);
        ticked
    } else {
        quiz_malformed::report(
            report,
            item,
            "this answer has no box",
            "write `- [x]` before a right answer, `- [ ]` before a wrong one",
        );
        false
    }
}

/// Removes a trailing `` `+50%` ``, with its sign, from an answer.
fn take_weight(inline: &mut Vec<Node>, report: &mut Report<'_>) -> Option<f64> {
    let last = inline.last()?;
    let NodeKind::Code(code) = &last.kind else {
        return None;
    };
    // Without a sign it is what the answer says: `21%`.
    let number = code.trim().strip_suffix('%')?;
    if !number.starts_with(['+', '-', '\u{2212}', '\u{2013}']) {
        return None;
    }
    let span = last.span;
    let percent = super::number::in_attribute(number).unwrap_or(f64::NAN);
    inline.pop();
    if let Some(Node {
        kind: NodeKind::Text(text),
        ..
    }) = inline.last_mut()
    {
        text.truncate(text.trim_end().len());
    }
    if !(-100.0..=100.0).contains(&percent) {
        quiz_bad_number::bad_weight(report, span);
    }
    Some(percent / 100.0)
}

/// The choices with their effects; `default` returns the weight of a choice without one, by its tick.
pub(super) fn weighted(
    parts: &[PartDraft],
    ids: &[PartId],
    default: impl Fn(bool) -> f64,
) -> Vec<Weighted> {
    parts
        .iter()
        .zip(ids)
        .map(|(part, id)| Weighted {
            part: id.clone(),
            right: part.ticked,
            weight: part.weight.unwrap_or_else(|| default(part.ticked)),
        })
        .collect()
}

/// The effects of choices, in the order of their ids.
pub(super) fn grading(choices: &[Weighted]) -> serde_json::Value {
    let mut sorted: Vec<&Weighted> = choices.iter().collect();
    sorted.sort_by(|a, b| a.part.cmp(&b.part));
    sorted
        .into_iter()
        .map(|choice| serde_json::json!([choice.part, choice.right, choice.weight]))
        .collect()
}

/// The choice named by a form, if the question has it.
pub(super) fn find<A>(choices: &[PartId], value: &str) -> Result<PartId, ReadError<A>> {
    choices
        .iter()
        .find(|choice| choice.as_str() == value)
        .cloned()
        .ok_or_else(|| ReadError::Unknown(value.to_owned()))
}

/// The verdict on each choice.
pub(super) fn verdicts(choices: &[Weighted], chosen: impl Fn(&PartId) -> bool) -> Vec<PartMark> {
    choices
        .iter()
        .map(|choice| {
            let verdict = match (chosen(&choice.part), choice.right) {
                (true, true) => Verdict::Right,
                (true, false) if choice.weight > 0.0 => Verdict::Partial,
                (true, false) => Verdict::Wrong,
                (false, true) => Verdict::Missed,
                (false, false) => Verdict::Untouched,
            };
            PartMark::new(choice.part.clone(), verdict)
        })
        .collect()
}

/// How to render a list of choices.
pub(super) struct List<'a> {
    /// The name of the form field.
    pub(super) name: &'a str,
    /// The choices in the author's order.
    pub(super) choices: &'a [PartId],
    /// Whether several can be chosen.
    pub(super) several: bool,
    /// Whether their order may be shuffled.
    pub(super) shuffled: bool,
}

/// Writes radio buttons or check boxes, each with its label and, if marked, its feedback.
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
            Some(Verdict::Partial) => (" choice--partial", Some(words.partly_right)),
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
             name=\"{}\" value=\"{}\"{}{}>",
            view.field(list.name),
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
