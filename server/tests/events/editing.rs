//! Making, changing, announcing and cancelling events.

use chrono::TimeDelta;
use sea_orm::EntityTrait as _;
use server::{
    db::entity::event,
    events::{self, Event, EventStatus, Form},
    ids::EventId,
    testing::{Client, Page, TestApp, Who},
};

use super::support::{DISCUSSIONS, SEMINARS, add, discussion, give, wednesday};

/// A form that is right: one session in person.
const GOOD: [(&str, &str); 30] = [
    ("do", "save"),
    ("strand", DISCUSSIONS),
    ("title_lv", "Saruna par darbu"),
    ("title_en", ""),
    ("summary_lv", "Par ko runāsim.\r\nUn kāpēc."),
    ("summary_en", ""),
    ("language", "lv"),
    ("audience", "everyone"),
    ("lecturers", "Anna Parauga"),
    ("contact_email", "jautajumi@example.lv"),
    ("capacity", "20"),
    ("minimum", "5"),
    ("opens_day", ""),
    ("opens_time", ""),
    ("closes_day", ""),
    ("closes_time", ""),
    ("cancel_day", ""),
    ("cancel_time", ""),
    ("offer_hours", "24"),
    ("needs_kept_days", "30"),
    ("reminder", "1440"),
    ("session-1-day", "10.02.2027."),
    ("session-1-begins", "10.00"),
    ("session-1-ends", "13.00"),
    ("session-1-form", "in-person"),
    ("session-1-city", "Rīga"),
    ("session-1-address", "Paraugu iela 1"),
    ("session-1-room", "101"),
    ("session-1-accessibility", "Lifts"),
    ("session-1-remote_url", ""),
];

const SECOND: [(&str, &str); 5] = [
    ("session-2-day", "2027-02-11"),
    ("session-2-begins", "10:00"),
    ("session-2-ends", "12:00"),
    ("session-2-form", "remote"),
    ("session-2-remote_url", "https://saite.example.lv/x"),
];

const NEW: &str = "/lv/organise/events/new/discussion";

fn changed<'a>(form: &[(&'a str, &'a str)], by: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut form = form.to_vec();
    for (name, value) in by {
        match form.iter_mut().find(|(known, _)| known == name) {
            Some(field) => field.1 = value,
            None => form.push((name, value)),
        }
    }
    form
}

fn made(page: &Page) -> EventId {
    assert_eq!(page.status, 303, "{}", page.text);
    page.location().rsplit('/').next().unwrap().parse().unwrap()
}

async fn stored(app: &TestApp, id: EventId) -> Event {
    events::find(app.db.read(), id).await.unwrap().unwrap()
}

/// What a page says is wrong with a field.
fn told(page: &Page, field: &str) -> String {
    let text = page.text.replace("&quot;", "\"");
    let (_, rest) = text
        .split_once(&format!("id=\"{field}-error\">"))
        .unwrap_or_else(|| panic!("{field} is right: {}", page.text));
    let (told, _) = rest.split_once("</p>").unwrap();
    told.rsplit("</span> ").next().unwrap().to_owned()
}

fn edit(id: EventId) -> String {
    format!("/lv/organise/events/{id}/edit")
}

/// The form of an event as a browser would send it back.
async fn opened(client: &mut Client, id: EventId) -> Vec<(String, String)> {
    let page = client.get(&edit(id)).await;
    assert_eq!(page.status, 200, "{}", page.text);
    let value = |name: &str| {
        let (_, rest) = page
            .text
            .split_once(&format!("name=\"{name}\""))
            .unwrap_or_else(|| panic!("no {name}: {}", page.text));
        let (tag, _) = rest.split_once('>').unwrap();
        let value = tag.split("value=\"").nth(1).unwrap_or_default();
        value.split('"').next().unwrap().to_owned()
    };
    let taken = ["version", "session-1-id", "closes_day", "closes_time"];
    taken
        .iter()
        .map(|name| ((*name).to_owned(), value(name)))
        .collect()
}

