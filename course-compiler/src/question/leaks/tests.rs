//! Content that is reported because it would be shown before an answer, and content that is not.

use std::sync::Arc;

use proptest::prelude::*;

use super::testing::{COURSE, FRONT, HEAD, LIST, codes, fixed};
use crate::compile::{Options, compile_tree};
use crate::load::Tree;

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
        // Misplaced feedback.
        format!("{HEAD}- [x] Darba devējs\n> Jā.\n- [ ] Darbinieks\n> Nē.\n"),
        format!("{HEAD}- [x] Darba devējs\n\n> Jā.\n\n- [ ] Darbinieks\n"),
        format!("{HEAD}{LIST}\n> Darbinieks palīdz.\n"),
        format!("{HEAD}- viens\n  > Pareizi.\n- divi\n\nTeksts.\n\n{LIST}"),
        "## Secība? {#q-a .order}\n\n1. a\n  > Jā.\n2. b\n3. c\n4. d\n".to_owned(),
        format!("{HEAD}- [x] Darba devējs > Pareizi: viņš.\n- [ ] Darbinieks\n"),
        format!("{HEAD}- [x] Darba devējs (pareizi)\n- [ ] Darbinieks\n"),
        format!("{HEAD}- [x] Darba devējs\n  Pareizi: viņš.\n- [ ] Darbinieks\n"),
        format!("{HEAD}- [x] Darba devējs\n- [ ] Darbinieks\nTāpēc, ka viņš nosaka.\n"),
        // Callouts that are not recognised.
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
        // Text at a place where none is allowed.
        format!("{HEAD}{LIST}\n> [!NOTE]\n> Tā.\n\nUn vēl.\n"),
        format!("{HEAD}{LIST}\nTāpēc, ka viņš nosaka.\n"),
        format!("{HEAD}{LIST}\n### Paskaidrojums\n\nTā.\n"),
        format!("{HEAD}{LIST}\n> [!TIP]\n> Padoms.\n\nUn vēl.\n"),
        format!("{HEAD}{LIST}\n```\nkods\n```\n"),
        // Boxes that are not recognised.
        format!("{HEAD}-[x] Viens\n\n{LIST}"),
        format!("{HEAD}[x] Viens\n[ ] Divi\n\n{LIST}"),
        format!("{HEAD}Ievads [х] Viens.\n\n{LIST}"),
        format!("{HEAD}    - [x] Viens\n\nTad\n\n{LIST}"),
        format!("{HEAD}☑ Viens\n\n{LIST}"),
        "## Kurš? [x] {#q-a .single}\n\n- [x] a\n- [ ] b\n".to_owned(),
        // Weights that are not recognised.
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
        // Questions that are not recognised.
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

/// Pieces of a question; those with a secret word contain what must not be shown before an answer.
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
                // A correct choice is shown like any other, and a quotation above the answers is part of the
                // prompt.
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
