//! What managers allow a person in tests: more attempts, extra time.

use std::{collections::BTreeSet, sync::Arc};

use chrono::{DateTime, TimeDelta, Utc};
use course_compiler::{LessonKind, QuestionId};
use sea_orm::EntityTrait as _;
use server::{
    db::{
        entity::{attempt, audit_entry, test_allowance},
        sealed,
    },
    ids::{AttemptId, TestAllowanceId},
    learning::{self, Catalogue},
    testing::{Client, Someone, TestApp, Who, assert_admits, assert_admits_post, shipped_bundle},
};

use crate::support::{COURSE, answer, apps_with_time_limit, course, drawn, enrol, start};

const EMAIL: &str = "anna.paraudzina@example.test";
const REASON: &str = "Dabas katastrofa Paraugciemā";

async fn learner(app: &TestApp) -> Client {
    let mut client = again(app).await;
    enrol(&mut client).await;
    client
}

/// The same person, signed in anew: a session ends after an hour without a request.
async fn again(app: &TestApp) -> Client {
    app.client_of(Someone {
        email: EMAIL.to_owned(),
        role: None,
        is_ready: true,
    })
    .await
}

/// The platform with the shipped courses, whose tests can be taken once, on each database.
async fn apps_with_one_attempt() -> Vec<TestApp> {
    let mut bundle = shipped_bundle();
    for course in &mut bundle.courses {
        for lesson in &mut Arc::make_mut(course).lessons {
            if let LessonKind::Test(rules) = &mut lesson.kind {
                rules.attempts = Some(1);
                rules.pause_minutes = None;
            }
        }
    }
    let mut apps = Vec::new();
    for db in server::db::testing::databases().await {
        let catalogue = Catalogue::new(bundle.clone(), Vec::new(), true);
        apps.push(TestApp::build().catalogue(catalogue).start_on(db).await);
    }
    apps
}

fn page_of(client: &Client) -> String {
    format!("/lv/manage/learners/{}", client.person_id)
}

async fn allow_attempts(app: &TestApp, learner: &Client, count: &str) -> server::testing::Page {
    let mut manager = app.client(Who::Manager).await;
    let fields = [
        ("course", "foundations"),
        ("count", count),
        ("attempts_reason", REASON),
    ];
    let path = format!("{}/attempts", page_of(learner));
    manager.post(&path, &fields).await
}

async fn allow_time(app: &TestApp, learner: &Client, percent: &str) -> server::testing::Page {
    let mut manager = app.client(Who::Manager).await;
    let fields = [("percent", percent), ("time_reason", REASON)];
    let path = format!("{}/time", page_of(learner));
    manager.post(&path, &fields).await
}

/// Takes back what was allowed last.
async fn withdraw_last(app: &TestApp, learner: &Client) {
    let rows = test_allowance::Entity::find().all(app.db.read()).await;
    let id: TestAllowanceId = rows.unwrap().iter().map(|row| row.id).max().unwrap();
    let mut manager = app.client(Who::Manager).await;
    let path = format!("{}/allowances/{id}/withdraw", page_of(learner));
    assert!(manager.get(&path).await.has("Vai atsaukt atļauju?"));
    let refused = manager.post(&path, &[("reason", " ")]).await;
    assert_eq!(refused.status, 422);
    let done = manager.post(&path, &[("reason", REASON)]).await;
    assert_eq!(done.location(), page_of(learner));
    assert_eq!(
        manager.get(&path).await.status,
        404,
        "it does not hold any more"
    );
    let again = manager.post(&path, &[("reason", REASON)]).await;
    assert_eq!(again.status, 303, "sent twice");
}

fn id_of(attempt: &str) -> AttemptId {
    attempt.rsplit('/').next().unwrap().parse().unwrap()
}

async fn row(app: &TestApp, attempt: &str) -> attempt::Model {
    let found = attempt::Entity::find_by_id(id_of(attempt));
    found.one(app.db.read()).await.unwrap().unwrap()
}

async fn deadline(app: &TestApp, attempt: &str) -> DateTime<Utc> {
    row(app, attempt).await.deadline_at.unwrap()
}

async fn asked_in(app: &TestApp, client: &Client, attempt: &str) -> BTreeSet<QuestionId> {
    let catalogue = app.app.courses.current();
    let context = app.app.learning.context(&catalogue);
    let found = learning::attempt::read(&context, client.person_id, id_of(attempt)).await;
    let questions = found.unwrap().unwrap().questions;
    questions.into_iter().map(|one| one.question_id).collect()
}

