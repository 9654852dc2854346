//! The program as a process: its files, its log, and its errors when it cannot start.

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use tempfile::TempDir;

pub(crate) fn courses() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../courses")
}

/// Where the program's log goes.
fn log(data: &Path) -> PathBuf {
    data.with_extension("log")
}

/// The program, started by a shell after the commands `before`.
pub(crate) fn program(before: &str, data: &Path) -> Command {
    let mut command = Command::new("sh");
    command
        .arg("-c")
        .arg(format!("{before}; exec \"$0\" \"$@\""))
        .arg(env!("CARGO_BIN_EXE_iespeja"))
        .current_dir(
            data.ancestors()
                .skip(1)
                .find(|above| above.is_dir())
                .unwrap(),
        )
        .env("IESPEJA_DATA_DIR", data)
        .env("IESPEJA_COURSES_DIR", courses())
        .env("IESPEJA_LISTEN", "127.0.0.1:0")
        .env_remove("RUST_LOG")
        .stdin(Stdio::null())
        .stdout(Stdio::piped());
    command
}

pub(crate) struct Running {
    pub(crate) child: Child,
    pub(crate) address: String,
    log: PathBuf,
}

impl Running {
    pub(crate) fn start(before: &str, data: &Path) -> Self {
        Self::of(program(before, data), data)
    }

    /// Starts the program where it listens at a known address.
    pub(crate) fn at(program: Command, data: &Path, address: String) -> Self {
        let mut running = Self::spawned(program, data, "https://");
        running.address = address;
        running
    }

    pub(crate) fn of(program: Command, data: &Path) -> Self {
        Self::spawned(program, data, "http://")
    }

    fn spawned(mut program: Command, data: &Path, scheme: &str) -> Self {
        let mut child = program
            .stderr(fs::File::create(log(data)).unwrap())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = lines.by_ref().map_while(Result::ok).find_map(|line| {
            line.split_once(scheme)
                .map(|(_, address)| address.trim().to_owned())
        });
        // The rest of the output is not needed.
        std::thread::spawn(move || lines.for_each(drop));
        let log = log(data);
        let address = address.unwrap_or_else(|| panic!("{}", fs::read_to_string(&log).unwrap()));
        Self {
            child,
            address,
            log,
        }
    }

    pub(crate) fn ask(&self, text: &[u8]) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_mins(1)))
            .unwrap();
        stream.write_all(text).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// What it wrote to its log so far.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap()
    }

    /// Ends it; what it wrote to its log.
    pub(crate) fn stop(mut self) -> String {
        self.end();
        self.log()
    }

    fn end(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// No program outlives a test, also one that failed.
impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}

fn refused(before: &str, data: &Path) -> String {
    // Not into a file: there may be no room for one.
    let output = program(before, data)
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success(), "it started: {said}");
    assert!(!said.contains("panicked"), "{said}");
    said
}

/// Everything below the folder to which other users have access.
fn open_to_others(folder: &Path, found: &mut Vec<String>) {
    let rights = |path: &Path| fs::symlink_metadata(path).unwrap().permissions().mode() & 0o7777;
    if rights(folder) != 0o700 {
        found.push(format!("{} {:o}", folder.display(), rights(folder)));
    }
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            open_to_others(&path, found);
        } else if rights(&path) != 0o600 {
            found.push(format!("{} {:o}", path.display(), rights(&path)));
        }
    }
}

#[test]
fn files_are_accessible_to_their_owner_only_and_invalid_requests_are_no_errors() {
    let place = TempDir::new().unwrap();
    let data = place.path().join("data");
    let running = Running::start("umask 0", &data);
    for name in [
        "secret.key",
        "iespeja.db",
        "iespeja.db-wal",
        "iespeja.db-shm",
        "bundle",
    ] {
        assert!(data.join(name).exists(), "{name}");
    }
    let mut open = Vec::new();
    open_to_others(&data, &mut open);
    assert_eq!(open, Vec::<String>::new());

    for request in [
        &b"nonsense\r\n\r\n"[..],
        b"GET / HTTP/1.1\r\nBad Header: x\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"GET /%ff%00 HTTP/1.1\r\nHost: x\r\nCookie: \xff\r\nConnection: close\r\n\r\n",
        b"POST /lv/sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1\r\nConnection: close\r\n\r\n{",
        b"POST /lv/sign-in HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ] {
        let answer = running.ask(request);
        assert!(answer.starts_with("HTTP/1.1 4"), "{request:?}: {answer}");
    }
    let large = [b"GET / HTTP/1.1\r\nX: ".to_vec(), vec![b'a'; 200_000]].concat();
    assert!(running.ask(&large).starts_with("HTTP/1.1 431"));
    let said = running.stop();
    assert!(!said.contains("\"ERROR\""), "{said}");

    // Access given to others is removed at the next start, with a line in the log.
    fs::set_permissions(&data, fs::Permissions::from_mode(0o755)).unwrap();
    for name in ["iespeja.db", "secret.key"] {
        fs::set_permissions(data.join(name), fs::Permissions::from_mode(0o644)).unwrap();
    }
    let said = Running::start("umask 0", &data).stop();
    assert!(said.contains("were open to other users"), "{said}");
    let mut open = Vec::new();
    open_to_others(&data, &mut open);
    assert_eq!(open, Vec::<String>::new());
}

