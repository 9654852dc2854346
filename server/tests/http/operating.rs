//! Operating an installation: readiness, one server for one file, and the commands of the program.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
    sync::OnceLock,
    time::{Duration, Instant},
};

use chrono::TimeDelta;
use sea_orm::{ColumnTrait as _, ConnectionTrait as _, DbErr, EntityTrait as _, QueryFilter as _};
use server::{
    db::entity::audit_entry,
    db::testing::{POSTGRES_VARIABLE, TestDb},
    testing::{TestApp, Who},
};
use tempfile::TempDir;

use crate::program::{self, Running};

/// Few courses, so that the program starts quickly.
fn courses() -> &'static Path {
    static COURSES: OnceLock<TempDir> = OnceLock::new();
    let folder = COURSES.get_or_init(|| {
        let folder = TempDir::new().unwrap();
        let all = program::courses();
        fs::copy(
            all.join("programme.toml"),
            folder.path().join("programme.toml"),
        )
        .unwrap();
        for name in ["foundations", "disability", "glossary", "snippets"] {
            copy(&all.join(name), &folder.path().join(name));
        }
        folder
    });
    folder.path()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// The program with these courses.
fn program(before: &str, data: &Path) -> Command {
    let mut program = program::program(before, data);
    program.env("IESPEJA_COURSES_DIR", courses());
    program
}

fn start(before: &str, data: &Path) -> Running {
    Running::of(program(before, data), data)
}

/// Runs a command of the program.
fn command(data: &Path, arguments: &[&str]) -> Output {
    program("true", data).args(arguments).output().unwrap()
}

pub(crate) fn said(output: &Output) -> String {
    let both = [output.stdout.as_slice(), &output.stderr].concat();
    String::from_utf8(both).unwrap()
}

fn readiness(running: &Running) -> (String, String) {
    let answer = running.ask(b"GET /readyz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    let (head, body) = answer
        .split_once("\r\n\r\n")
        .unwrap_or_else(|| panic!("no answer: {answer:?}; {}", running.log()));
    (head.lines().next().unwrap().to_owned(), body.to_owned())
}

/// Asks until the answer holds the words; results are kept for some seconds.
fn becomes(running: &Running, words: &str) -> (String, String) {
    let started = Instant::now();
    loop {
        let (status, body) = readiness(running);
        if body.contains(words) {
            return (status, body);
        }
        assert!(
            started.elapsed() < Duration::from_secs(90),
            "{status} {body}"
        );
        std::thread::yield_now();
    }
}

#[test]
fn a_file_has_one_server_and_commands_work_beside_it() {
    let place = TempDir::new().unwrap();
    let data = place.path().join("data");
    let running = start("true", &data);
    assert_eq!(readiness(&running).1, "ready");

    let second = command(&data, &[]);
    assert!(!second.status.success());
    assert!(
        said(&second).contains("is served by another iespeja server"),
        "{}",
        said(&second)
    );

    let saved = command(
        &data,
        &["backup", place.path().join("saved").to_str().unwrap()],
    );
    assert!(saved.status.success(), "{}", said(&saved));
    let inside = command(&data, &["backup", data.join("saved").to_str().unwrap()]);
    assert!(!data.join("saved").exists());
    assert!(said(&inside).contains("another disk"), "{}", said(&inside));

    let examined = command(&data, &["doctor"]);
    assert!(
        said(&examined).contains("a server runs on it"),
        "{}",
        said(&examined)
    );
    assert!(examined.status.success(), "{}", said(&examined));

    let folder = fs::read_dir(place.path().join("saved"))
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    for arguments in [&["restore"][..], &["restore", "--replace"]] {
        let mut arguments = arguments.to_vec();
        arguments.push(folder.to_str().unwrap());
        let refused = command(&data, &arguments);
        assert!(!refused.status.success());
        assert!(
            said(&refused).contains("stop it first"),
            "{}",
            said(&refused)
        );
    }
    assert_eq!(readiness(&running).1, "ready");
    running.stop();
    // The lock ends with the process, also when it was killed.
    start("true", &data).stop();
}

#[test]
fn readiness_ends_when_nothing_can_be_written() {
    let place = TempDir::new().unwrap();
    let data = place.path().join("data");
    // Without the signal, writing beyond the limit fails as on a full disk.
    let running = start("trap '' XFSZ", &data);
    assert_eq!(readiness(&running).1, "ready");
    let limit = |size: &str| {
        let id = running.child.id().to_string();
        let set = Command::new("prlimit")
            .args(["--pid", &id, &format!("--fsize={size}")])
            .status();
        assert!(set.unwrap().success());
    };
    limit("0:unlimited");
    let (status, body) = becomes(&running, "database-write");
    assert!(status.contains("503"), "{status}");
    assert!(body.contains("data-folder"), "{body}");
    limit("unlimited:unlimited");
    let started = Instant::now();
    while readiness(&running).1 != "ready" {
        assert!(started.elapsed() < Duration::from_secs(90));
        std::thread::yield_now();
    }
    running.stop();
}

/// Writes what is still in the log of a database into its file.
fn whole_in_file(file: &Path) {
    let address = format!("sqlite://{}", file.display());
    actix_web::rt::System::new().block_on(async {
        let db = sea_orm::Database::connect(address).await.unwrap();
        let done = db.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)");
        done.await.unwrap();
        db.close().await.unwrap();
    });
}

