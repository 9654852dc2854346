//! Two versions of a text in one file, with the marks of version control between them.

use std::path::Path;

use crate::lock::{COURSE, LESSON, small_course};
use crate::place::Place;

/// A small course in two languages, locked.
fn place() -> Place {
    let place = small_course();
    let translation = LESSON.replace("Jā", "Yes").replace("Nē", "No");
    let translation = translation.replace("\n\n## ", "\n\n## Heading\n\nText.\n\n## ");
    place.write("courses/kurss/en/01-a.md", &translation);
    place.write("courses/kurss/lv/02-b.md", "+++\nid = \"l-b\"\ntitle = \"B\"\nminutes = 1\n+++\n\n[A](01-a.md#virsraksts), rampa.\n\n![Video](../assets/v.mp4)\n");
    place.replace(
        "courses/kurss/lv/01-a.md",
        "\n\n## ",
        "\n\n## Virsraksts\n\nTeksts.\n\n## ",
    );
    place.write("courses/kurss/en/02-b.md", "+++\nid = \"l-b\"\ntitle = \"B\"\nminutes = 1\n+++\n\n[A](01-a.md#heading), ramp.\n\n![Video](../assets/v.mp4)\n");
    place.write("courses/kurss/assets/v.mp4", "video");
    place.write(
        "courses/kurss/assets/v.lv.vtt",
        "WEBVTT\n\n00:00.000 --> 00:01.000\nSveiki\n",
    );
    place.write("courses/kurss/assets/v.lv.md", "Sveiki.\n");
    place.write(
        "courses/kurss/assets/v.en.vtt",
        "WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n",
    );
    place.write("courses/kurss/assets/v.en.md", "Hello.\n");
    place.write("courses/glossary/lv.md", "Rampa {#ramp}\n: Slīpums.\n");
    place.write("courses/glossary/en.md", "Ramp {#ramp}\n: A slope.\n");
    place.write(
        "courses/programme.toml",
        "[publishing]\nrequired_reviews = []\n",
    );
    let ran = place.course("lock");
    assert_eq!(ran.code, Some(0), "{ran}");
    place
}

/// A text in which every line from the one that has `at` to the next empty one has two versions.
fn in_conflict(text: &str, at: &str, indent: &str) -> String {
    let start = text.find(at).unwrap();
    let start = text
        .get(..start)
        .unwrap()
        .rfind('\n')
        .map_or(0, |line| line + 1);
    let (before, rest) = text.split_at(start);
    let end = rest.find("\n\n").map_or(rest.len(), |end| end + 1);
    let (lines, after) = rest.split_at(end);
    format!(
        "{before}{indent}<<<<<<< HEAD\n{lines}{indent}=======\n{}{indent}>>>>>>> citi\n{after}",
        lines.to_uppercase()
    )
}

#[test]
fn every_file_that_is_read_is_looked_at_and_one_error_is_said() {
    for (file, at) in [
        ("kurss/lv/01-a.md", "## B?"),
        ("kurss/lv/01-a.md", "## Virsraksts"),
        ("kurss/lv/01-a.md", "+++"),
        ("kurss/lv/01-a.md", "id ="),
        ("kurss/en/01-a.md", "## B?"),
        ("kurss/course.toml", "id ="),
        ("kurss/course.toml", "[summary]"),
        ("kurss/course.lock", "version"),
        ("kurss/course.lock", "[question"),
        ("kurss/assets/v.lv.vtt", "Sveiki"),
        ("kurss/assets/v.lv.md", "Sveiki"),
        ("glossary/lv.md", "Rampa"),
        ("glossary/en.md", "Ramp"),
        ("programme.toml", "[publishing]"),
    ] {
        let place = place();
        let path = format!("courses/{file}");
        let text = place.read(&path);
        // An editor may have indented the marks with the text around them.
        let is_toml = Path::new(file)
            .extension()
            .is_some_and(|kind| kind == "toml");
        let indent = if is_toml || at == "## B?" { "  " } else { "" };
        let text = in_conflict(&text, at, indent);
        place.write(&path, &text);
        let ran = place.course("check --format json");
        assert_eq!(ran.code, Some(1), "{file}: {ran}");
        let found: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        let found = found.as_array().unwrap();
        assert_eq!(found.len(), 1, "{file}: {ran}");
        assert_eq!(found[0]["code"], "conflict-marker");
        assert_eq!(found[0]["file"], path);
        let line = text
            .lines()
            .position(|line| line.trim_start() == "<<<<<<< HEAD")
            .unwrap()
            + 1;
        assert_eq!(found[0]["line"], line, "{file}");
        let shown = place.course("check").err;
        assert!(
            shown.contains("<<<<<<< HEAD") && shown.contains(">>>>>>> citi"),
            "{shown}"
        );

        // The same from what was kept of a build.
        for _ in 0..2 {
            let ran = place.course("build --out bundle");
            assert_eq!(ran.code, Some(1), "{ran}");
            assert_eq!(ran.err.matches("error[").count(), 1, "{ran}");
        }
        // Nothing writes into such files, or learns from them.
        let lock = place.read("courses/kurss/course.lock");
        assert_eq!(place.course("lock").code, Some(1));
        assert_eq!(place.course("check --fix").code, Some(1));
        assert_eq!(place.read("courses/kurss/course.lock"), lock);
        assert_eq!(place.read(&path), text);
    }
}

