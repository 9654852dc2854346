//! Registering for an event: with and without an account, waiting, confirming, cancelling.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{DbErr, EntityTrait as _};
use server::{
    db::{entity::registration_needs, sealed},
    events::{self, Form, NewEvent, NewSession},
    ids::EventId,
    programme::EventAudience,
    registrations,
    testing::{Client, Page, TestApp, Who},
};

/// A published event of so many places, in two weeks; places are confirmed without asking.
async fn event(app: &TestApp, change: impl FnOnce(&mut NewEvent)) -> EventId {
    let organiser = app.client(Who::Organiser).await.account_id;
    let starts_at: DateTime<Utc> = app.now() + TimeDelta::days(14);
    let mut new = NewEvent {
        kind: "discussion".to_owned(),
        strand: "public-sector-discussions".to_owned(),
        title: ("Diskusija par atalgojumu".to_owned(), "Pay".to_owned()),
        summary: (String::new(), String::new()),
        language: "lv".to_owned(),
        audience: EventAudience::Everyone,
        lecturers: String::new(),
        contact_email: String::new(),
        capacity: 1,
        minimum: None,
        opens_at: None,
        closes_at: None,
        cancel_until: Some(starts_at - TimeDelta::days(1)),
        offer_hours: 0,
        reminder_minutes: Vec::new(),
        needs_kept_days: 30,
        sessions: vec![NewSession {
            starts_at,
            ends_at: starts_at + TimeDelta::hours(3),
            form: Form::Both,
            city: "Rīga".to_owned(),
            address: "Paraugu iela 1".to_owned(),
            room: "101. telpa".to_owned(),
            accessibility: String::new(),
            remote_url: "https://meet.example.test/tikai-dalibniekiem".to_owned(),
        }],
    };
    change(&mut new);
    let clock = app.app.clock.clone();
    app.db
        .write::<_, DbErr>(async move |txn| {
            let id = events::insert(txn, &clock, organiser, &new).await?;
            events::publish(&events::lock(txn, id).await?, clock.now()).await?;
            Ok(id)
        })
        .await
        .unwrap()
}

fn address(id: EventId) -> String {
    format!("/lv/events/{id}/register")
}

const GUEST: [(&str, &str); 4] = [
    ("given_name", "Zanda"),
    ("family_name", "Paraudziņa"),
    ("email", "zanda@example.test"),
    ("role", "juriste"),
];

async fn guest(client: &mut Client, id: EventId, email: &str) -> Page {
    let mut fields = GUEST.to_vec();
    fields[2] = ("email", email);
    client.post(&address(id), &fields).await
}

#[actix_web::test]
async fn a_guest_confirms_by_the_mailed_link_and_the_next_waits_until_the_first_cancels() {
    for app in TestApp::on_each_database().await {
        let id = event(&app, |_| {}).await;
        let mut first = app.visitor();
        let form = first.get(&address(id)).await;
        assert_eq!(form.status, 200);
        assert!(form.has("Brīva 1 vieta no 1"), "{}", form.text);
        assert!(!form.has("tikai-dalibniekiem"));
        let page = guest(&mut first, id, "zanda@example.test").await;
        assert_eq!(page.status, 303, "{}", page.text);
        assert!(first.follow(&page).await.has("pārbaudiet e-pastu"));

        let mail = app.last_mail_to("zanda@example.test").await;
        assert!(
            mail.subject.starts_with("Apstipriniet pieteikumu"),
            "{}",
            mail.subject
        );
        let link = mail.link();
        // A mail scanner opens the link: nothing changes.
        for _ in 0..2 {
            assert!(first.get(&link).await.has("Pieteikums vēl jāapstiprina"));
        }
        let page = first.post(&format!("{link}/confirm"), &[]).await;
        assert_eq!(page.status, 303, "{}", page.text);
        let page = first.follow(&page).await;
        assert!(page.has("Jums ir vieta"), "{}", page.text);
        assert!(!page.has("tikai-dalibniekiem"), "two weeks before");
        let mail = app.last_mail_to("zanda@example.test").await;
        assert!(
            mail.subject.starts_with("Jums ir vieta"),
            "{}",
            mail.subject
        );

        let mut second = app.client(Who::Learner).await;
        let form = second.get(&address(id)).await;
        assert!(form.has("Visas vietas ir aizņemtas"), "{}", form.text);
        let page = second.post(&address(id), &[]).await;
        let own = page.location().to_owned();
        let page = second.follow(&page).await;
        assert!(page.has("Jūsu vieta rindā: 1"), "{}", page.text);
        // The form leads to the registration that exists.
        assert_eq!(second.get(&address(id)).await.location(), own);

        let question = first.get(&format!("{link}/cancel")).await;
        assert!(question.has("Vai tiešām atteikties?"));
        let page = first.post(&format!("{link}/cancel"), &[]).await;
        assert!(first.follow(&page).await.has("Pieteikums ir atsaukts"));
        assert!(second.get(&own).await.has("Jums ir vieta"));
        let mail = app.last_mail_to(&second.email).await;
        assert!(
            mail.subject.starts_with("Jums tagad ir vieta"),
            "{}",
            mail.subject
        );

        // Cancelled twice, nothing more happens.
        let page = first.post(&format!("{link}/cancel"), &[]).await;
        assert_eq!(page.status, 303);
        assert!(second.get(&own).await.has("Jums ir vieta"));
    }
}

