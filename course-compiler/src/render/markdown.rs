//! Renders nodes of Markdown as HTML.

use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::Alignment;

use super::asset::{ASSET_ADDRESS, asset_name};
use crate::code::highlighted;
use crate::draft::{Block, DraftFile, Footnote};
use crate::draft_course::DraftCourse;
use crate::html::{GAP_CLOSE, GAP_OPEN, escape, put};
use crate::model::{Glossary, Source, TermId};
use crate::parse::{Callout, Node, NodeKind, Target, target};
use crate::text::Words;

/// The address of a course's test relative to the page of a lesson: lessons are at `…/lessons/<slug>`, the
/// test is at `…/test`.
const TEST_ADDRESS: &str = "../test";

/// The longest name of a column, in bytes, that is repeated in each of its cells.
const LONGEST_LABEL: usize = 200;

/// The targets of references to sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum References {
    /// To the footnotes at the end of the lesson.
    Footnotes,
    /// None: a question may be shown alone, so its sources are named in place.
    InPlace,
    /// None: a glossary has no sources.
    Nowhere,
}

/// The source of a translation.
pub(crate) struct Original<'a> {
    pub(crate) file: &'a DraftFile,
    /// Labels of footnotes whose translation is stale.
    pub(crate) stale_footnotes: BTreeSet<&'a str>,
    /// The names of the source's headings, with their names on the page.
    pub(crate) anchors: BTreeMap<&'a str, &'a str>,
}

/// Renders the nodes of one file.
pub(crate) struct Renderer<'a> {
    /// The course; `None` for a glossary.
    pub(crate) course: Option<&'a DraftCourse>,
    /// The glossary, if the used terms are listed.
    pub(crate) glossary: Option<&'a Glossary>,
    pub(crate) file: &'a DraftFile,
    pub(crate) words: &'static Words,
    pub(crate) references: References,
    /// The source of passages that the file does not translate.
    pub(crate) original: Option<Original<'a>>,
    /// Labels of footnotes in the order of their first reference, with the number of references.
    pub(crate) cited: Vec<(String, usize)>,
    /// The index in `cited` of a label.
    pub(crate) cited_at: BTreeMap<String, usize>,
    /// Whether a footnote is being rendered in place: footnotes inside it are not, because footnotes that
    /// refer to each other would never end.
    is_in_note: bool,
    /// Terms in the order of their first use.
    pub(super) used_terms: Vec<TermId>,
    /// Whether terms are not linked: in headings, links and the like.
    pub(super) is_quiet: bool,
    /// Whether the text becomes the label of an answer.
    pub(super) is_label: bool,
}

impl<'a> Renderer<'a> {
    pub(crate) fn new(
        course: impl Into<Option<&'a DraftCourse>>,
        file: &'a DraftFile,
        references: References,
    ) -> Self {
        Self {
            course: course.into(),
            glossary: None,
            file,
            words: Words::of(file.language),
            references,
            original: None,
            cited: Vec::new(),
            cited_at: BTreeMap::new(),
            is_in_note: false,
            used_terms: Vec::new(),
            is_quiet: false,
            is_label: false,
        }
    }

    /// All of a file without questions and footnotes, such as a transcript.
    pub(crate) fn blocks(&mut self, out: &mut String) {
        let file = self.file;
        for block in &file.blocks {
            match block {
                Block::Heading { node, .. } | Block::Prose(node) => self.node(node, out),
                Block::Question(_) => {}
            }
        }
    }

