//! What is refused because it would be shown before an answer, and what is not.

use std::sync::Arc;

use proptest::prelude::*;

use crate::compile::{Options, compile_tree};
use crate::diagnostic::Diagnostic;
use crate::fix;
use crate::load::Tree;

const COURSE: &str = include_str!("../../../tests/courses/valid/visi-veidi/course.toml");
const FRONT: &str = "+++\nid = \"l-a\"\ntitle = \"A\"\nminutes = 1\n+++\n\n";

/// Quiet rules that samples need not care about.
const ASIDE: [&str; 3] = ["lock-stale", "quiz-no-feedback", "heading-skip"];

/// What is said of a lesson's text.
fn found(body: &str) -> Vec<Diagnostic> {
    let lesson = format!("{FRONT}{body}");
    let files = [
        ("visi-veidi/course.toml", COURSE),
        ("visi-veidi/lv/01-a.md", lesson.as_str()),
    ];
    let compilation = compile_tree(&Tree::from_texts(files), &Options::default(), &()).unwrap();
    compilation
        .diagnostics
        .into_iter()
        .filter(|found| !ASIDE.contains(&found.code.as_ref()))
        .collect()
}

fn codes(body: &str) -> Vec<String> {
    let found = found(body);
    found.iter().map(|found| found.code.to_string()).collect()
}

/// The text after the edits that are offered, and what is said of it then.
fn fixed(body: &str) -> (String, Vec<String>) {
    let lesson = format!("{FRONT}{body}");
    let files = [
        ("visi-veidi/course.toml", COURSE),
        ("visi-veidi/lv/01-a.md", lesson.as_str()),
    ];
    let plan = fix::plan(Tree::from_texts(files), &Options::default()).unwrap();
    let text = plan.get("visi-veidi/lv/01-a.md").map_or(lesson, |change| {
        String::from_utf8(change.after.to_vec()).unwrap()
    });
    let body = text.strip_prefix(FRONT).unwrap().to_owned();
    let said = codes(&body);
    (body, said)
}

const HEAD: &str = "## Kurš? {#q-a .single}\n\n";
const LIST: &str = "- [x] Darba devējs\n- [ ] Darbinieks\n";

#[test]
fn the_order_of_a_question_is_kept() {
    for body in [
        format!("{HEAD}{LIST}"),
        format!("{HEAD}Ievads.\n\n> Citāts no likuma.\n\n- viens\n- divi\n\nTeksts.\n\n{LIST}\n> [!TIP]\n> Padoms.\n\n> [!NOTE]\n> Tā.\n"),
        format!("{HEAD}> [!IMPORTANT]\n> Izlasiet.\n\n{LIST}\n> [!note]\n> Tā.\n"),
        format!("{HEAD}> [!TIP]\n> Padoms.\n\n{LIST}\n>[!NOTE]\n>Tā.\n"),
        format!("{HEAD}| A | B | C |\n|---|---|---|\n| 1 | 2 | 3 |\n\n{LIST}"),
        format!("{HEAD}Kods `[x]` un `> [!NOTE]` un `[[a]]`.\n\n{LIST}"),
        format!("{HEAD}```\n- [x] kods\n```\n\n{LIST}"),
        format!("{HEAD}{LIST}\n---\n\nNodarbība turpinās.\n\n- [ ] Uzdevumu saraksts\n"),
        "## Kurš? {#q-a .single}\n\n- [x] Darba devējs,\n  kas nosaka\n  darba vietu\n  > Jā.\n- [ ] 50%\n- [ ] Puse `+50%`\n- [ ] Alga pieaug par 50%\n".to_owned(),
        format!("{HEAD}Uzņēmumā [X] ierakstiet [ ] dienas. (*) Piezīme.\n\n{LIST}"),
        format!("{HEAD}Ko teica vadītājs?\n\n> Atbilde: nē.\n\n{LIST}"),
        "## Ko? {#q-a .match}\n\nIevads.\n\n| A | B |\n|---|---|\n| a | b |\n| c | d |\n\n> [!NOTE]\n> Tā.\n".to_owned(),
        "## Ko? {#q-a .cloze}\n\nViens `[[a]]` un \\[[b]] un [[c|(d)]].\n\n> [!TIP]\n> Padoms.\n".to_owned(),
    ] {
        assert_eq!(codes(&body), [""; 0], "{body}");
    }
}

