//! The pages of programme managers.

use actix_web::{
    HttpResponse,
    http::header,
    web::{Data, Path, Query, ServiceConfig},
};

use super::{
    State,
    forms::RawQuery,
    service,
    views::{fact::FactPage, heads, heads::HeadsPage, home::HomePage, indicators::IndicatorsPage},
};
use crate::{
    http::{Error, Lang, Manager, Reply, Visit, route::page},
    ids::FactId,
    organisations,
};

/// The routes below `/{lang}`.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(page("/manage").get(home))
        .service(page("/manage/indicators").get(indicators))
        .service(page("/manage/indicators/{id}").get(heads))
        .service(page("/manage/indicators/{id}/heads.csv").get(heads_csv))
        .service(page("/manage/indicators/{id}/facts/{fact}").get(fact));
}

/// `GET /{lang}/manage`.
async fn home(visit: Visit<Manager>, state: Data<State>) -> Reply {
    (state.catch_up)().await?;
    let counts = service::counts_of_all(&state.db, &state.programme).await?;
    let waiting = (
        organisations::count_proposed(&state.db).await?,
        service::count_unnamed(&state.db).await?,
    );
    let page = HomePage::new(
        visit.theme(),
        visit.lang,
        &state.programme,
        &counts,
        waiting,
    );
    visit.show(&page)
}

/// `GET /{lang}/manage/indicators`.
async fn indicators(visit: Visit<Manager>, state: Data<State>) -> Reply {
    (state.catch_up)().await?;
    let counts = service::counts_of_all(&state.db, &state.programme).await?;
    let unnamed = service::count_unnamed(&state.db).await?;
    let figures = (counts.as_slice(), unnamed);
    let today = Lang::riga_date(state.clock.now());
    let page = IndicatorsPage::new(visit.theme(), visit.lang, &state.programme, figures, today);
    visit.show(&page)
}

/// `GET /{lang}/manage/indicators/{id}`.
async fn heads(
    visit: Visit<Manager>,
    state: Data<State>,
    path: Path<(String, String)>,
    query: Query<RawQuery>,
) -> Reply {
    (state.catch_up)().await?;
    let (_, id) = path.into_inner();
    let (indicator, count) = service::count_of(&state.db, &state.programme, &id)
        .await?
        .ok_or(Error::NotFound)?;
    let heads = (
        service::counted_people(&state.db, count.counted.clone()).await?,
        service::counted_people(&state.db, count.waiting.clone()).await?,
    );
    let query = query.into_inner().parse();
    let page = HeadsPage::new(
        (visit.theme(), &state.sources),
        visit.lang,
        indicator,
        &count,
        heads,
        &query,
    );
    visit.show(&page)
}

/// `GET /{lang}/manage/indicators/{id}/heads.csv`; noted in the audit log before it is handed out.
async fn heads_csv(
    visit: Visit<Manager>,
    state: Data<State>,
    path: Path<(String, String)>,
) -> Reply {
    (state.catch_up)().await?;
    let (_, id) = path.into_inner();
    let (indicator, count) = service::count_of(&state.db, &state.programme, &id)
        .await?
        .ok_or(Error::NotFound)?;
    let counted = service::counted_people(&state.db, count.counted).await?;
    let waiting = service::counted_people(&state.db, count.waiting).await?;
    let rows = counted.len() + waiting.len();
    // Who asks for the head only takes nothing away.
    if !visit.is_head {
        let actor = visit.who.account_id;
        service::note_export(&state.db, &state.clock, actor, &indicator.id, rows).await?;
    }
    let today = Lang::riga_date(state.clock.now());
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{}-{today}.csv\"", indicator.id),
        ))
        .body(heads::table(visit.theme(), visit.lang, &counted, &waiting)))
}

/// `GET /{lang}/manage/indicators/{id}/facts/{fact}`.
async fn fact(
    visit: Visit<Manager>,
    state: Data<State>,
    path: Path<(String, String, String)>,
) -> Reply {
    (state.catch_up)().await?;
    let (_, indicator_id, fact_id) = path.into_inner();
    let fact_id: FactId = fact_id.parse().map_err(|_| Error::NotFound)?;
    let proof = service::proof(&state.db, &state.programme, &indicator_id, fact_id)
        .await?
        .ok_or(Error::NotFound)?;
    let page = FactPage::new(
        (visit.theme(), &state.sources),
        visit.lang,
        &state.programme,
        &proof,
    );
    visit.show(&page)
}
