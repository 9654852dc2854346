//! The folder of a bundle: apart from the courses, and nothing in it is touched that is not the bundle's.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use course_compiler::bundle;

use crate::lock::{COURSE, small_course};
use crate::place::Place;

/// All files and folders below a folder, files with their bytes.
fn everything(dir: &Path) -> BTreeMap<String, Option<Vec<u8>>> {
    fn collect(dir: &Path, root: &Path, found: &mut BTreeMap<String, Option<Vec<u8>>>) {
        for entry in fs::read_dir(dir).unwrap() {
            let entry = entry.unwrap();
            let name = entry
                .path()
                .strip_prefix(root)
                .unwrap()
                .display()
                .to_string();
            if entry.file_type().unwrap().is_dir() {
                found.insert(name, None);
                collect(&entry.path(), root, found);
            } else {
                found.insert(name, Some(fs::read(entry.path()).unwrap_or_default()));
            }
        }
    }
    let mut found = BTreeMap::new();
    collect(dir, dir, &mut found);
    found
}

/// A course with an asset, a handbook, a glossary and a programme; and beside the courses a folder `assets`.
fn place() -> Place {
    let place = small_course();
    place.write("courses/kurss/assets/rampa.svg", "<svg/>");
    place.write("courses/kurss/assets/parasts.txt", "Mans.\n");
    place.write(
        "courses/rokasgramata/course.toml",
        &COURSE.replace("kurss", "rokasgramata"),
    );
    place.write("courses/rokasgramata/lv/01-a.md", crate::lock::LESSON);
    place.write("courses/glossary/lv.md", "Rampa {#ramp}\n: Slīpums.\n");
    place.write(
        "courses/programme.toml",
        "[publishing]\nrequired_reviews = []\n",
    );
    place.write("assets/foto.jpg", "mans");
    place.write("citi/cits/course.toml", COURSE);
    place.write("citi/cits/lv/01-a.md", crate::lock::LESSON);
    place
}

/// Runs `course` in a folder of the place.
fn refused(place: &Place, dir: &str, arguments: &str) {
    let before = everything(place.path());
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_course"))
        .args(arguments.split_whitespace())
        .current_dir(place.path().join(dir))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{dir}: {arguments}: {said}");
    assert!(
        said.contains("cannot write the bundle to") && said.contains("name a folder of its own"),
        "{dir}: {arguments}: {said}"
    );
    assert_eq!(everything(place.path()), before, "{dir}: {arguments}");
}

#[test]
fn a_folder_that_is_holds_or_lies_in_a_source_is_refused() {
    let place = place();
    let absolute = place.path().join("courses/kurss").display().to_string();
    for out in [
        ".",
        "./",
        "courses",
        "courses/",
        "./courses/../courses",
        "courses/kurss",
        "courses/kurss/assets",
        "courses/kurss/bundle",
        "courses/kurss/a/b/c",
        "courses/jauns/../kurss/bundle",
        "courses/rokasgramata",
        "courses/glossary",
        "courses/glossary/bundle",
        "courses/programme.toml",
        "courses/bundle",
        "courses/jauns/a/b",
        "courses/.bundle",
        "..",
        "/",
        "citi/cits",
        "citi/cits/bundle",
        "citi",
        &absolute,
    ] {
        refused(&place, "", &format!("build --out {out}"));
        refused(&place, "", &format!("build --no-cache --out {out}"));
        refused(&place, "", &format!("watch --out {out}"));
    }
    // From within.
    for (dir, arguments) in [
        ("courses", "build . --out ."),
        ("courses", "build . --out kurss"),
        ("courses", "build . --out glossary/x"),
        ("courses", "build . --out .."),
        ("courses", "build . --out e"),
        ("courses", "build kurss --out e"),
        ("courses/kurss", "build . --out ../e"),
        ("courses/kurss", "build . --out ."),
        ("courses/kurss", "build . --out bundle"),
        ("courses/kurss", "build . --out .."),
        ("courses/kurss", "build . --out ../rokasgramata"),
        ("courses/kurss", "build . --out ../glossary"),
        ("courses/kurss", "build .. --out assets"),
        ("", "build courses/kurss --out courses/kurss/x"),
        ("", "build courses/kurss --out courses/rokasgramata/x"),
        ("", "build courses/kurss --out ."),
        ("courses/kurss/lv", "build ../.. --out ."),
    ] {
        refused(&place, dir, arguments);
    }
}

