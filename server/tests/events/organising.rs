//! The board of an event, and its registrations: seen and changed by its organisers.

use chrono::TimeDelta;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use server::{
    db::entity::{audit_entry, job},
    events::NewEvent,
    ids::EventId,
    registrations,
    testing::{Client, Page, TestApp, Who, assert_admits, assert_admits_post},
};

use super::support::{DISCUSSIONS, SEMINARS, add, discussion, give};

/// An announced discussion in two weeks.
async fn event(app: &TestApp, change: impl FnOnce(&mut NewEvent)) -> EventId {
    let by = app.client(Who::Manager).await.account_id;
    let begins = app.now() + TimeDelta::days(14);
    let mut new = discussion(DISCUSSIONS, "Diskusija par atalgojumu", begins);
    change(&mut new);
    add(app, by, new, true).await
}

fn board(id: EventId) -> String {
    format!("/lv/organise/events/{id}")
}

fn list(id: EventId) -> String {
    format!("/lv/organise/events/{id}/registrations")
}

/// Adds somebody by hand; where their registration is.
async fn added(client: &mut Client, id: EventId, who: &str, more: &[(&str, &str)]) -> Page {
    let (given, family) = who.split_once(' ').unwrap();
    let email = format!("{}@example.test", server::text::fold(family));
    let mut fields = vec![
        ("given_name", given),
        ("family_name", family),
        ("email", email.as_str()),
        ("locale", "lv"),
    ];
    fields.extend(more);
    let path = format!("{}/new", list(id));
    client.post(&path, &fields).await
}

fn id_in(page: &Page) -> String {
    page.location().rsplit('/').next().unwrap().to_owned()
}

async fn actions(app: &TestApp, action: &str) -> Vec<audit_entry::Model> {
    audit_entry::Entity::find()
        .filter(audit_entry::Column::Action.eq(action))
        .all(app.db.read())
        .await
        .unwrap()
}

#[actix_web::test]
async fn registrations_are_for_the_organisers_of_the_strand_and_managers() {
    let app = TestApp::start().await;
    let mut organiser = app.client(Who::Organiser).await;
    let mut manager = app.client(Who::Manager).await;
    give(&app, organiser.account_id, DISCUSSIONS).await;
    let id = event(&app, |_| {}).await;
    let one = id_in(&added(&mut manager, id, "Anna Parauga", &[]).await);
    let admitted = [Who::Organiser, Who::Manager];
    for path in [
        String::new(),
        "/registrations".to_owned(),
        "/registrations/export.csv".to_owned(),
        "/registrations/export.xlsx".to_owned(),
        "/registrations/requests.csv".to_owned(),
        "/registrations/new".to_owned(),
        format!("/registrations/cancel?id={one}"),
        format!("/registrations/{one}"),
    ] {
        assert_admits(&app, &format!("{}{path}", board(id)), &admitted).await;
    }
    for (path, fields) in [
        (
            "/registrations".to_owned(),
            vec![("do", "resend"), ("id", one.as_str())],
        ),
        ("/registrations/new".to_owned(), vec![]),
        (format!("/registrations/{one}"), vec![("do", "resend")]),
        (
            "/registrations/cancel".to_owned(),
            vec![("id", one.as_str())],
        ),
    ] {
        let path = format!("{}{path}", board(id));
        assert_admits_post(&app, &path, &fields, &admitted).await;
    }

    // Of another strand, there is nothing for an organiser; and a registration belongs to its event.
    let other = event(&app, |new| new.strand = SEMINARS.to_owned()).await;
    let foreign = id_in(&added(&mut manager, other, "Zane Cita", &[]).await);
    for path in [
        String::new(),
        "/registrations".to_owned(),
        "/registrations/export.csv".to_owned(),
        "/registrations/requests.csv".to_owned(),
        "/registrations/new".to_owned(),
        format!("/registrations/cancel?id={foreign}"),
        format!("/registrations/{foreign}"),
    ] {
        let path = format!("{}{path}", board(other));
        assert_eq!(organiser.get(&path).await.status, 404, "{path}");
    }
    for (path, action) in [
        ("/registrations".to_owned(), "resend"),
        ("/registrations/new".to_owned(), ""),
        ("/registrations/cancel".to_owned(), ""),
        (format!("/registrations/{foreign}"), "resend"),
    ] {
        let path = format!("{}{path}", board(other));
        let fields = [("do", action), ("id", foreign.as_str())];
        assert_eq!(organiser.post(&path, &fields).await.status, 404, "{path}");
    }
    let path = format!("{}/{foreign}", list(id));
    assert_eq!(organiser.get(&path).await.status, 404);
    let fields = [("id", foreign.as_str())];
    let page = organiser
        .post(&format!("{}/cancel", list(id)), &fields)
        .await;
    let page = organiser.follow(&page).await;
    assert!(page.has("1 nav šī pasākuma pieteikums"), "{}", page.text);
    let page = manager.get(&format!("{}/{foreign}", list(other))).await;
    assert!(page.has("Ir vieta"), "{}", page.text);
}

