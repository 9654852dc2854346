//! Reports of mistakes on pages.

use chrono::Duration;
use server::{
    privacy,
    testing::{TestApp, Who, assert_admits, assert_admits_post},
};

const PAGE: &str = "/lv/report?next=/lv/glossary";

async fn send_report(app: &TestApp, next: &str, text: &str) -> String {
    let fields = [("next", next), ("text", text)];
    let answer = app.visitor().post("/lv/report", &fields).await;
    assert_eq!(answer.status, 303, "{next}");
    answer.location().to_owned()
}

/// The ids of the rows of the list.
fn ids(page: &str) -> Vec<String> {
    let boxes = page.split("name=\"id\" value=\"").skip(1);
    boxes
        .filter_map(|rest| rest.split('"').next().map(str::to_owned))
        .collect()
}

#[actix_web::test]
async fn everybody_reports_and_authors_read() {
    for app in TestApp::on_each_database().await {
        assert_admits(&app, PAGE, &Who::ALL).await;
        assert_admits_post(&app, "/lv/report", &[("text", "x")], &Who::ALL).await;
        assert_admits(&app, "/lv/author/reports", &[Who::Author]).await;
        let fields = [("do", "handle"), ("id", "x")];
        assert_admits_post(&app, "/lv/author/reports", &fields, &[Who::Author]).await;
    }
}

#[actix_web::test]
async fn a_report_reaches_the_authors_with_its_page_and_leads_back() {
    for app in TestApp::on_each_database().await {
        let back = send_report(&app, "/lv/handbook?q=mans+vards", "Trūkst <b>vārda</b>.").await;
        assert_eq!(back, "/lv/handbook?q=mans+vards");
        let question = "/lv/courses/foundations/test?question=q-a";
        assert_eq!(
            send_report(&app, question, "Divas pareizas atbildes.").await,
            question
        );
        let mut author = app.client(Who::Author).await;
        let page = author.get("/lv/author/reports").await;
        assert!(page.has("Trūkst &lt;b&gt;vārda&lt;/b&gt;."));
        assert!(page.has("<a href=\"/lv/handbook\">/lv/handbook</a>"));
        assert!(!page.has("mans+vards"), "a search text is not stored");
        assert!(page.has(question));
        assert!(page.has("2 ziņas vēl nav apskatītas."));
    }
}

#[actix_web::test]
async fn no_secret_and_no_other_site_gets_into_a_report() {
    let app = TestApp::start().await;
    for next in [
        "/lv/confirm/a-secret-token",
        "/lv/reset/a-secret-token",
        "https://evil.example/",
        "//evil.example/",
        "/lv/../../etc",
        "javascript:alert(1)",
        "",
    ] {
        let form = app
            .visitor()
            .get(&format!("/lv/report?next={}", urlencoding(next)))
            .await;
        assert_eq!(form.status, 200, "{next}");
        assert!(!form.has("name=\"next\""), "{next}");
        assert_eq!(
            send_report(&app, next, &format!("par {next}")).await,
            "/lv/",
            "{next}"
        );
    }
}

fn urlencoding(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

#[actix_web::test]
async fn a_report_without_words_comes_back_as_typed() {
    let app = TestApp::start().await;
    let mut visitor = app.visitor();
    let fields = [("next", "/lv/glossary"), ("text", " \n ")];
    let empty = visitor.post("/lv/report", &fields).await;
    assert_eq!(empty.status, 422);
    assert!(empty.has("Uzrakstiet, kas nav pareizi"));
    assert!(empty.has("name=\"next\" value=\"/lv/glossary\""));
    let long = "ā".repeat(2_001);
    let long = visitor.post("/en/report", &[("text", &long)]).await;
    assert_eq!(long.status, 422);
    assert!(long.has("at most 2,000 characters") && long.has("āāā</textarea>"));
}

#[actix_web::test]
async fn reports_are_seen_to_together_opened_again_and_deleted_after_a_year() {
    for app in TestApp::on_each_database().await {
        for text in ["viens", "divi", "trīs", "trīs"] {
            send_report(&app, "/lv/glossary", text).await;
        }
        let mut author = app.client(Who::Author).await;
        let all = ids(&author.get("/lv/author/reports").await.text);
        assert_eq!(all.len(), 3, "the same twice is one");
        let found = ids(&author.get("/lv/author/reports?q=tris").await.text);
        assert_eq!(found.len(), 1);

        let nothing = author.post("/lv/author/reports", &[("do", "handle")]).await;
        assert_eq!(nothing.status, 422);
        let fields = [
            ("do", "handle"),
            ("id", &all[0]),
            ("id", &all[1]),
            ("query", "status=open"),
        ];
        let done = author.post("/lv/author/reports", &fields).await;
        assert_eq!(done.location(), "/lv/author/reports?status=open");
        let open = author.follow(&done).await;
        assert!(open.has("2 ziņas atzīmētas kā apskatītas."));
        assert_eq!(ids(&open.text), [all[2].clone()]);

        let fields = [("do", "reopen"), ("id", &all[1])];
        author.post("/lv/author/reports", &fields).await;
        let handled = author.get("/lv/author/reports?status=handled").await;
        assert_eq!(ids(&handled.text), [all[0].clone()]);

        app.clock_control.advance(Duration::days(366));
        let rules = app.app.privacy.rules();
        let applied = privacy::apply_rules(&rules, false).await.unwrap();
        let of_reports = applied.iter().find(|one| one.rule == "handled-reports");
        assert_eq!(of_reports.unwrap().rows, 1);
        let mut author = app.client(Who::Author).await;
        let left = ids(&author.get("/lv/author/reports").await.text);
        assert_eq!(left.len(), 2, "what waits is kept");
    }
}

#[actix_web::test]
async fn very_many_reports_are_no_reports() {
    let app = TestApp::start().await;
    for number in 0..200 {
        send_report(&app, "/lv/glossary", &format!("kļūda {number}")).await;
    }
    let one_more = [("text", "vēl viena")];
    let refused = app.visitor().post("/lv/report", &one_more).await;
    assert_eq!(refused.status, 422);
    assert!(refused.has("vēl viena</textarea>"));
    app.clock_control.advance(Duration::hours(2));
    send_report(&app, "/lv/glossary", "vēl viena").await;
}

#[actix_web::test]
async fn pages_that_many_see_lead_to_a_report_and_others_do_not() {
    let app = TestApp::start().await;
    let mut visitor = app.visitor();
    let glossary = visitor.get("/lv/glossary").await;
    assert!(glossary.has("href=\"/lv/report?next=%2Flv%2Fglossary\""));
    for path in ["/lv/sign-in", "/lv/register", "/lv/events"] {
        let page = visitor.get(path).await;
        assert!(
            page.has(&format!("/report?next={}\"", urlencoding(path))),
            "{path}"
        );
    }
    for path in ["/lv/confirm/token", "/lv/verify/code"] {
        assert!(!visitor.get(path).await.has("/report?next="), "{path}");
    }
}
