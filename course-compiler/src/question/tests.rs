//! Properties of every type of question: marks, forms, and the HTML.

#![expect(clippy::float_cmp, reason = "the marks of these answers are exact")]

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use proptest::prelude::*;

use super::*;
use crate::compile::{Options, compile_tree};
use crate::course::Course;
use crate::grade::{Fraction, Outcome};
use crate::html::put;
use crate::load::Tree;

const COURSE: &str = include_str!("../../tests/courses/valid/visi-veidi/course.toml");
const LESSON: &str = include_str!("../../tests/courses/valid/visi-veidi/lv/01-jautajumi.md");

fn course() -> Course {
    static COMPILED: LazyLock<Course> = LazyLock::new(compiled);
    COMPILED.clone()
}

fn compiled() -> Course {
    compile_lesson(LESSON)
}

fn compile_lesson(lesson: &str) -> Course {
    let files = [
        ("visi-veidi/course.toml", COURSE),
        ("visi-veidi/lv/01-jautajumi.md", lesson),
    ];
    let mut compilation = compile_tree(&Tree::from_texts(files), &Options::default(), &()).unwrap();
    assert!(!compilation.has_errors(), "{:?}", compilation.diagnostics);
    Arc::unwrap_or_clone(compilation.bundle.courses.remove(0))
}

fn ask<'a>(course: &'a Course, id: &str) -> (&'a Question, &'a AnswerKey) {
    let id = QuestionId::from(id);
    (course.question(&id).unwrap(), course.key(&id).unwrap())
}

/// The part whose text contains these words.
fn part(question: &Question, words: &str) -> String {
    let text = &question.texts[&Language::Lv];
    let found = text.parts.iter().find(|(_, html)| html.contains(words));
    found
        .unwrap_or_else(|| panic!("no part says {words}"))
        .0
        .to_string()
}

/// The fields of the gaps of a question, in reading order.
fn gaps(question: &Question) -> Vec<String> {
    let Body::Cloze(body) = &question.body else {
        panic!("a question with gaps");
    };
    body.gaps
        .iter()
        .map(|gap| format!("a.{}", gap.part))
        .collect()
}