#[actix_web::test]
async fn the_link_to_join_is_shown_a_day_before_to_those_with_a_place() {
    for app in TestApp::on_each_database().await {
        let id = event(&app, |_| {}).await;
        let mut learner = app.client(Who::Learner).await;
        let page = learner.post(&address(id), &[]).await;
        let own = page.location().to_owned();
        let later = learner.get(&own).await;
        assert!(later.has("parādīsies dienu pirms") && !later.has("tikai-dalibniekiem"));
        app.clock_control.advance(TimeDelta::hours(14 * 24 - 23));
        let mut learner = app.client(Who::Learner).await;
        assert!(learner.get(&own).await.has("tikai-dalibniekiem"));
        // The deadline has passed: nothing is changed.
        let page = learner.post(&format!("{own}/cancel"), &[]).await;
        assert!(learner.follow(&page).await.has("Termiņš ir pagājis"));
        assert!(learner.get(&own).await.has("Jums ir vieta"));
    }
}

#[actix_web::test]
async fn what_was_typed_comes_back_and_needs_are_encrypted() {
    for app in TestApp::on_each_database().await {
        let id = event(&app, |_| {}).await;
        let mut visitor = app.visitor();
        let mut fields = GUEST.to_vec();
        fields.extend([
            ("children", "divi"),
            ("accessibility", "Pārvietojos ratiņkrēslā"),
        ]);
        let page = visitor.post(&address(id), &fields).await;
        assert_eq!(page.status, 422);
        assert!(page.has("bērnu vecumu gados"), "{}", page.text);
        assert!(page.has("Pārvietojos ratiņkrēslā") && page.has("juriste"));
        fields[4] = ("children", "3, 7");
        assert_eq!(visitor.post(&address(id), &fields).await.status, 303);
        let link = app.last_mail_to("zanda@example.test").await.link();
        let page = visitor.get(&link).await;
        assert!(
            page.has("value=\"3, 7\"") && page.has("ratiņkrēslā"),
            "{}",
            page.text
        );
        let kept = registration_needs::Entity::find()
            .one(app.db.read())
            .await
            .unwrap()
            .unwrap();
        assert!(!kept.sealed.contains("ratiņkrēslā"), "{}", kept.sealed);

        let wrong = visitor.get(&format!("{link}x")).await;
        assert_eq!(wrong.status, 404);
    }
}

#[actix_web::test]
async fn an_organisation_is_found_chosen_or_added() {
    for app in TestApp::on_each_database().await {
        let id = event(&app, |new| {
            new.audience = EventAudience::PublicSector;
            new.capacity = 20;
        })
        .await;
        let mut visitor = app.visitor();
        // None: the event is for certain organisations.
        let page = guest(&mut visitor, id, "a@example.test").await;
        assert_eq!(page.status, 422);
        assert!(page.has("Norādiet organizāciju"), "{}", page.text);

        let with = |more: &[(&'static str, &'static str)]| [&GUEST[..], more].concat();
        let unknown = ("organisation", "Neesošā pārvalde");
        let page = visitor.post(&address(id), &with(&[unknown])).await;
        assert_eq!(page.status, 422);
        assert!(page.has("Sarakstā nav, pievienojiet"), "{}", page.text);
        let new = ("organisation_id", "new");
        let page = visitor.post(&address(id), &with(&[unknown, new])).await;
        assert_eq!(page.status, 422, "its kind is missing");
        let kind = ("organisation_kind", "enterprise-small");
        let page = visitor
            .post(&address(id), &with(&[unknown, new, kind]))
            .await;
        assert!(page.has("citu organizāciju pārstāvjiem"), "{}", page.text);
        let kind = ("organisation_kind", "municipal-institution");
        let page = visitor
            .post(&address(id), &with(&[unknown, new, kind]))
            .await;
        assert_eq!(page.status, 303, "{}", page.text);
    }
}

