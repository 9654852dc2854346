//! The handlers of mails and jobs: read the request, call a use case, show a page or redirect.

use actix_web::{
    HttpRequest,
    web::{Data, Query, ServiceConfig},
};

use super::{
    State,
    list::JobsQuery,
    service::{self, JobChange, JobRecord},
    views::{DropPage, JobPage, JobsPage},
};
use crate::{
    http::{
        Admin, Error, Flash, Path, Posted, Reply, Visit,
        address::{self, Address as _, with_query},
        route::page,
        see_other,
    },
    ids::JobId,
    jobs::Phase,
    list,
};

/// The routes below `/{lang}`.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(page::<address::Jobs>().get(jobs).post(change_selected))
        .service(
            page::<address::DropJobs>()
                .get(confirm_drop)
                .post(drop_jobs),
        )
        .service(page::<address::Job>().get(job))
        .service(page::<address::RetryJob>().post(retry))
        .service(page::<address::JobAddress>().post(mark_address));
}

/// `GET /{lang}/admin/jobs?q=&state=&kind=&sort=&order=&page=`: for administrators.
async fn jobs(state: Data<State>, visit: Visit<Admin>, request: HttpRequest) -> Reply {
    let query = JobsQuery::read(request.query_string(), &state.kinds);
    visit.show(&jobs_page(&state, &visit, &query, None).await?)
}

async fn jobs_page(
    state: &State,
    visit: &Visit<Admin>,
    query: &JobsQuery,
    error: Option<&str>,
) -> Result<JobsPage, Error> {
    let found = service::list(state, query).await?;
    let words = (visit.theme(), visit.lang);
    Ok(JobsPage::new(words, query, &state.kinds, found, error))
}

/// `POST /{lang}/admin/jobs`: tries the selected jobs again, or asks whether to drop them.
async fn change_selected(state: Data<State>, visit: Visit<Admin>, posted: Posted) -> Reply {
    let query = JobsQuery::read(posted.get("query"), &state.kinds);
    let ids: Vec<JobId> = list::selected(&posted);
    let action = posted.get("do");
    if !matches!(action, "retry" | "drop") {
        return Err(Error::BadRequest("no such action"));
    }
    if ids.is_empty() {
        let page = jobs_page(&state, &visit, &query, Some("list-nothing-selected")).await?;
        return visit.show_again(&page);
    }
    if action == "drop" {
        let ids = ids.iter().map(|id| ("id", id.to_string()));
        return Ok(see_other(&with_query(&visit.url(&address::DropJobs), ids)));
    }
    let actor = visit.who.account_id;
    let changed = service::change(&state, actor, &ids, JobChange::Retry).await?;
    let back = query.list.address(&visit.url(&address::Jobs));
    Ok(retried(changed).on(see_other(&back)))
}

fn retried(changed: usize) -> Flash {
    if changed > 0 {
        Flash::success("flash-jobs-retried").count(changed)
    } else {
        Flash::info("flash-jobs-unchanged")
    }
}

/// `GET /{lang}/admin/jobs/{job}`: for administrators.
async fn job(state: Data<State>, visit: Visit<Admin>, path: Path<address::Job>) -> Reply {
    let record = find(&state, path.job).await?;
    visit.show(&JobPage::new(visit.theme(), visit.lang, record))
}

async fn find(state: &State, id: JobId) -> Result<JobRecord, Error> {
    service::one(state, id).await?.ok_or(Error::NotFound)
}

/// `POST /{lang}/admin/jobs/{job}/retry`.
async fn retry(
    state: Data<State>,
    visit: Visit<Admin>,
    path: Path<address::RetryJob>,
    _posted: Posted,
) -> Reply {
    find(&state, path.job).await?;
    let actor = visit.who.account_id;
    let changed = service::change(&state, actor, &[path.job], JobChange::Retry).await?;
    let job = address::Job { job: path.job };
    Ok(retried(changed).on(see_other(&visit.url(&job))))
}

/// `GET /{lang}/admin/jobs/drop?id=&id=`: asks whether to drop these jobs.
async fn confirm_drop(
    state: Data<State>,
    visit: Visit<Admin>,
    named: Query<Vec<(String, String)>>,
) -> Reply {
    let ids = named.iter().filter(|(name, _)| name == "id");
    let mut open = Vec::new();
    for id in ids.filter_map(|(_, id)| id.parse().ok()).take(MOST_AT_ONCE) {
        if let Some(record) = service::one(&state, id).await?
            && matches!(record.job.phase, Phase::Due | Phase::Later | Phase::Dead)
        {
            open.push(record.job);
        }
    }
    if open.is_empty() {
        let list = see_other(&visit.url(&address::Jobs));
        return Ok(Flash::info("flash-jobs-unchanged").on(list));
    }
    visit.show(&DropPage::new(visit.theme(), visit.lang, open))
}

/// As many as a page of the list has.
const MOST_AT_ONCE: usize = 50;

/// `POST /{lang}/admin/jobs/drop`: drops the jobs that were shown.
async fn drop_jobs(state: Data<State>, visit: Visit<Admin>, posted: Posted) -> Reply {
    let ids: Vec<JobId> = list::selected(&posted);
    let actor = visit.who.account_id;
    let changed = service::change(&state, actor, &ids, JobChange::Drop).await?;
    let flash = if changed > 0 {
        Flash::success("flash-jobs-dropped").count(changed)
    } else {
        Flash::info("flash-jobs-unchanged")
    };
    Ok(flash.on(see_other(&address::Jobs.url(visit.lang))))
}

/// `POST /{lang}/admin/jobs/{job}/address`: whether the address of a mail takes mails.
async fn mark_address(
    state: Data<State>,
    visit: Visit<Admin>,
    path: Path<address::JobAddress>,
    posted: Posted,
) -> Reply {
    let takes_mails = match posted.get("do") {
        "accept" => true,
        "refuse" => false,
        _ => return Err(Error::BadRequest("no such action")),
    };
    let actor = visit.who.account_id;
    if !service::mark_address(&state, actor, path.job, takes_mails).await? {
        return Err(Error::NotFound);
    }
    let flash = if takes_mails {
        "flash-address-accepted"
    } else {
        "flash-address-refused"
    };
    let job = address::Job { job: path.job };
    Ok(Flash::success(flash).on(see_other(&visit.url(&job))))
}
