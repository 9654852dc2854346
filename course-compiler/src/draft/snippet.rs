//! Snippets: texts that several lessons share, such as telephone numbers and time limits. `[words](snippet:id)` stands
//! for the snippet: as a paragraph of its own for all of its paragraphs, in a sentence for its words.
//!
//! They are put into the text of a lesson before it is parsed, so all else takes them for a part of it: translations,
//! counts of words, checks, the search. Diagnostics are made with places in the text so put together, and
//! [`to_files`] leads them back to the files.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Location};
use crate::load::{Folder, SNIPPETS, skipped, snippet_of};
use crate::model::Language;
use crate::parse::conflicts::{self, Kind};
use crate::parse::{Node, NodeKind, front_matter, snippet_id, tree, walk};
use crate::rules::snippet_broken::{self, Reason};
use crate::rules::{file_skipped, file_unreadable};
use crate::source::{Piece, Source, Span};

/// The most snippets in one another.
const DEEPEST: usize = 8;

/// The most places in a file that stand for snippets, with those in snippets.
const MOST_USES: usize = 10_000;

/// The most bytes of snippets in a file.
const MOST_BYTES: usize = 1024 * 1024;

/// The id of a snippet and its language.
pub(crate) type Key = (String, Language);

/// The snippets that a text uses, also by way of others, each with its bytes; without, if there is none.
pub(crate) type Used = BTreeMap<Key, Option<Arc<[u8]>>>;

/// All snippets.
#[derive(Debug, Default)]
pub(crate) struct Snippets(BTreeMap<Key, Snippet>);

#[derive(Debug)]
struct Snippet {
    bytes: Arc<[u8]>,
    source: Arc<Source>,
    /// Without empty lines around it.
    body: Span,
    uses: Vec<Use>,
    /// Whether it is one paragraph.
    is_words: bool,
}

/// A place that stands for a snippet.
#[derive(Debug)]
struct Use {
    id: String,
    span: Span,
    /// Whether it is a paragraph of its own.
    is_paragraph: bool,
}

/// A text with its snippets in it.
pub(crate) struct Expanded {
    pub(crate) source: Arc<Source>,
    pub(crate) used: Used,
    pub(crate) found: Vec<Diagnostic>,
}

impl Snippets {
    /// Reads the snippets; also returns what is wrong with them, and their sources.
    pub(crate) fn read(folder: &Folder) -> (Self, Vec<Diagnostic>, Vec<Arc<Source>>) {
        let path = |file: &str| format!("{SNIPPETS}/{file}");
        let mut found: Vec<Diagnostic> = folder
            .unreadable
            .iter()
            .map(|(file, reason)| file_unreadable::not_read(path(file), reason))
            .collect();
        let skipped = skipped::in_snippets(folder.files.keys());
        found.extend(
            skipped
                .iter()
                .map(|(file, why)| file_skipped::report(path(file), why)),
        );
        let mut snippets = BTreeMap::new();
        for (file, bytes) in &folder.files {
            let Some((id, language)) = snippet_of(file) else {
                continue;
            };
            let source = Arc::new(Source::new(path(file), bytes));
            if !source.is_valid_utf8() {
                found.push(file_unreadable::not_text(path(file)));
            }
            found.extend(conflicts::find(&source, Kind::Markdown));
            let text = source.text();
            let start = text
                .len()
                .saturating_sub(text.trim_start_matches('\n').len());
            let body = Span::new(start, text.trim_end().len().max(start));
            let nodes = tree::parse(source.slice(body), body.start)
                .unwrap_or_default()
                .nodes;
            let snippet = Snippet {
                bytes: Arc::clone(bytes),
                uses: uses(&nodes),
                is_words: matches!(nodes.as_slice(), [node] if node.kind == NodeKind::Paragraph),
                body,
                source,
            };
            snippets.insert((id.to_owned(), language), snippet);
        }
        let snippets = Self(snippets);
        for ((_, language), snippet) in &snippets.0 {
            let mut expanded = snippets.with(&snippet.source, &snippet.uses, *language);
            to_files(&mut expanded.found, &[&expanded.source]);
            found.append(&mut expanded.found);
        }
        let sources = snippets
            .0
            .values()
            .map(|snippet| Arc::clone(&snippet.source))
            .collect();
        (snippets, found, sources)
    }

