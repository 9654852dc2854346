//! An answer replaces only the version with which its form was shown; an answer is emptied only if the person
//! confirms it; changing the language loses nothing.

use std::path::Path;

use server::testing::{Client, Page, TestApp, Who};

use crate::support::{answer, app, apps, asked, course, drawn, enrol, right_fields, start};

const LESSON: &str = "/lv/courses/visi-veidi/lessons/jautajumi";

/// The value of a hidden field of the first form that has it, after a place in the page.
fn hidden(page: &Page, after: &str, name: &str) -> String {
    let (_, rest) = page
        .text
        .split_once(after)
        .unwrap_or_else(|| panic!("no {after}: {}", page.text));
    let marker = format!("name=\"{name}\" value=\"");
    let (_, rest) = rest.split_once(&marker).unwrap();
    rest.split('"').next().unwrap().to_owned()
}

/// A tab with the first question of an attempt that asks for one choice of several.
struct Tab {
    url: String,
    number: usize,
    question: String,
    revision: String,
    version: String,
    values: Vec<String>,
}

impl Tab {
    async fn open(client: &mut Client, attempt: &str) -> Self {
        for number in 1..=10 {
            let page = client.get(&format!("{attempt}?q={number}")).await;
            let radios: Vec<String> = page
                .text
                .split("type=\"radio\"")
                .skip(1)
                .filter(|radio| radio.contains("name=\"a\""))
                .map(|radio| radio.split("value=\"").nth(1).unwrap())
                .map(|rest| rest.split('"').next().unwrap().to_owned())
                .collect();
            if radios.len() > 1 {
                let (question, revision) = asked(&page);
                return Self {
                    url: attempt.to_owned(),
                    number,
                    version: hidden(&page, "<form class=\"question", "version"),
                    question,
                    revision,
                    values: radios,
                };
            }
        }
        panic!("nothing to choose one of");
    }

    fn fields<'a>(&'a self, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
        let mut fields = vec![
            ("question", self.question.as_str()),
            ("revision", self.revision.as_str()),
            ("version", self.version.as_str()),
            ("total", "10"),
        ];
        fields.extend_from_slice(more);
        fields
    }

    async fn send(&self, client: &mut Client, more: &[(&str, &str)]) -> Page {
        let number = self.number.to_string();
        let mut fields = self.fields(more);
        fields.push(("number", &number));
        client.post(&format!("{}/answers", self.url), &fields).await
    }

    async fn send_in_background(&self, client: &mut Client, more: &[(&str, &str)]) -> Page {
        client
            .post_in_background(&format!("{}/answers", self.url), &self.fields(more))
            .await
    }

    /// The value that is saved now.
    async fn saved(&self, client: &mut Client) -> Option<String> {
        let page = client.get(&format!("{}?q={}", self.url, self.number)).await;
        checked(&page).into_iter().next()
    }
}

/// The values of the radio buttons that are picked in the page's source.
fn checked(page: &Page) -> Vec<String> {
    page.text
        .split("type=\"radio\"")
        .skip(1)
        .map(|radio| radio.split('>').next().unwrap())
        .filter(|radio| radio.contains(" checked"))
        .map(|radio| radio.split("value=\"").nth(1).unwrap())
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect()
}

#[actix_web::test]
async fn of_two_tabs_the_later_one_has_to_choose() {
    for app in apps().await {
        let mut learner = app.client(Who::Learner).await;
        enrol(&mut learner).await;
        let attempt = start(&mut learner).await;
        let tab = Tab::open(&mut learner, &attempt).await;
        let values = tab.values.clone();
        let (one, other) = (values[0].as_str(), values[1].as_str());
        assert_eq!(tab.send(&mut learner, &[("a", one)]).await.status, 303);

        // The same form again, by a second click or by the back button, is the same answer.
        assert_eq!(tab.send(&mut learner, &[("a", one)]).await.status, 303);

        let script = tab.send_in_background(&mut learner, &[("a", other)]).await;
        assert_eq!(script.status, 409, "{}", script.text);
        let asked = tab.send(&mut learner, &[("a", other)]).await;
        assert_eq!(asked.status, 409);
        assert_eq!(
            checked(&asked),
            [one, other],
            "what is saved, what was given"
        );
        assert!(asked.has("Nekas nav pārrakstīts") && asked.has("Paturēt saglabāto atbildi"));
        assert_eq!(tab.saved(&mut learner).await.as_deref(), Some(one));

        // Sent from the page that showed both, it replaces what was shown.
        let knowing = Tab {
            version: hidden(&asked, "<form class=\"question", "version"),
            ..tab
        };
        assert_eq!(
            knowing.send(&mut learner, &[("a", other)]).await.status,
            303
        );
        assert_eq!(knowing.saved(&mut learner).await.as_deref(), Some(other));
    }
}