/// Asks the program once to stop, and waits until it has in order.
fn stop_in_order(running: &mut Running) {
    let asked = Command::new("kill")
        .arg(running.child.id().to_string())
        .status();
    assert!(asked.unwrap().success());
    let began = Instant::now();
    let ended = loop {
        if let Some(ended) = running.child.try_wait().unwrap() {
            break ended;
        }
        assert!(
            began.elapsed() < Duration::from_secs(90),
            "it does not stop"
        );
        std::thread::yield_now();
    };
    assert!(ended.success(), "{ended}: {}", running.log());
}

#[test]
fn the_signal_to_stop_is_noticed_as_soon_as_the_address_is_printed() {
    let place = TempDir::new().unwrap();
    for _ in 0..3 {
        stop_in_order(&mut start("true", &place.path().join("data")));
    }
}

#[test]
fn readiness_ends_when_the_file_is_damaged_or_gone() {
    let place = TempDir::new().unwrap();
    for (name, harm) in [
        (
            "damaged",
            (|file: &Path| {
                let mut bytes = fs::read(file).unwrap();
                let half = bytes.len() / 2;
                bytes[half..].fill(0x5a);
                fs::write(file, bytes).unwrap();
            }) as fn(&Path),
        ),
        ("gone", |file| fs::remove_file(file).unwrap()),
        ("replaced", |file| {
            let copy = file.with_extension("copy");
            fs::copy(file, &copy).unwrap();
            fs::rename(copy, file).unwrap();
        }),
    ] {
        let data = place.path().join(name);
        // Started and stopped in order, so that the whole database is in its file.
        let mut first = start("true", &data);
        stop_in_order(&mut first);
        whole_in_file(&data.join("iespeja.db"));

        if name == "damaged" {
            // When it is damaged while the server runs, it is found at the next check of the whole file, which
            // comes after a hundred times as long as one takes.
            harm(&data.join("iespeja.db"));
            let _ = fs::remove_file(data.join("iespeja.db-wal"));
            let refused = command(&data, &[]);
            assert!(!refused.status.success());
            assert!(said(&refused).contains("damaged"), "{}", said(&refused));
            let examined = command(&data, &["doctor"]);
            assert!(!examined.status.success());
            assert!(said(&examined).contains("MEND"), "{}", said(&examined));
            continue;
        }
        let running = start("true", &data);
        harm(&data.join("iespeja.db"));
        let (status, _) = becomes(&running, "database-file");
        assert!(status.contains("503"), "{name}: {status}");
        running.stop();
    }
}

