//! The API: who may do what, what it answers, and that a repeated request has one effect.

use std::collections::BTreeSet;

use actix_web::{
    http::{Method, header},
    test::TestRequest,
};
use chrono::TimeDelta;
use futures::future::join_all;
use sea_orm::{ActiveModelTrait as _, DbErr, EntityTrait as _, PaginatorTrait as _, Set};
use serde_json::{Value, json};
use server::{
    accounts::Role,
    db::entity::{api_token, idempotency_key, registration, strand_grant},
    events::{self, Form, NewEvent, NewSession},
    ids::{AccountId, EventId},
    privacy,
    programme::EventAudience,
    testing::{Client, Page, Someone, TestApp, Who},
};

const STRAND: &str = "employer-seminars";
const FOREIGN: &str = "employer-information";

/// A draft of these places in this strand, to begin in a month.
pub(crate) async fn draft(app: &TestApp, by: AccountId, strand: &str, capacity: i32) -> EventId {
    let clock = app.app.clock.clone();
    let starts_at = clock.now() + TimeDelta::days(30);
    let new = NewEvent {
        kind: "seminar".to_owned(),
        strand: strand.to_owned(),
        title: ("Seminārs".to_owned(), String::new()),
        summary: (String::new(), String::new()),
        language: "lv".to_owned(),
        audience: EventAudience::Employers,
        lecturers: String::new(),
        contact_email: String::new(),
        capacity,
        minimum: Some(8),
        opens_at: None,
        closes_at: None,
        cancel_until: None,
        offer_hours: 0,
        reminder_minutes: vec![1_440],
        needs_kept_days: 30,
        sessions: vec![NewSession {
            starts_at,
            ends_at: starts_at + TimeDelta::hours(3),
            form: Form::InPerson,
            city: "Rīga".to_owned(),
            address: "Paraugu iela 1".to_owned(),
            room: "101".to_owned(),
            accessibility: "Lifts".to_owned(),
            remote_url: String::new(),
        }],
    };
    app.db
        .write::<_, DbErr>(async move |txn| events::insert(txn, &clock, by, &new).await)
        .await
        .unwrap()
}

/// The same, announced.
async fn event(app: &TestApp, by: AccountId, strand: &str, capacity: i32) -> EventId {
    let id = draft(app, by, strand, capacity).await;
    let now = app.now();
    app.db
        .write::<_, DbErr>(async move |txn| {
            let event = events::lock(txn, id).await?;
            events::publish(&event, now).await
        })
        .await
        .unwrap();
    id
}

/// Gives an account a strand.
async fn give(app: &TestApp, account_id: AccountId, strand: &str) {
    let row = strand_grant::ActiveModel {
        account_id: Set(account_id),
        strand: Set(strand.to_owned()),
        granted_by: Set(None),
        granted_at: Set(app.now()),
    };
    app.db
        .write::<_, DbErr>(async move |txn| row.insert(txn).await)
        .await
        .unwrap();
}

/// A token made on the page.
pub(crate) async fn token(client: &mut Client, access: &str) -> String {
    let fields = [("name", "Programma"), ("access", access), ("days", "90")];
    let page = client.post("/en/me/tokens", &fields).await;
    assert_eq!(page.status, 200, "{}", page.text);
    let (_, rest) = page.text.split_once("value=\"iespeja_").expect("the token");
    format!("iespeja_{}", rest.split('"').next().unwrap())
}

/// An organiser of [`STRAND`], and their token that reads and writes.
async fn organiser(app: &TestApp) -> (Client, String) {
    let mut client = app.client(Who::Organiser).await;
    give(app, client.account_id, STRAND).await;
    let token = token(&mut client, "write").await;
    (client, token)
}

/// A program that uses the API.
struct Program {
    client: Client,
    token: String,
}

impl Program {
    fn new(app: &TestApp, token: &str) -> Self {
        Self {
            client: app.visitor(),
            token: token.to_owned(),
        }
    }

    async fn send(&mut self, request: TestRequest) -> Page {
        let bearer = format!("Bearer {}", self.token);
        self.client
            .send(request.insert_header((header::AUTHORIZATION, bearer)))
            .await
    }

    async fn get(&mut self, path: &str) -> Page {
        self.send(TestRequest::get().uri(path)).await
    }

    async fn delete(&mut self, path: &str) -> Page {
        self.send(TestRequest::delete().uri(path)).await
    }

    async fn post(&mut self, path: &str, body: &Value) -> Page {
        let request = TestRequest::post().uri(path).set_json(body);
        self.send(request).await
    }

    async fn post_with(&mut self, path: &str, key: &str, body: &Value) -> Page {
        // Any text, not only ASCII.
        let value = header::HeaderValue::from_bytes(key.as_bytes()).unwrap();
        let request = TestRequest::post()
            .uri(path)
            .insert_header(("Idempotency-Key", value))
            .set_json(body);
        self.send(request).await
    }
}

