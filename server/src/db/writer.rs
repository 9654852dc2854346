//! Writing to SQLite: one connection, one thread, commits shared by the writes that wait together.
//!
//! SQLite lets one connection write at a time, and a durable commit costs a flush to the disk. So writes
//! queue, and the thread takes those waiting into one `BEGIN IMMEDIATE … COMMIT`, each in a `SAVEPOINT` of
//! its own that is undone alone when the write fails. Nobody gets an answer before the `COMMIT`: the flush
//! is shared, not skipped. While one group is flushed the next one gathers; an idle queue commits at once.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::thread;

use futures::FutureExt;
use futures::future::BoxFuture;
use sea_orm::{
    DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};
use tokio::sync::{mpsc, oneshot};

use super::connect::{self, ConnectError, SqliteFile};
use super::stats::Counters;
use super::{WRITE_LIMIT, guarded, interrupted};

/// The most writes that share a commit. Bounds how long the first of them waits for the last.
const GROUP_LIMIT: usize = 64;

/// Writes that may wait before callers have to wait to queue theirs.
const QUEUE_LIMIT: usize = 1_024;

/// The way to the writing thread. The thread ends when all queues are gone or one is closed.
#[derive(Clone)]
pub(super) struct Queue(mpsc::Sender<Message>);

enum Message {
    Write(Box<dyn Job>),
    Close(oneshot::Sender<()>),
}

impl Queue {
    /// Opens the writing connection, in a thread of its own: what a request does cannot delay a commit.
    pub(super) async fn start(
        file: SqliteFile,
        counters: Arc<Counters>,
    ) -> Result<Self, ConnectError> {
        let (sender, queue) = mpsc::channel(QUEUE_LIMIT);
        let (ready, started) = oneshot::channel();
        let place = file.path().display().to_string();
        let failed = |error: std::io::Error| ConnectError::Other {
            place: place.clone(),
            source: error.into(),
        };
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(failed)?;
        thread::Builder::new()
            .name("db-writer".to_owned())
            .spawn(move || {
                runtime.block_on(async move {
                    match connect::sqlite_writer(&file).await {
                        Ok(connection) => {
                            if ready.send(Ok(())).is_ok() {
                                Writer {
                                    file,
                                    connection: Some(connection),
                                    queue,
                                    counters,
                                }
                                .run()
                                .await;
                            }
                        }
                        Err(error) => {
                            let _ = ready.send(Err(error));
                        }
                    }
                });
            })
            .map_err(failed)?;
        started
            .await
            .map_err(|_| failed(std::io::Error::other("the writing thread ended")))??;
        Ok(Self(sender))
    }

    /// Queues `work` and waits for its commit. When the caller goes away meanwhile, the work is either
    /// skipped or done whole.
    pub(super) async fn write<T, E, W>(&self, work: W) -> Result<T, E>
    where
        W: for<'t> FnOnce(&'t DatabaseTransaction) -> BoxFuture<'t, Result<T, E>> + Send + 'static,
        T: Send + 'static,
        E: From<DbErr> + Send + 'static,
    {
        let (answer, reply) = oneshot::channel();
        let job = Box::new(Pending { work, answer });
        if self.0.send(Message::Write(job)).await.is_err() {
            return Err(E::from(closed()));
        }
        reply.await.unwrap_or_else(|_| Err(E::from(closed())))
    }

    /// Does what is queued, then closes the connection.
    pub(super) async fn close(&self) {
        let (done, finished) = oneshot::channel();
        if self.0.send(Message::Close(done)).await.is_ok() {
            drop(finished.await);
        }
    }
}

fn closed() -> DbErr {
    interrupted("the database is closed")
}

/// A queued write, its types forgotten.
trait Job: Send {
    /// Nobody waits for it any more.
    fn is_abandoned(&self) -> bool;
    fn run(self: Box<Self>, transaction: &DatabaseTransaction) -> BoxFuture<'_, Ran>;
    fn refuse(self: Box<Self>, error: DbErr);
}

/// A write that has run and waits for its commit.
struct Ran {
    keep: bool,
    answer: Answer,
}

/// Tells the caller the outcome, or why there is none.
type Answer = Box<dyn FnOnce(Result<(), DbErr>) + Send>;

struct Pending<W, T, E> {
    work: W,
    answer: oneshot::Sender<Result<T, E>>,
}

