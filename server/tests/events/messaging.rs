//! Messages to the participants of an event.

use chrono::TimeDelta;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use server::{
    db::entity::{audit_entry, event_message, registration},
    events::NewEvent,
    ids::EventId,
    privacy,
    testing::{Client, TestApp, Who, assert_admits, assert_admits_post},
};

use super::{
    importing::upload,
    support::{DISCUSSIONS, SEMINARS, add, discussion, give, wednesday},
};

const PEOPLE: &str = "Vārds;Uzvārds;E-pasts;Valoda\r\n\
    Anna;Bērziņa;anna@example.test;lv\r\n\
    John;Sample;john@example.test;en\r\n\
    Ivo;Kalns;ivo@example.test;lv\r\n";

/// A discussion of two places with Anna and John, for which Ivo waits.
async fn event(app: &TestApp) -> (Client, EventId) {
    let mut organiser = app.client(Who::Organiser).await;
    give(app, organiser.account_id, DISCUSSIONS).await;
    let new = NewEvent {
        capacity: 2,
        contact_email: "diskusijas@example.test".to_owned(),
        ..discussion(DISCUSSIONS, "Diskusija par darbu", wednesday())
    };
    let id = add(app, organiser.account_id, new, true).await;
    let page = upload(&mut organiser, id, "a.csv", PEOPLE.as_bytes()).await;
    let page = organiser.post(page.location(), &[]).await;
    assert_eq!(page.status, 303, "{}", page.text);
    (organiser, id)
}

fn form(id: EventId) -> String {
    format!("/lv/organise/events/{id}/message")
}

const MESSAGE: &str = "01936d3e-7c1a-7000-8000-000000000001";

const TEXT: &str = "Tiekamies 201. telpā.\r\n\r\n<b>Uz tikšanos!</b>";

/// A message in Latvian to those with a place.
fn fields<'a>(wish: &'a str, to: &[&'a str]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("message", MESSAGE),
        ("do", wish),
        ("subject_lv", "Telpa ir mainīta"),
        ("text_lv", TEXT),
    ];
    fields.extend(to.iter().map(|field| (*field, "yes")));
    fields
}

async fn kept(app: &TestApp) -> Vec<event_message::Model> {
    event_message::Entity::find()
        .all(app.db.read())
        .await
        .unwrap()
}

/// The subjects of the messages to an address.
async fn messages_to(app: &TestApp, email: &str) -> Vec<String> {
    let mails = app.mails_to(email).await.into_iter();
    mails
        .map(|mail| mail.subject)
        .filter(|subject| subject.contains("Telpa") || subject.contains("room"))
        .collect()
}

#[actix_web::test]
async fn messages_are_for_the_organisers_of_the_strand_and_managers() {
    let app = TestApp::start().await;
    let (mut organiser, id) = event(&app).await;
    let admitted = [Who::Organiser, Who::Manager];
    assert_admits(&app, &form(id), &admitted).await;
    assert_admits_post(&app, &form(id), &[("do", "preview")], &admitted).await;

    let manager = app.client(Who::Manager).await.account_id;
    let other = discussion(SEMINARS, "Cits virziens", wednesday());
    let other = add(&app, manager, other, true).await;
    assert_eq!(organiser.get(&form(other)).await.status, 404);
    for wish in ["preview", "test", "send", "change"] {
        let page = organiser
            .post(&form(other), &fields(wish, &["to_registered"]))
            .await;
        assert_eq!(page.status, 404, "{wish}");
    }
    assert!(kept(&app).await.is_empty());
}

