//! A question as it was written: its heading, and what stands below it, sorted.

use std::collections::BTreeSet;

use crate::html::put;
use crate::model::{Language, Role};
use crate::parse::attributes::{Attributes, Word};
use crate::parse::{Callout, Node, NodeKind, addresses, plain_text, walk};
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
    /// Ids of the outcomes that it practises or tests, each with the place of the attribute.
    pub(crate) outcomes: Vec<Word>,
    /// Attributes but `points` and `outcomes`.
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) title: Vec<Node>,
    pub(crate) prompt: Vec<Node>,
    pub(crate) hints: Vec<Vec<Node>>,
    pub(crate) explanation: Vec<Node>,
    pub(crate) parts: Vec<PartDraft>,
    /// The head of the table of answers, where it is no part.
    pub(crate) head: Vec<Node>,
    /// What is read with the question, beside its title and its parts, plain: what stands below the heading, the
    /// head of a table, notes, and where pictures and links lead. [`Self::take_notes`] fills it.
    pub(crate) below: String,
}

/// A part of a question: a choice, a row, a number.
#[derive(Debug)]
pub(crate) struct PartDraft {
    pub(crate) role: Role,
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
    pub(crate) fn new(role: Role, nodes: Vec<Node>, span: Span) -> Self {
        Self {
            role,
            text: plain_text(&nodes),
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
            walk(nodes, &mut |node| {
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
    /// The value of an attribute, with its place.
    pub(crate) fn attribute(&self, name: &str) -> Option<&Word> {
        self.attributes
            .values
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value)
    }
}
