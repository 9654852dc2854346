//! Access to the pages of learning.

use std::sync::Arc;

use course_compiler::model::Status;
use server::learning::Catalogue;
use server::testing::{Someone, TestApp, Who, assert_admits, shipped_bundle};

use crate::support::{COURSE, app, course, enrol};

const EVERYBODY_SIGNED_IN: [Who; 5] = [
    Who::Learner,
    Who::Organiser,
    Who::Manager,
    Who::Author,
    Who::Admin,
];

#[actix_web::test]
async fn the_catalogue_and_courses_are_open_to_anyone() {
    let app = app().await;
    for path in [
        "/lv/courses",
        "/en/courses",
        COURSE,
        "/en/courses/disability",
        "/lv/verify",
    ] {
        assert_admits(&app, path, &Who::ALL).await;
    }
}

#[actix_web::test]
async fn ones_own_pages_are_for_those_signed_in() {
    let app = app().await;
    assert_admits(&app, "/lv/me", &EVERYBODY_SIGNED_IN).await;
    assert_admits(&app, "/en/me", &EVERYBODY_SIGNED_IN).await;
}

#[actix_web::test]
async fn lessons_and_the_test_are_for_those_enrolled() {
    let app = app().await;
    let lesson = course(&app).required_lessons().next().unwrap().slug.clone();
    for path in [
        format!("{COURSE}/lessons/{lesson}"),
        format!("{COURSE}/test"),
    ] {
        assert!(
            app.visitor()
                .get(&path)
                .await
                .location()
                .contains("/sign-in?")
        );
        for who in EVERYBODY_SIGNED_IN {
            let mut client = app.client(who).await;
            assert_eq!(client.get(&path).await.location(), COURSE, "{who:?}");
        }
    }
    let mut learner = app.client(Who::Learner).await;
    enrol(&mut learner).await;
    assert_eq!(
        learner
            .get(&format!("{COURSE}/lessons/{lesson}"))
            .await
            .status,
        200
    );
}

#[actix_web::test]
async fn a_completion_is_for_managers() {
    let app = app().await;
    let nowhere = "/lv/manage/completions/00000000-0000-0000-0000-000000000000";
    for who in Who::ALL {
        let mut client = app.client(who).await;
        let page = client.get(nowhere).await;
        match who {
            Who::Visitor => assert!(page.location().contains("/sign-in?")),
            Who::Manager => assert_eq!(page.status, 404),
            _ => assert_eq!(page.status, 403, "{who:?}"),
        }
    }
}

#[actix_web::test]
async fn an_incomplete_profile_is_completed_before_enrolling() {
    let app = app().await;
    let mut newcomer = app
        .client_of(Someone {
            email: "new@example.com".to_owned(),
            role: None,
            is_ready: false,
        })
        .await;
    let page = newcomer.post(&format!("{COURSE}/enrol"), &[]).await;
    assert!(
        page.location().starts_with("/lv/me/profile?next="),
        "{}",
        page.location()
    );
}

#[actix_web::test]
async fn wrong_methods_and_missing_tokens_are_told_apart() {
    let app = app().await;
    let mut learner = app.client(Who::Learner).await;
    let wrong_method = learner.get(&format!("{COURSE}/test/start")).await;
    assert_eq!(wrong_method.status, 405);
    let only_looked = learner.get(&format!("{COURSE}/enrol")).await;
    assert_eq!(
        only_looked.location(),
        COURSE,
        "nobody is enrolled by looking"
    );
    let missing_token = learner.post_as_is(&format!("{COURSE}/enrol"), &[]).await;
    assert_eq!(missing_token.status, 403);
    assert!(
        learner.get(COURSE).await.has(&format!("{COURSE}/enrol")),
        "nothing was changed"
    );
}

/// The shipped courses as an installation has them that offers no drafts; those of `reviewed` have all their
/// reviews.
async fn app_without_drafts(reviewed: &[&str]) -> TestApp {
    let mut bundle = shipped_bundle();
    for course in &mut bundle.courses {
        if !reviewed.contains(&course.slug.as_str()) {
            Arc::make_mut(course).status = Status::Draft;
        }
    }
    let catalogue = Catalogue::new(bundle, Vec::new(), false);
    TestApp::build().catalogue(catalogue).start().await
}

#[actix_web::test]
async fn a_course_without_its_reviews_cannot_be_opened() {
    let app = app_without_drafts(&["disability"]).await;
    let catalogue = app.app.courses.current();
    let course = catalogue.by_id(&"foundations".into()).unwrap();
    let closed = course.required_lessons().next().unwrap().slug.clone();
    for who in Who::ALL {
        let mut client = app.client(who).await;
        let list = client.get("/lv/courses").await;
        assert!(list.text.contains("/lv/courses/disability"), "{who:?}");
        assert!(!list.text.contains(COURSE), "{who:?}");
        assert_eq!(
            client.get("/lv/courses/disability").await.status,
            200,
            "{who:?}"
        );
        for path in [
            COURSE.to_owned(),
            format!("{COURSE}/lessons/{closed}"),
            format!("{COURSE}/test"),
            "/lv/handbook".to_owned(),
            "/lv/handbook/handbook".to_owned(),
            "/lv/handbook/handbook/pieci-soli".to_owned(),
        ] {
            let page = client.get(&path).await;
            assert!(
                page.status == 404 || page.location().contains("/sign-in?"),
                "{who:?} {path}: {}",
                page.status
            );
        }
        let enrolled = client.post(&format!("{COURSE}/enrol"), &[]).await;
        assert!(
            enrolled.status == 404 || enrolled.location().contains("/sign-in?"),
            "{who:?}: {}",
            enrolled.status
        );
    }
}
