//! `.case`: a situation that branches. The headings below the question are its steps; a list of links at the
//! end of a step are the choices, each leading to another step. A step of the class `.outcome` ends the case
//! and carries the mark.
//!
//! An answer is the path taken so far. Only steps on the path are ever shown: what lies ahead would give the
//! case away. A choice that leads back to a step on the path takes the path back to that step, so a path
//! never holds a step twice.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::{Deserialize, Serialize};

use super::choices::{self, List};
use super::items;
use super::kind::{Fields, Kind, ReadError, Scene, Ticks};
use super::leaks::{self, Place};
use super::written::{Answers, Content, PartDraft, QuestionDraft};
use crate::diagnostic::{Location, Report};
use crate::grade::{Fraction, Mark, Outcome, PartMark, Verdict};
use crate::html::{self, Id, put};
use crate::model::{PartId, Role, is_well_formed};
use crate::parse::attributes::{Attributes, Word};
use crate::parse::{Node, NodeKind};
use crate::rules::{
    case_no_way_out, case_unreachable_step, id_duplicate, id_missing, link_broken, meta_bad_value,
    meta_unknown_key, quiz_bad_number, quiz_malformed, quiz_no_correct,
};
use crate::source::Span;
use crate::text::Words;

/// The class of a step that ends the case.
pub(crate) const OUTCOME: &str = "outcome";

/// The steps, in the author's order; the case begins with the first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// All steps.
    pub steps: Vec<Step>,
}

/// A step of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Its id, also that of its title among the texts.
    pub id: PartId,
    /// The id of what it tells, if it tells anything beside its title.
    pub text: Option<PartId>,
    /// What can be chosen; nothing where the case ends.
    pub choices: Vec<Choice>,
}

/// What can be chosen in a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Its id.
    pub id: PartId,
    /// The step that it leads to.
    pub to: PartId,
}

/// The same steps, and what their outcomes are worth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Key {
    pub(crate) steps: Vec<Step>,
    /// Steps that end the case, each with its share of the points.
    pub(crate) outcomes: BTreeMap<PartId, f64>,
}

/// The path taken so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Each step with the choice made there, from the first. Empty when nothing is chosen yet, or no more.
    pub path: Vec<(PartId, PartId)>,
}

/// A path as it follows the links, and where it leads.
struct Walk<'a> {
    path: Vec<(&'a Step, &'a Choice)>,
    /// The step that is reached; absent only in a case without steps.
    at: Option<&'a Step>,
}

impl<'a> Walk<'a> {
    /// Follows what was `chosen` at each step for as long as it leads on.
    fn new(steps: &'a [Step], chosen: impl Fn(&'a Step) -> Option<&'a Choice>) -> Self {
        let mut path: Vec<(&Step, &Choice)> = Vec::new();
        let mut at = steps.first();
        while let Some(step) = at {
            let Some(choice) = chosen(step) else { break };
            let Some(next) = steps.iter().find(|step| step.id == choice.to) else {
                break;
            };
            path.push((step, choice));
            at = Some(next);
            if let Some(back) = path.iter().position(|(step, _)| step.id == next.id) {
                path.truncate(back);
                break;
            }
        }
        Self { path, at }
    }

    /// Follows an answer.
    fn of(steps: &'a [Step], answer: Option<&Answer>) -> Self {
        Self::new(steps, |step| {
            let path = &answer?.path;
            let (_, chosen) = path.iter().find(|(taken, _)| *taken == step.id)?;
            step.choices.iter().find(|choice| choice.id == *chosen)
        })
    }

    fn answer(&self) -> Answer {
        Answer {
            path: self
                .path
                .iter()
                .map(|(step, choice)| (step.id.clone(), choice.id.clone()))
                .collect(),
        }
    }
}

impl Kind for Body {
    type Key = Key;
    type Answer = Answer;

    const TICKS: Ticks = Ticks::None;

    fn draft(content: &mut Content<'_>, report: &mut Report<'_>) -> Vec<PartDraft> {
        let steps = draft_steps(content, report);
        check(content.heading, &steps, report);
        parts(steps)
    }

