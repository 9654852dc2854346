//! A folder for one test, and the program run in it.

use std::fmt;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdout, Command, ExitStatus, Stdio};

/// A folder that lives as long as the test.
pub(crate) struct Place(tempfile::TempDir);

impl Place {
    /// An empty folder.
    pub(crate) fn empty() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// A folder with a copy of `tests/courses/<fixtures>` as `courses`.
    pub(crate) fn with(fixtures: &str) -> Self {
        let place = Self::empty();
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/courses");
        copy(&from.join(fixtures), &place.0.path().join("courses"));
        place
    }

    /// The program in this folder; arguments are parted by spaces.
    fn program(&self, arguments: &str) -> Command {
        let mut program = Command::new(env!("CARGO_BIN_EXE_course"));
        program
            .args(arguments.split_whitespace())
            .current_dir(self.0.path());
        program
    }

    /// Runs `course` here.
    pub(crate) fn course(&self, arguments: &str) -> Ran {
        let output = self.program(arguments).output().unwrap();
        Ran {
            line: format!("course {arguments}"),
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Begins to run `course` here, with its output to be read.
    pub(crate) fn start(&self, arguments: &str) -> Started {
        Started::of(&mut self.program(arguments))
    }

    /// Begins to run `course` here, with programs of a folder here before those of the system.
    pub(crate) fn start_with_path(&self, arguments: &str, programs: &str) -> Started {
        let mut path = self.0.path().join(programs).into_os_string();
        path.push(":");
        path.push(std::env::var_os("PATH").unwrap_or_default());
        Started::of(self.program(arguments).env("PATH", path))
    }

    /// Begins to run `course` here, with its errors to be read.
    pub(crate) fn start_with_errors(&self, arguments: &str) -> Waiting {
        let mut child = self
            .program(arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let errors = BufReader::new(child.stderr.take().unwrap());
        Waiting { child, errors }
    }

    /// Writes a file, with the folders above it.
    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Reads a file.
    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.0.path().join(path)).unwrap()
    }

    /// Replaces a text in a file; it has to be there.
    pub(crate) fn replace(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{from} is not in {path}");
        self.write(path, &text.replace(from, to));
    }

    /// Copies a folder here to another place here.
    pub(crate) fn copy(&self, from: &str, to: &str) {
        copy(&self.0.path().join(from), &self.0.path().join(to));
    }

    /// Whether there is such a file or folder.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.0.path().join(path).exists()
    }

    /// The folder itself.
    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A run of the program that goes on until the test ends.
pub(crate) struct Started {
    child: Child,
    out: BufReader<ChildStdout>,
}

impl Started {
    fn of(program: &mut Command) -> Self {
        let mut child = program
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        Self { child, out }
    }

    /// Waits for the next line of its standard output.
    pub(crate) fn line(&mut self) -> String {
        let mut line = String::new();
        self.out.read_line(&mut line).unwrap();
        line
    }
}

/// A run of the program that says what it waits for.
pub(crate) struct Waiting {
    child: Child,
    errors: BufReader<ChildStderr>,
}

impl Waiting {
    /// Waits for the next line of its standard error.
    pub(crate) fn error_line(&mut self) -> String {
        let mut line = String::new();
        self.errors.read_line(&mut line).unwrap();
        line
    }

    /// Waits until it ends.
    pub(crate) fn wait(mut self) -> ExitStatus {
        self.child.wait().unwrap()
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a run of the program did. Written out, hashes are taken off: they tell nothing that a test is about.
pub(crate) struct Ran {
    line: String,
    /// The exit code.
    pub(crate) code: Option<i32>,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
}

impl fmt::Display for Ran {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = self.code.unwrap_or(-1);
        writeln!(f, "$ {}\nexit code {code}", self.line)?;
        for (name, text) in [("output", &self.out), ("errors", &self.err)] {
            if !text.is_empty() {
                write!(f, "--- {name}\n{}", without_hashes(text))?;
            }
        }
        Ok(())
    }
}

fn without_hashes(text: &str) -> String {
    let mut rest = text;
    let mut shown = String::new();
    while let Some(start) = rest.find(|c: char| c.is_ascii_hexdigit()) {
        let (before, hash) = rest.split_at(start);
        let length = hash
            .find(|c: char| !c.is_ascii_hexdigit())
            .unwrap_or(hash.len());
        let (hash, after) = hash.split_at(length);
        shown.push_str(before);
        shown.push_str(if length >= 16 { "[hash]" } else { hash });
        rest = after;
    }
    shown + rest
}
