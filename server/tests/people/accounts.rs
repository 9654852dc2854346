//! Registering, confirming, signing in and out, passwords, roles.

use actix_web::{http::Method, test::TestRequest};
use chrono::TimeDelta;
use sea_orm::{ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _, sea_query::Expr};
use server::{
    accounts::{first_administrator_token, hash_password},
    audit,
    db::entity::account,
    testing::{PUBLIC_URL, Page, TestApp, Who},
};

use super::{PASSWORD, link_for, registered, sign_in};

const EMAIL: &str = "eva@example.test";
const KNOWN: &str = "known@example.test";
const OTHER_KNOWN: &str = "other@example.test";
const NOBODY: &str = "nobody@example.test";
const OTHER_PASSWORD: &str = "brūns lācis zvejo vētrā";

/// A page without the parts that differ between browsers: tokens and names of files.
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
async fn a_new_person_registers_and_sets_the_password_behind_the_mailed_link() {
    for app in TestApp::on_each_database().await {
        let mut eva = app.visitor();
        let page = eva.get("/lv/register").await;
        assert_eq!(page.heading(), "Reģistrēties");
        assert!(!page.has("type=\"password\""), "the address alone is asked");
        let page = eva
            .post("/lv/register", &[("email", " Eva@Example.test ")])
            .await;
        assert_eq!(page.status, 200);
        assert!(page.has(EMAIL));

        let mail = app.last_mail_to(EMAIL).await;
        assert_eq!(mail.subject, "Apstipriniet e-pasta adresi");
        assert!(
            page.has(&mail.file_name),
            "the page says where the mail lies"
        );
        let files = app.deliver().await;
        assert!(files.contains_key(&mail.file_name), "{files:?}");

        // Opening the link does not use it up: mail scanners open links.
        for method in [Method::GET, Method::HEAD, Method::GET] {
            let request = TestRequest::with_uri(&mail.link()).method(method);
            app.visitor().send(request).await;
        }
        let page = eva.get(&mail.link()).await;
        assert_eq!(page.heading(), "Izveidojiet paroli");
        assert!(page.has(EMAIL) && page.has("autocomplete=\"new-password\""));

        // A password that is refused uses nothing up either.
        for (password, message) in [
            ("", "Ierakstiet paroli"),
            ("īsa parole", "vajadzīgas vismaz 12 rakstzīmes"),
            ("parole123456", "viegli uzminēt"),
        ] {
            let page = eva.post(&mail.link(), &[("password", password)]).await;
            assert_eq!(page.status, 422, "{password}");
            assert!(page.has(message) && page.has("aria-invalid=\"true\""));
            assert!(!eva.has_session());
        }
        assert_eq!(eva.post(&mail.link(), &[]).await.status, 422);

        let page = eva.post(&mail.link(), &[("password", PASSWORD)]).await;
        assert_eq!(page.location(), "/lv/me/profile");
        assert!(eva.has_session());
        assert_eq!(eva.follow(&page).await.heading(), "Kā jūs sauc?");
        assert_eq!(
            sign_in(&mut app.visitor(), EMAIL, PASSWORD).await.status,
            303
        );
    }
}

#[actix_web::test]
async fn a_password_that_holds_the_address_is_refused_behind_every_link() {
    let app = TestApp::start().await;
    let (email, password) = ("eva.paraudzina@example.test", "eva.paraudzina9");
    let mut eva = app.visitor();
    let link = link_for(&app, &mut eva, email).await;
    let page = eva.post(&link, &[("password", password)]).await;
    assert_eq!(page.status, 422);
    assert!(page.has("nedrīkst būt jūsu e-pasta adreses"));
    eva.post(&link, &[("password", PASSWORD)]).await;
    eva.post("/lv/forgotten", &[("email", email)]).await;
    let link = app.last_mail_to(email).await.link();
    assert_eq!(
        eva.post(&link, &[("password", password)]).await.status,
        422,
        "{link}"
    );
}

