//! Every route, with valid and invalid requests.

use std::collections::BTreeSet;

use actix_web::{
    http::{Method, header},
    test::TestRequest,
};
use server::{
    accounts::Role,
    http::address,
    testing::{Client, Page, Someone, TestApp, Who},
};

/// Every page below a language: its path as it is routed, and its methods.
pub(crate) const PAGES: &[(&str, &str)] = &[
    ("/", "G"),
    ("/styleguide", "G"),
    ("/register", "GP"),
    ("/confirm", "P"),
    ("/confirm/{token}", "GP"),
    ("/sign-in", "GP"),
    ("/sign-in/code", "GP"),
    ("/sign-out", "P"),
    ("/forgotten", "GP"),
    ("/reset/{token}", "GP"),
    ("/new-email/{token}", "GP"),
    ("/admin/first/{token}", "GP"),
    ("/admin/accounts", "G"),
    ("/admin/accounts/export.{ending}", "G"),
    ("/admin/accounts/{account}", "G"),
    ("/admin/accounts/{account}/roles", "P"),
    ("/admin/accounts/{account}/close", "GP"),
    ("/admin/accounts/{account}/reopen", "P"),
    ("/admin/accounts/{account}/sessions", "P"),
    ("/admin/jobs", "GP"),
    ("/admin/jobs/drop", "GP"),
    ("/admin/jobs/{job}", "G"),
    ("/admin/jobs/{job}/retry", "P"),
    ("/admin/jobs/{job}/address", "P"),
    ("/admin/accounts/{account}/second-factor", "P"),
    ("/events/{event}/register", "GP"),
    ("/events/{event}/register/sent", "G"),
    ("/events/{event}/register-group", "GP"),
    ("/registrations/{token}", "G"),
    ("/registrations/{token}/confirm", "P"),
    ("/registrations/{token}/accept", "P"),
    ("/registrations/{token}/cancel", "GP"),
    ("/registrations/{token}/change", "P"),
    ("/registrations/{token}/substitute", "GP"),
    ("/contact", "G"),
    ("/report", "GP"),
    ("/privacy", "G"),
    ("/accessibility", "G"),
    ("/paths/{path}", "G"),
    ("/paths/{path}/enrol", "GP"),
    ("/me", "G"),
    ("/me/account", "G"),
    ("/me/account/language", "P"),
    ("/me/account/password", "GP"),
    ("/me/account/email", "GP"),
    ("/me/account/sessions", "P"),
    ("/me/account/second-factor", "GP"),
    ("/me/account/second-factor/setup", "GP"),
    ("/me/account/second-factor/codes", "P"),
    ("/me/account/second-factor/remove", "GP"),
    ("/me/tokens", "GP"),
    ("/me/tokens/{token}/revoke", "GP"),
    ("/me/events", "G"),
    ("/me/events/calendar", "GP"),
    ("/calendar/{token}/events.ics", "G"),
    ("/me/registrations/{registration}", "G"),
    ("/me/groups/{group}", "G"),
    ("/me/groups/{group}/{registration}/cancel", "GP"),
    ("/me/groups/{group}/{registration}/substitute", "GP"),
    ("/me/profile", "GP"),
    ("/me/organisation", "GP"),
    ("/me/organisation/new", "GP"),
    ("/me/privacy", "GP"),
    ("/me/reminders", "GP"),
    ("/reminders/{token}", "GP"),
    ("/me/data", "G"),
    ("/me/data/export.{ending}", "G"),
    ("/me/data/erase", "GP"),
    ("/me/data/keep", "P"),
    ("/me/certificates/{serial}.pdf", "G"),
    ("/events", "G"),
    ("/events.ics", "G"),
    ("/events/{event}", "G"),
    ("/events/{event}/event.ics", "G"),
    ("/organise", "G"),
    ("/organise/export.{ending}", "G"),
    ("/organise/events/new", "G"),
    ("/organise/events/new/{kind}", "GP"),
    ("/organise/events/{event}", "G"),
    ("/organise/events/{event}/edit", "GP"),
    ("/organise/events/{event}/publish", "P"),
    ("/organise/events/{event}/cancel", "GP"),
    ("/organise/events/{event}/duplicate", "GP"),
    ("/organise/events/{event}/delete", "GP"),
    ("/organise/events/{event}/message", "GP"),
    ("/organise/events/{event}/registrations/import", "GP"),
    (
        "/organise/events/{event}/registrations/import/template.{ending}",
        "G",
    ),
    (
        "/organise/events/{event}/registrations/import/{import}",
        "GP",
    ),
    (
        "/organise/events/{event}/registrations/import/{import}/discard",
        "P",
    ),
    ("/organise/events/{event}/registrations", "GP"),
    (
        "/organise/events/{event}/registrations/export.{ending}",
        "G",
    ),
    (
        "/organise/events/{event}/registrations/requests.{ending}",
        "G",
    ),
    ("/organise/events/{event}/registrations/new", "GP"),
    ("/organise/events/{event}/registrations/cancel", "GP"),
    (
        "/organise/events/{event}/registrations/{registration}",
        "GP",
    ),
    ("/manage", "G"),
    ("/manage/organisers", "G"),
    ("/manage/organisers/{account}/strands", "P"),
    ("/manage/organisations", "GP"),
    ("/manage/organisations/export.{ending}", "G"),
    ("/manage/organisations/{organisation}", "GP"),
    ("/manage/organisations/{organisation}/approve", "P"),
    ("/manage/organisations/{organisation}/reject", "GP"),
    ("/manage/indicators", "G"),
    ("/manage/indicators/{indicator}", "G"),
    ("/manage/indicators/{indicator}/export.{ending}", "G"),
    ("/manage/indicators/{indicator}/facts/{fact}", "G"),
    ("/manage/completions/{completion}", "G"),
    ("/manage/organisations/{organisation}/merge", "G"),
    ("/manage/organisations/{organisation}/merge/{other}", "GP"),
    ("/manage/merges/{merge}", "GP"),
    ("/manage/learners", "G"),
    ("/manage/learners/{person}", "G"),
    ("/manage/learners/{person}/attempts", "GP"),
    ("/manage/learners/{person}/time", "GP"),
    (
        "/manage/learners/{person}/allowances/{allowance}/withdraw",
        "GP",
    ),
    ("/author/courses", "G"),
    ("/author/reports", "GP"),
    ("/glossary", "G"),
    ("/handbook", "G"),
    ("/search", "G"),
    ("/handbook/{handbook}", "G"),
    ("/handbook/{handbook}.pdf", "G"),
    ("/handbook/{handbook}/{chapter}", "G"),
    ("/handbook/{handbook}/{chapter}.pdf", "G"),
    ("/verify", "G"),
    ("/verify/{code}", "G"),
    ("/courses", "G"),
    ("/courses/{course}", "G"),
    ("/courses/{course}/lessons/{lesson}", "G"),
    ("/courses/{course}/lessons/{lesson}/done", "GP"),
    (
        "/courses/{course}/lessons/{lesson}/questions/{question}",
        "GP",
    ),
    (
        "/courses/{course}/lessons/{lesson}/questions/{question}/clear",
        "GP",
    ),
    (
        "/courses/{course}/lessons/{lesson}/questions/{question}/delete",
        "GP",
    ),
    ("/courses/{course}/enrol", "GP"),
    ("/courses/{course}/seen", "P"),
    ("/courses/{course}/test", "G"),
    ("/courses/{course}/test/start", "P"),
    ("/attempts/{attempt}", "G"),
    ("/attempts/{attempt}/answers", "GP"),
    ("/attempts/{attempt}/answers/clear", "GP"),
    ("/attempts/{attempt}/finish", "GP"),
    ("/attempts/{attempt}/review", "G"),
];

