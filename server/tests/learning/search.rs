//! The search of the whole site: what is found, by whom, and where it leads.

use std::sync::Arc;

use course_compiler::{compile, load::Tree, model::Status};
use server::{
    learning::Catalogue,
    testing::{Page, TestApp, Who, assert_admits, shipped_bundle},
};

use crate::support::{app, apps};

const COURSE: &str = "id = \"kurss\"\nkind = \"course\"\nground = \"none\"\naudience = \"everyone\"\nhours = 1\n\
    source_language = \"lv\"\n[title]\nlv = \"Zvejnieka kurss\"\nen = \"Fishing\"\n\
    [summary]\nlv = \"Par bārdžinām.\"\nen = \"About barges.\"\n[[outcome]]\nid = \"o-a\"\nlv = \"Pazīst liedagu\"\n";
const LESSON: &str = "+++\nid = \"l-jura\"\ntitle = \"Jūra\"\nminutes = 1\n+++\n\nKuģis peld.\n\n## Ostas vārti\n\n\
    Enkurs un kuģis.\n\n## Bojas\n\nKuģu ceļš.\n\n## Vai jautvārds? {#q-a .single}\n\n- [x] Atbvārds\n  > Skaidrvārds\n\
    - [ ] Citvārds\n\n---\n\nPēc jautājuma.\n";
const TEST: &str = "+++\nid = \"t-tests\"\ntitle = \"Testvārds\"\nkind = \"test\"\npass = 0.5\n+++\n\n\
    Ievadvārds.\n\n## Vai pārbvārds? {#q-b .truefalse}\n\n- [x] Jā\n- [ ] Nē\n";

/// The courses of these files.
fn catalogue(files: &[(&str, &str)]) -> Catalogue {
    let tree = Tree::from_texts(files.iter().copied());
    let compilation = compile::compile_tree(&tree, &compile::Options::default(), &()).unwrap();
    assert!(!compilation.has_errors(), "{:#?}", compilation.diagnostics);
    Catalogue::new(compilation.bundle, Vec::new(), true)
}

fn one_course() -> Catalogue {
    catalogue(&[
        ("kurss/course.toml", COURSE),
        ("kurss/lv/01-jura.md", LESSON),
        ("kurss/lv/02-tests.md", TEST),
    ])
}

/// The address of a search in Latvian.
fn asking(query: &str) -> String {
    let query: String = url::form_urlencoded::byte_serialize(query.as_bytes()).collect();
    format!("/lv/search?q={query}")
}

/// The addresses of what was found, in order.
fn hits(page: &Page) -> Vec<&str> {
    let titles = page.text.split("<h3 class=\"hits__title\"").skip(1);
    titles
        .filter_map(|rest| rest.split("href=\"").nth(1)?.split('"').next())
        .collect()
}

#[actix_web::test]
async fn anybody_searches() {
    let app = app().await;
    for path in [
        "/lv/search",
        "/en/search?q=data",
        "/lv/search?q=dati&in=terms",
    ] {
        assert_admits(&app, path, &Who::ALL).await;
    }
}

#[actix_web::test]
async fn one_box_finds_courses_lessons_chapters_and_terms() {
    let app = app().await;
    let mut visitor = app.visitor();
    for query in [
        "diskriminacija",
        "DISKRIMINĀCIJAS",
        "diskriminācijai",
        "diskrim",
    ] {
        let page = visitor.get(&asking(query)).await;
        let places: Vec<_> = ["courses", "lessons", "chapters", "terms"]
            .map(|kind| page.text.find(&format!("id=\"kind-{kind}\"")))
            .into();
        assert!(
            places.iter().all(Option::is_some) && places.is_sorted(),
            "{query}: {places:?}"
        );
    }
    let page = visitor.get("/lv/search?q=diskriminacija").await;
    assert!(
        page.has("/lv/glossary#term-discrimination\""),
        "{:?}",
        hits(&page)
    );
    assert!(page.has("href=\"/lv/search?q=diskriminacija&amp;in=chapters\""));
    let more = visitor.get("/lv/search?q=diskriminacija&in=chapters").await;
    let found = hits(&more);
    assert!(
        found.len() > 5
            && found
                .iter()
                .all(|hit| hit.starts_with("/lv/handbook/handbook")),
        "{found:?}"
    );
    assert_eq!(page.heading(), "Meklēšana");
}

#[actix_web::test]
async fn a_lesson_is_opened_by_those_enrolled_and_others_see_its_course() {
    for db in server::db::testing::databases().await {
        let app = TestApp::build().catalogue(one_course()).start_on(db).await;
        let mut learner = app.client(Who::Learner).await;
        for query in ["enkurs", "jura"] {
            let address = asking(query);
            for client in [&mut app.visitor(), &mut learner] {
                let page = client.get(&address).await;
                assert_eq!(hits(&page), ["/lv/courses/kurss"], "{query}");
                assert!(page.has("saite ved uz kursa lapu"));
            }
        }
        learner.post("/lv/courses/kurss/enrol", &[]).await;
        let page = learner.get("/lv/search?q=enkurs").await;
        assert_eq!(
            hits(&page),
            ["/lv/courses/kurss/lessons/jura#h-ostas-vārti"]
        );
        assert!(!page.has("saite ved uz kursa lapu"));
        let (lesson, _) = hits(&page)[0].split_once('#').unwrap();
        let lesson = learner.get(lesson).await;
        assert!(lesson.has("id=\"h-ostas-vārti\""), "the place is there");
        // A title leads to the beginning; the other places stand below.
        let page = learner.get("/lv/search?q=kugis").await;
        assert_eq!(hits(&page), ["/lv/courses/kurss/lessons/jura"]);
        assert!(page.has("jura#h-ostas-vārti\">Ostas vārti</a>"));
        assert!(page.has("jura#h-bojas\">Bojas</a>"), "kuģu is a form of it");
    }
}

