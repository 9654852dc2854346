//! Sends mails: the worker of [`SendMail`].

use std::time::Duration;

use tokio::time::timeout;

use super::{SendMail, transport::Transport};
use crate::jobs::{Failure, JobRun, Workers};

/// The time limit for sending one mail.
const SEND_LIMIT: Duration = Duration::from_secs(25);

/// The worker that sends mails.
#[must_use]
pub fn workers(transport: Transport) -> Workers {
    Workers::default().with(move |mail: SendMail, run: JobRun| {
        let transport = transport.clone();
        async move { send(&transport, &run, &mail).await }
    })
}

async fn send(transport: &Transport, run: &JobRun, mail: &SendMail) -> Result<(), Failure> {
    let Ok(outcome) = timeout(SEND_LIMIT, transport.send(run.job_id(), mail)).await else {
        return Err(Failure::transient("no answer in time"));
    };
    outcome.map_err(|error| {
        if error.is_permanent() {
            Failure::permanent(error.to_string())
        } else {
            Failure::transient(error.to_string())
        }
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use chrono::TimeDelta;
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

    fn workers_into(folder: &Path) -> Workers {
        let folder = folder.display().to_string();
        let variable = |key: &str| (key == "IESPEJA_DATA_DIR").then(|| folder.clone());
        let config = Config::from_sources(Path::new("x"), "", variable, false).unwrap();
        workers(Transport::new(&config).unwrap())
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
            let workers = workers_into(folder.path());
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
            let workers = workers_into(folder.path());
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
}
