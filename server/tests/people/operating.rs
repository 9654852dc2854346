//! Mails and jobs, as administrators see and change them.

use chrono::TimeDelta;
use sea_orm::{ActiveModelTrait as _, EntityTrait as _, IntoActiveModel as _, Set};
use server::{
    audit,
    db::entity::job::{self, JobStatus},
    ids::JobId,
    jobs, mail,
    testing::{Client, TestApp, Who},
};

const EMAIL: &str = "eva.ozola@example.test";

/// The newest job.
async fn newest(app: &TestApp) -> job::Model {
    let jobs = job::Entity::find().all(app.db.read()).await.unwrap();
    jobs.into_iter().max_by_key(|job| job.id).unwrap()
}

/// Changes the newest job.
async fn set(app: &TestApp, change: impl FnOnce(&mut job::ActiveModel) + Send + 'static) -> JobId {
    let mut row = newest(app).await.into_active_model();
    change(&mut row);
    app.app
        .db
        .write::<_, sea_orm::DbErr>(async move |txn| row.update(txn).await)
        .await
        .unwrap()
        .id
}

/// A mail with a link that the mail server refused for good.
async fn dead_mail(app: &TestApp, email: &str) -> JobId {
    app.visitor()
        .post("/lv/register", &[("email", email)])
        .await;
    set(app, |job| {
        job.status = Set(JobStatus::Dead);
        job.attempts = Set(1);
        job.last_error = Set(Some(
            "refused: 5.1.1 <eva.ozola@example.test>: unknown".into(),
        ));
    })
    .await
}

fn page_of(job: JobId) -> String {
    format!("/lv/admin/jobs/{job}")
}

async fn admin(app: &TestApp) -> Client {
    app.client(Who::Admin).await
}

#[actix_web::test]
async fn what_waits_and_what_failed_is_listed_without_what_it_says() {
    for app in TestApp::on_each_database().await {
        let mut admin = admin(&app).await;
        let dead = dead_mail(&app, EMAIL).await;
        let link = app.last_mail_to(EMAIL).await.link();
        let token = link.rsplit('/').next().unwrap().to_owned();
        app.clock_control.advance(TimeDelta::minutes(1));
        app.visitor()
            .post("/lv/register", &[("email", "kalns@example.test")])
            .await;

        let list = admin.get("/lv/admin/jobs").await;
        assert!(list.has("1.–2. no 2") && list.has("Apstipriniet e-pasta adresi"));
        assert!(list.has("e•••@example.test") && !list.has(EMAIL), "masked");
        assert!(list.has("Neizdevās") && list.has("Gaida rindā"));
        assert!(list.has("<e•••@example.test>: unknown") || list.has("&lt;e•••@example.test&gt;"));
        for (query, found) in [
            ("q=eva.ozola", "1.–1. no 1"),
            ("q=EXAMPLE.test", "1.–2. no 2"),
            ("q=eva_ozola", "Nekas nav atrasts"),
            ("q=%25", "Nekas nav atrasts"),
            ("state=dead&kind=send-mail", "1.–1. no 1"),
            ("state=due", "1.–1. no 1"),
            ("state=later", "Nekas nav atrasts"),
            ("kind=render-certificate", "Nekas nav atrasts"),
            ("sort=next&order=asc", "1.–2. no 2"),
        ] {
            let list = admin.get(&format!("/lv/admin/jobs?{query}")).await;
            assert_eq!(list.status, 200);
            assert!(list.has(found), "{query}: {}", list.text);
        }
        let page = admin.get(&page_of(dead)).await;
        assert!(page.has(EMAIL) && page.has("5.1.1") && page.has("1 no 8"));
        for page in [&list, &page] {
            assert!(!page.has(&token), "the link of a mail");
            assert!(!page.has("Labdien"), "the text of a mail");
        }
        let nowhere = "/lv/admin/jobs/0193535e-8a4c-7000-8000-000000000000";
        assert_eq!(admin.get(nowhere).await.status, 404);
    }
}

