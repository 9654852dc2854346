//! Nothing outside of a course's folder is read, by whatever path.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use course_compiler::compile::{Options, compile};
use course_compiler::{bundle, load};

use crate::{COURSE, HEAD};

const SECRET: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><!-- 5ecre7 --></svg>";

/// A folder of courses, and beside it and in another course what must not get into this one.
fn place() -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let courses = dir.path().join("courses");
    let write = |path: &str, text: &str| {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("secret.svg", SECRET);
    write("secret/01-a.md", &format!("{HEAD}5ecre7\n"));
    write("courses/secret.svg", SECRET);
    write("courses/.secret.svg", SECRET);
    write("courses/k/course.toml", COURSE);
    write("courses/k/lv/01-a.md", &format!("{HEAD}Teksts.\n"));
    (dir, courses)
}

/// Whether the secret is in the bundle, as it is in memory or on the disk.
fn leaks(courses: &Path) -> bool {
    let compilation = compile(courses, &Options::default(), &()).unwrap();
    let out = tempfile::tempdir().unwrap();
    bundle::write(&compilation.bundle, out.path()).unwrap();
    let tree = load::read(courses).unwrap();
    let read = tree
        .folders
        .values()
        .flat_map(|folder| folder.files.values());
    format!("{:?}", compilation.bundle.courses).contains("5ecre7")
        || read
            .chain(compilation.bundle.assets.values())
            .any(|bytes| String::from_utf8_lossy(bytes).contains("5ecre7"))
        || fs::read_dir(out.path().join("assets")).unwrap().count() > 0
}

#[test]
fn no_path_in_a_lesson_leads_out_of_the_course() {
    let (dir, courses) = place();
    let absolute = dir.path().join("secret.svg").display().to_string();
    let paths = [
        "../../../secret.svg",
        "../../secret.svg",
        "%2e%2e/%2e%2e/secret.svg",
        "%2E./.%2e/..%2fsecret.svg",
        "..%2f..%2f..%2fsecret.svg",
        "..%5c..%5csecret.svg",
        "..\\\\..\\\\secret.svg",
        "..&#47;..&sol;secret.svg",
        "../assets/../../secret.svg",
        "../../k/../secret.svg",
        "....//....//secret.svg",
        "../../.secret.svg",
        "%252e%252e/%252e%252e/secret.svg",
        "..%00/../secret.svg",
        &absolute,
        &format!("file://{absolute}"),
        &format!("..//{absolute}"),
    ];
    for path in paths {
        for lesson in [
            format!("![a](<{path}>)"),
            format!("[a](<{path}>)"),
            format!("## K? {{#q-a .single}}\n\n- [x] ![a](<{path}>)\n- [ ] b"),
        ] {
            fs::write(courses.join("k/lv/01-a.md"), format!("{HEAD}{lesson}\n")).unwrap();
            assert!(!leaks(&courses), "{lesson}");
        }
    }
}

#[test]
fn no_symbolic_link_is_followed() {
    // (what is a link, where it leads from the folder of courses)
    for (link, to) in [
        ("k/assets/a.svg", "../../../secret.svg"),
        ("k/assets/a.svg", "../../secret.svg"),
        ("k/assets", "../.."),
        ("k/lv/02-b.md", "../../../secret/01-a.md"),
        ("k/en", "../../secret"),
        ("x/lv", "../../secret"),
        ("glossary", "../secret"),
        ("l", "k"),
    ] {
        let (_dir, courses) = place();
        let at = courses.join(link);
        fs::create_dir_all(at.parent().unwrap()).unwrap();
        symlink(to, &at).unwrap();
        assert!(fs::metadata(&at).is_ok(), "{link} leads somewhere");
        let picture = format!("{HEAD}![a](../assets/a.svg) ![b](../assets/secret.svg)\n");
        for lesson in [format!("{HEAD}Teksts.\n"), picture] {
            fs::write(courses.join("k/lv/01-a.md"), lesson).unwrap();
            assert!(!leaks(&courses), "{link} → {to}");
        }
        let tree = load::read(&courses).unwrap();
        assert!(
            !tree.folders.contains_key("l"),
            "a course is a folder, not a link"
        );
    }
}

#[test]
fn a_link_in_a_loop_is_told_and_compiling_ends() {
    let (_dir, courses) = place();
    symlink("..", courses.join("k/lv/up")).unwrap();
    symlink("self", courses.join("k/self")).unwrap();
    let compilation = compile(&courses, &Options::default(), &()).unwrap();
    let told = |file: &str| {
        compilation
            .diagnostics
            .iter()
            .any(|found| found.location.file == file && found.code == "file-unreadable")
    };
    assert!(
        told("k/lv/up") && told("k/self"),
        "{:?}",
        compilation.diagnostics
    );
}
