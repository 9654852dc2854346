//! The account behind a link or a sign-in, and the person behind the account.

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait, DbErr};

use crate::{
    accounts::store::{self, AccountRow},
    http::Lang,
    ids::PersonId,
    people,
};

/// The person to whom a confirmed account belongs.
pub(super) fn owner_of(account: &AccountRow) -> Result<PersonId, DbErr> {
    account
        .person_id
        .ok_or_else(|| DbErr::RecordNotFound("person".to_owned()))
}

/// The e-mail addresses of people, each with its language, for mails about them.
///
/// # Errors
/// The database fails.
pub async fn addresses_of(
    db: &impl ConnectionTrait,
    people: BTreeSet<PersonId>,
) -> Result<Vec<(PersonId, String, Lang)>, DbErr> {
    let guests = people::guest_addresses(db, &people).await?;
    let mut addresses = store::addresses_of(db, people).await?;
    addresses.extend(guests);
    Ok(addresses)
}

/// The account; it must exist, because a row refers to it.
pub(super) fn known(account: Option<AccountRow>) -> Result<AccountRow, DbErr> {
    account.ok_or_else(|| DbErr::RecordNotFound("account".to_owned()))
}
