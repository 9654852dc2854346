//! The whole demonstration, on each available database.

use std::path::Path;

use sea_orm::{
    ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
};

use super::{Filled, SIGN_INS, fill, fill_with};
use crate::{
    audit,
    db::{
        entity::{
            account, audit_entry, certificate, completion, enrolment, indicator_fact, job,
            path_completion,
        },
        testing::databases,
    },
    learning::{PATH_COMPLETION, enrolments},
    organisations, people,
    programme::{self, Programme},
    testing::{Setup, TestApp},
};

fn setup() -> Setup {
    let courses = Path::new(env!("CARGO_MANIFEST_DIR")).join("../courses");
    TestApp::build()
        .courses(&courses)
        .programme(Programme::load(&courses).unwrap())
        .demo()
}

#[actix_web::test]
async fn fills_in_a_whole_programme() {
    let app = setup().start().await;
    let started = std::time::Instant::now();
    assert_eq!(fill(&app.app).await.unwrap(), Filled::Now);
    println!("filled in {:?}", started.elapsed());
    let db = app.db.read();

    let completions = completion::Entity::find().all(db).await.unwrap();
    assert!(completions.len() > 60, "{} completions", completions.len());
    assert!(completions.iter().all(|done| done.completed_at < app.now()));
    let facts = indicator_fact::Entity::find()
        .filter(indicator_fact::Column::SupersededBy.is_null())
        .count(db)
        .await
        .unwrap();
    assert_eq!(facts, completions.len() as u64);

    let paths = path_completion::Entity::find().all(db).await.unwrap();
    assert!(paths.len() > 5, "{} completed paths", paths.len());
    let certificates = certificate::Entity::find()
        .filter(certificate::Column::SourceKind.eq(PATH_COMPLETION.to_string()))
        .count(db)
        .await
        .unwrap();
    assert_eq!(certificates, paths.len() as u64);

    let counts = programme::counts_of_all(&app.db, &app.app.programme)
        .await
        .unwrap();
    for (indicator, count) in &counts {
        assert!(count.counted.len() > 10, "{}", indicator.id);
        assert!(!count.waiting.is_empty(), "{}", indicator.id);
    }
    assert!(counts.iter().any(|(_, count)| count.counted_elsewhere > 0));
    let proposed = organisations::count_proposed(&app.db).await.unwrap();
    assert_eq!(proposed, 2);
}

#[actix_web::test]
async fn fills_an_empty_database_once_and_in_order() {
    for db in databases().await {
        let app = setup().start_on(db).await;
        assert_eq!(fill_with(&app.app, 10).await.unwrap(), Filled::Now);
        let db = app.db.read();

        // Events with a visible order happened in that order.
        assert!(audit::verify_chain(&app.db).await.unwrap().is_ok());
        let entries = audit_entry::Entity::find()
            .order_by_asc(audit_entry::Column::Sequence)
            .all(db)
            .await
            .unwrap();
        assert!(entries.is_sorted_by_key(|entry| entry.at));
        let issued = certificate::Entity::find()
            .order_by_asc(certificate::Column::Serial)
            .all(db)
            .await
            .unwrap();
        assert!(issued.len() > 3 && issued.is_sorted_by_key(|certificate| certificate.issued_at));
        // No job is waiting, besides a mail for administrators to look at.
        assert_eq!(job::Entity::find().count(db).await.unwrap(), 1);

        let accounts = account::Entity::find().count(db).await.unwrap();
        assert_eq!(fill(&app.app).await.unwrap(), Filled::Before);
        assert_eq!(account::Entity::find().count(db).await.unwrap(), accounts);
    }
}

