//! The person's own data: to download, to erase.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{Data, ServiceConfig},
};

use super::{
    State,
    forms::RawErasure,
    service::{self, ErasureError},
    views::{DataFile, DataPage, ErasePage},
};
use crate::http::{
    Error, Flash, FormState, Lang, Path, Posted, Reply, SignedIn, Visit, address, route::page,
    see_other,
};

/// The routes below `/{lang}`.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(page::<address::MyData>().get(data))
        .service(page::<address::MyDataFile>().get(download))
        .service(page::<address::EraseMyData>().get(erase_form).post(erase))
        .service(page::<address::KeepMyData>().post(keep));
}

/// `GET /{lang}/me/data`: one's own.
async fn data(state: Data<State>, visit: Visit<SignedIn>) -> Reply {
    let pending = service::pending(&state, visit.who.person_id).await?;
    visit.show(&DataPage::new(visit.lang, pending))
}

/// `GET /{lang}/me/data/export.{ending}`: one's own, as JSON or HTML.
async fn download(
    state: Data<State>,
    visit: Visit<SignedIn>,
    path: Path<address::MyDataFile>,
) -> Reply {
    let media_type = match path.ending.as_str() {
        "json" => "application/json",
        "html" => "text/html; charset=utf-8",
        _ => return Err(Error::NotFound),
    };
    let mut answer = HttpResponse::Ok();
    answer.content_type(media_type);
    // Nothing is read, so nothing is recorded.
    if visit.is_head {
        return Ok(answer.finish());
    }
    let records = service::records(&state, visit.who.account_id, visit.who.person_id).await?;
    let now = state.clock.now();
    let file = DataFile::new(visit.theme(), visit.lang, now, records);
    let body = if path.ending == "json" {
        file.json().map_err(Error::internal)?
    } else {
        visit.render(&file)?
    };
    let day = Lang::riga_date(now);
    let name = format!("attachment; filename=\"iespeja-{day}.{}\"", path.ending);
    Ok(answer
        .insert_header((header::CONTENT_DISPOSITION, name))
        .body(body))
}

/// `GET /{lang}/me/data/erase`: what is erased and what is kept.
async fn erase_form(state: Data<State>, visit: Visit<SignedIn>) -> Reply {
    if service::pending(&state, visit.who.person_id)
        .await?
        .is_some()
    {
        return Ok(see_other(&visit.url(&address::MyData)));
    }
    visit.show(&ErasePage::new(
        visit.theme(),
        visit.lang,
        &FormState::new(),
    ))
}

/// `POST /{lang}/me/data/erase`.
async fn erase(
    state: Data<State>,
    visit: Visit<SignedIn>,
    request: HttpRequest,
    posted: Posted,
) -> Reply {
    let password = match posted.read::<RawErasure>() {
        Ok(password) => password,
        Err(form) => {
            return visit.show_again(&ErasePage::new(visit.theme(), visit.lang, &form));
        }
    };
    let who = (visit.who.account_id, visit.who.person_id);
    let address = visit.shell().client_address(&request);
    let asked = service::request(&state, who, password, address, visit.lang).await;
    let key = match asked {
        Ok(()) => {
            let answer = see_other(&visit.url(&address::MyData));
            return Ok(Flash::success("flash-erasure-requested").on(answer));
        }
        Err(ErasureError::WrongPassword) => "own-password-wrong",
        Err(ErasureError::Objection(key)) => key,
        Err(ErasureError::Other(error)) => return Err(error),
    };
    let form = posted.typed::<RawErasure>().error("password", key);
    visit.show_again(&ErasePage::new(visit.theme(), visit.lang, &form))
}

/// `POST /{lang}/me/data/keep`: takes the request back.
async fn keep(state: Data<State>, visit: Visit<SignedIn>, _posted: Posted) -> Reply {
    let answer = see_other(&visit.url(&address::MyData));
    if service::withdraw(&state, visit.who.account_id, visit.who.person_id).await? {
        return Ok(Flash::success("flash-erasure-withdrawn").on(answer));
    }
    Ok(answer)
}
