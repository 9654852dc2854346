//! Registering an address: a link goes there, behind which its owner sets the password.

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

/// Registers an address, or tells its owner that somebody tried; the id of the mail, which is an older
/// one when enough links lie in the mailbox that still work. Takes the same steps in each case, so
/// that a stranger learns nothing.
///
/// The account that is made has no password and is nobody's: whoever types an address need not be its owner. It can
/// be registered again and again; each mail has a link of its own, and each link works.
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