#[actix_web::test]
async fn a_script_gets_the_version_and_may_repeat_an_unconfirmed_answer() {
    for app in apps().await {
        let mut learner = app.client(Who::Learner).await;
        enrol(&mut learner).await;
        let attempt = start(&mut learner).await;
        let mut tab = Tab::open(&mut learner, &attempt).await;
        let values = tab.values.clone();
        let saved = tab
            .send_in_background(&mut learner, &[("a", &values[0])])
            .await;
        assert_eq!(saved.status, 204, "{}", saved.text);
        let version = saved.headers.get("answer-version").unwrap();
        let first = std::mem::replace(&mut tab.version, version.to_str().unwrap().to_owned());
        let saved = tab
            .send_in_background(&mut learner, &[("a", &values[1])])
            .await;
        assert_eq!(saved.status, 204);

        // The reply to the last one was lost: the page knows an old version only.
        tab.version = first;
        let lost = format!("a={}", values[1]);
        let more = [("a", values[0].as_str()), ("unconfirmed", lost.as_str())];
        let saved = tab.send_in_background(&mut learner, &more).await;
        assert_eq!(saved.status, 204, "{}", saved.text);
        assert_eq!(tab.saved(&mut learner).await, Some(values[0].clone()));
    }
}

#[actix_web::test]
async fn an_empty_form_keeps_the_answer_and_clearing_takes_it_back() {
    for app in apps().await {
        let mut learner = app.client(Who::Learner).await;
        enrol(&mut learner).await;
        let attempt = start(&mut learner).await;
        let mut tab = Tab::open(&mut learner, &attempt).await;
        let value = tab.values[0].clone();
        assert_eq!(
            tab.send(&mut learner, &[]).await.status,
            303,
            "nothing to lose"
        );
        assert_eq!(tab.send(&mut learner, &[("a", &value)]).await.status, 303);
        let old = tab.version.clone();
        tab.version = hidden(
            &learner.get(&format!("{attempt}?q={}", tab.number)).await,
            "<form class=\"question",
            "version",
        );
        assert_ne!(tab.version, old);

        for version in [tab.version.clone(), old.clone()] {
            let tab = Tab {
                version,
                url: tab.url.clone(),
                question: tab.question.clone(),
                revision: tab.revision.clone(),
                values: Vec::new(),
                number: tab.number,
            };
            for go in ["next", "previous", "finish"] {
                let kept = tab.send(&mut learner, &[("go", go)]).await;
                assert_eq!(kept.status, 422);
                assert!(kept.has("Iepriek\u{161} saglab\u{101}t\u{101} atbilde paliek"));
                assert_eq!(checked(&kept), [value.as_str()]);
            }
            let script = tab.send_in_background(&mut learner, &[]).await;
            assert_eq!(script.status, 422, "{}", script.text);
        }

        let clear = format!("{attempt}/answers/clear");
        let stale = [
            ("question", tab.question.as_str()),
            ("revision", tab.revision.as_str()),
            ("version", old.as_str()),
        ];
        assert_eq!(learner.post(&clear, &stale).await.status, 409);
        assert_eq!(tab.saved(&mut learner).await, Some(value));
        let number = tab.number.to_string();
        let mut fields = tab.fields(&[]);
        fields.push(("number", &number));
        let cleared = learner.post(&clear, &fields).await;
        assert_eq!(cleared.status, 303, "{}", cleared.text);
        let page = learner.follow(&cleared).await;
        assert!(page.has("Atbilde ir notīrīta") && page.has("Atbildēts uz 0 no"));
        assert_eq!(tab.saved(&mut learner).await, None);
    }
}

