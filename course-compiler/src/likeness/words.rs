//! Splits a text into its significant words, and compares two of them.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::{signals, slips};
use crate::model::Language;

/// The kind of a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A number, in digits or in words, with a decimal point.
    Number(String),
    /// A symbol that is read aloud: a minus sign, a currency, an arrow.
    Sign(char),
    /// A word.
    Word,
}

/// A word, a number or a sign.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// In lower case.
    spelling: String,
    /// Without diacritics.
    pub(super) folded: String,
    /// Whether it is a significant word.
    is_signal: bool,
    /// Whether it can be left out without changing the meaning.
    is_filler: bool,
    /// Whether only a hyphen is between it and the word before it.
    pub(super) is_hyphened: bool,
}

impl Token {
    fn new(kind: Kind, spelling: String, is_hyphened: bool, language: Language) -> Self {
        let folded: String = fold(&spelling);
        let is_word = kind == Kind::Word;
        Self {
            is_signal: is_word && signals::is_signal(&folded, language),
            is_filler: is_word && signals::is_filler(&spelling, language),
            is_hyphened,
            kind,
            spelling,
            folded,
        }
    }

    /// Whether it is a number or a symbol.
    pub(super) fn is_figure(&self) -> bool {
        self.kind != Kind::Word
    }

    /// Whether it is never treated as another word.
    pub(super) const fn is_signal(&self) -> bool {
        self.is_signal
    }

    /// Whether both are the same word, in two spellings or with a corrected typing mistake.
    pub(super) fn is_the_word(&self, other: &Self, language: Language) -> bool {
        if self.is_figure() || other.is_figure() {
            // “viens”, “vienam”: different cases.
            let is_written = |token: &Self| token.spelling.starts_with(char::is_alphabetic);
            return self.kind == other.kind
                && (self.spelling == other.spelling
                    || !matches!(self.kind, Kind::Number(_))
                    || !(is_written(self) && is_written(other)));
        }
        if self.spelling == other.spelling
            || signals::are_synonyms(&self.spelling, &other.spelling, language)
            || (language == Language::En
                && self.folded != other.folded
                && slips::american(&self.folded) == slips::american(&other.folded))
        {
            return true;
        }
        if self.is_signal || other.is_signal {
            return false;
        }
        if self.folded == other.folded {
            return slips::is_lost_mark(&self.spelling, &other.spelling, &self.folded, language);
        }
        slips::is_typo(&self.folded, &other.folded, language)
    }
}

impl Token {
    /// Whether both start the same and differ in a few letters at the end.
    pub(super) fn is_form_of(&self, other: &Self) -> bool {
        /// The shortest stem and the longest ending, in characters.
        const STEM: usize = 3;
        const ENDING: usize = 4;
        let (one, two) = (self.folded.chars(), other.folded.chars());
        let common = one.zip(two).take_while(|(a, b)| a == b).count();
        let ends = |token: &Self| token.folded.chars().count().saturating_sub(common) <= ENDING;
        !(self.is_figure() || other.is_figure() || self.is_signal || other.is_signal)
            && common >= STEM
            && ends(self)
            && ends(other)
    }
}

/// A text as its tokens and pauses.
pub(super) struct Text {
    pub(super) tokens: Vec<Token>,
    /// The tokens that follow a comma or another mark.
    pub(super) pauses: BTreeSet<usize>,
    language: Language,
}

impl Text {
    /// Splits a text.
    pub(super) fn of(text: &str, language: Language) -> Self {
        let text: Vec<char> = text
            .nfc()
            .filter(|c| !is_invisible(*c))
            .flat_map(char::to_lowercase)
            .map(|c| match c {
                '’' | '‘' | 'ʼ' => '\'',
                c if c.is_whitespace() => ' ',
                c => c,
            })
            .collect();
        let mut scanner = Scanner {
            text: &text,
            at: 0,
            language,
            tokens: Vec::new(),
            pauses: BTreeSet::new(),
            hyphened: None,
        };
        scanner.scan();
        let (tokens, mut pauses) = (scanner.tokens, scanner.pauses);
        // There is no pause at the beginning or the end.
        pauses.remove(&0);
        pauses.remove(&tokens.len());
        Self {
            tokens,
            pauses,
            language,
        }
    }