impl<W, T, E> Job for Pending<W, T, E>
where
    W: for<'t> FnOnce(&'t DatabaseTransaction) -> BoxFuture<'t, Result<T, E>> + Send + 'static,
    T: Send + 'static,
    E: From<DbErr> + Send + 'static,
{
    fn is_abandoned(&self) -> bool {
        self.answer.is_closed()
    }

    fn run(self: Box<Self>, transaction: &DatabaseTransaction) -> BoxFuture<'_, Ran> {
        let Self { work, answer } = *self;
        Box::pin(async move {
            let outcome = guarded(WRITE_LIMIT, work, transaction).await;
            Ran {
                keep: outcome.is_ok(),
                // An error waits for the commit too: it may rest on what an earlier write of the group did.
                answer: Box::new(move |committed| {
                    drop(answer.send(committed.map_err(E::from).and(outcome)));
                }),
            }
        })
    }

    fn refuse(self: Box<Self>, error: DbErr) {
        drop(self.answer.send(Err(E::from(error))));
    }
}

struct Writer {
    file: SqliteFile,
    /// `None` after a failure, until it is opened again.
    connection: Option<DatabaseConnection>,
    queue: mpsc::Receiver<Message>,
    counters: Arc<Counters>,
}

impl Writer {
    async fn run(mut self) {
        let mut closing = None;
        while closing.is_none() {
            closing = match self.queue.recv().await {
                Some(Message::Write(job)) => AssertUnwindSafe(self.group(job))
                    .catch_unwind()
                    .await
                    .unwrap_or_else(|_| {
                        // Not a write's panic, those are caught closer. The group's callers have been told
                        // by the loss of their answers.
                        self.connection = None;
                        None
                    }),
                Some(Message::Close(done)) => Some(done),
                None => break,
            };
        }
        self.queue.close();
        while let Ok(message) = self.queue.try_recv() {
            if let Message::Write(job) = message {
                job.refuse(closed());
            }
        }
        self.disconnect().await;
        if let Some(done) = closing {
            let _ = done.send(());
        }
    }

    /// Runs `first` and the writes waiting behind it in one transaction. Gives back a wish to close that
    /// was met in the queue.
    async fn group(&mut self, first: Box<dyn Job>) -> Option<oneshot::Sender<()>> {
        let transaction = match self.begin().await {
            Ok(transaction) => transaction,
            Err(error) => {
                tracing::error!(%error, "cannot begin a database transaction");
                self.disconnect().await;
                first.refuse(error);
                return None;
            }
        };

        let mut answers: Vec<Answer> = Vec::new();
        let mut closing = None;
        let mut kept = 0;
        let mut undone = 0;
        let mut next = Some(first);
        let mut state = Ok(());
        while let Some(job) = next.take() {
            if !job.is_abandoned() {
                match step(&transaction, job, &mut answers).await {
                    Ok(true) => kept += 1,
                    Ok(false) => undone += 1,
                    Err(error) => {
                        state = Err(error);
                        break;
                    }
                }
            }
            if answers.len() < GROUP_LIMIT {
                match self.queue.try_recv() {
                    Ok(Message::Write(job)) => next = Some(job),
                    Ok(Message::Close(done)) => closing = Some(done),
                    Err(_) => {}
                }
            }
        }

        let committed = match state {
            Ok(()) => transaction.commit().await,
            Err(error) => {
                drop(transaction);
                Err(error)
            }
        };
        match &committed {
            Ok(()) => self.counters.committed(kept, undone),
            Err(error) => {
                tracing::error!(%error, writes = answers.len(), "a database commit failed");
                self.counters.failed();
                self.disconnect().await;
            }
        }
        for answer in answers {
            answer(committed.clone());
        }
        closing
    }

    async fn begin(&mut self) -> Result<DatabaseTransaction, DbErr> {
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => connect::sqlite_writer(&self.file)
                .await
                .map_err(|error| interrupted(&error.to_string()))?,
        };
        self.connection
            .insert(connection)
            .begin_with_options(TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                ..Default::default()
            })
            .await
    }

    /// Closes the connection; the next group opens a new one. What was not committed is rolled back.
    async fn disconnect(&mut self) {
        if let Some(connection) = self.connection.take()
            && let Err(error) = connection.close().await
        {
            tracing::warn!(%error, "a database connection did not close");
        }
    }
}

/// Runs one write in its savepoint and says whether it was kept.
///
/// # Errors
/// The transaction itself is gone: SQLite rolls all of it back on some errors (a full disk, say), and the
/// savepoint with it. Then the group has failed.
async fn step(
    transaction: &DatabaseTransaction,
    job: Box<dyn Job>,
    answers: &mut Vec<Answer>,
) -> Result<bool, DbErr> {
    let savepoint = match transaction.begin().await {
        Ok(savepoint) => savepoint,
        Err(error) => {
            job.refuse(error.clone());
            return Err(error);
        }
    };
    let Ran { keep, answer } = job.run(&savepoint).await;
    answers.push(answer);
    if keep {
        savepoint.commit().await?;
    } else {
        savepoint.rollback().await?;
    }
    Ok(keep)
}