#[actix_web::test]
async fn registering_the_address_of_another_person_gives_no_access() {
    for app in TestApp::on_each_database().await {
        // A form with a password, as in earlier versions: the password is ignored.
        let mut stranger = app.visitor();
        let typed = [("email", EMAIL), ("password", OTHER_PASSWORD)];
        stranger.post("/lv/register", &typed).await;
        let first = app.last_mail_to(EMAIL).await.link();
        assert_eq!(
            sign_in(&mut stranger, EMAIL, OTHER_PASSWORD).await.status,
            422
        );

        app.clock_control.advance(TimeDelta::minutes(1));
        let mut eva = app.visitor();
        let second = link_for(&app, &mut eva, "EVA@example.test".to_lowercase().as_str()).await;
        assert_ne!(first, second, "mailed again, with a link of its own");
        app.clock_control.advance(TimeDelta::minutes(1));
        stranger.post("/lv/register", &typed).await;
        let third = app.last_mail_to(EMAIL).await.link();

        // Each link works, and sets the owner's password.
        assert_eq!(
            eva.post(&first, &[("password", PASSWORD)]).await.status,
            303
        );
        assert_eq!(
            sign_in(&mut stranger, EMAIL, OTHER_PASSWORD).await.status,
            422
        );
        assert_eq!(eva.get("/lv/me/profile").await.status, 200);

        // The others work too, once each; the password typed last counts, and sessions end.
        let mut elsewhere = app.visitor();
        let page = elsewhere.get(&third).await;
        assert!(page.has("jau ir gatavs"), "{}", page.text);
        let page = elsewhere
            .post(&third, &[("password", OTHER_PASSWORD)])
            .await;
        assert_eq!(page.status, 303);
        assert_eq!(eva.get("/lv/me/profile").await.status, 303, "signed out");
        assert_eq!(sign_in(&mut eva, EMAIL, PASSWORD).await.status, 422);
        assert_eq!(sign_in(&mut eva, EMAIL, OTHER_PASSWORD).await.status, 303);
        assert_eq!(app.last_mail_to(EMAIL).await.subject, "Parole ir nomainīta");
        for link in [&first, &third] {
            assert_eq!(app.visitor().get(link).await.status, 410);
            let again = app.visitor().post(link, &[("password", PASSWORD)]).await;
            assert_eq!(again.status, 410);
        }
        assert_eq!(
            elsewhere
                .post(&second, &[("password", PASSWORD)])
                .await
                .status,
            303
        );
        assert_eq!(sign_in(&mut eva, EMAIL, OTHER_PASSWORD).await.status, 422);
        assert_eq!(sign_in(&mut eva, EMAIL, PASSWORD).await.status, 303);
    }
}

#[actix_web::test]
async fn a_password_of_an_unconfirmed_account_does_not_sign_in() {
    for app in TestApp::on_each_database().await {
        let mut eva = app.visitor();
        let link = link_for(&app, &mut eva, EMAIL).await;
        let hash = hash_password(OTHER_PASSWORD.to_owned()).await.unwrap();
        app.db
            .write::<_, DbErr>(async move |txn| {
                account::Entity::update_many()
                    .col_expr(account::Column::PasswordHash, Expr::value(hash))
                    .exec(txn)
                    .await
            })
            .await
            .unwrap();
        assert_eq!(sign_in(&mut eva, EMAIL, OTHER_PASSWORD).await.status, 422);
        eva.post(&link, &[("password", PASSWORD)]).await;
        let mut other = app.visitor();
        assert_eq!(sign_in(&mut other, EMAIL, OTHER_PASSWORD).await.status, 422);
        assert_eq!(sign_in(&mut other, EMAIL, PASSWORD).await.status, 303);
    }
}

