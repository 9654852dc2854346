//! The second factor: set up, asked for, removed, required by a role.

use chrono::TimeDelta;
use sea_orm::EntityTrait as _;
use server::{
    accounts::{code_at, remove_second_factor_of},
    db::{
        entity::{audit_entry, recovery_code, second_factor},
        sealed,
    },
    mail::Composer,
    testing::{Client, Page, TestApp, Who, assert_admits, assert_admits_post},
};

use super::{PASSWORD, registered, sign_in};

const EMAIL: &str = "eva@example.test";
const OWN: &str = "/lv/me/account/second-factor";
const SETUP: &str = "/lv/me/account/second-factor/setup";
const REMOVE: &str = "/lv/me/account/second-factor/remove";

/// What stands in the page as code, one after the other.
fn codes(page: &Page) -> Vec<String> {
    let parts = page.text.split("<code>").skip(1);
    parts
        .map(|part| part.split('<').next().unwrap().replace(' ', ""))
        .collect()
}

/// Sets a second factor up; its secret and the recovery codes.
async fn set_up(app: &TestApp, client: &mut Client) -> (String, Vec<String>) {
    let page = client.post(OWN, &[("password", PASSWORD)]).await;
    assert_eq!(page.location(), SETUP, "{}", page.text);
    let secret = codes(&client.follow(&page).await).remove(0);
    let code = code_at(&secret, app.now());
    let page = client.post(SETUP, &[("otp", &code)]).await;
    assert_eq!(page.status, 200, "{}", page.text);
    // The code just used does not work again.
    app.clock_control.advance(TimeDelta::minutes(1));
    (secret, codes(&page))
}

async fn enter(client: &mut Client, code: &str) -> Page {
    client.post("/lv/sign-in/code", &[("otp", code)]).await
}

#[actix_web::test]
async fn a_second_factor_is_set_up_with_the_password_and_asked_for_when_signing_in() {
    for app in TestApp::on_each_database().await {
        let mut eva = registered(&app, EMAIL).await;
        assert!(eva.get(OWN).await.has("Ieslēgt otro faktoru"));
        let page = eva.post(OWN, &[("password", "not this one")]).await;
        assert_eq!(page.status, 422);
        assert!(page.has("Šī nav jūsu konta parole"));
        assert_eq!(eva.get(SETUP).await.location(), OWN, "nothing is begun");

        eva.post(OWN, &[("password", PASSWORD)]).await;
        let page = eva.get(SETUP).await;
        assert!(page.has("data:image/svg+xml;base64,"));
        let secret = codes(&page).remove(0);
        assert_eq!(secret.len(), 32);
        let rows = second_factor::Entity::find()
            .all(app.db.read())
            .await
            .unwrap();
        assert!(rows[0].secret.starts_with("x1.") && !rows[0].secret.contains(&secret));
        // It is not asked for before its first code was entered.
        let mut other = app.visitor();
        assert_eq!(
            sign_in(&mut other, EMAIL, PASSWORD).await.location(),
            "/lv/me/profile"
        );
        let page = eva.post(SETUP, &[("otp", "000000")]).await;
        assert_eq!(page.status, 422);
        assert_eq!(codes(&page)[0], secret, "the same picture stays");

        let code = code_at(&secret, app.now());
        let page = eva.post(SETUP, &[("otp", &code)]).await;
        let recovery = codes(&page);
        assert_eq!(recovery.len(), 10);
        assert_eq!(
            app.last_mail_to(EMAIL).await.subject,
            "Otrais faktors ir ieslēgts"
        );
        assert_eq!(eva.get(SETUP).await.location(), OWN, "shown once");

        let mut home = app.visitor();
        let page = sign_in(&mut home, EMAIL, PASSWORD).await;
        assert_eq!(page.location(), "/lv/sign-in/code");
        assert!(!home.has_session());
        assert_eq!(home.get("/lv/me/account").await.status, 303);
        assert_eq!(home.follow(&page).await.heading(), "Ierakstiet kodu");
        assert_eq!(
            enter(&mut home, &code).await.status,
            422,
            "used when it was set up"
        );
        assert_eq!(enter(&mut home, "").await.status, 422);
        app.clock_control.advance(TimeDelta::minutes(1));
        let next = code_at(&secret, app.now());
        let (first, last) = next.split_at(3);
        let spaced = format!("{first} {last}");
        assert_eq!(enter(&mut home, &spaced).await.location(), "/lv/me/profile");
        assert_eq!(home.get("/lv/me/account").await.status, 200);
        let mut thief = app.visitor();
        sign_in(&mut thief, EMAIL, PASSWORD).await;
        assert_eq!(
            enter(&mut thief, &next).await.status,
            422,
            "no code works twice"
        );
        // A recovery code does, once.
        assert_eq!(
            enter(&mut thief, &recovery[3].to_lowercase()).await.status,
            303
        );
        let mut again = app.visitor();
        sign_in(&mut again, EMAIL, PASSWORD).await;
        assert_eq!(enter(&mut again, &recovery[3]).await.status, 422);
        assert!(eva.get(OWN).await.has("Neizmantoti 9 kodi"));
        let hashes = recovery_code::Entity::find()
            .all(app.db.read())
            .await
            .unwrap();
        assert!(hashes.iter().all(|row| row.code_hash.len() == 64));
    }
}

