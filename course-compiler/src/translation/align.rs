//! Finds the source passage of each passage of a translation, and whether the translation is up to date.
//!
//! The record in `course.lock` has priority: a passage and its translation that are both unchanged since the
//! record was written belong together, wherever they are now. Questions, footnotes and the title are matched
//! by name. The remaining passages between matched ones are matched by kind, in order. So a paragraph added
//! to the source does not shift the others, and a whole translation without a record is matched by its
//! structure.

use std::collections::{BTreeMap, VecDeque};

use super::record::{Made, Record};
use crate::draft::{Kind, Passage};
use crate::model::PassageHash;

/// The largest gap that is compared passage by passage, as a product of both lengths.
const LARGEST_GAP: usize = 1 << 20;

/// The most repetitions: passages matched in a gap divide it into smaller gaps.
const MOST_ROUNDS: usize = 16;

/// The state of a passage of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Translated {
    /// Translated by this passage.
    By(usize),
    /// Translated by this passage from an earlier text.
    Stale(usize),
    /// Not translated.
    Missing,
}

/// The origin of a passage of a translation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// This passage of the source.
    Source(usize),
    /// A passage that the source no longer has.
    Gone,
    /// Added by the translator.
    Own,
}

/// The alignment of a translation with its source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Alignment {
    /// The state of each passage of the source.
    pub(crate) source: Vec<Translated>,
    /// The origin of each passage of the translation.
    pub(crate) translation: Vec<Origin>,
    /// If the answers are the reason why the translation of a question is stale, how; by the passage of the
    /// source.
    pub(crate) behind: BTreeMap<usize, Behind>,
    /// The record for `course.lock`.
    pub(crate) record: Record,
}

/// How the answers of a translated question are outdated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Behind {
    /// The source's key, points or answers have changed.
    Key,
    /// The texts or the order of the source's answers have changed.
    Texts,
    /// The answers differ, and it is unknown which of both has changed.
    Unknown,
}

impl Alignment {
    /// Whether readers get this passage of the translation.
    pub(crate) fn is_used(&self, translation: usize) -> bool {
        match self.translation.get(translation) {
            Some(Origin::Source(source)) => self.is_current(*source),
            Some(Origin::Gone) => false,
            Some(Origin::Own) | None => true,
        }
    }

    /// Whether the translation of this passage of the source is up to date.
    pub(crate) fn is_current(&self, source: usize) -> bool {
        matches!(self.source.get(source), Some(Translated::By(_)))
    }
}

/// Aligns a translation. `still_right` says which passages of the translation a person has compared with the
/// current source.
pub(crate) fn align(
    source: &[Passage],
    translation: &[Passage],
    record: &Record,
    still_right: &dyn Fn(usize) -> bool,
) -> Alignment {
    let mut pairs = Pairs::new(source, translation);
    let recorded = pairs.recorded(record);
    pairs.named();
    for _ in 0..MOST_ROUNDS {
        let found = pairs.between_neighbours(Direction::Before);
        if !pairs.between_neighbours(Direction::After) && !found {
            break;
        }
    }

    let is_stale =
        |at: usize| matches!(recorded.get(at), Some(Recorded::Otherwise(_))) && !still_right(at);
    let found: Vec<(Option<usize>, Recorded)> = pairs
        .source_of
        .into_iter()
        .zip(recorded.iter().copied())
        .collect();
    Alignment {
        source: pairs
            .translation_of
            .into_iter()
            .map(|found| match found {
                Some(at) if is_stale(at) => Translated::Stale(at),
                Some(at) => Translated::By(at),
                None => Translated::Missing,
            })
            .collect(),
        translation: found
            .iter()
            .map(|found| match found {
                (Some(at), _) => Origin::Source(*at),
                (None, Recorded::Otherwise(Some(_))) => Origin::Gone,
                (None, _) => Origin::Own,
            })
            .collect(),
        behind: BTreeMap::new(),
        record: (0..)
            .zip(&found)
            .zip(translation)
            .map(|((at, (pair, recorded)), passage)| Made {
                source: match (pair, recorded) {
                    (Some(_), Recorded::Otherwise(before)) if is_stale(at) => *before,
                    (Some(pair), _) => source.get(*pair).map(|source| source.hash),
                    (None, Recorded::Otherwise(before)) => *before,
                    (None, _) => None,
                },
                text: passage.hash,
            })
            .collect(),
    }
}

