//! Units after numbers: which texts are units, and which units are equal.
//!
//! A learner may type the unit in any of its usual forms: `5 EUR`, `5 €`, `5 eiro`; `12 dienas`, `12 dienu`.

mod known;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use known::{CURRENCIES, EACH, EACH_SHORT, KNOWN, MULTIPLIERS, NOT_UNITS};

/// Symbols that are units, or the beginning of one.
const MARKS: &str = "%‰€$£¥°";

/// The longest unit, in characters.
const LONGEST: usize = 40;

/// A canonical form of a word: lower case, no diacritics, no full stops.
fn fold(text: &str) -> String {
    let folded: String = text
        .nfc()
        .flat_map(char::to_lowercase)
        .map(|c| if c == '.' { ' ' } else { c })
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn known(folded: &str) -> impl Iterator<Item = &'static [&'static str]> {
    KNOWN
        .iter()
        .copied()
        .filter(move |forms| forms.contains(&folded))
}

/// Whether a text is one unit: a known one, known ones with `/` between, a known one with what it counts, or
/// another word in lower case, with an optional further word: `akadēmiskās stundas`, `litri ūdens`. `5M` and
/// `5 TEUR` are not metres and not euros.
pub(super) fn is_one(text: &str) -> bool {
    let folded = fold(text);
    if text.chars().count() > LONGEST || folded.is_empty() || !begins_well(text) {
        return false;
    }
    let words: Vec<&str> = folded.split(' ').collect();
    // A single capital letter is another unit, or a multiplier.
    let is_own_case = |word: &str| {
        word.chars().count() > 1
            || !word.chars().all(char::is_alphabetic)
            || text.contains(word)
            || "wvacflj".contains(word)
    };
    let is_known = |word: &str| known(word).next().is_some() && is_own_case(word);
    if is_known(&folded) {
        return true;
    }
    match words.as_slice() {
        [one] if one.contains('/') => one
            .split('/')
            .all(|part| is_known(part) || EACH_SHORT.contains(&part)),
        [one] => is_word(text, one),
        [unit, each] if is_known(unit) && EACH.contains(each) => true,
        [one, other] => {
            let written: Vec<&str> = text.split_whitespace().collect();
            let is_part = |at: usize, word: &str| {
                (is_known(word) && !is_currency(word))
                    || written.get(at).is_some_and(|text| is_word(text, word))
            };
            written.len() == 2
                && !(is_known(one) && is_known(other))
                && is_part(0, one)
                && is_part(1, other)
        }
        [unit, "per" | "a" | "an" | "uz", each] => is_known(unit) && known(each).next().is_some(),
        _ => false,
    }
}

fn begins_well(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || MARKS.contains(c))
}

/// Whether a word that is no known unit can be one: a counted thing, in lower case.
fn is_word(text: &str, folded: &str) -> bool {
    let text = text.trim_end_matches('.');
    let has_vowel = folded.contains(['a', 'e', 'i', 'o', 'u', 'y']);
    folded.chars().all(|c| c.is_alphabetic() && !c.is_numeric())
        && folded.chars().count() >= 3
        && has_vowel
        && !NOT_UNITS.contains(&folded)
        && !MULTIPLIERS.iter().any(|begin| folded.starts_with(begin))
        && text.chars().skip(1).all(char::is_lowercase)
}

/// Whether it is a currency, which may precede its number.
pub(super) fn is_currency(text: &str) -> bool {
    CURRENCIES.contains(&fold(text).as_str())
}

/// Whether the text after digits makes them an ordinal: `1st`, `2-nd`, `3.`, `3. vieta`, `4-ais`.
pub(super) fn is_ordinal(rest: &str) -> bool {
    const ENDINGS: [&str; 22] = [
        "st", "nd", "rd", "th", "ais", "ā", "ās", "ie", "ajā", "ajam", "ajai", "ajās", "ajos",
        "šais", "šā", "tais", "tā", "trais", "trā", "reiz", "kārt", "o",
    ];
    if let Some(after) = rest.strip_prefix('.') {
        return !after.starts_with(|c: char| c.is_ascii_digit() || ".,".contains(c));
    }
    let word = rest.strip_prefix('-').unwrap_or(rest);
    let word = word.split(' ').next().unwrap_or_default();
    ENDINGS.iter().any(|ending| word.to_lowercase() == *ending)
}

