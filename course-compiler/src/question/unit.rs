//! Units after numbers: what can be one, and when two are the same.
//!
//! A learner may type the unit in any of its usual forms: `5 EUR`, `5 €`, `5 eiro`; `12 dienas`, `12 dienu`.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Usual units, each in its forms, folded.
const KNOWN: &[&[&str]] = &[
    &[
        "%",
        "proc",
        "procenti",
        "procents",
        "procentu",
        "procentiem",
        "procentus",
        "percent",
        "per cent",
        "pct",
    ],
    &[
        "‰",
        "promile",
        "promiles",
        "promilu",
        "promilles",
        "per mille",
    ],
    &[
        "p p",
        "pp",
        "procentpunkti",
        "procentpunkts",
        "procentpunktu",
        "procentpunktiem",
        "percentage point",
        "percentage points",
    ],
    &["eur", "€", "eiro", "euro", "euros"],
    &["usd", "$", "dolari", "dolaru", "dollar", "dollars"],
    &["gbp", "£", "marcinas", "pound", "pounds"],
    &["ct", "cent", "cents", "centi", "centu", "centiem"],
    &["d", "diena", "dienas", "dienu", "dienam", "day", "days"],
    &[
        "darba diena",
        "darba dienas",
        "darba dienu",
        "darbdiena",
        "darbdienas",
        "darbdienu",
        "working day",
        "working days",
        "business day",
        "business days",
    ],
    &[
        "kalendara diena",
        "kalendara dienas",
        "kalendara dienu",
        "calendar day",
        "calendar days",
    ],
    &["ned", "nedela", "nedelas", "nedelu", "week", "weeks", "wk"],
    &[
        "men", "menesis", "menesi", "menesu", "menesus", "menesiem", "month", "months",
    ],
    &[
        "g", "gads", "gadi", "gadu", "gadus", "gadiem", "year", "years", "yr", "yrs",
    ],
    &[
        "h", "st", "stunda", "stundas", "stundu", "stundam", "hour", "hours", "hr", "hrs",
    ],
    &["min", "minute", "minutes", "minusu", "minutem", "mins"],
    &[
        "s", "sek", "sekunde", "sekundes", "sekunzu", "sec", "second", "seconds",
    ],
    &[
        "cilv",
        "cilveks",
        "cilveki",
        "cilveku",
        "cilvekiem",
        "pers",
        "persona",
        "personas",
        "personu",
        "person",
        "persons",
        "people",
    ],
    &["reize", "reizes", "reizu", "x", "times"],
    &[
        "gab", "gabals", "gabali", "gabalu", "pcs", "piece", "pieces",
    ],
    &["g", "grams", "grami", "gramu", "gram"],
    &["kg", "kilograms", "kilogrami", "kilogramu", "kilogram"],
    &["t", "tonna", "tonnas", "tonnu", "tonne", "tonnes"],
    &[
        "l", "litrs", "litri", "litru", "litre", "litres", "liter", "liters",
    ],
    &[
        "mm",
        "milimetrs",
        "milimetri",
        "milimetru",
        "millimetre",
        "millimetres",
    ],
    &[
        "cm",
        "centimetrs",
        "centimetri",
        "centimetru",
        "centimetre",
        "centimetres",
    ],
    &[
        "m", "metrs", "metri", "metru", "metre", "metres", "meter", "meters",
    ],
    &[
        "km",
        "kilometrs",
        "kilometri",
        "kilometru",
        "kilometre",
        "kilometres",
    ],
    &[
        "m²",
        "m2",
        "kvadratmetrs",
        "kvadratmetri",
        "kvadratmetru",
        "square metre",
        "square metres",
    ],
    &["cm²", "cm2"],
    &["km²", "km2"],
    &[
        "m³",
        "m3",
        "kubikmetrs",
        "kubikmetri",
        "kubikmetru",
        "cubic metre",
        "cubic metres",
    ],
    &["°", "grads", "gradi", "gradu", "degree", "degrees"],
    &["°c", "c"],
];

