//! The handlers of registrations: read the request, call a use case, show a page or redirect.

mod calendar;
mod found;
mod group;
mod own;
mod substitute;

use actix_web::{
    HttpRequest,
    web::{Data, ServiceConfig},
};

use found::{announced, opened};
pub(crate) use own::own_cards;

use super::{
    State,
    forms::{
        GuestRegistration, OrganisationChoice, RawDetails, RawGuestRegistration,
        RawOrganisationChoice, RegistrationInput,
    },
    import, link, messages,
    model::{Origin, Outcome, RegistrationState},
    needs::Needs,
    places::{self, Refused},
    service::{self, Action},
    views::{
        CancelRegistrationPage, NOT_LISTED, ORGANISATION_FIELDS, RegisterForEventPage, Registering,
        RegistrationPage, RegistrationSentPage,
    },
};
use crate::{
    events::Event,
    http::{
        Anyone, Error, Flash, FormState, Lang, Path, Posted, Reply, Visit, address, route::page,
        see_other,
    },
    ids::EventId,
    mail::Email,
    organisations::{self, OrganisationInput, RawOrganisation},
    principal::Principal,
};

/// The routes below `/{lang}`.
pub fn routes(config: &mut ServiceConfig) {
    calendar::routes(config);
    group::routes(config);
    own::routes(config);
    substitute::routes(config);
    import::routes(config);
    messages::routes(config);
    config
        .service(page::<address::RegisterForEvent>().get(form).post(register))
        .service(page::<address::RegistrationSent>().get(sent))
        .service(
            page::<address::Registration>()
                .not_a_destination()
                .get(registration),
        )
        .service(page::<address::ConfirmRegistration>().post(confirm))
        .service(page::<address::AcceptPlace>().post(accept))
        .service(
            page::<address::CancelRegistration>()
                .not_a_destination()
                .get(cancel_form)
                .post(cancel),
        )
        .service(page::<address::ChangeRegistration>().post(change));
}

/// A signed-in person as their registration names them; `None` until they have a name.
async fn who(
    state: &State,
    visit: &Visit<Anyone>,
) -> Result<Option<(Registering, Option<(RegistrationInput, Principal)>)>, Error> {
    let Some(principal) = visit.who.clone() else {
        return Ok(Some((Registering::Guest(None), None)));
    };
    let known = service::known(state, &principal, visit.lang).await?;
    Ok(known.map(|(input, organisation)| {
        let registering = Registering::Account {
            name: format!(
                "{} {}",
                input.given_name.as_str(),
                input.family_name.as_str()
            ),
            email: input.email.as_str().to_owned(),
            organisation,
        };
        (registering, Some((input, principal)))
    }))
}

/// `GET /{lang}/events/{event}/register`: open to anyone.
async fn form(
    state: Data<State>,
    visit: Visit<Anyone>,
    path: Path<address::RegisterForEvent>,
) -> Reply {
    let event = announced(&state, path.event).await?;
    let Some((registering, known)) = who(&state, &visit).await? else {
        return Ok(see_other(&profile_first(&visit, path.event)));
    };
    if let Some((_, principal)) = &known
        && let Some(existing) =
            super::active_of(state.db.read(), path.event, principal.person_id).await?
    {
        let token = link::token(&state.secret, &existing);
        return Ok(see_other(&visit.url(&address::Registration { token })));
    }
    let refused = places::check_window(&event, state.clock.now()).err();
    let form = FormState::new();
    let page = form_page(
        &state,
        &visit,
        &event,
        (&registering, refused.as_ref()),
        &form,
    )
    .await?;
    visit.show(&page)
}

/// Where a signed-in person without a name goes first.
fn profile_first(visit: &Visit<Anyone>, event: EventId) -> String {
    let next = visit.url(&address::RegisterForEvent { event });
    let profile = visit.url(&address::MyProfile);
    address::with_query(&profile, [("next", next)])
}

