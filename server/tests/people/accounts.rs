//! Registering, confirming, signing in and out, passwords, roles.

use chrono::TimeDelta;
use server::{
    accounts::first_administrator_token,
    audit,
    testing::{Page, TestApp, Who},
};

use super::{PASSWORD, registered, sign_in};

const EMAIL: &str = "eva@example.test";

/// A page without what differs from one browser to the next: tokens and the names of files.
fn same(page: &Page) -> String {
    let mut text = page.text.clone();
    for (start, end) in [("name=\"csrf\" value=\"", "\""), ("<code>mail/", "</code>")] {
        let mut rest = text.as_str();
        let mut out = String::new();
        while let Some((before, after)) = rest.split_once(start) {
            out.push_str(before);
            rest = after.split_once(end).unwrap().1;
        }
        out.push_str(rest);
        text = out;
    }
    text
}

#[actix_web::test]
async fn a_new_person_registers_and_confirms_by_a_mailed_link() {
    for app in TestApp::on_each_database().await {
        let mut eva = app.visitor();
        assert_eq!(eva.get("/lv/register").await.heading(), "Reģistrēties");
        let page = eva
            .post(
                "/lv/register",
                &[("email", " Eva@Example.test "), ("password", PASSWORD)],
            )
            .await;
        assert_eq!(page.status, 200);
        assert!(page.has(EMAIL) && !page.has(PASSWORD));

        let mail = app.last_mail_to(EMAIL).await;
        assert_eq!(mail.subject, "Apstipriniet e-pasta adresi");
        assert!(
            page.has(&mail.file_name),
            "the page says where the mail lies"
        );
        let files = app.deliver().await;
        assert!(files.contains_key(&mail.file_name), "{files:?}");

        // Looking at the link uses nothing up: mail scanners do it.
        for _ in 0..2 {
            assert_eq!(
                app.visitor().get(&mail.link()).await.heading(),
                "Apstipriniet e-pasta adresi"
            );
        }
        let page = eva.post(&mail.link(), &[]).await;
        assert_eq!(page.location(), "/lv/me/profile");
        assert!(eva.has_session());
        assert_eq!(eva.follow(&page).await.heading(), "Kā jūs sauc?");
    }
}

#[actix_web::test]
async fn a_taken_address_is_told_to_its_owner_alone() {
    for app in TestApp::on_each_database().await {
        registered(&app, EMAIL).await;
        let (mut stranger, mut newcomer) = (app.visitor(), app.visitor());
        let taken = stranger
            .post("/lv/register", &[("email", EMAIL), ("password", PASSWORD)])
            .await;
        let new = newcomer
            .post(
                "/lv/register",
                &[("email", "new@example.test"), ("password", PASSWORD)],
            )
            .await;
        assert_eq!(taken.status, new.status);
        assert_eq!(
            same(&taken).replace(EMAIL, "x"),
            same(&new).replace("new@example.test", "x")
        );

        let mail = app.last_mail_to(EMAIL).await;
        assert_eq!(mail.subject, "Jums jau ir konts");
        assert_eq!(mail.link(), "/lv/sign-in");
        assert_eq!(
            sign_in(&mut stranger, EMAIL, PASSWORD).await.status,
            303,
            "the password stays"
        );
    }
}

#[actix_web::test]
async fn asking_for_a_new_password_says_nothing_of_who_has_an_account() {
    let app = TestApp::start().await;
    registered(&app, EMAIL).await;
    let known = app
        .visitor()
        .post("/lv/forgotten", &[("email", EMAIL)])
        .await;
    let unknown = app
        .visitor()
        .post("/lv/forgotten", &[("email", "nobody@example.test")])
        .await;
    assert_eq!(
        same(&known).replace(EMAIL, "x"),
        same(&unknown).replace("nobody@example.test", "x")
    );
    assert_eq!(
        app.last_mail_to("nobody@example.test").await.subject,
        "Konta ar šo adresi nav"
    );
}

#[actix_web::test]
async fn what_is_wrong_with_a_registration_stands_beside_its_field() {
    let app = TestApp::start().await;
    for (email, password, message) in [
        ("", PASSWORD, "Ierakstiet e-pasta adresi"),
        ("eva", PASSWORD, "Ierakstiet pilnu e-pasta adresi"),
        (EMAIL, "", "Ierakstiet paroli"),
        (EMAIL, "īsa parole", "vajag vismaz 12 rakstzīmes"),
        (EMAIL, "parole123456", "viegli uzminēt"),
        (
            "eva.paraudzina@example.test",
            "eva.paraudzina9",
            "e-pasta adreses vārda daļa",
        ),
    ] {
        let page = app
            .visitor()
            .post("/lv/register", &[("email", email), ("password", password)])
            .await;
        assert_eq!(page.status, 422, "{email} {password}");
        assert!(page.has(message), "{message}: {}", page.text);
        assert!(
            page.has(&format!("value=\"{email}\"")),
            "what was typed stays"
        );
        assert!(password.is_empty() || !page.has(&format!("value=\"{password}\"")));
        assert!(page.has("aria-invalid=\"true\"") && page.has("error-summary"));
    }
    assert!(app.mails_to(EMAIL).await.is_empty());
}