/// The recorded origin of a passage of the translation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Recorded {
    /// It is new.
    Nothing,
    /// It was translated from the current text of the source.
    AsItIs,
    /// It was translated from another text, or has no source.
    Otherwise(Option<PassageHash>),
}

/// On which side of a passage the neighbour is matched.
#[derive(Clone, Copy)]
enum Direction {
    Before,
    After,
}

/// The passages matched so far.
struct Pairs<'a> {
    source: &'a [Passage],
    translation: &'a [Passage],
    translation_of: Vec<Option<usize>>,
    source_of: Vec<Option<usize>>,
}

impl<'a> Pairs<'a> {
    fn new(source: &'a [Passage], translation: &'a [Passage]) -> Self {
        Self {
            source,
            translation,
            translation_of: vec![None; source.len()],
            source_of: vec![None; translation.len()],
        }
    }

    fn pair(&mut self, source: usize, translation: usize) {
        if let (Some(there), Some(back)) = (
            self.translation_of.get_mut(source),
            self.source_of.get_mut(translation),
        ) {
            *there = Some(translation);
            *back = Some(source);
        }
    }

    /// Matches unchanged passages, and returns the recorded origin of each passage of the translation.
    fn recorded(&mut self, record: &Record) -> Vec<Recorded> {
        let mut sources = by_hash(self.source.iter().map(|passage| passage.hash));
        let mut texts = by_hash(record.iter().map(|made| made.text));
        let mut recorded = vec![Recorded::Nothing; self.translation.len()];
        // If several passages have the same text, the first is the first in the record, the second the
        // second, …
        let places: Vec<Option<usize>> = self
            .translation
            .iter()
            .map(|passage| texts.get_mut(&passage.hash)?.pop_front())
            .collect();
        let mut free = Places::new();
        let mut last = None;
        for (at, place) in places.iter().enumerate() {
            let made = place.and_then(|place| record.get(place));
            if made.is_some_and(|made| self.as_recorded(made, at, &mut sources, &mut last)) {
                set(&mut recorded, at, Recorded::AsItIs);
            } else if let (Some(made), Some(place)) = (made, place) {
                free.entry(made.text).or_default().push_back(*place);
            }
        }
        // … but if one of them was removed, the remaining ones are matched with what fits.
        for (hash, left) in texts {
            free.entry(hash).or_default().extend(left);
        }
        last = None;
        for at in 0..self.translation.len() {
            let Some(passage) = self.translation.get(at) else {
                continue;
            };
            if let Some(source) = self.source_of.get(at).copied().flatten() {
                last = Some(source);
                continue;
            }
            let Some(places) = free.get_mut(&passage.hash) else {
                continue;
            };
            let fitting = places.iter().position(|place| {
                record
                    .get(*place)
                    .is_some_and(|made| self.as_recorded(made, at, &mut sources, &mut last))
            });
            if let Some(fitting) = fitting {
                places.remove(fitting);
                set(&mut recorded, at, Recorded::AsItIs);
            } else if let Some(made) = places.pop_front().and_then(|place| record.get(place)) {
                set(&mut recorded, at, Recorded::Otherwise(made.source));
            }
        }
        recorded
    }

    /// Matches a passage of the translation with its recorded source, if that still exists.
    fn as_recorded(
        &mut self,
        made: &Made,
        text: usize,
        sources: &mut Places,
        last: &mut Option<usize>,
    ) -> bool {
        let Some(places) = made.source.and_then(|hash| sources.get_mut(&hash)) else {
            return false;
        };
        // Of several with the same text, the first after the previous match.
        let before = *last;
        let place = places
            .iter()
            .position(|at| Some(*at) > before)
            .unwrap_or_default();
        let passages = places
            .get(place)
            .and_then(|at| self.source.get(*at))
            .zip(self.translation.get(text));
        if passages.is_none_or(|(source, text)| !source.kind.fits(&text.kind)) {
            return false;
        }
        if let Some(source) = places.remove(place) {
            self.pair(source, text);
            *last = Some(source);
        }
        true
    }