#[test]
#[cfg(unix)]
fn links_do_not_hide_where_a_folder_lies() {
    use std::os::unix::fs::symlink;
    let place = place();
    let at = |path: &str| place.path().join(path);
    symlink(at("courses"), at("saite")).unwrap();
    symlink(at("courses/kurss"), at("kurss")).unwrap();
    symlink(at("."), at("courses/kurss/augsup")).unwrap();
    fs::create_dir(at("izeja")).unwrap();
    symlink(at("courses/kurss/assets"), at("izeja/assets")).unwrap();
    for arguments in [
        "build --out saite",
        "build --out saite/kurss/x",
        "build --out kurss",
        "build --out kurss/x/y",
        "build saite --out courses/kurss/x",
        "build saite --out .",
        "build kurss --out courses/kurss/x",
        "build --out izeja",
    ] {
        refused(&place, "", arguments);
    }
}

#[test]
fn a_folder_beside_the_courses_is_taken() {
    let place = place();
    for (dir, out) in [
        ("", "bundle"),
        ("", "a/b/c"),
        ("", "courses/../d"),
        ("courses", "../e"),
    ] {
        let courses = if dir.is_empty() { "courses" } else { "." };
        for _ in 0..2 {
            let output = std::process::Command::new(env!("CARGO_BIN_EXE_course"))
                .args(["build", courses, "--out", out])
                .current_dir(place.path().join(dir))
                .output()
                .unwrap();
            let said = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(0), "{out}: {said}");
            assert!(!said.contains("other files"), "{said}");
        }
        bundle::read(&place.path().join(dir).join(out)).unwrap();
    }
}

#[test]
fn one_course_alone_is_not_built_over_a_bundle_that_has_others() {
    let place = place();
    assert_eq!(place.course("build --out izeja").code, Some(0));
    let before = bundle::read(&place.path().join("izeja")).unwrap();
    assert!(before.courses.len() > 1);
    for arguments in [
        "build courses/kurss --out izeja",
        "build --no-cache courses/kurss --out izeja",
        "watch courses/kurss --out izeja",
    ] {
        refused(&place, "", arguments);
    }
    let ran = place.course("build courses/kurss --out izeja");
    assert!(ran.err.contains("`rokasgramata`"), "{ran}");
    // Of its own it has a bundle, again and again.
    for _ in 0..2 {
        assert_eq!(
            place.course("build courses/kurss --out viens").code,
            Some(0)
        );
    }
    assert_eq!(place.course("build --out viens").code, Some(0));
}

#[test]
fn notes_among_the_lessons_are_no_lessons_and_lessons_no_notes() {
    let place = place();
    for path in ["courses/kurss/lv/CHECK.md", "courses/kurss/lv/README.md"] {
        place.write(path, "# Piezīmes\n");
    }
    let ran = place.course("check");
    assert_eq!(ran.code, Some(0), "{ran}");
    assert!(!ran.err.contains("CHECK.md"), "{ran}");
    let lesson = "+++\nid = \"l-ano\"\ntitle = \"ANO\"\nminutes = 5\n+++\n\nTeksts.\n";
    place.write("courses/kurss/ANO.md", lesson);
    place.write("courses/kurss/course (1).toml", "id = 1\n");
    place.write("courses/program.toml", "a = 1\n");
    place.write("courses/Course.toml", "a = 1\n");
    let ran = place.course("check");
    for name in ["ANO.md", "course (1).toml", "program.toml", "Course.toml"] {
        assert!(ran.err.contains(name), "{name}: {ran}");
    }
}

