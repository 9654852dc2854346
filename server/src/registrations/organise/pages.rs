//! The handlers of what organisers do with registrations: read the request, call a use case, show a page or redirect.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Query, ServiceConfig},
};

use super::{
    forms::{RawAddedRegistration, RawWhy},
    list::RegistrationsQuery,
    service::{self, Change, ChangeError, Changed},
    views::{
        add::{AddRegistrationPage, ToAdd},
        board::BoardPage,
        cancel::CancelRegistrationsPage,
        list::{RegistrationsPage, registrations_sheet, requests_sheet},
        one::OrganisedRegistrationPage,
    },
};
use crate::{
    events::{self, Event},
    http::{
        Error, Flash, FormState, Organising, Path, Posted, Reply, Visit,
        address::{self, with_query},
        route::page,
        see_other,
    },
    ids::{EventId, RegistrationId},
    list::{self, ExportedList, Extent, PAGE_SIZE},
    organisations::Organisation,
    registrations::{
        Origin, Outcome, Refused, RegistrationState, State, counts,
        pages::{with_organisation, with_typed_organisation},
        service as registering,
    },
};

/// The routes below `/{lang}`. The last one takes every word in the place of a registration's id, so these are
/// configured after others below `…/registrations`.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(page::<address::OrganisedEvent>().get(board))
        .service(
            page::<address::EventRegistrations>()
                .get(registrations)
                .post(change_selected),
        )
        .service(page::<address::EventRegistrationsFile>().get(export))
        .service(page::<address::EventRequestsFile>().get(export_requests))
        .service(page::<address::AddRegistration>().get(add_form).post(add))
        .service(
            page::<address::CancelRegistrations>()
                .get(cancel_form)
                .post(cancel),
        )
        .service(
            page::<address::OrganisedRegistration>()
                .get(registration)
                .post(change_one),
        );
}

/// `GET /{lang}/organise/events/{event}`: for its organisers.
async fn board(
    state: Data<State>,
    visit: Visit<Organising>,
    path: Path<address::OrganisedEvent>,
) -> Reply {
    let stored = events::stored(&state.db, &visit.who, path.event).await?;
    let stored = stored.ok_or(Error::NotFound)?;
    let board = service::board(&state, &stored.event).await?;
    visit.show(&BoardPage::new(
        (visit.theme(), visit.lang),
        &state.programme,
        &stored,
        &board,
        state.clock.now(),
    ))
}

/// An event on which they work.
async fn find(state: &State, visit: &Visit<Organising>, id: EventId) -> Result<Event, Error> {
    events::for_organiser(state.db.read(), &visit.who, id)
        .await?
        .ok_or(Error::NotFound)
}

/// `GET /{lang}/organise/events/{event}/registrations?q=&state=&requests=&origin=&sort=&order=&page=`: for its
/// organisers.
async fn registrations(
    state: Data<State>,
    visit: Visit<Organising>,
    path: Path<address::EventRegistrations>,
    request: HttpRequest,
) -> Reply {
    let event = find(&state, &visit, path.event).await?;
    let query = RegistrationsQuery::read(request.query_string());
    visit.show(&list_page(&state, &visit, &event, &query, None).await?)
}

async fn list_page(
    state: &State,
    visit: &Visit<Organising>,
    event: &Event,
    query: &RegistrationsQuery,
    error: Option<&str>,
) -> Result<RegistrationsPage, Error> {
    let found = service::list(state, event.row.id, query, query.list.extent()).await?;
    let words = (visit.theme(), visit.lang);
    let now = state.clock.now();
    Ok(RegistrationsPage::new(
        words,
        (event, now),
        query,
        found,
        error,
    ))
}

/// `POST /{lang}/organise/events/{event}/registrations`: confirms the selected registrations or sends their mails again,
/// or asks whether to cancel them.
async fn change_selected(
    state: Data<State>,
    visit: Visit<Organising>,
    path: Path<address::EventRegistrations>,
    posted: Posted,
) -> Reply {
    let id = path.event;
    let event = find(&state, &visit, id).await?;
    let query = RegistrationsQuery::read(posted.get("query"));
    let ids: Vec<RegistrationId> = list::selected(&posted);
    let change = match posted.get("do") {
        "cancel" => None,
        other => Some(change_named(other)?),
    };
    if ids.is_empty() {
        let error = Some("list-nothing-selected");
        return visit.show_again(&list_page(&state, &visit, &event, &query, error).await?);
    }
    let Some(change) = change else {
        return Ok(see_other(&cancel_url(&visit, id, &ids)));
    };
    let flash = changed(&state, &visit, id, (&ids, change)).await?;
    let back = query
        .list
        .address(&visit.url(&address::EventRegistrations { event: id }));
    Ok(flash.on(see_other(&back)))
}

/// The change that a button is for.
fn change_named(name: &str) -> Result<Change, Error> {
    match name {
        "confirm" => Ok(Change::Confirm),
        "resend" => Ok(Change::Resend),
        _ => Err(Error::BadRequest("no such action")),
    }
}

