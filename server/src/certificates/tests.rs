//! Issuing, rendering, replacing, revoking, and the pages, on each available database.

use std::collections::BTreeSet;

use actix_web::http::{StatusCode, header};
use chrono::TimeDelta;
use data_encoding::HEXLOWER;
use futures::future::join_all;
use sea_orm::{DbErr, EntityTrait as _};
use sha2::{Digest as _, Sha256};

use super::{
    Code, Issue, IssueTexts, Wording, issue, of_person, of_source,
    service::{self, Certificate, CertificateStanding, FileError, find_by_code},
};
use crate::{
    app::App,
    background::workers,
    clock::Clock,
    db::entity::{
        audit_entry, certificate_file,
        job::{self, JobStatus},
    },
    http::Lang,
    ids::{AccountId, CertificateId, PersonId},
    jobs, people,
    testing::{Client, PUBLIC_URL, Page, Someone, TestApp, Who},
};

const NAME: &str = "Žanete Ķēniņa-Šķēle";

fn about(holder_name: &str) -> Issue {
    Issue {
        holder_name: holder_name.to_owned(),
        source: crate::source::Source {
            kind: crate::source::SourceKind::new("sample"),
            id: Clock::system().new_id(),
        },
        wording: Wording::new("course"),
        title: "Invaliditāte".to_owned(),
        volume: "2 akadēmiskās stundas".to_owned(),
        outcomes: vec!["Nosaukt šķērsli, nevis diagnozi.".to_owned()],
        translation: Some(IssueTexts {
            lang: Lang::En,
            title: "Disability".to_owned(),
            volume: "2 academic hours".to_owned(),
            outcomes: vec!["name the barrier, not the diagnosis".to_owned()],
        }),
        achieved_at: "2026-11-22T22:30:00Z".parse().unwrap(),
        lang: Lang::Lv,
        project_number: "4.3.4.1/1/23/I/001".to_owned(),
        public_url: PUBLIC_URL.to_owned(),
        is_sample: false,
    }
}

async fn issued(app: &App, person_id: PersonId, about: Issue) -> Certificate {
    let (clock, source) = (app.clock.clone(), about.source.clone());
    app.db
        .write::<_, DbErr>(async move |txn| {
            let person = people::lock(txn, person_id).await?;
            issue(&person, &clock, about).await
        })
        .await
        .unwrap();
    let mut certificates = of_source(&app.db, &source).await.unwrap();
    assert_eq!(certificates.len(), 1);
    certificates.remove(0)
}

async fn issued_to(app: &App, client: &Client) -> Certificate {
    issued(app, client.person_id, about(NAME)).await
}

async fn revoked(app: &App, actor: AccountId, id: CertificateId, reason: &'static str) -> bool {
    let clock = app.clock.clone();
    app.db
        .write::<_, DbErr>(async move |txn| service::revoke(txn, &clock, actor, id, reason).await)
        .await
        .unwrap()
}

async fn replaced(
    app: &App,
    actor: AccountId,
    id: CertificateId,
    name: &'static str,
) -> Option<Code> {
    let clock = app.clock.clone();
    app.db
        .write::<_, DbErr>(async move |txn| {
            service::replace(txn, &clock, actor, id, name.to_owned(), "Labots vārds.").await
        })
        .await
        .unwrap()
}

async fn file(app: &App, id: CertificateId) -> Result<Vec<u8>, FileError> {
    service::file(&app.db, &app.clock, &app.certificates.theme, id, None).await
}

async fn find(app: &App, code: &Code) -> Certificate {
    find_by_code(&app.db, code).await.unwrap().unwrap()
}

async fn jobs_of(app: &App) -> Vec<job::Model> {
    job::Entity::find().all(app.db.read()).await.unwrap()
}