#[test]
fn what_would_be_shown_too_early_is_an_error() {
    for body in [
        // Two lists.
        format!("{HEAD}{LIST}\nVai:\n\n{LIST}"),
        format!("{HEAD}{LIST}\n[//]: # (divi)\n\n- [ ] Valsts\n"),
        format!("{HEAD}{LIST}\n* [ ] Valsts\n"),
        format!("{HEAD}1. [x] Viens\n2. [ ] Divi\n\n{LIST}"),
        format!("{HEAD}> - [x] Viens\n\n{LIST}"),
        format!("{HEAD}| A |\n|---|\n| [x] Viens |\n\n{LIST}"),
        format!("{HEAD}- [v] Viens\n- [ ] Divi\n\nUn\n\n{LIST}"),
        // Feedback that is none.
        format!("{HEAD}- [x] Darba devējs\n> Jā.\n- [ ] Darbinieks\n> Nē.\n"),
        format!("{HEAD}- [x] Darba devējs\n\n> Jā.\n\n- [ ] Darbinieks\n"),
        format!("{HEAD}{LIST}\n> Darbinieks palīdz.\n"),
        format!("{HEAD}- viens\n  > Pareizi.\n- divi\n\nTeksts.\n\n{LIST}"),
        "## Secība? {#q-a .order}\n\n1. a\n  > Jā.\n2. b\n3. c\n4. d\n".to_owned(),
        format!("{HEAD}- [x] Darba devējs > Pareizi: viņš.\n- [ ] Darbinieks\n"),
        format!("{HEAD}- [x] Darba devējs (pareizi)\n- [ ] Darbinieks\n"),
        format!("{HEAD}- [x] Darba devējs\n  Pareizi: viņš.\n- [ ] Darbinieks\n"),
        format!("{HEAD}- [x] Darba devējs\n- [ ] Darbinieks\nTāpēc, ka viņš nosaka.\n"),
        // Callouts that are none.
        format!("{HEAD}{LIST}\n> [!NOTE] Tā.\n"),
        format!("{HEAD}{LIST}\n> [!TIP]Tā.\n"),
        format!("{HEAD}{LIST}\n>[!NOTE] Tā.\n"),
        format!("{HEAD}{LIST}\n> **[!NOTE]**\n> Tā.\n"),
        format!("{HEAD}{LIST}\n> \\[!NOTE]\n> Tā.\n"),
        format!("{HEAD}{LIST}\n> [!HINT]\n> Tā.\n"),
        format!("{HEAD}{LIST}\n> [!EXPLANATION]\n> Tā.\n"),
        format!("{HEAD}{LIST}\n> [!PASKAIDROJUMS]\n> Tā.\n"),
        format!("{HEAD}{LIST}\n> [!NOTTE]\n> Tā.\n"),
        format!("{HEAD}{LIST}\n> [!INFO]\n> Tā.\n"),
        format!("{HEAD}{LIST}\n> [NOTE]\n> Tā.\n"),
        format!("{HEAD}{LIST}\n> [! NOTE]\n> Tā.\n"),
        format!("{HEAD}{LIST}\n[!NOTE]\nTā.\n"),
        format!("{HEAD}> [!NOTE] Tā.\n\n{LIST}"),
        format!("{HEAD}- punkts\n  > [!NOTE]\n  > Tā.\n\nUn\n\n{LIST}"),
        format!("{HEAD}{LIST}\n> [!TIP]\n> Padoms.\n> [!NOTE]\n> Tā.\n"),
        format!("{HEAD}{LIST}\n> [!TIP]\n> Padoms.\n>\n> > [!NOTE]\n> > Tā.\n"),
        format!("{HEAD}{LIST}\n> [!TIP]\n> Padoms.\nPareizā atbilde: darba devējs.\n"),
        format!("{HEAD}:::note\nTā.\n:::\n\n{LIST}"),
        format!("{HEAD}{LIST}\n> [!IMPORTANT]\n> Tā.\n"),
        // Text where none belongs.
        format!("{HEAD}{LIST}\n> [!NOTE]\n> Tā.\n\nUn vēl.\n"),
        format!("{HEAD}{LIST}\nTāpēc, ka viņš nosaka.\n"),
        format!("{HEAD}{LIST}\n### Paskaidrojums\n\nTā.\n"),
        format!("{HEAD}{LIST}\n> [!TIP]\n> Padoms.\n\nUn vēl.\n"),
        format!("{HEAD}{LIST}\n```\nkods\n```\n"),
        // Boxes that are none.
        format!("{HEAD}-[x] Viens\n\n{LIST}"),
        format!("{HEAD}[x] Viens\n[ ] Divi\n\n{LIST}"),
        format!("{HEAD}Ievads [х] Viens.\n\n{LIST}"),
        format!("{HEAD}    - [x] Viens\n\nTad\n\n{LIST}"),
        format!("{HEAD}☑ Viens\n\n{LIST}"),
        "## Kurš? [x] {#q-a .single}\n\n- [x] a\n- [ ] b\n".to_owned(),
        // Weights that are none.
        format!("{HEAD}- [x] Darba devējs\n- [ ] Abi +50%\n"),
        format!("{HEAD}- [x] Darba devējs\n- [ ] Abi (50%)\n"),
        format!("{HEAD}- [x] Darba devējs\n- [ ] Abi `+50%` kopā\n"),
        format!("{HEAD}- [x] Darba devējs\n- [ ] Abi `+50%`.\n"),
        // Words.
        format!("{HEAD}Pareizā atbilde: darba devējs.\n\n{LIST}"),
        format!("{HEAD}**Atbilde:** darba devējs.\n\n{LIST}"),
        format!("{HEAD}Right answer – the employer.\n\n{LIST}"),
        format!("{HEAD}Ievads. Pareizā atbilde: darba devējs.\n\n{LIST}"),
        format!("{HEAD}Paskaidrojums: tā nosaka likums.\n\n{LIST}"),
        format!("{HEAD}| Jautājums | Pareizā atbilde: A |\n|---|---|\n| 1 | 2 |\n\n{LIST}"),
        // Gaps.
        format!("{HEAD}Rīga ir [[galvaspilsēta]].\n\n{LIST}"),
        format!("{HEAD}- [x] [[a|(b)]]\n- [ ] c\n"),
        "## Ko? {#q-a .cloze}\n\nViens [[a]] un [b|(c)|d]].\n".to_owned(),
        "## Ko? {#q-a .cloze}\n\nViens [[a]] un [b|(c)].\n".to_owned(),
        "## Ko? {#q-a .cloze}\n\nViens [[a]] un {{b}}.\n".to_owned(),
        "## Ko? {#q-a .cloze}\n\nViens [[a]].\n\n    Divi [[b]].\n".to_owned(),
        "## Ko [[a]]? {#q-a .cloze}\n\nViens [[a]].\n".to_owned(),
        "## Ko? {#q-a .cloze}\n\nViens [[a]].\n\n> [!NOTE]\n> Tā.\n\nUn vēl.\n".to_owned(),
        // Other types.
        "## Ko? {#q-a .match}\n\n| A | B |\n|---|---|\n| a | b |\n| c | d |\n\nUn\n\n| E | F |\n|---|---|\n| e | f |\n| g | h |\n".to_owned(),
        "## Ko? {#q-a .match}\n\n| A | B | C |\n|---|---|---|\n| a | b | c |\n\nUn\n\n| E | F |\n|---|---|\n| e | f |\n| g | h |\n".to_owned(),
        "## Ko? {#q-a .order}\n\n1. a\n2. b\n3. c\n\nUn\n\n1) d\n2) e\n3) f\n".to_owned(),
        "## Ko? {#q-a .numeric}\n\n- [x] 5\n\nVai\n\n- [x] 6\n".to_owned(),
        "## Ko? {#q-a .short}\n\n- [x] viens\n\nVai\n\n- [x] divi\n".to_owned(),
        "## Ko? {#q-a .reflect}\n\nDomājiet.\n\n> [!NOTE]\n> Tā.\n\nUn vēl.\n".to_owned(),
        "## Ko? {#q-a .survey}\n\n- [ ] a\n- [ ] b\n\nVai\n\n- [ ] c\n- [ ] d\n".to_owned(),
        "## Ko? {#q-a .likert}\n\n| A | B | C |\n|---|---|---|\n| a | | |\n\n| A | B | C |\n|---|---|---|\n| b | | |\n".to_owned(),
        "## Ko? {#q-a .case}\n\n### A {#s-a}\n\n- [Jā](#s-b)\n\nPareizā atbilde: jā.\n\n### B {#s-b .outcome mark=\"100%\"}\n".to_owned(),
        "## Ko? {#q-a .case}\n\n### A {#s-a}\n\n- [Jā](#s-b)\n\nvai\n\n- [Nē](#s-b)\n\n### B {#s-b .outcome mark=\"100%\"}\n".to_owned(),
        // Questions that are none.
        "## Kurš? (q-a)\n\n- [x] a\n- [ ] b\n".to_owned(),
        "## Kurš? {#q-a .match\n\n| A | B |\n|---|---|\n| a | b |\n".to_owned(),
    ] {
        let said = codes(&body);
        assert!(
            said.iter().any(|code| code.starts_with("quiz-")),
            "{body}\n{said:?}"
        );
    }
}

#[test]
fn what_can_only_be_meant_in_one_way_is_put_right() {
    let good = format!("{HEAD}- [x] Darba devējs\n  > Jā.\n- [ ] Darbinieks\n  > Nē.\n");
    for (body, expected) in [
        (
            format!("{HEAD}- [x] Darba devējs\n> Jā.\n- [ ] Darbinieks\n> Nē.\n"),
            good.clone(),
        ),
        (
            format!("{HEAD}- [x] Darba devējs\n > Jā.\n- [ ] Darbinieks\n  > Nē.\n"),
            good.clone(),
        ),
        (
            format!("{HEAD}- [x] Darba devējs\n* [ ] Darbinieks\n"),
            format!("{HEAD}- [x] Darba devējs\n- [ ] Darbinieks\n"),
        ),
        (
            format!("{HEAD}{LIST}\n> [!NOTE] Tā *nosaka*\n> likums.\n"),
            format!("{HEAD}{LIST}\n> [!NOTE]\n> Tā *nosaka*\n> likums.\n"),
        ),
        (
            format!("{HEAD}{LIST}\n>[!tip]Domājiet.\n"),
            format!("{HEAD}{LIST}\n> [!TIP]\n> Domājiet.\n"),
        ),
        (
            format!("{HEAD}{LIST}\n> **[!NOTE]**\n> Tā.\n"),
            format!("{HEAD}{LIST}\n> [!NOTE]\n> Tā.\n"),
        ),
        (
            format!("{HEAD}{LIST}\n> [!PADOMS]\n> Tā.\n"),
            format!("{HEAD}{LIST}\n> [!TIP]\n> Tā.\n"),
        ),
        (
            format!("{HEAD}{LIST}\n[!NOTE] Tā.\n"),
            format!("{HEAD}{LIST}\n> [!NOTE]\n> Tā.\n"),
        ),
        (
            format!("{HEAD}{LIST}\n> [!TIP]\n> Padoms.\n> [!NOTE]\n> Tā.\n"),
            format!("{HEAD}{LIST}\n> [!TIP]\n> Padoms.\n\n> [!NOTE]\n> Tā.\n"),
        ),
        (
            format!("{HEAD}{LIST}\n> [!NOTE]\n> Tā.\n\nUn vēl.\n\n- viens\n"),
            format!("{HEAD}{LIST}\n> [!NOTE]\n> Tā.\n>\n> Un vēl.\n>\n> - viens\n"),
        ),
        (
            "## Secība? {#q-a .order}\n\n1. a\n  > Jā.\n2. b\n3. c\n".to_owned(),
            "## Secība? {#q-a .order}\n\n1. a\n   > Jā.\n2. b\n3. c\n".to_owned(),
        ),
    ] {
        let (text, said) = fixed(&body);
        assert_eq!(text, expected);
        assert_eq!(said, [""; 0], "{text}");
    }
}

