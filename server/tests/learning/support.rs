//! Steps that several tests take.

use std::{path::Path, sync::Arc};

use course_compiler::{Course, Lesson, LessonKind, QuestionId, Response, compile::Options};
use server::{
    learning::{self, Catalogue, Replacing},
    testing::{Client, Page, TestApp, shipped_bundle},
};

/// The course that the tests take.
pub(crate) const COURSE: &str = "/lv/courses/foundations";

/// The platform with the shipped courses, on each database.
pub(crate) async fn apps() -> Vec<TestApp> {
    let mut apps = Vec::new();
    for db in server::db::testing::databases().await {
        apps.push(TestApp::build().shipped_courses().start_on(db).await);
    }
    apps
}

/// The platform with the courses of a folder, on each database.
pub(crate) async fn apps_with(courses: &Path) -> Vec<TestApp> {
    let mut apps = Vec::new();
    for db in server::db::testing::databases().await {
        apps.push(TestApp::build().courses(courses).start_on(db).await);
    }
    apps
}

/// Gives the file of a lesson another name, after the lock of its course was written.
pub(crate) fn renamed(courses: &Path, slug: &str, before: &str, after: &str) {
    let compiled = course_compiler::compile(courses, &Options::default(), &()).unwrap();
    let course = courses.join(slug);
    std::fs::write(
        course.join("course.lock"),
        compiled.locks.get(slug).unwrap(),
    )
    .unwrap();
    let lessons = course.join("lv");
    let text = std::fs::read_to_string(lessons.join(before)).unwrap();
    std::fs::write(lessons.join(after), text.replace(before, after)).unwrap();
    std::fs::remove_file(lessons.join(before)).unwrap();
}

/// The platform with the shipped courses, on SQLite only.
pub(crate) async fn app() -> TestApp {
    TestApp::build().shipped_courses().start().await
}

/// The platform with the shipped courses, whose tests have to be handed in within half an hour, on
/// each database.
pub(crate) async fn apps_with_time_limit() -> Vec<TestApp> {
    let mut bundle = shipped_bundle();
    for course in &mut bundle.courses {
        for lesson in &mut Arc::make_mut(course).lessons {
            if let LessonKind::Test(rules) = &mut lesson.kind {
                rules.time_limit_minutes = Some(30);
            }
        }
    }
    let mut apps = Vec::new();
    for db in server::db::testing::databases().await {
        let catalogue = Catalogue::new(bundle.clone(), Vec::new(), true);
        apps.push(TestApp::build().catalogue(catalogue).start_on(db).await);
    }
    apps
}

/// The course as compiled.
pub(crate) fn course(app: &TestApp) -> Course {
    app.app
        .courses
        .current()
        .by_slug("foundations")
        .unwrap()
        .clone()
}

/// How many questions an attempt at the test of the course asks.
pub(crate) fn drawn(app: &TestApp) -> usize {
    let course = course(app);
    course
        .final_test()
        .unwrap()
        .test_rules()
        .unwrap()
        .draw
        .unwrap()
}

/// Enrols somebody.
pub(crate) async fn enrol(client: &mut Client) {
    let page = client.post(&format!("{COURSE}/enrol"), &[]).await;
    assert!(
        page.location().starts_with(&format!("{COURSE}/lessons/")),
        "{}",
        page.location()
    );
}

/// Answers every question of a lesson of the course rightly.
pub(crate) async fn answer_lesson(app: &TestApp, client: &Client, lesson: &Lesson) {
    for id in &lesson.questions {
        answer_in_lesson(app, client, lesson, id).await;
    }
}

