//! Words that are significant for the meaning of a sentence: none of them is treated as a typing mistake for
//! another. Also the few words that can be added, removed or exchanged without changing the meaning.

use crate::model::Language;

/// Significant words, without diacritics: one is never treated as another.
const LATVIAN: &[&str] = &[
    // Yes and no.
    "jaa",
    "ne",
    "nav neesot nebija nebus nebutu",
    "nekad",
    "vienmer allaz",
    "reti",
    "biezi",
    "dazreiz reizem",
    "neviens neviena nevienam nevienu nevienai neviena",
    "nekas neko nekam neka",
    "nekur",
    "nekads nekada nekadu",
    "bez",
    "nevis",
    "nedz",
    "vairs",
    "vel",
    // Must, may, can.
    "drikst drikstes drikstetu drikstot",
    "nedrikst nedrikstes nedrikstetu",
    "var vares varetu varot",
    "nevar nevares nevaretu",
    "vajag vajadzes vajadzetu vajadzigs vajadziga vajadzigi vajadzigas",
    "nevajag nevajadzes nevajadzetu nevajadzigs \
     nevajadziga nevajadzigi nevajadzigas",
    // Quantities.
    "visi visas visus visam visiem visu viss visa visos visas ikviens ikviena ikvienam ikvienu katrs katra katram \
     katru",
    "dazi dazas dazus daziem dazam dazos",
    "vairaki vairakas vairakus vairakiem vairakam",
    "daudzi daudzas daudzus daudziem daudzam daudz",
    "maz",
    "vairums vairumu vairuma",
    "vairak",
    "mazak",
    "vismaz",
    "tikai vienigi",
    "tikpat",
    "puse pusi puses",
    "abi abas abus abiem abam abu",
    "cits cita citu citi citas citam",
    // Time and direction.
    "pirms",
    "pec",
    "lidz",
    "kops",
    "kamer",
    "no",
    "uz",
    "ar",
    "pret",
    "par",
    "pie",
    "zem",
    "virs",
    "starp",
    "caur",
    "del",
    "labad",
    "arpus",
    "iekspus",
    "agrak",
    "velak",
    "pirmais pirma pirmo pirmie pirmas pirmaja",
    "pedejais pedeja pedejo pedejie pedejas pedejaja",
    // Conjunctions.
    "un",
    "vai",
    "ja",
    "bet tacu tomer",
    "jo",
    "lai",
    "neka",
    "ka",
    "kad",
    "kur",
    "kapec kadel",
    "cik",
    "kam",
    "ko",
    "kurai",
    "kuram",
    "kuru",
    "jeb",
    // Pronouns.
    "es man mani manis",
    "tu tev tevi",
    "mes mums mus",
    "jus jums",
    "vins vinam",
    "vina vinai",
    "vinu",
    "vini viniem",
    "vinas vinam",
    "musu",
    "jusu",
    "mans mana manu",
    "tavs tava tavu",
];

const ENGLISH: &[&str] = &[
    "yes",
    "not",
    "no",
    "none",
    "never",
    "always",
    "nobody",
    "nothing",
    "nowhere",
    "neither",
    "nor",
    "without",
    "rarely seldom",
    "often",
    "sometimes",
    "non",
    "all every each everyone everybody everything",
    "some",
    "any",
    "many",
    "much",
    "few",
    "several",
    "most",
    "more",
    "less",
    "fewer",
    "least",
    "only",
    "both",
    "either",
    "half",
    "other others another",
    "may might",
    "can could",
    "must",
    "should",
    "shall",
    "need needs",
    "have has had",
    "will",
    "before",
    "after",
    "until till",
    "since",
    "during",
    "while",
    "than",
    "as",
    "from",
    "for",
    "against",
    "with",
    "by",
    "about",
    "over",
    "under",
    "above",
    "below",
    "between",
    "through",
    "outside",
    "inside",
    "within",
    "earlier",
    "later",
    "first",
    "last",
    "once",
    "twice",
    "if",
    "unless",
    "and",
    "or",
    "but",
    "because",
    "when",
    "where",
    "why",
    "how",
    "what",
    "whom",
    "whose",
    "i me my",
    "you your",
    "we us our",
    "he him his",
    "she her hers",
    "they them their",
    "yet",
    "still",
];

