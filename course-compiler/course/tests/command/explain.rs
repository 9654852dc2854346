//! `course explain`.

use insta::assert_snapshot;

use crate::place::Place;

#[test]
fn prints_the_page_of_a_rule() {
    let ran = Place::empty().course("explain quiz-no-correct");
    assert_eq!(ran.code, Some(0));
    assert!(ran.out.starts_with("# quiz-no-correct\n"), "{}", ran.out);
}

#[test]
fn lists_all_rules() {
    let ran = Place::empty().course("explain");
    assert_eq!(ran.code, Some(0));
    assert!(
        ran.out.lines().any(|line| line.starts_with("heading-skip")),
        "{}",
        ran.out
    );
}

#[test]
fn does_not_know_every_word() {
    assert_snapshot!(Place::empty().course("explain no-such-rule"));
}
