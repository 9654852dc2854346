//! Writing to SQLite: one connection, one thread, and group commit (writes that wait at the same time share a
//! commit).
//!
//! SQLite lets one connection write at a time, and a durable commit costs a flush to the disk. So writes are
//! queued, and the thread runs those waiting in one transaction (see [`super::group`]), where each is rolled
//! back alone if it fails. Callers get their result only after the `COMMIT`: the flush is shared, not
//! skipped. While one group is committed the next one gathers; if nothing waits, a write is committed at
//! once.

use std::io;
use std::iter;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::thread;

use futures::FutureExt;
use futures::future::LocalBoxFuture;
use sea_orm::{DbErr, Statement};
use tokio::sync::{mpsc, oneshot};

use super::affinity;
use super::affinity::Threads;
use super::connect::{ConnectError, SqliteFile};
use super::direct::{Direct, Numbers, Run};
use super::group::Group;
use super::guard::{WRITE_LIMIT, guarded};
use super::interrupted::interrupted;
use super::stats::Counters;
use super::transaction::Transaction;

/// The most writes that share a commit. It limits how long the first waits for the last.
const GROUP_LIMIT: usize = 64;

/// How many writes may be queued before callers have to wait.
const QUEUE_LIMIT: usize = 1_024;

/// The queue of the writing thread. The thread ends when all queues are dropped or one is closed.
#[derive(Clone)]
pub(super) struct Queue {
    messages: mpsc::Sender<Message>,
    runs: mpsc::Sender<Run>,
}

enum Message {
    Write(Box<dyn Job>),
    Close(oneshot::Sender<()>),
}