#[actix_web::test]
async fn somebody_is_added_by_hand_and_told_so() {
    for app in TestApp::on_each_database().await {
        let mut manager = app.client(Who::Manager).await;
        let id = event(&app, |new| new.capacity = 1).await;
        let form = manager.get(&format!("{}/new", list(id))).await;
        assert!(form.has("Brīva 1 vieta no 1"), "{}", form.text);
        let made = added(&mut manager, id, "Anna Parauga", &[("role", "juriste")]).await;
        assert_eq!(made.status, 303, "{}", made.text);
        let page = manager.follow(&made).await;
        assert!(page.has("Dalībniekam ir vieta") && page.has("juriste"));
        let mail = app.last_mail_to("parauga@example.test").await;
        assert!(
            mail.subject.starts_with("Jums ir vieta"),
            "{}",
            mail.subject
        );
        // The link needs no confirmation, and cancels.
        assert!(app.visitor().get(&mail.link()).await.has("Jums ir vieta"));

        // The same person is the same registration.
        let again = added(&mut manager, id, "Anna Parauga", &[]).await;
        assert_eq!(again.location(), made.location());
        assert!(manager.follow(&again).await.has("jau ir pieteikts"));

        let form = manager.get(&format!("{}/new", list(id))).await;
        assert!(form.has("Pievienot gaidīšanas sarakstam"), "{}", form.text);
        let waiting = added(&mut manager, id, "Zane Otra", &[]).await;
        let page = manager.follow(&waiting).await;
        assert!(page.has("1. rindā"), "{}", page.text);

        // What was typed stays, also the language of mails and what was typed about the organisation.
        let unknown = ("organisation", "Neesošā pārvalde");
        let page = added(&mut manager, id, "Ieva Trešā", &[unknown]).await;
        assert_eq!(page.status, 422);
        for kept in ["Neesošā pārvalde", "value=\"Ieva\"", "value=\"lv\" checked"] {
            assert!(page.has(kept), "{kept}: {}", page.text);
        }
        let noted = actions(&app, "registration.made").await;
        assert_eq!(noted.len(), 2);
        let by = Some(manager.account_id);
        assert!(noted.iter().all(|entry| entry.actor_account_id == by));

        // Over, nobody is added.
        app.clock_control.advance(TimeDelta::days(15));
        let mut manager = app.client(Who::Manager).await;
        let form = manager.get(&format!("{}/new", list(id))).await;
        assert!(form.has("Dalībniekus pievienot nevar"), "{}", form.text);
        let page = added(&mut manager, id, "Ieva Trešā", &[]).await;
        assert_eq!(page.status, 409);
        assert!(page.has("Dalībniekus pievienot nevar"), "{}", page.text);
    }
}

#[actix_web::test]
async fn the_board_sums_up_places_the_queue_and_requests() {
    for app in TestApp::on_each_database().await {
        let mut manager = app.client(Who::Manager).await;
        let id = event(&app, |new| {
            new.capacity = 2;
            new.minimum = Some(2);
        })
        .await;
        let page = manager.get(&board(id)).await;
        assert!(page.has("Aizņemtas 0 no 2 vietām"), "{}", page.text);
        assert!(page.has("vieta ir tikai 0") || page.has("Vieta ir tikai 0"));
        assert!(page.has("Neviens nav norādījis"), "{}", page.text);
        let first = [
            ("children", "7, 2"),
            ("diet", "Veģetārs"),
            ("interpreter", "yes"),
        ];
        added(&mut manager, id, "Anna Pirmā", &first).await;
        let second = [("children", "4"), ("diet", "vegetārs")];
        added(&mut manager, id, "Zane Otrā", &second).await;
        added(&mut manager, id, "Ieva Trešā", &[("diet", "Bez riekstiem")]).await;
        let page = manager.get(&board(id)).await;
        for told in [
            "Aizņemtas 2 no 2 vietām",
            "3 bērni (vecums gados: 2, 4, 7)",
            "Zīmju valodas tulks: 1 dalībniekam",
            "Veģetārs (×\u{a0}2)",
            "Ieva Trešā",
            "Vajadzības norādījis vēl 1 cilvēks",
            "2 dalībnieku vajadzības",
        ] {
            assert!(page.has(told), "{told}: {}", page.text);
        }
        // Those who wait are not counted in, and nobody is named beside a request.
        assert!(!page.has("Bez riekstiem") && !page.has("Anna Pirmā"));
        assert!(!page.has("Vieta ir tikai"));
        assert!(!page.has("Ir brīva vieta, un kāds gaida"));
    }
}

