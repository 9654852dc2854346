//! The whole path: from the catalogue to a certificate and a counted person.

use std::sync::Arc;

use course_compiler::model::Status;
use server::{
    learning::Catalogue,
    testing::{TestApp, Who, shipped_bundle},
};

use crate::support::{COURSE, answer, apps, drawn, enrol, read_all, start};

#[actix_web::test]
async fn a_completed_course_gives_a_certificate_and_counts_once() {
    for app in apps().await {
        let mut learner = app.client(Who::Learner).await;
        let mut manager = app.client(Who::Manager).await;
        let counted_before = counted(&mut manager).await;

        assert!(learner.get("/lv/courses").await.has(COURSE));
        enrol(&mut learner).await;
        let page = learner.get(COURSE).await;
        let why = "Kāpēc man vēl nav apliecības?";
        assert!(!page.has(why), "nothing was begun: {}", page.text);
        assert!(page.has("līdz kursa beigām ap"), "{}", page.text);
        let home = learner.get("/lv/").await;
        assert!(home.has("going-on") && home.has(COURSE), "{}", home.text);

        read_all(&app, &mut learner).await;
        assert!(learner.get(COURSE).await.has(why));
        let attempt = start(&mut learner).await;
        answer(&app, &mut learner, &attempt, drawn(&app)).await;
        let handed_in = learner.post(&format!("{attempt}/finish"), &[]).await;
        let review = learner.follow(&handed_in).await;
        assert!(review.has("Pārbaude nokārtota"), "{}", review.text);

        let page = learner.get(COURSE).await;
        assert!(page.has("Kurss apgūts"), "{}", page.text);
        let serial = page
            .text
            .split("IESP-")
            .nth(1)
            .map(|rest| format!("IESP-{}", &rest[..11]))
            .unwrap();
        let pdf = learner
            .get(&format!("/lv/me/certificates/{serial}.pdf"))
            .await;
        assert_eq!(pdf.status, 200);
        assert!(pdf.bytes.starts_with(b"%PDF-"));
        let again = learner
            .get(&format!("/lv/me/certificates/{serial}.pdf"))
            .await;
        assert_eq!(pdf.bytes, again.bytes, "the bytes are kept");

        let code = page
            .text
            .split("/lv/verify/")
            .nth(1)
            .map(|rest| rest.split('"').next().unwrap())
            .unwrap()
            .to_owned();
        let verified = app.visitor().get(&format!("/lv/verify/{code}")).await;
        assert_eq!(verified.status, 200);
        assert!(verified.has(&serial) && verified.has("Apliecība ir īsta un derīga"));

        assert_eq!(counted(&mut manager).await, counted_before + 1);

        // Neither a second course of the same person nor handing in twice counts a further person.
        let again = learner.post(&format!("{attempt}/finish"), &[]).await;
        assert_eq!(again.status, 303);
        assert_eq!(counted(&mut manager).await, counted_before + 1);
    }
}

#[actix_web::test]
async fn a_draft_that_was_tried_out_says_that_it_does_not_count() {
    for db in server::db::testing::databases().await {
        let mut bundle = shipped_bundle();
        for course in &mut bundle.courses {
            Arc::make_mut(course).status = Status::Draft;
        }
        let catalogue = Catalogue::new(bundle, Vec::new(), true);
        let app = TestApp::build().catalogue(catalogue).start_on(db).await;
        let mut learner = app.client(Who::Learner).await;
        enrol(&mut learner).await;
        let page = learner.get(COURSE).await;
        assert!(page.has("Tā apguvi neieskaita"), "{}", page.text);
        read_all(&app, &mut learner).await;
        let attempt = start(&mut learner).await;
        answer(&app, &mut learner, &attempt, drawn(&app)).await;
        let handed_in = learner.post(&format!("{attempt}/finish"), &[]).await;
        let review = learner.follow(&handed_in).await;
        assert!(
            review.has("apguve netiek ieskaitīta un apliecība ir tikai paraugs"),
            "{}",
            review.text
        );
        assert!(!review.has("apliecība ir izsniegta"), "{}", review.text);
    }
}

/// The number of people listed for the public sector.
async fn counted(manager: &mut server::testing::Client) -> usize {
    let page = manager
        .get("/lv/manage/indicators/trained-public-sector")
        .await;
    assert_eq!(page.status, 200, "{}", page.text);
    page.text.matches("/facts/").count()
}

#[actix_web::test]
async fn a_failed_test_never_completes() {
    for app in apps().await {
        let mut learner = app.client(Who::Learner).await;
        enrol(&mut learner).await;
        read_all(&app, &mut learner).await;
        for attempt_number in 1..=3 {
            let attempt = start(&mut learner).await;
            answer(&app, &mut learner, &attempt, 2).await;
            let handed_in = learner.post(&format!("{attempt}/finish"), &[]).await;
            let review = learner.follow(&handed_in).await;
            assert!(
                review.has("šoreiz nav nokārtota"),
                "attempt {attempt_number}"
            );
        }
        let page = learner.get(COURSE).await;
        assert!(!page.has("Kurss apgūts"));
        let refused = learner.post(&format!("{COURSE}/test/start"), &[]).await;
        assert!(
            learner
                .follow(&refused)
                .await
                .has("Visi mēģinājumi ir izmantoti")
        );
    }
}

#[actix_web::test]
async fn the_last_lesson_completes_a_course_whose_test_was_passed_first() {
    for app in apps().await {
        let mut learner = app.client(Who::Learner).await;
        enrol(&mut learner).await;
        let attempt = start(&mut learner).await;
        answer(&app, &mut learner, &attempt, drawn(&app)).await;
        learner.post(&format!("{attempt}/finish"), &[]).await;
        assert!(!learner.get(COURSE).await.has("Kurss apgūts"));
        read_all(&app, &mut learner).await;
        assert!(learner.get(COURSE).await.has("Kurss apgūts"));
    }
}
