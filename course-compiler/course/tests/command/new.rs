//! `course new`.

use insta::assert_snapshot;

use crate::place::Place;

/// An empty folder of courses.
fn no_courses() -> Place {
    let place = Place::empty();
    std::fs::create_dir(place.path().join("courses")).unwrap();
    place
}

/// What lies in the folder of courses.
fn names(place: &Place) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(place.path().join("courses"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn makes_a_course_that_compiles_without_a_warning() {
    let place = no_courses();
    assert_snapshot!(place.course("new mans-kurss --title Kurss --title-en Course"));
    assert_snapshot!(place.course("check --deny warnings"));
    assert_snapshot!(place.read("courses/mans-kurss/course.toml"));
    let lock = place.read("courses/mans-kurss/course.lock");
    assert_eq!(place.course("lock").code, Some(0));
    assert_eq!(place.read("courses/mans-kurss/course.lock"), lock);
    assert_eq!(place.course("fmt --check").code, Some(0));
    assert_eq!(names(&place), ["mans-kurss"]);
}

#[test]
fn makes_courses_of_one_language_beside_others() {
    let place = Place::with("valid");
    for language in ["lv", "en"] {
        let ran = place.course(&format!("new tikai-{language} --language {language}"));
        assert_eq!(ran.code, Some(0), "{ran}");
        assert!(place.has(&format!("courses/tikai-{language}/{language}")));
    }
    assert!(!place.has("courses/tikai-lv/en") && !place.has("courses/tikai-en/lv"));
    let said = place.course("check").err;
    assert!(!said.contains("tikai-"), "{said}");
}

#[test]
fn refuses_a_name_that_is_taken() {
    let place = no_courses();
    place.write("courses/kurss/piezimes.txt", "Mans.\n");
    place.write("courses/fails", "Mans.\n");
    assert_snapshot!(place.course("new kurss"));
    assert_eq!(place.course("new fails").code, Some(2));
    assert_eq!(names(&place), ["fails", "kurss"]);
    assert_eq!(place.read("courses/kurss/piezimes.txt"), "Mans.\n");
    assert!(!place.has("courses/kurss/course.toml"));
}

#[test]
fn refuses_a_name_that_cannot_be_an_address() {
    let place = no_courses();
    assert_snapshot!(place.course("new Mans_kurss"));
    for slug in ["../ara", "glossary", "ķēde"] {
        let ran = place.course(&format!("new {slug}"));
        assert_eq!(ran.code, Some(2), "{ran}");
    }
    assert!(names(&place).is_empty() && !place.has("ara"));
}

#[test]
fn ends_with_2_when_there_is_no_folder_of_courses() {
    let ran = Place::empty().course("new kurss nekur");
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("nekur"), "{ran}");
}
