//! Learning paths as people meet them.

use server::testing::{Someone, Who, assert_admits};

use crate::support::{COURSE, answer, app, apps, drawn, enrol, read_all, start};

const PATH: &str = "/lv/paths/foundations-and-ground";

#[actix_web::test]
async fn a_path_is_open_to_anyone_and_begun_by_those_signed_in() {
    let app = app().await;
    assert_admits(&app, PATH, &Who::ALL).await;
    assert_admits(&app, "/en/paths/foundations-and-ground", &Who::ALL).await;
    let enrol = format!("{PATH}/enrol");
    for who in Who::ALL {
        let mut client = app.client(who).await;
        let looked = client.get(&enrol).await;
        let page = client.get(PATH).await;
        let begun = client.post(&enrol, &[]).await;
        if who == Who::Visitor {
            assert!(looked.location().contains("/sign-in?"));
            assert!(begun.location().contains("/sign-in?"));
            assert!(page.has("next=%2Flv%2Fpaths%2Ffoundations-and-ground%2Fenrol"));
            continue;
        }
        assert_eq!(looked.location(), PATH, "{who:?}");
        assert!(page.has(&enrol), "{who:?}: nobody begins by looking");
        assert_eq!(begun.location(), PATH, "{who:?}");
        let page = client.get(PATH).await;
        assert!(!page.has(&enrol) && page.has("Pabeigts: 0 no 2"), "{who:?}");
    }
    for (path, status) in [("/lv/paths/nowhere", 404), ("/lv/paths/employers", 404)] {
        assert_eq!(app.visitor().get(path).await.status, status, "{path}");
    }
    let mut learner = app.client(Who::Learner).await;
    assert_eq!(
        learner.post("/lv/paths/nowhere/enrol", &[]).await.status,
        404
    );
    assert_eq!(learner.post_as_is(&enrol, &[]).await.status, 403);
}

#[actix_web::test]
async fn an_incomplete_profile_is_completed_before_a_path_is_begun() {
    let app = app().await;
    let mut newcomer = app
        .client_of(Someone {
            email: "new@example.com".to_owned(),
            role: None,
            is_ready: false,
        })
        .await;
    let page = newcomer.post(&format!("{PATH}/enrol"), &[]).await;
    let profile = "/lv/me/profile?next=%2Flv%2Fpaths%2Ffoundations-and-ground%2Fenrol";
    assert_eq!(page.location(), profile);
}

#[actix_web::test]
async fn a_path_leads_from_course_to_course_and_says_what_is_missing() {
    for app in apps().await {
        let mut learner = app.client(Who::Learner).await;
        assert!(learner.get("/lv/courses").await.has(PATH));
        assert!(!learner.get("/lv/courses?ground=disability").await.has(PATH));
        assert!(
            learner.get(COURSE).await.has(PATH),
            "the course names its paths"
        );
        assert!(!learner.get("/lv/me").await.has(PATH));

        learner.post(&format!("{PATH}/enrol"), &[]).await;
        let page = learner.get(PATH).await;
        assert!(page.has("Kāpēc ceļš vēl nav pabeigts?"), "{}", page.text);
        assert!(page.has("Apgūts kurss „Invaliditāte”"), "{}", page.text);
        assert!(learner.get("/lv/me").await.has("Pabeigts: 0 no 2"));

        enrol(&mut learner).await;
        read_all(&app, &mut learner).await;
        let attempt = start(&mut learner).await;
        answer(&app, &mut learner, &attempt, drawn(&app)).await;
        learner.post(&format!("{attempt}/finish"), &[]).await;
        let page = learner.get(PATH).await;
        assert!(page.has("Pabeigts: 1 no 2"), "{}", page.text);
        // Of the courses to choose from, this installation has one.
        assert!(page.has("/lv/courses/disability"));
        assert!(learner.get("/lv/me").await.has("Pabeigts: 1 no 2"));
    }
}

#[actix_web::test]
async fn a_path_is_found_by_the_search() {
    let app = app().await;
    let found = app.visitor().get("/lv/search?q=aizlieguma+pamati").await;
    assert!(found.has(PATH), "{}", found.text);
    let alone = app.visitor().get("/lv/search?q=celi&in=paths").await;
    assert_eq!(alone.status, 200);
    let english = app.visitor().get("/en/search?q=prohibited+ground").await;
    assert!(english.has("/en/paths/foundations-and-ground"));
}
