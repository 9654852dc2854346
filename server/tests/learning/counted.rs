//! People who completed a course while their organisation was not approved count once they name another.

use chrono::TimeDelta;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use server::{
    audit,
    db::entity::{indicator_fact, organisation, organisation::OrganisationKind},
    ids::OrganisationId,
    testing::{Client, TestApp, Who},
};

use crate::support::{answer, apps, drawn, enrol, read_all, start};

const PUBLIC: &str = "trained-public-sector";
const EMPLOYERS: &str = "trained-employers";

async fn completes(app: &TestApp, client: &mut Client) {
    enrol(client).await;
    read_all(app, client).await;
    let attempt = start(client).await;
    answer(app, client, &attempt, drawn(app)).await;
    client.post(&format!("{attempt}/finish"), &[]).await;
}

async fn proposes(app: &TestApp, client: &mut Client, name: &str, kind: &str) -> String {
    let fields = [("name", name), ("registration_number", ""), ("kind", kind)];
    let page = client.post("/lv/me/organisation/new", &fields).await;
    assert_eq!(page.status, 303, "{}", page.text);
    let found = organisation::Entity::find()
        .filter(organisation::Column::Name.eq(name))
        .one(app.db.read())
        .await
        .unwrap();
    format!("/lv/manage/organisations/{}", found.unwrap().id)
}

async fn chooses(client: &mut Client, organisation: OrganisationId) {
    let id = organisation.to_string();
    let chosen = client
        .post("/lv/me/organisation", &[("organisation", &id)])
        .await;
    assert_eq!(chosen.status, 303, "{}", chosen.text);
}

async fn rejects(manager: &mut Client, record: &str) {
    let reason = [("reason", "Jau ir reģistrā.")];
    let page = manager.post(&format!("{record}/reject"), &reason).await;
    assert_eq!(page.status, 303);
}

/// The number of people that an indicator lists, counted or waiting.
async fn heads(manager: &mut Client, indicator: &str) -> usize {
    let page = manager
        .get(&format!("/lv/manage/indicators/{indicator}"))
        .await;
    page.text.matches("/facts/").count()
}

async fn facts(app: &TestApp, client: &Client) -> Vec<indicator_fact::Model> {
    indicator_fact::Entity::find()
        .filter(indicator_fact::Column::PersonId.eq(client.person_id))
        .order_by_asc(indicator_fact::Column::Id)
        .all(app.db.read())
        .await
        .unwrap()
}

#[actix_web::test]
async fn naming_the_right_one_after_a_rejected_duplicate_counts_and_is_explained() {
    for app in apps().await {
        let mut client = app.client(Who::Learner).await;
        let mut manager = app.client(Who::Manager).await;
        let record = proposes(
            &app,
            &mut client,
            "Parvalde (dublikats)",
            "municipal-institution",
        )
        .await;
        app.clock_control.advance(TimeDelta::minutes(5));
        completes(&app, &mut client).await;
        let completed = app.now();
        assert!(
            client
                .get("/lv/me")
                .await
                .has("darbavieta gaida apstiprināšanu")
        );

        app.clock_control.advance(TimeDelta::minutes(5));
        rejects(&mut manager, &record).await;
        assert_eq!(heads(&mut manager, PUBLIC).await, 0);
        assert!(
            client
                .get("/lv/me")
                .await
                .has("Izvēlieties citu: tad tas tiks ieskaitīts")
        );
        let page = client.get("/lv/me/organisation").await;
        assert!(page.has("vēl netiek ieskaitīts"));

        app.clock_control.advance(TimeDelta::minutes(5));
        let right = app
            .organisation("Cita biedrība", OrganisationKind::Association)
            .await;
        for _ in 0..2 {
            chooses(&mut client, right).await;
        }
        assert_eq!(heads(&mut manager, EMPLOYERS).await, 1);
        assert_eq!(heads(&mut manager, PUBLIC).await, 0);
        assert!(!client.get("/lv/me").await.has("ieskaitīts"));
        let recorded = facts(&app, &client).await;
        let [old, new] = recorded.as_slice() else {
            panic!("{recorded:?}");
        };
        assert_eq!((old.superseded_by, new.superseded_by), (Some(new.id), None));
        assert_eq!(
            (new.occurred_at, new.organisation_id),
            (completed, Some(right))
        );
        let proof = manager
            .get(&format!(
                "/lv/manage/indicators/{EMPLOYERS}/facts/{}",
                new.id
            ))
            .await;
        assert!(proof.has("persona norādīja tikai"), "{}", proof.text);
        assert!(proof.has("pēc veida, kāds organizācijai bija toreiz: Biedrība"));
        assert!(proof.has("persona ir norādījusi citu"));

        // A later change of employer and a second course have no effect.
        let office = app
            .organisation("Iestāde", OrganisationKind::StateInstitution)
            .await;
        chooses(&mut client, office).await;
        assert_eq!(facts(&app, &client).await, recorded);
        // A correction of the kind has, and the proof shows it.
        let fields = [
            ("name", "Cita biedrība"),
            ("registration_number", ""),
            ("kind", "state-institution"),
        ];
        app.clock_control.advance(TimeDelta::minutes(5));
        manager
            .post(&format!("/lv/manage/organisations/{right}"), &fields)
            .await;
        assert_eq!(heads(&mut manager, EMPLOYERS).await, 0);
        assert_eq!(heads(&mut manager, PUBLIC).await, 1);
        let last = facts(&app, &client).await.pop().unwrap();
        let proof = manager
            .get(&format!("/lv/manage/indicators/{PUBLIC}/facts/{}", last.id))
            .await;
        assert!(
            proof.has("reģistrā izlabots organizācijas veids: Biedrība"),
            "{}",
            proof.text
        );
        assert!(audit::verify_chain(&app.db).await.unwrap().is_ok());
    }
}