#[actix_web::test]
async fn a_failed_mail_is_tried_again_and_done_is_done() {
    for app in TestApp::on_each_database().await {
        let mut admin = admin(&app).await;
        let dead = dead_mail(&app, EMAIL).await;
        let page = admin.post(&format!("{}/retry", page_of(dead)), &[]).await;
        assert_eq!(page.location(), page_of(dead));
        assert!(admin.follow(&page).await.has("1 darbu mēģina vēlreiz"));
        let row = newest(&app).await;
        assert_eq!((row.status, row.attempts), (JobStatus::Waiting, 0));
        assert_eq!(app.deliver().await.len(), 1);
        assert!(admin.get(&page_of(dead)).await.has("Izpildīts"));

        let page = admin.post(&format!("{}/retry", page_of(dead)), &[]).await;
        assert!(admin.follow(&page).await.has("Nekas nav mainīts"));
        assert_eq!(newest(&app).await.status, JobStatus::Done);
        assert_eq!(audit::verify_chain(&app.db).await.unwrap(), Ok(1));
        let noted = audit::about(&app.db, ("job", dead.to_string()), "job.retried").await;
        assert_eq!(noted.unwrap().len(), 1);
    }
}

#[actix_web::test]
async fn a_mail_is_dropped_after_a_question_and_its_text_is_gone() {
    for app in TestApp::on_each_database().await {
        let mut admin = admin(&app).await;
        let dead = dead_mail(&app, EMAIL).await;
        let question = admin
            .get(&format!("/lv/admin/jobs/drop?id={dead}&id=x"))
            .await;
        assert_eq!(question.status, 200);
        assert!(question.has("Šis 1 darbs netiks izpildīts") && !question.has(EMAIL));
        assert_eq!(newest(&app).await.status, JobStatus::Dead, "not yet");

        let fields = [("id", dead.to_string())];
        let fields = fields.each_ref().map(|(name, id)| (*name, id.as_str()));
        let page = admin.post("/lv/admin/jobs/drop", &fields).await;
        assert_eq!(page.location(), "/lv/admin/jobs");
        assert!(admin.follow(&page).await.has("Atcelts 1 darbs"));
        let row = newest(&app).await;
        assert_eq!(row.status, JobStatus::Dropped);
        assert!(!row.payload.to_string().contains("http"), "{}", row.payload);
        assert!(
            admin
                .get("/lv/admin/jobs?state=dropped&q=eva")
                .await
                .has("1.–1. no 1")
        );
        assert!(app.deliver().await.is_empty());

        let page = admin.post("/lv/admin/jobs/drop", &fields).await;
        assert!(admin.follow(&page).await.has("Nekas nav mainīts"));
        let page = admin.get(&format!("/lv/admin/jobs/drop?id={dead}")).await;
        assert_eq!(page.location(), "/lv/admin/jobs");
        assert_eq!(audit::verify_chain(&app.db).await.unwrap(), Ok(1));
    }
}

#[actix_web::test]
async fn selected_jobs_are_tried_again_or_asked_about() {
    for app in TestApp::on_each_database().await {
        let mut admin = admin(&app).await;
        let one = dead_mail(&app, EMAIL).await.to_string();
        app.clock_control.advance(TimeDelta::minutes(1));
        let other = dead_mail(&app, "kalns@example.test").await.to_string();
        let page = admin.post("/lv/admin/jobs", &[("do", "retry")]).await;
        assert_eq!(page.status, 422);
        assert!(page.has("Atzīmējiet vismaz vienu rindu"));
        assert_eq!(
            admin.post("/lv/admin/jobs", &[("do", "x")]).await.status,
            400
        );

        let (one, other) = (one.as_str(), other.as_str());
        let fields = [("do", "drop"), ("id", one), ("id", other)];
        let page = admin.post("/lv/admin/jobs", &fields).await;
        let question = admin.follow(&page).await;
        assert!(
            question.has("Šie 2 darbi netiks izpildīti"),
            "{}",
            question.text
        );

        let query = ("query", "state=dead");
        let fields = [("do", "retry"), ("id", one), ("id", other), query];
        let page = admin.post("/lv/admin/jobs", &fields).await;
        assert_eq!(page.location(), "/lv/admin/jobs?state=dead");
        assert!(admin.follow(&page).await.has("2 darbus mēģina vēlreiz"));
        assert_eq!(app.deliver().await.len(), 2);
    }
}