#[actix_web::test]
async fn the_switch_of_languages_saves_what_is_given() {
    for app in apps().await {
        let mut learner = app.client(Who::Learner).await;
        enrol(&mut learner).await;
        let attempt = start(&mut learner).await;
        let tab = Tab::open(&mut learner, &attempt).await;
        let english = format!("{}?q={}", attempt.replace("/lv/", "/en/"), tab.number);
        let page = learner.get(&format!("{attempt}?q={}", tab.number)).await;
        let (_, header) = page
            .text
            .split_once("<header class=\"site-header\"")
            .unwrap();
        let header = header.split("</header>").next().unwrap();
        let button = format!("form=\"{}\" name=\"switch\" value=\"en\"", tab.question);
        assert!(header.contains(&button), "{header}");
        assert!(!header.contains(&format!("href=\"{english}\"")));

        let nothing = tab.send(&mut learner, &[("switch", "en")]).await;
        assert_eq!(nothing.location(), english);
        assert_eq!(tab.saved(&mut learner).await, None);
        let value = tab.values[0].as_str();
        let switched = tab
            .send(&mut learner, &[("switch", "en"), ("a", value)])
            .await;
        assert_eq!(switched.location(), english);
        let page = learner.follow(&switched).await;
        assert_eq!(checked(&page), [value]);
        assert!(page.has("lang=\"en\""));
        // And with nothing given, what is saved stays.
        let switched = tab.send(&mut learner, &[("switch", "en")]).await;
        assert_eq!(checked(&learner.follow(&switched).await), [value]);

        // What cannot be saved is shown again, in the language asked for.
        let other = tab.values[1].as_str();
        let stale = tab
            .send(&mut learner, &[("switch", "en"), ("a", other)])
            .await;
        assert_eq!(stale.status, 409);
        assert!(stale.has("Nothing has been overwritten") && stale.has("<html lang=\"en\">"));
        assert_eq!(checked(&stale), [value, other]);
    }
}

/// The platform with the course that asks every type of question, on each database, with somebody in it.
async fn with_all_types() -> Vec<(TestApp, Client)> {
    let courses =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../course-compiler/tests/courses/valid");
    let mut apps = Vec::new();
    for db in server::db::testing::databases().await {
        let app = TestApp::build().courses(&courses).start_on(db).await;
        let mut learner = app.client(Who::Learner).await;
        learner.post("/lv/courses/visi-veidi/enrol", &[]).await;
        apps.push((app, learner));
    }
    apps
}

/// Sends fields to a question of the lesson as its form is now.
async fn practise(learner: &mut Client, question: &str, more: &[(String, String)]) -> Page {
    let page = learner.get(LESSON).await;
    let form = format!("data-question-id=\"{question}\"");
    let (revision, version) = (
        hidden(&page, &form, "revision"),
        hidden(&page, &form, "version"),
    );
    let mut fields = vec![("revision", revision.as_str()), ("version", &version)];
    fields.extend(
        more.iter()
            .map(|(name, value)| (name.as_str(), value.as_str())),
    );
    learner
        .post(&format!("{LESSON}/questions/{question}"), &fields)
        .await
}

#[actix_web::test]
async fn parts_left_empty_are_asked_about() {
    for (app, mut learner) in with_all_types().await {
        let course = app
            .app
            .courses
            .current()
            .by_slug("visi-veidi")
            .unwrap()
            .clone();
        for question in ["q-pari", "q-seciba", "q-teksts", "q-apgalvojumi"] {
            let all: Vec<(String, String)> = if question == "q-apgalvojumi" {
                let page = learner.get(LESSON).await;
                let (_, form) = page
                    .text
                    .split_once("data-question-id=\"q-apgalvojumi\"")
                    .unwrap();
                let form = form.split("</form>").next().unwrap();
                let mut fields: Vec<(String, String)> = Vec::new();
                for radio in form.split("type=\"radio\" name=\"").skip(1) {
                    let name = radio.split('"').next().unwrap().to_owned();
                    let value = radio.split("value=\"").nth(1).unwrap();
                    if fields.iter().all(|(known, _)| *known != name) {
                        fields.push((name, value.split('"').next().unwrap().to_owned()));
                    }
                }
                fields
            } else {
                right_fields(&course, question)
            };
            assert!(all.len() > 1, "{question}");
            assert_eq!(practise(&mut learner, question, &all).await.status, 303);
            let asked = practise(&mut learner, question, &all[1..]).await;
            assert_eq!(asked.status, 422, "{question}");
            assert!(asked.has("Daži lauki ir tukši") && asked.has("Saglabāt ar tukšajiem laukiem"));
            let nothing = practise(&mut learner, question, &[]).await;
            assert_eq!(nothing.status, 422, "{question}");
            assert!(nothing.has("saglabātā atbilde paliek"), "{question}");

            let mut meant = all[1..].to_vec();
            meant.push(("empty".to_owned(), "yes".to_owned()));
            let emptied = practise(&mut learner, question, &meant).await;
            assert_eq!(emptied.status, 303, "{question}: {}", emptied.text);
            // Then there is less to save.
            let same = practise(&mut learner, question, &all[1..]).await;
            assert_eq!(same.status, 303, "{question}");
        }
    }
}

