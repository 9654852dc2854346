//! Learning paths, `paths.toml` beside the courses, are checked with the courses.

use course_compiler::compile::{Compilation, Options, Session, compile, compile_tree};
use course_compiler::load::Tree;

const COURSE: &str = "kind = \"course\"\nground = \"none\"\naudience = \"everyone\"\nhours = 1\n\
                      source_language = \"lv\"\ntitle = { lv = \"Kurss\" }\nsummary = { lv = \"Īsi.\" }\n";
const LESSON: &str = "+++\nid = \"l-a\"\ntitle = \"Ievads\"\nminutes = 1\n+++\n\nTeksts.\n";
const PATHS: &str = "[[path]]\nid = \"cels\"\ntitle = { lv = \"a\", en = \"a\" }\nsummary = { lv = \"a\", en = \"a\" }\n\
                     for_whom = { lv = \"a\", en = \"a\" }\n\n[[path.step]]\none_of = [\"viens\", \"otrs\"]\n";

fn files(paths: &str) -> Vec<(&'static str, String)> {
    vec![
        ("mape-a/course.toml", format!("id = \"viens\"\n{COURSE}")),
        ("mape-a/lv/01-a.md", LESSON.to_owned()),
        // It has an error, but it is a course.
        ("mape-b/course.toml", format!("id = \"otrs\"\n{COURSE}")),
        ("mape-b/lv/01-a.md", format!("{LESSON}\n[x](nav.md)\n")),
        ("paths.toml", paths.to_owned()),
    ]
}

fn said(compilation: &Compilation) -> Vec<String> {
    let found = compilation.diagnostics.iter();
    found
        .filter(|found| found.location.file == "paths.toml")
        .map(|found| {
            assert!(found.is_error());
            let place = found.location.start;
            format!("{}:{} {}", place.line, place.column, found.message)
        })
        .collect()
}

#[test]
fn mistakes_are_told_with_their_places_and_take_no_course_away() {
    for (from, to, expected) in [
        ("", "", [].as_slice()),
        (
            "\"otrs\"",
            "\"nav\"",
            &["8:20 the path `cels` names the course `nav`, but there is none with this id"],
        ),
        (
            "summary = { lv = \"a\", en = \"a\" }",
            "summary = { lv = \"a\" }",
            &["1:1 the path `cels` has no `summary` in `en`"],
        ),
        (
            "id = \"cels\"",
            "id = \"Ceļš\"",
            &["1:1 `Ceļš` cannot be the id of a path: use a-z, 0-9 and -"],
        ),
    ] {
        let files = files(&PATHS.replacen(from, to, 1));
        let tree = Tree::from_texts(files.iter().map(|(path, text)| (*path, text.as_str())));
        let compilation = compile_tree(&tree, &Options::default(), &()).unwrap();
        assert_eq!(said(&compilation), expected, "{to}");
        assert_eq!(compilation.bundle.courses.len(), 1);
    }
    let files = files("[[path]\n");
    let tree = Tree::from_texts(files.iter().map(|(path, text)| (*path, text.as_str())));
    let compilation = compile_tree(&tree, &Options::default(), &()).unwrap();
    assert_eq!(said(&compilation).len(), 1);
}

#[test]
fn a_session_sees_them_change_and_one_course_alone_is_not_asked_about_them() {
    let dir = tempfile::tempdir().unwrap();
    for (path, text) in files(&PATHS.replace("\"otrs\"", "\"nav\"")) {
        let path = dir.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let mut session = Session::new(dir.path(), Options::default()).unwrap();
    assert_eq!(said(&session.rebuild(&()).unwrap().compilation).len(), 1);
    let alone = compile(&dir.path().join("mape-a"), &Options::default(), &()).unwrap();
    assert_eq!(said(&alone), [""; 0]);

    std::fs::write(dir.path().join("paths.toml"), PATHS).unwrap();
    let update = session.rebuild(&()).unwrap();
    assert_eq!(said(&update.compilation), [""; 0]);
    assert!(update.changed.is_empty(), "no course changed");
}