#[test]
fn what_makes_no_difference_is_told() {
    for (body, code) in [
        (
            "## Ko? {#q-a .short}\n\n- [x] viens `+50%`\n",
            "quiz-bad-number",
        ),
        (
            "## Cik? {#q-a .numeric}\n\n- [x] 5 `+50%`\n- [ ] 6\n",
            "quiz-bad-number",
        ),
        (
            "## Ko? {#q-a .short}\n\n- [x] viens\n- [ ] divi `-50%`\n",
            "quiz-bad-number",
        ),
        (
            "## Ko? {#q-a .single}\n\n- [x] viens\n- [ ] divi\n  > [!NOTE]\n  > Jo.\n",
            "quiz-answer-shown",
        ),
        (
            "## Ko? {#q-a .order}\n\n1. viens\n2. divi\n3. trīs\n   > [!TIP]\n   > Jo.\n",
            "quiz-answer-shown",
        ),
    ] {
        let said = codes(body);
        assert!(said.iter().any(|said| said == code), "{body}\n{said:?}");
    }
    let half = "## Ko? {#q-a .short}\n\n- [x] viens\n- [ ] divi `+50%`\n";
    assert_eq!(codes(half), [""; 0]);
}

#[test]
fn translations_are_held_to_the_same() {
    let lesson = format!("{FRONT}{HEAD}{LIST}");
    let translation = format!("{lesson}\n> [!NOTE] Because.\n");
    let files = [
        ("visi-veidi/course.toml", COURSE),
        ("visi-veidi/lv/01-a.md", lesson.as_str()),
        ("visi-veidi/en/01-a.md", translation.as_str()),
    ];
    let compilation = compile_tree(&Tree::from_texts(files), &Options::default(), &()).unwrap();
    let told = compilation
        .diagnostics
        .iter()
        .any(|found| found.code == "quiz-answer-shown" && found.location.file.contains("/en/"));
    assert!(told, "{:?}", compilation.diagnostics);
}

/// Labels that say that an answer, an explanation or a hint follows.
const LABELS: [&str; 80] = [
    "Atbilde",
    "Atb.",
    "Pareizā atbilde",
    "Pareiza atbilde",
    "PAREIZĀ ATBILDE",
    "Pareizais variants",
    "Pareizā izvēle",
    "Nepareizā atbilde",
    "Aplamā atbilde",
    "Atslēga",
    "Atbilžu atslēga",
    "Risinājums",
    "Paskaidrojums",
    "Skaidrojums",
    "Izskaidrojums",
    "Pamatojums",
    "Komentārs",
    "Piezīme",
    "Ieteikums",
    "Padoms",
    "Mājiens",
    "Vihje",
    "Answer",
    "Ans",
    "Answer key",
    "Correct answer",
    "The correct answer",
    "Correct",
    "Right answer",
    "Wrong answer",
    "Best answer",
    "Model answer",
    "Sample answer",
    "Suggested answer",
    "Expected response",
    "Accepted answers",
    "Correct option",
    "Right choice",
    "Correct response",
    "Key",
    "Solution",
    "Explanation",
    "Rationale",
    "Reason",
    "Justification",
    "Feedback",
    "Comment",
    "Note",
    "Tip",
    "Hint",
    "Clue",
    "Hint 1",
    "Padoms Nr. 2",
    "Hint #2",
    "Answer 1",
    "Iemesls",
    "Paskaidrojums par atbildi",
    "Pareizā secība",
    "Answer for question 1",
    "Atgriezeniskā saite",
    "Explanation of the answer",
    "Atbildes pamatojums",
    "Pareizās atbildes paskaidrojums",
    "Pareizo atbilžu atslēga",
    "ANSWERS",
    "Kāpēc",
    "Why",
    "Jautājuma atbilde",
    "Correct answer (B)",
    "Atbilde Nr.1",
    "Pareizās",
    "Nepareizi",
    "Aplami",
    "Iespējamā atbilde",
    "Parauga atbilde",
    "Atbildes paraugs",
    "Final answer",
    "Hints",
    "Skaidrojumi",
    "Answers and explanations",
];

/// How a label stands before what must not be shown; `@` is the label.
const DRESSES: [&str; 24] = [
    "@: aa",
    "**@:** aa",
    "**@**: aa",
    "*@*: aa",
    "__@__ : aa",
    "\\_@\\_: aa",
    "Teksts.\n@: aa",
    "Teksts. @: aa",
    "Teksts? @: aa",
    "Teksts? **@:** aa",
    "(@: aa)",
    "Teksts (@: aa).",
    "- @: aa",
    "1. @: aa",
    "@\u{ff1a} aa",
    "> **@:** aa",
    "> [!IMPORTANT]\n> @: aa",
    "  @ :\u{a0} aa",
    "| A | B |\n|---|---|\n| @: aa | x |",
    "@:\naa",
    "### @: aa",
    "Tabula: @: aa\n\n| A | B |\n|---|---|\n| a | b |",
    "![@: aa](../assets/a.png)",
    "![A](../assets/a.png \"@: aa\")",
];

/// Labels that are ones without a colon, too.
const STRONG_LABELS: [&str; 13] = [
    "Atbilde",
    "Pareizā atbilde",
    "Paskaidrojums",
    "Skaidrojums",
    "Padoms",
    "Mājiens",
    "Risinājums",
    "Answer",
    "Correct answer",
    "Explanation",
    "Hint",
    "Solution",
    "Answer key",
];

/// How these may stand.
const STRONG_DRESSES: [&str; 18] = [
    "@ – aa",
    "@ - aa",
    "@ — aa",
    "@ = aa",
    "@ -> aa",
    "@ → aa",
    "@\naa",
    "**@**\naa",
    "**@**\n\naa",
    "### @\n\naa",
    "> **@**\n> aa",
    "> ### @\n> aa",
    "**@** aa",
    "**@.** Aa",
    "@. Aa",
    "Teksts **@:** aa",
    "Teksts @: aa",
    "Teksts – @: aa",
];

/// The codes of what is said of each of several lessons, compiled together. `@a` in an id is made its own; a text
/// that begins with `TEST:` is that of a test.
fn of_each(bodies: &[String]) -> Vec<Vec<String>> {
    let lessons: Vec<(String, String)> = bodies
        .iter()
        .enumerate()
        .map(|(at, body)| {
            let (kind, body) = match body.strip_prefix("TEST:") {
                Some(body) => ("kind = \"test\"\npass = 0.5\n", body),
                None => ("minutes = 1\n", body.as_str()),
            };
            let prefix = if kind.contains("test") { 't' } else { 'l' };
            let body = body
                .replace("{#q-a ", &format!("{{#q-a{at} "))
                .replace("{#q-b ", &format!("{{#q-b{at} "));
            let text = format!("+++\nid = \"{prefix}-a{at}\"\ntitle = \"A\"\n{kind}+++\n\n{body}");
            (format!("visi-veidi/lv/{at:04}-a{at}.md"), text)
        })
        .collect();
    let files = lessons
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()));
    let files = files.chain([("visi-veidi/course.toml", COURSE)]);
    let compilation = compile_tree(&Tree::from_texts(files), &Options::default(), &()).unwrap();
    lessons
        .iter()
        .map(|(path, _)| {
            let here = compilation
                .diagnostics
                .iter()
                .filter(|found| &found.location.file == path);
            here.map(|found| found.code.to_string()).collect()
        })
        .collect()
}