#[actix_web::test]
async fn a_place_that_is_not_confirmed_goes_to_the_next_by_the_periodic_task() {
    for app in TestApp::on_each_database().await {
        let id = event(&app, |new| new.offer_hours = 24).await;
        guest(&mut app.visitor(), id, "a@example.test").await;
        let mut learner = app.client(Who::Learner).await;
        let page = learner.post(&address(id), &[]).await;
        let own = page.location().to_owned();
        app.clock_control.advance(TimeDelta::hours(24));
        registrations::settle_due(&app.app.registrations)
            .await
            .unwrap();
        let mut learner = app.client(Who::Learner).await;
        let page = learner.get(&own).await;
        assert!(page.has("Jums piedāvāta brīva vieta"), "{}", page.text);
        let mail = app.last_mail_to(&learner.email).await;
        assert!(
            mail.subject.contains("Jums ir brīva vieta"),
            "{}",
            mail.subject
        );
        let page = learner.post(&format!("{own}/accept"), &[]).await;
        assert!(learner.follow(&page).await.has("Jums ir vieta"));
    }
}

#[actix_web::test]
async fn closed_and_unknown_events_take_no_registrations() {
    for app in TestApp::on_each_database().await {
        let now = app.now();
        let early = event(&app, |new| new.opens_at = Some(now + TimeDelta::days(1))).await;
        let late = event(&app, |new| new.closes_at = Some(now)).await;
        let mut learner = app.client(Who::Learner).await;
        for (id, words) in [
            (early, "Pieteikties varēs no"),
            (late, "Pieteikšanās beidzās"),
        ] {
            assert!(learner.get(&address(id)).await.has(words));
            let page = learner.post(&address(id), &[]).await;
            assert_eq!(page.status, 409);
            assert!(page.has(words), "{}", page.text);
        }
        let unknown = EventId::from_u128(7);
        assert_eq!(learner.get(&address(unknown)).await.status, 404);
        assert_eq!(learner.post(&address(unknown), &[]).await.status, 404);
        let page = learner.get("/lv/registrations/nothing").await;
        assert_eq!(page.status, 404);
    }
}

#[actix_web::test]
async fn participants_are_reminded_once_for_each_moment() {
    for app in TestApp::on_each_database().await {
        let id = event(&app, |new| new.reminder_minutes = vec![10_080, 1_440]).await;
        let mut learner = app.client(Who::Learner).await;
        learner.post(&address(id), &[]).await;
        let reminders = async || {
            registrations::remind(&app.app.registrations).await.unwrap();
            let mails = app.mails_to(&learner.email).await;
            let is_reminder = |subject: &str| subject.starts_with("Drīz sāksies");
            mails
                .iter()
                .filter(|mail| is_reminder(&mail.subject))
                .count()
        };
        assert_eq!(reminders().await, 0, "two weeks before");
        app.clock_control.advance(TimeDelta::days(7));
        assert_eq!((reminders().await, reminders().await), (1, 1));
        app.clock_control.advance(TimeDelta::days(6));
        assert_eq!(reminders().await, 2);
        app.clock_control.advance(TimeDelta::days(1));
        assert_eq!(reminders().await, 2, "it has begun");
    }
}

