//! A lesson in one language, and the texts of its questions.

use std::collections::BTreeMap;

use super::html::{escape, put};
use super::markdown::{References, Renderer, element_id};
use crate::draft::{Block, DraftCourse, DraftFile, QuestionDraft};
use crate::model::{HeadingRef, LessonId, LessonText, PartId, QuestionId, Segment, Source};
use crate::parse::{Node, plain_text};
use crate::question::QuestionText;
use crate::search::Section;

/// A lesson file as segments.
pub(crate) fn lesson(course: &DraftCourse, file: &DraftFile) -> LessonText {
    let mut renderer = Renderer::new(course, file, References::Footnotes);
    let mut segments = Vec::new();
    let mut headings = Vec::new();
    let mut words = 0_usize;
    let mut html = String::new();
    for block in &file.blocks {
        match block {
            Block::Heading {
                node,
                level,
                anchor,
            } => {
                let heading = HeadingRef {
                    id: element_id(anchor),
                    level: (*level).clamp(2, 6),
                    text: node.plain_text(),
                };
                put!(html, "<h{} id=\"{}\">", heading.level, escape(&heading.id));
                renderer.quietly(|it| html.push_str(&it.html(&node.children)));
                put!(html, "</h{}>\n", heading.level);
                words = words.saturating_add(count_words(std::slice::from_ref(node)));
                headings.push(heading);
            }
            Block::Prose(node) => {
                renderer.nodes(std::slice::from_ref(node), &mut html);
                words = words.saturating_add(count_words(std::slice::from_ref(node)));
            }
            Block::Question(question) => {
                for nodes in question.node_lists() {
                    words = words.saturating_add(count_words(nodes));
                }
                if let Some(id) = &question.id {
                    flush(&mut html, &mut segments);
                    segments.push(Segment::Question(QuestionId::from(id.text.as_str())));
                }
            }
        }
    }
    html.push_str(&renderer.terms());
    html.push_str(&renderer.footnotes());
    flush(&mut html, &mut segments);
    let sources = file
        .front
        .sources
        .iter()
        .map(|source| Source {
            footnote: renderer
                .cited
                .iter()
                .position(|(label, _)| *label == source.source.id)
                .map(|index| index.saturating_add(1)),
            ..source.source.clone()
        })
        .collect();
    LessonText {
        title: file.front.title.clone(),
        segments,
        sources,
        words,
        headings,
    }
}

/// A lesson file as plain text, heading by heading, for searching. Questions are not among it.
pub(crate) fn sections(file: &DraftFile, lesson: &LessonId) -> Vec<Section> {
    let mut sections = vec![Section {
        lesson: lesson.clone(),
        heading: file.front.title.clone(),
        anchor: None,
        text: String::new(),
    }];
    for block in &file.blocks {
        match block {
            Block::Heading { node, anchor, .. } => sections.push(Section {
                lesson: lesson.clone(),
                heading: node.plain_text(),
                anchor: Some(element_id(anchor)),
                text: String::new(),
            }),
            Block::Prose(node) => {
                if let Some(section) = sections.last_mut() {
                    if !section.text.is_empty() {
                        section.text.push(' ');
                    }
                    section.text.push_str(&node.plain_text());
                }
            }
            Block::Question(_) => {}
        }
    }
    sections
}

fn flush(html: &mut String, segments: &mut Vec<Segment>) {
    if !html.is_empty() {
        segments.push(Segment::Html(std::mem::take(html)));
    }
}

fn count_words(nodes: &[Node]) -> usize {
    plain_text(nodes)
        .split_whitespace()
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .count()
}

/// The texts of a question in one language: those for everybody, those of the key.
pub(crate) struct QuestionTexts {
    pub(crate) public: QuestionText,
    pub(crate) feedback: BTreeMap<PartId, String>,
    pub(crate) explanation: Option<String>,
}

/// A question's texts; `ids` has one id for each part.
pub(crate) fn question_texts(
    course: &DraftCourse,
    file: &DraftFile,
    question: &QuestionDraft,
    ids: &[PartId],
) -> QuestionTexts {
    let mut renderer = Renderer::new(course, file, References::InPlace);
    let mut parts = BTreeMap::new();
    let mut feedback = BTreeMap::new();
    for (part, id) in question.parts.iter().zip(ids) {
        if part.public {
            parts.insert(id.clone(), renderer.html(&part.nodes));
        }
        if !part.feedback.is_empty() {
            feedback.insert(id.clone(), renderer.html(&part.feedback));
        }
    }
    QuestionTexts {
        public: QuestionText {
            title_html: renderer.html(&question.title),
            title: plain_text(&question.title),
            prompt_html: renderer.html(&question.prompt),
            hints_html: question
                .hints
                .iter()
                .map(|hint| renderer.html(hint))
                .collect(),
            parts,
        },
        feedback,
        explanation: (!question.explanation.is_empty())
            .then(|| renderer.html(&question.explanation)),
    }
}