#[test]
fn a_mark_that_is_left_over_is_an_error() {
    for (file, left) in [
        ("kurss/lv/01-a.md", "\n>>>>>>> citi\n"),
        ("kurss/lv/01-a.md", "\n<<<<<<< HEAD\n"),
        ("kurss/lv/01-a.md", "\n=======\n\n"),
        ("kurss/course.toml", "\n=======\n"),
        ("glossary/lv.md", "\n>>>>>>> citi\n"),
    ] {
        let place = place();
        let path = format!("courses/{file}");
        let text = place.read(&path);
        place.write(&path, &format!("{text}{left}"));
        let ran = place.course("check");
        assert_eq!(ran.code, Some(1), "{ran}");
        assert_eq!(ran.err.matches("error[").count(), 1, "{ran}");
        assert!(
            ran.err
                .contains("error[conflict-marker]: this line is left over"),
            "{ran}"
        );
    }
}

#[test]
fn a_heading_that_is_underlined_is_none() {
    let place = place();
    let lesson = "courses/kurss/lv/02-b.md";
    let text = place.read(lesson);
    place.write(
        lesson,
        &format!(
            "{text}\nCits virsraksts\n---------------\n\nTeksts.\n\n```text\ngit: <<<<<<< HEAD\n```\n"
        ),
    );
    let ran = place.course("check");
    assert!(!ran.err.contains("conflict"), "{ran}");
    assert_eq!(ran.code, Some(0), "{ran}");
    place.write(
        lesson,
        &format!("{text}\nCits virsraksts\n=======\n\nTeksts.\n"),
    );
    let ran = place.course("check");
    assert!(!ran.err.contains("conflict"), "{ran}");
}

#[test]
fn formatting_leaves_such_files_alone_and_says_so() {
    let place = place();
    let path = "courses/kurss/lv/01-a.md";
    let text = in_conflict(&place.read(path), "## B?", "").replace("Teksts.", "Teksts. ");
    place.write(path, &text);
    place.write(
        "courses/kurss/lv/03-c.md",
        "+++\ntitle = \"C\"\nminutes = 1\n+++\n\nTeksts.\n",
    );
    for arguments in ["fmt", "fmt --assign-ids", "fmt --check"] {
        let ran = place.course(arguments);
        assert_eq!(ran.code, Some(1), "{ran}");
        assert!(ran.err.contains("kurss/lv/01-a.md: two versions"), "{ran}");
        assert_eq!(ran.out, "", "{ran}");
    }
    assert_eq!(place.read(path), text);
}

#[test]
fn a_course_whose_id_is_changed_is_told_the_old_one() {
    let place = place();
    place.write(
        "courses/kurss/course.toml",
        &COURSE.replace("\"kurss\"", "\"cits\""),
    );
    for command in ["check", "lock", "build --out bundle"] {
        let ran = place.course(command);
        assert_eq!(ran.code, Some(1), "{ran}");
        assert_eq!(ran.err.matches("error[").count(), 1, "{ran}");
        assert!(
            ran.err
                .contains("error[id-changed]: this course was `kurss` before")
                && ran.err.contains("help: restore the id `kurss`"),
            "{ran}"
        );
    }
    let ran = place.course("lock --still-same kurss");
    assert_eq!(ran.code, Some(2), "{ran}");
    assert!(
        ran.err
            .contains("an id that changed is not kept this way: take the old one back"),
        "{ran}"
    );
    assert!(
        place
            .read("courses/kurss/course.lock")
            .contains("course = \"kurss\"")
    );
    let ran = place.course("check --fix");
    assert_eq!(ran.code, Some(0), "{ran}");
    assert_eq!(place.read("courses/kurss/course.toml"), COURSE);

    // A copy that is another course.
    place.copy("courses/kurss", "courses/cits");
    place.replace("courses/cits/course.toml", "\"kurss\"", "\"cits\"");
    assert!(
        place
            .course("check")
            .err
            .contains("courses/cits/course.toml:1:6")
    );
    std::fs::remove_file(place.path().join("courses/cits/course.lock")).unwrap();
    assert_eq!(place.course("lock").code, Some(0));
}
