//! What is done with events, in the audit log.

use sea_orm::{ConnectionTrait, DbErr};

use crate::{
    audit::{self, AuditEntry},
    clock::Clock,
    ids::AccountId,
};

/// Records what an account did with a subject.
pub(super) async fn note(
    txn: &impl ConnectionTrait,
    clock: &Clock,
    actor_account_id: AccountId,
    (action, subject_kind, subject_id): (&'static str, &'static str, String),
    detail: serde_json::Value,
) -> Result<(), DbErr> {
    let entry = AuditEntry {
        actor_account_id: Some(actor_account_id),
        action,
        subject_kind,
        subject_id,
        detail,
    };
    audit::record(txn, clock.now(), entry).await
}
