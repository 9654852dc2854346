//! The queries of the audit log.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _,
    FromQueryResult, QueryFilter as _, QueryOrder as _, QuerySelect as _, Set,
    sea_query::{Expr, ExprTrait as _},
};

use super::model::{AuditEntry, Broken, ChainedEntry};
use crate::{
    db::{
        Db,
        entity::{audit_entry, audit_head},
    },
    ids::AccountId,
};

/// How many entries are verified at a time.
const PAGE: u64 = 1_000;

/// Adds an entry, in the transaction of the change that it describes.
///
/// This locks the end of the chain until the transaction ends, so it should be the last step of the
/// transaction.
///
/// # Errors
/// The database fails.
pub async fn record(
    txn: &impl ConnectionTrait,
    now: DateTime<Utc>,
    entry: AuditEntry,
) -> Result<(), DbErr> {
    let head = audit_head::Entity::update_many()
        .col_expr(
            audit_head::Column::Sequence,
            Expr::col(audit_head::Column::Sequence).add(1),
        )
        .filter(audit_head::Column::Id.eq(1))
        .exec_with_returning(txn)
        .await?
        .into_iter()
        .next()
        .ok_or_else(|| DbErr::RecordNotFound("the end of the audit log".to_owned()))?;
    let hash = ChainedEntry {
        sequence: head.sequence,
        at: now,
        actor_account_id: entry.actor_account_id,
        action: entry.action,
        subject_kind: entry.subject_kind,
        subject_id: &entry.subject_id,
        detail: &entry.detail,
        previous_hash: &head.hash,
    }
    .hash();
    audit_entry::ActiveModel {
        sequence: Set(head.sequence),
        at: Set(now),
        actor_account_id: Set(entry.actor_account_id),
        action: Set(entry.action.to_owned()),
        subject_kind: Set(entry.subject_kind.to_owned()),
        subject_id: Set(entry.subject_id),
        detail: Set(entry.detail),
        previous_hash: Set(head.hash),
        hash: Set(hash.clone()),
    }
    .insert(txn)
    .await?;
    audit_head::Entity::update_many()
        .col_expr(audit_head::Column::Hash, Expr::value(hash))
        .filter(audit_head::Column::Id.eq(1))
        .exec(txn)
        .await?;
    Ok(())
}

/// Adds an entry about an action that changes no record, such as an export.
///
/// # Errors
/// The database fails.
pub async fn note(db: &Db, now: DateTime<Utc>, entry: AuditEntry) -> Result<(), DbErr> {
    db.write(async move |txn| record(txn, now, entry).await)
        .await
}

/// An entry as read from the log.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Noted {
    /// When it was done.
    pub at: DateTime<Utc>,
    /// Who did it; `None` for the program itself, or somebody without an account.
    pub actor_account_id: Option<AccountId>,
    /// The details of the entry.
    pub detail: serde_json::Value,
}

/// The entries of one action about a record (its table and id), oldest first.
///
/// # Errors
/// The database fails.
pub async fn about(
    db: &Db,
    (subject_kind, subject_id): (&str, String),
    action: &str,
) -> Result<Vec<Noted>, DbErr> {
    audit_entry::Entity::find()
        .select_only()
        .columns([
            audit_entry::Column::At,
            audit_entry::Column::ActorAccountId,
            audit_entry::Column::Detail,
        ])
        .filter(audit_entry::Column::SubjectKind.eq(subject_kind))
        .filter(audit_entry::Column::SubjectId.eq(subject_id))
        .filter(audit_entry::Column::Action.eq(action))
        .order_by_asc(audit_entry::Column::Sequence)
        .into_model()
        .all(db.read())
        .await
}

