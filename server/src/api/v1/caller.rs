//! Who makes a request: the rule of access of every handler of the API.

use std::{future::Future, marker::PhantomData, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header, web::Data};

use super::problem::Problem;
use crate::{
    api::{
        State,
        model::Scope,
        service::{self, Access},
    },
    http::{Error, Shell},
    principal::Principal,
};

/// A scope as a type.
pub(super) trait Needs: 'static {
    /// The scope that the token has to have.
    const SCOPE: Scope;
}

/// Needs `events:read`.
pub(super) struct Read;

impl Needs for Read {
    const SCOPE: Scope = Scope::EventsRead;
}

/// Needs `events:write`.
pub(super) struct Write;

impl Needs for Write {
    const SCOPE: Scope = Scope::EventsWrite;
}

/// The person behind a request whose token has the scope of `N`. Cookies are not looked at, so a page of another site
/// cannot make a browser use the API.
pub(super) struct Caller<N> {
    /// The person.
    pub(super) who: Principal,
    needs: PhantomData<N>,
}

impl<N: Needs> FromRequest for Caller<N> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let access = access(&request).await?;
            if access.who.must_enrol {
                return Err(Problem::second_factor_needed());
            }
            if !access.token.scopes.contains(&N::SCOPE) {
                return Err(Problem::scope_missing(N::SCOPE));
            }
            Ok(Self {
                who: access.who,
                needs: PhantomData,
            })
        })
    }
}

/// The token in the header, if there is one.
fn bearer(request: &HttpRequest) -> Option<&str> {
    let value = request.headers().get(header::AUTHORIZATION)?;
    let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

async fn access(request: &HttpRequest) -> Result<Access, Problem> {
    let state = request
        .app_data::<Data<State>>()
        .ok_or_else(|| Error::internal("the web server has no state of the API"))?;
    let token = bearer(request);
    let found = match token {
        Some(token) => service::authenticate(state, token)
            .await
            .map_err(Error::from)?,
        None => None,
    };
    let now = state.clock.now();
    let Some(access) = found else {
        let address = Shell::of(request)?.client_address(request);
        state.limits.api_unknown(now, address)?;
        let was_given = request.headers().contains_key(header::AUTHORIZATION);
        return Err(Problem::unauthorized(was_given));
    };
    state.limits.api(now, access.token.id)?;
    Ok(access)
}