impl Queue {
    /// Opens the writing connection on a thread of its own, so that no request can delay a commit.
    pub(super) async fn start(
        file: SqliteFile,
        threads: Threads,
        counters: Arc<Counters>,
    ) -> Result<Self, ConnectError> {
        let (messages, queue) = mpsc::channel(QUEUE_LIMIT);
        let (run_sender, runs) = mpsc::channel(QUEUE_LIMIT);
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
                if threads == Threads::Pinned {
                    affinity::pin_to_current_cpu();
                }
                runtime.block_on(async move {
                    match open(file, Arc::clone(&counters)).await {
                        Ok((group, direct)) => {
                            if ready.send(Ok(())).is_ok() {
                                Writer {
                                    transaction: Transaction::sqlite(Arc::clone(&group)),
                                    group,
                                    queue,
                                    direct,
                                    runs,
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
        Ok(Self {
            messages,
            runs: run_sender,
        })
    }

    /// Queues `work` and waits for its commit. If the caller is cancelled, the work is either skipped or done
    /// completely.
    pub(super) async fn write<T, E, W>(&self, work: W) -> Result<T, E>
    where
        W: AsyncFnOnce(&Transaction) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbErr> + Send + 'static,
    {
        let (answer, reply) = oneshot::channel();
        let job = Box::new(Pending { work, answer });
        if self.messages.send(Message::Write(job)).await.is_err() {
            return Err(E::from(closed()));
        }
        reply.await.unwrap_or_else(|_| Err(E::from(closed())))
    }

    /// Queues hand-written statements as one write, and waits for the commit.
    pub(super) async fn run(&self, statements: Vec<Statement>) -> Result<Numbers, DbErr> {
        let (answer, reply) = oneshot::channel();
        let run = Run { statements, answer };
        self.runs.send(run).await.map_err(|_| closed())?;
        reply.await.unwrap_or_else(|_| Err(closed()))
    }

    /// Runs what is queued, then closes the connection.
    pub(super) async fn close(&self) {
        let (done, finished) = oneshot::channel();
        if self.messages.send(Message::Close(done)).await.is_ok() {
            drop(finished.await);
        }
    }
}

fn closed() -> DbErr {
    interrupted("the database is closed")
}

/// A queued write, type-erased.
trait Job: Send {
    /// Whether its caller was cancelled.
    fn is_abandoned(&self) -> bool;
    fn run(self: Box<Self>, transaction: &Transaction) -> LocalBoxFuture<'_, Ran>;
    fn refuse(self: Box<Self>, error: DbErr);
}

/// A write that has run and waits for its commit.
struct Ran {
    keep: bool,
    answer: Answer,
}

/// Sends the result to the caller, or the error of the commit.
type Answer = Box<dyn FnOnce(Result<(), DbErr>) + Send>;

struct Pending<W, T, E> {
    work: W,
    answer: oneshot::Sender<Result<T, E>>,
}

impl<W, T, E> Job for Pending<W, T, E>
where
    W: AsyncFnOnce(&Transaction) -> Result<T, E> + Send + 'static,
    T: Send + 'static,
    E: From<DbErr> + Send + 'static,
{
    fn is_abandoned(&self) -> bool {
        self.answer.is_closed()
    }

    fn run(self: Box<Self>, transaction: &Transaction) -> LocalBoxFuture<'_, Ran> {
        let Self { work, answer } = *self;
        Box::pin(async move {
            let outcome = guarded(WRITE_LIMIT, work, transaction).await;
            Ran {
                keep: outcome.is_ok(),
                // An error is also sent after the commit: it may depend on what an earlier write of the group
                // did.
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

/// Both connections that write; the first creates the file.
async fn open(
    file: SqliteFile,
    counters: Arc<Counters>,
) -> Result<(Arc<Group>, Direct), ConnectError> {
    let group = Group::open(file.clone()).await?;
    let direct = Direct::open(&file, counters).map_err(|error| ConnectError::Other {
        place: file.path().display().to_string(),
        source: io::Error::other(error).into(),
    })?;
    Ok((Arc::new(group), direct))
}

struct Writer {
    group: Arc<Group>,
    transaction: Transaction,
    queue: mpsc::Receiver<Message>,
    direct: Direct,
    runs: mpsc::Receiver<Run>,
    counters: Arc<Counters>,
}

impl Writer {
    async fn run(mut self) {
        let closing = loop {
            let message = tokio::select! {
                message = self.queue.recv() => message,
                Some(run) = self.runs.recv() => {
                    // Writes that arrive while these run share their commit.
                    let more = iter::from_fn(|| self.runs.try_recv().ok());
                    self.direct.group(iter::once(run).chain(more).take(GROUP_LIMIT));
                    continue;
                }
            };
            match message {
                Some(Message::Write(job)) => {
                    let group = AssertUnwindSafe(self.group(job)).catch_unwind().await;
                    let Ok(closing) = group else {
                        // This panic is not of a write, those are caught closer. The callers of the group see
                        // that the senders of their results were dropped.
                        self.group.close().await;
                        continue;
                    };
                    if closing.is_some() {
                        break closing;
                    }
                }
                Some(Message::Close(done)) => break Some(done),
                None => break None,
            }
        };
        self.queue.close();
        self.refuse_waiting(&closed());
        self.runs.close();
        while let Some(run) = self.runs.recv().await {
            self.direct.group(iter::once(run));
        }
        self.group.close().await;
        if let Some(done) = closing {
            let _ = done.send(());
        }
    }

    /// Runs `first` and the writes waiting behind it in one transaction, then sends the results. Returns a
    /// close request if one was in the queue.
    async fn group(&mut self, first: Box<dyn Job>) -> Option<oneshot::Sender<()>> {
        if let Err(error) = self.group.reopen().await {
            tracing::error!(%error, "cannot open the database again");
            first.refuse(error.clone());
            return self.refuse_waiting(&error);
        }
        let (mut answers, mut undone, mut closing) = (Vec::new(), 0, None);
        let mut sound = Ok(());
        let mut next = Some(first);
        while let Some(job) = next.take() {
            if !job.is_abandoned() {
                let Ran { keep, answer } = job.run(&self.transaction).await;
                answers.push(answer);
                undone += usize::from(!keep);
                sound = self.group.end_write(keep).await;
                if sound.is_err() {
                    break;
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

        let committed = match sound {
            Ok(()) => self.group.commit().await,
            Err(lost) => Err(lost),
        };
        match &committed {
            Ok(true) => self.counters.committed(answers.len() - undone, undone),
            Ok(false) => {}
            Err(lost) => {
                tracing::error!(error = %lost.error, writes = answers.len(), "a database commit failed");
                self.counters.failed();
                self.group.close().await;
                if !lost.begun {
                    // One wait for another program's lock is enough for all of them.
                    closing = self.refuse_waiting(&lost.error).or(closing);
                }
            }
        }
        let committed = committed.map(drop).map_err(|lost| lost.error);
        for answer in answers {
            answer(committed.clone());
        }
        closing
    }

    /// Fails what is in the queue. Returns a close request if one was in it.
    fn refuse_waiting(&mut self, error: &DbErr) -> Option<oneshot::Sender<()>> {
        loop {
            match self.queue.try_recv() {
                Ok(Message::Write(job)) => job.refuse(error.clone()),
                Ok(Message::Close(done)) => return Some(done),
                Err(_) => return None,
            }
        }
    }
}