#[tokio::test]
async fn what_is_printed_is_frozen_at_the_issue() {
    for app in TestApp::on_each_database().await {
        let learner = app.client(Who::Learner).await;
        let certificate = issued_to(&app.app, &learner).await;
        let data = &certificate.data;
        assert_eq!(data.serial, "IESP-2026-000001");
        assert_eq!(data.holder_name, NAME);
        // 22 November in UTC is already the 23rd in Rīga.
        assert_eq!(data.achieved_on, "2026. gada 23. novembrī");
        assert_eq!(data.issued_on, "2026. gada 23. novembrī");
        let code = &certificate.code;
        assert_eq!(data.verify_url, format!("{PUBLIC_URL}/lv/verify/{code}"));
        assert_eq!(certificate.standing, CertificateStanding::Valid);
        assert_eq!(find(&app.app, &certificate.code).await.files, []);
        let own = of_person(&app.db, learner.person_id).await.unwrap();
        assert_eq!(own.len(), 1);
    }
}

#[tokio::test]
async fn serial_numbers_have_no_gaps_and_no_doubles() {
    for app in TestApp::on_each_database().await {
        // For several people, because writes about the same person are serialised in any case.
        let mut people = Vec::new();
        for number in 0..5 {
            let someone = Someone {
                email: format!("learner-{number}@example.test"),
                role: None,
                is_ready: true,
            };
            people.push(app.client_of(someone).await.person_id);
        }
        let all = (0..20)
            .zip(people.iter().copied().cycle())
            .map(|(turn, person)| {
                let app = app.app.clone();
                async move {
                    let (clock, about) = (app.clock.clone(), about(NAME));
                    app.db
                        .write::<_, DbErr>(async move |txn| {
                            let person = people::lock(txn, person).await?;
                            issue(&person, &clock, about).await?;
                            if turn % 4 == 0 {
                                return Err(DbErr::Custom("undone".to_owned()));
                            }
                            Ok(())
                        })
                        .await
                }
            });
        let kept = join_all(all).await.into_iter().flatten().count();
        assert_eq!(kept, 15);
        let mut certificates = Vec::new();
        for person in people {
            certificates.extend(of_person(&app.db, person).await.unwrap());
        }
        let serials: BTreeSet<_> = certificates
            .iter()
            .map(|it| it.data.serial.clone())
            .collect();
        let expected: BTreeSet<_> = (1..=15).map(|n| format!("IESP-2026-{n:06}")).collect();
        assert_eq!(serials, expected);
        let codes: BTreeSet<_> = certificates.iter().map(|it| it.code.to_string()).collect();
        assert_eq!(codes.len(), 15);
    }
}

#[tokio::test]
async fn numbers_begin_anew_with_the_year_in_riga() {
    let app = TestApp::start().await;
    let learner = app.client(Who::Learner).await;
    issued_to(&app.app, &learner).await;
    app.clock_control
        .set("2026-12-31T22:00:00Z".parse().unwrap());
    let certificate = issued_to(&app.app, &learner).await;
    assert_eq!(certificate.data.serial, "IESP-2027-000001");
}

#[tokio::test]
async fn the_same_completion_is_certified_once() {
    for app in TestApp::on_each_database().await {
        let learner = app.client(Who::Learner).await;
        let (person_id, about) = (learner.person_id, about(NAME));
        issued(&app.app, person_id, about.clone()).await;
        let clock = app.app.clock.clone();
        let again = app.db.write::<_, DbErr>(async move |txn| {
            let person = people::lock(txn, person_id).await?;
            issue(&person, &clock, about).await
        });
        assert!(crate::db::is_unique_violation(&again.await.unwrap_err()));
    }
}

#[tokio::test]
async fn the_file_is_made_once_and_kept() {
    for app in TestApp::on_each_database().await {
        let learner = app.client(Who::Learner).await;
        let certificate = issued_to(&app.app, &learner).await;
        let (one, other) = tokio::join!(
            file(&app.app, certificate.id),
            file(&app.app, certificate.id)
        );
        let bytes = one.unwrap();
        assert!(bytes == other.unwrap());
        let digest = HEXLOWER.encode(&Sha256::digest(&bytes));
        let known = find(&app.app, &certificate.code).await;
        assert_eq!(known.files, [("lv".to_owned(), digest)]);

        app.clock_control.advance(TimeDelta::days(400));
        assert!(file(&app.app, certificate.id).await.unwrap() == bytes);
        let files = certificate_file::Entity::find().all(app.db.read()).await;
        assert_eq!(files.unwrap().len(), 1);
        let unknown = file(&app.app, CertificateId::NIL).await;
        assert!(matches!(unknown, Err(FileError::NotFound)));
    }
}

