//! The lock of a rule over several rows, as a value. A [`Locked`] proves that its transaction has updated the
//! row that represents the rule, so that other transactions under the same rule wait, and has incremented the
//! row's version.
//!
//! A store function that writes under the rule takes this value and uses the transaction in it: to forget the
//! lock, or to take it in another transaction, does not compile. Each area defines what it locks and offers a
//! function that takes the lock (`people::lock`).

use std::{collections::BTreeSet, marker::PhantomData};

use sea_orm::{ConnectionTrait as _, DbErr, Statement, Value};

use super::{Db, Transaction, hand_written};

/// A kind of row whose lock represents a rule over several rows.
pub trait Versioned {
    /// The id of such a row.
    type Id: Copy + Into<Value>;
    /// Its name in the error when there is no such row, e.g. `person`.
    const NAME: &'static str;
    /// The statement that increments the version of the row with an id and returns it as a `bigint`:
    /// `UPDATE person SET record_version = record_version + 1 WHERE id = ? RETURNING record_version`.
    const NEXT_VERSION: &'static str;
}

/// A row that is locked until the transaction ends, with the version that the transaction has given it.
pub struct Locked<'txn, Of: Versioned> {
    txn: &'txn Transaction,
    id: Of::Id,
    version: i64,
    of: PhantomData<Of>,
}

impl<'txn, Of: Versioned> Locked<'txn, Of> {
    /// Takes the lock: the first statement of a write, before anything is read that the write rests on.
    ///
    /// # Errors
    /// The database fails, or there is no such row.
    pub async fn take(txn: &'txn Transaction, id: Of::Id) -> Result<Self, DbErr> {
        let version = txn
            .query_one_raw(hand_written(txn, Of::NEXT_VERSION, [id.into()]))
            .await?
            .ok_or_else(|| DbErr::RecordNotFound(Of::NAME.to_owned()))?
            .try_get_by_index(0)?;
        Ok(Self {
            txn,
            id,
            version,
            of: PhantomData,
        })
    }

    /// Takes the locks of several rows, always in the same order, so that two transactions do not wait for
    /// each other (deadlock).
    ///
    /// # Errors
    /// The database fails, or one of them is not there.
    pub async fn take_all(
        txn: &'txn Transaction,
        ids: &BTreeSet<Of::Id>,
    ) -> Result<Vec<Self>, DbErr> {
        let mut locks = Vec::with_capacity(ids.len());
        for id in ids {
            locks.push(Self::take(txn, *id).await?);
        }
        Ok(locks)
    }
}

impl<'txn, Of: Versioned> Locked<'txn, Of> {
    /// Which row.
    #[must_use]
    pub const fn id(&self) -> Of::Id {
        self.id
    }

    /// The version that this transaction gives the row, one more than before.
    #[must_use]
    pub const fn version(&self) -> i64 {
        self.version
    }

    /// The transaction that holds the lock; what the lock protects is written with it.
    #[must_use]
    pub const fn txn(&self) -> &'txn Transaction {
        self.txn
    }
}

/// A write of hand-written statements ([`Db::run`]) that starts with the lock: the equivalent of [`Locked`]
/// for those.
pub struct LockedRun<Of: Versioned> {
    id: Of::Id,
    statements: Vec<(&'static str, Vec<Value>)>,
    of: PhantomData<Of>,
}

impl<Of: Versioned> LockedRun<Of> {
    /// Starts with the lock of this row.
    #[must_use]
    pub fn new(id: Of::Id) -> Self {
        Self {
            id,
            statements: vec![(Of::NEXT_VERSION, vec![id.into()])],
            of: PhantomData,
        }
    }

    /// Which row is locked.
    #[must_use]
    pub const fn id(&self) -> Of::Id {
        self.id
    }

    /// Adds a statement; each `?` in it stands for a value.
    pub fn add<const N: usize>(&mut self, sql: &'static str, values: [Value; N]) {
        self.statements.push((sql, values.into()));
    }

    /// Runs all of it as one write. Returns the new version (`None` if there is no such row) and the results
    /// of the statements that were added.
    ///
    /// # Errors
    /// See [`Db::run`].
    pub async fn run(self, db: &Db) -> Result<(Option<i64>, Vec<Vec<i64>>), DbErr> {
        let statements = self
            .statements
            .into_iter()
            .map(|(sql, values)| hand_written(db.read(), sql, values))
            .collect::<Vec<Statement>>();
        let mut given = db.run(statements).await?.into_iter();
        let version = given.next().and_then(|rows| rows.first().copied());
        Ok((version, given.collect()))
    }
}
