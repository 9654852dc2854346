//! The feed of a person's own events, by an address that cannot be guessed and can be renewed.

use sea_orm::DbErr;
use serde_json::json;

use super::own::{self, Own};
use crate::{
    accounts, audit,
    ids::AccountId,
    principal::SessionRules,
    registrations::{link, model::RegistrationState, state::State, store},
};

/// The token of the address of an account's feed; `None` until one was made.
///
/// # Errors
/// The database fails.
pub(in crate::registrations) async fn token_of(
    state: &State,
    account_id: AccountId,
) -> Result<Option<String>, DbErr> {
    let generation = store::calendar::generation(state.db.read(), account_id).await?;
    Ok(generation.map(|generation| link::feed_token(&state.secret, account_id, generation)))
}

/// Makes the address of an account's feed, or a new one instead, after which the former one leads nowhere.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "registrations.renew_feed", skip_all)]
pub(in crate::registrations) async fn renew(
    state: &State,
    account_id: AccountId,
) -> Result<(), DbErr> {
    let clock = state.clock.clone();
    state
        .db
        .write(async move |txn| {
            store::calendar::renew(txn, &clock, account_id).await?;
            let entry = audit::AuditEntry {
                actor_account_id: Some(account_id),
                action: "calendar-feed.renewed",
                subject_kind: "account",
                subject_id: account_id.to_string(),
                detail: json!({}),
            };
            audit::record(txn, clock.now(), entry).await
        })
        .await
}

/// What the feed at an address holds: the person's registrations with a place, with an offer or on the waiting list, and
/// those of events that were cancelled. `None` if the address is not the present one of an account that can be used.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "registrations.feed", skip_all)]
pub(in crate::registrations) async fn feed(
    state: &State,
    token: &str,
) -> Result<Option<Vec<Own>>, DbErr> {
    let db = state.db.read();
    let Some(account_id) = link::feed_account(token) else {
        return Ok(None);
    };
    let generation = store::calendar::generation(db, account_id).await?;
    let is_valid = generation
        .is_some_and(|generation| link::is_feed(&state.secret, (account_id, generation), token));
    if !is_valid {
        return Ok(None);
    }
    let rules = SessionRules::default();
    let Some(who) = accounts::principal_of(db, &rules, account_id).await? else {
        return Ok(None);
    };
    let own = own::own(state, who.person_id).await?;
    let all = own.past.into_iter().chain(own.coming);
    // Nobody knows yet whether the owner of the address wants it.
    let is_known = |one: &Own| one.registration.state != RegistrationState::Pending;
    Ok(Some(all.filter(is_known).collect()))
}
