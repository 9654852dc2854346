//! People without an account, and how a new account takes over such a person.

use sea_orm::DbErr;
use serde_json::json;

use super::OnAddress;
use crate::{
    accounts::store::{self, AccountRow},
    audit,
    clock::Clock,
    db::Transaction,
    ids::PersonId,
    mail::Email,
    people::{self, Guest, NewGuest},
};

/// The result of adding a guest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddedGuest {
    /// The address has an account, which belongs to this person: they sign in instead.
    HasAccount(PersonId),
    /// A guest, new or existing.
    Guest(Guest),
}

/// Adds a person without an account in the caller's transaction, unless a confirmed account has the address.
///
/// # Errors
/// The database fails.
pub async fn add_guest(
    txn: &Transaction,
    clock: &Clock,
    new: &NewGuest,
) -> Result<AddedGuest, DbErr> {
    // Locked, so that the account is not confirmed at the same time.
    let account = store::lock_by_email(txn, &new.email).await?;
    if let Some(person_id) = account.and_then(|account| account.person_id) {
        return Ok(AddedGuest::HasAccount(person_id));
    }
    let guest = people::add_guest(txn, clock, new).await?;
    Ok(AddedGuest::Guest(guest))
}

/// The person to whom an account belongs whose address is confirmed in this transaction. If the account has a
/// person, it is that person. Otherwise it is the guest who has confirmed the same address, with all their
/// records; otherwise a new person, to whom other areas give what was recorded for the address.
pub(super) async fn owner(
    txn: &Transaction,
    clock: &Clock,
    account: &AccountRow,
    on_address: &dyn OnAddress,
) -> Result<PersonId, DbErr> {
    if let Some(person_id) = account.person_id {
        return Ok(person_id);
    }
    let email = Email::parse(&account.email);
    let guest = match &email {
        Some(email) => people::confirmed_guest(txn, email).await?,
        None => None,
    };
    if let Some(person) = guest
        && !store::has_account(txn, person.id()).await?
    {
        people::end_guest(&person).await?;
        store::set_person(txn, account.id, person.id()).await?;
        let entry = audit::AuditEntry {
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
    if let Some(email) = &email {
        on_address.confirmed(txn, person_id, email).await?;
    }
    Ok(person_id)
}