/// Verifies every entry from the first to the last; returns the number of entries.
///
/// # Errors
/// The database fails. A broken chain is the inner error.
pub async fn verify_chain(db: &Db) -> Result<Result<u64, Broken>, DbErr> {
    let head = audit_head::Entity::find_by_id(1).one(db.read()).await?;
    let (mut sequence, mut hash) = (0_i64, "0".repeat(64));
    loop {
        let page = audit_entry::Entity::find()
            .filter(audit_entry::Column::Sequence.gt(sequence))
            .order_by_asc(audit_entry::Column::Sequence)
            .limit(PAGE)
            .all(db.read())
            .await?;
        if page.is_empty() {
            break;
        }
        for entry in page {
            if entry.sequence != sequence + 1 {
                return Ok(Err(Broken::Missing(sequence + 1)));
            }
            let expected = ChainedEntry {
                sequence: entry.sequence,
                at: entry.at,
                actor_account_id: entry.actor_account_id,
                action: &entry.action,
                subject_kind: &entry.subject_kind,
                subject_id: &entry.subject_id,
                detail: &entry.detail,
                previous_hash: &hash,
            }
            .hash();
            if entry.previous_hash != hash || entry.hash != expected {
                return Ok(Err(Broken::Changed(entry.sequence)));
            }
            (sequence, hash) = (entry.sequence, entry.hash);
        }
    }
    // Entries may have been added since the head was read; then the chain is longer, never shorter.
    let is_whole = head.is_some_and(|head| {
        head.sequence < sequence || (head.sequence == sequence && head.hash == hash)
    });
    Ok(if is_whole {
        Ok(sequence.unsigned_abs())
    } else {
        Err(Broken::CutOff)
    })
}

#[cfg(test)]
mod tests {
    use sea_orm::ConnectionTrait as _;
    use serde_json::json;

    use super::*;
    use crate::{clock::Clock, db::testing::databases};

    async fn add(db: &Db, clock: &Clock, id: usize) {
        let now = clock.now();
        let entry = AuditEntry {
            actor_account_id: None,
            action: "test.done",
            subject_kind: "thing",
            subject_id: id.to_string(),
            detail: json!({"name": "Ēka \"A\"", "count": id, "share": 0.5, "whole": 1.0, "none": null}),
        };
        db.write::<_, DbErr>(async move |txn| record(txn, now, entry).await)
            .await
            .unwrap();
    }

    async fn run(db: &Db, sql: &'static str) {
        db.write::<_, DbErr>(async move |txn| txn.execute_unprepared(sql).await)
            .await
            .unwrap();
    }

    #[tokio::test]
    async fn a_chain_holds_and_shows_what_was_changed_or_removed() {
        let clock = Clock::system();
        for db in databases().await {
            assert_eq!(verify_chain(&db).await.unwrap(), Ok(0));
            for id in 1..=4 {
                add(&db, &clock, id).await;
            }
            assert_eq!(verify_chain(&db).await.unwrap(), Ok(4));

            run(
                &db,
                "UPDATE audit_entry SET subject_id = '7' WHERE sequence = 2",
            )
            .await;
            assert_eq!(verify_chain(&db).await.unwrap(), Err(Broken::Changed(2)));
            run(
                &db,
                "UPDATE audit_entry SET subject_id = '2' WHERE sequence = 2",
            )
            .await;
            assert_eq!(verify_chain(&db).await.unwrap(), Ok(4));

            run(&db, "DELETE FROM audit_entry WHERE sequence = 4").await;
            assert_eq!(verify_chain(&db).await.unwrap(), Err(Broken::CutOff));
            run(&db, "DELETE FROM audit_entry WHERE sequence = 2").await;
            assert_eq!(verify_chain(&db).await.unwrap(), Err(Broken::Missing(2)));
        }
    }

    #[tokio::test]
    async fn entries_added_at_once_follow_each_other() {
        let clock = Clock::system();
        for db in databases().await {
            futures::future::join_all((0..20).map(|id| add(&db, &clock, id))).await;
            assert_eq!(verify_chain(&db).await.unwrap(), Ok(20));
        }
    }

    #[tokio::test]
    async fn an_undone_transaction_leaves_no_gap() {
        let clock = Clock::system();
        for db in databases().await {
            add(&db, &clock, 1).await;
            let now = clock.now();
            let undone: Result<(), DbErr> = db
                .write(async move |txn| {
                    let entry = AuditEntry {
                        actor_account_id: None,
                        action: "test.done",
                        subject_kind: "thing",
                        subject_id: String::new(),
                        detail: json!({}),
                    };
                    record(txn, now, entry).await?;
                    Err(DbErr::Custom("undone".to_owned()))
                })
                .await;
            assert!(undone.is_err());
            add(&db, &clock, 2).await;
            assert_eq!(verify_chain(&db).await.unwrap(), Ok(2));
        }
    }
}