async fn form_page(
    state: &State,
    visit: &Visit<Anyone>,
    event: &Event,
    who: (&Registering, Option<&Refused>),
    form: &FormState,
) -> Result<RegisterForEventPage, Error> {
    let counts = places::counts(state.db.read(), event.row.id, event.row.capacity).await?;
    Ok(RegisterForEventPage::new(
        visit.theme(),
        visit.lang,
        event,
        counts,
        who,
        form,
    ))
}

/// `POST /{lang}/events/{event}/register`: open to anyone. For a person without an account the response is the same
/// whoever has the address.
async fn register(
    state: Data<State>,
    visit: Visit<Anyone>,
    path: Path<address::RegisterForEvent>,
    request: HttpRequest,
    posted: Posted,
) -> Reply {
    let event = announced(&state, path.event).await?;
    let Some((registering, known)) = who(&state, &visit).await? else {
        return Ok(see_other(&profile_first(&visit, path.event)));
    };
    let (input, new_organisation) = match known {
        Some((input, _)) => match posted.read::<RawDetails>() {
            Ok((role, needs)) => (
                RegistrationInput {
                    role,
                    needs,
                    ..input
                },
                None,
            ),
            Err(form) => {
                let page = form_page(&state, &visit, &event, (&registering, None), &form).await?;
                return visit.show_again(&page);
            }
        },
        None => match guest_input(&state, &visit, &posted).await? {
            Ok(read) => {
                let client = visit.shell().client_address(&request);
                state.limits.mail(state.clock.now(), client)?;
                read
            }
            Err((found, form)) => {
                let who = Registering::Guest(found);
                let page = form_page(&state, &visit, &event, (&who, None), &form).await?;
                return visit.show_again(&page);
            }
        },
    };
    let is_guest = input.origin == Origin::Guest;
    match service::add(&state, path.event, (input, new_organisation)).await {
        Ok(_) if is_guest => {
            let sent = address::RegistrationSent { event: path.event };
            Ok(see_other(&visit.url(&sent)))
        }
        Ok(outcome) => {
            let flash = match &outcome {
                Outcome::Already(_) => Flash::info("flash-registered-already"),
                Outcome::Made(row) if row.state == RegistrationState::Waiting => {
                    Flash::success("flash-waiting")
                }
                Outcome::Made(_) => Flash::success("flash-registered"),
            };
            let token = link::token(&state.secret, outcome.registration());
            Ok(flash.on(see_other(&visit.url(&address::Registration { token }))))
        }
        Err(Refused::Database(error)) => Err(error.into()),
        Err(refused) => {
            let form = typed(&posted);
            let form = match refused {
                Refused::NeedsOrganisation if is_guest => {
                    form.error("organisation", "registration-needs-organisation")
                }
                Refused::OtherAudience if is_guest => {
                    form.error("organisation", "registration-other-audience")
                }
                _ => {
                    let who = (&registering, Some(&refused));
                    let page = form_page(&state, &visit, &event, who, &form).await?;
                    return visit.show_conflict(&page);
                }
            };
            let page = form_page(&state, &visit, &event, (&registering, None), &form).await?;
            visit.show_again(&page)
        }
    }
}

fn typed(posted: &Posted) -> FormState {
    with_typed_organisation(posted, posted.typed::<RawGuestRegistration>())
}

/// The form with what was typed about the organisation.
pub(super) fn with_typed_organisation(posted: &Posted, form: FormState) -> FormState {
    ORGANISATION_FIELDS.iter().fold(form, |form, field| {
        form.value(field.name, posted.get(field.name))
    })
}

/// A registration of somebody without an account, and a new organisation.
pub(super) type GuestInput = (RegistrationInput, Option<OrganisationInput>);
/// The organisations found for what was typed, if they are to choose one, and the form with its errors.
pub(super) type GuestProblem = (Option<Vec<organisations::Organisation>>, FormState);

