//! A disk that is full, and folders that may not be written: the error says so, and nothing is lost.

#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, Output};

use course_compiler::bundle;

use crate::place::Place;

/// Nobody's number where there is one; any that has no rights here will do.
const NOBODY: u32 = 65_534;

/// A place with a bundle, and courses that changed since.
fn built() -> Place {
    let place = Place::with("valid");
    assert_eq!(place.course("build --out bundle").code, Some(0));
    place.replace("courses/saturs/course.toml", "Viss", "Gandrīz viss");
    place
}

/// The files of the bundle with their bytes.
fn files(place: &Place) -> BTreeMap<String, Vec<u8>> {
    let bundle = place.path().join("bundle");
    ["", "courses", "assets", "revisions"]
        .iter()
        .flat_map(|folder| fs::read_dir(bundle.join(folder)).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .map(|path| (path.display().to_string(), fs::read(&path).unwrap()))
        .collect()
}

fn fails(output: &Output, with: &str) {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{errors}");
    assert!(
        errors.contains("error: cannot write ") && errors.contains(with),
        "{errors}"
    );
}

#[test]
fn a_file_that_cannot_grow_leaves_the_bundle_whole() {
    let place = built();
    let before = files(&place);
    for arguments in ["build --out bundle", "build --out bundle --no-cache"] {
        let limited = format!("trap '' XFSZ; ulimit -f 1; exec \"$0\" {arguments}");
        let output = Command::new("sh")
            .args(["-c", &limited, env!("CARGO_BIN_EXE_course")])
            .current_dir(place.path())
            .output()
            .unwrap();
        fails(&output, "bundle: File too large");
        assert_eq!(files(&place), before);
    }
    let now = place.course("build --out bundle");
    assert_eq!(now.code, Some(0), "{now}");
    assert_ne!(files(&place), before);
}

/// At the last step, when all but the manifest is written.
#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_leaves_the_bundle_whole() {
    let place = built();
    let bundle = place.path().join("bundle");
    let before = bundle::read(&bundle).unwrap();
    std::os::unix::fs::symlink("/dev/full", bundle.join("manifest.json.new")).unwrap();
    let ran = place.course("build --out bundle");
    assert_eq!(ran.code, Some(2), "{ran}");
    assert!(
        ran.err
            .contains("cannot write the bundle to bundle: No space left on device"),
        "{ran}"
    );
    assert_eq!(bundle::read(&bundle).unwrap(), before);
    assert_eq!(place.course("build --out bundle").code, Some(0));
    assert_ne!(bundle::read(&bundle).unwrap(), before);
}

/// Runs `course` without the right to write the folders, also when the test itself may write everything.
fn without_rights(place: &Place, folders: &[&str], arguments: &str) -> Output {
    let mode =
        |path: &Path, mode: u32| fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    let may_everything = fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0);
    let mut command = if may_everything {
        // Who has no rights may not come to where the program was built, either.
        let program = place.path().join("course");
        fs::copy(env!("CARGO_BIN_EXE_course"), &program).unwrap();
        mode(place.path(), 0o755);
        let mut command = Command::new(program);
        command.uid(NOBODY).gid(NOBODY);
        command
    } else {
        Command::new(env!("CARGO_BIN_EXE_course"))
    };
    for folder in folders {
        mode(&place.path().join(folder), 0o555);
    }
    let output = command
        .args(arguments.split_whitespace())
        .current_dir(place.path())
        .output()
        .unwrap();
    for folder in folders {
        mode(&place.path().join(folder), 0o755);
    }
    output
}

#[test]
fn a_folder_without_the_right_to_write_leaves_the_bundle_whole() {
    let place = built();
    let before = files(&place);
    let all = [
        "bundle",
        "bundle/courses",
        "bundle/assets",
        "bundle/revisions",
    ];
    let output = without_rights(&place, &all, "build --out bundle");
    fails(&output, "bundle: Permission denied");
    assert_eq!(files(&place), before);
}

#[test]
fn a_course_without_the_right_to_write_is_not_locked() {
    let place = Place::with("valid");
    let output = without_rights(&place, &["courses/saturs"], "lock");
    fails(&output, "Permission denied");
    assert!(!place.has("courses/saturs/course.lock"));
}
