//! The interface to spelling dictionaries, and finding the words of a text.
//!
//! Dictionaries differ between machines, so spelling is only checked if [`Options::spelling`] provides one: a
//! bundle does not depend on it. The command line uses the installed Hunspell dictionaries.
//!
//! [`Options::spelling`]: crate::compile::Options::spelling

use std::fmt;

use crate::model::Language;

/// A set of spelling dictionaries.
pub trait Spelling: fmt::Debug + Send + Sync {
    /// Whether there is a dictionary for this language.
    fn has(&self, language: Language) -> bool;

    /// Whether the word is in the dictionary for this language, in one of its forms.
    fn knows(&self, language: Language, word: &str) -> bool;

    /// Suggested words, the most likely first.
    fn suggestions(&self, language: Language, word: &str) -> Vec<String>;
}

/// The words between two bytes of a text that can be looked up in a dictionary, with their offsets.
///
/// Excluded are single letters, words with capitals inside (abbreviations, product names), and parts of
/// addresses, paths, numbers and code names.
pub(crate) fn words(text: &str, start: usize, end: usize) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut open: Option<usize> = None;
    let inside = text.get(start..end).unwrap_or_default();
    for (at, c) in inside.char_indices().chain([(inside.len(), ' ')]) {
        match (open, belongs(c)) {
            (None, true) if c.is_alphabetic() => open = Some(at),
            (Some(from), false) => {
                let word = inside.get(from..at).unwrap_or_default();
                let word = word.trim_end_matches(['\'', '’', '\u{ad}']);
                let from = start.saturating_add(from);
                if is_word(text, from, word) {
                    words.push((from, word));
                }
                open = None;
            }
            _ => {}
        }
    }
    words
}

/// Whether a character is part of a word: letters, combining marks, and characters allowed between letters.
fn belongs(c: char) -> bool {
    c.is_alphanumeric()
        || unicode_normalization::char::is_combining_mark(c)
        || matches!(c, '\'' | '’' | '\u{ad}')
}

fn is_word(text: &str, from: usize, word: &str) -> bool {
    let to = from.saturating_add(word.len());
    let before = text.get(..from).unwrap_or_default();
    let after = text.get(to..).unwrap_or_default();
    let joins = |c: char| matches!(c, '_' | '@' | '/' | '\\' | '#' | '=' | '&');
    let in_name = |rest: Option<char>| rest.is_some_and(char::is_alphanumeric);
    let mut back = before.chars().rev();
    let mut on = after.chars();
    let (previous, next) = (back.next(), on.next());
    let is_piece = previous.is_some_and(joins)
        || next.is_some_and(joins)
        || (previous == Some('.') && in_name(back.next()))
        || (next == Some('.') && in_name(on.next()));
    let mut letters = word.chars();
    letters.next();
    !is_piece
        && word.chars().filter(|c| c.is_alphabetic()).count() > 1
        && !word.chars().any(char::is_numeric)
        && !letters.any(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(text: &str) -> Vec<&str> {
        words(text, 0, text.len())
            .into_iter()
            .map(|(_, word)| word)
            .collect()
    }

    #[test]
    fn words_are_what_a_dictionary_can_know() {
        assert_eq!(
            found("Šķēršļi, don’t un 'tā' – e-pasts; ķirsis🍒."),
            ["Šķēršļi", "don’t", "un", "tā", "pasts", "ķirsis"]
        );
        for text in [
            "ANO",
            "LGBTI",
            "JavaScript",
            "a",
            "likumi.lv",
            "vards@iestade",
            "../assets/rampa",
            "q_pamats",
            "2026g",
            "4G",
            "ES",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn neighbours_outside_of_the_piece_count() {
        let text = "sk. likumi.lv te";
        assert_eq!(words(text, 4, 10), []);
        assert_eq!(words(text, 14, 16), [(14, "te")]);
    }

    proptest! {
        #[test]
        fn places_are_those_of_the_words(text in "[aāšž’'.A1_ \u{301}\u{ad}🍒-]{0,40}") {
            for (at, word) in words(&text, 0, text.len()) {
                prop_assert!(text.get(at..).is_some_and(|rest| rest.starts_with(word)));
            }
        }
    }
}