    /// Continues with nodes of another file of the same lesson, in its language; returns the previous file.
    pub(crate) fn go_on_with(&mut self, file: &'a DraftFile) -> &'a DraftFile {
        self.words = Words::of(file.language);
        std::mem::replace(&mut self.file, file)
    }

    /// Nodes as HTML in a string of their own.
    pub(crate) fn html(&mut self, nodes: &[Node]) -> String {
        let mut out = String::new();
        self.nodes(nodes, &mut out);
        out.truncate(out.trim_end().len());
        out
    }

    /// Block nodes as inline HTML: the element of a single paragraph is omitted.
    pub(crate) fn inline_html(&mut self, nodes: &[Node]) -> String {
        match nodes {
            [
                Node {
                    kind: NodeKind::Paragraph,
                    children,
                    ..
                },
            ] => self.html(children),
            _ => self.html(nodes),
        }
    }

    pub(crate) fn nodes(&mut self, nodes: &[Node], out: &mut String) {
        for node in nodes {
            self.node(node, out);
        }
    }

    fn wrapped(&mut self, open: &str, node: &Node, close: &str, out: &mut String) {
        out.push_str(open);
        self.nodes(&node.children, out);
        out.push_str(close);
    }

    fn node(&mut self, node: &Node, out: &mut String) {
        match &node.kind {
            NodeKind::Paragraph => match only_image(node) {
                Some(image) => self.alone(image, out),
                None => self.wrapped("<p>", node, "</p>\n", out),
            },
            // Headings of the lesson are rendered by `lesson` with their names; these are inside a quote or a
            // question.
            NodeKind::Heading(heading) => {
                let level = heading.level.max(2);
                self.quietly(|it| {
                    it.wrapped(&format!("<h{level}>"), node, &format!("</h{level}>\n"), out);
                });
            }
            NodeKind::Quote(None) => self.wrapped("<blockquote>\n", node, "</blockquote>\n", out),
            NodeKind::Quote(Some(Callout::Details)) => self.details(node, out),
            NodeKind::Quote(Some(Callout::Description)) => {
                let title = self.words.picture_description;
                self.opening("details--description", title, &node.children, out);
            }
            NodeKind::Quote(Some(kind)) => self.callout(*kind, node, out),
            NodeKind::CodeBlock(language) => self.code_block(language, node, out),
            NodeKind::List(None) => self.wrapped("<ul>\n", node, "</ul>\n", out),
            NodeKind::List(Some(1)) => self.wrapped("<ol>\n", node, "</ol>\n", out),
            NodeKind::List(Some(first)) => {
                self.wrapped(&format!("<ol start=\"{first}\">\n"), node, "</ol>\n", out);
            }
            NodeKind::Item => self.wrapped("<li>", node, "</li>\n", out),
            NodeKind::TaskMarker(ticked) => out.push_str(if *ticked { "☑ " } else { "☐ " }),
            NodeKind::Table(alignments) => self.table(alignments, node, out),
            // Only found outside of a table, which is impossible.
            NodeKind::TableCaption
            | NodeKind::TableHead
            | NodeKind::TableRow
            | NodeKind::TableCell => {
                self.nodes(&node.children, out);
            }
            NodeKind::Emphasis => self.wrapped("<em>", node, "</em>", out),
            NodeKind::Strong => self.wrapped("<strong>", node, "</strong>", out),
            NodeKind::Strikethrough => self.wrapped("<del>", node, "</del>", out),
            NodeKind::Link { url, title } => self.link(url, title, node, out),
            NodeKind::Image { .. } => self.image(node, out),
            NodeKind::Text(text) => self.text(text, out),
            NodeKind::Code(code) => put!(out, "<code>{}</code>", escape(code)),
            NodeKind::Keys(keys) => self::keys(keys, out),
            NodeKind::Foreign(language) => {
                // Words that are written from right to left do not turn those around them.
                let element = if is_right_to_left(language) {
                    "bdi"
                } else {
                    "span"
                };
                let open = format!("<{element} lang=\"{}\">", escape(language));
                self.quietly(|it| it.wrapped(&open, node, &format!("</{element}>"), out));
            }
            NodeKind::SoftBreak => out.push('\n'),
            NodeKind::HardBreak => out.push_str("<br>\n"),
            NodeKind::Rule => out.push_str("<hr>\n"),
            NodeKind::Gap(index) => put!(out, "{GAP_OPEN}{index}{GAP_CLOSE}"),
            NodeKind::FootnoteReference(label) => self.reference(label, out),
            // Raw HTML is never output; footnotes are rendered at the end; glossaries are rendered elsewhere.
            NodeKind::Html
            | NodeKind::FootnoteDefinition(_)
            | NodeKind::DefinitionList
            | NodeKind::DefinitionTerm(_)
            | NodeKind::Definition => {}
        }
    }

    /// Code, highlighted. Within an answer it is part of a label, which can hold no blocks and nothing that takes the
    /// focus.
    fn code_block(&self, language: &str, node: &Node, out: &mut String) {
        let code = node.children.iter().filter_map(|child| match &child.kind {
            NodeKind::Text(text) => Some(text.as_str()),
            _ => None,
        });
        let code = code.collect::<String>();
        let code = highlighted(code.trim_end_matches('\n'), language);
        if self.is_label {
            put!(out, "<code class=\"code code--answer\">{code}</code>");
        } else {
            put!(
                out,
                "<pre class=\"code\" tabindex=\"0\"><code>{code}\n</code></pre>\n"
            );
        }
    }

    /// What opens when its first paragraph is pressed.
    fn details(&mut self, node: &Node, out: &mut String) {
        let Some((title, rest)) = node.children.split_first() else {
            return;
        };
        let mut summary = String::new();
        self.quietly(|it| summary = it.html(&title.children));
        self.opening("details--text", &summary, rest, out);
    }

    /// `summary` is HTML.
    fn opening(&mut self, modifier: &str, summary: &str, inside: &[Node], out: &mut String) {
        put!(
            out,
            "<details class=\"details {modifier}\"><summary>{summary}</summary>\n<div class=\"details__text\">\n"
        );
        self.nodes(inside, out);
        out.push_str("</div></details>\n");
    }

    fn link(&mut self, url: &str, title: &str, node: &Node, out: &mut String) {
        if let Target::Term(id) = target(url, &self.file.path) {
            return self.term(&id, node, out);
        }
        self.quietly(|it| match it.address(url) {
            Some(href) => {
                let title = if title.is_empty() {
                    String::new()
                } else {
                    format!(" title=\"{}\"", escape(title))
                };
                let open = format!("<a href=\"{}\"{title}>", escape(&href));
                it.wrapped(&open, node, "</a>", out);
            }
            None => it.nodes(&node.children, out),
        });
    }

    fn callout(&mut self, kind: Callout, node: &Node, out: &mut String) {
        let titles = &self.words.callouts;
        let (name, title) = match kind {
            Callout::Note => ("note", titles.note),
            Callout::Tip => ("tip", titles.tip),
            Callout::Important => ("important", titles.important),
            Callout::Warning => ("warning", titles.warning),
            Callout::Caution => ("caution", titles.caution),
            Callout::Summary => ("summary", titles.summary),
            Callout::Example => ("example", titles.example),
            Callout::Case => ("case", titles.case),
            Callout::KeyPoint => ("key-point", titles.key_point),
            Callout::Document => ("document", titles.document),
            Callout::JobAid => ("job-aid", titles.job_aid),
            // They are no boxes, and are written elsewhere.
            Callout::Details | Callout::Description => return,
        };
        put!(
            out,
            "<aside class=\"callout callout--{name}\" role=\"note\"><p class=\"callout__title\">{title}</p>\n"
        );
        self.nodes(&node.children, out);
        out.push_str("</aside>\n");
    }

    /// A table that can be scrolled with the keyboard, named after its columns. If the first column has no
    /// heading, its cells are the row headers.
    fn table(&mut self, alignments: &[Alignment], table: &Node, out: &mut String) {
        let head = table
            .children
            .iter()
            .find(|row| row.kind == NodeKind::TableHead);
        let names: Vec<String> = head
            .into_iter()
            .flat_map(|row| &row.children)
            .map(Node::plain_text)
            .collect();
        let rows_have_headings = names.first().is_some_and(String::is_empty);
        let caption = table
            .children
            .iter()
            .find(|child| child.kind == NodeKind::TableCaption);
        let label: Vec<&str> = names
            .iter()
            .map(String::as_str)
            .filter(|name| !name.is_empty())
            .collect();
        let label = match caption {
            Some(caption) => caption.plain_text(),
            None if label.is_empty() => self.words.table.to_owned(),
            None => format!("{}: {}", self.words.table, label.join(", ")),
        };
        put!(
            out,
            "<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{}\"><table>\n",
            escape(&label)
        );
        if let Some(caption) = caption {
            self.quietly(|it| it.wrapped("<caption>", caption, "</caption>\n", out));
        }
        for row in table
            .children
            .iter()
            .filter(|row| row.kind != NodeKind::TableCaption)
        {
            let is_head = row.kind == NodeKind::TableHead;
            out.push_str(if is_head { "<thead><tr>" } else { "<tr>" });
            for (column, cell) in row.children.iter().enumerate() {
                let class = match alignments.get(column) {
                    Some(Alignment::Right) => " class=\"cell--end\"",
                    Some(Alignment::Center) => " class=\"cell--center\"",
                    _ => "",
                };
                let empty = cell.plain_text().is_empty();
                let (name, scope) = match (is_head, column) {
                    (true, _) if !empty => ("th", " scope=\"col\""),
                    (false, 0) if rows_have_headings => ("th", " scope=\"row\""),
                    _ => ("td", ""),
                };
                // On a narrow screen each row is a block of lines, each with the name of its column.
                let column_name = names
                    .get(column)
                    .filter(|column| !is_head && name == "td" && !column.is_empty())
                    .filter(|column| column.len() <= LONGEST_LABEL);
                let label = column_name.map_or_else(String::new, |column| {
                    format!(" data-label=\"{}\"", escape(column))
                });
                put!(out, "<{name}{scope}{class}{label}>");
                if name == "th" {
                    self.quietly(|it| it.nodes(&cell.children, out));
                } else {
                    self.nodes(&cell.children, out);
                }
                put!(out, "</{name}>");
            }
            out.push_str(if is_head {
                "</tr></thead>\n<tbody>\n"
            } else {
                "</tr>\n"
            });
        }
        out.push_str("</tbody></table></div>\n");
    }

    /// The address of an asset on the server.
    pub(super) fn asset(&self, url: &str) -> Option<String> {
        match target(url, &self.file.path) {
            Target::File { path, .. } => self.asset_at(&path),
            _ => None,
        }
    }

    /// Like [`Self::asset`], for a path within the course.
    pub(super) fn asset_at(&self, path: &str) -> Option<String> {
        let bytes = self.course?.assets.get(path)?;
        Some(format!("{}{}", ASSET_ADDRESS, asset_name(path, bytes)))
    }

    /// The address of a link; `None` if there is no target, and only the text is rendered.
    fn address(&self, url: &str) -> Option<String> {
        match target(url, &self.file.path) {
            Target::Outside(url) => Some(url),
            Target::Here { anchor } => Some(format!("#{}", element_id(self.anchor(&anchor)))),
            Target::File { path, anchor } => match self.course?.lesson_of(&path) {
                Some(lesson) if lesson.is_test() => Some(TEST_ADDRESS.to_owned()),
                Some(lesson) => Some(match anchor {
                    Some(anchor) => format!("{}#{}", lesson.slug, element_id(&anchor)),
                    None => lesson.slug.clone(),
                }),
                None => self.asset(url),
            },
            Target::Term(_) | Target::Leaves | Target::Unsafe => None,
        }
    }

    /// The name on the page of a heading of this file.
    fn anchor<'b>(&'b self, anchor: &'b str) -> &'b str {
        self.original
            .as_ref()
            .filter(|original| original.file.language == self.file.language)
            .and_then(|original| original.anchors.get(anchor).copied())
            .unwrap_or(anchor)
    }

    fn reference(&mut self, label: &str, out: &mut String) {
        if self.references != References::Footnotes {
            if let Some((_, footnote)) = self.footnote(label)
                && !self.is_in_note
            {
                self.is_in_note = true;
                let note = self.inline_html(&footnote.nodes);
                self.is_in_note = false;
                put!(out, " <span class=\"source-ref\">({note})</span>");
            } else if let Some(source) = self.source(label) {
                out.push_str(" <cite class=\"source-ref\">(");
                source_link(source, out);
                out.push_str(")</cite>");
            }
            return;
        }
        let known = self.cited_at.get(label).copied();
        let index = known.unwrap_or_else(|| {
            self.cited_at.insert(label.to_owned(), self.cited.len());
            self.cited.push((label.to_owned(), 0));
            self.cited.len().saturating_sub(1)
        });
        let Some((_, times)) = self.cited.get_mut(index) else {
            return;
        };
        *times = times.saturating_add(1);
        let number = index.saturating_add(1);
        put!(
            out,
            "<sup class=\"footnote-ref\"><a href=\"#fn-{number}\" id=\"{}\" role=\"doc-noteref\" \
             aria-label=\"{} {number}\">{number}</a></sup>",
            reference_id(number, *times),
            self.words.footnote,
        );
    }

    fn source(&self, label: &str) -> Option<&'a Source> {
        [
            Some(self.file),
            self.original.as_ref().map(|original| original.file),
        ]
        .into_iter()
        .flatten()
        .flat_map(|file| &file.front.sources)
        .map(|source| &source.source)
        .find(|source| source.id == label)
    }

