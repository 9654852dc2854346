//! The handbooks: open to anyone, by sector, searched without scripts.

use course_compiler::model::CourseKind;
use server::{
    learning::Catalogue,
    testing::{TestApp, Who, assert_admits, shipped_bundle},
};
use tempfile::TempDir;

use crate::support::{app, renamed};

/// A folder of handbooks: each its name, its title and its chapter.
fn folder_of(handbooks: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (slug, title) in handbooks {
        let course = folder.path().join(slug);
        std::fs::create_dir_all(course.join("lv")).unwrap();
        let meta = format!(
            "id = \"{slug}\"\nkind = \"handbook\"\nground = \"none\"\naudience = \"employers\"\n\
             source_language = \"lv\"\n[title]\nlv = \"{title}\"\n[summary]\nlv = \"Kopsavilkums.\"\n"
        );
        std::fs::write(course.join("course.toml"), meta).unwrap();
        let chapter = format!(
            "+++\nid = \"l-{slug}\"\ntitle = \"Nodaļa\"\nminutes = 1\n+++\n\nTeksts grāmatā „{title}”.\n\n\
             Sk. [sākumu](01-nodala.md).\n"
        );
        std::fs::write(course.join("lv/01-nodala.md"), chapter).unwrap();
    }
    folder
}

#[actix_web::test]
async fn the_earlier_address_of_a_chapter_leads_to_it() {
    let folder = folder_of(&[("first", "Žurnāls")]);
    renamed(folder.path(), "first", "01-nodala.md", "02-termini.md");
    let app = TestApp::build().courses(folder.path()).start().await;
    let mut visitor = app.visitor();
    for lang in ["lv", "en"] {
        let old = format!("/{lang}/handbook/first/nodala?task=x");
        let answer = visitor.get(&old).await;
        assert_eq!(answer.status, 308);
        let now = format!("/{lang}/handbook/first/termini?task=x");
        assert_eq!(answer.location(), now);
        assert_eq!(visitor.get(&now).await.status, 200);
    }
    assert_eq!(visitor.get("/lv/handbook/first/cita").await.status, 404);
}

#[actix_web::test]
async fn several_stand_beside_one_another_by_title() {
    let folder = folder_of(&[
        ("first", "Žurnāls"),
        ("second", "Čuksti"),
        ("third", "Cits"),
    ]);
    let app = TestApp::build().courses(folder.path()).start().await;
    for who in [
        "/lv/handbook",
        "/lv/handbook/second",
        "/lv/handbook/second/nodala",
    ] {
        assert_admits(&app, who, &Who::ALL).await;
    }
    let mut visitor = app.visitor();
    let list = visitor.get("/lv/handbook").await;
    let places: Vec<_> = ["/third\">Cits", "/second\">Čuksti", "/first\">Žurnāls"]
        .map(|link| list.text.find(&format!("href=\"/lv/handbook{link}</a>")))
        .into();
    assert!(
        places.iter().all(Option::is_some) && places.is_sorted(),
        "{places:?}"
    );
    for slug in ["first", "second", "third"] {
        // The same file name in each, and each has its own.
        let contents = visitor.get(&format!("/lv/handbook/{slug}")).await;
        let address = format!("/lv/handbook/{slug}/nodala");
        assert!(contents.has(&format!("href=\"{address}\"")), "{slug}");
        assert!(contents.has("<li><a href=\"/lv/handbook\">Rokasgrāmatas</a></li>"));
        let found = visitor.get(&format!("/lv/handbook/{slug}?q=gramata")).await;
        assert!(found.has(&format!("href=\"{address}\"")), "{slug}");
        assert!(found.has("Atrasta 1 vieta"), "{slug}");
        let chapter = visitor.get(&address).await;
        assert!(chapter.has(&format!("<li><a href=\"/lv/handbook/{slug}\">")));
        assert!(chapter.has("<li><span aria-current=\"page\">Nodaļa</span></li>"));
        assert!(
            chapter.has("href=\"nodala\""),
            "a link beside it stays in the handbook"
        );
    }
    let own = visitor.get("/lv/handbook/second/nodala").await;
    assert!(own.has("grāmatā „Čuksti”"));
    for nowhere in [
        "/lv/handbook/fourth",
        "/lv/handbook/fourth/nodala",
        "/lv/handbook/first/cita",
        "/lv/courses/first",
    ] {
        assert_eq!(visitor.get(nowhere).await.status, 404, "{nowhere}");
    }
}

