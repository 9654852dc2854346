//! `course lock`.

use insta::assert_snapshot;

use crate::place::Place;

pub(crate) const COURSE: &str = "id = \"kurss\"\nkind = \"course\"\nground = \"none\"\naudience = \"everyone\"\nhours = 1\nsource_language = \"lv\"\n\n[title]\nlv = \"Kurss\"\n\n[summary]\nlv = \"Īss kurss.\"\n";
pub(crate) const LESSON: &str = "+++\nid = \"l-a\"\ntitle = \"A\"\nminutes = 1\n+++\n\n## B? {#q-b .truefalse}\n\n- [x] Jā\n  > Pareizi.\n- [ ] Nē\n  > Tomēr ir.\n";

/// A small course of one lesson.
pub(crate) fn small_course() -> Place {
    let place = Place::empty();
    place.write("courses/kurss/course.toml", COURSE);
    place.write("courses/kurss/lv/01-a.md", LESSON);
    place
}

#[test]
fn writes_the_ids_once() {
    let place = small_course();
    let ran = place.course("lock");
    assert_eq!(ran.code, Some(0), "{ran}");
    let lock = place.read("courses/kurss/course.lock");
    assert_snapshot!(lock);
    let ran = place.course("check");
    assert!(!ran.err.contains("lock-stale"), "{ran}");
    place.course("lock");
    assert_eq!(place.read("courses/kurss/course.lock"), lock);
}

#[test]
fn leaves_nothing_beside_the_lock() {
    let place = small_course();
    place.course("lock");
    let mut names: Vec<String> = std::fs::read_dir(place.path().join("courses/kurss"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["course.lock", "course.toml", "lv"]);
}

#[test]
fn an_id_that_changed_by_accident_is_an_error_until_it_is_retired() {
    let place = small_course();
    place.course("lock");
    place.replace("courses/kurss/lv/01-a.md", "q-b", "q-c");
    place.replace("courses/kurss/lv/01-a.md", "l-a", "l-c");
    let ran = place.course("lock");
    assert_eq!(ran.code, Some(1));
    assert_snapshot!(ran);

    let lock = "courses/kurss/course.lock";
    place.replace(lock, "retired = []", "retired = [\"l-a\", \"q-b\"]");
    let ran = place.course("lock");
    assert_eq!(ran.code, Some(0), "{ran}");
    assert!(place.read(lock).contains("[question.q-c]"));
    assert!(place.read(lock).contains("retired = [\"l-a\", \"q-b\"]"));
}

#[test]
fn a_removed_question_is_retired_and_cannot_come_back() {
    let place = small_course();
    place.write(
        "courses/kurss/lv/02-b.md",
        "+++\nid = \"l-b\"\ntitle = \"B\"\nminutes = 1\n+++\n\nTeksts.\n",
    );
    place.course("lock");
    let text = place.read("courses/kurss/lv/01-a.md");
    place.write("courses/kurss/lv/01-a.md", text.split("##").next().unwrap());
    place.course("lock");
    place.write("courses/kurss/lv/01-a.md", &text);
    let ran = place.course("check");
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("id-retired-reused"), "{ran}");
}

/// The small course with a translation, locked, and then an answer of the source reworded.
fn with_stale_translation() -> Place {
    let place = small_course();
    let translation = LESSON.replace("Jā", "Yes").replace("Nē", "No");
    place.write("courses/kurss/en/01-a.md", &translation);
    place.course("lock");
    place.write("courses/kurss/lv/01-a.md", &LESSON.replace("B?", "Bet?"));
    place
}

#[test]
fn a_stale_translation_stays_so_until_it_is_found_right() {
    let place = with_stale_translation();
    let ran = place.course("lock");
    assert!(ran.err.contains("i18n-stale"), "{ran}");
    let ran = place.course("lock --still-right courses/kurss/en/01-a.md:7");
    assert_eq!(ran.code, Some(0), "{ran}");
    assert!(!ran.err.contains("i18n-stale"), "{ran}");
}

#[test]
fn what_is_said_to_be_right_has_to_be_there() {
    let place = with_stale_translation();
    for named in ["english", "kurss/en/02-b.md"] {
        let ran = place.course(&format!("lock --still-right {named}"));
        assert_eq!(ran.code, Some(2), "{ran}");
        assert!(ran.err.contains(named), "{ran}");
    }
    assert!(place.course("check").err.contains("i18n-stale"));
}