/// Where one is asked whether to cancel these registrations.
fn cancel_url(visit: &Visit<Organising>, event: EventId, ids: &[RegistrationId]) -> String {
    let ids = ids.iter().map(|id| ("id", id.to_string()));
    with_query(&visit.url(&address::CancelRegistrations { event }), ids)
}

/// Changes registrations; what came of it, to be told.
async fn changed(
    state: &State,
    visit: &Visit<Organising>,
    event: EventId,
    (ids, change): (&[RegistrationId], Change),
) -> Result<Flash, Error> {
    let key = match &change {
        Change::Cancel(_) => "flash-registrations-cancelled",
        Change::Confirm => "flash-registrations-confirmed",
        Change::Resend => "flash-registrations-resent",
    };
    match service::change(state, &visit.who, event, (ids, change)).await {
        Ok(changed) => {
            let Changed {
                done,
                unchanged,
                refused,
            } = changed;
            let flash = if done > 0 {
                Flash::success(key)
            } else {
                Flash::info(key)
            };
            Ok(flash.counts([done, unchanged, refused]))
        }
        Err(ChangeError::NoEvent) => Err(Error::NotFound),
        Err(ChangeError::Over) => Err(Error::Conflict("registrations-over")),
        Err(ChangeError::Database(error)) => Err(error.into()),
    }
}

/// `GET /{lang}/organise/events/{event}/registrations/export.{ending}?…`: the registrations of the list as a file,
/// without what people asked for. Recorded in the audit log before it is sent.
async fn export(
    state: Data<State>,
    visit: Visit<Organising>,
    path: Path<address::EventRegistrationsFile>,
    request: HttpRequest,
) -> Reply {
    let event = find(&state, &visit, path.event).await?;
    let query = RegistrationsQuery::read(request.query_string());
    let exported = ExportedList {
        kind: "list",
        id: "registrations",
    };
    let recorder = (&state.clock, &state.db);
    list::export(&visit, recorder, &path.ending, exported, async || {
        let found = service::list(&state, path.event, &query, Extent::All).await?;
        let mut note = query.list.export_note(found.total);
        if let Some(note) = note.as_object_mut() {
            note.insert("event".to_owned(), path.event.to_string().into());
        }
        let words = (visit.theme(), visit.lang);
        Ok((registrations_sheet(words, &event, found.rows), note))
    })
    .await
}

/// `GET /{lang}/organise/events/{event}/registrations/requests.{ending}`: what people asked for as a file, without
/// names and addresses: each has the number of the registration, by which its organisers find them. Recorded in the
/// audit log before it is sent.
async fn export_requests(
    state: Data<State>,
    visit: Visit<Organising>,
    path: Path<address::EventRequestsFile>,
) -> Reply {
    let event = find(&state, &visit, path.event).await?;
    let exported = ExportedList {
        kind: "list",
        id: "requests",
    };
    let recorder = (&state.clock, &state.db);
    list::export(&visit, recorder, &path.ending, exported, async || {
        let rows = service::requests(&state, path.event).await?;
        let note = serde_json::json!({ "rows": rows.len(), "event": path.event });
        let words = (visit.theme(), visit.lang);
        Ok((requests_sheet(words, &event, rows), note))
    })
    .await
}

/// `GET /{lang}/organise/events/{event}/registrations/{registration}`: for its organisers.
async fn registration(
    state: Data<State>,
    visit: Visit<Organising>,
    path: Path<address::OrganisedRegistration>,
) -> Reply {
    let event = find(&state, &visit, path.event).await?;
    let seen = service::one(&state, path.event, path.registration).await?;
    let seen = seen.ok_or(Error::NotFound)?;
    let words = (visit.theme(), visit.lang);
    let now = state.clock.now();
    visit.show(&OrganisedRegistrationPage::new(words, &event, &seen, now))
}

/// `POST /{lang}/organise/events/{event}/registrations/{registration}`: confirms it, or sends its mail again.
async fn change_one(
    state: Data<State>,
    visit: Visit<Organising>,
    path: Path<address::OrganisedRegistration>,
    posted: Posted,
) -> Reply {
    let (event, id) = (path.event, path.registration);
    find(&state, &visit, event).await?;
    if service::one(&state, event, id).await?.is_none() {
        return Err(Error::NotFound);
    }
    let change = change_named(posted.get("do"))?;
    let flash = changed(&state, &visit, event, (&[id], change)).await?;
    Ok(flash.on(to_registration(&visit, event, id)))
}

fn to_registration(
    visit: &Visit<Organising>,
    event: EventId,
    registration: RegistrationId,
) -> HttpResponse {
    let page = address::OrganisedRegistration {
        event,
        registration,
    };
    see_other(&visit.url(&page))
}