#[actix_web::test]
async fn repeated_requests_for_mails_are_limited_in_the_same_way_with_and_without_an_account() {
    for app in TestApp::on_each_database().await {
        registered(&app, KNOWN).await;
        app.clock_control.advance(TimeDelta::minutes(1));
        let asked = [
            ("/lv/register", EMAIL, "Apstipriniet e-pasta adresi"),
            ("/lv/register", KNOWN, "Jums jau ir konts"),
            ("/lv/forgotten", OTHER_KNOWN, "Jauna parole"),
            ("/lv/forgotten", NOBODY, "Konta ar šo adresi nav"),
        ];
        registered(&app, OTHER_KNOWN).await;
        app.clock_control.advance(TimeDelta::minutes(1));
        let mut counts = [const { Vec::new() }; 4];
        for minutes in [0, 1, 1, 1, 1, 1, 8, 1, 10, 10, 10, 10, 10, 50, 60] {
            app.clock_control.advance(TimeDelta::minutes(minutes));
            let mut pages = Vec::new();
            for (number, (path, email, subject)) in asked.into_iter().enumerate() {
                let page = app.visitor().post(path, &[("email", email)]).await;
                assert_eq!(page.status, 200);
                let mails = app.mails_to(email).await;
                let newest = mails.last().unwrap();
                assert!(page.has(&newest.file_name), "{path} {email} {minutes}");
                assert!(page.has("jauna var nebūt nosūtīta") && !page.has("Nosūtījām"));
                for often in ["reizi minūtē", "reizi 10 minūtēs", "reizi stundā"] {
                    assert!(page.has(&format!("ne biežāk kā {often}")), "{}", page.text);
                }
                let of_kind = mails.iter().filter(|mail| mail.subject == subject);
                counts[number].push(of_kind.count());
                pages.push(same(&page).replace(email, "x"));
            }
            assert_eq!(pages[0], pages[1], "{minutes}");
            assert_eq!(pages[2], pages[3], "{minutes}");
        }
        for (counts, (path, email, _)) in counts.iter().zip(asked) {
            assert_eq!(
                counts[..],
                [1, 2, 3, 4, 5, 5, 5, 6, 7, 8, 9, 10, 10, 11, 12],
                "each minute, then each ten, then each hour: {path} {email}"
            );
        }
        let mut eva = app.visitor();
        // Without a new mail, the earlier links still work.
        for mail in app.mails_to(EMAIL).await {
            assert_eq!(app.visitor().get(&mail.link()).await.status, 200);
        }
        // A used link does not count as one that still works.
        app.clock_control.advance(TimeDelta::minutes(30));
        eva.post("/lv/register", &[("email", EMAIL)]).await;
        assert_eq!(app.mails_to(EMAIL).await.len(), 12);
        let link = app.last_mail_to(EMAIL).await.link();
        eva.post(&link, &[("password", PASSWORD)]).await;
        let mut eva = app.visitor();
        eva.post("/lv/forgotten", &[("email", EMAIL)]).await;
        assert_eq!(app.last_mail_to(EMAIL).await.subject, "Jauna parole");
    }
}

#[actix_web::test]
async fn mails_about_a_missing_account_do_not_limit_the_link_of_a_registration() {
    for app in TestApp::on_each_database().await {
        for _ in 0..12 {
            app.clock_control.advance(TimeDelta::minutes(10));
            app.visitor()
                .post("/lv/forgotten", &[("email", EMAIL)])
                .await;
        }
        let told = app.mails_to(EMAIL).await.len();
        let link = link_for(&app, &mut app.visitor(), EMAIL).await;
        assert!(link.starts_with("/lv/confirm/"), "{link}");
        assert_eq!(app.mails_to(EMAIL).await.len(), told + 1);
    }
}

#[actix_web::test]
async fn mails_of_a_day_ago_do_not_count_and_a_form_sent_twice_sends_one() {
    for app in TestApp::on_each_database().await {
        for number in 0..10 {
            app.clock_control.advance(TimeDelta::minutes(10));
            let fields = [("email", EMAIL)];
            let (mut one, mut other) = (app.visitor(), app.visitor());
            tokio::join!(
                one.post("/lv/forgotten", &fields),
                other.post("/lv/forgotten", &fields)
            );
            assert_eq!(app.mails_to(EMAIL).await.len(), number + 1);
        }
        app.clock_control.advance(TimeDelta::hours(24));
        for number in 10..14 {
            app.clock_control.advance(TimeDelta::minutes(1));
            app.visitor()
                .post("/lv/forgotten", &[("email", EMAIL)])
                .await;
            assert_eq!(app.mails_to(EMAIL).await.len(), number + 1);
        }
    }
}

