//! How the compiler is built: its phases in their order, and no circle of files.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::path::Path;

use boundaries::{Exception, Graph, Rule, problems};

/// The modules in order: each names only its own group and those above it.
const PHASES: &[&[&str]] = &[
    // What everything is said in.
    &["source", "edit", "hash"],
    &["model", "grade", "likeness", "paths"],
    &["text", "html", "code", "search", "spelling"],
    &["diagnostic"],
    // From the disk to trees.
    &["load"],
    &["rules"],
    &["parse"],
    // From trees to what their authors wrote, question by question, file by file.
    &["question"],
    &["course"],
    &["draw"],
    &["guess"],
    &["draft"],
    &["translation"],
    &["decisions"],
    &["lock"],
    // A whole course, and what is wrong with it.
    &["draft_course"],
    &["doubts", "options"],
    &["lint"],
    // What becomes of a course without errors.
    &["render"],
    &["assemble"],
    &["bundle"],
    &["compile"],
    // What is done with courses beside compiling them.
    &["diff", "fix", "format", "starter", "stats", "status"],
];

/// Imports that the rules forbid, each with the reason why it is right all the same. None at present.
const EXCEPTIONS: &[Exception<'_>] = &[];

fn texts() -> Vec<(String, String)> {
    fn collect(folder: &Path, below: &str, texts: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            if path.is_dir() {
                collect(&path, &format!("{below}{name}/"), texts);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                texts.push((
                    format!("{below}{name}"),
                    std::fs::read_to_string(&path).unwrap(),
                ));
            }
        }
    }
    let mut texts = Vec::new();
    collect(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        "",
        &mut texts,
    );
    texts
}

/// What is wrong when a line is added to a file.
fn with(file: &str, line: &str) -> Vec<String> {
    let mut texts = texts();
    let (_, text) = texts.iter_mut().find(|(path, _)| path == file).unwrap();
    text.push_str(line);
    problems(
        &Graph::of_texts(texts).unwrap(),
        &[Rule::Order(PHASES)],
        EXCEPTIONS,
    )
}

#[test]
fn phases_are_in_order_and_no_files_import_each_other_in_a_circle() {
    let graph = Graph::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
    assert_eq!(
        problems(&graph, &[Rule::Order(PHASES)], EXCEPTIONS),
        [""; 0]
    );
}

#[test]
fn an_import_of_a_later_phase_is_told() {
    for line in [
        "use crate::compile::compile_tree;",
        "fn planted() { let _ = crate::compile::compile_tree; }",
        "use super::compile;",
    ] {
        let found = with("search.rs", line).join("\n");
        assert!(
            found.contains("`search` comes before `compile`"),
            "{line}: {found}"
        );
    }
}

#[test]
fn a_circle_of_files_within_a_phase_is_told() {
    let found = with("question/items.rs", "use super::choices::weighted;").join("\n");
    assert!(found.contains("in a circle: "), "{found}");
    assert!(
        found.contains("question/items.rs names `weighted` of question/choices.rs"),
        "{found}"
    );
}

#[test]
fn a_module_without_a_place_is_told() {
    let mut texts = texts();
    texts.push(("planted.rs".to_owned(), String::new()));
    let graph = Graph::of_texts(texts).unwrap();
    assert_eq!(
        problems(&graph, &[Rule::Order(PHASES)], EXCEPTIONS),
        ["planted.rs has no place in the order of modules"]
    );
}
