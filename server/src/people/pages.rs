//! The handlers of people and organisations: read the request, call a use case, show a page or
//! redirect.

use actix_web::web::{Data, Path, Query, ServiceConfig};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    forms,
    model::{Readiness, Status, Step, status_from_slug},
    service::{self, ChooseError, OrganisationRecord, RegisterError},
    views::{
        ContentPage, Found, NewOrganisationPage, OrganisationPage, PrivacyPage, ProfilePage,
        RecordPage, RegisterPage, RegisterQuery, StepsView,
    },
};
use crate::{
    http::{
        Anyone, App, Error, Flash, FormState, Lang, Manager, Next, Posted, Reply, SignedIn, Visit,
        paging::{PageNumber, Search},
        route::page,
        see_other,
    },
    programme,
};

/// The routes below `/{lang}`.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(page("/privacy").get(privacy))
        .service(page("/accessibility").get(accessibility))
        .service(page("/me/profile").get(profile_form).post(profile))
        .service(
            page("/me/organisation")
                .get(organisation_form)
                .post(organisation),
        )
        .service(
            page("/me/organisation/new")
                .get(new_organisation_form)
                .post(new_organisation),
        )
        .service(page("/me/privacy").get(my_privacy_form).post(my_privacy))
        .service(page("/manage/organisations").get(register))
        .service(page("/manage/organisations/{id}").get(record).post(correct))
        .service(page("/manage/organisations/{id}/approve").post(approve))
        .service(page("/manage/organisations/{id}/reject").post(reject));
}

/// `GET /{lang}/privacy`: open to anyone.
async fn privacy(app: Data<App>, visit: Visit<Anyone>) -> Reply {
    visit.show(&app, &ContentPage::privacy())
}

/// `GET /{lang}/accessibility`: open to anyone.
async fn accessibility(app: Data<App>, visit: Visit<Anyone>) -> Reply {
    visit.show(&app, &ContentPage::accessibility())
}

/// What an address may say beside its path.
#[derive(Debug, Deserialize)]
struct StepQuery {
    q: Option<Search>,
}

/// `GET /{lang}/me/profile`: one's own.
async fn profile_form(app: Data<App>, visit: Visit<SignedIn>, next: Next) -> Reply {
    let (given, family) = service::names(&app.db, visit.who.person_id).await?;
    let form = FormState::new()
        .value("given_name", given)
        .value("family_name", family);
    let steps = steps(&app, &visit, Step::Profile, &next).await?;
    visit.show(
        &app,
        &ProfilePage::new(&app.theme, visit.lang, steps, &form),
    )
}

/// `POST /{lang}/me/profile`.
async fn profile(app: Data<App>, visit: Visit<SignedIn>, posted: Posted) -> Reply {
    let next = posted.next();
    let (given, family) = match forms::profile(&posted) {
        Ok(names) => names,
        Err(form) => {
            let steps = steps(&app, &visit, Step::Profile, &next).await?;
            return visit.show_again(
                &app,
                &ProfilePage::new(&app.theme, visit.lang, steps, &form),
            );
        }
    };
    let before = service::readiness(&app.db, visit.who.person_id).await?;
    service::set_names(&app.db, visit.who.person_id, given, family).await?;
    go_on(&app, &visit, Step::Profile, before, next).await
}

/// `GET /{lang}/me/organisation?q=`: one's own.
async fn organisation_form(
    app: Data<App>,
    visit: Visit<SignedIn>,
    next: Next,
    query: Query<StepQuery>,
) -> Reply {
    let page = organisation_page(&app, &visit, &next, query.q.as_ref(), &FormState::new()).await?;
    visit.show(&app, &page)
}

/// `POST /{lang}/me/organisation`: one of those found.
async fn organisation(app: Data<App>, visit: Visit<SignedIn>, posted: Posted) -> Reply {
    let next = posted.next();
    let chosen = match forms::choice(&posted) {
        Ok(id) => {
            let before = service::readiness(&app.db, visit.who.person_id).await?;
            match service::choose(&app.clock, &app.db, &app.programme, visit.who.person_id, id)
                .await
            {
                Ok(()) => return go_on(&app, &visit, Step::Organisation, before, next).await,
                Err(ChooseError::NoOrganisation) => {
                    FormState::new().error("organisation", "organisation-gone")
                }
                Err(ChooseError::Database(error)) => return Err(error.into()),
            }
        }
        Err(form) => form,
    };
    let query = Search::new(posted.get("q"));
    let page = organisation_page(&app, &visit, &next, Some(&query), &chosen).await?;
    visit.show_again(&app, &page)
}

