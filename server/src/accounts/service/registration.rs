//! Registering an address and confirming it by the link that is mailed.

use futures::FutureExt as _;
use sea_orm::DbErr;
use uuid::Uuid;

use super::{
    Context, Failure, LinkError, SignedIn, known,
    links::use_link,
    mails::{queue_confirmation, queue_no_account, queue_what_is_missing},
};
use crate::{
    accounts::{
        model::Email,
        password,
        session::{self, token_hash},
        store::{self, NewAccount, Purpose},
    },
    http::Lang,
};

/// Registers an address, or tells its owner that somebody tried; the id of the mail. Takes the same
/// steps in both cases, so that a stranger learns nothing.
///
/// Until an address is confirmed it may be registered again; the newest password counts.
///
/// # Errors
/// See [`Failure`].
pub async fn register(
    context: &Context,
    email: Email,
    password: String,
    lang: Lang,
) -> Result<Uuid, Failure> {
    let hash = password::hash(password).await?;
    let Context {
        clock, composer, ..
    } = context.clone();
    let mail_id = context
        .db
        .write::<_, DbErr>(move |txn| {
            async move {
                let new = NewAccount {
                    email: &email,
                    password_hash: Some(hash.clone()),
                    given_name: "",
                    family_name: "",
                    is_confirmed: false,
                    lang,
                };
                if let Some(account_id) = store::insert(txn, &clock, new).await? {
                    return queue_confirmation(txn, &clock, &composer, account_id, &email, lang)
                        .await;
                }
                let account = known(store::find_by_email(txn, &email).await?)?;
                if account.email_confirmed_at.is_none() {
                    store::set_password(txn, account.id, &hash).await?;
                }
                queue_what_is_missing(txn, &clock, &composer, &account, &email).await
            }
            .boxed()
        })
        .await?;
    context.outbox.wake();
    Ok(mail_id)
}

/// Sends the link that confirms an address once more; the id of the mail. Whoever is confirmed
/// already, or unknown, is told so by mail and nobody else is.
///
/// # Errors
/// The database fails.
pub async fn send_confirmation(context: &Context, email: Email, lang: Lang) -> Result<Uuid, DbErr> {
    let Context {
        clock, composer, ..
    } = context.clone();
    let mail_id = context
        .db
        .write::<_, DbErr>(move |txn| {
            async move {
                match store::find_by_email(txn, &email).await? {
                    Some(account) => {
                        queue_what_is_missing(txn, &clock, &composer, &account, &email).await
                    }
                    None => queue_no_account(txn, &clock, &composer, &email, lang).await,
                }
            }
            .boxed()
        })
        .await?;
    context.outbox.wake();
    Ok(mail_id)
}

/// Confirms the address that a link was sent to and signs its owner in.
///
/// # Errors
/// See [`LinkError`].
pub async fn confirm(
    context: &Context,
    token: &str,
    previous_session: Option<String>,
) -> Result<SignedIn, LinkError> {
    let (now, hash) = (context.clock.now(), token_hash(token));
    context
        .db
        .write(move |txn| {
            async move {
                let account_id = use_link(txn, now, Purpose::ConfirmEmail, &hash).await?;
                store::confirm_email(txn, now, account_id).await?;
                store::use_other_tokens(txn, now, Purpose::ConfirmEmail, Some(account_id)).await?;
                let account = known(store::find_by_id(txn, account_id).await?)?;
                if let Some(previous) = previous_session {
                    session::end(txn, &previous).await?;
                }
                let session = session::begin(txn, now, account_id).await?;
                Ok(SignedIn {
                    session,
                    person_id: account.person_id,
                })
            }
            .boxed()
        })
        .await
}