/// Those without a language.
const OTHERS: &[(&str, &str)] = &[
    ("/", "G"),
    ("/healthz", "G"),
    ("/readyz", "G"),
    ("/robots.txt", "G"),
    ("/assets/{path:.*}", "G"),
    ("/media/{name}", "G"),
];

fn routes() -> impl Iterator<Item = (String, &'static str)> {
    let pages = PAGES
        .iter()
        .map(|(path, methods)| (format!("/lv{path}"), *methods));
    pages.chain(
        OTHERS
            .iter()
            .map(|(path, methods)| ((*path).to_owned(), *methods)),
    )
}

/// The path with a value for every parameter.
pub(crate) fn filled(path: &str, with: &str) -> String {
    let mut parts = path.split('{');
    let mut filled = parts.next().unwrap().to_owned();
    for part in parts {
        filled.push_str(with);
        filled.push_str(part.split_once('}').unwrap().1);
    }
    filled
}

pub(crate) const NOBODY: &str = "00000000-0000-7000-8000-000000000000";

/// A client with every role, so that no page is refused.
pub(crate) async fn all_roles(app: &TestApp) -> Client {
    let someone = Someone {
        email: "all@example.test".to_owned(),
        role: Some(Role::Admin),
        is_ready: true,
    };
    let mut client = app.client_of(someone).await;
    let path = format!("/lv/admin/accounts/{}/roles", client.account_id);
    for role in ["manager", "organiser", "author"] {
        let fields = [("role", role), ("change", "give")];
        assert_eq!(client.post(&path, &fields).await.status, 303);
    }
    client
}