#[tokio::test]
async fn the_file_is_made_right_after_the_issue() {
    let app = TestApp::start().await;
    let learner = app.client(Who::Learner).await;
    let certificate = issued_to(&app.app, &learner).await;
    assert_eq!(
        jobs::run_due(&app.app.queue(), &workers(&app.app))
            .await
            .unwrap(),
        1
    );
    let drawn = find(&app.app, &certificate.code).await;
    assert_eq!(drawn.files.len(), 1);
}

#[tokio::test]
async fn a_name_that_cannot_be_printed_stops_the_file_until_it_is_replaced() {
    let app = TestApp::start().await;
    let mut learner = app.client(Who::Learner).await;
    let certificate = issued(&app.app, learner.person_id, about("王小明")).await;
    assert_eq!(
        jobs::run_due(&app.app.queue(), &workers(&app.app))
            .await
            .unwrap(),
        0
    );
    let job = jobs_of(&app.app).await.remove(0);
    assert_eq!(job.status, JobStatus::Dead);
    assert!(job.last_error.unwrap().contains('王'));
    let path = format!("/lv/me/certificates/{}.pdf", certificate.data.serial);
    let page = learner.get(&path).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert_eq!(page.heading(), "Apliecības failu pagaidām nevar izveidot");

    let code = replaced(
        &app.app,
        learner.account_id,
        certificate.id,
        "Sjao Mina Vana",
    )
    .await;
    let healed = find(&app.app, &code.unwrap()).await;
    assert!(file(&app.app, healed.id).await.is_ok());
}

#[tokio::test]
async fn a_replaced_certificate_names_the_one_in_its_place() {
    for app in TestApp::on_each_database().await {
        let learner = app.client(Who::Learner).await;
        let old = issued_to(&app.app, &learner).await;
        let bytes = file(&app.app, old.id).await.unwrap();
        let code = replaced(&app.app, learner.account_id, old.id, "Žanete Kalniņa")
            .await
            .unwrap();
        assert_eq!(
            replaced(&app.app, learner.account_id, old.id, "X").await,
            None
        );
        assert!(!revoked(&app.app, learner.account_id, old.id, "par vēlu").await);

        let now = find(&app.app, &old.code).await;
        let CertificateStanding::Replaced {
            reason, by_code, ..
        } = &now.standing
        else {
            panic!("{now:?}");
        };
        assert_eq!(reason, "Labots vārds.");
        assert_eq!(by_code.as_ref(), Some(&code));
        assert_eq!(now.data, old.data, "what was printed stays as it was");
        assert!(file(&app.app, old.id).await.unwrap() == bytes);

        let new = find(&app.app, &code).await;
        assert_eq!(new.standing, CertificateStanding::Valid);
        assert_eq!(new.data.holder_name, "Žanete Kalniņa");
        assert_eq!(new.data.serial, "IESP-2026-000002");
        assert!(new.data.verify_url.ends_with(&code.to_string()));
        assert_eq!(new.data.achieved_on, old.data.achieved_on);
        let audited = audit_entry::Entity::find()
            .all(app.db.read())
            .await
            .unwrap();
        assert_eq!(audited.len(), 1);
        assert_eq!(audited[0].action, "certificate.replaced");
    }
}

