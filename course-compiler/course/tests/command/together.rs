//! Several runs of the program in one folder at the same time.

use std::process::ExitStatus;
use std::sync::Barrier;
use std::thread;

use course_compiler::bundle;
use course_compiler::lock::Lock;

use crate::place::{Place, Ran};

/// Runs commands at once; each waits until all are ready.
fn at_once(place: &Place, commands: &[&str]) -> Vec<Ran> {
    let ready = Barrier::new(commands.len());
    thread::scope(|scope| {
        let runs: Vec<_> = commands
            .iter()
            .map(|command| {
                scope.spawn(|| {
                    ready.wait();
                    place.course(command)
                })
            })
            .collect();
        runs.into_iter().map(|run| run.join().unwrap()).collect()
    })
}

#[test]
fn builds_into_one_folder_give_one_whole_bundle() {
    let place = Place::with("valid");
    // Two folders of courses that are not the same, so that each run removes what the other wrote.
    place.copy("courses", "others");
    place.replace(
        "others/visi-veidi/course.toml",
        "theme = \"",
        "theme = \"other-",
    );
    for _ in 0..3 {
        let commands = [
            "build courses --out bundle",
            "build others --out bundle",
            "build courses --out bundle --no-cache",
            "build others --out bundle --no-cache",
        ];
        for ran in at_once(&place, &commands) {
            assert_eq!(ran.code, Some(0), "{ran}");
        }
        let whole = bundle::read(&place.path().join("bundle"));
        assert!(whole.is_ok(), "{whole:?}");
    }
}

#[test]
fn locks_of_one_folder_give_whole_locks_and_leave_nothing_behind() {
    let place = Place::with("valid");
    for ran in at_once(&place, &["lock courses"; 4]) {
        assert_eq!(ran.code, Some(0), "{ran}");
    }
    for course in ["saturs", "visi-veidi"] {
        assert!(Lock::parse(&place.read(&format!("courses/{course}/course.lock"))).is_ok());
        let names = std::fs::read_dir(place.path().join("courses").join(course)).unwrap();
        let left: Vec<String> = names
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.starts_with('.'))
            .collect();
        assert!(left.is_empty(), "{left:?}");
    }
}

#[cfg(unix)]
#[test]
fn whoever_waits_says_so() {
    let place = Place::with("valid");
    let courses = std::fs::File::open(place.path().join("courses")).unwrap();
    courses.lock().unwrap();
    let mut waiting = place.start_with_errors("lock courses");
    let line = waiting.error_line();
    assert!(
        line.starts_with("waiting: another program writes to "),
        "{line}"
    );
    courses.unlock().unwrap();
    let ended: ExitStatus = waiting.wait();
    assert!(ended.success(), "{ended}");
    assert!(place.has("courses/saturs/course.lock"));
}