fn allow(methods: &str) -> &'static str {
    match methods {
        "G" => "GET, HEAD, OPTIONS",
        "P" => "OPTIONS, POST",
        _ => "GET, HEAD, OPTIONS, POST",
    }
}

fn text<'a>(page: &'a Page, name: &str) -> Option<&'a str> {
    page.headers.get(name).map(|value| value.to_str().unwrap())
}

pub(crate) async fn ask(client: &mut Client, method: Method, path: &str) -> Page {
    client
        .send(TestRequest::with_uri(path).method(method))
        .await
}

/// A new address needs a line above, so that every test here includes it.
#[test]
fn the_table_names_every_address() {
    let known: BTreeSet<&str> = PAGES.iter().map(|(path, _)| *path).collect();
    let all: BTreeSet<&str> = address::ALL.iter().map(|(_, route)| *route).collect();
    assert_eq!(known, all);
}

/// Every address with an id, with an invalid value in its place.
#[actix_web::test]
async fn an_invalid_id_in_an_address_is_not_found() {
    let app = TestApp::start().await;
    let (mut everything, mut visitor) = (all_roles(&app).await, app.client(Who::Visitor).await);
    for (path, methods) in PAGES {
        let holds_id = [
            "{attempt}",
            "{organisation}",
            "{completion}",
            "{fact}",
            "{person}",
            "{registration}",
        ];
        if !methods.contains('G') || !holds_id.iter().any(|id| path.contains(id)) {
            continue;
        }
        for wrong in ["x", "%20", "00000000-0000-7000-8000-00000000000g"] {
            let path = filled(&format!("/en{path}"), wrong);
            let page = everything.get(&path).await;
            assert_eq!(page.status, 404, "{path}");
            assert!(
                page.has("<html lang=\"en\"") && page.has("/en/sign-out"),
                "{path}"
            );
            // A missing sign-in is reported first.
            assert_eq!(visitor.get(&path).await.status, 303, "{path}");
        }
    }
}

