//! Numbers as learners type them: read by the page's language, kept as typed, and asked about where they could be
//! two.

use std::path::Path;

use chrono::TimeDelta;
use server::testing::{Client, Page, TestApp, Who};

use crate::support::asked;

const COURSE: &str = "/lv/courses/skaitli";
const LESSON: &str = "/lv/courses/skaitli/lessons/skaits";

/// The platform with the course whose answers are numbers, on each database.
async fn apps() -> Vec<TestApp> {
    let courses = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/learning/courses");
    let mut apps = Vec::new();
    for db in server::db::testing::databases().await {
        apps.push(TestApp::build().courses(&courses).start_on(db).await);
    }
    apps
}

async fn enrolled(app: &TestApp) -> Client {
    let mut learner = app.client(Who::Learner).await;
    learner.post(&format!("{COURSE}/enrol"), &[]).await;
    learner
}

/// The fields of the lesson's question as they stand on a page, with others in their place.
fn in_lesson<'a>(app: &TestApp, given: &[(&'a str, &'a str)]) -> Vec<(&'a str, String)> {
    let catalogue = app.app.courses.current();
    let course = catalogue.by_slug("skaitli").unwrap();
    let question = course.question(&"q-pabalsts".into()).unwrap();
    let mut fields = vec![("revision", question.revision.to_string())];
    fields.extend(
        given
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned())),
    );
    fields
}

async fn practise(app: &TestApp, learner: &mut Client, given: &[(&str, &str)]) -> Page {
    let fields = in_lesson(app, given);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let saved = learner
        .post(&format!("{LESSON}/questions/q-pabalsts"), &fields)
        .await;
    // To what is said of it, or to the box about which something is asked.
    let question = format!("{LESSON}#q-pabalsts");
    let places = [format!("{question}-verdict"), format!("{question}-a")];
    assert!(places.iter().any(|place| saved.location() == place));
    learner.get(LESSON).await
}

#[actix_web::test]
async fn a_lesson_asks_which_number_was_meant_before_it_says_right_or_wrong() {
    for app in apps().await {
        let mut learner = enrolled(&app).await;
        let page = practise(&app, &mut learner, &[("a", "1.234")]).await;
        assert!(page.has("value=\"1.234\""), "what was typed stays");
        assert!(page.has("Kuru skaitli jūs domājāt, rakstot „1.234”?"));
        assert_eq!(page.text.matches("name=\"a.reading\"").count(), 2);
        assert!(!page.has("Summu nosaka noteikumi") && !page.has("verdict--"));

        // The same on the English page, which does not read it anew.
        let english = learner.get(&LESSON.replace("/lv/", "/en/")).await;
        assert!(english.has("Which number did you mean by “1.234”?"));
        assert!(english.has("value=\"lv:1.234\""));

        for (reading, verdict) in [("1.234", "incorrect"), ("1234", "correct")] {
            let given = [("a", "1.234"), ("a.reading", reading)];
            let page = practise(&app, &mut learner, &given).await;
            assert!(page.has(&format!("verdict--{verdict}")), "{}", page.text);
            assert!(page.has(&format!("value=\"{reading}\" checked")));
            // What is right is told to those who found it, or have tried twice.
            let is_right = verdict == "correct";
            assert_eq!(page.has("Summu nosaka noteikumi"), is_right);
        }
        for typed in ["1 234 EUR", "1\u{a0}234,00 €", "1234 eiro", "1,234.0"] {
            let page = practise(&app, &mut learner, &[("a", typed)]).await;
            assert!(page.has("verdict--correct"), "{typed}");
        }
    }
}

#[actix_web::test]
async fn what_is_no_number_is_kept_as_typed_and_told() {
    for app in apps().await {
        let mut learner = enrolled(&app).await;
        for (typed, told) in [
            ("daudz", "„daudz” nav skaitlis"),
            ("1/2", "„1/2” nav skaitlis"),
            ("1234 USD", "Jautāts par mērvienību „EUR”"),
        ] {
            let page = practise(&app, &mut learner, &[("a", typed)]).await;
            assert!(
                page.has(&format!("value=\"{typed}\"")) && page.has(told),
                "{}",
                page.text
            );
            assert!(!page.has("Summu nosaka noteikumi"));
            let fields = in_lesson(&app, &[("a", typed)]);
            let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
            let saved = learner
                .post_in_background(&format!("{LESSON}/questions/q-pabalsts"), &fields)
                .await;
            assert_eq!(saved.status, 200);
            assert!(saved.has(told), "{}", saved.text);
        }
        let fields = in_lesson(&app, &[("a", "12")]);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let saved = learner
            .post_in_background(&format!("{LESSON}/questions/q-pabalsts"), &fields)
            .await;
        assert_eq!(saved.status, 204);
    }
}

/// Begins an attempt; its address.
async fn begin(learner: &mut Client) -> String {
    let started = learner.post(&format!("{COURSE}/test/start"), &[]).await;
    started.location().to_owned()
}

