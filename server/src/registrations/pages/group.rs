//! Somebody registers several people of their organisation at once, and sees the group later.

use actix_web::{
    HttpRequest,
    web::{Data, ServiceConfig},
};

use super::found::announced;
use crate::{
    events::Event,
    http::{
        Error, Flash, Path, Posted, Reply, SignedIn, Visit,
        address::{self, Address as _},
        route::page,
        see_other,
    },
    ids::{AccountId, EventId, OrganisationId, RegistrationGroupId, RegistrationId},
    registrations::{
        State,
        forms::Colleague,
        group_form::{self, GroupForm},
        model::{PlaceCounts, Registration},
        places::{self, Refused},
        service::{
            self,
            group::{self, Group, GroupMode, Registrar},
            substitute::{self, By},
        },
        views::{
            group::{CancelMemberPage, GroupFormPage, GroupPage, GroupResultPage, GroupReviewPage},
            substitute::{SubstituteOf, SubstitutePage},
        },
    },
};

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(page::<address::RegisterGroup>().get(form).post(register))
        .service(page::<address::MyGroup>().get(members))
        .service(
            page::<address::CancelMember>()
                .get(cancel_form)
                .post(cancel),
        )
        .service(
            page::<address::SubstituteMember>()
                .get(substitute_form)
                .post(take_over),
        );
}

/// Who registers, and for which organisation.
struct Employer {
    name: String,
    organisation_id: OrganisationId,
    organisation: String,
}

/// A signed-in person as they register others; else where they go first: to say who they are, or where they work.
async fn employer(
    state: &State,
    visit: &Visit<SignedIn>,
    event: EventId,
) -> Result<Result<Employer, String>, Error> {
    let next = visit.url(&address::RegisterGroup { event });
    let first = |page: String| address::with_query(&page, [("next", next.clone())]);
    let Some((input, organisation)) = service::known(state, &visit.who, visit.lang).await? else {
        return Ok(Err(first(visit.url(&address::MyProfile))));
    };
    let Some((organisation_id, organisation)) = input.organisation_id.zip(organisation) else {
        return Ok(Err(first(visit.url(&address::MyOrganisation))));
    };
    let (given, family) = (input.given_name.as_str(), input.family_name.as_str());
    Ok(Ok(Employer {
        name: format!("{given} {family}").trim().to_owned(),
        organisation_id,
        organisation,
    }))
}

/// Whether people of the employer can be registered now.
async fn check(
    state: &State,
    event: &Event,
    employer: &Employer,
) -> Result<Result<(), Refused>, Error> {
    if let Err(refused) = places::check_window(event, state.clock.now()) {
        return Ok(Err(refused));
    }
    let organisation = Some(employer.organisation_id);
    match service::check_audience(state.db.read(), event, organisation).await {
        Err(Refused::Database(error)) => Err(error.into()),
        checked => Ok(checked),
    }
}

async fn counts(state: &State, event: &Event) -> Result<PlaceCounts, Error> {
    Ok(places::counts(state.db.read(), event.row.id, event.row.capacity).await?)
}

/// `GET /{lang}/events/{event}/register-group`: for whoever is signed in and has a place of work.
async fn form(
    state: Data<State>,
    visit: Visit<SignedIn>,
    path: Path<address::RegisterGroup>,
) -> Reply {
    let event = announced(&state, path.event).await?;
    let employer = match employer(&state, &visit, path.event).await? {
        Ok(employer) => employer,
        Err(first) => return Ok(see_other(&first)),
    };
    let refused = check(&state, &event, &employer).await?.err();
    let page = GroupFormPage::new(
        (visit.theme(), visit.lang),
        (&event, counts(&state, &event).await?),
        &employer.organisation,
        &GroupForm::empty(),
        refused.as_ref(),
    );
    visit.show(&page)
}

/// `POST /{lang}/events/{event}/register-group`: another row, the question with the number of free places, or the
/// registration itself.
async fn register(
    state: Data<State>,
    visit: Visit<SignedIn>,
    path: Path<address::RegisterGroup>,
    request: HttpRequest,
    posted: Posted,
) -> Reply {
    let event = announced(&state, path.event).await?;
    let employer = match employer(&state, &visit, path.event).await? {
        Ok(employer) => employer,
        Err(first) => return Ok(see_other(&first)),
    };
    let words = (visit.theme(), visit.lang);
    let counts = counts(&state, &event).await?;
    let shown = |form: &GroupForm, refused: Option<&Refused>| {
        GroupFormPage::new(
            words,
            (&event, counts),
            &employer.organisation,
            form,
            refused,
        )
    };
    let typed = GroupForm::typed(&posted);
    let wish = posted.get("do");
    if wish == "add-person" {
        return visit.show(&shown(&typed.with_another(), None));
    }
    if let Some(number) = wish.strip_prefix("remove-person-") {
        let number = number.parse().unwrap_or_default();
        return visit.show(&shown(&typed.without(number), None));
    }
    if wish == "edit" {
        return visit.show(&shown(&typed, None));
    }
    if let Err(refused) = places::check_window(&event, state.clock.now()) {
        return visit.show_conflict(&shown(&typed, Some(&refused)));
    }
    let (colleagues, mode) = match group_form::read(&posted) {
        Ok(read) => read,
        Err(form) => return visit.show_again(&shown(&form, None)),
    };
    if let Err(refused) = check(&state, &event, &employer).await? {
        return visit.show_conflict(&shown(&typed, Some(&refused)));
    }
    if wish != "register" {
        let page = GroupReviewPage::new(
            words,
            (&event, counts),
            &employer.organisation,
            (&colleagues, mode),
            &typed,
        );
        return visit.show(&page);
    }
    let client = visit.shell().client_address(&request);
    for _ in &colleagues {
        state.limits.mail(state.clock.now(), client)?;
    }
    let registrar = Registrar {
        account_id: visit.who.account_id,
        about: group::about(&employer.name, &employer.organisation),
        organisation_id: employer.organisation_id,
        lang: visit.lang,
    };
    let wanted: (Vec<Colleague>, GroupMode) = (colleagues, mode);
    let people = wanted.0.clone();
    match group::register_group(&state, path.event, registrar, wanted).await {
        Ok((id, outcomes)) => visit.show(&GroupResultPage::new(
            words,
            &event,
            id,
            (&people, &outcomes),
        )),
        Err(Refused::Database(error)) => Err(error.into()),
        Err(refused) => visit.show_conflict(&shown(&typed, Some(&refused))),
    }
}

