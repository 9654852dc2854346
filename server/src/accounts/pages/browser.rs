//! The browser of a request: what it is, and its cookies.

use actix_web::{HttpRequest, HttpResponse, cookie::Cookie, http::header};

use crate::{
    accounts::{
        State, device, known_browser,
        service::{Browser, SignedIn},
        session::SESSION_COOKIE,
    },
    http::VisitCore,
    ids::AccountId,
};

/// The browser of a request.
pub(super) fn browser_of(visit: &VisitCore, request: &HttpRequest) -> Browser {
    let user_agent = request.headers().get(header::USER_AGENT);
    let user_agent = user_agent.and_then(|value| value.to_str().ok());
    Browser {
        address: visit.shell().client_address(request),
        known: known_of(request),
        previous_session: session_of(request),
        device: device::name(user_agent.unwrap_or_default()),
    }
}

/// Sets the session's cookie, and the cookie by which the browser is known later.
pub(super) fn begin(
    state: &State,
    request: &HttpRequest,
    mut response: HttpResponse,
    signed_in: &SignedIn,
) -> HttpResponse {
    let (id, hash) = (signed_in.account_id, &signed_in.password_hash);
    let known = known_cookie(state, request, id, hash);
    // Cookie values in URL-safe Base64 always make valid headers.
    let _ = response.add_cookie(&signed_in.session.cookie(state.is_https));
    let _ = response.add_cookie(&known);
    response
}

/// The cookie by which the browser of a request is known to an account with this password later.
pub(super) fn known_cookie(
    state: &State,
    request: &HttpRequest,
    account_id: AccountId,
    password_hash: &str,
) -> Cookie<'static> {
    let now = state.clock.now();
    let before = known_of(request);
    let mark = known_browser::token(&state.secret, now, account_id, password_hash);
    let fits = known_browser::find(&state.secret, now, &before, account_id, password_hash);
    known_browser::cookie(&mark, &before, fits, state.is_https)
}

pub(super) fn session_of(request: &HttpRequest) -> Option<String> {
    request
        .cookie(SESSION_COOKIE)
        .map(|cookie| cookie.value().to_owned())
}

fn known_of(request: &HttpRequest) -> String {
    request
        .cookie(known_browser::COOKIE)
        .map(|cookie| cookie.value().to_owned())
        .unwrap_or_default()
}
