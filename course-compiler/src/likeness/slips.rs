//! Typing mistakes, missing diacritics, and words with two spellings.
//!
//! A typing mistake is distinguished from another word without a dictionary, so that the result is the same
//! on every machine: it is inside a long word, neither at its beginning (*atļauts*, *aizliegts*) nor in its
//! ending (*strādā*, *strādās*), and the two words are not one of the pairs below. Where this is too strict,
//! the author is asked.

use crate::model::Language;

/// Beginnings of Latvian words, without diacritics, for which another word exists that differs only in
/// diacritics.
const MARKED: &[&str] = &[
    "aizvest",
    "apmelo",
    "atlik",
    "attiec",
    "biezum",
    "cukur",
    "gadig",
    "gaisum",
    "iekar",
    "ielik",
    "ievest",
    "izlik",
    "izmani",
    "izvest",
    "jutig",
    "jutib",
    "karotaj",
    "kartib",
    "lietis",
    "likum",
    "manig",
    "masveid",
    "medit",
    "medij",
    "minet",
    "nejut",
    "nicin",
    "nolik",
    "nomin",
    "palik",
    "parnest",
    "parskait",
    "parvest",
    "pavest",
    "pielik",
    "pievest",
    "pieradi",
    "pasmas",
    "prieks",
    "radij",
    "raditaj",
    "rakstveid",
    "ritenis",
    "sakart",
    "sakum",
    "salik",
    "savest",
    "tabulveid",
    "termin",
    "tiesam",
    "tiesas",
    "tumsum",
    "uzlik",
    "uzman",
    "uzvar",
    "uzvest",
    "velet",
    "vienmul",
];

/// Endings of Latvian words, without diacritics, for which another form exists that differs in a diacritic
/// before the last vowel: the accused and the accuser (*apsūdzētajam*, *apsūdzētājam*), masculine and
/// feminine (*strādājuši*, *strādājusi*), present and past (*saņemu*, *saņēmu*).
const MARKED_ENDINGS: &[&str] = &[
    "taja", "tajam", "tajas", "tajiem", "tajos", "tajai", "usi", "usas", "usies", "usam", "nemu",
    "nemam", "nemat", "nemos", "celu", "celam", "celat", "celos", "velu", "velam", "dzenu",
];

/// Beginnings, without diacritics, of pairs of different words that are one typing mistake apart.
const PAIRS: &[(&str, &str)] = &[
    // Latvian
    ("skait", "skat"),
    ("apskait", "apskat"),
    ("parskait", "parskat"),
    ("ieskait", "ieskat"),
    ("uzskait", "uzskat"),
    ("izskait", "izskat"),
    ("noskait", "noskat"),
    ("pieskait", "pieskat"),
    ("adaptacij", "adoptacij"),
    ("koncesij", "konfesij"),
    ("izklaid", "izlaid"),
    ("uzkrajum", "uzkravum"),
    ("izraksti", "izraisti"),
    ("atlaid", "atlad"),
    ("atlaists", "atlasits"),
    ("atlasi", "atlaisi"),
    ("nolaist", "nolasit"),
    ("izlaist", "izlasit"),
    ("palaist", "palasit"),
    ("parlaist", "parlasit"),
    ("ielaist", "ielasit"),
    ("zinatniek", "zinatnisk"),
    ("apmain", "apman"),
    // English
    ("contact", "contract"),
    ("countries", "counties"),
    ("mediat", "meditat"),
    ("immoral", "immortal"),
    ("interment", "internment"),
    ("deprecat", "depreciat"),
    ("complement", "compliment"),
    ("stationary", "stationery"),
    ("expansive", "expensive"),
    ("expand", "expend"),
    ("ingenious", "ingenuous"),
    ("martial", "marital"),
    ("casual", "causal"),
    ("thorough", "through"),
    ("desert", "dessert"),
    ("appraise", "apprise"),
    ("continen", "contingen"),
    ("detection", "dejection"),
    ("reduction", "redaction"),
    ("insidious", "invidious"),
    ("improbable", "improvable"),
    ("confidant", "confident"),
    ("dependant", "dependent"),
    ("insulat", "isolat"),
    ("insulat", "insolat"),
    ("allusion", "illusion"),
    ("conversation", "conservation"),
    ("impassable", "impassible"),
    ("formally", "formerly"),
    ("personal", "personnel"),
    ("historic", "historical"),
    ("economic", "economical"),
    ("statutory", "statuary"),
    ("statue", "statute"),
    ("subrogat", "surrogat"),
    ("unreasonable", "unseasonable"),
    ("wholesale", "wholescale"),
    ("ethnolog", "ethology"),
    ("interstate", "intrastate"),
    ("eligible", "legible"),
    ("canvas", "canvass"),
    ("discreet", "discrete"),
    ("principal", "principle"),
    ("instal", "instil"),
    ("regulat", "relegat"),
    ("competent", "component"),
    ("impair", "impart"),
    ("parental", "prenatal"),
    ("perform", "preform"),
    ("perspective", "prospective"),
    ("proscrib", "prescrib"),
    ("sever", "several"),
    ("latter", "later"),
    ("comprehensive", "comprehensible"),
    ("council", "counsel"),
    ("assist", "assess"),
    ("coma", "comma"),
    ("carer", "career"),
    ("supper", "super"),
    ("strip", "stripe"),
];

