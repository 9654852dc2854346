//! The pages of one's own tokens.

use actix_web::web::{Data, ServiceConfig};

use super::{
    forms::RawToken,
    service::{self, NotRevoked, TokenError},
    state::State,
    views::{RevokePage, TokenPage, TokensPage},
};
use crate::http::{
    Error, Flash, FormState, Organising, Path, Posted, Reply, Visit, address, route::page,
    see_other,
};

/// The pages of tokens, below the language.
pub fn pages(config: &mut ServiceConfig) {
    config
        .service(page::<address::MyTokens>().get(list).post(create))
        .service(page::<address::RevokeToken>().get(revoke_form).post(revoke));
}

/// `GET /{lang}/me/tokens`: one's own, and the form for a new one.
async fn list(state: Data<State>, visit: Visit<Organising>) -> Reply {
    visit.show(&tokens_page(&state, &visit, &TokensPage::empty_form()).await?)
}

async fn tokens_page(
    state: &State,
    visit: &Visit<Organising>,
    form: &FormState,
) -> Result<TokensPage, Error> {
    let tokens = service::tokens_of(&state.db, visit.who.account_id).await?;
    let now = state.clock.now();
    Ok(TokensPage::new(
        visit.theme(),
        visit.lang,
        &tokens,
        now,
        form,
    ))
}

/// `POST /{lang}/me/tokens`: makes one. It is in the answer, because it is shown once.
async fn create(state: Data<State>, visit: Visit<Organising>, posted: Posted) -> Reply {
    let form = match posted.read::<RawToken>() {
        Ok(new) => {
            let own = visit.who.account_id;
            let context = (&state.clock, &state.db);
            match service::create_token(context, Some(own), own, new).await {
                Ok(made) => return visit.show(&TokenPage::new(visit.theme(), visit.lang, made)),
                Err(TokenError::TooMany(_)) => {
                    posted.typed::<RawToken>().error("name", "token-too-many")
                }
                // The role was taken since the page was opened.
                Err(TokenError::NotAllowed) => return Err(Error::Forbidden),
                Err(TokenError::Database(error)) => return Err(error.into()),
            }
        }
        Err(form) => form,
    };
    visit.show_again(&tokens_page(&state, &visit, &form).await?)
}

/// `GET /{lang}/me/tokens/{token}/revoke`: asks whether it is meant.
async fn revoke_form(
    state: Data<State>,
    visit: Visit<Organising>,
    path: Path<address::RevokeToken>,
) -> Reply {
    let own = visit.who.account_id;
    let token = service::own_token(&state.db, own, path.token)
        .await?
        .ok_or(Error::NotFound)?;
    if token.revoked_at.is_some() {
        return Ok(see_other(&visit.url(&address::MyTokens)));
    }
    visit.show(&RevokePage::new(visit.theme(), visit.lang, &token))
}

/// `POST /{lang}/me/tokens/{token}/revoke`.
async fn revoke(
    state: Data<State>,
    visit: Visit<Organising>,
    path: Path<address::RevokeToken>,
    _posted: Posted,
) -> Reply {
    let own = visit.who.account_id;
    match service::revoke_own(&state.clock, &state.db, own, path.token).await {
        Ok(()) => {
            let response = see_other(&visit.url(&address::MyTokens));
            Ok(Flash::success("flash-token-revoked").on(response))
        }
        Err(NotRevoked::NoToken) => Err(Error::NotFound),
        Err(NotRevoked::Database(error)) => Err(error.into()),
    }
}