#[test]
fn files_that_are_not_the_bundles_stay() {
    let place = place();
    let foreign = [
        "izeja/piezimes.txt",
        "izeja/assets/foto.jpg",
        "izeja/assets/mape/foto.jpg",
        "izeja/courses/saraksts.json",
        "izeja/courses/saraksts.keys.json",
        "izeja/courses/mape/a.md",
        "izeja/revisions/vecs.key.json",
        "izeja/.sources",
    ];
    for path in foreign {
        place.write(path, "mans");
    }
    fs::create_dir_all(place.path().join("izeja/courses/tuksa")).unwrap();
    let first = place.course("build --out izeja");
    assert_eq!(first.code, Some(0), "{first}");
    assert!(
        first.err.contains(
            "izeja has other files beside the bundle, which stay as they are: .sources and 4 more"
        ),
        "{first}"
    );
    let runs = [
        ("Nē", "Nemaz"),
        ("Jā", "Protams"),
        ("Labi ir.", "Tieši tā."),
    ];
    for (from, to) in runs {
        place.replace("courses/kurss/lv/01-a.md", from, to);
        for arguments in ["build --out izeja", "build --out izeja --no-cache"] {
            let ran = place.course(arguments);
            assert_eq!(ran.code, Some(0), "{ran}");
            assert!(!ran.err.contains("other files"), "{ran}");
        }
        for path in foreign {
            assert_eq!(place.read(path), "mans", "{path}");
        }
    }
    assert!(place.has("izeja/courses/tuksa"));
    // The bundle's own files of before are gone all the same.
    let own = fs::read_dir(place.path().join("izeja/courses")).unwrap();
    let own = own.filter(|entry| {
        let name = entry.as_ref().unwrap().file_name();
        name.to_string_lossy().starts_with("kurss-")
    });
    assert_eq!(own.count(), 2);
    bundle::read(&place.path().join("izeja")).unwrap();
}

#[test]
fn a_manifest_of_something_else_is_not_replaced() {
    for manifest in [
        "{\"name\": \"Mana lapa\", \"start_url\": \"/\"}",
        "{\"format\": 4, \"courses\": [], \"assets\": [\"foto.jpg\"]}",
        "[]",
        "nav JSON",
    ] {
        let place = place();
        place.write("izeja/manifest.json", manifest);
        place.write("izeja/assets/foto.jpg", "mans");
        refused(&place, "", "build --out izeja");
        refused(&place, "", "build --no-cache --out izeja");
    }
}

#[test]
fn what_a_manifest_says_does_not_reach_other_files() {
    let place = place();
    place.write("upuris.txt", "mans");
    place.write("upuris.json", "mans");
    place.write("upuris.keys.json", "mans");
    assert_eq!(place.course("build --out izeja").code, Some(0));
    place.write("izeja/assets/foto.jpg", "mans");
    place.write("izeja/courses/saraksts.json", "mans");
    let manifest = place.read("izeja/manifest.json");
    let absolute = place.path().join("upuris").display().to_string();
    let hash = "0123456789abcdef0123456789abcdef";
    let mut value: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    let outline = value["courses"][0]["outline"].clone();
    for file in [
        "../../upuris",
        &absolute,
        "saraksts",
        "..",
        "",
        &format!("../../upuris-{hash}"),
    ] {
        value["courses"]
            .as_array_mut()
            .unwrap()
            .push(serde_json::json!({ "file": file, "outline": outline }));
    }
    value["assets"] = serde_json::json!([
        "../../upuris.txt",
        format!("{absolute}.txt"),
        "foto.jpg",
        "../../courses/kurss/assets/rampa.svg",
        "0123456789abcdef-/../../../upuris.txt",
    ]);
    for arguments in ["build --out izeja", "build --no-cache --out izeja"] {
        place.write("izeja/manifest.json", &value.to_string());
        let before = place.read("courses/kurss/assets/rampa.svg");
        let ran = place.course(arguments);
        assert_eq!(ran.code, Some(0), "{ran}");
        for path in [
            "upuris.txt",
            "upuris.json",
            "upuris.keys.json",
            "izeja/assets/foto.jpg",
            "izeja/courses/saraksts.json",
        ] {
            assert_eq!(place.read(path), "mans", "{path}");
        }
        assert_eq!(place.read("courses/kurss/assets/rampa.svg"), before);
        bundle::read(&place.path().join("izeja")).unwrap();
    }
}