/// Whether two texts name the same unit.
pub(super) fn same(a: &str, b: &str) -> bool {
    let (a, b) = (fold(a), fold(b));
    if a == b || known(&a).any(|forms| forms.contains(&b.as_str())) {
        return true;
    }
    // `EUR/mēn.`, `eur/mēn`; `EUR mēnesī`, `eiro mēnesī`.
    let both = a.split(['/', ' ']).zip(b.split(['/', ' ']));
    if a.split(['/', ' ']).count() == b.split(['/', ' ']).count()
        && a.contains(['/', ' '])
        && both
            .clone()
            .all(|(one, other)| one == other || known(one).any(|forms| forms.contains(&other)))
    {
        return true;
    }
    // All forms of usual units are listed above; those of others may differ in their endings.
    let words = |text: &'_ str| text.split([' ', '/']).map(stem).collect::<Vec<_>>();
    known(&a).next().is_none() && known(&b).next().is_none() && words(&a) == words(&b)
}

/// Whether a unit is a share, so that a tolerance in it could be relative.
pub(super) fn is_share(unit: &str) -> bool {
    same(unit, "%") || same(unit, "‰")
}

/// A word without its ending, folded.
fn stem(word: &str) -> String {
    const ENDINGS: [&str; 20] = [
        "iem", "am", "em", "os", "as", "es", "us", "is", "ai", "ei", "im", "um", "a", "e", "i",
        "o", "u", "s", "m", "",
    ];
    let kept = ENDINGS
        .iter()
        .filter_map(|ending| word.strip_suffix(ending))
        .find(|kept| kept.chars().count() >= 3);
    kept.unwrap_or(word).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_one_thing() {
        for text in [
            "%",
            "EUR",
            "€",
            "eiro",
            "dienas",
            "darba dienas",
            "kalendārās dienas",
            "lx",
            "km/h",
            "m²",
            "m2",
            "°C",
            "EUR/mēn.",
            "EUR mēnesī",
            "EUR per month",
            "m/s",
            "gab.",
            "kWh",
            "KG",
            "per cent",
            "procentpunkti",
            "working days",
            "Bērni",
            "organizācijas",
            "min",
            "V",
            "bāzes punkti",
            "basis points",
            "bps",
            "procentu punkti",
            "akadēmiskās stundas",
            "mācību stundas",
            "pilni gadi",
            "darba d.",
            "litri ūdens",
            "sēdes gadā",
            "bērni ģimenē",
            "board meetings",
            "Celsija grādi",
        ] {
            assert!(is_one(text), "{text}");
        }
    }

    #[test]
    fn what_is_more_or_less_than_a_unit_is_none() {
        for text in [
            "",
            "/2",
            ":30",
            "-14 dienas",
            "e3",
            "EUR %",
            "EUR USD",
            "dienas stundas",
            "%%",
            "tūkst. EUR",
            "tūkst.",
            "milj.",
            "k",
            "vai vairāk",
            "un vairāk",
            "līdz 14",
            ", 5",
            "(EUR)",
            "!",
            "²",
            "2 EUR",
            "EUR 2",
            "...",
            "dienas vai mēneši",
            "mlj.",
            "miljonus",
            "tk.",
            "tkst.",
            "TEUR",
            "kEUR",
            "MEUR",
            "M",
            "K",
            "trillion",
            "triljoni",
            "desmiti",
            "dučis",
            "dozen",
            "komats pieci",
            "point five",
            "kvadrātā",
            "squared",
            "apm.",
            "approx.",
            "max",
            "aptuveni",
            "vismaz",
            "O",
            "pilna laika darbinieki",
            "EUR apmēram",
            "EUR/tūkst.",
            "bn",
            "xyz/h",
            "gadi aptuveni",
            "apmēram dienas",
            "dienas un stundas",
            "miljoni cilvēku",
            "tūkst. cilvēku",
            "punkti pieci",
            "EUR centi",
        ] {
            assert!(!is_one(text), "{text}");
        }
    }

    #[test]
    fn a_unit_is_known_in_its_forms() {
        for (a, b) in [
            ("EUR", "eur"),
            ("EUR", "€"),
            ("EUR", "eiro"),
            ("dienas", "dienu"),
            ("dienas", "DIENAS"),
            ("gadi", "gadu"),
            ("%", "procenti"),
            ("punkti", "punktu"),
            ("years", "gadi"),
            ("mēneši", "menesi"),
            ("m²", "m2"),
            ("EUR/mēn.", "eur/mēn"),
            ("darba dienas", "darba dienu"),
            ("kalendārās dienas", "kalendāra dienas"),
        ] {
            assert!(same(a, b), "{a} and {b}");
        }
        for (a, b) in [
            ("EUR", "USD"),
            ("%", "procentpunkti"),
            ("dienas", "darba dienas"),
            ("gadi", "mēneši"),
            ("m", "min"),
            ("km", "m"),
        ] {
            assert!(!same(a, b), "{a} and {b}");
        }
    }
}
