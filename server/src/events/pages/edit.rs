//! Making, changing, announcing and cancelling events.

use actix_web::{
    HttpResponse,
    web::{Data, ServiceConfig},
};

use crate::{
    events::{
        State, forms,
        forms::{Against, EventForm, EventInput, RawCancellation, RawFirstDay},
        model::{EventStatus, Strands},
        service::{self, EditError, Stored},
        views::{
            form::{EventFormPage, FormOf},
            organised::{CancelEventPage, DeleteEventPage, DuplicateEventPage, KindsPage},
        },
    },
    http::{
        Error, Flash, FormState, Organising, Path, Posted, Reply, Visit, address, route::page,
        see_other,
    },
    ids::EventId,
    programme::{EventKind, audience_slug},
};

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(page::<address::NewEvent>().get(kinds))
        .service(page::<address::NewEventOf>().get(new_form).post(create))
        .service(page::<address::EditEvent>().get(edit_form).post(update))
        .service(page::<address::PublishEvent>().post(publish))
        .service(page::<address::CancelEvent>().get(cancel_form).post(cancel))
        .service(
            page::<address::DuplicateEvent>()
                .get(duplicate_form)
                .post(duplicate),
        )
        .service(page::<address::DeleteEvent>().get(delete_form).post(delete));
}

/// `GET /{lang}/organise/events/new`: for organisers and managers.
async fn kinds(state: Data<State>, visit: Visit<Organising>) -> Reply {
    let words = (visit.theme(), visit.lang);
    visit.show(&KindsPage::new(words, &state.programme))
}

/// The kind of an address.
fn kind_of<'a>(state: &'a State, kind: &str) -> Result<&'a EventKind, Error> {
    state.programme.event_kind(kind).ok_or(Error::NotFound)
}

async fn strands(state: &State, visit: &Visit<Organising>) -> Result<Strands, Error> {
    Ok(service::strands_of(state.db.read(), &visit.who).await?)
}

/// `GET /{lang}/organise/events/new/{kind}`: the form, with what the kind begins with.
async fn new_form(
    state: Data<State>,
    visit: Visit<Organising>,
    path: Path<address::NewEventOf>,
) -> Reply {
    let kind = kind_of(&state, &path.kind)?;
    let strands = strands(&state, &visit).await?;
    let own = |id: &str| strands.has(id);
    let strand = state
        .programme
        .strand(&kind.strand)
        .filter(|strand| own(&strand.id))
        .or_else(|| {
            state
                .programme
                .strands
                .iter()
                .find(|strand| own(&strand.id))
        });
    let (strand, audience) = strand.map_or(("", ""), |strand| {
        (strand.id.as_str(), audience_slug(strand.audience.0))
    });
    let form = EventForm::of_kind(kind, visit.lang, strand, audience);
    visit.show(&form_page(
        &state,
        &visit,
        &strands,
        FormOf::New(kind),
        form,
    ))
}

fn form_page(
    state: &State,
    visit: &Visit<Organising>,
    strands: &Strands,
    of: FormOf<'_>,
    form: EventForm,
) -> EventFormPage {
    let words = (visit.theme(), visit.lang);
    EventFormPage::new(words, &state.programme, strands, of, form)
}

/// What a form asks for.
enum Asked {
    /// To be shown again with another part, or without one.
    Other(Box<EventForm>),
    /// To be kept.
    Keep(Box<EventInput>),
    /// It is wrong.
    Wrong(Box<EventForm>),
}

/// Reads the form: its buttons add and remove parts, or keep it.
fn asked(posted: &Posted, against: Against<'_>) -> Asked {
    let typed = || EventForm::typed(posted);
    let number = |rest: &str| rest.parse().unwrap_or_default();
    let wish = posted.get("do");
    let other = match wish {
        "add-session" => Some(typed().with_another_session()),
        "add-material" => Some(typed().with_another_material()),
        _ => wish
            .strip_prefix("remove-session-")
            .map(|rest| typed().without_session(number(rest)))
            .or_else(|| {
                let rest = wish.strip_prefix("remove-material-")?;
                Some(typed().without_material(number(rest)))
            }),
    };
    match other {
        Some(form) => Asked::Other(Box::new(form)),
        None => match forms::read(posted, against) {
            Ok(input) => Asked::Keep(Box::new(input)),
            Err(form) => Asked::Wrong(form),
        },
    }
}

