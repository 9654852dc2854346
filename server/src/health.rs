//! Whether this server can work: what `GET /readyz` says.
//!
//! A database that answers queries may still be one whose disk is full, that can only be read, that is damaged,
//! or that was deleted under the running server. So readiness is found out by writing and by reading the whole
//! file. Results are kept for a few seconds, so that whoever asks often costs nothing.

use std::{
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::DbErr;
use tokio::{sync::Mutex, task::JoinHandle, time::timeout};

use crate::{
    clock::Clock,
    data,
    db::{ConnectError, Db, counter},
    jobs,
};

/// How long a result is given again.
const KEPT: TimeDelta = TimeDelta::seconds(5);

/// How long a write may take. A write of another program may hold it up for ten seconds.
const WRITE_PATIENCE: Duration = Duration::from_secs(12);

/// How long an answer waits for the check of the whole file; a longer check goes on and is used later.
const CHECK_PATIENCE: Duration = Duration::from_secs(2);

/// The whole file is checked again after at least this time, and after a hundred times what the check took.
const CHECK_PAUSE: Duration = Duration::from_secs(10);

/// Jobs that are due for longer while none is run are stuck.
pub const STUCK_AFTER: TimeDelta = TimeDelta::minutes(15);

/// A part that is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Writing to the database.
    DatabaseWrite,
    /// The database's file: it is whole, and where it was.
    DatabaseFile,
    /// The tables are those of this program.
    Schema,
    /// Writing to the data folder.
    DataFolder,
    /// The queue of jobs and mails; work goes on without it.
    Jobs,
}

impl Part {
    /// As the answer names it. The details are in the log only, because anybody may ask.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::DatabaseWrite => "database-write",
            Self::DatabaseFile => "database-file",
            Self::Schema => "database-schema",
            Self::DataFolder => "data-folder",
            Self::Jobs => "jobs",
        }
    }

    /// Whether the server should get no requests.
    const fn is_vital(self) -> bool {
        !matches!(self, Self::Jobs)
    }
}

/// What was found out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// The parts that fail, with the reason.
    pub problems: Vec<(Part, String)>,
}

impl Report {
    /// Whether requests can be answered.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        !self.problems.iter().any(|(part, _)| part.is_vital())
    }

    /// The answer to whoever asks.
    #[must_use]
    pub fn text(&self) -> String {
        let names: Vec<_> = self.problems.iter().map(|(part, _)| part.name()).collect();
        match (self.is_ready(), names.is_empty()) {
            (true, true) => "ready".to_owned(),
            (true, false) => format!("ready, with problems: {}", names.join(", ")),
            (false, _) => format!("not ready: {}", names.join(", ")),
        }
    }
}

/// Checks this server. Cheap to clone; clones share their results.
#[derive(Clone)]
pub struct Health {
    db: Db,
    clock: Clock,
    data_dir: PathBuf,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    last: Option<(DateTime<Utc>, Report)>,
    check: Check,
}

/// The check of the whole file.
#[derive(Default)]
struct Check {
    running: Option<JoinHandle<(Duration, Result<(), ConnectError>)>>,
    /// When it ended, how long it took, and what it found.
    last: Option<(Instant, Duration, Option<String>)>,
}

impl Health {
    /// Of a server with this database and data folder.
    #[must_use]
    pub fn new(db: Db, clock: Clock, data_dir: PathBuf) -> Self {
        Self {
            db,
            clock,
            data_dir,
            state: Arc::default(),
        }
    }

    /// What holds now, or did a few seconds ago. A change is logged.
    pub async fn report(&self) -> Report {
        let mut state = self.state.lock().await;
        let now = self.clock.now();
        if let Some((at, report)) = &state.last
            && now - *at < KEPT
            && *at <= now
        {
            return report.clone();
        }
        let mut problems = Vec::new();
        if !self.db.is_in_place() {
            let problem = "the database's file was deleted or replaced while the server runs; stop the server, put the file back, start it";
            problems.push((Part::DatabaseFile, problem.to_owned()));
        } else if let Some(problem) = state.check.of(&self.db).await {
            problems.push((Part::DatabaseFile, problem));
        }
        problems.extend(self.write().await.map(|found| (Part::DatabaseWrite, found)));
        problems.extend(self.schema().await.map(|found| (Part::Schema, found)));
        problems.extend(self.folder().await.map(|found| (Part::DataFolder, found)));
        problems.extend(self.jobs(now).await.map(|found| (Part::Jobs, found)));
        let report = Report { problems };
        let before = state.last.take().map(|(_, report)| report);
        if before.as_ref() != Some(&report) {
            for (part, problem) in &report.problems {
                tracing::error!(part = part.name(), problem, "a check of this server fails");
            }
            if report.problems.is_empty() && before.is_some() {
                tracing::info!("all checks of this server succeed again");
            }
        }
        state.last = Some((now, report.clone()));
        report
    }

    async fn write(&self) -> Option<String> {
        let write = self
            .db
            .write::<_, DbErr>(async |txn| counter::next(txn, "readiness").await);
        match timeout(WRITE_PATIENCE, write).await {
            Ok(Ok(_)) => None,
            Ok(Err(error)) => Some(error.to_string()),
            Err(_) => Some("no answer in time".to_owned()),
        }
    }

    async fn schema(&self) -> Option<String> {
        match timeout(WRITE_PATIENCE, self.db.migration_gap()).await {
            Ok(Ok((missing, unknown))) if missing.is_empty() && unknown.is_empty() => None,
            Ok(Ok((missing, unknown))) => Some(format!(
                "the tables are of another version of the program: missing {missing:?}, unknown {unknown:?}"
            )),
            Ok(Err(error)) => Some(error.to_string()),
            Err(_) => Some("no answer in time".to_owned()),
        }
    }

    async fn folder(&self) -> Option<String> {
        let folder = self.data_dir.clone();
        match tokio::task::spawn_blocking(move || data::probe(&folder)).await {
            Ok(Ok(())) => None,
            Ok(Err(error)) => Some(error.to_string()),
            Err(error) => Some(error.to_string()),
        }
    }

    async fn jobs(&self, now: DateTime<Utc>) -> Option<String> {
        match timeout(
            WRITE_PATIENCE,
            jobs::stuck_since(self.db.read(), now, STUCK_AFTER),
        )
        .await
        {
            Ok(Ok(None)) | Err(_) => None,
            Ok(Ok(Some(since))) => Some(format!("due jobs are not run, since {since}")),
            Ok(Err(error)) => Some(error.to_string()),
        }
    }
}

impl Check {
    /// What the last check of the whole file found; starts another one when it is time.
    async fn of(&mut self, db: &Db) -> Option<String> {
        let is_due = self.last.as_ref().is_none_or(|(ended, took, _)| {
            ended.elapsed() >= CHECK_PAUSE.max(took.saturating_mul(100))
        });
        if is_due && self.running.is_none() {
            let db = db.clone();
            self.running = Some(tokio::spawn(async move {
                let started = Instant::now();
                let found = db.quick_check().await;
                (started.elapsed(), found)
            }));
        }
        if let Some(running) = &mut self.running
            && let Ok(ended) = timeout(CHECK_PATIENCE, running).await
        {
            self.running = None;
            let (took, problem) = match ended {
                Ok((took, found)) => (took, found.err().map(|error| error.to_string())),
                Err(error) => (Duration::ZERO, Some(error.to_string())),
            };
            self.last = Some((Instant::now(), took, problem));
        }
        self.last
            .as_ref()
            .and_then(|(_, _, problem)| problem.clone())
    }
}