#[actix_web::test]
async fn a_list_shown_again_with_an_error_keeps_its_filters_in_the_other_language() {
    let app = TestApp::start().await;
    let mut everything = all_roles(&app).await;
    for (list, action, query) in [
        (
            "manage/organisations",
            "approve",
            "q=s%C4%81ls&status=approved&sort=created&page=2",
        ),
        ("admin/jobs", "retry", "q=s%C4%81ls&state=dead&order=asc"),
        ("author/reports", "handle", "status=open&sort=page"),
    ] {
        let fields = [("do", action), ("query", query)];
        let page = everything.post(&format!("/lv/{list}"), &fields).await;
        assert_eq!(page.status, 422, "{list}");
        let other = format!("\"/en/{list}?{query}\"");
        assert!(page.text.replace("&amp;", "&").contains(&other), "{list}");
    }
    let fields = [("q", "sāls & pipari"), ("organisation", "")];
    let page = everything.post("/lv/me/organisation", &fields).await;
    assert_eq!(page.status, 422);
    assert!(page.has("\"/en/me/organisation?q=s%C4%81ls+%26+pipari\""));
}

#[actix_web::test]
async fn whatever_stands_in_the_query_of_a_list_it_is_shown() {
    let app = TestApp::build().shipped_courses().start().await;
    let mut everything = all_roles(&app).await;
    for list in [
        "manage/organisations",
        "manage/organisations/export.csv",
        "manage/learners",
        "manage/indicators/trained-public-sector",
        "manage/indicators/trained-public-sector/export.csv",
        "manage/indicators/unnamed",
        "admin/accounts",
        "admin/accounts/export.csv",
        "admin/jobs",
        "author/reports",
        "me/organisation",
        "courses",
        "search",
        "glossary",
    ] {
        for query in [
            "q=",
            "q=+%20",
            "q=%25_%5C%27%22",
            "q=%00",
            "q=%FF",
            "page=0",
            "page=2",
            "page=9223372036854775807",
            "page=99999999999999999999999",
            "page=-1&page=x",
            "sort=shoe&order=up",
            "status=approved&status=rejected&kind=&kind=x",
            "name=mixed&name=other&state=open&state=closed",
            "&&=&=x&",
        ] {
            let page = everything.get(&format!("/lv/{list}?{query}")).await;
            assert_eq!(page.status, 200, "{list}?{query}");
        }
    }
}

#[actix_web::test]
async fn an_address_with_a_slash_at_the_end_leads_to_the_one_without() {
    let app = TestApp::start().await;
    let mut visitor = app.visitor();
    for (path, _) in routes() {
        let path = filled(&path, NOBODY);
        // Files of the theme have slashes in their names.
        if path.ends_with('/') || path.starts_with("/assets/") {
            continue;
        }
        for method in [Method::GET, Method::HEAD, Method::POST] {
            for (slashes, query) in [("/", ""), ("//", "?q=%C4%81&next=//evil.example/")] {
                let asked = format!("{path}{slashes}{query}");
                let page = ask(&mut visitor, method.clone(), &asked).await;
                assert_eq!(page.status, 308, "{method} {asked}");
                assert_eq!(page.location(), format!("{path}{query}"), "{method}");
            }
        }
    }
    let page = visitor.get("/lv?x=1").await;
    assert_eq!((page.status.as_u16(), page.location()), (308, "/lv/?x=1"));
    for nowhere in [
        "//evil.example/",
        "///evil.example/lv/",
        "//lv/courses/",
        "/%2Fevil.example/",
        "/\\evil.example/",
        "/lv//evil.example/",
        "/lv/there-is-no-such-page/",
        "/there-is-no-such-page/",
        "/lv/../evil.example/",
        "/de",
    ] {
        let page = visitor.get(nowhere).await;
        assert_eq!(page.status, 404, "{nowhere}");
        assert!(!page.headers.contains_key(header::LOCATION), "{nowhere}");
    }
}