#[actix_web::test]
async fn a_message_is_seen_tested_and_sent_once() {
    for app in TestApp::on_each_database().await {
        let (mut organiser, id) = event(&app).await;
        let page = organiser.get(&form(id)).await;
        for text in [
            "Kam ir vieta: 2",
            "Kas ir gaidīšanas sarakstā: 1",
            "vēl nav sūtīta",
        ] {
            assert!(page.has(text), "{text}: {}", page.text);
        }
        let to = ["to_registered", "to_waiting"];
        let page = organiser.post(&form(id), &fields("preview", &to)).await;
        assert_eq!(page.status, 200, "{}", page.text);
        for text in [
            "Sūtīt 3 cilvēkiem",
            "Telpa ir mainīta",
            "&lt;b&gt;Uz tikšanos!",
            "Ziņa ir tikai latviski",
            "Diskusija par darbu",
            "Jūs to saņemat, jo esat pieteikts",
        ] {
            assert!(page.has(text), "{text}: {}", page.text);
        }
        assert!(!page.has("<b>Uz"));

        let page = organiser.post(&form(id), &fields("test", &to)).await;
        assert!(page.has("Izmēģinājumu nosūtījām uz"), "{}", page.text);
        let own = messages_to(&app, &organiser.email).await;
        assert_eq!(own, ["[Izmēģinājums] Telpa ir mainīta"]);
        assert!(messages_to(&app, "anna@example.test").await.is_empty());
        assert!(kept(&app).await.is_empty());

        for text in ["tiek sūtīta 3 cilvēkiem", "otrreiz to nesūtījām"] {
            let page = organiser.post(&form(id), &fields("send", &to)).await;
            assert_eq!(page.status, 303, "{}", page.text);
            let page = organiser.follow(&page).await;
            assert!(page.has(text), "{text}: {}", page.text);
            assert!(page.has("Saņēmēji: 3 (kam ir vieta, kas ir gaidīšanas sarakstā)"));
        }
        for email in ["anna@example.test", "john@example.test", "ivo@example.test"] {
            assert_eq!(
                messages_to(&app, email).await,
                ["Telpa ir mainīta"],
                "{email}"
            );
        }
        let mail = app.last_mail_to("anna@example.test").await;
        assert!(
            mail.body
                .contains("Tiekamies 201. telpā.\n\n<b>Uz tikšanos!</b>")
        );
        let own = app.visitor().get(&mail.link()).await;
        assert!(own.has("Anna Bērziņa"), "{}", own.text);
        assert_eq!(kept(&app).await.len(), 1);
        let entries = audit_entry::Entity::find()
            .filter(audit_entry::Column::Action.eq("registrations.message-sent"))
            .all(app.db.read())
            .await
            .unwrap();
        assert_eq!(entries.len(), 1);
        assert_eq!(entries[0].detail["recipients"], 3);
        assert!(!entries[0].detail.to_string().contains("Telpa"));

        // As it arrives: with an answer address, in text and HTML; not to whoever is no longer registered.
        let anna = registration::Entity::find()
            .filter(registration::Column::Email.eq("anna@example.test"))
            .one(app.db.read())
            .await
            .unwrap()
            .unwrap();
        assert!(anna.holds_place);
        let cancel = format!("{}/cancel", mail.link());
        assert_eq!(app.visitor().post(&cancel, &[]).await.status, 303);
        let files = app.deliver().await;
        let sent: Vec<&String> = files
            .values()
            .filter(|text| text.contains("Reply-To: diskusijas@example.test"))
            .filter(|text| text.contains("text/html"))
            .collect();
        let goes_to = |email: &str| {
            sent.iter()
                .any(|text| text.contains(&format!("To: {email}")))
        };
        assert!(
            goes_to("john@example.test") && goes_to("ivo@example.test"),
            "{files:?}"
        );
        assert!(!goes_to("anna@example.test"), "{files:?}");
    }
}

