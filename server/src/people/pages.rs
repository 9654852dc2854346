//! The handlers of people: read the request, call a use case, show a page or redirect.

use actix_web::web::{Data, Query, ServiceConfig};
use serde::Deserialize;

use super::{
    State,
    forms::{RawChoice, RawNames, RawPrivacy, SEARCHED},
    model::{Readiness, Step},
    service::{self, ChooseError},
    views::{
        ContentPage, NewOrganisationPage, OrganisationPage, PrivacyPage, ProfilePage,
        RegisterSearch, StepsView,
    },
};
use crate::{
    http::{
        Anyone, Error, Flash, FormState, Lang, Next, Posted, Reply, Search, SignedIn, Visit,
        address, route::page, see_other,
    },
    organisations::{self, OrganisationStatus, RawOrganisation},
};

/// The routes below `/{lang}`.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(page::<address::Privacy>().get(privacy))
        .service(page::<address::Accessibility>().get(accessibility))
        .service(page::<address::MyProfile>().get(profile_form).post(profile))
        .service(
            page::<address::MyOrganisation>()
                .get(organisation_form)
                .post(organisation),
        )
        .service(
            page::<address::NewOrganisation>()
                .get(new_organisation_form)
                .post(new_organisation),
        )
        .service(
            page::<address::MyPrivacy>()
                .get(my_privacy_form)
                .post(my_privacy),
        );
}

/// `GET /{lang}/privacy`: open to anyone.
async fn privacy(visit: Visit<Anyone>) -> Reply {
    visit.show(&ContentPage::privacy())
}

/// `GET /{lang}/accessibility`: open to anyone.
async fn accessibility(visit: Visit<Anyone>) -> Reply {
    visit.show(&ContentPage::accessibility())
}

/// The query string.
#[derive(Debug, Deserialize)]
struct StepQuery {
    q: Option<Search>,
}

/// `GET /{lang}/me/profile`: the person's own name.
async fn profile_form(state: Data<State>, visit: Visit<SignedIn>, next: Next) -> Reply {
    let (given, family) = service::names(&state.db, visit.who.person_id).await?;
    let has_one = given.is_empty() != family.is_empty();
    let form = FormState::new()
        .value("single_name", if has_one { "yes" } else { "" })
        .value("given_name", given)
        .value("family_name", family);
    let steps = steps(&state, &visit, Step::Profile, &next).await?;
    visit.show(&ProfilePage::new(visit.theme(), visit.lang, steps, &form))
}

/// `POST /{lang}/me/profile`.
async fn profile(state: Data<State>, visit: Visit<SignedIn>, posted: Posted) -> Reply {
    let next = posted.next();
    let (given, family) = match posted.read::<RawNames>() {
        Ok(names) => names,
        Err(form) => {
            let steps = steps(&state, &visit, Step::Profile, &next).await?;
            return visit.show_again(&ProfilePage::new(visit.theme(), visit.lang, steps, &form));
        }
    };
    let before = service::readiness(&state.db, visit.who.person_id).await?;
    let who = (visit.who.account_id, visit.who.person_id);
    service::set_names(&state.clock, &state.db, who, given, family).await?;
    go_on(&state, &visit, Step::Profile, before, next).await
}

/// `GET /{lang}/me/organisation?q=`: the person's own organisation.
async fn organisation_form(
    state: Data<State>,
    visit: Visit<SignedIn>,
    next: Next,
    query: Query<StepQuery>,
) -> Reply {
    let query = query.q.as_ref();
    let mut form = FormState::new();
    if query.is_some_and(|query| query.as_str().is_empty()) {
        form = form.error(SEARCHED.name, "organisation-search-missing");
    }
    let page = organisation_page(&state, &visit, &next, query, &form).await?;
    visit.show(&page)
}

/// `POST /{lang}/me/organisation`: chooses one of those found.
async fn organisation(state: Data<State>, visit: Visit<SignedIn>, posted: Posted) -> Reply {
    let next = posted.next();
    let chosen = match posted.read::<RawChoice>() {
        Ok(id) => {
            let before = service::readiness(&state.db, visit.who.person_id).await?;
            match service::choose(
                &state.clock,
                &state.db,
                &state.on_employer,
                (visit.who.account_id, visit.who.person_id),
                id,
            )
            .await
            {
                Ok(()) => return go_on(&state, &visit, Step::Organisation, before, next).await,
                Err(ChooseError::NoOrganisation) => {
                    FormState::new().error("organisation", "organisation-gone")
                }
                Err(ChooseError::Database(error)) => return Err(error.into()),
            }
        }
        Err(form) => form,
    };
    let query = Search::new(posted.get("q"));
    let page = organisation_page(&state, &visit, &next, Some(&query), &chosen).await?;
    visit.show_again(&page)
}

/// What was searched for in the register before.
#[derive(Debug, Deserialize)]
struct Searched {
    #[serde(default)]
    name: Search,
}

/// `GET /{lang}/me/organisation/new?name=`: with the name, or the registration number, that was searched for.
async fn new_organisation_form(
    state: Data<State>,
    visit: Visit<SignedIn>,
    next: Next,
    searched: Query<Searched>,
) -> Reply {
    let steps = steps(&state, &visit, Step::Organisation, &next).await?;
    let form = filled_from(&searched.name);
    let page = NewOrganisationPage::new(visit.theme(), visit.lang, steps, &form);
    visit.show(&page)
}

