//! One's own data: download, erasure, and what is left; retention.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _, Set,
    sea_query::Expr,
};
use serde_json::{Value, json};
use server::{
    accounts::{self, Role},
    app::personal_records,
    audit,
    certificates::{self, Issue, Wording},
    db::entity::{self, test_allowance::AllowanceKind},
    http::Lang,
    ids::{PersonId, TestAllowanceId},
    people, privacy,
    source::{Source, SourceKind},
    testing::{Client, PUBLIC_URL, Someone, TestApp, Who},
};

const PASSWORD: &str = "correct horse battery";

/// Texts that occur only in the records of one person.
const GIVEN: &str = "Gundegabriela";
const FAMILY: &str = "Nepieminamā";
const EMAIL: &str = "gundegabriela.nepieminama@example.test";
const ANSWER: &str = "Mani pazemoja kolēģis Vaļģodārznieks";

/// A person with something in every area.
#[expect(
    clippy::too_many_lines,
    reason = "one record after another, nothing between them"
)]
async fn person_with_records(app: &TestApp) -> (Client, String) {
    let someone = Someone {
        email: EMAIL.to_owned(),
        role: Some(Role::Author),
        is_ready: true,
    };
    let mut client = app.client_of(someone).await;
    let names = [("given_name", GIVEN), ("family_name", FAMILY)];
    assert_eq!(client.post("/lv/me/profile", &names).await.status, 303);
    client.post("/lv/forgotten", &[("email", EMAIL)]).await;
    let hash = accounts::hash_password(PASSWORD.to_owned()).await.unwrap();
    let (person_id, account_id) = (client.person_id, client.account_id);
    let clock = app.app.clock.clone();
    let keys = app.app.field_keys.clone();
    let source_id = clock.new_id();
    app.db
        .write::<_, DbErr>(async move |txn| {
            let now = clock.now();
            entity::account::Entity::update_many()
                .col_expr(entity::account::Column::PasswordHash, Expr::value(hash))
                .exec(txn)
                .await?;
            let person = people::lock(txn, person_id).await?;
            certificates::issue(
                &person,
                &clock,
                Issue {
                    holder_name: format!("{GIVEN} {FAMILY}"),
                    source: Source {
                        kind: SourceKind::new("sample"),
                        id: source_id,
                    },
                    wording: Wording::new("course"),
                    title: "Invaliditāte".to_owned(),
                    volume: "2 akadēmiskās stundas".to_owned(),
                    outcomes: Vec::new(),
                    translation: None,
                    achieved_at: now,
                    lang: Lang::Lv,
                    project_number: "4.3.4.1/1/23/I/001".to_owned(),
                    public_url: PUBLIC_URL.to_owned(),
                    is_sample: false,
                },
            )
            .await?;
            let enrolment = entity::enrolment::ActiveModel {
                id: Set(clock.new_id()),
                person_id: Set(person_id),
                course_id: Set("foundations".to_owned()),
                language: Set("lv".to_owned()),
                enrolled_at: Set(now),
                last_lesson_id: Set(None),
                is_trial: Set(false),
                seen_parts: Set(json!([])),
                extra_attempts: Set(1),
            }
            .insert(txn)
            .await?;
            let allowance: TestAllowanceId = clock.new_id();
            let reason = format!("test_allowance.reason/{allowance}");
            entity::test_allowance::ActiveModel {
                id: Set(allowance),
                person_id: Set(person_id),
                enrolment_id: Set(Some(enrolment.id)),
                kind: Set(AllowanceKind::Attempts),
                amount: Set(1),
                reason: Set(keys.seal(&reason, ANSWER).unwrap()),
                given_by: Set(account_id),
                given_at: Set(now),
                withdrawn_by: Set(None),
                withdrawn_at: Set(None),
                withdrawn_reason: Set(None),
            }
            .insert(txn)
            .await?;
            entity::practice_answer::ActiveModel {
                id: Set(clock.new_id()),
                enrolment_id: Set(enrolment.id),
                lesson_id: Set("one".to_owned()),
                question_id: Set("q".to_owned()),
                revision: Set("r".to_owned()),
                response: Set(json!({ "text": ANSWER })),
                fraction: Set(0.0),
                answered_at: Set(now),
                deleted_at: Set(None),
            }
            .insert(txn)
            .await?;
            entity::guest::ActiveModel {
                person_id: Set(person_id),
                email: Set(format!("viesis.{EMAIL}")),
                email_confirmed_at: Set(None),
                locale: Set("lv".to_owned()),
                created_at: Set(now),
            }
            .insert(txn)
            .await?;
            entity::role_grant::ActiveModel {
                id: Set(clock.new_id()),
                account_id: Set(account_id),
                role: Set(Role::Organiser),
                granted_by: Set(None),
                granted_at: Set(now),
                revoked_at: Set(None),
            }
            .insert(txn)
            .await
        })
        .await
        .unwrap();
    let issued = certificates::of_person(&app.db, person_id).await.unwrap();
    let code = issued[0].code.as_str().to_owned();
    (client, code)
}