#[actix_web::test]
async fn an_event_is_made_from_what_was_typed() {
    for app in TestApp::on_each_database().await {
        let mut organiser = app.client(Who::Organiser).await;
        give(&app, organiser.account_id, DISCUSSIONS).await;
        // What the kind begins with.
        let form = organiser.get(NEW).await;
        assert!(form.has("name=\"capacity\"") && form.has("value=\"20\""));
        let both = changed(&GOOD, &SECOND);
        let with_material = [
            ("material-1-title", "Kārtība"),
            ("material-1-url", "https://example.lv/a.pdf"),
            ("material-2-title", ""),
            ("material-2-url", ""),
        ];
        let id = made(&organiser.post(NEW, &changed(&both, &with_material)).await);
        let event = stored(&app, id).await;
        assert_eq!(event.row.status, EventStatus::Draft);
        assert_eq!(event.row.summary_lv, "Par ko runāsim.\nUn kāpēc.");
        assert_eq!(event.row.starts_at, wednesday());
        assert_eq!(event.sessions.len(), 2);
        assert_eq!(event.sessions[1].form, Form::Remote);
        assert_eq!(event.sessions[1].remote_url, "https://saite.example.lv/x");
        // As the kind says: a day before.
        assert_eq!(event.closes_at(), wednesday() - TimeDelta::hours(24));
        assert_eq!(event.reminders(), [1440]);
        let materials = events::materials(app.db.read(), id).await.unwrap();
        assert_eq!(materials.len(), 1, "an empty line is none");
        // Of another strand they make none.
        let other = changed(&GOOD, &[("strand", SEMINARS)]);
        let page = organiser.post(NEW, &other).await;
        assert_eq!(page.status, 422);
        assert_eq!(told(&page, "strand"), "Izvēlieties virzienu");
    }
}

/// Changed fields of a form, the field that is wrong, and the words that say so.
type Refused<'a> = (&'a [(&'a str, &'a str)], &'a str, &'a str);

