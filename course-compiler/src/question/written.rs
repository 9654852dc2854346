//! The parsed source of a question: its heading, and the blocks below it, sorted.

use std::collections::BTreeSet;

use crate::html::put;
use crate::model::{Language, Role};
use crate::parse::attributes::{Attributes, Word};
use crate::parse::{Callout, Node, NodeKind, addresses, plain_text, walk};
use crate::source::{Source, Span};

/// The parsed source of a question.
#[derive(Debug)]
pub(crate) struct QuestionDraft {
    /// The heading's line.
    pub(crate) heading: Span,
    pub(crate) level: u8,
    pub(crate) id: Option<Word>,
    /// The language of its file.
    pub(crate) language: Language,
    /// The type; empty when it is not known.
    pub(crate) class: String,
    /// 0 if the type is not marked.
    pub(crate) points: f64,
    /// Whether the points are written; a translation need not repeat them.
    pub(crate) has_points: bool,
    /// The ids of the outcomes that it practises or tests, each with the place of the attribute.
    pub(crate) outcomes: Vec<Word>,
    /// Attributes except `points` and `outcomes`.
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) title: Vec<Node>,
    pub(crate) prompt: Vec<Node>,
    pub(crate) hints: Vec<Vec<Node>>,
    pub(crate) explanation: Vec<Node>,
    pub(crate) parts: Vec<PartDraft>,
    /// The header of the answer table, unless it is a part.
    pub(crate) head: Vec<Node>,
    /// What is read with the question besides its title and parts, as plain text: the text below the heading,
    /// table headers, footnotes, and targets of pictures and links. Filled by [`Self::take_notes`].
    pub(crate) below: String,
}

/// A part of a question: a choice, a row, a number.
#[derive(Debug)]
pub(crate) struct PartDraft {
    pub(crate) role: Role,
    /// Its text as plain text, which is its identity.
    pub(crate) text: String,
    /// Its text, to be rendered.
    pub(crate) nodes: Vec<Node>,
    /// The feedback for those who chose it.
    pub(crate) feedback: Vec<Node>,
    pub(crate) ticked: bool,
    /// The weight written by the author.
    pub(crate) weight: Option<f64>,
    /// The indices of parts that belong to it.
    pub(crate) links: Vec<usize>,
    /// The accepted texts, for typed parts.
    pub(crate) accepted: Vec<String>,
    /// Whether its text may be shown before an answer.
    pub(crate) public: bool,
    /// What has to be equal in every language besides ticks and weights, as text; if empty, the links.
    pub(crate) value: String,
    /// The name of what it belongs to within the question; empty if that is the question itself. Parts that
    /// belong to different things may have the same text.
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

    /// What has to be equal in every language, as text.
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

    /// Collects what is read with the question; `note` returns the content of a footnote.
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

    /// What decides the mark, besides its parts.
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

/// The blocks below a question's heading, from which its type takes its own.
pub(crate) struct Content<'a> {
    pub(crate) nodes: Vec<Node>,
    pub(crate) heading: Span,
    pub(crate) attributes: &'a Attributes,
    pub(crate) language: Language,
    /// Hints and explanations with their places.
    pub(crate) callouts: Vec<(Span, Callout)>,
    /// The lists or tables of answers that were taken; more than one is an error.
    pub(crate) answers: Vec<Answers>,
    /// The header of the answer table, unless it is a part.
    pub(crate) head: Vec<Node>,
    /// Where the ordered sequence of blocks starts: at the question, or at one of its steps.
    pub(crate) since: usize,
}

/// A list or table of answers.
pub(crate) struct Answers {
    pub(crate) span: Span,
    /// The indentation of its last item's text, in characters.
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
