//! Signing in and out.

use futures::FutureExt as _;
use sea_orm::DbErr;
use uuid::Uuid;

use super::{Context, Failure};
use crate::accounts::{
    model::Email,
    password,
    session::{self, NewSession},
    store,
};

/// Why somebody is not signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// No such address, or not its password; which of them stays unsaid.
    #[error("wrong address or password")]
    Wrong,
    /// Right, but the address was never confirmed.
    #[error("address not confirmed")]
    Unconfirmed,
    /// See [`Failure`].
    #[error(transparent)]
    Failure(#[from] Failure),
}

/// Somebody signed in.
#[derive(Debug)]
pub struct SignedIn {
    /// The session just begun.
    pub session: NewSession,
    /// Who it is.
    pub person_id: Uuid,
}

/// Signs in. The session that the browser had before ends: its name may be known to others.
///
/// # Errors
/// See [`SignInError`].
pub async fn sign_in(
    context: &Context,
    email: Option<Email>,
    password: String,
    previous_session: Option<String>,
) -> Result<SignedIn, SignInError> {
    let account = match &email {
        Some(email) => store::find_by_email(context.db.read(), email)
            .await
            .map_err(Failure::from)?,
        None => None,
    };
    let account = account.filter(|account| account.disabled_at.is_none());
    let hash = account
        .as_ref()
        .and_then(|account| account.password_hash.clone());
    let fits = password::verify(password, hash)
        .await
        .map_err(Failure::from)?;
    let Some(account) = account.filter(|_| fits) else {
        return Err(SignInError::Wrong);
    };
    if account.email_confirmed_at.is_none() {
        return Err(SignInError::Unconfirmed);
    }
    let now = context.clock.now();
    let session = context
        .db
        .write::<_, DbErr>(move |txn| {
            async move {
                if let Some(previous) = previous_session {
                    session::end(txn, &previous).await?;
                }
                session::begin(txn, now, account.id).await
            }
            .boxed()
        })
        .await
        .map_err(Failure::from)?;
    Ok(SignedIn {
        session,
        person_id: account.person_id,
    })
}

/// Ends a session.
///
/// # Errors
/// The database fails.
pub async fn sign_out(context: &Context, session: String) -> Result<(), DbErr> {
    context
        .db
        .write(move |txn| async move { session::end(txn, &session).await }.boxed())
        .await
}
