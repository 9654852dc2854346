//! Setting a new password by a mailed link.

use futures::FutureExt as _;
use sea_orm::DbErr;
use serde_json::json;
use uuid::Uuid;

use super::{
    Context, Failure, LinkError, known,
    links::{check_link, new_link, use_link},
    mails::{language, minute, queue_no_account},
};
use crate::{
    accounts::{
        model::Email,
        password,
        session::{self, token_hash},
        store::{self, Purpose},
    },
    audit,
    http::Lang,
    mail,
};

/// Sends the link that sets a new password; the id of the mail. An unknown address is told so by
/// mail.
///
/// # Errors
/// The database fails.
pub async fn send_reset(context: &Context, email: Email, lang: Lang) -> Result<Uuid, DbErr> {
    let Context {
        clock, composer, ..
    } = context.clone();
    let mail_id = context
        .db
        .write::<_, DbErr>(move |txn| {
            async move {
                let Some(account) = store::find_by_email(txn, &email).await? else {
                    return queue_no_account(txn, &clock, &composer, &email, lang).await;
                };
                let token = new_link(txn, &clock, Purpose::ResetPassword, account.id).await?;
                let lang = language(&account);
                let link = composer.link(lang, &format!("reset/{token}"));
                let mail = composer.mail(
                    lang,
                    "reset-password",
                    email.as_str(),
                    format!("reset-password:{}:{}", account.id, minute(clock.now())),
                    &[("link", link.into())],
                );
                mail::enqueue(txn, &clock, &mail).await
            }
            .boxed()
        })
        .await?;
    context.outbox.wake();
    Ok(mail_id)
}

/// Sets a new password by a link, ends every session of the account, and tells its owner.
///
/// # Errors
/// See [`LinkError`].
pub async fn reset_password(
    context: &Context,
    token: &str,
    password: String,
) -> Result<(), LinkError> {
    check_link(context, Purpose::ResetPassword, token).await?;
    let new_hash = password::hash(password).await.map_err(Failure::from)?;
    let hash = token_hash(token);
    let Context {
        clock, composer, ..
    } = context.clone();
    context
        .db
        .write::<_, LinkError>(move |txn| {
            async move {
                let now = clock.now();
                let account_id = use_link(txn, now, Purpose::ResetPassword, &hash).await?;
                store::set_password(txn, account_id, &new_hash).await?;
                // The link came by mail, so the address is its owner's.
                store::confirm_email(txn, now, account_id).await?;
                store::use_other_tokens(txn, now, Purpose::ResetPassword, Some(account_id)).await?;
                session::end_all(txn, account_id).await?;
                let account = known(store::find_by_id(txn, account_id).await?)?;
                let lang = language(&account);
                let forgotten = composer.link(lang, "forgotten");
                let mail = composer.mail(
                    lang,
                    "password-changed",
                    &account.email,
                    format!("password-changed:{hash}"),
                    &[("link", forgotten.into())],
                );
                mail::enqueue(txn, &clock, &mail).await?;
                let entry = audit::Entry {
                    actor_account_id: Some(account_id),
                    action: "account.reset-password",
                    subject_kind: "account",
                    subject_id: account_id.to_string(),
                    detail: json!({}),
                };
                audit::record(txn, now, entry).await?;
                Ok(())
            }
            .boxed()
        })
        .await?;
    context.outbox.wake();
    Ok(())
}