#[tokio::test]
async fn of_two_concurrent_replacements_one_succeeds() {
    for app in TestApp::on_each_database().await {
        let learner = app.client(Who::Learner).await;
        let old = issued_to(&app.app, &learner).await;
        let (one, other) = tokio::join!(
            replaced(&app.app, learner.account_id, old.id, "Anna"),
            replaced(&app.app, learner.account_id, old.id, "Zane"),
        );
        assert_ne!(one.is_some(), other.is_some());
        assert_eq!(
            of_person(&app.db, learner.person_id).await.unwrap().len(),
            2
        );
    }
}

fn says(page: &Page, texts: &[&str]) {
    for text in texts {
        assert!(page.has(text), "no “{text}” in {}", page.text);
    }
}

#[tokio::test]
async fn a_sample_is_never_called_a_real_certificate() {
    for app in TestApp::on_each_database().await {
        let learner = app.client(Who::Learner).await;
        let about = Issue {
            is_sample: true,
            ..about(NAME)
        };
        let certificate = issued(&app.app, learner.person_id, about).await;
        let mut stranger = app.visitor();
        let by_code = certificate.data.verify_url.strip_prefix(PUBLIC_URL);
        for path in [by_code.unwrap(), "/lv/verify/IESP-2026-000001"] {
            let page = stranger.get(path).await;
            says(&page, &["Paraugs, nevis apliecība", "<dd>Paraugs</dd>"]);
            assert!(!page.has("īsta un derīga") && !page.has("Derīga"), "{path}");
        }
    }
}

#[tokio::test]
async fn anyone_with_the_code_sees_what_a_certificate_certifies() {
    for app in TestApp::on_each_database().await {
        let learner = app.client(Who::Learner).await;
        let certificate = issued_to(&app.app, &learner).await;
        let path = certificate
            .data
            .verify_url
            .strip_prefix(PUBLIC_URL)
            .unwrap();
        let mut stranger = app.visitor();
        let page = stranger.get(path).await;
        assert_eq!(page.status, StatusCode::OK);
        says(
            &page,
            &[
                NAME,
                "Invaliditāte",
                "2 akadēmiskās stundas",
                "2026. gada 23. novembrī",
                "IESP-2026-000001",
                "Labklājības ministrija",
                "īsta un derīga",
            ],
        );
        let english = stranger.get(&path.replacen("/lv/", "/en/", 1)).await;
        says(&english, &["genuine and valid", NAME]);
        assert!(!page.has("SHA-256"));
        file(&app.app, certificate.id).await.unwrap();
        let (_, digest) = find(&app.app, &certificate.code).await.files.remove(0);
        says(&stranger.get(path).await, &["SHA-256", &digest]);

        assert!(
            revoked(
                &app.app,
                learner.account_id,
                certificate.id,
                "Izsniegta kļūdas dēļ."
            )
            .await
        );
        let page = stranger.get(path).await;
        assert_eq!(page.status, StatusCode::OK);
        says(&page, &["ir atsaukta", "Izsniegta kļūdas dēļ.", NAME]);
        assert!(!page.has("īsta un derīga"));
    }
}

#[tokio::test]
async fn a_replaced_certificate_leads_to_the_one_in_its_place() {
    let app = TestApp::start().await;
    let learner = app.client(Who::Learner).await;
    let old = issued_to(&app.app, &learner).await;
    let code = replaced(&app.app, learner.account_id, old.id, "Žanete Kalniņa")
        .await
        .unwrap();
    let mut stranger = app.visitor();
    let page = stranger.get(&format!("/lv/verify/{}", old.code)).await;
    assert_eq!(page.status, StatusCode::OK);
    says(&page, &["aizstāta", "Labots vārds."]);
    says(&page, &[&format!("/lv/verify/{code}")]);
}

