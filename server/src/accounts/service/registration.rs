//! Registering an e-mail address: a link is sent there, with which the owner sets the password.

use sea_orm::DbErr;

use super::{account::known, mails::Answering};
use crate::{
    accounts::{
        State,
        model::Email,
        store::{self, NewAccount},
    },
    http::{Lang, Next},
    ids::JobId,
};

/// Registers an address, or informs its owner that somebody tried to. Returns the id of the mail, or of an
/// earlier one when enough valid links were sent already. The steps are the same in each case, so that others
/// cannot find out whether the address has an account.
///
/// The new account has no password and belongs to no person, because the address may have been typed by
/// somebody else. It can be registered again; each mail contains a link of its own, and each link works.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "accounts.register", skip_all)]
pub(crate) async fn register(
    state: &State,
    email: Email,
    lang: Lang,
    next: Next,
) -> Result<Option<JobId>, DbErr> {
    let State {
        clock, composer, ..
    } = state.clone();
    let mail_id = state
        .db
        .write::<_, DbErr>(async move |txn| {
            let new = NewAccount {
                email: &email,
                lang,
            };
            store::insert(txn, &clock, new).await?;
            let account = known(store::lock_by_email(txn, &email).await?)?;
            let answering = Answering {
                txn,
                clock: &clock,
                composer: &composer,
                lang,
                next: &next,
            };
            answering.registration(&account).await
        })
        .await?;
    state.jobs.wake();
    Ok(mail_id)
}
