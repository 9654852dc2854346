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
        "procentu punkti",
        "procentu punkts",
        "procentu punktu",
        "percentage point",
        "percentage points",
    ],
    &[
        "bp",
        "bps",
        "bazes punkts",
        "bazes punkti",
        "bazes punktu",
        "bazes punktus",
        "basis point",
        "basis points",
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
        "kalendaras dienas",
        "kalendaro dienu",
        "kalendarajam dienam",
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
    &[
        "°", "grads", "gradi", "gradu", "gradus", "gradiem", "degree", "degrees",
    ],
    &[
        "°c",
        "c",
        "grads",
        "gradi",
        "gradu",
        "gradus",
        "gradiem",
        "degree",
        "degrees",
        "gradi c",
        "degrees c",
        "degrees celsius",
        "gradi pec celsija",
    ],
    &["°f", "f"],
    &["sek", "kronas", "kronu"],
    &["nok"],
    &["dkk"],
    &["pln", "zloti", "zlotu"],
    &["chf", "franki", "franku"],
    &["jpy", "¥"],
    &["czk"],
    &["mg", "miligrami", "miligramu", "milligrams"],
    &["µg", "ug"],
    &["ml", "mililitri", "mililitru", "millilitres", "milliliters"],
    &["dl"],
    &["cl"],
    &["ha", "hektari", "hektaru", "hectares", "hectare"],
    &["dm"],
    &["kwh", "kilovatstundas", "kilovatstundu"],
    &["mwh"],
    &["wh"],
    &["w", "vati", "vatu", "watts"],
    &["kw"],
    &["v", "volti", "voltu", "volts"],
    &["a", "amperi", "amperu", "amps"],
    &["hz", "herci", "hercu"],
    &["pa"],
    &["kpa"],
    &["lx", "luksi", "luksu", "lux"],
    &["lm", "lumeni", "lumenu", "lumens"],
    &["db", "decibeli", "decibelu", "decibels"],
    &["j", "dzouli", "dzoulu"],
    &["kj"],
    &["kcal"],
    &["gb"],
    &["mb"],
    &["kb"],
    &["tb"],
    &["px"],
    &[
        "lpp", "lappuse", "lappuses", "lappusu", "page", "pages", "pp",
    ],
    &[
        "p", "punkts", "punkti", "punktu", "punktus", "point", "points", "pt", "pts",
    ],
    &["ms", "milisekundes", "milisekunzu", "milliseconds"],
    &["ects", "kp", "kreditpunkti", "kreditpunktu"],
    &["pilna slodze", "pilnas slodzes", "fte"],
    &["bernu", "berni", "berns", "child", "children"],
];

/// Units that stand before a number as well, folded.
const CURRENCIES: &[&str] = &[
    "€", "$", "£", "¥", "eur", "usd", "gbp", "chf", "sek", "nok", "dkk", "pln", "czk", "jpy",
    "eiro", "euro", "euros", "dolari", "dolaru", "dollar", "dollars", "ct", "centi", "centu",
    "cents",
];

/// For how long, or in what, a known unit counts: `EUR mēnesī`, `km stundā`.
const EACH: &[&str] = &[
    "sekunde",
    "minute",
    "stunda",
    "diena",
    "nedela",
    "menesi",
    "gada",
    "ceturksni",
    "maina",
    "reize",
    "cilveku",
    "personu",
    "gabala",
    "hourly",
    "daily",
    "weekly",
    "monthly",
    "yearly",
    "annually",
];

