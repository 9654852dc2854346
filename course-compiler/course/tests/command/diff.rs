//! `course diff`.

use std::process::Command;

use insta::assert_snapshot;

use crate::lock::small_course;
use crate::place::Place;

const LESSON: &str = "courses/kurss/lv/01-a.md";

/// The small course with a second lesson and a choice of three, locked, and a copy of it in `old`.
fn two_versions() -> Place {
    let place = small_course();
    place.write(
        "courses/kurss/lv/02-b.md",
        "+++\nid = \"l-b\"\ntitle = \"B\"\nminutes = 1\n+++\n\n## Kurš maksā? {#q-c .single}\n\n- [x] Darba devējs\n- [ ] Darbinieks\n- [ ] Valsts\n",
    );
    assert_eq!(place.course("lock").code, Some(0));
    place.copy("courses", "old");
    place
}

#[test]
fn nothing_changed() {
    assert_snapshot!(two_versions().course("diff old courses"));
}

#[test]
fn words_keep_answers_and_points_make_a_new_revision() {
    let place = two_versions();
    place.replace(LESSON, "Labi ir.", "Tieši tā.");
    place.replace("courses/kurss/lv/02-b.md", "Darbinieks", "Darbineiks");
    place.replace("courses/kurss/lv/02-b.md", ".single}", ".single points=2}");
    place.replace("courses/kurss/lv/02-b.md", "minutes = 1", "minutes = 2");
    assert_snapshot!(place.course("diff old courses"));
}

#[test]
fn an_author_can_choose_to_rescore() {
    let place = two_versions();
    let lesson = "courses/kurss/lv/02-b.md";
    place.replace(
        lesson,
        "- [x] Darba devējs\n- [ ] Darbinieks",
        "- [ ] Darba devējs\n- [x] Darbinieks",
    );
    let ran = place.course("diff old courses --format json");
    assert_eq!(ran.code, Some(0), "{ran}");
    let found: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let question = &found["courses"][0]["lessons"][0]["questions"][0];
    assert_eq!(question["effect"], "new-revision");
    let revision = question["revision"].as_str().unwrap();

    let meta = place.read("courses/kurss/course.toml");
    place.write(
        "courses/kurss/course.toml",
        &format!("{meta}\n[[rescore]]\nquestion = \"q-c\"\nrevision = \"{revision}\"\nreason = \"Atslēgā bija kļūda.\"\n"),
    );
    assert_snapshot!(place.course("diff old courses"));
    assert_eq!(place.course("build --out bundle").code, Some(0));
    let bundle = course_compiler::bundle::read(&place.path().join("bundle")).unwrap();
    let rescore = &bundle.courses[0].rescores[0];
    assert!(rescore.current && rescore.revision.as_str() == revision);
}

#[test]
fn an_id_changed_by_accident_ends_with_1() {
    let place = two_versions();
    std::fs::remove_file(place.path().join("courses/kurss/course.lock")).unwrap();
    place.replace(LESSON, "q-b", "q-d");
    place.replace("courses/kurss/lv/02-b.md", "l-b", "l-e");
    let ran = place.course("diff old courses");
    assert_eq!(ran.code, Some(1));
    assert_snapshot!(ran);
}

#[test]
fn lessons_and_questions_come_and_go() {
    let place = two_versions();
    std::fs::remove_file(place.path().join("courses/kurss/lv/01-a.md")).unwrap();
    place.write(
        "courses/kurss/lv/03-c.md",
        "+++\nid = \"l-c\"\ntitle = \"Cits\"\nminutes = 1\n+++\n\n## Kas ir kas? {#q-e .single}\n\n- [x] Tas\n- [ ] Šis\n",
    );
    assert_eq!(place.course("lock").code, Some(0));
    let ran = place.course("diff old courses");
    assert_eq!(ran.code, Some(0));
    assert_snapshot!(ran);
}

#[test]
fn compares_bundles_too() {
    let place = two_versions();
    place.course("build old --out before");
    place.replace(LESSON, "{#q-b", "{points=3 #q-b");
    place.course("build --out after");
    let bundles = place.course("diff before after").out;
    assert!(bundles.contains("points: 1 → 3"), "{bundles}");
    assert_eq!(bundles, place.course("diff old courses").out);
}

#[test]
fn compares_with_a_revision_of_git() {
    let place = two_versions();
    let course = "kurss/lv/02-b.md";
    for courses in ["courses", "old"] {
        place.replace(
            &format!("{courses}/{course}"),
            "## Kurš",
            "Rampa palīdz.\n\n## Kurš",
        );
        place.write(
            &format!("{courses}/glossary/lv.md"),
            "Rampa {#ramp}\n: Slīpums pakāpienu vietā.\n",
        );
    }
    for arguments in [
        &["init", "-q"][..],
        &["add", "courses"],
        &[
            "-c",
            "user.name=a",
            "-c",
            "user.email=a@example.lv",
            "commit",
            "-qm",
            "a",
        ],
    ] {
        let git = Command::new("git")
            .arg("-C")
            .arg(place.path())
            .args(arguments)
            .status();
        assert!(git.unwrap().success());
    }
    let unchanged = place.course("diff --git HEAD").out;
    assert_eq!(unchanged, "Questions: 2 unchanged.\n");
    place.replace(LESSON, "Labi ir.", "Tieši tā.");
    let ran = place.course("diff --git HEAD");
    assert_eq!(ran.code, Some(0), "{ran}");
    assert_eq!(ran.out, place.course("diff old courses").out);
    assert_eq!(place.course("diff --git no-such-revision").code, Some(2));
}

#[test]
fn a_course_that_cannot_be_compiled_is_not_called_removed() {
    let place = two_versions();
    place.replace(LESSON, "- [x] Jā", "- [ ] Jā");
    let ran = place.course("diff old courses");
    assert_eq!(ran.code, Some(1));
    assert_snapshot!(ran);
}

#[test]
fn wants_two_folders() {
    assert_snapshot!(Place::empty().course("diff old"));
}
