//! The events that anybody sees, and their calendar files.

use chrono::TimeDelta;
use server::{
    events::{EventStatus, Form},
    http::Lang,
    testing::{TestApp, Who, assert_admits},
};

use super::support::{DISCUSSIONS, SEMINARS, add, discussion, session, wednesday};

#[actix_web::test]
async fn announced_events_are_for_everybody_and_drafts_for_nobody() {
    let app = TestApp::start().await;
    let by = app.client(Who::Manager).await.account_id;
    let announced = discussion(DISCUSSIONS, "Saruna par darbu", wednesday());
    let announced = add(&app, by, announced, true).await;
    let draft = discussion(DISCUSSIONS, "Melnraksts", wednesday());
    let draft = add(&app, by, draft, false).await;
    for path in [
        "/lv/events?q=saruna&form=remote&page=2".to_owned(),
        "/en/events.ics".to_owned(),
        format!("/lv/events/{announced}"),
        format!("/en/events/{announced}/event.ics"),
    ] {
        assert_admits(&app, &path, &Who::ALL).await;
    }
    let mut manager = app.client(Who::Manager).await;
    for path in ["", "/event.ics"] {
        let path = format!("/lv/events/{draft}{path}");
        assert_eq!(manager.get(&path).await.status, 404, "{path}");
    }
    for path in ["/lv/events", "/lv/events.ics"] {
        let page = manager.get(path).await;
        assert!(
            page.has("Saruna par darbu") && !page.has("Melnraksts"),
            "{path}"
        );
    }
}

#[actix_web::test]
async fn the_link_to_join_is_shown_to_nobody() {
    let app = TestApp::start().await;
    let by = app.client(Who::Manager).await.account_id;
    let mut new = discussion(DISCUSSIONS, "Saruna par darbu", wednesday());
    new.sessions[0].form = Form::Both;
    new.sessions[0].remote_url = "https://slepena.example.lv/x".to_owned();
    let id = add(&app, by, new, true).await;
    let mut visitor = app.visitor();
    for path in ["", "/event.ics"] {
        let page = visitor.get(&format!("/lv/events/{id}{path}")).await;
        assert!(
            page.has("Saruna par darbu") && !page.has("slepena"),
            "{path}"
        );
    }
    assert!(!visitor.get("/lv/events.ics").await.has("slepena"));
}

#[actix_web::test]
async fn the_public_list_is_narrowed_by_each_filter() {
    for app in TestApp::on_each_database().await {
        let by = app.client(Who::Manager).await.account_id;
        let begins = wednesday();
        let first = discussion(DISCUSSIONS, "Āra darbi", begins);
        add(&app, by, first, true).await;
        let mut second = discussion(SEMINARS, "Bērni", begins + TimeDelta::days(40));
        second.kind = "seminar".to_owned();
        second.audience = server::programme::EventAudience::Employers;
        second.sessions[0].form = Form::Remote;
        second.sessions[0].city = String::new();
        let mut in_cesis = session(begins + TimeDelta::days(41));
        in_cesis.city = "Cēsis".to_owned();
        second.sessions.push(in_cesis);
        add(&app, by, second, true).await;
        let past = discussion(DISCUSSIONS, "Pagājusī", app.now() - TimeDelta::days(9));
        add(&app, by, past, true).await;
        let mut visitor = app.visitor();
        for (query, found) in [
            ("", [true, true, false]),
            ("city=R%C4%ABga", [true, false, false]),
            ("city=C%C4%93sis", [false, true, false]),
            ("form=remote", [false, true, false]),
            ("form=in-person", [true, true, false]),
            ("kind=seminar", [false, true, false]),
            ("audience=public-sector", [true, false, false]),
            ("month=2027-03", [false, true, false]),
            ("free=yes", [true, true, false]),
            ("when=past", [false, false, true]),
            ("q=cesis", [false, true, false]),
            ("q=nekas", [false, false, false]),
        ] {
            let page = visitor.get(&format!("/lv/events?{query}")).await;
            let shown = ["Āra darbi", "Bērni", "Pagājusī"].map(|title| page.has(title));
            assert_eq!(shown, found, "{query}");
        }
        let text = visitor.get("/lv/events").await.text;
        assert!(
            text.find("Āra darbi") < text.find("Bērni"),
            "the next one first"
        );
    }
}