/// British spellings, as parts of words, with the American ones.
const PIECES: &[(&str, &str)] = &[
    ("colour", "color"),
    ("favour", "favor"),
    ("behaviour", "behavior"),
    ("labour", "labor"),
    ("honour", "honor"),
    ("neighbour", "neighbor"),
    ("harbour", "harbor"),
    ("humour", "humor"),
    ("rumour", "rumor"),
    ("endeavour", "endeavor"),
    ("flavour", "flavor"),
    ("odour", "odor"),
    ("rigour", "rigor"),
    ("vigour", "vigor"),
    ("savour", "savor"),
    ("tumour", "tumor"),
    ("armour", "armor"),
    ("demeanour", "demeanor"),
    ("centre", "center"),
    ("centring", "centering"),
    ("theatre", "theater"),
    ("fibre", "fiber"),
    ("litre", "liter"),
    ("calibre", "caliber"),
    ("meagre", "meager"),
    ("defence", "defense"),
    ("offence", "offense"),
    ("licence", "license"),
    ("pretence", "pretense"),
    ("practise", "practice"),
    ("practising", "practicing"),
    ("travell", "travel"),
    ("cancell", "cancel"),
    ("labell", "label"),
    ("modell", "model"),
    ("counsell", "counsel"),
    ("signall", "signal"),
    ("channell", "channel"),
    ("fuell", "fuel"),
    ("jewell", "jewel"),
    ("enroll", "enrol"),
    ("fulfill", "fulfil"),
    ("skillful", "skilful"),
    ("installment", "instalment"),
    ("ageing", "aging"),
    ("judgement", "judgment"),
    ("acknowledgement", "acknowledgment"),
    ("programme", "program"),
    ("catalogue", "catalog"),
    ("dialogue", "dialog"),
    ("analogue", "analog"),
    ("adviser", "advisor"),
    ("amongst", "among"),
    ("towards", "toward"),
    ("aluminium", "aluminum"),
    ("paediatric", "pediatric"),
    ("orthopaedic", "orthopedic"),
    ("gynaecolog", "gynecolog"),
    ("anaem", "anem"),
    ("anaesth", "anesth"),
    ("manoeuv", "maneuv"),
    ("sceptic", "skeptic"),
    ("artefact", "artifact"),
    ("enquir", "inquir"),
    ("sulph", "sulf"),
];

/// Whole words with two spellings.
const WHOLE: &[(&str, &str)] = &[
    ("grey", "gray"),
    ("metre", "meter"),
    ("metres", "meters"),
    ("kilometre", "kilometer"),
    ("kilometres", "kilometers"),
    ("centimetre", "centimeter"),
    ("centimetres", "centimeters"),
    ("learnt", "learned"),
    ("spelt", "spelled"),
    ("maths", "math"),
    ("tonne", "ton"),
    ("okay", "ok"),
];

/// Endings with two spellings in long words.
const ENDINGS: &[(&str, &str)] = &[
    ("ise", "ize"),
    ("ised", "ized"),
    ("ises", "izes"),
    ("iser", "izer"),
    ("isers", "izers"),
    ("ising", "izing"),
    ("isation", "ization"),
    ("isations", "izations"),
    ("isational", "izational"),
    ("yse", "yze"),
    ("ysed", "yzed"),
    ("ysing", "yzing"),
];

/// The American spelling of an English word.
pub(super) fn american(word: &str) -> String {
    if let Some((_, other)) = WHOLE.iter().find(|(british, _)| *british == word) {
        return (*other).to_owned();
    }
    let mut word = word.to_owned();
    for (british, other) in PIECES {
        if word.contains(british) {
            word = word.replace(british, other);
        }
    }
    if word.chars().count() >= 6 {
        for (british, other) in ENDINGS {
            if let Some(stem) = word.strip_suffix(british) {
                return format!("{stem}{other}");
            }
        }
    }
    word
}

