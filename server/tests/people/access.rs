//! Access to the pages of accounts, people and organisations.

use actix_web::test::TestRequest;
use sea_orm::EntityTrait as _;
use server::{
    accounts::Role,
    db::entity::{job, organisation::OrganisationKind, organisation_merge},
    testing::{Someone, TestApp, Who, assert_admits, assert_admits_post},
};

const SIGNED_IN: [Who; 5] = [
    Who::Learner,
    Who::Organiser,
    Who::Manager,
    Who::Author,
    Who::Admin,
];

#[actix_web::test]
async fn pages_about_oneself_are_for_everybody_signed_in() {
    let app = TestApp::start().await;
    for path in [
        "me/profile",
        "me/organisation",
        "me/organisation/new",
        "me/privacy",
        "me/account/password",
        "me/account/email",
    ] {
        assert_admits(&app, &format!("/lv/{path}"), &SIGNED_IN).await;
        assert_admits_post(&app, &format!("/en/{path}"), &[], &SIGNED_IN).await;
    }
    for path in [
        "me/account",
        "me/data",
        "me/data/export.json",
        "me/data/erase",
    ] {
        assert_admits(&app, &format!("/lv/{path}"), &SIGNED_IN).await;
    }
    for path in [
        "me/account/language",
        "me/account/sessions",
        "me/data/erase",
        "me/data/keep",
    ] {
        assert_admits_post(&app, &format!("/en/{path}"), &[], &SIGNED_IN).await;
    }
}

#[actix_web::test]
async fn public_pages_are_for_everybody() {
    let app = TestApp::start().await;
    for path in [
        "/lv/privacy",
        "/en/privacy",
        "/lv/accessibility",
        "/en/accessibility",
        "/lv/forgotten",
    ] {
        assert_admits(&app, path, &Who::ALL).await;
    }
}

#[actix_web::test]
async fn the_register_is_for_managers() {
    let app = TestApp::start().await;
    let id = app
        .organisation("Paraugu pārvalde", OrganisationKind::StateInstitution)
        .await;
    assert_admits(
        &app,
        "/lv/manage/organisations?q=par&status=proposed&page=2",
        &[Who::Manager],
    )
    .await;
    assert_admits(
        &app,
        &format!("/lv/manage/organisations/{id}"),
        &[Who::Manager],
    )
    .await;
    for ending in ["csv", "xlsx"] {
        let path = format!("/lv/manage/organisations/export.{ending}");
        assert_admits(&app, &path, &[Who::Manager]).await;
    }
    let fields = [("do", "approve"), ("id", "x")];
    assert_admits_post(&app, "/lv/manage/organisations", &fields, &[Who::Manager]).await;
    let other = app
        .organisation("Paraugu parvalde", OrganisationKind::StateInstitution)
        .await;
    let merge = format!("/lv/manage/organisations/{id}/merge");
    assert_admits(&app, &merge, &[Who::Manager]).await;
    let merge = format!("{merge}/{other}");
    assert_admits(&app, &merge, &[Who::Manager]).await;
    assert_admits_post(&app, &merge, &[], &[Who::Manager]).await;
    let mut manager = app.client(Who::Manager).await;
    manager.post(&merge, &[("keep", &id.to_string())]).await;
    let merge = organisation_merge::Entity::find().one(app.db.read()).await;
    let undo = format!("/lv/manage/merges/{}", merge.unwrap().unwrap().id);
    assert_admits(&app, &undo, &[Who::Manager]).await;
    assert_admits_post(&app, &undo, &[], &[Who::Manager]).await;
    for action in ["", "/approve", "/reject"] {
        let path = format!("/lv/manage/organisations/{id}{action}");
        assert_admits_post(&app, &path, &[], &[Who::Manager]).await;
    }
}

#[actix_web::test]
async fn accounts_are_for_administrators() {
    let app = TestApp::start().await;
    let learner = app.client(Who::Learner).await.account_id;
    assert_admits(&app, "/lv/admin/accounts?q=anna&page=1", &[Who::Admin]).await;
    for ending in ["csv", "xlsx"] {
        let path = format!("/lv/admin/accounts/export.{ending}");
        assert_admits(&app, &path, &[Who::Admin]).await;
    }
    assert_admits(
        &app,
        &format!("/lv/admin/accounts/{learner}"),
        &[Who::Admin],
    )
    .await;
    let close = format!("/lv/admin/accounts/{learner}/close");
    assert_admits(&app, &close, &[Who::Admin]).await;
    for action in ["close", "reopen", "sessions"] {
        let path = format!("/lv/admin/accounts/{learner}/{action}");
        assert_admits_post(&app, &path, &[("do", "all")], &[Who::Admin]).await;
    }
    let path = format!("/lv/admin/accounts/{learner}/roles");
    let fields = [("role", "organiser"), ("change", "give")];
    assert_admits_post(&app, &path, &fields, &[Who::Admin]).await;
}