#[actix_web::test]
async fn one_named_before_the_rejection_counts_at_once_and_a_proposed_one_waits() {
    for app in apps().await {
        let mut client = app.client(Who::Learner).await;
        let mut manager = app.client(Who::Manager).await;
        let first = proposes(&app, &mut client, "Viena", "association").await;
        app.clock_control.advance(TimeDelta::minutes(5));
        completes(&app, &mut client).await;
        app.clock_control.advance(TimeDelta::minutes(5));
        let second = proposes(&app, &mut client, "Otra", "municipal-institution").await;
        assert_eq!(
            facts(&app, &client).await.len(),
            1,
            "the first is not decided on"
        );
        rejects(&mut manager, &first).await;
        let recorded = facts(&app, &client).await;
        assert_eq!(recorded.len(), 2);
        assert_eq!(recorded[1].indicator_id, PUBLIC);
        assert!(
            client
                .get("/lv/me")
                .await
                .has("darbavieta gaida apstiprināšanu")
        );
        manager.post(&format!("{second}/approve"), &[]).await;
        assert_eq!(heads(&mut manager, PUBLIC).await, 1);
        assert!(!client.get("/lv/me").await.has("ieskaitīts"));
    }
}

#[actix_web::test]
async fn lists_of_people_are_filtered_by_names_of_several_alphabets() {
    for app in apps().await {
        let mut client = app.client(Who::Learner).await;
        let mut manager = app.client(Who::Manager).await;
        enrol(&mut client).await;
        completes(&app, &mut client).await;
        // With a Cyrillic letter at the beginning, and without.
        for (given, is_listed) in [("\u{410}nna", true), ("Anna", false)] {
            let fields = [("given_name", given), ("family_name", "Ozola")];
            assert_eq!(client.post("/lv/me/profile", &fields).await.status, 303);
            for path in [
                "/lv/manage/learners",
                "/lv/manage/indicators/trained-public-sector",
            ] {
                let all = manager.get(path).await;
                assert!(all.has("1.–1. no 1"), "{path}");
                let has_mark = all.has("Vārdā ir dažādu alfabētu burti</span>");
                assert_eq!(has_mark, is_listed, "{path}");
                let page = manager.get(&format!("{path}?name=mixed")).await;
                assert_eq!(page.has("1.–1. no 1"), is_listed, "{path}");
                assert_eq!(page.has("Nekas nav atrasts"), !is_listed, "{path}");
            }
            for indicator in [PUBLIC, "unnamed"] {
                let path = format!("/lv/manage/indicators/{indicator}/export.csv?name=mixed");
                let lines = manager.get(&path).await.text.lines().count();
                let is_listed = is_listed && indicator == PUBLIC;
                assert_eq!(lines, 1 + usize::from(is_listed), "{path}");
            }
        }
    }
}

