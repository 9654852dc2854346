//! Edits as authors make them: those that keep the meaning, and those for which the author is asked.

use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::model::Language::{En, Lv};

/// Edits that keep the meaning.
const KEPT: &[(Language, &[(&str, &str)])] = &[
    (
        Lv,
        &[
            // Typing mistakes.
            ("Darbnieks pats", "Darbinieks pats"),
            ("darbinekis", "darbinieks"),
            ("Darbineiks", "Darbinieks"),
            ("Netieša diskrimimācija", "Netieša diskriminācija"),
            ("Netieša diskrimnācija", "Netieša diskriminācija"),
            ("Darba devjs", "Darba devējs"),
            ("Kas ir pielāgojms?", "Kas ir pielāgojums?"),
            ("Kas ir pielāogjums?", "Kas ir pielāgojums?"),
            ("Sūdzību iesneidz tiesā", "Sūdzību iesniedz tiesā"),
            ("Vienlīdzzīga attieksme", "Vienlīdzīga attieksme"),
            ("Kurš apstirpina lēmumu?", "Kurš apstiprina lēmumu?"),
            ("Nodarbinātibas aģentūra", "Nodarbinātības aģentūra"),
            ("Atbildbīa", "Atbildība"),
            // Missing diacritics.
            ("Darba devejs", "Darba devējs"),
            ("Kurš isteno pielāgojumu?", "Kurš īsteno pielāgojumu?"),
            ("Diskriminacija", "Diskriminācija"),
            ("Sudzība", "Sūdzība"),
            ("Kads ir terminš?", "Kads ir terminš."),
            ("Tiesibsargs", "Tiesībsargs"),
            ("Pieklūstamība", "Piekļūstamība"),
            ("Vadītajs", "Vadītājs"),
            ("Skolotajs", "Skolotājs"),
            ("Uznēmums", "Uzņēmums"),
            ("Pilnīgi citi", "pilnigi citi"),
            // Capitals, punctuation at the end, quotation marks, spaces.
            ("Darba devējs", "darba devējs."),
            ("DARBA DEVĒJS", "Darba devējs"),
            ("„Jā, drīkst.”", "\"Jā, drīkst\""),
            ("Nodoms nav vajadzīgs", "Nodoms nav vajadzīgs!"),
            ("Vai drīkst?", "Vai drīkst"),
            ("Jēdziens „nodoms”", "Jēdziens «nodoms»"),
            ("Jēdziens nodoms", "Jēdziens 'nodoms'"),
            (
                "Lūgumu izskata 10 dienās",
                "Lūgumu izskata  10\u{a0}dienās.",
            ),
            (" Nodoms  ir\tvajadzīgs", "Nodoms ir vajadzīgs"),
            ("Nodarbinātība…", "Nodarbinātība"),
            ("nodar\u{ad}binātība", "nodarbinātība"),
            ("Darbadevējs", "Darba devējs"),
            ("darba-devējs", "darba devējs"),
            ("e-pasts", "epasts"),
            ("ne-diskriminācija", "nediskriminācija"),
            ("Tomēr darba devējs lemj", "Tomēr, darba devējs lemj"),
            ("Protams darba devējs lemj", "Protams, darba devējs lemj"),
            ("Darba devējs protams lemj", "Darba devējs, protams, lemj"),
            ("Piemēram vecums", "Piemēram, vecums"),
            ("Jautā vai drīkst", "Jautā, vai drīkst"),
            ("Ja prasa atbildi", "Ja prasa, atbildi"),
            ("Nav zināms ko darīt", "Nav zināms, ko darīt"),
            // A comma required by grammar; another mark in its place.
            ("Darbinieks kurš slimo", "Darbinieks, kurš slimo"),
            ("Es zinu ka drīkst", "Es zinu, ka drīkst"),
            ("Prasa lai paskaidro", "Prasa, lai paskaidro"),
            ("Gaida, kamēr atbild", "Gaida kamēr atbild"),
            ("Vispirms, jautā", "Vispirms – jautā"),
            ("Vispirms: jautā", "Vispirms – jautā"),
            ("Jautā; tad raksta", "Jautā. Tad raksta"),
            // Numbers and signs.
            ("Sods ir 10000 eiro", "Sods ir 10 000 €"),
            ("no 10-14 gadiem", "no 10–14 gadiem"),
            ("Sākot ar 5 procentiem", "Sākot ar 5 %"),
            ("5%", "5 %"),
            ("Atbildi sniedz piecās dienās", "Atbildi sniedz 5 dienās"),
            ("1.5 stundas", "1,5 stundas"),
            ("−5 grādi", "-5 grādi"),
            ("100 EUR", "100 eiro"),
            ("100 EUR", "100 €"),
            // Words without a meaning of their own, or with the same meaning.
            ("Nodoms ir vajadzīgs.", "Nodoms vajadzīgs."),
            ("Nodoms ir vajadzīgs.", "Vai nodoms ir vajadzīgs?"),
            ("Kurš no tiem ir aizliegts?", "Kurš no šiem ir aizliegts?"),
            ("Kas īsteno pielāgojumu?", "Kurš īsteno pielāgojumu?"),
            ("Lūdzu, izvēlieties", "Izvēlieties"),
            ("Jā", "Patiesi"),
            ("Nē", "Aplami"),
            ("Pareizi.", "Jā"),
            ("Kāpēc jautā?", "Kādēļ jautā?"),
        ],
    ),
    (
        En,
        &[
            ("A disabiltiy pension", "A disability pension"),
            ("Reasonable acommodation", "Reasonable accommodation"),
            ("Discriminaton is banned", "Discrimination is banned"),
            ("Who is responsable?", "Who is responsible?"),
            ("The existance of a rule", "The existence of a rule"),
            ("The goverment", "The government"),
            ("They recieve a letter", "They receive a letter"),
            ("A seperate room", "A separate room"),
            ("It is definately banned", "It is definitely banned"),
            ("It occured at work", "It occurred at work"),
            ("Write the adress", "Write the address"),
            ("The enviroment", "The environment"),
            ("Beleive them", "Believe them"),
            ("Discrimintion", "Discrimination"),
            ("Dicsrimination", "Discrimination"),
            ("Discrimnation at work", "Discrimination at work"),
            ("Harasment", "Harassment"),
            ("Employmnet", "Employment"),
            ("A necesary step", "A necessary step"),
            ("Recomendation", "Recommendation"),
            ("The commitee decides", "The committee decides"),
            ("Proffessional", "Professional"),
            ("Succesful", "Successful"),
            // British and American.
            ("The colour of skin", "The color of skin"),
            ("Behaviour", "Behavior"),
            ("Labour law", "Labor law"),
            ("The organisation", "The organization"),
            ("They recognise it", "They recognize it"),
            ("A centre", "A center"),
            ("A defence", "A defense"),
            ("The licence", "The license"),
            ("It was cancelled", "It was canceled"),
            ("A traveller", "A traveler"),
            ("A programme", "A program"),
            ("A catalogue", "A catalog"),
            ("Analyse it", "Analyze it"),
            ("Grey hair", "Gray hair"),
            ("Judgement", "Judgment"),
            ("Enrolment", "Enrollment"),
            ("Ageing", "Aging"),
            ("A neighbour’s favour", "A neighbor's favor"),
            // Capitals, punctuation, quotation marks, spaces.
            ("Employer", "employer."),
            ("THE EMPLOYER", "The employer"),
            ("May the employer ask?", "May the employer ask"),
            ("It is “direct”", "It is 'direct'"),
            ("It is direct", "It is \"direct\"."),
            ("Two  spaces", "Two spaces"),
            ("Full-time work", "Full time work"),
            ("Non-discrimination", "Nondiscrimination"),
            ("Nondiscrimination", "Non-discrimination"),
            ("Non discrimination", "Non-discrimination"),
            ("On-line training", "Online training"),
            ("Well-being at work", "Wellbeing at work"),
            ("An anti-discrimination law", "An antidiscrimination law"),
            ("Pre-employment checks", "Preemployment checks"),
            ("However it is lawful", "However, it is lawful"),
            ("It however is lawful", "It, however, is lawful"),
            ("Therefore ask", "Therefore, ask"),
            ("For example age", "For example, age"),
            ("In addition they ask", "In addition, they ask"),
            ("If they ask answer", "If they ask, answer"),
            ("Age, sex or race", "Age, sex, or race"),
            ("Ask, if needed", "Ask if needed"),
            ("Send an e-mail", "Send an email"),
            ("Co-operate with them", "Cooperate with them"),
            ("Naïve", "Naive"),
            ("Age, sex and race", "Age, sex, and race"),
            ("It is banned but common", "It is banned, but common"),
            ("First, ask", "First: ask"),
            ("It’s lawful", "It's lawful"),
            ("It's lawful", "It is lawful"),
            ("You can't ask about it", "You cannot ask about it"),
            ("It does not matter", "It doesn't matter."),
            ("They aren't bound", "They are not bound"),
            // Numbers, signs, small words.
            ("1,000 euros", "1000 euros"),
            ("10 percent", "10 %"),
            ("five days", "5 days"),
            ("€ 100", "EUR 100"),
            ("Employer", "The employer"),
            ("Which of these is banned?", "Which of those is banned?"),
            (
                "A worker has the right to it",
                "The worker has a right to it",
            ),
            ("Yes", "True"),
            ("No", "False"),
        ],
    ),
];