#[test]
fn a_damaged_manifest_removes_nothing_and_the_bundle_is_made_again() {
    let place = place();
    assert_eq!(place.course("build --out izeja").code, Some(0));
    let whole = bundle::read(&place.path().join("izeja")).unwrap();
    place.write("izeja/assets/foto.jpg", "mans");
    let manifest = place.read("izeja/manifest.json");
    for damaged in ["", "\0\0\0", manifest.get(..manifest.len() / 2).unwrap()] {
        place.write("izeja/manifest.json", damaged);
        let ran = place.course("build --out izeja");
        assert_eq!(ran.code, Some(0), "{damaged}: {ran}");
        assert_eq!(bundle::read(&place.path().join("izeja")).unwrap(), whole);
        assert_eq!(place.read("izeja/assets/foto.jpg"), "mans");
    }
}

#[test]
fn what_an_interrupted_write_had_begun_goes_with_the_next() {
    let place = place();
    place.replace(
        "courses/kurss/lv/01-a.md",
        "\n\n## ",
        "\n\n![Rampa](../assets/rampa.svg)\n\n## ",
    );
    assert_eq!(place.course("build --out izeja").code, Some(0));
    let hash = "0123456789abcdef0123456789abcdef";
    let begun = [
        format!("izeja/courses/kurss-{hash}.json"),
        format!("izeja/courses/kurss-{hash}.keys.json.new"),
        "izeja/assets/0123456789abcdef-rampa.svg".to_owned(),
        "izeja/assets/0123456789abcdef-cits.svg.new".to_owned(),
    ];
    for path in &begun {
        place.write(path, "puse");
    }
    place.write("izeja/assets/0123456789abcdef-svess.svg", "mans");
    place.write(
        "izeja/.writing",
        &format!(
            "{{\"courses\":[\"kurss-{hash}\",\"../../courses/kurss\"],\"assets\":[\"0123456789abcdef-rampa.svg\",\"0123456789abcdef-cits.svg\",\"../../assets/foto.jpg\"]}}"
        ),
    );
    place.replace("courses/kurss/lv/01-a.md", "Nē", "Nemaz");
    let ran = place.course("build --out izeja");
    assert_eq!(ran.code, Some(0), "{ran}");
    for path in &begun {
        assert!(!place.has(path), "{path}");
    }
    assert_eq!(
        place.read("izeja/assets/0123456789abcdef-svess.svg"),
        "mans"
    );
    assert_eq!(place.read("assets/foto.jpg"), "mans");
    assert_eq!(place.read("izeja/.writing"), "");
    bundle::read(&place.path().join("izeja")).unwrap();
}

#[test]
fn builds_that_meet_leave_a_whole_bundle() {
    let place = place();
    let children: Vec<_> = ["Pirmais", "Otrais", "Trešais", "Ceturtais"]
        .iter()
        .map(|title| {
            place.copy("courses", title);
            place.replace(
                &format!("{title}/kurss/lv/01-a.md"),
                "\"A\"",
                &format!("\"{title}\""),
            );
            std::process::Command::new(env!("CARGO_BIN_EXE_course"))
                .args(["build", title, "--no-cache", "--out", "izeja"])
                .current_dir(place.path())
                .spawn()
                .unwrap()
        })
        .collect();
    for mut child in children {
        assert_eq!(child.wait().unwrap().code(), Some(0));
    }
    bundle::read(&place.path().join("izeja")).unwrap();
    let own = fs::read_dir(place.path().join("izeja/courses")).unwrap();
    assert_eq!(own.count(), 4, "two files for each of two courses");
}