#[actix_web::test]
async fn every_page_declares_its_methods() {
    let app = TestApp::start().await;
    let mut somebody = app.client(Who::Learner).await;
    for (path, methods) in routes() {
        let path = filled(&path, NOBODY);
        for method in ["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "X"] {
            let method = Method::from_bytes(method.as_bytes()).unwrap();
            let page = ask(&mut somebody, method.clone(), &path).await;
            assert_eq!(page.status, 405, "{method} {path}");
            assert_eq!(
                text(&page, "allow"),
                Some(allow(methods)),
                "{method} {path}"
            );
            assert!(page.has("/sign-out"), "{path}: shown as a stranger");
        }
        let page = ask(&mut somebody, Method::OPTIONS, &path).await;
        assert_eq!((page.status.as_u16(), page.text.len()), (204, 0), "{path}");
        assert_eq!(text(&page, "allow"), Some(allow(methods)), "{path}");
        if !methods.contains('G') {
            for method in [Method::GET, Method::HEAD] {
                let page = ask(&mut somebody, method.clone(), &path).await;
                assert_eq!(page.status, 405, "{method} {path}");
                assert_eq!(text(&page, "allow"), Some(allow(methods)), "{path}");
            }
        }
        if !methods.contains('P') {
            let page = somebody.post(&path, &[]).await;
            assert_eq!(page.status, 405, "POST {path}");
            assert_eq!(text(&page, "allow"), Some(allow(methods)), "{path}");
        }
    }
    let nowhere = ask(&mut somebody, Method::PUT, "/lv/nowhere").await;
    assert_eq!(nowhere.status, 404);
}

#[actix_web::test]
async fn head_returns_the_headers_of_get() {
    for app in TestApp::on_each_database().await {
        for mut client in [app.visitor(), all_roles(&app).await] {
            client.get("/lv/").await;
            for (path, _) in routes().filter(|(_, methods)| methods.contains('G')) {
                for with in [NOBODY, "x"] {
                    let path = filled(&path, with);
                    // Shows what the page before left to be said once.
                    client.get("/lv/").await;
                    let whole = client.get(&path).await;
                    let head = ask(&mut client, Method::HEAD, &path).await;
                    assert_eq!(head.status, whole.status, "{path}");
                    assert_eq!(head.bytes.len(), 0, "{path}");
                    let names = |page: &Page| -> BTreeSet<String> {
                        page.headers.keys().map(ToString::to_string).collect()
                    };
                    assert_eq!(names(&head), names(&whole), "{path}");
                    for name in names(&whole) {
                        assert_eq!(text(&head, &name), text(&whole, &name), "{path} {name}");
                    }
                }
            }
        }
    }
}

#[actix_web::test]
async fn head_uses_nothing_up() {
    let app = TestApp::start().await;
    let mut learner = app.client(Who::Learner).await;
    let left = learner.post("/lv/sign-out", &[]).await;
    let path = left.location().to_owned();
    let head = ask(&mut learner, Method::HEAD, &path).await;
    assert!(text(&head, "set-cookie").is_none_or(|cookie| !cookie.starts_with("flash")));
    let shown = learner.get(&path).await;
    assert!(
        shown.has("class=\"flash") || shown.has("flash"),
        "{}",
        shown.text
    );
    let cookies: Vec<_> = shown.headers.get_all(header::SET_COOKIE).collect();
    assert!(
        cookies
            .iter()
            .any(|cookie| cookie.to_str().unwrap().starts_with("flash=")),
        "the message was still there to be shown"
    );
}

/// Values for parameters of addresses.
const HOSTILE_PARTS: &[&str] = &[
    "%00",
    "a%00b",
    "%ff",
    "%c3%28",
    "%ED%A0%80",
    "%25",
    "%2e%2e%2f",
    "%0d%0aX: y",
    "a%0d%0ab",
    "'",
    "%27%22%3Cscript%3E",
    "%F0%9F%8E%93",
    "%E2%80%8F",
    "-1",
    "0",
    "%7B%7D",
    "%zz",
    "%",
    "+",
    "18446744073709551616",
    NOBODY,
    "null",
    "..;",
    "%5C",
    "%ef%bf%bf",
    "~",
];

