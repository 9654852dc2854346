//! `course watch`, edited as authors and their editors do.

use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use course_compiler::{Bundle, bundle};

use crate::place::{Place, Started};

const COURSE: &str = "kind = \"course\"\nground = \"none\"\naudience = \"everyone\"\nhours = 1\nsource_language = \"lv\"\ntitle = { lv = \"K\" }\nsummary = { lv = \"K\" }\n";

fn lesson(title: &str) -> String {
    format!("+++\nid = \"l-a\"\ntitle = \"{title}\"\nminutes = 1\n+++\n\nTeksts.\n")
}

/// Two courses that are watched.
fn watched() -> (Place, Started) {
    let place = Place::empty();
    for slug in ["a", "b"] {
        let course = format!("id = \"k-{slug}\"\n{COURSE}");
        place.write(&format!("courses/{slug}/course.toml"), &course);
        place.write(&format!("courses/{slug}/lv/01-a.md"), &lesson("Pirmais"));
    }
    let mut running = place.start("watch --out bundle");
    let line = running.line();
    assert!(line.starts_with("2 courses: "), "{line}");
    (place, running)
}

#[test]
fn looks_for_changes_where_the_system_tells_of_none() {
    let (place, told) = watched();
    drop(told);
    let mut running = place.start("watch --out bundle --poll 0.1");
    assert!(running.line().starts_with("2 courses: "));
    edit(&place, "courses/a/lv/01-a.md", &lesson("Otrais"));
    let line = running.line();
    assert!(line.starts_with("a: "), "{line}");
    assert_eq!(titles(&place), ["a Otrais", "b Pirmais"]);
}

#[test]
fn writes_the_bundle_although_changes_never_end() {
    let (place, mut running) = watched();
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut number = 0_u64;
            while !stop.load(Ordering::Relaxed) {
                number += 1;
                edit(
                    &place,
                    "courses/a/lv/01-a.md",
                    &lesson(&format!("Nr. {number}")),
                );
            }
        });
        let line = running.line();
        stop.store(true, Ordering::Relaxed);
        assert!(line.starts_with("a: "), "{line}");
    });
}

/// Writes a file as many editors do: aside, then renamed, so that it is never seen half written.
fn edit(place: &Place, path: &str, text: &str) {
    let aside = format!("{path}~");
    place.write(&aside, text);
    fs::rename(place.path().join(&aside), place.path().join(path)).unwrap();
}

fn in_bundle(place: &Place) -> Bundle {
    bundle::read(&place.path().join("bundle")).unwrap()
}

/// Each course in the bundle with the title of its lesson.
fn titles(place: &Place) -> Vec<String> {
    titles_of(&in_bundle(place))
}

fn titles_of(bundle: &Bundle) -> Vec<String> {
    bundle
        .courses
        .iter()
        .map(|course| {
            let mut texts = course
                .lessons
                .iter()
                .flat_map(|lesson| lesson.texts.values());
            format!("{} {}", course.slug, texts.next().unwrap().title)
        })
        .collect()
}

#[test]
fn writes_the_bundle_after_each_edit_and_tells_what_changed() {
    let (place, mut running) = watched();
    edit(&place, "courses/a/lv/01-a.md", &lesson("Otrais"));
    let line = running.line();
    assert!(line.starts_with("a: ") && line.contains(" ms; "), "{line}");
    assert_eq!(titles(&place), ["a Otrais", "b Pirmais"]);
}

#[test]
fn keeps_the_bundle_while_a_course_is_broken() {
    let (place, mut running) = watched();
    edit(&place, "courses/a/lv/01-a.md", "+++\nid = \"l-a\"\n+++\n");
    let line = running.line();
    assert!(
        line.contains("the bundle stays as it is until a compiles"),
        "{line}"
    );
    assert_eq!(titles(&place), ["a Pirmais", "b Pirmais"]);
    edit(&place, "courses/a/lv/01-a.md", &lesson("Otrais"));
    assert!(running.line().starts_with("a: "));
    assert_eq!(titles(&place), ["a Otrais", "b Pirmais"]);
}

#[test]
fn sees_files_that_are_written_in_place() {
    let (place, mut running) = watched();
    place.write("courses/b/lv/01-a.md", &lesson("Otrais"));
    // It may be seen halfway, and then again.
    while titles(&place) != ["a Pirmais", "b Otrais"] {
        assert!(running.line().starts_with("b: "));
    }
}

#[test]
fn a_deleted_course_leaves_the_bundle_and_a_new_one_comes_in() {
    let (place, mut running) = watched();
    // Moved away at once: removing file by file may be seen halfway.
    fs::rename(place.path().join("courses/a"), place.path().join("away")).unwrap();
    assert!(running.line().starts_with("a: "));
    assert_eq!(titles(&place), ["b Pirmais"]);
    fs::rename(place.path().join("away"), place.path().join("courses/c")).unwrap();
    assert!(running.line().starts_with("c: "));
    assert_eq!(titles(&place), ["b Pirmais", "c Pirmais"]);
    // In the folder that is new, too.
    edit(&place, "courses/c/lv/01-a.md", &lesson("Otrais"));
    assert!(running.line().starts_with("c: "));
    assert_eq!(titles(&place), ["b Pirmais", "c Otrais"]);
}

#[test]
fn goes_on_when_the_whole_folder_is_deleted_and_made_again() {
    let (place, mut running) = watched();
    let mut until = |titles_then: &[&str]| {
        // It may be seen halfway, and the bundle while it is written.
        while !bundle::read(&place.path().join("bundle"))
            .is_ok_and(|now| titles_of(&now) == titles_then)
        {
            running.line();
        }
    };
    fs::remove_dir_all(place.path().join("courses")).unwrap();
    place.write("courses/c/course.toml", &format!("id = \"k-c\"\n{COURSE}"));
    place.write("courses/c/lv/01-a.md", &lesson("Pirmais"));
    until(&["c Pirmais"]);
    edit(&place, "courses/c/lv/01-a.md", &lesson("Otrais"));
    until(&["c Otrais"]);

    // Another folder in its place, at once.
    place.copy("courses", "new");
    fs::rename(place.path().join("courses"), place.path().join("away")).unwrap();
    fs::rename(place.path().join("new"), place.path().join("courses")).unwrap();
    edit(&place, "courses/c/lv/01-a.md", &lesson("Trešais"));
    until(&["c Trešais"]);
}
