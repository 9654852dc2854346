//! The pages of programme managers.

use actix_web::{
    HttpRequest,
    web::{Data, ServiceConfig},
};

use super::{
    State,
    indicator::UNNAMED,
    list::{CountedQuery, filters_of_unnamed},
    service,
    views::{
        fact::FactPage, heads, heads::CountedPeoplePage, home::HomePage,
        indicators::IndicatorsPage, localized, unnamed::UnnamedPage,
    },
};
use crate::{
    audit,
    http::{Error, Manager, Path, Reply, Visit, address, route::page},
    list::{self, ExportedList, Extent, Query},
    organisations,
};

/// The routes below `/{lang}`.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(page::<address::Manage>().get(home))
        .service(page::<address::Indicators>().get(indicators))
        .service(page::<address::Indicator>().get(heads))
        .service(page::<address::IndicatorFile>().get(export))
        .service(page::<address::Fact>().get(fact));
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
        state.calendar(),
    );
    visit.show(&page)
}

/// `GET /{lang}/manage/indicators`.
async fn indicators(visit: Visit<Manager>, state: Data<State>) -> Reply {
    (state.catch_up)().await?;
    let counts = service::counts_of_all(&state.db, &state.programme).await?;
    let unnamed = service::count_unnamed(&state.db).await?;
    let figures = (counts.as_slice(), unnamed);
    visit.show(&IndicatorsPage::new(
        visit.theme(),
        visit.lang,
        &state.programme,
        figures,
        state.calendar(),
    ))
}

/// `GET /{lang}/manage/indicators/{indicator}?…`: the people of an indicator, or for [`UNNAMED`] those who
/// have not named an employer.
async fn heads(
    visit: Visit<Manager>,
    state: Data<State>,
    path: Path<address::Indicator>,
    request: HttpRequest,
) -> Reply {
    (state.catch_up)().await?;
    let id = &path.indicator;
    let words = (visit.theme(), &*state.sources);
    if id == UNNAMED {
        let query = Query::read(request.query_string(), &filters_of_unnamed());
        let found = service::unnamed_people(&state.db, &query, query.extent()).await?;
        return visit.show(&UnnamedPage::new(words, visit.lang, &query, found));
    }
    let (indicator, count) = service::count_of(&state.db, &state.programme, id)
        .await?
        .ok_or(Error::NotFound)?;
    let query = CountedQuery::read(request.query_string(), indicator);
    let extent = query.list.extent();
    let found =
        service::counted_people(&state.db, &state.programme, indicator, &query, extent).await?;
    visit.show(&CountedPeoplePage::new(
        words,
        visit.lang,
        (indicator, state.calendar()),
        &count,
        &query,
        found,
    ))
}

/// `GET /{lang}/manage/indicators/{indicator}/export.{ending}?…`: the people of the list as a file. The
/// export is recorded in the audit log before the file is sent.
async fn export(
    visit: Visit<Manager>,
    state: Data<State>,
    path: Path<address::IndicatorFile>,
    request: HttpRequest,
) -> Reply {
    let (db, programme) = (&state.db, &state.programme);
    let indicator = programme.indicator(&path.indicator);
    if indicator.is_none() && path.indicator != UNNAMED {
        return Err(Error::NotFound);
    }
    let people = ExportedList {
        kind: "indicator",
        id: &path.indicator,
    };
    let recorder = (&state.clock, db);
    list::export(&visit, recorder, &path.ending, people, async || {
        (state.catch_up)().await?;
        let (title, people, note) = if let Some(indicator) = indicator {
            let query = CountedQuery::read(request.query_string(), indicator);
            let all = Extent::All;
            let found = service::counted_people(db, programme, indicator, &query, all).await?;
            let title = localized(&indicator.title, visit.lang).unwrap_or_default();
            (title, found.rows, query.list.export_note(found.total))
        } else {
            let query = Query::read(request.query_string(), &filters_of_unnamed());
            let found = service::unnamed_people(db, &query, Extent::All).await?;
            let title = visit.theme().text(visit.lang, "unnamed-title");
            (title, found.rows, query.export_note(found.total))
        };
        Ok((
            heads::sheet(visit.theme(), visit.lang, title, &people),
            note,
        ))
    })
    .await
}

/// `GET /{lang}/manage/indicators/{indicator}/facts/{fact}`.
async fn fact(visit: Visit<Manager>, state: Data<State>, path: Path<address::Fact>) -> Reply {
    (state.catch_up)().await?;
    let proof = service::proof(&state.db, &state.programme, &path.indicator, path.fact)
        .await?
        .ok_or(Error::NotFound)?;
    if !visit.is_head {
        // Who has seen whose record.
        let seen = audit::AuditEntry {
            actor_account_id: Some(visit.who.account_id),
            action: "fact.viewed",
            subject_kind: "indicator_fact",
            subject_id: path.fact.to_string(),
            detail: serde_json::json!({}),
        };
        audit::note(&state.db, state.clock.now(), seen).await?;
    }
    let page = FactPage::new(
        (visit.theme(), &state.sources),
        visit.lang,
        &state.programme,
        &proof,
    );
    visit.show(&page)
}
