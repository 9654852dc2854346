//! Accounts, people and the register of organisations, through the pages, on every database at hand.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a failure is the test's to show"
)]

mod access;
mod accounts;
mod crowd;
mod forms;
mod guessing;
mod guests;
mod merging;
mod operating;
mod organisations;
mod own_account;
mod privacy;
mod profile;
mod second_factor;

use server::testing::{Client, Page, TestApp};

/// A password that is strong enough.
const PASSWORD: &str = "zirgs ēd zaļu sienu";

/// Registers an address and sets a password behind the mailed link; the browser is signed in then.
async fn registered(app: &TestApp, email: &str) -> Client {
    let mut client = app.visitor();
    let link = link_for(app, &mut client, email).await;
    let page = client.post(&link, &[("password", PASSWORD)]).await;
    assert_eq!(page.status, 303, "{}", page.text);
    client
}

/// Registers an address; the link that was mailed.
async fn link_for(app: &TestApp, client: &mut Client, email: &str) -> String {
    let page = client.post("/lv/register", &[("email", email)]).await;
    assert_eq!(page.status, 200, "{}", page.text);
    app.last_mail_to(email).await.link()
}

async fn sign_in(client: &mut Client, email: &str, password: &str) -> Page {
    client
        .post("/lv/sign-in", &[("email", email), ("password", password)])
        .await
}