/// What a person without an account typed, with their organisation: one of the register, or a new one.
async fn guest_input(
    state: &State,
    visit: &Visit<Anyone>,
    posted: &Posted,
) -> Result<Result<GuestInput, GuestProblem>, Error> {
    let read = posted.read::<RawGuestRegistration>();
    let read = read.map(|read| (read, visit.lang));
    with_organisation(state, posted, read).await
}

/// Joins what was read of a person without an account, with the language of mails, with the organisation that was
/// named: one of the register, or a new one.
pub(super) async fn with_organisation(
    state: &State,
    posted: &Posted,
    read: Result<(GuestRegistration, Lang), FormState>,
) -> Result<Result<GuestInput, GuestProblem>, Error> {
    let choice = posted.read::<RawOrganisationChoice>().unwrap_or_default();
    let (found, organisation_id) = organisation_of(state, &choice).await?;
    let is_new = posted.get("organisation_id") == NOT_LISTED;
    let mut form = match &read {
        Ok(_) => typed(posted),
        Err(form) => with_typed_organisation(posted, form.clone()),
    };
    let mut new_organisation = None;
    let mut is_open = false;
    if organisation_id.is_none() && !choice.typed.is_empty() {
        if is_new {
            match new_organisation_of(posted, &choice.typed) {
                Ok(input) => new_organisation = Some(input),
                Err(problems) => {
                    form = problems
                        .into_iter()
                        .fold(form, |form, (field, key)| form.error(field, key));
                    is_open = true;
                }
            }
        } else {
            form = form.error("organisation_id", "registration-choose-organisation");
            is_open = true;
        }
    }
    let Ok((read, lang)) = read else {
        return Ok(Err((is_open.then_some(found), form)));
    };
    if is_open {
        return Ok(Err((Some(found), form)));
    }
    let (role, needs): (String, Needs) = read.details;
    let email: Email = read.email;
    let (given_name, family_name) = read.names;
    let input = RegistrationInput {
        person_id: None,
        given_name,
        family_name,
        email,
        lang,
        organisation_id,
        role,
        needs,
        origin: Origin::Guest,
        group_id: None,
        registered_by: None,
    };
    Ok(Ok((input, new_organisation)))
}

/// The organisations that match what was typed, and the one that is meant: chosen, the only one found, or the one
/// with just this name or number.
async fn organisation_of(
    state: &State,
    choice: &OrganisationChoice,
) -> Result<
    (
        Vec<organisations::Organisation>,
        Option<crate::ids::OrganisationId>,
    ),
    Error,
> {
    if choice.typed.is_empty() {
        return Ok((Vec::new(), None));
    }
    let (found, _) = organisations::search(&state.db, &choice.typed).await?;
    let is_same = |one: &organisations::Organisation| {
        crate::text::fold(&one.name) == crate::text::fold(&choice.typed)
            || one.registration_number.as_deref() == Some(choice.typed.as_str())
    };
    let chosen = choice
        .chosen
        .filter(|id| found.iter().any(|one| one.id == *id));
    let same = found.iter().find(|one| is_same(one)).map(|one| one.id);
    Ok((found, chosen.or(same)))
}

/// A new organisation, with the name as typed.
fn new_organisation_of(
    posted: &Posted,
    name: &str,
) -> Result<OrganisationInput, Vec<(&'static str, &'static str)>> {
    let fields = [
        ("name", name),
        ("registration_number", posted.get("registration_number")),
        ("kind", posted.get("organisation_kind")),
    ];
    Posted::from_fields(&fields)
        .read::<RawOrganisation>()
        .map_err(|form| {
            let problems = [
                ("organisation-kind-missing", "organisation_kind"),
                ("registration-number-wrong", "registration_number"),
                ("registration-number-check-digit", "registration_number"),
            ];
            let found: Vec<_> = problems
                .into_iter()
                .filter(|(key, _)| form.has_error(key))
                .map(|(key, field)| (field, key))
                .collect();
            if found.is_empty() {
                vec![("organisation", "organisation-name-strange")]
            } else {
                found
            }
        })
}