    fn assemble(question: &QuestionDraft, ids: &[PartId]) -> (Self, Key) {
        let mut steps: Vec<Step> = Vec::new();
        let mut outcomes = BTreeMap::new();
        for (part, id) in question.parts.iter().zip(ids) {
            if part.role == Role::Step {
                outcomes.extend(part.weight.map(|mark| (id.clone(), mark)));
                steps.push(Step {
                    id: id.clone(),
                    text: None,
                    choices: Vec::new(),
                });
            } else if let Some(step) = steps.last_mut() {
                match part.links.first().and_then(|to| ids.get(*to)) {
                    Some(to) => step.choices.push(Choice {
                        id: id.clone(),
                        to: to.clone(),
                    }),
                    None => step.text = Some(id.clone()),
                }
            }
        }
        let key = Key {
            steps: steps.clone(),
            outcomes,
        };
        (Self { steps }, key)
    }

    fn grading(&self, key: &Key) -> serde_json::Value {
        let first = self.steps.first().map(|step| &step.id);
        let links: BTreeSet<(&PartId, &PartId, &PartId)> = self
            .steps
            .iter()
            .flat_map(|step| {
                let choices = step.choices.iter();
                choices.map(|choice| (&step.id, &choice.id, &choice.to))
            })
            .collect();
        serde_json::json!([first, links, key.outcomes])
    }

    fn read(&self, fields: Fields<'_>) -> Result<Option<Answer>, ReadError<Answer>> {
        let mut chosen: BTreeMap<&PartId, &Choice> = BTreeMap::new();
        for (step, choice) in fields.of_parts() {
            let unknown = |word: &str| ReadError::Unknown(word.to_owned());
            let step = self.steps.iter().find(|known| known.id.as_str() == step);
            let step = step.ok_or_else(|| unknown(choice))?;
            let known = step
                .choices
                .iter()
                .find(|known| known.id.as_str() == choice);
            let choice = known.ok_or_else(|| unknown(choice))?;
            if chosen.insert(&step.id, choice).is_some() {
                return Err(ReadError::TooMany);
            }
        }
        // A path may be empty though something was chosen: a choice may lead back to the first step.
        let walk = Walk::new(&self.steps, |step| chosen.get(&step.id).copied());
        Ok((!chosen.is_empty()).then(|| walk.answer()))
    }

    fn is_complete(&self, answer: &Answer) -> bool {
        let walk = Walk::of(&self.steps, Some(answer));
        walk.at.is_some_and(|step| step.choices.is_empty())
    }

    fn mark(key: &Key, answer: Option<&Answer>) -> Mark {
        let reached = Walk::of(&key.steps, answer).at.map(|step| &step.id);
        let parts = key.outcomes.iter().map(|(outcome, mark)| {
            let verdict = match (reached == Some(outcome), Fraction::new(*mark)) {
                (true, Fraction::ONE) => Verdict::Right,
                (true, Fraction::ZERO) => Verdict::Wrong,
                (true, _) => Verdict::Partial,
                (false, Fraction::ONE) => Verdict::Missed,
                (false, _) => Verdict::Untouched,
            };
            PartMark::new(outcome.clone(), verdict)
        });
        let parts = parts.collect();
        match reached.and_then(|step| key.outcomes.get(step)) {
            Some(mark) => Mark::new(Fraction::new(*mark), parts),
            None => Mark {
                fraction: Fraction::ZERO,
                outcome: Outcome::Unfinished,
                parts,
            },
        }
    }

    fn right_answer(key: &Key) -> Answer {
        let best = |step: &PartId| {
            let mark = key.outcomes.get(step);
            mark.is_some_and(|mark| Fraction::new(*mark) == Fraction::ONE)
        };
        let mut seen = BTreeSet::new();
        let mut waiting: VecDeque<(Option<&Step>, Answer)> = VecDeque::new();
        waiting.push_back((key.steps.first(), Answer { path: Vec::new() }));
        while let Some((step, answer)) = waiting.pop_front() {
            let Some(step) = step.filter(|step| seen.insert(&step.id)) else {
                continue;
            };
            if best(&step.id) {
                return answer;
            }
            for choice in &step.choices {
                let next = key.steps.iter().find(|step| step.id == choice.to);
                let mut longer = answer.clone();
                longer.path.push((step.id.clone(), choice.id.clone()));
                waiting.push_back((next, longer));
            }
        }
        Answer { path: Vec::new() }
    }