fn body(page: &Page) -> Value {
    serde_json::from_str(&page.text).unwrap_or_else(|_| panic!("no JSON: {page:?}"))
}

/// Checks that a reply is a problem of this status, whose body is returned.
fn problem(page: &Page, status: u16) -> Value {
    assert_eq!(page.status, status, "{}", page.text);
    let kind = page.headers.get(header::CONTENT_TYPE).unwrap();
    assert_eq!(kind, "application/problem+json", "{}", page.text);
    let cached = page.headers.get(header::CACHE_CONTROL).unwrap();
    assert_eq!(cached, "no-store");
    let body = body(page);
    assert_eq!(body["status"], status);
    for member in ["type", "title", "detail"] {
        assert!(
            body[member].as_str().is_some_and(|text| !text.is_empty()),
            "{body}"
        );
    }
    body
}

fn person(number: usize) -> Value {
    json!({
        "given_name": "Anna",
        "family_name": "Paraudziņa",
        "email": format!("anna{number}@example.test"),
    })
}

fn registrations(event: EventId) -> String {
    format!("/api/v1/events/{event}/registrations")
}

async fn count(app: &TestApp) -> u64 {
    registration::Entity::find()
        .count(app.db.read())
        .await
        .unwrap()
}

#[actix_web::test]
async fn only_a_token_that_works_opens_the_api() {
    for app in TestApp::on_each_database().await {
        let (mut client, token) = organiser(&app).await;
        let id = event(&app, client.account_id, STRAND, 20).await;
        let paths = [
            "/api/v1/events".to_owned(),
            format!("/api/v1/events/{id}"),
            registrations(id),
        ];
        let mut works = Program::new(&app, &token);
        for path in &paths {
            let page = works.get(path).await;
            assert_eq!(page.status, 200, "{path}: {}", page.text);
            assert_eq!(page.headers.get(header::CACHE_CONTROL).unwrap(), "no-store");
            assert!(page.headers.get("access-control-allow-origin").is_none());
            assert!(page.headers.get(header::SET_COOKIE).is_none());

            // A session's cookie alone opens nothing.
            let refused = client.get(path).await;
            problem(&refused, 401);
            let challenge = refused.headers.get(header::WWW_AUTHENTICATE).unwrap();
            assert_eq!(challenge, "Bearer realm=\"iespeja\"");
            for wrong in [
                "",
                "iespeja_x",
                token.trim_start_matches('i'),
                &format!("{token}x"),
            ] {
                let refused = Program::new(&app, wrong).get(path).await;
                problem(&refused, 401);
                let challenge = refused.headers.get(header::WWW_AUTHENTICATE).unwrap();
                assert!(challenge.to_str().unwrap().contains("invalid_token"));
            }
            let basic = TestRequest::get()
                .uri(path)
                .insert_header((header::AUTHORIZATION, format!("Basic {token}")));
            problem(&app.visitor().send(basic).await, 401);
        }
        let lower = TestRequest::get()
            .uri("/api/v1/events")
            .insert_header((header::AUTHORIZATION, format!("bearer {token}")));
        assert_eq!(app.visitor().send(lower).await.status, 200);

        // Used, to a minute.
        let used = |rows: Vec<api_token::Model>| rows[0].last_used_at;
        let rows = api_token::Entity::find().all(app.db.read()).await.unwrap();
        assert_eq!(used(rows), Some(app.now()));

        app.clock_control
            .advance(TimeDelta::days(90) - TimeDelta::seconds(1));
        assert_eq!(works.get(&paths[0]).await.status, 200);
        app.clock_control.advance(TimeDelta::seconds(1));
        problem(&works.get(&paths[0]).await, 401);
    }
}

#[actix_web::test]
async fn a_token_ends_with_the_role_and_with_the_account() {
    for app in TestApp::on_each_database().await {
        let mut admin = app.client(Who::Admin).await;
        let ends = ["roles", "close"];
        for (number, end) in ends.into_iter().enumerate() {
            let someone = Someone {
                email: format!("ends{number}@example.test"),
                role: Some(Role::Organiser),
                is_ready: true,
            };
            let mut client = app.client_of(someone.clone()).await;
            let mut program = Program::new(&app, &token(&mut client, "read").await);
            assert_eq!(program.get("/api/v1/events").await.status, 200);
            let account = format!("/lv/admin/accounts/{}", client.account_id);
            let (taken, given) = match end {
                "roles" => (
                    vec![("role", "organiser"), ("change", "take")],
                    vec![("role", "organiser"), ("change", "give")],
                ),
                _ => (vec![("reason", "Beidza darbu")], vec![]),
            };
            let page = admin.post(&format!("{account}/{end}"), &taken).await;
            assert_eq!(page.status, 303, "{end}: {}", page.text);
            problem(&program.get("/api/v1/events").await, 401);
            // What comes back does not bring the token back.
            let again = if end == "roles" { "roles" } else { "reopen" };
            let page = admin.post(&format!("{account}/{again}"), &given).await;
            assert_eq!(page.status, 303, "{end}: {}", page.text);
            problem(&program.get("/api/v1/events").await, 401);
            let mut client = app.client_of(someone).await;
            let mut program = Program::new(&app, &token(&mut client, "read").await);
            assert_eq!(program.get("/api/v1/events").await.status, 200, "a new one");
        }

        // Of two roles, each is enough.
        let mut client = super::routes::all_roles(&app).await;
        let mut program = Program::new(&app, &token(&mut client, "read").await);
        let roles = format!("/lv/admin/accounts/{}/roles", client.account_id);
        for (role, status) in [("manager", 200), ("organiser", 401)] {
            admin
                .post(&roles, &[("role", role), ("change", "take")])
                .await;
            assert_eq!(program.get("/api/v1/events").await.status, status, "{role}");
        }
    }
}