    /// A footnote, and the file that it is taken from.
    fn footnote(&self, label: &str) -> Option<(&'a DraftFile, &'a Footnote)> {
        let find = |file: &'a DraftFile| {
            let note = file.footnote(label)?;
            Some((file, note))
        };
        let original = self.original.as_ref();
        let stale = original.is_some_and(|original| original.stale_footnotes.contains(label));
        find(self.file)
            .filter(|_| !stale)
            .or_else(|| find(original?.file))
    }

    /// The list of footnotes, numbered in the order of their first reference; empty if there are none.
    pub(crate) fn footnotes(&mut self) -> String {
        let mut out = String::new();
        let mut index = 0;
        // A footnote may refer to another one, which is then listed after it.
        while let Some((label, _)) = self.cited.get(index).cloned() {
            if index == 0 {
                put!(
                    out,
                    "<section class=\"footnotes\" role=\"doc-endnotes\" aria-labelledby=\"footnotes\">\n<h2 \
                     class=\"footnotes__title\" id=\"footnotes\">{}</h2>\n<ol>\n",
                    self.words.footnotes
                );
            }
            index = index.saturating_add(1);
            put!(out, "<li id=\"fn-{index}\">");
            match (self.footnote(&label), self.source(&label)) {
                (Some((file, footnote)), _) if file.language != self.file.language => {
                    let before = self.go_on_with(file);
                    let mut html = String::new();
                    self.quietly(|it| html = it.inline_html(&footnote.nodes));
                    self.go_on_with(before);
                    put!(out, "<div lang=\"{}\">{html}</div>", file.language);
                }
                (Some((_, footnote)), _) => {
                    self.quietly(|it| out.push_str(&it.inline_html(&footnote.nodes)));
                }
                (None, Some(source)) => self.source_note(source, &mut out),
                (None, None) => {}
            }
            let times = self
                .cited
                .get(index.saturating_sub(1))
                .map_or(1, |(_, times)| *times);
            for time in 1..=times {
                put!(
                    out,
                    " <a class=\"footnote-back\" href=\"#{}\" role=\"doc-backlink\" aria-label=\"{} {index}{}\">↩</a>",
                    reference_id(index, time),
                    self.words.back_to_text,
                    if time > 1 {
                        format!(" ({time})")
                    } else {
                        String::new()
                    },
                );
            }
            out.push_str("</li>\n");
        }
        if index > 0 {
            out.push_str("</ol>\n</section>\n");
        }
        out
    }

    fn source_note(&self, source: &Source, out: &mut String) {
        source_link(source, out);
        if let Some(note) = &source.note {
            put!(out, " <span class=\"source-note\">{}</span>", escape(note));
        }
        if let Some(checked) = source.checked {
            put!(
                out,
                " <span class=\"source-checked\">({}: <time datetime=\"{checked}\">{}</time>)</span>",
                self.words.checked,
                self.words.date(checked),
            );
        }
    }
}

