//! What the audit log holds about a person: entries name people and accounts by id only, so they stay.

use futures::future::{BoxFuture, FutureExt as _};
use sea_orm::{
    ColumnTrait as _, Condition, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    sea_query::{Expr, ExprTrait as _},
};
use serde_json::json;

use crate::{
    db::{
        Db, Transaction,
        entity::audit_entry::{Column, Entity},
    },
    personal::{Erasing, PersonalRecords, Records, Subject},
};

/// The entries about people and by them.
pub struct PersonalEntries;

impl PersonalRecords for PersonalEntries {
    fn tables(&self) -> &'static [&'static str] {
        &["audit_entry"]
    }

    fn read<'a>(
        &'a self,
        db: &'a Db,
        subject: &'a Subject,
    ) -> BoxFuture<'a, Result<Vec<Records>, DbErr>> {
        async move {
            let ids = subject
                .account_ids
                .iter()
                .map(ToString::to_string)
                .chain([subject.person_id.to_string()])
                .chain(subject.record_ids.iter().cloned());
            // What names the person in its details, whatever it is about.
            let detail = Expr::col(Column::Detail).cast_as("text");
            let named = detail.like(format!("%{}%", subject.person_id));
            let theirs = Condition::any()
                .add(Column::ActorAccountId.is_in(subject.account_ids.iter().copied()))
                .add(Column::SubjectId.is_in(ids))
                .add(named);
            let rows = Entity::find()
                .filter(theirs)
                .order_by_asc(Column::Sequence)
                .all(db.read())
                .await?;
            let rows = rows
                .into_iter()
                .map(|row| {
                    let is_theirs = row
                        .actor_account_id
                        .is_some_and(|actor| subject.account_ids.contains(&actor));
                    vec![
                        ("at", json!(row.at)),
                        ("action", json!(row.action)),
                        ("by_you", json!(is_theirs)),
                        ("subject_kind", json!(row.subject_kind)),
                        ("detail", row.detail),
                    ]
                })
                .collect();
            Ok(vec![Records {
                table: "audit_entry",
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