#[actix_web::test]
async fn the_accounts_have_the_intended_state() {
    let app = setup().start().await;
    fill_with(&app.app, 0).await.unwrap();
    for sign_in in SIGN_INS {
        let account = account::Entity::find()
            .filter(account::Column::Email.eq(sign_in.email))
            .one(app.db.read())
            .await
            .unwrap()
            .unwrap();
        assert!(account.email_confirmed_at.is_some() && account.password_hash.is_some());
        let person_id = account.person_id.unwrap();
        let ready = people::readiness(&app.db, person_id).await.unwrap();
        assert!(ready.is_complete(), "{}", sign_in.email);
        let here = app.app.learning.context(&app.app.courses.current());
        let courses = enrolments(&here, person_id).await.unwrap();
        match courses.as_slice() {
            [(course, enrolled)] if sign_in.email == super::data::LEARNER => {
                let catalogue = app.app.courses.current();
                let course = catalogue.by_id(course).unwrap();
                let done = enrolled.progress.done(course);
                assert!(done > 0 && done < course.lessons.len() - 1);
                assert!(enrolled.completed.is_none());
            }
            [] if sign_in.email != super::data::LEARNER => {}
            other => panic!("{}: {} courses", sign_in.email, other.len()),
        }
    }
}

#[actix_web::test]
async fn one_coming_event_of_twenty_places_is_open_for_everyone() {
    use crate::{
        db::entity::{event, strand_grant},
        events::EventStatus,
        programme::EventAudience,
    };

    let app = setup().start().await;
    fill_with(&app.app, 0).await.unwrap();
    let (db, now) = (app.db.read(), app.now());
    let all = event::Entity::find().all(db).await.unwrap();
    let of_twenty: Vec<_> = all.iter().filter(|event| event.capacity == 20).collect();
    let [one] = of_twenty.as_slice() else {
        panic!("{} events of 20 places", of_twenty.len());
    };
    assert_eq!(
        (one.kind.as_str(), one.audience),
        ("discussion", EventAudience::Everyone)
    );
    let found = crate::events::find(db, one.id).await.unwrap().unwrap();
    assert!(found.is_open(now) && one.starts_at > now);
    let granted = strand_grant::Entity::find().all(db).await.unwrap();
    assert!(granted.iter().any(|grant| grant.strand == one.strand));
    // Of every kind, and in every state.
    for kind in &app.app.programme.event_kinds {
        let mut of_kind = all.iter().filter(|event| event.kind == kind.id);
        assert!(
            of_kind.clone().any(|event| event.ends_at < now),
            "{}",
            kind.id
        );
        assert!(of_kind.any(|event| event.starts_at > now), "{}", kind.id);
    }
    assert!(
        all.iter()
            .any(|event| event.starts_at < now && now < event.ends_at)
    );
    for status in [EventStatus::Draft, EventStatus::Cancelled] {
        assert!(all.iter().any(|event| event.status == status));
    }
    // What is announced has everything that a participant needs.
    let mut organiser = app
        .client_of(crate::testing::Someone {
            email: "organiser@example.com".to_owned(),
            role: None,
            is_ready: true,
        })
        .await;
    for path in [
        "/lv/organise",
        "/lv/events",
        "/lv/",
        "/lv/me",
        "/lv/events.ics",
    ] {
        let page = organiser.get(path).await;
        assert!(page.has("vienlīdzīga attieksme pakalpojumos"), "{path}");
    }
    let page = organiser.get("/lv/search?q=pakalpojumos").await;
    assert!(page.has("Diskusija: vienlīdzīga attieksme pakalpojumos"));
}

#[actix_web::test]
async fn works_without_any_course() {
    let app = TestApp::build().demo().start().await;
    assert_eq!(fill(&app.app).await.unwrap(), Filled::Now);
    assert_eq!(
        enrolment::Entity::find()
            .count(app.db.read())
            .await
            .unwrap(),
        0
    );
}

#[actix_web::test]
async fn adds_nothing_to_the_records_of_others() {
    let app = setup().start().await;
    app.client(crate::testing::Who::Learner).await;
    assert_eq!(fill(&app.app).await.unwrap(), Filled::NotEmpty);
    assert_eq!(
        account::Entity::find().count(app.db.read()).await.unwrap(),
        1
    );
}