#[actix_web::test]
async fn what_was_needed_is_deleted_some_days_after_the_event() {
    for app in TestApp::on_each_database().await {
        let id = event(&app, |new| new.needs_kept_days = 30).await;
        let mut learner = app.client(Who::Learner).await;
        learner.post(&address(id), &[("diet", "Bez piena")]).await;
        let kept = async || {
            let found = registration_needs::Entity::find().all(app.db.read()).await;
            found.unwrap().len()
        };
        let purge = async || {
            registrations::purge_needs(&app.app.registrations)
                .await
                .unwrap()
        };
        app.clock_control.advance(TimeDelta::days(14 + 29));
        assert_eq!((purge().await, kept().await), (0, 1));
        app.clock_control.advance(TimeDelta::days(2));
        assert_eq!((purge().await, kept().await), (1, 0));
        assert_eq!(purge().await, 0);
    }
}

#[actix_web::test]
async fn what_was_needed_is_in_no_dump_and_after_its_deletion_in_no_file() {
    const TEXTS: [&str; 3] = ["ratiņkrēslāKustos", "bezLaktozesMaltītes", "13, 11, 16"];
    for app in TestApp::on_each_database().await {
        let id = event(&app, |new| new.needs_kept_days = 30).await;
        let needs = [
            ("accessibility", TEXTS[0]),
            ("diet", TEXTS[1]),
            ("children", TEXTS[2]),
            ("interpreter", "yes"),
        ];
        let mut visitor = app.visitor();
        let fields = [&GUEST[..], &needs].concat();
        assert_eq!(visitor.post(&address(id), &fields).await.status, 303);
        let link = app.last_mail_to("zanda@example.test").await.link();
        visitor.post(&format!("{link}/confirm"), &[]).await;
        let more = format!("{} un pandusu", TEXTS[0]);
        let changed = [needs[1], needs[2], ("accessibility", more.as_str())];
        let page = visitor.post(&format!("{link}/change"), &changed).await;
        assert_eq!(page.status, 303, "{}", page.text);
        assert!(visitor.get(&link).await.has("un pandusu"));
        // The next one gets the place, so that there are mails of every kind.
        guest(&mut app.visitor(), id, "otra@example.test").await;
        let second = app.last_mail_to("otra@example.test").await.link();
        app.visitor().post(&format!("{second}/confirm"), &[]).await;
        visitor.post(&format!("{link}/cancel"), &[]).await;
        let mails: String = app.deliver().await.into_values().collect();

        let kept = registration_needs::Entity::find().one(app.db.read()).await;
        let sealed = kept.unwrap().unwrap().sealed;
        let before = app.db.dump().await;
        assert!(before.contains(&sealed), "the dump has every table");
        for text in TEXTS {
            assert!(!before.contains(text) && !mails.contains(text), "{text}");
            assert_eq!(app.db.files_with(text), [""; 0], "{text}");
        }
        assert!(!before.contains("[13,11,16]"));

        app.clock_control.advance(TimeDelta::days(14 + 31));
        let purged = registrations::purge_needs(&app.app.registrations).await;
        assert_eq!(purged.unwrap(), 1);
        let after = app.db.dump().await;
        assert!(after.contains("registration-needs.purged"), "{after}");
        assert!(!after.contains(&sealed));
        assert_eq!(app.db.files_with(&sealed), [""; 0]);
        // It was there: the files are read as they are.
        let number = "zanda@example.test";
        let is_sqlite = app.db.path().is_some();
        assert_eq!(!app.db.files_with(number).is_empty(), is_sqlite);
    }
}

#[actix_web::test]
async fn needs_stay_readable_with_a_new_key_when_the_earlier_one_is_removed() {
    const NEED: &str = "ratiņkrēslāKustos";
    for app in TestApp::on_each_database().await {
        let id = event(&app, |_| ()).await;
        let mut visitor = app.visitor();
        let fields = [&GUEST[..], &[("accessibility", NEED)]].concat();
        assert_eq!(visitor.post(&address(id), &fields).await.status, 303);
        let link = app.last_mail_to("zanda@example.test").await.link();
        visitor.post(&format!("{link}/confirm"), &[]).await;
        let keys = &app.app.field_keys;
        let earlier = keys.list().pop().unwrap().id;
        keys.add(app.now()).unwrap();
        let (count, used) = sealed::encrypt_anew(&app.db, keys).await.unwrap();
        assert_eq!((count, used.contains(&earlier)), (1, false));
        assert_eq!(keys.prune(&used, app.now()).unwrap().len(), 1);
        let dump = app.db.dump().await;
        assert!(!dump.contains(&format!("x1.{earlier}.")), "in no field");
        assert!(visitor.get(&link).await.has(NEED));
    }
}
