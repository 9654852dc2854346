//! Which folder is meant, which courses are found in it, and that nothing is passed over in silence.

use std::collections::BTreeMap;
use std::fs;

use course_compiler::bundle;

use crate::lock::{COURSE, LESSON, small_course};
use crate::place::Place;

/// Two courses, a glossary and a built bundle.
fn built() -> Place {
    let place = small_course();
    place.write("courses/otrs/course.toml", &COURSE.replace("kurss", "otrs"));
    place.write("courses/otrs/lv/01-a.md", LESSON);
    place.write("courses/glossary/lv.md", "Rampa {#ramp}\n: Slīpums.\n");
    assert_eq!(place.course("build --out bundle").code, Some(0));
    place
}

/// The commands that read courses from a folder.
fn commands(courses: &str) -> Vec<String> {
    [
        "check",
        "check --fix",
        "build --out bundle",
        "build --no-cache --out bundle",
        "watch --out bundle",
        "lock",
        "fmt",
        "fmt --assign-ids",
        "status",
        "stats",
        "preview --listen 127.0.0.1:0",
    ]
    .iter()
    .map(|command| {
        let (name, options) = command.split_once(' ').unwrap_or((command, ""));
        format!("{name} {courses} {options}")
    })
    .chain([
        format!("diff {courses} bundle"),
        format!("diff bundle {courses}"),
    ])
    .collect()
}

#[test]
fn a_folder_without_a_course_is_an_error_and_the_bundle_stays() {
    let place = built();
    let whole = bundle::read(&place.path().join("bundle")).unwrap();
    fs::create_dir_all(place.path().join("tukss")).unwrap();
    place.write("dokumenti/README.md", "Teksts.\n");
    for (courses, hint) in [
        ("tukss", ""),
        ("dokumenti", ""),
        (".", ": there are courses in courses"),
        ("courses/kurss/lv", ": it is a part of the course "),
        ("courses/glossary", ": it has the files of a glossary"),
        ("courses/kurss/course.toml", ": it is a part of the course "),
        ("courses/kurss/lv/01-a.md", ": it is a part of the course "),
        ("dokumenti/README.md", ": it is a file"),
    ] {
        for command in commands(courses) {
            let ran = place.course(&command);
            assert_eq!(ran.code, Some(2), "{ran}");
            let said = format!("there is no course in {courses}{hint}");
            assert!(ran.err.contains(&said), "{said}\n{ran}");
            assert!(
                ran.err
                    .contains("A course is a folder with a file `course.toml`"),
                "{ran}"
            );
        }
        assert_eq!(
            bundle::read(&place.path().join("bundle")).unwrap(),
            whole,
            "{courses}"
        );
    }
    let ran = place.course("build nekur --out bundle");
    assert_eq!(ran.code, Some(2), "{ran}");
    assert_eq!(bundle::read(&place.path().join("bundle")).unwrap(), whole);
}