#[actix_web::test]
async fn a_job_that_is_being_run_is_left_alone() {
    for app in TestApp::on_each_database().await {
        let mut admin = admin(&app).await;
        app.visitor()
            .post("/lv/register", &[("email", EMAIL)])
            .await;
        let until = app.now() + TimeDelta::minutes(5);
        let job = set(&app, move |job| job.lease_until = Set(Some(until))).await;
        let page = admin.post(&format!("{}/retry", page_of(job)), &[]).await;
        assert!(admin.follow(&page).await.has("Nekas nav mainīts"));
        let id = job.to_string();
        admin.post("/lv/admin/jobs/drop", &[("id", &id)]).await;
        assert_eq!(newest(&app).await.status, JobStatus::Waiting);
        app.clock_control.advance(TimeDelta::minutes(5));
        admin.post("/lv/admin/jobs/drop", &[("id", &id)]).await;
        assert_eq!(
            newest(&app).await.status,
            JobStatus::Dropped,
            "its runner has gone"
        );
    }
}

#[actix_web::test]
async fn who_gets_no_mails_reads_so_until_one_arrives() {
    let notice = "Vēstules uz jūsu e-pasta adresi nepienāk";
    for app in TestApp::on_each_database().await {
        let mut admin = admin(&app).await;
        let mut learner = app.client(Who::Learner).await;
        let address = learner_address(&app, &learner).await;
        app.visitor()
            .post("/lv/forgotten", &[("email", &address)])
            .await;
        let job = newest(&app).await.id;
        assert!(!learner.get("/lv/me").await.has(notice));
        let path = format!("{}/address", page_of(job));
        let page = admin.post(&path, &[("do", "refuse")]).await;
        assert!(
            admin
                .follow(&page)
                .await
                .has("atzīmēts, ka vēstules uz šo adresi atgriežas")
        );
        for page in ["/lv/me", "/lv/courses", "/lv/me/profile"] {
            assert!(learner.get(page).await.has(notice), "{page}");
        }
        assert!(learner.get("/lv/me").await.has("/lv/contact"));
        assert!(!admin.get("/lv/me").await.has(notice), "another person");

        let page = admin.post(&path, &[("do", "accept")]).await;
        assert!(
            admin
                .follow(&page)
                .await
                .has("vēstules uz šo adresi pienāk")
        );
        assert!(!learner.get("/lv/me").await.has(notice));
        assert_eq!(admin.post(&path, &[("do", "x")]).await.status, 400);

        // A mail that arrives shows that the address is right.
        admin.post(&path, &[("do", "refuse")]).await;
        assert!(learner.get("/lv/me").await.has(notice));
        assert_eq!(app.deliver().await.len(), 1);
        assert!(!learner.get("/lv/me").await.has(notice));
        let refusal = mail::refusal_of(app.db.read(), &address).await.unwrap();
        assert_eq!(refusal, None);
    }
}

/// The address of a client's account.
async fn learner_address(app: &TestApp, client: &Client) -> String {
    server::db::entity::account::Entity::find_by_id(client.account_id)
        .one(app.db.read())
        .await
        .unwrap()
        .unwrap()
        .email
}

#[actix_web::test]
async fn a_job_of_another_version_can_be_listed() {
    let app = TestApp::start().await;
    let mut admin = admin(&app).await;
    app.visitor()
        .post("/lv/register", &[("email", EMAIL)])
        .await;
    let job = set(&app, |job| {
        job.kind = Set("of-tomorrow".into());
        job.payload = Set(serde_json::json!([1]));
    })
    .await;
    assert!(admin.get("/lv/admin/jobs").await.has("of-tomorrow"));
    assert!(admin.get(&page_of(job)).await.has("of-tomorrow"));
    let summary = jobs::one(app.db.read(), app.now(), job).await.unwrap();
    assert_eq!(summary.unwrap().recipient, None);
}
