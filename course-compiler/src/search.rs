//! Searching texts: the index that the compiler writes of courses, handbooks and the glossary, and how it is asked.
//!
//! People type without diacritics, in another case or number than the text, or only the beginning of a word.
//! All of these find; what is closer to what was typed comes first, titles come before headings, and headings
//! before text. Questions and answers are not in it.
//!
//! ```
//! use course_compiler::search::{Index, Query, Section};
//! use course_compiler::{Language, LessonId};
//!
//! let index = Index::new(vec![Section {
//!     lesson: Some(LessonId::from("l-hb-budget")),
//!     heading: "Budžets".to_owned(),
//!     anchor: None,
//!     text: "Katrai dotācijai ir mērķis.".to_owned(),
//!     also: String::new(),
//! }]);
//! let query = Query::new("dotacija", Language::Lv);
//! let found = index.search(&query);
//! assert_eq!(found.hits[0].section.heading, "Budžets");
//! assert!(found.hits[0].excerpt.iter().any(|piece| piece.is_match && piece.text == "dotācijai"));
//! ```
//!
//! A bundle holds the sections alone. Which words stand where is found out when an index is first asked.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::likeness::edit_distance;
use crate::model::{Language, LessonId};

/// Words of a query that count; the rest is left out.
const MOST_WORDS: usize = 8;
/// Hits that are given at most.
const MOST_HITS: usize = 30;
/// How long an excerpt is, in characters, about.
const EXCERPT_CHARS: usize = 220;
/// How much of it stands before the first match, in characters, at most.
const LEAD_CHARS: usize = 60;
/// The shortest word without its ending, in characters.
const SHORTEST_STEM: usize = 3;
/// The shortest beginning of a word that stands for any word that begins with it, in characters.
const SHORTEST_BEGINNING: usize = 3;
/// The shortest stem that a word with more than an ending after it may have, in characters.
const SHORTEST_ROOT: usize = 6;
/// The longest such rest, in characters.
const LONGEST_REST: usize = 4;
/// How many times more a word in a title is worth than one in the text: the farthest there is worth more than the
/// nearest in a heading.
const TITLE_WEIGHT: u32 = 25;
/// The same of a heading: the farthest there is worth more than the nearest in the text.
const HEADING_WEIGHT: u32 = 5;
/// The shortest word that another is suggested for, in characters.
const SHORTEST_MISTYPED: usize = 4;

/// The sections of a course, a handbook or the glossary in one language, and which words stand where.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Index {
    sections: Vec<Section>,
    /// Made when it is first asked for.
    #[serde(skip)]
    words: OnceLock<Words>,
}

impl PartialEq for Index {
    fn eq(&self, other: &Self) -> bool {
        self.sections == other.sections
    }
}

impl Eq for Index {}

/// A piece of a text from one heading to the next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// The lesson; none where it is about the whole course, and in the glossary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lesson: Option<LessonId>,
    /// The heading, or the lesson's or the course's title for what stands before the first heading. Plain text.
    pub heading: String,
    /// The heading's element id in the page; none at the beginning of the lesson.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<String>,
    /// What stands below it, plain text.
    pub text: String,
    /// By which other words the heading is found, although they are not shown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub also: String,
}

impl Section {
    /// Whether its heading is a title.
    const fn is_beginning(&self) -> bool {
        self.anchor.is_none()
    }

    /// Whether it is about the course as a whole.
    const fn is_whole(&self) -> bool {
        self.anchor.is_none() && self.lesson.is_none()
    }
}

/// The words of all sections, in the order of their folded forms, then of how they are written; packed, because there
/// are many.
#[derive(Clone, Debug, Default)]
struct Words {
    /// Of each word the folded form and then the word in small letters, one after the other.
    letters: String,
    /// Where each ends.
    ends: Vec<WordEnds>,
    /// Of each word the sections that have it, in order: twice the section's place, and one more where it stands in
    /// the heading.
    places: Vec<u32>,
}

/// Where in [`Words`] a word ends; it begins where the one before ends.
#[derive(Clone, Copy, Debug, Default)]
struct WordEnds {
    folded: u32,
    spelling: u32,
    places: u32,
}

