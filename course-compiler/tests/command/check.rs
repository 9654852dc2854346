//! `course check`.

use insta::assert_snapshot;

use crate::place::Place;

#[test]
fn is_quiet_on_standard_output_and_sums_up() {
    let ran = Place::with("valid").course("check");
    assert_eq!(ran.code, Some(0));
    assert_eq!(ran.out, "");
    assert!(ran.err.ends_with("; 0 errors, 2 warnings\n"), "{}", ran.err);
    assert!(
        !ran.err.contains('\u{1b}'),
        "no colours and no bar in a pipe: {}",
        ran.err
    );
}

#[test]
fn ends_with_1_when_a_course_has_errors() {
    let place = Place::empty();
    place.write("courses/kurss/lv/01-a.md", "Teksts.\n");
    let ran = place.course("check");
    assert_eq!(ran.code, Some(1));
    assert_snapshot!(ran);
}

#[test]
fn can_deny_warnings() {
    assert_eq!(
        Place::with("valid").course("check --deny warnings").code,
        Some(1)
    );
}

#[test]
fn writes_json() {
    let ran = Place::with("invalid").course("check --format json");
    let found: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let skip = found
        .as_array()
        .unwrap()
        .iter()
        .find(|found| found["code"] == "heading-skip" && found["line"] == 15)
        .unwrap();
    assert_snapshot!(serde_json::to_string_pretty(skip).unwrap());
}
