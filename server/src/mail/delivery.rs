//! Sends what is due in the outbox: right after something was queued, and every few seconds for
//! what another server queued, what failed, and what a sender that died left behind.

use std::{sync::Arc, time::Duration};

use futures::FutureExt as _;
use sea_orm::DbErr;
use tokio::{sync::Notify, time::timeout};

use super::{model::next_attempt, store, transport::Transport};
use crate::{clock::Clock, db::Db};

/// How often the outbox is looked at when nobody wakes the delivery.
const POLL: Duration = Duration::from_secs(5);

/// How many mails are taken at a time: all of them are sent within their lease.
const BATCH: u64 = 10;

/// How long handing over one mail may take.
const SEND_LIMIT: Duration = Duration::from_secs(25);

/// The bell of the delivery. Cheap to clone; clones ring the same one.
#[derive(Debug, Clone, Default)]
pub struct Outbox(Arc<Notify>);

impl Outbox {
    /// Says that mails were queued and their transaction is committed.
    pub fn wake(&self) {
        self.0.notify_one();
    }
}

/// Sends until the program ends.
pub async fn run(db: Db, clock: Clock, transport: Transport, outbox: Outbox) {
    loop {
        if let Err(error) = deliver_due(&db, &clock, &transport).await {
            tracing::error!(%error, "the outbox cannot be read or written");
        }
        // Rung or not, it is time to look again.
        let _ = timeout(POLL, outbox.0.notified()).await;
    }
}

