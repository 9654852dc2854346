//! Guesses of passwords are delayed; the owner of the account is not (decision 15). Delays are
//! recorded instead of waited for, so that the tests do not depend on time.

use std::{
    io,
    sync::{Arc, Mutex},
    time::Duration,
};

use chrono::TimeDelta;
use server::{
    certificates::Code,
    http::limits::LONGEST_WAIT,
    testing::{Client, TestApp},
};

use super::{PASSWORD, registered, sign_in};

const EMAIL: &str = "eva@example.test";
const WRONG: &str = "brūns lācis zvejo vētrā";
const OFFICE: &str = "192.0.2.1";
const ELSEWHERE: &str = "198.51.100.7";
/// No delays.
const NONE: [Duration; 0] = [];

/// The longest delay because of failures elsewhere.
const FOR_OTHERS: Duration = Duration::from_millis(500);

async fn on_each_database() -> Vec<TestApp> {
    let mut apps = Vec::new();
    for db in server::db::testing::databases().await {
        apps.push(TestApp::build().waits_noted().start_on(db).await);
    }
    apps
}

/// Guesses once; returns the delay.
async fn guess(app: &TestApp, client: &mut Client, email: &str) -> Duration {
    let page = sign_in(client, email, WRONG).await;
    assert_eq!(page.status, 422, "{}", page.text);
    app.waits().into_iter().sum()
}

/// Signs in; returns the delay.
async fn signed_in(app: &TestApp, client: &mut Client, email: &str) -> Duration {
    let page = sign_in(client, email, PASSWORD).await;
    assert_eq!(page.status, 303, "{}", page.text);
    app.waits().into_iter().sum()
}

/// Guesses until the delay is longest.
async fn guess_at_length(app: &TestApp, address: &str, email: &str) {
    let mut guesser = app.visitor().at(address);
    for _ in 0..12 {
        guess(app, &mut guesser, email).await;
    }
    assert_eq!(guess(app, &mut guesser, email).await, LONGEST_WAIT);
}

#[actix_web::test]
async fn responses_to_a_guesser_are_delayed_and_the_right_password_is_accepted() {
    for app in on_each_database().await {
        registered(&app, EMAIL).await;
        let mut waits = Vec::new();
        for _ in 0..20 {
            let mut guesser = app.visitor().at(OFFICE);
            waits.push(guess(&app, &mut guesser, EMAIL).await);
        }
        assert_eq!(waits[..3], [Duration::ZERO; 3], "slips are free");
        assert!(waits.is_sorted() && waits[3] > Duration::ZERO, "{waits:?}");
        assert_eq!(waits[19], LONGEST_WAIT, "and never longer");

        let mut here = app.visitor().at(OFFICE);
        let wait = signed_in(&app, &mut here, EMAIL).await;
        assert_eq!(wait, LONGEST_WAIT, "a new browser at the guesser's address");
        let mut elsewhere = app.visitor().at(ELSEWHERE);
        assert_eq!(signed_in(&app, &mut elsewhere, EMAIL).await, Duration::ZERO);
        let mut colleague = app.visitor().at(OFFICE);
        registered(&app, "anna@example.test").await;
        let wait = signed_in(&app, &mut colleague, "anna@example.test").await;
        assert_eq!(wait, Duration::ZERO, "another account at that address");

        app.clock_control.advance(TimeDelta::minutes(15));
        let wait = guess(&app, &mut here, EMAIL).await;
        assert_eq!(wait, Duration::ZERO, "forgotten");
    }
}

#[actix_web::test]
async fn delays_do_not_reveal_accounts() {
    let app = TestApp::build().waits_noted().start().await;
    registered(&app, EMAIL).await;
    let mut unconfirmed = app.visitor();
    unconfirmed
        .post("/lv/register", &[("email", "new@example.test")])
        .await;
    let mut all = Vec::new();
    for email in [EMAIL, "nobody@example.test", "new@example.test"] {
        let mut guesser = app.visitor().at(OFFICE);
        let mut waits = Vec::new();
        for _ in 0..9 {
            waits.push(guess(&app, &mut guesser, email).await);
        }
        all.push(waits);
    }
    assert!(all.iter().all(|waits| *waits == all[0]), "{all:?}");
}

#[actix_web::test]
async fn an_address_counts_however_it_is_typed() {
    let app = TestApp::build().waits_noted().start().await;
    guess_at_length(&app, OFFICE, EMAIL).await;
    let mut guesser = app.visitor().at(OFFICE);
    let wait = guess(&app, &mut guesser, " EVA@Example.Test ").await;
    assert_eq!(wait, LONGEST_WAIT);
    // An invalid address belongs to no account, and causes neither a delay nor a hash.
    for _ in 0..50 {
        assert_eq!(guess(&app, &mut guesser, "eva").await, Duration::ZERO);
    }
}

