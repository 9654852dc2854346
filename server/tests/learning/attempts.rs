//! Attempts: saved answers stay saved, and refused ones get a reason.

use chrono::TimeDelta;
use course_compiler::Segment;
use server::testing::{TestApp, Who};

use crate::support::{
    COURSE, answer, app, apps, apps_with_time_limit, asked, course, drawn, enrol, right_fields,
    start,
};

#[actix_web::test]
async fn a_double_click_begins_one_attempt() {
    for app in apps().await {
        let mut learner = app.client(Who::Learner).await;
        enrol(&mut learner).await;
        assert_eq!(start(&mut learner).await, start(&mut learner).await);
    }
}

#[actix_web::test]
async fn an_interrupted_attempt_can_be_continued() {
    let app = app().await;
    let mut learner = app.client(Who::Learner).await;
    enrol(&mut learner).await;
    let attempt = start(&mut learner).await;
    answer(&app, &mut learner, &attempt, 3).await;
    // Another browser of the same person goes on at the fourth question.
    let page = learner.get(&attempt).await;
    let all = drawn(&app);
    let place = format!("4. jautājums no {all}");
    assert!(page.has(&place), "{}", page.text);
    assert!(page.has(&format!("Atbildēts uz 3 no {all}")));
}

#[actix_web::test]
async fn time_that_ran_out_refuses_answers_and_keeps_those_before() {
    for app in apps_with_time_limit().await {
        let mut learner = app.client(Who::Learner).await;
        enrol(&mut learner).await;
        let attempt = start(&mut learner).await;
        answer(&app, &mut learner, &attempt, drawn(&app) - 2).await;
        app.clock_control.advance(TimeDelta::minutes(31));
        let refused = send_first(&app, &mut learner, &attempt).await;
        assert_eq!(refused.location(), format!("{attempt}/review"));
        let review = learner.follow(&refused).await;
        assert!(review.has("Laiks bija beidzies"), "{}", review.text);
        assert!(
            review.has("Pārbaude nokārtota"),
            "all but two were saved in time"
        );
    }
}

async fn send_first(
    app: &TestApp,
    client: &mut server::testing::Client,
    attempt: &str,
) -> server::testing::Page {
    // Opening the page would end the attempt, so the form is taken from before.
    let drawn = drawn_first(app, client, attempt).await;
    let fields: Vec<(&str, &str)> = drawn
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    client.post(&format!("{attempt}/answers"), &fields).await
}

async fn drawn_first(
    app: &TestApp,
    client: &mut server::testing::Client,
    attempt: &str,
) -> Vec<(String, String)> {
    let now = app.now();
    app.clock_control.set(now - TimeDelta::minutes(31));
    let page = client.get(&format!("{attempt}?q=1")).await;
    app.clock_control.set(now);
    let (question, revision) = asked(&page);
    let mut fields = vec![
        ("question".to_owned(), question.clone()),
        ("revision".to_owned(), revision),
    ];
    fields.extend(right_fields(&course(app), &question));
    fields
}

#[actix_web::test]
async fn an_answer_to_what_is_not_asked_is_refused() {
    let app = app().await;
    let mut learner = app.client(Who::Learner).await;
    enrol(&mut learner).await;
    let attempt = start(&mut learner).await;
    let page = learner.get(&format!("{attempt}?q=1")).await;
    let (question, revision) = asked(&page);
    let answers = format!("{attempt}/answers");

    let other_course = app
        .app
        .courses
        .current()
        .by_slug("disability")
        .unwrap()
        .clone();
    let foreign = other_course.questions.values().next().unwrap();
    for (question, revision) in [
        (foreign.id.as_str(), foreign.revision.as_str()),
        (question.as_str(), "0000"),
        ("q-nowhere", revision.as_str()),
        ("", ""),
    ] {
        let refused = learner
            .post(
                &answers,
                &[("question", question), ("revision", revision), ("a", "c1")],
            )
            .await;
        assert_eq!(refused.status, 409, "{question} {revision}");
        assert!(refused.has("Šis jautājums nav no šīs lapas"));
    }
    let unknown = learner
        .post(
            &answers,
            &[
                ("question", &question),
                ("revision", &revision),
                ("a", "no such"),
                ("a.x", "y"),
            ],
        )
        .await;
    assert_eq!(unknown.status, 422, "{}", unknown.text);
}

