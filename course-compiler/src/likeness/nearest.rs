//! Finds the known word that a mistyped word was probably meant to be.

/// The most words that are compared: limits the time for many mistakes in a huge file.
pub(crate) const MOST_LIKELY: usize = 500;

/// The longest word, in bytes, that is treated as mistyped.
const LONGEST_MISTYPED: usize = 100;

/// The word of `known` that `word` was probably meant to be.
pub(crate) fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    if word.len() > LONGEST_MISTYPED {
        return None;
    }
    known
        .iter()
        .take(MOST_LIKELY)
        .filter(|candidate| candidate.len() <= LONGEST_MISTYPED)
        .map(|candidate| (edit_distance(word, candidate), *candidate))
        .filter(|(distance, candidate)| *distance <= 2.max(candidate.chars().count() / 3))
        .min()
        .map(|(_, candidate)| candidate)
}

/// How many characters have to be added, removed or replaced to make one text of the other (Levenshtein).
pub(crate) fn edit_distance(a: &str, b: &str) -> usize {
    strsim::levenshtein(a, b)
}
