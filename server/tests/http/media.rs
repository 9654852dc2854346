//! Files of courses: complete, in ranges, and missing ones.

use std::{fs, sync::Arc};

use actix_web::{http::header, test::TestRequest};
use server::{
    learning::Catalogue,
    testing::{TestApp, shipped_bundle},
};

const NAME: &str = "0123456789ab-recording.mp4";

async fn with_recording() -> TestApp {
    let mut bundle = shipped_bundle();
    let bytes: Arc<[u8]> = Arc::from(b"0123456789".as_slice());
    bundle.assets.insert(NAME.to_owned(), Arc::clone(&bytes));
    let app = TestApp::build()
        .catalogue(Catalogue::new(bundle, Vec::new(), true))
        .start()
        .await;
    let folder = app.app.config.bundle_dir().join("assets");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(NAME), bytes).unwrap();
    fs::write(folder.join("stray.txt"), "of no course").unwrap();
    app
}

#[actix_web::test]
async fn a_range_of_a_media_file_is_served() {
    let app = with_recording().await;
    for (range, status, content_range, body) in [
        (None, 200, None, "0123456789"),
        (Some("bytes=2-4"), 206, Some("bytes 2-4/10"), "234"),
        (Some("bytes=7-"), 206, Some("bytes 7-9/10"), "789"),
        (Some("bytes=-2"), 206, Some("bytes 8-9/10"), "89"),
        (Some("bytes=10-"), 416, Some("bytes */10"), ""),
    ] {
        let mut request = TestRequest::get().uri(&format!("/media/{NAME}"));
        if let Some(range) = range {
            request = request.insert_header((header::RANGE, range));
        }
        let answer = app.visitor().send(request).await;
        assert_eq!(answer.status.as_u16(), status, "{range:?}");
        let said = answer.headers.get(header::CONTENT_RANGE);
        let said = said.map(|value| value.to_str().unwrap());
        assert_eq!(said, content_range, "{range:?}");
        assert_eq!(answer.text, body, "{range:?}");
        if status == 200 {
            let says = |name| answer.headers.get(name).unwrap().to_str().unwrap();
            assert_eq!(says(header::CONTENT_TYPE), "video/mp4");
            assert_eq!(says(header::ACCEPT_RANGES), "bytes");
            let kept = says(header::CACHE_CONTROL);
            assert!(kept.contains("immutable"), "{kept}");
        }
    }
}

#[actix_web::test]
async fn an_unknown_media_file_is_not_found() {
    let app = with_recording().await;
    for name in [
        "stray.txt",
        "absent.mp4",
        "..%2F..%2Fsecret.key",
        "..%2Fmanifest.json",
    ] {
        let page = app.visitor().get(&format!("/media/{name}")).await;
        assert_eq!(page.status.as_u16(), 404, "{name}");
    }
}

#[actix_web::test]
async fn a_missing_media_file_is_logged_as_an_error() {
    let app = with_recording().await;
    fs::remove_file(app.app.config.bundle_dir().join("assets").join(NAME)).unwrap();
    let page = app.visitor().get(&format!("/media/{NAME}")).await;
    assert_eq!(page.status.as_u16(), 500);
}
