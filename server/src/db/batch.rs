//! A batch loader: lookups that wait at the same time share one query.
//!
//! No lookup is delayed to fill a batch. If no query is running, a lookup runs its own at once; lookups that
//! arrive in the meantime wait, and the first of them then runs one query for all. A query always starts
//! after the lookups that it answers, so each sees everything that was committed before it was requested.

use std::{
    collections::HashMap,
    hash::Hash,
    mem,
    sync::{Arc, Mutex, PoisonError},
    thread::{self, ThreadId},
};

use sea_orm::DbErr;
use tokio::sync::oneshot;

/// The most keys of a query.
const BATCH_LIMIT: usize = 32;

/// The lookups of one kind.
///
/// Each thread has its own batches: waking another thread costs more than is saved.
pub struct BatchLoader<K, V>(Mutex<HashMap<ThreadId, Arc<ThreadQueue<K, V>>>>);

impl<K, V> Default for BatchLoader<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

struct ThreadQueue<K, V>(Mutex<Waiting<K, V>>);

struct Waiting<K, V> {
    /// Whether a lookup is running its query; it answers those that wait.
    has_leader: bool,
    waiters: Vec<Waiter<K, V>>,
}

struct Waiter<K, V> {
    key: K,
    turn: oneshot::Sender<Turn<K, V>>,
}

/// How waiting ends.
enum Turn<K, V> {
    Answered(Result<Option<V>, DbErr>),
    Leads(Leader<K, V>),
}

/// The lookup that runs the next query, for itself and `others`. If it is dropped while others wait, also
/// because its caller was cancelled, the first of them becomes the leader.
struct Leader<K, V> {
    queue: Arc<ThreadQueue<K, V>>,
    others: Vec<Waiter<K, V>>,
}

impl<K: Clone + Eq + Hash, V: Clone> BatchLoader<K, V> {
    /// The value of `key`; `read` runs a query for several keys.
    ///
    /// # Errors
    /// The error of `read`, for every lookup that shared the query.
    pub async fn find(
        &self,
        key: K,
        read: impl AsyncFn(Vec<K>) -> Result<HashMap<K, V>, DbErr>,
    ) -> Result<Option<V>, DbErr> {
        let queue = self.queue();
        loop {
            let mut leader = match queue.enter(&key) {
                Ok(leader) => leader,
                Err(turn) => match turn.await {
                    Ok(Turn::Answered(answer)) => return answer,
                    Ok(Turn::Leads(leader)) => leader,
                    // The leader of this query was cancelled.
                    Err(_) => continue,
                },
            };
            let others = leader.others.iter().map(|waiter| waiter.key.clone());
            let answers = read([key.clone()].into_iter().chain(others).collect()).await;
            for waiter in mem::take(&mut leader.others) {
                let answer = answers
                    .as_ref()
                    .map(|found| found.get(&waiter.key).cloned())
                    .map_err(Clone::clone);
                // The waiting caller may have been cancelled.
                drop(waiter.turn.send(Turn::Answered(answer)));
            }
            return answers.map(|mut found| found.remove(&key));
        }
    }

    fn queue(&self) -> Arc<ThreadQueue<K, V>> {
        let mut queues = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(queues.entry(thread::current().id()).or_default())
    }
}

impl<K: Clone, V> ThreadQueue<K, V> {
    /// Becomes the leader, or waits.
    fn enter(self: &Arc<Self>, key: &K) -> Result<Leader<K, V>, oneshot::Receiver<Turn<K, V>>> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.has_leader {
            let (turn, receiver) = oneshot::channel();
            waiting.waiters.push(Waiter {
                key: key.clone(),
                turn,
            });
            Err(receiver)
        } else {
            waiting.has_leader = true;
            Ok(Leader {
                queue: Arc::clone(self),
                others: Vec::new(),
            })
        }
    }
}

impl<K, V> Default for ThreadQueue<K, V> {
    fn default() -> Self {
        Self(Mutex::new(Waiting {
            has_leader: false,
            waiters: Vec::new(),
        }))
    }
}