/// `GET /{lang}/me/organisation/new`.
async fn new_organisation_form(app: Data<App>, visit: Visit<SignedIn>, next: Next) -> Reply {
    let steps = steps(&app, &visit, Step::Organisation, &next).await?;
    let page = NewOrganisationPage::new(&app.theme, visit.lang, steps, &FormState::new());
    visit.show(&app, &page)
}

/// `POST /{lang}/me/organisation/new`: one that is not in the register.
async fn new_organisation(app: Data<App>, visit: Visit<SignedIn>, posted: Posted) -> Reply {
    let next = posted.next();
    let form = match forms::organisation(&posted) {
        Ok(input) => {
            let before = service::readiness(&app.db, visit.who.person_id).await?;
            match service::propose(
                &app.clock,
                &app.db,
                &app.programme,
                visit.who.person_id,
                input,
            )
            .await
            {
                Ok(()) => return go_on(&app, &visit, Step::Organisation, before, next).await,
                Err(ChooseError::NoOrganisation) => forms::organisation_typed(&posted)
                    .error("registration_number", "registration-number-rejected"),
                Err(ChooseError::Database(error)) => return Err(error.into()),
            }
        }
        Err(form) => form,
    };
    let steps = steps(&app, &visit, Step::Organisation, &next).await?;
    visit.show_again(
        &app,
        &NewOrganisationPage::new(&app.theme, visit.lang, steps, &form),
    )
}

/// `GET /{lang}/me/privacy`: one's own.
async fn my_privacy_form(app: Data<App>, visit: Visit<SignedIn>, next: Next) -> Reply {
    let page = privacy_page(&app, &visit, &next, &FormState::new()).await?;
    visit.show(&app, &page)
}

/// `POST /{lang}/me/privacy`.
async fn my_privacy(app: Data<App>, visit: Visit<SignedIn>, posted: Posted) -> Reply {
    let next = posted.next();
    if let Err(form) = forms::privacy(&posted) {
        return visit.show_again(&app, &privacy_page(&app, &visit, &next, &form).await?);
    }
    let before = service::readiness(&app.db, visit.who.person_id).await?;
    service::accept_privacy(&app.clock, &app.db, visit.who.person_id, visit.lang).await?;
    go_on(&app, &visit, Step::Privacy, before, next).await
}

/// What part of the register is asked for.
#[derive(Debug, Deserialize)]
struct ListQuery {
    #[serde(default)]
    q: Search,
    #[serde(default)]
    status: String,
    #[serde(default)]
    page: PageNumber,
}

/// `GET /{lang}/manage/organisations?q=&status=&page=`: for managers.
async fn register(app: Data<App>, visit: Visit<Manager>, query: Query<ListQuery>) -> Reply {
    let asked = RegisterQuery {
        query: query.q.as_str().to_owned(),
        status: status_from_slug(&query.status),
        page: query.page.get(),
    };
    let found = service::register(&app.db, &asked.query, asked.status, asked.page).await?;
    visit.show(
        &app,
        &RegisterPage::new(&app.theme, visit.lang, &asked, found),
    )
}

/// `GET /{lang}/manage/organisations/{id}`: for managers.
async fn record(app: Data<App>, visit: Visit<Manager>, path: Path<(Lang, String)>) -> Reply {
    let record = find_record(&app, id(&path.1)?).await?;
    let page = RecordPage::new(&app.theme, visit.lang, record, None, &FormState::new());
    visit.show(&app, &page)
}

/// `POST /{lang}/manage/organisations/{id}`: corrects name, number and kind.
async fn correct(
    app: Data<App>,
    visit: Visit<Manager>,
    path: Path<(Lang, String)>,
    posted: Posted,
) -> Reply {
    let id = id(&path.1)?;
    let form = match forms::organisation(&posted) {
        Ok(input) => {
            let actor = visit.who.account_id;
            match service::correct(&app.clock, &app.db, &app.programme, actor, id, input).await {
                Ok(()) => return Ok(done(&visit, id, "flash-organisation-corrected")),
                Err(RegisterError::NumberTaken) => forms::organisation_typed(&posted)
                    .error("registration_number", "registration-number-taken"),
                Err(error) => return Err(register_error(error)),
            }
        }
        Err(form) => form,
    };
    let record = find_record(&app, id).await?;
    let page = RecordPage::new(
        &app.theme,
        visit.lang,
        record,
        Some(&form),
        &FormState::new(),
    );
    visit.show_again(&app, &page)
}

/// `POST /{lang}/manage/organisations/{id}/approve`.
async fn approve(
    app: Data<App>,
    visit: Visit<Manager>,
    path: Path<(Lang, String)>,
    _posted: Posted,
) -> Reply {
    let id = id(&path.1)?;
    match service::approve(&app.clock, &app.db, visit.who.account_id, id).await {
        // Done twice is done.
        Ok(()) | Err(RegisterError::Decided) => Ok(done(&visit, id, "flash-organisation-approved")),
        Err(error) => Err(register_error(error)),
    }
}

