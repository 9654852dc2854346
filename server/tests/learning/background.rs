//! Answers that the page's script saves in the background: it is told 204 when an answer is saved,
//! and otherwise why it is not, in the page's language. Nothing else may look like “saved”.

use std::path::Path;

use chrono::TimeDelta;
use serde_json::Value;
use server::testing::{Client, Page, TestApp, Who};

use crate::support::{
    app, apps, apps_with_time_limit, asked, course, drawn, enrol, right_fields, start,
};

/// A lesson that asks questions without a right answer: those are saved in the background.
const LESSON: &str = "/lv/courses/visi-veidi/lessons/jautajumi";

/// The fields of an answer to the first question of an attempt.
async fn first(app: &TestApp, client: &mut Client, attempt: &str) -> Vec<(String, String)> {
    let page = client.get(&format!("{attempt}?q=1")).await;
    let (question, revision) = asked(&page);
    let mut fields = right_fields(&course(app), &question);
    fields.extend([
        ("question".to_owned(), question),
        ("revision".to_owned(), revision),
    ]);
    fields
}

fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect()
}

/// Why the script is refused with this status.
fn refusal(answer: &Page, status: u16) -> String {
    assert_eq!(answer.status, status, "{}", answer.text);
    assert_eq!(
        answer.headers.get("content-type").unwrap(),
        "application/problem+json"
    );
    let problem: Value = serde_json::from_str(&answer.text).unwrap();
    let detail = problem.get("detail").and_then(Value::as_str).unwrap();
    detail.to_owned()
}

#[actix_web::test]
async fn a_saved_answer_of_a_test_is_no_content() {
    for app in apps().await {
        let mut learner = app.client(Who::Learner).await;
        enrol(&mut learner).await;
        let attempt = start(&mut learner).await;
        let fields = first(&app, &mut learner, &attempt).await;
        assert!(
            learner
                .get(&attempt)
                .await
                .has(&format!("Atbildēts uz 0 no {}", drawn(&app)))
        );
        for _ in 0..2 {
            let saved = learner
                .post_in_background(&format!("{attempt}/answers"), &borrowed(&fields))
                .await;
            assert_eq!(saved.status, 204, "{}", saved.text);
            assert!(saved.bytes.is_empty());
            assert!(
                learner
                    .get(&attempt)
                    .await
                    .has(&format!("Atbildēts uz 1 no {}", drawn(&app)))
            );
        }
    }
}

#[actix_web::test]
async fn an_answer_of_a_test_that_cannot_be_taken_is_refused_with_its_reason() {
    let app = app().await;
    let mut learner = app.client(Who::Learner).await;
    enrol(&mut learner).await;
    let attempt = start(&mut learner).await;
    let answers = format!("{attempt}/answers");
    let page = learner.get(&format!("{attempt}?q=1")).await;
    let (question, revision) = asked(&page);

    let fields = [
        ("question", question.as_str()),
        ("revision", &revision),
        ("a", "no such"),
        ("a.x", "y"),
    ];
    let unreadable = learner.post_in_background(&answers, &fields).await;
    let why = refusal(&unreadable, 422);
    let shown = learner.post(&answers, &fields).await;
    assert!(shown.has(&why), "the button below tells the same: {why}");

    let elsewhere = learner
        .post_in_background(&answers, &[("question", &question), ("revision", "0000")])
        .await;
    assert_eq!(
        refusal(&elsewhere, 409),
        "Atbilde nav saglabāta, jo tā ir uz jautājumu, ko šajā vietā neuzdod. Atgriezieties \
         nodarbībā vai pārbaudē un atbildiet tur."
    );
    assert!(
        learner
            .get(&attempt)
            .await
            .has(&format!("Atbildēts uz 0 no {}", drawn(&app)))
    );
}

