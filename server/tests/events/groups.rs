//! Somebody registers several people of their organisation at once.

use chrono::TimeDelta;
use futures::future::join_all;
use sea_orm::{EntityTrait as _, QueryOrder as _};
use server::{
    db::entity::registration::{self, RegistrationState},
    ids::EventId,
    programme::EventAudience,
    testing::{Client, Page, Someone, TestApp, Who},
};

use super::support::{DISCUSSIONS, add, discussion, wednesday};

async fn event(app: &TestApp, places: i32) -> EventId {
    let by = app.client(Who::Manager).await.account_id;
    let mut new = discussion(DISCUSSIONS, "Diskusija", wednesday());
    new.capacity = places;
    add(app, by, new, true).await
}

/// The form of so many people, whose addresses begin with a word.
fn fields(word: &str, count: usize, mode: &str, wish: &str) -> Vec<(String, String)> {
    let mut fields = vec![
        ("if_too_few".to_owned(), mode.to_owned()),
        ("do".to_owned(), wish.to_owned()),
    ];
    for number in 1..=count {
        for (name, value) in [
            ("given_name", "Zanda".to_owned()),
            ("family_name", "Paraudziņa".to_owned()),
            ("email", format!("{word}{number}@example.test")),
            ("role", "juriste".to_owned()),
        ] {
            fields.push((format!("person-{number}-{name}"), value));
        }
    }
    fields
}

async fn send(client: &mut Client, id: EventId, fields: &[(String, String)]) -> Page {
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let path = format!("/lv/events/{id}/register-group");
    client.post(&path, &fields).await
}

async fn rows(app: &TestApp) -> Vec<registration::Model> {
    registration::Entity::find()
        .order_by_asc(registration::Column::Number)
        .all(app.db.read())
        .await
        .unwrap()
}

fn in_state(rows: &[registration::Model], state: RegistrationState) -> usize {
    rows.iter().filter(|row| row.state == state).count()
}

/// The path of the group to which a page leads.
fn group(page: &Page) -> String {
    let (_, rest) = page.text.split_once("href=\"/lv/me/groups/").unwrap();
    format!("/lv/me/groups/{}", rest.split('"').next().unwrap())
}

#[actix_web::test]
async fn all_or_nobody_or_as_many_as_fit() {
    for app in TestApp::on_each_database().await {
        let id = event(&app, 3).await;
        let mut employer = app.client(Who::Learner).await;
        let path = format!("/lv/events/{id}/register-group");
        let form = employer.get(&path).await;
        assert!(form.has("Paraugu pārvalde") && form.has("Brīvas 3 vietas no 3"));
        // Rows are added and removed without scripts, and what was typed stays.
        let page = send(&mut employer, id, &fields("a", 2, "", "add-person")).await;
        assert_eq!(page.status, 200);
        assert!(page.has("id=\"person-3\"") && page.has("a2@example.test"));
        let page = send(&mut employer, id, &fields("a", 2, "", "remove-person-1")).await;
        assert!(!page.has("a1@example.test") && page.has("a2@example.test"));

        let page = send(&mut employer, id, &fields("a", 4, "nobody", "review")).await;
        assert_eq!(page.status, 200);
        assert!(
            page.has("tādā gadījumā nepieteikt nevienu"),
            "{}",
            page.text
        );
        let page = send(&mut employer, id, &fields("a", 4, "nobody", "register")).await;
        assert_eq!(page.status, 409);
        assert!(
            page.has("brīvas ir 3 vietas") && page.has("a4@example.test"),
            "{}",
            page.text
        );
        assert_eq!(rows(&app).await.len(), 0);
        assert!(app.mails_to("a1@example.test").await.is_empty());

        let page = send(&mut employer, id, &fields("a", 4, "waiting", "review")).await;
        assert!(page.has("Gaidīšanas sarakstā būs: 1"), "{}", page.text);
        assert_eq!(rows(&app).await.len(), 0, "it is only asked");
        let page = send(&mut employer, id, &fields("a", 4, "waiting", "register")).await;
        assert_eq!(page.status, 200, "{}", page.text);
        assert_eq!(page.text.matches("Ir vieta").count(), 3, "{}", page.text);
        let all = rows(&app).await;
        assert_eq!(in_state(&all, RegistrationState::Registered), 3);
        assert_eq!(all[3].state, RegistrationState::Waiting);
        assert_eq!(all[3].email, "a4@example.test", "in their order");

        for (number, words) in [(1, "vieta jums ir"), (4, "1. vieta rindā")] {
            let mails = app.mails_to(&format!("a{number}@example.test")).await;
            assert_eq!(mails.len(), 1, "{mails:?}");
            let body = &mails[0].body.to_lowercase();
            assert!(body.contains(words), "{body}");
            assert!(
                body.contains("anna paraudziņa (paraugu pārvalde) jūs pieteica"),
                "{body}"
            );
        }
        // Each has a link of their own.
        let link = app.last_mail_to("a1@example.test").await.link();
        assert!(app.visitor().get(&link).await.has("Jums ir vieta"));

        // Once more: they are registered already, and told so.
        let page = send(&mut employer, id, &fields("a", 4, "waiting", "register")).await;
        assert_eq!(
            page.text.matches("Jau bija pieteikts").count(),
            4,
            "{}",
            page.text
        );
        assert_eq!(rows(&app).await.len(), 4);
    }
}