#[actix_web::test]
async fn registering_continues_to_the_requested_page() {
    let app = TestApp::start().await;
    let mut eva = app.visitor();
    let next = "/lv/courses?ground=age";
    let page = eva
        .get("/lv/sign-in?next=%2Flv%2Fcourses%3Fground%3Dage")
        .await;
    assert!(page.has("/lv/register?next=%2Flv%2Fcourses%3Fground%3Dage"));
    let page = eva
        .get("/lv/register?next=%2Flv%2Fcourses%3Fground%3Dage")
        .await;
    assert!(page.has("name=\"next\" value=\"/lv/courses?ground=age\""));
    let fields = [("email", EMAIL), ("next", next)];
    let page = eva.post("/lv/register", &fields).await;
    assert!(page.has("name=\"next\""), "asking once more keeps it");
    let link = app.last_mail_to(EMAIL).await.link();
    assert!(
        link.ends_with("?next=%2Flv%2Fcourses%3Fground%3Dage"),
        "{link}"
    );
    // In another browser, e.g. that of the telephone where the mail is read.
    let mut telephone = app.visitor();
    let page = telephone.get(&link).await;
    assert!(page.has("name=\"next\" value=\"/lv/courses?ground=age\""));
    let page = telephone
        .post(&link, &[("password", PASSWORD), ("next", next)])
        .await;
    assert_eq!(
        page.location(),
        "/lv/me/profile?next=%2Flv%2Fcourses%3Fground%3Dage"
    );
    let elsewhere = [("email", "b@example.test"), ("next", "//elsewhere.example")];
    eva.post("/lv/register", &elsewhere).await;
    let link = app.last_mail_to("b@example.test").await.link();
    assert!(!link.contains("next"), "{link}");
}

#[actix_web::test]
async fn a_forgotten_password_is_no_detour_from_the_requested_page() {
    let app = TestApp::start().await;
    let mut eva = registered(&app, EMAIL).await;
    app.clock_control.advance(TimeDelta::minutes(1));
    let page = "/lv/courses?ground=age";
    let (query, field) = (
        "?next=%2Flv%2Fcourses%3Fground%3Dage",
        "name=\"next\" value=\"/lv/courses?ground=age\"",
    );
    let mut asks = app.visitor();
    let sign_in_page = asks.get(&format!("/lv/sign-in{query}")).await;
    assert!(sign_in_page.has(&format!("/lv/forgotten{query}")));
    let forgotten = asks.get(&format!("/lv/forgotten{query}")).await;
    assert!(forgotten.has(field) && forgotten.has(&format!("/lv/sign-in{query}")));
    let wrong = [("email", "eva@"), ("next", page)];
    let again = asks.post("/lv/forgotten", &wrong).await;
    assert!(again.has(field) && again.has("eva@"), "{}", again.text);
    let sent = asks
        .post("/lv/forgotten", &[("email", EMAIL), ("next", page)])
        .await;
    assert!(sent.has(field), "asking once more keeps it");
    let link = app.last_mail_to(EMAIL).await.link();
    assert!(
        link.starts_with("/lv/reset/") && link.ends_with(query),
        "{link}"
    );

    let mut telephone = app.visitor();
    let form = telephone.get(&link).await;
    assert!(form.has(field));
    let weak = [("password", "x"), ("next", page)];
    assert!(telephone.post(&link, &weak).await.has(field));
    let new = [("password", OTHER_PASSWORD), ("next", page)];
    let changed = telephone.post(&link, &new).await;
    assert_eq!(changed.location(), format!("/lv/sign-in{query}"));
    assert!(eva.get(&link).await.has(field), "a used link leads on, too");

    app.clock_control.advance(TimeDelta::minutes(1));
    for elsewhere in ["//elsewhere.example", "https://elsewhere.example/lv/"] {
        let fields = [("email", EMAIL), ("next", elsewhere)];
        let sent = asks.post("/lv/forgotten", &fields).await;
        assert!(!sent.has("elsewhere"), "{}", sent.text);
        assert!(!app.last_mail_to(EMAIL).await.link().contains("elsewhere"));
    }
}