/// `GET /{lang}/organise/events/{event}/registrations/cancel?id=&id=`: says how many people are told, and asks what
/// else they are told.
async fn cancel_form(
    state: Data<State>,
    visit: Visit<Organising>,
    path: Path<address::CancelRegistrations>,
    named: Query<Vec<(String, String)>>,
) -> Reply {
    let event = find(&state, &visit, path.event).await?;
    let ids = named.iter().filter(|(name, _)| name == "id");
    let most = usize::try_from(PAGE_SIZE).unwrap_or(usize::MAX);
    let ids: Vec<RegistrationId> = ids
        .filter_map(|(_, id)| id.parse().ok())
        .take(most)
        .collect();
    match cancel_page(&state, &visit, &event, &ids, &FormState::new()).await? {
        Some(page) => visit.show(&page),
        None => Ok(nothing_to_cancel(&visit, path.event)),
    }
}

/// The question about those of the registrations that are in force; `None` if there is none.
async fn cancel_page(
    state: &State,
    visit: &Visit<Organising>,
    event: &Event,
    ids: &[RegistrationId],
    form: &FormState,
) -> Result<Option<CancelRegistrationsPage>, Error> {
    if !service::can_change(event, state.clock.now()) {
        return Err(Error::Conflict("registrations-over"));
    }
    let rows = service::in_force(state, event.row.id, ids).await?;
    let words = (visit.theme(), visit.lang);
    Ok((!rows.is_empty()).then(|| CancelRegistrationsPage::new(words, event, &rows, form)))
}

fn nothing_to_cancel(visit: &Visit<Organising>, event: EventId) -> HttpResponse {
    let list = see_other(&visit.url(&address::EventRegistrations { event }));
    Flash::info("flash-registrations-cancelled")
        .counts([0, 0, 0])
        .on(list)
}

/// `POST /{lang}/organise/events/{event}/registrations/cancel`: cancels those that were shown.
async fn cancel(
    state: Data<State>,
    visit: Visit<Organising>,
    path: Path<address::CancelRegistrations>,
    posted: Posted,
) -> Reply {
    let id = path.event;
    let event = find(&state, &visit, id).await?;
    let ids: Vec<RegistrationId> = list::selected(&posted);
    match posted.read::<RawWhy>() {
        Ok(why) => {
            let flash = changed(&state, &visit, id, (&ids, Change::Cancel(why))).await?;
            let back = match ids.as_slice() {
                [one] if service::one(&state, id, *one).await?.is_some() => {
                    to_registration(&visit, id, *one)
                }
                _ => see_other(&visit.url(&address::EventRegistrations { event: id })),
            };
            Ok(flash.on(back))
        }
        Err(form) => match cancel_page(&state, &visit, &event, &ids, &form).await? {
            Some(page) => visit.show_again(&page),
            None => Ok(nothing_to_cancel(&visit, id)),
        },
    }
}

/// `GET /{lang}/organise/events/{event}/registrations/new`: for its organisers.
async fn add_form(
    state: Data<State>,
    visit: Visit<Organising>,
    path: Path<address::AddRegistration>,
) -> Reply {
    let event = find(&state, &visit, path.event).await?;
    let form = FormState::new().value("locale", visit.lang.as_str());
    visit.show(&add_page(&state, &visit, &event, None, &form).await?)
}

async fn add_page(
    state: &State,
    visit: &Visit<Organising>,
    event: &Event,
    found: Option<Vec<Organisation>>,
    form: &FormState,
) -> Result<AddRegistrationPage, Error> {
    let to_add = ToAdd {
        counts: counts(state.db.read(), event.row.id, event.row.capacity).await?,
        is_possible: service::can_change(event, state.clock.now()),
        found,
    };
    let words = (visit.theme(), visit.lang);
    Ok(AddRegistrationPage::new(words, event, to_add, form))
}

/// `POST /{lang}/organise/events/{event}/registrations/new`: registers somebody, who gets a mail.
async fn add(
    state: Data<State>,
    visit: Visit<Organising>,
    path: Path<address::AddRegistration>,
    posted: Posted,
) -> Reply {
    let id = path.event;
    let event = find(&state, &visit, id).await?;
    let read = posted.read::<RawAddedRegistration>();
    let (mut input, new_organisation) = match with_organisation(&state, &posted, read).await? {
        Ok(read) => read,
        Err((found, form)) => {
            let form = form.value("locale", posted.get("locale"));
            return visit.show_again(&add_page(&state, &visit, &event, found, &form).await?);
        }
    };
    input.origin = Origin::Organiser;
    input.registered_by = Some(visit.who.account_id);
    match registering::add(&state, id, (input, new_organisation)).await {
        Ok(outcome) => {
            let flash = match &outcome {
                Outcome::Already(_) => Flash::info("flash-added-already"),
                Outcome::Made(row) if row.state == RegistrationState::Waiting => {
                    Flash::success("flash-added-waiting")
                }
                Outcome::Made(_) => Flash::success("flash-added"),
            };
            let registration = outcome.registration().id;
            Ok(flash.on(to_registration(&visit, id, registration)))
        }
        Err(Refused::Database(error)) => Err(error.into()),
        Err(_) => {
            // The page says why.
            let form = with_typed_organisation(&posted, posted.typed::<RawAddedRegistration>());
            let event = find(&state, &visit, id).await?;
            visit.show_conflict(&add_page(&state, &visit, &event, None, &form).await?)
        }
    }
}
