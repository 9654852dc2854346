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
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};
use tokio::sync::{mpsc, oneshot};

use super::affinity;
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
                affinity::stay_on_this_cpu();
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

/// What a group leaves to do next.
#[derive(Default)]
struct Rest {
    /// A write that had its turn when the group failed, through no fault of its own.
    job: Option<Box<dyn Job>>,
    closing: Option<oneshot::Sender<()>>,
}

impl Writer {
    async fn run(mut self) {
        let mut rest = Rest::default();
        while rest.closing.is_none() {
            let job = match rest.job.take() {
                Some(job) => job,
                None => match self.queue.recv().await {
                    Some(Message::Write(job)) => job,
                    Some(Message::Close(done)) => {
                        rest.closing = Some(done);
                        break;
                    }
                    None => break,
                },
            };
            rest = AssertUnwindSafe(self.group(job))
                .catch_unwind()
                .await
                .unwrap_or_else(|_| {
                    // Not a write's panic, those are caught closer. The group's callers learn of it by
                    // the loss of their answers.
                    self.connection = None;
                    Rest::default()
                });
        }
        self.queue.close();
        if let Some(job) = rest.job {
            job.refuse(closed());
        }
        self.refuse_waiting(&closed());
        self.disconnect().await;
        if let Some(done) = rest.closing {
            let _ = done.send(());
        }
    }

    /// Runs `first` and the writes waiting behind it in one transaction, then answers them.
    async fn group(&mut self, first: Box<dyn Job>) -> Rest {
        let transaction = match self.begin().await {
            Ok(transaction) => transaction,
            Err(error) => {
                tracing::error!(%error, "cannot begin a database transaction");
                first.refuse(error.clone());
                // One wait for another program's lock is enough for everybody.
                let closing = self.refuse_waiting(&error);
                self.disconnect().await;
                return Rest { job: None, closing };
            }
        };

        let mut group = Group::new(transaction);
        let mut rest = Rest::default();
        let mut next = Some(first);
        let mut sound = Ok(());
        while let Some(job) = next.take() {
            if !job.is_abandoned()
                && let Err((error, unstarted)) = group.run(job).await
            {
                sound = Err(error);
                rest.job = unstarted;
                break;
            }
            if group.answers.len() < GROUP_LIMIT {
                match self.queue.try_recv() {
                    Ok(Message::Write(job)) => next = Some(job),
                    Ok(Message::Close(done)) => rest.closing = Some(done),
                    Err(_) => {}
                }
            }
        }

        let Group {
            transaction,
            answers,
            undone,
            ..
        } = group;
        let committed = match sound {
            Ok(()) => transaction.commit().await,
            Err(error) => {
                drop(transaction);
                Err(error)
            }
        };
        match &committed {
            Ok(()) => self.counters.committed(answers.len() - undone, undone),
            Err(error) => {
                tracing::error!(%error, writes = answers.len(), "a database commit failed");
                self.counters.failed();
                self.disconnect().await;
            }
        }
        for answer in answers {
            answer(committed.clone());
        }
        rest
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

    /// Fails what is in the queue now. Gives back a wish to close that was met there.
    fn refuse_waiting(&mut self, error: &DbErr) -> Option<oneshot::Sender<()>> {
        loop {
            match self.queue.try_recv() {
                Ok(Message::Write(job)) => job.refuse(error.clone()),
                Ok(Message::Close(done)) => return Some(done),
                Err(_) => return None,
            }
        }
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

/// Writes that share a transaction. Each runs between a savepoint and the next; the last is released by
/// the commit. A statement costs two thread switches, so none is sent that the next can stand for.
struct Group {
    transaction: DatabaseTransaction,
    /// One for every write that has run.
    answers: Vec<Answer>,
    undone: usize,
    state: State,
}

/// Where the transaction stands between two writes.
enum State {
    /// Just begun.
    New,
    /// The last write's changes lie behind its savepoint.
    Kept,
    /// The last write was undone; its savepoint marks this very place.
    Undone,
}

impl Group {
    fn new(transaction: DatabaseTransaction) -> Self {
        Self {
            transaction,
            answers: Vec::new(),
            undone: 0,
            state: State::New,
        }
    }

    /// Runs one write and keeps or undoes what it did.
    ///
    /// # Errors
    /// The transaction itself is gone, and the group has failed: SQLite rolls all of it back on some
    /// errors (a full disk, say), and then there is no savepoint to release or to go back to. With the
    /// error comes the write if it has not started.
    async fn run(&mut self, job: Box<dyn Job>) -> Result<(), (DbErr, Option<Box<dyn Job>>)> {
        let mark = match self.state {
            State::New => Some("SAVEPOINT one_write"),
            State::Kept => Some("RELEASE one_write; SAVEPOINT one_write"),
            State::Undone => None,
        };
        if let Some(mark) = mark
            && let Err(error) = self.transaction.execute_unprepared(mark).await
        {
            return match self.state {
                State::New => {
                    job.refuse(error.clone());
                    Err((error, None))
                }
                _ => Err((error, Some(job))),
            };
        }

        let Ran { keep, answer } = job.run(&self.transaction).await;
        self.answers.push(answer);
        if keep {
            self.state = State::Kept;
        } else {
            self.undone += 1;
            self.state = State::Undone;
            self.transaction
                .execute_unprepared("ROLLBACK TO one_write")
                .await
                .map_err(|error| (error, None))?;
        }
        Ok(())
    }
}
