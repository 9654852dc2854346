//! Verifying a certificate, and downloading one's own.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{Data, Query, ServiceConfig},
};
use serde::Deserialize;

use super::{
    RenderError, State,
    forms::{Asked, RawVerification},
    service::{self, FileError},
    views::{VerifiedPage, VerifyForm},
};
use crate::http::{
    Anyone, Error, FormState, Path, Posted, Reply, SignedIn, Visit, address, route::page, see_other,
};

/// The routes below `/{lang}`.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(page::<address::Verify>().get(form))
        .service(page::<address::Certificate>().get(verify))
        .service(page::<address::MyCertificate>().get(download));
}

/// The fields of the form.
#[derive(Debug, Deserialize)]
struct Typed {
    code: Option<String>,
}

/// `GET /{lang}/verify`: open to anyone. With `code`, redirects to the certificate's page.
async fn form(visit: Visit<Anyone>, typed: Query<Typed>) -> Reply {
    let Some(typed) = &typed.code else {
        let form = FormState::new();
        return visit.show(&VerifyForm::new(visit.theme(), visit.lang, &form));
    };
    match read(typed) {
        Ok(asked) => {
            let code = asked.as_part();
            Ok(see_other(&visit.url(&address::Certificate { code })))
        }
        Err(form) => visit.show_again(&VerifyForm::new(visit.theme(), visit.lang, &form)),
    }
}

/// Reads a code from an address.
///
/// # Errors
/// The form to show again.
fn read(typed: &str) -> Result<Asked, FormState> {
    Posted::from_fields(&[("code", typed)]).read::<RawVerification>()
}

/// `GET /{lang}/verify/{code}`: open to anyone who has the code. With a serial number, which can be guessed, the
/// page has its date and state only.
async fn verify(
    state: Data<State>,
    visit: Visit<Anyone>,
    request: HttpRequest,
    path: Path<address::Certificate>,
) -> Reply {
    let asked = match read(&path.code) {
        Ok(asked) => asked,
        Err(form) => {
            return visit.show_again(&VerifyForm::new(visit.theme(), visit.lang, &form));
        }
    };
    let address = visit.shell().client_address(&request);
    visit
        .shell()
        .limits
        .verify(state.clock.now(), address)
        .await?;
    let found = match &asked {
        Asked::Code(code) => service::find_by_code(&state.db, code).await?,
        Asked::Serial(serial) => service::find_by_serial(&state.db, serial).await?,
    };
    if let Some(certificate) = found {
        let page = match asked {
            Asked::Code(_) => {
                let is_own = visit
                    .who
                    .as_ref()
                    .is_some_and(|who| who.person_id == certificate.person_id);
                VerifiedPage::new(visit.theme(), visit.lang, &certificate, is_own)
            }
            Asked::Serial(_) => VerifiedPage::by_serial(visit.theme(), visit.lang, &certificate),
        };
        return visit.show(&page);
    }
    visit
        .shell()
        .limits
        .unknown_code(state.clock.now(), address);
    let state = FormState::new()
        .value("code", asked.as_part())
        .error("code", "verify-unknown");
    let page = VerifyForm::new(visit.theme(), visit.lang, &state);
    visit.show_as(&mut HttpResponse::NotFound(), &page)
}

/// `GET /{lang}/me/certificates/{serial}.pdf`, in the language of the address: one's own certificate; another person's is "not found".
async fn download(
    state: Data<State>,
    visit: Visit<SignedIn>,
    path: Path<address::MyCertificate>,
) -> Reply {
    let certificate = service::find_own(&state.db, visit.who.person_id, &path.serial)
        .await?
        .ok_or(Error::NotFound)?;
    let (theme, lang) = (visit.theme(), visit.lang);
    let printed = certificate.data.in_language(lang).language;
    let rendered = service::file(&state.db, &state.clock, theme, certificate.id, Some(lang)).await;
    let bytes = match rendered {
        Ok(bytes) => bytes,
        Err(FileError::NotFound) => return Err(Error::NotFound),
        Err(FileError::Database(error)) => return Err(error.into()),
        Err(FileError::Render(RenderError::MissingGlyphs(_))) => {
            return Err(Error::Conflict("certificate-undrawn"));
        }
        Err(error) => return Err(Error::internal(error)),
    };
    Ok(HttpResponse::Ok()
        .content_type("application/pdf")
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!(
                "attachment; filename=\"{}-{printed}.pdf\"",
                certificate.data.serial
            ),
        ))
        .body(bytes))
}
