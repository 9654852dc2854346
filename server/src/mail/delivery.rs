//! Sends mails: the worker of [`SendMail`].

use std::{sync::Arc, time::Duration};

use chrono::TimeDelta;
use futures::future::BoxFuture;
use sea_orm::DbErr;
use tokio::time::timeout;

use super::{
    SendMail, store,
    transport::{Transport, TransportError},
};
use crate::{
    clock::Clock,
    config::MailBounds,
    db::Db,
    jobs::{Failure, JobRun, Workers},
};

/// The time limit for sending one mail.
const SEND_LIMIT: Duration = Duration::from_secs(25);

/// The time within which the mails to an address are counted.
const DAY: TimeDelta = TimeDelta::hours(24);

/// How long a mail waits whose turn depends on another that is being sent.
const MOMENT: TimeDelta = TimeDelta::minutes(1);

/// The stored reason of a mail that waits because its address has had as many as it may within a day; also a part
/// of the key of its message (`job-error-…`).
const OVER_BOUND: &str = "daily-bound";

/// Sends mails. Cheap to clone.
#[derive(Clone)]
pub struct Delivery {
    /// The way of sending.
    pub transport: Transport,
    /// Where it is recorded which addresses do not take mails.
    pub db: Db,
    /// Time.
    pub clock: Clock,
    /// How many mails an address gets.
    pub bounds: MailBounds,
    /// Says whether a mail that waited is still to be sent.
    pub wanted: Arc<dyn StillWanted>,
}

/// Says of a mail that waited whether it is still to be sent. Implemented by the area that queued it.
pub trait StillWanted: Send + Sync {
    /// Whether a mail with this [`only_while`](super::Body::only_while) is to be sent.
    fn is_wanted<'a>(&'a self, only_while: &'a str) -> BoxFuture<'a, Result<bool, DbErr>>;
}

/// The worker that sends mails.
#[must_use]
pub fn workers(delivery: Delivery) -> Workers {
    Workers::default().with(move |mail: SendMail, run: JobRun| {
        let delivery = delivery.clone();
        async move { delivery.send(&run, &mail).await }
    })
}

impl Delivery {
    async fn send(&self, run: &JobRun, mail: &SendMail) -> Result<(), Failure> {
        if let Some(only_while) = &mail.body.only_while
            && !self.wanted.is_wanted(only_while).await?
        {
            return Ok(());
        }
        self.keep_bound(run, mail).await?;
        let Ok(outcome) = timeout(SEND_LIMIT, self.transport.send(run.job_id(), mail)).await else {
            return Err(Failure::transient("no-answer"));
        };
        match outcome {
            Ok(()) => {
                // What follows for the address can wait for the next mail; this one was sent.
                if let Err(error) = self.note_accepted(mail).await {
                    tracing::error!(%error, "an address that takes mails again was not recorded");
                }
                Ok(())
            }
            Err(error) => {
                if let TransportError::AddressRefused(answer) = &error {
                    self.note_refused(mail, answer).await?;
                }
                Err(if error.is_permanent() {
                    Failure::permanent(error.to_string())
                } else {
                    Failure::transient(error.to_string())
                })
            }
        }
    }

    /// Lets the mail wait if its address has had as many of its sort as it may within a day.
    async fn keep_bound(&self, run: &JobRun, mail: &SendMail) -> Result<(), Failure> {
        let bound = if mail.is_for_security {
            self.bounds.for_security
        } else {
            self.bounds.others
        };
        let bound = usize::try_from(bound.get()).unwrap_or(usize::MAX);
        let now = self.clock.now();
        let recent = store::recent(self.db.read(), (now, DAY), (run.job_id(), mail)).await?;
        // The mail that has to be a day old before there is room for another one.
        let oldest = recent.sent.len().checked_sub(bound);
        if let Some(at) = oldest.and_then(|index| recent.sent.get(index)) {
            return Err(Failure::postponed(*at + DAY, OVER_BOUND));
        }
        if recent.sent.len() + recent.under_way >= bound {
            return Err(Failure::postponed(now + MOMENT, OVER_BOUND));
        }
        Ok(())
    }

