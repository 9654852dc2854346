//! Forms with files.

use actix_web::{
    App, HttpResponse,
    cookie::Cookie,
    http::header,
    middleware::from_fn,
    test::{TestRequest, call_service, init_service, read_body},
    web,
};
use server::{
    http::{Anyone, FileKind, Reply, Upload, Visit, csrf, error_pages::pages_for_errors},
    testing::TestApp,
};

const MOST: usize = 1_000;

async fn take(_visit: Visit<Anyone>, upload: Upload<MOST>) -> Reply {
    let file = upload.file("list");
    let told = file.map_or_else(
        || "none".to_owned(),
        |file| {
            assert_eq!(file.kind, FileKind::Text);
            format!("{}: {}", file.name, file.bytes.len())
        },
    );
    Ok(HttpResponse::Ok().body(format!("{} {told}", upload.posted.get("note"))))
}

fn part(name: &str, file: Option<&str>, content: &[u8]) -> Vec<u8> {
    let file = file.map_or_else(String::new, |file| format!("; filename=\"{file}\""));
    let mut part = format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n")
        .into_bytes();
    part.extend_from_slice(content);
    part.extend_from_slice(b"\r\n");
    part
}

/// The status and the text of the response to a form with these parts.
async fn sent(app: &TestApp, parts: &[Vec<u8>], headers: &[(&str, &str)]) -> (u16, String) {
    let service = init_service(
        App::new()
            .wrap(from_fn(pages_for_errors))
            .configure(|config| app.app.provide(config))
            .route("/{lang}/upload", web::post().to(take)),
    )
    .await;
    let mut body = parts.concat();
    body.extend_from_slice(b"--x--\r\n");
    let mut request = TestRequest::post()
        .uri("/lv/upload")
        .cookie(Cookie::new("visitor", "a-browser"))
        .insert_header((header::CONTENT_TYPE, "multipart/form-data; boundary=x"))
        .set_payload(body);
    for (name, value) in headers {
        request = request.insert_header((*name, *value));
    }
    let response = call_service(&service, request.to_request()).await;
    let status = response.status().as_u16();
    let text = read_body(response).await;
    (status, String::from_utf8_lossy(&text).into_owned())
}

fn token(app: &TestApp) -> Vec<u8> {
    let token = csrf::token(&app.app.shell.secret, "a-browser");
    part(csrf::FIELD, None, token.as_bytes())
}

#[actix_web::test]
async fn a_file_comes_with_the_fields_of_its_form() {
    let app = TestApp::start().await;
    let file = part("list", Some("Dati/saraksts.csv"), b"a;b\r\n");
    let note = part("note", None, "Ķekava".as_bytes());
    let parts = [token(&app), note.clone(), file];
    assert_eq!(
        sent(&app, &parts, &[]).await,
        (200, "Ķekava saraksts.csv: 5".to_owned())
    );
    // No file was chosen: browsers send an empty one.
    let parts = [token(&app), note, part("list", Some(""), b"")];
    assert_eq!(
        sent(&app, &parts, &[]).await,
        (200, "Ķekava none".to_owned())
    );
}

#[actix_web::test]
async fn what_is_too_large_forged_or_not_whole_is_refused() {
    let app = TestApp::start().await;
    let file = |bytes: usize| part("list", Some("a.csv"), &vec![b'a'; bytes]);
    assert_eq!(sent(&app, &[token(&app), file(MOST)], &[]).await.0, 200);
    assert_eq!(sent(&app, &[token(&app), file(MOST + 1)], &[]).await.0, 413);
    // The limit applies to two files together; fields have their own.
    let halves = [token(&app), file(MOST / 2), file(MOST / 2 + 1)];
    assert_eq!(sent(&app, &halves, &[]).await.0, 413);
    let long = part("note", None, &vec![b'a'; 300 * 1024]);
    assert_eq!(sent(&app, &[token(&app), long], &[]).await.0, 413);
    let many = vec![part("note", None, b""); 2_000];
    assert_eq!(sent(&app, &many, &[]).await.0, 413);
    let told = [("content-length", "99999999")];
    assert_eq!(sent(&app, &[token(&app)], &told).await.0, 413);

    let forged = part(csrf::FIELD, None, b"somebody-elses");
    let page = sent(&app, &[forged, file(1)], &[]).await;
    assert_eq!(page.0, 403, "{}", page.1);
    assert_eq!(sent(&app, &[file(1)], &[]).await.0, 403);
    let foreign = [("sec-fetch-site", "cross-site")];
    assert_eq!(sent(&app, &[token(&app), file(1)], &foreign).await.0, 403);

    let note = part("note", None, b"V\xe2rds");
    assert_eq!(sent(&app, &[token(&app), note], &[]).await.0, 400);
    let note = part("note", None, b"a\0b");
    assert_eq!(sent(&app, &[token(&app), note], &[]).await.0, 400);
    assert_eq!(sent(&app, &[b"--x\r\nnonsense".to_vec()], &[]).await.0, 400);
    for kind in [
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "text/plain",
    ] {
        let headers = [("content-type", kind)];
        assert_eq!(sent(&app, &[token(&app)], &headers).await.0, 415, "{kind}");
    }
}
