//! What `events` holds about a person: which strands their account works on, and which events it made.

use futures::future::{BoxFuture, FutureExt as _};
use sea_orm::{ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use serde_json::json;

use crate::{
    db::{
        Db, Transaction,
        entity::{event, strand_grant},
    },
    personal::{Erasing, PersonalRecords, Records, Subject},
};

/// The strands of organisers, and the events that they made.
pub struct PersonalEvents;

impl PersonalRecords for PersonalEvents {
    fn tables(&self) -> &'static [&'static str] {
        &["event", "strand_grant"]
    }

    fn read<'a>(
        &'a self,
        db: &'a Db,
        subject: &'a Subject,
    ) -> BoxFuture<'a, Result<Vec<Records>, DbErr>> {
        async move {
            let accounts = || subject.account_ids.iter().copied();
            let grants = strand_grant::Entity::find()
                .filter(strand_grant::Column::AccountId.is_in(accounts()))
                .order_by_asc(strand_grant::Column::Strand)
                .all(db.read())
                .await?;
            let events = event::Entity::find()
                .filter(event::Column::CreatedBy.is_in(accounts()))
                .order_by_asc(event::Column::Id)
                .all(db.read())
                .await?;
            let grants = grants.into_iter().map(|row| {
                vec![
                    ("strand", json!(row.strand)),
                    ("granted_at", json!(row.granted_at)),
                ]
            });
            let events = events.into_iter().map(|row| {
                vec![
                    ("title", json!(row.title_lv)),
                    ("created_at", json!(row.created_at)),
                ]
            });
            Ok(vec![
                Records {
                    table: "strand_grant",
                    rows: grants.collect(),
                },
                Records {
                    table: "event",
                    rows: events.collect(),
                },
            ])
        }
        .boxed()
    }

    /// An event belongs to the programme; whose account made it, no longer says who it was.
    fn erase<'a>(
        &'a self,
        txn: &'a Transaction,
        erasing: &'a Erasing,
    ) -> BoxFuture<'a, Result<(), DbErr>> {
        async move {
            strand_grant::Entity::delete_many()
                .filter(
                    strand_grant::Column::AccountId
                        .is_in(erasing.subject.account_ids.iter().copied()),
                )
                .exec(txn)
                .await
                .map(drop)
        }
        .boxed()
    }
}