#[test]
fn errors_at_the_start_say_what_to_do() {
    let place = TempDir::new().unwrap();
    let data = place.path().join("data");
    fs::create_dir(&data).unwrap();
    for (content, problem) in [
        ("", "is empty"),
        ("AAAA", "was not written to its end"),
        ("?", "was not written to its end"),
    ] {
        fs::write(data.join("secret.key"), content).unwrap();
        let said = refused("true", &data);
        assert!(
            said.contains("secret.key") && said.contains(problem),
            "{said}"
        );
        assert!(said.contains("delete the file"), "{said}");
    }
    fs::remove_file(data.join("secret.key")).unwrap();

    // A full disk.
    let full = "trap '' XFSZ; ulimit -f 0";
    let said = refused(full, &data);
    assert!(said.contains("cannot be written"), "{said}");
    assert!(!data.join("secret.key").exists(), "half a key is left");

    let file = place.path().join("file");
    fs::write(&file, "x").unwrap();
    let said = refused("true", &file);
    assert!(said.contains("has to be a folder, and is a file"), "{said}");

    std::os::unix::fs::symlink(place.path().join("nowhere"), place.path().join("link")).unwrap();
    let said = refused("true", &place.path().join("link"));
    assert!(said.contains("which does not exist"), "{said}");

    // Below a file: one error, and no other of what follows from it.
    let said = refused("true", &file.join("data"));
    assert!(said.contains("has to be a folder, and is a file"), "{said}");
    assert_eq!(said.trim().lines().count(), 1, "{said}");

    fs::create_dir(data.join("iespeja.db")).unwrap();
    let said = refused("true", &data);
    assert!(
        said.contains("iespeja.db has to be a file, and is a folder"),
        "{said}"
    );
    assert!(said.contains("move it away"), "{said}");
}

#[test]
fn access_to_linked_parts_of_the_data_folder_is_removed_or_logged() {
    let place = TempDir::new().unwrap();
    let data = place.path().join("data");
    fs::create_dir(&data).unwrap();
    for name in ["mail", "bundle"] {
        let target = place.path().join(format!("{name}s"));
        fs::create_dir(&target).unwrap();
        fs::set_permissions(&target, fs::Permissions::from_mode(0o755)).unwrap();
        std::os::unix::fs::symlink(&target, data.join(name)).unwrap();
    }
    fs::write(place.path().join("mails/index.html"), "x").unwrap();
    let said = Running::start("umask 0", &data).stop();
    assert!(said.contains("symbolic link to a place"), "{said}");
    let mode = |name: &str| {
        fs::metadata(place.path().join(name))
            .unwrap()
            .permissions()
            .mode()
    };
    assert_eq!(
        (mode("mails") & 0o777, mode("bundles") & 0o777),
        (0o755, 0o700)
    );
    let mut open = Vec::new();
    open_to_others(&place.path().join("bundles"), &mut open);
    assert_eq!(open, Vec::<String>::new());
}

#[test]
fn a_public_address_without_a_mail_server_warns_and_wants_the_demonstration_twice() {
    let place = TempDir::new().unwrap();
    let data = place.path().join("data");
    let public = |arguments: &[&str]| {
        let mut program = program("true", &data);
        program
            .args(arguments)
            .env("IESPEJA_BASE_URL", "https://iespeja.test");
        program
    };
    for (arguments, words) in [
        (&["--demo"][..], "say --public-demo too"),
        (&["--public-demo"], "--demo"),
    ] {
        let output = public(arguments).stderr(Stdio::piped()).output().unwrap();
        assert!(!output.status.success(), "{arguments:?}");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains(words), "{said}");
    }
    assert!(!data.exists(), "nothing is written before");

    let warning = "no mail server is set (IESPEJA_SMTP_URL)";
    let said = Running::at(public(&[]), &data, String::new()).stop();
    assert!(said.contains(warning), "{said}");
    let said = Running::start("true", &data).stop();
    assert!(!said.contains(warning), "{said}");
}