/// A word of [`Words`].
struct Word<'a> {
    folded: &'a str,
    spelling: &'a str,
    places: &'a [u32],
}

/// What somebody looks for.
#[derive(Clone, Debug)]
pub struct Query {
    words: Vec<Asked>,
}

/// A word as it was typed.
#[derive(Clone, Debug)]
struct Asked {
    typed: String,
    /// In small letters.
    word: String,
    folded: String,
    /// Its folded form without an ending.
    stem: String,
    /// What all forms of the word have in common.
    key: String,
    /// What all of the words that it finds begin with, folded.
    beginning: String,
    language: Language,
}

/// A section that has words of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// The section's place in the index.
    pub place: usize,
    /// How many words of the query it has.
    pub words: usize,
    /// What they are worth; more is better.
    pub score: u32,
}

/// What a query found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search<'a> {
    /// The best first.
    pub hits: Vec<Hit<'a>>,
    /// Whether each has every word; otherwise no section has, and these have the most of them.
    pub has_all_words: bool,
}

/// A section that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit<'a> {
    /// The section.
    pub section: &'a Section,
    /// Its heading.
    pub heading: Vec<Piece>,
    /// The piece of its text around the first match.
    pub excerpt: Vec<Piece>,
}

/// A piece of text, plain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Whether it is what was looked for.
    pub is_match: bool,
}

impl Words {
    fn of(sections: &[Section]) -> Self {
        let mut found: BTreeMap<(String, String), Vec<u32>> = BTreeMap::new();
        for (place, section) in sections.iter().enumerate() {
            let place = packed(place).saturating_mul(2);
            for (text, code) in [
                (&section.heading, place.saturating_add(1)),
                (&section.also, place.saturating_add(1)),
                (&section.text, place),
            ] {
                for range in word_ranges(text) {
                    let word = text.get(range).unwrap_or_default().to_lowercase();
                    let places = found.entry((fold(&word), word)).or_default();
                    if places.last() != Some(&code) {
                        places.push(code);
                    }
                }
            }
        }
        let mut words = Self::default();
        for ((folded, spelling), places) in found {
            words.letters.push_str(&folded);
            let folded = packed(words.letters.len());
            words.letters.push_str(&spelling);
            words.places.extend(places);
            words.ends.push(WordEnds {
                folded,
                spelling: packed(words.letters.len()),
                places: packed(words.places.len()),
            });
        }
        words
    }

    fn get(&self, number: usize) -> Option<Word<'_>> {
        let before = number
            .checked_sub(1)
            .and_then(|before| self.ends.get(before));
        let (before, ends) = (before.copied().unwrap_or_default(), self.ends.get(number)?);
        Some(Word {
            folded: self.letters.get(range(before.spelling, ends.folded))?,
            spelling: self.letters.get(range(ends.folded, ends.spelling))?,
            places: self.places.get(range(before.places, ends.places))?,
        })
    }

    /// The words that begin so, folded.
    fn beginning_with(&self, beginning: &str) -> impl Iterator<Item = Word<'_>> {
        let (mut from, mut to) = (0, self.ends.len());
        while from < to {
            let middle = usize::midpoint(from, to);
            match self.get(middle) {
                Some(word) if word.folded < beginning => from = middle.saturating_add(1),
                _ => to = middle,
            }
        }
        (from..self.ends.len())
            .map_while(|number| self.get(number))
            .take_while(move |word| word.folded.starts_with(beginning))
    }
}

