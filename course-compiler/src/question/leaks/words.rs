//! The words of labels, in families, in Latvian and English; and splitting a text into words independent of
//! capitals, diacritics, invisible characters, and kinds of spaces and dashes.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfkc_quick};

/// A word, or a symbol between words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Word {
        /// In lower case, without diacritics.
        word: String,
        /// Whether it begins with a capital letter.
        capital: bool,
    },
    Sign {
        sign: char,
        /// Whether a space precedes or follows it.
        spaced: bool,
    },
}

impl Token {
    pub(super) fn word(&self) -> Option<&str> {
        match self {
            Self::Word { word, .. } => Some(word),
            Self::Sign { .. } => None,
        }
    }

    pub(super) const fn sign(&self) -> Option<char> {
        match self {
            Self::Word { .. } => None,
            Self::Sign { sign, .. } => Some(*sign),
        }
    }
}

/// Splits a text into words and symbols.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let text = match is_nfkc_quick(text.chars()) {
        IsNormalized::Yes => visible(text.chars()),
        IsNormalized::No | IsNormalized::Maybe => visible(text.nfkc()),
    };
    let mut tokens = Vec::new();
    let mut at = 0_usize;
    while let Some(c) = text.get(at).copied() {
        let rest = text.get(at..).unwrap_or_default();
        let length = rest.iter().take_while(|c| is_letter(**c)).count();
        if length > 0 {
            let word: String = rest.iter().take(length).collect();
            tokens.push(Token::Word {
                capital: c.is_uppercase(),
                word: folded(&word),
            });
            at = at.saturating_add(length);
            continue;
        }
        at = at.saturating_add(1);
        if c != ' ' {
            let before = at.checked_sub(2).and_then(|before| text.get(before));
            let is_space = |c: Option<&char>| c.is_none_or(|c| *c == ' ');
            tokens.push(Token::Sign {
                sign: c,
                spaced: is_space(before) || is_space(text.get(at)),
            });
        }
    }
    tokens
}

/// The visible characters, with one character for all similar signs.
fn visible(text: impl Iterator<Item = char>) -> Vec<char> {
    text.filter(|c| !is_invisible(*c))
        .map(|c| match c {
            '∶' | '꞉' | 'ː' => ':',
            '‐' | '‑' | '‒' => '-',
            '⟹' | '⇨' | '➔' | '►' | '▶' | '❯' | '›' => '→',
            '⇐' | '⟵' | '◄' | '◀' | '❮' | '‹' => '←',
            c if c.is_whitespace() => ' ',
            c => c,
        })
        .collect()
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

/// Invisible characters: zero-width ones, the soft hyphen, direction and variation marks.
const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{2069}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
    )
}

/// A word in lower case without diacritics. In a word with Latin letters, similar letters of other scripts
/// count as Latin.
pub(super) fn folded(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let plain = word
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase);
    if !word.chars().any(|c| c.is_ascii_alphabetic()) {
        return plain.collect();
    }
    plain
        .map(|c| match c {
            'а' | 'α' => 'a',
            'е' | 'ε' => 'e',
            'і' | 'ι' | 'ı' => 'i',
            'к' | 'κ' => 'k',
            'о' | 'ο' => 'o',
            'р' | 'ρ' => 'p',
            'с' => 'c',
            'т' | 'τ' => 't',
            'у' | 'υ' => 'y',
            'х' => 'x',
            'в' => 'b',
            'м' => 'm',
            'н' => 'n',
            c => c,
        })
        .collect()
}

/// The role of a word in a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    Right,
    Wrong,
    /// “best”, “sample”, “ieteicamā”: describes the following word as a model answer.
    Quality,
    Answer,
    /// A thing that can be right or wrong but is not an answer: “option”, “secība”.
    Thing,
    Key,
    Explanation,
    Reason,
    Hint,
    Note,
    /// The audience of a note that is not for learners: “teacher”, “skolotājam”.
    Audience,
    /// A word about marking: “grading”, “vērtēšana”.
    Marking,
    /// A word that follows one about marking: “scheme”, “guide”.
    Scheme,
    /// The question, its number, and small words.
    Filler,
}