#[actix_web::test]
async fn readiness_names_stuck_jobs_and_tables_of_another_version() {
    for app in TestApp::on_each_database().await {
        let mut visitor = app.client(Who::Visitor).await;
        assert_eq!(visitor.get("/readyz").await.text, "ready");

        let mut asking = app.visitor();
        asking
            .post("/lv/forgotten", &[("email", "nobody@example.test")])
            .await;
        app.clock_control.advance(TimeDelta::minutes(16));
        let page = visitor.get("/readyz").await;
        assert_eq!(page.status, 200);
        assert_eq!(page.text, "ready, with problems: jobs");
        app.deliver().await;
        app.clock_control.advance(TimeDelta::minutes(1));
        assert_eq!(visitor.get("/readyz").await.text, "ready");

        app.db
            .write::<_, DbErr>(async |txn| {
                txn.execute_unprepared("DELETE FROM seaql_migrations").await
            })
            .await
            .unwrap();
        app.clock_control.advance(TimeDelta::minutes(1));
        let page = visitor.get("/readyz").await;
        assert_eq!(page.status, 503);
        assert_eq!(page.text, "not ready: database-schema");
    }
}

/// Signs in to a demonstration; the address that the server then leads to.
fn sign_in(running: &Running) -> String {
    let answer = post_sign_in(running, "iespeja-demo-2026");
    assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    let location = answer.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case("location")
            .then(|| value.to_owned())
    });
    location.unwrap()
}

/// The answer to the form with a password.
fn post_sign_in(running: &Running, password: &str) -> String {
    let form = running.ask(b"GET /lv/sign-in HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    let cookie = form.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        let is_cookie = name.eq_ignore_ascii_case("set-cookie");
        is_cookie.then(|| value.split(';').next().unwrap().to_owned())
    });
    let (_, rest) = form.split_once("name=\"csrf\" value=\"").unwrap();
    let token = rest.split('"').next().unwrap();
    let body = format!("csrf={token}&email=learner%40example.com&password={password}");
    let request = format!(
        "POST /lv/sign-in HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: {}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        cookie.unwrap(),
        body.len()
    );
    running.ask(request.as_bytes())
}

pub(crate) fn demo(data: &Path, database: Option<&str>) -> Running {
    let mut program = program("true", data);
    program.arg("--demo");
    if let Some(url) = database {
        program.env("IESPEJA_DATABASE_URL", url);
    }
    Running::of(program, data)
}

pub(crate) fn with_database(data: &Path, database: Option<&str>, arguments: &[&str]) -> Output {
    let mut program = program("true", data);
    if let Some(url) = database {
        program.env("IESPEJA_DATABASE_URL", url);
    }
    program.args(arguments).output().unwrap()
}

#[actix_web::test]
async fn a_backup_restored_in_a_new_place_lets_people_sign_in() {
    let mut databases = vec![None];
    if std::env::var(POSTGRES_VARIABLE).is_ok() {
        databases.push(Some((
            TestDb::postgres().await.unwrap(),
            TestDb::postgres().await.unwrap(),
        )));
    }
    for database in &databases {
        let place = TempDir::new().unwrap();
        let (old, new) = (place.path().join("old"), place.path().join("new"));
        let url = database.as_ref().map(|(old, _)| old.url());
        let new_url = database.as_ref().map(|(_, new)| new.url());
        if let Some((old, new)) = database {
            old.close().await.unwrap();
            new.close().await.unwrap();
        }
        let running = demo(&old, url);
        let led_to = sign_in(&running);
        let target = place.path().join("saved");
        // Beside the running server.
        let saved = with_database(&old, url, &["backup", target.to_str().unwrap()]);
        assert!(saved.status.success(), "{}", said(&saved));
        running.stop();

        let folder = fs::read_dir(&target)
            .unwrap()
            .next()
            .unwrap()
            .unwrap()
            .path();
        let folder = folder.to_str().unwrap();
        let above = with_database(&new, new_url, &["restore", target.to_str().unwrap()]);
        assert!(
            said(&above).contains(&format!("the newest being {folder}")),
            "{}",
            said(&above)
        );
        // An installation that is there stays as it is.
        let key = fs::read(old.join("secret.key")).unwrap();
        let refused = with_database(&old, url, &["restore", folder]);
        assert!(!refused.status.success());
        assert!(said(&refused).contains("--replace"), "{}", said(&refused));
        assert_eq!(fs::read(old.join("secret.key")).unwrap(), key);

        // The other PostgreSQL database has tables from its test.
        let mut arguments = vec!["restore", folder];
        arguments.extend(new_url.map(|_| "--replace"));
        let restored = with_database(&new, new_url, &arguments);
        assert!(restored.status.success(), "{}", said(&restored));
        assert_eq!(fs::read(new.join("secret.key")).unwrap(), key);
        assert!(new.join("bundle/manifest.json").is_file());
        let running = demo(&new, new_url);
        assert_eq!(sign_in(&running), led_to);
        running.stop();

        // A damaged backup is refused before anything is written.
        let file = Path::new(folder).join("data/secret.key");
        fs::write(&file, "x").unwrap();
        let third = place.path().join("third");
        let refused = with_database(&third, None, &["restore", folder]);
        assert!(said(&refused).contains("is damaged"), "{}", said(&refused));
        assert!(!third.join("secret.key").exists());
    }
}

