//! Typed answers: saved, shown again, limited in length; reflections are private.

use std::path::Path;

use course_compiler::Course;
use server::testing::{Client, Page, TestApp, Who};

use crate::support::right_fields;

const COURSE: &str = "/lv/courses/visi-veidi";
const LESSON: &str = "/lv/courses/visi-veidi/lessons/jautajumi";

/// The platform with the course that asks every type of question, on each database.
async fn apps() -> Vec<TestApp> {
    let courses =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../course-compiler/tests/courses/valid");
    let mut apps = Vec::new();
    for db in server::db::testing::databases().await {
        apps.push(TestApp::build().courses(&courses).start_on(db).await);
    }
    apps
}

fn course(app: &TestApp) -> Course {
    app.app
        .courses
        .current()
        .by_slug("visi-veidi")
        .unwrap()
        .clone()
}

async fn enrolled(app: &TestApp, who: Who) -> Client {
    let mut client = app.client(who).await;
    client.post(&format!("{COURSE}/enrol"), &[]).await;
    client
}

/// Answers a question with these fields.
async fn answer(
    client: &mut Client,
    course: &Course,
    question: &str,
    fields: &[(String, String)],
) -> Page {
    let question = course.question(&question.into()).unwrap();
    let mut all = vec![("revision", question.revision.as_str())];
    all.extend(fields.iter().map(|(n, v)| (n.as_str(), v.as_str())));
    client
        .post(&format!("{LESSON}/questions/{}", question.id), &all)
        .await
}

#[actix_web::test]
async fn typed_answers_are_shown_again_and_reflections_stay_private() {
    for app in apps().await {
        let course = course(&app);
        let mut learner = enrolled(&app, Who::Learner).await;
        for id in ["q-isi", "q-teksts"] {
            let right = right_fields(&course, id);
            let saved = answer(&mut learner, &course, id, &right).await;
            assert_eq!(saved.location(), format!("{LESSON}#{id}-verdict"));
        }
        let thought = [("a".to_owned(), "Pie <durvīm>\r\nun citur".to_owned())];
        let saved = answer(&mut learner, &course, "q-pardomas", &thought).await;
        assert_eq!(saved.status, 303);

        let page = learner.get(LESSON).await;
        assert_eq!(page.text.matches("verdict--correct").count(), 2);
        assert!(page.has("value=\"Tiesībsargs\""));
        assert!(page.has("Pie &lt;durvīm&gt;\nun citur</textarea>"));
        assert!(page.has("Jūsu atbilde ir saglabāta"));
        assert!(
            page.has("Bieži to pamana tas, kuru tas skar."),
            "the explanation"
        );

        for who in [Who::Manager, Who::Admin, Who::Author] {
            let mut other = enrolled(&app, who).await;
            let page = other.get(LESSON).await;
            assert_eq!(page.status, 200);
            assert!(!page.has("durvīm"), "{who:?}");
        }
    }
}

#[actix_web::test]
async fn a_text_that_is_too_long_comes_back_whole_and_the_one_before_is_kept() {
    for app in apps().await {
        let course = course(&app);
        let mut learner = enrolled(&app, Who::Learner).await;
        for (id, longest) in [("q-isi", 200), ("q-pardomas", 4_000)] {
            let fits = [("a".to_owned(), "ž".repeat(longest))];
            let saved = answer(&mut learner, &course, id, &fits).await;
            assert_eq!(saved.status, 303, "{id}");

            let long = "š".repeat(longest + 1);
            let refused =
                answer(&mut learner, &course, id, &[("a".to_owned(), long.clone())]).await;
            assert_eq!(refused.status, 422);
            assert!(
                refused.has(&format!("ne vairāk kā {longest} rakstzīmes")),
                "{id}"
            );
            assert!(refused.has(&long), "what was typed stays");
            assert!(learner.get(LESSON).await.has(&"ž".repeat(longest)));
        }
    }
}