    /// All snippets, with their files.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&Key, &str)> {
        self.0
            .iter()
            .map(|(key, snippet)| (key, snippet.source.path()))
    }

    /// Whether these snippets are still what they were.
    pub(crate) fn are_same(&self, used: &Used) -> bool {
        used.iter().all(|(key, before)| {
            let now = self.0.get(key).map(|snippet| &snippet.bytes);
            match (before, now) {
                (Some(before), Some(now)) => Arc::ptr_eq(before, now) || before == now,
                (None, None) => true,
                _ => false,
            }
        })
    }

    /// A lesson or transcript with its snippets in it.
    pub(crate) fn expand(&self, source: Arc<Source>, language: Language) -> Expanded {
        let body = front_matter::split(source.text()).body;
        let uses = if source.slice(body).contains("snippet:") {
            // What cannot be parsed is reported when the whole is.
            let parsed = tree::parse(source.slice(body), body.start);
            parsed.map(|parsed| uses(&parsed.nodes)).unwrap_or_default()
        } else {
            Vec::new()
        };
        if uses.is_empty() {
            return Expanded {
                source,
                used: Used::new(),
                found: Vec::new(),
            };
        }
        self.with(&source, &uses, language)
    }

    fn with(&self, source: &Arc<Source>, uses: &[Use], language: Language) -> Expanded {
        let mut assembly = Assembly {
            snippets: self,
            language,
            text: String::with_capacity(source.text().len()),
            pieces: Vec::new(),
            used: Used::new(),
            broken: Vec::new(),
            within: Vec::new(),
            count: 0,
            is_full: false,
        };
        let whole = Span::new(0, source.text().len());
        let (outside, prefix) = (source.text().len(), String::new());
        assembly.put(
            source,
            whole,
            uses,
            &Room {
                prefix,
                is_words: false,
            },
            outside,
        );
        let Assembly {
            text,
            pieces,
            used,
            broken,
            ..
        } = assembly;
        let source = Arc::new(Source::assembled(source, &text, pieces));
        let found = broken
            .into_iter()
            .map(|(span, id, reason)| snippet_broken::report(&source, span, &id, &reason))
            .collect();
        Expanded {
            source,
            used,
            found,
        }
    }
}

/// The places in a text that stand for snippets, in order.
fn uses(nodes: &[Node]) -> Vec<Use> {
    fn of(node: &Node) -> Option<&str> {
        match &node.kind {
            NodeKind::Link { url, .. } => snippet_id(url),
            _ => None,
        }
    }
    let mut found: BTreeMap<Span, Use> = BTreeMap::new();
    walk(nodes, &mut |node| {
        let (link, is_paragraph) = match node.children.as_slice() {
            [link] if node.kind == NodeKind::Paragraph => (link, true),
            _ => (node, false),
        };
        if let Some(id) = of(link) {
            // The paragraph comes before what is in it.
            found.entry(link.span).or_insert_with(|| Use {
                id: id.to_owned(),
                span: link.span,
                is_paragraph,
            });
        }
    });
    found.into_values().collect()
}

/// Where a text is put.
struct Room {
    /// What every further line begins with: the signs of quotes, the indentation of lists.
    prefix: String,
    /// Whether there is room for words only.
    is_words: bool,
}

/// A text that is being put together.
struct Assembly<'a> {
    snippets: &'a Snippets,
    language: Language,
    text: String,
    pieces: Vec<Piece>,
    used: Used,
    /// Places where a snippet is missing.
    broken: Vec<(Span, String, Reason)>,
    /// The ids of the snippets that are being put in.
    within: Vec<String>,
    /// How many were put in.
    count: usize,
    /// Whether there were too many; this is told once, and no more are put in.
    is_full: bool,
}

