//! Labels: words that introduce a key, an explanation or a hint, and sentences that say which answer is
//! correct.
//!
//! A label is at the beginning of a line, a sentence or a clause, consists only of words of the families in
//! `words`, and is followed by a colon, a dash or a word such as “ir”, set in emphasis, or alone. Quotations
//! and code are ignored.

#[cfg(test)]
mod innocent;
#[cfg(test)]
mod tests;

use super::lines::{EMPHASIS, EMPHASIS_END, GAP, Line, Within};
use super::place::Place;
use super::words::{
    self, Family, Kind, Token, family, is_abbreviation, is_copula, is_debitive, is_for_all,
    is_instruction, tokens,
};
use crate::diagnostic::{Diagnostic, Report};
use crate::rules::quiz_answer_shown;

/// What follows a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    Colon,
    Dash,
    Copula,
    /// The end of its emphasis.
    Emphasis,
    /// A full stop with more text.
    Bracket,
    /// A full stop, and more.
    Stop,
    /// Nothing.
    End,
}

/// What precedes a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Start {
    Line,
    Sentence,
    /// A bracket, a dash, a semicolon.
    Clause,
    Comma,
    /// Nothing, but it starts with a capital letter.
    Capital,
}

/// Words that form a label, depending on their position.
#[derive(Clone, Copy, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "four traits that do not depend on each other"
)]
pub(super) struct Phrase {
    pub(super) kind: Kind,
    pub(super) by: By,
    /// The index of the token after the label.
    pub(super) rest: usize,
    plural: bool,
    /// Whether it starts with a small word such as “ja”.
    open: bool,
    emphasised: bool,
    /// Whether it names a kind of text, and not only an audience.
    named: bool,
}

/// The label that starts at this token.
pub(super) fn phrase(tokens: &[Token], at: usize) -> Option<Phrase> {
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let before = before.and_then(Token::sign);
    let emphasised = before == Some(EMPHASIS);
    let bracketed = matches!(before, Some('(' | '[' | '{'));
    let mut found: Vec<(Family, &str)> = Vec::new();
    // Where emphasis ended, as indices of words and tokens.
    let mut closed: Option<(usize, usize)> = None;
    let mut next = at;
    let by = loop {
        let after = next.saturating_add(1);
        match tokens.get(next) {
            None => break By::End,
            Some(Token::Word { word, .. }) => {
                if !found.is_empty() && is_copula(word) {
                    next = after;
                    break By::Copula;
                }
                match family(word) {
                    Some(family) if found.len() < 9 => found.push((family, word)),
                    _ if emphasised && closed.is_some() => break By::Emphasis,
                    _ => return None,
                }
            }
            Some(Token::Sign { sign, spaced }) => match sign {
                '.' if found.last().is_some_and(|(_, word)| is_abbreviation(word)) => {
                    let goes_on = tokens
                        .get(after)
                        .and_then(Token::word)
                        .is_some_and(|word| family(word).is_some());
                    let is_sign = tokens.get(after).and_then(Token::sign).is_some();
                    if !goes_on && !is_sign {
                        next = after;
                        break By::Stop;
                    }
                }
                &EMPHASIS_END => closed = closed.or(Some((found.len(), after))),
                &EMPHASIS | '#' | '№' | '&' | '+' | '/' => {}
                '\'' | '’' if !found.is_empty() => {}
                '_' | '*' if tokens.get(after).and_then(Token::sign) != Some(*sign) => {}
                '(' | '[' => {
                    if let Some(close) = group_before_colon(tokens, after) {
                        next = close;
                        continue;
                    }
                }
                ')' | ']' | '}' if bracketed => {
                    next = after;
                    break By::Bracket;
                }
                ')' | ']' => {}
                ':' => {
                    next = after;
                    break By::Colon;
                }
                '-' | '–' | '—' | '−' | '―' | '>' if *spaced || closed.is_some() => {
                    next = after;
                    break By::Dash;
                }
                '=' | '→' | '⇒' | '➜' | '⟶' | '➡' | '←' => {
                    next = after;
                    break By::Dash;
                }
                '.' | '!' | '…' => {
                    next = after;
                    let more = tokens.get(after..).unwrap_or_default();
                    let ends = more.iter().all(|token| token.word().is_none())
                        && !more.iter().any(|token| token.sign() == Some('?'));
                    break if ends { By::End } else { By::Stop };
                }
                _ if emphasised && closed.is_some() => break By::Emphasis,
                _ => return None,
            },
        }
        next = after;
    };
    if by == By::Emphasis
        && let Some((words, after)) = closed
    {
        found.truncate(words);
        next = after;
    }
    let kind = words::kind(&found)?;
    let plural = found
        .iter()
        .any(|(_, word)| ["atbildes", "answers"].contains(word));
    Some(Phrase {
        kind,
        by,
        rest: next,
        plural,
        open: found.first().is_some_and(|(_, word)| {
            [
                "ja", "if", "when", "kad", "par", "uz", "for", "to", "no", "of", "un", "and",
            ]
            .contains(word)
        }),
        emphasised,
        named: found
            .iter()
            .any(|(family, _)| matches!(family, Family::Note | Family::Marking)),
    })
}

