//! Guests: people without an account, known by name and e-mail address, e.g. participants of a seminar. When
//! an account with the same address is created, and both addresses are confirmed, the account takes over the
//! person (see `accounts`).

use sea_orm::DbErr;

use super::{
    forms::PersonName,
    store::{self, PersonLock},
};
use crate::{
    clock::Clock,
    db::Transaction,
    http::Lang,
    ids::PersonId,
    mail::{self, Email},
};

/// What a guest enters.
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

/// The result of adding a guest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guest {
    /// A new person.
    New(PersonId),
    /// A person who was a guest already. Their names are not changed, because the address may have been typed
    /// by somebody else.
    Known(PersonId),
}

impl Guest {
    /// The person.
    #[must_use]
    pub const fn person_id(self) -> PersonId {
        match self {
            Self::New(id) | Self::Known(id) => id,
        }
    }
}

/// Adds a guest, or finds the existing one with this address: two guests never share an address. The caller
/// ensures that the address has no account (`accounts::add_guest`).
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
    // Another transaction was faster: the person just added is not needed.
    store::delete_unknown(txn, person_id).await?;
    let known = store::guest_of(txn, &new.email).await?;
    known
        .map(|known| Guest::Known(known.person_id))
        .ok_or_else(|| DbErr::RecordNotFound("guest".to_owned()))
}

/// Records that a guest has opened a link that was sent to their address. The first time is kept. `false` if
/// the person is no guest (any more).
///
/// # Errors
/// The database fails.
pub async fn confirm_guest(person: &PersonLock<'_>, clock: &Clock) -> Result<bool, DbErr> {
    let is_guest = store::confirm_guest(person, clock.now()).await?;
    if let Some(guest) = store::guest(person).await? {
        // The link arrived.
        mail::accept(person.txn(), &guest.email).await?;
    }
    Ok(is_guest)
}

/// The guest who has confirmed an address, locked. A guest with an unconfirmed address may not be its owner.
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
    // Another transaction may have ended it in the meantime.
    let still = store::guest_of(txn, email).await?.filter(is_theirs);
    Ok(still
        .filter(|guest| guest.person_id == person.id())
        .map(|_| person))
}

/// The guest with an address, whether it is confirmed or not.
///
/// # Errors
/// The database fails.
pub async fn guest_with(txn: &Transaction, email: &Email) -> Result<Option<PersonId>, DbErr> {
    let found = store::guest_of(txn, email).await?;
    Ok(found.map(|guest| guest.person_id))
}

/// The person is no longer a guest: they have an account now.
///
/// # Errors
/// The database fails.
pub async fn end_guest(person: &PersonLock<'_>) -> Result<(), DbErr> {
    store::delete_guest(person).await
}
