//! Lessons: reading, answering inside them, coming back.

use std::sync::Arc;

use actix_web::{http::Method, test::TestRequest};
use course_compiler::{
    Course, Language, QuestionId, Response, model::CompletionQuestions, question::Body,
};
use server::{
    learning::Catalogue,
    testing::{Page, TestApp, Who, shipped_bundle},
};

use crate::support::{
    COURSE, answer_in_lesson, answer_lesson, app, apps, apps_with, course, enrol, renamed,
    right_fields,
};

#[actix_web::test]
async fn a_course_goes_on_where_it_was_left() {
    for app in apps().await {
        let mut learner = app.client(Who::Learner).await;
        enrol(&mut learner).await;
        let lessons: Vec<String> = course(&app)
            .required_lessons()
            .map(|l| format!("{COURSE}/lessons/{}", l.slug))
            .collect();
        let first = course(&app).required_lessons().next().unwrap().clone();
        answer_lesson(&app, &learner, &first).await;
        let next = learner.post(&format!("{}/done", lessons[0]), &[]).await;
        assert_eq!(next.location(), lessons[1]);
        learner.get(&lessons[2]).await;
        // A `HEAD` request does not open a lesson.
        let head = TestRequest::with_uri(&lessons[0]).method(Method::HEAD);
        assert_eq!(learner.send(head).await.status, 200);
        let page = learner.get(COURSE).await;
        let resume = page.text.split("class=\"button\" href=\"").nth(1).unwrap();
        assert!(resume.starts_with(&lessons[2]), "{resume:.200}");
    }
}

#[actix_web::test]
async fn the_earlier_addresses_of_a_lesson_lead_to_it() {
    let folder = tempfile::TempDir::new().unwrap();
    let course = folder.path().join("kurss");
    std::fs::create_dir_all(course.join("lv")).unwrap();
    let meta = "id = \"kurss\"\nkind = \"course\"\nground = \"none\"\naudience = \"everyone\"\nhours = 1\n\
                source_language = \"lv\"\ntitle = { lv = \"Kurss\" }\nsummary = { lv = \"Īsi.\" }\n";
    std::fs::write(course.join("course.toml"), meta).unwrap();
    for (file, id) in [("01-ievads.md", "a"), ("02-beigas.md", "b")] {
        let lesson = format!(
            "+++\nid = \"l-{id}\"\ntitle = \"Nodarbība {id}\"\nminutes = 1\n+++\n\nTeksts {id}.\n\n\
             ## Jā? {{#q-{id} .truefalse}}\n\n- [x] Jā\n- [ ] Nē\n"
        );
        std::fs::write(course.join("lv").join(file), lesson).unwrap();
    }
    renamed(folder.path(), "kurss", "01-ievads.md", "01-sakums.md");
    for app in apps_with(folder.path()).await {
        let mut learner = app.client(Who::Learner).await;
        for lang in ["lv", "en"] {
            let old = format!("/{lang}/courses/kurss/lessons/ievads");
            let answer = learner.get(&old).await;
            assert_eq!(answer.status, 308);
            assert_eq!(
                answer.location(),
                format!("/{lang}/courses/kurss/lessons/sakums")
            );
        }
        learner.post("/lv/courses/kurss/enrol", &[]).await;
        // A page that was open when the address changed: what its forms send is sent again to the new one.
        let old = "/lv/courses/kurss/lessons/ievads";
        for (form, now) in [
            ("done", "/lv/courses/kurss/lessons/sakums/done"),
            (
                "questions/q-a",
                "/lv/courses/kurss/lessons/sakums/questions/q-a",
            ),
            (
                "questions/q-a/clear",
                "/lv/courses/kurss/lessons/sakums/questions/q-a/clear",
            ),
        ] {
            let answer = learner.post(&format!("{old}/{form}"), &[]).await;
            assert_eq!((answer.status.as_u16(), answer.location()), (308, now));
        }
        assert_eq!(
            learner.get("/lv/courses/kurss/lessons/sakums").await.status,
            200
        );
        assert_eq!(
            learner.get("/lv/courses/kurss/lessons/cits").await.status,
            404
        );
        // Whoever is not signed in is asked to, as on every lesson.
        let visitor = app.visitor().get(old).await;
        assert!(
            visitor.location().starts_with("/lv/sign-in?"),
            "{}",
            visitor.location()
        );
    }
}

#[actix_web::test]
async fn an_answer_is_kept_with_its_feedback() {
    for app in apps().await {
        let mut learner = app.client(Who::Learner).await;
        enrol(&mut learner).await;
        let course = course(&app);
        let lesson = course.required_lessons().next().unwrap();
        let url = format!("{COURSE}/lessons/{}", lesson.slug);
        assert!(!learner.get(&url).await.has("verdict--correct"));
        for id in &lesson.questions {
            let question = course.question(id).unwrap();
            let mut fields = vec![("revision".to_owned(), question.revision.to_string())];
            fields.extend(right_fields(&course, id.as_str()));
            let fields: Vec<(&str, &str)> = fields
                .iter()
                .map(|(n, v)| (n.as_str(), v.as_str()))
                .collect();
            let saved = learner
                .post(&format!("{url}/questions/{id}"), &fields)
                .await;
            assert_eq!(saved.location(), format!("{url}#{id}-verdict"));
        }
        let page = learner.get(&url).await;
        let marked = lesson.questions.iter().filter(|id| is_marked(&course, id));
        assert_eq!(
            page.text.matches("verdict--correct").count(),
            marked.count()
        );
    }
}