#[actix_web::test]
async fn the_code_has_to_be_entered_in_the_browser_and_the_time_of_the_password() {
    let app = TestApp::start().await;
    let mut eva = registered(&app, EMAIL).await;
    let (secret, _) = set_up(&app, &mut eva).await;
    let mut home = app.visitor();
    for path in ["/lv/sign-in/code", "/lv/sign-in/code?next=%2Flv%2Fcourses"] {
        assert!(home.get(path).await.location().starts_with("/lv/sign-in"));
    }
    assert!(
        enter(&mut home, &code_at(&secret, app.now()))
            .await
            .location()
            .starts_with("/lv/sign-in")
    );
    sign_in(&mut home, EMAIL, PASSWORD).await;
    app.clock_control.advance(TimeDelta::minutes(10));
    let page = enter(&mut home, &code_at(&secret, app.now())).await;
    assert_eq!(page.location(), "/lv/sign-in");
    assert!(!home.has_session());
    // A link for the first password does not go around it either.
    app.clock_control.advance(TimeDelta::minutes(1));
    home.post("/lv/forgotten", &[("email", EMAIL)]).await;
    let link = app.last_mail_to(EMAIL).await.link();
    home.post(&link, &[("password", "brūns lācis zvejo vētrā")])
        .await;
    let page = sign_in(&mut home, EMAIL, "brūns lācis zvejo vētrā").await;
    assert_eq!(page.location(), "/lv/sign-in/code");
}

#[actix_web::test]
async fn wrong_codes_lead_to_pauses_and_the_owner_is_told() {
    for app in TestApp::on_each_database().await {
        let mut eva = registered(&app, EMAIL).await;
        let (secret, recovery) = set_up(&app, &mut eva).await;
        let mut thief = app.visitor();
        sign_in(&mut thief, EMAIL, PASSWORD).await;
        for _ in 0..5 {
            assert!(enter(&mut thief, "000000").await.has("Kods nav pareizs"));
        }
        assert_eq!(
            app.last_mail_to(EMAIL).await.subject,
            "Kāds zina jūsu paroli"
        );
        let told = app.mails_to(EMAIL).await.len();
        for code in ["000000", &recovery[0], &code_at(&secret, app.now())] {
            assert!(
                enter(&mut thief, code)
                    .await
                    .has("Pārāk daudz nepareizu kodu")
            );
        }
        app.clock_control.advance(TimeDelta::minutes(1));
        assert!(enter(&mut thief, "000000").await.has("Kods nav pareizs"));
        app.clock_control.advance(TimeDelta::minutes(1));
        assert!(
            enter(&mut thief, "000000").await.has("Pārāk daudz"),
            "twice as long"
        );
        assert_eq!(app.mails_to(EMAIL).await.len(), told, "told once");
        app.clock_control.advance(TimeDelta::minutes(1));
        let code = code_at(&secret, app.now());
        assert_eq!(
            enter(&mut thief, &code).await.status,
            303,
            "the right one resets it"
        );
    }
}

#[actix_web::test]
async fn codes_are_replaced_and_the_second_factor_is_removed_with_password_and_code() {
    for app in TestApp::on_each_database().await {
        let mut eva = registered(&app, EMAIL).await;
        let (secret, old) = set_up(&app, &mut eva).await;
        let path = "/lv/me/account/second-factor/codes";
        assert_eq!(
            eva.post(path, &[("password", "not this one")]).await.status,
            422
        );
        let new = codes(&eva.post(path, &[("password", PASSWORD)]).await);
        assert!(new.len() == 10 && new[0] != old[0]);

        assert_eq!(eva.get(REMOVE).await.heading(), "Izslēgt otro faktoru");
        for (password, code) in [
            (PASSWORD, old[0].as_str()),
            ("not this one", &new[0]),
            (PASSWORD, ""),
        ] {
            let page = eva
                .post(REMOVE, &[("password", password), ("otp", code)])
                .await;
            assert_eq!(page.status, 422, "{code}");
        }
        let code = code_at(&secret, app.now());
        let page = eva
            .post(REMOVE, &[("password", PASSWORD), ("otp", &code)])
            .await;
        assert_eq!(page.location(), OWN);
        assert_eq!(
            app.last_mail_to(EMAIL).await.subject,
            "Otrais faktors ir izslēgts"
        );
        assert_eq!(
            sign_in(&mut app.visitor(), EMAIL, PASSWORD)
                .await
                .location(),
            "/lv/me/profile"
        );
        assert!(
            recovery_code::Entity::find()
                .all(app.db.read())
                .await
                .unwrap()
                .is_empty()
        );
    }
}

