//! Edits as authors make them: those that leave the meaning, and those that ask.

use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::model::Language::{En, Lv};

/// Edits that leave the meaning.
const KEPT: &[(Language, &str, &str)] = &[
    // Typos put right, diacritics, punctuation, capitals, spaces.
    (Lv, "Darbnieks pats", "Darbinieks pats"),
    (Lv, "Darba devejs", "Darba devējs"),
    (Lv, "Kurš isteno pielāgojumu?", "Kurš īsteno pielāgojumu?"),
    (Lv, "Netieša diskrimimācija", "Netieša diskriminācija"),
    (Lv, "Darba devējs", "darba devējs."),
    (Lv, "„Jā, drīkst.”", "\"Jā, drīkst\""),
    (
        Lv,
        "Lūgumu izskata 10 dienās",
        "Lūgumu izskata  10\u{a0}dienās.",
    ),
    (Lv, "Sods ir 10000 eiro", "Sods ir 10 000 €"),
    (Lv, "Darbadevējs", "Darba devējs"),
    (Lv, "no 10-14 gadiem", "no 10–14 gadiem"),
    (Lv, "Sākot ar 5 procentiem", "Sākot ar 5 %"),
    (
        Lv,
        "Atbildi sniedz piecās dienās",
        "Atbildi sniedz 5 dienās",
    ),
    (En, "A disabiltiy pension", "A disability pension"),
    (Lv, "Darba devjs", "Darba devējs"),
    (En, "You can't ask about it", "You cannot ask about it"),
    (En, "It does not matter", "It doesn't matter."),
    (En, "Reasonable acommodation", "Reasonable accommodation"),
    // Another form of the words.
    (Lv, "Darba devējs", "Darba devēji"),
    (Lv, "Kurš īsteno pielāgojumu?", "Kurš īstenos pielāgojumu?"),
    (Lv, "Vīrietis", "Vīrieši"),
    (
        Lv,
        "Nodaļas vadītājs un kolēģi",
        "Nodaļu vadītāji un kolēģi",
    ),
    (
        Lv,
        "Visiem darbiniekiem ir tiesības",
        "Visiem darbiniekiem bija tiesības",
    ),
    (En, "The employer pays", "Employers pay"),
    (
        En,
        "Every woman has a right to it",
        "All women have rights to it",
    ),
    (
        En,
        "Who implements the accommodation?",
        "Who is implementing the accommodations?",
    ),
    // Words that say nothing of their own.
    (Lv, "Nodoms ir vajadzīgs.", "Nodoms vajadzīgs."),
    (
        Lv,
        "Kas īsteno pielāgojumu?",
        "Kurš ir tas, kas īsteno pielāgojumu?",
    ),
    (
        Lv,
        "Sieviete arī drīkst pieteikties",
        "Sieviete drīkst pieteikties",
    ),
    (Lv, "Nodoms ir vajadzīgs.", "Vai nodoms ir vajadzīgs?"),
    (
        Lv,
        "Vai diskriminācijai vajag nodomu?",
        "Vai diskriminācijai ir vajadzīgs nodoms?",
    ),
    (En, "Employer", "The employer"),
    (
        En,
        "Who decides on the request?",
        "Who is it that decides on this request?",
    ),
    // The same words in another order, where endings tell who does what.
    (Lv, "Tiesa izšķir strīdu.", "Strīdu izšķir tiesa."),
    (Lv, "Kādā secībā, stingri?", "Kādā stingrā secībā?"),
    (
        Lv,
        "Kurš īsteno pielāgojumu darbā?",
        "Kurš darbā īsteno pielāgojumu?",
    ),
    // Said again.
    (Lv, "Tiesībsargs", "Tiesībsargs (ombuds)"),
    (Lv, "Tiesībsargs", "Tiesībsargs jeb ombuds"),
    (En, "The Ombudsman", "The Ombudsman (Tiesībsargs)"),
    // Answers that only agree or disagree.
    (Lv, "Jā", "Patiesi"),
    (Lv, "Nē", "Aplami"),
    (En, "Yes", "True"),
    // A word more in a long sentence.
    (
        Lv,
        "Tūlīt piedāvā citu līdzvērtīgu veidu ar tādu pašu termiņu, paziņo veidlapas sākumā, lūdz atsauksmes",
        "Tūlīt piedāvā citu līdzvērtīgu veidu ar tādu pašu termiņu, skaidri paziņo veidlapas sākumā, lūdz atsauksmes",
    ),
];