#[test]
fn one_course_can_be_named_and_keeps_what_lies_beside_it() {
    let place = built();
    place.replace(
        "courses/kurss/lv/01-a.md",
        "\n\n## ",
        "\n\nRampa palīdz. \n\n## ",
    );
    place.write("courses/otrs/lv/02-b.md", "Bez metadatiem.\n");
    for courses in [
        "courses/kurss",
        "courses/kurss/",
        "./courses/kurss",
        "courses/otrs/../kurss",
    ] {
        let ran = place.course(&format!("check {courses}"));
        assert_eq!(ran.code, Some(0), "{ran}");
        assert!(
            ran.err.contains("1 course, 1 lesson, 1 question; 0 errors"),
            "{ran}"
        );
        let path = courses.trim_end_matches('/').trim_start_matches("./");
        assert!(
            ran.err.contains(&format!("--> {path}/course.lock")),
            "{ran}"
        );
        let ran = place.course(&format!("build {courses} --out viens"));
        assert_eq!(ran.code, Some(0), "{ran}");
        let bundle = bundle::read(&place.path().join("viens")).unwrap();
        assert_eq!(bundle.courses.len(), 1);
        assert_eq!(bundle.courses[0].slug, "kurss");
        assert_eq!(bundle.glossary.terms.len(), 1, "the glossary is known");
        let lesson = format!("{:?}", bundle.courses[0].lessons[0].texts);
        assert!(lesson.contains("term-ramp"), "{lesson}");
    }
    let absolute = place.path().join("courses/kurss");
    let ran = place.course(&format!("check {}", absolute.display()));
    assert!(ran.err.contains("--> courses/kurss/course.lock"), "{ran}");

    // From within, and each command.
    let within = |arguments: &str| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_course"))
            .args(arguments.split_whitespace())
            .current_dir(&absolute)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let out = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.code(), Some(0), "{arguments}: {said}");
        out + &said
    };
    assert!(within("check .").contains("--> course.lock"));
    assert!(within("fmt .").contains("kurss/lv/01-a.md"));
    assert!(
        !place
            .read("courses/kurss/lv/01-a.md")
            .contains("palīdz. \n")
    );
    within("lock .");
    assert!(place.has("courses/kurss/course.lock") && !place.has("courses/otrs/course.lock"));
    assert!(within("status .").contains("kurss"));
    assert!(!within("stats .").contains("otrs"));
    within("build . --out ../../viens");
    within("diff ../../viens .");
}

#[test]
fn a_translation_of_one_course_can_be_found_right() {
    let translation = LESSON.replace("Jā", "Yes").replace("Nē", "No");
    for place_named in ["courses/kurss/en/01-a.md:7", "kurss/en/01-a.md:7", "en"] {
        let place = small_course();
        place.write("courses/kurss/en/01-a.md", &translation);
        place.course("lock");
        place.write(
            "courses/kurss/lv/01-a.md",
            &LESSON.replace("Labi ir.", "Patiesi."),
        );
        let ran = place.course("check courses/kurss");
        assert!(ran.err.contains("--> courses/kurss/en/01-a.md:7:"), "{ran}");
        let ran = place.course(&format!("lock courses/kurss --still-right {place_named}"));
        assert_eq!(ran.code, Some(0), "{ran}");
        assert!(!ran.err.contains("i18n-stale"), "{ran}");
    }
}

#[test]
fn one_course_can_be_compared_with_git() {
    let place = built();
    let git = |arguments: &[&str]| {
        let git = std::process::Command::new("git")
            .arg("-C")
            .arg(place.path())
            .args(arguments)
            .status();
        assert!(git.unwrap().success());
    };
    git(&["init", "-q"]);
    git(&["add", "courses"]);
    git(&[
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@example.lv",
        "commit",
        "-qm",
        "a",
    ]);
    place.replace("courses/otrs/lv/01-a.md", "Labi ir.", "Tā.");
    let ran = place.course("diff --git HEAD courses/kurss");
    assert_eq!(
        (ran.code, ran.out.as_str()),
        (Some(0), "Questions: 1 unchanged.\n"),
        "{ran}"
    );
}

#[test]
fn a_new_course_is_not_begun_in_another() {
    let place = small_course();
    let ran = place.course("new jauns courses/kurss");
    assert_eq!(ran.code, Some(2), "{ran}");
    assert!(
        ran.err
            .contains("name the folder in which it lies, such as courses"),
        "{ran}"
    );
    assert!(!place.has("courses/kurss/jauns"));
}

/// What `course check` says of files that lie beside a small course, as code and path.
fn told(files: &[&str]) -> Vec<(String, String)> {
    told_with(files, LESSON)
}

fn told_with(files: &[&str], text: &str) -> Vec<(String, String)> {
    let place = small_course();
    place.write("courses/glossary/lv.md", "Rampa {#ramp}\n: Slīpums.\n");
    place.course("lock");
    for file in files {
        place.write(file, text);
    }
    told_of(&place)
}