#[actix_web::test]
async fn without_a_handbook_there_is_no_list_and_no_entry() {
    let mut bundle = shipped_bundle();
    bundle
        .courses
        .retain(|course| course.kind == CourseKind::Course);
    let catalogue = Catalogue::new(bundle, Vec::new(), true);
    let app = TestApp::build().catalogue(catalogue).start().await;
    let mut visitor = app.visitor();
    assert_eq!(visitor.get("/lv/handbook").await.status, 404);
    assert!(!visitor.get("/lv/").await.has("/lv/handbook"));
}

#[actix_web::test]
async fn a_single_one_is_where_the_list_leads() {
    let app = app().await;
    let page = app.visitor().get("/en/handbook").await;
    assert_eq!(page.status, 303);
    assert_eq!(page.location(), "/en/handbook/handbook");
}

#[actix_web::test]
async fn everybody_reads_and_searches_it() {
    let app = app().await;
    for path in [
        "/lv/handbook/handbook",
        "/en/handbook/handbook",
        "/lv/handbook/handbook?q=dati",
        "/lv/handbook/handbook/budzets",
        "/lv/glossary",
        "/en/glossary",
    ] {
        assert_admits(&app, path, &Who::ALL).await;
    }
}

#[actix_web::test]
async fn its_contents_are_by_sector_and_lead_to_chapters() {
    let app = app().await;
    let mut visitor = app.visitor();
    let page = visitor.get("/lv/handbook/handbook").await;
    assert!(page.has("id=\"sector-budget\">Budžets un nodokļi</h2>"));
    assert!(page.has("href=\"/lv/handbook/handbook/budzets\""));
    assert!(page.has("aria-current=\"true\">Rokasgrāmatas</a>"));
    let chapter = visitor.get("/lv/handbook/handbook/budzets").await;
    assert_eq!(
        chapter.heading(),
        "Dzimumsensitīvs budžets: viena pozīcija pie galda"
    );
    assert!(chapter.has("role=\"doc-endnotes\""));
    assert_eq!(
        visitor.get("/lv/handbook/handbook/nav-tadas").await.status,
        404
    );
}