    async fn note_refused(&self, mail: &SendMail, answer: &str) -> Result<(), DbErr> {
        let (address, answer, now) = (mail.recipient.clone(), answer.to_owned(), self.clock.now());
        self.db
            .write(async move |txn| store::refuse(txn, now, &address, Some(answer), None).await)
            .await
    }

    async fn note_accepted(&self, mail: &SendMail) -> Result<(), DbErr> {
        // Read first, because it is rare: most mails cause no write.
        if store::refusal_of(self.db.read(), &mail.recipient)
            .await?
            .is_none()
        {
            return Ok(());
        }
        let address = mail.recipient.clone();
        self.db
            .write(async move |txn| store::accept(txn, &address).await)
            .await
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use chrono::TimeDelta;
    use futures::FutureExt as _;
    use sea_orm::EntityTrait as _;

    use super::*;
    use crate::{
        clock::{Clock, ClockControl},
        config::Config,
        db::{
            entity::job::{self, JobStatus},
            testing::{TestDb, databases},
        },
        ids::JobId,
        jobs::{Queue, run_due},
        mail::{Body, Mail, enqueue, file_name},
    };

    fn mail(key: &str, recipient: &str) -> Mail {
        Mail {
            dedup_key: key.to_owned(),
            recipient: recipient.to_owned(),
            topic: "certificate".to_owned(),
            is_for_security: false,
            subject: "Apliecība ir gatava".to_owned(),
            body: Body {
                text: "Labdien!\n\nŠī ir vēstule.\n".to_owned(),
                ..Body::default()
            },
        }
    }

    async fn queue(queue: &Queue, mail: Mail) -> JobId {
        let clock = queue.clock.clone();
        queue
            .db
            .write(async move |txn| enqueue(txn, &clock, mail).await)
            .await
            .unwrap()
    }

    /// Sends into a folder, or by a mail server.
    fn delivery(jobs: &Queue, set: &[(&str, &str)]) -> Delivery {
        let variable = |key: &str| {
            let found = set.iter().find(|(name, _)| *name == key);
            found.map(|(_, value)| (*value).to_owned())
        };
        let config = Config::from_sources(Path::new("x"), "", variable, false).unwrap();
        Delivery {
            transport: Transport::new(&config).unwrap(),
            db: jobs.db.clone(),
            clock: jobs.clock.clone(),
            bounds: config.mail_bounds,
            wanted: Arc::new(NotThose),
        }
    }

    /// Mails that are not wanted any more.
    struct NotThose;

    impl StillWanted for NotThose {
        fn is_wanted<'a>(&'a self, only_while: &'a str) -> BoxFuture<'a, Result<bool, DbErr>> {
            async move { Ok(only_while != "over") }.boxed()
        }
    }

    #[tokio::test]
    async fn a_mail_that_is_not_wanted_any_more_is_not_sent() {
        for (jobs, _, _db) in queues().await {
            let folder = tempfile::tempdir().unwrap();
            let workers = workers_into(&jobs, folder.path());
            for (key, only_while) in [("a", Some("over")), ("b", Some("lasts")), ("c", None)] {
                let mut one = mail(key, "anna@example.test");
                one.body.only_while = only_while.map(str::to_owned);
                queue(&jobs, one).await;
            }
            assert_eq!(run_due(&jobs, &workers).await.unwrap(), 3);
            let sent = std::fs::read_dir(folder.path().join("mail")).unwrap();
            assert_eq!(sent.count(), 2);
            assert_eq!(run_due(&jobs, &workers).await.unwrap(), 0);
        }
    }

    fn workers_into(jobs: &Queue, folder: &Path) -> Workers {
        let folder = folder.display().to_string();
        workers(delivery(jobs, &[("IESPEJA_DATA_DIR", &folder)]))
    }

    /// A mail server that gives these answers to the recipients of as many mails, one after another.
    async fn mail_server(answers: Vec<&'static str>) -> String {
        use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};

        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        tokio::spawn(async move {
            for answer in answers {
                let (stream, _) = listener.accept().await.unwrap();
                let (read, mut write) = stream.into_split();
                let mut lines = BufReader::new(read).lines();
                write.write_all(b"220 test\r\n").await.unwrap();
                let mut is_text = false;
                while let Ok(Some(line)) = lines.next_line().await {
                    let reply = match line.split([' ', ':']).next().unwrap_or_default() {
                        "." => {
                            is_text = false;
                            "250 taken"
                        }
                        _ if is_text => continue,
                        "RCPT" => answer,
                        "DATA" => {
                            is_text = true;
                            "354 go on"
                        }
                        "QUIT" => "221 bye",
                        _ => "250 ok",
                    };
                    let reply = format!("{reply}\r\n");
                    if write.write_all(reply.as_bytes()).await.is_err() || line == "QUIT" {
                        break;
                    }
                }
            }
        });
        url
    }