/// The end of the bracket opened before this token, if a colon follows: “Atbilde (īsi): …”
fn group_before_colon(tokens: &[Token], from: usize) -> Option<usize> {
    let group = tokens.get(from..)?;
    let length = group
        .iter()
        .position(|token| matches!(token.sign(), Some(')' | ']')))?;
    let close = from.saturating_add(length);
    let next = tokens.get(close.saturating_add(1))?;
    (next.sign() == Some(':')).then_some(close)
}

/// What precedes this token, if a label may start there.
fn start(tokens: &[Token], at: usize) -> Option<Start> {
    let mut before = tokens.get(..at).unwrap_or_default().iter().rev();
    let near = before.find(|token| !matches!(token.sign(), Some(EMPHASIS | EMPHASIS_END)));
    let Some(near) = near else {
        return Some(Start::Line);
    };
    let capital = matches!(tokens.get(at), Some(Token::Word { capital: true, .. }));
    let Token::Sign { sign, spaced } = near else {
        return capital.then_some(Start::Capital);
    };
    // A number or symbols alone are not a text.
    let is_first = tokens
        .get(..at)
        .unwrap_or_default()
        .iter()
        .filter_map(Token::word)
        .all(|word| word.chars().all(|c| c.is_ascii_digit()));
    match sign {
        '.' | '!' | '?' | '…' | ')' if is_first => Some(Start::Line),
        '.' | '!' | '?' | '…' | ':' => Some(Start::Sentence),
        ',' => Some(Start::Comma),
        '-' | '\'' | '’' | '@' | '_' if !spaced && !is_first => None,
        '-' | '–' | '—' | '−' | '>' | '(' | '[' | '{' | ';' | '|' | '/' | '→' | '=' | '•' | '·' => {
            Some(if is_first { Start::Line } else { Start::Clause })
        }
        c if ('\u{e002}'..='\u{e004}').contains(c) => capital.then_some(Start::Capital),
        _ if is_first => Some(Start::Line),
        _ => Some(Start::Clause),
    }
}

/// The kind of the first content of a line that must not be shown yet.
pub(super) fn found_in(line: &Line, place: Place) -> Option<Kind> {
    let tokens = tokens(&line.marked);
    let starts = tokens
        .iter()
        .enumerate()
        .filter(|(_, token)| token.word().is_some());
    for (at, _) in starts {
        if let Some(start) = start(&tokens, at)
            && let Some(phrase) = phrase(&tokens, at)
            && counts(&phrase, start, (&tokens, at), line, place)
        {
            return Some(phrase.kind);
        }
    }
    (!line.quoted && states(&tokens)).then_some(Kind::Answer)
}