/// Values for fields and queries.
const HOSTILE_VALUES: &[&str] = &[
    "",
    " ",
    "%00",
    "a%00b",
    "%ff%fe",
    "%ED%A0%80",
    "%25",
    "_",
    "%5C",
    "%27%22%3C%3E",
    "%0d%0aX: y",
    "%F0%9F%8E%93",
    "%E2%80%8F%D7%A9",
    "-1",
    "0",
    "abc",
    "18446744073709551615",
    "18446744073709551616",
    "99999999999999999999999999",
    "1e9",
    "%zz",
    "NaN",
    "%01%7f",
    NOBODY,
];

const FIELDS: &[&str] = &[
    "q",
    "page",
    "next",
    "code",
    "status",
    "sort",
    "order",
    "email",
    "password",
    "given_name",
    "family_name",
    "organisation",
    "name",
    "registration_number",
    "kind",
    "reason",
    "role",
    "change",
    "question",
    "revision",
    "accept",
    "version",
    "locale",
    "go",
    "answer",
];

fn assert_answered(what: &str, page: &Page) {
    assert!(
        !page.status.is_server_error(),
        "{what}: {} {}",
        page.status,
        page.text
    );
}

#[actix_web::test]
async fn no_address_breaks_a_page() {
    for app in TestApp::on_each_database().await {
        let mut client = all_roles(&app).await;
        for (path, methods) in routes().filter(|(path, _)| !path.ends_with("/sign-out")) {
            for part in HOSTILE_PARTS {
                let path = filled(&path, &part.replace(' ', "%20"));
                let is_filled = path.contains(&part.replace(' ', "%20"));
                if methods.contains('G') {
                    let page = client.get(&path).await;
                    assert_answered(&path, &page);
                    if part.contains("%00") && is_filled {
                        assert_eq!(page.status, 404, "{path}");
                    }
                }
                if methods.contains('P') {
                    assert_answered(&path, &client.post(&path, &[]).await);
                }
            }
        }
        for path in [
            "/lv/courses/%00",
            "/lv/%00",
            "/%00",
            "/xx/courses",
            "/LV/courses",
            "/lv/manage/organisations/x",
        ] {
            assert_eq!(client.get(path).await.status, 404, "{path}");
        }
        let long = format!("/lv/courses/{}", "a".repeat(60_000));
        assert_eq!(client.get(&long).await.status, 414);
        let long = format!("/lv/courses?q={}", "a".repeat(60_000));
        assert_eq!(client.get(&long).await.status, 414);
    }
}

#[actix_web::test]
async fn no_query_breaks_a_page() {
    for app in TestApp::on_each_database().await {
        let mut client = all_roles(&app).await;
        for (path, _) in routes().filter(|(_, methods)| methods.contains('G')) {
            let path = filled(&path, NOBODY);
            for value in HOSTILE_VALUES {
                let value = value.replace(' ', "%20");
                let each: Vec<_> = FIELDS
                    .iter()
                    .map(|name| format!("{name}={value}"))
                    .collect();
                let all = format!("{path}?{}", each.join("&"));
                assert_answered(&all, &client.get(&all).await);
            }
            let twice = format!("{path}?q=a&q=b&page=1&page=2&next=x&next=y");
            assert_answered(&twice, &client.get(&twice).await);
            assert_answered(&path, &client.get(&format!("{path}?%ff=%ff&&&=&%00")).await);
        }
    }
}