/// A number of letters, words or places, of which there are fewer than four thousand million.
fn packed(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn range(from: u32, to: u32) -> Range<usize> {
    usize::try_from(from).unwrap_or(usize::MAX)..usize::try_from(to).unwrap_or(usize::MAX)
}

impl Index {
    /// An index of sections in reading order.
    #[must_use]
    pub fn new(sections: Vec<Section>) -> Self {
        Self {
            sections,
            words: OnceLock::new(),
        }
    }

    /// The sections, in reading order.
    #[must_use]
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// The sections of lessons that have the words of a query, the best first; none for a query without words. Where
    /// none has every word, those that have the most of them, if that is half of them or more.
    #[must_use]
    pub fn search(&self, query: &Query) -> Search<'_> {
        let mut found = self.find(query);
        let is_whole = |found: &Found| {
            self.sections
                .get(found.place)
                .is_some_and(Section::is_whole)
        };
        found.retain(|found| !is_whole(found));
        let has_all_words = keep_best(&mut found, query, |found| found.words);
        found.sort_by_key(|found| (Reverse(found.score), found.place));
        Search {
            hits: found
                .into_iter()
                .take(MOST_HITS)
                .filter_map(|found| self.hit(query, found.place))
                .collect(),
            has_all_words,
        }
    }

    /// The sections that have words of a query, in reading order. What the title of a section's lesson has counts for
    /// the section, if it has another word itself.
    #[must_use]
    pub fn find(&self, query: &Query) -> Vec<Found> {
        let mut all: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
        for (number, asked) in query.words.iter().enumerate() {
            for (place, score) in self.places(asked) {
                let scores = all.entry(place).or_default();
                scores.resize(query.words.len(), 0);
                if let Some(known) = scores.get_mut(number) {
                    *known = score;
                }
            }
        }
        let mut title: Option<(&Option<LessonId>, Vec<u32>)> = None;
        let mut found = Vec::new();
        let has = |scores: &[u32]| scores.iter().filter(|score| **score > 0).count();
        for (place, section) in self.sections.iter().enumerate() {
            let scores = all.remove(&place);
            if section.is_beginning() {
                title = scores.clone().map(|scores| (&section.lesson, scores));
            }
            let Some(mut scores) = scores else { continue };
            if let Some((lesson, of_title)) = &title
                && **lesson == section.lesson
                && !section.is_beginning()
            {
                for (score, of_title) in scores.iter_mut().zip(of_title) {
                    *score = (*score).max((*of_title).min(1));
                }
            }
            found.push(Found {
                place,
                words: has(&scores),
                score: scores.iter().copied().fold(0, u32::saturating_add),
            });
        }
        found
    }

    /// A section with what a query finds in it.
    #[must_use]
    pub fn hit(&self, query: &Query, place: usize) -> Option<Hit<'_>> {
        let section = self.sections.get(place)?;
        Some(Hit {
            section,
            heading: query.pieces(&section.heading),
            excerpt: query.excerpt(&section.text),
        })
    }

    /// The sections that have a word, with what that is worth.
    fn places(&self, asked: &Asked) -> BTreeMap<usize, u32> {
        let mut places = BTreeMap::new();
        for (nearness, word) in self.words_for(asked) {
            for code in word.places {
                let place = usize::try_from(code / 2).unwrap_or(usize::MAX);
                let weight = match self.sections.get(place) {
                    _ if code % 2 == 0 => 1,
                    Some(section) if section.is_beginning() => TITLE_WEIGHT,
                    _ => HEADING_WEIGHT,
                };
                let best = places.entry(place).or_insert(0);
                *best = nearness.saturating_mul(weight).max(*best);
            }
        }
        places
    }

    /// The words that a typed one finds, each with how near it is.
    fn words_for<'a>(&'a self, asked: &'a Asked) -> impl Iterator<Item = (u32, Word<'a>)> {
        self.words()
            .beginning_with(&asked.beginning)
            .filter_map(|word| Some((asked.nearness(word.spelling, word.folded)?, word)))
    }

    fn words(&self) -> &Words {
        self.words.get_or_init(|| Words::of(&self.sections))
    }

    /// The word nearest to a mistyped one, among those that begin with the same letter; with how far it is.
    fn nearest(&self, asked: &Asked) -> Option<(usize, &str)> {
        let length = asked.folded.chars().count();
        let farthest = match length {
            ..SHORTEST_MISTYPED => return None,
            SHORTEST_MISTYPED..6 => 1,
            _ => 2,
        };
        let first: String = asked.folded.chars().take(1).collect();
        self.words()
            .beginning_with(&first)
            .filter(|word| word.folded.chars().count().abs_diff(length) <= farthest)
            .map(|word| (edit_distance(word.folded, &asked.folded), word.spelling))
            .filter(|(distance, _)| *distance <= farthest)
            .min()
    }
}