#[actix_web::test]
async fn bad_input_is_told_beside_its_field_and_what_was_typed_stays() {
    let app = TestApp::start().await;
    let mut manager = app.client(Who::Manager).await;
    let cases: &[Refused] = &[
        (
            &[("session-1-ends", "09.00")],
            "session-1-ends",
            "Beigām jābūt",
        ),
        (
            &[("session-1-ends", "10:00")],
            "session-1-ends",
            "Beigām jābūt",
        ),
        (
            &[("session-1-day", "")],
            "session-1-day",
            "Ierakstiet dienu",
        ),
        (
            &[("session-1-day", "31.02.2027.")],
            "session-1-day",
            "Tādas dienas nav",
        ),
        (
            &[("session-1-begins", "25:00")],
            "session-1-begins",
            "Tāda laika nav",
        ),
        (
            &[("session-1-day", "2026-11-22")],
            "session-1-day",
            "jau ir pagājis",
        ),
        (
            &[
                ("session-1-day", "2027-03-28"),
                ("session-1-begins", "03:30"),
            ],
            "session-1-begins",
            "tāda laika nav",
        ),
        (
            &[
                ("session-1-day", "2027-10-31"),
                ("session-1-begins", "03:30"),
                ("session-1-ends", "08:00"),
            ],
            "session-1-begins",
            "divreiz",
        ),
        (&[("capacity", "0")], "capacity", "vismaz 1"),
        (&[("capacity", "-3")], "capacity", "vismaz 1"),
        (&[("capacity", "21")], "capacity", "ne vairāk kā 20"),
        (&[("capacity", "99999999999")], "capacity", "vismaz 1"),
        (
            &[("minimum", "25"), ("capacity", "20")],
            "minimum",
            "nevar būt lielāks",
        ),
        (
            &[("closes_day", "2027-02-11"), ("closes_time", "10:00")],
            "closes_day",
            "pēc pasākuma sākuma",
        ),
        (
            &[("cancel_day", "2027-02-11"), ("cancel_time", "10:00")],
            "cancel_day",
            "pēc pasākuma sākuma",
        ),
        (
            &[("opens_day", "2027-02-10"), ("opens_time", "09:00")],
            "opens_day",
            "pirms tās beigām",
        ),
        (&[("opens_time", "09:00")], "opens_day", "Ierakstiet dienu"),
        (
            &[("opens_day", "2027-01-10")],
            "opens_time",
            "Ierakstiet laiku",
        ),
        (
            &[("session-1-remote_url", "http://a.lv")],
            "session-1-remote_url",
            "https://",
        ),
        (
            &[
                ("material-1-title", "x"),
                ("material-1-url", "javascript:alert(1)"),
            ],
            "material-1-url",
            "https://",
        ),
        (
            &[
                ("session-2-day", "2027-02-10"),
                ("session-2-begins", "12:00"),
                ("session-2-ends", "14:00"),
                ("session-2-form", "remote"),
            ],
            "session-2-begins",
            "pārklājas ar 1. dienu",
        ),
    ];
    for (by, field, expected) in cases {
        let page = manager.post(NEW, &changed(&GOOD, by)).await;
        assert_eq!(page.status, 422, "{by:?}");
        let told = told(&page, field);
        assert!(told.contains(expected), "{by:?}: {told}");
        assert!(
            page.has(&format!("href=\"#{field}\"")),
            "{by:?}: in the summary"
        );
        assert!(
            page.has("Saruna par darbu") && page.has("Paraugu iela 1"),
            "{by:?}"
        );
        for (name, value) in *by {
            let shown = page.has(value) || page.has(&value.replace('/', "&#x2F;"));
            assert!(shown, "{by:?}: {name} is shown again");
        }
    }
    assert!(
        event::Entity::find()
            .one(app.db.read())
            .await
            .unwrap()
            .is_none()
    );
    // Which of the two half past threes is meant, can be said.
    let autumn = [
        ("session-1-day", "2027-10-31"),
        ("session-1-begins", "03:30"),
        ("session-1-ends", "08:00"),
    ];
    let page = manager.post(NEW, &changed(&GOOD, &autumn)).await;
    assert!(page.has("name=\"session-1-begins_which\""));
    let second = changed(&autumn, &[("session-1-begins_which", "second")]);
    let id = made(&manager.post(NEW, &changed(&GOOD, &second)).await);
    let event = stored(&app, id).await;
    assert_eq!(
        event.row.starts_at.to_rfc3339(),
        "2027-10-31T01:30:00+00:00"
    );
    // It is shown as it was typed.
    assert!(
        manager
            .get(&edit(id))
            .await
            .has("value=\"second\" selected")
    );
}

#[actix_web::test]
async fn sessions_and_materials_are_added_and_removed_without_scripts() {
    let app = TestApp::start().await;
    let mut manager = app.client(Who::Manager).await;
    let press = |wish| changed(&GOOD, &[("do", wish), ("capacity", "many")]);
    let page = manager.post(NEW, &press("add-session")).await;
    assert_eq!(page.status, 200);
    // A day later, at the same place; nothing is checked yet, nothing is lost.
    assert!(page.has("name=\"session-2-day\"") && page.has("value=\"2027-02-11\""));
    assert!(page.has("value=\"many\"") && !page.has("capacity-error"));
    let page = manager.post(NEW, &press("add-material")).await;
    assert!(page.has("name=\"material-1-title\""));
    let two = changed(&press("remove-session-1"), &SECOND);
    let page = manager.post(NEW, &two).await;
    assert!(page.has("value=\"2027-02-11\"") && !page.has("session-2-day"));
    assert!(!page.has("Paraugu iela 1"));
    // The only one stays, and any number is taken.
    for wish in ["remove-session-1", "remove-session-99", "remove-material-x"] {
        let page = manager.post(NEW, &press(wish)).await;
        assert_eq!(page.status, 200, "{wish}");
        assert!(page.has("Paraugu iela 1"), "{wish}");
    }
}