impl<K, V> Drop for Leader<K, V> {
    fn drop(&mut self) {
        let mut followers = mem::take(&mut self.others);
        let mut waiting = self.queue.0.lock().unwrap_or_else(PoisonError::into_inner);
        followers.append(&mut waiting.waiters);
        if followers.is_empty() {
            waiting.has_leader = false;
            return;
        }
        let next = followers.remove(0);
        waiting.waiters = followers.split_off(followers.len().min(BATCH_LIMIT - 1));
        drop(waiting);
        let leader = Self {
            queue: Arc::clone(&self.queue),
            others: followers,
        };
        // If the next one was cancelled, its leadership is dropped and passes on.
        drop(next.turn.send(Turn::Leads(leader)));
    }
}

#[cfg(test)]
mod tests {
    use std::{
        cell::{Cell, RefCell},
        pin::pin,
    };

    use futures::{FutureExt as _, future::join_all};
    use tokio::sync::Notify;

    use super::*;

    /// A data source that returns the length of each key when the test lets it, and records its queries.
    #[derive(Default)]
    struct Source {
        asked: RefCell<Vec<usize>>,
        answers: Notify,
        fails: Cell<bool>,
    }

    impl Source {
        async fn read(
            &self,
            keys: Vec<&'static str>,
        ) -> Result<HashMap<&'static str, usize>, DbErr> {
            self.asked.borrow_mut().push(keys.len());
            self.answers.notified().await;
            if self.fails.get() {
                return Err(DbErr::Custom("no".to_owned()));
            }
            let known = keys.into_iter().filter(|key| !key.is_empty());
            Ok(known.map(|key| (key, key.len())).collect())
        }
    }

    #[tokio::test]
    async fn lookups_during_a_query_share_the_next_one() {
        let (together, source) = (BatchLoader::default(), Source::default());
        let find = |key| together.find(key, |keys| source.read(keys));
        let mut first = pin!(find("a"));
        assert!(first.as_mut().now_or_never().is_none());
        let mut others = pin!(join_all([find("bb"), find("ccc"), find("")]));
        assert!(others.as_mut().now_or_never().is_none());
        assert_eq!(
            *source.asked.borrow(),
            [1],
            "nobody is answered by a query begun before"
        );

        source.answers.notify_one();
        assert_eq!(first.await, Ok(Some(1)));
        source.answers.notify_one();
        assert_eq!(others.await, [Ok(Some(2)), Ok(Some(3)), Ok(None)]);
        assert_eq!(*source.asked.borrow(), [1, 3]);

        source.answers.notify_one();
        assert_eq!(find("a").await, Ok(Some(1)), "and the place is free again");
    }

    #[tokio::test]
    async fn a_cancelled_lookup_leaves_no_other_waiting() {
        let (together, source) = (BatchLoader::default(), Source::default());
        let find = |key| Box::pin(together.find(key, |keys| source.read(keys)));
        let (mut first, mut second, mut third) = (find("a"), find("bb"), find("ccc"));
        for waiting in [&mut first, &mut second, &mut third] {
            assert!(waiting.now_or_never().is_none());
        }
        // The running lookup, then the one that was to run next and has been notified.
        drop(first);
        drop(second);
        source.answers.notify_one();
        assert_eq!(third.await, Ok(Some(3)));
    }

    #[tokio::test]
    async fn a_failed_query_fails_every_lookup_that_shared_it() {
        let (together, source) = (BatchLoader::default(), Source::default());
        let find = |key| together.find(key, |keys| source.read(keys));
        let mut all = pin!(join_all([find("a"), find("bb"), find("ccc")]));
        assert!(all.as_mut().now_or_never().is_none());
        source.answers.notify_one();
        assert!(all.as_mut().now_or_never().is_none());
        source.fails.set(true);
        source.answers.notify_one();
        let told: Vec<bool> = all.await.iter().map(Result::is_ok).collect();
        assert_eq!(told, [true, false, false]);
    }
}