/// `POST /{lang}/organise/events/new/{kind}`: makes a draft.
async fn create(
    state: Data<State>,
    visit: Visit<Organising>,
    path: Path<address::NewEventOf>,
    posted: Posted,
) -> Reply {
    let kind = kind_of(&state, &path.kind)?;
    let strands = strands(&state, &visit).await?;
    let against = Against {
        kind,
        now: state.clock.now(),
        stored: None,
    };
    let shown = |form| form_page(&state, &visit, &strands, FormOf::New(kind), form);
    let form = match asked(&posted, against) {
        Asked::Other(form) => return visit.show(&shown(*form)),
        Asked::Wrong(form) => *form,
        Asked::Keep(input) => {
            match service::create(&state.clock, &state.db, &visit.who, *input).await {
                Ok(id) => return Ok(done(&visit, id, "flash-event-created")),
                Err(EditError::NotTheirStrand) => {
                    EventForm::typed(&posted).error(None, "strand", "event-strand-missing")
                }
                Err(error) => return Err(edit_error(error)),
            }
        }
    };
    visit.show_again(&shown(form))
}

async fn find(state: &State, visit: &Visit<Organising>, id: EventId) -> Result<Stored, Error> {
    service::stored(&state.db, &visit.who, id)
        .await?
        .ok_or(Error::NotFound)
}

/// The kind of a stored event, to check it against; an event of a kind that the programme no longer names is not
/// changed.
fn kind_of_stored<'a>(state: &'a State, stored: &Stored) -> Result<&'a EventKind, Error> {
    let kind = state.programme.event_kind(&stored.event.row.kind);
    kind.ok_or(Error::Conflict("event-kind-gone"))
}

/// `GET /{lang}/organise/events/{event}/edit`.
async fn edit_form(
    state: Data<State>,
    visit: Visit<Organising>,
    path: Path<address::EditEvent>,
) -> Reply {
    let stored = find(&state, &visit, path.event).await?;
    kind_of_stored(&state, &stored)?;
    if stored.event.row.status == EventStatus::Cancelled {
        return Err(Error::Conflict("event-state"));
    }
    let strands = strands(&state, &visit).await?;
    let form = EventForm::of(&stored.event, &stored.materials);
    let of = FormOf::Stored(&stored, &[]);
    visit.show(&form_page(&state, &visit, &strands, of, form))
}

/// `POST /{lang}/organise/events/{event}/edit`: changes it.
async fn update(
    state: Data<State>,
    visit: Visit<Organising>,
    path: Path<address::EditEvent>,
    posted: Posted,
) -> Reply {
    let id = path.event;
    let stored = find(&state, &visit, id).await?;
    let kind = kind_of_stored(&state, &stored)?;
    let strands = strands(&state, &visit).await?;
    let against = Against {
        kind,
        now: state.clock.now(),
        stored: Some(&stored.event),
    };
    let shown = |form| form_page(&state, &visit, &strands, FormOf::Stored(&stored, &[]), form);
    let form = match asked(&posted, against) {
        Asked::Other(form) => return visit.show(&shown(*form)),
        Asked::Wrong(form) => *form,
        Asked::Keep(input) => {
            let typed = EventForm::typed(&posted);
            let places = input.places_in_form.clone();
            match service::update(&state, &visit.who, id, typed.clone(), *input).await {
                Ok(()) => return Ok(done(&visit, id, "flash-event-changed")),
                Err(EditError::NotTheirStrand) => {
                    typed.error(None, "strand", "event-strand-missing")
                }
                Err(EditError::TooFew { taken }) => typed.capacity_taken(taken),
                Err(EditError::Lacks(missing)) => missing.iter().fold(typed, |form, lacks| {
                    let session = lacks.session.and_then(|index| places.get(index).copied());
                    form.error(session, lacks.field, lacks.key)
                }),
                Err(EditError::Stale(changed, now)) => {
                    // What is typed stays; sent again, it replaces what was changed.
                    let form = typed.opened_at(&now.event, &now.materials);
                    let of = FormOf::Stored(&now, &changed);
                    let page = form_page(&state, &visit, &strands, of, form);
                    return visit.show_conflict(&page);
                }
                Err(error) => return Err(edit_error(error)),
            }
        }
    };
    visit.show_again(&shown(form))
}

/// `POST /{lang}/organise/events/{event}/publish`: announces a draft.
async fn publish(
    state: Data<State>,
    visit: Visit<Organising>,
    path: Path<address::PublishEvent>,
    _posted: Posted,
) -> Reply {
    let id = path.event;
    match service::announce(&state.clock, &state.db, &visit.who, id).await {
        Ok(()) => Ok(done(&visit, id, "flash-event-announced")),
        Err(EditError::Lacks(_)) => {
            // The page says what.
            let flash = Flash::error("flash-event-lacks");
            let event = address::OrganisedEvent { event: id };
            Ok(flash.on(see_other(&visit.url(&event))))
        }
        Err(error) => Err(edit_error(error)),
    }
}