#[tokio::test]
async fn codes_are_read_however_they_are_typed_and_wrong_ones_say_so() {
    let app = TestApp::start().await;
    let learner = app.client(Who::Learner).await;
    let certificate = issued_to(&app.app, &learner).await;
    let code = certificate.code.to_string();
    let mut stranger = app.visitor();

    let page = stranger.get("/lv/verify").await;
    assert_eq!(
        (page.status, page.heading()),
        (StatusCode::OK, "Apliecības pārbaude".to_owned())
    );
    let typed = code.to_lowercase().replace('-', "+");
    let page = stranger.get(&format!("/lv/verify?code=+{typed}")).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    assert_eq!(page.location(), format!("/lv/verify/{code}"));
    assert_eq!(stranger.follow(&page).await.status, StatusCode::OK);

    let page = stranger.get("/lv/verify?code=").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    says(&page, &["Ierakstiet apliecības kodu"]);

    let last = if code.ends_with('7') { "8" } else { "7" };
    let tampered = format!("{}{last}", code.split_at(13).0);
    for path in [
        format!("/lv/verify/{tampered}"),
        format!("/lv/verify?code={tampered}"),
        "/lv/verify/%C4%81%01".to_owned(),
        format!("/lv/verify/{}", "A".repeat(3_000)),
    ] {
        let page = stranger.get(&path).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        says(&page, &["Šāda koda nevar būt", "<form"]);
    }
    let page = stranger.get(&format!("/lv/verify?code={tampered}")).await;
    says(&page, &[&format!("value=\"{tampered}\"")]);

    let page = stranger
        .get(&format!("/en/verify/{}", Code::from_random(1)))
        .await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    says(&page, &["There is no certificate with this code", "<form"]);
}

#[tokio::test]
async fn only_its_holder_downloads_a_certificate() {
    for app in TestApp::on_each_database().await {
        let mut learner = app.client(Who::Learner).await;
        let certificate = issued_to(&app.app, &learner).await;
        let path = format!("/lv/me/certificates/{}.pdf", certificate.data.serial);
        let page = learner.get(&path).await;
        assert_eq!(page.status, StatusCode::OK);
        let content_type = page.headers.get(header::CONTENT_TYPE).unwrap();
        assert_eq!(content_type, "application/pdf");
        assert!(page.bytes.starts_with(b"%PDF-1.7"));
        let again = learner.get(&path).await;
        assert!(page.bytes == again.bytes);

        let mut other = app
            .client_of(Someone {
                email: "cits@example.test".to_owned(),
                role: None,
                is_ready: true,
            })
            .await;
        assert_eq!(other.get(&path).await.status, StatusCode::NOT_FOUND);
        let mut manager = app.client(Who::Manager).await;
        assert_eq!(manager.get(&path).await.status, StatusCode::NOT_FOUND);
        let unknown = learner
            .get("/lv/me/certificates/IESP-2026-999999.pdf")
            .await;
        assert_eq!(unknown.status, StatusCode::NOT_FOUND);
        let page = app.visitor().get(&path).await;
        assert!(page.location().starts_with("/lv/sign-in?"));
    }
}

#[tokio::test]
async fn guessing_codes_is_limited() {
    let app = TestApp::build().waits_noted().start().await;
    let mut stranger = app.visitor();
    for bits in 0..80 {
        let path = format!("/lv/verify/{}", Code::from_random(bits));
        assert_eq!(stranger.get(&path).await.status, StatusCode::NOT_FOUND);
    }
    let waits = app.waits();
    assert!(waits.len() >= 10, "{waits:?}");
    assert!(
        waits.is_sorted() && waits.first() < waits.last(),
        "{waits:?}"
    );
}

#[actix_web::test]
async fn a_serial_number_shows_date_and_state_and_never_a_name() {
    for app in TestApp::on_each_database().await {
        let learner = app.client(Who::Learner).await;
        let certificate = issued_to(&app.app, &learner).await;
        let serial = certificate.data.serial.clone();
        let mut stranger = app.visitor();
        let found = stranger.get("/lv/verify?code=Nr.+iesp-2026-000001").await;
        assert_eq!(found.location(), format!("/lv/verify/{serial}"));
        let page = stranger.follow(&found).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.has(&serial) && page.has("2026") && page.has("noindex"));
        let code = certificate.code.to_string();
        for secret in [NAME, "Žanete", "Invaliditāte", &code] {
            assert!(!page.has(secret), "{secret}: {}", page.text);
        }
        assert!(
            revoked(
                &app.app,
                learner.account_id,
                certificate.id,
                "Žanete kļūdījās"
            )
            .await
        );
        let page = stranger.get(&format!("/en/verify/{serial}")).await;
        assert!(page.has("revoked") && !page.has("Žanete"), "{}", page.text);
        let none = stranger.get("/en/verify/IESP-2026-000002").await;
        assert_eq!(none.status, StatusCode::NOT_FOUND);
    }
}