#[actix_web::test]
async fn a_known_browser_is_not_delayed() {
    for app in on_each_database().await {
        registered(&app, EMAIL).await;
        registered(&app, "anna@example.test").await;
        let mut eva = app.visitor().at(OFFICE);
        signed_in(&app, &mut eva, EMAIL).await;
        eva.post("/lv/sign-out", &[]).await;
        guess_at_length(&app, OFFICE, EMAIL).await;
        guess_at_length(&app, OFFICE, "anna@example.test").await;
        assert_eq!(signed_in(&app, &mut eva, EMAIL).await, Duration::ZERO);

        // The cookie is not a session, and has no effect for another account.
        let mark = eva.cookie("known").unwrap().to_owned();
        let mut thief = app.visitor().at(OFFICE);
        thief.set_cookie("known", &mark);
        assert_eq!(thief.get("/lv/me/profile").await.status, 303);
        let wait = guess(&app, &mut thief, "anna@example.test").await;
        assert_eq!(wait, LONGEST_WAIT);
        // For its own account it allows a few guesses without a delay.
        let mut waits = Vec::new();
        for _ in 0..12 {
            thief.set_cookie("known", &mark);
            waits.push(guess(&app, &mut thief, EMAIL).await);
        }
        assert_eq!(waits[..10], [Duration::ZERO; 10]);
        assert_eq!(waits[10..], [LONGEST_WAIT; 2]);

        // A shared computer is known to both who use it.
        app.clock_control.advance(TimeDelta::hours(1));
        signed_in(&app, &mut eva, "anna@example.test").await;
        guess_at_length(&app, OFFICE, EMAIL).await;
        guess_at_length(&app, OFFICE, "anna@example.test").await;
        for email in [EMAIL, "anna@example.test"] {
            assert_eq!(signed_in(&app, &mut eva, email).await, Duration::ZERO);
        }
    }
}

#[actix_web::test]
async fn a_new_password_makes_known_browsers_unknown() {
    for app in on_each_database().await {
        let mut eva = registered(&app, EMAIL).await.at(OFFICE);
        let mark = eva.cookie("known").unwrap().to_owned();
        eva.post("/lv/sign-out", &[]).await;
        eva.post("/lv/forgotten", &[("email", EMAIL)]).await;
        let link = app.last_mail_to(EMAIL).await.link();
        eva.post(&link, &[("password", PASSWORD)]).await;
        guess_at_length(&app, OFFICE, EMAIL).await;
        eva.set_cookie("known", &mark);
        assert_eq!(signed_in(&app, &mut eva, EMAIL).await, LONGEST_WAIT);
        assert_ne!(eva.cookie("known").unwrap(), mark);
    }
}

#[actix_web::test]
async fn a_network_where_many_passwords_are_wrong_waits_whatever_the_account() {
    for app in on_each_database().await {
        registered(&app, EMAIL).await;
        registered(&app, "anna@example.test").await;
        let mut known = app.visitor().at(OFFICE);
        signed_in(&app, &mut known, "anna@example.test").await;
        let mut waits = Vec::new();
        for number in 0..60 {
            let email = format!("{number}@example.test");
            let mut guesser = app.visitor().at(OFFICE);
            waits.push(guess(&app, &mut guesser, &email).await);
        }
        assert_eq!(waits[..20], [Duration::ZERO; 20], "a room full of slips");
        assert!(waits.is_sorted() && waits[59] == LONGEST_WAIT, "{waits:?}");
        let mut eva = app.visitor().at(OFFICE);
        assert_eq!(signed_in(&app, &mut eva, EMAIL).await, LONGEST_WAIT);
        let wait = signed_in(&app, &mut known, "anna@example.test").await;
        assert_eq!(wait, Duration::ZERO, "in a browser that signed in before");
        let mut elsewhere = app.visitor().at(ELSEWHERE);
        assert!(signed_in(&app, &mut elsewhere, EMAIL).await <= FOR_OTHERS);
    }
}

#[actix_web::test]
async fn ipv6_counts_by_network() {
    let app = TestApp::build().waits_noted().start().await;
    for host in 1..=12 {
        let mut guesser = app.visitor().at(&format!("2001:db8:0:1::{host:x}"));
        guess(&app, &mut guesser, EMAIL).await;
    }
    let mut guesser = app.visitor().at("2001:db8:0:1:ffff::1");
    assert_eq!(guess(&app, &mut guesser, EMAIL).await, LONGEST_WAIT);
    let mut guesser = app.visitor().at("2001:db8:0:2::1");
    assert!(guess(&app, &mut guesser, EMAIL).await <= FOR_OTHERS);
    // IPv4 is the same network however it is written.
    guess_at_length(&app, OFFICE, EMAIL).await;
    let mut guesser = app.visitor().at(&format!("::ffff:{OFFICE}"));
    assert_eq!(guess(&app, &mut guesser, EMAIL).await, LONGEST_WAIT);
}

/// What is logged in this thread.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Log {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

