//! The search of a handbook: the index made by the compiler, and its queries.
//!
//! People omit diacritics, use another case or grammatical number than the text, or type only the beginning
//! of a word. All of these match; closer matches come first, and headings before text.
//!
//! ```
//! use course_compiler::search::{Index, Section};
//! use course_compiler::{Language, LessonId};
//!
//! let index = Index::new(vec![Section {
//!     lesson: LessonId::from("l-hb-budget"),
//!     heading: "Budžets".to_owned(),
//!     anchor: None,
//!     text: "Katrai dotācijai ir mērķis.".to_owned(),
//! }]);
//! let hits = index.search("dotacija", Language::Lv);
//! assert_eq!(hits[0].section.heading, "Budžets");
//! assert!(hits[0].excerpt.iter().any(|piece| piece.is_match && piece.text == "dotācijai"));
//! ```

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::model::{Language, LessonId};

/// The most words of a query; further ones are ignored.
const MOST_WORDS: usize = 8;
/// The most hits.
const MOST_HITS: usize = 30;
/// The approximate length of an excerpt in characters.
const EXCERPT_CHARS: usize = 220;
/// The most characters of an excerpt before the first match.
const LEAD_CHARS: usize = 60;
/// The shortest stem that is matched as a prefix, in characters.
const SHORTEST_STEM: usize = 4;
/// The longest ending that a matching word may have after the stem, in characters.
const LONGEST_ENDING: usize = 4;
/// The weight of a match in a heading, relative to one in the text.
const HEADING_WEIGHT: u32 = 5;

/// The sections of a handbook in one language, and the sections of each word.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Index {
    sections: Vec<Section>,
    /// Ordered by their folded forms, then by the words.
    words: Vec<Word>,
}

/// A section of a lesson: from one heading to the next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// The lesson.
    pub lesson: LessonId,
    /// The heading, or the lesson's title for the text before the first heading. Plain text.
    pub heading: String,
    /// The id of the heading on the page; `None` at the beginning of the lesson.
    pub anchor: Option<String>,
    /// The text below it, plain text.
    pub text: String,
}

/// A word with the sections that contain it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Word {
    /// Without diacritics.
    folded: String,
    /// In lower case.
    spelling: String,
    /// Indices of sections with it in their heading.
    headings: BTreeSet<usize>,
    /// Indices of sections with it in their text.
    texts: BTreeSet<usize>,
}

/// A section that matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit<'a> {
    /// The section.
    pub section: &'a Section,
    /// Its heading.
    pub heading: Vec<Piece>,
    /// The part of its text around the first match.
    pub excerpt: Vec<Piece>,
}

/// A piece of plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Whether it matches the query.
    pub is_match: bool,
}

/// A word of a query.
struct Asked {
    word: String,
    folded: String,
    /// Its folded form without an ending.
    stem: String,
}

impl Index {
    /// An index of sections in reading order.
    #[must_use]
    pub fn new(sections: Vec<Section>) -> Self {
        let mut words: BTreeMap<(String, String), Word> = BTreeMap::new();
        for (place, section) in sections.iter().enumerate() {
            for (text, is_heading) in [(&section.heading, true), (&section.text, false)] {
                for range in word_ranges(text) {
                    let word = text.get(range).unwrap_or_default().to_lowercase();
                    let folded = fold(&word);
                    let known = words
                        .entry((folded.clone(), word.clone()))
                        .or_insert_with(|| Word {
                            folded,
                            spelling: word,
                            headings: BTreeSet::new(),
                            texts: BTreeSet::new(),
                        });
                    if is_heading {
                        known.headings.insert(place);
                    } else {
                        known.texts.insert(place);
                    }
                }
            }
        }
        Self {
            sections,
            words: words.into_values().collect(),
        }
    }

    /// The sections that contain every word of `query`, the best first; none for a query without words.
    #[must_use]
    pub fn search(&self, query: &str, language: Language) -> Vec<Hit<'_>> {
        let asked = asked(query, language);
        let mut scores: Option<BTreeMap<usize, u32>> = None;
        for word in &asked {
            let found = self.places(word);
            scores = Some(match scores {
                None => found,
                Some(before) => before
                    .into_iter()
                    .filter_map(|(place, score)| {
                        Some((place, score.saturating_add(*found.get(&place)?)))
                    })
                    .collect(),
            });
        }
        let mut ranked: Vec<(usize, u32)> = scores.unwrap_or_default().into_iter().collect();
        ranked.sort_by_key(|(place, score)| (Reverse(*score), *place));
        ranked
            .into_iter()
            .take(MOST_HITS)
            .filter_map(|(place, _)| {
                let section = self.sections.get(place)?;
                Some(Hit {
                    section,
                    heading: pieces(&section.heading, &asked),
                    excerpt: excerpt(&section.text, &asked),
                })
            })
            .collect()
    }

    /// The sections that contain a word, with their weights.
    fn places(&self, asked: &Asked) -> BTreeMap<usize, u32> {
        let first = self
            .words
            .partition_point(|word| word.folded.as_str() < asked.stem.as_str());
        let mut places = BTreeMap::new();
        let candidates = self.words.iter().skip(first);
        for word in candidates.take_while(|word| word.folded.starts_with(&asked.stem)) {
            let Some(nearness) = asked.nearness(&word.spelling, &word.folded) else {
                continue;
            };
            let in_heading = nearness.saturating_mul(HEADING_WEIGHT);
            let weighted = word.headings.iter().map(|place| (*place, in_heading));
            for (place, score) in weighted.chain(word.texts.iter().map(|place| (*place, nearness)))
            {
                let best = places.entry(place).or_insert(0);
                *best = score.max(*best);
            }
        }
        places
    }
}