#[actix_web::test]
async fn whoever_registered_a_group_cancels_and_replaces_its_members() {
    for app in TestApp::on_each_database().await {
        let id = event(&app, 2).await;
        let mut employer = app.client(Who::Learner).await;
        let page = send(&mut employer, id, &fields("a", 3, "waiting", "register")).await;
        let path = group(&page);
        assert!(employer.get("/lv/me/events").await.has("3 cilvēki"));
        let members = employer.get(&path).await;
        assert!(members.has("a1@example.test") && members.has("Gaidīšanas sarakstā"));
        let all = rows(&app).await;
        let (first, second) = (&all[0], &all[1]);
        // Nobody else sees the group.
        let mut other = app.client(Who::Author).await;
        assert_eq!(other.get(&path).await.status, 404);
        let cancel = format!("{path}/{}/cancel", first.id);
        assert_eq!(other.get(&cancel).await.status, 404);
        assert_eq!(other.post(&cancel, &[]).await.status, 404);
        let substitute = format!("{path}/{}/substitute", second.id);
        assert_eq!(other.get(&substitute).await.status, 404);
        assert_eq!(other.post(&substitute, &[]).await.status, 404);

        assert!(employer.get(&cancel).await.has("Vai atsaukt pieteikumu"));
        assert_eq!(employer.post(&cancel, &[]).await.status, 303);
        let all = rows(&app).await;
        assert_eq!(all[0].state, RegistrationState::Cancelled);
        assert_eq!(all[2].state, RegistrationState::Offered, "the next one");
        let mail = app.last_mail_to("a1@example.test").await;
        assert!(
            mail.body
                .contains("Anna Paraudziņa (Paraugu pārvalde) atsauca"),
            "{}",
            mail.body
        );

        let fields = [
            ("given_name", "Ilze"),
            ("family_name", "Paraudziņa"),
            ("email", "ilze@example.test"),
            ("do", "substitute"),
        ];
        let page = employer.post(&substitute, &fields).await;
        assert_eq!(page.location(), path, "{}", page.text);
        let page = employer.get(&path).await;
        assert!(page.has("ilze@example.test") && !page.has("a2@example.test"));
    }
}

#[actix_web::test]
async fn who_cannot_be_registered_is_told_why() {
    for app in TestApp::on_each_database().await {
        let id = event(&app, 20).await;
        let path = format!("/lv/events/{id}/register-group");
        let page = app.visitor().get(&path).await;
        assert!(page.location().contains("/sign-in?"));
        // Who has not said where they work says so first.
        let newcomer = Someone {
            email: "jauns@example.test".to_owned(),
            role: None,
            is_ready: false,
        };
        let mut newcomer = app.client_of(newcomer).await;
        assert!(newcomer.get(&path).await.location().contains("/me/profile"));

        let mut employer = app.client(Who::Learner).await;
        let page = send(&mut employer, id, &fields("a", 0, "waiting", "review")).await;
        assert_eq!(page.status, 422);
        let mut same = fields("a", 2, "", "review");
        for (name, value) in &mut same {
            if name == "person-2-email" {
                "A1@example.test".clone_into(value);
            }
        }
        let page = send(&mut employer, id, &same).await;
        assert_eq!(page.status, 422);
        assert!(page.has("jau ierakstīta augstāk") && page.has("visiem vietu nepietiks"));
        // At most a hundred a day from one account.
        for round in 0..5 {
            let word = format!("r{round}-");
            let page = send(&mut employer, id, &fields(&word, 20, "waiting", "register")).await;
            assert_eq!(page.status, 200, "{}", page.text);
        }
        let one = fields("late", 1, "waiting", "register");
        let page = send(&mut employer, id, &one).await;
        assert_eq!(page.status, 409);
        assert!(page.has("ne vairāk kā 100"), "{}", page.text);
        app.clock_control.advance(TimeDelta::hours(25));
        let mut employer = app.client(Who::Learner).await;
        assert_eq!(send(&mut employer, id, &one).await.status, 200);

        let by = app.client(Who::Manager).await.account_id;
        let mut closed = discussion(DISCUSSIONS, "Darba devējiem", wednesday());
        closed.audience = EventAudience::Employers;
        let closed = add(&app, by, closed, true).await;
        let page = send(
            &mut employer,
            closed,
            &fields("b", 1, "waiting", "register"),
        )
        .await;
        assert_eq!(page.status, 409);
        assert!(page.has("citu organizāciju pārstāvjiem"), "{}", page.text);
    }
}