#[actix_web::test]
async fn a_draft_is_announced_when_nothing_is_missing() {
    for app in TestApp::on_each_database().await {
        let mut manager = app.client(Who::Manager).await;
        let bare = [
            ("title_lv", ""),
            ("session-1-form", "both"),
            ("session-1-city", ""),
        ];
        let id = made(&manager.post(NEW, &changed(&GOOD, &bare)).await);
        let own = format!("/lv/organise/events/{id}");
        let page = manager.get(&own).await;
        for lacks in [
            "Ierakstiet nosaukumu latviešu valodā",
            "Ierakstiet pilsētu vai ciemu",
            "Ierakstiet tiešsaistes saiti",
        ] {
            assert!(page.has(lacks), "{lacks}: {}", page.text);
        }
        let publish = format!("{own}/publish");
        assert_eq!(manager.post(&publish, &[]).await.status, 303);
        assert_eq!(stored(&app, id).await.row.status, EventStatus::Draft);

        let held = opened(&mut manager, id).await;
        let held: Vec<_> = held.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let page = manager.post(&edit(id), &changed(&GOOD, &held)).await;
        assert_eq!(made(&page), id);
        for _ in 0..2 {
            assert_eq!(manager.post(&publish, &[]).await.status, 303);
        }
        let event = stored(&app, id).await;
        assert_eq!(event.row.status, EventStatus::Published);
        assert_eq!(event.row.published_at, Some(app.now()));

        // An announced event keeps what it needs.
        let held = opened(&mut manager, id).await;
        let mut held: Vec<_> = held.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        held.push(("title_lv", ""));
        let page = manager.post(&edit(id), &changed(&GOOD, &held)).await;
        assert_eq!(page.status, 422);
        assert!(told(&page, "title_lv").contains("latviešu valodā"));
    }
}

#[actix_web::test]
async fn a_change_of_time_or_place_is_counted_and_sessions_stay_the_same() {
    for app in TestApp::on_each_database().await {
        let mut manager = app.client(Who::Manager).await;
        let new = discussion(DISCUSSIONS, "Saruna par darbu", wednesday());
        let id = add(&app, manager.account_id, new, true).await;
        let session = stored(&app, id).await.sessions[0].id;
        for (by, sequence) in [
            (vec![("lecturers", "Cita Parauga")], 0),
            (vec![("session-1-room", "102")], 1),
            (
                vec![("session-1-room", "102"), ("session-1-begins", "11:00")],
                2,
            ),
        ] {
            let held = opened(&mut manager, id).await;
            let mut all: Vec<_> = held.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            all.extend(by);
            let page = manager.post(&edit(id), &changed(&GOOD, &all)).await;
            assert_eq!(made(&page), id);
            let event = stored(&app, id).await;
            assert_eq!(event.row.sequence, sequence);
            assert_eq!(event.sessions[0].id, session);
        }
        // A session before the first one.
        let held = opened(&mut manager, id).await;
        let mut all: Vec<_> = held.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        all.extend(SECOND);
        all.extend([
            ("session-2-day", "2027-02-09"),
            ("closes_day", "2027-02-08"),
        ]);
        let all = changed(&[], &all);
        assert_eq!(
            made(&manager.post(&edit(id), &changed(&GOOD, &all)).await),
            id
        );
        let event = stored(&app, id).await;
        assert_eq!(event.sessions.len(), 2);
        assert_eq!(event.sessions[1].id, session);
        assert_eq!(event.row.starts_at, event.sessions[0].starts_at);
    }
}

#[actix_web::test]
async fn a_form_that_is_older_than_a_change_is_refused_with_what_changed() {
    for app in TestApp::on_each_database().await {
        let mut one = app.client(Who::Manager).await;
        let mut other = app.client(Who::Organiser).await;
        give(&app, other.account_id, DISCUSSIONS).await;
        let id = made(&one.post(NEW, &GOOD).await);
        let held = opened(&mut one, id).await;
        let held: Vec<_> = held.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let with = |by: &[(&'static str, &'static str)]| {
            let form = changed(&GOOD, &held);
            changed(&form, by)
        };
        let first = with(&[("title_lv", "Citas nosaukums")]);
        assert_eq!(made(&other.post(&edit(id), &first).await), id);
        let page = one.post(&edit(id), &with(&[("capacity", "15")])).await;
        assert_eq!(page.status, 409);
        assert!(page.has("ir mainījis kāds cits") && page.has("Citas nosaukums"));
        assert!(page.has("value=\"15\""), "what was typed stays");
        assert_eq!(stored(&app, id).await.row.title_lv, "Citas nosaukums");
        // The same form twice is one change.
        assert_eq!(made(&other.post(&edit(id), &first).await), id);
        // Sent again, with what is stored now known, it is taken.
        let version = page.text.split("name=\"version\" value=\"").nth(1).unwrap();
        let version = version.split('"').next().unwrap();
        let again = with(&[("capacity", "15")]);
        let again = changed(&again, &[("version", version)]);
        assert_eq!(made(&one.post(&edit(id), &again).await), id);
        assert_eq!(stored(&app, id).await.row.capacity, 15);
    }
}