/// `GET /{lang}/organise/events/{event}/cancel`: says how many people are told, and asks for the reason.
async fn cancel_form(
    state: Data<State>,
    visit: Visit<Organising>,
    path: Path<address::CancelEvent>,
) -> Reply {
    let page = cancel_page(&state, &visit, path.event, &FormState::new()).await?;
    visit.show(&page)
}

async fn cancel_page(
    state: &State,
    visit: &Visit<Organising>,
    id: EventId,
    form: &FormState,
) -> Result<CancelEventPage, Error> {
    let Stored { event, .. } = find(state, visit, id).await?;
    if event.row.status != EventStatus::Published || event.row.ends_at <= state.clock.now() {
        return Err(Error::Conflict("event-state"));
    }
    let places = service::places_of(state, &event).await?;
    let words = (visit.theme(), visit.lang);
    Ok(CancelEventPage::new(words, &event, places, form))
}

/// `POST /{lang}/organise/events/{event}/cancel`.
async fn cancel(
    state: Data<State>,
    visit: Visit<Organising>,
    path: Path<address::CancelEvent>,
    posted: Posted,
) -> Reply {
    let id = path.event;
    match posted.read::<RawCancellation>() {
        Ok(reason) => match service::cancel(&state, &visit.who, id, reason).await {
            Ok(()) => Ok(done(&visit, id, "flash-event-cancelled")),
            Err(error) => Err(edit_error(error)),
        },
        Err(form) => visit.show_again(&cancel_page(&state, &visit, id, &form).await?),
    }
}

/// `GET /{lang}/organise/events/{event}/duplicate`: asks for the first day.
async fn duplicate_form(
    state: Data<State>,
    visit: Visit<Organising>,
    path: Path<address::DuplicateEvent>,
) -> Reply {
    let stored = find(&state, &visit, path.event).await?;
    let words = (visit.theme(), visit.lang);
    visit.show(&DuplicateEventPage::new(
        words,
        &stored.event,
        &FormState::new(),
    ))
}

/// `POST /{lang}/organise/events/{event}/duplicate`: makes a draft like it.
async fn duplicate(
    state: Data<State>,
    visit: Visit<Organising>,
    path: Path<address::DuplicateEvent>,
    posted: Posted,
) -> Reply {
    let stored = find(&state, &visit, path.event).await?;
    let today = crate::http::Lang::riga_date(state.clock.now());
    let form = match posted.read::<RawFirstDay>() {
        Ok(day) if day < today => posted
            .typed::<RawFirstDay>()
            .error("first_day", "event-session-past"),
        Ok(day) => {
            let id = path.event;
            match service::duplicate(&state.clock, &state.db, &visit.who, id, day).await {
                Ok(id) => return Ok(done(&visit, id, "flash-event-duplicated")),
                Err(error) => return Err(edit_error(error)),
            }
        }
        Err(form) => form,
    };
    let words = (visit.theme(), visit.lang);
    visit.show_again(&DuplicateEventPage::new(words, &stored.event, &form))
}

/// `GET /{lang}/organise/events/{event}/delete`: asks whether the draft is to be deleted.
async fn delete_form(
    state: Data<State>,
    visit: Visit<Organising>,
    path: Path<address::DeleteEvent>,
) -> Reply {
    let stored = find(&state, &visit, path.event).await?;
    if stored.event.row.status != EventStatus::Draft {
        return Err(Error::Conflict("event-state"));
    }
    let words = (visit.theme(), visit.lang);
    visit.show(&DeleteEventPage::new(words, &stored.event))
}

/// `POST /{lang}/organise/events/{event}/delete`.
async fn delete(
    state: Data<State>,
    visit: Visit<Organising>,
    path: Path<address::DeleteEvent>,
    _posted: Posted,
) -> Reply {
    match service::delete(&state.clock, &state.db, &visit.who, path.event).await {
        Ok(()) => {
            let flash = Flash::success("flash-event-deleted");
            Ok(flash.on(see_other(&visit.url(&address::Organise))))
        }
        Err(error) => Err(edit_error(error)),
    }
}

/// Redirects to an event as its organisers see it.
fn done(visit: &Visit<Organising>, event: EventId, flash: &str) -> HttpResponse {
    Flash::success(flash).on(see_other(&visit.url(&address::OrganisedEvent { event })))
}

fn edit_error(error: EditError) -> Error {
    match error {
        EditError::NoEvent => Error::NotFound,
        EditError::NotTheirStrand => Error::Forbidden,
        EditError::OtherState => Error::Conflict("event-state"),
        EditError::Database(error) => error.into(),
        EditError::Stale(..) | EditError::Lacks(_) | EditError::TooFew { .. } => {
            Error::internal(error)
        }
    }
}
