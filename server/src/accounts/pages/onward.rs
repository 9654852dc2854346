//! Where somebody goes whose password was right.

use actix_web::{HttpRequest, HttpResponse};

use super::browser::begin;
use crate::{
    accounts::{State, pending, service::Entrance},
    http::{Error, Next, VisitCore, address, see_other},
    ids::PersonId,
    people,
};

/// Into the site, with a session; or to the question for the code of the second factor.
pub(super) async fn enter(
    state: &State,
    visit: &VisitCore,
    request: &HttpRequest,
    (person_id, entrance): (PersonId, Entrance),
    next: Next,
) -> Result<HttpResponse, Error> {
    match entrance {
        Entrance::SignedIn(signed_in) => {
            let url = go_on(state, visit, person_id, next).await?;
            Ok(begin(state, request, see_other(&url), &signed_in))
        }
        Entrance::CodeNeeded(account_id, hash) => {
            let mut response = see_other(&next.after(&visit.url(&address::SignInCode)));
            let now = state.clock.now();
            let cookie = pending::cookie(&state.secret, now, account_id, &hash, state.is_https);
            response.add_cookie(&cookie).map_err(Error::internal)?;
            Ok(response)
        }
    }
}

/// Redirects a person who has just signed in: to the first missing step of their profile, otherwise to the
/// page that they had wanted to open.
pub(super) async fn go_on(
    state: &State,
    visit: &VisitCore,
    person_id: PersonId,
    next: Next,
) -> Result<String, Error> {
    if let Some(step) = people::readiness(&state.db, person_id).await?.missing() {
        return Ok(next.after(&step.url(visit.lang)));
    }
    if let Some(page) = next.path() {
        (state.on_arrival)(person_id, visit.lang, page.to_owned()).await?;
    }
    Ok(next.or(visit.url(&address::Me)))
}