#[actix_web::test]
async fn the_board_says_why_a_free_place_is_given_to_nobody() {
    for app in TestApp::on_each_database().await {
        let mut manager = app.client(Who::Manager).await;
        let id = event(&app, |new| new.capacity = 1).await;
        let first = id_in(&added(&mut manager, id, "Anna Pirmā", &[]).await);
        added(&mut manager, id, "Zane Otrā", &[]).await;
        app.clock_control
            .advance(TimeDelta::days(14) - TimeDelta::minutes(30));
        let mut manager = app.client(Who::Manager).await;
        let cancel = format!("{}/cancel", list(id));
        manager.post(&cancel, &[("id", &first)]).await;
        let page = manager.get(&board(id)).await;
        assert!(page.has("Ir brīva vieta, un kāds gaida"), "{}", page.text);
        assert!(page.has("mazāk par stundu"), "{}", page.text);
    }
}

#[actix_web::test]
async fn the_list_is_searched_filtered_sorted_and_exported_as_it_is_shown() {
    for app in TestApp::on_each_database().await {
        let mut manager = app.client(Who::Manager).await;
        let id = event(&app, |new| new.capacity = 2).await;
        let organisation = app
            .organisation(
                "Rīta skola",
                server::db::entity::organisation::OrganisationKind::Other,
            )
            .await
            .to_string();
        let of = [
            ("organisation", "Rīta skola"),
            ("organisation_id", organisation.as_str()),
        ];
        added(&mut manager, id, "Ģirts Žagars", &of).await;
        let asked = [("accessibility", "Slepena vajadzība"), ("children", "3")];
        let second = id_in(&added(&mut manager, id, "Anna Āboliņa", &asked).await);
        added(&mut manager, id, "Zane Mīļā", &[]).await;
        let (first, second_name, third) = ("Ģirts Žagars", "Anna Āboliņa", "Zane Mīļā");
        for (query, found) in [
            ("", [true, true, true]),
            ("q=girts", [true, false, false]),
            ("q=abolina", [false, true, false]),
            ("q=zagars%40example", [true, false, false]),
            ("q=rita+skola", [true, false, false]),
            ("state=waiting", [false, false, true]),
            ("state=registered", [true, true, false]),
            ("state=cancelled", [false, false, false]),
            ("requests=yes", [false, true, false]),
            ("requests=no", [true, false, true]),
            ("origin=organiser", [true, true, true]),
            ("origin=api", [false, false, false]),
        ] {
            let page = manager.get(&format!("{}?{query}", list(id))).await;
            let file = manager
                .get(&format!("{}/export.csv?{query}", list(id)))
                .await;
            let family = |name: &'static str| name.split_once(' ').unwrap().1;
            for (name, is_found) in [first, second_name, third].into_iter().zip(found) {
                assert_eq!(page.has(name), is_found, "{query} {name}: {}", page.text);
                assert_eq!(file.has(family(name)), is_found, "{query} {name}");
            }
            assert!(!file.has("Slepena") && !page.has("Slepena"), "{query}");
        }
        let sorted = manager.get(&format!("{}?sort=name", list(id))).await.text;
        assert!(sorted.find(second_name) < sorted.find(third));
        assert!(sorted.find(third) < sorted.find(first));
        for sort in ["organisation", "made"] {
            let path = format!("{}?sort={sort}&order=desc", list(id));
            assert_eq!(manager.get(&path).await.status, 200);
        }

        // A cancelled one is listed only if it is asked for.
        let cancel = format!("{}/cancel", list(id));
        manager.post(&cancel, &[("id", &second)]).await;
        assert!(!manager.get(&list(id)).await.has(second_name));
        let all = manager.get(&format!("{}?state=all", list(id))).await;
        assert!(all.has(second_name) && all.has("Atsaukts"));

        // Who arranges requests gets no names.
        let more = [("diet", "=1+1")];
        added(&mut manager, id, "Ieva Ceturtā", &more).await;
        let file = manager.get(&format!("{}/requests.csv", list(id))).await;
        assert!(file.has(";'=1+1"), "{}", file.text);
        assert!(
            !file.has("Ceturtā") && !file.has("Slepena"),
            "{}",
            file.text
        );
        let noted = actions(&app, "list.exported").await;
        assert_eq!(noted.len(), 13);
        let event = id.to_string();
        assert!(noted.iter().all(|entry| entry.detail["event"] == event));
        assert!(
            !noted
                .iter()
                .any(|entry| entry.detail.to_string().contains("1+1"))
        );
        let empty = manager.get(&format!("{}?state=expired", list(id))).await;
        assert!(empty.has("class=\"empty\""), "{}", empty.text);
    }
}

