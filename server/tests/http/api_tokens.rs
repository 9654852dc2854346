//! Tokens of the API: their page, their owners' data, and the command line.

use chrono::TimeDelta;
use sea_orm::EntityTrait as _;
use server::{
    accounts::Role,
    app::personal_records,
    audit,
    db::entity::{api_token, audit_entry},
    privacy,
    testing::{Someone, TestApp, Who, assert_admits, assert_admits_post},
};

use crate::api::token;

#[actix_web::test]
async fn tokens_are_for_organisers_and_managers() {
    let app = TestApp::start().await;
    let admitted = [Who::Organiser, Who::Manager];
    assert_admits(&app, "/lv/me/tokens", &admitted).await;
    assert_admits_post(&app, "/en/me/tokens", &[], &admitted).await;
    let nothing = "/lv/me/tokens/00000000-0000-7000-8000-000000000000/revoke";
    assert_admits_post(&app, nothing, &[], &admitted).await;
    for (who, has_link) in [
        (Who::Learner, false),
        (Who::Organiser, true),
        (Who::Manager, true),
    ] {
        let page = app.client(who).await.get("/lv/me/account").await;
        assert_eq!(page.has("/lv/me/tokens"), has_link, "{who:?}");
    }
}

#[actix_web::test]
async fn a_token_is_shown_once_and_stored_as_a_hash() {
    for app in TestApp::on_each_database().await {
        let mut client = app.client(Who::Organiser).await;
        let empty = client.get("/en/me/tokens").await;
        assert!(empty.has("You have no access tokens yet"));
        assert!(empty.has("/api/guide.txt") && empty.has("/api/openapi.json"));
        let secret = token(&mut client, "write").await;
        assert_eq!(secret.len(), "iespeja_".len() + 43);
        let list = client.get("/en/me/tokens").await;
        assert!(list.has("Programma") && list.has("read events and registrations, register"));
        assert!(list.has("Works until 21 February 2027") || list.has("Works until"));
        assert!(list.has("Not used yet"));
        assert!(!list.has(&secret), "shown once");
        let rows = api_token::Entity::find().all(app.db.read()).await.unwrap();
        assert_eq!(rows.len(), 1);
        let row = &rows[0];
        assert_eq!(row.token_hash, server::accounts::token_hash(&secret));
        assert_eq!(row.expires_at, app.now() + TimeDelta::days(90));
        assert_eq!(row.scopes, "events:read events:write");

        // In one's own data, without the hash.
        let file = client.get("/lv/me/data/export.json").await;
        assert!(file.has("Programma") && file.has("events:read events:write"));
        assert!(!file.has(&row.token_hash) && !file.has(&secret));
        let file = client.get("/en/me/data/export.html").await;
        assert!(
            !file.has("data-field-") && !file.has("data-table-"),
            "{}",
            file.text
        );

        // Another's cannot be revoked, nor seen.
        let path = format!("/en/me/tokens/{}/revoke", row.id);
        let mut manager = app.client(Who::Manager).await;
        assert_eq!(manager.get(&path).await.status, 404);
        assert_eq!(manager.post(&path, &[]).await.status, 404);
        assert!(!manager.get("/en/me/tokens").await.has("Programma"));

        let asked = client.get(&path).await;
        assert!(asked.has("Revoke the token") && asked.has("Programma"));
        for _ in 0..2 {
            let page = client.post(&path, &[]).await;
            assert_eq!(page.location(), "/en/me/tokens");
        }
        let list = client.get("/en/me/tokens").await;
        assert!(list.has("Revoked") && !list.has(&format!("{path}\"")));
        assert_eq!(client.get(&path).await.location(), "/en/me/tokens");

        let entries = audit_entry::Entity::find()
            .all(app.db.read())
            .await
            .unwrap();
        let about: Vec<_> = entries
            .iter()
            .filter(|entry| entry.subject_id == row.id.to_string())
            .map(|entry| entry.action.as_str())
            .collect();
        assert_eq!(about, ["api-token.created", "api-token.revoked"]);
        assert!(audit::verify_chain(&app.db).await.unwrap().is_ok());
    }
}

#[actix_web::test]
async fn no_more_than_twenty_tokens_work_at_once() {
    let app = TestApp::start().await;
    let mut client = app.client(Who::Manager).await;
    for _ in 0..20 {
        token(&mut client, "read").await;
    }
    let fields = [("name", "Vēl viena"), ("access", "write"), ("days", "366")];
    let page = client.post("/lv/me/tokens", &fields).await;
    assert_eq!(page.status, 422);
    assert!(page.has("Jums jau ir 20 derīgas atslēgas") && page.has("value=\"Vēl viena\""));
    app.clock_control.advance(TimeDelta::days(90));
    let mut client = app.client(Who::Manager).await;
    token(&mut client, "read").await;
}