    fn instruction(&self, words: &'static Words) -> &'static str {
        words.choose_path
    }

    fn render(&self, scene: &Scene<'_, Answer>, out: &mut String) {
        let walk = Walk::of(&self.steps, scene.answer);
        out.push_str("<ol class=\"case\">\n");
        for (number, (step, choice)) in (1..).zip(&walk.path) {
            past(step, choice, number, scene, out);
        }
        if let Some(step) = walk.at {
            current(step, walk.path.len().saturating_add(1), scene, out);
        }
        out.push_str("</ol>\n");
    }
}

fn says<'a>(scene: &'a Scene<'_, Answer>, part: &PartId) -> &'a str {
    scene.text.parts.get(part).map_or("", String::as_str)
}

/// A step left behind: folded, with what was chosen; unfolded, the choice can be made anew.
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

/// The step that is reached: with its choices, or with what the case came to.
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
    // While the case can go on, that it is not finished needs no telling.
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

/// A step as it was written.
struct DraftStep {
    heading: Span,
    /// Absent when it has none of its own.
    id: Option<Word>,
    title: Vec<Node>,
    text: Vec<Node>,
    choices: Vec<DraftChoice>,
    is_outcome: bool,
    /// The share of the points that an outcome earns; absent when it cannot be read.
    mark: Option<f64>,
}

/// A choice as it was written.
struct DraftChoice {
    nodes: Vec<Node>,
    /// The id of the step that it leads to, without `#`.
    to: String,
    span: Span,
}

/// Takes the headings and what stands below each.
fn draft_steps(content: &mut Content<'_>, report: &mut Report<'_>) -> Vec<DraftStep> {
    let is_heading = |node: &Node| matches!(node.kind, NodeKind::Heading(_));
    let Some(first) = content.nodes.iter().position(is_heading) else {
        quiz_malformed::report(
            report,
            content.heading,
            "the case has no steps",
            "write them as headings below it: `#### What happens {#s-what}`",
        );
        return Vec::new();
    };
    let mut steps: Vec<DraftStep> = Vec::new();
    for node in content.nodes.split_off(first) {
        if let NodeKind::Heading(heading) = node.kind {
            let attributes = heading.attributes.unwrap_or_default();
            steps.push(draft_step(node.span, node.children, &attributes, report));
        } else if let Some(step) = steps.last_mut() {
            step.text.push(node);
        }
    }
    let mut taken: BTreeMap<String, Location> = BTreeMap::new();
    // What stands above the steps is looked at with the rest of the question.
    for step in &mut steps {
        let list = take_choices(step, report);
        content.since = step.heading.start;
        content.answers = list.into_iter().collect();
        let place = if step.is_outcome {
            Place::After
        } else {
            Place::Asked
        };
        leaks::sequence(content, &step.text, place, report);
        let Some(id) = step.id.take() else { continue };
        let here = Location::new(report.source, id.span);
        if let Some(first) = taken.get(&id.text) {
            report.push(id_duplicate::duplicate(here, &id.text, first.clone()));
        } else {
            taken.insert(id.text.clone(), here);
            step.id = Some(id);
        }
    }
    steps
}

fn draft_step(
    heading: Span,
    title: Vec<Node>,
    attributes: &Attributes,
    report: &mut Report<'_>,
) -> DraftStep {
    let id = attributes.ids.first().cloned();
    match &id {
        Some(id) if !(is_well_formed(&id.text) && id.text.starts_with("s-")) => {
            meta_bad_value::report(
                report,
                id.span,
                &id.text,
                "lower-case Latin letters, digits and hyphens, beginning with `s-`",
            );
        }
        Some(_) => {}
        None => id_missing::step(report, heading),
    }
    if title.is_empty() {
        quiz_malformed::report(
            report,
            heading,
            "the step has no title",
            "write a few words into the heading: they stand in the list of steps taken",
        );
    }
    let mut is_outcome = false;
    for class in &attributes.classes {
        if class.text == OUTCOME {
            is_outcome = true;
        } else {
            meta_unknown_key::report(report, class.span, &class.text, &[OUTCOME]);
        }
    }
    let known: &[&str] = if is_outcome { &["mark"] } else { &[] };
    let values = attributes.values.iter();
    let strays = attributes.strays.iter().map(|stray| (&stray.text, stray));
    for (key, word) in values.map(|(key, word)| (key, word)).chain(strays) {
        if !known.contains(&key.as_str()) {
            meta_unknown_key::report(report, word.span, key, known);
        }
    }
    DraftStep {
        heading,
        id,
        title,
        text: Vec::new(),
        choices: Vec::new(),
        is_outcome,
        mark: if is_outcome {
            mark(heading, attributes, report)
        } else {
            None
        },
    }
}

/// The share of the points that an outcome earns.
fn mark(heading: Span, attributes: &Attributes, report: &mut Report<'_>) -> Option<f64> {
    let written = attributes.values.iter().find(|(key, _)| key == "mark");
    let percent = written.and_then(|(_, word)| {
        let number = word.text.trim().strip_suffix('%')?;
        super::number::in_attribute(number).filter(|percent| (0.0..=100.0).contains(percent))
    });
    if percent.is_none() {
        let span = written.map_or(heading, |(_, word)| word.span);
        quiz_bad_number::bad_mark(report, span);
    }
    percent.map(|percent| percent / 100.0)
}

/// Takes the list with a link in it, where the case goes on.
fn take_choices(step: &mut DraftStep, report: &mut Report<'_>) -> Option<Answers> {
    let is_list = |node: &Node| {
        let linked = |item: &Node| {
            items::split(item.clone())
                .0
                .iter()
                .any(|node| link(node).is_some())
        };
        node.kind == NodeKind::List(None) && node.children.iter().any(linked)
    };
    let (mut lists, text) = std::mem::take(&mut step.text)
        .into_iter()
        .partition::<Vec<_>, _>(is_list);
    step.text = text;
    let list = lists.pop()?;
    for other in &lists {
        leaks::second_list(other, &list, report);
    }
    let answers = Answers::of(&list, report.source);
    if step.is_outcome {
        quiz_malformed::report(
            report,
            list.span,
            "an outcome ends the case",
            "remove the choices, or `.outcome` and its mark",
        );
        return Some(answers);
    }
    for item in list.children {
        let span = item.span;
        let (mut inline, blocks) = items::split(item);
        let to = match inline.as_slice() {
            [only] if blocks.is_empty() => link(only).map(str::to_owned),
            _ => None,
        };
        let (Some(to), Some(link)) = (to, inline.pop()) else {
            quiz_malformed::report(
                report,
                span,
                "a choice is a link to the step that follows, and nothing else",
                "write `- [What to do](#s-next)`",
            );
            continue;
        };
        step.choices.push(DraftChoice {
            nodes: link.children,
            to,
            span,
        });
    }
    Some(answers)
}

/// The step that a link leads to.
fn link(node: &Node) -> Option<&str> {
    match &node.kind {
        NodeKind::Link { url, .. } => url.strip_prefix('#'),
        _ => None,
    }
}

/// Whether the steps make a case: every link leads somewhere, every step can be reached, every step has a way
/// to an outcome, and the best outcome earns everything.
fn check(heading: Span, steps: &[DraftStep], report: &mut Report<'_>) {
    if steps.is_empty() {
        return;
    }
    let places: BTreeMap<&str, usize> = (0..)
        .zip(steps)
        .filter_map(|(at, step)| Some((step.id.as_ref()?.text.as_str(), at)))
        .collect();
    let mut onward: Vec<Vec<usize>> = vec![Vec::new(); steps.len()];
    let mut backward = onward.clone();
    // A mistake in a step, told already, is not told again of the steps before it.
    let mut ends = Vec::new();
    let mut is_broken = false;
    for ((at, step), onward) in (0..).zip(steps).zip(&mut onward) {
        if step.choices.is_empty() {
            ends.push(at);
            if !step.is_outcome {
                case_no_way_out::dead_end(report, step.heading);
            }
        }
        for choice in &step.choices {
            if let Some(to) = places.get(choice.to.as_str()) {
                onward.push(*to);
                backward
                    .get_mut(*to)
                    .into_iter()
                    .for_each(|from| from.push(at));
            } else {
                is_broken = true;
                ends.push(at);
                let known: Vec<&str> = places.keys().copied().collect();
                link_broken::no_step(report, choice.span, &choice.to, &known);
            }
        }
    }

    let finished = spread(ends, &backward);
    let circling = (0..).zip(steps).filter(|(at, _)| !finished.contains(at));
    let circling: Vec<&DraftStep> = circling.map(|(_, step)| step).collect();
    if let Some(first) = circling.first() {
        let ids = circling.iter().filter_map(|step| step.id.as_ref());
        let ids: Vec<&str> = ids.map(|id| id.text.as_str()).collect();
        case_no_way_out::circle(report, first.heading, &ids);
    }

    // Where a link is broken, what lies behind it cannot be told.
    if is_broken {
        return;
    }
    let reached = spread(vec![0], &onward);
    for (at, step) in (0..).zip(steps) {
        if step.id.is_some() && !reached.contains(&at) {
            case_unreachable_step::report(report, step.heading);
        }
    }
    let earns_all = |step: &DraftStep| {
        step.mark
            .is_some_and(|mark| Fraction::new(mark) == Fraction::ONE)
    };
    let unreadable = steps
        .iter()
        .any(|step| step.is_outcome && step.mark.is_none());
    let earns_all = (0..)
        .zip(steps)
        .any(|(at, step)| earns_all(step) && reached.contains(&at));
    if !unreadable && !earns_all {
        quiz_no_correct::no_full_outcome(report, heading);
    }
}

/// The places that can be reached from some of them.
fn spread(mut waiting: Vec<usize>, links: &[Vec<usize>]) -> BTreeSet<usize> {
    let mut reached = BTreeSet::new();
    while let Some(at) = waiting.pop() {
        if reached.insert(at) {
            waiting.extend(links.get(at).into_iter().flatten());
        }
    }
    reached
}

/// The parts of all steps: title, text, choices, one step after the other. None when a step has no id of its
/// own, which is told already.
fn parts(steps: Vec<DraftStep>) -> Vec<PartDraft> {
    let mut parts: Vec<PartDraft> = Vec::new();
    let mut places = BTreeMap::new();
    let mut targets = Vec::new();
    for step in steps {
        let Some(id) = step.id.map(|id| id.text) else {
            return Vec::new();
        };
        places.insert(id.clone(), parts.len());
        // The author's id is what a step is known by: its words may change.
        parts.push(PartDraft {
            text: id.clone(),
            weight: step.mark,
            value: format!("`{id}`"),
            ..PartDraft::new(Role::Step, step.title, step.heading)
        });
        if !step.text.is_empty() {
            parts.push(PartDraft {
                text: id.clone(),
                value: format!("of `{id}`"),
                ..PartDraft::new(Role::Text, step.text, step.heading)
            });
        }
        for choice in step.choices {
            parts.push(PartDraft {
                within: id.clone(),
                value: format!("to `{}`", choice.to),
                ..PartDraft::new(Role::Choice, choice.nodes, choice.span)
            });
            targets.push(choice.to);
        }
    }
    let choices = parts.iter_mut().filter(|part| part.role == Role::Choice);
    for (choice, to) in choices.zip(&targets) {
        choice.links.extend(places.get(to));
    }
    parts
}

#[cfg(test)]
mod tests {
    use crate::compile::{Options, compile_tree};
    use crate::load::Tree;

