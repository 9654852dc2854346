//! What the register holds about a person: which organisations they proposed.

use futures::future::{BoxFuture, FutureExt as _};
use sea_orm::{ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _, sea_query::Expr};
use serde_json::json;

use super::model::{kind_slug, status_slug};
use crate::{
    db::{
        Db, Transaction,
        entity::organisation::{Column, Entity},
    },
    personal::{Erasing, PersonalRecords, Records, Subject},
};

/// The organisations that people proposed.
pub struct PersonalOrganisations;

impl PersonalRecords for PersonalOrganisations {
    fn tables(&self) -> &'static [&'static str] {
        // Of merges only the accounts of those who merged, which have no name any more when they are erased.
        &["organisation", "organisation_merge", "organisation_move"]
    }

    fn read<'a>(
        &'a self,
        db: &'a Db,
        subject: &'a Subject,
    ) -> BoxFuture<'a, Result<Vec<Records>, DbErr>> {
        async move {
            let rows = Entity::find()
                .filter(Column::ProposedBy.eq(subject.person_id))
                .all(db.read())
                .await?;
            let rows = rows
                .into_iter()
                .map(|row| {
                    vec![
                        ("organisation", json!(row.name)),
                        ("kind", json!(kind_slug(row.kind))),
                        ("status", json!(status_slug(row.status))),
                        ("created_at", json!(row.created_at)),
                    ]
                })
                .collect();
            Ok(vec![Records {
                table: "organisation",
                rows,
            }])
        }
        .boxed()
    }

    fn erase<'a>(
        &'a self,
        txn: &'a Transaction,
        erasing: &'a Erasing,
    ) -> BoxFuture<'a, Result<(), DbErr>> {
        async move {
            Entity::update_many()
                .col_expr(Column::ProposedBy, Expr::value(None::<uuid::Uuid>))
                .filter(Column::ProposedBy.eq(erasing.subject.person_id))
                .exec(txn)
                .await
                .map(drop)
        }
        .boxed()
    }
}
