//! The events of an organiser.

use actix_web::{
    HttpRequest,
    web::{Data, ServiceConfig},
};

use crate::{
    events::{
        State,
        list::OrganisedQuery,
        service,
        views::organise::{OrganisePage, organised_sheet},
    },
    http::{Organising, Path, Reply, Visit, address, route::page},
    list::{self, ExportedList, Extent},
};

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(page::<address::Organise>().get(organised))
        .service(page::<address::OrganisedFile>().get(export));
}

/// `GET /{lang}/organise?q=&status=&kind=&strand=&month=&when=&sort=&order=&page=`: for organisers and managers.
async fn organised(state: Data<State>, visit: Visit<Organising>, request: HttpRequest) -> Reply {
    let filters = service::filters(&state, &visit.who, visit.lang).await?;
    let query = OrganisedQuery::read(request.query_string(), &filters);
    let found = service::organised(&state, &visit.who, &query, query.list.extent()).await?;
    let strands = service::strands_of(state.db.read(), &visit.who).await?;
    visit.show(&OrganisePage::new(
        (visit.theme(), visit.lang),
        &state.programme,
        (&query, &filters),
        found,
        &strands,
    ))
}

/// `GET /{lang}/organise/export.{ending}?…`: the events of the list as a file. The export is recorded in the audit log
/// before the file is sent.
async fn export(
    state: Data<State>,
    visit: Visit<Organising>,
    path: Path<address::OrganisedFile>,
    request: HttpRequest,
) -> Reply {
    let filters = service::filters(&state, &visit.who, visit.lang).await?;
    let query = OrganisedQuery::read(request.query_string(), &filters);
    let events = ExportedList {
        kind: "list",
        id: "events",
    };
    let recorder = (&state.clock, &state.db);
    list::export(&visit, recorder, &path.ending, events, async || {
        let found = service::organised(&state, &visit.who, &query, Extent::All).await?;
        let words = (visit.theme(), visit.lang);
        let sheet = organised_sheet(words, &state.programme, found.rows);
        Ok((sheet, query.list.export_note(found.total)))
    })
    .await
}
