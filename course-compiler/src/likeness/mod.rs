//! Whether an edit left the meaning: what keeps a choice, a question or a lesson under its id, and what asks the
//! author.
//!
//! Letters say little: “Darba devējs” and “Darba ņēmējs” have most of them in common. What weighs is the words
//! that changed. A word in another form, with a slip put right, in another place where places do not matter, or
//! said again in brackets leaves the meaning; another number, a word more or less that denies, compares, counts
//! or directs, and another word of any kind do not ([`says_the_same`]). Where that is too strict, an author is
//! asked once more than needed; nothing is guessed.

mod signals;
#[cfg(test)]
mod tests;
mod words;

use std::collections::BTreeSet;

use self::words::Token;
use crate::model::Language;

/// The longest text that is compared letter by letter, in characters; of longer ones only the beginning is. It
/// keeps the time linear in the size of the course.
const LONGEST: usize = 400;

/// The longest texts whose words are held against each other in any order, as a product of both; longer ones have
/// to be the same word by word.
const MOST_PAIRS: usize = 1 << 20;

/// How much may be added to a text or taken from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Room {
    /// A title or an answer: hardly a word.
    Narrow,
    /// Sentences around a question: a word in six.
    Wide,
}

impl Room {
    /// How many words, of so many.
    const fn of(self, words: usize) -> usize {
        match self {
            Self::Narrow => words / 8,
            Self::Wide => words / 6,
        }
    }
}

/// What a question is recognised by when its id tells nothing.
pub(crate) struct Features<'a> {
    /// Its type.
    pub(crate) kind: &'a str,
    /// The question itself, plain text; empty when it is not known.
    pub(crate) title: &'a str,
    /// What its choices, rows or numbers say.
    pub(crate) parts: Vec<&'a str>,
}

impl Features<'_> {
    /// Whether both are of one question: the type is the same, the titles say the same, and so do at least
    /// half of the parts. Where a title is not known, at least three parts have to be there, and all the same.
    pub(crate) fn are_of(&self, other: &Self, language: Language) -> bool {
        if self.kind != other.kind {
            return false;
        }
        let same = self
            .parts
            .iter()
            .filter(|part| other.parts.contains(part))
            .count();
        let most = self.parts.len().max(other.parts.len());
        if self.title.is_empty() || other.title.is_empty() {
            return same == most && most >= 3;
        }
        same.saturating_mul(2) >= most
            && says_the_same(self.title, other.title, language, Room::Narrow)
    }
}

/// Whether a text says after an edit what it said before.
pub(crate) fn says_the_same(before: &str, after: &str, language: Language, room: Room) -> bool {
    if before == after {
        return true;
    }
    let (all_before, all_after) = (
        words::tokens(before, language),
        words::tokens(after, language),
    );
    if all_before.is_empty() || all_after.is_empty() {
        return false;
    }
    if let ([before], [after]) = (all_before.as_slice(), all_after.as_slice())
        && let (Some(before), Some(after)) = (
            signals::answer(&before.folded),
            signals::answer(&after.folded),
        )
    {
        return before == after;
    }
    let without_fillers = |tokens: &[Token]| -> Vec<Token> {
        // A statement may be asked.
        let asks =
            |at: usize, token: &Token| at == 0 && language == Language::Lv && token.folded == "vai";
        tokens
            .iter()
            .enumerate()
            .filter(|(at, token)| !token.is_filler && !asks(*at, token))
            .map(|(_, token)| token.clone())
            .collect()
    };
    let (before, after) = (without_fillers(&all_before), without_fillers(&all_after));
    if before.is_empty() || after.is_empty() {
        return all_before.len() == all_after.len()
            && all_before
                .iter()
                .zip(&all_after)
                .all(|(before, after)| before.is_written_as(after));
    }
    let figures = |tokens: &[Token]| -> Vec<words::Kind> {
        tokens
            .iter()
            .filter(|token| token.is_figure())
            .map(|token| token.kind.clone())
            .collect()
    };
    if figures(&before) != figures(&after) {
        return false;
    }
    let letters =
        |tokens: &[Token]| -> String { tokens.iter().map(|token| token.folded.as_str()).collect() };
    // A space forgotten or put in.
    if letters(&all_before) == letters(&all_after) {
        return true;
    }
    Comparison {
        before: &before,
        after: &after,
        language,
        room,
    }
    .is_kept()
}

