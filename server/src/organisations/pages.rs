//! The register's pages for managers: read the request, call a use case, show a page or redirect.

use actix_web::{
    HttpRequest,
    web::{Data, Query, ServiceConfig},
};
use serde::Deserialize;

use super::{
    State,
    forms::{RawMerging, RawOrganisation, RawRejection},
    list::RegisterQuery,
    merging::{self, MergeError, Merging, UndoError},
    service::{self, OrganisationRecord, RegisterError},
    views::{FindSamePage, MergePage, RecordPage, RegisterPage, UndoMergePage, register_sheet},
};
use crate::{
    http::{
        Error, Flash, FormState, Manager, Path, Posted, Reply, Search, Visit, address, route::page,
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
        .service(page::<address::MergeOrganisation>().get(find_same))
        .service(
            page::<address::MergeOrganisations>()
                .get(merge_form)
                .post(merge),
        )
        .service(page::<address::UndoMerge>().get(undo_form).post(undo))
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

/// The query string of the search for the same organisation.
#[derive(Debug, Deserialize)]
struct SameQuery {
    q: Option<Search>,
}

/// `GET /{lang}/manage/organisations/{organisation}/merge?q=`: the organisations that may be the same; those with a
/// similar name, unless another was searched for.
async fn find_same(
    state: Data<State>,
    visit: Visit<Manager>,
    path: Path<address::MergeOrganisation>,
    query: Query<SameQuery>,
) -> Reply {
    let id = path.organisation;
    let record = find_record(&state, id).await?;
    let name = Search::new(&record.organisation.name);
    let query = query.into_inner().q.unwrap_or(name);
    let found = merging::candidates(&state.db, id, query.as_str()).await?;
    visit.show(&FindSamePage::new(
        visit.theme(),
        visit.lang,
        record.organisation,
        query.as_str(),
        found,
    ))
}

/// `GET /{lang}/manage/organisations/{organisation}/merge/{other}`: both, and what would move.
async fn merge_form(
    state: Data<State>,
    visit: Visit<Manager>,
    path: Path<address::MergeOrganisations>,
) -> Reply {
    visit.show(&merge_page(&state, &visit, &path, &FormState::new()).await?)
}

async fn merge_page(
    state: &State,
    visit: &Visit<Manager>,
    both: &address::MergeOrganisations,
    form: &FormState,
) -> Result<MergePage, Error> {
    let find = async |id| {
        merging::candidate(&state.db, &*state.on_change, id)
            .await?
            .ok_or(Error::NotFound)
    };
    if both.organisation == both.other {
        return Err(Error::NotFound);
    }
    let candidates = [find(both.organisation).await?, find(both.other).await?];
    Ok(MergePage::new(visit.theme(), visit.lang, candidates, form))
}

/// `POST /{lang}/manage/organisations/{organisation}/merge/{other}`: merges them into the one that is to go on.
async fn merge(
    state: Data<State>,
    visit: Visit<Manager>,
    path: Path<address::MergeOrganisations>,
    posted: Posted,
) -> Reply {
    let both = [path.organisation, path.other];
    let form = match posted.read::<RawMerging>() {
        Ok(kept) => {
            let merged = both.into_iter().find(|id| *id != kept);
            let Some(merged) = merged.filter(|_| both.contains(&kept)) else {
                return Err(Error::BadRequest("neither of the two"));
            };
            let actor = visit.who.account_id;
            let merging = Merging { kept, merged };
            match merging::merge(&state.clock, &state.db, &state.on_change, actor, merging).await {
                Ok(_) => return Ok(done(&visit, kept, "flash-organisations-merged")),
                Err(MergeError::WouldNotCount) => posted
                    .typed::<RawMerging>()
                    .error("keep", "merge-would-not-count"),
                Err(MergeError::NotStanding) => {
                    let record = address::Organisation {
                        organisation: path.organisation,
                    };
                    let flash = Flash::error("flash-merge-not-standing");
                    return Ok(flash.on(see_other(&visit.url(&record))));
                }
                Err(MergeError::NoOrganisation | MergeError::Same) => return Err(Error::NotFound),
                Err(MergeError::Database(error)) => return Err(error.into()),
            }
        }
        Err(form) => form,
    };
    visit.show_again(&merge_page(&state, &visit, &path, &form).await?)
}

/// `GET /{lang}/manage/merges/{merge}`: what undoing a merge gives back, and what it cannot.
async fn undo_form(
    state: Data<State>,
    visit: Visit<Manager>,
    path: Path<address::UndoMerge>,
) -> Reply {
    match merging::merge_record(&state.db, &*state.on_change, path.merge).await {
        Ok(record) => visit.show(&UndoMergePage::new(visit.theme(), visit.lang, record)),
        Err(error) => not_undone(&visit, error),
    }
}

/// `POST /{lang}/manage/merges/{merge}`: undoes a merge.
async fn undo(
    state: Data<State>,
    visit: Visit<Manager>,
    path: Path<address::UndoMerge>,
    _posted: Posted,
) -> Reply {
    let actor = visit.who.account_id;
    match merging::undo(&state.clock, &state.db, &state.on_change, actor, path.merge).await {
        Ok(returned) => {
            let flash = match usize::try_from(returned.changed) {
                Ok(0) => Flash::success("flash-merge-undone"),
                Ok(changed) => Flash::info("flash-merge-undone-partly").count(changed),
                Err(_) => Flash::info("flash-merge-undone-partly").count(usize::MAX),
            };
            Ok(flash.on(see_other(&visit.url(&address::Organisations))))
        }
        Err(error) => not_undone(&visit, error),
    }
}

fn not_undone(visit: &Visit<Manager>, error: UndoError) -> Reply {
    let flash = match error {
        UndoError::NoMerge => return Err(Error::NotFound),
        UndoError::Database(error) => return Err(error.into()),
        UndoError::Undone => Flash::info("flash-merge-undone-before"),
        UndoError::MergedOn => Flash::error("flash-merge-merged-on"),
    };
    Ok(flash.on(see_other(&visit.url(&address::Organisations))))
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
        RegisterError::Merged => Error::Conflict("organisation-merged"),
        RegisterError::NumberTaken | RegisterError::Decided => Error::internal(error),
        RegisterError::Database(error) => error.into(),
    }
}

async fn find_record(state: &State, id: OrganisationId) -> Result<OrganisationRecord, Error> {
    service::record(&state.db, &*state.on_change, id)
        .await?
        .ok_or(Error::NotFound)
}