/// Its id, with what is chosen from, where one of three or more is right.
fn single(course: &Course) -> (String, Vec<String>, String) {
    for lesson in course.required_lessons() {
        for id in &lesson.questions {
            let question = course.question(id).unwrap();
            let right = course.key(id).unwrap().right_answer();
            if let (Body::Single(body), Response::Single(right)) = (&question.body, right)
                && body.choices.len() > 2
            {
                let wrong = body
                    .choices
                    .iter()
                    .filter(|choice| **choice != right.choice);
                let wrong = wrong.map(ToString::to_string).collect();
                let url = format!("{COURSE}/lessons/{}/questions/{id}", lesson.slug);
                return (url, wrong, question.revision.to_string());
            }
        }
    }
    panic!("no such question");
}

#[actix_web::test]
async fn what_is_right_is_told_after_the_second_try() {
    for app in apps().await {
        let mut learner = app.client(Who::Learner).await;
        enrol(&mut learner).await;
        let (url, wrong, revision) = single(&course(&app));
        let lesson = url.split("/questions/").next().unwrap();
        for (choice, is_told) in [(&wrong[0], false), (&wrong[0], false), (&wrong[1], true)] {
            let version = learner.get(lesson).await;
            let version = version_of(&version.text, &url);
            let fields = [
                ("revision", &*revision),
                ("version", &version),
                ("a", choice),
            ];
            assert_eq!(learner.post(&url, &fields).await.status, 303);
            let page = learner.get(lesson).await;
            assert!(page.has("choice--wrong"));
            assert_eq!(page.has("choice--missed"), is_told, "{choice}");
            assert_eq!(page.has("pēc otrā mēģinājuma"), !is_told, "{choice}");
        }
    }
}

/// The version with which the form of a question was shown.
fn version_of(page: &str, action: &str) -> String {
    let form = page.split(&format!("action=\"{action}\"")).nth(1).unwrap();
    let value = form.split("name=\"version\" value=\"").nth(1).unwrap();
    value.split('"').next().unwrap().to_owned()
}

#[actix_web::test]
async fn the_address_of_a_refused_answer_leads_to_its_question() {
    let app = app().await;
    let mut learner = app.client(Who::Learner).await;
    enrol(&mut learner).await;
    let (url, ..) = single(&course(&app));
    let (lesson, id) = url.split_once("/questions/").unwrap();
    let refused = learner.post(&url, &[("revision", "older")]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.has("<title>Kļūda:") && refused.has("Jautājums „"));
    for (address, language) in [(url.clone(), "lv"), (url.replace("/lv/", "/en/"), "en")] {
        for address in [address.clone(), format!("{address}/clear")] {
            let led = learner.get(&address).await;
            let expected = format!("{}#{id}", lesson.replace("/lv/", &format!("/{language}/")));
            assert_eq!(led.location(), expected);
        }
    }
}

fn is_marked(course: &Course, id: &QuestionId) -> bool {
    course.question(id).unwrap().is_marked()
}

#[actix_web::test]
async fn a_refused_answer_comes_back_with_its_reason() {
    let app = app().await;
    let mut learner = app.client(Who::Learner).await;
    enrol(&mut learner).await;
    let course = course(&app);
    for lesson in course.required_lessons() {
        let url = format!("{COURSE}/lessons/{}", lesson.slug);
        for id in &lesson.questions {
            let question = course.question(id).unwrap();
            let revision = question.revision.as_str();
            let action = format!("{url}/questions/{id}");

            let right = course.key(id).unwrap().right_answer();
            if matches!(right, Response::Case(_)) {
                // Answered step by step; see `cases`.
                continue;
            }
            let nothing = learner.post(&action, &[("revision", revision)]).await;
            assert_eq!(nothing.status, 422);
            assert!(nothing.has("Izvēlieties vai ierakstiet atbildi"));

            let mut older = vec![("revision".to_owned(), "older".to_owned())];
            older.extend(right_fields(&course, id.as_str()));
            let older: Vec<(&str, &str)> = older
                .iter()
                .map(|(n, v)| (n.as_str(), v.as_str()))
                .collect();
            let older = learner.post(&action, &older).await;
            assert_eq!(older.status, 422);
            assert!(older.has("kopš lapas atvēršanas ir mainīts"));

            if let Response::Numeric(_) = right {
                let typed = learner
                    .post(&action, &[("revision", revision), ("a", "daudz")])
                    .await;
                assert_eq!(typed.status, 303);
                let page = learner.get(&url).await;
                assert!(page.has("„daudz” nav skaitlis") && page.has("value=\"daudz\""));
            }
        }
    }
}

