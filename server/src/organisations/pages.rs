//! The register's pages for managers: read the request, call a use case, show a page or redirect.

use actix_web::web::{Data, Path, Query, ServiceConfig};
use serde::Deserialize;

use super::{
    State, forms,
    model::status_from_slug,
    service::{self, OrganisationRecord, RegisterError},
    views::{RecordPage, RegisterPage, RegisterQuery},
};
use crate::http::{
    Error, Flash, FormState, Lang, Manager, Posted, Reply, Visit,
    paging::{PageNumber, Search},
    route::page,
    see_other,
};

use crate::ids::OrganisationId;

/// The routes below `/{lang}`.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(page("/manage/organisations").get(register))
        .service(page("/manage/organisations/{id}").get(record).post(correct))
        .service(page("/manage/organisations/{id}/approve").post(approve))
        .service(page("/manage/organisations/{id}/reject").post(reject));
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
async fn register(state: Data<State>, visit: Visit<Manager>, query: Query<ListQuery>) -> Reply {
    let asked = RegisterQuery {
        query: query.q.as_str().to_owned(),
        status: status_from_slug(&query.status),
        page: query.page.get(),
    };
    let found = service::register(&state.db, &asked.query, asked.status, asked.page).await?;
    visit.show(&RegisterPage::new(visit.theme(), visit.lang, &asked, found))
}

/// `GET /{lang}/manage/organisations/{id}`: for managers.
async fn record(state: Data<State>, visit: Visit<Manager>, path: Path<(Lang, String)>) -> Reply {
    let record = find_record(&state, id(&path.1)?).await?;
    let page = RecordPage::new(visit.theme(), visit.lang, record, None, &FormState::new());
    visit.show(&page)
}

/// `POST /{lang}/manage/organisations/{id}`: corrects name, number and kind.
async fn correct(
    state: Data<State>,
    visit: Visit<Manager>,
    path: Path<(Lang, String)>,
    posted: Posted,
) -> Reply {
    let id = id(&path.1)?;
    let form = match forms::organisation(&posted) {
        Ok(input) => {
            let actor = visit.who.account_id;
            match service::correct(&state.clock, &state.db, &state.on_change, actor, id, input)
                .await
            {
                Ok(()) => return Ok(done(&visit, id, "flash-organisation-corrected")),
                Err(RegisterError::NumberTaken) => forms::organisation_typed(&posted)
                    .error("registration_number", "registration-number-taken"),
                Err(error) => return Err(register_error(error)),
            }
        }
        Err(form) => form,
    };
    let record = find_record(&state, id).await?;
    let page = RecordPage::new(
        visit.theme(),
        visit.lang,
        record,
        Some(&form),
        &FormState::new(),
    );
    visit.show_again(&page)
}

/// `POST /{lang}/manage/organisations/{id}/approve`.
async fn approve(
    state: Data<State>,
    visit: Visit<Manager>,
    path: Path<(Lang, String)>,
    _posted: Posted,
) -> Reply {
    let id = id(&path.1)?;
    match service::approve(
        &state.clock,
        &state.db,
        &state.on_change,
        visit.who.account_id,
        id,
    )
    .await
    {
        // Done twice is done.
        Ok(()) | Err(RegisterError::Decided) => Ok(done(&visit, id, "flash-organisation-approved")),
        Err(error) => Err(register_error(error)),
    }
}

/// `POST /{lang}/manage/organisations/{id}/reject`, with a reason.
async fn reject(
    state: Data<State>,
    visit: Visit<Manager>,
    path: Path<(Lang, String)>,
    posted: Posted,
) -> Reply {
    let id = id(&path.1)?;
    let reason = match forms::rejection(&posted) {
        Ok(reason) => reason,
        Err(form) => {
            let record = find_record(&state, id).await?;
            let page = RecordPage::new(visit.theme(), visit.lang, record, None, &form);
            return visit.show_again(&page);
        }
    };
    let what = (visit.who.account_id, id);
    match service::reject(
        &state.clock,
        &state.db,
        &state.on_change,
        &state.jobs,
        what,
        reason,
    )
    .await
    {
        Ok(()) | Err(RegisterError::Decided) => Ok(done(&visit, id, "flash-organisation-rejected")),
        Err(error) => Err(register_error(error)),
    }
}

/// Back to an organisation's record.
fn done(visit: &Visit<Manager>, id: OrganisationId, flash: &str) -> actix_web::HttpResponse {
    Flash::success(flash).on(see_other(&visit.url(&format!("manage/organisations/{id}"))))
}

fn register_error(error: RegisterError) -> Error {
    match error {
        RegisterError::NoOrganisation => Error::NotFound,
        RegisterError::NumberTaken | RegisterError::Decided => Error::internal(error),
        RegisterError::Database(error) => error.into(),
    }
}

async fn find_record(state: &State, id: OrganisationId) -> Result<OrganisationRecord, Error> {
    service::record(&state.db, &*state.on_change, id)
        .await?
        .ok_or(Error::NotFound)
}

/// An id in a path; what is none is nowhere.
fn id(text: &str) -> Result<OrganisationId, Error> {
    text.parse().map_err(|_| Error::NotFound)
}