#[test]
fn doctor_says_what_to_do_and_no_secret() {
    let place = TempDir::new().unwrap();
    let data = place.path().join("data");
    let output = program("true", &data)
        .env("IESPEJA_SMTP_URL", "smtp://somebody:hunter2@127.0.0.1:1")
        .env("IESPEJA_BASE_URL", "http://no-such-name.invalid")
        .env(
            "IESPEJA_DATABASE_URL",
            "postgres://somebody:hunter2@127.0.0.1:1/x",
        )
        .arg("doctor")
        .output()
        .unwrap();
    let text = said(&output);
    assert!(!output.status.success());
    assert!(!text.contains("hunter2"), "{text}");
    for words in [
        "no PostgreSQL server answers",
        "IESPEJA_SMTP_URL cannot be used",
        "no-such-name.invalid",
        "https://",
        "IESPEJA_MAIL_FROM",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!data.exists(), "it changes nothing");

    start("true", &data).stop();
    fs::write(data.join("secret.key"), "AAAA").unwrap();
    fs::set_permissions(
        data.join("secret.key"),
        std::os::unix::fs::PermissionsExt::from_mode(0o644),
    )
    .unwrap();
    let text = said(&command(&data, &["doctor"]));
    assert!(text.contains("was not written to its end"), "{text}");
    assert!(text.contains("chmod"), "{text}");

    let output = program("true", &data)
        .env("IESPEJA_SMTP_URL", "smtp://127.0.0.1:1")
        .env("IESPEJA_MAIL_FROM", "x@localhost")
        .arg("doctor")
        .output()
        .unwrap();
    let text = said(&output);
    assert!(text.contains("IESPEJA_MAIL_FROM is x@localhost"), "{text}");
}

#[test]
fn lost_keys_of_encrypted_fields_and_a_lost_database_are_noticed() {
    let place = TempDir::new().unwrap();
    let data = place.path().join("data");
    // The demonstration has needs at events.
    stop_in_order(&mut demo(&data, None));
    let (keys, aside) = (data.join("field.keys"), place.path().join("field.keys"));
    let text = said(&command(&data, &["doctor"]));
    assert!(text.contains("every encrypted field has its key"), "{text}");

    fs::rename(&keys, &aside).unwrap();
    let other = "0badcafe 2026-11-30T00:00:00Z AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n";
    for content in [None, Some(other)] {
        if let Some(content) = content {
            fs::write(&keys, content).unwrap();
        }
        let examined = command(&data, &["doctor"]);
        let text = said(&examined);
        assert!(!examined.status.success(), "{text}");
        let started = program("true", &data).output().unwrap();
        assert!(!started.status.success(), "{}", said(&started));
        for text in [text, said(&started)] {
            assert!(text.contains("lacks the keys"), "{text}");
            assert!(text.contains("iespeja restore"), "{text}");
        }
        assert_eq!(keys.exists(), content.is_some(), "no new file is made");
    }
    let listed = said(&command(&data, &["keys", "list"]));
    assert!(listed.contains("0badcafe"), "{listed}");
    fs::remove_file(&keys).unwrap();
    let listed = said(&command(&data, &["keys", "list"]));
    assert_eq!(listed.matches("No such file").count(), 1, "{listed}");

    fs::rename(&aside, &keys).unwrap();
    // No server runs: the earlier key goes at once.
    command(&data, &["keys", "rotate"]);
    let text = said(&command(&data, &["keys", "reencrypt"]));
    assert!(text.contains("1 key removed"), "{text}");
    assert!(
        !text.contains("0 fields") && !text.contains("kept"),
        "{text}"
    );
    let mut running = demo(&data, None);
    command(&data, &["keys", "rotate"]);
    let text = said(&command(&data, &["keys", "reencrypt"]));
    assert!(text.contains("1 earlier key kept"), "{text}");
    stop_in_order(&mut running);

    for ending in ["", "-wal", "-shm"] {
        drop(fs::remove_file(data.join(format!("iespeja.db{ending}"))));
    }
    let examined = command(&data, &["doctor"]);
    let text = said(&examined);
    assert!(!examined.status.success(), "{text}");
    assert!(text.contains("the data folder was in use"), "{text}");
    assert!(!text.contains("the first start makes it"), "{text}");
}

