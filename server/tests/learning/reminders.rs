//! Reminders of courses that were begun and not gone on with.

use std::sync::Arc;

use actix_web::{http::header, test::TestRequest};
use chrono::TimeDelta;
use course_compiler::model::Status;
use sea_orm::{EntityTrait as _, sea_query::Expr};
use server::{
    db::entity::{account, reminder},
    learning::{self, Catalogue},
    testing::{Client, Someone, TestApp, Who, assert_admits, assert_admits_post, shipped_bundle},
};

use crate::support::{COURSE, answer, answer_lesson, course, drawn, enrol, read_all, start};

const EMAIL: &str = "anna.paraudzina@example.test";

/// The platform with the shipped courses as if they were published, on each database.
async fn apps() -> Vec<TestApp> {
    let mut bundle = shipped_bundle();
    for course in &mut bundle.courses {
        let course = Arc::make_mut(course);
        course.status = Status::Publishable;
        course.missing_reviews.clear();
    }
    let mut apps = Vec::new();
    for db in server::db::testing::databases().await {
        let catalogue = Catalogue::new(bundle.clone(), Vec::new(), false);
        apps.push(TestApp::build().catalogue(catalogue).start_on(db).await);
    }
    apps
}

async fn learner(app: &TestApp) -> Client {
    let mut client = app
        .client_of(Someone {
            email: EMAIL.to_owned(),
            role: None,
            is_ready: true,
        })
        .await;
    enrol(&mut client).await;
    client
}

/// Some days later; returns how many reminders were queued then.
async fn after_days(app: &TestApp, days: i64) -> usize {
    app.clock_control.advance(TimeDelta::days(days));
    learning::remind(&app.app.learning).await.unwrap()
}

/// The link of the last mail that stops reminders.
async fn stop_link(app: &TestApp) -> String {
    let body = app.last_mail_to(EMAIL).await.body;
    let start = body.find("/lv/reminders/").unwrap();
    body[start..].split_whitespace().next().unwrap().to_owned()
}

#[actix_web::test]
async fn who_stopped_gets_two_mails_and_no_more() {
    for app in apps().await {
        let mut learner = learner(&app).await;
        let lesson = course(&app).required_lessons().nth(1).unwrap().clone();
        let url = format!("{COURSE}/lessons/{}", lesson.slug);
        learner.get(&url).await;
        assert_eq!(after_days(&app, 6).await, 0);
        assert_eq!(after_days(&app, 1).await, 1);
        assert_eq!(after_days(&app, 0).await, 0, "once for a course and step");
        let mail = app.last_mail_to(EMAIL).await;
        assert!(mail.subject.contains("Kurss „"), "{}", mail.subject);
        assert!(mail.body.contains(&url), "{}", mail.body);
        assert!(after_days(&app, 22).await == 0 && after_days(&app, 1).await == 1);
        let mail = app.last_mail_to(EMAIL).await;
        assert!(mail.body.contains("vairs neatgādināsim"), "{}", mail.body);
        for _ in 0..10 {
            assert_eq!(after_days(&app, 10).await, 0);
        }
        let rows = reminder::Entity::find().all(app.db.read()).await.unwrap();
        let steps: Vec<_> = rows.iter().map(|row| row.step).collect();
        assert_eq!(steps, [1, 2]);
    }
}

#[actix_web::test]
async fn days_that_were_missed_do_not_bring_both_at_once() {
    for app in apps().await {
        let _learner = learner(&app).await;
        assert_eq!(after_days(&app, 33).await, 1);
        let mail = app.last_mail_to(EMAIL).await;
        assert!(mail.body.contains("vairs neatgādināsim"));
        for days in [0, 1, 7, 30] {
            assert_eq!(after_days(&app, days).await, 0);
        }
        // Nor does one that was left long ago bring any.
        let someone = Someone {
            email: "sen@example.test".to_owned(),
            role: None,
            is_ready: true,
        };
        let mut other = app.client_of(someone).await;
        enrol(&mut other).await;
        assert_eq!(after_days(&app, 60).await, 0);
    }
}

#[actix_web::test]
async fn who_goes_on_or_is_done_gets_none() {
    for app in apps().await {
        learner(&app).await;
        app.clock_control.advance(TimeDelta::days(6));
        let learner = app
            .client_of(Someone {
                email: EMAIL.to_owned(),
                role: None,
                is_ready: true,
            })
            .await;
        let first = course(&app).required_lessons().next().unwrap().clone();
        answer_lesson(&app, &learner, &first).await;
        assert_eq!(after_days(&app, 6).await, 0, "an answer is activity");
        let mut learner = app
            .client_of(Someone {
                email: EMAIL.to_owned(),
                role: None,
                is_ready: true,
            })
            .await;
        read_all(&app, &mut learner).await;
        let attempt = start(&mut learner).await;
        answer(&app, &mut learner, &attempt, drawn(&app)).await;
        learner.post(&format!("{attempt}/finish"), &[]).await;
        assert!(learner.get(COURSE).await.has("Kurss apgūts"));
        assert_eq!(after_days(&app, 7).await, 0);
        assert_eq!(after_days(&app, 23).await, 0);
    }
}