async fn own_group(
    state: &State,
    account_id: AccountId,
    id: RegistrationGroupId,
) -> Result<Group, Error> {
    group::group(state, account_id, id)
        .await?
        .ok_or(Error::NotFound)
}

/// `GET /{lang}/me/groups/{group}`: for whoever registered it.
async fn members(
    state: Data<State>,
    visit: Visit<SignedIn>,
    path: Path<address::MyGroup>,
) -> Reply {
    let group = own_group(&state, visit.who.account_id, path.group).await?;
    let words = (visit.theme(), visit.lang);
    visit.show(&GroupPage::new(words, &group, state.clock.now()))
}

/// A member of a group of the account, with the group.
async fn member(
    state: &State,
    account_id: AccountId,
    (group, id): (RegistrationGroupId, RegistrationId),
) -> Result<(Group, Registration), Error> {
    let group = own_group(state, account_id, group).await?;
    let found = group.members.iter().find(|row| row.id == id).cloned();
    let row = found.ok_or(Error::NotFound)?;
    Ok((group, row))
}

/// `GET /{lang}/me/groups/{group}/{registration}/cancel`: asks first.
async fn cancel_form(
    state: Data<State>,
    visit: Visit<SignedIn>,
    path: Path<address::CancelMember>,
) -> Reply {
    let ids = (path.group, path.registration);
    let (group, row) = member(&state, visit.who.account_id, ids).await?;
    let words = (visit.theme(), visit.lang);
    visit.show(&CancelMemberPage::new(words, &group, &row))
}

/// `POST /{lang}/me/groups/{group}/{registration}/cancel`.
async fn cancel(
    state: Data<State>,
    visit: Visit<SignedIn>,
    path: Path<address::CancelMember>,
    _posted: Posted,
) -> Reply {
    let account_id = visit.who.account_id;
    let ids = (path.group, path.registration);
    let (group, row) = member(&state, account_id, ids).await?;
    let about = match service::known(&state, &visit.who, visit.lang).await? {
        Some((input, organisation)) => {
            let (given, family) = (input.given_name.as_str(), input.family_name.as_str());
            let name = format!("{given} {family}");
            group::about(name.trim(), &organisation.unwrap_or_default())
        }
        None => visit.theme().text(visit.lang, "group-by-employer"),
    };
    let ids = (group.event.row.id, row.id);
    let flash = match group::cancel_member(&state, ids, (account_id, about)).await {
        Ok(_) => Flash::success("flash-registration-cancelled"),
        Err(Refused::Database(error)) => return Err(error.into()),
        Err(Refused::TooLate(_)) => Flash::info("flash-registration-too-late"),
        Err(_) => Flash::info("flash-registration-ended"),
    };
    let back = address::MyGroup { group: path.group };
    Ok(flash.on(see_other(&visit.url(&back))))
}

async fn of<'a>(
    state: &State,
    visit: &Visit<SignedIn>,
    (group, row): (&'a Group, &'a Registration),
) -> Result<SubstituteOf<'a>, Error> {
    Ok(SubstituteOf {
        event: &group.event,
        registration: row,
        organisation: substitute::organisation_of(state, row).await?,
        action: address::SubstituteMember {
            group: group.id,
            registration: row.id,
        }
        .url(visit.lang),
        back: address::MyGroup { group: group.id }.url(visit.lang),
    })
}

/// `GET /{lang}/me/groups/{group}/{registration}/substitute`.
async fn substitute_form(
    state: Data<State>,
    visit: Visit<SignedIn>,
    path: Path<address::SubstituteMember>,
) -> Reply {
    let account_id = visit.who.account_id;
    let (group, row) = member(&state, account_id, (path.group, path.registration)).await?;
    let by = By::Participant(Some(account_id));
    let refused = substitute::check(&state, &group.event, &row, by).err();
    let of = of(&state, &visit, (&group, &row)).await?;
    let words = (visit.theme(), visit.lang);
    visit.show(&SubstitutePage::form(words, &of, None, refused.as_ref()))
}

/// `POST /{lang}/me/groups/{group}/{registration}/substitute`: asks first, and then does it.
async fn take_over(
    state: Data<State>,
    visit: Visit<SignedIn>,
    path: Path<address::SubstituteMember>,
    request: HttpRequest,
    posted: Posted,
) -> Reply {
    let account_id = visit.who.account_id;
    let (group, row) = member(&state, account_id, (path.group, path.registration)).await?;
    let of = of(&state, &visit, (&group, &row)).await?;
    let by = By::Participant(Some(account_id));
    let client = visit.shell().client_address(&request);
    super::substitute::asked(&state, &visit, (&of, by), (&posted, client)).await
}