#[actix_web::test]
async fn one_starts_from_a_task_and_is_led_through_its_chapters() {
    let app = app().await;
    let mut visitor = app.visitor();
    let page = visitor.get("/lv/handbook/handbook").await;
    let (tasks, sectors) = (
        page.text.find("id=\"task-annotation\""),
        page.text.find("id=\"sector-any\""),
    );
    assert!(tasks.is_some() && tasks < sectors, "before the sectors");
    assert!(page.text.matches("id=\"task-").count() >= 5);
    let first = "/lv/handbook/handbook/pieci-soli?task=annotation";
    assert!(page.has(&format!("href=\"{first}\"")));
    let chapter = visitor.get(first).await;
    assert!(chapter.has("1. nodaļa no 4 darbam:"));
    assert!(chapter.has("href=\"/lv/handbook/handbook#task-annotation\">Rakstu anotāciju</a>"));
    assert!(chapter.has("href=\"/lv/handbook/handbook/dati?task=annotation\" rel=\"next\""));
    assert!(!chapter.has("rel=\"prev\""));
    let next = visitor
        .get("/lv/handbook/handbook/dati?task=annotation")
        .await;
    assert!(next.has("2. nodaļa no 4") && next.has("pieci-soli?task=annotation\" rel=\"prev\""));
    // A task that there is not, or that has not this chapter, is none.
    for other in [
        "pieci-soli",
        "pieci-soli?task=nowhere",
        "pieci-soli?task=text",
    ] {
        let chapter = visitor.get(&format!("/lv/handbook/handbook/{other}")).await;
        assert!(!chapter.has("darbam:"), "{other}");
        assert!(
            chapter.has("href=\"/lv/handbook/handbook/budzets\" rel=\"next\""),
            "{other}"
        );
    }
    // Every way of every task is there, in both languages.
    for lang in ["lv", "en"] {
        let contents = visitor
            .get(&format!("/{lang}/handbook/handbook"))
            .await
            .text;
        let links = contents
            .split("href=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next());
        for link in links.filter(|link| link.contains("?task=")) {
            assert_eq!(visitor.get(link).await.status, 200, "{link}");
        }
    }
}

#[actix_web::test]
async fn a_chapter_says_when_it_changed_and_when_its_sources_were_read() {
    let app = app().await;
    let mut visitor = app.visitor();
    let chapter = visitor.get("/lv/handbook/handbook/budzets").await;
    assert!(chapter.has("Mainīta 29.11.2026.") && chapter.has("Avoti lasīti "));
    let chapter = visitor.get("/en/handbook/handbook/budzets").await;
    assert!(chapter.has("Changed 29 Nov 2026") && chapter.has("Sources read "));
    // Nothing is said that no author wrote.
    let folder = folder_of(&[("first", "Grāmata")]);
    let app = TestApp::build().courses(folder.path()).start().await;
    let chapter = app.visitor().get("/lv/handbook/first/nodala").await;
    assert!(!chapter.has("Mainīta") && !chapter.has("Avoti lasīti"));
}

#[actix_web::test]
async fn the_glossary_is_by_letter_and_searched() {
    let app = app().await;
    let mut visitor = app.visitor();
    let all = visitor.get("/lv/glossary").await;
    assert!(all.has("<a href=\"#letter-D\">D</a>") && all.has("id=\"letter-D\""));
    let letters = all.text.split("class=\"letter\" id=\"letter-").skip(1);
    let letters: Vec<&str> = letters.filter_map(|rest| rest.split('"').next()).collect();
    let different: std::collections::BTreeSet<_> = letters.iter().collect();
    assert_eq!(different.len(), letters.len(), "each once: {letters:?}");
    assert_eq!(
        letters.len(),
        all.text.matches("<li><a href=\"#letter-").count()
    );
    for query in [
        "aizskarsana",
        "AIZSKAR%C5%A0ANU",
        "aizskar%C5%A1anas",
        "aizskar",
    ] {
        let found = visitor.get(&format!("/lv/glossary?q={query}")).await;
        assert!(
            found.has("id=\"term-harassment\"") && found.has("Atrast"),
            "{query}"
        );
        assert!(!found.has("class=\"letter\""), "{query}");
    }
    let nothing = visitor.get("/lv/glossary?q=%3Cb%3Exyzzy").await;
    assert!(nothing.has("Nekas nav atrasts") && nothing.has("value=\"&lt;b&gt;xyzzy\""));
}

#[actix_web::test]
async fn searching_without_diacritics_finds_and_marks() {
    let app = app().await;
    let mut visitor = app.visitor();
    let page = visitor.get("/lv/handbook/handbook?q=budzets").await;
    assert!(page.has("<mark>Budžets</mark>"), "the heading");
    let nothing = visitor
        .get("/lv/handbook/handbook?q=%3Cscript%3E+xyzzy")
        .await;
    assert!(nothing.has("Nekas nav atrasts"));
    assert!(
        nothing.has("value=\"&lt;script&gt; xyzzy\""),
        "what was typed stands there again"
    );
}

#[actix_web::test]
async fn a_handbook_cannot_be_enrolled_in() {
    let app = app().await;
    let mut visitor = app.visitor();
    assert!(!visitor.get("/lv/courses").await.has("/lv/courses/handbook"));
    assert_eq!(visitor.get("/lv/courses/handbook").await.status, 404);
}

#[actix_web::test]
async fn the_glossary_has_every_term_with_an_address() {
    let app = app().await;
    let page = app.visitor().get("/lv/glossary").await;
    assert!(page.has("<div id=\"term-harassment\"><dt><dfn>Aizskaršana</dfn></dt>"));
}

#[actix_web::test]
async fn a_handbook_and_its_chapters_are_downloaded_by_anyone() {
    let app = app().await;
    for who in Who::ALL {
        let mut client = app.client(who).await;
        for path in [
            "/lv/handbook/handbook/budzets.pdf",
            "/en/handbook/handbook/budzets.pdf",
        ] {
            let file = client.get(path).await;
            assert_eq!(file.status, 200, "{who:?}");
            assert!(file.bytes.starts_with(b"%PDF-"), "{who:?}");
            let name = file.headers.get("content-disposition").unwrap();
            let name = name.to_str().unwrap();
            assert!(
                name.starts_with("attachment; filename=\"handbook-budzets-"),
                "{name}"
            );
        }
    }
    let mut visitor = app.visitor();
    let page = visitor.get("/lv/handbook/handbook/budzets").await;
    assert!(page.has("/lv/handbook/handbook/budzets.pdf"));
    assert!(
        visitor
            .get("/lv/handbook/handbook")
            .await
            .has("/lv/handbook/handbook.pdf")
    );
    for path in [
        "/lv/handbook/nowhere.pdf",
        "/lv/handbook/handbook/nowhere.pdf",
    ] {
        assert_eq!(visitor.get(path).await.status, 404, "{path}");
    }
}
