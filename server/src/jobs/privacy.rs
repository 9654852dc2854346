//! Finished jobs other than mails. Their payloads name records by id only.

use chrono::{DateTime, Utc};
use futures::future::{BoxFuture, FutureExt as _};
use sea_orm::{
    ColumnTrait as _, Condition, DbErr, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
};

use crate::{
    db::{
        Db, Transaction,
        entity::job::{Column, Entity, JobStatus},
    },
    personal::{Erasing, PersonalRecords, Records, Rule, Subject},
};

/// The jobs that are done.
pub struct FinishedJobs {
    /// The kinds that another area deletes.
    pub other_kinds: &'static [&'static str],
}

impl PersonalRecords for FinishedJobs {
    fn tables(&self) -> &'static [&'static str] {
        &["job"]
    }

    fn read<'a>(
        &'a self,
        _db: &'a Db,
        _subject: &'a Subject,
    ) -> BoxFuture<'a, Result<Vec<Records>, DbErr>> {
        async { Ok(Vec::new()) }.boxed()
    }

    fn erase<'a>(
        &'a self,
        _txn: &'a Transaction,
        _erasing: &'a Erasing,
    ) -> BoxFuture<'a, Result<(), DbErr>> {
        async { Ok(()) }.boxed()
    }

    fn rules(&self) -> &'static [Rule] {
        &[Rule {
            name: "finished-jobs",
            days: 90,
        }]
    }

    fn apply<'a>(
        &'a self,
        txn: &'a Transaction,
        _rule: &'static str,
        before: DateTime<Utc>,
        is_dry: bool,
    ) -> BoxFuture<'a, Result<u64, DbErr>> {
        async move {
            let old = Condition::all()
                .add(Column::Kind.is_not_in(self.other_kinds.iter().copied()))
                .add(Column::Status.is_in([JobStatus::Done, JobStatus::Dropped]))
                .add(Column::DoneAt.lt(before));
            if is_dry {
                return Entity::find().filter(old).count(txn).await;
            }
            let deleted = Entity::delete_many().filter(old).exec(txn).await?;
            Ok(deleted.rows_affected)
        }
        .boxed()
    }
}