/// Forms of the words, without diacritics; a trailing `*` stands for any ending.
const FAMILIES: [(Family, &str); 14] = [
    (
        Family::Right,
        "pareizi pareiza pareizais pareizs pareizas pareizie pareizaka pareizakais pareizakas vispareiza* patiesi patiess patiesa patiesais patiesie correct right \
         true",
    ),
    (
        Family::Wrong,
        "nepareizi nepareiza nepareizais nepareizs nepareizas nepareizie aplami aplama aplamais aplams aplamas aplamie \
         kludaini kludaina kludainais kludains kludainas nepatiesi nepatiess nepatiesa nepatiesais nepatiesie \
         incorrect wrong false",
    ),
    (
        Family::Quality,
        "best better model sample suggested expected accepted acceptable possible official example intended ideal \
         recommended preferred final valid labaka labakais labakas vislabaka vislabakais parauga paraugs ieteicama \
         ieteicamais ieteicamas ieteikta ieteiktais sagaidama sagaidamais sagaidamas gaidama gaidamais iespejama \
         iespejamas oficiala pienemama pienemamas ideala idealais galiga ista istais precizi preciza precizais deriga \
         piemers",
    ),
    (
        Family::Answer,
        "atbilde atbildes atb answer answers ans answ paraugatbilde paraugatbildes atbildite",
    ),
    (
        Family::Thing,
        "option options choice choices response responses value values variants varianti izvele izveles order sequence \
         seciba pair pairs pari match matches number skaitlis skaitli numurs numuri letter letters burts burti one ones \
         item items statement statements apgalvojums apgalvojumi ending word words vards vardi term result rezultats vertejums \
         vertiba vertibas solis rindas reply gap gaps",
    ),
    (
        Family::Key,
        "atslega atslegas key keys solution solutions risinajums risinajumi atrisinajums atrisinajumi atminejums \
         spoiler spoilers",
    ),
    (
        Family::Explanation,
        "paskaidrojum* izskaidrojum* skaidrojum* pamatojum* explanation explanations explain explained rationale \
         justification justifications feedback expl paskaidr skaidr reasoning saite \
         atsauksme atsauksmes explanatory debrief",
    ),
    (
        Family::Reason,
        "reason reasons iemesls iemesli why kapec tapec because jo",
    ),
    (
        Family::Hint,
        "majiens majieni majiena majienu padoms padomi padomins ieteikums ieteikumi vihje norade norades paligjautajums hint hints tip clue \
         clues pointer pointers",
    ),
    (
        Family::Note,
        "piezime piezimes komentars komentari komentar note notes nb comment comments commentary remark remarks \
         piebilde piebildes komentejums todo fixme",
    ),
    (
        Family::Audience,
        "teacher teachers instructor instructors trainer trainers facilitator facilitators tutor tutors lecturer \
         lecturers moderator moderators reviewer reviewers author authors editor editors examiner examiners marker \
         markers grader graders assessor assessors translator translators educator educators speaker presenter self \
         skolotajam skolotajiem skolotaja skolotaju pasniedzejam pasniedzejiem pasniedzeja pasniedzeju lektoram \
         lektoriem lektora moderatoram moderatoriem moderatora macibspekam macibspekiem macibspeka docetajam \
         docetajiem trenerim treneriem autoram autoriem autora redaktoram redaktoriem redaktora recenzentam \
         recenzentiem recenzenta tulkotajam tulkotajiem tulkotaja vertetajam vertetajiem vertetaja eksaminetajam \
         eksaminetajiem labotajam labotajiem vaditajam vaditajiem sev",
    ),
    (
        Family::Marking,
        "marking grading scoring mark rubric vertesana vertesanas",
    ),
    (
        Family::Scheme,
        "scheme schemes guide guidance guidelines criteria instructions sheet shema noradijumi vadlinijas",
    ),
    (
        Family::Filler,
        "the a an this these to for of and nr no num if when only short full brief detailed general question questions \
         task exercise test quiz as follows following uz par un ja kad sis si so sim sai jautajumam jautajuma jautajumu \
         jautajums jautajumiem uzdevuma uzdevumam testa testam parbaudes sads sada vieniga vienigais isa isais pilna \
         atgriezeniska only tikai kursa nodarbibas seminara apmacibu macibu atbilzu atbildi atbildei atbildem pareizo pareizajam",
    ),
];

/// The family of a word.
pub(super) fn family(word: &str) -> Option<Family> {
    let is_number = word.chars().all(|c| c.is_ascii_digit());
    if is_number || word.chars().count() == 1 {
        return Some(Family::Filler);
    }
    let stems = || FORMS.stems.iter().find(|(stem, _)| word.starts_with(stem));
    let family = FORMS.words.get(word);
    family
        .or_else(|| stems().map(|(_, family)| family))
        .copied()
}