/// Holds that each text is an error of a question.
fn assert_refused(bodies: &[String]) {
    let said = of_each(bodies);
    let missed: Vec<_> = bodies
        .iter()
        .zip(&said)
        .filter(|(_, codes)| {
            !codes.iter().any(|code| {
                [
                    "quiz-answer-shown",
                    "quiz-looks-checked",
                    "quiz-malformed",
                    "html-unsafe",
                ]
                .contains(&code.as_str())
            })
        })
        .collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

/// Holds that nothing is found in any of the texts.
fn assert_let_pass(bodies: &[String]) {
    const QUIET: [&str; 8] = [
        "lock-stale",
        "quiz-no-feedback",
        "heading-skip",
        "asset-missing",
        "reading-level",
        "meta-bad-value",
        "quiz-no-correct",
        "spelling",
    ];
    let said = of_each(bodies);
    let found: Vec<_> = bodies
        .iter()
        .zip(&said)
        .filter(|(_, codes)| codes.iter().any(|code| !QUIET.contains(&code.as_str())))
        .collect();
    assert!(found.is_empty(), "{found:#?}");
}

fn asked(text: &str) -> String {
    format!("{HEAD}{text}\n\n{LIST}")
}

/// Each label in each dress.
fn dressed(labels: &[&str], dresses: &[&str]) -> Vec<String> {
    labels
        .iter()
        .flat_map(|label| dresses.iter().map(move |dress| dress.replace('@', label)))
        .collect()
}

#[test]
fn a_label_is_found_in_every_dress() {
    let texts = dressed(&LABELS, &DRESSES);
    assert_refused(&texts.iter().map(|text| asked(text)).collect::<Vec<_>>());
    let texts = dressed(&STRONG_LABELS, &STRONG_DRESSES);
    assert_refused(&texts.iter().map(|text| asked(text)).collect::<Vec<_>>());
}

#[test]
fn a_label_is_found_in_every_place() {
    let places = [
        "## Kurš? @: aa {#q-a .single}\n\n- [x] a\n- [ ] b\n",
        "## Kurš? {#q-a .single}\n\n- [x] a\n- [ ] b\n\n> [!TIP]\n> Domā.\n\n@: aa\n",
        "## Ko? {#q-a .reflect}\n\nDomājiet.\n\n@: aa\n",
        "## Ko? {#q-a .cloze}\n\nViens [[a]].\n\n@: aa\n",
        "## Cik? {#q-a .numeric}\n\n@: aa\n\n- [x] 5\n",
        "## Kas? {#q-a .short}\n\n@: aa\n\n- [x] viens\n",
        "## Ko? {#q-a .match}\n\n@: aa\n\n| A | B |\n|---|---|\n| a | b |\n| c | d |\n",
        "## Ko? {#q-a .order}\n\n@: aa\n\n1. a\n2. b\n3. c\n",
        "## Ko? {#q-a .case}\n\n### A {#s-a}\n\n@: aa\n\n- [Jā](#s-b)\n\n### B {#s-b .outcome mark=\"100%\"}\n\nX\n",
    ];
    assert_refused(&dressed(&LABELS, &places));
    let places = [
        "## Ko? {#q-a .reflect}\n\nDomājiet.\n\n### @\n\naa\n",
        "## Ko? {#q-a .cloze}\n\nViens [[a]].\n\n### @\n\naa\n",
        "## Ko? {#q-a .single}\n\nTeksts[^1]\n\n- [x] a\n- [ ] b\n\n[^1]: @: aa\n",
        "TEST:## Kurš? {#q-a .single}\n\n- [x] a\n- [ ] b\n\n---\n\n@: aa\n",
        "TEST:## Kurš? {#q-a .single}\n\n- [x] a\n- [ ] b\n\n## @\n\naa\n",
        "TEST:## Kurš? {#q-a .single}\n\n- [x] a\n- [ ] b\n\n---\n\n**@**\n\naa\n",
    ];
    assert_refused(&dressed(&STRONG_LABELS, &places));
}

#[test]
fn the_eye_sees_no_difference_and_neither_does_the_compiler() {
    for text in [
        "Pareizā\u{a0}atbilde: aa",
        "Pareizā  atbilde : aa",
        "At\u{200b}bilde: aa",
        "At\u{ad}bilde: aa",
        "\u{feff}Atbilde: aa",
        "**Pareizā** atbilde: aa",
        "*Pareizā* **atbilde**: aa",
        "Pareiza\u{304} atbilde: aa",
        "PAREIZA ATBILDE: aa",
        "\u{410}tbilde: aa",
        "Atbilde\u{2236} aa",
        "Atbilde \u{2012} aa",
    ] {
        assert_refused(&[asked(text)]);
    }
}

#[test]
fn within_quotation_marks_and_in_code_a_label_is_text() {
    let dresses = [
        "Iesniegumā: „@: aa”.",
        "«@: aa»",
        "\"@: aa\"",
        "Kods `@: aa`.",
        "“@: aa”",
        "„@”",
        "```\n@: aa\n```",
    ];
    let texts = dressed(&LABELS, &dresses);
    assert_let_pass(&texts.iter().map(|text| asked(text)).collect::<Vec<_>>());
}

#[test]
#[expect(clippy::too_many_lines, reason = "a list of samples")]
fn what_tells_the_answer_in_other_ways_is_an_error() {
    let texts = [
        "**Atbilde.** Aa",
        "Atbilde. Aa",
        "**Pareizā atbilde.** Aa",
        "Pareizā atbilde. Aa",
        "**Paskaidrojums.** Aa",
        "Paskaidrojums. Aa",
        "**Skaidrojums.** Aa",
        "Skaidrojums. Aa",
        "**Padoms.** Aa",
        "Padoms. Aa",
        "**Mājiens.** Aa",
        "Mājiens. Aa",
        "**Risinājums.** Aa",
        "Risinājums. Aa",
        "**Answer.** Aa",
        "Answer. Aa",
        "**Correct answer.** Aa",
        "Correct answer. Aa",
        "**Explanation.** Aa",
        "Explanation. Aa",
        "**Hint.** Aa",
        "Hint. Aa",
        "**Solution.** Aa",
        "Solution. Aa",
        "**Answer key.** Aa",
        "Answer key. Aa",
        "Pareizā atbilde ir aa.",
        "The answer is aa",
        "The right option is aa.",
        "The correct answer is B.",
        "Pareizais variants ir B.",
        "Atbilde ir aa.",
        "Teksts. Pareizā atbilde ir aa.",
        "Aa ir pareizā atbilde.",
        "Aa is the correct answer.",
        "B ir pareizi.",
        "Atbilde B ir pareiza.",
        "Pareizi ir B.",
        "The correct answers are A and C.",
        "Pareizās atbildes ir A un C.",
        "Pareiza ir atbilde B.",
        "Pareizā atbilde būtu aa.",
        "The answer would be aa.",
        "Pareizā\u{a0}atbilde:\u{a0}aa",
        "Pareizā  atbilde : aa",
        "At\u{200b}bilde: aa",
        "At\u{ad}bilde: aa",
        "**Pareizā** atbilde: aa",
        "*Pareizā* **atbilde**: aa",
        "Pareiza\u{304} atbilde: aa",
        "pareizA AtBiLdE: aa",
        "Аtbilde: aa",
        "{=aa}",
        "{~=aa ~bb}",
        "{1:MULTICHOICE:=a~b}",
        "{T}",
        "{1:SA:=aa}",
        "ANSWER: B",
        ">! aa",
        "||aa||",
        "<details><summary>Atbilde</summary>aa</details>",
        "<!-- Atbilde: aa -->",
        "=aa\n~bb",
        "Aa {=bb ~cc}",
        "\\*a) aa\nb) bb",
        "{{c1::aa}}",
        "![Pareizā atbilde: aa](../assets/a.png)",
        "![x](../assets/a.png \"Atbilde: aa\")",
        "| Jautājums | Pareizā atbilde |\n|---|---|\n| a | b |",
        "| Question | Answer |\n|---|---|\n| a | b |",
        "Tabula: Pareizās atbildes\n\n| A | B |\n|---|---|\n| a | b |",
        "Teksts[^1]\n\n[^1]: Pareizā atbilde: aa",
        "Teksts[^1]\n\n[^1]: Paskaidrojums: aa",
        "[spoiler]aa[/spoiler]",
        "[Atbilde] aa",
        "(Pareizā atbilde) aa",
        "- Teksts\n  - Atbilde: aa",
        "Teksts\\\nAtbilde: aa",
        "🔑 Atbilde: aa",
        "➡️ Pareizā atbilde: aa",
        "1) Atbilde: aa",
        "• Atbilde: aa",
        "//Atbilde: aa",
        "Kurš? (Atbilde: aa)",
        "Atbilde:aa",
        "Atbilde::aa",
        "Atbilde:\u{a0}\u{a0}aa",
        "[Atbilde: aa](https://example.org)",
        "~~Atbilde: aa~~",
        "Paskaidrojums:",
        "**Pareizā atbilde:**\n\naa",
        "***Pareizā atbilde:*** aa",
        "Teksts teksts. Pareizā atbilde\nir aa.",
        "Pareizais\nvariants: aa",
        "Pareizā atbilde ir\naa.",
        "> [!IMPORTANT]\n> Atbilde: aa",
        "> [!WARNING]\n> Pareizā atbilde ir aa",
        "Pareizās: A, C",
        "Pareizais: B",
        "Tā ir pareizā atbilde: aa",
        "Pareizā atbilde – tas ir aa",
        "Correct: B",
        "Atbilde\n: aa",
        "Atbilde ➔ aa",
        "Atbilde ‒ aa",
        "Atbilde∶ aa",
        "The answers are a and c",
        "\\*\\*Atbilde:\\*\\* aa",
        "\\_Atbilde\\_: aa",
        "Kurš īsteno? **Atbilde** aa",
        "Kurš? *(atbilde: aa)*",
        "Pareizi ir: aa",
        "Atbilde (aa): bb",
        "(Answer: B)",
        "Ans.: aa",
        "Ans: B",
        "ans. = B",
        "Correct Ans: B",
        "Correct answer: **B**",
        "**Correct answer**\n\nB",
        "Answers: 1-a, 2-b",
        "Answers\n\n1. a\n2. b",
        "**Answers**\n\n1. a\n2. b",
        "Correct Response - B",
        "Note: because aa",
        "NB! Paskaidrojums: aa",
        "Paskaidrojumi:\n\n- a: aa",
        "Pareizā atbilde: „aa”",
        "Jautājums: kas? Atbilde: aa",
        "J: kas?\nAtbilde: aa",
        "Q: what? A: aa. Answer: aa",
        "- [Atbilde](https://example.org): aa",
        "- **Atbilde** – aa",
        "1. **Paskaidrojums.** Aa",
        "*Skaidrojums*\n: aa",
        "> ### Atbilde\n> aa",
        "> Paskaidrojums: aa",
        "| Atbilde | aa |\n|---|---|\n| a | b |",
        "| a | b |\n|---|---|\n| Atbilde | aa |",
        "Ideal answer: aa",
        "Possible answer: aa",
        "Iespējamā atbilde: aa",
        "Parauga atbilde: aa",
        "Atbildes paraugs: aa",
        "Ieteicamā atbilde: aa",
        "Sagaidāmā atbilde: aa",
        "Īsa atbilde: aa",
        "Pilna atbilde: aa",
        "Answer explanation: aa",
        "Reasoning: aa",
        "Tip 2: aa",
        "Padoms (2): aa",
        "Paskaidrojums Nr. 1 – aa",
        "Correct match: a-b",
        "Correct order: a, b, c",
        "Pareizie pāri: a-b",
        "Pareizais skaitlis: 5",
        "Pareizais burts: B",
        "Pareizā secība ir a, b, c.",
        "The correct order is b, a, c.",
        "Pareizi: aa",
        "Nepareizi: bb",
        "Wrong: bb",
        "Wrong answers: bb, cc",
        "Right: aa",
        "Galīgā atbilde: aa",
        "Final answer: aa",
        "Precīza atbilde: aa",
        "Kurš?\n\nAtbilde: aa\n\nTeksts",
        "Atbildes un paskaidrojumi:\n\n1. aa",
        "Answers and explanations: aa",
    ];
    assert_refused(&texts.iter().map(|text| asked(text)).collect::<Vec<_>>());
    let texts = [
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n> [!TIP]\n> Padoms: Atbilde: aa\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n> [!TIP]\n> Atbilde: aa\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n> [!TIP]\n> Pareizā atbilde ir aa.\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n> [!TIP]\n> The answer is aa\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n> [!TIP]\n> Domā. Pareizi: aa\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n> [!TIP]\n> Paskaidrojums: aa\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n> [!TIP]\n> {=aa}\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n> [!TIP]\n> **Atbilde**\n> aa\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\nPaskaidrojums: aa\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n---\n\nPaskaidrojums: aa\n",
        "TEST:## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n---\n\nPaskaidrojums: aa\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n### Paskaidrojums\n\naa\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n---\n\n### Paskaidrojums\n\naa\n",
        "TEST:## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n---\n\n### Paskaidrojums\n\naa\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n**Pareizā atbilde** aa\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n---\n\n**Pareizā atbilde** aa\n",
        "TEST:## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n---\n\n**Pareizā atbilde** aa\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n> **Paskaidrojums**\n> aa\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n---\n\n> **Paskaidrojums**\n> aa\n",
        "TEST:## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n---\n\n> **Paskaidrojums**\n> aa\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n## Paskaidrojums\n\naa\n",
        "TEST:## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n## Atbilde\n\naa\n",
        "TEST:## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n## Atbilžu atslēga\n\n1. aa\n",
        "TEST:## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n## Vēl {#q-b .single}\n\n- [x] a\n- [ ] b\n\n---\n\nPareizās atbildes: 1a, 2b\n",
        "TEST:Pareizās atbildes: 1a\n\n## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n---\n\nTeksts.\n\nAtbilde: aa\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n---\n\n| Jautājums | Pareizā atbilde |\n|---|---|\n| a | b |\n",
        "TEST:## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n---\n\n> [!NOTE]\n> Pareizā atbilde: aa\n",
        "TEST:## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n---\n\nPadoms: aa\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] ~~Bb~~\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb – nepareizi\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] ❌ Bb\n",
        "## Sec {#q-a .survey}\n\n- [ ] a `50%`\n- [ ] b\n",
        "## Sec {#q-a .order}\n\n1. a `50%`\n2. b\n3. c\n",
        "## Kurš? {#q-a .single}\n\n- [x] Darba devējs\n- [ ] Bb\n\n> [!TIP]\n> Darba devējs.\n",
        "## Ko? {#q-a .case}\n\n### A {#s-a}\n\nT.\n\n- [Jā (pareizi)](#s-b)\n- [Nē](#s-c)\n\n### B {#s-b .outcome mark=\"100%\"}\n\nX\n\n### C {#s-c .outcome mark=\"0%\"}\n\nX\n",
        "## Ko? {#q-a .case}\n\n### A {#s-a}\n\nPareizā izvēle: jā.\n\n- [Jā](#s-b)\n- [Nē](#s-c)\n\n### B {#s-b .outcome mark=\"100%\"}\n\nX\n\n### C {#s-c .outcome mark=\"0%\"}\n\nX\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\nAtbildes\n--------\n\naa\n",
        "## Cik? {#q-a .numeric}\n\nAtbilde: 5\n\n- [x] 5\n",
        "## Kas? {#q-a .short}\n\nPareizā atbilde ir 5.\n\n- [x] 5\n",
        "## Kas? {#q-a .match}\n\nAtslēga: 1a\n\n| A | B |\n|---|---|\n| a | b |\n| c | d |\n",
        "## Kas? {#q-a .order}\n\nPareizā secība: a, b\n\n1. a\n2. b\n3. c\n",
    ];
    assert_refused(&texts.map(str::to_owned));
}

#[test]
#[expect(clippy::too_many_lines, reason = "a list of samples")]
fn an_answer_that_tells_whether_it_is_right_is_an_error() {
    let answers = [
        "Aa (pareizi)",
        "Aa (pareizs)",
        "Aa (pareiza)",
        "Aa (true)",
        "Aa (atbilde)",
        "Aa [correct]",
        "Aa – pareizi",
        "Aa - pareizi",
        "Aa — correct",
        "Aa ✅",
        "✅ Aa",
        "✓ Aa",
        "Aa ✓",
        "Aa ✔",
        "Aa ✔️",
        "✔️ Aa",
        "Aa. Pareizi!",
        "Aa -> Pareizi",
        "Aa → pareizi",
        "Pareizi: Aa",
        "Aa = pareizi",
        "Aa: pareizi",
        "* Aa",
        "\\*Aa",
        "Aa\\*",
        "Aa \\*",
        "Aa (\\*)",
        "Aa (+)",
        "**Aa**",
        "*Aa*",
        "Aa ←",
        "Aa (kļūda)",
        "Aa (tieši tā)",
        "Aa – malacis!",
        "Aa – well done!",
        "Aa (šī nav pareizā atbilde)",
        "Aa (this is not correct)",
        "Aa (pareizi, jo likums)",
        "Aa. Pareizi, jo likums",
        "Aa – pareizā atbilde",
        "Aa, pareizā atbilde",
        "Aa <- correct",
        "Aa ← atbilde",
        "Aa {.correct}",
        "(pareizi) Aa",
        "Aa > Pareizi: jā",
        "Aa `50%` x",
        "Aa (1 punkts)",
        "Aa (+1)",
        "Aa // correct",
        "Aa | correct",
        "Correct answer: Aa",
        "Atbilde: Aa",
        "Aa ir pareizā atbilde",
        "Aa. Paskaidrojums: jo",
        "Aa (paskaidrojums: jo)",
        "Aa ★",
        "{=Aa}",
        "~Aa",
        "=Aa",
        "%100%Aa",
        "Aa (right answer)",
        "Aa (Pareizā atbilde)",
        "Aa **(pareizi)**",
        "Aa *pareizi!*. Pareizi",
        "Aa ( pareizi )",
        "Aa (PAREIZI)",
        "Aa (pareizi).",
        "Aa\u{a0}(pareizi)",
        "Aa (pa\u{200b}reizi)",
        "Aa <!-- pareizi -->",
        "||Aa||",
        "[✓] Aa",
        "Aa. Correct!",
        "Aa! Pareizi.",
        "Aa; pareizi",
        "Aa (this is the correct answer)",
        "Aa (šī ir pareizā atbilde)",
        "**Pareizi:** Aa",
        "Aa 👍",
        "Aa ✓.",
        "Aa – pareiza atbilde!",
        "Aa -- pareizi",
        "Aa Pareizi",
        "Aa **Pareizi**",
        "Pareizi. Aa",
        "Nepareizi! Aa",
        "Aa (Pareizā)",
        "Aa (100%)",
        "Aa +100%",
        "Aa `+100%` .",
        "Aa (2 p.)",
        "[+1p] Aa",
        "💯 Aa",
        "Aa (correct: law)",
        "Aa (wrong, because)",
        "Aa\\\n  pareizi",
        "Aa\n  (pareizi)",
        "Aa\n  – pareizi",
        "Aa • pareizi",
        "Aa · correct",
        "Aa ... pareizi",
        "Aa / pareizi",
        "Aa **✓**",
        "Aa ~~x~~ ✗",
        "Answer: Aa",
        "The answer: Aa",
        "Aa (the answer)",
        "Aa ⇐ pareizi",
        "Aa ◄ pareizi",
        "Aa ⟵ correct",
    ];
    let single = answers
        .iter()
        .map(|answer| format!("{HEAD}- [x] {answer}\n- [ ] Bb\n"));
    assert_refused(&single.collect::<Vec<_>>());
    let many = answers
        .iter()
        .filter(|answer| !["**Aa**", "*Aa*"].contains(answer))
        .map(|answer| {
            format!("## Kuri? {{#q-a .multiple}}\n\n- [ ] Bb\n- [x] Cc\n- [x] {answer}\n")
        });
    assert_refused(&many.collect::<Vec<_>>());
}

#[test]
#[expect(clippy::too_many_lines, reason = "a list of samples")]
fn innocent_texts_are_let_pass() {
    let texts = [
        "Kura atbilde ir pareiza?",
        "Izvēlieties pareizo atbildi.",
        "Izvēlieties pareizo atbildi:",
        "Atzīmējiet pareizās atbildes:",
        "Atzīmējiet visas pareizās atbildes.",
        "Choose the right answer.",
        "Choose the right answer:",
        "Select the correct option:",
        "Which answer is correct?",
        "What is the right answer?",
        "> Atbilde: nē",
        "> Atbilde – nē",
        "> Atbilde: nē, paldies.\n> Jautājums: kāpēc?",
        "Atbildes:",
        "Iespējamās atbildes:",
        "Atbilžu varianti:",
        "Answer options:",
        "Possible answers:",
        "Vairākas atbildes ir pareizas.",
        "Tikai viena atbilde ir pareiza.",
        "Only one answer is correct.",
        "There is one correct answer.",
        "Pareizā atbilde ir tikai viena.",
        "Par pareizu atbildi ir 1 punkts.",
        "Pareizas atbildes ir vairākas.",
        "Viņa sniedza atbildi: „nē”.",
        "Vadītājs teica: \"Atbilde: nē.\"",
        "„Paskaidrojums: slims“, rakstīts iesniegumā.",
        "Kods `Atbilde: aa`.",
        "Viņas atbilde bija īsa.",
        "Darbiniece lūdz paskaidrojumu.",
        "Paskaidrojums jāsniedz 10 dienu laikā.",
        "Darba devējs sniedz pamatojumu: „nav naudas”.",
        "Pamatojums ir jāsniedz rakstiski.",
        "Atbildība: darba devējs.",
        "Atbildīgais: vadītājs.",
        "Tiesības: vienādas.",
        "Tips: pilna slodze.",
        "Rights: equal.",
        "Right to appeal: one month.",
        "Answer the question: what is it?",
        "Answer in one word:",
        "Explain your answer: why?",
        "Key points: a, b.",
        "Key question: what now?",
        "Note the date.",
        "Piezīme: atbildiet ar diviem cipariem.",
        "Piezīme: var būt vairākas pareizas atbildes.",
        "Note: choose two answers.",
        "Note: more than one answer may be right.",
        "Pareizi vai nepareizi?",
        "Pareizi vai nepareizi: visi ir vienlīdzīgi.",
        "True or false: all are equal.",
        "Right or wrong?",
        "Padome: ministru padome lēma.",
        "Viens no risinājumiem ir saruna.",
        "Darbinieks sauc to par netaisnību – tā ir viņa atbilde.",
        "Risinājums, ko piedāvā vadītājs, ir maiņu darbs.",
        "Ieteikumu sniedz tiesībsargs.",
        "Kas ir pareizi?",
        "Vai tas ir pareizi?",
        "Jūsu atbilde: ____",
        "Your answer:",
        "Mana atbilde: nē.",
        "Uz jautājumu „Kāpēc?” viņš neatbild.",
        "| Termins | Skaidrojums |\n|---|---|\n| a | b |",
        "1. Lūgums\n2. Atbilde\n3. Sūdzība",
        "Atbilde ir jāsniedz mēneša laikā.",
        "Atbilde uz sūdzību ir jāsniedz rakstiski.",
        "The answer is a number.",
        "Pareiza atbilde dod 1 punktu.",
        "Correct answers earn one point.",
        "The right answers are below.",
        "Kā rīkoties pareizi?",
        "Rīkoties pareizi ir grūti.",
        "Tas ir pareizi rakstīts.",
        "Viņš domā, ka tas ir pareizi.",
        "Īsā atbilde būtu „jā”.",
        "Par to lemj padomnieks: Jānis.",
        "![Padomnieks pie galda](../assets/a.png)",
        "Kad atbilde saņemta, termiņš sākas.",
        "Atbildi sniedz: vadītājs.",
        "Aizpildiet tabulu; pareizās atbildes saskaitīsim kopā.",
        "Komentārs sociālajā tīklā: „Vecie lai sēž mājās.”",
        "Laiks: 10 minūtes.",
        "Situācija: Anna lūdz atvaļinājumu.",
        "Jautājums: kurš atbild?",
        "Kas no šiem ir iemesls atteikt?",
        "Atteikuma iemesls: vecums.",
        "Uzteikuma pamatojums: darbinieku skaita samazināšana.",
        "The reason is given in the letter.",
        "Reasonable accommodation: a ramp.",
        "Notes were taken.",
        "{a} un {b} ir kopas.",
        "Cena ir ~5 EUR.",
        "a || b",
        "Saraksts:\n\n- Jautājums\n- Atbilde\n- Paskaidrojums\n\nTeksts.",
        "Anna domā: kāda ir pareizā atbilde?",
        "Izvēlieties **pareizo atbildi**.",
        "Atzīmējiet **pareizās atbildes**.",
        "Choose the **right answer**.",
        "**Pareiza atbilde** dod vienu punktu.",
        "Viņa teica, ka atbilde ir nē.",
        "Atbilde, ko saņēma Anna, bija noraidoša.",
        "Atbildes sagatavo juriste.",
        "Vadītāja atbilde: nē.",
        "Annas paskaidrojums: viņa bija slima.",
        "Iestādes atbilde ir noraidoša.",
        "Darba devēja risinājums: maiņu darbs.",
        "Tiesas pamatojums: likums.",
        "Kolēģa komentārs: „Ko gribi?”",
        "Der katra atbilde, kas ir pamatota.",
        "Ja atbilde ir nepareiza, mēģiniet vēlreiz.",
        "If the answer is wrong, try again.",
        "Decide whether each statement is right or wrong.",
        "Write the correct number.",
        "Put the steps in the correct order.",
        "Put the steps into the correct order:",
        "Salieciet pareizā secībā.",
        "Salieciet soļus pareizajā secībā:",
        "Katram jautājumam ir viena pareizā atbilde.",
        "Situācija – darba intervija.",
        "Reply: none came.",
        "The manager's answer: no.",
        "Her answer was short.",
        "His explanation: he was ill.",
        "Explain why.",
        "Give a reason.",
        "Feedback is important at work.",
        "Atgriezeniskā saite darbā ir svarīga.",
        "Padomājiet: kas notiks?",
        "Padoms ir vajadzīgs.",
        "Komentāri sociālajos tīklos ir publiski.",
        "Atbilžu skaits nav ierobežots.",
        "Atbildiet: jā vai nē.",
        "Jā/nē.",
        "Paskaidrojiet: kāpēc?",
        "Pamatojiet atbildi.",
        "Pamats: vecums.",
        "Iemesli var būt dažādi.",
        "A. Pirmais\n\nB. Otrais",
        "Dots: x ir pareizs skaitlis.",
        "Atbilde ____",
        "Atbilde: ____ EUR",
        "Answer: ......",
        "Pareizā atbilde ir redzama pēc testa.",
        "Atbilde (īsi) par situāciju.",
        "Kurš (atbilde nav jāpamato)?",
        "Teksts (komentārs presē).",
        "Piezīmes darbam.",
        "Iesniegums; atbilde; tiesa.",
        "Iesniegums – atbilde – tiesa.",
        "Lūgums → atbilde → sūdzība.",
        "Solis: atbilde.",
        "Vēstule: atbilde uz sūdzību.",
        "Posmi: sūdzība, paskaidrojums, lēmums.",
    ];
    assert_let_pass(&texts.iter().map(|text| asked(text)).collect::<Vec<_>>());
    let texts = [
        "## Kurš? {#q-a .single}\n\n- [x] Pareizi\n- [ ] Nepareizi\n",
        "## A. {#q-a .truefalse}\n\n- [x] Pareizi\n- [ ] Nepareizi\n",
        "## A. {#q-a .truefalse}\n\n- [x] Pareizi: tā ir\n- [ ] Nepareizi: tā nav\n",
        "## Kurš? {#q-a .single}\n\n- [x] Pareizi, jo likums\n- [ ] Nepareizi, jo likums\n",
        "## Kurš? {#q-a .single}\n\n- [x] Tas ir pareizi\n- [ ] Tas ir nepareizi\n",
        "## Kurš? {#q-a .single}\n\n- [x] Rakstīt pareizi\n- [ ] Rakstīt nepareizi\n",
        "## Kurš? {#q-a .single}\n\n- [x] 50%\n- [ ] 60%\n",
        "## Kurš? {#q-a .single}\n\n- [x] Alga (bruto)\n- [ ] Alga (neto)\n",
        "## Kurš? {#q-a .single}\n\n- [x] Jā, tas ir atļauts.\n- [ ] Nē.\n",
        "## Kurš? {#q-a .single}\n\n- [x] **Darba** devējs\n- [ ] **Darbinieks**\n",
        "## Kurš? {#q-a .single}\n\n- [x] Atbilde darbiniekam\n- [ ] Paskaidrojums policijai\n",
        "## Kurš? {#q-a .single}\n\n- [x] Sniegt atbildi\n- [ ] Prasīt paskaidrojumu\n",
        "## Kurš? {#q-a .single}\n\n- [x] „Pareizi!”\n- [ ] „Nepareizi!”\n",
        "## Kurš? {#q-a .single}\n\n- [x] Tieša diskriminācija – nepareiza rīcība\n- [ ] Bb\n",
        "## Kurš? {#q-a .single}\n\n- [x] 10 dienas (no 1. marta)\n- [ ] 5 (pieci)\n",
        "## Kurš? {#q-a .single}\n\n- [x] Lietot *īsto* vārdu\n- [ ] Bb\n",
        "## Ko? {#q-a .cloze}\n\nAtbilde: [[aa]].\n",
        "## Ko? {#q-a .cloze}\n\nPareizā atbilde ir [[aa]].\n",
        "## Ko? {#q-a .match}\n\n| Jautājums | Pareizā atbilde |\n|---|---|\n| a | b |\n| c | d |\n",
        "## Ko? {#q-a .match}\n\n| Apgalvojums | Vērtējums |\n|---|---|\n| a | Pareizi |\n| c | Nepareizi |\n",
        "## Kurš no šiem ir pareizais risinājums? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n",
        "## Kura atbilde ir pareiza? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n",
        "## Pareizi ir sākt ar sarunu. {#q-a .truefalse}\n\n- [x] Jā\n- [ ] Nē\n",
        "## Atbilde uz sūdzību ir jāsniedz mēneša laikā. {#q-a .truefalse}\n\n- [x] Jā\n- [ ] Nē\n",
        "## Izvēlieties pareizo atbildi: kas īsteno? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n> [!TIP]\n> Padoms: domājiet par likumu.\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n> [!TIP]\n> Kura atbilde ir vistuvāk likumam?\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n> [!NOTE]\n> Pareizā atbilde: aa. Paskaidrojums: jo.\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n  > Pareizi: jo.\n- [ ] Bb\n  > Nepareizi. Pareizā atbilde ir Aa.\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n---\n\nNodarbība turpinās. Padoms: lasiet likumu.\n\nPiezīme: likums mainās.\n",
        "## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n\n## Ieteikumi\n\nLasiet.\n\n## Risinājumi\n\nTeksts.\n",
        "Jautājums: kas?\n\nAtbilde: nē.\n\n## Paskaidrojums\n\nTeksts.\n\nPareizi – nepareizi.\n\n## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n",
        "TEST:Piezīme: jums ir 30 minūtes. Padoms: nesteidzieties.\n\nUz katru jautājumu ir viena pareizā atbilde.\n\n## Kurš? {#q-a .single}\n\n- [x] Aa\n- [ ] Bb\n",
        "## Kurš? {#q-a .single}\n\nTeksts[^1]\n\n- [x] Aa\n- [ ] Bb\n\n[^1]: Darba likums, 7. pants.\n",
        "## Kā? {#q-a .likert}\n\n| A | Nepareizi | Pareizi |\n|---|---|---|\n| Zinu atbildi. | | |\n",
        "## Kā? {#q-a .survey}\n\n- [ ] Pareizi: viss\n- [ ] Nepareizi – nekas\n",
        "## Kurš? {#q-a .single}\n\n- [x] Jā, pareizi\n- [ ] Nē\n",
        "## Kurš? {#q-a .single}\n\n- [x] Prasīt atbildi rakstiski\n- [ ] Gaidīt\n",
        "## Kurš? {#q-a .single}\n\n- [x] Sniegt pamatotu atbildi (rakstiski)\n- [ ] Gaidīt\n",
        "## Kurš? {#q-a .single}\n\n- [x] Atbilde jāsniedz 10 dienās\n- [ ] Nav jāsniedz\n",
        "## Kurš? {#q-a .single}\n\n- [x] A: 5\n- [ ] B: 6\n",
        "## Kurš? {#q-a .single}\n\n- [x] Jautājums: kas?\n- [ ] Atbilde jādod\n",
        "## Kurš? {#q-a .single}\n\n- [x] Nē – tas nav pareizi.\n- [ ] Jā\n",
        "## Kurš? {#q-a .single}\n\n- [x] Viņa rīkojās pareizi.\n- [ ] Viņa rīkojās nepareizi.\n",
        "## Kurš? {#q-a .single}\n\n- [x] Pareizs ir abas puses uzklausīt\n- [ ] Bb\n",
        "## Kurš? {#q-a .single}\n\n- [x] Right to work\n- [ ] Right to rest\n",
        "## Kurš? {#q-a .single}\n\n- [x] Correct the record\n- [ ] Delete the record\n",
        "## Kurš? {#q-a .single}\n\n- [x] The wrong person\n- [ ] The right person\n",
        "## Kurš? {#q-a .single}\n\n- [x] Pareizais ceļš\n- [ ] Nepareizais ceļš\n",
        "## Kurš? {#q-a .single}\n\n- [x] Tieša diskriminācija (vecums)\n- [ ] Netieša (dzimums)\n",
        "## Kurš? {#q-a .single}\n\n- [x] C++\n- [ ] Java\n",
        "## Kurš? {#q-a .single}\n\n- [x] 1. maijs\n- [ ] 2. maijs\n",
        "## Kurš? {#q-a .single}\n\n- [x] Ilgāk par 5 (pieciem) gadiem\n- [ ] Īsāk\n",
    ];
    assert_let_pass(&texts.map(str::to_owned));
}

#[test]
fn a_label_below_the_answers_becomes_a_callout() {
    for (below, expected) in [
        (
            "Paskaidrojums: tā *nosaka* likums.\n",
            "> [!NOTE]\n> Paskaidrojums: tā *nosaka* likums.\n",
        ),
        (
            "### Paskaidrojums\n\nTā.\n\nUn vēl.\n",
            "> [!NOTE]\n> Tā.\n>\n> Un vēl.\n",
        ),
        ("**Padoms:** domā.\n", "> [!TIP]\n> **Padoms:** domā.\n"),
        (
            "> [!TIP]\n> Domā.\n\nAtbilde: aa\n",
            "> [!TIP]\n> Domā.\n\n> [!NOTE]\n> Atbilde: aa\n",
        ),
        (
            "> [!TIP]\n> Domā.\n### Atbilde\naa\n",
            "> [!TIP]\n> Domā.\n\n> [!NOTE]\n> aa\n",
        ),
    ] {
        let (text, said) = fixed(&format!("{HEAD}{LIST}\n{below}"));
        assert_eq!(text, format!("{HEAD}{LIST}\n{expected}"));
        let is_hint = |code: &String| code == "quiz-answer-shown";
        let gives_it = expected.contains("TIP") && expected.contains("Atbilde:");
        assert!(gives_it || !said.iter().any(is_hint), "{text} {said:?}");
    }
}

/// Pieces of a question; those with a secret word hold what must not be shown before an answer.
fn pieces() -> impl Strategy<Value = Vec<&'static str>> {
    proptest::collection::vec(
        proptest::sample::select(vec![
            "Ievads.\n",
            "- [x] SLEPENI\n",
            "- [x] Darba devējs\n",
            "- [ ] Darbinieks\n",
            "- [ ] Valsts\n",
            "* [ ] Pašvaldība\n",
            "> SLEPENI\n",
            "  > SLEPENI\n",
            " > SLEPENI\n",
            "> [!NOTE]\n> SLEPENI\n",
            "> [!NOTE] SLEPENI\n",
            ">[!NOTE]SLEPENI\n",
            "> [!EXPLANATION]\n> SLEPENI\n",
            "> [!TIP]\n> Padoms.\n",
            "Pareizā atbilde: SLEPENI\n",
            "Paskaidrojums: SLEPENI\n",
            "-[x] SLEPENI\n",
            "    - [x] SLEPENI\n",
            "1. [x] SLEPENI\n",
            "\n",
            "\n",
            "\n",
            "[//]: # (piezīme)\n",
            "### Paskaidrojums\n",
        ]),
        1..9,
    )
}

