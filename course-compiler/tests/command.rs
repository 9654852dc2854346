//! The `course` command as it is run: exit code, output, errors.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn course(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_course"))
        .args(arguments)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/courses"))
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn check_is_quiet_on_standard_output_and_sums_up() {
    let output = course(&["check", "valid"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(text(&output.stdout), "");
    let said = text(&output.stderr);
    assert!(
        said.contains("\n2 courses, 3 lessons, ") && said.ends_with("; 0 errors, 2 warnings\n"),
        "{said}"
    );
    assert!(
        !said.contains('\u{1b}'),
        "no colours and no bar in a pipe: {said}"
    );
}

#[test]
fn check_ends_with_1_when_a_course_has_errors() {
    assert_eq!(course(&["check", "invalid"]).status.code(), Some(1));
}

#[test]
fn check_can_deny_warnings() {
    assert_eq!(
        course(&["check", "valid", "--deny-warnings"]).status.code(),
        Some(1)
    );
}

#[test]
fn check_writes_json() {
    let output = course(&["check", "invalid", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let skip = found
        .as_array()
        .unwrap()
        .iter()
        .find(|found| found["code"] == "heading-skip" && found["line"] == 15)
        .unwrap();
    insta::assert_snapshot!(serde_json::to_string_pretty(skip).unwrap(), @r#"
    {
      "code": "heading-skip",
      "column": 1,
      "end_column": 18,
      "end_line": 15,
      "file": "daudz-kludu/lv/01-kludas.md",
      "fix": null,
      "help": "use `##`",
      "line": 15,
      "message": "a heading of level 4 right under one of level 1",
      "related": [],
      "severity": "warning"
    }
    "#);
}

#[test]
fn wrong_use_and_missing_folders_end_with_2() {
    assert_eq!(course(&["chekc"]).status.code(), Some(2));
    let output = course(&["check", "nowhere"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).starts_with("error: cannot read the courses in nowhere"));
}

#[test]
fn build_writes_a_bundle_and_tells_what_keeps_courses_back() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("bundle");
    let output = course(&[
        "build",
        "valid",
        "--out",
        out.to_str().unwrap(),
        "--jobs",
        "1",
    ]);
    assert_eq!(output.status.code(), Some(0));
    let said = text(&output.stdout);
    assert!(
        said.starts_with("saturs: draft, no review: gender-equality-opinion, legal, ngo-consultation, accessibility; content "),
        "{said}"
    );
    assert!(out.join("manifest.json").exists());

    let file = dir.path().join("file");
    fs::write(&file, "").unwrap();
    let output = course(&["build", "valid", "--out", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("cannot write the bundle"));
}

#[test]
fn explain_prints_the_page_of_a_rule() {
    let output = course(&["explain", "quiz-no-correct"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stdout).starts_with("# quiz-no-correct\n"));
    let all = text(&course(&["explain"]).stdout);
    assert!(
        all.lines().any(|line| line.starts_with("heading-skip")),
        "{all}"
    );
    let unknown = course(&["explain", "no-such-rule"]);
    assert_eq!(unknown.status.code(), Some(2));
}

#[test]
fn lock_writes_the_ids_once() {
    let dir = tempfile::tempdir().unwrap();
    let lesson = "+++\nid = \"l-a\"\ntitle = \"A\"\nminutes = 1\n+++\n\n## B? {#q-b .truefalse}\n\n- [x] Jā\n- [ ] Nē\n";
    fs::create_dir_all(dir.path().join("kurss/lv")).unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/courses/invalid/labs/course.toml");
    fs::copy(from, dir.path().join("kurss/course.toml")).unwrap();
    fs::write(dir.path().join("kurss/lv/01-a.md"), lesson).unwrap();
    let courses = dir.path().to_str().unwrap();
    let output = course(&["lock", courses]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let lock = fs::read_to_string(dir.path().join("kurss/course.lock")).unwrap();
    insta::assert_snapshot!(lock, @r#"
    # Written by `course lock`: the ids that answers are stored under. Commit it, do not edit it.
    version = 1
    course = "labs"
    uuid = "dd135065-5b5d-58e1-bac3-ce9e3b46841b"
    retired = []

    [lesson.l-a]
    uuid = "3f874cb2-9851-52b2-9ffb-3f6232f76abe"

    [question.q-b]
    uuid = "a1e426f2-cbfd-5cd6-a2de-3e4e0703073b"
    kind = "truefalse"
    content = "f12966ff5d8b4082"
    grading = "bb25564440d7be71"

    [[question.q-b.part]]
    id = "cf2ca3d2a"
    role = "choice"
    text = "Jā"

    [[question.q-b.part]]
    id = "c3db1d55d"
    role = "choice"
    text = "Nē"
    "#);
    assert_eq!(
        course(&["check", courses, "--deny-warnings"]).status.code(),
        Some(0)
    );
    course(&["lock", courses]);
    assert_eq!(
        fs::read_to_string(dir.path().join("kurss/course.lock")).unwrap(),
        lock
    );
}
