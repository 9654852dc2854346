//! What the programme holds about a person: the facts by which they are counted. They name the person by id
//! only, and stay: every figure of a report rests on them.

use futures::future::{BoxFuture, FutureExt as _};
use sea_orm::{
    ColumnTrait as _, DbErr, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _,
};
use serde_json::json;

use crate::{
    db::{
        Db, Transaction,
        entity::indicator_fact::{Column, Entity},
    },
    personal::{Erasing, PersonalRecords, Records, Subject},
};

/// The facts about people.
pub struct PersonalFacts;

impl PersonalRecords for PersonalFacts {
    fn tables(&self) -> &'static [&'static str] {
        &["indicator_fact"]
    }

    fn has_facts<'a>(
        &'a self,
        db: &'a Db,
        subject: &'a Subject,
    ) -> BoxFuture<'a, Result<bool, DbErr>> {
        async move {
            let count = Entity::find()
                .filter(Column::PersonId.eq(subject.person_id))
                .count(db.read())
                .await?;
            Ok(count > 0)
        }
        .boxed()
    }

    fn read<'a>(
        &'a self,
        db: &'a Db,
        subject: &'a Subject,
    ) -> BoxFuture<'a, Result<Vec<Records>, DbErr>> {
        async move {
            let rows = Entity::find()
                .filter(Column::PersonId.eq(subject.person_id))
                .order_by_asc(Column::Id)
                .all(db.read())
                .await?;
            let rows = rows
                .into_iter()
                .map(|row| {
                    vec![
                        ("indicator", json!(row.indicator_id)),
                        ("occurred_at", json!(row.occurred_at)),
                        ("created_at", json!(row.created_at)),
                        ("is_replaced", json!(row.superseded_by.is_some())),
                        ("reason", json!(row.reason)),
                    ]
                })
                .collect();
            Ok(vec![Records {
                table: "indicator_fact",
                rows,
            }])
        }
        .boxed()
    }

    fn erase<'a>(
        &'a self,
        _txn: &'a Transaction,
        _erasing: &'a Erasing,
    ) -> BoxFuture<'a, Result<(), DbErr>> {
        async { Ok(()) }.boxed()
    }
}
