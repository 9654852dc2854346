//! What this area itself holds about a person: that they asked for erasure.

use futures::future::{BoxFuture, FutureExt as _};
use sea_orm::{ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _};
use serde_json::json;

use crate::{
    db::{
        Db, Transaction,
        entity::erasure::{Column, Entity},
    },
    personal::{Erasing, PersonalRecords, Records, Subject},
};

/// The erasures that people asked for.
pub struct PersonalErasures;

impl PersonalRecords for PersonalErasures {
    fn tables(&self) -> &'static [&'static str] {
        &["erasure"]
    }

    fn read<'a>(
        &'a self,
        db: &'a Db,
        subject: &'a Subject,
    ) -> BoxFuture<'a, Result<Vec<Records>, DbErr>> {
        async move {
            let rows = Entity::find()
                .filter(Column::PersonId.eq(subject.person_id))
                .all(db.read())
                .await?;
            let rows = rows
                .into_iter()
                .map(|row| {
                    vec![
                        ("requested_at", json!(row.requested_at)),
                        ("due_at", json!(row.due_at)),
                        ("withdrawn_at", json!(row.withdrawn_at)),
                    ]
                })
                .collect();
            Ok(vec![Records {
                table: "erasure",
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