#[actix_web::test]
async fn searches_and_pages_of_any_size_are_answered() {
    let words = "a b ".repeat(2500);
    let searches = [
        "x".repeat(10_000),
        words,
        "ā".repeat(5000),
        "%".repeat(500),
        "_".repeat(500),
        "\\".repeat(500),
        "'\"".repeat(500),
        "🎓".repeat(500),
        "\u{200f}שלום".to_owned(),
        "1 ".repeat(4000),
        "\0".to_owned(),
        "ri\0ts".to_owned(),
    ];
    for app in TestApp::on_each_database().await {
        let mut client = all_roles(&app).await;
        for path in [
            "/lv/admin/accounts",
            "/lv/manage/organisations",
            "/lv/me/organisation",
            "/lv/courses",
            "/lv/manage/organisations?status=proposed",
        ] {
            let and = if path.contains('?') { '&' } else { '?' };
            for search in &searches {
                let query: String =
                    url::form_urlencoded::byte_serialize(search.as_bytes()).collect();
                if query.len() > 30_000 {
                    continue;
                }
                let page = client.get(&format!("{path}{and}q={query}")).await;
                assert_eq!(
                    page.status,
                    200,
                    "{path} {}",
                    search.chars().take(9).collect::<String>()
                );
            }
            assert_eq!(
                client.get(&format!("{path}{and}q=%ff%fe")).await.status,
                200,
                "{path}"
            );
            for page in [
                "0",
                "-1",
                "1",
                "2",
                "999999999999",
                "9223372036854775807",
                "9223372036854775808",
                "18446744073709551615",
                "18446744073709551616",
                "abc",
                "",
                "1.5",
                "%00",
                "%ff",
                "0x10",
            ] {
                let shown = client.get(&format!("{path}{and}page={page}")).await;
                assert_eq!(shown.status, 200, "{path} page={page}");
            }
        }
        // A search in a form, too.
        for search in &searches {
            let page = client.post("/lv/me/organisation", &[("q", search)]).await;
            let expected = if search.contains('\0') { 400 } else { 422 };
            assert_eq!(
                page.status,
                expected,
                "{}",
                search.chars().take(9).collect::<String>()
            );
        }
        // The last page is shown for later page numbers.
        let last = client.get("/lv/admin/accounts?page=99999999").await;
        assert!(last.has("all@example.test"), "{}", last.text);
    }
}

/// Sends a form's body unchanged, with the CSRF token of the client.
async fn post_raw(client: &mut Client, token: &str, path: &str, body: &[u8]) -> Page {
    let mut whole = format!("csrf={token}&").into_bytes();
    whole.extend_from_slice(body);
    let request = TestRequest::post()
        .uri(path)
        .insert_header((header::CONTENT_TYPE, "application/x-www-form-urlencoded"))
        .set_payload(whole);
    client.send(request).await
}

