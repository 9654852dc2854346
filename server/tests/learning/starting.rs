//! Starting the program with valid and invalid folders of courses.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

/// Starts the program with these courses and this data folder, in a folder of its own.
fn start(dir: &Path, courses: &str, data: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_iespeja"))
        .current_dir(dir)
        .env("IESPEJA_COURSES_DIR", courses)
        .env("IESPEJA_DATA_DIR", data)
        .env("IESPEJA_LISTEN", "127.0.0.1:0")
        .output()
        .unwrap()
}

fn refused(output: &Output, words: &[&str]) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success(), "{said}");
    for word in words {
        assert!(said.contains(word), "{word}: {said}");
    }
}

#[test]
fn without_a_course_it_says_where_it_looked_and_leaves_the_bundle_alone() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir_all(dir.path().join("courses/tukss")).unwrap();
    fs::create_dir_all(dir.path().join("data/bundle/courses")).unwrap();
    fs::write(dir.path().join("data/bundle/manifest.json"), "mans").unwrap();
    for courses in ["courses", "courses/tukss", "nowhere"] {
        let output = start(dir.path(), courses, "data");
        refused(&output, &["IESPEJA_COURSES_DIR", courses]);
        let manifest = fs::read_to_string(dir.path().join("data/bundle/manifest.json"));
        assert_eq!(manifest.unwrap(), "mans");
    }
    let output = start(dir.path(), "courses", "data");
    refused(&output, &["there is no course in courses", "course.toml"]);
}

#[test]
fn a_data_folder_inside_a_course_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let course = dir.path().join("courses/kurss");
    fs::create_dir_all(course.join("lv")).unwrap();
    fs::write(course.join("course.toml"), "id = \"kurss\"\n").unwrap();
    for data in ["courses/kurss", "courses/kurss/assets/data"] {
        let output = start(dir.path(), "courses", data);
        refused(
            &output,
            &["IESPEJA_DATA_DIR", "the folder lies in", "kurss"],
        );
        let mut names: Vec<_> = fs::read_dir(&course)
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        names.sort();
        assert_eq!(names, ["course.toml", "lv"]);
    }
}