/// Words with the same meaning and form, in lower case; the words of a line can be exchanged.
const LATVIAN_SYNONYMS: &[&str] = &[
    "jā jaa",
    "kas kurš",
    "tas šis",
    "tā šī",
    "to šo",
    "tam šim",
    "tajā šajā",
    "tai šai",
    "tie šie",
    "tos šos",
    "tās šās šīs",
    "tiem šiem",
    "tām šīm",
    "kāpēc kādēļ",
];

const ENGLISH_SYNONYMS: &[&str] = &[
    "until till",
    "this that",
    "these those",
    "is s",
    "everyone everybody",
    "nobody noone",
    "while whilst",
    "not n",
];

/// Words that can be left out without changing the meaning.
const LATVIAN_FILLERS: &[&str] = &["ir", "lūdzu"];

const ENGLISH_FILLERS: &[&str] = &["the", "a", "an", "please"];

/// Words before which an article changes the meaning: *few* and *a few*, *out of the question*.
const WITH_ARTICLE: &[&str] = &[
    "few", "little", "lot", "number", "most", "least", "question", "while", "bit", "good", "great",
    "majority", "minority", "only", "same", "other", "two", "three", "first", "second", "third",
    "half", "single", "more", "less", "better", "best", "like", "time",
];

/// Words before which grammar requires a comma, without diacritics.
const LATVIAN_CLAUSES: &[&str] = &[
    "ka",
    "kas",
    "kurs",
    "kura",
    "kuri",
    "kuras",
    "kuru",
    "kuram",
    "kurai",
    "kuriem",
    "kuros",
    "lai",
    "ja",
    "jo",
    "bet",
    "kad",
    "kur",
    "tacu",
    "tomer",
    "kamer",
    "kapec",
    "cik",
    "lidzko",
    "tapec",
    "tadel",
    "ko",
    "kam",
    "kads",
    "kada",
    "kadi",
    "kadas",
    "kadu",
    "kadam",
    "kadai",
    "vai",
    "un",
    "nevis",
    "ieskaitot",
    "iznemot",
    "turpretim",
    "turpreti",
];

const ENGLISH_CLAUSES: &[&str] = &[
    "and", "or", "nor", "but", "because", "so", "please", "if", "when", "although", "though",
    "unless", "while", "whereas", "too", "then",
];

/// Words that may be set off by commas, without diacritics.
const LATVIAN_LINKS: &[&str] = &[
    "tomer",
    "turklat",
    "savukart",
    "protams",
    "piemeram",
    "proti",
    "tatad",
    "vispirms",
    "pirmkart",
    "otrkart",
    "treskart",
    "visbeidzot",
    "iespejams",
    "acimredzot",
    "diemzel",
    "turpretim",
    "turpreti",
    "respektivi",
    "tadejadi",
    "parasti",
    "faktiski",
    "ludzu",
];

const ENGLISH_LINKS: &[&str] = &[
    "however",
    "therefore",
    "moreover",
    "furthermore",
    "nevertheless",
    "nonetheless",
    "consequently",
    "accordingly",
    "additionally",
    "hence",
    "thus",
    "otherwise",
    "instead",
    "finally",
    "meanwhile",
    "similarly",
    "likewise",
    "usually",
    "generally",
    "also",
    "firstly",
    "secondly",
    "thirdly",
    "lastly",
    "unfortunately",
    "fortunately",
    "naturally",
    "indeed",
    "then",
    "next",
    "today",
    "now",
];