/// Two texts as the words that say something.
struct Comparison<'a> {
    before: &'a [Token],
    after: &'a [Token],
    language: Language,
    room: Room,
}

impl Comparison<'_> {
    fn is_kept(&self) -> bool {
        let Some(pairs) = self.pairs() else {
            return false;
        };
        if self.language == Language::Lv && self.exchanges_roles(&pairs) {
            return false;
        }
        let left = |tokens: usize, of: &dyn Fn(&(usize, usize)) -> usize| -> Vec<usize> {
            (0..tokens)
                .filter(|at| pairs.iter().all(|pair| of(pair) != *at))
                .collect()
        };
        let removed = left(self.before.len(), &|pair| pair.0);
        let added = left(self.after.len(), &|pair| pair.1);
        match (removed.as_slice(), added.as_slice()) {
            ([], []) => true,
            ([], added) => self.is_spare(self.after, added, self.before.len()),
            (removed, []) => self.is_spare(self.before, removed, self.after.len()),
            (removed, added) => self.is_moved(removed, added),
        }
    }

    /// As many words as possible that are the same in both, in order.
    fn pairs(&self) -> Option<Vec<(usize, usize)>> {
        let is_pair = |at: usize, to: usize| {
            let pair = self.before.get(at).zip(self.after.get(to));
            pair.is_some_and(|(before, after)| before.is_the_word(after, self.language))
        };
        let (rows, columns) = (self.before.len(), self.after.len());
        let head = (0..rows.min(columns))
            .take_while(|at| is_pair(*at, *at))
            .count();
        let tail = (0..rows.min(columns).saturating_sub(head))
            .take_while(|back| {
                let last = |length: usize| length.saturating_sub(1).saturating_sub(*back);
                is_pair(last(rows), last(columns))
            })
            .count();
        let inner_rows = rows.saturating_sub(head).saturating_sub(tail);
        let inner_columns = columns.saturating_sub(head).saturating_sub(tail);
        if inner_rows.saturating_mul(inner_columns) > MOST_PAIRS {
            return None;
        }
        // lengths[i][j]: how many pairs there are from i and j on.
        let width = inner_columns.saturating_add(1);
        let mut lengths = vec![0_u32; inner_rows.saturating_add(1).saturating_mul(width)];
        let place = |i: usize, j: usize| i.saturating_mul(width).saturating_add(j);
        let get = |lengths: &[u32], i: usize, j: usize| lengths.get(place(i, j)).copied();
        let inner_pair =
            |i: usize, j: usize| is_pair(head.saturating_add(i), head.saturating_add(j));
        for i in (0..inner_rows).rev() {
            for j in (0..inner_columns).rev() {
                let (below, right) = (i.saturating_add(1), j.saturating_add(1));
                let best = if inner_pair(i, j) {
                    get(&lengths, below, right).map(|length| length.saturating_add(1))
                } else {
                    get(&lengths, below, j).max(get(&lengths, i, right))
                };
                if let (Some(slot), Some(best)) = (lengths.get_mut(place(i, j)), best) {
                    *slot = best;
                }
            }
        }
        let mut pairs: Vec<(usize, usize)> = (0..head).map(|at| (at, at)).collect();
        let (mut i, mut j) = (0, 0);
        while i < inner_rows && j < inner_columns {
            let (below, right) = (i.saturating_add(1), j.saturating_add(1));
            if inner_pair(i, j) {
                pairs.push((head.saturating_add(i), head.saturating_add(j)));
                (i, j) = (below, right);
            } else if get(&lengths, below, j) >= get(&lengths, i, right) {
                i = below;
            } else {
                j = right;
            }
        }
        pairs.extend((0..tail).rev().map(|back| {
            (
                rows.saturating_sub(1).saturating_sub(back),
                columns.saturating_sub(1).saturating_sub(back),
            )
        }));
        Some(pairs)
    }

    /// Whether one word becomes what another one was: who does it, and to whom.
    fn exchanges_roles(&self, pairs: &[(usize, usize)]) -> bool {
        let turned = |to_oblique: bool| {
            pairs.iter().any(|(at, to)| {
                let pair = self.before.get(*at).zip(self.after.get(*to));
                pair.is_some_and(|(before, after)| {
                    !before.is_figure()
                        && before.is_oblique() != to_oblique
                        && after.is_oblique() == to_oblique
                })
            })
        };
        turned(true) && turned(false)
    }

    /// Whether these words of the longer text say nothing that the other one lacks.
    fn is_spare(&self, longer: &[Token], extra: &[usize], shorter: usize) -> bool {
        let is_figure = |at: Option<usize>| {
            at.and_then(|at| longer.get(at))
                .is_some_and(Token::is_figure)
        };
        let extra: Vec<(usize, &Token)> = extra
            .iter()
            .filter_map(|at| Some((*at, longer.get(*at)?)))
            .collect();
        let is_jeb = |token: &Token| token.folded == "jeb" && self.language == Language::Lv;
        if extra
            .iter()
            .any(|(_, token)| token.is_heavy(self.language) && !is_jeb(token))
        {
            return false;
        }
        let glosses = longer.iter().filter(|token| token.is_gloss).count();
        if extra.iter().all(|(_, token)| token.is_gloss) && extra.len() == glosses {
            return true;
        }
        // What stands beside a number tells what is counted.
        let beside = |at: usize| is_figure(at.checked_sub(1)) || is_figure(at.checked_add(1));
        extra.len() <= self.room.of(shorter) && extra.iter().all(|(at, _)| !beside(*at))
    }

    /// Whether the words left on both sides are the same ones, in another place where that says nothing:
    /// Latvian tells by endings who does what, English by places.
    fn is_moved(&self, removed: &[usize], added: &[usize]) -> bool {
        if self.language != Language::Lv || removed.len() != added.len() {
            return false;
        }
        let relates = |tokens: &[Token]| tokens.iter().skip(1).any(Token::is_signal);
        if relates(self.before) || relates(self.after) {
            return false;
        }
        let of = |tokens: &'_ [Token], at: &usize| tokens.get(*at).cloned();
        let removed: Vec<Token> = removed
            .iter()
            .filter_map(|at| of(self.before, at))
            .collect();
        let mut added: Vec<Token> = added.iter().filter_map(|at| of(self.after, at)).collect();
        let alone = removed.len() == 1;
        // Two of one case that change places change roles: “liels nams, mazs logs”.
        let cases: BTreeSet<Option<char>> = removed.iter().map(Token::case).collect();
        if cases.len() < removed.len() {
            return false;
        }
        removed.iter().all(|word| {
            let found = added.iter().position(|other| {
                !(word.is_figure() || word.is_signal())
                    && (word.is_written_as(other)
                        || (alone && word.is_the_word(other, self.language)))
            });
            found.map(|at| added.remove(at)).is_some()
        })
    }
}

/// How alike the letters of two texts are, from 0 to 1: of several texts, which one was meant.
pub(crate) fn similarity(a: &str, b: &str) -> f64 {
    let a: Vec<char> = a.chars().take(LONGEST).collect();
    let b: Vec<char> = b.chars().take(LONGEST).collect();
    let longest = a.len().max(b.len());
    1.0 - crate::grade::Fraction::of(distance(&a, &b), longest).value()
}

/// How many characters have to be added, removed or replaced to make one text of the other (Levenshtein).
pub(crate) fn edit_distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    distance(&a, &b)
}

fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, a) in a.iter().enumerate() {
        let mut diagonal = i;
        let mut left = i.saturating_add(1);
        let mut next = vec![left];
        for (b, above) in b.iter().zip(row.iter().skip(1)) {
            let replaced = diagonal.saturating_add(usize::from(a != b));
            left = replaced
                .min(left.saturating_add(1))
                .min(above.saturating_add(1));
            diagonal = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}
