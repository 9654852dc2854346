//! The source of the glossary, `glossary/<language>.md`, and finding its terms in lessons.
//!
//! A glossary file is a list of definitions, a syntax that is enabled only here:
//!
//! ```text
//! Netieša diskriminācija {#indirect-discrimination forms="netiešas diskriminācijas, netiešu diskrimināciju"}
//! : Vienāds noteikums, kas kādu grupu nostāda īpaši nelabvēlīgā stāvoklī.
//! ```

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use aho_corasick::AhoCorasick;

use super::file::DraftFile;
use crate::diagnostic::{Diagnostic, Location, Report};
use crate::load::{Folder, skipped};
use crate::model::{Language, TermId, is_well_formed};
use crate::parse::attributes::{Attributes, Word};
use crate::parse::conflicts::{self, Kind};
use crate::parse::tree::ParserFailed;
use crate::parse::{Node, NodeKind, Target, plain_text, target, term_of, tree, walk};
use crate::rules::{
    file_skipped, file_unreadable, glossary_undefined, html_unsafe, id_duplicate, id_missing,
    link_broken,
};
use crate::source::Source;

/// The parsed glossary.
#[derive(Debug, Default)]
pub(crate) struct DraftGlossary {
    /// The terms by their ids, each in the languages in which it is defined.
    pub(crate) terms: BTreeMap<TermId, BTreeMap<Language, TermDraft>>,
    /// The files in which they are defined.
    pub(crate) files: BTreeMap<Language, DraftFile>,
    finders: BTreeMap<Language, Finder>,
    /// Finds words to be avoided.
    avoided: BTreeMap<Language, Finder>,
}

/// Finds the forms of terms in a text of one language.
#[derive(Debug)]
struct Finder {
    automaton: AhoCorasick,
    /// The term of each pattern.
    terms: Vec<TermId>,
}

/// A term in its source form.
#[derive(Debug)]
pub(crate) struct TermDraft {
    id: Word,
    /// The term as plain text.
    pub(crate) title: String,
    /// In lower case, including the title.
    forms: Vec<String>,
    /// Expressions to be avoided in favour of the term, in lower case.
    avoid: Vec<String>,
    pub(crate) definition: Vec<Node>,
}

impl TermDraft {
    /// The words that are the term, in small letters, its title among them.
    pub(crate) fn forms(&self) -> &[String] {
        &self.forms
    }

    /// The terms that the definition refers to.
    pub(crate) fn sees(&self) -> Vec<TermId> {
        references(&self.definition).map(|(id, _)| id).collect()
    }
}

impl DraftGlossary {
    /// Reads the glossary's folder; also returns its diagnostics and sources.
    pub(crate) fn read(name: &str, folder: &Folder) -> (Self, Vec<Diagnostic>, Vec<Arc<Source>>) {
        let mut found: Vec<Diagnostic> = folder
            .unreadable
            .iter()
            .map(|(file, reason)| file_unreadable::not_read(format!("{name}/{file}"), reason))
            .collect();
        for (file, why) in skipped::in_glossary(folder.files.keys()) {
            found.push(file_skipped::report(format!("{name}/{file}"), &why));
        }
        let mut sources = Vec::new();
        let mut glossary = Self::default();
        let mut named = Vec::new();
        let mut places: BTreeMap<TermId, Vec<Location>> = BTreeMap::new();
        let mut is_in_conflict = false;
        for language in Language::ALL {
            let path = format!("{language}.md");
            let Some(bytes) = folder.files.get(&path) else {
                continue;
            };
            let source = Arc::new(Source::new(format!("{name}/{path}"), bytes));
            sources.push(Arc::clone(&source));
            // Lessons are compiled with the terms of one version.
            let (conflict, source) = conflicts::take(&source, Kind::Markdown);
            is_in_conflict |= conflict.is_some();
            let mut report = Report::new(&source);
            let terms = terms(&mut report);
            match conflict {
                Some(conflict) => found.push(conflict),
                None => found.append(&mut report.found),
            }
            let file = DraftFile::of_glossary(source, &path, *language);
            let finder = Finder::new(terms.iter().map(|term| (&term.id, &term.forms)));
            let avoided = Finder::new(terms.iter().map(|term| (&term.id, &term.avoid)));
            glossary
                .avoided
                .extend(avoided.map(|finder| (*language, finder)));
            glossary
                .finders
                .extend(finder.map(|finder| (*language, finder)));
            for term in terms {
                let id = TermId::from(term.id.text.as_str());
                let place = Location::new(&file.source, term.id.span);
                for (other, link) in references(&term.definition) {
                    named.push((other, Location::new(&file.source, link.span)));
                }
                let texts = glossary.terms.entry(id.clone()).or_default();
                if texts.contains_key(language) {
                    let first = places.get(&id).and_then(|places| places.last()).cloned();
                    let first = first.unwrap_or_else(|| place.clone());
                    found.push(id_duplicate::duplicate(place, id.as_str(), first));
                    continue;
                }
                texts.insert(*language, term);
                places.entry(id).or_default().push(place);
            }
            glossary.files.insert(*language, file);
        }
        if is_in_conflict {
            return (glossary, found, sources);
        }
        let known: Vec<&str> = glossary.terms.keys().map(TermId::as_str).collect();
        for (id, place) in named {
            if !known.contains(&id.as_str()) {
                found.push(glossary_undefined::undefined(place, id.as_str(), &known));
            }
        }
        for (id, places) in &places {
            if let [only] = places.as_slice()
                && sources.len() > 1
            {
                found.push(glossary_undefined::in_one_language(only.clone(), id));
            }
        }
        (glossary, found, sources)
    }