#[actix_web::test]
async fn the_ways_to_sign_in_on_top_of_a_page_lead_back_to_it() {
    let app = TestApp::start().await;
    let mut eva = app.visitor();
    for (opened, next) in [
        (
            "/lv/courses?ground=age",
            Some("%2Flv%2Fcourses%3Fground%3Dage"),
        ),
        ("/en/verify", Some("%2Fen%2Fverify")),
        // Pages for signing in pass on what they were asked for.
        ("/lv/register?next=%2Flv%2Fcourses", Some("%2Flv%2Fcourses")),
        ("/lv/register?next=%2F%2Felsewhere.example", None),
        ("/lv/forgotten", None),
        ("/lv/nowhere", None),
    ] {
        let page = eva.get(opened).await;
        let lang = opened.get(..3).unwrap();
        for way in ["sign-in", "register"] {
            let url = match next {
                Some(next) => format!("href=\"{lang}/{way}?next={next}\""),
                None => format!("href=\"{lang}/{way}\""),
            };
            let header = page.text.split("<main").next().unwrap();
            assert_eq!(header.matches(&url).count(), 2, "{opened}: {url}");
        }
    }
}

#[actix_web::test]
async fn only_the_owner_learns_that_an_address_is_taken() {
    for app in TestApp::on_each_database().await {
        registered(&app, EMAIL).await;
        let (mut stranger, mut newcomer) = (app.visitor(), app.visitor());
        let taken = stranger.post("/lv/register", &[("email", EMAIL)]).await;
        let new = newcomer
            .post("/lv/register", &[("email", "new@example.test")])
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
        let (_, reset) = mail
            .body
            .rsplit_once(PUBLIC_URL)
            .unwrap()
            .0
            .rsplit_once(PUBLIC_URL)
            .unwrap();
        let link = reset.split_whitespace().next().unwrap();
        assert!(link.starts_with("/lv/reset/"), "{link}");
        let page = app
            .visitor()
            .post(link, &[("password", OTHER_PASSWORD)])
            .await;
        assert_eq!(page.location(), "/lv/sign-in");
        assert_eq!(
            sign_in(&mut stranger, EMAIL, OTHER_PASSWORD).await.status,
            303
        );
    }
}

#[actix_web::test]
async fn who_forgot_before_confirming_gets_the_first_link_again() {
    for app in TestApp::on_each_database().await {
        let mut eva = app.visitor();
        link_for(&app, &mut eva, EMAIL).await;
        app.clock_control.advance(TimeDelta::minutes(1));
        eva.post("/lv/forgotten", &[("email", EMAIL)]).await;
        let link = app.last_mail_to(EMAIL).await.link();
        assert!(link.starts_with("/lv/confirm/"), "{link}");
        assert_eq!(eva.post(&link, &[("password", PASSWORD)]).await.status, 303);
    }
}

#[actix_web::test]
async fn an_overlong_address_is_invalid_and_is_not_shown() {
    let app = TestApp::start().await;
    let long = format!("{}@example.test", "a".repeat(250_000));
    for path in [
        "/lv/register",
        "/lv/sign-in",
        "/lv/forgotten",
        "/lv/confirm",
    ] {
        let fields = [("email", long.as_str()), ("password", PASSWORD)];
        let page = app.visitor().post(path, &fields).await;
        assert_eq!(page.status, 422, "{path}");
        assert!(page.text.len() < 50_000, "{path}: {}", page.text.len());
    }
}

#[actix_web::test]
async fn requesting_a_new_password_does_not_reveal_accounts() {
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
    for (email, message) in [
        ("", "Ierakstiet e-pasta adresi"),
        ("eva", "Ierakstiet pilnu e-pasta adresi"),
    ] {
        let page = app
            .visitor()
            .post("/lv/register", &[("email", email)])
            .await;
        assert_eq!(page.status, 422, "{email}");
        assert!(page.has(message), "{message}: {}", page.text);
        assert!(
            page.has(&format!("value=\"{email}\"")),
            "what was typed stays"
        );
        assert!(page.has("aria-invalid=\"true\"") && page.has("error-summary"));
    }
    assert!(app.mails_to(EMAIL).await.is_empty());
}

