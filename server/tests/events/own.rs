//! A person's own registrations, with an account made before and after.

use chrono::TimeDelta;
use sea_orm::{EntityTrait as _, QueryOrder as _};
use server::{
    db::entity::{
        organisation::OrganisationKind,
        registration::{self, RegistrationState},
    },
    ids::EventId,
    organisations::{self, Merging},
    testing::{Client, Page, Someone, TestApp, Who, assert_admits},
};

use super::support::{DISCUSSIONS, add, discussion, wednesday};

const PASSWORD: &str = "pavasaris ir klāt";
const ZANDA: &str = "zanda@example.test";

async fn event(app: &TestApp, title: &str, places: i32) -> EventId {
    let by = app.client(Who::Manager).await.account_id;
    let mut new = discussion(DISCUSSIONS, title, wednesday());
    new.capacity = places;
    add(app, by, new, true).await
}

fn form(id: EventId) -> String {
    format!("/lv/events/{id}/register")
}

async fn as_guest(app: &TestApp, id: EventId) -> Page {
    let fields = [
        ("given_name", "Zanda"),
        ("family_name", "Paraudziņa"),
        ("email", ZANDA),
    ];
    app.visitor().post(&form(id), &fields).await
}

/// Makes an account for the address by the mailed link, and signs in.
async fn makes_account(app: &TestApp) -> Client {
    let mut visitor = app.visitor();
    visitor.post("/lv/register", &[("email", ZANDA)]).await;
    let link = app.last_mail_to(ZANDA).await.link();
    let page = visitor.post(&link, &[("password", PASSWORD)]).await;
    assert_eq!(page.status, 303, "{}", page.text);
    app.client_of(Someone {
        email: ZANDA.to_owned(),
        role: None,
        is_ready: false,
    })
    .await
}

async fn rows(app: &TestApp) -> Vec<registration::Model> {
    registration::Entity::find()
        .order_by_asc(registration::Column::Id)
        .all(app.db.read())
        .await
        .unwrap()
}

/// Where the link of somebody's first registration on a page leads.
async fn opened(client: &mut Client, page: &Page) -> Page {
    let start = "href=\"/lv/me/registrations/";
    let (_, rest) = page.text.split_once(start).expect("a registration");
    let id = rest.split('"').next().unwrap();
    let to = client.get(&format!("/lv/me/registrations/{id}")).await;
    client.follow(&to).await
}

#[actix_web::test]
async fn own_events_are_for_everybody_who_is_signed_in() {
    let app = TestApp::start().await;
    let signed_in = [
        Who::Learner,
        Who::Organiser,
        Who::Manager,
        Who::Author,
        Who::Admin,
    ];
    assert_admits(&app, "/lv/me/events", &signed_in).await;
}

#[actix_web::test]
async fn ones_own_events_are_on_the_page_of_ones_learning_until_they_are_past() {
    for app in TestApp::on_each_database().await {
        let (full, open) = (event(&app, "Pilns", 1).await, event(&app, "Brīvs", 9).await);
        let mut other = app.client(Who::Author).await;
        other.post(&form(full), &[]).await;
        let mut learner = app.client(Who::Learner).await;
        assert!(
            learner
                .get("/lv/me/events")
                .await
                .has("nav pieteikumu gaidāmiem")
        );
        learner.post(&form(full), &[]).await;
        learner.post(&form(open), &[]).await;
        for path in ["/lv/me", "/lv/me/events"] {
            let page = learner.get(path).await;
            assert!(page.has("Jūsu vieta rindā: 1"), "{}", page.text);
            assert!(page.has("Jums ir vieta") && page.has("Pilns") && page.has("Brīvs"));
        }
        // What one is registered for is not suggested, too.
        let page = learner.get("/lv/me").await;
        assert_eq!(page.text.matches(">Brīvs</a>").count(), 1, "{}", page.text);
        assert!(opened(&mut learner, &page).await.has("Mans pieteikums"));

        // Somebody else's is not found, and a visitor signs in first.
        let own = rows(&app).await;
        let path = |row: &registration::Model| format!("/lv/me/registrations/{}", row.id);
        assert_eq!(other.get(&path(&own[1])).await.status, 404);
        assert_eq!(other.get(&path(&own[0])).await.status, 303);
        let page = app.visitor().get(&path(&own[0])).await;
        assert!(page.location().contains("/sign-in?"));

        app.clock_control
            .advance(wednesday() + TimeDelta::days(1) - app.now());
        let mut learner = app.client(Who::Learner).await;
        let page = learner.get("/lv/me").await;
        assert!(page.has("Bijušie pasākumi") && page.has("Brīvs"));
        assert!(!page.has("Pilns"), "a place was never there");
    }
}

