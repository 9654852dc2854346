//! A ministry behind one address, with a guesser in it.
//!
//! What is measured: the delay of each response, which is computed and recorded instead of
//! waited for, so that the result depends neither on the machine nor on its load. Passwords are hashed
//! and verified by the real Argon2id. The time is a virtual minute set by the test.

use std::time::Duration;

use chrono::TimeDelta;
use futures::future::join_all;
use sea_orm::DbErr;
use server::{
    accounts::{Email, KnownPerson, add_known, hash_password},
    http::limits::LONGEST_WAIT,
    testing::TestApp,
};

use super::{PASSWORD, link_for, sign_in};

const MINISTRY: &str = "192.0.2.1";
const ELSEWHERE: &str = "198.51.100.7";
/// No delays.
const NONE: [Duration; 0] = [];
const GUESSED: &str = "ministre@example.test";
const SIGN_INS: usize = 100;
const REGISTRATIONS: usize = 60;

fn colleague(number: usize) -> String {
    format!("kolege{number}@example.test")
}

fn newcomer(number: usize) -> String {
    format!("jauns{number}@example.test")
}

/// Adds all accounts, with one password that is hashed once.
async fn with_accounts(app: &TestApp) {
    let hash = hash_password(PASSWORD.to_owned()).await.unwrap();
    let people: Vec<_> = (0..SIGN_INS)
        .map(colleague)
        .chain([GUESSED.to_owned()])
        .map(|email| KnownPerson {
            email: Email::parse(&email).unwrap(),
            password_hash: hash.clone(),
            given_name: String::new(),
            family_name: String::new(),
            roles: Vec::new(),
        })
        .collect();
    let clock = app.app.clock.clone();
    app.db
        .write::<_, DbErr>(async move |txn| {
            for person in people {
                add_known(txn, &clock, person).await?;
            }
            Ok(())
        })
        .await
        .unwrap();
}

#[actix_web::test]
async fn sign_ins_behind_one_address_succeed_while_a_guesser_there_is_delayed() {
    for db in server::db::testing::databases().await {
        let app = TestApp::build().waits_noted().start_on(db).await;
        with_accounts(&app).await;
        let mut guesser = app.visitor().at(MINISTRY);
        let mut guessers_waits = Vec::new();
        // Every 600 ms of the minute a guess, a sign-in, and mostly a registration.
        for number in 0..SIGN_INS {
            let page = sign_in(&mut guesser, GUESSED, &format!("{PASSWORD} {number}")).await;
            assert_eq!(page.status, 422);
            guessers_waits.push(app.waits().iter().sum::<Duration>());

            let mut one = app.visitor().at(MINISTRY);
            let page = sign_in(&mut one, &colleague(number), PASSWORD).await;
            assert_eq!(page.status, 303, "{number}: {}", page.text);
            if number < REGISTRATIONS {
                let mut new = app.visitor().at(MINISTRY);
                let link = link_for(&app, &mut new, &newcomer(number)).await;
                let page = new.post(&link, &[("password", PASSWORD)]).await;
                assert_eq!(page.status, 303, "{number}: {}", page.text);
            }
            assert_eq!(app.waits(), NONE, "nobody else waits ({number})");
            app.clock_control.advance(TimeDelta::milliseconds(600));
        }
        let slowed = &guessers_waits[10..];
        assert!(
            slowed.iter().all(|wait| *wait == LONGEST_WAIT),
            "{guessers_waits:?}"
        );

        // The guessed person, in browsers that nobody has used.
        let mut here = app.visitor().at(MINISTRY);
        assert_eq!(sign_in(&mut here, GUESSED, PASSWORD).await.status, 303);
        let wait: Duration = app.waits().iter().sum();
        assert!(wait <= Duration::from_secs(2), "{wait:?}");
        let mut elsewhere = app.visitor().at(ELSEWHERE);
        assert_eq!(sign_in(&mut elsewhere, GUESSED, PASSWORD).await.status, 303);
        assert_eq!(app.waits(), NONE, "at once from elsewhere");
        // And in one that they have used.
        here.post("/lv/sign-out", &[]).await;
        assert_eq!(sign_in(&mut here, GUESSED, PASSWORD).await.status, 303);
        assert_eq!(app.waits(), NONE, "at once where they signed in before");
    }
}

#[actix_web::test]
async fn of_many_concurrent_sign_ins_only_the_guesser_is_refused() {
    for db in server::db::testing::databases().await {
        let app = TestApp::build().waits_noted().start_on(db).await;
        with_accounts(&app).await;
        let guesses = join_all((0..50).map(|number| {
            let mut guesser = app.visitor().at(MINISTRY);
            let password = format!("{PASSWORD} {number}");
            async move {
                sign_in(&mut guesser, GUESSED, &password)
                    .await
                    .status
                    .as_u16()
            }
        }));
        let sign_ins = join_all((0..SIGN_INS).map(|number| {
            let mut one = app.visitor().at(MINISTRY);
            async move { sign_in(&mut one, &colleague(number), PASSWORD).await.status }
        }));
        let registrations = join_all((0..REGISTRATIONS).map(|number| {
            let mut new = app.visitor().at(MINISTRY);
            let email = newcomer(number);
            async move { new.post("/lv/register", &[("email", &email)]).await.status }
        }));
        // One account that a whole class shares, as in a demonstration.
        let class = join_all((0..40).map(|_| {
            let mut one = app.visitor().at(MINISTRY);
            async move { sign_in(&mut one, &colleague(0), PASSWORD).await.status }
        }));
        let (guesses, sign_ins, registrations, class) =
            tokio::join!(guesses, sign_ins, registrations, class);
        assert!(
            guesses.iter().all(|status| [422, 429].contains(status)),
            "{guesses:?}"
        );
        assert!(sign_ins.iter().all(|status| *status == 303), "{sign_ins:?}");
        assert!(
            registrations.iter().all(|status| *status == 200),
            "{registrations:?}"
        );
        assert!(class.iter().all(|status| *status == 303), "{class:?}");
        assert!(app.waits().iter().all(|wait| *wait <= LONGEST_WAIT));
    }
}