fn counts(
    phrase: &Phrase,
    start: Start,
    (tokens, at): (&[Token], usize),
    line: &Line,
    place: Place,
) -> bool {
    let kind = phrase.kind;
    let rest = tokens.get(phrase.rest..).unwrap_or_default();
    if place == Place::Hint && matches!(kind, Kind::Hint | Kind::Note | Kind::Reason) {
        return false;
    }
    // Quoted speech; emphasised text counts as not quoted.
    let has_rest = rest.iter().any(|token| token.word().is_some());
    if line.quoted && kind.may_be_said() && !phrase.emphasised && has_rest {
        return false;
    }
    // A blank where the answer is to be written.
    let blank =
        |token: Option<&Token>| matches!(token.and_then(Token::sign), Some('_' | '.' | '…'));
    let mut shown = rest
        .iter()
        .filter(|token| token.sign() != Some(EMPHASIS_END));
    let to_fill = rest.iter().any(|token| token.sign() == Some(GAP))
        || (blank(shown.next()) && blank(shown.next()));
    if to_fill && matches!(kind, Kind::AnswerWord | Kind::Answer) && phrase.by != By::End {
        return false;
    }
    let rest_words: Vec<&str> = sentence(rest).iter().filter_map(Token::word).collect();
    if (kind == Kind::Note && is_instruction(&rest_words))
        || (kind == Kind::Aside && is_for_all(&rest_words))
    {
        return false;
    }
    let title = place == Place::Title;
    let begins = matches!(start, Start::Line | Start::Sentence);
    if place == Place::Part && line.index == 0 {
        // The beginnings and ends of answers are checked together by `marks`.
        let is_within = !matches!(start, Start::Line | Start::Capital) && phrase.by == By::Colon;
        let is_told = phrase.by == By::Copula && kind == Kind::Answer;
        if !(is_told || is_within && !matches!(kind, Kind::Note | Kind::Reason | Kind::Verdict)) {
            return false;
        }
    }
    if kind == Kind::Aside {
        let is_list = matches!(line.within, Within::Item | Within::Head | Within::Cell);
        return is_aside(phrase, start, line) && (phrase.named || !(is_list || title));
    }
    match phrase.by {
        By::Colon => match start {
            Start::Line | Start::Sentence | Start::Clause => true,
            Start::Comma => matches!(kind, Kind::Answer | Kind::Explanation),
            Start::Capital => !matches!(kind, Kind::Verdict | Kind::Reason),
        },
        By::Dash => match kind {
            Kind::Answer => begins || start == Start::Clause,
            Kind::AnswerWord | Kind::Explanation | Kind::Hint => begins,
            Kind::Key | Kind::Note | Kind::Reason | Kind::Verdict | Kind::Aside => {
                start == Start::Line && !title
            }
        },
        By::Copula => {
            start != Start::Capital
                && !phrase.open
                && is_told(kind, &rest_words, sentence(rest), title)
        }
        By::Emphasis => {
            let is_sentence = rest_words.first().is_some_and(|word| {
                [
                    "dod", "tiek", "nozime", "sniedz", "earn", "earns", "gives", "give", "means",
                    "count", "counts",
                ]
                .contains(word)
            });
            begins && !is_sentence && !matches!(kind, Kind::Verdict | Kind::Reason)
        }
        By::Stop => {
            begins
                && has_rest
                && !title
                && !matches!(kind, Kind::Verdict | Kind::Reason | Kind::Note)
        }
        By::Bracket => matches!(kind, Kind::Answer | Kind::AnswerWord | Kind::Key) && !title,
        By::End => start == Start::Line && !title && is_alone(kind, phrase, line, tokens.get(..at)),
    }
}

/// Whether words are a label that addresses somebody other than learners, or describes the marking.
fn is_aside(phrase: &Phrase, start: Start, line: &Line) -> bool {
    let begins = matches!(start, Start::Line | Start::Sentence);
    match phrase.by {
        By::Colon => begins || start == Start::Clause,
        By::Dash => start == Start::Line,
        By::Emphasis => begins && phrase.named,
        By::Bracket => phrase.named,
        By::End => {
            let stands_out = phrase.emphasised || line.within == Within::Heading;
            start == Start::Line && (phrase.named || stands_out)
        }
        By::Copula | By::Stop => false,
    }
}

/// Whether a label that fills its line counts there.
fn is_alone(kind: Kind, phrase: &Phrase, line: &Line, before: Option<&[Token]>) -> bool {
    let numbered = before.is_some_and(|before| before.iter().any(|token| token.word().is_some()));
    match line.within {
        Within::Heading => true,
        Within::Paragraph => {
            !numbered
                && !matches!(kind, Kind::Reason)
                && (kind != Kind::Verdict || phrase.emphasised)
        }
        Within::Head => matches!(kind, Kind::Answer | Kind::AnswerWord),
        Within::Picture => kind == Kind::Answer,
        Within::Item => phrase.emphasised && kind == Kind::Answer,
        Within::Cell => false,
    }
}