impl Assembly<'_> {
    /// Adds a range of a file, with the snippets that it uses. `own` is the length of the file without snippets.
    fn put(&mut self, source: &Arc<Source>, range: Span, uses: &[Use], room: &Room, own: usize) {
        let mut at = range.start;
        for place in uses {
            self.copy(source, Span::new(at, place.span.start), room);
            at = place.span.end;
            let is_words = room.is_words || !place.is_paragraph;
            let snippets = self.snippets;
            match self.find(snippets, place, is_words, own) {
                Err(reason) => {
                    let start = self.text.len();
                    let words = words(source.slice(place.span));
                    self.add(words, source, place.span.start);
                    let span = Span::new(start, self.text.len());
                    let is_told = self.is_full;
                    self.is_full |= reason == Reason::TooMuch;
                    if !is_told {
                        self.broken.push((span, place.id.clone(), reason));
                    }
                }
                Ok(snippet) => {
                    let line = line_before(source, place.span.start);
                    let inner = Room {
                        prefix: format!("{}{}", room.prefix, continued(line)),
                        is_words,
                    };
                    self.within.push(place.id.clone());
                    self.put(&snippet.source, snippet.body, &snippet.uses, &inner, own);
                    self.within.pop();
                    if !is_words && !is_followed_by_space(source, at) {
                        let space = format!("\n{}", inner.prefix.trim_end());
                        self.add(&space, source, at);
                    }
                }
            }
        }
        self.copy(source, Span::new(at, range.end), room);
    }

    fn find<'s>(
        &mut self,
        snippets: &'s Snippets,
        place: &Use,
        is_words: bool,
        own: usize,
    ) -> Result<&'s Snippet, Reason> {
        let key = (place.id.clone(), self.language);
        let found = snippets.0.get(&key);
        self.used
            .insert(key, found.map(|snippet| Arc::clone(&snippet.bytes)));
        let Some(snippet) = found else {
            let known: Vec<(&str, Language)> = snippets
                .0
                .keys()
                .map(|(id, language)| (id.as_str(), *language))
                .collect();
            return Err(Reason::unknown(&place.id, self.language, &known));
        };
        let is_self = self
            .pieces
            .first()
            .is_some_and(|first| first.source.path() == snippet.source.path());
        if is_self || self.within.contains(&place.id) {
            return Err(Reason::Circular);
        }
        if is_words && !snippet.is_words {
            return Err(Reason::NotWords);
        }
        let length = self.text.len().saturating_add(snippet.body.end);
        let is_too_long = length > own.saturating_add(MOST_BYTES) || self.count >= MOST_USES;
        if self.is_full || is_too_long || self.within.len() >= DEEPEST {
            return Err(Reason::TooMuch);
        }
        self.count = self.count.saturating_add(1);
        Ok(snippet)
    }

    /// Adds a part of a file.
    fn copy(&mut self, source: &Arc<Source>, span: Span, room: &Room) {
        if room.prefix.is_empty() && !room.is_words {
            self.piece(source, span);
            return;
        }
        let mut at = span.start;
        for line in source.slice(span).split_inclusive('\n') {
            let end = at.saturating_add(line.len());
            match line.strip_suffix('\n') {
                Some(words) if room.is_words => {
                    self.piece(source, Span::new(at, at.saturating_add(words.len())));
                    self.add(" ", source, end);
                }
                Some(_) => {
                    self.piece(source, Span::new(at, end));
                    self.add(&room.prefix, source, end);
                }
                None => self.piece(source, Span::new(at, end)),
            }
            at = end;
        }
    }

    fn piece(&mut self, source: &Arc<Source>, span: Span) {
        let copied = source.slice(span);
        // The first piece says which file the text is of.
        if copied.is_empty() && !self.pieces.is_empty() {
            return;
        }
        self.pieces.push(Piece {
            start: self.text.len(),
            source: Arc::clone(source),
            offset: span.start,
            length: copied.len(),
        });
        self.text.push_str(copied);
    }

    /// Adds what is not in a file; problems in it are told at `offset` of one.
    fn add(&mut self, text: &str, source: &Arc<Source>, offset: usize) {
        self.pieces.push(Piece {
            start: self.text.len(),
            source: Arc::clone(source),
            offset,
            length: 0,
        });
        self.text.push_str(text);
    }
}

/// The words of a link as they are written.
fn words(link: &str) -> &str {
    let words = link.strip_prefix('[').unwrap_or(link);
    words.rsplit_once("](").map_or(words, |(words, _)| words)
}

/// The beginning of the line at `offset`.
fn line_before(source: &Source, offset: usize) -> &str {
    let before = source.slice(Span::new(0, offset));
    before.rsplit_once('\n').map_or(before, |(_, line)| line)
}

/// What the next line begins with to stay in the same quotes and lists.
fn continued(line: &str) -> String {
    let signs = line.chars().take_while(|c| !c.is_alphabetic());
    signs.map(|c| if c == '>' { c } else { ' ' }).collect()
}

/// Whether an empty line, or none, follows the line at `offset`.
fn is_followed_by_space(source: &Source, offset: usize) -> bool {
    let after = source.text().get(offset..).unwrap_or_default();
    let next = after.split_once('\n').map_or("", |(_, rest)| rest);
    let next = next.split('\n').next().unwrap_or_default();
    next.trim_matches(['>', ' ', '\t']).is_empty()
}

/// Leads diagnostics about texts that were put together back to the files. An error in a snippet is also told where
/// it is used, because that course is left out.
pub(crate) fn to_files(found: &mut Vec<Diagnostic>, assembled: &[&Arc<Source>]) {
    let assembled: BTreeMap<&str, &Source> = assembled
        .iter()
        .filter(|source| source.is_assembled())
        .map(|source| (source.path(), &***source))
        .collect();
    if assembled.is_empty() {
        return;
    }
    let mut more = Vec::new();
    for diagnostic in found.iter_mut() {
        for related in &mut diagnostic.related {
            let source = assembled.get(related.location.file.as_str());
            if let Some(origin) = source.and_then(|source| source.origin(related.location.span)) {
                related.location = Location::new(&origin.source, origin.span);
            }
        }
        let Some(source) = assembled.get(diagnostic.location.file.as_str()) else {
            continue;
        };
        let Some(origin) = source.origin(diagnostic.location.span) else {
            continue;
        };
        let is_error = diagnostic.is_error();
        if let Some((lesson, span)) = origin.by_way_of.filter(|_| is_error) {
            more.push(snippet_broken::within(&lesson, span, origin.source.path()));
        }
        diagnostic.location = Location::new(&origin.source, origin.span);
        diagnostic.fix = diagnostic.fix.take().and_then(|mut fix| {
            for edit in &mut fix.edits {
                let (file, span) = source.copied_from(edit.span)?;
                if file.path() != diagnostic.location.file {
                    return None;
                }
                edit.span = span;
            }
            Some(fix)
        });
    }
    found.append(&mut more);
}
