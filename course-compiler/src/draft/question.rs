//! A question as it was written: its heading, and what stands below it, sorted.

use std::collections::BTreeSet;

use crate::diagnostic::Report;
use crate::html::put;
use crate::model::{Language, is_well_formed};
use crate::parse::attributes::{Attributes, Word};
use crate::parse::{Callout, Heading, Node, NodeKind, addresses, plain_text};
use crate::question::{self, Ticks, shown};
use crate::rules::{
    id_missing, meta_bad_value, meta_unknown_key, quiz_bad_number, quiz_malformed,
    quiz_unknown_type,
};
use crate::source::{Source, Span};

/// A question as it was written.
#[derive(Debug)]
pub(crate) struct QuestionDraft {
    /// The heading's line.
    pub(crate) heading: Span,
    pub(crate) level: u8,
    pub(crate) id: Option<Word>,
    /// The language that it is written in.
    pub(crate) language: Language,
    /// The type; empty when it is not known.
    pub(crate) class: String,
    /// 0 if the type is not marked.
    pub(crate) points: f64,
    /// Whether they are written; a translation need not repeat them.
    pub(crate) has_points: bool,
    /// Attributes but `points`.
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) title: Vec<Node>,
    pub(crate) prompt: Vec<Node>,
    pub(crate) hints: Vec<Vec<Node>>,
    pub(crate) explanation: Vec<Node>,
    pub(crate) parts: Vec<PartDraft>,
    /// The head of the table of answers, where it is no part.
    head: Vec<Node>,
    /// What is read with the question, beside its title and its parts, plain: what stands below the heading, the
    /// head of a table, notes, and where pictures and links lead. [`Self::take_notes`] fills it.
    pub(crate) below: String,
}

/// A part of a question: a choice, a row, a number.
#[derive(Debug)]
pub(crate) struct PartDraft {
    /// What it is, in a word for messages and for `course.lock`.
    pub(crate) role: &'static str,
    /// What it says, plain: its identity.
    pub(crate) text: String,
    /// What it says, to be rendered.
    pub(crate) nodes: Vec<Node>,
    /// What is said to those who chose it.
    pub(crate) feedback: Vec<Node>,
    pub(crate) ticked: bool,
    /// A weight that the author wrote.
    pub(crate) weight: Option<f64>,
    /// Parts that belong to it, by their place among the parts of the question.
    pub(crate) links: Vec<usize>,
    /// What may be typed in its place, for parts that are typed.
    pub(crate) accepted: Vec<String>,
    /// Whether its text may be shown before an answer.
    pub(crate) public: bool,
    /// What has to be the same in every language, in words, beside ticks and weights; the links, when empty.
    pub(crate) value: String,
    /// The name of what it belongs to within the question; empty when that is the question itself. Parts of
    /// different belonging may say the same.
    pub(crate) within: String,
    pub(crate) span: Span,
}

impl PartDraft {
    /// A part that only has a text.
    pub(crate) fn new(role: &'static str, nodes: Vec<Node>, span: Span) -> Self {
        Self {
            role,
            text: crate::parse::plain_text(&nodes),
            nodes,
            feedback: Vec::new(),
            ticked: false,
            weight: None,
            links: Vec::new(),
            accepted: Vec::new(),
            public: true,
            value: String::new(),
            within: String::new(),
            span,
        }
    }

    /// What has to be the same in every language, in words.
    pub(crate) fn shape(&self) -> String {
        let mut shape = format!(
            "a {}{}",
            if self.ticked { "ticked " } else { "" },
            self.role
        );
        if let Some(weight) = self.weight {
            put!(shape, " of {:+}%", weight * 100.0);
        }
        if !self.value.is_empty() {
            put!(shape, " {}", self.value);
            return shape;
        }
        for link in &self.links {
            put!(shape, " with number {}", link.saturating_add(1));
        }
        shape
    }
}

impl QuestionDraft {
    /// How many right answers its type has.
    pub(crate) fn ticks(&self) -> Ticks {
        question::ticks(&self.class).unwrap_or(Ticks::None)
    }