#[actix_web::test]
async fn a_question_of_another_course_is_refused() {
    let app = app().await;
    let mut learner = app.client(Who::Learner).await;
    enrol(&mut learner).await;
    let lesson = course(&app).required_lessons().next().unwrap().slug.clone();
    let other = app
        .app
        .courses
        .current()
        .by_slug("disability")
        .unwrap()
        .clone();
    let foreign = other.questions.values().next().unwrap();
    let refused = learner
        .post(
            &format!("{COURSE}/lessons/{lesson}/questions/{}", foreign.id),
            &[("revision", foreign.revision.as_str()), ("a", "c1")],
        )
        .await;
    assert_eq!(refused.status, 409);
}

#[actix_web::test]
async fn a_kept_page_is_never_shown_after_the_session_ended_or_the_progress_changed() {
    for app in apps().await {
        let mut learner = app.client(Who::Learner).await;
        enrol(&mut learner).await;
        let lesson = course(&app).required_lessons().next().unwrap().clone();
        let url = format!("{COURSE}/lessons/{}", lesson.slug);
        answer_lesson(&app, &learner, &lesson).await;
        for _ in 0..3 {
            assert!(!learner.get(&url).await.has("jau ir izlasīta"));
        }
        learner.post(&format!("{url}/done"), &[]).await;
        assert!(learner.get(&url).await.has("jau ir izlasīta"));
        app.clock_control.advance(chrono::TimeDelta::hours(15));
        assert!(learner.get(&url).await.location().contains("/sign-in?"));
    }
}

#[actix_web::test]
async fn a_lesson_is_read_once_its_questions_are_answered_where_the_course_requires_it() {
    for app in apps().await {
        let mut learner = app.client(Who::Learner).await;
        enrol(&mut learner).await;
        let course = course(&app);
        let lesson = course.required_lessons().next().unwrap().clone();
        let url = format!("{COURSE}/lessons/{}", lesson.slug);
        let (last, others) = lesson.questions.split_last().unwrap();
        let title = |id: &QuestionId| {
            let question = course.question(id).unwrap();
            question.texts[&Language::Lv].title.clone()
        };
        let is_listed =
            |page: &Page, id: &QuestionId| page.has(&format!("<li data-open=\"{id}\">"));

        // Before: the questions are named.
        let page = learner.get(&url).await;
        assert!(lesson.questions.iter().all(|id| is_listed(&page, id)));

        // After: nothing is marked, and the page leads to them.
        let refused = learner.post(&format!("{url}/done"), &[]).await;
        assert_eq!(refused.status, 422);
        for id in &lesson.questions {
            assert!(refused.has(&format!(
                "<a href=\"#{id}\">Vēl nav atbildēts: „{}”",
                title(id)
            )));
        }
        let back = learner.get(&format!("{url}/done")).await;
        assert_eq!(back.location(), url, "for who loads that page again");
        assert!(!learner.get(&url).await.has("jau ir izlasīta"));
        let page = learner.get(COURSE).await;
        assert!(page.has("un atbildēts uz to jautājumiem") && page.has("Izlasītas: 0."));

        for id in others {
            answer_in_lesson(&app, &learner, &lesson, id).await;
        }
        let refused = learner.post(&format!("{url}/done"), &[]).await;
        assert_eq!(refused.status, 422);
        assert!(is_listed(&refused, last));
        assert!(others.iter().all(|id| !is_listed(&refused, id)));

        answer_in_lesson(&app, &learner, &lesson, last).await;
        let page = learner.get(&url).await;
        assert!(!page.has("data-open="));
        let done = learner.post(&format!("{url}/done"), &[]).await;
        assert_eq!(done.status, 303);
        assert!(learner.get(COURSE).await.has("Izlasītas: 1."));

        // It stays read, whatever becomes of the answers.
        let cleared = format!("{url}/questions/{last}/clear");
        assert_eq!(learner.post(&cleared, &[]).await.status, 303);
        let page = learner.get(&url).await;
        assert!(page.has("jau ir izlasīta") && !page.has("data-open="));
        assert_eq!(learner.post(&format!("{url}/done"), &[]).await.status, 303);
    }
}

#[actix_web::test]
async fn questions_may_be_skipped_where_the_course_does_not_require_them() {
    for db in server::db::testing::databases().await {
        let mut bundle = shipped_bundle();
        for course in &mut bundle.courses {
            Arc::make_mut(course).completion.questions = CompletionQuestions::Optional;
        }
        let catalogue = Catalogue::new(bundle, Vec::new(), true);
        let app = TestApp::build().catalogue(catalogue).start_on(db).await;
        let mut learner = app.client(Who::Learner).await;
        enrol(&mut learner).await;
        let lesson = course(&app).required_lessons().next().unwrap().slug.clone();
        let url = format!("{COURSE}/lessons/{lesson}");
        assert!(!learner.get(&url).await.has("data-open="));
        assert_eq!(learner.post(&format!("{url}/done"), &[]).await.status, 303);
        let page = learner.get(COURSE).await;
        assert!(page.has("Izlasītas: 1.") && !page.has("atbildēts uz to jautājumiem"));
    }
}
