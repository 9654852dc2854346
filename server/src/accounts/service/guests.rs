//! People without an account, and how an account takes such a person over.

use sea_orm::DbErr;
use serde_json::json;

use crate::{
    accounts::store::{self, AccountRow},
    audit,
    clock::Clock,
    db::Transaction,
    ids::PersonId,
    mail::Email,
    people::{self, Guest, NewGuest},
};

/// What became of a guest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddedGuest {
    /// The address has an account, which is this person's: they sign in instead.
    HasAccount(PersonId),
    /// A guest, new or known.
    Guest(Guest),
}

/// Adds a person without an account, in the caller's transaction, unless their address has a confirmed one.
///
/// # Errors
/// The database fails.
pub async fn add_guest(
    txn: &Transaction,
    clock: &Clock,
    new: &NewGuest,
) -> Result<AddedGuest, DbErr> {
    // Locked, so that its owner does not confirm it meanwhile.
    let account = store::lock_by_email(txn, &new.email).await?;
    if let Some(person_id) = account.and_then(|account| account.person_id) {
        return Ok(AddedGuest::HasAccount(person_id));
    }
    let guest = people::add_guest(txn, clock, new).await?;
    Ok(AddedGuest::Guest(guest))
}

/// Whose an account is whose address is confirmed in this transaction: the guest who has confirmed the same
/// address, with everything that is recorded about them, or else somebody new. A person who has an account
/// stays that account's.
pub(super) async fn owner(
    txn: &Transaction,
    clock: &Clock,
    account: &AccountRow,
) -> Result<PersonId, DbErr> {
    if let Some(person_id) = account.person_id {
        return Ok(person_id);
    }
    let guest = match Email::parse(&account.email) {
        Some(email) => people::confirmed_guest(txn, &email).await?,
        None => None,
    };
    if let Some(person) = guest
        && !store::has_account(txn, person.id()).await?
    {
        people::end_guest(&person).await?;
        store::set_person(txn, account.id, person.id()).await?;
        let entry = audit::Entry {
            actor_account_id: Some(account.id),
            action: "person.taken-over",
            subject_kind: "person",
            subject_id: person.id().to_string(),
            detail: json!({ "account": account.id }),
        };
        audit::record(txn, clock.now(), entry).await?;
        return Ok(person.id());
    }
    let person_id = people::add(txn, clock, ("", "")).await?;
    store::set_person(txn, account.id, person_id).await?;
    Ok(person_id)
}