    /// A queue on each database, together with its database.
    async fn queues() -> Vec<(Queue, ClockControl, TestDb)> {
        let mut queues = Vec::new();
        for db in databases().await {
            let (clock, control) = Clock::stepped("2026-11-23T08:00:00Z".parse().unwrap());
            let notifier = crate::jobs::Notifier::default();
            let queue = Queue {
                db: (*db).clone(),
                clock,
                notifier,
            };
            queues.push((queue, control, db));
        }
        queues
    }

    #[tokio::test]
    async fn a_mail_becomes_one_file_with_its_letters_and_its_text_is_not_kept() {
        for (jobs, _, _db) in queues().await {
            let folder = tempfile::tempdir().unwrap();
            let workers = workers_into(&jobs, folder.path());
            let first = queue(&jobs, mail("a", "anna@example.test")).await;
            let same = queue(&jobs, mail("a", "anna@example.test")).await;
            assert_eq!(first, same);

            assert_eq!(run_due(&jobs, &workers).await.unwrap(), 1);
            assert_eq!(run_due(&jobs, &workers).await.unwrap(), 0);
            let file = folder.path().join("mail").join(file_name(first));
            let text = std::fs::read_to_string(file).unwrap();
            assert!(text.contains("To: anna@example.test"), "{text}");
            assert!(text.contains("Subject: =?utf-8?"), "{text}");
            assert!(text.contains("charset=utf-8"), "{text}");

            let kept = job::Entity::find().one(jobs.db.read()).await.unwrap();
            let kept = kept.unwrap().payload.to_string();
            assert!(kept.contains("anna@example.test"), "{kept}");
            assert!(!kept.contains("Labdien"), "{kept}");
        }
    }

    #[tokio::test]
    async fn a_failed_mail_waits_and_one_without_an_address_is_given_up() {
        for (jobs, control, _db) in queues().await {
            let folder = tempfile::tempdir().unwrap();
            let workers = workers_into(&jobs, folder.path());
            // A file in the place of the folder.
            let blocker = folder.path().join("mail");
            std::fs::write(&blocker, "").unwrap();
            queue(&jobs, mail("a", "anna@example.test")).await;
            let nobody = queue(&jobs, mail("b", "nobody")).await;

            assert_eq!(run_due(&jobs, &workers).await.unwrap(), 0);
            let given_up = job::Entity::find_by_id(nobody).one(jobs.db.read()).await;
            assert_eq!(given_up.unwrap().unwrap().status, JobStatus::Dead);
            std::fs::remove_file(&blocker).unwrap();
            control.advance(TimeDelta::seconds(59));
            assert_eq!(run_due(&jobs, &workers).await.unwrap(), 0, "too early");
            control.advance(TimeDelta::seconds(1));
            assert_eq!(run_due(&jobs, &workers).await.unwrap(), 1);
            control.advance(TimeDelta::days(10));
            assert_eq!(run_due(&jobs, &workers).await.unwrap(), 0);
        }
    }

