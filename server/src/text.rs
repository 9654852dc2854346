//! Typed texts: normalised, folded for searching, ordered.

use std::{cmp::Ordering, sync::LazyLock};

use icu_collator::{Collator, CollatorBorrowed, options::CollatorOptions};
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// Normalises a text: composed letters, single spaces between words, none around, no invisible characters.
#[must_use]
pub fn tidy(text: &str) -> String {
    let visible = text.chars().filter(|c| !is_invisible(*c));
    let composed: String = visible.nfc().collect();
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a character shows nothing of itself: soft hyphens, joiners, marks of byte order, and those that turn
/// the direction of the text after them. Copied texts contain them, and they can make one text look like another.
const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
    )
}

/// A tidied name with one kind of hyphen and one of apostrophe, whichever the keyboard writes.
#[must_use]
pub fn tidy_name(name: &str) -> String {
    let one_kind = |c| match c {
        '‐' | '‑' | '‒' | '–' | '—' | '−' | '﹣' | '－' => '-',
        '\'' | '‘' | '‛' | 'ʼ' | 'ʻ' | '´' | '`' | '′' | '＇' => '’',
        other => other,
    };
    name.chars().map(one_kind).collect()
}

/// Whether the letters of a name belong to one alphabet (Unicode Technical Standard 39, section 5.1). A Cyrillic
/// letter in a Latin name looks the same and is another; a name that is Cyrillic throughout is of one.
#[must_use]
pub fn is_of_one_script(name: &str) -> bool {
    unicode_security::MixedScript::is_single_script(name)
}

/// Normalises a text of several lines: composed letters, no control characters, no spaces at the ends of lines,
/// no empty lines around.
#[must_use]
pub fn tidy_lines(text: &str) -> String {
    let composed: String = text.nfc().collect();
    let lines = composed.lines().map(|line| {
        let plain = line.chars().filter(|c| !c.is_control());
        plain.collect::<String>().trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// A text in the form used for searching: lower case, without diacritics, words of letters and digits
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

/// The most words of a search: each is part of the statement, whose size the database limits.
pub const MOST_WORDS: usize = 20;

/// The folded words of a search, all of which must match. They consist of letters and digits, so none needs
/// escaping in `LIKE`.
#[must_use]
pub fn search_words(query: &str) -> Vec<String> {
    let folded = fold(query);
    folded
        .split_whitespace()
        .take(MOST_WORDS)
        .map(str::to_owned)
        .collect()
}

/// Quotation marks in names of organisations, which are ignored when sorting.
pub const QUOTATION_MARKS: [char; 8] = ['„', '“', '”', '"', '«', '»', '’', '\''];

/// Compares two texts in Latvian alphabetical order, by the Unicode consortium's data (CLDR): letters with a
/// diacritic come after those without; capitals matter only if everything else is equal. Quotation marks are
/// ignored.
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

/// Whether a text contains what may be a Latvian personal code: eleven digits, perhaps with a hyphen or a space after
/// the sixth, which begin with a date of birth (`DDMMYY`) and the digit of its century or, since July 2017, with 32 to
/// 39 (Law on the Register of Natural Persons).
#[must_use]
pub fn has_personal_code(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let digit = |at: usize| chars.get(at).and_then(|c| c.to_digit(10));
    (0..chars.len()).any(|start| {
        if start.checked_sub(1).and_then(digit).is_some() {
            return false;
        }
        let is_between = |c: &char| matches!(c, '-' | '\u{2010}'..='\u{2013}' | ' ');
        let second = start + 6 + usize::from(chars.get(start + 6).is_some_and(is_between));
        let places = (start..start + 6).chain(second..second + 5);
        let digits: Option<Vec<u32>> = places.map(digit).collect();
        let Some(digits) = digits.filter(|_| digit(second + 5).is_none()) else {
            return false;
        };
        let number = |at: usize| digits.iter().skip(at).take(2).fold(0, |n, d| n * 10 + d);
        let is_date = (1..=31).contains(&number(0)) && (1..=12).contains(&number(2));
        (is_date && digits.get(6).is_some_and(|century| *century <= 2))
            || (32..=39).contains(&number(0))
    })
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
    fn invisible_characters_are_taken_out() {
        assert_eq!(
            tidy("\u{202e}Rī\u{ad}ta\u{200b}  \u{feff}Rasa\u{2069}"),
            "Rīta Rasa"
        );
    }

    #[test]
    fn a_letter_of_another_alphabet_in_a_name_is_noticed() {
        for name in [
            "Anna Bērziņa-Kļaviņa",
            "Анна Иванова",
            "Ñandú O’Brien",
            "",
            "Ö. -",
        ] {
            assert!(is_of_one_script(name), "{name}");
        }
        // A Cyrillic letter at the beginning; a Greek one; two whole alphabets.
        for name in ["\u{410}nna Bērziņa", "Ann\u{3b1}", "Anna Иванова"] {
            assert!(!is_of_one_script(name), "{name}");
        }
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

    #[test]
    fn personal_codes_are_seen_within_a_text() {
        for text in [
            "161175-19997",
            "16117519997",
            "Saimnieks, p. k. 161175 19997.",
            "p.k.161175–19997",
            "32345612345",
            "SIA 391234-00000 Rīgā",
        ] {
            assert!(has_personal_code(text), "{text}");
        }
        for text in [
            "",
            "40003032949",
            "161375-19997",
            "161175-99997",
            "1161175199977",
            "+371 67021600",
            "31234567890123",
            "2026-11-30 161175",
            "№ 161175, 19997",
        ] {
            assert!(!has_personal_code(text), "{text}");
        }
    }
}