/// Keeps what has every word of a query; where nothing has, what has the most of them, if that is half of them or more.
/// Whether what is kept has every word.
pub fn keep_best<T>(found: &mut Vec<T>, query: &Query, words: impl Fn(&T) -> usize) -> bool {
    let most = found.iter().map(&words).max().unwrap_or_default();
    let is_enough = most.saturating_mul(2) >= query.words.len();
    found.retain(|one| is_enough && words(one) == most);
    most >= query.words.len()
}

impl Query {
    /// The words of a query in a language. Those that every text has (*un*, *the*) are left out, unless there are no
    /// others.
    #[must_use]
    pub fn new(text: &str, language: Language) -> Self {
        let all: Vec<&str> = word_ranges(text)
            .filter_map(|range| text.get(range))
            .collect();
        let says_little = |word: &str| {
            let folded = fold(&word.to_lowercase());
            little_words(language).contains(&folded.as_str())
        };
        let mut telling: Vec<&str> = all.clone();
        telling.retain(|word| !says_little(word));
        let words = if telling.is_empty() { all } else { telling };
        Self {
            words: words
                .into_iter()
                .take(MOST_WORDS)
                .map(|word| Asked::new(word, language))
                .collect(),
        }
    }

    /// Whether there is nothing to look for.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The same with each word that none of the indexes has replaced by the nearest that one has; none if that
    /// changes nothing.
    #[must_use]
    pub fn suggestion(&self, indexes: &[&Index]) -> Option<String> {
        let mut is_other = false;
        let words = self.words.iter().map(|asked| {
            let is_known = indexes
                .iter()
                .any(|index| index.words_for(asked).next().is_some());
            let nearest = if is_known {
                None
            } else {
                indexes
                    .iter()
                    .filter_map(|index| index.nearest(asked))
                    .min()
            };
            is_other |= nearest.is_some();
            nearest.map_or(asked.typed.as_str(), |(_, word)| word)
        });
        let words: Vec<&str> = words.collect();
        is_other.then(|| words.join(" "))
    }

    /// The places in a text that have a word that was asked for.
    fn matches(&self, text: &str) -> Vec<Range<usize>> {
        word_ranges(text)
            .filter(|range| {
                let word = text.get(range.clone()).unwrap_or_default().to_lowercase();
                let folded = fold(&word);
                self.words
                    .iter()
                    .any(|asked| asked.nearness(&word, &folded).is_some())
            })
            .collect()
    }

    /// A text, cut where words begin and end that were asked for.
    #[must_use]
    pub fn pieces(&self, text: &str) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut push = |range: Range<usize>, is_match| {
            if let Some(text) = text.get(range).filter(|text| !text.is_empty()) {
                pieces.push(Piece {
                    text: text.to_owned(),
                    is_match,
                });
            }
        };
        let mut rest = 0;
        for range in self.matches(text) {
            push(rest..range.start, false);
            rest = range.end;
            push(range, true);
        }
        push(rest..text.len(), false);
        pieces
    }

    /// The part of a text around the first match, or its beginning.
    fn excerpt(&self, text: &str) -> Vec<Piece> {
        let first = self.matches(text).first().map_or(0, |range| range.start);
        let before = text.get(..first).unwrap_or_default();
        let lead = before
            .char_indices()
            .rev()
            .take(LEAD_CHARS)
            .last()
            .map_or(0, |(at, _)| at);
        // From a word's beginning to a word's end.
        let start = match before.get(lead..).and_then(|lead| lead.find(' ')) {
            Some(space) if lead > 0 => lead.saturating_add(space).saturating_add(1),
            _ => lead,
        };
        let rest = text.get(start..).unwrap_or_default();
        let end = match rest.char_indices().nth(EXCERPT_CHARS) {
            None => text.len(),
            Some((cut, _)) => {
                let whole = rest.get(..cut).and_then(|rest| rest.rfind(' '));
                start.saturating_add(whole.unwrap_or(cut))
            }
        };
        let mut pieces = self.pieces(text.get(start..end).unwrap_or_default());
        let dots = || Piece {
            text: "…".to_owned(),
            is_match: false,
        };
        if start > 0 {
            pieces.insert(0, dots());
        }
        if end < text.len() {
            pieces.push(dots());
        }
        pieces
    }
}