#[actix_web::test]
async fn each_gets_it_in_their_language_and_only_those_selected() {
    let app = TestApp::start().await;
    let (mut organiser, id) = event(&app).await;
    let rows = registration::Entity::find()
        .all(app.db.read())
        .await
        .unwrap();
    let of = |email: &str| {
        rows.iter()
            .find(|row| row.email == email)
            .unwrap()
            .id
            .to_string()
    };
    let (anna, john) = (of("anna@example.test"), of("john@example.test"));
    let nobody = "00000000-0000-0000-0000-00000000ffff";
    let path = format!("{}?id={anna}&id={john}&id={nobody}&id=x", form(id));
    let page = organiser.get(&path).await;
    assert!(page.has("Sarakstā izvēlētie: 2 cilvēki"), "{}", page.text);
    let mut fields = fields("preview", &[]);
    fields.extend([
        ("subject_en", "Another room"),
        ("text_en", "We meet in room 201."),
        ("id", &anna),
        ("id", &john),
        ("id", nobody),
    ]);
    let page = organiser.post(&form(id), &fields).await;
    assert!(page.has("Sūtīt 2 cilvēkiem"), "{}", page.text);
    assert!(page.has("Another room"));
    assert!(!page.has("Ziņa ir tikai"));
    fields[1] = ("do", "send");
    let page = organiser.post(&form(id), &fields).await;
    assert_eq!(page.status, 303, "{}", page.text);
    assert_eq!(
        messages_to(&app, "anna@example.test").await,
        ["Telpa ir mainīta"]
    );
    assert_eq!(
        messages_to(&app, "john@example.test").await,
        ["Another room"]
    );
    assert!(messages_to(&app, "ivo@example.test").await.is_empty());
}

#[actix_web::test]
async fn what_is_missing_is_told_and_what_was_typed_stays() {
    let app = TestApp::start().await;
    let (mut organiser, id) = event(&app).await;
    let long = "a".repeat(5_001);
    let cases: [(&[(&str, &str)], &str); 6] = [
        (&[("to_registered", "yes")], "Ierakstiet tematu"),
        (
            &[("subject_lv", "Telpa"), ("text_lv", "Teksts, kas paliek")],
            "Izvēlieties vismaz vienu grupu",
        ),
        (
            &[
                ("to_offered", "yes"),
                ("subject_lv", "Telpa"),
                ("text_lv", "Teksts"),
            ],
            "tagad nav neviena",
        ),
        (
            &[("to_registered", "yes"), ("subject_lv", "Telpa")],
            "Ierakstiet tekstu",
        ),
        (
            &[("to_registered", "yes"), ("text_en", "Text")],
            "Ierakstiet tematu",
        ),
        (
            &[
                ("to_registered", "yes"),
                ("subject_en", "Room"),
                ("text_en", &long),
            ],
            "ne vairāk kā 5000",
        ),
    ];
    for (given, told) in cases {
        for wish in ["preview", "test", "send"] {
            let mut fields = given.to_vec();
            fields.extend([("do", wish), ("message", MESSAGE)]);
            let page = organiser.post(&form(id), &fields).await;
            assert_eq!(page.status, 422, "{told}: {}", page.text);
            assert!(page.has(told), "{told}: {}", page.text);
            assert!(page.has(MESSAGE), "{}", page.text);
            for (_, typed) in given.iter().filter(|(name, _)| name.contains('_')) {
                assert!(page.has(typed), "{typed}: {}", page.text);
            }
        }
    }
    let page = organiser
        .post(&form(id), &fields("change", &["to_waiting"]))
        .await;
    assert_eq!(page.status, 200);
    assert!(page.has("Telpa ir mainīta"), "{}", page.text);
    let page = organiser
        .post(&form(id), &fields("other", &["to_waiting"]))
        .await;
    assert_eq!(page.status, 400);
    assert!(kept(&app).await.is_empty());

    // A message of another event is not sent anew, nor told of.
    organiser
        .post(&form(id), &fields("send", &["to_registered"]))
        .await;
    let other = discussion(DISCUSSIONS, "Cita", wednesday());
    let other = add(&app, organiser.account_id, other, true).await;
    let page = organiser
        .post(&form(other), &fields("send", &["to_registered"]))
        .await;
    assert_eq!(page.status, 400);
}

#[actix_web::test]
async fn messages_are_deleted_after_their_term() {
    let app = TestApp::start().await;
    let (mut organiser, id) = event(&app).await;
    organiser
        .post(&form(id), &fields("send", &["to_registered"]))
        .await;
    for (days, left) in [(729, 1), (2, 0)] {
        app.clock_control.advance(TimeDelta::days(days));
        privacy::apply_rules(&app.app.privacy.rules(), false)
            .await
            .unwrap();
        assert_eq!(kept(&app).await.len(), left);
    }
}