/// The tokens up to the end of the sentence.
fn sentence(tokens: &[Token]) -> &[Token] {
    let end = tokens
        .iter()
        .position(|token| matches!(token.sign(), Some('.' | '!' | '?' | '…')))
        .map_or(tokens.len(), |end| end.saturating_add(1));
    tokens.get(..end).unwrap_or_default()
}

/// Whether the text after “… atbilde ir” is the answer itself.
fn is_told(kind: Kind, rest: &[&str], sentence: &[Token], title: bool) -> bool {
    const LIKE: &str = "tikai viena viens vienmer ne nav vesels skaitlis skaitli vards vardi tas ta tie kas atkariga \
         atkarigs atrodama atrodams paslepta zem zemak augstak divas divi tris cetras vairakas vairaki visas obligata \
         obligats anonima anonims isa iss briva brivs redzama svariga only one two three four several always a an \
         either neither in below above not required anonymous hidden given shown case worth based found to at on due \
         optional never kept saved important short free yours up";
    const MARKS: &str = "punkts punkti punktu point points marks";
    if sentence.last().and_then(Token::sign) == Some('?') || rest.is_empty() {
        return false;
    }
    let first = rest.first().copied().unwrap_or_default();
    let is_in = |list: &str, word: &str| list.split_whitespace().any(|known| known == word);
    // Single letters are names of answers: “A”, “A and C”.
    let is_letter = rest
        .iter()
        .all(|word| word.len() == 1 || ["and", "un", "or", "vai"].contains(word));
    let like = (is_in(LIKE, first) && !is_letter)
        || is_debitive(first)
        || matches!(family(first), Some(Family::Right | Family::Wrong))
        || rest.iter().any(|word| is_in(MARKS, word));
    if like {
        return false;
    }
    match kind {
        Kind::Answer => true,
        Kind::AnswerWord => !title,
        Kind::Verdict => {
            let names = rest
                .iter()
                .any(|word| matches!(family(word), Some(Family::Answer | Family::Thing)));
            !title && (rest.len() <= 2 || (names && rest.len() <= 4))
        }
        Kind::Explanation => {
            !title && is_in("that tas tads sads ka because this vienkarss simple", first)
        }
        Kind::Key | Kind::Reason | Kind::Hint | Kind::Note | Kind::Aside => false,
    }
}

/// Whether a sentence says that an answer is the correct one: “Rīga ir pareizā atbilde.”, “B is correct.”
pub(super) fn states(tokens: &[Token]) -> bool {
    const OPEN: &str = "kura kurs kuri kuras kuru kuram kas ko kads kada kadas kadi vai ja ka which what who if whether \
         tikai viena viens vairakas vairaki divas divi tris visas visi katra katrs neviena neviens only one two three \
         all several each every none no not nav any";
    let mut rest = tokens;
    while !rest.is_empty() {
        let own = sentence(rest);
        let colon = own.iter().position(|token| token.sign() == Some(':'));
        let own = colon.and_then(|colon| own.get(..=colon)).unwrap_or(own);
        rest = rest.get(own.len()..).unwrap_or_default();
        if own.last().and_then(Token::sign) == Some('?') {
            continue;
        }
        let words: Vec<&str> = own.iter().filter_map(Token::word).collect();
        let Some(at) = words.iter().position(|word| is_copula(word)) else {
            continue;
        };
        let (before, after) = words.split_at_checked(at).unwrap_or_default();
        let after = after.get(1..).unwrap_or_default();
        let is_open = before
            .iter()
            .any(|word| OPEN.split_whitespace().any(|known| known == *word));
        if before.is_empty() || before.len() > 8 || is_open {
            continue;
        }
        let families: Option<Vec<(Family, &str)>> = after
            .iter()
            .take_while(|word| **word != "jo" && **word != "because")
            .map(|word| Some((family(word)?, *word)))
            .collect();
        let Some(families) = families else { continue };
        let is_right = families.iter().any(|(family, _)| *family == Family::Right);
        let is_wrong = families.iter().any(|(family, _)| *family == Family::Wrong);
        let is_thing = families
            .iter()
            .any(|(family, _)| matches!(family, Family::Answer | Family::Thing));
        // In English the article shows that one is meant.
        let is_english = after.iter().any(|word| ["correct", "right"].contains(word));
        let is_the = !is_english || after.contains(&"the");
        // In Latvian the ending does: “pareizs” is one of several.
        let is_one = after
            .iter()
            .any(|word| ["pareizs", "pareizi"].contains(word));
        if is_right && is_thing && is_the && !is_one {
            return true;
        }
        let named = match before {
            [name] => name.chars().count() == 1,
            [what, name] => {
                name.chars().count() == 1
                    && matches!(family(what), Some(Family::Answer | Family::Thing))
            }
            _ => false,
        };
        if named && (is_right || is_wrong) && families.len() == 1 {
            return true;
        }
    }
    false
}