/// Sends everything that is due; how many mails left.
///
/// # Errors
/// The database fails.
pub async fn deliver_due(db: &Db, clock: &Clock, transport: &Transport) -> Result<usize, DbErr> {
    let mut sent = 0;
    loop {
        let now = clock.now();
        if !store::any_due(db.read(), now).await? {
            return Ok(sent);
        }
        let mails = db
            .write(move |txn| store::lease(txn, now, BATCH).boxed())
            .await?;
        for mail in mails {
            let sending = transport.send(mail.id, &mail.recipient, &mail.subject, &mail.body_text);
            let outcome = timeout(SEND_LIMIT, sending).await;
            let now = clock.now();
            let (problem, is_final) = match outcome {
                Ok(Ok(())) => {
                    sent += 1;
                    db.write(move |txn| store::sent(txn, now, mail.id).boxed())
                        .await?;
                    continue;
                }
                Ok(Err(error)) => (error.to_string(), error.is_final()),
                Err(_) => ("no answer in time".to_owned(), false),
            };
            let next = if is_final {
                None
            } else {
                next_attempt(now, mail.attempts)
            };
            if next.is_none() {
                tracing::error!(mail.id = %mail.id, "a mail was given up");
            } else {
                tracing::warn!(mail.id = %mail.id, mail.attempts, "a mail did not leave");
            }
            db.write(move |txn| {
                Box::pin(async move { store::failed(txn, mail.id, next, &problem).await })
            })
            .await?;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use chrono::TimeDelta;

    use super::*;
    use crate::{
        clock::Hand,
        config::Config,
        db::testing::databases,
        mail::{Mail, enqueue},
    };

    const NOW: &str = "2026-11-23T08:00:00Z";

    fn mail(key: &str, recipient: &str) -> Mail {
        Mail {
            dedup_key: key.to_owned(),
            recipient: recipient.to_owned(),
            subject: "Apliecība ir gatava".to_owned(),
            body_text: "Labdien!\n\nŠī ir vēstule.\n".to_owned(),
        }
    }

    async fn queue(db: &Db, clock: &Clock, mail: Mail) -> uuid::Uuid {
        let clock = clock.clone();
        db.write(move |txn| async move { enqueue(txn, &clock, &mail).await }.boxed())
            .await
            .unwrap()
    }

    fn transport(folder: &Path) -> Transport {
        let folder = folder.display().to_string();
        let variable = |key: &str| (key == "IESPEJA_DATA_DIR").then(|| folder.clone());
        Transport::new(&Config::from_sources(Path::new("x"), "", variable, false).unwrap()).unwrap()
    }

    fn stepped() -> (Clock, Hand) {
        Clock::stepped(NOW.parse().unwrap())
    }

    #[tokio::test]
    async fn a_mail_becomes_one_file_with_its_letters() {
        for db in databases().await {
            let (clock, _) = stepped();
            let folder = tempfile::tempdir().unwrap();
            let transport = transport(folder.path());
            let first = queue(&db, &clock, mail("a", "anna@example.test")).await;
            let same = queue(&db, &clock, mail("a", "anna@example.test")).await;
            assert_eq!(first, same);

            assert_eq!(deliver_due(&db, &clock, &transport).await.unwrap(), 1);
            assert_eq!(deliver_due(&db, &clock, &transport).await.unwrap(), 0);
            let file = folder
                .path()
                .join("mail")
                .join(crate::mail::file_name(first));
            let text = std::fs::read_to_string(file).unwrap();
            assert!(text.contains("To: anna@example.test"), "{text}");
            assert!(text.contains("Subject: =?utf-8?"), "{text}");
            assert!(text.contains("charset=utf-8"), "{text}");
        }
    }

    #[tokio::test]
    async fn a_sender_that_dies_gives_its_mails_back() {
        for db in databases().await {
            let (clock, hand) = stepped();
            let folder = tempfile::tempdir().unwrap();
            let transport = transport(folder.path());
            queue(&db, &clock, mail("a", "anna@example.test")).await;
            let now = clock.now();
            let taken = db
                .write(move |txn| store::lease(txn, now, 10).boxed())
                .await
                .unwrap();
            assert_eq!(taken.len(), 1);
            let again = db
                .write(move |txn| store::lease(txn, now, 10).boxed())
                .await
                .unwrap();
            assert_eq!(again, []);
            assert_eq!(deliver_due(&db, &clock, &transport).await.unwrap(), 0);

            hand.advance(TimeDelta::minutes(6));
            assert_eq!(deliver_due(&db, &clock, &transport).await.unwrap(), 1);
        }
    }

    #[tokio::test]
    async fn senders_at_once_share_the_mails() {
        for db in databases().await {
            let (clock, _) = stepped();
            for number in 0..30 {
                queue(&db, &clock, mail(&number.to_string(), "anna@example.test")).await;
            }
            let now = clock.now();
            let takers = (0..6).map(|_| db.write(move |txn| store::lease(txn, now, 10).boxed()));
            let mut ids = Vec::new();
            for taken in futures::future::join_all(takers).await {
                ids.extend(taken.unwrap().into_iter().map(|mail| mail.id));
            }
            let count = ids.len();
            ids.sort();
            ids.dedup();
            assert_eq!(ids.len(), count, "a mail was taken twice");
        }
    }

    #[tokio::test]
    async fn a_failed_mail_waits_and_one_without_an_address_is_given_up() {
        for db in databases().await {
            let (clock, hand) = stepped();
            let folder = tempfile::tempdir().unwrap();
            let transport = transport(folder.path());
            // A file where the folder has to be.
            let blocker = folder.path().join("mail");
            std::fs::write(&blocker, "").unwrap();
            queue(&db, &clock, mail("a", "anna@example.test")).await;
            queue(&db, &clock, mail("b", "nobody")).await;

            assert_eq!(deliver_due(&db, &clock, &transport).await.unwrap(), 0);
            std::fs::remove_file(&blocker).unwrap();
            assert_eq!(
                deliver_due(&db, &clock, &transport).await.unwrap(),
                0,
                "too early"
            );
            hand.advance(TimeDelta::minutes(1));
            assert_eq!(deliver_due(&db, &clock, &transport).await.unwrap(), 1);
            hand.advance(TimeDelta::days(10));
            assert_eq!(deliver_due(&db, &clock, &transport).await.unwrap(), 0);
        }
    }
}