/// Edits that may have changed the meaning.
const ASKED: &[(Language, &str, &str)] = &[
    // Another question.
    (
        Lv,
        "Nodoms ir vajadzīgs.",
        "Rīga ir Latvijas galvaspilsēta.",
    ),
    (Lv, "Kurš īsteno pielāgojumu?", "Kurš apmaksā pielāgojumu?"),
    (
        En,
        "Who implements the accommodation?",
        "Who pays for the accommodation?",
    ),
    // The opposite.
    (Lv, "Darba devējs", "Darba ņēmējs"),
    (Lv, "Jā", "Nē"),
    (Lv, "Pareizi", "Nepareizi"),
    (Lv, "Patiesi", "Aplami"),
    (Lv, "Nodoms ir vajadzīgs.", "Nodoms nav vajadzīgs."),
    (Lv, "Nodoms ir vajadzīgs.", "Nodoms ir nevajadzīgs."),
    (
        Lv,
        "Drīkst jautāt par bērniem",
        "Nedrīkst jautāt par bērniem",
    ),
    (Lv, "Vienmēr", "Nekad"),
    (Lv, "Vadītājs var atteikt", "Vadītājs nevar atteikt"),
    (Lv, "Tieša diskriminācija", "Netieša diskriminācija"),
    (Lv, "Ar pamatojumu", "Bez pamatojuma"),
    (Lv, "Sieviete", "Vīrietis"),
    (Lv, "Māte", "Tēvs"),
    (Lv, "Liels uzņēmums", "Mazs uzņēmums"),
    (Lv, "Aizliegts", "Atļauts"),
    (Lv, "Ieslēgt", "Izslēgt"),
    (Lv, "Vadītājs informē kolēģus", "Vadītājam jāinformē kolēģi"),
    (
        Lv,
        "Kurš no šiem ir aizliegts pamats?",
        "Kurš no šiem nav aizliegts pamats?",
    ),
    (Lv, "Vecāks darbinieks", "Jaunāks darbinieks"),
    (Lv, "Ievēro likumu", "Ievēro līgumu"),
    (Lv, "Par maksu", "Bez maksas"),
    (Lv, "Piekrītu", "Nepiekrītu"),
    (Lv, "Palielināt pabalstu", "Samazināt pabalstu"),
    (Lv, "Jūs drīkstat", "Jūs varat"),
    (Lv, "Obligāts", "Ieteicams"),
    (Lv, "Visi minētie", "Neviens no minētajiem"),
    (En, "True", "False"),
    (En, "It is prohibited", "It is permitted"),
    (En, "Sign the contract", "Sign the contact"),
    (En, "The majority", "The minority"),
    (En, "Include them", "Exclude them"),
    (En, "The employer", "The employee"),
    (En, "You may ask", "You may not ask"),
    (En, "You can ask", "You can't ask"),
    (En, "It is lawful", "It is unlawful"),
    (En, "With a reason", "Without a reason"),
    (En, "Direct discrimination", "Indirect discrimination"),
    (En, "Always", "Never"),
    (En, "A harmful remark", "A harmless remark"),
    (En, "Must the employer answer?", "May the employer answer?"),
    // Numbers, dates, units, currency.
    (Lv, "30 dienas", "90 dienas"),
    (Lv, "2023. gadā", "2024. gadā"),
    (Lv, "Piecās dienās", "Desmit dienās"),
    (Lv, "5 dienas", "5 nedēļas"),
    (Lv, "5 dienas", "5 darba dienas"),
    (Lv, "100 eiro", "100 dolāri"),
    (Lv, "7. pants", "9. pants"),
    (Lv, "Līdz pirmdienai", "Līdz otrdienai"),
    (Lv, "Vismaz trīs", "Ne vairāk kā trīs"),
    (Lv, "100 eiro", "100 %"),
    (Lv, "−5 grādi", "5 grādi"),
    (Lv, "1,5 stundas", "15 stundas"),
    (En, "7 days", "7 months"),
    (En, "Within two weeks", "Within three weeks"),
    // How many, and how it compares.
    (Lv, "Visi darbinieki", "Daži darbinieki"),
    (Lv, "Vairāk nekā puse", "Mazāk nekā puse"),
    (Lv, "Pirms lēmuma", "Pēc lēmuma"),
    (Lv, "Līdz 1. maijam", "Pēc 1. maija"),
    (Lv, "Tikai darba devējs", "Darba devējs"),
    (Lv, "Vecums un dzimums", "Vecums vai dzimums"),
    (Lv, "Vecākais darbinieks", "Vecāks darbinieks"),
    (En, "All employees", "Some employees"),
    (En, "More than half", "Less than half"),
    (En, "Before the decision", "After the decision"),
    (En, "At least five", "At most five"),
    // Who does it, and to whom.
    (Lv, "Vecāki par bērniem", "Bērni par vecākiem"),
    (
        Lv,
        "Sievietes pelna vairāk nekā vīrieši",
        "Vīrieši pelna vairāk nekā sievietes",
    ),
    (
        Lv,
        "Darba devējs pierāda darbiniekam",
        "Darba devējam pierāda darbinieks",
    ),
    (Lv, "Tiesa aizstāv darbinieku", "Tiesu aizstāv darbinieks"),
    (
        Lv,
        "Liels uzņēmums, mazs slogs",
        "Mazs uzņēmums, liels slogs",
    ),
    (Lv, "Skolotājs", "Skolotāja"),
    (Lv, "Viņš", "Viņa"),
    (
        En,
        "The employer sues the employee",
        "The employee sues the employer",
    ),
    (En, "He", "She"),
    // A word of few.
    (Lv, "Darba devējs", "Darba devējs un valsts"),
    (Lv, "Rakstveida brīdinājums", "Brīdinājums"),
    (Lv, "Vecums", "Vecums, dzimums"),
    (Lv, "Kad jāpaziņo?", "Kur jāpaziņo?"),
    (En, "Written warning", "Warning"),
    // Signs alone.
    (En, "A", "B"),
    (En, "a && b", "a || b"),
    (En, "<", ">"),
    (En, "✓", "✗"),
    (En, "...", "!!!"),
];