    /// The value of an attribute.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Gathers what is read with the question; `note` finds the text of a note.
    pub(crate) fn take_notes<'n>(&mut self, note: &dyn Fn(&str) -> Option<&'n [Node]>) {
        let public = self.parts.iter().filter(|part| part.public);
        let lists = [&self.title, &self.prompt, &self.head]
            .into_iter()
            .chain(public.map(|part| &part.nodes));
        let mut labels = BTreeSet::new();
        for nodes in lists {
            super::file::walk(nodes, &mut |node| {
                if let NodeKind::FootnoteReference(label) = &node.kind {
                    labels.insert(label.as_str());
                }
            });
        }
        let notes = labels.into_iter().map(|label| match note(label) {
            Some(nodes) => format!("{}{}", plain_text(nodes), addresses(nodes)),
            None => label.to_owned(),
        });
        let texts = [plain_text(&self.prompt), plain_text(&self.head)];
        let texts: Vec<String> = texts
            .into_iter()
            .chain(notes)
            .filter(|text| !text.is_empty())
            .collect();
        let places = [&self.title, &self.prompt, &self.head].map(|nodes| addresses(nodes));
        self.below = texts.join(" | ") + &places.concat();
    }

    /// What decides the mark, beside its parts.
    pub(crate) fn settings(&self) -> Vec<(String, String)> {
        let mut settings = self.attributes.clone();
        settings.push(("points".to_owned(), self.points.to_string()));
        settings.sort();
        settings
    }

    /// The nodes that are shown before an answer, each list once.
    pub(crate) fn shown_lists(&self) -> impl Iterator<Item = &[Node]> {
        let public = self.parts.iter().filter(|part| part.public);
        [&self.title, &self.prompt]
            .into_iter()
            .chain(&self.hints)
            .chain(public.map(|part| &part.nodes))
            .map(Vec::as_slice)
    }

    /// All nodes of the question, each list once.
    pub(crate) fn node_lists(&self) -> impl Iterator<Item = &[Node]> {
        [&self.title, &self.prompt, &self.explanation]
            .into_iter()
            .chain(&self.hints)
            .chain(
                self.parts
                    .iter()
                    .flat_map(|part| [&part.nodes, &part.feedback]),
            )
            .map(Vec::as_slice)
    }
}

/// What stands below a question's heading, while its type takes from it what is its own.
pub(crate) struct Content<'a> {
    pub(crate) nodes: Vec<Node>,
    pub(crate) heading: Span,
    pub(crate) attributes: &'a Attributes,
    pub(crate) language: Language,
    /// Hints and explanations, and where they stand.
    pub(crate) callouts: Vec<(Span, Callout)>,
    /// The lists or tables of answers, once taken; more than one is a mistake.
    pub(crate) answers: Vec<Answers>,
    /// The head of the table of answers, where it is no part.
    pub(crate) head: Vec<Node>,
    /// Where that begins which is in one order: the question, or a step of it.
    pub(crate) since: usize,
}

/// A list or table of answers.
pub(crate) struct Answers {
    pub(crate) span: Span,
    /// How far the text of its last item is indented, in characters.
    pub(crate) indent: usize,
}

impl Answers {
    pub(crate) fn of(node: &Node, source: &Source) -> Self {
        let indent = node.children.last().map_or(0, |item| {
            let text = source.slice(Span::new(0, item.span.start));
            let column = text
                .rsplit('\n')
                .next()
                .map_or(0, |line| line.chars().count());
            let marker: usize = source
                .slice(item.span)
                .chars()
                .take_while(|c| !c.is_whitespace())
                .count();
            column.saturating_add(marker).saturating_add(1)
        });
        Self {
            span: node.span,
            indent,
        }
    }
}

impl Content<'_> {
    /// Takes out the answers: the last node that fits. Others that fit are reported and left out.
    pub(crate) fn take_answers(
        &mut self,
        fits: impl Fn(&Node) -> bool,
        report: &mut Report<'_>,
    ) -> Option<Node> {
        let (mut fitting, rest) = std::mem::take(&mut self.nodes)
            .into_iter()
            .partition::<Vec<_>, _>(fits);
        self.nodes = rest;
        self.answers = fitting
            .iter()
            .map(|node| Answers::of(node, report.source))
            .collect();
        let taken = fitting.pop()?;
        for node in &fitting {
            shown::second_list(node, &taken, report);
        }
        Some(taken)
    }

    /// The value of an attribute, with its place.
    pub(crate) fn attribute(&self, name: &str) -> Option<&Word> {
        self.attributes
            .values
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value)
    }
}

/// Whether a heading begins a question: it has an id that begins like a question's, or a class, and is no step
/// of a case.
pub(crate) fn is_question(heading: &Heading) -> bool {
    heading.attributes.as_ref().is_some_and(|attributes| {
        let begins = |prefix| attributes.ids.iter().any(|id| id.text.starts_with(prefix));
        begins("q-") || (!attributes.classes.is_empty() && !is_step(attributes))
    })
}

/// Whether these are the attributes of a step of a case.
fn is_step(attributes: &Attributes) -> bool {
    attributes.ids.iter().any(|id| id.text.starts_with("s-"))
        || attributes
            .classes
            .iter()
            .any(|class| class.text == question::OUTCOME)
}

/// Reports a heading that is written as a step of a case where there is none.
pub(crate) fn refuse_step(node: &Node, report: &mut Report<'_>) {
    if let NodeKind::Heading(Heading {
        attributes: Some(attributes),
        ..
    }) = &node.kind
        && is_step(attributes)
    {
        quiz_malformed::report(
            report,
            attributes.span,
            "a step of a case outside of one",
            "write it below a heading of the type `.case`, one level deeper; ids of questions begin with `q-`",
        );
    }
}