#[actix_web::test]
async fn a_form_sent_twice_makes_one_account_and_one_mail() {
    for app in TestApp::on_each_database().await {
        let fields = [("email", EMAIL)];
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
        let link = mails[0].link();
        // Two tabs at once: one of them sets the password.
        let (one, other) = tokio::join!(
            one.post(&link, &[("password", PASSWORD)]),
            other.post(&link, &[("password", OTHER_PASSWORD)])
        );
        let mut statuses = [one.status.as_u16(), other.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 410]);
    }
}

#[actix_web::test]
async fn links_end_after_a_day_or_their_use_and_offer_new_ones() {
    for app in TestApp::on_each_database().await {
        let mut eva = app.visitor();
        let old = link_for(&app, &mut eva, EMAIL).await;
        let password = [("password", PASSWORD)];
        app.clock_control.advance(TimeDelta::hours(24));
        for page in [eva.get(&old).await, eva.post(&old, &password).await] {
            assert_eq!(
                (page.status.as_u16(), page.heading().as_str()),
                (410, "Saites laiks ir beidzies")
            );
            assert!(page.has("Lūgt jaunu saiti"));
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

        // A link is valid for its own purpose only.
        let token = new.rsplit_once('/').unwrap().1;
        for path in [
            format!("/lv/reset/{token}"),
            format!("/lv/admin/first/{token}"),
        ] {
            assert_eq!(app.visitor().get(&path).await.status, 404, "{path}");
            assert_eq!(
                app.visitor().post(&path, &password).await.status.as_u16() / 100,
                4
            );
        }
        assert_eq!(eva.post(&new, &password).await.status, 303);
        app.clock_control.advance(TimeDelta::minutes(10));
        let page = app.visitor().post(&new, &password).await;
        assert_eq!(
            (page.status.as_u16(), page.heading().as_str()),
            (410, "Saite jau ir izmantota")
        );
    }
}

#[actix_web::test]
async fn a_links_form_sent_twice_signs_its_owner_in_and_going_back_leads_on() {
    for app in TestApp::on_each_database().await {
        let link = link_for(&app, &mut app.visitor(), EMAIL).await;
        let fields = [("password", PASSWORD)];
        let mut eva = app.visitor();
        assert_eq!(eva.post(&link, &fields).await.status, 303);
        // The second answer is the one that a browser shows, to a request with the cookies of before.
        let mut eva = app.visitor();
        let page = eva.post(&link, &fields).await;
        assert_eq!(page.status, 303, "{}", page.text);
        assert!(eva.has_session());
        assert_eq!(eva.get("/lv/me/profile").await.status, 200);
        // Back in the history is the link's page.
        let page = eva.get(&link).await;
        assert_eq!(page.status, 303, "{}", page.text);
        assert!(eva.follow(&page).await.has("Šī saite jau ir izmantota"));

        // It does not sign in anybody else, and not later.
        let mut stranger = app.client(Who::Learner).await;
        assert_eq!(stranger.get(&link).await.status, 410);
        let wrong = [("password", OTHER_PASSWORD)];
        assert_eq!(app.visitor().post(&link, &wrong).await.status, 410);
        app.clock_control.advance(TimeDelta::minutes(10));
        assert_eq!(app.visitor().post(&link, &fields).await.status, 410);
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
async fn signing_in_creates_a_session_and_continues_to_the_requested_page() {
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

    // The earlier session is no longer valid.
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
async fn a_session_expires() {
    let app = TestApp::start().await;
    let mut eva = app.client(Who::Learner).await;
    for _ in 0..27 {
        app.clock_control.advance(TimeDelta::minutes(30));
        assert_eq!(eva.get("/lv/me/profile").await.status, 200);
    }
    app.clock_control.advance(TimeDelta::minutes(30));
    assert_eq!(eva.get("/lv/me/profile").await.status, 303);
}

#[actix_web::test]
async fn a_new_password_ends_every_session_and_informs_the_owner() {
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
        let again = thief.post(&link, &[("password", new)]).await;
        assert_eq!(again.status, 303, "sent twice: {}", again.text);
        assert_eq!(thief.get("/lv/me/profile").await.status, 200);
        app.clock_control.advance(TimeDelta::minutes(10));
        let again = app.visitor().post(&link, &[("password", new)]).await;
        assert_eq!(again.status, 410);

        assert_eq!(eva.get("/lv/me/profile").await.status, 303, "signed out");
        assert_eq!(sign_in(&mut eva, EMAIL, PASSWORD).await.status, 422);
        assert_eq!(sign_in(&mut eva, EMAIL, new).await.status, 303);
        assert_eq!(app.last_mail_to(EMAIL).await.subject, "Parole ir nomainīta");
        // The new password, and two sign-ins with it.
        assert_eq!(audit::verify_chain(&app.db).await.unwrap(), Ok(3));
    }
}

#[actix_web::test]
async fn a_new_password_ends_the_other_links_too() {
    for app in TestApp::on_each_database().await {
        let mut eva = registered(&app, EMAIL).await;
        let mut links = Vec::new();
        for path in ["/lv/forgotten", "/lv/forgotten", "/lv/register"] {
            app.clock_control.advance(TimeDelta::minutes(1));
            eva = app.visitor();
            eva.post(path, &[("email", EMAIL)]).await;
            links.push(app.last_mail_to(EMAIL).await);
        }
        // Asking again ends nothing: mails may come late, and in any order.
        let (first, second) = (links[0].link(), links[1].link());
        assert_eq!(eva.get(&first).await.status, 200);
        assert_eq!(eva.get(&second).await.status, 200);
        eva.post(&first, &[("password", OTHER_PASSWORD)]).await;
        let page = eva.post(&second, &[("password", PASSWORD)]).await;
        assert_eq!(page.status, 410);
        assert_eq!(sign_in(&mut eva, EMAIL, OTHER_PASSWORD).await.status, 303);
    }
}

#[actix_web::test]
async fn an_address_registered_by_another_person_can_become_the_first_administrators() {
    for app in TestApp::on_each_database().await {
        let mut stranger = app.visitor();
        let mailed = link_for(&app, &mut stranger, EMAIL).await;
        let token = first_administrator_token(&app.app.clock, &app.db).await;
        let link = format!("/lv/admin/first/{}", token.unwrap().unwrap());
        let mut eva = app.visitor();
        let page = eva
            .post(
                &link,
                &[
                    ("given_name", "Ēva"),
                    ("family_name", "Paraudziņa"),
                    ("email", EMAIL),
                    ("password", PASSWORD),
                ],
            )
            .await;
        assert_eq!(page.location(), "/lv/admin/accounts");
        let page = eva.get("/lv/admin/accounts").await;
        assert!(page.has("Ēva Paraudziņa") && !page.has("tag--warning"));
        assert_eq!(stranger.get(&mailed).await.status, 410);
        assert_eq!(sign_in(&mut stranger, EMAIL, PASSWORD).await.status, 303);
    }
}

#[actix_web::test]
async fn an_unconfirmed_account_does_not_count_as_administrator() {
    for app in TestApp::on_each_database().await {
        let mut admin = app.client(Who::Admin).await;
        let mut eva = app.visitor();
        let link = link_for(&app, &mut eva, EMAIL).await;
        let id = account::Entity::find()
            .filter(account::Column::Email.eq(EMAIL))
            .one(app.db.read())
            .await
            .unwrap()
            .unwrap()
            .id;
        let give = [("role", "admin"), ("change", "give")];
        admin
            .post(&format!("/lv/admin/accounts/{id}/roles"), &give)
            .await;
        // The only administrator who can sign in keeps the role.
        let take = [("role", "admin"), ("change", "take")];
        let own = format!("/lv/admin/accounts/{}/roles", admin.account_id);
        admin.post(&own, &take).await;
        assert_eq!(admin.get("/lv/admin/accounts").await.status, 200);
        // The role takes effect once the address is confirmed.
        assert_eq!(eva.post(&link, &[("password", PASSWORD)]).await.status, 303);
        assert_eq!(eva.get("/lv/admin/accounts").await.status, 200);
        eva.post(&own, &take).await;
        assert_eq!(admin.get("/lv/admin/accounts").await.status, 403);
        let back = format!("/lv/admin/accounts/{id}/roles");
        assert_eq!(eva.post(&back, &take).await.status, 303);
        assert_eq!(eva.get("/lv/admin/accounts").await.status, 200);
    }
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

        app.clock_control.advance(TimeDelta::days(30));
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
async fn roles_are_granted_and_revoked_once_and_recorded() {
    for app in TestApp::on_each_database().await {
        let mut admin = app.client(Who::Admin).await;
        let mut learner = app.client(Who::Learner).await;
        let account = format!("/lv/admin/accounts/{}", learner.account_id);
        let roles = format!("{account}/roles");
        for _ in 0..2 {
            let page = admin
                .post(&roles, &[("role", "manager"), ("change", "give")])
                .await;
            assert_eq!(page.location(), account);
        }
        assert_eq!(learner.get("/lv/manage/organisations").await.status, 200);
        let page = admin.get("/lv/admin/accounts?q=LEARNER").await;
        assert!(page.has("learner@example.test") && !page.has("admin@example.test"));
        assert!(page.has(&account), "the row leads to the account");
        let page = admin.get(&account).await;
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
        let page = admin.get("/lv/admin/accounts?q=PARAUDZINA+admin").await;
        assert!(page.has("1.–1. no 1"), "names are found without diacritics");
        let page = admin.get("/lv/admin/accounts?q=neviens").await;
        assert!(page.has("Nekas nav atrasts"));
    }
}

#[actix_web::test]
async fn accounts_are_filtered_by_names_of_several_alphabets() {
    for app in TestApp::on_each_database().await {
        let mut admin = app.client(Who::Admin).await;
        // With a Cyrillic letter at the beginning.
        let mixed = "\u{410}nna";
        for (email, given) in [
            ("cyril@example.test", mixed),
            ("latin@example.test", "Anna"),
        ] {
            let mut person = registered(&app, email).await;
            let fields = [("given_name", given), ("family_name", "Ozola")];
            assert_eq!(person.post("/lv/me/profile", &fields).await.status, 303);
        }
        let page = admin.get("/lv/admin/accounts?name=mixed").await;
        assert!(page.has("1.–1. no 1") && page.has("cyril@example.test"));
        assert!(page.has("<option value=\"mixed\" selected>"));
        let file = admin.get("/lv/admin/accounts/export.csv?name=mixed").await;
        assert_eq!(file.text.lines().count(), 2, "{}", file.text);
        let notes = audit::about(&app.db, ("list", "accounts".to_owned()), "list.exported");
        assert_eq!(
            notes.await.unwrap()[0].detail["filters"],
            serde_json::json!({ "name": "mixed" })
        );

        // The name is corrected.
        let mut person = app.visitor();
        sign_in(&mut person, "cyril@example.test", PASSWORD).await;
        let fields = [("given_name", "Anna"), ("family_name", "Ozola")];
        assert_eq!(person.post("/lv/me/profile", &fields).await.status, 303);
        let page = admin.get("/lv/admin/accounts?name=mixed").await;
        assert!(page.has("Nekas nav atrasts"));
    }
}

#[actix_web::test]
async fn where_others_come_no_page_names_a_file_and_administrators_are_warned() {
    let warning = "Vēstules nevienu nesasniedz";
    let app = TestApp::build().public().start().await;
    for path in ["/lv/register", "/lv/forgotten"] {
        let page = app.visitor().post(path, &[("email", EMAIL)]).await;
        assert_eq!(page.status, 200);
        assert!(page.has("Šī vietne pašlaik nesūta vēstules"), "{path}");
        assert!(!page.has(".eml") && !page.has("datu mapē"), "{path}");
    }
    let mut admin = app.client(Who::Admin).await;
    assert!(admin.get("/lv/admin/accounts").await.has(warning));
    assert!(!admin.get("/lv/me").await.has(warning));
    assert!(
        !app.client(Who::Learner)
            .await
            .get("/lv/me")
            .await
            .has(warning)
    );

    let app = TestApp::start().await;
    let mut admin = app.client(Who::Admin).await;
    assert!(!admin.get("/lv/admin/accounts").await.has(warning));
}