#[actix_web::test]
async fn a_form_sent_twice_makes_one_account_and_one_mail() {
    for app in TestApp::on_each_database().await {
        let fields = [("email", EMAIL), ("password", PASSWORD)];
        let (mut one, mut other) = (app.visitor(), app.visitor());
        let pages = tokio::join!(
            one.post("/lv/register", &fields),
            other.post("/lv/register", &fields)
        );
        assert_eq!(
            (pages.0.status.as_u16(), pages.1.status.as_u16()),
            (200, 200)
        );
        let mails = app.mails_to(EMAIL).await;
        assert_eq!(mails.len(), 1, "{mails:?}");
        assert_eq!(one.post(&mails[0].link(), &[]).await.status, 303);
    }
}

#[actix_web::test]
async fn links_end_after_a_day_or_their_use_and_offer_new_ones() {
    for app in TestApp::on_each_database().await {
        let mut eva = app.visitor();
        eva.post("/lv/register", &[("email", EMAIL), ("password", PASSWORD)])
            .await;
        let old = app.last_mail_to(EMAIL).await.link();
        app.hand.advance(TimeDelta::hours(24));
        for page in [eva.get(&old).await, eva.post(&old, &[]).await] {
            assert_eq!(
                (page.status.as_u16(), page.heading().as_str()),
                (410, "Saites laiks ir beidzies")
            );
            assert!(page.has("Nosūtīt jaunu saiti"));
        }
        let page = eva.get("/lv/confirm/no-such-link").await;
        assert_eq!(
            (page.status.as_u16(), page.heading().as_str()),
            (404, "Saite nav derīga")
        );

        let page = eva.post("/lv/confirm", &[("email", EMAIL)]).await;
        assert_eq!(page.status, 200);
        let new = app.last_mail_to(EMAIL).await.link();
        assert_ne!(new, old);
        assert_eq!(eva.post(&new, &[]).await.status, 303);
        let page = app.visitor().post(&new, &[]).await;
        assert_eq!(
            (page.status.as_u16(), page.heading().as_str()),
            (410, "Saite jau ir izmantota")
        );

        // A link of one purpose is none of another.
        let token = new.rsplit_once('/').unwrap().1;
        assert_eq!(
            app.visitor()
                .get(&format!("/lv/reset/{token}"))
                .await
                .status,
            404
        );
    }
}

#[actix_web::test]
async fn a_wrong_address_and_a_wrong_password_get_the_same_answer() {
    let app = TestApp::start().await;
    registered(&app, EMAIL).await;
    let mut client = app.visitor();
    let wrong_password = sign_in(&mut client, EMAIL, "cits zirgs cits siens").await;
    let unknown = sign_in(&mut client, "nobody@example.test", PASSWORD).await;
    let no_address = sign_in(&mut client, "nobody", PASSWORD).await;
    for page in [&wrong_password, &unknown, &no_address] {
        assert_eq!(page.status, 422);
        assert!(page.has("E-pasta adrese vai parole nav pareiza"));
        assert!(!client.has_session());
    }
    assert_eq!(
        same(&wrong_password).replace(EMAIL, "x"),
        same(&unknown).replace("nobody@example.test", "x")
    );
}

#[actix_web::test]
async fn an_unconfirmed_address_is_sent_its_link_again() {
    let app = TestApp::start().await;
    let mut eva = app.visitor();
    eva.post("/lv/register", &[("email", EMAIL), ("password", PASSWORD)])
        .await;
    let page = sign_in(&mut eva, EMAIL, "cits zirgs cits siens").await;
    assert!(
        !page.has("vēl nav apstiprināta"),
        "nobody but the owner is told"
    );
    let page = sign_in(&mut eva, EMAIL, PASSWORD).await;
    assert_eq!(page.status, 422);
    assert!(page.has("Adrese vēl nav apstiprināta") && page.has("Nosūtīt vēlreiz"));
    assert!(!eva.has_session());
}

