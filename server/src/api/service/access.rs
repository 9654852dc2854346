//! Who makes a request of the API, and what they may see.

use chrono::TimeDelta;
use sea_orm::DbErr;

use super::tokens::may_have_tokens;
use crate::{
    accounts::{self, token_hash},
    api::{
        State,
        model::{Standing, Token},
        store,
    },
    principal::Principal,
};

/// How old the noted use of a token may become before the next request notes it again.
const NOTED_EVERY: TimeDelta = TimeDelta::minutes(1);

/// A valid token with the person behind it.
#[derive(Debug, Clone)]
pub(in crate::api) struct Access {
    /// The person, with their roles of the moment.
    pub who: Principal,
    /// The token.
    pub token: Token,
}

/// Finds the token of a request and notes that it is used; `None` if it does not work, or if its account is closed or
/// neither an organiser's nor a manager's any more.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "api.authenticate", skip_all)]
pub(in crate::api) async fn authenticate(
    state: &State,
    secret: &str,
) -> Result<Option<Access>, DbErr> {
    let now = state.clock.now();
    let db = state.db.read();
    let found = store::by_hash(db, &token_hash(secret)).await?;
    let Some(token) = found.filter(|token| token.standing(now) == Standing::Works) else {
        return Ok(None);
    };
    let who = accounts::principal_of(db, &state.rules, token.account_id).await?;
    let Some(who) = who.filter(|who| may_have_tokens(who.roles)) else {
        return Ok(None);
    };
    if token.last_used_at.is_none_or(|at| now >= at + NOTED_EVERY) {
        let id = token.id;
        let noted = state
            .db
            .write::<_, DbErr>(async move |txn| store::note_use(txn, id, now).await)
            .await;
        if let Err(error) = noted {
            tracing::warn!(%error, "the use of a token was not noted");
        }
    }
    Ok(Some(Access { who, token }))
}
