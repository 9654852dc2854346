//! `/api/v1/events/{id}/registrations`.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{Data, Payload},
};

use super::{
    caller::{Caller, Read, Write},
    events,
    problem::{FieldProblem, Problem},
    query::{self, Parameters},
    schema::{NewRegistration, RegistrationItem, RegistrationPage},
};
use crate::{
    api::{
        State,
        forms::{ORGANISATION, RawParticipant},
        model::IdempotencyKey,
        service::{self, RegisterError},
    },
    http::{Error, Lang},
    ids::RegistrationId,
};

/// The header that makes a request safe to repeat.
const KEY: &str = "Idempotency-Key";
/// The most characters of its value.
const MAX_KEY_CHARACTERS: usize = 255;

/// Registrations of an event
///
/// In every state, also those that ended, in the order in which they were made.
#[utoipa::path(
    get,
    path = "/api/v1/events/{id}/registrations",
    operation_id = "listRegistrations",
    tag = "registrations",
    params(
        ("id" = String, Path, format = "uuid", description = "The id of the event."),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 100, description = "How many at most; 50 if it is left out."),
        ("cursor" = Option<String>, Query, format = "uuid", description = "Where the page begins, as in `next`."),
    ),
    responses((status = 200, description = "A page of registrations.", body = RegistrationPage)),
    security(("token" = ["events:read"]))
)]
pub(super) async fn list(
    caller: Caller<Read>,
    state: Data<State>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let mut parameters = Parameters::of(&request, &["limit", "cursor"]);
    let (limit, after) = (parameters.limit(), parameters.cursor::<RegistrationId>());
    parameters.check()?;
    let event = events::of_path(&caller, &state, &request).await?.event;
    // One more than the page shows whether another follows.
    let found = service::registrations(&state.db, event.row.id, after, limit + 1)
        .await
        .map_err(Error::from)?;
    let has_next = found.len() as u64 > limit;
    let mut items: Vec<_> = found.into_iter().map(RegistrationItem::from).collect();
    items.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let last = items.last().map(RegistrationItem::id);
    let next = last
        .filter(|_| has_next)
        .map(|last| parameters.next(&request, last));
    Ok(HttpResponse::Ok().json(RegistrationPage { items, next }))
}

/// The key of the request, if it has one.
fn key(request: &HttpRequest, body: &str) -> Result<Option<IdempotencyKey>, Problem> {
    let mut given = request.headers().get_all(KEY);
    let Some(value) = given.next() else {
        return Ok(None);
    };
    let bytes = value.as_bytes();
    let characters = std::str::from_utf8(bytes).map_or(bytes.len(), |text| text.chars().count());
    if !(1..=MAX_KEY_CHARACTERS).contains(&characters) || given.next().is_some() {
        let wrong = FieldProblem {
            field: KEY.to_owned(),
            detail: "The key is one text of 1 to 255 characters.".to_owned(),
        };
        return Err(Problem::invalid(vec![wrong]));
    }
    Ok(Some(IdempotencyKey::of(bytes, request.path(), body)))
}

