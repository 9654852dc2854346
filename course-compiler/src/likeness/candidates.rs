//! Which of many texts to compare with one: those that share its rarest words.

use std::collections::{BTreeMap, BTreeSet};

/// Up to how many texts one is compared with. Of more, only those are that share a word.
pub(crate) const MOST_COMPARED: usize = 100;

/// Titles by their places in a list, found by the beginnings of their words. This keeps the time for finding what
/// became of many questions linear in their number.
pub(crate) struct Candidates {
    /// The places that were not taken.
    left: BTreeSet<usize>,
    /// The beginnings of the words of each title. A title without words has the empty one.
    words: Vec<BTreeSet<String>>,
    by_word: BTreeMap<String, BTreeSet<usize>>,
}

impl Candidates {
    pub(crate) fn of<'t>(titles: impl IntoIterator<Item = &'t str>) -> Self {
        let words: Vec<BTreeSet<String>> = titles.into_iter().map(beginnings).collect();
        let mut by_word: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for (at, words) in words.iter().enumerate() {
            for word in words {
                by_word.entry(word.clone()).or_default().insert(at);
            }
        }
        Self {
            left: (0..words.len()).collect(),
            words,
            by_word,
        }
    }

    /// The places of at most [`MOST_COMPARED`] titles that may be an earlier version of this one.
    pub(crate) fn of_title(&self, title: &str) -> BTreeSet<usize> {
        if self.left.len() <= MOST_COMPARED {
            return self.left.clone();
        }
        // A word that many have tells little: the rarest decides with what to compare. A title that is not known may
        // be any.
        let words = beginnings(title);
        let mut known: Vec<&BTreeSet<usize>> = words
            .iter()
            .filter_map(|word| self.by_word.get(word))
            .collect();
        known.sort_by_key(|places| places.len());
        known.extend(self.by_word.get(""));
        let mut places = BTreeSet::new();
        for with_word in known {
            let room = MOST_COMPARED.saturating_sub(places.len());
            places.extend(with_word.iter().copied().take(room));
        }
        places
    }

    /// Takes a title out: it is no candidate any more.
    pub(crate) fn take(&mut self, at: usize) {
        if !self.left.remove(&at) {
            return;
        }
        for word in self.words.get(at).into_iter().flatten() {
            if let Some(places) = self.by_word.get_mut(word) {
                places.remove(&at);
            }
        }
    }
}

/// The first letters of the words of a title, and its numbers.
fn beginnings(title: &str) -> BTreeSet<String> {
    const LETTERS: usize = 4;
    let words = title.split(|c: char| !c.is_alphanumeric());
    let mut beginnings: BTreeSet<String> = words
        .filter(|word| !word.is_empty())
        .map(|word| {
            let is_number = word.bytes().any(|byte| byte.is_ascii_digit());
            let length = if is_number { usize::MAX } else { LETTERS };
            word.to_lowercase().chars().take(length).collect()
        })
        .collect();
    if beginnings.is_empty() {
        beginnings.insert(String::new());
    }
    beginnings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_are_compared_and_none_twice() {
        let titles: Vec<String> = (0..600)
            .map(|n| format!("Kurš ir jautājums {n}?"))
            .collect();
        let mut candidates = Candidates::of(titles.iter().map(String::as_str).chain([""]));
        let of = candidates.of_title("Kurš ir jautājums 500");
        assert!(of.len() <= MOST_COMPARED);
        assert!(of.contains(&500) && of.contains(&0));
        for at in 0..600 {
            assert!(
                candidates.of_title("Kurš ir jautājums?").contains(&at),
                "{at}"
            );
            candidates.take(at);
        }
        assert_eq!(
            candidates.of_title("Kurš ir jautājums?"),
            BTreeSet::from([600])
        );
    }
}
