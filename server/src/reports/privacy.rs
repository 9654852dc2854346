//! Reports of mistakes: who sent one is not stored, so none belongs to a person.

use chrono::{DateTime, Utc};
use futures::future::{BoxFuture, FutureExt as _};
use sea_orm::{ColumnTrait as _, DbErr, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};

use super::store;
use crate::{
    db::{
        Db, Transaction,
        entity::mistake_report::{Column, Entity},
    },
    personal::{Erasing, PersonalRecords, Records, Rule, Subject},
};

/// The reports that were handled.
pub struct HandledReports;

impl PersonalRecords for HandledReports {
    fn tables(&self) -> &'static [&'static str] {
        &["mistake_report"]
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
            name: "handled-reports",
            days: 365,
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
            if is_dry {
                return Entity::find()
                    .filter(Column::HandledAt.lt(before))
                    .count(txn)
                    .await;
            }
            store::delete_handled_before(txn, before).await
        }
        .boxed()
    }
}