#[actix_web::test]
async fn a_token_does_only_what_its_scopes_say() {
    for app in TestApp::on_each_database().await {
        let (mut client, write) = organiser(&app).await;
        let id = event(&app, client.account_id, STRAND, 20).await;
        let read = token(&mut client, "read").await;
        let (mut reads, mut writes) = (Program::new(&app, &read), Program::new(&app, &write));
        let made = body(&writes.post(&registrations(id), &person(1)).await);
        let one = format!("{}/{}", registrations(id), made["id"].as_str().unwrap());
        assert_eq!(reads.get(&one).await.status, 200);
        for refused in [
            reads.post(&registrations(id), &person(2)).await,
            reads.delete(&one).await,
        ] {
            let told = problem(&refused, 403);
            assert!(told["detail"].as_str().unwrap().contains("events:write"));
        }
        assert_eq!(count(&app).await, 1);

        // A token that only writes reads nothing.
        let row = api_token::Entity::find().all(app.db.read()).await.unwrap();
        let rows: Vec<_> = row.into_iter().map(|row| row.id).collect();
        app.db
            .write::<_, DbErr>(async move |txn| {
                for id in rows {
                    let row = api_token::ActiveModel {
                        id: Set(id),
                        scopes: Set("events:write".to_owned()),
                        ..Default::default()
                    };
                    row.update(txn).await?;
                }
                Ok(())
            })
            .await
            .unwrap();
        for path in ["/api/v1/events".to_owned(), registrations(id), one] {
            let told = problem(&writes.get(&path).await, 403);
            assert!(told["detail"].as_str().unwrap().contains("events:read"));
        }
        assert_eq!(
            writes.post(&registrations(id), &person(3)).await.status,
            201
        );
    }
}

#[actix_web::test]
async fn an_organiser_sees_their_strands_and_a_manager_all() {
    for app in TestApp::on_each_database().await {
        let (organiser, token_of_organiser) = organiser(&app).await;
        let mut manager = app.client(Who::Manager).await;
        let token_of_manager = token(&mut manager, "write").await;
        let own = event(&app, organiser.account_id, STRAND, 20).await;
        let foreign = event(&app, manager.account_id, FOREIGN, 20).await;
        let mut all = Program::new(&app, &token_of_manager);
        let mut some = Program::new(&app, &token_of_organiser);
        let ids = |page: Page| -> Vec<String> {
            let body = body(&page);
            let items = body["items"].as_array().unwrap().iter();
            items
                .map(|item| item["id"].as_str().unwrap().to_owned())
                .collect()
        };
        let listed = ids(all.get("/api/v1/events").await);
        assert_eq!(listed, [own.to_string(), foreign.to_string()]);
        assert_eq!(ids(some.get("/api/v1/events").await), [own.to_string()]);

        let made = body(&all.post(&registrations(foreign), &person(1)).await);
        let one = format!(
            "{}/{}",
            registrations(foreign),
            made["id"].as_str().unwrap()
        );
        assert_eq!(all.get(&one).await.status, 200);
        for page in [
            some.get(&format!("/api/v1/events/{foreign}")).await,
            some.get(&registrations(foreign)).await,
            some.post(&registrations(foreign), &person(2)).await,
            some.get(&one).await,
            some.delete(&one).await,
            // Of another event than the path says.
            some.get(&one.replace(&foreign.to_string(), &own.to_string()))
                .await,
            some.delete(&one.replace(&foreign.to_string(), &own.to_string()))
                .await,
            some.get("/api/v1/events/x").await,
            some.get(&format!("/api/v1/events/{}", EventId::NIL)).await,
            some.get(&format!("{}/x", registrations(own))).await,
            some.get("/api/v1/nothing").await,
        ] {
            problem(&page, 404);
        }
        assert_eq!(count(&app).await, 1);
        let state = &body(&all.get(&one).await)["state"];
        assert_eq!(state, "registered");
    }
}