    const COURSE: &str = include_str!("../../tests/courses/valid/visi-veidi/course.toml");

    /// What is said of a case, in its source language and in a translation, without `course.lock`.
    fn said(case: &str, translation: Option<&str>) -> Vec<String> {
        let lesson = |case: &str| {
            format!(
                "+++\nid = \"l-a\"\ntitle = \"A\"\nminutes = 1\n+++\n\n## Ko? {{#q-a .case}}\n\n{case}"
            )
        };
        let mut files = vec![
            ("a/course.toml", COURSE.to_owned()),
            ("a/lv/01-a.md", lesson(case)),
        ];
        files.extend(translation.map(|case| ("a/en/01-a.md", lesson(case))));
        let tree = Tree::from_texts(files.iter().map(|(path, text)| (*path, text.as_str())));
        let found = compile_tree(&tree, &Options::default(), &())
            .unwrap()
            .diagnostics;
        found
            .iter()
            .filter(|found| found.code != "lock-stale")
            .map(|found| format!("{}: {}", found.code, found.message))
            .collect()
    }

    const GOOD: &str = "### A {#s-a}\n\n- [Jā](#s-b)\n- [Nē](#s-c)\n\n### B {#s-b}\n\n- [Jā](#s-c)\n- [Nē](#s-d)\n\n\
        ### C {#s-c .outcome mark=\"100 %\"}\n\n### D {#s-d .outcome mark=\"0%\"}\n";