#[actix_web::test]
async fn none_for_trials_hidden_courses_and_closed_accounts() {
    for app in apps().await {
        let _learner = learner(&app).await;
        let now = app.now();
        app.db
            .write::<_, sea_orm::DbErr>(async move |txn| {
                account::Entity::update_many()
                    .col_expr(account::Column::DisabledAt, Expr::value(now))
                    .exec(txn)
                    .await
                    .map(drop)
            })
            .await
            .unwrap();
        assert_eq!(after_days(&app, 8).await, 0, "a closed account");
    }
    // Drafts that were opened for trying out.
    for db in server::db::testing::databases().await {
        let mut bundle = shipped_bundle();
        for course in &mut bundle.courses {
            Arc::make_mut(course).status = Status::Draft;
        }
        let catalogue = Catalogue::new(bundle, Vec::new(), true);
        let app = TestApp::build().catalogue(catalogue).start_on(db).await;
        let _learner = learner(&app).await;
        assert_eq!(after_days(&app, 8).await, 0, "a trial");
    }
    // A course that is not offered any more.
    for db in server::db::testing::databases().await {
        let mut bundle = shipped_bundle();
        for course in &mut bundle.courses {
            let course = Arc::make_mut(course);
            course.status = Status::Publishable;
            course.missing_reviews.clear();
        }
        let catalogue = Catalogue::new(bundle.clone(), Vec::new(), false);
        let app = TestApp::build().catalogue(catalogue).start_on(db).await;
        let _learner = learner(&app).await;
        bundle.courses.retain(|course| course.slug != "foundations");
        let without = learning::State {
            courses: learning::Courses::new(Catalogue::new(bundle, Vec::new(), false)),
            ..app.app.learning.clone()
        };
        app.clock_control.advance(TimeDelta::days(8));
        assert_eq!(learning::remind(&without).await.unwrap(), 0);
        assert_eq!(learning::remind(&app.app.learning).await.unwrap(), 1);
    }
}

#[actix_web::test]
async fn a_mail_that_waited_is_not_sent_to_who_went_on_meanwhile() {
    for app in apps().await {
        let _learner = learner(&app).await;
        assert_eq!(after_days(&app, 7).await, 1);
        let mut learner = app
            .client_of(Someone {
                email: EMAIL.to_owned(),
                role: None,
                is_ready: true,
            })
            .await;
        app.clock_control.advance(TimeDelta::minutes(1));
        let lesson = course(&app).required_lessons().nth(2).unwrap().slug.clone();
        learner.get(&format!("{COURSE}/lessons/{lesson}")).await;
        let sent = app.deliver().await;
        assert!(!sent.values().any(|mail| mail.contains("List-Unsubscribe")));
        // Who did not go on gets theirs.
        let someone = Someone {
            email: "cits@example.test".to_owned(),
            role: None,
            is_ready: true,
        };
        let mut other = app.client_of(someone).await;
        enrol(&mut other).await;
        after_days(&app, 7).await;
        let sent = app.deliver().await;
        let mails = sent
            .values()
            .filter(|mail| mail.contains("To: cits@example.test"));
        let mails: Vec<_> = mails
            .filter(|mail| mail.contains("List-Unsubscribe: <"))
            .collect();
        assert_eq!(mails.len(), 1);
        assert!(mails[0].contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"));
    }
}

#[actix_web::test]
async fn one_link_stops_them_all_and_a_setting_starts_them_again() {
    for app in apps().await {
        let _learner = learner(&app).await;
        assert_eq!(after_days(&app, 7).await, 1);
        let link = stop_link(&app).await;
        let mut scanner = app.visitor();
        for _ in 0..2 {
            let page = scanner.get(&link).await;
            assert_eq!(page.status, 200);
            assert!(
                page.has("Izslēgt atgādinājumus"),
                "opening it changes nothing"
            );
        }
        // As a mail program sends it: without cookies and without a form's token.
        let one_click = TestRequest::post()
            .uri(&link)
            .insert_header((header::CONTENT_TYPE, "application/x-www-form-urlencoded"))
            .set_payload("List-Unsubscribe=One-Click");
        let page = app.visitor().send(one_click).await;
        assert_eq!(page.status, 200);
        assert!(page.has("Atgādinājumi ir izslēgti"));
        assert!(scanner.get(&link).await.has("Atgādinājumi ir izslēgti"));
        assert_eq!(after_days(&app, 23).await, 0);

        let mut learner = app
            .client_of(Someone {
                email: EMAIL.to_owned(),
                role: None,
                is_ready: true,
            })
            .await;
        let setting = "/lv/me/reminders";
        assert!(!learner.get(setting).await.has("value=\"yes\" checked"));
        let on = learner.post(setting, &[("wanted", "yes")]).await;
        assert!(learner.follow(&on).await.has("value=\"yes\" checked"));
        assert_eq!(after_days(&app, 0).await, 1, "the second is due");
        let off = learner.post(setting, &[]).await;
        assert!(learner.follow(&off).await.has("Atgādinājumi ir izslēgti"));

        // A link that was changed is none.
        let mut changed = link.clone();
        let last = if changed.ends_with('A') { 'B' } else { 'A' };
        changed.pop();
        changed.push(last);
        let (token, _) = link.split_once('~').unwrap();
        for wrong in [
            changed,
            token.to_owned(),
            format!("{token}~"),
            format!("{token}~AAAA"),
        ] {
            assert_eq!(app.visitor().get(&wrong).await.status, 404, "{wrong}");
            assert_eq!(app.visitor().post(&wrong, &[]).await.status, 404, "{wrong}");
        }
    }
}

#[actix_web::test]
async fn the_setting_is_for_those_signed_in() {
    let app = TestApp::start().await;
    let everybody = [
        Who::Learner,
        Who::Organiser,
        Who::Manager,
        Who::Author,
        Who::Admin,
    ];
    assert_admits(&app, "/lv/me/reminders", &everybody).await;
    assert_admits_post(&app, "/en/me/reminders", &[("wanted", "yes")], &everybody).await;
}