/// Whether a line is only “Atbildes:”, as it may be above the answers.
pub(super) fn is_introduction(line: &Line) -> bool {
    let tokens = tokens(&line.marked);
    let first = tokens.iter().position(|token| token.word().is_some());
    first
        .and_then(|first| phrase(&tokens, first))
        .is_some_and(|phrase| {
            let rest = tokens.get(phrase.rest..).unwrap_or_default();
            phrase.kind == Kind::AnswerWord
                && phrase.plural
                && matches!(phrase.by, By::Colon | By::End)
                && rest.iter().all(|token| token.word().is_none())
        })
}

/// Reports a label in shown text.
pub(super) fn told(line: &Line, place: Place, report: &Report<'_>) -> Option<Diagnostic> {
    let kind = found_in(line, place)?;
    Some(diagnostic(kind, line, place, report))
}

pub(super) fn diagnostic(kind: Kind, line: &Line, place: Place, report: &Report<'_>) -> Diagnostic {
    const AS_TEXT: &str = "words that are only shown stand between quotation marks or as code";
    let when = match place {
        Place::Lesson => "the question before it can still be answered",
        Place::Test => "the test begins",
        _ => "the question is answered",
    };
    let (what, help) = match kind {
        Kind::Answer | Kind::AnswerWord | Kind::Verdict | Kind::Key => (
            "the answer",
            "tick the right answer, and write what is said about it into the explanation, below `> [!NOTE]`; what \
             somebody else says is quoted, after `>`",
        ),
        Kind::Explanation | Kind::Reason => (
            "the explanation",
            "write `> [!NOTE]` above it and `>` before each of its lines, below the answers",
        ),
        Kind::Hint => (
            "a hint",
            "write `> [!TIP]` above it and `>` before each of its lines",
        ),
        Kind::Aside => (
            "a note that is not for learners",
            "write it below the answers, after `> [!NOTE]`, if they may read it then; as a comment, `[//]: # (…)`, it \
             is never shown",
        ),
        Kind::Note => (
            "a comment on the answer",
            "write it below the answers, after `> [!NOTE]`, if it explains them; leave the label out, or write it below \
             `> [!IMPORTANT]`, if it belongs to what is asked",
        ),
    };
    let message = match (kind, place) {
        (Kind::Answer | Kind::AnswerWord | Kind::Verdict | Kind::Key, Place::Hint) => {
            "this hint looks like the answer".to_owned()
        }
        (_, Place::Lesson) => format!("this looks like {what}, and is shown while {when}"),
        (Kind::Hint, Place::Asked | Place::AskedWithGaps | Place::Title) => {
            "this looks like a hint, and is shown at once".to_owned()
        }
        _ => format!("this looks like {what}, and is shown before {when}"),
    };
    quiz_answer_shown::found(report, line.span, message, format!("{help}; {AS_TEXT}"))
}

/// The kind of the label at the beginning of a text, at a place where no text is allowed.
pub(super) fn beginning(line: &Line) -> Option<Kind> {
    let tokens = tokens(&line.marked);
    let first = tokens.iter().position(|token| token.word().is_some())?;
    let phrase = phrase(&tokens, first)?;
    (phrase.by != By::Copula).then_some(phrase.kind)
}

/// Whether a line of code starts with a label.
pub(super) fn begins(text: &str) -> bool {
    let tokens = tokens(text);
    let first = tokens.iter().position(|token| token.word().is_some());
    first
        .and_then(|first| phrase(&tokens, first))
        .is_some_and(|phrase| matches!(phrase.by, By::Colon | By::Dash))
}