/// Whether two words that differ only in diacritics are the same word with missing diacritics.
pub(super) fn is_lost_mark(a: &str, b: &str, folded: &str, language: Language) -> bool {
    if language == Language::En {
        return !["resume", "expose", "pate", "rose"].contains(&folded);
    }
    let length = folded.chars().count();
    if length < 6
        || MARKED.iter().any(|begin| folded.starts_with(begin))
        || MARKED_ENDINGS.iter().any(|end| folded.ends_with(end))
    {
        return false;
    }
    // The last vowel decides case, person and tense: `vieta`, `vietā`; `maksājam`, `maksājām`.
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let ends = |word: &[char]| word.last().is_some_and(|c| matches!(c, 's' | 'm' | 't'));
    let last_vowel = if ends(&a) || ends(&b) { 2 } else { 1 };
    let from_vowel = |word: &'_ [char]| -> Vec<char> {
        let from = word.len().saturating_sub(last_vowel);
        word.iter().skip(from).copied().collect()
    };
    from_vowel(&a) == from_vowel(&b)
}

/// Whether two words are a known pair of different words.
fn is_pair(a: &[char], b: &[char]) -> bool {
    let (a, b): (String, String) = (a.iter().collect(), b.iter().collect());
    PAIRS.iter().any(|(one, other)| {
        let between = |a: &str, b: &str| match (a.strip_prefix(one), b.strip_prefix(other)) {
            (Some(rest), Some(other)) => rest == other,
            _ => false,
        };
        between(&a, &b) || between(&b, &a)
    })
}

/// Whether one word is the other with a typing mistake: an added, missing or wrong letter, two exchanged
/// letters, or one that moved by two places.
pub(super) fn is_typo(a: &str, b: &str, language: Language) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if is_pair(&a, &b) {
        return false;
    }
    let (shorter, longer) = if a.len() <= b.len() {
        (&a, &b)
    } else {
        (&b, &a)
    };
    let length = longer.len();
    let head = shorter
        .iter()
        .zip(longer)
        .take_while(|(a, b)| a == b)
        .count();
    let left = length.saturating_sub(head);
    let at = |word: &[char], ahead: usize| word.get(head.saturating_add(ahead)).copied();
    let tail = |skip_shorter: usize, skip_longer: usize| {
        shorter
            .iter()
            .skip(head.saturating_add(skip_shorter))
            .eq(longer.iter().skip(head.saturating_add(skip_longer)))
    };
    let is_vowel = |c: Option<char>| c.is_some_and(|c| "aeiouy".contains(c));
    if length == shorter.len().saturating_add(1) && tail(0, 1) {
        let extra = at(longer, 0);
        let is_doubled =
            head >= 2 && extra.is_some() && extra == longer.get(head.saturating_sub(1)).copied();
        if is_doubled {
            // `planed`, `planned`
            let is_inflected = length < 8
                && ["ed", "er", "ers", "ing"].iter().any(|ending| {
                    let rest: String = longer.iter().skip(head.saturating_add(1)).collect();
                    rest == *ending
                });
            return length >= 6 && left >= 2 && !is_inflected;
        }
        let is_vowel_slip =
            language == Language::Lv && is_vowel(extra) && longer.last() != Some(&'t');
        return head >= 3
            && left >= 3
            && (length >= 9 && left >= 4
                || is_vowel_slip && length >= 6
                || language == Language::En && length >= 11);
    }
    if length != shorter.len() || head < 2 || (head < 3 && length < 9) {
        return false;
    }
    let is_swapped = at(shorter, 0) == at(longer, 1) && at(shorter, 1) == at(longer, 0);
    if is_swapped && tail(2, 2) {
        return length >= 6 && left >= 3;
    }
    let (one, other) = (
        [at(shorter, 0), at(shorter, 1), at(shorter, 2)],
        [at(longer, 0), at(longer, 1), at(longer, 2)],
    );
    let is_moved = |[a, b, c]: [Option<char>; 3], other| [b, c, a] == other || [c, a, b] == other;
    if is_moved(one, other) && tail(3, 3) {
        return length >= 9 && left >= 4;
    }
    let are_vowels = is_vowel(at(shorter, 0)) && is_vowel(at(longer, 0));
    // `responsable`, `existance`: an English word has only one of the two endings.
    let is_one_ending = || {
        let ends: String = longer.iter().skip(head.saturating_add(1)).collect();
        language == Language::En
            && length >= 9
            && ["ble", "bly", "nce", "nces", "ncy"].contains(&ends.as_str())
    };
    tail(1, 1)
        && head >= 3
        && if are_vowels {
            length >= 8 && left >= 5 || is_one_ending()
        } else {
            length >= 9 && left >= 5 && !is_vowel(at(shorter, 0)) && !is_vowel(at(longer, 0))
        }
}