/// Answers a question of an attempt, and goes on.
async fn answer(learner: &mut Client, url: &str, number: &str, given: &[(&str, &str)]) -> Page {
    let page = learner.get(&format!("{url}?q={number}")).await;
    let (question, revision) = asked(&page);
    let mut fields = vec![
        ("question", question.as_str()),
        ("revision", &revision),
        ("number", number),
        ("total", "2"),
        ("go", "next"),
    ];
    fields.extend(given);
    learner.post(&format!("{url}/answers"), &fields).await
}

#[actix_web::test]
async fn a_test_asks_which_number_was_meant_and_reads_it_by_the_page_when_time_ends() {
    for app in apps().await {
        let mut learner = enrolled(&app).await;
        let url = begin(&mut learner).await;
        let saved = answer(&mut learner, &url, "1", &[("a", "1.234")]).await;
        assert_eq!(
            saved.location(),
            format!("{url}?q=1"),
            "the question is not done"
        );
        let page = learner.follow(&saved).await;
        assert!(page.has("error-summary") && page.has("href=\"#q-t-alga-reading\""));
        assert_eq!(page.text.matches("name=\"a.reading\"").count(), 2);
        assert!(page.has("id=\"q-t-alga-reading\""));
        let finish = learner.get(&format!("{url}/finish")).await;
        assert!(
            finish.has("1. jautājums, atbildēts, nolasīs kā 1\u{a0}234"),
            "{}",
            finish.text
        );
        assert!(finish.has("2. jautājums, vēl nav atbildēts"));
        assert!(!finish.has("1. jautājums, vēl nav atbildēts"));
        let first = learner.get(&format!("{url}?q=2")).await;
        assert!(
            !first.has("error-summary"),
            "nothing is asked of the other one"
        );

        app.clock_control.advance(TimeDelta::minutes(31));
        let over = learner.get(&url).await;
        let review = learner.follow(&over).await;
        assert!(
            review.has("„1.234” varēja nozīmēt 1\u{a0}234 vai 1,234. Jūs neizvēlējāties"),
            "{}",
            review.text
        );
        assert!(review.has("verdict--correct"), "it was read as 1234");
    }
}

#[actix_web::test]
async fn what_was_chosen_counts_and_the_review_says_so() {
    for app in apps().await {
        let mut learner = enrolled(&app).await;
        let url = begin(&mut learner).await;
        let given = [("a", "1.234"), ("a.reading", "1.234")];
        let saved = answer(&mut learner, &url, "1", &given).await;
        assert_eq!(saved.location(), format!("{url}?q=2"));
        let saved = answer(&mut learner, &url, "2", &[("a", "28 dienu")]).await;
        assert_eq!(saved.location(), format!("{url}/finish"));
        let done = learner.post(&format!("{url}/finish"), &[]).await;
        let review = learner.follow(&done).await;
        assert!(review.has("Atbilde nolasīta kā 1,234, jo tā jūs izvēlējāties."));
        assert_eq!(review.text.matches("verdict--correct").count(), 1);
        assert_eq!(
            review.text.matches("\"verdict verdict--incorrect").count(),
            1
        );
    }
}

#[actix_web::test]
async fn a_script_gets_the_choice_between_two_numbers_to_show_it_in_place() {
    for app in apps().await {
        let mut learner = enrolled(&app).await;
        let fields = in_lesson(&app, &[("a", "1.234")]);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let saved = learner
            .post_in_background(&format!("{LESSON}/questions/q-pabalsts"), &fields)
            .await;
        assert_eq!(saved.status, 200);
        let reply: serde_json::Value = serde_json::from_str(&saved.text).unwrap();
        let detail = reply["detail"].as_str().unwrap();
        let html = reply["html"].as_str().unwrap();
        assert!(detail.contains("var nozīmēt divus skaitļus"), "{detail}");
        assert_eq!(html.matches("name=\"a.reading\"").count(), 2, "{html}");
        assert!(html.contains("value=\"lv:1.234\""), "{html}");
        assert!(!html.contains("verdict"), "{html}");
    }
}

#[actix_web::test]
async fn a_number_is_read_by_the_page_on_which_it_was_typed() {
    for app in apps().await {
        let mut learner = enrolled(&app).await;
        let english = LESSON.replace("/lv/", "/en/");
        // It was typed on the Latvian page, and comes back from the English one.
        let fields = in_lesson(&app, &[("a", "1,234"), ("a.was", "lv:1,234")]);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        learner
            .post(&format!("{english}/questions/q-pabalsts"), &fields)
            .await;
        let page = learner.get(&english).await;
        assert!(page.has("verdict--incorrect"), "{}", page.text);
        assert!(page.has("value=\"lv:1,234\""), "{}", page.text);

        // An open test says in the other language how a saved number is read.
        let url = begin(&mut learner).await;
        answer(&mut learner, &url, "1", &[("a", "19,5")]).await;
        let page = learner
            .get(&format!("{}?q=1", url.replace("/lv/", "/en/")))
            .await;
        assert!(page.has("The answer was read as 19.5."), "{}", page.text);
        let page = learner.get(&format!("{url}?q=1")).await;
        assert!(!page.has("Atbilde nolasīta"), "{}", page.text);
    }
}