impl Asked {
    /// How close a word of the text is to this one: equal, equal without diacritics, longer, another form;
    /// `None` if it is another word.
    fn nearness(&self, word: &str, folded: &str) -> Option<u32> {
        if word == self.word {
            return Some(8);
        }
        if folded == self.folded {
            return Some(6);
        }
        if folded.starts_with(&self.folded) {
            return Some(4);
        }
        let ending = folded.strip_prefix(&self.stem)?;
        (ending.chars().count() <= LONGEST_ENDING).then_some(2)
    }
}

/// The words of a query.
fn asked(query: &str, language: Language) -> Vec<Asked> {
    word_ranges(query)
        .take(MOST_WORDS)
        .filter_map(|range| query.get(range))
        .map(|word| {
            let word = word.to_lowercase();
            let folded = fold(&word);
            let stem = stem(&folded, language).to_owned();
            Asked { word, folded, stem }
        })
        .collect()
}

/// A folded word without its ending, which is common to its other forms.
fn stem(folded: &str, language: Language) -> &str {
    let endings: &[&str] = match language {
        Language::Lv => &[
            "iem", "ajam", "ajai", "ajas", "ajos", "am", "as", "ai", "ei", "es", "em", "os", "us",
            "is", "im", "um", "a", "e", "i", "u", "o", "s",
        ],
        Language::En => &["es", "s"],
    };
    endings
        .iter()
        .filter_map(|ending| folded.strip_suffix(ending))
        .filter(|stem| stem.chars().count() >= SHORTEST_STEM)
        .min_by_key(|stem| stem.len())
        .unwrap_or(folded)
}

/// Without diacritics.
fn fold(text: &str) -> String {
    text.nfd().filter(|c| !is_combining_mark(*c)).collect()
}

/// The places of words in a text: runs of letters and digits.
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

/// The places of matching words in a text.
fn matches(text: &str, asked: &[Asked]) -> Vec<Range<usize>> {
    word_ranges(text)
        .filter(|range| {
            let word = text.get(range.clone()).unwrap_or_default().to_lowercase();
            let folded = fold(&word);
            asked
                .iter()
                .any(|asked| asked.nearness(&word, &folded).is_some())
        })
        .collect()
}

/// A text split at the beginnings and ends of matches.
fn pieces(text: &str, asked: &[Asked]) -> Vec<Piece> {
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
    for range in matches(text, asked) {
        push(rest..range.start, false);
        rest = range.end;
        push(range, true);
    }
    push(rest..text.len(), false);
    pieces
}

/// The part of a text around the first match, or its beginning.
fn excerpt(text: &str, asked: &[Asked]) -> Vec<Piece> {
    let first = matches(text, asked).first().map_or(0, |range| range.start);
    let before = text.get(..first).unwrap_or_default();
    let lead = before
        .char_indices()
        .rev()
        .take(LEAD_CHARS)
        .last()
        .map_or(0, |(at, _)| at);
    // From the beginning of a word to the end of one.
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
    let mut pieces = pieces(text.get(start..end).unwrap_or_default(), asked);
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn section(heading: &str, text: &str) -> Section {
        Section {
            lesson: LessonId::from("l-a"),
            heading: heading.to_owned(),
            anchor: None,
            text: text.to_owned(),
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
            .search(query, Language::Lv)
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
        assert_eq!(found("budžets nozare"), [""; 0]);
        assert_eq!(found(" – ?"), [""; 0]);
    }

    #[test]
    fn a_short_stem_does_not_find_longer_words() {
        let index = handbook();
        let hits = index.search("darbs", Language::Lv);
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
        let hits = index.search("istais", Language::Lv);
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
            marked(&index.search("grounds", Language::En)[0].excerpt),
            "One [ground]."
        );
    }

    proptest! {
        #[test]
        fn never_panics_and_shows_what_stands_there(text in "(?s).{0,400}", query in ".{0,30}") {
            let index = Index::new(vec![section(&text, &text)]);
            for hit in index.search(&query, Language::Lv) {
                let heading: String = hit.heading.iter().map(|piece| piece.text.as_str()).collect();
                prop_assert_eq!(&heading, &text);
                prop_assert!(hit.heading.iter().any(|piece| piece.is_match));
            }
        }
    }
}