impl Asked {
    fn new(typed: &str, language: Language) -> Self {
        let word = typed.to_lowercase();
        let folded = fold(&word);
        let stem = stem(&folded, language).to_owned();
        let key = key(&folded, language);
        let other = irregular(language)
            .iter()
            .find(|(one, other)| *one == folded || *other == folded)
            .map_or(
                key.as_str(),
                |(one, other)| if *one == folded { other } else { one },
            );
        let mut beginning = common_beginning(&folded, other).to_owned();
        // What may have been another letter: see `key`.
        if language == Language::Lv && beginning == key && key.ends_with(['s', 'z']) {
            beginning.pop();
        }
        Self {
            typed: typed.to_owned(),
            word,
            stem,
            key,
            beginning,
            folded,
            language,
        }
    }

    /// How near a word of the text is to this one: the same, the same without diacritics, longer, in another
    /// form, of the same root; `None` when it is another word.
    fn nearness(&self, word: &str, folded: &str) -> Option<u32> {
        if word == self.word {
            return Some(8);
        }
        if folded == self.folded {
            return Some(6);
        }
        let is_beginning = self.folded.chars().count() >= SHORTEST_BEGINNING;
        if is_beginning && folded.starts_with(&self.folded) {
            return Some(4);
        }
        if key(folded, self.language) == self.key {
            return Some(3);
        }
        let rest = folded.strip_prefix(&self.stem)?;
        let is_root = self.stem.chars().count() >= SHORTEST_ROOT;
        (is_root && rest.chars().count() <= LONGEST_REST).then_some(2)
    }
}

/// Words that say little of what somebody looks for, folded.
const fn little_words(language: Language) -> &'static [&'static str] {
    match language {
        Language::Lv => &[
            "ar", "ari", "bet", "cik", "es", "ir", "jo", "ja", "ka", "kad", "kada", "kadas",
            "kadi", "kads", "kapec", "kas", "ko", "kur", "kura", "kuras", "kuri", "kurs", "ka",
            "lai", "man", "mana", "manas", "mani", "mans", "mums", "musu", "mus", "no", "par",
            "pa", "pec", "pie", "tas", "ta", "to", "un", "uz", "vai", "var",
        ],
        Language::En => &[
            "a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from",
            "how", "i", "in", "is", "it", "my", "of", "on", "or", "our", "that", "the", "there",
            "this", "to", "we", "what", "when", "where", "which", "who", "why", "with",
        ],
    }
}

/// Forms of one word that do not begin alike, folded.
const fn irregular(language: Language) -> &'static [(&'static str, &'static str)] {
    match language {
        Language::Lv => &[],
        Language::En => &[("children", "child"), ("men", "man"), ("women", "woman")],
    }
}

/// A folded word without its ending, so that other forms of it begin the same.
fn stem(folded: &str, language: Language) -> &str {
    let endings: &[&str] = match language {
        Language::Lv => &[
            "ajiem", "aties", "eties", "ities", "oties", "ajai", "ajam", "ajas", "ajos", "aja",
            "ais", "iem", "ai", "am", "as", "at", "ei", "em", "es", "et", "ie", "im", "is", "it",
            "os", "ot", "um", "us", "a", "e", "i", "o", "s", "u",
        ],
        Language::En => &["ing", "ied", "ies", "ed", "es", "e", "s", "y"],
    };
    if language == Language::En && folded.ends_with("ss") {
        return folded;
    }
    endings
        .iter()
        .filter_map(|ending| folded.strip_suffix(ending))
        .filter(|stem| stem.chars().count() >= SHORTEST_STEM)
        .min_by_key(|stem| stem.len())
        .unwrap_or(folded)
}