#[actix_web::test]
async fn the_people_who_learn_are_for_managers() {
    let app = TestApp::build().shipped_courses().start().await;
    let learner = learner(&app).await;
    let (page, nobody) = (page_of(&learner), "00000000-0000-0000-0000-000000000000");
    for path in ["/lv/manage/learners", "/en/manage/learners?q=anna", &page] {
        assert_admits(&app, path, &[Who::Manager]).await;
    }
    for part in ["attempts", "time"] {
        let path = format!("{page}/{part}");
        assert_admits_post(&app, &path, &[], &[Who::Manager]).await;
        let mut manager = app.client(Who::Manager).await;
        assert_eq!(manager.get(&path).await.location(), page);
        let path = format!("/lv/manage/learners/{nobody}/{part}");
        assert_eq!(manager.post(&path, &[]).await.status, 404);
    }
    let path = format!("{page}/allowances/{nobody}/withdraw");
    assert_admits_post(&app, &path, &[("reason", "x")], &[Who::Manager]).await;
    let mut manager = app.client(Who::Manager).await;
    assert_eq!(manager.get(&path).await.status, 404);
    let nobody = format!("/lv/manage/learners/{nobody}");
    assert_eq!(manager.get(&nobody).await.status, 404);

    let list = manager.get("/lv/manage/learners?q=nav%20tada").await;
    assert!(!list.has(&page));
    assert!(manager.get("/lv/manage/learners").await.has(&page));
    let views = audit_entry::Entity::find()
        .all(app.db.read())
        .await
        .unwrap();
    let viewed = views
        .iter()
        .filter(|entry| entry.action == "learner.viewed");
    assert!(viewed.clone().count() > 0);
    assert!(
        viewed
            .into_iter()
            .all(|entry| entry.subject_id == learner.person_id.to_string())
    );
}

#[actix_web::test]
async fn one_more_attempt_asks_what_was_not_asked() {
    for app in apps_with_one_attempt().await {
        let mut learner = learner(&app).await;
        let first = start(&mut learner).await;
        let finish = format!("{first}/finish");
        assert_eq!(learner.post(&finish, &[]).await.status, 303);
        let test = format!("{COURSE}/test");
        let page = learner.get(&test).await;
        assert!(page.has("Mēģinājumi ir izmantoti") && !page.has("/test/start\""));
        let review = learner.get(&format!("{first}/review")).await;
        assert!(review.has("verdict__explanation"), "after the last attempt");

        let refused = allow_attempts(&app, &learner, "4").await;
        assert_eq!(refused.status, 422);
        assert!(refused.has("no 1 līdz 3") && refused.has(REASON));
        assert_eq!(allow_attempts(&app, &learner, "1").await.status, 303);
        let mail = app.last_mail_to(EMAIL).await;
        assert!(mail.subject.contains("vēlreiz"), "{}", mail.subject);
        assert_eq!(mail.link(), test);
        assert!(!mail.body.contains(REASON), "{}", mail.body);

        let page = learner.get(&test).await;
        assert!(page.has("Jums papildus atļauts 1 mēģinājums") && !page.has(REASON));
        let page = learner.get(COURSE).await;
        assert!(page.has("Atlicis 1 mēģinājums"), "{}", page.text);
        let review = learner.get(&format!("{first}/review")).await;
        assert!(
            !review.has("verdict__explanation"),
            "what is right is shown after the last attempt, which is another one now"
        );

        let second = start(&mut learner).await;
        let (before, now) = (
            asked_in(&app, &learner, &first).await,
            asked_in(&app, &learner, &second).await,
        );
        assert_eq!(now.len(), drawn(&app));
        assert!(before.is_disjoint(&now), "{before:?} {now:?}");
        let course = course(&app);
        let outcomes = |ids: &BTreeSet<QuestionId>| -> BTreeSet<_> {
            let questions = ids.iter().filter_map(|id| course.question(id));
            questions
                .flat_map(|question| question.outcomes.clone())
                .collect()
        };
        assert_eq!(outcomes(&before), outcomes(&now), "stratified as usual");

        assert_eq!(
            learner.post(&format!("{second}/finish"), &[]).await.status,
            303
        );
        assert!(learner.get(&test).await.has("Mēģinājumi ir izmantoti"));

        // Two at once, taken back before they are begun.
        assert_eq!(allow_attempts(&app, &learner, "2").await.status, 303);
        assert!(learner.get(&test).await.has("/test/start\""));
        withdraw_last(&app, &learner).await;
        assert!(learner.get(&test).await.has("Mēģinājumi ir izmantoti"));
        let refused = learner.post(&format!("{test}/start"), &[]).await;
        assert_eq!(refused.location(), test);
        let mail = app.last_mail_to(EMAIL).await;
        assert!(
            mail.subject.contains("vairs nav atļauts"),
            "{}",
            mail.subject
        );

        // Nothing more is allowed once the test is passed.
        assert_eq!(allow_attempts(&app, &learner, "1").await.status, 303);
        let third = start(&mut learner).await;
        answer(&app, &mut learner, &third, drawn(&app)).await;
        learner.post(&format!("{third}/finish"), &[]).await;
        let refused = allow_attempts(&app, &learner, "1").await;
        assert_eq!(refused.status, 422);
        assert!(refused.has("jau ir nokārtota"));

        let entries = audit_entry::Entity::find()
            .all(app.db.read())
            .await
            .unwrap();
        let done = |action: &str| entries.iter().filter(|one| one.action == action).count();
        assert_eq!(
            (done("allowance.given"), done("allowance.withdrawn")),
            (3, 1)
        );
        assert!(
            !entries
                .iter()
                .any(|one| one.detail.to_string().contains(REASON))
        );
        let rows = test_allowance::Entity::find()
            .all(app.db.read())
            .await
            .unwrap();
        assert!(
            rows.iter()
                .all(|row| !row.reason.contains("Paraugciem") && !row.reason.is_empty()),
            "it is encrypted"
        );
        // The person gets it in a copy of their data, with the reason.
        let copy = learner.get("/lv/me/data/export.json").await;
        assert!(
            copy.has("test_allowance") && copy.has(REASON),
            "{}",
            copy.text
        );
    }
}