#[actix_web::test]
async fn an_account_without_its_second_factor_is_told_so() {
    let app = TestApp::build()
        .needing_second_factor("manager")
        .start()
        .await;
    let (_, token) = organiser(&app).await;
    let mut program = Program::new(&app, &token);
    assert_eq!(program.get("/api/v1/events").await.status, 200);
    let mut admin = app.client(Who::Admin).await;
    let organiser = app.client(Who::Organiser).await;
    let roles = format!("/lv/admin/accounts/{}/roles", organiser.account_id);
    admin
        .post(&roles, &[("role", "manager"), ("change", "give")])
        .await;
    let told = problem(&program.get("/api/v1/events").await, 403);
    assert!(told["detail"].as_str().unwrap().contains("second factor"));
}

#[actix_web::test]
async fn an_event_has_its_places_and_its_times() {
    for app in TestApp::on_each_database().await {
        let (client, token) = organiser(&app).await;
        let id = event(&app, client.account_id, STRAND, 2).await;
        let mut program = Program::new(&app, &token);
        for number in 0..3 {
            program.post(&registrations(id), &person(number)).await;
        }
        let one = body(&program.get(&format!("/api/v1/events/{id}")).await);
        let listed = body(&program.get("/api/v1/events").await);
        assert_eq!(listed["items"][0], one);
        assert_eq!(listed["next"], Value::Null);
        for (name, expected) in [
            ("id", json!(id)),
            ("capacity", json!(2)),
            ("registered", json!(2)),
            ("waiting", json!(1)),
            ("offered", json!(0)),
            ("pending", json!(0)),
            ("free", json!(0)),
            ("minimum", json!(8)),
            ("status", json!("published")),
            ("strand", json!(STRAND)),
            ("kind", json!("seminar")),
            ("language", json!("lv")),
            ("audience", json!("employers")),
            ("title", json!({ "lv": "Seminārs", "en": "" })),
            ("starts_at", json!("2026-12-23T08:00:00Z")),
            ("ends_at", json!("2026-12-23T11:00:00Z")),
            ("opens_at", Value::Null),
            ("closes_at", json!("2026-12-23T08:00:00Z")),
        ] {
            assert_eq!(one[name], expected, "{name}");
        }
        assert_eq!(one["sessions"][0]["form"], "in-person");
        assert_eq!(one["sessions"][0]["city"], "Rīga");
    }
}

