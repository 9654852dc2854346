//! Accounts, people and the register of organisations, through the pages, on every database at hand.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a failure is the test's to show"
)]

mod access;
mod accounts;
mod organisations;
mod profile;

use server::testing::{Client, Page, TestApp};

/// A password that is strong enough.
const PASSWORD: &str = "zirgs ēd zaļu sienu";

/// Registers and confirms an address; the browser is signed in then.
async fn registered(app: &TestApp, email: &str) -> Client {
    let mut client = app.visitor();
    let fields = [("email", email), ("password", PASSWORD)];
    assert_eq!(client.post("/lv/register", &fields).await.status, 200);
    let link = app.last_mail_to(email).await.link();
    assert_eq!(client.post(&link, &[]).await.status, 303);
    client
}

async fn sign_in(client: &mut Client, email: &str, password: &str) -> Page {
    client
        .post("/lv/sign-in", &[("email", email), ("password", password)])
        .await
}