#[actix_web::test]
async fn an_administrator_and_the_command_line_remove_what_was_lost() {
    for app in TestApp::on_each_database().await {
        let mut eva = registered(&app, EMAIL).await;
        set_up(&app, &mut eva).await;
        let mut admin = app.client(Who::Admin).await;
        let rows = second_factor::Entity::find()
            .all(app.db.read())
            .await
            .unwrap();
        let account = rows[0].account_id;
        let path = format!("/lv/admin/accounts/{account}");
        assert!(admin.get(&path).await.has("Izslēgt otro faktoru"));
        let remove = format!("{path}/second-factor");
        assert_admits_post(&app, &remove, &[], &[Who::Admin]).await;
        assert_eq!(
            app.last_mail_to(EMAIL).await.subject,
            "Otrais faktors ir izslēgts"
        );
        assert_eq!(
            sign_in(&mut app.visitor(), EMAIL, PASSWORD)
                .await
                .location(),
            "/lv/me/profile"
        );
        let own = format!("/lv/admin/accounts/{}/second-factor", admin.account_id);
        let page = admin.post(&own, &[]).await;
        assert!(admin.follow(&page).await.has("„Mans konts”"));

        set_up(&app, &mut eva).await;
        let composer = Composer::new(
            app.app.shell.theme.clone(),
            "http://iespeja.test".to_owned(),
        );
        let with = (&app.app.clock, &*app.db, &composer);
        assert_eq!(
            remove_second_factor_of(with, "nobody@example.test")
                .await
                .unwrap(),
            None
        );
        assert_eq!(
            remove_second_factor_of(with, EMAIL).await.unwrap(),
            Some(true)
        );
        assert_eq!(
            remove_second_factor_of(with, EMAIL).await.unwrap(),
            Some(false)
        );
        let entries = audit_entry::Entity::find()
            .all(app.db.read())
            .await
            .unwrap();
        let by: Vec<_> = entries
            .iter()
            .filter(|entry| entry.action == "second-factor.removed")
            .map(|entry| entry.actor_account_id)
            .collect();
        assert_eq!(by, [Some(admin.account_id), None]);
    }
}

#[actix_web::test]
async fn a_role_that_needs_a_second_factor_opens_nothing_before_it_is_set_up() {
    let app = TestApp::build()
        .needing_second_factor("manager")
        .start()
        .await;
    let mut manager = app.client(Who::Manager).await;
    for path in ["/lv/manage", "/lv/me", "/lv/me/account", "/lv/me/data"] {
        assert_eq!(manager.get(path).await.location(), OWN, "{path}");
    }
    let page = manager
        .post("/lv/me/account/language", &[("lang", "en")])
        .await;
    assert_eq!(page.location(), OWN);
    assert!(
        manager
            .get(OWN)
            .await
            .has("Jūsu lomai vajadzīgs otrais faktors")
    );
    assert_eq!(
        manager.get("/lv/courses").await.status,
        200,
        "open to everybody"
    );
    for (who, path) in [(Who::Learner, "/lv/me"), (Who::Admin, "/lv/admin/accounts")] {
        assert_eq!(app.client(who).await.get(path).await.status, 200, "{who:?}");
    }
    assert_eq!(manager.post("/lv/sign-out", &[]).await.location(), "/lv/");
}

#[actix_web::test]
async fn the_pages_of_ones_own_second_factor_are_for_everybody_signed_in() {
    let app = TestApp::start().await;
    let signed_in = [
        Who::Learner,
        Who::Organiser,
        Who::Manager,
        Who::Author,
        Who::Admin,
    ];
    assert_admits(&app, OWN, &signed_in).await;
    for path in [OWN, SETUP, REMOVE, "/lv/me/account/second-factor/codes"] {
        assert_admits_post(&app, path, &[], &signed_in).await;
    }
}

#[actix_web::test]
async fn secrets_are_encrypted_anew_with_the_newest_key() {
    for app in TestApp::on_each_database().await {
        let mut eva = registered(&app, EMAIL).await;
        let (secret, _) = set_up(&app, &mut eva).await;
        let keys = &app.app.field_keys;
        let before = second_factor::Entity::find()
            .one(app.db.read())
            .await
            .unwrap()
            .unwrap();
        assert_eq!(sealed::encrypt_anew(&app.db, keys).await.unwrap().0, 0);
        keys.add(app.now()).unwrap();
        let (count, used) = sealed::encrypt_anew(&app.db, keys).await.unwrap();
        let after = second_factor::Entity::find()
            .one(app.db.read())
            .await
            .unwrap()
            .unwrap();
        assert_eq!((count, used.len()), (1, 1));
        assert_ne!(before.secret, after.secret);
        let removed = keys.prune(&used, app.now() + TimeDelta::hours(1)).unwrap();
        assert_eq!(removed.len(), 1);
        let mut home = app.visitor();
        sign_in(&mut home, EMAIL, PASSWORD).await;
        assert_eq!(
            enter(&mut home, &code_at(&secret, app.now())).await.status,
            303
        );
    }
}