#[actix_web::test]
async fn questions_answers_and_tests_are_never_found() {
    let app = TestApp::build().catalogue(one_course()).start().await;
    let mut learner = app.client(Who::Learner).await;
    learner.post("/lv/courses/kurss/enrol", &[]).await;
    for word in [
        "jautvārds",
        "atbvārds",
        "skaidrvārds",
        "citvārds",
        "testvārds",
        "ievadvārds",
        "pārbvārds",
    ] {
        let page = learner.get(&asking(word)).await;
        assert!(hits(&page).is_empty(), "{word}: {:?}", hits(&page));
        let said = page.text.matches(word).count();
        assert!(
            !page.has("Varbūt domājāt"),
            "{word} is no suggestion either"
        );
        assert!(said > 0, "what was typed is shown again");
    }
    let page = learner.get("/lv/search?q=jautajuma").await;
    assert_eq!(hits(&page).len(), 1, "what stands after a question is text");
}

#[actix_web::test]
async fn a_course_is_found_by_title_summary_and_outcomes() {
    let app = TestApp::build().catalogue(one_course()).start().await;
    let mut visitor = app.visitor();
    for word in ["zvejnieks", "bardzinas", "liedags"] {
        let page = visitor.get(&asking(word)).await;
        assert_eq!(hits(&page), ["/lv/courses/kurss"], "{word}");
    }
}

#[actix_web::test]
async fn what_is_not_translated_is_found_in_its_own_language() {
    let app = TestApp::build().catalogue(one_course()).start().await;
    let page = app.visitor().get("/en/search?q=enkura").await;
    assert_eq!(hits(&page), ["/en/courses/kurss"]);
    assert!(page.has("<h3 class=\"hits__title\" lang=\"lv\">"));
}

#[actix_web::test]
async fn what_is_open_to_nobody_is_not_found() {
    let mut bundle = shipped_bundle();
    for course in &mut bundle.courses {
        Arc::make_mut(course).status = Status::Draft;
    }
    let app = TestApp::build()
        .catalogue(Catalogue::new(bundle, Vec::new(), false))
        .start()
        .await;
    for who in [Who::Visitor, Who::Author, Who::Admin] {
        let page = app
            .client(who)
            .await
            .get("/lv/search?q=diskriminacija")
            .await;
        let found = hits(&page);
        assert!(!found.is_empty(), "terms");
        assert!(
            found.iter().all(|hit| hit.starts_with("/lv/glossary#")),
            "{found:?}"
        );
        let nothing = app.client(who).await.get("/lv/search?q=anotacija").await;
        assert!(
            !nothing.has("/lv/handbook/") && !nothing.has("/lv/courses/"),
            "{who:?}"
        );
    }
}

#[actix_web::test]
async fn nothing_found_suggests_what_to_do() {
    let app = app().await;
    let mut visitor = app.visitor();
    let page = visitor.get("/lv/search?q=diskrimminacija").await;
    assert!(
        page.has("href=\"/lv/search?q=diskrimin%C4%81cija\">diskriminācija</a>"),
        "{}",
        page.text
    );
    let page = visitor.get("/lv/search?q=%3Cscript%3E+xyzzy").await;
    assert!(page.has("Nekas nav atrasts") && page.has("Meklējiet ar mazāk vārdiem"));
    assert!(page.has("value=\"&lt;script&gt; xyzzy\"") && !page.has("<script> xyzzy"));
    for empty in [
        "/lv/search",
        "/lv/search?q=",
        "/lv/search?q=%20%00",
        "/lv/search?q=&in=terms",
    ] {
        let page = visitor.get(empty).await;
        assert!(
            !page.has("role=\"status\"") && page.has("Ierakstiet vienu vai dažus vārdus"),
            "{empty}"
        );
    }
    for odd in [
        "/lv/search?q=%E2%80%A6",
        "/lv/search?q=dati&in=nowhere",
        "/lv/search?q=%25_%5C",
        "/lv/search?in=terms",
    ] {
        assert_eq!(visitor.get(odd).await.status, 200, "{odd}");
    }
}

#[actix_web::test]
async fn a_question_in_plain_words_finds_the_place() {
    let app = app().await;
    let mut visitor = app.visitor();
    for (question, chapter) in [
        (
            "kur ņemt datus par algām pēc dzimuma",
            "/lv/handbook/handbook/",
        ),
        ("kā rakstīt anotāciju", "/lv/handbook/handbook/pieci-soli"),
        (
            "viegla valoda kad vajag",
            "/lv/handbook/handbook/viegla-valoda",
        ),
    ] {
        let page = visitor.get(&(asking(question) + "&in=chapters")).await;
        let first = hits(&page).first().copied().unwrap_or_default().to_owned();
        assert!(first.starts_with(chapter), "{question}: {:?}", hits(&page));
    }
}

#[actix_web::test]
async fn the_box_stands_where_one_looks_for_things() {
    for app in apps().await {
        let mut visitor = app.visitor();
        for path in ["/lv/", "/en/courses", "/lv/search"] {
            let page = visitor.get(path).await;
            let lang = path.get(1..3).unwrap();
            let form = format!("method=\"get\" action=\"/{lang}/search\"");
            assert!(page.has("role=\"search\"") && page.has(&form), "{path}");
        }
    }
}
