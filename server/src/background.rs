//! Background work: which worker runs which jobs, and the tasks of the schedule.

use std::time::Duration;

use sea_orm::DbErr;

use crate::{
    accounts,
    app::App,
    certificates,
    jobs::{self, Schedule, Workers},
    learning,
    mail::{self, Transport},
    privacy, registrations,
};

/// The workers by kind of job.
#[must_use]
pub fn workers(app: &App) -> Workers {
    let state = app.certificates.clone();
    let importing = app.registrations.clone();
    Workers::default()
        .with(move |job, _| certificates::render_file(state.clone(), job))
        .with(move |job: registrations::ImportRegistrations, run| {
            let state = importing.clone();
            async move { registrations::carry_out_import(&state, &job, Some(&run)).await }
        })
}

/// The periodic tasks.
#[must_use]
pub fn schedule(app: &App) -> Schedule {
    const MINUTE: Duration = Duration::from_mins(1);
    let (learning, accounts) = (app.learning.clone(), app.accounts.clone());
    let registrations = app.registrations.clone();
    let (event_reminders, needs) = (app.registrations.clone(), app.registrations.clone());
    let (files, failures) = (app.registrations.clone(), app.accounts.clone());
    let db = app.db.clone();
    let (erasures, retention) = (app.privacy.clone(), app.privacy.rules());
    let (courses, reminding) = (app.learning.clone(), app.learning.clone());
    Schedule::default()
        .every(24 * 60 * MINUTE, "courses whose rule is met", move || {
            let courses = courses.clone();
            async move {
                let context = courses.context(&courses.courses.current());
                learning::complete_all_met(&context).await?;
                Ok(())
            }
        })
        .every(60 * MINUTE, "reminders", move || {
            let learning = reminding.clone();
            async move {
                learning::remind(&learning).await?;
                Ok(())
            }
        })
        .every(MINUTE, "places of events", move || {
            let registrations = registrations.clone();
            async move {
                registrations::settle_due(&registrations).await?;
                Ok(())
            }
        })
        .every(10 * MINUTE, "reminders of events", move || {
            let registrations = event_reminders.clone();
            async move {
                registrations::remind(&registrations).await?;
                Ok(())
            }
        })
        .every(60 * MINUTE, "what participants needed", move || {
            let registrations = needs.clone();
            async move {
                registrations::purge_needs(&registrations).await?;
                Ok(())
            }
        })
        .every(60 * MINUTE, "files of registrations", move || {
            let registrations = files.clone();
            async move {
                registrations::discard_old_imports(&registrations).await?;
                Ok(())
            }
        })
        .every(MINUTE, "overdue attempts", move || {
            let learning = learning.clone();
            async move { Ok(learning::catch_up(&learning).await?) }
        })
        .every(60 * MINUTE, "expired sessions", move || {
            let accounts = accounts.clone();
            async move { delete_expired_sessions(&accounts).await }
        })
        .every(10 * MINUTE, "failed sign-ins and refusals", move || {
            let accounts = failures.clone();
            async move { Ok(note_counted(&accounts).await?) }
        })
        .every(10 * MINUTE, "what was deleted in the log", move || {
            let db = db.clone();
            async move { Ok(db.empty_log().await?) }
        })
        .every(60 * MINUTE, "erasures that are due", move || {
            let state = erasures.clone();
            async move {
                privacy::erase_due(&state).await?;
                Ok(())
            }
        })
        .every(24 * 60 * MINUTE, "rules of retention", move || {
            let rules = retention.clone();
            async move {
                privacy::apply_rules(&rules, false).await?;
                Ok(())
            }
        })
}

/// Records what is counted in memory and would be lost: called when the server has stopped.
///
/// # Errors
/// The database fails.
pub async fn finish(app: &App) -> Result<(), DbErr> {
    note_counted(&app.accounts).await
}

async fn note_counted(accounts: &accounts::State) -> Result<(), DbErr> {
    accounts::note_failures(accounts).await?;
    accounts::note_refusals(accounts).await
}

/// How many mails are sent at the same time.
const MAILS_AT_ONCE: usize = 2;

/// How many other jobs run at the same time.
const JOBS_AT_ONCE: usize = 2;

/// Runs all background work until [`jobs::Notifier::stop`]. Mails have runners of their own, so that a mail
/// with a link does not wait for certificates to be rendered.
pub async fn run(app: App, transport: Transport) {
    let queue = app.queue();
    let (mails, others) = (mail::workers(app.delivery(transport)), workers(&app));
    let schedule = schedule(&app);
    tokio::join!(
        jobs::run(&queue, &mails, MAILS_AT_ONCE),
        jobs::run(&queue, &others, JOBS_AT_ONCE),
        schedule.run(&queue.notifier)
    );
}

async fn delete_expired_sessions(state: &accounts::State) -> Result<(), jobs::Failure> {
    let (now, rules) = (state.clock.now(), state.rules);
    state
        .db
        .write::<_, DbErr>(async move |txn| {
            accounts::delete_expired_sessions(txn, &rules, now).await
        })
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::{
        app,
        http::{Lang, theme::Theme},
        mail::{Transport, workers as mail_workers},
        testing::TestApp,
    };

    #[actix_web::test]
    async fn administrators_can_name_every_kind_of_job() {
        let app = TestApp::start().await;
        let transport = Transport::new(&app.app.config).unwrap();
        let mails = mail_workers(app.app.delivery(transport));
        let others = super::workers(&app.app);
        let all: BTreeSet<_> = mails.kinds().chain(others.kinds()).collect();
        assert_eq!(all, app::job_kinds().into_iter().collect());
        let theme = Theme::load().unwrap();
        for (lang, kind) in Lang::ALL
            .into_iter()
            .flat_map(|lang| all.iter().map(move |kind| (lang, kind)))
        {
            let key = format!("job-kind-{kind}");
            assert!(
                theme.messages().find(lang, &key, &[]).is_some(),
                "{lang} {key}"
            );
        }
    }
}