#[actix_web::test]
async fn an_event_is_cancelled_with_a_reason() {
    for app in TestApp::on_each_database().await {
        let mut manager = app.client(Who::Manager).await;
        let new = discussion(DISCUSSIONS, "Saruna par darbu", wednesday());
        let id = add(&app, manager.account_id, new, true).await;
        let path = format!("/lv/organise/events/{id}/cancel");
        assert!(manager.get(&path).await.has("paziņos 0 cilvēkiem"));
        let page = manager.post(&path, &[("cancel_reason", " ")]).await;
        assert_eq!(page.status, 422);
        let reason = [("cancel_reason", "Saslima lektore.")];
        for _ in 0..2 {
            assert_eq!(manager.post(&path, &reason).await.status, 303);
        }
        let event = stored(&app, id).await;
        assert_eq!(event.row.status, EventStatus::Cancelled);
        assert_eq!(event.row.cancel_reason, "Saslima lektore.");
        assert_eq!(event.row.sequence, 1);
        // It is changed no more.
        assert_eq!(manager.get(&edit(id)).await.status, 409);
        assert_eq!(manager.get(&path).await.status, 409);
    }
}

#[actix_web::test]
async fn an_event_like_another_one_keeps_its_times_of_day() {
    for app in TestApp::on_each_database().await {
        let mut manager = app.client(Who::Manager).await;
        let new = discussion(DISCUSSIONS, "Saruna par darbu", wednesday());
        let id = add(&app, manager.account_id, new, true).await;
        let path = format!("/lv/organise/events/{id}/duplicate");
        for (day, why) in [("", "Tādas dienas nav"), ("2026-11-22", "pagājis")] {
            let page = manager.post(&path, &[("first_day", day)]).await;
            assert_eq!(page.status, 422);
            assert!(told(&page, "first_day").contains(why));
        }
        // In summer time.
        let page = manager.post(&path, &[("first_day", "14.04.2027.")]).await;
        let copy = stored(&app, made(&page)).await;
        assert_eq!(copy.row.status, EventStatus::Draft);
        assert_eq!(copy.row.title_lv, "Saruna par darbu");
        assert_eq!(copy.row.starts_at.to_rfc3339(), "2027-04-14T07:00:00+00:00");
        assert_eq!(copy.closes_at().to_rfc3339(), "2027-04-13T07:00:00+00:00");
    }
}

#[actix_web::test]
async fn only_a_draft_is_deleted() {
    for app in TestApp::on_each_database().await {
        let mut manager = app.client(Who::Manager).await;
        let draft = made(&manager.post(NEW, &GOOD).await);
        let path = format!("/lv/organise/events/{draft}/delete");
        assert_eq!(manager.get(&path).await.status, 200);
        assert_eq!(manager.post(&path, &[]).await.status, 303);
        assert!(events::find(app.db.read(), draft).await.unwrap().is_none());
        assert_eq!(manager.post(&path, &[]).await.status, 404);
        let new = discussion(DISCUSSIONS, "Saruna par darbu", wednesday());
        let id = add(&app, manager.account_id, new, true).await;
        let path = format!("/lv/organise/events/{id}/delete");
        assert_eq!(manager.get(&path).await.status, 409);
        assert_eq!(manager.post(&path, &[]).await.status, 409);
        assert_eq!(stored(&app, id).await.row.status, EventStatus::Published);
    }
}