proptest! {
    #[test]
    fn what_compiles_shows_no_secret(pieces in pieces()) {
        let body = format!("{HEAD}{}", pieces.concat());
        let lesson = format!("{FRONT}{body}");
        let files = [
            ("visi-veidi/course.toml", COURSE),
            ("visi-veidi/lv/01-a.md", lesson.as_str()),
        ];
        let compilation = compile_tree(&Tree::from_texts(files), &Options::default(), &()).unwrap();
        for course in &compilation.bundle.courses {
            for question in course.questions.values() {
                let public = serde_json::to_string(question).unwrap();
                // A right choice is shown as any other, and a quotation above the answers is what is asked.
                let first = [body.find("- ["), body.find("* [")].into_iter().flatten().min();
                let above = body.split_at(first.unwrap_or_default()).0.matches("> SLEPENI").count();
                let choices = body.matches("- [x] SLEPENI").count().min(1);
                prop_assert!(
                    public.matches("SLEPENI").count() <= choices + above,
                    "{}\n{}", body, public
                );
            }
            let course = Arc::clone(course);
            for lesson in &course.lessons {
                for text in lesson.texts.values() {
                    let shown = serde_json::to_string(&text.segments).unwrap();
                    prop_assert!(!shown.contains("SLEPENI"), "{}\n{}", body, shown);
                }
            }
        }
    }

    #[test]
    fn no_edit_loses_a_word(pieces in pieces()) {
        let body = format!("{HEAD}{}", pieces.concat());
        let (after, _) = fixed(&body);
        for word in ["SLEPENI", "Ievads", "Darba devējs", "Darbinieks", "Padoms.", "Pareizā atbilde"] {
            prop_assert_eq!(body.matches(word).count(), after.matches(word).count(), "{}\n{}", body, after);
        }
    }
}