/// Edits that may have changed the meaning.
const ASKED: &[(Language, &[(&str, &str)])] = &[
    (
        Lv,
        &[
            ("Nodoms ir vajadzīgs.", "Rīga ir Latvijas galvaspilsēta."),
            ("Kurš īsteno pielāgojumu?", "Kurš apmaksā pielāgojumu?"),
            ("Darba devējs", "Darba ņēmējs"),
            ("Jā", "Nē"),
            ("Pareizi", "Nepareizi"),
            ("Patiesi", "Aplami"),
            ("Nodoms ir vajadzīgs.", "Nodoms nav vajadzīgs."),
            ("Nodoms ir vajadzīgs.", "Nodoms ir nevajadzīgs."),
            ("Drīkst jautāt par bērniem", "Nedrīkst jautāt par bērniem"),
            ("Vienmēr", "Nekad"),
            ("Vadītājs var atteikt", "Vadītājs nevar atteikt"),
            ("Tieša diskriminācija", "Netieša diskriminācija"),
            ("Ar pamatojumu", "Bez pamatojuma"),
            ("Sieviete", "Vīrietis"),
            ("Māte", "Tēvs"),
            ("Liels uzņēmums", "Mazs uzņēmums"),
            ("Aizliegts", "Atļauts"),
            ("Ieslēgt", "Izslēgt"),
            ("Vadītājs informē kolēģus", "Vadītājam jāinformē kolēģi"),
            (
                "Kurš no šiem ir aizliegts pamats?",
                "Kurš no šiem nav aizliegts pamats?",
            ),
            ("Vecāks darbinieks", "Jaunāks darbinieks"),
            ("Ievēro likumu", "Ievēro līgumu"),
            ("Par maksu", "Bez maksas"),
            ("Piekrītu", "Nepiekrītu"),
            ("Palielināt pabalstu", "Samazināt pabalstu"),
            ("Jūs drīkstat", "Jūs varat"),
            ("Obligāts", "Ieteicams"),
            ("Visi minētie", "Neviens no minētajiem"),
            ("30 dienas", "90 dienas"),
            ("2023. gadā", "2024. gadā"),
            ("Piecās dienās", "Desmit dienās"),
            ("5 dienas", "5 nedēļas"),
            ("5 dienas", "5 darba dienas"),
            ("100 eiro", "100 dolāri"),
            ("7. pants", "9. pants"),
            ("Līdz pirmdienai", "Līdz otrdienai"),
            ("Vismaz trīs", "Ne vairāk kā trīs"),
            ("100 eiro", "100 %"),
            ("−5 grādi", "5 grādi"),
            ("1,5 stundas", "15 stundas"),
            ("1,5", "15"),
            ("1,5", "1, 5"),
            ("10, 14", "1014"),
            ("10,14", "10; 14"),
            ("0,5 %", "05 %"),
            ("Sods ir 2,50", "Sods ir 250"),
            ("1-2", "12"),
            ("Visi darbinieki", "Daži darbinieki"),
            ("Vairāk nekā puse", "Mazāk nekā puse"),
            ("Pirms lēmuma", "Pēc lēmuma"),
            ("Līdz 1. maijam", "Pēc 1. maija"),
            ("Tikai darba devējs", "Darba devējs"),
            ("Vecums un dzimums", "Vecums vai dzimums"),
            ("Vecākais darbinieks", "Vecāks darbinieks"),
            ("Vecāki par bērniem", "Bērni par vecākiem"),
            (
                "Sievietes pelna vairāk nekā vīrieši",
                "Vīrieši pelna vairāk nekā sievietes",
            ),
            (
                "Darba devējs pierāda darbiniekam",
                "Darba devējam pierāda darbinieks",
            ),
            ("Tiesa aizstāv darbinieku", "Tiesu aizstāv darbinieks"),
            ("Liels uzņēmums, mazs slogs", "Mazs uzņēmums, liels slogs"),
            ("Skolotājs", "Skolotāja"),
            ("Viņš", "Viņa"),
            ("Darba devējs", "Darba devējs un valsts"),
            ("Rakstveida brīdinājums", "Brīdinājums"),
            ("Vecums", "Vecums, dzimums"),
            ("Kad jāpaziņo?", "Kur jāpaziņo?"),
            ("Kāzas", "Kazas"),
            ("Pilī", "Pīlī"),
            ("Tiesa", "Tieša"),
            ("Tiešām", "Tiesām"),
            ("Likums", "Līkums"),
            ("Termins", "Termiņš"),
            ("Skola", "Skolā"),
            ("Vieta", "Vietā"),
            ("Prieks", "Priekš"),
            ("Maksājam", "Maksājām"),
            ("Saņemu algu", "Saņēmu algu"),
            ("Strādājuši", "Strādājusi"),
            ("Apsūdzētajam", "Apsūdzētājam"),
            (
                "Darbinieks sūdzas par vadītāju",
                "Vadītājs sūdzas par darbinieku",
            ),
            ("Vadītājs", "Vadītāju"),
            ("Viņa", "Viņu"),
            ("Strādā", "Strādāja"),
            ("Strādā", "Strādās"),
            ("Strādāja", "Strādās"),
            (
                "Visiem darbiniekiem ir tiesības",
                "Visiem darbiniekiem bija tiesības",
            ),
            ("Kurš īsteno pielāgojumu?", "Kurš īstenos pielāgojumu?"),
            ("Sodīt nedrīkst, apžēlot", "Sodīt, nedrīkst apžēlot"),
            ("Sodīt nedrīkst apžēlot", "Sodīt, nedrīkst apžēlot"),
            ("Darba devējs", "Darba devēji"),
            ("Bērns", "Bērni"),
            ("Drīkst jautāt", "Vajag jautāt"),
            ("Drīkst jautāt", "Var jautāt"),
            ("Var atteikt", "Varētu atteikt"),
            ("Jāmaksā", "Nav jāmaksā"),
            ("Jāmaksā", "Maksā"),
            ("Visi", "Daži"),
            ("Visi", "Vairums"),
            ("Daudz", "Maz"),
            ("Katrs", "Neviens"),
            ("Dažreiz", "Bieži"),
            ("Vairāk", "Mazāk"),
            ("Lielāks", "Lielākais"),
            ("Liels", "Lielāks"),
            ("Lētāk", "Dārgāk"),
            ("Pirms", "Pēc"),
            ("Kopš", "Līdz"),
            ("Virs", "Zem"),
            ("Bezdarbnieks", "Darbnieks"),
            ("Bezmaksas", "Maksas"),
            ("Atkarīgs", "Neatkarīgs"),
            ("Pilngadīgs", "Nepilngadīgs"),
            ("Likumīgs", "Pretlikumīgs"),
            ("Skaitīt", "Skatīt"),
            ("Pārdošana", "Padošana"),
            ("Izlaist", "Izlasīt"),
            ("10 dienas", "10 dienās"),
            ("12:30", "12.30"),
            ("1/2", "12"),
            ("1-2", "1, 2"),
            ("3 kg", "3 g"),
            ("3 m", "3 m²"),
            ("5 %", "5 ‰"),
            ("Viens no vecākiem", "Vienam no vecākiem"),
            ("1.500 eiro", "1,500 eiro"),
            ("Tiesa izšķir strīdu", "Strīdu izšķir tiesa"),
            ("Māte māca bērnu", "Māti māca bērns"),
            ("Darba devējs vai valsts", "Darba devējs un valsts"),
            ("Arī sievietes", "Sievietes"),
            ("Tieši vadītājs", "Vadītājs"),
            ("Tiesībsargs", "Tiesībsargs (bijušais)"),
            ("Darbinieks", "Darbiniece"),
            ("Jūs", "Mēs"),
            ("Tas palīdz man", "Tam palīdzu es"),
            ("Vienojies", "Vienosies"),
            ("Rakstīt", "Rakstiet"),
            ("Jānis", "Anna"),
            ("Ne vienmēr", "Nevienmēr"),
            ("ramp.png", "stairs.png"),
            ("Skat. → a.png", "Skat. → b.png"),
        ],
    ),
    (
        En,
        &[
            (
                "Who implements the accommodation?",
                "Who pays for the accommodation?",
            ),
            ("True", "False"),
            ("It is prohibited", "It is permitted"),
            ("Sign the contract", "Sign the contact"),
            ("The majority", "The minority"),
            ("Include them", "Exclude them"),
            ("The employer", "The employee"),
            ("You may ask", "You may not ask"),
            ("You can ask", "You can't ask"),
            ("It is lawful", "It is unlawful"),
            ("With a reason", "Without a reason"),
            ("Direct discrimination", "Indirect discrimination"),
            ("Always", "Never"),
            ("A harmful remark", "A harmless remark"),
            ("Must the employer answer?", "May the employer answer?"),
            ("7 days", "7 months"),
            ("Within two weeks", "Within three weeks"),
            ("All employees", "Some employees"),
            ("More than half", "Less than half"),
            ("Before the decision", "After the decision"),
            ("At least five", "At most five"),
            (
                "The employer sues the employee",
                "The employee sues the employer",
            ),
            ("He", "She"),
            ("Written warning", "Warning"),
            ("A", "B"),
            ("a && b", "a || b"),
            ("<", ">"),
            ("✓", "✗"),
            ("...", "!!!"),
            ("Few workers", "A few workers"),
            ("Little time", "A little time"),
            ("Number of workers", "A number of workers"),
            ("He works", "He worked"),
            ("He works", "He will work"),
            ("It is banned", "It was banned"),
            ("They are", "They were"),
            ("Has left", "Had left"),
            ("You must ask", "You may ask"),
            ("You should ask", "You must ask"),
            ("You can ask", "You could ask"),
            ("They need not pay", "They must not pay"),
            ("All workers", "Most workers"),
            ("Any worker", "No worker"),
            ("Both parents", "Either parent"),
            ("Some", "None"),
            ("More", "Less"),
            ("Older", "Oldest"),
            ("Better", "Best"),
            ("Big", "Bigger"),
            ("Higher", "Lower"),
            ("Before", "After"),
            ("Above", "Below"),
            ("Until Monday", "Since Monday"),
            ("Over 18", "Under 18"),
            ("Lawful", "Unlawful"),
            ("Able", "Unable"),
            ("Regular", "Irregular"),
            ("Possible", "Impossible"),
            ("Honest", "Dishonest"),
            ("Resident", "Non-resident"),
            ("Mobile", "Immobile"),
            ("Understand", "Misunderstand"),
            ("Paid", "Unpaid"),
            ("Useful", "Useless"),
            (
                "Employees who work at night get it",
                "Employees, who work at night, get it",
            ),
            ("Let us eat, grandma", "Let us eat grandma"),
            ("They re-sign the contract", "They resign the contract"),
            ("Re-cover the chair", "Recover the chair"),
            ("If they ask, her answer", "If they ask her, answer"),
            ("1.5 days", "15 days"),
            ("1,5 days", "15 days"),
            ("Resident", "Nonresident"),
            (
                "Woman, without her man, is nothing",
                "Woman: without her, man is nothing",
            ),
            ("The worker", "The workers"),
            ("Worker's rights", "Workers' rights"),
            ("A parent", "Parents"),
            (
                "The manager complains about the worker",
                "The worker complains about the manager",
            ),
            ("Interment", "Internment"),
            ("Mediation", "Meditation"),
            ("Immorality", "Immortality"),
            ("Complement", "Compliment"),
            ("Stationary", "Stationery"),
            ("Martial law", "Marital law"),
            ("Casual", "Causal"),
            ("Conversation", "Conservation"),
            ("Later", "Latter"),
            ("Planed", "Planned"),
            ("Desert", "Dessert"),
            ("Dependant", "Dependent"),
            ("Contracted", "Contacted"),
            ("Counties", "Countries"),
            ("Everyday", "Every day"),
            ("Maybe", "May be"),
            ("Resign", "Re-sign"),
            ("A part", "Apart"),
            ("In time", "On time"),
            ("Out of question", "Out of the question"),
            ("1,500", "1.500"),
            ("10 days", "10 hours"),
            ("$100", "€100"),
            ("10%", "10"),
            ("3 to 5", "3 or 5"),
            ("He pays her", "She pays him"),
            ("Employing", "Employed"),
            ("Resume", "Résumé"),
            ("Just cause", "Cause"),
            ("Written reasons", "Reasons"),
            ("See → a.png", "See → b.png"),
            ("https://a.lv/x", "https://b.lv/x"),
        ],
    ),
];