    #[test]
    fn steps_may_offer_the_same_words_and_marks_may_have_a_space() {
        assert_eq!(said(GOOD, None), [""; 0]);
    }

    #[test]
    fn a_link_to_no_step_is_told_once() {
        assert_eq!(
            said(&GOOD.replace("(#s-b)", "(#s-bb)"), None),
            ["link-broken: the case has no step `#s-bb`"]
        );
    }

    #[test]
    fn a_case_needs_an_outcome_that_earns_everything() {
        assert_eq!(
            said(&GOOD.replace("100 %", "90%"), None),
            ["quiz-no-correct: no path through this case earns everything"]
        );
        assert_eq!(
            said(&GOOD.replace("100 %", "visu"), None),
            ["quiz-bad-number: an outcome needs a mark from 0% to 100%"]
        );
        assert_eq!(
            said(&GOOD.replace("mark=\"100 %\"", ""), None),
            ["quiz-bad-number: an outcome needs a mark from 0% to 100%"]
        );
    }

    #[test]
    fn steps_that_only_lead_to_each_other_are_told() {
        assert_eq!(
            said(
                &GOOD.replace("[Jā](#s-c)\n- [Nē](#s-d)", "[Jā](#s-b)"),
                None
            ),
            [
                "case-no-way-out: no outcome can be reached from `s-b`",
                "case-unreachable-step: nobody can come to this step",
            ]
        );
    }