#[actix_web::test]
async fn events_are_narrowed_and_wrong_parameters_are_named() {
    for app in TestApp::on_each_database().await {
        let (client, token) = organiser(&app).await;
        let first = event(&app, client.account_id, STRAND, 2).await;
        app.clock_control.advance(TimeDelta::days(10));
        let second = draft(&app, client.account_id, STRAND, 2).await;
        let mut program = Program::new(&app, &token);
        for (query, expected) in [
            ("status=published", vec![first]),
            ("status=draft", vec![second]),
            ("status=cancelled", vec![]),
            ("from=2026-12-23T08:00:00Z", vec![first, second]),
            ("from=2026-12-23T08:00:01Z", vec![second]),
            ("until=2026-12-23T08:00:00Z", vec![]),
            ("until=2026-12-23T10:00:01%2B02:00", vec![first]),
            // Not encoded, the sign arrives as a space.
            ("until=2026-12-23T10:00:01+02:00", vec![first]),
            ("from=2026-12-24T00:00:00Z&status=published", vec![]),
        ] {
            let page = program.get(&format!("/api/v1/events?{query}")).await;
            let found: Vec<_> = body(&page)["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|item| item["id"].as_str().unwrap().to_owned())
                .collect();
            let expected: Vec<_> = expected.iter().map(ToString::to_string).collect();
            assert_eq!(found, expected, "{query}");
        }
        for (query, fields) in [
            ("status=open", vec!["status"]),
            ("from=tomorrow", vec!["from"]),
            ("until=2026-13-01T00:00:00Z", vec!["until"]),
            ("limit=0", vec!["limit"]),
            ("limit=101", vec!["limit"]),
            ("limit=%2B5", vec!["limit"]),
            ("limit=", vec!["limit"]),
            ("cursor=x", vec!["cursor"]),
            ("stauts=draft", vec!["stauts"]),
            ("limit=5&limit=6", vec!["limit"]),
            ("limit=x&from=x", vec!["from", "limit"]),
        ] {
            let page = program.get(&format!("/api/v1/events?{query}")).await;
            let told = problem(&page, 422);
            let named: Vec<_> = told["errors"]
                .as_array()
                .unwrap()
                .iter()
                .map(|error| error["field"].as_str().unwrap())
                .collect();
            assert_eq!(named, fields, "{query}");
        }
        let page = program
            .get(&format!("{}?status=x", registrations(first)))
            .await;
        assert_eq!(problem(&page, 422)["errors"][0]["field"], "status");
    }
}

/// Follows `next` to the end, and calls `between` after the first page.
async fn walk(
    program: &mut Program,
    start: &str,
    between: impl AsyncFnOnce(&mut Program),
) -> Vec<String> {
    let mut between = Some(between);
    let (mut next, mut found) = (Some(start.to_owned()), Vec::new());
    while let Some(path) = next {
        let page = program.get(&path).await;
        assert_eq!(page.status, 200, "{path}: {}", page.text);
        let body = body(&page);
        let items = body["items"].as_array().unwrap();
        found.extend(
            items
                .iter()
                .map(|item| item["id"].as_str().unwrap().to_owned()),
        );
        next = body["next"].as_str().map(str::to_owned);
        if let Some(between) = between.take() {
            between(program).await;
        }
    }
    found
}

#[actix_web::test]
async fn pages_miss_and_repeat_nothing_while_rows_are_added() {
    for app in TestApp::on_each_database().await {
        let (client, token) = organiser(&app).await;
        let mut made = Vec::new();
        for _ in 0..5 {
            made.push(event(&app, client.account_id, STRAND, 3).await.to_string());
        }
        let mut program = Program::new(&app, &token);
        let start = "/api/v1/events?limit=2&status=published";
        let late = async |_: &mut Program| {
            event(&app, client.account_id, STRAND, 3).await;
        };
        let found = walk(&mut program, start, late).await;
        assert_eq!(found[..5], made[..]);
        assert_eq!(found.len(), 6);

        let id: EventId = made[0].parse().unwrap();
        let mut made = Vec::new();
        for number in 0..5 {
            let page = program.post(&registrations(id), &person(number)).await;
            made.push(body(&page)["id"].as_str().unwrap().to_owned());
        }
        let start = format!("{}?limit=2", registrations(id));
        let first = format!("{}/{}", registrations(id), made[0]);
        let late = async |program: &mut Program| {
            program.post(&registrations(id), &person(9)).await;
            // A place that becomes free moves somebody up, but nothing in the list.
            assert_eq!(program.delete(&first).await.status, 204);
        };
        let found = walk(&mut program, &start, late).await;
        assert_eq!(found[..5], made[..]);
        assert_eq!(found.len(), 6);
        let unique: BTreeSet<_> = found.iter().collect();
        assert_eq!(unique.len(), 6);
    }
}

#[actix_web::test]
async fn a_person_is_registered_once_and_told_by_mail() {
    for app in TestApp::on_each_database().await {
        let (client, token) = organiser(&app).await;
        let id = event(&app, client.account_id, STRAND, 1).await;
        let mut program = Program::new(&app, &token);
        let page = program.post(&registrations(id), &person(1)).await;
        assert_eq!(page.status, 201, "{}", page.text);
        let first = body(&page);
        let one = format!("{}/{}", registrations(id), first["id"].as_str().unwrap());
        assert_eq!(page.location(), one);
        assert_eq!(first["state"], "registered");
        assert_eq!(first["given_name"], "Anna");
        assert_eq!(first["family_name"], "Paraudziņa");
        assert_eq!(first["email"], "anna1@example.test");
        assert_eq!(first["number"], 1);
        assert_eq!(first["queue_place"], Value::Null);
        assert_eq!(first["language"], "lv");
        let mails = app.mails_to("anna1@example.test").await;
        assert_eq!(mails.len(), 1, "{mails:?}");

        // The same address in another spelling is the same person.
        let mut again = person(1);
        again["email"] = json!(" ANNA1@example.test ");
        let page = program.post(&registrations(id), &again).await;
        assert_eq!(page.status, 200, "{}", page.text);
        assert_eq!(body(&page), first);
        assert_eq!(app.mails_to("anna1@example.test").await.len(), 1);

        let mut waits = Vec::new();
        for number in 2..=3 {
            let mut body_of = person(number);
            body_of["language"] = json!("en");
            body_of["role"] = json!("Juriste");
            let page = program.post(&registrations(id), &body_of).await;
            assert_eq!(page.status, 201, "{}", page.text);
            let made = body(&page);
            assert_eq!(made["state"], "waiting");
            assert_eq!(made["queue_place"], number - 1);
            assert_eq!(made["language"], "en");
            assert_eq!(made["role"], "Juriste");
            waits.push(format!(
                "{}/{}",
                registrations(id),
                made["id"].as_str().unwrap()
            ));
        }
        assert_eq!(body(&program.get(&waits[1]).await)["queue_place"], 2);

        // The place goes on; a repeated cancelling changes nothing.
        for _ in 0..2 {
            let page = program.delete(&one).await;
            assert_eq!((page.status.as_u16(), page.text.len()), (204, 0));
            assert_eq!(body(&program.get(&one).await)["state"], "cancelled");
            let next = body(&program.get(&waits[0]).await);
            assert_eq!(
                (&next["state"], &next["queue_place"]),
                (&json!("registered"), &Value::Null)
            );
            let last = body(&program.get(&waits[1]).await);
            assert_eq!(
                (&last["state"], &last["queue_place"]),
                (&json!("waiting"), &json!(1))
            );
        }
        // Who cancelled may be registered again.
        let page = program.post(&registrations(id), &person(1)).await;
        assert_eq!(page.status, 201, "{}", page.text);
        assert_eq!(body(&page)["queue_place"], 2);

        // After the event, who was registered is evidence.
        app.clock_control.advance(TimeDelta::days(400));
        let mut client = app.client(Who::Organiser).await;
        let token = self::token(&mut client, "write").await;
        let mut program = Program::new(&app, &token);
        let page = program.delete(&waits[0]).await;
        assert_eq!(page.status, 409, "{}", page.text);
        assert_eq!(body(&page)["type"], "urn:iespeja:problem:too-late");
        // Cancelled before, it stays so.
        assert_eq!(program.delete(&one).await.status, 204);
    }
}

#[actix_web::test]
async fn every_wrong_field_is_named_in_english() {
    for app in TestApp::on_each_database().await {
        let (client, token) = organiser(&app).await;
        let id = event(&app, client.account_id, STRAND, 20).await;
        let path = registrations(id);
        let mut program = Program::new(&app, &token);
        let long = "a".repeat(121);
        for (field, value, words) in [
            ("given_name", json!(""), "given name"),
            ("family_name", json!("a".repeat(81)), "80"),
            ("given_name", json!("Anna 2"), ""),
            ("given_name", json!("A\u{0}"), ""),
            ("family_name", json!("小"), "小"),
            ("email", json!(""), ""),
            ("email", json!("anna@"), ""),
            ("email", json!("a\u{0}@example.test"), ""),
            (
                "organisation_registration_number",
                json!("90000069281"),
                "register",
            ),
            (
                "organisation_registration_number",
                json!("\u{0}"),
                "register",
            ),
            (
                "organisation_registration_number",
                json!("1".repeat(21)),
                "20",
            ),
            ("role", json!(long), "120"),
            ("role", json!("x\u{0}"), "control"),
            ("language", json!("fr"), "language"),
            ("given_name", json!(5), "string"),
            ("given_name", Value::Null, "given name"),
            ("diet", Value::Null, "no such field"),
            ("single_name", json!("yes"), "true or false"),
            ("diet", json!("vegan"), "no such field"),
        ] {
            let mut sent = person(1);
            sent[field] = value.clone();
            let page = program.post(&path, &sent).await;
            let told = problem(&page, 422);
            let errors = told["errors"].as_array().unwrap();
            assert_eq!(errors.len(), 1, "{field} {value}: {told}");
            assert_eq!(errors[0]["field"], field, "{value}");
            let detail = errors[0]["detail"].as_str().unwrap();
            assert!(detail.contains(words), "{field} {value}: {detail}");
            assert!(detail.ends_with('.') && detail.contains(' '), "{detail}");
        }
        let told = problem(&program.post(&path, &json!({})).await, 422);
        let named: Vec<_> = told["errors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|error| error["field"].as_str().unwrap())
            .collect();
        assert_eq!(named, ["given_name", "family_name", "email"]);
        assert_eq!(count(&app).await, 0);

        let mut nulls = person(1);
        for optional in [
            "single_name",
            "organisation_registration_number",
            "role",
            "language",
        ] {
            nulls[optional] = Value::Null;
        }
        let page = program.post(&path, &nulls).await;
        assert_eq!(page.status, 201, "null is as left out: {}", page.text);

        let mut single = json!({ "given_name": "Suharto", "email": "s@example.test" });
        problem(&program.post(&path, &single).await, 422);
        single["single_name"] = json!(true);
        assert_eq!(program.post(&path, &single).await.status, 201);
    }
}

#[actix_web::test]
async fn what_is_no_request_of_this_api_is_told_so() {
    let app = TestApp::start().await;
    let (client, token) = organiser(&app).await;
    let id = event(&app, client.account_id, STRAND, 20).await;
    let path = registrations(id);
    let mut program = Program::new(&app, &token);
    let json = |payload: &str| {
        TestRequest::post()
            .uri(&path)
            .insert_header((header::CONTENT_TYPE, "application/json"))
            .set_payload(payload.to_owned())
    };
    for payload in [
        "",
        "{",
        "[]",
        "null",
        "\"x\"",
        "{\"given_name\":\"\\ud800\"}",
    ] {
        problem(&program.send(json(payload)).await, 400);
    }
    let bytes = TestRequest::post()
        .uri(&path)
        .insert_header((header::CONTENT_TYPE, "application/json; charset=utf-8"))
        .set_payload(vec![0xff]);
    problem(&program.send(bytes).await, 400);
    let large = format!("{{\"role\":\"{}\"}}", "a".repeat(300 * 1024));
    problem(&program.send(json(&large)).await, 413);
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json; charset=latin1",
        "",
    ] {
        let request = TestRequest::post()
            .uri(&path)
            .insert_header((header::CONTENT_TYPE, kind))
            .set_payload(person(1).to_string());
        problem(&program.send(request).await, 415);
    }
    let packed = json(&person(1).to_string()).insert_header((header::CONTENT_ENCODING, "gzip"));
    problem(&program.send(packed).await, 415);

    for (path, allow, methods) in [
        (
            "/api/v1/events".to_owned(),
            "GET, HEAD, OPTIONS",
            ["POST", "DELETE", "PUT"],
        ),
        (
            path.clone(),
            "GET, HEAD, OPTIONS, POST",
            ["PATCH", "DELETE", "PUT"],
        ),
        (
            format!("{path}/{id}"),
            "DELETE, GET, HEAD, OPTIONS",
            ["POST", "PATCH", "TRACE"],
        ),
        (
            "/api/openapi.json".to_owned(),
            "GET, HEAD, OPTIONS",
            ["POST", "PATCH", "DELETE"],
        ),
    ] {
        for method in methods {
            let method = Method::from_bytes(method.as_bytes()).unwrap();
            let page = program
                .send(TestRequest::with_uri(&path).method(method))
                .await;
            problem(&page, 405);
            assert_eq!(page.headers.get(header::ALLOW).unwrap(), allow, "{path}");
        }
        let options = TestRequest::with_uri(&path).method(Method::OPTIONS);
        let page = app.visitor().send(options).await;
        assert_eq!(page.status, 204);
        assert_eq!(page.headers.get(header::ALLOW).unwrap(), allow, "{path}");
    }
    let head = TestRequest::with_uri("/api/v1/events").method(Method::HEAD);
    let head = program.send(head).await;
    assert_eq!((head.status.as_u16(), head.bytes.len()), (200, 0));
    // What is found out before anything is routed.
    for path in [
        format!("/api/v1/events?x={}", "a".repeat(40_000)),
        "/api/v1/events/%ff".to_owned(),
    ] {
        let page = program.get(&path).await;
        problem(&page, if path.contains('?') { 414 } else { 404 });
    }
}

#[actix_web::test]
async fn an_event_that_takes_nobody_is_a_conflict() {
    for app in TestApp::on_each_database().await {
        let (client, token) = organiser(&app).await;
        let mut program = Program::new(&app, &token);
        let announced = event(&app, client.account_id, STRAND, 20).await;
        let waits = draft(&app, client.account_id, STRAND, 20).await;
        problem(&program.post(&registrations(waits), &person(1)).await, 409);
        // Organisers register others until the end.
        app.clock_control
            .advance(TimeDelta::days(30) + TimeDelta::hours(2));
        assert_eq!(
            program
                .post(&registrations(announced), &person(1))
                .await
                .status,
            201
        );
        app.clock_control.advance(TimeDelta::hours(1));
        problem(
            &program.post(&registrations(announced), &person(2)).await,
            409,
        );
    }
}

#[actix_web::test]
async fn a_repeated_request_with_a_key_has_one_effect_and_one_reply() {
    for app in TestApp::on_each_database().await {
        let (client, token) = organiser(&app).await;
        let id = event(&app, client.account_id, STRAND, 1).await;
        let path = registrations(id);
        let mut program = Program::new(&app, &token);
        let first = program.post_with(&path, "ē1", &person(1)).await;
        let second = program.post_with(&path, "k2", &person(2)).await;
        assert_eq!((first.status.as_u16(), second.status.as_u16()), (201, 201));
        assert_eq!(body(&second)["queue_place"], 1);

        // Also when things have moved on since.
        let one = format!("{path}/{}", body(&first)["id"].as_str().unwrap());
        assert_eq!(program.delete(&one).await.status, 204);
        for (key, number, earlier) in [("ē1", 1, &first), ("k2", 2, &second)] {
            let again = program.post_with(&path, key, &person(number)).await;
            assert_eq!(again.status, 201, "{}", again.text);
            let (mut again, mut earlier) = (body(&again), body(earlier));
            // When it ended is of the registration, not of the reply.
            again["ended_at"].take();
            earlier["ended_at"].take();
            assert_eq!(again, earlier);
        }
        assert_eq!(count(&app).await, 2);

        let other = program.post_with(&path, "k2", &person(3)).await;
        let told = problem(&other, 422);
        assert!(
            told["type"]
                .as_str()
                .unwrap()
                .ends_with("idempotency-key-reused")
        );
        let elsewhere = event(&app, client.account_id, STRAND, 1).await;
        let other = program
            .post_with(&registrations(elsewhere), "k2", &person(2))
            .await;
        problem(&other, 422);
        assert_eq!(count(&app).await, 2);

        // The key of another account is another key.
        let mut manager = app.client(Who::Manager).await;
        let mut theirs = Program::new(&app, &self::token(&mut manager, "write").await);
        let page = theirs.post_with(&path, "k2", &person(4)).await;
        assert_eq!(page.status, 201, "{}", page.text);

        // What was refused can be sent again.
        let mut wrong = person(5);
        wrong["email"] = json!("x");
        problem(&program.post_with(&path, "k5", &wrong).await, 422);
        let drafted = draft(&app, client.account_id, STRAND, 1).await;
        problem(
            &program
                .post_with(&registrations(drafted), "k5", &person(5))
                .await,
            409,
        );
        assert_eq!(program.post_with(&path, "k5", &person(5)).await.status, 201);

        for key in ["", &"k".repeat(256), &"ē".repeat(256)] {
            let page = program.post_with(&path, key, &person(6)).await;
            assert_eq!(problem(&page, 422)["errors"][0]["field"], "Idempotency-Key");
        }
        let longest = "ē".repeat(255);
        assert_eq!(
            program.post_with(&path, &longest, &person(6)).await.status,
            201
        );

        // Kept for two days.
        let rules = || privacy::Rules {
            clock: app.app.clock.clone(),
            db: app.db.clone(),
            registry: server::app::personal_records(&app.app.config, &app.app.field_keys),
            retention: std::sync::Arc::default(),
        };
        let kept = async || {
            idempotency_key::Entity::find()
                .count(app.db.read())
                .await
                .unwrap()
        };
        app.clock_control.advance(TimeDelta::hours(48));
        privacy::apply_rules(&rules(), false).await.unwrap();
        assert_eq!(kept().await, 5);
        app.clock_control.advance(TimeDelta::seconds(1));
        privacy::apply_rules(&rules(), false).await.unwrap();
        assert_eq!(kept().await, 0);
        // Somebody who is registered stays registered once.
        let again = program.post_with(&path, "k2", &person(2)).await;
        assert_eq!(again.status, 200, "{}", again.text);
    }
}

#[actix_web::test]
async fn requests_with_one_key_at_once_have_one_effect_and_one_reply() {
    for app in TestApp::on_each_database().await {
        let (client, token) = organiser(&app).await;
        let id = event(&app, client.account_id, STRAND, 20).await;
        let path = registrations(id);
        let path = path.as_str();
        let send = |number: usize, key: &'static str| {
            let mut program = Program::new(&app, &token);
            async move { program.post_with(path, key, &person(number)).await }
        };
        let replies = join_all((0..8).map(|_| send(1, "same"))).await;
        for reply in &replies {
            assert_eq!(reply.status, 201, "{}", reply.text);
            assert_eq!(reply.text, replies[0].text);
        }
        assert_eq!(count(&app).await, 1);
        assert_eq!(app.mails_to("anna1@example.test").await.len(), 1);

        // Of different requests with one key, one is carried out.
        let replies = join_all((2..8).map(|number| send(number, "other"))).await;
        let made = replies.iter().filter(|reply| reply.status == 201).count();
        let refused = replies.iter().filter(|reply| reply.status == 422).count();
        assert_eq!((made, refused), (1, 5), "{replies:?}");
        assert_eq!(count(&app).await, 2);
    }
}