/// [`FAMILIES`] for looking up a word. No word of a family begins with a stem of another.
struct Forms {
    words: HashMap<&'static str, Family>,
    stems: Vec<(&'static str, Family)>,
}

static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let mut forms = Forms {
        words: HashMap::new(),
        stems: Vec::new(),
    };
    for (family, words) in FAMILIES {
        for word in words.split_whitespace() {
            match word.strip_suffix('*') {
                Some(stem) => forms.stems.push((stem, family)),
                None => {
                    forms.words.entry(word).or_insert(family);
                }
            }
        }
    }
    forms
});

/// Abbreviations, whose full stop does not end a sentence.
pub(super) fn is_abbreviation(word: &str) -> bool {
    [
        "atb", "ans", "answ", "expl", "nr", "no", "num", "paskaidr", "skaidr", "komentar",
    ]
    .contains(&word)
}

/// Words between an answer and its label.
pub(super) fn is_copula(word: &str) -> bool {
    [
        "ir", "is", "are", "was", "were", "bus", "butu", "bija", "would", "should",
    ]
    .contains(&word)
}

/// The subject of a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// “Pareizā atbilde”, “Answer key”.
    Answer,
    /// “Atbilde”.
    AnswerWord,
    /// “Pareizi”, “Wrong”.
    Verdict,
    /// “Atslēga”, “Solution”.
    Key,
    Explanation,
    /// “Iemesls”, “Because”.
    Reason,
    Hint,
    Note,
    /// “Teacher note”, “Skolotājiem”, “Marking scheme”: not for learners.
    Aside,
}

impl Kind {
    /// Whether a quoted person may start a sentence with it without revealing the answer.
    pub(super) const fn may_be_said(self) -> bool {
        matches!(self, Self::AnswerWord | Self::Verdict | Self::Reason)
    }
}

/// The combined meaning of words that all belong to families.
pub(super) fn kind(words: &[(Family, &str)]) -> Option<Kind> {
    let has = |family| words.iter().any(|(own, _)| *own == family);
    let is = |word: &str| words.iter().any(|(_, own)| *own == word);
    // “Answer the question”, “Explain the rule”, “Key question” are not labels.
    let is_verb = words.windows(2).any(|pair| match pair {
        [(before, _), (Family::Filler, after)] => {
            !matches!(before, Family::Filler | Family::Thing | Family::Quality)
                && ["the", "an", "this", "these", "question", "questions"].contains(after)
        }
        [(Family::Explanation, _), (Family::Reason, _)] => true,
        _ => false,
    });
    // “saite” alone is a link, and “no” and “jo” are common words.
    if is_verb
        || (is("saite") && !is("atgriezeniska"))
        || (has(Family::Right) && has(Family::Wrong))
    {
        return None;
    }
    let verdict = has(Family::Right) || has(Family::Wrong);
    if has(Family::Audience) {
        return for_others(words);
    }
    if has(Family::Marking) {
        let is_verb = is("mark") && !has(Family::Scheme);
        let of_people = is("scoring") && is("criteria");
        return (!is_verb && !of_people).then_some(Kind::Aside);
    }
    if has(Family::Scheme) {
        return None;
    }
    if has(Family::Explanation) {
        Some(Kind::Explanation)
    } else if has(Family::Hint) {
        Some(Kind::Hint)
    } else if has(Family::Answer) {
        // “Atbilžu varianti” and “Answer options” precede the answers.
        if has(Family::Thing) && !verdict {
            return None;
        }
        let is_open = (is("possible") && is("answers")) || is("iespejamas");
        let is_told = verdict || has(Family::Key) || (has(Family::Quality) && !is_open);
        (!is_open || is_told).then_some(if is_told {
            Kind::Answer
        } else {
            Kind::AnswerWord
        })
    } else if has(Family::Key) {
        let whole = verdict || is("atbilzu");
        Some(if whole { Kind::Answer } else { Kind::Key })
    } else if has(Family::Thing) {
        let chosen = [
            "option",
            "choice",
            "response",
            "reply",
            "variants",
            "izvele",
            "responses",
        ];
        let quality = [
            "best",
            "model",
            "sample",
            "suggested",
            "expected",
            "accepted",
            "intended",
            "labaka",
            "labakais",
            "sagaidama",
            "sagaidamais",
            "parauga",
            "ieteicama",
            "ieteicamais",
        ];
        let is_told =
            verdict || (chosen.iter().any(|word| is(word)) && quality.iter().any(|word| is(word)));
        is_told.then_some(Kind::Answer)
    } else if verdict {
        Some(Kind::Verdict)
    } else if has(Family::Note) {
        Some(Kind::Note)
    } else if has(Family::Reason) {
        Some(Kind::Reason)
    } else {
        None
    }
}