fn source_link(source: &Source, out: &mut String) {
    let title = escape(&source.title);
    match &source.url {
        Some(url) if crate::parse::url_is_safe(url) => {
            put!(out, "<a href=\"{}\">{title}</a>", escape(url));
        }
        _ => out.push_str(&title),
    }
}

/// The id of a reference: the first of a footnote, the second, …
fn reference_id(number: usize, time: usize) -> String {
    match time {
        1 => format!("fnref-{number}"),
        _ => format!("fnref-{number}-{time}"),
    }
}

/// The id of a heading. The prefix avoids conflicts with ids of the page around the lesson.
pub(crate) fn element_id(anchor: &str) -> String {
    format!("h-{anchor}")
}

/// Keys: each in an element, and all of them in one where several are pressed together.
fn keys(keys: &str, out: &mut String) {
    let mut names: Vec<String> = vec![String::new()];
    for piece in keys.trim().split_inclusive('+') {
        let name = piece.trim_end_matches('+').trim();
        match names.last_mut() {
            // `Ctrl++`: the second one is a key.
            Some(last) if name.is_empty() => last.push('+'),
            Some(last) => last.push_str(name),
            None => {}
        }
        if piece.ends_with('+') && !name.is_empty() {
            names.push(String::new());
        }
    }
    names.retain(|name| !name.is_empty());
    let written: Vec<String> = names
        .iter()
        .map(|name| format!("<kbd>{}</kbd>", escape(name)))
        .collect();
    let written = written.join("+");
    if names.len() > 1 {
        put!(out, "<kbd class=\"keys\">{written}</kbd>");
    } else {
        out.push_str(&written);
    }
}

fn is_right_to_left(language: &str) -> bool {
    let first = language.split('-').next().unwrap_or_default();
    ["ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(first))
}

/// The image of a paragraph without other content.
fn only_image(paragraph: &Node) -> Option<&Node> {
    let mut image = None;
    for node in &paragraph.children {
        match &node.kind {
            NodeKind::Image { .. } if image.is_none() => image = Some(node),
            NodeKind::Text(text) if text.trim().is_empty() => {}
            NodeKind::SoftBreak => {}
            _ => return None,
        }
    }
    image
}