#[actix_web::test]
async fn registering_again_before_confirming_counts_the_newest_password() {
    let app = TestApp::start().await;
    let mut eva = app.visitor();
    for password in ["pirmais zirgs ēd sienu", PASSWORD] {
        eva.post("/lv/register", &[("email", EMAIL), ("password", password)])
            .await;
    }
    eva.post(&app.last_mail_to(EMAIL).await.link(), &[]).await;
    let mut other = app.visitor();
    assert_eq!(
        sign_in(&mut other, EMAIL, "pirmais zirgs ēd sienu")
            .await
            .status,
        422
    );
    assert_eq!(sign_in(&mut other, EMAIL, PASSWORD).await.status, 303);
}

#[actix_web::test]
async fn signing_in_makes_a_new_session_and_leads_to_where_one_was_going() {
    let app = TestApp::start().await;
    let mut eva = registered(&app, EMAIL).await;
    let first = eva.session().to_owned();

    let page = eva
        .post(
            "/lv/sign-in",
            &[
                ("email", EMAIL),
                ("password", PASSWORD),
                ("next", "/lv/courses?ground=age"),
            ],
        )
        .await;
    assert_eq!(
        page.location(),
        "/lv/me/profile?next=%2Flv%2Fcourses%3Fground%3Dage"
    );
    assert_ne!(eva.session(), first);
    let elsewhere = eva
        .post(
            "/lv/sign-in",
            &[
                ("email", EMAIL),
                ("password", PASSWORD),
                ("next", "//elsewhere.example"),
            ],
        )
        .await;
    assert_eq!(elsewhere.location(), "/lv/me/profile");

    // Whoever knew the session of before is nobody now.
    let request = actix_web::test::TestRequest::get()
        .uri("/lv/me/profile")
        .cookie(actix_web::cookie::Cookie::new("session", first));
    let page = app.visitor().send(request).await;
    assert_eq!(page.location(), "/lv/sign-in?next=%2Flv%2Fme%2Fprofile");
}

#[actix_web::test]
async fn signing_out_ends_the_session_on_the_server() {
    let app = TestApp::start().await;
    let mut eva = app.client(Who::Learner).await;
    let session = eva.session().to_owned();
    let page = eva.post("/lv/sign-out", &[]).await;
    assert_eq!(page.location(), "/lv/");
    assert!(!eva.has_session());
    let request = actix_web::test::TestRequest::get()
        .uri("/lv/me/profile")
        .cookie(actix_web::cookie::Cookie::new("session", session));
    assert_eq!(app.visitor().send(request).await.status, 303);
}

#[actix_web::test]
async fn a_session_ends_by_itself() {
    let app = TestApp::start().await;
    let mut eva = app.client(Who::Learner).await;
    app.hand.advance(TimeDelta::hours(13));
    assert_eq!(eva.get("/lv/me/profile").await.status, 200);
    app.hand.advance(TimeDelta::hours(1));
    assert_eq!(eva.get("/lv/me/profile").await.status, 303);
}

#[actix_web::test]
async fn a_new_password_ends_every_session_and_is_told() {
    for app in TestApp::on_each_database().await {
        let mut eva = registered(&app, EMAIL).await;
        app.visitor()
            .post("/lv/forgotten", &[("email", EMAIL)])
            .await;
        let link = app.last_mail_to(EMAIL).await.link();
        assert!(link.starts_with("/lv/reset/"), "{link}");

        let mut thief = app.visitor();
        assert_eq!(thief.get(&link).await.heading(), "Jauna parole");
        assert_eq!(thief.post(&link, &[("password", "īsa")]).await.status, 422);
        let new = "jauns zirgs ēd jaunu sienu";
        assert_eq!(
            thief.post(&link, &[("password", new)]).await.location(),
            "/lv/sign-in"
        );
        assert_eq!(thief.post(&link, &[("password", new)]).await.status, 410);

        assert_eq!(eva.get("/lv/me/profile").await.status, 303, "signed out");
        assert_eq!(sign_in(&mut eva, EMAIL, PASSWORD).await.status, 422);
        assert_eq!(sign_in(&mut eva, EMAIL, new).await.status, 303);
        assert_eq!(app.last_mail_to(EMAIL).await.subject, "Parole ir nomainīta");
        assert_eq!(audit::verify_chain(&app.db).await.unwrap(), Ok(1));
    }
}

#[actix_web::test]
async fn guessing_is_slowed_down() {
    let app = TestApp::build().limited().start().await;
    let mut client = app.visitor();
    for _ in 0..5 {
        assert_eq!(sign_in(&mut client, EMAIL, PASSWORD).await.status, 422);
    }
    let page = sign_in(&mut client, EMAIL, PASSWORD).await;
    assert_eq!(page.status, 429);
    assert!(page.headers.contains_key("retry-after"));

    let mut refused = 0;
    for number in 0..12 {
        let email = format!("{number}@example.test");
        let page = client.post("/lv/forgotten", &[("email", &email)]).await;
        refused += usize::from(page.status == 429);
    }
    assert_eq!(refused, 2, "ten mails a minute");
}

