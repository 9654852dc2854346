//! Which modules of the server may import which.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "the test reads the sources, and a failure is its to show"
)]

use std::path::Path;

use boundaries::{Exception, Graph, Rule, problems};

/// Every module in the order of dependencies: each imports only those of its own line and of the lines above it.
const ORDER: &[&[&str]] = &[
    &[
        "random",
        "clock",
        "ids",
        "local_time",
        "text",
        "fonts",
        "documents",
        "data",
        "crypt",
        "input",
    ],
    &["db"],
    &["personal"],
    &["principal", "audit"],
    &["http"],
    &["list", "source"],
    &["config", "telemetry"],
    &["jobs"],
    &["mail", "health"],
    &["organisations", "reports", "privacy", "operating"],
    &["people"],
    &["certificates"],
    &["programme"],
    &["accounts"],
    &["events"],
    &["registrations"],
    &["api"],
    &["learning"],
    &["handbook", "search", "site"],
    &["reactions"],
    &["app"],
    &["background"],
    &["server", "demo"],
    &["testing", "backup", "doctor"],
    &["cli"],
];

/// Every area, and the areas that it may call.
const AREAS: &[(&str, &[&str])] = &[
    ("audit", &[]),
    ("jobs", &[]),
    ("mail", &["jobs"]),
    ("operating", &["audit", "jobs", "mail"]),
    ("organisations", &["audit", "jobs"]),
    ("privacy", &["audit", "jobs", "mail"]),
    ("reports", &[]),
    ("people", &["audit", "mail", "organisations"]),
    ("certificates", &["audit", "jobs", "people"]),
    ("programme", &["audit", "organisations", "people"]),
    ("accounts", &["audit", "jobs", "mail", "people"]),
    (
        "events",
        &[
            "accounts",
            "audit",
            "jobs",
            "mail",
            "organisations",
            "people",
            "programme",
        ],
    ),
    (
        "registrations",
        &[
            "accounts",
            "audit",
            "events",
            "jobs",
            "mail",
            "organisations",
            "people",
            "programme",
        ],
    ),
    (
        "api",
        &[
            "accounts",
            "audit",
            "events",
            "jobs",
            "mail",
            "organisations",
            "people",
            "programme",
            "registrations",
        ],
    ),
    (
        "learning",
        &[
            "audit",
            "certificates",
            "jobs",
            "mail",
            "people",
            "programme",
        ],
    ),
    ("handbook", &["learning"]),
    ("search", &["events", "learning"]),
    ("site", &["events", "learning"]),
];

/// The modules that may use the database library: those with queries, transactions or its errors.
/// Pages, forms and views may not.
const DATABASE: Rule<'_> = Rule::Crate {
    name: "sea_orm",
    users: &[
        "accounts::privacy",
        "accounts::service",
        "accounts::session",
        "accounts::store",
        "api::privacy",
        "api::service",
        "api::store",
        "app",
        "audit::privacy",
        "audit::store",
        "background",
        "certificates::privacy",
        "certificates::service",
        "certificates::store",
        "db",
        "demo",
        "events::privacy",
        "events::service",
        "events::store",
        "health",
        "http::error",
        "http::shell",
        "ids",
        "jobs",
        "learning::privacy",
        "learning::service",
        "learning::state",
        "learning::store",
        "list::found",
        "list::query",
        "mail::delivery",
        "mail::privacy",
        "mail::store",
        "operating::service",
        "organisations::merging",
        "organisations::privacy",
        "organisations::service",
        "organisations::store",
        "people::guests",
        "people::privacy",
        "people::service",
        "people::store",
        "personal",
        "privacy::records",
        "privacy::service",
        "privacy::store",
        "programme::privacy",
        "programme::service",
        "programme::state",
        "programme::store",
        "reactions",
        "registrations::import::service",
        "registrations::import::store",
        "registrations::mails",
        "registrations::messages::mail",
        "registrations::messages::service",
        "registrations::messages::store",
        "registrations::needs",
        "registrations::on_change",
        "registrations::organise::service",
        "registrations::organise::store",
        "registrations::places",
        "registrations::privacy",
        "registrations::service",
        "registrations::store",
        "reports::privacy",
        "reports::service",
        "reports::store",
        "testing",
    ],
};

fn found(graph: &Graph) -> Vec<String> {
    let names: Vec<&str> = AREAS.iter().map(|(area, _)| *area).collect();
    let mut rules = vec![Rule::Order(ORDER), DATABASE];
    for (of, may) in AREAS {
        rules.push(Rule::Only {
            of,
            may,
            among: &names,
        });
    }
    problems(graph, &rules, EXCEPTIONS)
}

const EXCEPTIONS: &[Exception<'_>] = &[];

fn of_this_crate() -> Graph {
    Graph::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).expect("the sources")
}

