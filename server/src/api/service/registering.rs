//! Registering people over the API, and cancelling registrations.

use sea_orm::DbErr;

use super::reading::in_queue;
use crate::{
    api::{
        State,
        forms::NewParticipant,
        model::{IdempotencyKey, Queued, Registered},
        store,
    },
    db::Transaction,
    events::{self, EventLock},
    ids::{AccountId, EventId, OrganisationId, RegistrationId},
    organisations,
    principal::Principal,
    registrations::{self, Needs, Origin, Outcome, Refused, RegistrationInput},
};

/// Why nobody was registered.
#[derive(Debug, thiserror::Error)]
pub(in crate::api) enum RegisterError {
    /// The key was used for another request.
    #[error("the key was used for another request")]
    KeyReused,
    /// The registration that the key made was erased.
    #[error("the registration of the key is gone")]
    Gone,
    /// The event takes no registration now.
    #[error(transparent)]
    Refused(#[from] Refused),
}

impl From<DbErr> for RegisterError {
    fn from(error: DbErr) -> Self {
        Self::Refused(error.into())
    }
}

/// The organisation with a registration number as sent.
///
/// # Errors
/// The database fails.
pub(in crate::api) async fn organisation_of(
    state: &State,
    number: &str,
) -> Result<Option<OrganisationId>, DbErr> {
    let found = organisations::with_number(state.db.read(), number).await?;
    Ok(found.map(|organisation| organisation.id))
}

/// Registers a person for an event, without a confirmation; they get a mail. With a key, a repeated request has no
/// second effect and the same result: key and result are written in the transaction of the registration.
///
/// # Errors
/// See [`RegisterError`].
#[tracing::instrument(name = "api.register", skip_all, fields(event.id = %event_id))]
pub(in crate::api) async fn register(
    state: &State,
    who: &Principal,
    event_id: EventId,
    (new, organisation_id): (NewParticipant, Option<OrganisationId>),
    key: Option<IdempotencyKey>,
) -> Result<Registered, RegisterError> {
    let (within, account_id) = (state.clone(), who.account_id);
    let input = RegistrationInput {
        person_id: None,
        given_name: new.given_name,
        family_name: new.family_name,
        email: new.email,
        lang: new.lang,
        organisation_id,
        role: new.role,
        needs: Needs::default(),
        origin: Origin::Api,
        group_id: None,
        registered_by: Some(account_id),
    };
    let registered = state
        .db
        .write::<_, RegisterError>(async move |txn| {
            // First: a second request with the same key waits here for the first one.
            if let Some(key) = &key
                && let Some(earlier) = claim(txn, &within, (account_id, event_id), key).await?
            {
                return Ok(earlier);
            }
            let event = lock(txn, event_id).await?;
            let outcome = registrations::add_in(&event, &within.registrations, &input).await?;
            let row = outcome.registration().clone();
            let queued = in_queue(txn, event_id, vec![row.clone()]).await?;
            let registered = Registered {
                queued: queued.into_iter().next().unwrap_or(Queued {
                    registration: row,
                    queue_place: None,
                }),
                is_made: matches!(outcome, Outcome::Made(_)),
            };
            if let Some(key) = &key {
                store::set_result(txn, account_id, key, &registered).await?;
            }
            Ok(registered)
        })
        .await?;
    state.registrations.jobs.wake();
    Ok(registered)
}

async fn lock(txn: &Transaction, id: EventId) -> Result<EventLock<'_>, Refused> {
    match events::lock(txn, id).await {
        Ok(event) => Ok(event),
        Err(DbErr::RecordNotFound(_)) => Err(Refused::NotOffered),
        Err(error) => Err(error.into()),
    }
}

/// Claims a key for this request; the earlier result if the request was carried out before.
async fn claim(
    txn: &Transaction,
    state: &State,
    (account_id, event_id): (AccountId, EventId),
    key: &IdempotencyKey,
) -> Result<Option<Registered>, RegisterError> {
    if store::insert_key(txn, &state.clock, account_id, key).await? {
        return Ok(None);
    }
    let Some(earlier) = store::find_key(txn, account_id, key).await? else {
        return Err(DbErr::RecordNotFound("idempotency key".to_owned()).into());
    };
    if earlier.request_hash != key.request_hash {
        return Err(RegisterError::KeyReused);
    }
    let found = match earlier.registration_id {
        Some(id) => registrations::find_of(txn, event_id, id).await?,
        None => None,
    };
    let mut registration = found.ok_or(RegisterError::Gone)?;
    registration.state = earlier.state;
    Ok(Some(Registered {
        queued: Queued {
            registration,
            queue_place: earlier.queue_place,
        },
        is_made: earlier.is_made,
    }))
}

/// Cancels a registration; the person gets a mail. Cancelled before, nothing changes. `false` if the event has no
/// registration of this id.
///
/// # Errors
/// The event is over.
#[tracing::instrument(name = "api.cancel", skip_all, fields(registration.id = %id))]
pub(in crate::api) async fn cancel(
    state: &State,
    who: &Principal,
    event_id: EventId,
    id: RegistrationId,
) -> Result<bool, Refused> {
    let (within, account_id) = (state.clone(), who.account_id);
    let found = state
        .db
        .write::<_, Refused>(async move |txn| {
            let event = lock(txn, event_id).await?;
            registrations::cancel_in(&event, &within.registrations, id, account_id).await
        })
        .await?;
    state.registrations.jobs.wake();
    Ok(found.is_some())
}
