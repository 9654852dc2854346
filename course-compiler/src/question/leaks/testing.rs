//! Helpers for the tests of this module: compile samples and return their diagnostics.

use crate::compile::{Options, compile_tree};
use crate::diagnostic::Diagnostic;
use crate::fix;
use crate::load::Tree;

pub(in crate::question::leaks) const COURSE: &str =
    include_str!("../../../tests/courses/valid/visi-veidi/course.toml");
pub(in crate::question::leaks) const FRONT: &str =
    "+++\nid = \"l-a\"\ntitle = \"A\"\nminutes = 1\n+++\n\n";

/// Rules whose diagnostics are ignored for samples.
const ASIDE: [&str; 3] = ["lock-stale", "quiz-no-feedback", "heading-skip"];

/// The diagnostics of a lesson's text.
fn found(body: &str) -> Vec<Diagnostic> {
    let lesson = format!("{FRONT}{body}");
    let files = [
        ("visi-veidi/course.toml", COURSE),
        ("visi-veidi/lv/01-a.md", lesson.as_str()),
    ];
    let compilation = compile_tree(&Tree::from_texts(files), &Options::default(), &()).unwrap();
    compilation
        .diagnostics
        .into_iter()
        .filter(|found| !ASIDE.contains(&found.code.as_ref()))
        .collect()
}

pub(in crate::question::leaks) fn codes(body: &str) -> Vec<String> {
    let found = found(body);
    found.iter().map(|found| found.code.to_string()).collect()
}

/// The text after applying the offered edits, and its diagnostics.
pub(in crate::question::leaks) fn fixed(body: &str) -> (String, Vec<String>) {
    let lesson = format!("{FRONT}{body}");
    let files = [
        ("visi-veidi/course.toml", COURSE),
        ("visi-veidi/lv/01-a.md", lesson.as_str()),
    ];
    let plan = fix::plan(Tree::from_texts(files), &Options::default()).unwrap();
    let text = plan.get("visi-veidi/lv/01-a.md").map_or(lesson, |change| {
        String::from_utf8(change.after.to_vec()).unwrap()
    });
    let body = text.strip_prefix(FRONT).unwrap().to_owned();
    let said = codes(&body);
    (body, said)
}

pub(in crate::question::leaks) const HEAD: &str = "## Kurš? {#q-a .single}\n\n";
pub(in crate::question::leaks) const LIST: &str = "- [x] Darba devējs\n- [ ] Darbinieks\n";

/// The codes of the diagnostics of several lessons, compiled together. `@a` in an id is made unique; a text
/// that starts with `TEST:` becomes a test.
fn of_each(bodies: &[String]) -> Vec<Vec<String>> {
    let lessons: Vec<(String, String)> = bodies
        .iter()
        .enumerate()
        .map(|(at, body)| {
            let (kind, body) = match body.strip_prefix("TEST:") {
                Some(body) => ("kind = \"test\"\npass = 0.5\n", body),
                None => ("minutes = 1\n", body.as_str()),
            };
            let prefix = if kind.contains("test") { 't' } else { 'l' };
            let body = body
                .replace("{#q-a ", &format!("{{#q-a{at} "))
                .replace("{#q-b ", &format!("{{#q-b{at} "));
            let text = format!("+++\nid = \"{prefix}-a{at}\"\ntitle = \"A\"\n{kind}+++\n\n{body}");
            (format!("visi-veidi/lv/{at:04}-a{at}.md"), text)
        })
        .collect();
    let files = lessons
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()));
    let files = files.chain([("visi-veidi/course.toml", COURSE)]);
    let compilation = compile_tree(&Tree::from_texts(files), &Options::default(), &()).unwrap();
    lessons
        .iter()
        .map(|(path, _)| {
            let here = compilation
                .diagnostics
                .iter()
                .filter(|found| &found.location.file == path);
            here.map(|found| found.code.to_string()).collect()
        })
        .collect()
}

/// Asserts that each text has an error of a question.
pub(in crate::question::leaks) fn assert_refused(bodies: &[String]) {
    let said = of_each(bodies);
    let missed: Vec<_> = bodies
        .iter()
        .zip(&said)
        .filter(|(_, codes)| {
            !codes.iter().any(|code| {
                [
                    "quiz-answer-shown",
                    "quiz-looks-checked",
                    "quiz-malformed",
                    "html-unsafe",
                ]
                .contains(&code.as_str())
            })
        })
        .collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

/// Asserts that none of the texts has a diagnostic.
pub(in crate::question::leaks) fn assert_let_pass(bodies: &[String]) {
    const QUIET: [&str; 10] = [
        "feedback-repeats-verdict",
        "lock-stale",
        "quiz-no-feedback",
        "heading-skip",
        "address-bare",
        "asset-missing",
        "reading-level",
        "meta-bad-value",
        "quiz-no-correct",
        "spelling",
    ];
    let said = of_each(bodies);
    let found: Vec<_> = bodies
        .iter()
        .zip(&said)
        .filter(|(_, codes)| codes.iter().any(|code| !QUIET.contains(&code.as_str())))
        .collect();
    assert!(found.is_empty(), "{found:#?}");
}

pub(in crate::question::leaks) fn asked(text: &str) -> String {
    format!("{HEAD}{text}\n\n{LIST}")
}
