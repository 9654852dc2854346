//! Which strands organisers work on, for managers.

use actix_web::web::{Data, ServiceConfig};

use crate::{
    events::{State, service, views::organisers::OrganisersPage},
    http::{Error, Flash, Manager, Path, Posted, Reply, Visit, address, route::page, see_other},
};

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(page::<address::Organisers>().get(organisers))
        .service(page::<address::OrganiserStrands>().post(change));
}

/// `GET /{lang}/manage/organisers`: for managers.
async fn organisers(state: Data<State>, visit: Visit<Manager>) -> Reply {
    let rows = service::organisers(&state.db).await?;
    let words = (visit.theme(), visit.lang);
    visit.show(&OrganisersPage::new(words, &state.programme, rows))
}

/// `POST /{lang}/manage/organisers/{account}/strands`: gives or takes one strand.
async fn change(
    state: Data<State>,
    visit: Visit<Manager>,
    path: Path<address::OrganiserStrands>,
    posted: Posted,
) -> Reply {
    let strand = state.programme.strand(posted.get("strand"));
    let strand = strand.ok_or(Error::BadRequest("no such strand"))?;
    let (is_given, message) = match posted.get("change") {
        "give" => (true, "flash-strand-given"),
        "take" => (false, "flash-strand-taken"),
        _ => return Err(Error::BadRequest("neither give nor take")),
    };
    let account_id = path.account;
    let organisers = service::organisers(&state.db).await?;
    if !organisers
        .iter()
        .any(|row| row.account.account_id == account_id)
    {
        return Err(Error::NotFound);
    }
    let (actor, what) = (visit.who.account_id, (account_id, strand.id.as_str()));
    service::change_strand(&state.clock, &state.db, actor, what, is_given).await?;
    Ok(Flash::success(message).on(see_other(&visit.url(&address::Organisers))))
}