#[test]
fn only_allowed_imports_exist() {
    let found = found(&of_this_crate());
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Other areas use only what an area's `mod.rs` exports: none of its modules is accessible from outside the
/// crate, and inside it only the views, for the list of all views.
#[test]
fn the_modules_of_an_area_are_private() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut open = Vec::new();
    for (area, _) in AREAS {
        let text = std::fs::read_to_string(source.join(area).join("mod.rs")).expect("an area");
        let modules = text
            .lines()
            .filter(|line| line.contains("mod ") && line.ends_with(';'));
        open.extend(
            modules
                .filter(|line| line.starts_with("pub ") || line.starts_with("pub("))
                .filter(|line| *line != "pub(crate) mod views;")
                .map(|line| format!("{area}: {line}")),
        );
    }
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn a_planted_import_is_found() {
    for (file, text, told) in [
        (
            "people/store.rs",
            "pub(super) fn f() { crate::programme::record() }",
            "people",
        ),
        (
            "learning/pages.rs",
            "use sea_orm::EntityTrait as _;",
            "sea_orm",
        ),
        (
            "http/visit.rs",
            "pub(super) fn f() { crate::accounts::sign_in() }",
            "accounts",
        ),
        ("mail/mod.rs", "mod one; mod two;", "circle"),
    ] {
        let mut files = vec![
            (
                "lib.rs",
                "mod people; mod programme; mod accounts; mod learning; mod http; mod mail;",
            ),
            ("people/mod.rs", "mod store;"),
            ("programme/mod.rs", "pub fn record() {}"),
            ("accounts/mod.rs", "pub fn sign_in() {}"),
            ("learning/mod.rs", "mod pages;"),
            ("http/mod.rs", "mod visit;"),
            ("mail/one.rs", "pub(super) fn f() { super::two::f() }"),
            ("mail/two.rs", "pub(super) fn f() { super::one::f() }"),
        ];
        if !told.contains("circle") {
            files.retain(|(name, _)| !name.starts_with("mail/"));
            files.push(("mail/mod.rs", ""));
        }
        for name in ["people/store.rs", "learning/pages.rs", "http/visit.rs"] {
            if name != file {
                files.push((name, ""));
            }
        }
        files.push((file, text));
        let graph = Graph::of_texts(files).expect("texts that can be read");
        let found = found(&graph);
        assert!(
            found.iter().any(|line| line.contains(told)),
            "{file}: {found:?}"
        );
    }
}

/// The tables of each area, as named in SQL.
const TABLES: &[(&str, &[&str])] = &[
    ("audit", &["audit_entry", "audit_head"]),
    ("jobs", &["job"]),
    ("mail", &["mail_refusal"]),
    (
        "organisations",
        &["organisation", "organisation_merge", "organisation_move"],
    ),
    ("reports", &["mistake_report"]),
    (
        "people",
        &["person", "affiliation", "guest", "notice_acceptance"],
    ),
    (
        "certificates",
        &["certificate", "certificate_file", "certificate_translation"],
    ),
    ("privacy", &["erasure", "retention_run"]),
    ("programme", &["indicator_fact"]),
    (
        "accounts",
        &["account", "session", "role_grant", "email_token"],
    ),
    (
        "events",
        &["event", "event_session", "event_material", "strand_grant"],
    ),
    (
        "registrations",
        &["calendar_feed", "registration", "registration_needs"],
    ),
    ("api", &["api_token", "idempotency_key"]),
    (
        "learning",
        &[
            "enrolment",
            "lesson_progress",
            "practice_answer",
            "attempt",
            "attempt_step",
            "completion",
            "path_enrolment",
            "path_completion",
            "test_allowance",
            "reminder",
            "reminder_stop",
        ],
    ),
];

/// The tables of other areas that a source file of an area names in hand-written SQL.
fn foreign_tables(area: &str, source: &str) -> Vec<String> {
    let words: Vec<&str> = source
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty())
        .collect();
    let is_foreign = |table: &str| {
        TABLES
            .iter()
            .any(|(owner, tables)| *owner != area && tables.contains(&table))
    };
    let mut found = Vec::new();
    for pair in words.windows(2) {
        if let [keyword, table] = pair
            && ["FROM", "JOIN", "INTO", "UPDATE"].contains(keyword)
            && is_foreign(table)
        {
            found.push((*table).to_owned());
        }
    }
    found
}

#[test]
fn hand_written_sql_names_only_tables_of_its_own_area() {
    let planted = r#""SELECT a.id FROM account a JOIN person p ON p.id = a.person_id""#;
    assert_eq!(foreign_tables("accounts", planted), ["person"]);

    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for (area, _) in TABLES {
        let mut folders = vec![src.join(area)];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder of sources") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let source = std::fs::read_to_string(&path).expect("a source file");
                let found = foreign_tables(area, &source);
                assert!(found.is_empty(), "{}: {found:?}", path.display());
            }
        }
    }
}
