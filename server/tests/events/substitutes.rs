//! Somebody else of the same organisation takes over a place.

use chrono::TimeDelta;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use server::{
    db::entity::{
        audit_entry,
        registration::{self, EndCause, RegistrationState},
        registration_needs,
    },
    ids::EventId,
    testing::{Client, TestApp, Who},
};

use super::support::{DISCUSSIONS, add, discussion, wednesday};

const ZANDA: &str = "zanda@example.test";

const COLLEAGUE: [(&str, &str); 4] = [
    ("given_name", "Zanda"),
    ("family_name", "Paraudziņa"),
    ("email", ZANDA),
    ("role", "juriste"),
];

async fn event(app: &TestApp) -> EventId {
    let by = app.client(Who::Manager).await.account_id;
    let mut new = discussion(DISCUSSIONS, "Diskusija", wednesday());
    new.capacity = 1;
    add(app, by, new, true).await
}

/// Registers the person; returns the path of the registration's page.
async fn registers(client: &mut Client, id: EventId, needs: &[(&str, &str)]) -> String {
    let page = client
        .post(&format!("/lv/events/{id}/register"), needs)
        .await;
    page.location().to_owned()
}

fn with(wish: &str) -> Vec<(&str, &str)> {
    [&COLLEAGUE[..], &[("do", wish)]].concat()
}

async fn rows(app: &TestApp) -> Vec<registration::Model> {
    registration::Entity::find()
        .order_by_asc(registration::Column::Id)
        .all(app.db.read())
        .await
        .unwrap()
}

#[actix_web::test]
async fn a_colleague_takes_over_the_place_and_nobody_in_the_queue_is_passed() {
    for app in TestApp::on_each_database().await {
        let id = event(&app).await;
        let mut learner = app.client(Who::Learner).await;
        let own = registers(&mut learner, id, &[("diet", "Bez piena")]).await;
        let mut waits = app.client(Who::Author).await;
        let queue = registers(&mut waits, id, &[]).await;
        // Only who has a place can give it.
        let page = waits.get(&format!("{queue}/substitute")).await;
        assert!(page.has("jau ir jūsu"), "{}", page.text);
        assert!(!waits.get(&queue).await.has("/substitute\""));
        let page = waits
            .post(&format!("{queue}/substitute"), &with("substitute"))
            .await;
        assert_eq!(page.status, 409);

        let path = format!("{own}/substitute");
        assert!(learner.get(&own).await.has("/substitute\""));
        assert!(learner.get(&path).await.has("Paraugu pārvalde"));
        let page = learner.post(&path, &[("given_name", "Zanda")]).await;
        assert_eq!(page.status, 422);
        assert!(page.has("value=\"Zanda\""));
        // It is asked first, and what was typed can be changed.
        let page = learner.post(&path, &with("review")).await;
        assert!(
            page.has("Vai nodot vietu?") && page.has(ZANDA),
            "{}",
            page.text
        );
        assert_eq!(rows(&app).await.len(), 2);
        let page = learner.post(&path, &with("edit")).await;
        assert!(page.has("value=\"juriste\""), "{}", page.text);
        let page = learner.post(&path, &with("substitute")).await;
        assert_eq!(page.status, 303, "{}", page.text);
        assert!(learner.follow(&page).await.has("pārņēma cits"));

        let all = rows(&app).await;
        let [former, waiting, new] = &all[..] else {
            panic!("{all:?}")
        };
        assert_eq!(former.end_cause, Some(EndCause::Substituted));
        assert_eq!(waiting.state, RegistrationState::Waiting);
        assert_eq!(new.state, RegistrationState::Registered);
        assert_eq!(new.substitutes, Some(former.id));
        assert_eq!(new.organisation_id, former.organisation_id);
        let needs = registration_needs::Entity::find().all(app.db.read()).await;
        assert_eq!(needs.unwrap(), []);
        let audited = audit_entry::Entity::find()
            .filter(audit_entry::Column::Action.eq("registration.substituted"))
            .one(app.db.read())
            .await;
        let audited = audited.unwrap().unwrap();
        assert_eq!(audited.actor_account_id, Some(learner.account_id));

        // Both are told: one entry leaves a calendar, another one comes into another one.
        let gone = app.last_mail_to(&learner.email).await;
        assert!(
            gone.subject.contains("pārņēma Zanda Paraudziņa"),
            "{}",
            gone.subject
        );
        let mail = app.last_mail_to(ZANDA).await;
        assert!(
            mail.body.contains("Anna Paraudziņa nodeva jums"),
            "{}",
            mail.body
        );
        let files = app.deliver().await;
        assert!(files[&gone.file_name].contains("method=CANCEL"));
        assert!(files[&mail.file_name].contains("method=REQUEST"));
        // The substitute has a link of their own, and gives the place back.
        let link = mail.link();
        let mut zanda = app.visitor();
        assert!(zanda.get(&link).await.has("Jums ir vieta"));
        zanda
            .post(&format!("{link}/change"), &[("diet", "Vegāni")])
            .await;
        zanda.post(&format!("{link}/cancel"), &[]).await;
        let next = &rows(&app).await[1];
        assert_eq!(next.state, RegistrationState::Offered);
    }
}

#[actix_web::test]
async fn who_is_registered_takes_over_nothing_and_after_the_deadline_nobody_does() {
    for app in TestApp::on_each_database().await {
        let by = app.client(Who::Manager).await.account_id;
        let id = add(
            &app,
            by,
            discussion(DISCUSSIONS, "Diskusija", wednesday()),
            true,
        )
        .await;
        let mut learner = app.client(Who::Learner).await;
        let own = registers(&mut learner, id, &[]).await;
        let mut other = app.client(Who::Author).await;
        registers(&mut other, id, &[]).await;
        let path = format!("{own}/substitute");
        for email in [other.email.clone(), learner.email.clone()] {
            let mut fields = with("substitute");
            fields[2] = ("email", &email);
            let page = learner.post(&path, &fields).await;
            assert_eq!(page.status, 422);
            assert!(page.has("Šī persona jau ir pieteikta"), "{}", page.text);
        }
        app.clock_control
            .advance(wednesday() - TimeDelta::hours(20) - app.now());
        let mut learner = app.client(Who::Learner).await;
        assert!(!learner.get(&own).await.has("/substitute\""));
        assert!(learner.get(&path).await.has("Termiņš bija"));
        let page = learner.post(&path, &with("substitute")).await;
        assert_eq!(page.status, 409);
        assert_eq!(rows(&app).await.len(), 2);
    }
}

#[actix_web::test]
async fn without_an_organisation_nobody_can_come_instead() {
    for app in TestApp::on_each_database().await {
        let id = event(&app).await;
        let path = format!("/lv/events/{id}/register");
        let mut guest = app.visitor();
        guest.post(&path, &COLLEAGUE).await;
        let link = app.last_mail_to(ZANDA).await.link();
        guest.post(&format!("{link}/confirm"), &[]).await;
        let path = format!("{link}/substitute");
        let page = guest.get(&path).await;
        assert!(page.has("nav norādīta organizācija"), "{}", page.text);
        let mut fields = with("substitute");
        fields[2] = ("email", "ilze@example.test");
        let page = guest.post(&path, &fields).await;
        assert_eq!(page.status, 409);
        assert!(page.has("nav norādīta organizācija"), "{}", page.text);
        assert_eq!(rows(&app).await.len(), 1);
        let wrong = guest.get(&format!("{link}x/substitute")).await;
        assert_eq!(wrong.status, 404);
    }
}