    #[test]
    fn steps_need_ids_of_their_own_and_titles() {
        assert_eq!(
            said(&GOOD.replace("D {#s-d", "D {#s-c"), None),
            [
                "link-broken: the case has no step `#s-d`",
                "id-duplicate: the id `s-c` is taken",
            ]
        );
        assert_eq!(
            said(&GOOD.replace("### B {#s-b}", "### {#s-b}"), None),
            ["quiz-malformed: the step has no title"]
        );
        assert_eq!(
            said(&GOOD.replace("### B {#s-b}", "### B"), None),
            [
                "link-broken: the case has no step `#s-b`",
                "id-missing: the step of the case has no id",
            ]
        );
    }

    #[test]
    fn a_choice_is_a_link_and_an_outcome_has_none() {
        assert_eq!(
            said(&GOOD.replace("[Nē](#s-c)", "[Nē](#s-c) vai jā"), None),
            ["quiz-malformed: a choice is a link to the step that follows, and nothing else"]
        );
        assert_eq!(
            said(&format!("{GOOD}\n- [Vēl](#s-a)\n"), None),
            ["quiz-malformed: an outcome ends the case"]
        );
        assert_eq!(
            said("Teksts.\n", None),
            ["quiz-malformed: the case has no steps"]
        );
    }

    #[test]
    fn a_step_outside_of_a_case_is_told() {
        let after = format!("{GOOD}\n---\n\n### E {{#s-e}}\n");
        assert_eq!(
            said(&after, None),
            ["quiz-malformed: a step of a case outside of one"]
        );
    }

    #[test]
    fn a_translation_has_the_same_steps_links_and_marks() {
        assert_eq!(said(GOOD, Some(&GOOD.replace("Jā", "Yes"))), [""; 0]);
        for (changed, message) in [
            (
                GOOD.replace("mark=\"0%\"", "mark=\"10%\""),
                "this is a step of +10% `s-d` here, a step of +0% `s-d` in the source language",
            ),
            (
                GOOD.replace("[Nē](#s-d)", "[Nē](#s-a)")
                    .replace("[Nē](#s-c)", "[Nē](#s-d)"),
                "this is a choice to `s-d` here, a choice to `s-c` in the source language",
            ),
        ] {
            let found = said(GOOD, Some(&changed));
            assert_eq!(found[0], format!("i18n-structure-mismatch: {message}"));
        }
    }
}