    /// Matches questions, footnotes and the title.
    fn named(&mut self) {
        let mut names: BTreeMap<&Kind, VecDeque<usize>> = BTreeMap::new();
        for (at, passage) in self.source.iter().enumerate() {
            if passage.kind.is_named() && !is_paired(&self.translation_of, at) {
                names.entry(&passage.kind).or_default().push_back(at);
            }
        }
        let translation = self.translation;
        for (at, passage) in translation.iter().enumerate() {
            if passage.kind.is_named()
                && !is_paired(&self.source_of, at)
                && let Some(source) = names.get_mut(&passage.kind).and_then(VecDeque::pop_front)
            {
                self.pair(source, at);
            }
        }
    }

    /// Matches passages next to the same pair; returns whether there were any.
    fn between_neighbours(&mut self, direction: Direction) -> bool {
        let mut found = false;
        let mut gaps: BTreeMap<Option<usize>, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        let mut neighbour = None;
        for at in in_direction(self.source.len(), direction) {
            if is_paired(&self.translation_of, at) {
                neighbour = Some(at);
            } else {
                gaps.entry(neighbour).or_default().0.push(at);
            }
        }
        neighbour = None;
        for at in in_direction(self.translation.len(), direction) {
            match self.source_of.get(at).copied().flatten() {
                Some(source) => neighbour = Some(source),
                None => {
                    if let Some((_, texts)) = gaps.get_mut(&neighbour) {
                        texts.push(at);
                    }
                }
            }
        }
        for (sources, texts) in gaps.into_values() {
            let kinds = |passages: &'a [Passage], of: &[usize]| -> Vec<&'a Kind> {
                of.iter()
                    .filter_map(|at| passages.get(*at).map(|passage| &passage.kind))
                    .collect()
            };
            let matches = by_kind(
                &kinds(self.source, &sources),
                &kinds(self.translation, &texts),
            );
            for (source, text) in matches {
                if let (Some(source), Some(text)) = (sources.get(source), texts.get(text)) {
                    self.pair(*source, *text);
                    found = true;
                }
            }
        }
        found
    }
}

fn is_paired(pairs: &[Option<usize>], at: usize) -> bool {
    pairs.get(at).is_some_and(Option::is_some)
}

fn in_direction(length: usize, direction: Direction) -> Box<dyn Iterator<Item = usize>> {
    match direction {
        Direction::Before => Box::new(0..length),
        Direction::After => Box::new((0..length).rev()),
    }
}

/// The indices of each hash, in order.
type Places = BTreeMap<PassageHash, VecDeque<usize>>;

fn by_hash(hashes: impl Iterator<Item = PassageHash>) -> Places {
    let mut places = Places::new();
    for (at, hash) in hashes.enumerate() {
        places.entry(hash).or_default().push_back(at);
    }
    places
}

fn set(recorded: &mut [Recorded], at: usize, value: Recorded) {
    if let Some(slot) = recorded.get_mut(at) {
        *slot = value;
    }
}

/// Matches the passages of a gap: as many of the same kind as possible in order, and between those, if both
/// sides have the same number, those that fit.
fn by_kind(source: &[&Kind], translation: &[&Kind]) -> Vec<(usize, usize)> {
    let mut pairs = common(source, translation);
    let in_order = source.iter().zip(translation);
    if source.len() == translation.len()
        && in_order.clone().filter(|(a, b)| is_same(a, b)).count() >= pairs.len()
        && in_order.clone().all(|(a, b)| a.fits(b))
    {
        return (0..source.len()).map(|at| (at, at)).collect();
    }
    let mut others = Vec::new();
    let mut from = (0, 0);
    for &(source_end, text_end) in pairs.iter().chain([&(source.len(), translation.len())]) {
        let left = source.get(from.0..source_end).unwrap_or_default();
        let right = translation.get(from.1..text_end).unwrap_or_default();
        if left.len() == right.len() {
            let start = from;
            others.extend(
                (0..)
                    .zip(left.iter().zip(right))
                    .filter(|(_, (a, b))| a.fits(b) && !a.is_named())
                    .map(|(at, _): (usize, _)| {
                        (start.0.saturating_add(at), start.1.saturating_add(at))
                    }),
            );
        }
        from = (source_end.saturating_add(1), text_end.saturating_add(1));
    }
    pairs.append(&mut others);
    pairs
}