#[actix_web::test]
async fn tokens_that_work_no_more_are_deleted_after_ninety_days_and_with_the_person() {
    for app in TestApp::on_each_database().await {
        let rules = || privacy::Rules {
            clock: app.app.clock.clone(),
            db: app.db.clone(),
            registry: personal_records(&app.app.config, &app.app.field_keys),
            retention: std::sync::Arc::default(),
        };
        let kept = async || {
            let rows = api_token::Entity::find().all(app.db.read()).await.unwrap();
            rows.len()
        };
        let mut client = app.client(Who::Organiser).await;
        token(&mut client, "read").await;
        token(&mut client, "read").await;
        let rows = api_token::Entity::find().all(app.db.read()).await.unwrap();
        let path = format!("/lv/me/tokens/{}/revoke", rows[0].id);
        assert_eq!(client.post(&path, &[]).await.status, 303);
        for (days, left) in [(90, 2), (1, 1), (88, 1), (2, 0)] {
            app.clock_control.advance(TimeDelta::days(days));
            privacy::apply_rules(&rules(), true).await.unwrap();
            privacy::apply_rules(&rules(), false).await.unwrap();
            assert_eq!(kept().await, left, "after {days} more days");
        }

        let someone = Someone {
            email: "prom@example.test".to_owned(),
            role: Some(Role::Organiser),
            is_ready: true,
        };
        let mut leaving = app.client_of(someone).await;
        token(&mut leaving, "write").await;
        assert_eq!(kept().await, 1);
        let subject = app
            .app
            .privacy
            .registry
            .subject(&app.db, leaving.person_id)
            .await
            .unwrap();
        let registry = app.app.privacy.registry.clone();
        let now = app.now();
        app.db
            .write::<_, sea_orm::DbErr>(async move |txn| {
                let erasing = server::personal::Erasing {
                    subject,
                    keeps_facts: false,
                    now,
                };
                for area in registry.areas() {
                    area.erase(txn, &erasing).await?;
                }
                Ok(())
            })
            .await
            .unwrap();
        assert_eq!(kept().await, 0);
    }
}

/// Beside a running server, on each database.
#[cfg(unix)]
#[actix_web::test]
async fn the_command_line_makes_lists_and_revokes_tokens() {
    use server::db::testing::{POSTGRES_VARIABLE, TestDb};

    use super::operating::{demo, said, with_database};

    let mut databases = vec![None];
    if std::env::var(POSTGRES_VARIABLE).is_ok() {
        databases.push(Some(TestDb::postgres().await.unwrap()));
    }
    for database in &databases {
        let place = tempfile::TempDir::new().unwrap();
        let data = place.path().join("data");
        let url = database.as_ref().map(TestDb::url);
        if let Some(database) = database {
            database.close().await.unwrap();
        }
        let running = demo(&data, url);
        let run = |arguments: &[&str]| {
            let mut all = vec!["token"];
            all.extend(arguments);
            with_database(&data, url, &all)
        };
        let email = ["--email", "organiser@example.com"];
        let listed = |words: &str| {
            let output = run(&["list", email[0], email[1]]);
            assert!(said(&output).contains(words), "{words}: {}", said(&output));
            said(&output)
        };
        listed("no tokens");
        let scopes = ["--scope", "events:read", "--scope", "events:write"];
        let made = run(&[
            &["create"],
            &email[..],
            &scopes[..],
            &["--name", "Nakts", "--days", "3"],
        ]
        .concat());
        assert!(made.status.success(), "{}", said(&made));
        let secret = String::from_utf8(made.stdout).unwrap();
        let secret = secret.lines().last().unwrap().to_owned();
        assert!(secret.starts_with("iespeja_"), "{secret}");
        let list = listed("“Nakts”  events:read events:write  works until");
        assert!(!list.contains(&secret));

        let ask = || {
            let request = format!(
                "GET /api/v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {secret}\r\nConnection: close\r\n\r\n"
            );
            running.ask(request.as_bytes())
        };
        assert!(ask().starts_with("HTTP/1.1 200"), "{}", ask());
        let id = list.split_whitespace().next().unwrap();
        for words in ["revoked", "was revoked before"] {
            let revoked = run(&["revoke", id]);
            assert!(revoked.status.success() && said(&revoked).contains(words));
        }
        assert!(ask().starts_with("HTTP/1.1 401"), "{}", ask());
        listed("revoked");

        for (arguments, words) in [
            (
                vec![
                    "create",
                    "--email",
                    "nobody@example.com",
                    "--scope",
                    "events:read",
                ],
                "there is no account",
            ),
            (
                vec![
                    "create",
                    "--email",
                    "learner@example.com",
                    "--scope",
                    "events:read",
                ],
                "organiser",
            ),
            (
                vec!["create", email[0], email[1], "--scope", "events:delete"],
                "events:read, events:write",
            ),
            (vec!["create", email[0], email[1]], "--scope"),
            (
                vec![
                    "create",
                    email[0],
                    email[1],
                    "--scope",
                    "events:read",
                    "--days",
                    "367",
                ],
                "366",
            ),
            (
                vec![
                    "create",
                    email[0],
                    email[1],
                    "--scope",
                    "events:read",
                    "--name",
                    " ",
                ],
                "name",
            ),
            (
                vec!["list", "--email", "nobody@example.com"],
                "there is no account",
            ),
            (
                vec!["revoke", "00000000-0000-7000-8000-000000000000"],
                "there is no token",
            ),
            (vec!["revoke", "x"], "invalid"),
        ] {
            let refused = run(&arguments);
            assert!(!refused.status.success(), "{arguments:?}");
            assert!(
                said(&refused).contains(words),
                "{arguments:?}: {}",
                said(&refused)
            );
        }
        running.stop();
    }
}
