//! What each area holds about people: its part of the download of one's data, of erasure and of retention.
//!
//! An area implements [`PersonalRecords`] and is named in the registry that `app` composes; the area `privacy`
//! has the pages and carries out what is asked. A test fails when a table is in no area's list. To add a table
//! to an area, name it in [`PersonalRecords::tables`], and give its rows in `read`, in `erase` and, if they are
//! not kept for good, in `rules`.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use futures::future::{BoxFuture, FutureExt as _};
use sea_orm::DbErr;
use serde_json::Value;

use crate::{
    db::{Db, Transaction},
    ids::{AccountId, PersonId},
};

/// Whose data: a person with everything by which areas know them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The person.
    pub person_id: PersonId,
    /// Their accounts.
    pub account_ids: Vec<AccountId>,
    /// The e-mail addresses of their accounts, and as a guest.
    pub addresses: Vec<String>,
    /// The ids of their records that entries of the audit log are about.
    pub record_ids: Vec<String>,
}

/// Rows of a table about a person, as they are given to them. Names of tables and fields are also the keys of
/// their labels: `data-table-…`, `data-field-…`.
#[derive(Debug, Clone, PartialEq)]
pub struct Records {
    /// The table.
    pub table: &'static str,
    /// Its rows, each with its fields in order.
    pub rows: Vec<Vec<(&'static str, Value)>>,
}

/// An erasure that is being carried out.
#[derive(Debug, Clone)]
pub struct Erasing {
    /// Whose data are erased.
    pub subject: Subject,
    /// Whether facts about the person are kept without their name, because the rules of the funds require it.
    pub keeps_facts: bool,
    /// When.
    pub now: DateTime<Utc>,
}

/// A rule of retention: rows are deleted when they have not been needed for some days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Its name, as in the configuration and in the record of runs.
    pub name: &'static str,
    /// After how many days, unless it is configured.
    pub days: u32,
}

/// What an area holds about people.
pub trait PersonalRecords: Send + Sync {
    /// The area's tables in which there is anything about a person: by an id, or in a text.
    fn tables(&self) -> &'static [&'static str];

    /// Adds the accounts and addresses by which the area knows the person, and the records that entries of the
    /// audit log are about.
    fn identify<'a>(
        &'a self,
        _db: &'a Db,
        _subject: &'a mut Subject,
    ) -> BoxFuture<'a, Result<(), DbErr>> {
        async { Ok(()) }.boxed()
    }

    /// Whether the area has facts about the person that have to be kept, without their name.
    fn has_facts<'a>(
        &'a self,
        _db: &'a Db,
        _subject: &'a Subject,
    ) -> BoxFuture<'a, Result<bool, DbErr>> {
        async { Ok(false) }.boxed()
    }

    /// The key of the message that says why the person cannot be erased now; `None` if they can.
    fn objection<'a>(
        &'a self,
        _db: &'a Db,
        _subject: &'a Subject,
    ) -> BoxFuture<'a, Result<Option<&'static str>, DbErr>> {
        async { Ok(None) }.boxed()
    }

    /// Everything that the area holds about the person, without secrets.
    fn read<'a>(
        &'a self,
        db: &'a Db,
        subject: &'a Subject,
    ) -> BoxFuture<'a, Result<Vec<Records>, DbErr>>;

    /// Erases it. What has to be kept stays without names, addresses and texts. The transaction has locked the
    /// person.
    fn erase<'a>(
        &'a self,
        txn: &'a Transaction,
        erasing: &'a Erasing,
    ) -> BoxFuture<'a, Result<(), DbErr>>;

    /// The area's rules of retention.
    fn rules(&self) -> &'static [Rule] {
        &[]
    }

    /// Deletes what a rule says, not needed since `before`, and returns the number of rows; only counts them if
    /// `is_dry`.
    fn apply<'a>(
        &'a self,
        _txn: &'a Transaction,
        _rule: &'static str,
        _before: DateTime<Utc>,
        _is_dry: bool,
    ) -> BoxFuture<'a, Result<u64, DbErr>> {
        async { Ok(0) }.boxed()
    }
}

/// The areas, in the order in which they erase: those that refer to others first.
#[derive(Clone)]
pub struct Registry(Arc<[Box<dyn PersonalRecords>]>);

impl Registry {
    /// Of these areas.
    #[must_use]
    pub fn new(areas: Vec<Box<dyn PersonalRecords>>) -> Self {
        Self(areas.into())
    }

    /// The areas in order.
    pub fn areas(&self) -> impl Iterator<Item = &dyn PersonalRecords> {
        self.0.iter().map(AsRef::as_ref)
    }

    /// Every rule of retention.
    pub fn rules(&self) -> impl Iterator<Item = &'static Rule> {
        self.areas().flat_map(PersonalRecords::rules)
    }

    /// The person with everything by which areas know them.
    ///
    /// # Errors
    /// The database fails.
    pub async fn subject(&self, db: &Db, person_id: PersonId) -> Result<Subject, DbErr> {
        let mut subject = Subject {
            person_id,
            account_ids: Vec::new(),
            addresses: Vec::new(),
            record_ids: Vec::new(),
        };
        for area in self.areas() {
            area.identify(db, &mut subject).await?;
        }
        Ok(subject)
    }
}
