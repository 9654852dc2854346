//! One lesson file in one language: front matter, prose, questions, footnotes.

use std::collections::BTreeMap;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization as _;

use super::block::{Block, Footnote};
use super::meta::{self, Front};
use super::passage::{Passage, passages};
use super::question;
use crate::diagnostic::{Diagnostic, Report};
use crate::load::FileKind;
use crate::model::Language;
use crate::parse::tree::ParserFailed;
use crate::parse::{Heading, Node, NodeKind, front_matter, tree, walk};
use crate::question::QuestionDraft;
use crate::question::leaks::{self, Prose};
use crate::rules::{file_unreadable, meta_missing, quiz_malformed};
use crate::source::{Source, Span};

/// A lesson file, or the transcript of a recording, which has no front matter.
#[derive(Debug)]
pub(crate) struct DraftFile {
    pub(crate) source: Arc<Source>,
    /// The path within the course, such as `lv/01-crpd.md`.
    pub(crate) path: String,
    pub(crate) language: Language,
    pub(crate) front: Front,
    pub(crate) blocks: Vec<Block>,
    pub(crate) footnotes: Vec<Footnote>,
    /// The index in `footnotes` of the first definition of a label.
    footnote_at: BTreeMap<String, usize>,
    /// The units of translation: the title, then `blocks`, then `footnotes`.
    pub(crate) passages: Vec<Passage>,
}

impl DraftFile {
    /// Parses a lesson or a transcript. `path` is relative to the course.
    pub(crate) fn read(
        source: Arc<Source>,
        path: &str,
        language: Language,
    ) -> (Self, Vec<Diagnostic>) {
        let mut report = Report::new(&source);
        if !source.is_valid_utf8() {
            report.push(file_unreadable::not_text(source.path().to_owned()));
        }
        let halves = front_matter::split(source.text());
        let front = if let Some(span) = halves.front {
            if !halves.closed {
                meta_missing::not_closed(&mut report, span);
            }
            meta::front(source.slice(span), span, &mut report)
        } else {
            if let FileKind::Lesson(_) = FileKind::of(path) {
                meta_missing::no_front_matter(&mut report);
            }
            Front::default()
        };
        let parsed = tree::parse(source.slice(halves.body), halves.body.start);
        let parsed = parsed.unwrap_or_else(|why| {
            let path = source.path().to_owned();
            report.push(match why {
                ParserFailed::Panicked => file_unreadable::not_parsed(path),
                ParserFailed::TooLong => file_unreadable::too_long(path),
            });
            tree::Parsed::default()
        });
        for table in &parsed.large_tables {
            let cut = file_unreadable::large_table(&source, *table, tree::MOST_CELLS);
            report.push(cut);
        }
        let (mut blocks, footnotes) =
            sort(parsed.nodes, language, front.test.is_some(), &mut report);
        if let FileKind::Transcript(_) = FileKind::of(path) {
            for block in &blocks {
                if let Block::Question(question) = block {
                    quiz_malformed::report(
                        &mut report,
                        question.heading,
                        "the text of a recording has no questions",
                        "ask them in a lesson",
                    );
                }
            }
        }
        let found = report.found;
        let mut footnote_at = BTreeMap::new();
        for (at, footnote) in footnotes.iter().enumerate() {
            footnote_at.entry(footnote.label.clone()).or_insert(at);
        }
        for block in &mut blocks {
            if let Block::Question(question) = block {
                question.take_notes(&|label| {
                    let at = footnote_at.get(label).copied()?;
                    footnotes
                        .get(at)
                        .map(|note: &Footnote| note.nodes.as_slice())
                });
            }
        }
        let passages = passages(&front, &blocks, &footnotes);
        let file = Self {
            source,
            path: path.to_owned(),
            language,
            front,
            blocks,
            footnotes,
            footnote_at,
            passages,
        };
        (file, found)
    }

    /// The file of a glossary; its terms are stored elsewhere.
    pub(super) fn of_glossary(source: Arc<Source>, path: &str, language: Language) -> Self {
        Self {
            source,
            path: path.to_owned(),
            language,
            front: Front::default(),
            blocks: Vec::new(),
            footnotes: Vec::new(),
            footnote_at: BTreeMap::new(),
            passages: Vec::new(),
        }
    }