#[actix_web::test]
async fn an_answer_sent_twice_is_saved_once() {
    let app = app().await;
    let mut learner = app.client(Who::Learner).await;
    enrol(&mut learner).await;
    let attempt = start(&mut learner).await;
    let page = learner.get(&format!("{attempt}?q=1")).await;
    let (question, revision) = asked(&page);
    let mut fields = vec![
        ("question".to_owned(), question.clone()),
        ("revision".to_owned(), revision),
    ];
    fields.extend(right_fields(&course(&app), &question));
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    // Saved or shown again: the same effect however often it is sent.
    for _ in 0..2 {
        assert_eq!(
            learner
                .post(&format!("{attempt}/answers"), &fields)
                .await
                .status,
            303
        );
    }
    assert!(
        learner
            .get(&attempt)
            .await
            .has(&format!("Atbildēts uz 1 no {}", drawn(&app)))
    );
}

#[actix_web::test]
async fn an_attempt_of_another_person_is_not_found() {
    let app = app().await;
    let mut learner = app.client(Who::Learner).await;
    enrol(&mut learner).await;
    let attempt = start(&mut learner).await;
    let mut stranger = app.client(Who::Manager).await;
    for path in [
        attempt.clone(),
        format!("{attempt}/finish"),
        format!("{attempt}/review"),
    ] {
        assert_eq!(stranger.get(&path).await.status, 404, "{path}");
    }
    assert_eq!(
        stranger
            .post(&format!("{attempt}/finish"), &[])
            .await
            .status,
        404
    );
    let page = learner.get(&format!("{attempt}?q=1")).await;
    let (question, revision) = asked(&page);
    let mut fields = vec![
        ("question".to_owned(), question.clone()),
        ("revision".to_owned(), revision),
    ];
    fields.extend(right_fields(&course(&app), &question));
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(n, v)| (n.as_str(), v.as_str()))
        .collect();
    assert_eq!(
        stranger
            .post(&format!("{attempt}/answers"), &fields)
            .await
            .status,
        404
    );
    assert!(
        learner
            .get(&attempt)
            .await
            .has(&format!("Atbildēts uz 0 no {}", drawn(&app))),
        "nothing was saved"
    );
}

#[actix_web::test]
async fn what_is_right_is_shown_after_the_last_attempt_and_never_before() {
    let app = app().await;
    let mut client = app.client(Who::Learner).await;
    let course = course(&app);
    let rules = course.final_test().unwrap().test_rules().unwrap();
    enrol(&mut client).await;
    let before = client.get(&format!("{COURSE}/test")).await;
    assert!(before.has("Vēl nav izlasīta neviena nodarbība"));
    let allowed = rules.attempts.unwrap();
    for number in 1..=allowed {
        let attempt = start(&mut client).await;
        client.post(&format!("{attempt}/finish"), &[]).await;
        let review = client.get(&format!("{attempt}/review")).await;
        assert_eq!(review.status, 200);
        let explanations = course.questions.keys().filter_map(|id| {
            let key = course.key(id)?;
            key.explanation(course_compiler::Language::Lv)
        });
        let told = explanations
            .filter(|text| review.text.contains(*text))
            .count();
        let is_last = number == allowed;
        assert_eq!(told > 0, is_last, "attempt {number}");
        assert_eq!(review.has("Pareizās atbildes redzēsiet"), !is_last);
    }
}

#[actix_web::test]
async fn the_page_of_a_test_shows_what_its_author_says_first() {
    let app = app().await;
    let mut client = app.client(Who::Learner).await;
    enrol(&mut client).await;
    let course = course(&app);
    let test = course.final_test().unwrap();
    let (_, text) = test.text(course_compiler::Language::Lv).unwrap();
    let Some(Segment::Html(said)) = text.segments.first() else {
        panic!("the shipped test begins with a text");
    };
    let page = client.get(&format!("{COURSE}/test")).await;
    assert!(page.text.contains(said.as_str()), "{}", page.text);
}
