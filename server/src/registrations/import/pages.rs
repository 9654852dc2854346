//! The pages of imports: read the request, call a use case, show a page or redirect.

use actix_web::web::{Data, Query, ServiceConfig};
use serde::Deserialize;

use super::{
    model::{Import, ImportStatus, MOST_BYTES},
    service::{self, CheckError},
    views::{CheckedImportPage, FileProblem, ImportPage, ImportRunPage, template_sheet},
};
use crate::{
    events::{self, Event},
    http::{
        Error, Flash, Organising, Path, Posted, Reply, Upload, Visit, address, route::page,
        see_other,
    },
    ids::{EventId, RegistrationImportId},
    list::{Format, PageNumber},
    registrations::State,
};

/// The routes below `/{lang}`.
pub(in crate::registrations) fn routes(config: &mut ServiceConfig) {
    config
        .service(page::<address::ImportTemplate>().get(template))
        .service(page::<address::ImportRegistrations>().get(form).post(check))
        .service(page::<address::RegistrationImport>().get(show).post(begin))
        .service(page::<address::DiscardImport>().post(discard));
}

/// An event on which somebody works.
async fn organised(state: &State, visit: &Visit<Organising>, id: EventId) -> Result<Event, Error> {
    events::for_organiser(state.db.read(), &visit.who, id)
        .await?
        .ok_or(Error::NotFound)
}

/// `GET /{lang}/organise/events/{event}/registrations/import`: for organisers of its strand and managers.
async fn form(
    state: Data<State>,
    visit: Visit<Organising>,
    path: Path<address::ImportRegistrations>,
) -> Reply {
    let event = organised(&state, &visit, path.event).await?;
    let words = (visit.theme(), visit.lang);
    visit.show(&ImportPage::new(words, &event, None))
}

/// `GET /{lang}/organise/events/{event}/registrations/import/template.{ending}`: the file to fill in.
async fn template(
    state: Data<State>,
    visit: Visit<Organising>,
    path: Path<address::ImportTemplate>,
) -> Reply {
    let format = Format::of_ending(&path.ending)?;
    organised(&state, &visit, path.event).await?;
    let today = crate::http::Lang::riga_date(state.clock.now());
    let sheet = template_sheet((visit.theme(), visit.lang));
    sheet.download(format, "registrations", today)
}

/// `POST /{lang}/organise/events/{event}/registrations/import`: checks a file; nobody is registered yet.
async fn check(
    state: Data<State>,
    visit: Visit<Organising>,
    path: Path<address::ImportRegistrations>,
    upload: Result<Upload<MOST_BYTES>, Error>,
) -> Reply {
    let event = organised(&state, &visit, path.event).await?;
    let again = |problem: FileProblem| {
        let words = (visit.theme(), visit.lang);
        visit.show_again(&ImportPage::new(words, &event, Some(problem)))
    };
    let upload = match upload {
        Ok(upload) => upload,
        Err(Error::TooLarge) => return again(FileProblem::TooLarge),
        Err(error) => return Err(error),
    };
    let Some(file) = upload.file("file") else {
        return again(FileProblem::None);
    };
    let file = (file.name.as_str(), file.bytes.clone());
    match service::check_file(&state, &event, visit.who.account_id, file).await {
        Ok(import) => Ok(see_other(&visit.url(&address::RegistrationImport {
            event: event.row.id,
            import,
        }))),
        Err(CheckError::Unreadable(why)) => again(FileProblem::Unreadable(why)),
        Err(CheckError::Database(error)) => Err(error.into()),
    }
}

/// An import of one's own.
async fn own(
    state: &State,
    visit: &Visit<Organising>,
    (event, import): (EventId, RegistrationImportId),
) -> Result<(Event, Import), Error> {
    let event = organised(state, visit, event).await?;
    let of = (event.row.id, visit.who.account_id);
    let import = service::find(state, of, import)
        .await?
        .ok_or(Error::NotFound)?;
    Ok((event, import))
}

/// What a page of an import is asked for.
#[derive(Debug, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    page: String,
}

/// `GET /{lang}/organise/events/{event}/registrations/import/{import}?page=`: what the file holds and what would
/// happen, then how far it is, then what happened. For whoever had it checked.
async fn show(
    state: Data<State>,
    visit: Visit<Organising>,
    path: Path<address::RegistrationImport>,
    asked: Query<Asked>,
) -> Reply {
    let (event, import) = own(&state, &visit, (path.event, path.import)).await?;
    let words = (visit.theme(), visit.lang);
    if import.status == ImportStatus::Checked {
        let found = service::forecast(&state, &event, &import).await?;
        let (file, forecast) = found.ok_or(Error::NotFound)?;
        let number = PageNumber::read(&asked.page);
        let of = (&import, &file, &forecast);
        return visit.show(&CheckedImportPage::new(words, &event, of, number));
    }
    visit.show(&ImportRunPage::new(words, &event, &import))
}

/// `POST /{lang}/organise/events/{event}/registrations/import/{import}`: registers the people of the file.
async fn begin(
    state: Data<State>,
    visit: Visit<Organising>,
    path: Path<address::RegistrationImport>,
    _posted: Posted,
) -> Reply {
    let (event, import) = own(&state, &visit, (path.event, path.import)).await?;
    service::begin(&state, &import).await?;
    Ok(see_other(&visit.url(&address::RegistrationImport {
        event: event.row.id,
        import: import.id,
    })))
}

/// `POST /{lang}/organise/events/{event}/registrations/import/{import}/discard`.
async fn discard(
    state: Data<State>,
    visit: Visit<Organising>,
    path: Path<address::DiscardImport>,
    _posted: Posted,
) -> Reply {
    let (event, import) = own(&state, &visit, (path.event, path.import)).await?;
    service::discard(&state, &import).await?;
    let form = address::ImportRegistrations {
        event: event.row.id,
    };
    Ok(Flash::success("flash-import-discarded").on(see_other(&visit.url(&form))))
}
