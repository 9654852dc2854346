//! An attempt whose time ran out is marked as of its deadline, by the first request that reads it or by the
//! schedule, whether the person comes back or not.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use server::{
    audit,
    db::entity::{
        attempt, audit_entry, certificate, completion, indicator_fact,
        organisation::OrganisationKind,
    },
    ids::{AttemptId, PersonId},
    learning,
    testing::{Client, Someone, TestApp, Who},
};

use crate::support::{
    COURSE, answer, apps_with_time_limit, asked, course, drawn, enrol, read_all, right_fields,
    start,
};

async fn learner(app: &TestApp, name: &str) -> Client {
    app.client_of(Someone {
        email: format!("{name}@example.test"),
        role: None,
        is_ready: true,
    })
    .await
}

/// A learner who has read everything, answered everything correctly, and left; and the attempt's address.
async fn who_left(app: &TestApp, name: &str) -> (Client, String) {
    let mut client = learner(app, name).await;
    enrol(&mut client).await;
    read_all(app, &mut client).await;
    let attempt = start(&mut client).await;
    answer(app, &mut client, &attempt, drawn(app)).await;
    (client, attempt)
}

fn id_of(attempt: &str) -> AttemptId {
    attempt.rsplit('/').next().unwrap().parse().unwrap()
}

async fn attempt_row(app: &TestApp, attempt: &str) -> attempt::Model {
    let found = attempt::Entity::find_by_id(id_of(attempt));
    found.one(app.db.read()).await.unwrap().unwrap()
}

/// The time of the completion, after checking that everything that follows from it was written once.
async fn completed_at(app: &TestApp, person_id: PersonId) -> Option<DateTime<Utc>> {
    let db = app.db.read();
    let completions = completion::Entity::find()
        .filter(completion::Column::PersonId.eq(person_id))
        .all(db)
        .await
        .unwrap();
    let [done] = completions.as_slice() else {
        assert!(completions.is_empty(), "completed more than once");
        return None;
    };
    let facts = indicator_fact::Entity::find()
        .filter(indicator_fact::Column::SourceId.eq(done.id))
        .all(db)
        .await
        .unwrap();
    let times: Vec<_> = facts.iter().map(|fact| fact.occurred_at).collect();
    assert_eq!(times, [done.completed_at]);
    let certificates = certificate::Entity::find()
        .filter(certificate::Column::SourceId.eq(done.id))
        .all(db)
        .await
        .unwrap();
    assert_eq!(certificates.len(), 1);
    let entries = audit_entry::Entity::find()
        .filter(audit_entry::Column::SubjectId.eq(done.id.to_string()))
        .all(db)
        .await
        .unwrap();
    assert_eq!(entries.len(), 1);
    Some(done.completed_at)
}

#[actix_web::test]
async fn the_first_request_after_the_deadline_marks_the_attempt() {
    const LOOKS: [&str; 12] = [
        "GET /lv/courses/foundations",
        "GET /lv/courses/foundations/lessons",
        "GET /lv/courses/foundations/test",
        "GET /lv/courses",
        "GET /lv/me",
        "GET attempt",
        "GET attempt/finish",
        "GET attempt/review",
        "POST attempt/finish",
        "POST attempt/answers",
        "POST /lv/courses/foundations/test/start",
        "manager",
    ];
    for app in apps_with_time_limit().await {
        for (number, look) in LOOKS.into_iter().enumerate() {
            let (mut client, attempt) = who_left(&app, &format!("look{number}")).await;
            let first = client.get(&format!("{attempt}?q=1")).await;
            // The cached pages are from before the deadline.
            client.get(COURSE).await;
            app.clock_control.advance(TimeDelta::minutes(40));
            match look.split_once(' ') {
                Some(("GET", "/lv/courses/foundations/lessons")) => {
                    let lesson = &course(&app).lessons[0].slug;
                    client.get(&format!("{COURSE}/lessons/{lesson}")).await;
                }
                Some(("GET", path)) => {
                    client.get(&path.replace("attempt", &attempt)).await;
                }
                Some((_, "attempt/answers")) => {
                    let (question, revision) = asked(&first);
                    let mut fields = right_fields(&course(&app), &question);
                    fields.push(("question".to_owned(), question));
                    fields.push(("revision".to_owned(), revision));
                    let fields: Vec<_> = fields
                        .iter()
                        .map(|(name, value)| (name.as_str(), value.as_str()))
                        .collect();
                    let late = client
                        .post_in_background(&format!("{attempt}/answers"), &fields)
                        .await;
                    assert_eq!(late.status, 409);
                }
                Some((_, path)) => {
                    let page = client.post(&path.replace("attempt", &attempt), &[]).await;
                    assert_eq!(page.status, 303, "{look}");
                }
                None => {
                    let mut manager = app.client(Who::Manager).await;
                    manager
                        .get("/lv/manage/indicators/trained-public-sector")
                        .await;
                }
            }
            let row = attempt_row(&app, &attempt).await;
            assert_eq!(row.finished_at, row.deadline_at, "{look}");
            assert_eq!(row.passed, Some(true), "{look}");
            let completed = completed_at(&app, client.person_id).await;
            assert_eq!(completed, row.deadline_at, "{look}");
            assert!(client.get(COURSE).await.has("Kurss apgūts"), "{look}");
            let review = client.get(&format!("{attempt}/review")).await;
            assert!(review.has("Laiks beidzās"), "{look}");
        }
        assert!(audit::verify_chain(&app.db).await.unwrap().is_ok());
    }
}