/// Takes a question apart.
pub(crate) fn read(
    span: Span,
    heading: &Heading,
    title: Vec<Node>,
    nodes: Vec<Node>,
    (language, report): (Language, &mut Report<'_>),
) -> QuestionDraft {
    let default = Attributes::default();
    let attributes = heading.attributes.as_ref().unwrap_or(&default);
    let mut hints = Vec::new();
    let mut explanation = Vec::new();
    let mut rest = Vec::new();
    let mut callouts = Vec::new();
    for node in nodes {
        if let NodeKind::Quote(Some(callout @ (Callout::Tip | Callout::Note))) = node.kind {
            callouts.push((node.span, callout));
        }
        match node.kind {
            NodeKind::Quote(Some(Callout::Tip)) => hints.push(node.children),
            NodeKind::Quote(Some(Callout::Note)) => explanation.extend(node.children),
            _ => rest.push(node),
        }
    }
    let mut content = Content {
        nodes: rest,
        heading: span,
        attributes,
        language,
        callouts,
        answers: Vec::new(),
        head: Vec::new(),
        since: 0,
    };
    if title.is_empty() {
        quiz_malformed::report(
            report,
            span,
            "the question asks nothing",
            "write the question into the heading, before the braces",
        );
    }
    let class = class(attributes, span, report);
    let id = attributes.ids.first().cloned();
    match &id {
        Some(id) if !(is_well_formed(&id.text) && id.text.starts_with("q-")) => {
            meta_bad_value::report(
                report,
                id.span,
                &id.text,
                "lower-case Latin letters, digits and hyphens, beginning with `q-`",
            );
        }
        Some(_) => {}
        None => id_missing::report(report, span),
    }
    let points = points(class.as_deref(), &content, report);
    let parts = class
        .as_deref()
        .map(|class| {
            check_attributes(class, attributes, report);
            let parts = question::draft(class, &mut content, report);
            if matches!(class, "short" | "numeric") {
                idle_weights(&parts, report);
            }
            let after = (hints.as_slice(), explanation.as_slice());
            shown::check(&content, (&title, &parts), after, class, report);
            parts
        })
        .unwrap_or_default();
    for node in &content.nodes {
        refuse_step(node, report);
    }
    QuestionDraft {
        heading: span,
        level: heading.level,
        id,
        language,
        class: class.unwrap_or_default(),
        points,
        has_points: content.attribute("points").is_some(),
        attributes: attributes
            .values
            .iter()
            .filter(|(key, _)| key != "points")
            .map(|(key, value)| (key.clone(), value.text.clone()))
            .collect(),
        title,
        prompt: content.nodes,
        head: content.head,
        hints,
        explanation,
        parts,
        below: String::new(),
    }
}

/// Reports weights of typed answers that make no difference.
fn idle_weights(parts: &[PartDraft], report: &mut Report<'_>) {
    for part in parts {
        match part.weight {
            Some(weight) if part.ticked && weight < 1.0 => {
                quiz_bad_number::idle_weight(report, part.span, true);
            }
            Some(weight) if !part.ticked && weight < 0.0 => {
                quiz_bad_number::idle_weight(report, part.span, false);
            }
            _ => {}
        }
    }
}

/// The type, if it is written once and known.
fn class(attributes: &Attributes, heading: Span, report: &mut Report<'_>) -> Option<String> {
    let [class] = attributes.classes.as_slice() else {
        quiz_unknown_type::not_one(report, heading, question::CLASSES);
        return None;
    };
    let known = question::CLASSES.contains(&class.text.as_str());
    if !known {
        quiz_unknown_type::unknown(report, class.span, &class.text, question::CLASSES);
    }
    known.then(|| class.text.clone())
}

fn points(class: Option<&str>, content: &Content<'_>, report: &mut Report<'_>) -> f64 {
    let word = content.attribute("points");
    if !class.is_none_or(question::is_marked) {
        if let Some(word) = word {
            quiz_bad_number::points_without_marks(report, word.span);
        }
        return 0.0;
    }
    let Some(word) = word else {
        return 1.0;
    };
    let points = question::in_attribute(&word.text).filter(|points| (0.1..=100.0).contains(points));
    points.unwrap_or_else(|| {
        quiz_bad_number::bad_points(report, word.span);
        1.0
    })
}

fn check_attributes(class: &str, attributes: &Attributes, report: &mut Report<'_>) {
    let mut known = vec!["points"];
    known.extend(question::settings(class));
    let mut seen = BTreeSet::new();
    for (key, value) in &attributes.values {
        if !seen.insert(key) {
            quiz_malformed::report(
                report,
                value.span,
                format!("`{key}` is written twice"),
                "leave the one that is meant",
            );
        }
        if !known.contains(&key.as_str()) {
            meta_unknown_key::report(report, value.span, key, &known);
        }
    }
    for stray in &attributes.strays {
        meta_unknown_key::report(report, stray.span, &stray.text, &known);
    }
}