    /// Whether it contains words to be avoided.
    pub(crate) fn avoids(&self) -> bool {
        !self.avoided.is_empty()
    }

    /// The words to be avoided in a text, with the words to use instead.
    pub(crate) fn find_avoided(&self, text: &str, language: Language) -> Vec<(Range<usize>, &str)> {
        let Some(finder) = self.avoided.get(&language) else {
            return Vec::new();
        };
        let found = finder.find(text).into_iter();
        found
            .filter_map(|(range, id)| {
                let term = self.terms.get(id)?.get(&language)?;
                Some((range, term.title.as_str()))
            })
            .collect()
    }

    /// The terms in a text with their places: whole words only, and the longest of several that start at the
    /// same place.
    pub(crate) fn find(&self, text: &str, language: Language) -> Vec<(Range<usize>, &TermId)> {
        match self.finders.get(&language) {
            Some(finder) => finder.find(text),
            None => Vec::new(),
        }
    }
}

impl Finder {
    /// `None` if there is nothing to find.
    fn new<'a>(terms: impl Iterator<Item = (&'a Word, &'a Vec<String>)>) -> Option<Self> {
        let mut patterns = BTreeMap::new();
        for (id, forms) in terms {
            for form in forms {
                patterns
                    .entry(form)
                    .or_insert_with(|| TermId::from(id.text.as_str()));
            }
        }
        if patterns.is_empty() {
            return None;
        }
        Some(Self {
            automaton: AhoCorasick::new(patterns.keys()).ok()?,
            terms: patterns.into_values().collect(),
        })
    }

    fn find(&self, text: &str) -> Vec<(Range<usize>, &TermId)> {
        let small = small_letters(text);
        let mut matches: Vec<(Range<usize>, &TermId)> = self
            .automaton
            .find_overlapping_iter(&small)
            .filter(|found| is_whole_word(&small, found.range()))
            .filter_map(|found| Some((found.range(), self.terms.get(found.pattern().as_usize())?)))
            .collect();
        matches.sort_by_key(|(range, _)| (range.start, Reverse(range.end)));
        let mut end = 0;
        matches.retain(|(range, _)| {
            let is_free = range.start >= end;
            if is_free {
                end = range.end;
            }
            is_free
        });
        matches
    }
}

/// The text in lower case, with each letter as many bytes long as before, so that offsets stay valid.
fn small_letters(text: &str) -> String {
    text.chars()
        .map(|c| {
            let mut small = c.to_lowercase();
            match (small.next(), small.next()) {
                (Some(one), None) if one.len_utf8() == c.len_utf8() => one,
                _ => c,
            }
        })
        .collect()
}

fn is_whole_word(text: &str, range: Range<usize>) -> bool {
    let before = text
        .get(..range.start)
        .and_then(|text| text.chars().next_back());
    let after = text.get(range.end..).and_then(|text| text.chars().next());
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}

/// The terms of a glossary file, in order.
fn terms(report: &mut Report<'_>) -> Vec<TermDraft> {
    let source = report.source;
    if !source.is_valid_utf8() {
        report.push(file_unreadable::not_text(source.path().to_owned()));
    }
    let parsed = tree::parse_definitions(source.text()).unwrap_or_else(|why| {
        let path = source.path().to_owned();
        report.push(match why {
            ParserFailed::Panicked => file_unreadable::not_parsed(path),
            ParserFailed::TooLong => file_unreadable::too_long(path),
        });
        tree::Parsed::default()
    });
    let mut terms: Vec<TermDraft> = Vec::new();
    for node in parsed.nodes {
        match node.kind {
            NodeKind::DefinitionList => {
                let mut is_defined = false;
                for child in node.children {
                    match child.kind {
                        NodeKind::DefinitionTerm(attributes) => {
                            let term = term(&child.children, attributes, child.span, report);
                            is_defined = term.is_some();
                            terms.extend(term);
                        }
                        _ if is_defined => {
                            if let Some(term) = terms.last_mut() {
                                term.definition.extend(child.children);
                            }
                        }
                        _ => {}
                    }
                }
            }
            // A title, or a heading between terms.
            NodeKind::Heading(_) => {}
            _ => glossary_undefined::no_definition(report, node.span),
        }
    }
    for term in &terms {
        check_definition(&term.definition, report);
    }
    terms
}