    /// The footnote that is defined under a label; the first, if there are several.
    pub(crate) fn footnote(&self, label: &str) -> Option<&Footnote> {
        self.footnotes.get(*self.footnote_at.get(label)?)
    }

    /// The questions, in order.
    pub(crate) fn questions(&self) -> impl Iterator<Item = &QuestionDraft> {
        self.blocks.iter().filter_map(Block::question)
    }

    /// The index of the passage of a block.
    pub(crate) const fn passage_of_block(block: usize) -> usize {
        block.saturating_add(1)
    }

    /// The block of a passage; `None` for the title and footnotes.
    pub(crate) fn block_of_passage(&self, passage: usize) -> Option<&Block> {
        self.blocks.get(passage.checked_sub(1)?)
    }

    /// Levels and places of all headings, including those of questions, in order.
    pub(crate) fn heading_levels(&self) -> Vec<(u8, Span)> {
        let mut levels = Vec::new();
        for block in &self.blocks {
            match block {
                Block::Heading { node, level, .. } => levels.push((*level, node.span)),
                Block::Question(question) => {
                    levels.push((question.level, question.heading));
                    levels.extend(question.prompt.iter().filter_map(|node| match &node.kind {
                        NodeKind::Heading(heading) => Some((heading.level, node.span)),
                        _ => None,
                    }));
                }
                Block::Prose(_) => {}
            }
        }
        levels
    }

    /// The names of headings for links.
    pub(crate) fn anchors(&self) -> impl Iterator<Item = &str> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Heading { anchor, .. } => Some(anchor.as_str()),
            Block::Prose(_) | Block::Question(_) => None,
        })
    }

    /// Calls `visit` for every node of the file, parents first.
    pub(crate) fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Node)) {
        for block in &self.blocks {
            match block {
                Block::Heading { node, .. } | Block::Prose(node) => {
                    walk(std::slice::from_ref(node), visit);
                }
                Block::Question(question) => {
                    for nodes in question.node_lists() {
                        walk(nodes, visit);
                    }
                }
            }
        }
        for footnote in &self.footnotes {
            walk(&footnote.nodes, visit);
        }
    }
}

/// Sorts the nodes of a file into text, questions and footnotes.
fn sort(
    nodes: Vec<Node>,
    language: Language,
    is_test: bool,
    report: &mut Report<'_>,
) -> (Vec<Block>, Vec<Footnote>) {
    let mut prose = Prose::new(is_test);
    let mut blocks = Vec::new();
    let mut footnotes = Vec::new();
    let mut anchors = BTreeMap::new();
    let mut open: Option<(Span, Heading, Vec<Node>, Vec<Node>)> = None;
    for node in nodes {
        match node.kind {
            NodeKind::FootnoteDefinition(label) => footnotes.push(Footnote {
                label,
                span: node.span,
                nodes: node.children,
            }),
            NodeKind::Heading(ref heading)
                if open.as_ref().is_none_or(|(_, question, _, _)| {
                    heading.level <= question.level || question::is_question(heading)
                }) =>
            {
                close(&mut open, &mut blocks, &mut prose, language, report);
                if question::is_question(heading) {
                    open = Some((node.span, heading.clone(), node.children, Vec::new()));
                } else {
                    question::refuse_step(&node, report);
                    prose.check(&node, report);
                    let level = heading.level;
                    let anchor = anchor(&node, heading, &mut anchors);
                    blocks.push(Block::Heading {
                        node,
                        level,
                        anchor,
                    });
                }
            }
            NodeKind::Rule if open.is_some() => {
                close(&mut open, &mut blocks, &mut prose, language, report);
            }
            _ => {
                if let Some((_, _, _, content)) = &mut open {
                    content.push(node);
                } else {
                    prose.check(&node, report);
                    blocks.push(Block::Prose(node));
                }
            }
        }
    }
    close(&mut open, &mut blocks, &mut prose, language, report);
    let notes = footnotes.iter();
    let prose = blocks.iter().filter_map(|block| match block {
        Block::Heading { node, .. } | Block::Prose(node) => Some(node),
        Block::Question(_) => None,
    });
    leaks::in_footnotes(
        notes.map(|note| (note.label.as_str(), note.nodes.as_slice())),
        blocks.iter().filter_map(Block::question),
        prose,
        is_test,
        report,
    );
    (blocks, footnotes)
}