    #[tokio::test]
    async fn an_address_gets_so_many_mails_a_day_and_security_has_its_own_bound() {
        for (jobs, control, _db) in queues().await {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().display().to_string();
            let set = [
                ("IESPEJA_DATA_DIR", path.as_str()),
                ("IESPEJA_MAILS_PER_DAY", "2"),
                ("IESPEJA_SECURITY_MAILS_PER_DAY", "1"),
            ];
            let workers = workers(delivery(&jobs, &set));
            for key in ["a", "b", "c", "d"] {
                queue(&jobs, mail(key, "anna@example.test")).await;
            }
            queue(&jobs, mail("e", "Anna@example.test")).await;
            queue(&jobs, mail("f", "other@example.test")).await;
            let link = queue(&jobs, mail("g", "anna@example.test").for_security()).await;
            let more = queue(&jobs, mail("h", "anna@example.test").for_security()).await;
            // Two of the first five, the other person's, and the link.
            assert_eq!(run_due(&jobs, &workers).await.unwrap(), 4);
            let of = async |id: JobId| {
                let row = job::Entity::find_by_id(id).one(jobs.db.read()).await;
                row.unwrap().unwrap()
            };
            assert_eq!(of(link).await.status, JobStatus::Done);
            let waits = of(more).await;
            assert_eq!((waits.status, waits.attempts), (JobStatus::Waiting, 0));
            assert_eq!(waits.last_error.as_deref(), Some(OVER_BOUND));
            assert_eq!(waits.run_at, jobs.clock.now() + DAY);

            control.advance(DAY - TimeDelta::seconds(1));
            assert_eq!(run_due(&jobs, &workers).await.unwrap(), 0, "too early");
            for sent in [3, 1] {
                control.advance(DAY);
                assert_eq!(run_due(&jobs, &workers).await.unwrap(), sent);
            }
            control.advance(DAY);
            assert_eq!(
                run_due(&jobs, &workers).await.unwrap(),
                0,
                "none is lost or doubled"
            );
        }
    }

    #[tokio::test]
    async fn a_refused_address_is_known_until_a_mail_arrives() {
        const ANNA: &str = "anna@example.test";
        for (jobs, control, _db) in queues().await {
            let answers = ["550 5.1.1 no such user", "550 5.7.1 no relaying", "250 ok"];
            let server = mail_server(answers.to_vec()).await;
            let workers = workers(delivery(&jobs, &[("IESPEJA_SMTP_URL", &server)]));
            let known = async || store::refusal_of(jobs.db.read(), ANNA).await.unwrap();
            let dead = queue(&jobs, mail("a", ANNA)).await;
            assert_eq!(run_due(&jobs, &workers).await.unwrap(), 0);
            let row = job::Entity::find_by_id(dead).one(jobs.db.read()).await;
            assert_eq!(row.unwrap().unwrap().status, JobStatus::Dead);
            let refusal = known().await.unwrap();
            assert_eq!((refusal.at, refusal.is_reported), (jobs.clock.now(), false));

            control.advance(TimeDelta::hours(1));
            queue(&jobs, mail("b", "other@example.test")).await;
            assert_eq!(run_due(&jobs, &workers).await.unwrap(), 0);
            let other = store::refusal_of(jobs.db.read(), "other@example.test").await;
            assert_eq!(other.unwrap(), None, "not because of the address");

            queue(&jobs, mail("c", ANNA)).await;
            assert_eq!(run_due(&jobs, &workers).await.unwrap(), 1);
            assert_eq!(known().await, None);
        }
    }
}