#[actix_web::test]
async fn an_abandoned_attempt_is_marked_once_by_the_schedule_of_two_servers() {
    for app in apps_with_time_limit().await {
        let (client, attempt) = who_left(&app, "gone").await;
        app.clock_control
            .advance(TimeDelta::minutes(30) + TimeDelta::seconds(20));
        learning::catch_up(&app.app.learning).await.unwrap();
        let row = attempt_row(&app, &attempt).await;
        assert_eq!(row.finished_at, None, "an answer may still be on its way");

        app.clock_control.advance(TimeDelta::hours(40));
        let (one, other) = futures::future::join(
            Box::pin(learning::catch_up(&app.app.learning)),
            Box::pin(learning::catch_up(&app.app.learning)),
        )
        .await;
        one.unwrap();
        other.unwrap();
        learning::catch_up(&app.app.learning).await.unwrap();
        let row = attempt_row(&app, &attempt).await;
        assert_eq!(row.finished_at, row.deadline_at);
        assert_eq!(completed_at(&app, client.person_id).await, row.deadline_at);
    }
}

#[actix_web::test]
async fn too_few_answers_fail_and_a_new_attempt_begins() {
    for app in apps_with_time_limit().await {
        let mut client = learner(&app, "few").await;
        enrol(&mut client).await;
        read_all(&app, &mut client).await;
        let first = start(&mut client).await;
        answer(&app, &mut client, &first, 2).await;
        app.clock_control.advance(TimeDelta::minutes(31));
        let second = start(&mut client).await;
        assert_ne!(first, second);
        let row = attempt_row(&app, &first).await;
        assert_eq!(
            (row.finished_at, row.passed),
            (row.deadline_at, Some(false))
        );
        assert_eq!(attempt_row(&app, &second).await.number, 2);
        assert_eq!(completed_at(&app, client.person_id).await, None);
    }
}

#[actix_web::test]
async fn a_lesson_read_after_the_deadline_completes_the_course_then() {
    for app in apps_with_time_limit().await {
        let mut client = learner(&app, "lesson").await;
        enrol(&mut client).await;
        let attempt = start(&mut client).await;
        answer(&app, &mut client, &attempt, drawn(&app)).await;
        app.clock_control.advance(TimeDelta::minutes(50));
        read_all(&app, &mut client).await;
        let row = attempt_row(&app, &attempt).await;
        assert_eq!(row.finished_at, row.deadline_at);
        assert_eq!(completed_at(&app, client.person_id).await, Some(app.now()));
    }
}

#[actix_web::test]
async fn the_completion_counts_for_the_employer_at_the_deadline() {
    for app in apps_with_time_limit().await {
        let (mut client, attempt) = who_left(&app, "mover").await;
        let society = app
            .organisation("Cita biedrība", OrganisationKind::Association)
            .await;
        app.clock_control.advance(TimeDelta::hours(2));
        let chosen = client
            .post(
                "/lv/me/organisation",
                &[("organisation", &society.to_string())],
            )
            .await;
        assert_eq!(chosen.status, 303);
        learning::catch_up(&app.app.learning).await.unwrap();
        let row = attempt_row(&app, &attempt).await;
        assert_eq!(completed_at(&app, client.person_id).await, row.deadline_at);
        let fact = indicator_fact::Entity::find()
            .filter(indicator_fact::Column::PersonId.eq(client.person_id))
            .one(app.db.read())
            .await
            .unwrap()
            .unwrap();
        assert_eq!(fact.indicator_id, "trained-public-sector");
        assert_ne!(fact.organisation_id, Some(society));
    }
}

#[actix_web::test]
async fn a_test_without_a_time_limit_stays_open() {
    let courses = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/learning/courses");
    let app = TestApp::build().courses(&courses).start().await;
    let mut client = app.client(Who::Learner).await;
    client.post("/lv/courses/gadijumi/enrol", &[]).await;
    let started = client.post("/lv/courses/gadijumi/test/start", &[]).await;
    let attempt = started.location().to_owned();
    app.clock_control.advance(TimeDelta::hours(11));
    learning::catch_up(&app.app.learning).await.unwrap();
    // The session has ended meanwhile.
    let mut client = app.client(Who::Learner).await;
    assert_eq!(client.get(&attempt).await.status, 200);
    assert_eq!(attempt_row(&app, &attempt).await.finished_at, None);
}