#[test]
fn edits_that_leave_the_meaning_are_kept_and_others_are_asked_about() {
    let mut wrong = Vec::new();
    for (pairs, expected) in [(KEPT, true), (ASKED, false)] {
        for (language, pairs) in pairs {
            assert!(pairs.len() >= 60, "{} of {language}", pairs.len());
            for (before, after) in *pairs {
                for (before, after) in [(before, after), (after, before)] {
                    if says_the_same(before, after, *language) != expected {
                        wrong.push(format!("kept should be {expected}: “{before}” → “{after}”"));
                    }
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
        "Kurš isteno pielāgojumu?",
        &["Darbinieks", "Darba devēji"]
    ));
    assert!(!same("Kurš īsteno pielāgojumu?", &["Tiesa", "Valsts"]));
    assert!(!same("Kurš apmaksā?", &["Darba devējs", "Darbinieks"]));
    assert!(same(
        "Kurš īstenos pielāgojumus?",
        &["Darba devējs", "Darbinieks"]
    ));
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
    ) {
        let before = words.join(" ");
        let denials: Vec<&str> = NEGATIONS.iter().filter(|(of, _)| *of == language).map(|(_, word)| *word).collect();
        let mut denied = words.clone();
        denied.insert(at.index(words.len() + 1), (*at_index(&denials, denial)).to_owned());
        let after = denied.join(" ");
        prop_assert!(!says_the_same(&before, &after, language), "“{before}” → “{after}”");
        prop_assert!(!says_the_same(&after, &before, language), "“{after}” → “{before}”");

        let prefix = match language {
            Lv => "ne",
            En => "un",
        };
        let mut denied = words.clone();
        let at = at.index(words.len());
        denied[at] = format!("{prefix}{}", denied[at]);
        let after = denied.join(" ");
        prop_assert!(!says_the_same(&before, &after, language), "“{before}” → “{after}”");
        prop_assert!(!says_the_same(&after, &before, language), "“{after}” → “{before}”");
    }

    #[test]
    fn another_number_never_passes(
        (language, words) in sentence(),
        at in any::<prop::sample::Index>(),
        numbers in ("[0-9]{1,4}([.,][0-9]{1,2})?", "[0-9]{1,4}([.,][0-9]{1,2})?"),
    ) {
        prop_assume!(numbers.0.replace(',', ".") != numbers.1.replace(',', "."));
        let with = |number: &str| {
            let mut words = words.clone();
            words.insert(at.index(words.len() + 1), number.to_owned());
            words.join(" ")
        };
        let (before, after) = (with(&numbers.0), with(&numbers.1));
        prop_assert!(!says_the_same(&before, &after, language), "“{before}” → “{after}”");
        prop_assert!(!says_the_same(&before, &words.join(" "), language));
    }

    #[test]
    fn spaces_quotation_marks_and_capitals_never_ask(
        (language, words) in sentence(),
        marks in prop::collection::vec(select(vec![" ", "  ", "\n", "\u{a0}", " „", "” ", "\t", "-", " \"", "' "]), 14),
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
        prop_assert!(says_the_same(&before, &after, language), "“{before}” → “{after}”");
        prop_assert!(says_the_same(&after, &before, language), "“{after}” → “{before}”");
    }

    #[test]
    fn any_two_texts_can_be_compared(before in ".{0,60}", after in ".{0,60}") {
        for language in [Lv, En] {
            let there = says_the_same(&before, &after, language);
            let back = says_the_same(&after, &before, language);
            prop_assert_eq!(there, back);
            prop_assert!(says_the_same(&before, &before, language));
        }
    }
}

fn at_index<T>(of: &[T], index: prop::sample::Index) -> &T {
    &of[index.index(of.len())]
}