#[actix_web::test]
async fn groups_at_once_never_take_more_places_than_there_are() {
    for app in TestApp::on_each_database().await {
        let id = event(&app, 7).await;
        let mut employers = Vec::new();
        for number in 0..4 {
            employers.push(
                app.client_of(Someone {
                    email: format!("employer{number}@example.test"),
                    role: None,
                    is_ready: true,
                })
                .await,
            );
        }
        // Every one of them names the same people, too, in another order of addresses.
        let sent = employers
            .iter_mut()
            .zip(0..)
            .map(async |(employer, number)| {
                let mode = if number == 0 { "nobody" } else { "waiting" };
                let mut all = fields(&format!("w{number}-"), 4, mode, "register");
                for (name, value) in &mut all {
                    if name == "person-2-email" {
                        "shared@example.test".clone_into(value);
                    }
                }
                send(employer, id, &all).await.status.as_u16()
            });
        let statuses = join_all(sent).await;
        assert!(
            statuses[1..].iter().all(|status| *status == 200),
            "{statuses:?}"
        );
        let all = rows(&app).await;
        assert_eq!(in_state(&all, RegistrationState::Registered), 7);
        let shared = all.iter().filter(|row| row.email == "shared@example.test");
        assert_eq!(shared.count(), 1);
        let numbers: Vec<_> = all.iter().map(|row| row.number).collect();
        let first_waiting = all
            .iter()
            .position(|row| row.state == RegistrationState::Waiting)
            .unwrap();
        assert!(
            all[first_waiting..]
                .iter()
                .all(|row| row.state == RegistrationState::Waiting),
            "{numbers:?}"
        );
    }
}

#[actix_web::test]
async fn what_is_known_of_somebody_registered_before_is_told_to_nobody() {
    for app in TestApp::on_each_database().await {
        let id = event(&app, 5).await;
        let mut employer = app.client(Who::Learner).await;
        send(&mut employer, id, &fields("a", 1, "waiting", "register")).await;
        let others = [
            ("person-1-given_name", "Svešs"),
            ("person-1-family_name", "Vārds"),
            ("person-1-email", "a1@example.test"),
            ("if_too_few", "waiting"),
            ("do", "register"),
        ];
        let others: Vec<(String, String)> = others
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .to_vec();
        let page = send(&mut employer, id, &others).await;
        assert!(page.has("Jau bija pieteikts"), "{}", page.text);
        assert!(page.has("Svešs Vārds"), "as it was typed");
        let known = rows(&app).await.remove(0);
        assert!(!page.has(&known.family_name), "{}", page.text);
    }
}

#[actix_web::test]
async fn only_the_row_with_an_address_for_the_second_time_is_wrong() {
    for app in TestApp::on_each_database().await {
        let id = event(&app, 20).await;
        let mut employer = app.client(Who::Learner).await;
        let mut wanted = fields("a", 5, "waiting", "review");
        for (name, value) in &mut wanted {
            if name == "person-3-email" {
                "a1@example.test".clone_into(value);
            }
        }
        let page = send(&mut employer, id, &wanted).await;
        assert_eq!(page.status, 422, "{}", page.text);
        // In the summary and at its field.
        let repeated = "Šī adrese ir jau ierakstīta augstāk";
        assert_eq!(page.text.matches(repeated).count(), 2, "{}", page.text);
    }
}

#[actix_web::test]
async fn an_employer_of_another_audience_is_told_before_the_question() {
    for app in TestApp::on_each_database().await {
        let by = app.client(Who::Manager).await.account_id;
        let mut new = discussion(DISCUSSIONS, "Diskusija", wednesday());
        new.audience = EventAudience::Employers;
        let id = add(&app, by, new, true).await;
        let mut employer = app.client(Who::Learner).await;
        let form = employer
            .get(&format!("/lv/events/{id}/register-group"))
            .await;
        let refusal = "citu organizāciju pārstāvjiem";
        assert!(form.has(refusal), "{}", form.text);
        let page = send(&mut employer, id, &fields("a", 1, "waiting", "review")).await;
        assert_eq!(page.status, 409);
        assert!(page.has(refusal) && page.has("a1@example.test"));
    }
}