/// Pairs of words that may be set off by commas.
const LINKS_OF_TWO: &[[&str; 2]] = &[
    ["for", "example"],
    ["for", "instance"],
    ["in", "addition"],
    ["in", "fact"],
    ["of", "course"],
    ["in", "short"],
    ["as", "well"],
    ["lidz", "to"],
    ["tas", "ir"],
];

/// Words that start a clause which another one follows.
const LATVIAN_LEADS: &[&str] = &[
    "ja", "kad", "kamer", "lai", "tiklidz", "lidzko", "ka", "kas", "kurs", "kaut",
];

const ENGLISH_LEADS: &[&str] = &[
    "if", "when", "although", "though", "unless", "while", "whereas", "because",
];

/// Different forms of the same short answer.
const ANSWERS: &[&[&str]] = &[
    &[
        "ja", "patiesi", "pareizi", "taisniba", "patiess", "pareizs", "yes", "true", "right",
        "correct",
    ],
    &[
        "ne",
        "aplami",
        "nepareizi",
        "nepatiesi",
        "aplams",
        "nepareizs",
        "no",
        "false",
        "wrong",
        "incorrect",
    ],
];

/// Numbers in words: the stem, its possible endings, and the number.
const LATVIAN_NUMBERS: &[(&str, &str, &str)] = &[
    ("vien", "s a am ai u", "1"),
    ("div", "i as us iem am u os", "2"),
    ("tr", "is im ijiem ijam iju ijos ijas", "3"),
    ("cetr", "i as us iem am u os", "4"),
    ("piec", "i as us iem am u os", "5"),
    ("ses", "i as us iem am u os", "6"),
    ("septin", "i as us iem am u os", "7"),
    ("aston", "i as us iem am u os", "8"),
    ("devin", "i as us iem am u os", "9"),
    ("desmit", " iem us os", "10"),
    ("vienpadsmit", "", "11"),
    ("divpadsmit", "", "12"),
    ("trispadsmit", "", "13"),
    ("cetrpadsmit", "", "14"),
    ("piecpadsmit", "", "15"),
    ("sespadsmit", "", "16"),
    ("septinpadsmit", "", "17"),
    ("astonpadsmit", "", "18"),
    ("devinpadsmit", "", "19"),
    ("divdesmit", "", "20"),
    ("trisdesmit", "", "30"),
    ("cetrdesmit", "", "40"),
    ("piecdesmit", "", "50"),
    ("sesdesmit", "", "60"),
    ("septindesmit", "", "70"),
    ("astondesmit", "", "80"),
    ("devindesmit", "", "90"),
    ("simt", " s u iem i", "100"),
    ("tukstos", " i us iem", "1000"),
    ("miljon", "s u iem i us", "1000000"),
];

const ENGLISH_NUMBERS: &[(&str, &str, &str)] = &[
    ("one", "", "1"),
    ("two", "", "2"),
    ("three", "", "3"),
    ("four", "", "4"),
    ("five", "", "5"),
    ("six", "", "6"),
    ("seven", "", "7"),
    ("eight", "", "8"),
    ("nine", "", "9"),
    ("ten", "", "10"),
    ("eleven", "", "11"),
    ("twelve", "", "12"),
    ("fifteen", "", "15"),
    ("twenty", "", "20"),
    ("thirty", "", "30"),
    ("forty", "", "40"),
    ("fifty", "", "50"),
    ("sixty", "", "60"),
    ("seventy", "", "70"),
    ("eighty", "", "80"),
    ("ninety", "", "90"),
    ("hundred", " s", "100"),
    ("thousand", " s", "1000"),
    ("million", " s", "1000000"),
];

/// Whether a word is significant.
pub(super) fn is_signal(folded: &str, language: Language) -> bool {
    let lines = match language {
        Language::Lv => LATVIAN,
        Language::En => ENGLISH,
    };
    has(lines, folded)
}

fn has(lines: &[&str], word: &str) -> bool {
    lines
        .iter()
        .any(|line| line.split_whitespace().any(|other| other == word))
}

