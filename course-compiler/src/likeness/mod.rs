//! Decides whether an edit kept the meaning of a text: if so, a choice, question or lesson keeps its id; if
//! not, the author is asked.
//!
//! Comparing letters is not enough: “Darba devējs” (employer) and “Darba ņēmējs” (employee) share most of
//! them. A text is considered the same if it has the same words in the same places. Only spelling may differ:
//! capitals, quotation marks, spaces, punctuation at the end, a comma required by grammar, a number in digits
//! or in words, British or American spelling, and a corrected typing mistake if no other word is as close
//! ([`says_the_same`]). For another form of a word, another order, or an added or removed word the author is
//! asked, because an ending can decide who did what to whom, when and how many. Nothing is guessed, and
//! nothing depends on the dictionaries of a machine.

mod candidates;
mod nearest;
mod signals;
mod slips;
#[cfg(test)]
mod tests;
mod words;

pub(crate) use self::candidates::Candidates;
#[cfg(test)]
pub(crate) use self::candidates::MOST_COMPARED;
pub(crate) use self::nearest::{MOST_LIKELY, edit_distance, nearest};
use self::words::{Text, Token};
use crate::model::Language;

/// The longest text, in characters, that is compared letter by letter; of longer ones only the beginning is.
/// This keeps the time linear in the size of the course.
const LONGEST: usize = 400;

/// The shortest words, in characters, between which a missing space is accepted: shorter ones form other
/// words (*may be*, *maybe*).
const SHORTEST_JOINED: usize = 4;

/// Prefixes that may be followed by a hyphen, a space or nothing.
const JOINED: &[&str] = &["e", "co", "non"];

/// Prefixes that form another word without a hyphen: *re-sign*, *resign*.
const NOT_JOINED: &[&str] = &["re", "un"];

/// The features by which a question is recognised when its id changed.
pub(crate) struct Features<'a> {
    /// Its type.
    pub(crate) kind: &'a str,
    /// The question as plain text; empty if it is not known.
    pub(crate) title: &'a str,
    /// The texts of its choices, rows or numbers.
    pub(crate) parts: Vec<&'a str>,
}

impl Features<'_> {
    /// Whether both may belong to the same question: the type is the same, the titles are similar, and so are
    /// at least half of the parts. Without a known title there have to be at least three parts, all equal.
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
        same.saturating_mul(2) >= most && is_near(self.title, other.title, language)
    }
}

/// Whether a title may be an edited version of another: like [`says_the_same`], but words may have other
/// forms. A false match costs the author one line; a missed match loses answers.
pub(crate) fn is_near(before: &str, after: &str, language: Language) -> bool {
    let is_near = || {
        let (before, after) = (
            Text::of(before, language).without_fillers().tokens,
            Text::of(after, language).without_fillers().tokens,
        );
        let mut pairs = before.iter().zip(&after);
        before.len() == after.len()
            && pairs.all(|(one, other)| one.is_the_word(other, language) || one.is_form_of(other))
    };
    says_the_same(before, after, language) || is_near()
}

/// Whether a text still means the same after an edit.
pub(crate) fn says_the_same(before: &str, after: &str, language: Language) -> bool {
    if before == after {
        return true;
    }
    let (before, after) = (Text::of(before, language), Text::of(after, language));
    if let ([before], [after]) = (before.tokens.as_slice(), after.tokens.as_slice())
        && let (Some(before), Some(after)) = (
            signals::answer(&before.folded),
            signals::answer(&after.folded),
        )
    {
        return before == after;
    }
    let (before, after) = (before.without_fillers(), after.without_fillers());
    !before.tokens.is_empty()
        && !after.tokens.is_empty()
        && has_the_words(&before.tokens, &after.tokens, language)
        && has_the_breaks(&before, &after, language)
}

/// Whether both have the same words in the same places, except for spaces inside words.
fn has_the_words(before: &[Token], after: &[Token], language: Language) -> bool {
    let (mut before, mut after) = (before, after);
    loop {
        match (before, after) {
            ([], []) => return true,
            ([one, rest @ ..], [other, others @ ..]) if one.is_the_word(other, language) => {
                (before, after) = (rest, others);
            }
            ([first, second, rest @ ..], [joined, others @ ..])
                if is_joined(first, second, joined) =>
            {
                (before, after) = (rest, others);
            }
            ([joined, rest @ ..], [first, second, others @ ..])
                if is_joined(first, second, joined) =>
            {
                (before, after) = (rest, others);
            }
            _ => return false,
        }
    }
}

/// Whether two words are the third one with a space inserted or removed.
fn is_joined(first: &Token, second: &Token, joined: &Token) -> bool {
    let prefix = first.folded.as_str();
    if joined.folded.strip_prefix(prefix) != Some(&second.folded) {
        return false;
    }
    let is_negation = prefix == "non" || (prefix == "ne" && second.is_hyphened);
    let is_word = |token: &Token| {
        !(token.is_figure() || token.is_signal() || signals::answer(&token.folded).is_some())
    };
    let are_words = (is_negation || is_word(first)) && is_word(second) && is_word(joined);
    let is_long = |token: &Token| token.folded.chars().count() >= SHORTEST_JOINED;
    let by_hyphen = second.is_hyphened && !NOT_JOINED.contains(&prefix);
    are_words && is_long(second) && (is_long(first) || by_hyphen || JOINED.contains(&prefix))
}

/// Whether pauses are in the same places: a comma can reverse the meaning of a sentence (*Sodīt nedrīkst,
/// apžēlot*). One more or less is accepted before a word that starts a clause, beside a word that links
/// sentences (*However, it …*), and after a clause at the beginning of the text (*If they ask, …*).
fn has_the_breaks(before: &Text, after: &Text, language: Language) -> bool {
    let only_in = |one: &Text, other: &Text| -> Option<bool> {
        let mut some = false;
        for pause in one.pauses.difference(&other.pauses) {
            let next = one.tokens.get(*pause)?;
            let words = |to: usize| -> Vec<&str> {
                let before = one.tokens.iter().take(to).skip(to.saturating_sub(2));
                before.map(|token| token.folded.as_str()).collect()
            };
            let is_link = signals::is_link(&words(*pause), language)
                || signals::is_link(&words(pause.saturating_add(1)), language);
            let is_led = *pause > 1
                && one.pauses.len().abs_diff(other.pauses.len()) == 1
                && one
                    .tokens
                    .first()
                    .is_some_and(|first| signals::leads(&first.folded, language));
            if !(is_link || is_led || signals::opens_a_clause(&next.folded, language)) {
                return None;
            }
            some = true;
        }
        Some(some)
    };
    // If a space was inserted, the indices differ.
    if before.tokens.len() != after.tokens.len() {
        return before.pauses.len() == after.pauses.len();
    }
    match (only_in(before, after), only_in(after, before)) {
        (Some(removed), Some(added)) => !(removed && added),
        _ => false,
    }
}

/// The similarity of the letters of two texts, from 0 to 1; used to decide which of several texts was edited.
pub(crate) fn similarity<'a>(a: &'a str, b: &'a str) -> f64 {
    let beginning = |text: &'a str| -> &'a str {
        let end = text.char_indices().nth(LONGEST);
        end.and_then(|(end, _)| text.get(..end)).unwrap_or(text)
    };
    strsim::normalized_levenshtein(beginning(a), beginning(b))
}