#[actix_web::test]
async fn forty_guesses_at_forty_accounts_from_forty_addresses_are_noticed() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::WARN)
        .with_writer(move || writer.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);

    let app = TestApp::build().waits_noted().start().await;
    registered(&app, EMAIL).await;
    let mut waits = Vec::new();
    for number in 0..40 {
        let mut guesser = app.visitor().at(&format!("203.0.113.{number}"));
        let email = format!("{number}@example.test");
        waits.push(guess(&app, &mut guesser, &email).await);
        if number == 15 {
            assert_eq!(log.text(), "", "slips are no news");
        }
    }
    assert_eq!(waits[..15], [Duration::ZERO; 15]);
    assert_eq!(waits[39], FOR_OTHERS, "{waits:?}");
    let text = log.text();
    assert_eq!(text.matches("many sign-ins fail").count(), 1, "{text}");
    assert!(!text.contains('@') && !text.contains("203.0"), "{text}");

    // From now on the second wrong password is delayed.
    let mut guesser = app.visitor().at("203.0.113.200");
    guess(&app, &mut guesser, EMAIL).await;
    let second = guess(&app, &mut guesser, EMAIL).await;
    let third = guess(&app, &mut guesser, EMAIL).await;
    let fourth = guess(&app, &mut guesser, EMAIL).await;
    assert!(second <= FOR_OTHERS && third <= FOR_OTHERS && fourth > FOR_OTHERS);
    let mut eva = app.visitor().at(ELSEWHERE);
    assert!(signed_in(&app, &mut eva, EMAIL).await <= FOR_OTHERS);

    app.clock_control.advance(TimeDelta::hours(1));
    let mut later = app.visitor().at("203.0.113.77");
    assert_eq!(guess(&app, &mut later, EMAIL).await, Duration::ZERO);
}

#[actix_web::test]
async fn the_owner_of_an_account_guessed_from_everywhere_can_sign_in() {
    for app in on_each_database().await {
        let mut known = registered(&app, EMAIL).await.at(OFFICE);
        let mut waits = Vec::new();
        for number in 0..40 {
            let mut guesser = app.visitor().at(&format!("203.0.113.{number}"));
            waits.push(guess(&app, &mut guesser, EMAIL).await);
        }
        assert!(waits.is_sorted() && waits[39] == FOR_OTHERS, "{waits:?}");
        let mut eva = app.visitor().at(ELSEWHERE);
        assert_eq!(signed_in(&app, &mut eva, EMAIL).await, FOR_OTHERS);
        assert_eq!(signed_in(&app, &mut known, EMAIL).await, Duration::ZERO);
    }
}

#[actix_web::test]
async fn mails_are_bounded_for_a_network_by_hundreds() {
    let app = TestApp::build().waits_noted().start().await;
    let mut office = app.visitor().at(OFFICE);
    for number in 0..300 {
        let email = format!("{number}@example.test");
        let page = office.post("/lv/forgotten", &[("email", &email)]).await;
        assert_eq!(page.status, 200, "{number}");
    }
    let page = office.post("/lv/register", &[("email", EMAIL)]).await;
    assert_eq!(
        (page.status.as_u16(), page.heading().as_str()),
        (429, "Pārāk daudz mēģinājumu")
    );
    assert_eq!(page.headers.get("retry-after").unwrap(), "1");
    let mut elsewhere = app.visitor().at(ELSEWHERE);
    let page = elsewhere.post("/lv/register", &[("email", EMAIL)]).await;
    assert_eq!(page.status, 200);
    app.clock_control.advance(TimeDelta::seconds(1));
    let page = office
        .post("/lv/register", &[("email", "b@example.test")])
        .await;
    assert_eq!(page.status, 200);
}

#[actix_web::test]
async fn lookups_of_certificates_succeed_and_guessed_codes_are_delayed() {
    let app = TestApp::build().waits_noted().start().await;
    let mut room = app.visitor().at(OFFICE);
    // Mistyped codes are not looked up.
    for _ in 0..200 {
        assert_eq!(room.get("/lv/verify/AAAA-AAAA-AAAB").await.status, 422);
    }
    assert_eq!(app.waits(), NONE);
    let code = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
        .chars()
        .find_map(|check| Code::parse(&format!("AAAAAAAAAAA{check}")))
        .unwrap();
    let unknown = format!("/lv/verify/{code}");
    for _ in 0..60 {
        assert_eq!(room.get(&unknown).await.status, 404);
    }
    assert_eq!(app.waits(), NONE);
    for _ in 0..10 {
        assert_eq!(
            room.get(&unknown).await.status,
            404,
            "and is answered all the same"
        );
    }
    let waits = app.waits();
    assert!(
        waits.is_sorted() && waits.last() == Some(&LONGEST_WAIT),
        "{waits:?}"
    );
    let mut elsewhere = app.visitor().at(ELSEWHERE);
    elsewhere.get(&unknown).await;
    assert_eq!(app.waits(), NONE);
}
