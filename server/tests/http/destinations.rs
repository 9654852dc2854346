//! No redirect leads to an address that only accepts a form, neither after signing in nor by the link to the
//! other language.

use actix_web::{
    http::{Method, header},
    test::TestRequest,
};
use server::testing::{Client, Page, TestApp};

use super::routes::{NOBODY, PAGES, all_roles, ask, filled};

/// Pages for signing in, or reached by a one-time link.
const NO_DESTINATIONS: [&str; 12] = [
    "/sign-in/code",
    "/new-email/{token}",
    "/register",
    "/confirm/{token}",
    "/sign-in",
    "/forgotten",
    "/reset/{token}",
    "/admin/first/{token}",
    "/registrations/{token}",
    "/registrations/{token}/cancel",
    "/registrations/{token}/substitute",
    "/calendar/{token}/events.ics",
];

/// Every route that accepts a form, with parameters filled in.
fn forms() -> impl Iterator<Item = (String, &'static str)> {
    PAGES
        .iter()
        .filter(|(_, methods)| methods.contains('P'))
        .map(|(path, methods)| (filled(&format!("/lv{path}"), NOBODY), *methods))
}

fn encoded(page: &str) -> String {
    url::form_urlencoded::byte_serialize(page.as_bytes()).collect()
}

/// The text after `start`, until the end of its attribute.
fn attribute<'a>(page: &'a Page, start: &str) -> Option<&'a str> {
    page.text.split_once(start)?.1.split('"').next()
}

/// Sends a form, with its token or without, from a page.
async fn send(client: &mut Client, path: &str, referrer: Option<&str>, has_token: bool) -> Page {
    let page = client.get("/lv/verify").await;
    let token = match attribute(&page, "name=\"csrf\" value=\"") {
        Some(token) if has_token => token.to_owned(),
        _ => String::new(),
    };
    let mut request = TestRequest::post()
        .uri(path)
        .insert_header((header::HOST, "iespeja.example"))
        .set_form([("csrf", token)]);
    if let Some(referrer) = referrer {
        let referrer = format!("https://iespeja.example{referrer}");
        request = request.insert_header((header::REFERER, referrer));
    }
    client.send(request).await
}

#[actix_web::test]
async fn only_a_page_that_can_be_read_is_one_to_go_on_to() {
    let app = TestApp::start().await;
    let mut eva = app.visitor();
    let mut cases: Vec<(String, bool)> = PAGES
        .iter()
        .map(|(route, methods)| {
            let is_page = methods.contains('G') && !NO_DESTINATIONS.contains(route);
            (filled(&format!("/lv{route}"), NOBODY), is_page)
        })
        .collect();
    for (page, is_page) in [
        ("/lv/courses?ground=age&x=1", true),
        ("/en/me", true),
        ("/lv/sign-out?x=1", false),
        ("/lv/%73ign-out", false),
        ("/lv/sign%2Din", false),
        ("/lv/courses/../sign-out", false),
        ("/lv/handbook/%2e%2E", false),
        ("/lv/nowhere", false),
        ("/lv/courses/", false),
        ("/lv", false),
        ("/healthz", false),
        ("/lv/sign-in?next=/lv/me", false),
    ] {
        cases.push((page.to_owned(), is_page));
    }
    for (page, is_page) in cases {
        let expected = is_page.then(|| page.replace('&', "&amp;"));
        let shown = eva
            .get(&format!("/lv/sign-in?next={}", encoded(&page)))
            .await;
        let kept = attribute(&shown, "name=\"next\" value=\"");
        assert_eq!(kept, expected.as_deref(), "{page}");
        // The same in a form.
        let fields = [("email", "wrong"), ("next", &page)];
        let shown = eva.post("/lv/register", &fields).await;
        assert_eq!(shown.status, 422);
        let kept = attribute(&shown, "name=\"next\" value=\"");
        assert_eq!(kept, expected.as_deref(), "{page} in a form");
        if is_page {
            assert_ne!(eva.get(&page).await.status, 405, "{page}");
        }
    }
}

#[actix_web::test]
async fn a_form_sent_after_the_session_ended_leads_back_to_the_page_it_was_on() {
    let app = TestApp::start().await;
    let mut reader = all_roles(&app).await;
    let mut count = 0;
    for (path, methods) in forms() {
        for referrer in [
            None,
            Some(path.as_str()),
            Some("/lv/handbook?q=x"),
            Some("/lv/sign-in"),
        ] {
            let page = send(&mut app.visitor(), &path, referrer, true).await;
            if page.status != 303 || !page.location().starts_with("/lv/sign-in") {
                continue;
            }
            count += 1;
            let (_, query) = page.location().split_once('?').unwrap();
            let (_, next) = url::form_urlencoded::parse(query.as_bytes())
                .next()
                .unwrap();
            let what = format!("{path} from {referrer:?} leads to {next}");
            assert_ne!(reader.get(&next).await.status, 405, "{what}");
            match referrer {
                Some("/lv/handbook?q=x") => assert_eq!(next, "/lv/handbook?q=x", "{what}"),
                _ if methods.contains('G') => assert_eq!(next, path, "{what}"),
                _ => assert!(path.starts_with(&*next) && *next != path, "{what}"),
            }
        }
    }
    assert!(count > 50, "{count}");
    // A page of another site is ignored.
    let request = TestRequest::post()
        .uri("/lv/me/profile")
        .insert_header((header::REFERER, "https://other.example/lv/handbook"))
        .insert_header((header::HOST, "iespeja.example"))
        .set_form([("given_name", "Anna")]);
    let page = app.visitor().send(request).await;
    assert_eq!(page.location(), "/lv/sign-in?next=%2Flv%2Fme%2Fprofile");
}

#[actix_web::test]
async fn the_other_language_of_what_a_form_answers_is_a_page() {
    let app = TestApp::start().await;
    let mut known = all_roles(&app).await;
    let mut count = 0;
    for (path, methods) in forms() {
        for is_known in [true, false] {
            for (referrer, has_token) in [
                (None, true),
                (None, false),
                (Some(path.as_str()), false),
                (Some("/lv/handbook?q=x"), false),
                (Some("/en/handbook"), false),
            ] {
                let mut visitor = app.visitor();
                let client = if is_known && !path.ends_with("/sign-out") {
                    &mut known
                } else {
                    &mut visitor
                };
                let page = send(client, &path, referrer, has_token).await;
                let Some(other) = attribute(&page, "hreflang=\"en\" href=\"") else {
                    assert_eq!(page.status, 303, "{path}: {}", page.text);
                    continue;
                };
                count += 1;
                let what = format!("{path} from {referrer:?} leads to {other}");
                assert!(other.starts_with("/en/"), "{what}");
                assert_ne!(client.get(other).await.status, 405, "{what}");
                if !methods.contains('G') && referrer == Some("/lv/handbook?q=x") {
                    assert_eq!(other, "/en/handbook?q=x", "{what}");
                }
            }
        }
        if !methods.contains('G') {
            let page = ask(&mut app.visitor(), Method::GET, &path).await;
            assert_eq!(page.status, 405);
            let other = attribute(&page, "hreflang=\"en\" href=\"").unwrap();
            assert_ne!(
                app.visitor().get(other).await.status,
                405,
                "{path}: {other}"
            );
        }
    }
    assert!(count > 100, "{count}");
}
