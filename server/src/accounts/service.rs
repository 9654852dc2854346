//! The use cases of accounts; each owns its transaction.

use chrono::{DateTime, TimeDelta, Utc};
use futures::FutureExt as _;
use sea_orm::{ConnectionTrait, DbErr};
use serde_json::json;
use uuid::Uuid;

use super::{
    model::{AccountSummary, Email, LinkProblem, Role, role_slug},
    password::{self, HashError},
    session::{self, NewSession, token_hash},
    store::{self, AccountRow, NewAccount, Purpose, TokenRow},
};
use crate::{
    audit,
    clock::Clock,
    db::Db,
    http::{App, Lang},
    mail::{self, Composer, Outbox},
    people::model::PersonName,
    random,
};

/// How long a mailed link works.
const LINK_LASTS: TimeDelta = TimeDelta::hours(24);

/// How many accounts are on a page of the list.
pub const PAGE_SIZE: u64 = 25;

/// What the use cases need.
#[derive(Clone)]
pub struct Context {
    /// Time and ids.
    pub clock: Clock,
    /// The database.
    pub db: Db,
    /// Words the mails.
    pub composer: Composer,
    /// Rung when mails were queued.
    pub outbox: Outbox,
}

impl From<&App> for Context {
    fn from(app: &App) -> Self {
        Self {
            clock: app.clock.clone(),
            db: app.db.clone(),
            composer: app.composer(),
            outbox: app.outbox.clone(),
        }
    }
}