/// A definition may link to other terms and to full addresses, and may not contain HTML.
fn check_definition(definition: &[Node], report: &mut Report<'_>) {
    walk(definition, &mut |node| match &node.kind {
        NodeKind::Html => report.push(html_unsafe::raw(report.source, node.span)),
        NodeKind::Link { url, .. } | NodeKind::Image { url, .. } => match target(url, "glossary") {
            Target::Unsafe => report.push(html_unsafe::address(report.source, node.span)),
            Target::Outside(_) | Target::Term(_) => {}
            Target::Here { .. } | Target::File { .. } | Target::Leaves => {
                link_broken::in_glossary(report, node.span);
            }
        },
        _ => {}
    });
}

/// A term without its definition; `None` if its id is missing or not valid.
fn term(
    title: &[Node],
    attributes: Option<Box<Attributes>>,
    span: crate::source::Span,
    report: &mut Report<'_>,
) -> Option<TermDraft> {
    let attributes = attributes.unwrap_or_default();
    let Some(id) = attributes
        .ids
        .into_iter()
        .find(|id| is_well_formed(&id.text))
    else {
        id_missing::of_term(report, span);
        return None;
    };
    let title = plain_text(title);
    let listed = |name: &'static str| {
        let values = attributes.values.iter();
        let values = values.filter(move |(key, _)| key == name);
        values.flat_map(|(_, word)| word.text.split(','))
    };
    let small = |form: &str| Some(small_letters(form.trim())).filter(|form| !form.is_empty());
    let forms = std::iter::once(title.as_str()).chain(listed("forms"));
    let forms: BTreeSet<String> = forms.filter_map(small).collect();
    let avoid: BTreeSet<String> = listed("avoid").filter_map(small).collect();
    Some(TermDraft {
        id,
        title,
        forms: forms.into_iter().collect(),
        avoid: avoid.into_iter().collect(),
        definition: Vec::new(),
    })
}

/// The terms named by links, `[words](glossary:id)`, with the links.
fn references(nodes: &[Node]) -> impl Iterator<Item = (TermId, &Node)> {
    let mut found = Vec::new();
    walk(nodes, &mut |node| {
        if let NodeKind::Link { url, .. } = &node.kind
            && let Some(id) = term_of(url)
        {
            found.push((TermId::from(id), node));
        }
    });
    found.into_iter()
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;
    use crate::load::Tree;

    fn read(lv: &str, en: &str) -> (DraftGlossary, Vec<String>) {
        let tree = Tree::from_texts([("glossary/lv.md", lv), ("glossary/en.md", en)]);
        let (glossary, found, _) = DraftGlossary::read("glossary", &tree.folders["glossary"]);
        (
            glossary,
            found.into_iter().map(|found| found.message).collect(),
        )
    }

    const LV: &str = "# Vārdnīca\n\nDiskriminācija {#discrimination forms=\"diskriminācijas, diskrimināciju\"}\n: Atšķirīga attieksme **bez pamata**.\n\nNetieša diskriminācija {#indirect}\n: [Diskriminācija](glossary:discrimination) ar vienādu noteikumu.\n";
    const EN: &str = "Discrimination {#discrimination}\n: Less favourable treatment.\n\nIndirect discrimination {#indirect}\n: An equal rule.\n";

    fn found<'a>(glossary: &'a DraftGlossary, text: &'a str) -> Vec<(&'a str, &'a str)> {
        glossary
            .find(text, Language::Lv)
            .into_iter()
            .map(|(range, id)| (&text[range], id.as_str()))
            .collect()
    }

    #[test]
    fn terms_have_definitions_in_their_languages() {
        let (glossary, said) = read(LV, EN);
        assert_eq!(said, [""; 0]);
        let indirect = &glossary.terms[&TermId::from("indirect")][&Language::Lv];
        assert_eq!(indirect.title, "Netieša diskriminācija");
        assert_eq!(indirect.sees(), [TermId::from("discrimination")]);
    }

    #[test]
    fn finds_whole_words_in_any_case_the_longest_first() {
        let (glossary, _) = read(LV, EN);
        assert_eq!(
            found(
                &glossary,
                "DISKRIMINĀCIJAS aizliegums; netieša diskriminācija, Diskrimināciju."
            ),
            [
                ("DISKRIMINĀCIJAS", "discrimination"),
                ("netieša diskriminācija", "indirect"),
                ("Diskrimināciju", "discrimination"),
            ]
        );
        assert_eq!(found(&glossary, "nediskriminācija diskriminācijai"), []);
        assert_eq!(
            found(&glossary, "İ diskriminācija"),
            [("diskriminācija", "discrimination")]
        );
        assert!(glossary.find("discrimination", Language::En).len() == 1);
    }

    #[test]
    fn says_what_is_no_definition() {
        let (_, said) = read("Vārds bez skaidrojuma {#word}\n\nVārds\n: bez id\n", EN);
        assert_eq!(
            said,
            [
                "this is no definition",
                "the term has no id",
                "the term `discrimination` is defined in one language only",
                "the term `indirect` is defined in one language only",
            ]
        );
    }
}
