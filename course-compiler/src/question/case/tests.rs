//! Diagnostics of invalid cases, through the compiler.

use crate::compile::{Options, compile_tree};
use crate::load::Tree;

const COURSE: &str = include_str!("../../../tests/courses/valid/visi-veidi/course.toml");

/// The diagnostics of a case, in its source language and in a translation, without `course.lock`.
fn said(case: &str, translation: Option<&str>) -> Vec<String> {
    let lesson = |case: &str| {
        format!(
            "+++\nid = \"l-a\"\ntitle = \"A\"\nminutes = 1\n+++\n\n## Ko? {{#q-a .case}}\n\n{case}"
        )
    };
    let mut files = vec![
        ("a/course.toml", COURSE.to_owned()),
        ("a/lv/01-a.md", lesson(case)),
    ];
    files.extend(translation.map(|case| ("a/en/01-a.md", lesson(case))));
    let tree = Tree::from_texts(files.iter().map(|(path, text)| (*path, text.as_str())));
    let found = compile_tree(&tree, &Options::default(), &())
        .unwrap()
        .diagnostics;
    found
        .iter()
        .filter(|found| found.code != "lock-stale")
        .map(|found| format!("{}: {}", found.code, found.message))
        .collect()
}

const GOOD: &str = "### A {#s-a}\n\n- [Jā](#s-b)\n- [Nē](#s-c)\n\n### B {#s-b}\n\n- [Jā](#s-c)\n- [Nē](#s-d)\n\n\
    ### C {#s-c .outcome mark=\"100 %\"}\n\n### D {#s-d .outcome mark=\"0%\"}\n";

#[test]
fn steps_may_offer_the_same_words_and_marks_may_have_a_space() {
    assert_eq!(said(GOOD, None), [""; 0]);
}

#[test]
fn a_link_to_no_step_is_told_once() {
    assert_eq!(
        said(&GOOD.replace("(#s-b)", "(#s-bb)"), None),
        ["link-broken: the case has no step `#s-bb`"]
    );
}

#[test]
fn a_case_needs_an_outcome_that_earns_everything() {
    assert_eq!(
        said(&GOOD.replace("100 %", "90%"), None),
        ["quiz-no-correct: no path through this case earns everything"]
    );
    assert_eq!(
        said(&GOOD.replace("100 %", "visu"), None),
        ["quiz-bad-number: an outcome needs a mark from 0% to 100%"]
    );
    assert_eq!(
        said(&GOOD.replace("mark=\"100 %\"", ""), None),
        ["quiz-bad-number: an outcome needs a mark from 0% to 100%"]
    );
}

#[test]
fn steps_that_only_lead_to_each_other_are_told() {
    assert_eq!(
        said(
            &GOOD.replace("[Jā](#s-c)\n- [Nē](#s-d)", "[Jā](#s-b)"),
            None
        ),
        [
            "case-no-way-out: no outcome can be reached from `s-b`",
            "case-unreachable-step: nobody can come to this step",
        ]
    );
}

#[test]
fn steps_need_ids_of_their_own_and_titles() {
    assert_eq!(
        said(&GOOD.replace("D {#s-d", "D {#s-c"), None),
        [
            "link-broken: the case has no step `#s-d`",
            "id-duplicate: the id `s-c` is taken",
        ]
    );
    assert_eq!(
        said(&GOOD.replace("### B {#s-b}", "### {#s-b}"), None),
        ["quiz-malformed: the step has no title"]
    );
    assert_eq!(
        said(&GOOD.replace("### B {#s-b}", "### B"), None),
        [
            "link-broken: the case has no step `#s-b`",
            "id-missing: the step of the case has no id",
        ]
    );
}

#[test]
fn a_choice_is_a_link_and_an_outcome_has_none() {
    assert_eq!(
        said(&GOOD.replace("[Nē](#s-c)", "[Nē](#s-c) vai jā"), None),
        ["quiz-malformed: a choice is a link to the step that follows, and nothing else"]
    );
    assert_eq!(
        said(&format!("{GOOD}\n- [Vēl](#s-a)\n"), None),
        ["quiz-malformed: an outcome ends the case"]
    );
    assert_eq!(
        said("Teksts.\n", None),
        ["quiz-malformed: the case has no steps"]
    );
}

#[test]
fn a_step_outside_of_a_case_is_told() {
    let after = format!("{GOOD}\n---\n\n### E {{#s-e}}\n");
    assert_eq!(
        said(&after, None),
        ["quiz-malformed: a step of a case outside of one"]
    );
}

#[test]
fn a_translation_has_the_same_steps_links_and_marks() {
    assert_eq!(said(GOOD, Some(&GOOD.replace("Jā", "Yes"))), [""; 0]);
    for (changed, message) in [
        (
            GOOD.replace("mark=\"0%\"", "mark=\"10%\""),
            "this is a step of +10% `s-d` here, a step of +0% `s-d` in the source language",
        ),
        (
            GOOD.replace("[Nē](#s-d)", "[Nē](#s-a)")
                .replace("[Nē](#s-c)", "[Nē](#s-d)"),
            "this is a choice to `s-d` here, a choice to `s-c` in the source language",
        ),
    ] {
        let found = said(GOOD, Some(&changed));
        assert_eq!(found[0], format!("i18n-structure-mismatch: {message}"));
    }
}
