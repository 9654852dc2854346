//! Renders a lesson in one language, and the texts of its questions.

use std::collections::{BTreeMap, BTreeSet};

use super::markdown::{Original, References, Renderer, element_id};
use crate::draft::Kind;
use crate::draft::{Block, DraftFile};
use crate::draft_course::{DraftCourse, LessonDraft};
use crate::html::{escape, put, untranslated_notice};
use crate::model::{
    Glossary, HeadingRef, LessonId, LessonText, PartId, Passage, PassageState, QuestionId, Role,
    Segment, Source,
};
use crate::parse::{Node, plain_text};
use crate::question::QuestionDraft;
use crate::question::QuestionText;
use crate::search::Section;
use crate::translation::{Alignment, Origin, Translated};

/// A lesson in the language of one of its files. Passages that are missing or stale in the file are shown in
/// the source language, with a notice.
pub(crate) fn lesson(
    course: &DraftCourse,
    glossary: &Glossary,
    lesson: &LessonDraft,
    file: &DraftFile,
) -> LessonText {
    let mut renderer = Renderer::new(course, file, References::Footnotes);
    renderer.glossary = Some(glossary);
    let mut page = Page {
        renderer,
        segments: Vec::new(),
        headings: Vec::new(),
        html: String::new(),
        in_original: false,
    };
    let translation = lesson
        .files
        .get(&course.meta.source_language)
        .zip(lesson.alignments.get(&file.language));
    let passages = match translation {
        None => {
            for block in &file.blocks {
                page.block(block, block);
            }
            in_source(file)
        }
        Some((source, alignment)) => {
            page.translation(source, file, alignment);
            in_translation(source, file, alignment)
        }
    };
    let words = passages.iter().map(|passage| passage.words).sum();
    page.finish(words, passages)
}

/// The passages of a file in the source language.
fn in_source(file: &DraftFile) -> Vec<Passage> {
    file.passages
        .iter()
        .map(|passage| Passage {
            hash: passage.hash,
            state: PassageState::Source,
            words: passage.words,
        })
        .collect()
}

/// The passages of the source, with their states in the translation.
fn in_translation(source: &DraftFile, file: &DraftFile, alignment: &Alignment) -> Vec<Passage> {
    source
        .passages
        .iter()
        .zip(&alignment.source)
        .map(|(original, translated)| {
            let (state, shown) = match translated {
                Translated::By(at) => (PassageState::Translated, file.passages.get(*at)),
                // The page keeps the translated title.
                Translated::Stale(at) if original.kind == Kind::Title => {
                    (PassageState::Stale, file.passages.get(*at))
                }
                Translated::Stale(_) => (PassageState::Stale, None),
                Translated::Missing if original.words == 0 => (PassageState::Translated, None),
                Translated::Missing => (PassageState::Missing, None),
            };
            Passage {
                hash: original.hash,
                state,
                words: shown.unwrap_or(original).words,
            }
        })
        .collect()
}

/// The state while a lesson is rendered.
struct Page<'a> {
    renderer: Renderer<'a>,
    segments: Vec<Segment>,
    headings: Vec<HeadingRef>,
    html: String,
    /// Whether the current content is in the source language, below a notice.
    in_original: bool,
}

impl<'a> Page<'a> {
    /// Renders the blocks of the source in order, translated where that is up to date.
    fn translation(&mut self, source: &'a DraftFile, file: &'a DraftFile, alignment: &Alignment) {
        self.renderer.original = Some(Original {
            file: source,
            stale_footnotes: stale_footnotes(source, alignment),
            anchors: anchors(source, file, alignment),
        });
        self.own_blocks(file, alignment, 0);
        for (index, block) in source.blocks.iter().enumerate() {
            let passage = DraftFile::passage_of_block(index);
            let translated = alignment.source.get(passage);
            if let Some(Translated::By(at)) = translated {
                if let Some(translation) = file.block_of_passage(*at) {
                    self.block(block, translation);
                }
            } else {
                let passage = source.passages.get(passage);
                self.original(block, passage.is_some_and(|passage| passage.words > 0));
            }
            if let Some(Translated::By(at) | Translated::Stale(at)) = translated {
                self.own_blocks(file, alignment, *at);
            }
        }
        self.leave_original();
    }

    /// Renders the translator's own blocks after a passage of the translation.
    fn own_blocks(&mut self, file: &'a DraftFile, alignment: &Alignment, after: usize) {
        let mut at = after.saturating_add(1);
        while let Some(Origin::Own | Origin::Gone) = alignment.translation.get(at) {
            if alignment.translation.get(at) == Some(&Origin::Own)
                && let Some(block @ (Block::Heading { .. } | Block::Prose(_))) =
                    file.block_of_passage(at)
            {
                self.block(block, block);
            }
            at = at.saturating_add(1);
        }
    }

    /// A block in its translation. The level of a heading and the id of a question come from the source.
    fn block(&mut self, block: &'a Block, translation: &'a Block) {
        self.leave_original();
        match (block, translation) {
            (Block::Heading { level, .. }, Block::Heading { node, anchor, .. }) => {
                self.heading(node, *level, anchor);
            }
            (_, Block::Prose(node)) => {
                self.renderer
                    .nodes(std::slice::from_ref(node), &mut self.html);
            }
            (Block::Question(question), _) => self.question(question),
            (
                _,
                Block::Heading {
                    node,
                    level,
                    anchor,
                },
            ) => self.heading(node, *level, anchor),
            (_, Block::Question(_)) => {}
        }
    }