/// `POST /{lang}/manage/organisations/{id}/reject`, with a reason.
async fn reject(
    app: Data<App>,
    visit: Visit<Manager>,
    path: Path<(Lang, String)>,
    posted: Posted,
) -> Reply {
    let id = id(&path.1)?;
    let reason = match forms::rejection(&posted) {
        Ok(reason) => reason,
        Err(form) => {
            let record = find_record(&app, id).await?;
            let page = RecordPage::new(&app.theme, visit.lang, record, None, &form);
            return visit.show_again(&app, &page);
        }
    };
    let mails = (app.composer(), &app.jobs);
    let what = (visit.who.account_id, id);
    match service::reject(&app.clock, &app.db, &app.programme, mails, what, reason).await {
        Ok(()) | Err(RegisterError::Decided) => Ok(done(&visit, id, "flash-organisation-rejected")),
        Err(error) => Err(register_error(error)),
    }
}

/// Back to an organisation's record.
fn done(visit: &Visit<Manager>, id: Uuid, flash: &str) -> actix_web::HttpResponse {
    Flash::success(flash).on(see_other(&visit.url(&format!("manage/organisations/{id}"))))
}

fn register_error(error: RegisterError) -> Error {
    match error {
        RegisterError::NoOrganisation => Error::NotFound,
        RegisterError::NumberTaken | RegisterError::Decided => Error::internal(error),
        RegisterError::Database(error) => error.into(),
    }
}

async fn find_record(app: &App, id: Uuid) -> Result<OrganisationRecord, Error> {
    service::organisation(&app.db, id)
        .await?
        .ok_or(Error::NotFound)
}

/// To the next missing step, or where the person wanted to go.
async fn go_on(
    app: &App,
    visit: &Visit<SignedIn>,
    step: Step,
    before: Readiness,
    next: Next,
) -> Reply {
    let now = service::readiness(&app.db, visit.who.person_id).await?;
    if let Some(missing) = now.missing() {
        return Ok(see_other(&next.after(&visit.url(missing.path()))));
    }
    if before.is_complete() {
        let url = next.or(visit.url(step.path()));
        return Ok(Flash::success("flash-saved").on(see_other(&url)));
    }
    let url = next.or(visit.url("courses"));
    Ok(Flash::success("flash-ready").on(see_other(&url)))
}

async fn steps(
    app: &App,
    visit: &Visit<SignedIn>,
    step: Step,
    next: &Next,
) -> Result<StepsView, Error> {
    let readiness = service::readiness(&app.db, visit.who.person_id).await?;
    Ok(StepsView::new(
        &app.theme, visit.lang, readiness, step, next,
    ))
}

async fn organisation_page(
    app: &App,
    visit: &Visit<SignedIn>,
    next: &Next,
    query: Option<&Search>,
    form: &FormState,
) -> Result<OrganisationPage, Error> {
    let steps = steps(app, visit, Step::Organisation, next).await?;
    let affiliations = service::affiliations(&app.db, visit.who.person_id).await?;
    let rejected = affiliations
        .iter()
        .find(|one| one.until.is_none() && one.organisation.status == Status::Rejected);
    let reason = match rejected {
        Some(one) => service::organisation(&app.db, one.organisation.id)
            .await?
            .and_then(|record| record.decision_reason),
        None => None,
    };
    let found = match query.map(Search::as_str) {
        None | Some("") => None,
        Some(query) => {
            let (organisations, total) = service::search(&app.db, query).await?;
            Some(Found {
                query: query.to_owned(),
                organisations,
                total,
            })
        }
    };
    let not_counted = programme::not_counted(&app.db, visit.who.person_id).await?;
    Ok(OrganisationPage::new(
        &app.theme,
        visit.lang,
        steps,
        affiliations,
        (reason, not_counted),
        found,
        form,
    ))
}

async fn privacy_page(
    app: &App,
    visit: &Visit<SignedIn>,
    next: &Next,
    form: &FormState,
) -> Result<PrivacyPage, Error> {
    let steps = steps(app, visit, Step::Privacy, next).await?;
    let accepted = service::privacy_acceptance(&app.db, visit.who.person_id)
        .await?
        .map(|at| visit.lang.date(Lang::riga_date(at)));
    Ok(PrivacyPage::new(
        &app.theme, visit.lang, steps, accepted, form,
    ))
}

/// An id in a path; what is none is nowhere.
fn id(text: &str) -> Result<Uuid, Error> {
    text.parse().map_err(|_| Error::NotFound)
}