/// The meaning of words that name somebody other than a learner. “Skolotāja atbilde” is a person's reply.
fn for_others(words: &[(Family, &str)]) -> Option<Kind> {
    const COURSES: [&str; 5] = ["kursa", "nodarbibas", "seminara", "apmacibu", "macibu"];
    let has = |family| words.iter().any(|(own, _)| *own == family);
    let is = |word: &str| words.iter().any(|(_, own)| *own == word);
    // A manager counts only as a course manager.
    let is_manager = words.iter().any(|(_, word)| word.starts_with("vaditaj"));
    if is_manager && !COURSES.iter().any(|word| is(word)) {
        return None;
    }
    if has(Family::Note) || has(Family::Marking) {
        return Some(Kind::Aside);
    }
    if has(Family::Key) || ((has(Family::Right) || has(Family::Wrong)) && has(Family::Answer)) {
        return Some(Kind::Answer);
    }
    let is_alone = words
        .iter()
        .all(|(family, _)| matches!(family, Family::Audience | Family::Filler));
    let is_addressed = words.iter().any(|(family, word)| match family {
        Family::Audience => word.ends_with("am") || word.ends_with("iem") || word.ends_with("im"),
        Family::Filler => ["for", "to", "only"].contains(word),
        _ => false,
    });
    (is_alone && is_addressed && !is("self")).then_some(Kind::Aside)
}

/// Whether the text after “Piezīme:” says how to answer.
pub(super) fn is_instruction(words: &[&str]) -> bool {
    const BEGINNINGS: &str = "choose select tick mark round write enter type read drag put match fill answers answer \
         please drikst atbilde atbildes atbildei atbildi";
    /// Words that say how to do something; an instruction if a word about answering follows.
    const OPEN: &str =
        "use give you several only more one there all each do don var vairakas vairaki viena tikai";
    const OF_ANSWERING: &str = "answer option choice choose select tick digit word decimal calculat number point time \
         minute atbild izvel variant cipar vard skait kalkulator punkt reiz minut";
    /// Imperatives that are not about answering.
    const REMEMBER: [&str; 4] = ["nemiet", "atcerieties", "ieverojiet", "ziniet"];
    let first = words.first().copied().unwrap_or_default();
    let is_in = |list: &str| list.split_whitespace().any(|known| known == first);
    let is_imperative = |word: &str| {
        (word.ends_with("iet") && word.len() > 4 || word.ends_with("ieties"))
            && !REMEMBER.contains(&word)
    };
    let of_answering = |word: &str| {
        let begins = |begin: &str| word.starts_with(begin);
        OF_ANSWERING.split_whitespace().any(begins)
    };
    words
        .iter()
        .take(12)
        .any(|word| is_imperative(word) || must_answer(word))
        || is_in(BEGINNINGS)
        || (is_in(OPEN) && words.iter().copied().any(of_answering))
}

/// “jāizvēlas”, “jāatzīmē”: actions of answering.
fn must_answer(word: &str) -> bool {
    const VERBS: &str = "izvel atzim rakst ierakst atbild sakart savien saliek salik aizpild izlas norad pamato aprekin \
         noapal ievad velk sarind grupe";
    word.strip_prefix("ja").is_some_and(|verb| {
        VERBS
            .split_whitespace()
            .any(|begin| verb.starts_with(begin))
    })
}

/// Whether the text after “Grading:” is the same for every answer: “1 point for each right answer”.
pub(super) fn is_for_all(words: &[&str]) -> bool {
    let every = [
        "each", "every", "all", "katru", "katra", "katrs", "katram", "visas", "visi",
    ];
    let begins = ["answer", "question", "atbild", "jautajum"];
    words.iter().any(|word| every.contains(word))
        && words
            .iter()
            .any(|word| begins.iter().any(|begin| word.starts_with(begin)))
}

/// “jāizvēlas”, “jāpamato”.
pub(super) fn is_debitive(word: &str) -> bool {
    word.starts_with("ja")
        && word.len() > 5
        && !word.starts_with("jaut")
        && !word.starts_with("jaun")
}
