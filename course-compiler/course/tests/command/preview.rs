//! `course preview`, asked as a browser asks it.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use crate::place::{Place, Started};

/// A preview of the courses in a place.
struct Preview {
    address: String,
    _running: Started,
}

impl Preview {
    fn of(place: &Place) -> Self {
        Self::with(place, "")
    }

    fn with(place: &Place, arguments: &str) -> Self {
        let mut running = place.start(&format!("preview --listen 127.0.0.1:0 {arguments}"));
        let line = running.line();
        let (_, rest) = line.split_once("http://").unwrap();
        let (address, _) = rest.split_once('/').unwrap();
        Self {
            address: address.to_owned(),
            _running: running,
        }
    }

    /// Asks for a page and lets the connection open.
    fn ask(&self, path: &str) -> BufReader<TcpStream> {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        // Only a preview that says nothing at all is cut off.
        stream
            .set_read_timeout(Some(Duration::from_mins(1)))
            .unwrap();
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        )
        .unwrap();
        BufReader::new(stream)
    }

    /// The answer to a page asked for under another name.
    fn get_as(&self, host: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let host = host.replace("PORT", self.address.rsplit(':').next().unwrap());
        write!(stream, "GET / HTTP/1.1\r\n{host}Connection: close\r\n\r\n").unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// The head and body of an answer.
    fn get(&self, path: &str) -> String {
        let mut bytes = Vec::new();
        self.ask(path).read_to_end(&mut bytes).unwrap();
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

/// The version in the next event of `/events`.
fn version(events: &mut impl std::io::BufRead) -> String {
    for line in events.lines() {
        if let Some(version) = line.unwrap().strip_prefix("data: ") {
            return version.to_owned();
        }
    }
    panic!("the events ended");
}

/// A course of one lesson with one question, and its preview.
fn one_lesson() -> (Place, Preview) {
    let place = Place::empty();
    place.write(
        "courses/kurss/course.toml",
        "id = \"kurss\"\nkind = \"course\"\nground = \"none\"\naudience = \"everyone\"\nhours = 1\n\
         source_language = \"lv\"\ntitle = { lv = \"Kurss & co\" }\nsummary = { lv = \"Īsi.\" }\n",
    );
    place.write(
        "courses/kurss/lv/01-ievads.md",
        "+++\nid = \"l-ievads\"\ntitle = \"Ievads\"\nminutes = 5\n+++\n\nTeksts.\n\n\
         ## Cik? {#q-cik .numeric}\n\n- [x] 7\n  > Tieši tik.\n- [ ] 8\n  > Par daudz.\n\n> [!NOTE]\n> Septiņi.\n",
    );
    let preview = Preview::of(&place);
    (place, preview)
}

#[test]
fn shows_courses_and_lessons_in_the_language_and_colours_asked_for() {
    let (_place, preview) = one_lesson();
    let index = preview.get("/");
    assert!(index.contains("Kurss &amp; co"), "{index}");
    assert!(
        index.contains("content-security-policy: default-src 'none'"),
        "{index}"
    );
    assert!(index.contains("<html lang=\"lv\"") && index.contains("Visi kursi"));
    let lesson = preview.get("/kurss/ievads?lang=en&scheme=dark");
    assert!(lesson.contains("<p>Teksts.</p>"), "{lesson}");
    assert!(lesson.contains("does not exist in English yet"), "{lesson}");
    assert!(lesson.contains("/theme/main.css?scheme=dark"), "{lesson}");
    let sheet = preview.get("/theme/main.css?scheme=dark");
    assert!(!sheet.contains("prefers-color-scheme"));
}

#[test]
fn a_page_of_another_site_cannot_read_it_under_a_name_of_its_own() {
    let (_place, preview) = one_lesson();
    for host in [
        "Host: 127.0.0.1:PORT\r\n",
        "Host: localhost:PORT\r\n",
        "Host: LOCALHOST\r\n",
    ] {
        assert!(preview.get_as(host).starts_with("HTTP/1.1 200"), "{host}");
    }
    for host in [
        "Host: evil.example:PORT\r\n",
        "Host: 127.0.0.1.evil.example\r\n",
        "Host: \r\n",
    ] {
        let answer = preview.get_as(host);
        assert!(answer.starts_with("HTTP/1.1 4"), "{host}: {answer}");
        assert!(!answer.contains("Kurss &amp; co"), "{host}");
    }
    assert!(preview.get_as("Host: evil.example\r\n").contains("--host"));
}

#[test]
fn answers_under_a_name_that_was_given() {
    let (place, preview) = one_lesson();
    drop(preview);
    let preview = Preview::with(&place, "--host dators.local");
    assert!(
        preview
            .get_as("Host: dators.local:PORT\r\n")
            .starts_with("HTTP/1.1 200")
    );
    assert!(
        preview
            .get_as("Host: cits.local\r\n")
            .starts_with("HTTP/1.1 421")
    );
}

/// A program of the system's name for opening addresses, which writes down what it is to open.
#[cfg(target_os = "linux")]
#[test]
fn opens_the_browser_when_asked() {
    use std::os::unix::fs::PermissionsExt as _;

    let (place, preview) = one_lesson();
    drop(preview);
    place.write(
        "bin/xdg-open",
        "#!/bin/sh\nprintf '%s\\n' \"$1\" > opened.new && mv opened.new opened\n",
    );
    let program = place.path().join("bin/xdg-open");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let mut running = place.start_with_path("preview --listen 127.0.0.1:0 --open", "bin");
    let line = running.line();
    let (_, address) = line.split_once("http://").unwrap();
    let address = address.split('/').next().unwrap();
    // It is opened after the line, by another process.
    while !place.has("opened") {
        std::thread::yield_now();
    }
    assert_eq!(place.read("opened"), format!("http://{address}/\n"));
}

#[test]
fn answers_can_be_tried_and_nothing_gives_them_away_before() {
    let (_place, preview) = one_lesson();
    let page = preview.get("/kurss/ievads");
    assert!(!page.contains("Septiņi."), "{page}");
    let wrong = preview.get("/kurss/ievads?question=q-cik&a=8");
    assert!(wrong.contains("Nepareizi: 0,00 no 1 punkta<"), "{wrong}");
    assert!(
        wrong.contains("Par daudz.") && wrong.contains("Septiņi."),
        "{wrong}"
    );
    let right = preview.get("/kurss/ievads?question=q-cik&right=1");
    assert!(right.contains("Pareizi: 1,00 no 1 punkta<"), "{right}");
    let english = preview.get("/kurss/ievads?question=q-cik&a=8&lang=en");
    assert!(english.contains("Wrong: 0.00 of 1 point<"), "{english}");
    let unreadable = preview.get("/kurss/ievads?question=q-cik&a=daudz");
    assert!(unreadable.contains("nav skaitlis"), "{unreadable}");
    assert!(unreadable.contains("value=\"daudz\""), "{unreadable}");
}

#[test]
fn a_change_is_told_and_a_course_with_errors_stays_as_it_was() {
    let (place, preview) = one_lesson();
    let mut events = preview.ask("/events");
    let first = version(&mut events);
    assert!(preview.get("/kurss").contains(&first));

    // One edit may be told in two steps; the last one shows it.
    let mut until = |path: &str, text: &str| {
        let mut last = first.clone();
        loop {
            let next = version(&mut events);
            assert_ne!(last, next);
            last = next;
            let page = preview.get(path);
            if page.contains(text) {
                return page;
            }
        }
    };
    place.replace("courses/kurss/lv/01-ievads.md", "Teksts.", "Jauns teksts.");
    until("/kurss/ievads", "<p>Jauns teksts.</p>");

    place.replace("courses/kurss/lv/01-ievads.md", "- [x] 7", "- [x] septiņi");
    let broken = until("/kurss/ievads", "quiz-bad-number");
    assert!(broken.contains("<p>Jauns teksts.</p>"), "{broken}");
    assert!(broken.contains("Kursā ir kļūdas"), "{broken}");
    assert!(
        broken.contains("- [x] septiņi"),
        "the line itself: {broken}"
    );
}

#[test]
fn goes_on_when_the_whole_folder_is_deleted_and_made_again() {
    let (place, preview) = one_lesson();
    let mut events = preview.ask("/events");
    version(&mut events);
    place.copy("courses", "new");
    place.replace("new/kurss/lv/01-ievads.md", "Teksts.", "Jauns teksts.");
    fs::remove_dir_all(place.path().join("courses")).unwrap();
    fs::rename(place.path().join("new"), place.path().join("courses")).unwrap();
    let mut until = |text: &str| {
        while !preview.get("/kurss/ievads").contains(text) {
            version(&mut events);
        }
    };
    until("<p>Jauns teksts.</p>");
    place.replace("courses/kurss/lv/01-ievads.md", "Jauns", "Pēdējais");
    until("<p>Pēdējais teksts.</p>");
}

#[test]
fn what_is_not_there_is_said_and_markup_in_an_address_is_text() {
    let (_place, preview) = one_lesson();
    for path in [
        "/nekas",
        "/kurss/nekas",
        "/theme/../Cargo.toml",
        "/media/x.png",
        "/a/b/c",
    ] {
        let page = preview.get(path);
        assert!(page.starts_with("HTTP/1.1 404"), "{path}: {page}");
    }
    let page = preview.get("/kurss/ievads?question=q-cik&a=%3Cscript%3E");
    assert!(!page.contains("<script>"), "{page}");
}

#[test]
fn a_taken_address_ends_with_2() {
    let (place, preview) = one_lesson();
    let ran = place.course(&format!("preview --listen {}", preview.address));
    assert_eq!(ran.code, Some(2), "{ran}");
    assert!(ran.err.contains("cannot listen on"), "{ran}");
}
