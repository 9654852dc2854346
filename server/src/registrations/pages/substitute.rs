//! Somebody else of the same organisation comes instead.

use std::net::IpAddr;

use actix_web::{
    HttpRequest,
    web::{Data, ServiceConfig},
};

use super::found::opened;
use crate::{
    http::{
        Anyone, Error, Flash, Path, Posted, Reply, Visit, VisitCore, address, route::page,
        see_other,
    },
    registrations::{
        State,
        forms::RawColleague,
        places::Refused,
        service::{
            Seen,
            substitute::{self, By},
        },
        views::substitute::{SubstituteOf, SubstitutePage},
    },
};

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(
        page::<address::SubstituteRegistration>()
            .not_a_destination()
            .get(form)
            .post(take_over),
    );
}

fn by(visit: &Visit<Anyone>) -> By {
    By::Participant(visit.who.as_ref().map(|who| who.account_id))
}

async fn of<'a>(
    state: &State,
    visit: &Visit<Anyone>,
    (seen, token): (&'a Seen, &str),
) -> Result<SubstituteOf<'a>, Error> {
    Ok(SubstituteOf {
        event: &seen.event,
        registration: &seen.registration,
        organisation: substitute::organisation_of(state, &seen.registration).await?,
        action: visit.url(&address::SubstituteRegistration {
            token: token.to_owned(),
        }),
        back: visit.url(&address::Registration {
            token: token.to_owned(),
        }),
    })
}

/// `GET /{lang}/registrations/{token}/substitute`: for whoever has the link.
async fn form(
    state: Data<State>,
    visit: Visit<Anyone>,
    path: Path<address::SubstituteRegistration>,
) -> Reply {
    let seen = opened(&state, &path.token).await?;
    let refused = substitute::check(&state, &seen.event, &seen.registration, by(&visit)).err();
    let words = (visit.theme(), visit.lang);
    let of = of(&state, &visit, (&seen, &path.token)).await?;
    visit.show(&SubstitutePage::form(words, &of, None, refused.as_ref()))
}

/// `POST /{lang}/registrations/{token}/substitute`: asks first, and then does it.
async fn take_over(
    state: Data<State>,
    visit: Visit<Anyone>,
    path: Path<address::SubstituteRegistration>,
    request: HttpRequest,
    posted: Posted,
) -> Reply {
    let seen = opened(&state, &path.token).await?;
    let of = of(&state, &visit, (&seen, &path.token)).await?;
    let client = visit.shell().client_address(&request);
    asked(&state, &visit, (&of, by(&visit)), (&posted, client)).await
}

/// What the form asks for: the question before, the form once more, or to do it.
pub(super) async fn asked(
    state: &State,
    visit: &VisitCore,
    (of, by): (&SubstituteOf<'_>, By),
    (posted, client): (&Posted, IpAddr),
) -> Reply {
    let words = (visit.theme(), visit.lang);
    if let Err(refused) = substitute::check(state, of.event, of.registration, by) {
        return visit.show_conflict(&SubstitutePage::form(words, of, None, Some(&refused)));
    }
    let typed = posted.typed::<RawColleague>();
    let colleague = match posted.read::<RawColleague>() {
        Ok(colleague) => colleague,
        Err(form) => return visit.show_again(&SubstitutePage::form(words, of, Some(&form), None)),
    };
    match posted.get("do") {
        "substitute" => {}
        "edit" => return visit.show(&SubstitutePage::form(words, of, Some(&typed), None)),
        _ => return visit.show(&SubstitutePage::question(words, of, &typed)),
    }
    state.limits.mail(state.clock.now(), client)?;
    let ids = (of.event.row.id, of.registration.id);
    match substitute::substitute(state, ids, (colleague, visit.lang), by).await {
        Ok(_) => Ok(Flash::success("flash-substituted").on(see_other(&of.back))),
        Err(Refused::Database(error)) => Err(error.into()),
        Err(Refused::SubstituteIsRegistered) => {
            let form = typed.error("email", "registration-substitute-registered");
            visit.show_again(&SubstitutePage::form(words, of, Some(&form), None))
        }
        Err(refused) => visit.show_conflict(&SubstitutePage::form(
            words,
            of,
            Some(&typed),
            Some(&refused),
        )),
    }
}