#[actix_web::test]
async fn every_table_is_in_an_areas_list() {
    /// Tables with nothing about people.
    const OTHERS: [&str; 6] = [
        "audit_head",
        "event_material",
        "event_session",
        "retention_run",
        "seaql_migrations",
        "serial_counter",
    ];
    for app in TestApp::on_each_database().await {
        let registry = personal_records(&app.app.config, &app.app.field_keys);
        let listed: BTreeSet<String> = registry
            .areas()
            .flat_map(|area| area.tables().iter().map(|table| (*table).to_owned()))
            .chain(OTHERS.map(str::to_owned))
            .collect();
        let all: BTreeSet<String> = app.db.tables().await.into_iter().collect();
        assert_eq!(listed, all);
    }
}

#[actix_web::test]
async fn a_person_downloads_everything_and_nobody_elses() {
    for app in TestApp::on_each_database().await {
        let (mut client, code) = person_with_records(&app).await;
        let mut other = app.client(Who::Learner).await;
        let certificate = entity::certificate::Entity::find().one(app.db.read()).await;
        let certificate = certificate.unwrap().unwrap().id.to_string();
        for (action, subject_id, detail) in [
            ("sample.about-a-certificate", certificate, json!({})),
            (
                "sample.names-them",
                "another".to_owned(),
                json!({ "person": client.person_id }),
            ),
            (
                "sample.about-others",
                "another".to_owned(),
                json!({ "person": other.person_id }),
            ),
        ] {
            let noted = audit::AuditEntry {
                actor_account_id: None,
                action,
                subject_kind: "thing",
                subject_id,
                detail,
            };
            audit::note(&app.db, app.now(), noted).await.unwrap();
        }
        let file = client.get("/lv/me/data/export.json").await;
        assert_eq!(file.status, 200);
        let whole: Value = serde_json::from_str(&file.text).unwrap();
        let records = &whole["records"];
        assert_eq!(records["person"][0]["given_name"], GIVEN);
        assert_eq!(records["account"][0]["email"], EMAIL);
        assert_eq!(records["practice_answer"][0]["answer"]["text"], ANSWER);
        assert_eq!(records["certificate"][0]["code"], code);
        assert_eq!(records["job"].as_array().unwrap().len(), 1);
        let actions: Vec<_> = records["audit_entry"]
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| entry["action"].as_str().unwrap())
            .collect();
        assert_eq!(actions.first(), Some(&"person.renamed"), "{actions:?}");
        assert!(actions.contains(&"person.data-exported"), "{actions:?}");
        assert!(!file.text.contains("argon2"), "a hash of a password");
        // Entries about records of theirs, and those that name them in their details only.
        for action in ["sample.about-a-certificate", "sample.names-them"] {
            assert!(actions.contains(&action), "{actions:?}");
        }
        assert!(!actions.contains(&"sample.about-others"), "{actions:?}");

        let page = client.get("/en/me/data/export.html").await;
        for text in [GIVEN, FAMILY, EMAIL, ANSWER, "Answers in lessons"] {
            assert!(page.has(text), "{text}");
        }
        // Every name of a table and a field has its label.
        assert!(
            !page.has("data-field-") && !page.has("data-table-"),
            "{}",
            page.text
        );
        let theirs = other.get("/lv/me/data/export.json").await;
        assert!(!theirs.has(GIVEN) && !theirs.has(EMAIL));
        assert_eq!(client.get("/lv/me/data/export.pdf").await.status, 404);
    }
}

/// Where a person who was counted worked is kept, and ended.
async fn works_nowhere(app: &TestApp, person_id: PersonId) {
    let rows = entity::affiliation::Entity::find()
        .filter(entity::affiliation::Column::PersonId.eq(person_id))
        .all(app.db.read())
        .await
        .unwrap();
    assert!(!rows.is_empty(), "kept, because it was counted");
    for row in rows {
        assert!(row.until.is_some());
        let count = people::count_working_at(&app.db, row.organisation_id).await;
        assert_eq!(count.unwrap(), 0);
    }
}