#[actix_web::test]
async fn a_confirmed_guest_finds_the_registration_in_the_account_made_later() {
    for app in TestApp::on_each_database().await {
        let id = event(&app, "Diskusija", 9).await;
        as_guest(&app, id).await;
        let link = app.last_mail_to(ZANDA).await.link();
        app.visitor().post(&format!("{link}/confirm"), &[]).await;
        let mut zanda = makes_account(&app).await;
        let page = zanda.get("/lv/me/events").await;
        assert!(page.has("Jums ir vieta"), "{}", page.text);
        assert!(opened(&mut zanda, &page).await.has("Jums ir vieta"));
    }
}

#[actix_web::test]
async fn an_unconfirmed_registration_belongs_to_the_account_that_confirms_the_address() {
    for app in TestApp::on_each_database().await {
        let id = event(&app, "Diskusija", 1).await;
        as_guest(&app, id).await;
        let link = app.last_mail_to(ZANDA).await.link();
        let mut zanda = makes_account(&app).await;
        let own = rows(&app).await;
        assert_eq!((own.len(), own[0].person_id), (1, zanda.person_id));
        assert_eq!(own[0].state, RegistrationState::Pending);
        // Whoever typed the address may have been somebody else: it still has to be confirmed.
        let page = zanda.get("/lv/me/events").await;
        assert!(page.has("Apstipriniet pieteikumu līdz"), "{}", page.text);
        assert!(opened(&mut zanda, &page).await.has("vēl jāapstiprina"));
        // The mailed link confirms it, without a second person.
        app.visitor().post(&format!("{link}/confirm"), &[]).await;
        assert!(zanda.get("/lv/me/events").await.has("Jums ir vieta"));
        let own = rows(&app).await;
        assert_eq!((own.len(), own[0].person_id), (1, zanda.person_id));
        // Registered once more, it is the same registration.
        let mut ready = app.visitor();
        let page = ready.get(&link).await;
        assert!(page.has("Jums ir vieta"));
        as_guest(&app, id).await;
        assert_eq!(rows(&app).await.len(), 1);
    }
}

#[actix_web::test]
async fn registrations_of_a_merged_organisation_are_of_the_one_that_goes_on() {
    for app in TestApp::on_each_database().await {
        let id = event(&app, "Diskusija", 9).await;
        let mut learner = app.client(Who::Learner).await;
        learner.post(&form(id), &[]).await;
        let manager = app.client(Who::Manager).await.account_id;
        let kind = OrganisationKind::StateInstitution;
        let merged = app.organisation("Paraugu pārvalde", kind).await;
        let kept = app.organisation("Jaunā pārvalde", kind).await;
        let of = async || rows(&app).await[0].organisation_id;
        assert_eq!(of().await, Some(merged));
        let on_change = &app.app.organisations.on_change;
        let (clock, db) = (&app.app.clock, &app.app.db);
        let merging = Merging { kept, merged };
        organisations::merge(clock, db, on_change, manager, merging)
            .await
            .unwrap();
        assert_eq!(of().await, Some(kept));
        let merge = server::db::entity::organisation_merge::Entity::find()
            .one(app.db.read())
            .await
            .unwrap()
            .unwrap();
        organisations::undo_merge(clock, db, on_change, manager, merge.id)
            .await
            .unwrap();
        assert_eq!(of().await, Some(merged));
    }
}
