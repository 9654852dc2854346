//! Which strands organisers work on.

use std::collections::BTreeSet;

use sea_orm::DbErr;
use serde_json::json;

use super::noting::note;
use crate::{
    accounts::{self, Role, RoleHolder},
    clock::Clock,
    db::{Db, Transaction},
    events::store,
    ids::AccountId,
};

/// An organiser, with the strands that they were given.
#[derive(Debug, Clone)]
pub(crate) struct OrganiserRow {
    /// Their account.
    pub account: RoleHolder,
    /// The ids of their strands.
    pub strands: BTreeSet<String>,
}

/// Every organiser.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "events.organisers", skip_all)]
pub(crate) async fn organisers(db: &Db) -> Result<Vec<OrganiserRow>, DbErr> {
    let holders = accounts::with_role(db, Role::Organiser).await?;
    let mut granted = store::all_granted(db.read()).await?;
    let row = |account: RoleHolder| OrganiserRow {
        strands: granted.remove(&account.account_id).unwrap_or_default(),
        account,
    };
    Ok(holders.into_iter().map(row).collect())
}

/// Gives a strand in the caller's transaction; `false` if the account had it already. For the demonstration, and where
/// the program itself gives it.
///
/// # Errors
/// The database fails.
pub async fn give(
    txn: &Transaction,
    clock: &Clock,
    account_id: AccountId,
    strand: &str,
) -> Result<bool, DbErr> {
    store::grant(txn, clock.now(), (account_id, strand), None).await
}

/// Gives an organiser a strand, or takes it. Done before, nothing changes.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "events.change_strand", skip_all, fields(account.id = %account_id))]
pub(crate) async fn change_strand(
    clock: &Clock,
    db: &Db,
    actor_account_id: AccountId,
    (account_id, strand): (AccountId, &str),
    is_given: bool,
) -> Result<(), DbErr> {
    let (clock, strand) = (clock.clone(), strand.to_owned());
    db.write(async move |txn| {
        let what = (account_id, strand.as_str());
        let (is_changed, action) = if is_given {
            let by = Some(actor_account_id);
            (
                store::grant(txn, clock.now(), what, by).await?,
                "strand.given",
            )
        } else {
            (store::revoke(txn, what).await?, "strand.taken")
        };
        if !is_changed {
            return Ok(());
        }
        let subject = (action, "account", account_id.to_string());
        let detail = json!({ "strand": strand });
        note(txn, &clock, actor_account_id, subject, detail).await
    })
    .await
}