#[test]
fn edits_that_leave_the_meaning_are_kept_and_others_are_asked_about() {
    let mut wrong = Vec::new();
    for (pairs, expected) in [(KEPT, true), (ASKED, false)] {
        for (language, before, after) in pairs {
            for (before, after) in [(before, after), (after, before)] {
                if says_the_same(before, after, *language, Room::Narrow) != expected {
                    wrong.push(format!("kept should be {expected}: “{before}” → “{after}”"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_question_is_recognised_by_title_and_parts() {
    let features = |title, parts: &[&'static str]| Features {
        kind: "single",
        title,
        parts: parts.to_vec(),
    };
    let before = features("Kurš īsteno pielāgojumu?", &["Darba devējs", "Darbinieks"]);
    let same = |title, parts: &[&'static str]| before.are_of(&features(title, parts), Lv);
    assert!(same(
        "Kurš īsteno pielāgojumu?",
        &["Darba devējs", "Darbinieks"]
    ));
    assert!(same(
        "Kurš isteno pielāgojumus?",
        &["Darbinieks", "Darba devēji"]
    ));
    assert!(!same("Kurš īsteno pielāgojumu?", &["Tiesa", "Valsts"]));
    assert!(!same("Kurš apmaksā?", &["Darba devējs", "Darbinieks"]));
    assert!(!same(
        "Kurš neīsteno pielāgojumu?",
        &["Darba devējs", "Darbinieks"]
    ));

    let before = features("", &["a", "b", "c"]);
    assert!(before.are_of(&features("Kas?", &["c", "b", "a"]), Lv));
    assert!(!before.are_of(&features("Kas?", &["c", "b"]), Lv));
    let statement = features("", &["Jā", "Nē"]);
    assert!(!statement.are_of(&features("Kas?", &["Jā", "Nē"]), Lv));
}

#[test]
fn counts_edits_in_characters() {
    assert_eq!(edit_distance("ķirsis", "kirsis"), 1);
    assert_eq!(edit_distance("", "āā"), 2);
    assert_eq!(edit_distance("abc", "abc"), 0);
}

const WORDS: &[(Language, &[&str])] = &[
    (
        Lv,
        &[
            "darba",
            "devējs",
            "darbinieks",
            "iesniedz",
            "sūdzību",
            "tiesībsargam",
            "rakstveidā",
            "vadītājs",
            "pielāgo",
            "vietu",
            "kolēģim",
            "lēmumu",
            "pamato",
            "skaidri",
            "iestādē",
            "arī",
            "ir",
            "vecums",
            "drīkst",
            "visi",
        ],
    ),
    (
        En,
        &[
            "the",
            "employer",
            "employee",
            "adapts",
            "workplace",
            "complaint",
            "writes",
            "manager",
            "decision",
            "reason",
            "office",
            "colleague",
            "is",
            "age",
            "may",
            "all",
            "explains",
            "clearly",
            "request",
            "ground",
        ],
    ),
];

/// A sentence of words of one language.
fn sentence() -> impl Strategy<Value = (Language, Vec<String>)> {
    select(WORDS).prop_flat_map(|(language, words): (Language, &[&str])| {
        prop::collection::vec(select(words).prop_map(str::to_owned), 1..14)
            .prop_map(move |words| (language, words))
    })
}

const NEGATIONS: &[(Language, &str)] = &[
    (Lv, "ne"),
    (Lv, "nav"),
    (Lv, "nekad"),
    (Lv, "bez"),
    (Lv, "nedrīkst"),
    (Lv, "neviens"),
    (Lv, "vairs"),
    (En, "not"),
    (En, "never"),
    (En, "without"),
    (En, "no"),
    (En, "nobody"),
    (En, "hardly"),
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_denial_never_passes(
        (language, words) in sentence(),
        at in any::<prop::sample::Index>(),
        denial in any::<prop::sample::Index>(),
        room in select(vec![Room::Narrow, Room::Wide]),
    ) {
        let before = words.join(" ");
        let denials: Vec<&str> = NEGATIONS.iter().filter(|(of, _)| *of == language).map(|(_, word)| *word).collect();
        let mut denied = words.clone();
        denied.insert(at.index(words.len() + 1), (*at_index(&denials, denial)).to_owned());
        let after = denied.join(" ");
        prop_assert!(!says_the_same(&before, &after, language, room), "“{before}” → “{after}”");
        prop_assert!(!says_the_same(&after, &before, language, room), "“{after}” → “{before}”");

        let prefix = match language {
            Lv => "ne",
            En => "un",
        };
        let mut denied = words.clone();
        let at = at.index(words.len());
        denied[at] = format!("{prefix}{}", denied[at]);
        let after = denied.join(" ");
        prop_assert!(!says_the_same(&before, &after, language, room), "“{before}” → “{after}”");
        prop_assert!(!says_the_same(&after, &before, language, room), "“{after}” → “{before}”");
    }

    #[test]
    fn another_number_never_passes(
        (language, words) in sentence(),
        at in any::<prop::sample::Index>(),
        numbers in ("[0-9]{1,4}([.,][0-9]{1,2})?", "[0-9]{1,4}([.,][0-9]{1,2})?"),
        room in select(vec![Room::Narrow, Room::Wide]),
    ) {
        prop_assume!(numbers.0.replace(',', ".") != numbers.1.replace(',', "."));
        let with = |number: &str| {
            let mut words = words.clone();
            words.insert(at.index(words.len() + 1), number.to_owned());
            words.join(" ")
        };
        let (before, after) = (with(&numbers.0), with(&numbers.1));
        prop_assert!(!says_the_same(&before, &after, language, room), "“{before}” → “{after}”");
        prop_assert!(!says_the_same(&before, &words.join(" "), language, room));
    }

    #[test]
    fn spaces_punctuation_and_capitals_never_ask(
        (language, words) in sentence(),
        marks in prop::collection::vec(select(vec![" ", "  ", "\n", "\u{a0}", ", ", "; ", " – ", ": ", ". ", " „", "” ", "… ", "\t", "-"]), 14),
        end in select(vec!["", ".", "!", "?", " ", "…", "”"]),
        capitals in any::<u16>(),
    ) {
        let before = words.join(" ");
        let mut after = String::new();
        for (number, word) in words.iter().enumerate() {
            if number > 0 {
                after.push_str(marks[number]);
            }
            if capitals >> number & 1 == 1 {
                after.push_str(&word.to_uppercase());
            } else {
                after.push_str(word);
            }
        }
        after.push_str(end);
        prop_assert!(says_the_same(&before, &after, language, Room::Narrow), "“{before}” → “{after}”");
        prop_assert!(says_the_same(&after, &before, language, Room::Narrow), "“{after}” → “{before}”");
    }

    #[test]
    fn any_two_texts_can_be_compared(before in ".{0,60}", after in ".{0,60}") {
        for language in [Lv, En] {
            let there = says_the_same(&before, &after, language, Room::Narrow);
            let back = says_the_same(&after, &before, language, Room::Narrow);
            prop_assert_eq!(there, back);
            prop_assert!(says_the_same(&before, &before, language, Room::Narrow));
        }
    }
}

fn at_index<T>(of: &[T], index: prop::sample::Index) -> &T {
    &of[index.index(of.len())]
}