#[actix_web::test]
async fn the_printed_link_makes_the_first_administrator_once() {
    for app in TestApp::on_each_database().await {
        let token = || first_administrator_token(&app.app.clock, &app.db);
        let old = token().await.unwrap().unwrap();
        let link = format!("/lv/admin/first/{}", token().await.unwrap().unwrap());
        let mut eva = app.visitor();
        assert_eq!(
            eva.get(&format!("/lv/admin/first/{old}")).await.status,
            410,
            "a newer one was printed"
        );

        app.hand.advance(TimeDelta::days(30));
        assert_eq!(eva.get(&link).await.heading(), "Pirmais administrators");
        let fields = |email| {
            [
                ("given_name", "Ēva"),
                ("family_name", "Paraudziņa"),
                ("email", email),
                ("password", PASSWORD),
            ]
        };
        let page = eva.post(&link, &[("given_name", "Ēva")]).await;
        assert_eq!(page.status, 422);
        assert!(page.has("value=\"Ēva\"") && page.has("Ierakstiet uzvārdu"));
        let page = eva.post(&link, &[("given_name", "小明")]).await;
        assert_eq!(page.status, 422);
        assert!(page.has("nevar attēlot šīs rakstzīmes: 小, 明. "));

        registered(&app, "taken@example.test").await;
        let page = eva.post(&link, &fields("taken@example.test")).await;
        assert_eq!(page.status, 422);
        assert!(page.has("konts jau ir"));

        let page = eva.post(&link, &fields(EMAIL)).await;
        assert_eq!(page.location(), "/lv/admin/accounts");
        assert_eq!(eva.follow(&page).await.status, 200);
        assert_eq!(
            app.visitor()
                .post(&link, &fields("other@example.test"))
                .await
                .status,
            410
        );
        assert_eq!(token().await.unwrap(), None);
    }
}

#[actix_web::test]
async fn roles_are_given_and_taken_once_and_on_record() {
    for app in TestApp::on_each_database().await {
        let mut admin = app.client(Who::Admin).await;
        let mut learner = app.client(Who::Learner).await;
        let roles = format!("/lv/admin/accounts/{}/roles", learner.account_id);
        for _ in 0..2 {
            let page = admin
                .post(
                    &roles,
                    &[
                        ("role", "manager"),
                        ("change", "give"),
                        ("q", "lear"),
                        ("page", "1"),
                    ],
                )
                .await;
            assert_eq!(page.location(), "/lv/admin/accounts?q=lear&page=1");
        }
        assert_eq!(learner.get("/lv/manage/organisations").await.status, 200);
        let page = admin.get("/lv/admin/accounts?q=LEARNER").await;
        assert!(page.has("learner@example.test") && !page.has("admin@example.test"));
        assert!(page.has("Atņemt lomu „Programmas vadītājs”: learner@example.test"));
        admin
            .post(&roles, &[("role", "manager"), ("change", "take")])
            .await;
        assert_eq!(learner.get("/lv/manage/organisations").await.status, 403);
        // Given again after it was taken: a new grant.
        admin
            .post(&roles, &[("role", "manager"), ("change", "give")])
            .await;
        assert_eq!(learner.get("/lv/manage/organisations").await.status, 200);
        assert_eq!(audit::verify_chain(&app.db).await.unwrap(), Ok(3));

        let own = format!("/lv/admin/accounts/{}/roles", admin.account_id);
        let page = admin
            .post(&own, &[("role", "admin"), ("change", "take")])
            .await;
        assert!(
            admin
                .follow(&page)
                .await
                .has("Administratora lomu sev atņemt nevar")
        );
        for fields in [
            [("role", "king"), ("change", "give")],
            [("role", "admin"), ("change", "keep")],
        ] {
            assert_eq!(admin.post(&own, &fields).await.status, 400);
        }
    }
}

#[actix_web::test]
async fn accounts_are_found_by_name_and_address_literally() {
    for app in TestApp::on_each_database().await {
        let mut admin = app.client(Who::Admin).await;
        registered(&app, "a_b@example.test").await;
        registered(&app, "acb@example.test").await;
        let page = admin.get("/lv/admin/accounts?q=a_b").await;
        assert!(page.has("a_b@example.test") && !page.has("acb@example.test"));
        let page = admin
            .get("/lv/admin/accounts?q=paraudzi%C5%86a+admin")
            .await;
        assert!(page.has("admin@example.test") && !page.has("acb@example.test"));
        let page = admin.get("/lv/admin/accounts?q=neviens").await;
        assert!(page.has("Nekas nav atrasts"));
    }
}