#[actix_web::test]
async fn extra_time_extends_the_attempt_under_way_and_holds_for_the_next() {
    for app in apps_with_time_limit().await {
        let mut learner = learner(&app).await;
        let test = format!("{COURSE}/test");
        let first = start(&mut learner).await;
        let begun = row(&app, &first).await.started_at;
        assert_eq!(deadline(&app, &first).await - begun, TimeDelta::minutes(30));
        // The page of the question is in the cache.
        learner.get(&first).await;

        for wrong in ["9", "201", "puse", ""] {
            let refused = allow_time(&app, &learner, wrong).await;
            assert_eq!(refused.status, 422, "{wrong}");
            assert!(refused.has("no 10 līdz 200"));
        }
        app.clock_control.advance(TimeDelta::minutes(20));
        assert_eq!(allow_time(&app, &learner, "50 %").await.status, 303);
        assert_eq!(deadline(&app, &first).await - begun, TimeDelta::minutes(45));
        let mail = app.last_mail_to(EMAIL).await;
        assert!(mail.body.contains("50 %") && mail.body.contains("pagarināta"));
        assert!(!mail.body.contains(REASON));
        let page = learner.get(&test).await;
        assert!(page.has("Laiks: 45 minūtes no sākuma") && page.has("50 %"));

        // A script that hands in by the old limit does not end the attempt.
        app.clock_control.advance(TimeDelta::minutes(10));
        let early = learner
            .post(&format!("{first}/finish"), &[("when", "over")])
            .await;
        assert_eq!(early.location(), first);
        assert!(
            learner
                .follow(&early)
                .await
                .has("pārbaude vēl nav iesniegta")
        );
        app.clock_control.advance(TimeDelta::minutes(10));
        answer(&app, &mut learner, &first, 1).await;

        // More time in its place: counted from the limit, not from the extended one.
        assert_eq!(allow_time(&app, &learner, "100").await.status, 303);
        assert_eq!(deadline(&app, &first).await - begun, TimeDelta::minutes(60));
        // Less, or none, does not shorten what is under way.
        assert_eq!(allow_time(&app, &learner, "10").await.status, 303);
        withdraw_last(&app, &learner).await;
        assert_eq!(deadline(&app, &first).await - begun, TimeDelta::minutes(60));
        app.clock_control.advance(TimeDelta::minutes(21));
        let over = learner.get(&first).await;
        assert_eq!(over.location(), format!("{first}/review"));
        let ended = row(&app, &first).await.finished_at.unwrap();
        assert_eq!(ended - begun, TimeDelta::minutes(60));

        let second = start(&mut learner).await;
        let begun = row(&app, &second).await.started_at;
        assert_eq!(
            deadline(&app, &second).await - begun,
            TimeDelta::minutes(30)
        );
        learner.post(&format!("{second}/finish"), &[]).await;
        assert_eq!(allow_time(&app, &learner, "200").await.status, 303);
        let third = start(&mut learner).await;
        let begun = row(&app, &third).await.started_at;
        assert_eq!(deadline(&app, &third).await - begun, TimeDelta::minutes(90));
        // An attempt that is over is not extended.
        app.clock_control.advance(TimeDelta::minutes(91));
        let mut learner = again(&app).await;
        assert_eq!(allow_time(&app, &learner, "150").await.status, 303);
        let over = learner.get(&third).await;
        assert_eq!(over.location(), format!("{third}/review"));
    }
}

