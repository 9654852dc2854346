//! Who may open the pages of events.

use server::testing::{TestApp, Who, assert_admits, assert_admits_post};

use super::support::{DISCUSSIONS, SEMINARS, add, discussion, give, wednesday};

const ORGANISING: [Who; 2] = [Who::Organiser, Who::Manager];

#[actix_web::test]
async fn organising_is_for_organisers_and_managers() {
    let app = TestApp::start().await;
    assert_admits(
        &app,
        "/lv/organise?q=par&status=draft&when=coming&page=2",
        &ORGANISING,
    )
    .await;
    for ending in ["csv", "xlsx"] {
        let path = format!("/en/organise/export.{ending}");
        assert_admits(&app, &path, &ORGANISING).await;
    }
}

#[actix_web::test]
async fn strands_are_given_by_managers() {
    let app = TestApp::start().await;
    let organiser = app.client(Who::Organiser).await.account_id;
    assert_admits(&app, "/lv/manage/organisers", &[Who::Manager]).await;
    let path = format!("/lv/manage/organisers/{organiser}/strands");
    let fields = [("strand", "employer-seminars"), ("change", "give")];
    assert_admits_post(&app, &path, &fields, &[Who::Manager]).await;
}

#[actix_web::test]
async fn an_event_is_for_the_organisers_of_its_strand_and_managers() {
    let app = TestApp::start().await;
    let mut organiser = app.client(Who::Organiser).await;
    let by = app.client(Who::Manager).await.account_id;
    give(&app, organiser.account_id, DISCUSSIONS).await;
    for path in ["new", "new/discussion"] {
        let path = format!("/lv/organise/events/{path}");
        assert_admits(&app, &path, &ORGANISING).await;
    }
    assert_admits_post(&app, "/lv/organise/events/new/discussion", &[], &ORGANISING).await;

    let draft = discussion(DISCUSSIONS, "Melnraksts", wednesday());
    let draft = add(&app, by, draft, false).await;
    for path in ["", "/edit", "/duplicate", "/delete"] {
        let path = format!("/lv/organise/events/{draft}{path}");
        assert_admits(&app, &path, &ORGANISING).await;
    }
    let announced = discussion(DISCUSSIONS, "Izsludināts", wednesday());
    let announced = add(&app, by, announced, true).await;
    let cancel = format!("/lv/organise/events/{announced}/cancel");
    assert_admits(&app, &cancel, &ORGANISING).await;
    for path in ["edit", "duplicate", "cancel", "publish"] {
        let path = format!("/lv/organise/events/{announced}/{path}");
        assert_admits_post(&app, &path, &[], &ORGANISING).await;
    }

    // Of another strand, there is nothing for an organiser.
    let other = discussion(SEMINARS, "Cits virziens", wednesday());
    let other = add(&app, by, other, false).await;
    for path in ["", "/edit", "/duplicate", "/delete", "/cancel"] {
        let path = format!("/lv/organise/events/{other}{path}");
        assert_eq!(organiser.get(&path).await.status, 404, "{path}");
    }
    for path in ["edit", "duplicate", "delete", "cancel", "publish"] {
        let path = format!("/lv/organise/events/{other}/{path}");
        let fields = [("first_day", "2027-03-03"), ("cancel_reason", "x")];
        assert_eq!(organiser.post(&path, &fields).await.status, 404, "{path}");
    }
    let mut manager = app.client(Who::Manager).await;
    let path = format!("/lv/organise/events/{other}");
    assert!(manager.get(&path).await.has("Cits virziens"));
    assert_admits_post(
        &app,
        &format!("/lv/organise/events/{draft}/delete"),
        &[],
        &ORGANISING,
    )
    .await;
}