/// What all forms of a folded word have in common: its stem, in Latvian without what endings do to its last
/// consonants (*sieviete*, *sieviešu*; *iestāde*, *iestāžu*; *zeme*, *zemju*).
fn key(folded: &str, language: Language) -> String {
    if let Some((_, one)) = irregular(language).iter().find(|(many, _)| *many == folded) {
        return (*one).to_owned();
    }
    let mut key = stem(folded, language).to_owned();
    if language == Language::Lv && key.len() < folded.len() {
        let soft = ["bj", "mj", "pj", "vj"];
        match key.chars().last() {
            Some('j') if soft.iter().any(|soft| key.ends_with(soft)) => drop(key.pop()),
            Some('t') => key.replace_range(key.len().saturating_sub(1).., "s"),
            Some('d') => key.replace_range(key.len().saturating_sub(1).., "z"),
            _ => {}
        }
    }
    key
}

fn common_beginning<'a>(one: &'a str, other: &str) -> &'a str {
    let end = one
        .char_indices()
        .zip(other.chars())
        .find(|((_, a), b)| a != b)
        .map_or(one.len().min(other.len()), |((at, _), _)| at);
    one.get(..end).unwrap_or_default()
}

/// Without diacritics.
fn fold(text: &str) -> String {
    text.nfd().filter(|c| !is_combining_mark(*c)).collect()
}