#[actix_web::test]
async fn a_reflection_survives_two_tabs_and_a_change_of_language() {
    for (_app, mut learner) in with_all_types().await {
        let url = format!("{LESSON}/questions/q-pardomas");
        let page = learner.get(LESSON).await;
        let form = "data-question-id=\"q-pardomas\"";
        let (revision, version) = (
            hidden(&page, form, "revision"),
            hidden(&page, form, "version"),
        );
        let fields = |text| {
            [
                ("revision", revision.as_str()),
                ("version", version.as_str()),
                ("a", text),
            ]
        };
        let saved = learner
            .post_in_background(&url, &fields("Pie durvīm"))
            .await;
        assert_eq!(saved.status, 204);
        assert!(saved.headers.contains_key("answer-version"));
        assert_eq!(learner.post(&url, &fields("Pie durvīm")).await.status, 303);
        let other = learner.post(&url, &fields("Pie loga")).await;
        assert_eq!(other.status, 409);
        assert!(other.has("Pie durvīm</textarea>") && other.has("Pie loga</textarea>"));
        assert!(learner.get(LESSON).await.has("Pie durvīm</textarea>"));

        // The typed text is shown in the other language: saved, or as typed.
        let typed = [
            ("a".to_owned(), "Pie vārtiem".to_owned()),
            ("switch".to_owned(), "en".to_owned()),
        ];
        let switched = practise(&mut learner, "q-pardomas", &typed).await;
        assert!(
            switched.location().starts_with("/en/"),
            "{}",
            switched.location()
        );
        let path = switched.location().split('#').next().unwrap().to_owned();
        assert!(learner.get(&path).await.has("Pie vārtiem</textarea>"));
        let long = "š".repeat(4_001);
        let typed = [
            ("a".to_owned(), long.clone()),
            ("switch".to_owned(), "en".to_owned()),
        ];
        let shown = practise(&mut learner, "q-pardomas", &typed).await;
        assert_eq!(shown.status, 422);
        assert!(shown.has(&long) && shown.has("<html lang=\"en\">"));

        let blank = [("a".to_owned(), "  ".to_owned())];
        let kept = practise(&mut learner, "q-pardomas", &blank).await;
        assert!(kept.status == 422 && kept.has("saglabātā atbilde paliek"));
        assert!(kept.has("Pie vārtiem</textarea>"));

        let page = learner.get(LESSON).await;
        let version = hidden(&page, form, "version");
        let fields = [
            ("revision", revision.as_str()),
            ("version", version.as_str()),
            ("a", "Pie vārtiem"),
        ];
        let cleared = learner.post(&format!("{url}/clear"), &fields).await;
        assert_eq!(cleared.status, 303, "{}", cleared.text);
        let page = learner.get(LESSON).await;
        assert!(page.has("Atbilde ir notīrīta") && !page.has("Pie vārtiem"));
        let again = practise(
            &mut learner,
            "q-pardomas",
            &[("a".to_owned(), "Jauns".to_owned())],
        )
        .await;
        assert_eq!(again.status, 303);
        assert!(learner.get(LESSON).await.has("Jauns</textarea>"));
    }
}

#[actix_web::test]
async fn reviewed_questions_have_separate_groups_of_buttons() {
    let app = app().await;
    let mut learner = app.client(Who::Learner).await;
    enrol(&mut learner).await;
    let attempt = start(&mut learner).await;
    answer(&app, &mut learner, &attempt, drawn(&app)).await;
    learner.post(&format!("{attempt}/finish"), &[]).await;
    let review = learner.get(&format!("{attempt}/review")).await;
    let course = course(&app);
    let mut names = std::collections::BTreeMap::new();
    let mut given = 0;
    for part in review.text.split("data-question-id=\"").skip(1) {
        let question = part.split('"').next().unwrap();
        let answer = course.key(&question.into()).unwrap().right_answer();
        given += match answer {
            course_compiler::Response::Case(case) => case.path.len(),
            _ => right_fields(&course, question).len(),
        };
        for control in part.split(" name=\"").skip(1) {
            let name = control.split('"').next().unwrap();
            let owner = names.entry(name.to_owned()).or_insert(question);
            assert_eq!(*owner, question, "{name}");
        }
    }
    let shown: usize = [
        " checked",
        " selected",
        "class=\"match__given\"",
        "class=\"typed__input\"",
        "class=\"gap__input\"",
        "class=\"case__chosen\"",
    ]
    .iter()
    .map(|sign| review.text.matches(sign).count())
    .sum();
    assert_eq!(shown, given, "every answer is there");
}