#[actix_web::test]
async fn selected_registrations_are_cancelled_after_a_question() {
    for app in TestApp::on_each_database().await {
        let mut manager = app.client(Who::Manager).await;
        let id = event(&app, |new| new.capacity = 1).await;
        let first = id_in(&added(&mut manager, id, "Anna Pirmā", &[]).await);
        let second = id_in(&added(&mut manager, id, "Zane Otrā", &[]).await);
        let third = id_in(&added(&mut manager, id, "Ieva Trešā", &[]).await);
        let page = manager
            .post(&list(id), &[("do", "cancel"), ("query", "q=x")])
            .await;
        assert_eq!(page.status, 422);
        let wish = [("do", "cancel"), ("id", &first), ("id", &second)];
        let page = manager.post(&list(id), &wish).await;
        let question = manager.follow(&page).await;
        assert!(question.has("2 pieteikumi"), "{}", question.text);
        assert!(question.has("Anna Pirmā") && !question.has("Ieva Trešā"));
        let why = ("told_why", "Pieteikums dubultā");
        let fields = [("id", first.as_str()), ("id", second.as_str()), why];
        let cancel = format!("{}/cancel", list(id));
        let page = manager.post(&cancel, &fields).await;
        let page = manager.follow(&page).await;
        assert!(page.has("Atsaukti 2 pieteikumi"), "{}", page.text);
        for email in ["pirma@example.test", "otra@example.test"] {
            let mails = app.mails_to(email).await;
            let last = mails.last().unwrap();
            assert!(
                last.body.contains("Iemesls: Pieteikums dubultā"),
                "{}",
                last.body
            );
            // The place is not offered to somebody who is cancelled at the same time.
            assert!(
                mails
                    .iter()
                    .all(|mail| !mail.subject.contains("brīva vieta"))
            );
        }
        let page = manager.get(&format!("{}/{third}", list(id))).await;
        assert!(page.has("Vieta piedāvāta"), "{}", page.text);
        // Again, nothing happens, and that is said.
        let page = manager.post(&cancel, &fields).await;
        let page = manager.follow(&page).await;
        assert!(page.has("Neviens pieteikums nav atsaukts. 2 jau bija beigušies."));
        let page = manager.get(&format!("{}/{first}", list(id))).await;
        assert!(page.has("atsauca organizators: "), "{}", page.text);
        let noted = actions(&app, "registration.cancelled").await;
        assert_eq!(noted.len(), 2);
        assert!(
            noted
                .iter()
                .all(|entry| !entry.detail.to_string().contains("dubult"))
        );
    }
}