fn close(
    open: &mut Option<(Span, Heading, Vec<Node>, Vec<Node>)>,
    blocks: &mut Vec<Block>,
    prose: &mut Prose,
    language: Language,
    report: &mut Report<'_>,
) {
    if let Some((span, heading, title, content)) = open.take() {
        prose.question();
        blocks.push(Block::Question(question::read(
            span,
            &heading,
            title,
            content,
            (language, report),
        )));
    }
}

/// The name of a heading: its id, otherwise its words in lower case with hyphens between; made unique.
/// `taken` contains the names in use, each with the last number that was appended to it.
fn anchor(node: &Node, heading: &Heading, taken: &mut BTreeMap<String, usize>) -> String {
    let own = heading
        .attributes
        .as_deref()
        .and_then(|attributes| attributes.ids.first());
    let base = match own {
        Some(id) => id.text.nfc().collect(),
        None => slug(&node.plain_text()),
    };
    let Some(mut number) = taken.get(&base).copied() else {
        taken.insert(base.clone(), 1);
        return base;
    };
    let name = loop {
        number = number.saturating_add(1);
        let name = format!("{base}-{number}");
        if !taken.contains_key(&name) {
            break name;
        }
    };
    taken.insert(base, number);
    taken.insert(name.clone(), 1);
    name
}

fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.nfc().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    if slug.is_empty() {
        slug.push_str("section");
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (DraftFile, Vec<Diagnostic>) {
        let text = format!("+++\nid = \"l-a\"\ntitle = \"A\"\nminutes = 1\n+++\n{text}");
        let source = Arc::new(Source::new("c/lv/01-a.md", text.as_bytes()));
        DraftFile::read(source, "lv/01-a.md", Language::Lv)
    }

    #[test]
    fn a_question_ends_at_a_heading_of_its_level_or_a_rule() {
        let (file, found) = read(
            "## A\n\n### Kas? {#q-a .single}\n\n- [x] a\n- [ ] b\n\n---\n\nProza\n\n### Kas? {#q-b .single}\n\n- [x] a\n- [ ] b\n\n## B\n\nProza\n",
        );
        assert_eq!(found, []);
        let kinds: Vec<&str> = file
            .blocks
            .iter()
            .map(|block| match block {
                Block::Heading { .. } => "heading",
                Block::Prose(_) => "prose",
                Block::Question(_) => "question",
            })
            .collect();
        assert_eq!(
            kinds,
            [
                "heading", "question", "prose", "question", "heading", "prose"
            ]
        );
    }

    #[test]
    fn hints_and_explanation_are_not_the_prompt() {
        let (file, _) = read(
            "## Kas? {#q-a .single}\n\nIevads.\n\n- [x] a\n  > Jā.\n- [ ] b\n\n> [!TIP]\n> Viens.\n\n> [!TIP]\n> Divi.\n\n> [!NOTE]\n> Tāpēc.\n",
        );
        let question = file.questions().next().unwrap();
        assert_eq!(question.prompt.len(), 1);
        assert_eq!(question.hints.len(), 2);
        assert_eq!(crate::parse::plain_text(&question.explanation), "Tāpēc.");
        assert_eq!(crate::parse::plain_text(&question.parts[0].feedback), "Jā.");
        assert!(question.parts[0].ticked);
    }

    #[test]
    fn headings_get_names_from_their_words() {
        let (file, _) =
            read("## Kas ir *diskriminācija*?\n\n## Kas ir diskriminācija\n\n## Ā {#b}\n");
        assert_eq!(
            file.anchors().collect::<Vec<_>>(),
            ["kas-ir-diskriminācija", "kas-ir-diskriminācija-2", "b"]
        );
    }
}
