//! Texts that people type: tidied, bounded, folded for searching, ordered.

use std::{cmp::Ordering, sync::LazyLock};

use icu_collator::{Collator, CollatorBorrowed, options::CollatorOptions};
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// What is wrong with a text that a person typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadText {
    /// Nothing was typed.
    Missing,
    /// Too long.
    TooLong,
    /// Holds something that cannot be in it.
    Strange,
}

/// Composed letters, one space between words, none around.
#[must_use]
pub fn tidy(text: &str) -> String {
    let composed: String = text.nfc().collect();
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a text is not empty and has no more than `most` characters.
///
/// # Errors
/// [`BadText::Missing`] or [`BadText::TooLong`].
pub fn check_length(text: &str, most: usize) -> Result<(), BadText> {
    match text.chars().count() {
        0 => Err(BadText::Missing),
        count if count > most => Err(BadText::TooLong),
        _ => Ok(()),
    }
}

/// A text as it is searched for: lower case, without diacritics, words of letters and digits
/// separated by one space. “SIA «Rīta  Rasa»” → `sia rita rasa`.
#[must_use]
pub fn fold(text: &str) -> String {
    let plain: String = text
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How many words of a search are looked for: each is a part of the statement, whose size the
/// database bounds.
pub const MOST_WORDS: usize = 20;

/// The folded words of a search, of which each has to be found. They hold letters and digits only, so
/// none needs escaping in `LIKE`.
#[must_use]
pub fn search_words(query: &str) -> Vec<String> {
    let folded = fold(query);
    folded
        .split_whitespace()
        .take(MOST_WORDS)
        .map(str::to_owned)
        .collect()
}

/// What names of organisations stand in, which nobody looks for when they are sorted.
pub const QUOTATION_MARKS: [char; 8] = ['„', '“', '”', '"', '«', '»', '’', '\''];

/// Compares two texts as they are ordered in Latvian, by the Unicode consortium's data (CLDR): letters with a
/// mark are letters of their own, after those without; capitals differ from small letters only where all else
/// is the same. Quotation marks do not count.
#[must_use]
pub fn compare_latvian(one: &str, other: &str) -> Ordering {
    static COLLATOR: LazyLock<Option<CollatorBorrowed<'static>>> = LazyLock::new(|| {
        let latvian = icu_locale_core::locale!("lv").into();
        Collator::try_new(latvian, CollatorOptions::default()).ok()
    });
    let plain = |text: &str| text.replace(QUOTATION_MARKS, "");
    let (one, other) = (plain(one), plain(other));
    match &*COLLATOR {
        Some(collator) => collator.compare(&one, &other),
        None => one.cmp(&other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_forgets_case_diacritics_and_punctuation() {
        assert_eq!(fold("SIA „Rīta  Rasa”"), "sia rita rasa");
        assert_eq!(fold("ĀČĒĢĪĶĻŅŠŪŽ"), "acegiklnsuz");
        assert_eq!(fold("%_\\"), "");
    }

    #[test]
    fn a_search_is_so_many_folded_words() {
        assert_eq!(search_words(" Rīta,  RASA "), ["rita", "rasa"]);
        assert_eq!(search_words("%_"), [""; 0]);
        assert_eq!(search_words(&"a ".repeat(1_000)).len(), MOST_WORDS);
    }

    #[test]
    fn texts_are_ordered_as_in_latvian() {
        let ordered = [
            "Aba",
            "Abula",
            "Āboliņa",
            "Ābols",
            "Ceļš",
            "„Cīrule”",
            "Čakle",
            "Norde",
            "Ņemme",
            "ozols",
            "\"Ozols\" SIA",
            "Rīga Zoo",
            "Rīgas dome",
            "Stūris",
            "Šķēle",
            "Šķērslis",
            "Zaķe",
            "Zeme",
        ];
        let mut names = ordered;
        names.reverse();
        names.sort_by(|one, other| compare_latvian(one, other));
        assert_eq!(names, ordered);
    }
}