/// Matches of the same kind in the order of both lists: as many as possible, but only at the ends of lists
/// that are too long.
fn common(source: &[&Kind], translation: &[&Kind]) -> Vec<(usize, usize)> {
    if source.len().saturating_mul(translation.len()) <= LARGEST_GAP {
        return longest_common(source, translation);
    }
    let same = |pair: &(&&Kind, &&Kind)| is_same(pair.0, pair.1);
    let head = source.iter().zip(translation).take_while(same).count();
    let (left, right) = (source.iter().skip(head), translation.iter().skip(head));
    let tail = left.rev().zip(right.rev()).take_while(same).count();
    let inner = |kinds: &[&'_ Kind]| head..kinds.len().saturating_sub(tail);
    let (left, right) = (
        source.get(inner(source)).unwrap_or_default(),
        translation.get(inner(translation)).unwrap_or_default(),
    );
    let mut pairs: Vec<(usize, usize)> = (0..head).map(|at| (at, at)).collect();
    if left.len().saturating_mul(right.len()) <= LARGEST_GAP {
        let moved = |(i, j): (usize, usize)| (i.saturating_add(head), j.saturating_add(head));
        pairs.extend(longest_common(left, right).into_iter().map(moved));
    }
    pairs.extend((1..=tail).rev().map(|back| {
        (
            source.len().saturating_sub(back),
            translation.len().saturating_sub(back),
        )
    }));
    pairs
}

fn is_same(a: &Kind, b: &Kind) -> bool {
    a == b && !a.is_named()
}

/// The longest common subsequence of two lists of kinds.
fn longest_common(source: &[&Kind], translation: &[&Kind]) -> Vec<(usize, usize)> {
    let width = translation.len().saturating_add(1);
    // lengths[i * width + j]: the number of matches from i and j on.
    let mut lengths = vec![0_u32; source.len().saturating_add(1).saturating_mul(width)];
    let at = |i: usize, j: usize| i.saturating_mul(width).saturating_add(j);
    let get = |lengths: &[u32], i: usize, j: usize| lengths.get(at(i, j)).copied().unwrap_or(0);
    for (i, a) in source.iter().enumerate().rev() {
        for (j, b) in translation.iter().enumerate().rev() {
            let (next_i, next_j) = (i.saturating_add(1), j.saturating_add(1));
            let best = if is_same(a, b) {
                get(&lengths, next_i, next_j).saturating_add(1)
            } else {
                get(&lengths, next_i, j).max(get(&lengths, i, next_j))
            };
            if let Some(slot) = lengths.get_mut(at(i, j)) {
                *slot = best;
            }
        }
    }
    let mut pairs = Vec::new();
    let (mut i, mut j) = (0, 0);
    while let (Some(a), Some(b)) = (source.get(i), translation.get(j)) {
        let (next_i, next_j) = (i.saturating_add(1), j.saturating_add(1));
        if is_same(a, b) {
            pairs.push((i, j));
            (i, j) = (next_i, next_j);
        } else if get(&lengths, next_i, j) > get(&lengths, i, next_j) {
            i = next_i;
        } else {
            j = next_j;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A passage for a word: its first letter is its kind, the whole word its text.
    fn passage(word: &str) -> Passage {
        let kind = match word.chars().next() {
            Some('T') => Kind::Title,
            Some('H') => Kind::Heading(2),
            Some('Q') => Kind::Question(word.chars().take(2).collect()),
            Some('F') => Kind::Footnote(word.chars().take(2).collect()),
            Some('l') => Kind::Prose("list"),
            _ => Kind::Prose("paragraph"),
        };
        let number = word
            .bytes()
            .fold(0, |number: u64, byte| (number << 8) | u64::from(byte));
        Passage {
            kind,
            hash: PassageHash::from_digits(&format!("{number:016x}")).unwrap(),
            span: crate::source::Span::default(),
            answers: None,
            words: 1,
        }
    }

    fn passages(words: &str) -> Vec<Passage> {
        words.split_whitespace().map(passage).collect()
    }

    fn record(source: &str, translation: &str) -> Record {
        align(
            &passages(source),
            &passages(translation),
            &Record::default(),
            &|_| false,
        )
        .record
    }

    /// For each word of the source its result: the word of the translation, `~` and the word if it is stale,
    /// or `-`. Further words of the translation follow.
    fn aligned(before: (&str, &str), after: (&str, &str)) -> String {
        let record = record(before.0, before.1);
        let aligned = align(&passages(after.0), &passages(after.1), &record, &|_| false);
        let words: Vec<&str> = after.1.split_whitespace().collect();
        let shown = aligned.source.iter().map(|translated| match translated {
            Translated::By(at) => words[*at].to_owned(),
            Translated::Stale(at) => format!("~{}", words[*at]),
            Translated::Missing => "-".to_owned(),
        });
        let rest =
            words
                .iter()
                .zip(&aligned.translation)
                .filter_map(|(word, origin)| match origin {
                    Origin::Source(_) => None,
                    Origin::Gone => Some(format!("gone:{word}")),
                    Origin::Own => Some(format!("own:{word}")),
                });
        shown.chain(rest).collect::<Vec<_>>().join(" ")
    }

    const NOTHING: (&str, &str) = ("", "");

    #[test]
    fn without_a_record_the_structure_pairs() {
        let first = aligned(
            NOTHING,
            ("T H1 pa la Q1 pb H2 pc", "Tx Hx xa lx Q1x xb Hy xc"),
        );
        assert_eq!(first, "Tx Hx xa lx Q1x xb Hy xc");
        let more = aligned(NOTHING, ("T H1 pa pb la H2 pc", "Tx Hx xa lx Hy xc xd"));
        assert_eq!(more, "Tx Hx xa - lx Hy xc own:xd");
        let other = aligned(NOTHING, ("T pa la pb", "Tx xa xl xb"));
        assert_eq!(other, "Tx xa xl xb", "a list became a paragraph");
    }

    #[test]
    fn what_changed_in_the_source_is_stale() {
        let before = ("T Ha pa pb la Q1 pc", "Tx Hx xa xb lx Q1x xc");
        let after = |source: &str| aligned(before, (source, before.1));
        assert_eq!(after(before.0), "Tx Hx xa xb lx Q1x xc");
        assert_eq!(after("T Ha pa pB la Q1 pc"), "Tx Hx xa ~xb lx Q1x xc");
        assert_eq!(after("T Ha pa pb la Q1B pc"), "Tx Hx xa xb lx ~Q1x xc");
        assert_eq!(after("TB Ha pa pb la Q1 pc"), "~Tx Hx xa xb lx Q1x xc");
    }

    #[test]
    fn what_was_added_is_missing_and_what_was_removed_is_gone() {
        let before = ("T Ha pa pb la Q1 pc", "Tx Hx xa xb lx Q1x xc");
        let after = |source: &str| aligned(before, (source, before.1));
        assert_eq!(after("T Ha pn pa pb la Q1 pc"), "Tx Hx - xa xb lx Q1x xc");
        assert_eq!(
            after("T Ha pa pb la Q1 Q2 pc pn"),
            "Tx Hx xa xb lx Q1x - xc -"
        );
        assert_eq!(after("T Ha pb la pc"), "Tx Hx xb lx xc gone:xa gone:Q1x");
    }

    #[test]
    fn what_moved_takes_its_translation_along() {
        let before = ("T Ha pa pb Hb pc Q1", "Tx Hx xa xb Hy xc Q1x");
        let moved = aligned(before, ("T Hb pc Q1 Ha pa pb", before.1));
        assert_eq!(moved, "Tx Hy xc Q1x Hx xa xb");
        let changed_too = aligned(before, ("T Hb pC Q1 Ha pa pb", before.1));
        assert_eq!(changed_too, "Tx Hy ~xc Q1x Hx xa xb");
    }

    #[test]
    fn what_was_translated_anew_is_right() {
        let before = ("T pa pb pc", "Tx xa xb xc");
        assert_eq!(
            aligned(before, ("T pa pB pc", "Tx xa xB xc")),
            "Tx xa xB xc"
        );
        assert_eq!(
            aligned(before, ("T pa pb pc", "Tx xa xB xc")),
            "Tx xa xB xc"
        );
        let new = aligned(before, ("T pa pn pb pc", "Tx xa xn xb xc"));
        assert_eq!(new, "Tx xa xn xb xc");
    }

    #[test]
    fn a_record_keeps_what_is_stale_until_it_is_translated_or_found_right() {
        let before = record("T pa pb", "Tx xa xb");
        let (source, translation) = (passages("T pa pB"), passages("Tx xa xb"));
        let stale = align(&source, &translation, &before, &|_| false);
        assert_eq!(stale.record, before);
        let right = align(&source, &translation, &before, &|at| at == 2);
        assert_eq!(right.source.last(), Some(&Translated::By(2)));
        let after = align(&source, &translation, &right.record, &|_| false);
        assert_eq!(after, right);
    }

    fn words() -> impl Strategy<Value = String> {
        let word = proptest::sample::select(vec![
            "Ha", "Hb", "pa", "pb", "pc", "pd", "la", "lb", "Q1", "Q1b", "Q2", "F1", "F1b",
        ]);
        let title = proptest::sample::select(vec!["T", "Tx"]);
        let rest = proptest::collection::vec(word, 0..14);
        // A name occurs once; duplicates are reported elsewhere.
        (title, rest).prop_map(|(title, rest)| {
            let mut names = std::collections::BTreeSet::new();
            let once = |word: &&str| {
                !word.starts_with(['Q', 'F']) || names.insert(word.get(..2).map(str::to_owned))
            };
            let rest: Vec<&str> = rest.into_iter().filter(once).collect();
            format!("{title} {}", rest.join(" "))
        })
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_is_used_twice(
            old in (words(), words()),
            new in (words(), words()),
        ) {
            let before = record(&old.0, &old.1);
            let (source, translation) = (passages(&new.0), passages(&new.1));
            let found = align(&source, &translation, &before, &|_| false);
            prop_assert_eq!(found.source.len(), source.len());
            prop_assert_eq!(found.translation.len(), translation.len());
            prop_assert_eq!(found.record.iter().count(), translation.len());
            for (at, translated) in found.source.iter().enumerate() {
                if let Translated::By(text) | Translated::Stale(text) = translated {
                    prop_assert_eq!(found.translation[*text], Origin::Source(at));
                    prop_assert!(source[at].kind.fits(&translation[*text].kind));
                }
            }
            let used = found.translation.iter().filter(|origin| matches!(origin, Origin::Source(_))).count();
            let paired = found.source.iter().filter(|translated| **translated != Translated::Missing).count();
            prop_assert_eq!(used, paired);
        }

        #[test]
        fn nothing_changes_while_nothing_is_edited(source in words(), translation in words()) {
            let (mut source, translation) = (passages(&source), passages(&translation));
            // If two have the same text and only one was translated, it is unknown which.
            let mut seen = std::collections::BTreeSet::new();
            source.retain(|passage| seen.insert(passage.hash));
            let first = align(&source, &translation, &Record::default(), &|_| false);
            let again = align(&source, &translation, &first.record, &|_| false);
            prop_assert!(!again.source.iter().any(|translated| matches!(translated, Translated::Stale(_))));
            prop_assert_eq!(again.record, first.record);
        }

        #[test]
        fn the_lock_is_written_once(old in (words(), words()), new in (words(), words())) {
            let before = record(&old.0, &old.1);
            let (source, translation) = (passages(&new.0), passages(&new.1));
            let locked = align(&source, &translation, &before, &|_| false);
            let again = align(&source, &translation, &locked.record, &|_| false);
            prop_assert_eq!(again.record, locked.record);
        }
    }

    #[test]
    fn long_lists_without_anything_in_common_take_no_time() {
        let many = |letter: &str| vec![letter; 20_000].join(" ");
        let source = passages(&format!("T Ha {}", many("pa")));
        let translation = passages(&format!("T {} Hb", many("lb")));
        let found = align(&source, &translation, &Record::default(), &|_| false);
        assert_eq!(found.source.len(), source.len());
    }
}