fn told_of(place: &Place) -> Vec<(String, String)> {
    let ran = place.course("check --format json");
    let found: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let found = found.as_array().unwrap().iter();
    found
        .map(|found| {
            let text = |key: &str| found[key].as_str().unwrap_or_default().to_owned();
            (
                format!("{}[{}]", text("severity"), text("code")),
                text("file"),
            )
        })
        .collect()
}

#[test]
fn what_is_skipped_is_told_once_and_alone() {
    for (files, how, path) in [
        (
            &["courses/kurss/Lv/02-b.md"][..],
            "error",
            "courses/kurss/Lv",
        ),
        (
            &["courses/kurss/LV/02-b.md", "courses/kurss/LV/03-c.md"],
            "error",
            "courses/kurss/LV",
        ),
        (
            &["courses/kurss/Course.toml"],
            "error",
            "courses/kurss/Course.toml",
        ),
        (
            &["courses/kurss/lv/02-b.MD"],
            "error",
            "courses/kurss/lv/02-b.MD",
        ),
        (
            &["courses/kurss/lv/02-b.markdown"],
            "error",
            "courses/kurss/lv/02-b.markdown",
        ),
        (&["courses/kurss/ru/01-a.md"], "warning", "courses/kurss/ru"),
        (
            &["courses/kurss/lv/dala/01-a.md"],
            "warning",
            "courses/kurss/lv/dala",
        ),
        (
            &["courses/kurss/02-b.md"],
            "warning",
            "courses/kurss/02-b.md",
        ),
        (
            &["courses/kurss/lv/02-b.docx"],
            "warning",
            "courses/kurss/lv/02-b.docx",
        ),
        (
            &["courses/glossary/EN.md"],
            "error",
            "courses/glossary/EN.md",
        ),
        (
            &["courses/glossary/ru.md"],
            "warning",
            "courses/glossary/ru.md",
        ),
        (
            &["courses/Programme.toml"],
            "error",
            "courses/Programme.toml",
        ),
        (&["courses/02-b.md"], "warning", "courses/02-b.md"),
        (
            &["courses/cits/course.TOML"],
            "error",
            "courses/cits/course.TOML",
        ),
        (&["courses/cits/Lv/01-a.md"], "error", "courses/cits/Lv"),
        (&["courses/cits/ru/01-a.md"], "warning", "courses/cits"),
        (&["courses/cits/01-a.md"], "warning", "courses/cits"),
        (
            &["courses/dalas/cits/course.toml"],
            "warning",
            "courses/dalas/cits",
        ),
        (
            &["courses/dalas/cits/lv/01-a.md"],
            "warning",
            "courses/dalas/cits",
        ),
    ] {
        let expected = (format!("{how}[file-skipped]"), path.to_owned());
        assert_eq!(told(files), [expected], "{files:?}");
    }
}

#[test]
fn the_file_of_a_course_under_another_name_is_the_only_mistake() {
    let place = small_course();
    fs::rename(
        place.path().join("courses/kurss/course.toml"),
        place.path().join("courses/kurss/course.TOML"),
    )
    .unwrap();
    let found = told_of(&place);
    assert_eq!(
        found,
        [(
            "error[file-skipped]".to_owned(),
            "courses/kurss/course.TOML".to_owned()
        )]
    );
    let ran = place.course("check courses/kurss");
    assert_eq!(ran.code, Some(1), "{ran}");
    assert!(ran.err.contains("rename it to `course.toml`"), "{ran}");

    // One more of the kind says no more than that.
    place.copy("courses/kurss", "courses/otrs");
    assert_eq!(told_of(&place).len(), 2);

    let place = small_course();
    let at = |path: &str| place.path().join(path);
    fs::rename(at("courses/kurss/lv"), at("courses/kurss/LV")).unwrap();
    let found = told_of(&place);
    assert_eq!(
        found,
        [(
            "error[file-skipped]".to_owned(),
            "courses/kurss/LV".to_owned()
        )]
    );
    fs::rename(
        at("courses/kurss/course.toml"),
        at("courses/kurss/COURSE.TOML"),
    )
    .unwrap();
    for courses in ["courses", "courses/kurss"] {
        let ran = place.course(&format!("check {courses}"));
        assert_eq!(ran.code, Some(2), "{ran}");
        assert!(
            ran.err
                .contains("courses/kurss/COURSE.TOML would have to be named `course.toml`"),
            "{ran}"
        );
    }
}