/// Whether two words, in lower case, mean the same.
pub(super) fn are_synonyms(a: &str, b: &str, language: Language) -> bool {
    let lines = match language {
        Language::Lv => LATVIAN_SYNONYMS,
        Language::En => ENGLISH_SYNONYMS,
    };
    lines.iter().any(|line| has(&[line], a) && has(&[line], b))
}

/// Whether a word, in lower case, can be left out.
pub(super) fn is_filler(word: &str, language: Language) -> bool {
    match language {
        Language::Lv => LATVIAN_FILLERS,
        Language::En => ENGLISH_FILLERS,
    }
    .contains(&word)
}

/// Whether an article before this word, or at the end, changes the meaning.
pub(super) fn needs_article(next: Option<&str>, language: Language) -> bool {
    language == Language::En
        && next.is_none_or(|next| WITH_ARTICLE.contains(&next) || number(next, language).is_some())
}

/// Whether this word starts a clause, so that grammar may require a comma before it.
pub(super) fn opens_a_clause(folded: &str, language: Language) -> bool {
    match language {
        Language::Lv => LATVIAN_CLAUSES,
        Language::En => ENGLISH_CLAUSES,
    }
    .contains(&folded)
}

/// Whether a comma after these words, or before the last of them, has no meaning: “However, it …”, “it,
/// however, …”.
pub(super) fn is_link(before: &[&str], language: Language) -> bool {
    let links = match language {
        Language::Lv => LATVIAN_LINKS,
        Language::En => ENGLISH_LINKS,
    };
    match before {
        [.., one, other] if LINKS_OF_TWO.contains(&[*one, *other]) => true,
        [.., last] => links.contains(last),
        [] => false,
    }
}

/// Whether a clause that starts with this word is followed, after a comma, by the main clause.
pub(super) fn leads(folded: &str, language: Language) -> bool {
    match language {
        Language::Lv => LATVIAN_LEADS,
        Language::En => ENGLISH_LEADS,
    }
    .contains(&folded)
}

/// Whether a word, as a whole answer, means yes or no.
pub(super) fn answer(folded: &str) -> Option<usize> {
    ANSWERS.iter().position(|words| words.contains(&folded))
}

/// The number for a word.
pub(super) fn number(folded: &str, language: Language) -> Option<&'static str> {
    match language {
        Language::Lv => LATVIAN_NUMBERS,
        Language::En => ENGLISH_NUMBERS,
    }
    .iter()
    .find(|(begin, endings, _)| {
        folded.strip_prefix(begin).is_some_and(|ending| {
            if ending.is_empty() {
                endings.is_empty() || endings.starts_with(' ')
            } else {
                endings.split_whitespace().any(|known| known == ending)
            }
        })
    })
    .map(|(_, _, number)| *number)
}

/// The symbol for a word.
pub(super) fn sign(folded: &str) -> Option<char> {
    const SIGNS: &[(&str, char)] = &[
        ("procenti", '%'),
        ("procentu", '%'),
        ("procentiem", '%'),
        ("procents", '%'),
        ("procentus", '%'),
        ("percent", '%'),
        ("eiro", '€'),
        ("eur", '€'),
        ("euro", '€'),
        ("euros", '€'),
    ];
    SIGNS
        .iter()
        .find(|(word, _)| *word == folded)
        .map(|(_, sign)| *sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_words_are_numbers() {
        for (word, number_of, language) in [
            ("piecas", Some("5"), Language::Lv),
            ("tris", Some("3"), Language::Lv),
            ("desmit", Some("10"), Language::Lv),
            ("divans", None, Language::Lv),
            ("piec", None, Language::Lv),
            ("thirty", Some("30"), Language::En),
            ("hundreds", Some("100"), Language::En),
            ("tent", None, Language::En),
        ] {
            assert_eq!(number(word, language), number_of, "{word}");
        }
    }
}