/// Register a person
///
/// The person has a place at once, or joins the waiting list; nothing has to be confirmed, and they get a mail with a
/// link to cancel. Somebody with this address who is registered already is not registered twice: the reply is 200 with
/// their registration as it is. Registration by an organiser is possible until the event ends, also when registration
/// for others is closed.
#[utoipa::path(
    post,
    path = "/api/v1/events/{id}/registrations",
    operation_id = "register",
    tag = "registrations",
    params(
        ("id" = String, Path, format = "uuid", description = "The id of the event."),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 255, description = "Any text of 1 to 255 characters, new for every new request. A request that is repeated with the same key within 48 hours has no second effect and gets the same reply."),
    ),
    request_body(content = NewRegistration, content_type = "application/json"),
    responses(
        (status = 201, description = "The person is registered, or on the waiting list.", body = RegistrationItem,
            headers(("Location" = String, description = "The path of the registration."))),
        (status = 200, description = "The person was registered before; nothing changed.", body = RegistrationItem),
        (status = 409, description = "The event takes no registrations: it is a draft, was cancelled, or is over.", body = super::problem::ProblemBody, content_type = "application/problem+json"),
    ),
    security(("token" = ["events:write"]))
)]
pub(super) async fn create(
    caller: Caller<Write>,
    state: Data<State>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let text = query::body(&request, payload).await?;
    Parameters::of(&request, &[]).check()?;
    let event = events::of_path(&caller, &state, &request).await?.event;
    let key = key(&request, &text)?;
    let new = query::read::<RawParticipant>(&state.theme, &text)?;
    let organisation_id = match new.organisation_number.as_str() {
        "" => None,
        number => {
            let found = service::organisation_of(&state, number)
                .await
                .map_err(Error::from)?;
            Some(found.ok_or_else(|| {
                let detail = state.theme.text(Lang::En, "organisation-number-unknown");
                Problem::invalid(vec![FieldProblem {
                    field: ORGANISATION.to_owned(),
                    detail: format!("{detail}."),
                }])
            })?)
        }
    };
    let (id, new) = (event.row.id, (new, organisation_id));
    let registered = match service::register(&state, &caller.who, id, new, key).await {
        Ok(registered) => registered,
        Err(RegisterError::KeyReused) => return Err(Problem::key_reused()),
        Err(RegisterError::Gone) => return Err(Problem::gone()),
        Err(RegisterError::Refused(refused)) => return Err(refused.into()),
    };
    let mut answer = if registered.is_made {
        HttpResponse::Created()
    } else {
        HttpResponse::Ok()
    };
    let item = RegistrationItem::from(registered.queued);
    if registered.is_made {
        let path = format!("{}/{}", request.path(), item.id());
        answer.insert_header((header::LOCATION, path));
    }
    Ok(answer.json(item))
}

/// One registration
#[utoipa::path(
    get,
    path = "/api/v1/events/{id}/registrations/{registration}",
    operation_id = "readRegistration",
    tag = "registrations",
    params(
        ("id" = String, Path, format = "uuid", description = "The id of the event."),
        ("registration" = String, Path, format = "uuid", description = "The id of the registration."),
    ),
    responses((status = 200, description = "The registration.", body = RegistrationItem)),
    security(("token" = ["events:read"]))
)]
pub(super) async fn one(
    caller: Caller<Read>,
    state: Data<State>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    Parameters::of(&request, &[]).check()?;
    let event = events::of_path(&caller, &state, &request).await?.event;
    let id = query::id::<RegistrationId>(&request, "registration")?;
    let found = service::registration(&state.db, event.row.id, id)
        .await
        .map_err(Error::from)?
        .ok_or_else(Problem::not_found)?;
    Ok(HttpResponse::Ok().json(RegistrationItem::from(found)))
}

/// Cancel a registration
///
/// The place goes to the next person on the waiting list, and both are told by mail. Cancelled or expired before,
/// nothing changes, and the reply is the same.
#[utoipa::path(
    delete,
    path = "/api/v1/events/{id}/registrations/{registration}",
    operation_id = "cancelRegistration",
    tag = "registrations",
    params(
        ("id" = String, Path, format = "uuid", description = "The id of the event."),
        ("registration" = String, Path, format = "uuid", description = "The id of the registration."),
    ),
    responses(
        (status = 204, description = "The registration is cancelled."),
        (status = 409, description = "The event is over: who was registered is kept as evidence.", body = super::problem::ProblemBody, content_type = "application/problem+json"),
    ),
    security(("token" = ["events:write"]))
)]
pub(super) async fn cancel(
    caller: Caller<Write>,
    state: Data<State>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    Parameters::of(&request, &[]).check()?;
    let event = events::of_path(&caller, &state, &request).await?.event;
    let id = query::id::<RegistrationId>(&request, "registration")?;
    if service::cancel(&state, &caller.who, event.row.id, id).await? {
        Ok(HttpResponse::NoContent().finish())
    } else {
        Err(Problem::not_found())
    }
}