#[actix_web::test]
async fn a_name_changed_after_the_certificate_shows_with_the_one_on_it() {
    for app in apps().await {
        let mut client = app.client(Who::Learner).await;
        let mut manager = app.client(Who::Manager).await;
        enrol(&mut client).await;
        completes(&app, &mut client).await;
        let list = format!("/lv/manage/indicators/{PUBLIC}");
        let page = manager.get(&list).await;
        let (_, proof) = page.text.split_once("/lv/manage/completions/").unwrap();
        let id = proof.split('"').next().unwrap();
        let proof = format!("/lv/manage/completions/{id}");
        let before = "Izsniegta ar vārdu Anna Paraudziņa; kopš tā laika vārds ir mainīts.";
        assert!(!client.get("/lv/me").await.has(before));
        assert!(!manager.get(&proof).await.has(before));

        let fields = [("given_name", "Anna"), ("family_name", "Ozola")];
        assert_eq!(client.post("/lv/me/profile", &fields).await.status, 303);
        assert!(client.get("/lv/me").await.has(before));
        let account = client.get("/lv/me/account").await;
        assert!(account.has("<dd>Anna Ozola") && !account.has("Paraudziņa"));
        let proof = manager.get(&proof).await;
        assert!(proof.has(before) && proof.heading().contains("Anna Ozola"));
        let list = manager.get(&list).await;
        assert!(list.has("Anna Ozola") && !list.has("Paraudziņa"));
        let account = format!("/lv/admin/accounts/{}", client.account_id);
        let account = app.client(Who::Admin).await.get(&account).await;
        assert_eq!(account.heading(), "Anna Ozola");
    }
}

#[actix_web::test]
async fn what_was_completed_before_any_organisation_was_known_counts_once_one_is() {
    use server::db::entity::affiliation;

    for app in apps().await {
        let mut client = app.client(Who::Learner).await;
        let mut manager = app.client(Who::Manager).await;
        enrol(&mut client).await;
        let person_id = client.person_id;
        app.db
            .write::<_, sea_orm::DbErr>(async move |txn| {
                affiliation::Entity::delete_many()
                    .filter(affiliation::Column::PersonId.eq(person_id))
                    .exec(txn)
                    .await
            })
            .await
            .unwrap();
        read_all(&app, &mut client).await;
        let attempt = start(&mut client).await;
        answer(&app, &mut client, &attempt, drawn(&app)).await;
        client.post(&format!("{attempt}/finish"), &[]).await;
        let waiting = facts(&app, &client).await;
        let [waits] = waiting.as_slice() else {
            panic!("{waiting:?}");
        };
        assert_eq!(waits.organisation_id, None);
        assert!(client.get("/lv/me").await.has("nav zināma jūsu darbavieta"));
        let waits_text = "1 persona ir kaut ko apguvusi, bet vēl nav norādījusi, kur strādā";
        for page in ["/lv/manage", "/lv/manage/indicators"] {
            assert!(manager.get(page).await.has(waits_text), "{page}");
        }
        let proof = format!("/lv/manage/indicators/unnamed/facts/{}", waits.id);
        assert!(manager.get(&proof).await.has("vēl nav norādīta"));

        let completed = app.now();
        app.clock_control.advance(TimeDelta::minutes(5));
        let society = app
            .organisation("Biedrība", OrganisationKind::Association)
            .await;
        chooses(&mut client, society).await;
        assert_eq!(heads(&mut manager, EMPLOYERS).await, 1);
        let recorded = facts(&app, &client).await;
        let [superseded, counted] = recorded.as_slice() else {
            panic!("{recorded:?}");
        };
        assert_eq!(superseded.superseded_by, Some(counted.id));
        assert_eq!(counted.occurred_at, completed);
        assert!(!manager.get("/lv/manage").await.has(waits_text));
        let proof = manager.get(&proof).await;
        assert!(
            proof.has("persona ir norādījusi, kur strādā"),
            "{}",
            proof.text
        );
    }
}