    /// The text without words that can be left out; with them, if there are no others.
    pub(super) fn without_fillers(self) -> Self {
        let spare: Vec<bool> = self
            .tokens
            .iter()
            .enumerate()
            .map(|(at, token)| {
                let next = self.tokens.get(at.saturating_add(1));
                let next = next.map(|next| next.folded.as_str());
                // A statement may be turned into a question.
                let asks = at == 0 && self.language == Language::Lv && token.folded == "vai";
                asks || (token.is_filler && !signals::needs_article(next, self.language))
            })
            .collect();
        if spare.iter().all(|spare| *spare) {
            return self;
        }
        let kept_before = |pause: usize| spare.iter().take(pause).filter(|spare| !**spare).count();
        let pauses = self.pauses.iter().map(|pause| kept_before(*pause));
        let pauses: BTreeSet<usize> = pauses.filter(|pause| *pause > 0).collect();
        let tokens = self.tokens.into_iter().zip(&spare);
        Self {
            tokens: tokens
                .filter(|(_, spare)| !**spare)
                .map(|(token, _)| token)
                .collect(),
            pauses,
            language: self.language,
        }
    }
}

/// Without diacritics.
fn fold(text: &str) -> String {
    text.nfd().filter(|c| !is_combining_mark(*c)).collect()
}

/// Whether a character only separates words.
fn is_punctuation(c: char) -> bool {
    matches!(
        c,
        '!' | '"' | '\'' | '(' | ')' | ',' | '.' | '/' | ':' | ';' | '?' | '[' | ']' | '{' | '}' | '-' | '¡' | '¿' | '«'
            | '»' | '·' | '`' | '´' | '\u{2010}'..='\u{202f}' | '\u{2032}'..='\u{205f}' | '\u{3001}'..='\u{301f}'
    )
}

/// Whether a character is invisible.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

struct Scanner<'a> {
    text: &'a [char],
    at: usize,
    language: Language,
    tokens: Vec<Token>,
    pauses: BTreeSet<usize>,
    /// The token that follows a hyphen inside a word.
    hyphened: Option<usize>,
}