#[actix_web::test]
async fn an_organiser_confirms_for_a_guest_and_sends_the_link_again() {
    for app in TestApp::on_each_database().await {
        let mut manager = app.client(Who::Manager).await;
        let id = event(&app, |_| {}).await;
        let guest = [
            ("given_name", "Anna"),
            ("family_name", "Parauga"),
            ("email", "anna@example.test"),
        ];
        let register = format!("/lv/events/{id}/register");
        app.visitor().post(&register, &guest).await;
        let page = manager.get(&format!("{}?state=pending", list(id))).await;
        let (_, rest) = page.text.split_once("name=\"id\" value=\"").unwrap();
        let pending = rest.split('"').next().unwrap().to_owned();
        let one = format!("{}/{pending}", list(id));
        assert_eq!(app.mails_to("anna@example.test").await.len(), 1);
        // Soon after the first, the mail to confirm is sent again.
        let page = manager.post(&one, &[("do", "resend")]).await;
        assert!(manager.follow(&page).await.has("nosūtīta 1 cilvēkam"));
        let mails = app.mails_to("anna@example.test").await;
        assert_eq!(mails.len(), 2);
        assert!(mails[1].subject.starts_with("Apstipriniet pieteikumu"));

        let wish = [("do", "confirm"), ("id", pending.as_str())];
        let page = manager.post(&list(id), &wish).await;
        assert!(manager.follow(&page).await.has("Apstiprināts 1 pieteikums"));
        assert!(manager.get(&one).await.has("Ir vieta"));
        let mail = app.last_mail_to("anna@example.test").await;
        assert!(
            mail.subject.starts_with("Jums ir vieta"),
            "{}",
            mail.subject
        );
        let page = manager.post(&list(id), &wish).await;
        let page = manager.follow(&page).await;
        assert!(
            page.has("1 pieteikums nebija jāapstiprina"),
            "{}",
            page.text
        );

        let wish = [("do", "resend"), ("id", pending.as_str())];
        manager.post(&list(id), &wish).await;
        let mail = app.last_mail_to("anna@example.test").await;
        assert!(
            mail.subject.starts_with("Saite uz jūsu"),
            "{}",
            mail.subject
        );
        assert!(app.visitor().get(&mail.link()).await.has("Jums ir vieta"));
        // The organiser confirmed the registration, not that the address is the guest's.
        let confirmed = server::db::entity::guest::Entity::find()
            .one(app.db.read())
            .await
            .unwrap()
            .unwrap();
        assert_eq!(confirmed.email_confirmed_at, None);

        let cancel = format!("{}/cancel", list(id));
        manager.post(&cancel, &[("id", &pending)]).await;
        let page = manager.post(&list(id), &wish).await;
        let page = manager.follow(&page).await;
        assert!(page.has("1 cilvēkam tā nav nosūtīta"), "{}", page.text);
        for other in ["", "delete"] {
            let page = manager.post(&one, &[("do", other)]).await;
            assert_eq!(page.status, 400, "{other}");
        }
        // Over, nothing is changed any more.
        app.clock_control.advance(TimeDelta::days(15));
        let mut manager = app.client(Who::Manager).await;
        let page = manager.post(&list(id), &wish).await;
        assert_eq!(page.status, 409);
        assert!(!manager.get(&list(id)).await.has("value=\"cancel\""));
    }
}

#[actix_web::test]
async fn requests_are_in_no_mail_job_or_entry() {
    for app in TestApp::on_each_database().await {
        let mut manager = app.client(Who::Manager).await;
        let id = event(&app, |_| {}).await;
        let asked = [("accessibility", "Ratiņkrēsls"), ("diet", "Ratiņkrēsls")];
        let one = id_in(&added(&mut manager, id, "Anna Parauga", &asked).await);
        let page = manager.get(&format!("{}/{one}", list(id))).await;
        assert!(page.has("Ratiņkrēsls"), "{}", page.text);
        manager.get(&board(id)).await;
        manager.get(&format!("{}/requests.xlsx", list(id))).await;
        registrations::settle_due(&app.app.registrations)
            .await
            .unwrap();
        for entry in audit_entry::Entity::find()
            .all(app.db.read())
            .await
            .unwrap()
        {
            assert!(!format!("{entry:?}").contains("Ratiņ"), "{entry:?}");
        }
        for job in job::Entity::find().all(app.db.read()).await.unwrap() {
            assert!(!format!("{job:?}").contains("Ratiņ"), "{job:?}");
        }
    }
}

#[actix_web::test]
async fn the_board_counts_whoever_has_not_confirmed_also_without_a_place() {
    for app in TestApp::on_each_database().await {
        let mut manager = app.client(Who::Manager).await;
        let id = event(&app, |new| new.capacity = 1).await;
        added(&mut manager, id, "Anna Pirmā", &[]).await;
        let guest = [
            ("given_name", "Zane"),
            ("family_name", "Parauga"),
            ("email", "zane@example.test"),
        ];
        let register = format!("/lv/events/{id}/register");
        app.visitor().post(&register, &guest).await;
        let page = manager.get(&board(id)).await;
        let told = "1 cilvēks vēl nav apstiprinājis";
        assert!(
            page.has(told) && page.has("Aizņemtas 1 no 1"),
            "{}",
            page.text
        );
    }
}