/// Words that change a number, name another one or join it with others, folded: no units.
const NOT_UNITS: &[&str] = &[
    // Multipliers.
    "tk",
    "tks",
    "ducis",
    "duci",
    "ducu",
    "ducus",
    "ducim",
    "mln",
    "mljrd",
    "mlrd",
    "mrd",
    "mljr",
    "mlj",
    "milj",
    "bn",
    "tn",
    "mio",
    "mill",
    "mil",
    "bil",
    "bln",
    "k",
    "e",
    "m",
    "kilo",
    "mega",
    "giga",
    "teur",
    "keur",
    "meur",
    "kusd",
    "score",
    // Numbers and pieces of them.
    "nulle",
    "viens",
    "viena",
    "vienu",
    "divi",
    "divas",
    "divu",
    "tris",
    "triju",
    "cetri",
    "cetras",
    "cetru",
    "pieci",
    "piecas",
    "piecu",
    "sesi",
    "sesas",
    "sesu",
    "septini",
    "septinas",
    "septinu",
    "astoni",
    "astonas",
    "astonu",
    "devini",
    "devinas",
    "devinu",
    "pusotrs",
    "pusotra",
    "pusotru",
    "komats",
    "komata",
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "comma",
    "dot",
    "half",
    "puse",
    "pusi",
    "quarter",
    "quarters",
    "third",
    "thirds",
    "ceturtdala",
    "ceturtdalas",
    "tresdala",
    "tresdalas",
    "ceturksnis",
    "ceturksni",
    "kvadrata",
    "kuba",
    "pakape",
    "squared",
    "cubed",
    "square",
    "cube",
    "power",
    "reizinats",
    "dalits",
    "times",
    "divided",
    "sqrt",
    // How exact it is.
    "apm",
    "apmeram",
    "apt",
    "aptuveni",
    "aptuvens",
    "gandriz",
    "precizi",
    "tiesi",
    "ap",
    "ca",
    "circa",
    "approx",
    "approximately",
    "about",
    "around",
    "almost",
    "nearly",
    "roughly",
    "exactly",
    "ish",
    "videji",
    "parasti",
    "average",
    "avg",
    "vid",
    "vismaz",
    "maks",
    "max",
    "maksimali",
    "maksimums",
    "maksimala",
    "maximum",
    "maximal",
    "minimali",
    "minimums",
    "minimala",
    "minimum",
    "minimal",
    "least",
    "most",
    "vairak",
    "mazak",
    "more",
    "less",
    "fewer",
    "over",
    "under",
    "above",
    "below",
    "virs",
    "zem",
    "parsniedz",
    "tikai",
    "only",
    "just",
    "kopa",
    "kopuma",
    "total",
    "altogether",
    "katrs",
    "katra",
    "each",
    "every",
    "ieskaitot",
    "including",
    "neieskaitot",
    "excluding",
    "robezas",
    "several",
    "some",
    "dazi",
    "dazas",
    "vairaki",
    "vairakas",
    "daudz",
    "many",
    "few",
    "upwards",
    "onwards",
    // What joins it with others.
    "un",
    "vai",
    "lidz",
    "no",
    "ne",
    "nav",
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
    "at",
    "up",
    "between",
    "starp",
    "till",
    "until",
    "by",
    "utt",
    "u",
    "etc",
    "nezinu",
    "varbut",
    "maybe",
    "perhaps",
];

/// How words begin that multiply, folded.
const MULTIPLIERS: &[&str] = &[
    "tukst",
    "tkst",
    "miljon",
    "milion",
    "miljard",
    "miliard",
    "triljon",
    "biljon",
    "kvadriljon",
    "simt",
    "desmit",
    "desmt",
    "thousand",
    "thous",
    "million",
    "billion",
    "trillion",
    "quadrillion",
    "hundred",
    "dozen",
    "dus",
    "divdesmit",
    "trisdesmit",
    "cetrdesmit",
    "piecdesmit",
];

/// Marks that are units, or begin one.
const MARKS: &str = "%‰€$£¥°";

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

/// Whether a text is one unit: a known one, known ones with `/` between, a known one with what it counts for, or
/// one other word in small letters, with another one that says more of it: `akadēmiskās stundas`, `litri ūdens`. `5M`
/// and `5 TEUR` are no metres and no euros.
pub(super) fn is_one(text: &str) -> bool {
    let folded = fold(text);
    if text.chars().count() > LONGEST || folded.is_empty() || !begins_well(text) {
        return false;
    }
    let words: Vec<&str> = folded.split(' ').collect();
    // One letter in capitals is another unit, or a multiplier.
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

/// After `/`: short forms that are no units on their own.
const EACH_SHORT: &[&str] = &["men", "dien", "gad", "ned", "cilv", "pers", "mo", "pax"];

fn begins_well(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || MARKS.contains(c))
}

/// Whether a word that is no known unit can be one: what is counted, in small letters.
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

/// Whether it is a currency, which may stand before its number.
pub(super) fn is_currency(text: &str) -> bool {
    CURRENCIES.contains(&fold(text).as_str())
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