impl Scanner<'_> {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.text.get(self.at.saturating_add(ahead)).copied()
    }

    fn scan(&mut self) {
        while let Some(c) = self.peek(0) {
            if c.is_ascii_digit() {
                let number = self.number();
                self.push(Kind::Number(number.clone()), number);
            } else if c.is_numeric() {
                self.at = self.at.saturating_add(1);
                self.push(Kind::Number(c.to_string()), c.to_string());
            } else if c.is_alphabetic() || is_combining_mark(c) {
                self.word();
            } else {
                self.mark(c);
            }
        }
    }

    /// A punctuation mark, a sign or a space.
    fn mark(&mut self, c: char) {
        let before = self.at.checked_sub(1).and_then(|at| self.text.get(at));
        let begins = before.is_none_or(|before| matches!(before, ' ' | '(' | '['));
        let is_number_next = self.peek(1).is_some_and(|next| next.is_ascii_digit());
        self.at = self.at.saturating_add(1);
        let is_between = is_number_next && before.is_some_and(char::is_ascii_digit);
        match c {
            '-' | '\u{2212}' | '–' if begins && is_number_next => {
                self.push(Kind::Sign('-'), "-".to_owned());
            }
            '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' if is_between => {
                self.push(Kind::Sign('–'), "–".to_owned());
            }
            '/' | ':' if is_between => self.push(Kind::Sign(c), c.to_string()),
            ',' | ';' | ':' | '.' | '!' | '?' | '…' | '(' | ')' | '[' | ']' | '/' => self.pause(),
            '-' | '\u{2010}' | '\u{2011}'
                if before.is_some_and(|before| before.is_alphabetic())
                    && self.peek(0).is_some_and(char::is_alphabetic) =>
            {
                self.hyphened = Some(self.tokens.len());
            }
            '-' | '\u{2010}'..='\u{2015}' if before == Some(&' ') => self.pause(),
            c if c.is_whitespace() || c.is_control() || (is_punctuation(c) && c != '‰') => {}
            c => self.push(Kind::Sign(c), c.to_string()),
        }
    }

    fn pause(&mut self) {
        self.pauses.insert(self.tokens.len());
    }

    /// A number without grouping spaces and with a decimal point.
    fn number(&mut self) -> String {
        let mut number = String::new();
        let mut is_grouped = true;
        while let Some(c) = self.peek(0) {
            let digits = |from: usize| {
                (from..).take_while(|ahead| self.peek(*ahead).is_some_and(|c| c.is_ascii_digit()))
            };
            if c.is_ascii_digit() {
                let length = digits(0).count();
                is_grouped &= length <= 3;
                number.extend((0..length).filter_map(|ahead| self.peek(ahead)));
                self.at = self.at.saturating_add(length);
            } else if matches!(c, '.' | ',') && digits(1).count() > 0 {
                // Three digits may be a group or decimals.
                let is_open = digits(1).count() == 3;
                if !(is_open && is_grouped && c == ',' && self.language == Language::En) {
                    number.push(if is_open { c } else { '.' });
                    is_grouped = false;
                }
                self.at = self.at.saturating_add(1);
            } else if c == ' ' && is_grouped && digits(1).count() == 3 {
                self.at = self.at.saturating_add(1);
            } else {
                break;
            }
        }
        number
    }

    fn word(&mut self) {
        let mut word = String::new();
        while let Some(c) = self.peek(0) {
            let within = c == '\'' && self.peek(1).is_some_and(char::is_alphabetic);
            if !(c.is_alphabetic() || is_combining_mark(c) || within) {
                break;
            }
            word.push(c);
            self.at = self.at.saturating_add(1);
        }
        if self.language == Language::En {
            self.english(&word);
        } else {
            self.push_word(&word.replace('\'', ""));
        }
    }

    /// Splits contractions.
    fn english(&mut self, word: &str) {
        match word {
            "cannot" | "can't" => return self.push_words(&["can", "not"]),
            "won't" => return self.push_words(&["will", "not"]),
            "shan't" => return self.push_words(&["shall", "not"]),
            _ => {}
        }
        if let Some(verb) = word.strip_suffix("n't") {
            self.push_words(&[verb, "not"]);
            return;
        }
        let (stem, ending) = word.split_once('\'').unwrap_or((word, ""));
        self.push_word(stem);
        match ending {
            "ll" => self.push_word("will"),
            "re" => self.push_word("are"),
            "ve" => self.push_word("have"),
            "" => {}
            "m" => self.push_word("am"),
            other => self.push_word(other),
        }
    }

    fn push_words(&mut self, words: &[&str]) {
        for word in words {
            self.push_word(word);
        }
    }

    fn push_word(&mut self, word: &str) {
        let folded = fold(word);
        let figure = signals::number(&folded, self.language)
            .map(|number| Kind::Number(number.to_owned()))
            .or_else(|| signals::sign(&folded).map(Kind::Sign));
        self.push(figure.unwrap_or(Kind::Word), word.to_owned());
    }

    fn push(&mut self, kind: Kind, spelling: String) {
        let is_hyphened = self.hyphened == Some(self.tokens.len());
        self.tokens
            .push(Token::new(kind, spelling, is_hyphened, self.language));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(text: &str, language: Language) -> Vec<String> {
        let text = Text::of(text, language);
        text.tokens
            .into_iter()
            .map(|token| match token.kind {
                Kind::Number(number) => number,
                Kind::Sign(sign) => sign.to_string(),
                Kind::Word => token.spelling,
            })
            .collect()
    }

    #[test]
    fn a_text_is_words_numbers_and_signs() {
        for (text, language, tokens) in [
            ("„Jā”, drīkst.", Language::Lv, &["jā", "drīkst"][..]),
            (
                "10 000 € 10-14",
                Language::Lv,
                &["10000", "€", "10", "–", "14"],
            ),
            (
                "−5 1,5 1,500 1/2",
                Language::Lv,
                &["-", "5", "1.5", "1,500", "1", "/", "2"],
            ),
            (
                "You can't, it's",
                Language::En,
                &["you", "can", "not", "it", "s"],
            ),
            ("piecas ned\u{ad}ēļas", Language::Lv, &["5", "nedēļas"]),
        ] {
            assert_eq!(says(text, language), tokens, "{text}");
        }
    }

    #[test]
    fn pauses_are_told_by_the_word_after_them() {
        let pauses = |text| Vec::from_iter(Text::of(text, Language::Lv).pauses);
        assert_eq!(pauses("Sodīt, nedrīkst apžēlot!"), [1]);
        assert_eq!(pauses("(Sodīt) nedrīkst – apžēlot: „jā”"), [1, 2, 3]);
        assert_eq!(pauses("darba-devējs"), [0; 0]);
    }
}