/// `GET /{lang}/events/{event}/register/sent`: open to anyone.
async fn sent(
    state: Data<State>,
    visit: Visit<Anyone>,
    path: Path<address::RegistrationSent>,
) -> Reply {
    let event = announced(&state, path.event).await?;
    visit.show(&RegistrationSentPage::new(
        visit.theme(),
        visit.lang,
        &event,
    ))
}

/// `GET /{lang}/registrations/{token}`: for whoever has the link. Opening it changes nothing, because mail scanners
/// open links.
async fn registration(
    state: Data<State>,
    visit: Visit<Anyone>,
    path: Path<address::Registration>,
) -> Reply {
    let seen = opened(&state, &path.token).await?;
    let now = state.clock.now();
    let page = RegistrationPage::new(visit.theme(), visit.lang, (&seen, &path.token), now, None);
    visit.show(&page)
}

/// Carries out an action, and leads back to the registration.
async fn acted(
    state: &State,
    visit: &Visit<Anyone>,
    token: &str,
    action: Action,
    flash: &'static str,
) -> Reply {
    let seen = opened(state, token).await?;
    let ids = (seen.event.row.id, seen.registration.id);
    let flash = match service::act(state, ids, action).await {
        Ok(_) => Flash::success(flash),
        Err(Refused::Database(error)) => return Err(error.into()),
        Err(Refused::TooLate(_)) => Flash::info("flash-registration-too-late"),
        Err(_) => Flash::info("flash-registration-ended"),
    };
    let page = address::Registration {
        token: token.to_owned(),
    };
    Ok(flash.on(see_other(&visit.url(&page))))
}

/// `POST /{lang}/registrations/{token}/confirm`.
async fn confirm(
    state: Data<State>,
    visit: Visit<Anyone>,
    path: Path<address::ConfirmRegistration>,
    _posted: Posted,
) -> Reply {
    let flash = "flash-registration-confirmed";
    acted(&state, &visit, &path.token, Action::Confirm, flash).await
}

/// `POST /{lang}/registrations/{token}/accept`.
async fn accept(
    state: Data<State>,
    visit: Visit<Anyone>,
    path: Path<address::AcceptPlace>,
    _posted: Posted,
) -> Reply {
    acted(
        &state,
        &visit,
        &path.token,
        Action::Accept,
        "flash-place-accepted",
    )
    .await
}

/// `GET /{lang}/registrations/{token}/cancel`: asks first.
async fn cancel_form(
    state: Data<State>,
    visit: Visit<Anyone>,
    path: Path<address::CancelRegistration>,
) -> Reply {
    let seen = opened(&state, &path.token).await?;
    let page = CancelRegistrationPage::new(visit.theme(), visit.lang, &seen, &path.token);
    visit.show(&page)
}

/// `POST /{lang}/registrations/{token}/cancel`.
async fn cancel(
    state: Data<State>,
    visit: Visit<Anyone>,
    path: Path<address::CancelRegistration>,
    _posted: Posted,
) -> Reply {
    let flash = "flash-registration-cancelled";
    acted(&state, &visit, &path.token, Action::Cancel, flash).await
}

/// `POST /{lang}/registrations/{token}/change`: position and needs.
async fn change(
    state: Data<State>,
    visit: Visit<Anyone>,
    path: Path<address::ChangeRegistration>,
    posted: Posted,
) -> Reply {
    match posted.read::<RawDetails>() {
        Ok((role, needs)) => {
            let action = Action::Change(role, needs);
            acted(&state, &visit, &path.token, action, "flash-saved").await
        }
        Err(form) => {
            let seen = opened(&state, &path.token).await?;
            let now = state.clock.now();
            let of = (&seen, path.token.as_str());
            let page = RegistrationPage::new(visit.theme(), visit.lang, of, now, Some(&form));
            visit.show_again(&page)
        }
    }
}
