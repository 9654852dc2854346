//! `reading-level`: a text that is too hard to read.

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::draft_course::DraftCourse;
use crate::model::Language;
use crate::parse::NodeKind;
use crate::source::Span;

pub(crate) const RULE: Rule = Rule {
    code: "reading-level",
    severity: Severity::Warning,
    page: include_str!("reading_level.md"),
};

/// The fewest words of a text that is measured.
const FEWEST_WORDS: usize = 100;
/// The fewest words of a paragraph that is named as the hardest.
const FEWEST_WORDS_OF_A_PARAGRAPH: usize = 20;
/// The most letters of a short word; longer ones count as long.
const LETTERS_OF_A_SHORT_WORD: usize = 6;

/// The limit. On the original scale for Swedish, 60 is the language of science and law. Latvian words are
/// longer: the shipped courses measure about 15 more in Latvian than the same text in English.
const fn limit(language: Language) -> usize {
    match language {
        Language::Lv => 75,
        Language::En => 60,
    }
}

/// The counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counted {
    words: usize,
    long_words: usize,
    sentences: usize,
}

impl Counted {
    fn of(paragraph: &str) -> Self {
        let mut counted = Self::default();
        let mut is_open = false;
        for word in paragraph.split_whitespace() {
            let letters = word.chars().filter(|c| c.is_alphabetic()).count();
            if letters > 0 {
                counted.words = counted.words.saturating_add(1);
                is_open = true;
            }
            if letters > LETTERS_OF_A_SHORT_WORD {
                counted.long_words = counted.long_words.saturating_add(1);
            }
            // “7. pants” and “u. c.” do not end a sentence, but full stops after longer words do.
            let ends = word.trim_end_matches(['"', '”', '“', '»', ')']);
            if is_open
                && (ends.ends_with(['!', '?', '…'])
                    || (ends.ends_with(['.', ':', ';']) && letters > 2))
            {
                counted.sentences = counted.sentences.saturating_add(1);
                is_open = false;
            }
        }
        counted.sentences = counted.sentences.saturating_add(usize::from(is_open));
        counted
    }

    const fn and(self, other: Self) -> Self {
        Self {
            words: self.words.saturating_add(other.words),
            long_words: self.long_words.saturating_add(other.long_words),
            sentences: self.sentences.saturating_add(other.sentences),
        }
    }

    /// The readability index LIX: words of a sentence, plus the percentage of long words.
    fn lix(self) -> usize {
        let of = |part: usize, whole: usize| part.checked_div(whole).unwrap_or_default();
        of(self.words, self.sentences)
            .saturating_add(of(self.long_words.saturating_mul(100), self.words))
    }
}

pub(super) fn check(course: &DraftCourse, found: &mut Vec<Diagnostic>) {
    for file in course.files() {
        let mut whole = Counted::default();
        let mut hardest: Option<(usize, Span)> = None;
        file.walk(&mut |node| {
            if node.kind != NodeKind::Paragraph {
                return;
            }
            let counted = Counted::of(&node.plain_text());
            whole = whole.and(counted);
            let lix = counted.lix();
            if counted.words >= FEWEST_WORDS_OF_A_PARAGRAPH
                && hardest.is_none_or(|(other, _)| lix > other)
            {
                hardest = Some((lix, node.span));
            }
        });
        let lix = whole.lix();
        let limit = limit(file.language);
        if let Some((_, span)) = hardest.filter(|_| whole.words >= FEWEST_WORDS && lix > limit) {
            found.push(
                RULE.at(
                    &file.source,
                    span,
                    format!("the text is very hard to read (LIX {lix}, at most {limit}); this paragraph is the hardest"),
                )
                .help("make two sentences of one, and use shorter words where there are some"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_and_long_words_are_counted() {
        let counted = Counted::of("Darba likuma 7. pants u. c. normas to nosaka. Vai (tiešām)? Jā");
        assert_eq!(
            counted,
            Counted {
                words: 11,
                long_words: 0,
                sentences: 3
            }
        );
        let counted = Counted::of("Diskriminācija ir aizliegta.");
        assert_eq!(counted.lix(), 3 + 66);
        assert_eq!(Counted::of("– 2 +").lix(), 0);
    }
}
