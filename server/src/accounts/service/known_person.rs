//! Adding a person with a confirmed account without registration, e.g. for the demonstration.

use sea_orm::{ConnectionTrait, DbErr};

use crate::{
    accounts::{
        model::{Email, Role},
        store::{self, NewAccount},
    },
    clock::Clock,
    http::Lang,
    ids::{AccountId, PersonId},
    people,
};

/// A person whose address need not be confirmed, e.g. in the demonstration.
#[derive(Debug, Clone)]
pub struct KnownPerson {
    /// The address to sign in with.
    pub email: Email,
    /// The hash of the password, by [`hash`](crate::accounts::password::hash).
    pub password_hash: String,
    /// Given name; may be empty.
    pub given_name: String,
    /// Family name; may be empty.
    pub family_name: String,
    /// Roles.
    pub roles: Vec<Role>,
}

/// What was added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Added {
    /// The account.
    pub account_id: AccountId,
    /// The person to whom it belongs.
    pub person_id: PersonId,
}

/// Adds a person with a confirmed account, in the caller's transaction; `None` when the address is
/// taken.
///
/// # Errors
/// The database fails.
pub async fn add_known(
    txn: &impl ConnectionTrait,
    clock: &Clock,
    known: KnownPerson,
) -> Result<Option<Added>, DbErr> {
    let new = NewAccount {
        email: &known.email,
        lang: Lang::Lv,
    };
    let Some(account_id) = store::insert(txn, clock, new).await? else {
        return Ok(None);
    };
    let person_id = people::add(txn, clock, (&known.given_name, &known.family_name)).await?;
    store::set_person(txn, account_id, person_id).await?;
    store::set_password(txn, clock.now(), account_id, &known.password_hash).await?;
    for role in known.roles {
        store::give_role(txn, clock, account_id, role, None).await?;
    }
    Ok(Some(Added {
        account_id,
        person_id,
    }))
}