#[actix_web::test]
async fn the_page_of_an_event_says_whether_one_can_register() {
    for app in TestApp::on_each_database().await {
        let by = app.client(Who::Manager).await.account_id;
        let mut new = discussion(DISCUSSIONS, "Saruna par darbu", wednesday());
        let opens = wednesday() - TimeDelta::days(7);
        new.opens_at = Some(opens);
        let (closes, ends) = (new.closes_at.unwrap(), new.sessions[0].ends_at);
        let id = add(&app, by, new, true).await;
        let path = format!("/lv/events/{id}");
        let register = format!("{path}/register");
        let mut visitor = app.visitor();
        let now = app.now();
        for (at, said, can_register) in [
            (now, "Pieteikšanās sāksies 03.02.2027. 10.00", false),
            (opens, "Brīvas 20 vietas", true),
            (closes, "Pieteikšanās ir beigusies", false),
            (ends, "Pasākums ir noticis", false),
        ] {
            app.clock_control.set(at);
            let page = visitor.get(&path).await;
            assert!(page.has(said), "{said}: {}", page.text);
            assert_eq!(page.has(&register), can_register, "{said}");
        }
        app.clock_control.set(opens);
        let mut manager = app.client(Who::Manager).await;
        let cancel = format!("/lv/organise/events/{id}/cancel");
        let page = manager
            .post(&cancel, &[("cancel_reason", "Saslima lektore.")])
            .await;
        assert_eq!(page.status, 303);
        let page = visitor.get(&path).await;
        assert!(page.has("Pasākums ir atcelts") && page.has("Saslima lektore."));
        assert!(!page.has(&register));
        assert!(!visitor.get("/lv/events").await.has("Saruna par darbu"));
    }
}

#[actix_web::test]
async fn a_calendar_file_has_every_session_in_utc() {
    let app = TestApp::start().await;
    let by = app.client(Who::Manager).await.account_id;
    // Ten o'clock before and after the clock is moved forward.
    let mut new = discussion(
        DISCUSSIONS,
        "Saruna par darbu",
        "2027-03-27T08:00:00Z".parse().unwrap(),
    );
    new.sessions
        .push(session("2027-03-29T07:00:00Z".parse().unwrap()));
    let id = add(&app, by, new, true).await;
    let event = server::events::find(app.db.read(), id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(event.row.status, EventStatus::Published);
    let mut visitor = app.visitor();
    for lang in Lang::ALL {
        let page = visitor.get(&format!("/{lang}/events/{id}/event.ics")).await;
        let kind = page.headers.get("content-type").unwrap();
        assert_eq!(kind, "text/calendar; charset=utf-8");
        let joined = page.text.replace("\r\n ", "");
        assert_eq!(joined.matches("BEGIN:VEVENT").count(), 2);
        assert!(joined.contains("METHOD:PUBLISH"));
        for expected in [
            "DTSTART:20270327T080000Z",
            "DTSTART:20270329T070000Z",
            "SEQUENCE:0",
        ] {
            assert!(joined.contains(expected), "{expected}: {joined}");
        }
        for session in &event.sessions {
            let uid = format!("UID:event-{id}-{}@iespeja.localhost", session.id);
            assert!(joined.contains(&uid), "{uid}: {joined}");
        }
    }
    // What is over is no longer in the feed.
    assert!(visitor.get("/lv/events.ics").await.has("BEGIN:VEVENT"));
    app.clock_control
        .set("2027-03-30T07:00:00Z".parse().unwrap());
    assert!(!visitor.get("/lv/events.ics").await.has("BEGIN:VEVENT"));
}
