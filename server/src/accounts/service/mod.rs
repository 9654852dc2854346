//! The use cases of accounts, one file each; each owns its transaction.
//!
//! What they share: the `links` that mails carry, and the `mails` that tell the owner of an
//! address, and nobody else, what there is about it.

mod first_administrator;
mod guests;
mod known_person;
mod links;
mod list;
mod mails;
mod new_password;
mod registration;
mod roles;
mod sign_in;

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

pub use super::State;
use super::{
    password::HashError,
    store::{self, AccountRow},
};
use crate::{http::Lang, people};

pub use first_administrator::{
    FirstAdministrator, FirstAdministratorError, first_administrator_token,
    make_first_administrator,
};
pub use guests::{AddedGuest, add_guest};
pub use known_person::{Added, KnownPerson, add_known};
pub use links::{LinkError, check_link, is_used_by, just_used};
pub use list::{PAGE_SIZE, list};
pub use new_password::{confirm, reset_password, send_reset};
pub use registration::register;
pub use roles::{RoleChange, RoleError, change_role};
pub use sign_in::{Browser, SignInError, SignedIn, sign_in, sign_out};

/// What the person asking can do nothing about.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The database fails.
    #[error(transparent)]
    Database(#[from] DbErr),
    /// A password cannot be hashed.
    #[error(transparent)]
    Hash(#[from] HashError),
}

/// Whose a confirmed account is.
fn owner_of(account: &AccountRow) -> Result<Uuid, DbErr> {
    account
        .person_id
        .ok_or_else(|| DbErr::RecordNotFound("person".to_owned()))
}

/// The addresses, with their languages, at which people are written to: for mails about them.
///
/// # Errors
/// The database fails.
pub async fn addresses_of(
    db: &impl ConnectionTrait,
    people: BTreeSet<Uuid>,
) -> Result<Vec<(Uuid, String, Lang)>, DbErr> {
    let guests = people::guest_addresses(db, &people).await?;
    let mut addresses = store::addresses_of(db, people).await?;
    addresses.extend(guests);
    Ok(addresses)
}

/// The account, which must be there: the row that led to it says so.
fn known(account: Option<AccountRow>) -> Result<AccountRow, DbErr> {
    account.ok_or_else(|| DbErr::RecordNotFound("account".to_owned()))
}