/// What the person asking can do nothing about.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The database fails.
    #[error(transparent)]
    Database(#[from] DbErr),
    /// A password cannot be hashed.
    #[error(transparent)]
    Hash(#[from] HashError),
}

/// Why a link did not do what it is for.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// It cannot be used.
    #[error("a link that is {0:?}")]
    Problem(LinkProblem),
    /// See [`Failure`].
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl From<DbErr> for LinkError {
    fn from(error: DbErr) -> Self {
        Self::Failure(error.into())
    }
}

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

/// Looks at a link without using it.
///
/// # Errors
/// What keeps it from being used.
pub async fn check_link(context: &Context, purpose: Purpose, token: &str) -> Result<(), LinkError> {
    let found = store::find_token(context.db.read(), purpose, &token_hash(token)).await?;
    match problem(context.clock.now(), found.as_ref()) {
        None => Ok(()),
        Some(problem) => Err(LinkError::Problem(problem)),
    }
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

/// The token of a new link that makes the first administrator, in place of one given out before;
/// `None` when there is an administrator.
///
/// # Errors
/// The database fails.
pub async fn first_administrator_token(clock: &Clock, db: &Db) -> Result<Option<String>, DbErr> {
    if store::has_administrator(db.read()).await? {
        return Ok(None);
    }
    let now = clock.now();
    db.write(move |txn| {
        async move {
            store::use_other_tokens(txn, now, Purpose::FirstAdministrator, None).await?;
            let token = random::token();
            let row = TokenRow {
                token_hash: token_hash(&token),
                purpose: Purpose::FirstAdministrator,
                account_id: None,
                created_at: now,
                // Works until it is used or the server is started anew.
                expires_at: now + TimeDelta::days(36_500),
                used_at: None,
            };
            store::insert_token(txn, row).await?;
            Ok(Some(token))
        }
        .boxed()
    })
    .await
}

/// The first administrator as typed.
#[derive(Debug, Clone)]
pub struct FirstAdministrator {
    /// The address to sign in with.
    pub email: Email,
    /// The password.
    pub password: String,
    /// Given name.
    pub given_name: PersonName,
    /// Family name.
    pub family_name: PersonName,
}

/// Why there is no first administrator yet.
#[derive(Debug, thiserror::Error)]
pub enum FirstAdministratorError {
    /// The address has an account already.
    #[error("the address is taken")]
    Taken,
    /// See [`LinkError`].
    #[error(transparent)]
    Link(#[from] LinkError),
}

impl From<DbErr> for FirstAdministratorError {
    fn from(error: DbErr) -> Self {
        Self::Link(error.into())
    }
}

/// Makes the first administrator by the link printed at the start, and signs them in.
///
/// # Errors
/// See [`FirstAdministratorError`].
pub async fn make_first_administrator(
    context: &Context,
    token: &str,
    input: FirstAdministrator,
    lang: Lang,
) -> Result<NewSession, FirstAdministratorError> {
    check_link(context, Purpose::FirstAdministrator, token).await?;
    let password_hash = password::hash(input.password)
        .await
        .map_err(|error| LinkError::from(Failure::from(error)))?;
    let (clock, hash) = (context.clock.clone(), token_hash(token));
    context
        .db
        .write(move |txn| {
            async move {
                let now = clock.now();
                if store::use_token(txn, now, Purpose::FirstAdministrator, &hash)
                    .await?
                    .is_none()
                {
                    return Err(LinkError::Problem(LinkProblem::Used).into());
                }
                let new = NewAccount {
                    email: &input.email,
                    password_hash: Some(password_hash),
                    given_name: input.given_name.as_str(),
                    family_name: input.family_name.as_str(),
                    is_confirmed: true,
                    lang,
                };
                let account_id = store::insert(txn, &clock, new)
                    .await?
                    .ok_or(FirstAdministratorError::Taken)?;
                store::give_role(txn, &clock, account_id, Role::Admin, None).await?;
                let entry = audit::Entry {
                    actor_account_id: Some(account_id),
                    action: "account.first-administrator",
                    subject_kind: "account",
                    subject_id: account_id.to_string(),
                    detail: json!({}),
                };
                let session = session::begin(txn, now, account_id).await?;
                audit::record(txn, now, entry).await?;
                Ok(session)
            }
            .boxed()
        })
        .await
}

/// A page of the accounts that fit a search, and how many fit in all. Pages count from 1.
///
/// # Errors
/// The database fails.
pub async fn list(db: &Db, query: &str, page: u64) -> Result<(Vec<AccountSummary>, u64), DbErr> {
    let words: Vec<_> = query
        .to_lowercase()
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    store::accounts(db.read(), &words, page.saturating_sub(1), PAGE_SIZE).await
}

/// Why a role was not given or taken.
#[derive(Debug, thiserror::Error)]
pub enum RoleError {
    /// There is no such account.
    #[error("no such account")]
    NoAccount,
    /// Nobody takes the administrator's role from themselves, so that there is always one.
    #[error("one's own administrator role")]
    OwnAdmin,
    /// The database fails.
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Whether a role is given or taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoleChange {
    /// Give it.
    Give,
    /// Take it away.
    Take,
}

/// Gives an account a role or takes it away. Doing it twice does it once.
///
/// # Errors
/// See [`RoleError`].
pub async fn change_role(
    clock: &Clock,
    db: &Db,
    actor_account_id: Uuid,
    account_id: Uuid,
    role: Role,
    change: RoleChange,
) -> Result<(), RoleError> {
    if change == RoleChange::Take && role == Role::Admin && account_id == actor_account_id {
        return Err(RoleError::OwnAdmin);
    }
    let clock = clock.clone();
    db.write(move |txn| {
        async move {
            let now = clock.now();
            if store::find_by_id(txn, account_id).await?.is_none() {
                return Err(RoleError::NoAccount);
            }
            let (has_changed, action) = match change {
                RoleChange::Give => (
                    store::give_role(txn, &clock, account_id, role, Some(actor_account_id)).await?,
                    "role.give",
                ),
                RoleChange::Take => (
                    store::take_role(txn, now, account_id, role).await?,
                    "role.take",
                ),
            };
            if !has_changed {
                return Ok(());
            }
            let entry = audit::Entry {
                actor_account_id: Some(actor_account_id),
                action,
                subject_kind: "account",
                subject_id: account_id.to_string(),
                detail: json!({ "role": role_slug(role) }),
            };
            audit::record(txn, now, entry).await?;
            // Two administrators who take each other's role at once: the audit log orders them, and
            // the second one finds nobody left.
            if store::has_administrator(txn).await? {
                Ok(())
            } else {
                Err(RoleError::OwnAdmin)
            }
        }
        .boxed()
    })
    .await
}

/// Somebody whose address need not be confirmed, e.g. in the demonstration.
#[derive(Debug, Clone)]
pub struct KnownPerson {
    /// The address to sign in with.
    pub email: Email,
    /// The hash of the password, by [`password::hash`].
    pub password_hash: String,
    /// Given name; may be empty.
    pub given_name: String,
    /// Family name; may be empty.
    pub family_name: String,
    /// Roles.
    pub roles: Vec<Role>,
}

/// Who was added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Added {
    /// The account.
    pub account_id: Uuid,
    /// Whose it is.
    pub person_id: Uuid,
}

/// Adds a person with a confirmed account, in the caller's transaction; `None` when the address is
/// taken.
///
/// # Errors
/// The database fails.
pub async fn add_known(
    txn: &impl ConnectionTrait,
    clock: &Clock,
    known: KnownPerson,
) -> Result<Option<Added>, DbErr> {
    let new = NewAccount {
        email: &known.email,
        password_hash: Some(known.password_hash),
        given_name: &known.given_name,
        family_name: &known.family_name,
        is_confirmed: true,
        lang: Lang::Lv,
    };
    let Some(account_id) = store::insert(txn, clock, new).await? else {
        return Ok(None);
    };
    for role in known.roles {
        store::give_role(txn, clock, account_id, role, None).await?;
    }
    let account = store::find_by_id(txn, account_id).await?;
    Ok(account.map(|account| Added {
        account_id,
        person_id: account.person_id,
    }))
}

/// What the owner of an account needs: the link that confirms it, or, once confirmed, the news that
/// there is nothing to confirm.
async fn queue_what_is_missing(
    txn: &impl ConnectionTrait,
    clock: &Clock,
    composer: &Composer,
    account: &AccountRow,
    email: &Email,
) -> Result<Uuid, DbErr> {
    let lang = language(account);
    if account.email_confirmed_at.is_none() {
        return queue_confirmation(txn, clock, composer, account.id, email, lang).await;
    }
    let args = [
        ("signin", composer.link(lang, "sign-in").into()),
        ("forgotten", composer.link(lang, "forgotten").into()),
    ];
    let dedup_key = format!("address-taken:{}:{}", account.id, minute(clock.now()));
    let mail = composer.mail(lang, "address-taken", email.as_str(), dedup_key, &args);
    mail::enqueue(txn, clock, &mail).await
}

async fn queue_confirmation(
    txn: &impl ConnectionTrait,
    clock: &Clock,
    composer: &Composer,
    account_id: Uuid,
    email: &Email,
    lang: Lang,
) -> Result<Uuid, DbErr> {
    let token = new_link(txn, clock, Purpose::ConfirmEmail, account_id).await?;
    let link = composer.link(lang, &format!("confirm/{token}"));
    // By the minute: a form sent twice makes one mail.
    let dedup_key = format!("confirm-email:{account_id}:{}", minute(clock.now()));
    let mail = composer.mail(
        lang,
        "confirm-email",
        email.as_str(),
        dedup_key,
        &[("link", link.into())],
    );
    mail::enqueue(txn, clock, &mail).await
}

async fn queue_no_account(
    txn: &impl ConnectionTrait,
    clock: &Clock,
    composer: &Composer,
    email: &Email,
    lang: Lang,
) -> Result<Uuid, DbErr> {
    let link = composer.link(lang, "register");
    let dedup_key = format!(
        "no-account:{}:{}",
        token_hash(email.as_str()),
        minute(clock.now())
    );
    let mail = composer.mail(
        lang,
        "no-account",
        email.as_str(),
        dedup_key,
        &[("link", link.into())],
    );
    mail::enqueue(txn, clock, &mail).await
}

/// A new link of an account; its token.
async fn new_link(
    txn: &impl ConnectionTrait,
    clock: &Clock,
    purpose: Purpose,
    account_id: Uuid,
) -> Result<String, DbErr> {
    let (now, token) = (clock.now(), random::token());
    let row = TokenRow {
        token_hash: token_hash(&token),
        purpose,
        account_id: Some(account_id),
        created_at: now,
        expires_at: now + LINK_LASTS,
        used_at: None,
    };
    store::insert_token(txn, row).await?;
    Ok(token)
}

/// Uses a link up; whose it is.
async fn use_link(
    txn: &impl ConnectionTrait,
    now: DateTime<Utc>,
    purpose: Purpose,
    hash: &str,
) -> Result<Uuid, LinkError> {
    let used = store::use_token(txn, now, purpose, hash).await?;
    if let Some(account_id) = used.and_then(|token| token.account_id) {
        return Ok(account_id);
    }
    let found = store::find_token(txn, purpose, hash).await?;
    Err(LinkError::Problem(
        problem(now, found.as_ref()).unwrap_or(LinkProblem::Unknown),
    ))
}

fn problem(now: DateTime<Utc>, token: Option<&TokenRow>) -> Option<LinkProblem> {
    match token {
        None => Some(LinkProblem::Unknown),
        Some(token) if token.used_at.is_some() => Some(LinkProblem::Used),
        Some(token) if token.expires_at <= now => Some(LinkProblem::Expired),
        Some(_) => None,
    }
}

fn known(account: Option<AccountRow>) -> Result<AccountRow, DbErr> {
    account.ok_or_else(|| DbErr::RecordNotFound("account".to_owned()))
}

fn language(account: &AccountRow) -> Lang {
    Lang::from_tag(&account.locale).unwrap_or(Lang::Lv)
}

/// The minute of a moment, for keys by which a mail is sent once a minute at most.
fn minute(now: DateTime<Utc>) -> i64 {
    now.timestamp() / 60
}
