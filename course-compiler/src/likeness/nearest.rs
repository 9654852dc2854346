//! The word that a mistyped one was probably meant to be.

/// Words beyond this many are not looked through for the one that was meant: it keeps the time of many mistakes in a
/// huge file within bounds.
pub(crate) const MOST_LIKELY: usize = 500;

/// The longest word, in bytes, that is taken for a mistyped one.
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