#[actix_web::test]
async fn mails_and_jobs_are_for_administrators() {
    let app = TestApp::start().await;
    app.visitor()
        .post("/lv/register", &[("email", "eva@example.test")])
        .await;
    let job = job::Entity::find().one(app.db.read()).await.unwrap();
    let job = job.unwrap();
    let path = format!("/lv/admin/jobs/{}", job.id);
    let drop = format!("/lv/admin/jobs/drop?id={}", job.id);
    for path in ["/lv/admin/jobs?q=eva&state=dead&page=2", &path, &drop] {
        assert_admits(&app, path, &[Who::Admin]).await;
    }
    let fields = [("do", "retry"), ("id", "x")];
    assert_admits_post(&app, "/lv/admin/jobs", &fields, &[Who::Admin]).await;
    assert_admits_post(&app, "/lv/admin/jobs/drop", &fields, &[Who::Admin]).await;
    assert_admits_post(&app, &format!("{path}/retry"), &[], &[Who::Admin]).await;
    let fields = [("do", "refuse")];
    assert_admits_post(&app, &format!("{path}/address"), &fields, &[Who::Admin]).await;
}

#[actix_web::test]
async fn a_role_taken_away_ends_with_the_next_request() {
    let app = TestApp::start().await;
    let mut admin = app.client(Who::Admin).await;
    let mut manager = app.client(Who::Manager).await;
    assert_eq!(manager.get("/lv/manage/organisations").await.status, 200);
    let path = format!("/lv/admin/accounts/{}/roles", manager.account_id);
    admin
        .post(&path, &[("role", "manager"), ("change", "take")])
        .await;
    assert_eq!(manager.get("/lv/manage/organisations").await.status, 403);
}

#[actix_web::test]
async fn forms_need_their_token_and_come_from_here() {
    let app = TestApp::start().await;
    let mut admin = app.client(Who::Admin).await;
    let own = format!("/lv/admin/accounts/{}/roles", admin.account_id);
    for path in [
        "/lv/register",
        "/lv/sign-in",
        "/lv/sign-out",
        "/lv/forgotten",
        "/lv/confirm",
        "/lv/me/profile",
        &own,
    ] {
        assert_eq!(
            admin
                .post_as_is(path, &[("email", "a@example.lv")])
                .await
                .status,
            403,
            "{path}"
        );
    }
    let elsewhere = TestRequest::post()
        .uri("/lv/me/profile")
        .insert_header(("sec-fetch-site", "cross-site"))
        .set_form([("given_name", "Anna")]);
    assert_eq!(admin.send(elsewhere).await.status, 403);
}

#[actix_web::test]
async fn a_wrong_method_and_a_wrong_id_get_their_pages() {
    let app = TestApp::start().await;
    let mut admin = app.client(Who::Admin).await;
    assert_eq!(admin.get("/lv/sign-out").await.status, 405);
    assert_eq!(admin.post("/lv/admin/accounts", &[]).await.status, 405);
    let fields = [("role", "author"), ("change", "give")];
    for id in ["x", "0193535e-8a4c-7000-8000-000000000000"] {
        let page = admin
            .post(&format!("/lv/admin/accounts/{id}/roles"), &fields)
            .await;
        assert_eq!(page.status, 404, "{id}");
    }
    let page = admin
        .get("/lv/admin/accounts?page=99999999999999999&q=%25")
        .await;
    assert_eq!(page.status, 200);
    // An invalid number means the first page.
    let page = admin.get("/lv/admin/accounts?page=x").await;
    assert_eq!(page.status, 200);
}

#[actix_web::test]
async fn a_form_of_our_own_page_carries_a_token_that_counts() {
    let app = TestApp::start().await;
    let someone = Someone {
        email: "eva@example.test".to_owned(),
        role: Some(Role::Author),
        is_ready: false,
    };
    let mut eva = app.client_of(someone).await;
    let page = eva.get("/lv/me/profile").await;
    let (_, rest) = page.text.rsplit_once("name=\"csrf\" value=\"").unwrap();
    let (token, _) = rest.split_once('"').unwrap();
    let fields = [
        ("csrf", token),
        ("given_name", "Ēva"),
        ("family_name", "Paraudziņa"),
    ];
    assert_eq!(eva.post_as_is("/lv/me/profile", &fields).await.status, 303);
}