fn fields(fields: &[(&str, &str)]) -> Vec<(String, String)> {
    fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

fn mark(course: &Course, id: &str, given: &[(&str, &str)]) -> f64 {
    let (question, key) = ask(course, id);
    let response = question.read(&fields(given), Language::Lv).unwrap();
    key.mark(response.as_ref()).fraction.value()
}

#[test]
fn single_gives_the_weight_of_the_choice() {
    let course = course();
    let (question, _) = ask(&course, "q-viens");
    let choose = |words| mark(&course, "q-viens", &[("a", &part(question, words))]);
    assert_eq!(choose("Darba devējs"), 1.0);
    assert_eq!(choose("Darbinieks pats"), 0.0);
    assert_eq!(choose("Abi kopā"), 0.5);
}

#[test]
fn multiple_shares_and_takes_away_and_never_goes_below_nothing() {
    let course = course();
    let (question, _) = ask(&course, "q-vairaki");
    let choose = |words: &[&str]| {
        let parts: Vec<String> = words.iter().map(|words| part(question, words)).collect();
        let given: Vec<(&str, &str)> = parts.iter().map(|part| ("a", part.as_str())).collect();
        mark(&course, "q-vairaki", &given)
    };
    assert_eq!(choose(&["vecums", "invaliditāte"]), 1.0);
    assert_eq!(choose(&["vecums"]), 0.5);
    assert_eq!(choose(&["vecums", "mīļākā krāsa"]), 0.0);
    assert_eq!(choose(&["mīļākā krāsa"]), 0.0);
    assert_eq!(choose(&["vecums", "invaliditāte", "mīļākā krāsa"]), 0.5);
    assert_eq!(
        choose(&["vecums", "invaliditāte", "mīļākā krāsa", "auto marka"]),
        0.0
    );
}

#[test]
fn match_gives_the_share_of_right_pairs() {
    let course = course();
    let (question, _) = ask(&course, "q-pari");
    let name = |words| format!("a.{}", part(question, words));
    let (first, second) = (name("Atsaka darbu"), name("Vienāds noteikums"));
    let direct = part(question, "Tieša diskriminācija");
    let indirect = part(question, "Netieša diskriminācija");
    assert_eq!(
        mark(
            &course,
            "q-pari",
            &[(&first, &direct), (&second, &indirect)]
        ),
        1.0
    );
    assert_eq!(
        mark(&course, "q-pari", &[(&first, &direct), (&second, &direct)]),
        0.5
    );
    assert_eq!(mark(&course, "q-pari", &[(&second, &indirect)]), 0.5);
}

#[test]
fn order_gives_the_share_of_neighbours_kept() {
    let course = course();
    let (question, _) = ask(&course, "q-seciba");
    let names = ["Lūgums", "Saruna", "Lēmums", "Pārskats"]
        .map(|words| format!("a.{}", part(question, words)));
    let place = |places: [&str; 4]| {
        let given: Vec<(&str, &str)> = names.iter().map(String::as_str).zip(places).collect();
        mark(&course, "q-seciba", &given)
    };
    assert_eq!(place(["1", "2", "3", "4"]), 1.0);
    assert!(
        (place(["2", "3", "4", "1"]) - 2.0 / 3.0).abs() < 1e-9,
        "one row in a wrong place"
    );
    assert_eq!(place(["4", "3", "2", "1"]), 0.0);
    assert_eq!(
        place(["1", "1", "1", "1"]),
        0.0,
        "a place given twice is no place"
    );
}

#[test]
fn exact_order_is_all_or_nothing() {
    let course = course();
    let (question, _) = ask(&course, "q-stingri");
    let names =
        ["pirmais", "otrais", "trešais"].map(|words| format!("a.{}", part(question, words)));
    let place = |places: [&str; 3]| {
        let given: Vec<(&str, &str)> = names.iter().map(String::as_str).zip(places).collect();
        mark(&course, "q-stingri", &given)
    };
    assert_eq!(place(["1", "2", "3"]), 1.0);
    assert_eq!(place(["1", "3", "2"]), 0.0);
    assert_eq!(place(["2", "3", "1"]), 0.0);
}

#[test]
fn numeric_reads_comma_and_point_and_keeps_to_the_tolerance() {
    let course = course();
    for (typed, expected) in [
        ("19", 1.0),
        ("19,1", 1.0),
        ("18.9 %", 1.0),
        ("19,11", 0.0),
        ("-19", 0.0),
        ("0,19", 0.0),
    ] {
        assert_eq!(
            mark(&course, "q-skaitlis", &[("a", typed)]),
            expected,
            "{typed}"
        );
    }
}

/// The result of typing a number on a page of a language: whether it is complete, its mark, and the HTML.
fn typed(course: &Course, language: Language, given: &[(&str, &str)]) -> (bool, f64, String) {
    let (question, key) = ask(course, "q-skaitlis");
    let response = question.read(&fields(given), language).unwrap().unwrap();
    let stored = serde_json::to_string(&response).unwrap();
    let response: Response = serde_json::from_str(&stored).unwrap();
    let shown = question.render(&QuestionView {
        response: Some(&response),
        ..QuestionView::new(language, "x")
    });
    let mark = key.mark(Some(&response)).fraction.value();
    (question.is_complete(&response), mark, shown)
}

#[test]
fn a_number_that_could_be_two_is_kept_as_typed_and_asked_about() {
    let lesson = LESSON.replace("- [x] 19.0 % +- 0.1 %", "- [x] 1234 EUR");
    let course = compile_lesson(&lesson);
    let (complete, mark, shown) = typed(&course, Language::Lv, &[("a", "1.234")]);
    assert!(!complete);
    assert_eq!(mark, 1.0, "in the end it is read as Latvian writes numbers");
    assert!(shown.contains("value=\"1.234\""), "{shown}");
    assert_eq!(shown.matches("name=\"a.reading\"").count(), 2);
    assert!(!shown.contains(" checked") && shown.contains("1\u{a0}234 vai 1,234"));

    for (reading, right) in [("1234", 1.0), ("1.234", 0.0)] {
        let given = [("a", "1.234"), ("a.reading", reading)];
        let (complete, mark, shown) = typed(&course, Language::Lv, &given);
        assert!(complete);
        assert_eq!(mark, right, "{reading}");
        assert!(
            shown.contains(&format!("value=\"{reading}\" checked")),
            "{shown}"
        );
    }
    // A choice made for another text does not count.
    let stale = [("a", "1.235"), ("a.reading", "1234")];
    assert!(!typed(&course, Language::Lv, &stale).0);

    for (language, text, right) in [
        (Language::Lv, "1 234 EUR", 1.0),
        (Language::Lv, "1234,0", 1.0),
        (Language::Lv, "1,234", 0.0),
        (Language::Lv, "1,234.0 €", 1.0),
        (Language::En, "1,234", 1.0),
        (Language::En, "1.234", 0.0),
        (Language::En, "1234 euros", 1.0),
    ] {
        let (complete, mark, _) = typed(&course, language, &[("a", text)]);
        assert!(complete, "{text}");
        assert_eq!(mark, right, "{text} in {language}");
    }
}

#[test]
fn a_number_keeps_the_language_that_it_was_typed_in() {
    let course = compile_lesson(&LESSON.replace("- [x] 19.0 % +- 0.1 %", "- [x] 1,23"));
    let elsewhere = [("a", "1.234"), ("a.was", "lv:1.234")];
    assert!(
        !typed(&course, Language::En, &elsewhere).0,
        "it is asked as before"
    );
    let changed = [("a", "1.235"), ("a.was", "lv:1.234")];
    assert!(typed(&course, Language::En, &changed).0, "it is typed anew");
}

#[test]
fn what_is_no_number_or_in_another_unit_is_kept_and_told() {
    let course = course();
    let (question, key) = ask(&course, "q-skaitlis");
    for (text, told) in [
        ("deviņpadsmit", "nav skaitlis"),
        ("19 <i>", "„19 &lt;i&gt;” nav skaitlis"),
        ("1/2", "nav skaitlis"),
        ("19 gadi", "bet jūs ierakstījāt „gadi”"),
    ] {
        let (complete, mark, shown) = typed(&course, Language::Lv, &[("a", text)]);
        assert!(!complete && shown.contains(told), "{text}: {shown}");
        assert_eq!(mark, 0.0);
        assert!(shown.contains("aria-invalid=\"true\""));
        assert!(
            shown.contains("aria-describedby=\"x-a-unit x-a-note\""),
            "{shown}"
        );
        let response = question
            .read(&fields(&[("a", text)]), Language::En)
            .unwrap();
        let remark = question.remark(response.as_ref().unwrap(), Language::En);
        assert!(remark.is_some_and(|remark| remark.contains("stays in the box")));
        let review = question.render(&QuestionView {
            response: response.as_ref(),
            marked: Some(&key.mark(response.as_ref())),
            disabled: true,
            ..QuestionView::new(Language::En, "x")
        });
        assert!(
            review.contains("x-a-note") && !review.contains("a.reading"),
            "{review}"
        );
    }
}

#[test]
fn the_review_says_how_a_number_was_read() {
    let course = compile_lesson(&LESSON.replace("- [x] 19.0 % +- 0.1 %", "- [x] 1234 EUR"));
    let (question, key) = ask(&course, "q-skaitlis");
    for (given, language, told) in [
        (
            &[("a", "1.234")][..],
            Language::Lv,
            "Jūs neizvēlējāties, tāpēc atbilde nolasīta",
        ),
        (
            &[("a", "1.234"), ("a.reading", "1.234")],
            Language::Lv,
            "Atbilde nolasīta kā 1,234, jo tā jūs",
        ),
        (
            &[("a", "1234.5")],
            Language::Lv,
            "Atbilde nolasīta kā 1\u{a0}234,5.",
        ),
        (&[("a", "1.234")], Language::En, "x-a-feedback"),
    ] {
        let response = question.read(&fields(given), language).unwrap();
        let shown = question.render(&QuestionView {
            response: response.as_ref(),
            marked: Some(&key.mark(response.as_ref())),
            disabled: true,
            ..QuestionView::new(language, "x")
        });
        assert!(shown.contains(told), "{shown}");
    }
}

#[test]
fn answers_from_before_the_language_was_kept_are_read() {
    let course = course();
    let (question, key) = ask(&course, "q-skaitlis");
    let stored = r#"{"type":"numeric","typed":"19,0","number":19.0}"#;
    let response: Response = serde_json::from_str(stored).unwrap();
    assert!(question.is_complete(&response));
    assert_eq!(key.mark(Some(&response)).fraction, Fraction::ONE);
}

#[test]
fn a_known_mistake_is_told_and_the_right_number_follows() {
    let course = course();
    let (question, key) = ask(&course, "q-skaitlis");
    let response = question
        .read(&fields(&[("a", "0,19")]), Language::Lv)
        .unwrap();
    let mark = key.mark(response.as_ref());
    assert_eq!(
        mark.feedback_html(Language::Lv),
        ["<p>Tā ir daļa, nevis procenti.</p>"]
    );
    let html = question.render(&QuestionView {
        response: response.as_ref(),
        marked: Some(&mark),
        ..QuestionView::new(Language::Lv, "x")
    });
    assert!(
        html.contains("Nepareizi. Pareizā atbilde: 19,0 %"),
        "{html}"
    );
}

#[test]
fn short_compares_as_its_settings_say() {
    let course = course();
    for (id, typed, expected) in [
        ("q-isi", "tiesībsargs", 1.0),
        ("q-isi", " Tiesībsarga  birojs. ", 1.0),
        ("q-isi", "Tiesi\u{304}bsargs", 1.0),
        ("q-isi", "OMBUDS", 1.0),
        ("q-isi", "tiesibsargs", 0.0),
        ("q-isi", "tiesa", 0.0),
        ("q-isi", "?", 0.0),
        ("q-burti", "ES", 1.0),
        ("q-burti", "ĒS", 1.0),
        ("q-burti", "es", 0.0),
    ] {
        assert_eq!(
            mark(&course, id, &[("a", typed)]),
            expected,
            "{id}: {typed}"
        );
    }
}

#[test]
fn what_is_right_in_one_language_is_right_in_all_and_told_in_the_pages() {
    let lesson = |name, items| {
        format!(
            "+++\nid = \"l-a\"\ntitle = \"{name}\"\nminutes = 1\n+++\n\n## {name}? {{#q-a .short}}\n\n{items}\n"
        )
    };
    let files = [
        ("visi-veidi/course.toml", COURSE.to_owned()),
        (
            "visi-veidi/lv/01-a.md",
            lesson("Kas", "- [x] Tiesībsargs; Tiesībsarga birojs"),
        ),
        ("visi-veidi/en/01-a.md", lesson("Who", "- [x] Ombudsman")),
    ];
    let tree = Tree::from_texts(files.iter().map(|(path, text)| (*path, text.as_str())));
    let compilation = compile_tree(&tree, &Options::default(), &()).unwrap();
    assert!(!compilation.has_errors(), "{:?}", compilation.diagnostics);
    let course = &compilation.bundle.courses[0];
    for typed in ["tiesībsarga birojs", "ombudsman"] {
        assert_eq!(mark(course, "q-a", &[("a", typed)]), 1.0, "{typed}");
    }
    let (question, key) = ask(course, "q-a");
    let mark = key.mark(None);
    for (language, expected) in [
        (Language::Lv, ">Tiesībsargs<"),
        (Language::En, ">Ombudsman<"),
    ] {
        let html = question.render(&QuestionView {
            marked: Some(&mark),
            ..QuestionView::new(language, "x")
        });
        assert!(html.contains(expected), "{html}");
    }
}

#[test]
fn a_text_that_is_too_long_is_refused_whole() {
    let course = course();
    for (id, longest) in [("q-isi", 200), ("q-pardomas", 4_000), ("q-skaitlis", 64)] {
        let (question, _) = ask(&course, id);
        assert!(
            question
                .read(&fields(&[("a", &"ā".repeat(longest))]), Language::Lv)
                .is_ok()
        );
        let long = "ā".repeat(longest + 1);
        let Err(ResponseError::TooLong {
            response,
            longest: told,
        }) = question.read(&fields(&[("a", &long)]), Language::Lv)
        else {
            panic!("{id} takes it");
        };
        assert_eq!(told, longest);
        let html = question.render(&QuestionView {
            response: Some(&response),
            ..QuestionView::new(Language::Lv, "x")
        });
        assert!(html.contains(&long), "{id} shows it again");
        assert!(html.contains("aria-invalid=\"true\""), "{id}");
    }
}

#[test]
fn cloze_gives_the_share_of_gaps_filled_rightly() {
    let course = course();
    let (question, _) = ask(&course, "q-teksts");
    let names = gaps(question);
    let (right, wrong) = (part(question, "nav"), part(question, "bija"));
    let fill = |values: [&str; 3]| {
        let given: Vec<(&str, &str)> = names.iter().map(String::as_str).zip(values).collect();
        mark(&course, "q-teksts", &given)
    };
    assert_eq!(fill(["rīga", &right, "43"]), 1.0);
    assert_eq!(fill(["Riga", &wrong, "43."]), 2.0 / 3.0);
    assert_eq!(fill(["Ventspils", &wrong, ""]), 0.0);
    let stranger = part(ask(&course, "q-viens").0, "Darba devējs");
    assert_eq!(
        question.read(&fields(&[(&names[1], &stranger)]), Language::Lv),
        Err(ResponseError::Unknown(stranger.clone()))
    );
    let long = "a".repeat(201);
    let Err(ResponseError::TooLong { response, .. }) = question.read(
        &fields(&[(&names[0], "Rīga"), (&names[2], &long)]),
        Language::Lv,
    ) else {
        panic!("it is too long");
    };
    let shown = question.render(&QuestionView {
        response: Some(&response),
        ..QuestionView::new(Language::Lv, "x")
    });
    assert!(shown.contains("value=\"Rīga\""), "what was right stays");
    assert_eq!(shown.matches("aria-invalid").count(), 1);
}

#[test]
fn gaps_keep_their_ids_when_their_answers_change() {
    let before = course();
    let edited = LESSON.replace("[[43; ", "[[42; ");
    let after = compile_lesson(&edited);
    let (old, new) = (ask(&before, "q-teksts").0, ask(&after, "q-teksts").0);
    assert_eq!(gaps(old), gaps(new));
    assert_ne!(old.revision, new.revision);
}

#[test]
fn mistakes_in_typed_and_free_answers_are_told() {
    for (question, code) in [
        (
            ".short}\n\n- [x] Rīga; Riga\n- [ ] riga",
            "quiz-duplicate-choice",
        ),
        (".short}\n\n- [x] ;", "quiz-malformed"),
        (".short}\n\n- [ ] Rīga", "quiz-no-correct"),
        (".short case=\"upper\"}\n\n- [x] Rīga", "meta-bad-value"),
        (".short diacritics=yes}\n\n- [x] Rīga", "meta-bad-value"),
        (".cloze}\n\nTeksts bez tukšām vietām.", "quiz-malformed"),
        (".cloze}\n\nViens [[a|(b)|a]].", "quiz-duplicate-choice"),
        (
            ".cloze marking=\"exact\"}\n\nViens [[a]].",
            "meta-unknown-key",
        ),
        (".reflect}\n\n- [ ] Jā\n- [ ] Nē", "quiz-malformed"),
        (".reflect points=2}", "quiz-bad-number"),
    ] {
        let lesson = format!(
            "+++\nid = \"l-a\"\ntitle = \"A\"\nminutes = 1\n+++\n\n## Kas? {{#q-a {question}\n"
        );
        let files = [
            ("visi-veidi/course.toml", COURSE),
            ("visi-veidi/lv/01-a.md", lesson.as_str()),
        ];
        let compilation = compile_tree(&Tree::from_texts(files), &Options::default(), &()).unwrap();
        let said: Vec<&str> = compilation
            .diagnostics
            .iter()
            .map(|found| found.code.as_ref())
            .filter(|code| *code != "lock-stale")
            .collect();
        assert_eq!(said, [code], "{question}");
    }
}

#[test]
fn forms_that_are_no_answer_are_refused() {
    let course = course();
    let read = |id, given: &[(&str, &str)]| ask(&course, id).0.read(&fields(given), Language::Lv);
    assert_eq!(read("q-viens", &[]), Ok(None));
    assert_eq!(read("q-viens", &[("a", ""), ("other", "x")]), Ok(None));
    assert_eq!(
        read("q-viens", &[("a", "c0")]),
        Err(ResponseError::Unknown("c0".to_owned()))
    );
    let choice = part(ask(&course, "q-viens").0, "Darba devējs");
    assert_eq!(
        read("q-viens", &[("a", &choice), ("a", &choice)]),
        Err(ResponseError::TooMany)
    );
    assert_eq!(
        read("q-pari", &[("a.c0", "c0")]),
        Err(ResponseError::Unknown("c0".to_owned()))
    );
    let row = format!("a.{}", part(ask(&course, "q-seciba").0, "Lūgums"));
    assert!(matches!(
        read("q-seciba", &[(&row, "5")]),
        Err(ResponseError::Unknown(_))
    ));
    assert!(matches!(
        read("q-seciba", &[(&row, "0")]),
        Err(ResponseError::Unknown(_))
    ));
}

#[test]
fn nothing_answered_is_unanswered() {
    let course = course();
    for (id, key) in &course.keys {
        let mark = key.mark(None);
        assert_eq!(
            (mark.outcome, mark.fraction),
            (Outcome::Unanswered, Fraction::ZERO)
        );
        assert!(
            !mark.parts.is_empty() || !course.questions[id].is_marked(),
            "what was missed is told: {id}"
        );
    }
}

#[test]
fn the_right_answer_always_gets_everything() {
    let course = course();
    for (id, key) in &course.keys {
        if !course.questions[id].is_marked() {
            continue;
        }
        let mark = key.mark(Some(&key.right_answer()));
        assert_eq!(
            (mark.fraction, mark.outcome),
            (Fraction::ONE, Outcome::Correct),
            "{id}"
        );
    }
}

#[test]
fn an_answer_that_is_not_marked_is_noted_and_worth_nothing() {
    let course = course();
    let question = &ask(&course, "q-pardomas").0;
    assert!(!question.is_marked());
    assert_eq!(question.points, 0.0);
    for (id, question) in &course.questions {
        assert_eq!(question.is_marked(), question.points > 0.0, "{id}");
        if !question.is_marked() {
            let key = &course.keys[id];
            assert_eq!(
                key.mark(Some(&key.right_answer())),
                Mark::not_marked(true),
                "{id}"
            );
        }
    }
}

#[test]
fn answers_survive_the_database() {
    let course = course();
    for key in course.keys.values() {
        let answer = key.right_answer();
        let stored = serde_json::to_string(&answer).unwrap();
        assert_eq!(
            serde_json::from_str::<Response>(&stored).unwrap(),
            answer,
            "{stored}"
        );
    }
}

#[test]
fn the_public_half_tells_nothing() {
    let course = course();
    for (id, question) in &course.questions {
        let public = serde_json::to_string(question).unwrap();
        for secret in [
            "right",
            "outcome",
            "weight",
            "pairs",
            "exact",
            "low",
            "Pareizi",
            "Paskaidrojums",
        ] {
            assert!(!public.contains(secret), "{id} tells {secret}: {public}");
        }
        for typed in [
            "Rīga",
            "Riga",
            "četrdesmit",
            "Tiesībsarg",
            "Ombuds",
            "Tiesa",
        ] {
            assert!(!public.contains(typed), "{id} tells {typed}: {public}");
        }
        let shown = question.render(&QuestionView::new(Language::Lv, "x"));
        for secret in ["Pareizi", "Paskaidrojums", "19.0", "choice--right", "(nav)"] {
            assert!(!shown.contains(secret), "{id} shows {secret}");
        }
    }
    let Body::Order(body) = &ask(&course, "q-seciba").0.body else {
        panic!("an order question");
    };
    assert!(
        body.rows.is_sorted(),
        "rows stand in the order of their ids"
    );
}

#[test]
fn questions_as_they_are_shown() {
    let course = course();
    let mut shown = String::new();
    for (id, question) in &course.questions {
        let view = QuestionView::new(Language::Lv, "j1");
        put!(shown, "## {id}\n\n{}\n", question.render(&view));
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn questions_as_they_are_shown_when_marked_wrong() {
    let course = course();
    let mut shown = String::new();
    for (id, question) in &course.questions {
        let key = &course.keys[id];
        let response = wrong_answer(question);
        let mark = key.mark(Some(&response));
        let view = QuestionView {
            response: Some(&response),
            marked: Some(&mark),
            disabled: true,
            described_by: Some("error-1"),
            ..QuestionView::new(Language::En, "j1")
        };
        put!(
            shown,
            "## {id} ({})\n\n{}\n",
            mark.fraction.value(),
            question.render(&view)
        );
    }
    insta::assert_snapshot!(shown);
}

/// A wrong answer for every question of the course.
fn wrong_answer(question: &Question) -> Response {
    let given = match question.id.as_str() {
        "q-viens" => fields(&[("a", &part(question, "Darbinieks pats"))]),
        "q-vairaki" => fields(&[
            ("a", &part(question, "vecums")),
            ("a", &part(question, "auto marka")),
        ]),
        "q-tiesa" => fields(&[("a", &part(question, "Jā"))]),
        "q-pari" => fields(&[(
            &format!("a.{}", part(question, "Atsaka darbu")),
            &part(question, "Aizskaršana"),
        )]),
        "q-seciba" => fields(&[(&format!("a.{}", part(question, "Lūgums")), "4")]),
        "q-pardomas" => fields(&[("a", "Pie <durvīm>\r\n\r\nun citur\r\n")]),
        "q-isi" => fields(&[("a", "tiesa")]),
        "q-burti" => fields(&[("a", "Es")]),
        "q-teksts" => {
            let gaps = gaps(question);
            fields(&[(&gaps[0], "Rīga"), (&gaps[1], &part(question, "bija"))])
        }
        "q-stingri" => fields(&[(&format!("a.{}", part(question, "pirmais")), "1")]),
        "q-apgalvojumi" => fields(&[(
            &format!("a.{}", part(question, "Zinu, kur")),
            &part(question, "Daļēji"),
        )]),
        "q-aptauja" => fields(&[
            ("a", &part(question, "Mācības")),
            ("a", &part(question, "Laiks")),
        ]),
        "q-biezi" => fields(&[("a", &part(question, "Retāk"))]),
        "q-gadijums" => fields(&[
            (&step(question, "Saruna"), &part(question, "Atteikt uzreiz")),
            (&step(question, "Atteikums"), &part(question, "Uzskatīt")),
        ]),
        _ => fields(&[("a", "20")]),
    };
    question.read(&given, Language::Lv).unwrap().unwrap()
}

#[test]
fn a_seed_brings_choices_into_another_order_and_loses_none() {
    let course = course();
    let (question, _) = ask(&course, "q-viens");
    let shown = |seed| {
        question.render(&QuestionView {
            shuffle_seed: seed,
            ..QuestionView::new(Language::Lv, "x")
        })
    };
    let orders: std::collections::BTreeSet<String> =
        (0..20).map(|seed| shown(Some(seed))).collect();
    assert!(orders.len() > 1);
    assert_eq!(shown(Some(3)), shown(Some(3)));
    for html in orders {
        assert_eq!(html.matches("type=\"radio\"").count(), 3);
    }
}

#[test]
fn a_survey_takes_one_option_or_many_and_counts_without_names() {
    let course = course();
    let (one, _) = ask(&course, "q-biezi");
    let (many, _) = ask(&course, "q-aptauja");
    let (weekly, rarely) = (part(one, "Katru"), part(one, "Retāk"));
    assert_eq!(
        one.read(&fields(&[("a", &weekly), ("a", &rarely)]), Language::Lv),
        Err(ResponseError::TooMany)
    );
    let several = fields(&[("a", &part(many, "Mācības")), ("a", &part(many, "Laiks"))]);
    assert!(many.read(&several, Language::Lv).unwrap().is_some());

    let give = |choice: &str| {
        one.read(&fields(&[("a", choice)]), Language::Lv)
            .unwrap()
            .unwrap()
    };
    let mut answers = vec![give(&weekly), give(&rarely), give(&rarely), give(&rarely)];
    assert!(one.tally(&answers)[0].counts.is_empty(), "too few to tell");
    answers.push(give(&rarely));
    let tally = &one.tally(&answers)[0];
    assert_eq!((tally.answers, &tally.statement), (5, &None));
    assert_eq!(
        tally.counts,
        [(PartId::from(weekly), 1), (PartId::from(rarely), 4)]
    );
    assert!(ask(&course, "q-viens").0.tally(&answers).is_empty());
}

#[test]
fn a_scale_keeps_what_was_answered_and_counts_each_statement() {
    let course = course();
    let (question, key) = ask(&course, "q-apgalvojumi");
    let (known, where_to) = (part(question, "Atpazīstu"), part(question, "Zinu"));
    let (no, yes) = (part(question, "Nepiekrītu"), part(question, "Piekrītu"));
    let give = |rows: &[(&str, &str)]| {
        let given: Vec<(String, String)> = rows
            .iter()
            .map(|(statement, point)| (format!("a.{statement}"), (*point).to_owned()))
            .collect();
        question.read(&given, Language::Lv)
    };
    let partly = give(&[(&known, &yes)]).unwrap().unwrap();
    assert!(question.is_complete(&partly), "nobody has to answer all");
    assert!(question.leaves_open(&partly), "which the page says");
    assert_eq!(key.mark(Some(&partly)).outcome, Outcome::Noted);
    let shown = question.render(&QuestionView {
        response: Some(&partly),
        ..QuestionView::new(Language::Lv, "x")
    });
    assert_eq!(shown.matches(" checked").count(), 1);
    assert!(give(&[(&yes, &known)]).is_err());
    let mut answers = vec![partly; 4];
    answers.push(give(&[(&known, &no), (&where_to, &no)]).unwrap().unwrap());
    let tallies = question.tally(&answers);
    let counts: Vec<usize> = tallies[0].counts.iter().map(|(_, count)| *count).collect();
    assert_eq!(counts, [1, 0, 4]);
    assert_eq!((tallies[1].answers, tallies[1].counts.len()), (1, 0));
}

/// The field of a step by its title.
fn step(question: &Question, title: &str) -> String {
    let parts = &question.texts[&Language::Lv].parts;
    let (id, _) = parts.iter().find(|(_, html)| *html == title).unwrap();
    format!("a.{id}")
}

/// Reads a path through the case, given by titles and choices, and renders it.
fn go(course: &Course, path: &[(&str, &str)]) -> (Response, String) {
    let (question, key) = ask(course, "q-gadijums");
    let given: Vec<(String, String)> = path
        .iter()
        .map(|(title, choice)| (step(question, title), part(question, choice)))
        .collect();
    let response = question.read(&given, Language::Lv).unwrap().unwrap();
    let mark = key.mark(Some(&response));
    let shown = question.render(&QuestionView {
        response: Some(&response),
        marked: Some(&mark),
        ..QuestionView::new(Language::Lv, "x")
    });
    (response, shown)
}

#[test]
fn a_case_is_worth_its_outcome_and_nothing_before_there_is_one() {
    let course = course();
    let (question, key) = ask(&course, "q-gadijums");
    for (path, complete, worth, outcome) in [
        (
            &[("Saruna", "Uzklausīt"), ("Risinājumi", "Vienoties")][..],
            true,
            1.0,
            Outcome::Correct,
        ),
        (
            &[("Saruna", "Uzklausīt"), ("Risinājumi", "Nosūtīt")],
            true,
            0.5,
            Outcome::Partial,
        ),
        (
            &[("Saruna", "Atteikt"), ("Atteikums", "Uzskatīt")],
            true,
            0.0,
            Outcome::Incorrect,
        ),
        (&[("Saruna", "Atteikt")], false, 0.0, Outcome::Unfinished),
    ] {
        let (response, _) = go(&course, path);
        let mark = key.mark(Some(&response));
        assert_eq!(
            (
                question.is_complete(&response),
                mark.fraction.value(),
                mark.outcome
            ),
            (complete, worth, outcome),
            "{path:?}"
        );
    }
}

#[test]
fn a_case_shows_what_was_reached_and_nothing_ahead() {
    let course = course();
    let (question, _) = ask(&course, "q-gadijums");
    let first = question.render(&QuestionView::new(Language::Lv, "x"));
    assert!(first.contains("citu darba laiku") && first.contains("Atteikt uzreiz"));
    let second = go(&course, &[("Saruna", "Atteikt")]).1;
    assert!(second.contains("citu darba laiku") && second.contains("aiziet klusēdama"));
    assert!(
        !second.contains("Nav pabeigts"),
        "it can go on from here: {second}"
    );
    let last = go(&course, &[("Saruna", "Atteikt"), ("Atteikums", "Uzskatīt")]).1;
    assert!(
        last.contains("tiesībsarga") && last.contains("Vērtējums: 0\u{a0}%"),
        "{last}"
    );
    for (shown, ahead) in [
        (
            &first,
            &["aiziet", "divas iespējas", "paldies", "Vienoties"][..],
        ),
        (&second, &["divas iespējas", "tiesībsarga", "Vienoties"]),
        (&last, &["divas iespējas", "paldies", "Vienoties"]),
    ] {
        for text in ahead {
            assert!(!shown.contains(text), "{text} is ahead: {shown}");
        }
    }
}

#[test]
fn a_case_left_half_way_says_so_once_answering_is_over() {
    let course = course();
    let (question, key) = ask(&course, "q-gadijums");
    let (response, _) = go(&course, &[("Saruna", "Atteikt")]);
    let mark = key.mark(Some(&response));
    let shown = question.render(&QuestionView {
        response: Some(&response),
        marked: Some(&mark),
        disabled: true,
        ..QuestionView::new(Language::Lv, "x")
    });
    assert!(shown.contains("Nav pabeigts"), "{shown}");
}

#[test]
fn pairs_are_text_once_answering_is_over() {
    let course = course();
    let (question, key) = ask(&course, "q-pari");
    let response = key.right_answer();
    let mark = key.mark(Some(&response));
    let view = QuestionView {
        response: Some(&response),
        marked: Some(&mark),
        ..QuestionView::new(Language::Lv, "x")
    };
    assert!(question.render(&view).contains("<select"));
    let disabled = QuestionView {
        disabled: true,
        ..view
    };
    let shown = question.render(&disabled);
    assert!(
        !shown.contains("<select") && !shown.contains("<label"),
        "{shown}"
    );
    let given = shown.matches("class=\"match__given\"").count();
    assert_eq!(given, mark.parts.len(), "{shown}");
    let open = QuestionView {
        response: None,
        marked: None,
        ..disabled
    };
    assert!(question.render(&open).contains("match__given\">–</p>"));
}

#[test]
fn choosing_otherwise_earlier_takes_another_path() {
    let course = course();
    let given = [
        ("Saruna", "Atteikt"),
        ("Atteikums", "Uzskatīt"),
        ("Risinājumi", "Vienoties"),
    ];
    let (before, _) = go(&course, &given[..2]);
    let (after, shown) = go(&course, &[("Saruna", "Uzklausīt"), given[1]]);
    assert_ne!(before, after);
    assert!(shown.contains("divas iespējas") && !shown.contains("tiesībsarga"));
    let (off_path, _) = go(&course, &given);
    assert_eq!(
        before, off_path,
        "a step that is not on the path does not count"
    );
    let (back, shown) = go(
        &course,
        &[("Saruna", "Atteikt"), ("Atteikums", "Atgriezties")],
    );
    let Response::Case(back) = back else {
        panic!("a case")
    };
    assert!(back.path.is_empty(), "a link back takes the path back");
    assert!(!shown.contains("aiziet klusēdama"));
}

/// An answer of any type: a correct one of the course with any of its values, entries and items changed, as a
/// form or a database could contain it.
fn any_response() -> impl Strategy<Value = Response> {
    let answers: Vec<serde_json::Value> = course()
        .keys
        .values()
        .map(|key| serde_json::to_value(key.right_answer()).unwrap())
        .collect();
    let leaf = prop_oneof![
        proptest::sample::select(all_parts()).prop_map(|part| part.to_string().into()),
        ".{0,20}".prop_map(serde_json::Value::from),
        any::<f64>().prop_map(serde_json::Value::from),
        (0_u8..9).prop_map(serde_json::Value::from),
    ];
    let leaves = proptest::collection::vec(leaf, 0..24);
    (proptest::sample::select(answers), leaves).prop_filter_map(
        "another shape",
        |(mut answer, mut leaves)| {
            for (name, value) in answer.as_object_mut().unwrap() {
                if name != "type" {
                    change(value, &mut leaves);
                }
            }
            serde_json::from_value(answer).ok()
        },
    )
}

/// Replaces values by those of `leaves` of the same kind; adds and removes entries and items.
fn change(value: &mut serde_json::Value, leaves: &mut Vec<serde_json::Value>) {
    use serde_json::Value;
    match value {
        Value::Object(entries) => {
            let before = std::mem::take(entries);
            for (name, mut inner) in before {
                let kept = inner.clone();
                change(&mut inner, leaves);
                if let Some(Value::String(other)) = leaves.last() {
                    entries.insert(other.clone(), inner.clone());
                }
                if !leaves.len().is_multiple_of(3) {
                    let even = leaves.len().is_multiple_of(2);
                    entries.insert(name, if even { kept } else { inner });
                }
            }
        }
        Value::Array(items) => {
            for item in items.iter_mut() {
                change(item, leaves);
            }
            items.extend(leaves.pop());
        }
        _ => {
            if let Some(leaf) = leaves.pop()
                && leaf.is_string() == value.is_string()
            {
                *value = leaf;
            }
        }
    }
}

#[test]
fn every_type_is_asked_in_the_course() {
    let asked: std::collections::BTreeSet<&str> = course()
        .questions
        .values()
        .map(|question| question.body.class())
        .collect();
    for class in CLASSES {
        assert!(asked.contains(class), "{class}");
    }
}

fn all_parts() -> Vec<PartId> {
    let texts: BTreeMap<PartId, String> = course()
        .questions
        .into_values()
        .flat_map(|question| question.texts.into_values())
        .flat_map(|text| text.parts)
        .collect();
    let mut parts: Vec<PartId> = texts.into_keys().collect();
    for question in course().questions.into_values() {
        if let Body::Cloze(body) = question.body {
            parts.extend(body.gaps.into_iter().map(|gap| gap.part));
        }
    }
    parts
}

/// Fields as forms of the course have them, and others.
/// Questions looked back at stand on one page outside of forms, where radio buttons of one name are one group
/// of which the browser lets one be picked.
#[test]
fn questions_that_are_over_share_no_name() {
    let course = course();
    let mut taken: BTreeMap<String, QuestionId> = BTreeMap::new();
    for (id, question) in &course.questions {
        let answer = course.keys[id].right_answer();
        let mark = course.keys[id].mark(Some(&answer));
        let shown = question.render(&QuestionView {
            response: Some(&answer),
            marked: Some(&mark),
            disabled: true,
            ..QuestionView::new(Language::Lv, id.as_str())
        });
        for named in shown.split(" name=\"").skip(1) {
            let name = named.split('"').next().unwrap().to_owned();
            let owner = taken.entry(name.clone()).or_insert_with(|| id.clone());
            assert_eq!(owner, id, "{name} is a name in two questions");
        }
    }
    assert!(taken.len() > course.questions.len());
}

fn any_form() -> impl Strategy<Value = Vec<(String, String)>> {
    let part = || proptest::sample::select(all_parts()).prop_map(|part| part.to_string());
    let name = prop_oneof![
        Just("a".to_owned()),
        part().prop_map(|part| format!("a.{part}")),
        "a\\.[a-z0-9]{0,3}|[a-z]{1,3}",
    ];
    let value = prop_oneof![part(), "[0-9]", ".{0,12}"];
    proptest::collection::vec((name, value), 0..6)
}

proptest! {
    #[test]
    fn a_mark_is_a_share_for_any_answer_and_can_be_shown(response in any_response(), seed in any::<Option<u64>>()) {
        let course = course();
        for (id, question) in &course.questions {
            let mark = course.keys[id].mark(Some(&response));
            prop_assert!((0.0..=1.0).contains(&mark.fraction.value()));
            let shown = question.render(&QuestionView {
                response: Some(&response),
                marked: Some(&mark),
                shuffle_seed: seed,
                ..QuestionView::new(Language::Lv, "x")
            });
            prop_assert!(!shown.is_empty());
        }
    }

    #[test]
    fn any_form_is_read_or_refused(form in any_form()) {
        let course = course();
        for question in course.questions.values() {
            if let Ok(Some(response)) = question.read(&form, Language::Lv) {
                let mark = course.keys[&question.id].mark(Some(&response));
                prop_assert!((0.0..=1.0).contains(&mark.fraction.value()));
            }
        }
    }

    #[test]
    fn no_form_yields_a_path_beside_the_links(
        choices in proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..6)
    ) {
        let course = course();
        let (question, key) = ask(&course, "q-gadijums");
        let Body::Case(body) = &question.body else { panic!("a case") };
        let forks: Vec<&case::Step> = body.steps.iter().filter(|step| !step.choices.is_empty()).collect();
        let form: BTreeMap<String, String> = choices
            .iter()
            .map(|(step, choice)| {
                let step = step.get(&forks);
                (format!("a.{}", step.id), choice.get(&step.choices).id.to_string())
            })
            .collect();
        let form: Vec<(String, String)> = form.into_iter().collect();
        let Some(response) = question.read(&form, Language::Lv).unwrap() else {
            prop_assert!(form.is_empty());
            return Ok(());
        };
        let Response::Case(answer) = &response else { panic!("a case") };
        let mut at = &body.steps[0];
        for (step, chosen) in &answer.path {
            prop_assert_eq!(step, &at.id);
            let choice = at.choices.iter().find(|choice| choice.id == *chosen).unwrap();
            at = body.steps.iter().find(|step| step.id == choice.to).unwrap();
        }
        prop_assert_eq!(question.is_complete(&response), at.choices.is_empty());
        let unfinished = key.mark(Some(&response)).outcome == Outcome::Unfinished;
        prop_assert_eq!(unfinished, !at.choices.is_empty());
    }
}