/// Answers one question of a lesson of the course rightly.
pub(crate) async fn answer_in_lesson(
    app: &TestApp,
    client: &Client,
    lesson: &Lesson,
    question: &QuestionId,
) {
    let catalogue = app.app.courses.current();
    let context = app.app.learning.context(&catalogue);
    let course = course(app);
    let enrolled = learning::enrolled(&context, client.person_id, &course.id).await;
    let answer = course.key(question).unwrap().right_answer();
    learning::lesson::answer(
        &context,
        client.person_id,
        enrolled.unwrap().unwrap().id,
        (&course, lesson),
        course.question(question).unwrap(),
        Some(answer),
        Replacing::default(),
    )
    .await
    .unwrap();
}

/// Answers the questions of every lesson of the course, and marks it as read.
pub(crate) async fn read_all(app: &TestApp, client: &mut Client) {
    for lesson in course(app).required_lessons() {
        let url = format!("{COURSE}/lessons/{}", lesson.slug);
        assert_eq!(client.get(&url).await.status, 200, "{url}");
        answer_lesson(app, client, lesson).await;
        assert_eq!(client.post(&format!("{url}/done"), &[]).await.status, 303);
    }
}

/// Begins an attempt; its address.
pub(crate) async fn start(client: &mut Client) -> String {
    let page = client.post(&format!("{COURSE}/test/start"), &[]).await;
    assert_eq!(page.status, 303, "{}", page.text);
    page.location().to_owned()
}

/// The question that a page of an attempt asks, and the revision it asks.
pub(crate) fn asked(page: &Page) -> (String, String) {
    let field = |name: &str| {
        let marker = format!("name=\"{name}\" value=\"");
        let start = page
            .text
            .find(&marker)
            .unwrap_or_else(|| panic!("no {name}"))
            + marker.len();
        page.text[start..].split('"').next().unwrap().to_owned()
    };
    (field("question"), field("revision"))
}

/// The form fields of an answer that earns everything.
pub(crate) fn right_fields(course: &Course, question: &str) -> Vec<(String, String)> {
    let key = course.key(&QuestionId::from(question)).unwrap();
    let one = |value: &dyn ToString| ("a".to_owned(), value.to_string());
    match key.right_answer() {
        Response::Single(answer) | Response::TrueFalse(answer) => vec![one(&answer.choice)],
        Response::Multiple(answer) => answer.choices.iter().map(|choice| one(choice)).collect(),
        Response::Match(answer) => answer
            .pairs
            .iter()
            .map(|(row, partner)| (format!("a.{row}"), partner.to_string()))
            .collect(),
        Response::Order(answer) => answer
            .places
            .iter()
            .map(|(row, place)| (format!("a.{row}"), place.to_string()))
            .collect(),
        Response::Numeric(answer) => vec![one(&answer.typed)],
        Response::Short(answer) => vec![one(&answer.text)],
        Response::Reflect(answer) => vec![one(&answer.text)],
        Response::Cloze(answer) => answer
            .gaps
            .iter()
            .map(|(gap, value)| (format!("a.{gap}"), value.clone()))
            .collect(),
        Response::Likert(answer) => answer
            .points
            .iter()
            .map(|(statement, point)| (format!("a.{statement}"), point.to_string()))
            .collect(),
        other => panic!("the course of these tests does not ask {other:?}"),
    }
}

/// Answers the first `count` questions of an attempt rightly, one page after another.
pub(crate) async fn answer(app: &TestApp, client: &mut Client, attempt: &str, count: usize) {
    let course = course(app);
    for number in 1..=count {
        let page = client.get(&format!("{attempt}?q={number}")).await;
        let (question, revision) = asked(&page);
        let mut fields = vec![
            ("question".to_owned(), question.clone()),
            ("revision".to_owned(), revision),
            ("number".to_owned(), number.to_string()),
            ("total".to_owned(), drawn(app).to_string()),
            ("go".to_owned(), "next".to_owned()),
        ];
        fields.extend(right_fields(&course, &question));
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(n, v)| (n.as_str(), v.as_str()))
            .collect();
        let saved = client.post(&format!("{attempt}/answers"), &fields).await;
        assert_eq!(saved.status, 303, "{question}: {}", saved.text);
    }
}
