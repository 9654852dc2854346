//! The handbook: open to anyone, by sector, searched without scripts.

use server::testing::{Who, assert_admits};

use crate::support::app;

#[actix_web::test]
async fn everybody_reads_and_searches_it() {
    let app = app().await;
    for path in [
        "/lv/handbook",
        "/en/handbook",
        "/lv/handbook?q=dati",
        "/lv/handbook/budzets",
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
    let page = visitor.get("/lv/handbook").await;
    assert!(page.has("<h2 id=\"sector-budget\">Budžets un nodokļi</h2>"));
    assert!(page.has("href=\"/lv/handbook/budzets\""));
    assert!(page.has("aria-current=\"true\">Rokasgrāmata</a>"));
    let chapter = visitor.get("/lv/handbook/budzets").await;
    assert_eq!(
        chapter.heading(),
        "Dzimumsensitīvs budžets: viena pozīcija pie galda"
    );
    assert!(chapter.has("role=\"doc-endnotes\""));
    assert_eq!(visitor.get("/lv/handbook/nav-tadas").await.status, 404);
}

#[actix_web::test]
async fn searching_without_diacritics_finds_and_marks() {
    let app = app().await;
    let mut visitor = app.visitor();
    let page = visitor.get("/lv/handbook?q=budzets").await;
    assert!(page.has("<mark>Budžets</mark>"), "the heading");
    let nothing = visitor.get("/lv/handbook?q=%3Cscript%3E+xyzzy").await;
    assert!(nothing.has("Nekas nav atrasts"));
    assert!(
        nothing.has("value=\"&lt;script&gt; xyzzy\""),
        "what was typed stands there again"
    );
}

#[actix_web::test]
async fn it_is_no_course() {
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