/// The form with what was searched for: a registration number, or a name.
fn filled_from(searched: &Search) -> FormState {
    let text = searched.as_str();
    let is_number = text.chars().any(|c| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || " -".contains(c));
    let field = if is_number {
        "registration_number"
    } else {
        "name"
    };
    FormState::new().value(field, text)
}

/// `POST /{lang}/me/organisation/new`: proposes one that is not in the register.
async fn new_organisation(state: Data<State>, visit: Visit<SignedIn>, posted: Posted) -> Reply {
    let next = posted.next();
    let form = match posted.read::<RawOrganisation>() {
        Ok(input) => {
            let before = service::readiness(&state.db, visit.who.person_id).await?;
            match service::propose(
                &state.clock,
                &state.db,
                &state.on_employer,
                (Some(visit.who.account_id), visit.who.person_id),
                input,
            )
            .await
            {
                Ok(()) => return go_on(&state, &visit, Step::Organisation, before, next).await,
                Err(ChooseError::NoOrganisation) => posted
                    .typed::<RawOrganisation>()
                    .error("registration_number", "registration-number-rejected"),
                Err(ChooseError::Database(error)) => return Err(error.into()),
            }
        }
        Err(form) => form,
    };
    let steps = steps(&state, &visit, Step::Organisation, &next).await?;
    visit.show_again(&NewOrganisationPage::new(
        visit.theme(),
        visit.lang,
        steps,
        &form,
    ))
}

/// `GET /{lang}/me/privacy`: the person's own acceptance.
async fn my_privacy_form(state: Data<State>, visit: Visit<SignedIn>, next: Next) -> Reply {
    let page = privacy_page(&state, &visit, &next, &FormState::new()).await?;
    visit.show(&page)
}

/// `POST /{lang}/me/privacy`.
async fn my_privacy(state: Data<State>, visit: Visit<SignedIn>, posted: Posted) -> Reply {
    let next = posted.next();
    if let Err(form) = posted.read::<RawPrivacy>() {
        return visit.show_again(&privacy_page(&state, &visit, &next, &form).await?);
    }
    let before = service::readiness(&state.db, visit.who.person_id).await?;
    service::accept_privacy(&state.clock, &state.db, visit.who.person_id, visit.lang).await?;
    go_on(&state, &visit, Step::Privacy, before, next).await
}

/// Redirects to the next missing step, or to the page that the person had wanted to open.
async fn go_on(
    state: &State,
    visit: &Visit<SignedIn>,
    step: Step,
    before: Readiness,
    next: Next,
) -> Reply {
    let now = service::readiness(&state.db, visit.who.person_id).await?;
    if let Some(missing) = now.missing() {
        return Ok(see_other(&next.after(&missing.url(visit.lang))));
    }
    if let Some(page) = next.path() {
        (state.on_arrival)(visit.who.person_id, visit.lang, page.to_owned()).await?;
    }
    if before.is_complete() {
        let url = next.or(step.url(visit.lang));
        return Ok(Flash::success("flash-saved").on(see_other(&url)));
    }
    let url = next.or(visit.url(&address::Courses));
    Ok(Flash::success("flash-ready").on(see_other(&url)))
}

async fn steps(
    state: &State,
    visit: &Visit<SignedIn>,
    step: Step,
    next: &Next,
) -> Result<StepsView, Error> {
    let readiness = service::readiness(&state.db, visit.who.person_id).await?;
    Ok(StepsView::new(
        visit.theme(),
        visit.lang,
        readiness,
        step,
        next,
    ))
}

async fn organisation_page(
    state: &State,
    visit: &Visit<SignedIn>,
    next: &Next,
    query: Option<&Search>,
    form: &FormState,
) -> Result<OrganisationPage, Error> {
    let steps = steps(state, visit, Step::Organisation, next).await?;
    let affiliations = service::affiliations(&state.db, visit.who.person_id).await?;
    let rejected = affiliations
        .iter()
        .find(|one| one.until.is_none() && one.organisation.status == OrganisationStatus::Rejected);
    let reason = match rejected {
        Some(one) => organisations::decision_reason(&state.db, one.organisation.id).await?,
        None => None,
    };
    let found = match query.map(Search::as_str) {
        None | Some("") => None,
        Some(query) => {
            let (organisations, total) = organisations::search(&state.db, query).await?;
            Some(RegisterSearch {
                query: query.to_owned(),
                organisations,
                total,
            })
        }
    };
    let not_counted = state
        .on_employer
        .pending_message_key(&state.db, visit.who.person_id)
        .await?;
    Ok(OrganisationPage::new(
        visit.theme(),
        visit.lang,
        steps,
        affiliations,
        (reason, not_counted),
        found,
        form,
    ))
}

async fn privacy_page(
    state: &State,
    visit: &Visit<SignedIn>,
    next: &Next,
    form: &FormState,
) -> Result<PrivacyPage, Error> {
    let steps = steps(state, visit, Step::Privacy, next).await?;
    let accepted = service::privacy_acceptance(&state.db, visit.who.person_id)
        .await?
        .map(|at| visit.lang.date(Lang::riga_date(at)));
    Ok(PrivacyPage::new(
        visit.theme(),
        visit.lang,
        steps,
        accepted,
        form,
    ))
}