#[actix_web::test]
async fn an_erased_person_is_nowhere_in_the_database_or_its_files() {
    for app in TestApp::on_each_database().await {
        let (mut client, code) = person_with_records(&app).await;
        app.deliver().await;
        assert!(app.db.dump().await.contains(GIVEN));

        let form = [("understood", "yes"), ("password", "wrong password")];
        let page = client.post("/lv/me/data/erase", &form).await;
        assert_eq!(page.status, 422);
        assert!(page.has("Šī nav jūsu konta parole"), "{}", page.text);
        let form = [("password", PASSWORD)];
        assert_eq!(client.post("/lv/me/data/erase", &form).await.status, 422);

        let form = [("understood", "yes"), ("password", PASSWORD)];
        let page = client.post("/lv/me/data/erase", &form).await;
        assert_eq!(page.status, 303, "{}", page.text);
        let mail = app.last_mail_to(EMAIL).await;
        assert_eq!(mail.link(), "/lv/me/data");
        // Taken back, and asked for again.
        assert_eq!(client.post("/lv/me/data/keep", &[]).await.status, 303);
        app.clock_control.advance(privacy::GRACE);
        assert_eq!(privacy::erase_due(&app.app.privacy).await.unwrap(), 0);
        let mut client = app
            .client_of(Someone {
                email: EMAIL.to_owned(),
                role: None,
                is_ready: true,
            })
            .await;
        assert_eq!(client.post("/lv/me/data/erase", &form).await.status, 303);
        app.clock_control
            .advance(privacy::GRACE - TimeDelta::seconds(1));
        assert_eq!(privacy::erase_due(&app.app.privacy).await.unwrap(), 0);
        app.clock_control.advance(TimeDelta::seconds(1));
        assert_eq!(privacy::erase_due(&app.app.privacy).await.unwrap(), 1);
        assert_eq!(privacy::erase_due(&app.app.privacy).await.unwrap(), 0);

        let left = app.db.dump().await;
        for text in [
            GIVEN,
            FAMILY,
            EMAIL,
            ANSWER,
            "gundegabriela",
            "nepieminama",
            "Vaļģodārznieks",
        ] {
            assert!(!left.contains(text), "{text} in {left}");
        }
        for text in [GIVEN, FAMILY, "gundegabriela.nepieminama", "pazemoja"] {
            assert_eq!(app.db.files_with(text), [""; 0], "{text}");
        }
        let allowed = entity::test_allowance::Entity::find()
            .all(app.db.read())
            .await;
        assert_eq!(allowed.unwrap(), [], "with its encrypted reason");
        // Mails that were written as files.
        for (name, text) in app.deliver().await {
            assert!(!text.contains(EMAIL), "{name}");
        }

        works_nowhere(&app, client.person_id).await;

        // The session has ended, and nobody can sign in.
        assert_eq!(client.get("/lv/me").await.status, 303);
        // The certificate's page says so, in both languages, without a name.
        let mut visitor = app.visitor();
        for (lang, words) in [
            ("lv", "pēc īpašnieka lūguma"),
            ("en", "at the holder’s request"),
        ] {
            let page = visitor.get(&format!("/{lang}/verify/{code}")).await;
            assert_eq!(page.status, 200);
            assert!(
                page.has(words) && page.has("IESP-2026-000001"),
                "{}",
                page.text
            );
            assert!(
                !page.has("<dd>Derīga</dd>") && !page.has("Kopš"),
                "{}",
                page.text
            );
            assert!(
                !page.has(GIVEN) && !page.has("Invaliditāte"),
                "{}",
                page.text
            );
        }
        // No list shows the account.
        let mut admin = app.client(Who::Admin).await;
        let list = admin.get("/lv/admin/accounts").await;
        assert!(!list.has("erased:"), "{}", list.text);
        assert!(server::audit::verify_chain(&app.db).await.unwrap().is_ok());
    }
}

#[actix_web::test]
async fn the_only_administrator_is_not_erased() {
    for app in TestApp::on_each_database().await {
        let mut admin = app.client(Who::Admin).await;
        let hash = accounts::hash_password(PASSWORD.to_owned()).await.unwrap();
        app.db
            .write::<_, DbErr>(async move |txn| {
                entity::account::Entity::update_many()
                    .col_expr(entity::account::Column::PasswordHash, Expr::value(hash))
                    .exec(txn)
                    .await
            })
            .await
            .unwrap();
        let form = [("understood", "yes"), ("password", PASSWORD)];
        let page = admin.post("/en/me/data/erase", &form).await;
        assert_eq!(page.status, 422);
        assert!(page.has("You are the only administrator"), "{}", page.text);
    }
}

#[actix_web::test]
async fn rules_of_retention_count_when_dry_and_record_what_they_delete() {
    for app in TestApp::on_each_database().await {
        let mut visitor = app.visitor();
        visitor
            .post("/lv/register", &[("email", "never@example.test")])
            .await;
        app.deliver().await;
        let rules = app.app.privacy.rules();
        let count = |all: &[privacy::Applied]| -> u64 { all.iter().map(|one| one.rows).sum() };
        assert_eq!(
            count(&privacy::apply_rules(&rules, false).await.unwrap()),
            0
        );
        app.clock_control.advance(TimeDelta::days(400));
        let dry = privacy::apply_rules(&rules, true).await.unwrap();
        assert!(count(&dry) >= 2, "{dry:?}");
        assert!(app.db.dump().await.contains("never@example.test"));
        let wet = privacy::apply_rules(&rules, false).await.unwrap();
        let of = |all: &[privacy::Applied], rule: &str| {
            all.iter().find(|one| one.rule == rule).unwrap().rows
        };
        for rule in ["sent-mails", "mailed-links"] {
            assert_eq!(of(&dry, rule), of(&wet, rule), "{rule}");
        }
        // Its link was deleted just before.
        assert_eq!(of(&wet, "unconfirmed-accounts"), 1);
        assert!(!app.db.dump().await.contains("never@example.test"));
        let runs = entity::retention_run::Entity::find()
            .all(app.db.read())
            .await
            .unwrap();
        let deleted: i64 = runs.iter().map(|run| run.deleted).sum();
        assert_eq!(deleted.unsigned_abs(), count(&wet));
    }
}