#[test]
fn failed_sign_ins_are_recorded_when_the_server_stops() {
    let place = TempDir::new().unwrap();
    let data = place.path().join("data");
    let mut running = demo(&data, None);
    let refused = post_sign_in(&running, "not-the-password");
    assert!(refused.starts_with("HTTP/1.1 4"), "{refused}");
    stop_in_order(&mut running);
    let counted = actix_web::rt::System::new().block_on(async {
        let url = format!("sqlite://{}", data.join("iespeja.db").display());
        let db = server::db::Db::connect(&url).await.unwrap();
        let found = audit_entry::Entity::find()
            .filter(audit_entry::Column::Action.eq("sign-in.failures-counted"))
            .all(db.read())
            .await;
        found.unwrap()
    });
    let details: Vec<_> = counted.iter().map(|entry| &entry.detail["count"]).collect();
    assert_eq!(details, [1]);
}

#[actix_web::test]
async fn what_is_counted_in_memory_is_recorded_at_the_end() {
    for app in TestApp::on_each_database().await {
        let mut learner = app.client(Who::Learner).await;
        assert_eq!(learner.get("/lv/admin/jobs").await.status, 403);
        let wrong = [
            ("email", "nav@example.test"),
            ("password", "not the password"),
        ];
        app.visitor().post("/lv/sign-in", &wrong).await;
        server::background::finish(&app.app).await.unwrap();
        for action in ["sign-in.failures-counted", "page.refused"] {
            let found = audit_entry::Entity::find()
                .filter(audit_entry::Column::Action.eq(action))
                .all(app.db.read())
                .await;
            assert_eq!(found.unwrap().len(), 1, "{action}");
        }
    }
}

#[test]
fn cookies_under_https_are_of_this_host_only() {
    let place = TempDir::new().unwrap();
    let data = place.path().join("data");
    let mut program = program("true", &data);
    program
        .args(["--demo", "--public-demo"])
        .env("IESPEJA_BASE_URL", "https://iespeja.test");
    // The address that it prints is the public one, so the port has to be known.
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    program.env("IESPEJA_LISTEN", port.to_string());
    let running = Running::at(program, &data, port.to_string());
    let form = running.ask(b"GET /lv/sign-in HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    let cookies: Vec<_> = form
        .lines()
        .filter(|line| line.to_ascii_lowercase().starts_with("set-cookie: "))
        .collect();
    assert!(!cookies.is_empty());
    for cookie in cookies {
        assert!(cookie.contains(": __Host-"), "{cookie}");
        assert!(
            cookie.contains("Secure") && cookie.contains("Path=/"),
            "{cookie}"
        );
        assert!(!cookie.contains("Domain"), "{cookie}");
    }
    // A form is accepted with the cookie as the browser sends it.
    assert!(sign_in(&running).starts_with("/lv/"));
    // A cookie without the prefix is nobody's.
    let forged = running.ask(
        b"GET /lv/sign-in HTTP/1.1\r\nHost: x\r\nCookie: session=x; visitor=y\r\nConnection: close\r\n\r\n",
    );
    assert!(forged.contains("__Host-visitor="), "{forged}");
    running.stop();
}