#[actix_web::test]
async fn reasons_stay_readable_with_a_new_key_when_the_earlier_one_is_removed() {
    for app in apps_with_one_attempt().await {
        let learner = learner(&app).await;
        assert_eq!(allow_attempts(&app, &learner, "1").await.status, 303);
        let keys = &app.app.field_keys;
        let earlier = keys.list().pop().unwrap().id;
        keys.add(app.now()).unwrap();
        let (count, used) = sealed::encrypt_anew(&app.db, keys).await.unwrap();
        assert_eq!((count, used.contains(&earlier)), (1, false));
        assert_eq!(keys.prune(&used, app.now()).unwrap().len(), 1);
        let dump = app.db.dump().await;
        assert!(!dump.contains(&format!("x1.{earlier}.")), "in no field");
        let mut manager = app.client(Who::Manager).await;
        assert!(manager.get(&page_of(&learner)).await.has(REASON));
        assert_eq!(sealed::encrypt_anew(&app.db, keys).await.unwrap().0, 0);
    }
}

#[actix_web::test]
async fn during_a_pause_the_result_and_the_mail_say_from_when() {
    let mut bundle = shipped_bundle();
    for course in &mut bundle.courses {
        for lesson in &mut Arc::make_mut(course).lessons {
            if let LessonKind::Test(rules) = &mut lesson.kind {
                rules.attempts = Some(2);
                rules.pause_minutes = Some(30);
            }
        }
    }
    for db in server::db::testing::databases().await {
        let catalogue = Catalogue::new(bundle.clone(), Vec::new(), true);
        let app = TestApp::build().catalogue(catalogue).start_on(db).await;
        let mut learner = learner(&app).await;
        let first = start(&mut learner).await;
        learner.post(&format!("{first}/finish"), &[]).await;
        let review = format!("{first}/review");
        let page = learner.get(&review).await;
        assert!(page.has("Jaunu mēģinājumu varēsiet sākt"), "{}", page.text);
        assert!(!page.has("mēģiniet vēlreiz") && !page.has("Mēģināt vēlreiz"));

        assert_eq!(allow_attempts(&app, &learner, "1").await.status, 303);
        let mail = app.last_mail_to(EMAIL).await;
        assert!(
            mail.body.contains("Nākamo mēģinājumu varēsiet sākt"),
            "{}",
            mail.body
        );

        app.clock_control.advance(TimeDelta::minutes(31));
        let page = learner.get(&review).await;
        assert!(page.has("mēģiniet vēlreiz"), "{}", page.text);
        assert_eq!(allow_attempts(&app, &learner, "1").await.status, 303);
        let mail = app.last_mail_to(EMAIL).await;
        assert!(!mail.body.contains("varēsiet sākt"), "{}", mail.body);
    }
}

#[actix_web::test]
async fn extra_time_that_is_no_whole_minute_is_said_as_it_is() {
    let mut bundle = shipped_bundle();
    for course in &mut bundle.courses {
        for lesson in &mut Arc::make_mut(course).lessons {
            if let LessonKind::Test(rules) = &mut lesson.kind {
                rules.time_limit_minutes = Some(5);
            }
        }
    }
    let catalogue = Catalogue::new(bundle, Vec::new(), true);
    let app = TestApp::build().catalogue(catalogue).start().await;
    let mut learner = learner(&app).await;
    assert_eq!(allow_time(&app, &learner, "50").await.status, 303);
    let page = learner.get(&format!("{COURSE}/test")).await;
    assert!(page.has("7,5 minūtes"), "{}", page.text);
}
