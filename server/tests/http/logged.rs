//! What is logged about a failed request.

use std::{
    io,
    sync::{Arc, Mutex},
};

use sea_orm::{ConnectionTrait as _, DbErr};
use server::testing::TestApp;

/// What was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Log {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

#[actix_web::test]
async fn a_request_that_failed_is_found_by_its_id_and_keeps_its_secrets() {
    for app in TestApp::on_each_database().await {
        let log = Log::default();
        let written = log.clone();
        let subscriber = tracing_subscriber::fmt()
            .json()
            .with_max_level(tracing::Level::INFO)
            .with_writer(move || written.clone())
            .finish();
        let _logging = tracing::subscriber::set_default(subscriber);
        app.db
            .write::<_, DbErr>(async |txn| {
                txn.execute_unprepared("DROP TABLE email_token")
                    .await
                    .map(drop)
            })
            .await
            .unwrap();

        let page = app.visitor().get("/lv/confirm/a-secret-of-a-mail").await;
        assert_eq!(page.status.as_u16(), 500);
        let said = log.text();
        let lines: Vec<&str> = said
            .lines()
            .filter(|line| line.contains("request failed"))
            .collect();
        let [line] = lines.as_slice() else {
            panic!("not one line: {said}");
        };
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(line["level"], "ERROR");
        assert_eq!(
            line["fields"]["request.route"],
            "/{lang:lv|en}/confirm/{token}"
        );
        let id = line["span"]["request.id"].as_str().unwrap();
        assert!(page.has(id), "the page does not show {id}");
        assert!(!said.contains("a-secret-of-a-mail"), "{said}");
    }
}
