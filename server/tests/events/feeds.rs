//! The feed of a person's own events.

use chrono::TimeDelta;
use server::{
    events::{self, Form},
    testing::{Client, TestApp, Who, assert_admits, assert_admits_post},
};

use super::support::{DISCUSSIONS, add, discussion, wednesday};

const LINK: &str = "https://meet.example.test/tikai-dalibniekiem";

/// The path of the feed that a page names.
async fn feed(client: &mut Client) -> String {
    let page = client.get("/lv/me/events").await;
    let (_, rest) = page.text.split_once("/lv/calendar/").expect("an address");
    format!("/lv/calendar/{}", rest.split('"').next().unwrap())
}

/// The text of a calendar file, folded lines joined.
fn unfolded(text: &str) -> String {
    text.replace("\r\n ", "")
}

#[actix_web::test]
async fn the_address_is_made_and_renewed_by_whoever_is_signed_in() {
    let app = TestApp::start().await;
    let signed_in = [
        Who::Learner,
        Who::Organiser,
        Who::Manager,
        Who::Author,
        Who::Admin,
    ];
    assert_admits(&app, "/lv/me/events/calendar", &signed_in).await;
    assert_admits_post(&app, "/lv/me/events/calendar", &[], &signed_in).await;
}

#[actix_web::test]
async fn a_feed_has_ones_own_events_and_ends_when_its_address_is_renewed() {
    for app in TestApp::on_each_database().await {
        let by = app.client(Who::Manager).await.account_id;
        let mut own = discussion(DISCUSSIONS, "Manējais", wednesday());
        own.sessions[0].form = Form::Both;
        own.sessions[0].remote_url = LINK.to_owned();
        let own = add(&app, by, own, true).await;
        let mut full = discussion(DISCUSSIONS, "Pilnais", wednesday());
        full.capacity = 1;
        let full = add(&app, by, full, true).await;
        let foreign = discussion(DISCUSSIONS, "Svešais", wednesday());
        let foreign = add(&app, by, foreign, true).await;
        let path = |id| format!("/lv/events/{id}/register");
        let mut other = app.client(Who::Author).await;
        other.post(&path(full), &[]).await;
        other.post(&path(foreign), &[]).await;
        let mut learner = app.client(Who::Learner).await;
        learner.post(&path(own), &[]).await;
        learner.post(&path(full), &[]).await;

        assert!(!learner.get("/lv/me/events").await.has("/lv/calendar/"));
        learner.post("/lv/me/events/calendar", &[]).await;
        let address = feed(&mut learner).await;
        let page = app.visitor().get(&address).await;
        assert_eq!(page.status, 200);
        let header = |name: &str| page.headers.get(name).unwrap().to_str().unwrap().to_owned();
        assert_eq!(header("content-type"), "text/calendar; charset=utf-8");
        assert_eq!(header("cache-control"), "private, max-age=900");
        assert!(header("x-robots-tag").contains("noindex"));
        let file = unfolded(&page.text);
        assert!(file.contains("SUMMARY:Manējais") && file.contains("SUMMARY:Pilnais"));
        assert!(!file.contains("Svešais"), "{file}");
        assert_eq!(file.matches("STATUS:CONFIRMED").count(), 1, "{file}");
        assert_eq!(file.matches("STATUS:TENTATIVE").count(), 1, "{file}");
        assert!(!file.contains(LINK), "two months before");

        // Near the time the link is there, and a cancelled event says so.
        let clock = app.app.clock.clone();
        let on_change = app.app.events.on_change.clone();
        app.db
            .write::<_, sea_orm::DbErr>(async move |txn| {
                let lock = events::lock(txn, full).await?;
                events::set_cancelled(&lock, clock.now(), "Saslima lektore.").await?;
                let event = events::find(txn, full).await?.unwrap();
                on_change.cancelled(&lock, &event, &clock).await
            })
            .await
            .unwrap();
        app.clock_control
            .advance(wednesday() - TimeDelta::hours(20) - app.now());
        let file = unfolded(&app.visitor().get(&address).await.text);
        assert!(file.contains(LINK), "{file}");
        assert_eq!(file.matches("STATUS:CANCELLED").count(), 1, "{file}");

        // Renewed, the former address leads nowhere.
        let mut learner = app.client(Who::Learner).await;
        assert!(
            learner
                .get("/lv/me/events/calendar")
                .await
                .has("Jā, mainīt adresi")
        );
        learner.post("/lv/me/events/calendar", &[]).await;
        let renewed = feed(&mut learner).await;
        assert_ne!(renewed, address);
        assert_eq!(app.visitor().get(&address).await.status, 404);
        assert_eq!(app.visitor().get(&renewed).await.status, 200);
        let forged = renewed.replace("/events.ics", "x/events.ics");
        assert_eq!(app.visitor().get(&forged).await.status, 404);
    }
}
