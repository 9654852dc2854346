//! The register's pages for managers: read the request, call a use case, show a page or redirect.

use actix_web::{
    HttpRequest,
    web::{Data, ServiceConfig},
};

use super::{
    State,
    forms::{RawOrganisation, RawRejection},
    list::RegisterQuery,
    service::{self, OrganisationRecord, RegisterError},
    views::{RecordPage, RegisterPage, register_sheet},
};
use crate::{
    http::{
        Error, Flash, FormState, Manager, Path, Posted, Reply, Visit, address, route::page,
        see_other,
    },
    ids::OrganisationId,
    list::{self, ExportedList, Extent},
};

/// The routes below `/{lang}`.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(
            page::<address::Organisations>()
                .get(register)
                .post(approve_selected),
        )
        .service(page::<address::OrganisationsFile>().get(export))
        .service(page::<address::Organisation>().get(record).post(correct))
        .service(page::<address::ApproveOrganisation>().post(approve))
        .service(
            page::<address::RejectOrganisation>()
                .get(to_record)
                .post(reject),
        );
}

/// `GET /{lang}/manage/organisations?q=&status=&kind=&sort=&order=&page=`: for managers.
async fn register(state: Data<State>, visit: Visit<Manager>, request: HttpRequest) -> Reply {
    let query = RegisterQuery::read(request.query_string());
    visit.show(&register_page(&state, &visit, &query, None).await?)
}

/// `POST /{lang}/manage/organisations`: approves the selected ones.
async fn approve_selected(state: Data<State>, visit: Visit<Manager>, posted: Posted) -> Reply {
    let query = RegisterQuery::read(posted.get("query"));
    let ids: Vec<OrganisationId> = list::selected(&posted);
    if posted.get("do") != "approve" {
        return Err(Error::BadRequest("no such action"));
    }
    if ids.is_empty() {
        let page = register_page(&state, &visit, &query, Some("list-nothing-selected")).await?;
        return visit.show_again(&page);
    }
    let actor = visit.who.account_id;
    let done = service::approve_all(&state.clock, &state.db, &state.on_change, actor, &ids)
        .await
        .map_err(register_error)?;
    let flash = if done.approved > 0 {
        Flash::success("flash-organisations-approved").count(done.approved)
    } else {
        Flash::info("flash-organisations-approved-before").count(done.before)
    };
    let back = query.list.address(&visit.url(&address::Organisations));
    Ok(flash.on(see_other(&back)))
}

async fn register_page(
    state: &State,
    visit: &Visit<Manager>,
    query: &RegisterQuery,
    error: Option<&str>,
) -> Result<RegisterPage, Error> {
    let found = service::register(&state.db, query, query.list.extent()).await?;
    let proposed = service::count_proposed(&state.db).await?;
    Ok(RegisterPage::new(
        visit.theme(),
        visit.lang,
        query,
        (found, proposed),
        error,
    ))
}

/// `GET /{lang}/manage/organisations/export.{ending}?…`: the organisations of the list as a file. The export
/// is recorded in the audit log before the file is sent.
async fn export(
    state: Data<State>,
    visit: Visit<Manager>,
    path: Path<address::OrganisationsFile>,
    request: HttpRequest,
) -> Reply {
    let query = RegisterQuery::read(request.query_string());
    let organisations = ExportedList {
        kind: "list",
        id: "organisations",
    };
    let recorder = (&state.clock, &state.db);
    list::export(&visit, recorder, &path.ending, organisations, async || {
        let found = service::register(&state.db, &query, Extent::All).await?;
        let sheet = register_sheet(visit.theme(), visit.lang, found.rows);
        Ok((sheet, query.list.export_note(found.total)))
    })
    .await
}

/// `GET /{lang}/manage/organisations/{organisation}`: for managers.
async fn record(
    state: Data<State>,
    visit: Visit<Manager>,
    path: Path<address::Organisation>,
) -> Reply {
    let record = find_record(&state, path.organisation).await?;
    let page = RecordPage::new(visit.theme(), visit.lang, record, None, &FormState::new());
    visit.show(&page)
}

/// `POST /{lang}/manage/organisations/{organisation}`: corrects name, number and kind.
async fn correct(
    state: Data<State>,
    visit: Visit<Manager>,
    path: Path<address::Organisation>,
    posted: Posted,
) -> Reply {
    let id = path.organisation;
    let form = match posted.read::<RawOrganisation>() {
        Ok(input) => {
            let actor = visit.who.account_id;
            match service::correct(&state.clock, &state.db, &state.on_change, actor, id, input)
                .await
            {
                Ok(()) => return Ok(done(&visit, id, "flash-organisation-corrected")),
                Err(RegisterError::NumberTaken) => posted
                    .typed::<RawOrganisation>()
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

/// `POST /{lang}/manage/organisations/{organisation}/approve`.
async fn approve(
    state: Data<State>,
    visit: Visit<Manager>,
    path: Path<address::ApproveOrganisation>,
    _posted: Posted,
) -> Reply {
    let id = path.organisation;
    match service::approve(
        &state.clock,
        &state.db,
        &state.on_change,
        visit.who.account_id,
        id,
    )
    .await
    {
        // Approving it again changes nothing.
        Ok(()) | Err(RegisterError::Decided) => Ok(done(&visit, id, "flash-organisation-approved")),
        Err(error) => Err(register_error(error)),
    }
}

/// `POST /{lang}/manage/organisations/{organisation}/reject`, with a reason.
async fn reject(
    state: Data<State>,
    visit: Visit<Manager>,
    path: Path<address::RejectOrganisation>,
    posted: Posted,
) -> Reply {
    let id = path.organisation;
    let reason = match posted.read::<RawRejection>() {
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

/// `GET /{lang}/manage/organisations/{organisation}/reject`: the address at which a rejection that could not be
/// taken is shown leads to the record.
async fn to_record(visit: Visit<Manager>, path: Path<address::RejectOrganisation>) -> Reply {
    let organisation = path.organisation;
    Ok(see_other(
        &visit.url(&address::Organisation { organisation }),
    ))
}

/// Redirects to an organisation's record.
fn done(
    visit: &Visit<Manager>,
    organisation: OrganisationId,
    flash: &str,
) -> actix_web::HttpResponse {
    let record = address::Organisation { organisation };
    Flash::success(flash).on(see_other(&visit.url(&record)))
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