#[test]
fn notes_are_not_told() {
    let files = [
        "courses/CHECK.md",
        "courses/README.md",
        "courses/LICENSE",
        "courses/ideas.md",
        "courses/kurss/CHECK.md",
        "courses/kurss/NOTES.txt",
        "courses/kurss/LICENSE",
        "courses/kurss/readme.md",
        "courses/kurss/atzinums.pdf",
        "courses/kurss/.git/HEAD.md",
        "courses/kurss/lv/.02-b.md.swp",
        "courses/kurss/lv/02-b.md~",
        "courses/glossary/README.md",
        "courses/docs/intro.md",
        "courses/.arhivs/cits/course.toml",
        "courses/kurss/.arhivs/01-a.md",
    ];
    assert_eq!(told_with(&files, "# Piezīmes\n"), []);
}

#[test]
fn a_course_can_switch_the_warning_off() {
    let place = small_course();
    place.course("lock");
    place.write("courses/kurss/ru/01-a.md", LESSON);
    place.write(
        "courses/kurss/course.toml",
        &format!("{COURSE}\n[lint]\nfile-skipped = \"off\"\n"),
    );
    assert_eq!(told_of(&place), []);
    place.write("courses/kurss/lv/02-b.MD", LESSON);
    assert_eq!(
        told_of(&place).len(),
        1,
        "what leaves no doubt stays an error"
    );
}

#[test]
#[cfg(unix)]
fn links_beside_the_courses_are_told_and_not_followed() {
    use std::os::unix::fs::symlink;
    let place = small_course();
    place.course("lock");
    place.write("elsewhere/course.toml", &COURSE.replace("kurss", "cits"));
    place.write("elsewhere/lv/01-a.md", LESSON);
    place.write("elsewhere/programme.toml", "");
    let at = |path: &str| place.path().join(path);
    symlink(at("elsewhere"), at("courses/cits")).unwrap();
    symlink(at("nowhere"), at("courses/nekur")).unwrap();
    symlink(at("elsewhere"), at("courses/glossary")).unwrap();
    symlink(at("elsewhere/programme.toml"), at("courses/programme.toml")).unwrap();
    symlink(at("elsewhere/lv/01-a.md"), at("courses/README.md")).unwrap();
    let found: BTreeMap<String, String> = told_of(&place)
        .into_iter()
        .map(|(how, path)| (path, how))
        .collect();
    let paths: Vec<&str> = found.keys().map(String::as_str).collect();
    assert_eq!(
        paths,
        [
            "courses/cits",
            "courses/glossary",
            "courses/nekur",
            "courses/programme.toml"
        ]
    );
    assert!(
        found.values().all(|how| how == "error[file-unreadable]"),
        "{found:?}"
    );
    fs::remove_dir_all(at("courses/kurss")).unwrap();
    let ran = place.course("check");
    assert_eq!(ran.code, Some(2), "{ran}");
    assert!(
        ran.err
            .contains("courses/cits: symbolic links are not followed"),
        "{ran}"
    );
    // Named itself, a link is followed: somebody said so.
    assert_eq!(place.course("check courses/cits").code, Some(0));
}

#[test]
fn what_is_skipped_is_seen_by_a_build_that_changed_nothing_else() {
    let place = small_course();
    place.course("lock");
    let build = || place.course("build --out bundle");
    assert!(!build().err.contains("file-skipped"));
    place.write("courses/cits/course.TOML", COURSE);
    for _ in 0..2 {
        let ran = build();
        assert_eq!(ran.code, Some(1), "{ran}");
        assert!(ran.err.contains("error[file-skipped]"), "{ran}");
    }
    fs::remove_dir_all(place.path().join("courses/cits")).unwrap();
    assert_eq!(build().code, Some(0));
}
