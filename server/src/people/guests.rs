//! People without an account: known by a name and an address, e.g. because they take part in a seminar. An
//! account of the same address, confirmed by both, takes the person over (see `accounts`).

use sea_orm::DbErr;

use super::{
    model::PersonName,
    store::{self, PersonLock},
};
use crate::{clock::Clock, db::Transaction, http::Lang, ids::PersonId, mail::Email};

/// What somebody without an account says of themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewGuest {
    /// Where they are written to.
    pub email: Email,
    /// Given name.
    pub given_name: PersonName,
    /// Family name.
    pub family_name: PersonName,
    /// The language of mails.
    pub lang: Lang,
}

/// Whom a guest's address belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guest {
    /// Somebody new.
    New(PersonId),
    /// Somebody who was a guest before. Their names stay: whoever types an address need not be its owner.
    Known(PersonId),
}

impl Guest {
    /// Who it is.
    #[must_use]
    pub const fn person_id(self) -> PersonId {
        match self {
            Self::New(id) | Self::Known(id) => id,
        }
    }
}

/// Adds a guest, or finds the one of this address: two guests never share an address. That the address has no
/// account is for the caller to know (`accounts::add_guest`).
///
/// # Errors
/// The database fails.
pub async fn add_guest(txn: &Transaction, clock: &Clock, new: &NewGuest) -> Result<Guest, DbErr> {
    if let Some(known) = store::guest_of(txn, &new.email).await? {
        return Ok(Guest::Known(known.person_id));
    }
    let names = (new.given_name.as_str(), new.family_name.as_str());
    let person_id = store::insert(txn, clock, names).await?;
    if store::insert_guest(txn, clock, person_id, &new.email, new.lang).await? {
        return Ok(Guest::New(person_id));
    }
    // Somebody was quicker: nobody knows the person just added.
    store::delete_unknown(txn, person_id).await?;
    let known = store::guest_of(txn, &new.email).await?;
    known
        .map(|known| Guest::Known(known.person_id))
        .ok_or_else(|| DbErr::RecordNotFound("guest".to_owned()))
}

/// Notes that a guest has followed a link that was mailed to their address. The first time counts. `false`
/// when the person is no guest (any more).
///
/// # Errors
/// The database fails.
pub async fn confirm_guest(person: &PersonLock<'_>, clock: &Clock) -> Result<bool, DbErr> {
    store::confirm_guest(person, clock.now()).await
}

/// The guest of an address that they have confirmed, locked. Somebody whose address is not confirmed is not
/// known to be its owner.
///
/// # Errors
/// The database fails.
pub async fn confirmed_guest<'txn>(
    txn: &'txn Transaction,
    email: &Email,
) -> Result<Option<PersonLock<'txn>>, DbErr> {
    let is_theirs = |guest: &store::GuestRow| guest.email_confirmed_at.is_some();
    let Some(found) = store::guest_of(txn, email).await?.filter(is_theirs) else {
        return Ok(None);
    };
    let person = PersonLock::take(txn, found.person_id).await?;
    // Another write may have ended it meanwhile.
    let still = store::guest_of(txn, email).await?.filter(is_theirs);
    Ok(still
        .filter(|guest| guest.person_id == person.id())
        .map(|_| person))
}

/// The person is no guest any more: they have an account.
///
/// # Errors
/// The database fails.
pub async fn end_guest(person: &PersonLock<'_>) -> Result<(), DbErr> {
    store::delete_guest(person).await
}