#[actix_web::test]
async fn one_certificate_can_be_had_in_both_languages() {
    for app in TestApp::on_each_database().await {
        let mut learner = app.client(Who::Learner).await;
        let certificate = issued_to(&app.app, &learner).await;
        let serial = certificate.data.serial.clone();
        let file = |lang: &str| format!("/{lang}/me/certificates/{serial}.pdf");
        let latvian = learner.get(&file("lv")).await;
        let english = learner.get(&file("en")).await;
        for (page, lang) in [(&latvian, "lv"), (&english, "en")] {
            assert_eq!(page.status, StatusCode::OK);
            assert!(page.bytes.starts_with(b"%PDF-1.7"));
            let name = page.headers.get(header::CONTENT_DISPOSITION).unwrap();
            assert!(
                name.to_str()
                    .unwrap()
                    .contains(&format!("{serial}-{lang}.pdf"))
            );
        }
        assert!(latvian.bytes != english.bytes);
        // Each stays as it was made first.
        app.clock_control.advance(TimeDelta::minutes(40));
        assert!(learner.get(&file("lv")).await.bytes == latvian.bytes);
        assert!(learner.get(&file("en")).await.bytes == english.bytes);

        // One number, one code, one state; the page is in the visitor's language, and names both files.
        let path = format!("verify/{}", certificate.code);
        let mut stranger = app.visitor();
        let page = stranger.get(&format!("/en/{path}")).await;
        says(
            &page,
            &[
                "Disability",
                "2 academic hours",
                "23 November 2026",
                &serial,
            ],
        );
        for file in [&latvian, &english] {
            says(&page, &[&HEXLOWER.encode(&Sha256::digest(&file.bytes))]);
        }
        assert!(!page.has(".pdf\""), "files are for the holder");
        says(
            &stranger.get(&format!("/lv/{path}")).await,
            &["Invaliditāte", "2 akadēmiskās stundas"],
        );
        for page in [format!("/lv/{path}"), "/lv/me".to_owned()] {
            says(&learner.get(&page).await, &[&file("lv"), &file("en")]);
        }

        // A corrected one can be had in both, too.
        let code = replaced(
            &app.app,
            learner.account_id,
            certificate.id,
            "Žanete Kalniņa",
        )
        .await
        .unwrap();
        let new = find(&app.app, &code).await;
        let translated = new.data.in_language(Lang::En);
        assert!(
            translated
                .verify_url
                .ends_with(&format!("/en/verify/{code}"))
        );
        assert_eq!(
            (translated.title.as_str(), translated.holder_name.as_str()),
            ("Disability", "Žanete Kalniņa")
        );
    }
}

#[actix_web::test]
async fn a_certificate_in_one_language_is_given_in_it_everywhere() {
    let app = TestApp::start().await;
    let mut learner = app.client(Who::Learner).await;
    let alone = Issue {
        translation: None,
        ..about(NAME)
    };
    let certificate = issued(&app.app, learner.person_id, alone).await;
    let serial = &certificate.data.serial;
    let latvian = learner
        .get(&format!("/lv/me/certificates/{serial}.pdf"))
        .await;
    let asked_in_english = learner
        .get(&format!("/en/me/certificates/{serial}.pdf"))
        .await;
    assert!(latvian.bytes == asked_in_english.bytes);
    let page = learner.get("/en/me").await;
    assert_eq!(page.text.matches(".pdf\"").count(), 1);
}
