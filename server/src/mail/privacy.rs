//! Mails to a person: in the queue, and as files where no mail server is set.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use futures::future::{BoxFuture, FutureExt as _};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbBackend, DbErr, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, sea_query::Expr,
};
use serde_json::json;

use super::model::{SendMail, file_name};
use crate::{
    data,
    db::{
        Db, Transaction,
        entity::job::{Column, Entity, JobStatus},
    },
    ids::JobId,
    jobs::Job as _,
    personal::{Erasing, PersonalRecords, Records, Rule, Subject},
};

/// The mails of people.
pub struct PersonalMails {
    /// Where mails are written as files.
    pub folder: PathBuf,
}

const SENT: &str = "sent-mails";

impl PersonalMails {
    /// Deletes these mails, and their files where there are any; returns how many.
    async fn delete(&self, txn: &Transaction, these: Condition) -> Result<u64, DbErr> {
        let ids: Vec<JobId> = Entity::find()
            .select_only()
            .column(Column::Id)
            .filter(these.clone())
            .into_tuple()
            .all(txn)
            .await?;
        let deleted = Entity::delete_many().filter(these).exec(txn).await?;
        for id in ids {
            data::remove_file(&self.folder.join(file_name(id)))
                .map_err(|error| DbErr::Custom(format!("a mail's file: {error}")))?;
        }
        Ok(deleted.rows_affected)
    }
}

impl PersonalRecords for PersonalMails {
    fn tables(&self) -> &'static [&'static str] {
        &["job"]
    }

    fn read<'a>(
        &'a self,
        db: &'a Db,
        subject: &'a Subject,
    ) -> BoxFuture<'a, Result<Vec<Records>, DbErr>> {
        async move {
            let rows = Entity::find()
                .filter(to_any(db.read().get_database_backend(), subject))
                .order_by_asc(Column::Id)
                .all(db.read())
                .await?;
            let rows = rows
                .into_iter()
                .map(|row| {
                    let part = |name: &str| row.payload.get(name).cloned().unwrap_or_default();
                    vec![
                        ("recipient", part("recipient")),
                        ("subject", part("subject")),
                        ("created_at", json!(row.created_at)),
                        ("done_at", json!(row.done_at)),
                    ]
                })
                .collect();
            Ok(vec![Records { table: "job", rows }])
        }
        .boxed()
    }

    fn erase<'a>(
        &'a self,
        txn: &'a Transaction,
        erasing: &'a Erasing,
    ) -> BoxFuture<'a, Result<(), DbErr>> {
        async move {
            let theirs = to_any(txn.get_database_backend(), &erasing.subject);
            self.delete(txn, theirs).await.map(drop)
        }
        .boxed()
    }

    fn rules(&self) -> &'static [Rule] {
        &[Rule {
            name: SENT,
            days: 180,
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
                .add(Column::Kind.eq(SendMail::KIND))
                .add(Column::Status.ne(JobStatus::Waiting))
                .add(Column::RunAt.lt(before));
            if is_dry {
                return Entity::find().filter(old).count(txn).await;
            }
            self.delete(txn, old).await
        }
        .boxed()
    }
}

/// Mails to one of the person's addresses.
fn to_any(backend: DbBackend, subject: &Subject) -> Condition {
    let is_sent_to = match backend {
        DbBackend::Postgres => "lower(payload->>'recipient') = lower($1)",
        _ => "lower(json_extract(payload, '$.recipient')) = lower(?)",
    };
    let mut any = Condition::any();
    for address in &subject.addresses {
        any = any.add(Expr::cust_with_values(is_sent_to, [address.as_str()]));
    }
    // Without an address there are none; an empty condition would be all.
    if subject.addresses.is_empty() {
        any = any.add(Column::Kind.is_null());
    }
    Condition::all()
        .add(Column::Kind.eq(SendMail::KIND))
        .add(any)
}
