//! Mails to a person: in the queue, and as files where no mail server is set; and that their address does not take
//! mails.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use futures::future::{BoxFuture, FutureExt as _};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbBackend, DbErr, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use serde_json::json;

use super::{
    model::{SendMail, file_name},
    store::to_address,
};
use crate::{
    data,
    db::{
        Db, Transaction,
        entity::{
            job::{Column, Entity, JobStatus},
            mail_refusal,
        },
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
const REFUSED: &str = "refused-addresses";

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
        &["job", "mail_refusal"]
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
            let refused = mail_refusal::Entity::find()
                .filter(mail_refusal::Column::Address.is_in(&subject.addresses))
                .all(db.read())
                .await?;
            let refused = refused
                .into_iter()
                .map(|row| {
                    vec![
                        ("recipient", json!(row.address)),
                        ("at", json!(row.refused_at)),
                        ("reason", json!(row.answer)),
                    ]
                })
                .collect();
            Ok(vec![
                Records { table: "job", rows },
                Records {
                    table: "mail_refusal",
                    rows: refused,
                },
            ])
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
            self.delete(txn, theirs).await?;
            mail_refusal::Entity::delete_many()
                .filter(mail_refusal::Column::Address.is_in(&erasing.subject.addresses))
                .exec(txn)
                .await
                .map(drop)
        }
        .boxed()
    }

    fn rules(&self) -> &'static [Rule] {
        &[
            Rule {
                name: SENT,
                days: 180,
            },
            Rule {
                name: REFUSED,
                days: 365,
            },
        ]
    }

    fn apply<'a>(
        &'a self,
        txn: &'a Transaction,
        rule: &'static str,
        before: DateTime<Utc>,
        is_dry: bool,
    ) -> BoxFuture<'a, Result<u64, DbErr>> {
        async move {
            if rule == REFUSED {
                let old = mail_refusal::Column::RefusedAt.lt(before);
                if is_dry {
                    return mail_refusal::Entity::find().filter(old).count(txn).await;
                }
                let deleted = mail_refusal::Entity::delete_many()
                    .filter(old)
                    .exec(txn)
                    .await?;
                return Ok(deleted.rows_affected);
            }
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
    let mut any = Condition::any();
    for address in &subject.addresses {
        any = any.add(to_address(backend, address));
    }
    // Without an address there are none; an empty condition would be all.
    if subject.addresses.is_empty() {
        any = any.add(Column::Kind.is_null());
    }
    any
}
