//! `course status`.

use insta::assert_snapshot;

use crate::lock::{LESSON, small_course};
use crate::place::Place;

/// Two courses, one of them partly translated and with two reviews.
fn two_courses() -> Place {
    let place = small_course();
    let other = crate::lock::COURSE.replace("kurss", "otrs");
    let reviews = "\n[[review]]\nkind = \"legal\"\nby = \"Juridiskā nodaļa\"\ndate = 2026-05-01\nverdict = \"negative\"\ncontent_hash = \"0123456789abcdef\"\n";
    place.write("courses/otrs/course.toml", &format!("{other}{reviews}"));
    place.write("courses/otrs/lv/01-a.md", LESSON);
    let translation = LESSON.replace("Jā", "Yes").replace("Nē", "No");
    place.write("courses/otrs/en/01-a.md", &translation);
    place.course("lock");
    place.write(
        "courses/otrs/lv/01-a.md",
        &LESSON.replace("Labi ir.", "Patiesi."),
    );
    place
}

#[test]
fn shows_a_row_for_each_course_and_language() {
    let ran = two_courses().course("status");
    assert_eq!(ran.code, Some(0), "{ran}");
    assert_snapshot!(ran);
}

#[test]
fn shows_each_lesson_when_asked() {
    assert_snapshot!(two_courses().course("status --lessons"));
}

#[test]
fn writes_json() {
    let ran = two_courses().course("status --format json");
    let courses: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let english = &courses[1]["languages"][1];
    assert_eq!(english["language"], "en");
    assert_eq!(english["stale"], 1);
    assert_eq!(courses[1]["reviews"][1]["state"], "other-content");
}

#[test]
fn names_courses_that_have_errors() {
    let place = two_courses();
    place.write("courses/otrs/lv/01-a.md", "Teksts.\n");
    let ran = place.course("status");
    assert_eq!(ran.code, Some(0));
    assert!(
        ran.err.contains("with errors, see `course check`: otrs"),
        "{ran}"
    );
}