/// Words that change a number or join it with others, folded: no units.
const NOT_UNITS: &[&str] = &[
    "tukst",
    "tukstosi",
    "tukstosu",
    "tukstotis",
    "milj",
    "miljons",
    "miljoni",
    "miljonu",
    "mljrd",
    "mlrd",
    "miljards",
    "miljardi",
    "miljardu",
    "mln",
    "simti",
    "simtu",
    "ducis",
    "duci",
    "thousand",
    "thousands",
    "million",
    "millions",
    "billion",
    "billions",
    "bn",
    "mio",
    "hundred",
    "hundreds",
    "dozen",
    "k",
    "e",
    "un",
    "vai",
    "lidz",
    "no",
    "ne",
    "jeb",
    "plus",
    "minus",
    "and",
    "or",
    "to",
    "of",
    "from",
    "not",
    "per",
    "vairak",
    "mazak",
    "apmeram",
    "aptuveni",
    "gandriz",
    "vismaz",
    "ne vairak",
    "videji",
    "parasti",
    "more",
    "less",
    "about",
    "around",
    "almost",
    "at",
    "least",
    "most",
    "up",
    "ap",
    "ca",
    "circa",
    "utt",
    "u",
    "etc",
    "pusi",
    "puse",
    "half",
];

/// Marks that are units, or begin one.
const MARKS: &str = "%‰€$£°";

/// The longest unit, in characters.
const LONGEST: usize = 40;

/// A form that is the same for all ways to write a word: small letters, no diacritics, no full stops.
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

/// Whether a text can be one unit: a mark, a word, words with `/` between, or a usual unit of two words.
pub(super) fn is_one(text: &str) -> bool {
    let folded = fold(text);
    let begins = text.starts_with(|c: char| c.is_alphabetic() || MARKS.contains(c));
    if text.chars().count() > LONGEST || folded.is_empty() || !begins {
        return false;
    }
    if known(&folded).next().is_some() {
        return true;
    }
    let words: Vec<&str> = folded.split(' ').collect();
    if words.iter().any(|word| NOT_UNITS.contains(word)) {
        return false;
    }
    let is_word = |word: &str| {
        let letters = word.trim_start_matches(|c: char| MARKS.contains(c));
        let marks = word.len().saturating_sub(letters.len());
        let named = letters.trim_end_matches(['²', '³']);
        (marks > 0 || !named.is_empty())
            && (marks == 0 || word.chars().filter(|c| MARKS.contains(*c)).count() == 1)
            && named.chars().all(|c| c.is_alphabetic() && !c.is_numeric())
    };
    match words.as_slice() {
        [one] => one
            .split('/')
            .all(|part| known(part).next().is_some() || is_word(part)),
        [first, second] => {
            let is_plain = |word: &str| word.chars().all(|c| c.is_alphabetic() && !c.is_numeric());
            is_plain(first) && is_plain(second) && known(first).next().is_none()
        }
        _ => false,
    }
}

/// Whether two texts name the same unit.
pub(super) fn same(a: &str, b: &str) -> bool {
    let (a, b) = (fold(a), fold(b));
    if a == b || known(&a).any(|forms| forms.contains(&b.as_str())) {
        return true;
    }
    // Usual units have all their forms above; of others the ending may differ.
    let words = |text: &'_ str| text.split([' ', '/']).map(stem).collect::<Vec<_>>();
    known(&a).next().is_none() && known(&b).next().is_none() && words(&a) == words(&b)
}

/// Whether a unit is a share, so that a tolerance in it could be one, too.
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
            "km/h",
            "m²",
            "m2",
            "°C",
            "EUR/mēn.",
            "gab.",
            "kWh",
            "per cent",
            "procentpunkti",
            "working days",
        ] {
            assert!(is_one(text), "{text}");
        }
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