async fn token(client: &mut Client) -> String {
    let page = client.get("/lv/me/profile").await;
    let (_, rest) = page.text.split_once("name=\"csrf\" value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

/// Whether what a form sends is read: of the one that a mail program sends, nothing is, and one with a file is of
/// another kind.
fn reads_fields(path: &str) -> bool {
    !path.starts_with("/lv/reminders/") && !path.ends_with("/registrations/import")
}

#[actix_web::test]
async fn no_form_breaks_a_page() {
    for app in TestApp::on_each_database().await {
        let mut client = all_roles(&app).await;
        let token = token(&mut client).await;
        let forms = || {
            routes().filter(|(path, methods)| methods.contains('P') && !path.ends_with("/sign-out"))
        };
        for (path, _) in forms() {
            let path = filled(&path, NOBODY);
            for value in HOSTILE_VALUES {
                let each: Vec<_> = FIELDS
                    .iter()
                    .map(|name| format!("{name}={value}"))
                    .collect();
                let page = post_raw(&mut client, &token, &path, each.join("&").as_bytes()).await;
                assert_answered(&format!("{path} {value}"), &page);
                let is_unkeepable = ["%00", "%ff", "%ED"].iter().any(|bad| value.contains(bad));
                if is_unkeepable && reads_fields(&path) {
                    assert_eq!(page.status, 400, "{path} {value}");
                }
            }
            for name in FIELDS {
                let long = format!("{name}={}", "ab%20".repeat(2_000));
                assert_answered(
                    &format!("{path} {name}"),
                    &post_raw(&mut client, &token, &path, long.as_bytes()).await,
                );
                let raw = [name.as_bytes(), b"=\xff\x00"].concat();
                let page = post_raw(&mut client, &token, &path, &raw).await;
                if reads_fields(&path) {
                    assert_eq!(page.status, 400, "{path} {name}");
                }
            }
        }
    }
}

#[actix_web::test]
async fn a_body_that_is_too_large_is_refused() {
    let app = TestApp::start().await;
    let mut client = app.client(Who::Learner).await;
    let large = "a".repeat(300 * 1024);
    for (lang, heading) in [("lv", "Nosūtīts par daudz"), ("en", "Too much was sent")] {
        for path in ["register", "sign-in", "forgotten", "me/profile"] {
            let path = format!("/{lang}/{path}");
            for kind in [
                "application/x-www-form-urlencoded",
                "application/json",
                "multipart/form-data; boundary=x",
                "text/plain",
                "nonsense",
            ] {
                for says_length in [true, false] {
                    let mut request = TestRequest::post()
                        .uri(&path)
                        .insert_header((header::CONTENT_TYPE, kind))
                        .set_payload(large.clone());
                    if says_length {
                        request = request.insert_header((header::CONTENT_LENGTH, large.len()));
                    }
                    let page = client.send(request).await;
                    assert_eq!(page.status, 413, "{path} {kind} {says_length}");
                    assert_eq!(page.heading(), heading);
                    assert!(page.has("256") && page.has("/sign-out"), "{}", page.text);
                }
            }
        }
    }
    let token = token(&mut client).await;
    let whole = format!("given_name={}", "a".repeat(200 * 1024));
    let page = post_raw(&mut client, &token, "/lv/me/profile", whole.as_bytes()).await;
    assert_eq!(page.status, 422, "large, but a form");
}

#[actix_web::test]
async fn a_body_that_is_no_form_is_refused() {
    let app = TestApp::start().await;
    let mut client = app.client(Who::Learner).await;
    for kind in [
        "application/json",
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded; charset=utf-16",
        "",
        "x/y;=;",
    ] {
        let request = TestRequest::post()
            .uri("/lv/me/profile")
            .insert_header((header::CONTENT_TYPE, kind))
            .set_payload("{\"given_name\": ");
        assert_eq!(client.send(request).await.status, 415, "{kind}");
    }
    for (name, value) in [
        ("cookie", "session=%ff; visitor; =; flash=x.y"),
        ("cookie", ";;;"),
        ("accept-language", "\u{1}?;q=NaN"),
        ("accept", "\u{ff}"),
        ("range", "bytes=x"),
        ("origin", "null"),
    ] {
        let value = header::HeaderValue::from_bytes(value.replace('\u{1}', "").as_bytes()).unwrap();
        let request = TestRequest::get()
            .uri("/lv/courses")
            .insert_header((header::HeaderName::from_static(name), value));
        assert_answered(name, &client.send(request).await);
    }
}

/// Random requests from a fixed seed.
#[actix_web::test]
async fn random_requests_do_not_break_a_page() {
    let mut state: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut draw = move |count: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 11).unwrap() % count
    };
    let routes: Vec<_> = routes()
        .filter(|(path, _)| !path.ends_with("/sign-out"))
        .collect();
    for app in TestApp::on_each_database().await {
        let mut client = all_roles(&app).await;
        let token = token(&mut client).await;
        for _ in 0..1500 {
            let path = filled(
                &routes[draw(routes.len())].0,
                HOSTILE_PARTS[draw(HOSTILE_PARTS.len())],
            );
            let mut fields = Vec::new();
            for _ in 0..draw(6) {
                let value =
                    HOSTILE_VALUES[draw(HOSTILE_VALUES.len())].repeat(1 + draw(3) * draw(100));
                fields.push(format!("{}={value}", FIELDS[draw(FIELDS.len())]));
            }
            let path = path.replace(' ', "%20");
            let fields = fields.join("&");
            let page = if draw(2) == 0 {
                client
                    .get(&format!("{path}?{}", fields.replace(' ', "+")))
                    .await
            } else {
                post_raw(&mut client, &token, &path, fields.as_bytes()).await
            };
            assert_answered(&format!("{path} {fields}"), &page);
        }
    }
}