    /// A block of the source, with a notice above the first of several unless no notice is needed.
    fn original(&mut self, block: &'a Block, notice: bool) {
        let Some(original) = &self.renderer.original else {
            return;
        };
        let file = original.file;
        let anchor = match block {
            Block::Heading { anchor, .. } => original.anchors.get(anchor.as_str()).copied(),
            Block::Prose(_) => None,
            // A question marks its own language.
            Block::Question(question) => return self.question(question),
        };
        if notice && !self.in_original {
            self.in_original = true;
            put!(
                self.html,
                "<div class=\"untranslated\" lang=\"{}\">\n",
                file.language
            );
            untranslated_notice(self.renderer.file.language, &mut self.html);
        }
        let translation = self.renderer.go_on_with(file);
        match (block, anchor) {
            (Block::Heading { node, level, .. }, Some(anchor)) => {
                self.heading(node, *level, anchor);
            }
            (Block::Prose(node), _) => {
                self.renderer
                    .nodes(std::slice::from_ref(node), &mut self.html);
            }
            _ => {}
        }
        self.renderer.go_on_with(translation);
    }

    fn leave_original(&mut self) {
        if std::mem::take(&mut self.in_original) {
            self.html.push_str("</div>\n");
        }
    }

    fn heading(&mut self, node: &Node, level: u8, anchor: &str) {
        let heading = HeadingRef {
            id: element_id(anchor),
            level: level.clamp(2, 6),
            text: node.plain_text(),
        };
        put!(
            self.html,
            "<h{} id=\"{}\">",
            heading.level,
            escape(&heading.id)
        );
        let html = &mut self.html;
        self.renderer
            .quietly(|it| html.push_str(&it.html(&node.children)));
        put!(html, "</h{}>\n", heading.level);
        self.headings.push(heading);
    }

    fn question(&mut self, question: &QuestionDraft) {
        self.leave_original();
        if let Some(id) = &question.id {
            self.flush();
            self.segments
                .push(Segment::Question(QuestionId::from(id.text.as_str())));
        }
    }

    fn flush(&mut self) {
        if !self.html.is_empty() {
            self.segments
                .push(Segment::Html(std::mem::take(&mut self.html)));
        }
    }

    fn finish(mut self, words: usize, passages: Vec<Passage>) -> LessonText {
        self.html.push_str(&self.renderer.terms());
        self.html.push_str(&self.renderer.footnotes());
        self.flush();
        let front = &self.renderer.file.front;
        let sources = front
            .sources
            .iter()
            .map(|source| Source {
                footnote: self
                    .renderer
                    .cited_at
                    .get(&source.source.id)
                    .map(|index| index.saturating_add(1)),
                ..source.source.clone()
            })
            .collect();
        LessonText {
            title: front.title.clone(),
            segments: self.segments,
            updated: front.updated,
            sources,
            words,
            headings: self.headings,
            passages,
        }
    }
}

fn stale_footnotes<'a>(source: &'a DraftFile, alignment: &Alignment) -> BTreeSet<&'a str> {
    source
        .passages
        .iter()
        .zip(&alignment.source)
        .filter_map(|(passage, translated)| match (&passage.kind, translated) {
            (Kind::Footnote(label), Translated::Stale(_)) => Some(label.as_str()),
            _ => None,
        })
        .collect()
}

/// The names of the source's headings with their names on the translated page: a translated heading keeps its
/// name even if its text falls back to the source, because the translation's links use it.
fn anchors<'a>(
    source: &'a DraftFile,
    file: &'a DraftFile,
    alignment: &Alignment,
) -> BTreeMap<&'a str, &'a str> {
    source
        .blocks
        .iter()
        .enumerate()
        .filter_map(|(index, block)| {
            let Block::Heading { anchor, .. } = block else {
                return None;
            };
            let translated = match alignment.source.get(DraftFile::passage_of_block(index)) {
                Some(Translated::By(at) | Translated::Stale(at)) => file.block_of_passage(*at),
                _ => None,
            };
            let name = match translated {
                Some(Block::Heading { anchor, .. }) => anchor,
                _ => anchor,
            };
            Some((anchor.as_str(), name.as_str()))
        })
        .collect()
}

/// A lesson file as plain text, by heading, for searching; without questions.
pub(crate) fn sections(file: &DraftFile, lesson: &LessonId) -> Vec<Section> {
    let mut sections = vec![Section {
        lesson: Some(lesson.clone()),
        heading: file.front.title.clone(),
        anchor: None,
        text: String::new(),
        also: String::new(),
    }];
    for block in &file.blocks {
        match block {
            Block::Heading { node, anchor, .. } => sections.push(Section {
                lesson: Some(lesson.clone()),
                heading: node.plain_text(),
                anchor: Some(element_id(anchor)),
                text: String::new(),
                also: String::new(),
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

/// The texts of a question in one language: the public ones, and those of the key.
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
            // The text of a step of a case is no label.
            renderer.is_label = part.role != Role::Text;
            parts.insert(id.clone(), renderer.html(&part.nodes));
            renderer.is_label = false;
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