#[actix_web::test]
async fn an_answer_after_the_end_of_a_test_is_refused() {
    for app in apps_with_time_limit().await {
        let mut learner = app.client(Who::Learner).await;
        enrol(&mut learner).await;
        let attempt = start(&mut learner).await;
        let answers = format!("{attempt}/answers");
        let fields = first(&app, &mut learner, &attempt).await;

        app.clock_control.advance(TimeDelta::minutes(31));
        let late = learner
            .post_in_background(&answers, &borrowed(&fields))
            .await;
        let text = "Laiks ir beidzies. Iepriekš saglabātās atbildes ir novērtētas.";
        assert_eq!(refusal(&late, 409), text);

        learner.post(&format!("{attempt}/finish"), &[]).await;
        let finished = learner
            .post_in_background(&answers, &borrowed(&fields))
            .await;
        let text = "Pēc iesniegšanas atbildes vairs nevar mainīt.";
        assert_eq!(refusal(&finished, 409), text);
    }
}

#[actix_web::test]
async fn a_script_without_a_session_gets_a_problem_and_no_redirect() {
    for app in apps().await {
        let mut learner = app.client(Who::Learner).await;
        enrol(&mut learner).await;
        let attempt = start(&mut learner).await;
        let answers = format!("{attempt}/answers");
        let fields = first(&app, &mut learner, &attempt).await;

        let before = app.now();
        app.clock_control.advance(TimeDelta::hours(15));
        let ended = learner
            .post_in_background(&answers, &borrowed(&fields))
            .await;
        let text = "Sesija ir beigusies vai nav sākta. Pieslēdzieties un mēģiniet vēlreiz; agrāk \
                    saglabātais nav zudis.";
        assert_eq!(refusal(&ended, 401), text);
        // Signed out in another window: the cookie is gone as well.
        let gone = app
            .visitor()
            .post_in_background(&answers, &borrowed(&fields))
            .await;
        assert_eq!(refusal(&gone, 401), text);

        app.clock_control.set(before);
        assert!(
            learner
                .get(&attempt)
                .await
                .has(&format!("Atbildēts uz 0 no {}", drawn(&app)))
        );
    }
}

#[actix_web::test]
async fn an_answer_of_a_lesson_is_no_content_or_refused_with_its_reason() {
    let courses =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../course-compiler/tests/courses/valid");
    for db in server::db::testing::databases().await {
        let app = TestApp::build().courses(&courses).start_on(db).await;
        let catalogue = app.app.courses.current();
        let question = catalogue
            .by_slug("visi-veidi")
            .unwrap()
            .question(&"q-pardomas".into())
            .unwrap();
        let mut learner = app.client(Who::Learner).await;
        let answers = format!("{LESSON}/questions/q-pardomas");
        let fields = |text| [("revision", question.revision.as_str()), ("a", text)];

        let not_enrolled = learner
            .post_in_background(&answers, &fields("Durvis"))
            .await;
        let text = "Atbildes var saglabāt tikai kursā, ko mācāties. Atveriet kursa lapu un sāciet \
                    kursu.";
        assert_eq!(refusal(&not_enrolled, 409), text);

        learner.post("/lv/courses/visi-veidi/enrol", &[]).await;
        let saved = learner
            .post_in_background(&answers, &fields("Durvis"))
            .await;
        assert_eq!(saved.status, 204, "{}", saved.text);
        assert!(saved.bytes.is_empty());

        let empty = learner.post_in_background(&answers, &fields(" ")).await;
        assert_eq!(refusal(&empty, 422), "Izvēlieties vai ierakstiet atbildi");
        let long = "ž".repeat(4_001);
        let long = learner.post_in_background(&answers, &fields(&long)).await;
        assert_eq!(
            refusal(&long, 422),
            "Atbilde ir par garu. Tajā var būt ne vairāk kā 4000 rakstzīmes"
        );
        let older = [("revision", "0000"), ("a", "Logs")];
        let older = learner.post_in_background(&answers, &older).await;
        assert_eq!(
            refusal(&older, 422),
            "Jautājums kopš lapas atvēršanas ir mainīts. Izlasiet to un atbildiet vēlreiz"
        );

        let page = learner.get(LESSON).await;
        assert!(page.has("\nDurvis</textarea>"), "{}", page.text);
    }
}