/// Where the words of a text stand: runs of letters and digits.
fn word_ranges(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let in_word = |c: char| c.is_alphanumeric() || is_combining_mark(c);
        let (start, first) = rest.find(|(_, c)| in_word(*c))?;
        let mut end = start.saturating_add(first.len_utf8());
        while let Some((at, c)) = rest.next_if(|(_, c)| in_word(*c)) {
            end = at.saturating_add(c.len_utf8());
        }
        Some(start..end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn section(heading: &str, text: &str) -> Section {
        Section {
            lesson: Some(LessonId::from("l-a")),
            heading: heading.to_owned(),
            anchor: Some("h-a".to_owned()),
            text: text.to_owned(),
            also: String::new(),
        }
    }

    fn handbook() -> Index {
        Index::new(vec![
            section("Budžets", "Par diskrimināciju darbā un par dotācijām."),
            section("Diskriminācija", "Kas tā ir."),
            section(
                "Darba vieta",
                "Darbnespēja un netieša diskriminācija nozarē.",
            ),
        ])
    }

    fn found(query: &str) -> Vec<String> {
        handbook()
            .search(&Query::new(query, Language::Lv))
            .hits
            .into_iter()
            .map(|hit| hit.section.heading.clone())
            .collect()
    }

    fn marked(pieces: &[Piece]) -> String {
        pieces
            .iter()
            .map(|piece| {
                if piece.is_match {
                    format!("[{}]", piece.text)
                } else {
                    piece.text.clone()
                }
            })
            .collect()
    }

    #[test]
    fn headings_come_before_text_and_the_same_word_before_other_forms() {
        assert_eq!(
            found("diskriminācija"),
            ["Diskriminācija", "Darba vieta", "Budžets"]
        );
    }

    #[test]
    fn diacritics_case_and_endings_do_not_matter() {
        for query in [
            "diskriminacija",
            "DISKRIMINĀCIJAS",
            "diskr",
            "diskriminacijai",
        ] {
            let mut found = found(query);
            found.sort();
            assert_eq!(
                found,
                ["Budžets", "Darba vieta", "Diskriminācija"],
                "{query}"
            );
        }
    }

    #[test]
    fn every_word_has_to_be_there() {
        assert_eq!(found("netieša diskriminācija"), ["Darba vieta"]);
        assert_eq!(found(" – ?"), [""; 0]);
        let index = handbook();
        assert!(
            index
                .search(&Query::new("netieša diskriminācija", Language::Lv))
                .has_all_words
        );
    }

    #[test]
    fn where_none_has_every_word_those_with_most_are_shown() {
        let index = handbook();
        let query = Query::new("netieša diskriminācija budžetā", Language::Lv);
        let search = index.search(&query);
        assert!(!search.has_all_words);
        let headings: Vec<_> = search
            .hits
            .iter()
            .map(|hit| hit.section.heading.as_str())
            .collect();
        assert_eq!(
            headings,
            ["Budžets", "Darba vieta"],
            "two of three words each"
        );
        // One of three is too few.
        assert_eq!(found("budžets xyzzy qwert"), [""; 0]);
    }

    #[test]
    fn little_words_are_left_out_unless_there_are_no_others() {
        assert_eq!(
            found("kas ir netieša diskriminācija un kur"),
            ["Darba vieta"]
        );
        assert_eq!(found("kas tā ir"), ["Diskriminācija"]);
    }

    #[test]
    fn words_are_found_in_all_their_forms() {
        for (language, forms) in [
            (
                Language::Lv,
                &["alga", "algas", "algu", "algām", "algai"][..],
            ),
            (Language::Lv, &["dati", "datu", "datiem", "datos"]),
            (
                Language::Lv,
                &["sieviete", "sieviešu", "sievietēm", "sievietes"],
            ),
            (
                Language::Lv,
                &["vīrietis", "vīrieša", "vīriešiem", "vīrieti"],
            ),
            (Language::Lv, &["iestāde", "iestāžu", "iestādēs"]),
            (Language::Lv, &["zeme", "zemju", "zemēm"]),
            (Language::Lv, &["brālis", "brāļa", "brāļiem"]),
            (
                Language::Lv,
                &[
                    "pakalpojums",
                    "pakalpojumu",
                    "pakalpojumiem",
                    "pakalpojumos",
                ],
            ),
            (
                Language::Lv,
                &["pieejams", "pieejamie", "pieejamajiem", "pieejamā"],
            ),
            (Language::Lv, &["maina", "mainu", "mainīt", "maini"]),
            (Language::En, &["policy", "policies"]),
            (Language::En, &["woman", "women"]),
            (Language::En, &["process", "processes"]),
            (Language::En, &["change", "changes", "changing", "changed"]),
            (Language::En, &["service", "services"]),
            (Language::En, &["pay", "pays", "paying"]),
        ] {
            for one in forms {
                for other in forms {
                    let index = Index::new(vec![section("", &format!("Te ir {other}."))]);
                    for asked in [(*one).to_owned(), fold(one), one.to_uppercase()] {
                        let search = index.search(&Query::new(&asked, language));
                        assert_eq!(search.hits.len(), 1, "{asked} finds {other}");
                    }
                }
            }
        }
    }

    #[test]
    fn other_words_are_not_found() {
        for (language, one, other) in [
            (Language::Lv, "tiesa", "tiesība"),
            (Language::Lv, "vara", "varētu"),
            (Language::Lv, "es", "estētika"),
            (Language::Lv, "maksa", "makets"),
            (Language::En, "aged", "aid"),
            (Language::En, "aid", "paid"),
        ] {
            let index = Index::new(vec![section("", other)]);
            let search = index.search(&Query::new(one, language));
            assert!(search.hits.is_empty(), "{one} finds {other}");
        }
    }

    #[test]
    fn titles_come_before_headings_and_headings_before_text() {
        let title = Section {
            anchor: None,
            ..section("Valsts budžetu veido", "")
        };
        let of_another = |heading, text| Section {
            lesson: Some(LessonId::from("l-b")),
            ..section(heading, text)
        };
        let index = Index::new(vec![
            of_another("A", "Budžets."),
            of_another("Budžets", ""),
            title,
        ]);
        let query = Query::new("Budžets", Language::Lv);
        let headings: Vec<_> = index
            .search(&query)
            .hits
            .iter()
            .map(|hit| hit.section.heading.clone())
            .collect();
        assert_eq!(headings, ["Valsts budžetu veido", "Budžets", "A"]);
    }

    #[test]
    fn what_the_title_says_counts_for_the_sections_below() {
        let title = Section {
            anchor: None,
            ..section("Budžets un nodokļi", "")
        };
        let index = Index::new(vec![
            title,
            section("Desmit jautājumi", "Kam tiek?"),
            section("Dati", ""),
        ]);
        let search = index.search(&Query::new("budžeta jautājumi", Language::Lv));
        let headings: Vec<_> = search
            .hits
            .iter()
            .map(|hit| hit.section.heading.as_str())
            .collect();
        assert_eq!(headings, ["Desmit jautājumi"]);
        assert!(search.has_all_words);
        // Alone, the title's words do not find what stands below.
        assert_eq!(
            index
                .search(&Query::new("budžets", Language::Lv))
                .hits
                .len(),
            1
        );
    }

    #[test]
    fn a_mistyped_word_is_put_right_from_the_words_there_are() {
        let index = handbook();
        let suggestion = |text| Query::new(text, Language::Lv).suggestion(&[&index]);
        assert_eq!(
            suggestion("netieša diskrimminacija").as_deref(),
            Some("netieša diskriminācija")
        );
        assert_eq!(suggestion("netiesa diskriminacija"), None, "both are there");
        assert_eq!(suggestion("budzzets").as_deref(), Some("budžets"));
        assert_eq!(suggestion("xyzzy"), None);
        assert_eq!(suggestion("ka"), None, "too short to tell");
    }

    #[test]
    fn other_words_for_a_heading_find_it_and_are_not_shown() {
        let index = Index::new(vec![Section {
            also: "bosings".to_owned(),
            ..section("Mobings", "Vajāšana darbā.")
        }]);
        let hits = index.search(&Query::new("bosings", Language::Lv)).hits;
        assert_eq!(marked(&hits[0].heading), "Mobings");
    }

    #[test]
    fn a_bundle_holds_the_sections_alone() {
        let index = handbook();
        let _ = index.search(&Query::new("budžets", Language::Lv));
        let json = serde_json::to_string(&index).unwrap();
        assert!(!json.contains("budzets"), "{json}");
        assert_eq!(serde_json::from_str::<Index>(&json).unwrap(), index);
    }

    #[test]
    fn a_short_stem_does_not_find_longer_words() {
        let index = handbook();
        let hits = index.search(&Query::new("darbs", Language::Lv)).hits;
        let shown: Vec<String> = hits.iter().map(|hit| marked(&hit.heading)).collect();
        assert_eq!(shown, ["[Darba] vieta", "Budžets"]);
        assert_eq!(
            marked(&hits[0].excerpt),
            "Darbnespēja un netieša diskriminācija nozarē."
        );
    }

    #[test]
    fn excerpts_are_cut_between_words_around_the_first_match() {
        let text = format!(
            "{}īstais vārds {}",
            "sākums ".repeat(30),
            "beigas ".repeat(60)
        );
        let index = Index::new(vec![section("A", text.trim_end())]);
        let hits = index.search(&Query::new("istais", Language::Lv)).hits;
        let shown = marked(&hits[0].excerpt);
        assert!(shown.starts_with("…sākums"), "{shown}");
        assert!(shown.contains("sākums [īstais] vārds beigas"), "{shown}");
        assert!(shown.ends_with("beigas…"), "{shown}");
        assert!(shown.chars().count() < EXCERPT_CHARS + 10, "{shown}");
    }

    #[test]
    fn english_plurals_find_the_singular() {
        let index = Index::new(vec![section("Grounds", "One ground.")]);
        assert_eq!(
            marked(&index.search(&Query::new("grounds", Language::En)).hits[0].excerpt),
            "One [ground]."
        );
    }

    proptest! {
        #[test]
        fn never_panics_and_shows_what_stands_there(text in "(?s).{0,400}", query in ".{0,30}") {
            let index = Index::new(vec![section(&text, &text)]);
            for language in Language::ALL {
              let query = Query::new(&query, *language);
              let _ = query.suggestion(&[&index]);
              for hit in index.search(&query).hits {
                let heading: String = hit.heading.iter().map(|piece| piece.text.as_str()).collect();
                prop_assert_eq!(&heading, &text);
                prop_assert!(hit.heading.iter().any(|piece| piece.is_match));
              }
            }
        }
    }
}