#[actix_web::test]
async fn too_many_requests_are_told_when_to_come_back() {
    let app = TestApp::build().limited().start().await;
    let (_, token) = organiser(&app).await;
    let mut program = Program::new(&app, &token);
    let mut stranger = Program::new(&app, "iespeja_x");
    for _ in 0..600 {
        problem(&stranger.get("/api/v1/events").await, 401);
    }
    let page = stranger.get("/api/v1/events").await;
    problem(&page, 429);
    assert_eq!(page.headers.get(header::RETRY_AFTER).unwrap(), "1");
    // Whoever has a token is not kept out by others.
    for _ in 0..600 {
        assert_eq!(program.get("/api/v1/events/x").await.status, 404);
    }
    problem(&program.get("/api/v1/events/x").await, 429);
    app.clock_control.advance(TimeDelta::seconds(1));
    assert_eq!(program.get("/api/v1/events/x").await.status, 404);
}

#[actix_web::test]
async fn every_operation_of_the_description_answers() {
    for app in TestApp::on_each_database().await {
        let (client, token) = organiser(&app).await;
        let id = event(&app, client.account_id, STRAND, 20).await;
        let mut program = Program::new(&app, &token);
        let page = app.visitor().get("/api/openapi.json").await;
        assert_eq!(page.status, 200);
        let kind = page.headers.get(header::CONTENT_TYPE).unwrap();
        assert_eq!(kind, "application/json");
        let description = body(&page);
        let made = body(&program.post(&registrations(id), &person(1)).await);
        let mut operations = 0;
        for (path, methods) in description["paths"].as_object().unwrap() {
            for (method, operation) in methods.as_object().unwrap() {
                let filled = path
                    .replace("{id}", &id.to_string())
                    .replace("{registration}", made["id"].as_str().unwrap());
                let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
                let mut request = TestRequest::with_uri(&filled).method(method.clone());
                if operation["requestBody"].is_object() {
                    request = request.set_json(person(2));
                }
                let page = program.send(request).await;
                assert!(page.status.is_success(), "{method} {filled}: {}", page.text);
                let status = page.status.as_u16().to_string();
                assert!(
                    operation["responses"][&status].is_object(),
                    "{method} {filled}: {status}"
                );
                operations += 1;
            }
        }
        assert_eq!(operations, 6);
        let guide = app.visitor().get("/api/guide.txt").await;
        assert!(guide.status == 200 && guide.has("# The API"));
    }
}
