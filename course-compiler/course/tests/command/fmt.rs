//! `course fmt`.

use insta::assert_snapshot;

use crate::lock::{COURSE, LESSON, small_course};
use crate::place::Place;

#[test]
fn tidies_files_once() {
    let place = small_course();
    let file = "courses/kurss/lv/01-a.md";
    place.write(
        file,
        &format!("\u{feff}{}", LESSON.replace('\n', " \r\n") + "\r\n\r\n"),
    );
    let before = place.course("build --out before");
    let check = place.course("fmt --check");
    assert_eq!(
        (check.code, check.out.as_str()),
        (Some(1), "kurss/lv/01-a.md\n")
    );
    assert!(place.read(file).contains('\r'));

    let ran = place.course("fmt");
    assert_eq!(
        (ran.code, ran.out.as_str()),
        (Some(0), "kurss/lv/01-a.md\n")
    );
    assert_eq!(place.read(file), LESSON);
    assert_eq!(place.course("build --out after").out, before.out);
    assert_snapshot!(place.course("fmt --check"));
}

#[test]
fn gives_ids_that_compile_at_once() {
    let place = Place::empty();
    place.write("courses/kurss/course.toml", COURSE);
    for language in ["lv", "en"] {
        let lesson = LESSON.replace("id = \"l-a\"\n", "").replace("#q-b ", "");
        place.write(&format!("courses/kurss/{language}/01-a.md"), &lesson);
    }
    assert_snapshot!(place.course("fmt --assign-ids --check"));
    assert_snapshot!(place.course("fmt --assign-ids"));
    assert_eq!(place.read("courses/kurss/lv/01-a.md"), LESSON);
    assert_eq!(place.course("check").code, Some(0));
    assert_snapshot!(place.course("fmt --assign-ids"));
}

#[test]
fn tells_which_translations_it_cannot_match() {
    let place = small_course();
    place.write(
        "courses/kurss/en/01-a.md",
        &LESSON.replace("{#q-b .truefalse}", "{.single}"),
    );
    assert_snapshot!(place.course("fmt --assign-ids"));
}

#[test]
fn ends_with_2_when_there_are_no_courses() {
    assert_eq!(Place::empty().course("fmt").code, Some(2));
}
