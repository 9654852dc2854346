//! The handlers with which administrators close and reopen accounts and end sessions.

use actix_web::web::Data;

use super::own::ended;
use crate::{
    accounts::{
        State,
        forms::RawClosing,
        model::AccountSummary,
        service::{self, ClosingError, Ending},
        views::CloseAccountPage,
    },
    http::{Admin, Error, Flash, FormState, Path, Posted, Reply, Visit, address, see_other},
    ids::AccountId,
};

async fn open_account(state: &State, id: AccountId) -> Result<AccountSummary, Error> {
    service::one(&state.db, id).await?.ok_or(Error::NotFound)
}

/// `GET /{lang}/admin/accounts/{account}/close`: what closing means, and the reason.
pub(super) async fn close_form(
    state: Data<State>,
    visit: Visit<Admin>,
    path: Path<address::CloseAccount>,
) -> Reply {
    let account = open_account(&state, path.account).await?;
    let form = FormState::new();
    visit.show(&CloseAccountPage::new(
        visit.theme(),
        visit.lang,
        &account,
        &form,
    ))
}

/// `POST /{lang}/admin/accounts/{account}/close`.
pub(super) async fn close(
    state: Data<State>,
    visit: Visit<Admin>,
    path: Path<address::CloseAccount>,
    posted: Posted,
) -> Reply {
    let reason = match posted.read::<RawClosing>() {
        Ok(reason) => reason,
        Err(form) => {
            let account = open_account(&state, path.account).await?;
            let page = CloseAccountPage::new(visit.theme(), visit.lang, &account, &form);
            return visit.show_again(&page);
        }
    };
    let closed = service::close(&state, visit.who.account_id, path.account, reason).await;
    done(&visit, path.account, closed, "flash-account-closed")
}

/// `POST /{lang}/admin/accounts/{account}/reopen`.
pub(super) async fn reopen(
    state: Data<State>,
    visit: Visit<Admin>,
    path: Path<address::ReopenAccount>,
    _posted: Posted,
) -> Reply {
    let reopened = service::reopen(&state, visit.who.account_id, path.account).await;
    done(&visit, path.account, reopened, "flash-account-reopened")
}

fn done(
    visit: &Visit<Admin>,
    account: AccountId,
    result: Result<(), ClosingError>,
    message: &str,
) -> Reply {
    let flash = match result {
        Ok(()) => Flash::success(message),
        Err(ClosingError::Own) => Flash::error("flash-account-own"),
        Err(ClosingError::LastAdministrator) => Flash::error("flash-account-last-administrator"),
        Err(ClosingError::NoAccount) => return Err(Error::NotFound),
        Err(ClosingError::Database(error)) => return Err(error.into()),
    };
    Ok(flash.on(see_other(&visit.url(&address::Account { account }))))
}

/// `POST /{lang}/admin/accounts/{account}/sessions`: ends one session of an account, or all.
pub(super) async fn sessions(
    state: Data<State>,
    visit: Visit<Admin>,
    path: Path<address::AccountSessions>,
    posted: Posted,
) -> Reply {
    let account = path.account;
    open_account(&state, account).await?;
    let which = match posted.get("do") {
        "all" => Ending::All,
        _ => Ending::One(
            posted
                .get("session")
                .parse()
                .map_err(|_| Error::BadRequest("no such session"))?,
        ),
    };
    let has_ended = service::end_sessions(&state, visit.who.account_id, account, which).await?;
    Ok(ended(has_ended).on(see_other(&visit.url(&address::Account { account }))))
}

/// `POST /{lang}/admin/accounts/{account}/second-factor`: removes that of somebody who has lost everything.
pub(super) async fn remove_second_factor(
    state: Data<State>,
    visit: Visit<Admin>,
    path: Path<address::AccountSecondFactor>,
    _posted: Posted,
) -> Reply {
    let account = path.account;
    open_account(&state, account).await?;
    let answer = see_other(&visit.url(&address::Account { account }));
    // One's own is removed with the password and a code.
    if account == visit.who.account_id {
        return Ok(Flash::error("flash-second-factor-own").on(answer));
    }
    let with = (&state.clock, &state.db, &state.composer);
    if service::remove_of(with, Some(visit.who.account_id), account).await? {
        state.jobs.wake();
        return Ok(Flash::success("flash-second-factor-removed").on(answer));
    }
    Ok(answer)
}
