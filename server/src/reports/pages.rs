//! The handlers of reports: read the request, call a use case, show a page or redirect.

use actix_web::{
    HttpRequest,
    web::{Data, ServiceConfig},
};

use super::{
    State,
    forms::RawReport,
    list::ReportsQuery,
    service::{self, ReportError},
    views::{ReportPage, ReportsPage},
};
use crate::{
    http::{
        Anyone, Author, Error, Flash, FormState, Next, Posted, Reply, Visit, address, route::page,
        see_other,
    },
    ids::MistakeReportId,
    list,
};

/// The routes below `/{lang}`.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(page::<address::Report>().get(form).post(report))
        .service(page::<address::AuthorReports>().get(reports).post(handle));
}

/// `GET /{lang}/report?next=`: open to anyone; `next` is the page with the mistake.
async fn form(visit: Visit<Anyone>, next: Next) -> Reply {
    let page = ReportPage::new(visit.theme(), visit.lang, &next, &FormState::new());
    visit.show(&page)
}

/// `POST /{lang}/report`: open to anyone.
async fn report(state: Data<State>, visit: Visit<Anyone>, posted: Posted) -> Reply {
    let next = posted.next();
    let form = match posted.read::<RawReport>() {
        Ok(text) => {
            let page = page_address(&next);
            let locale = visit.lang.as_str();
            match service::add(&state.clock, &state.db, page, locale, text).await {
                Ok(()) => {
                    let back = next.or(visit.url(&address::Home));
                    return Ok(Flash::success("flash-report-sent").on(see_other(&back)));
                }
                Err(ReportError::TooMany) => {
                    posted.typed::<RawReport>().error("text", "report-too-many")
                }
                Err(ReportError::Database(error)) => return Err(error.into()),
            }
        }
        Err(form) => form,
    };
    let page = ReportPage::new(visit.theme(), visit.lang, &next, &form);
    visit.show_again(&page)
}

/// The page's address. Of its query only the id of a question is kept, because a search text may be personal.
fn page_address(next: &Next) -> String {
    let address = next.path().unwrap_or_default();
    match address.split_once('?') {
        Some((_, query)) if query.starts_with("question=") && !query.contains('&') => {
            address.to_owned()
        }
        Some((path, _)) => path.to_owned(),
        None => address.to_owned(),
    }
}

/// `GET /{lang}/author/reports?q=&status=&sort=&order=&page=`: for authors.
async fn reports(state: Data<State>, visit: Visit<Author>, request: HttpRequest) -> Reply {
    let query = ReportsQuery::read(request.query_string());
    visit.show(&reports_page(&state, &visit, &query, None).await?)
}

async fn reports_page(
    state: &State,
    visit: &Visit<Author>,
    query: &ReportsQuery,
    error: Option<&str>,
) -> Result<ReportsPage, Error> {
    let found = service::list(&state.db, query).await?;
    Ok(ReportsPage::new(
        visit.theme(),
        visit.lang,
        query,
        found,
        error,
    ))
}

/// `POST /{lang}/author/reports`: marks the ticked reports as handled, or as open again.
async fn handle(state: Data<State>, visit: Visit<Author>, posted: Posted) -> Reply {
    let query = ReportsQuery::read(posted.get("query"));
    let ids: Vec<MistakeReportId> = list::selected(&posted);
    let (is_handled, flash) = match posted.get("do") {
        "handle" => (true, "flash-reports-handled"),
        "reopen" => (false, "flash-reports-reopened"),
        _ => return Err(Error::BadRequest("no such action")),
    };
    if ids.is_empty() {
        let page = reports_page(&state, &visit, &query, Some("list-nothing-selected")).await?;
        return visit.show_again(&page);
    }
    let actor = visit.who.account_id;
    let changed = service::set_handled(&state.clock, &state.db, actor, ids, is_handled).await?;
    let back = query.list.address(&visit.url(&address::AuthorReports));
    let changed = usize::try_from(changed).unwrap_or(usize::MAX);
    Ok(Flash::success(flash).count(changed).on(see_other(&back)))
}
