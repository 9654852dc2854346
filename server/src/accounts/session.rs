//! Sessions: stored in the database under the hash of the token that the cookie carries.

use std::{collections::HashMap, fmt::Write as _, sync::LazyLock};

use actix_web::cookie::{Cookie, SameSite, time};
use chrono::{DateTime, Duration, Utc};
use data_encoding::HEXLOWER;
use futures::future::LocalBoxFuture;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _,
    FromQueryResult, QueryFilter as _, Set, Statement, Value,
};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::model::role_from_slug;
use crate::{
    clock::Clock,
    db::{Db, batch::BatchLoader, entity::session, lookup::Lookups},
    http::shell::Authenticator,
    ids::{AccountId, PersonId},
    mail, people,
    principal::Principal,
    random,
};

/// The cookie that carries the session's token, which is secret.
pub const SESSION_COOKIE: &str = "session";

/// How long a session lasts: a working day and the evening after it.
const LASTS: Duration = Duration::hours(14);

/// A new session; its token is given to the browser and not stored.
#[derive(Debug)]
pub struct NewSession {
    token: String,
}

impl NewSession {
    /// The cookie that carries the session's token.
    #[must_use]
    pub fn cookie(&self, is_https: bool) -> Cookie<'static> {
        Cookie::build(SESSION_COOKIE, self.token.clone())
            .path("/")
            .http_only(true)
            .same_site(SameSite::Lax)
            .secure(is_https)
            .max_age(time::Duration::hours(LASTS.num_hours()))
            .finish()
    }
}

/// The cookie that deletes the session's cookie from the browser.
#[must_use]
pub(super) fn removal() -> Cookie<'static> {
    let mut cookie = Cookie::build(SESSION_COOKIE, "").path("/").finish();
    cookie.make_removal();
    cookie
}

/// SHA-256 of a token in hexadecimal: what the database stores of cookies and links in mails.
#[must_use]
pub fn token_hash(token: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(token.as_bytes()))
}

/// Finds the session of a request. There is one for the whole process, because requests that wait at the same
/// time share one query.
pub struct Sessions {
    db: Db,
    clock: Clock,
    batches: BatchLoader<String, Row>,
}

/// A session with its account and person; one row, whatever the number of roles.
#[derive(Clone, FromQueryResult)]
struct Row {
    token_hash: String,
    expires_at: DateTime<Utc>,
    account_id: AccountId,
    person_id: PersonId,
    email: String,
    given_name: String,
    record_version: i64,
    /// Whether the account's address does not take mails.
    is_address_refused: bool,
    /// The slugs of the roles, separated by commas.
    roles: Option<String>,
}

/// The query of every request, without the keys at its end. Hand-written, because building it each time costs
/// more than running it.
static FIND: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT s.token_hash, s.expires_at, s.account_id, a.person_id, a.email, \
         p.given_name, p.record_version, \
         EXISTS (SELECT 1 FROM ({}) r WHERE r.refused_address = a.email) AS is_address_refused, \
         (SELECT string_agg(g.role, ',') FROM role_grant g \
         WHERE g.account_id = s.account_id AND g.revoked_at IS NULL) AS roles \
         FROM session s JOIN account a ON a.id = s.account_id \
         JOIN ({}) p ON p.signed_in_person_id = a.person_id \
         WHERE a.disabled_at IS NULL AND s.token_hash IN (",
        mail::REFUSED_SQL,
        people::SIGNED_IN_SQL
    )
});

impl Authenticator for Sessions {
    fn cookie_name(&self) -> &'static str {
        SESSION_COOKIE
    }

    fn authenticate<'a>(
        &'a self,
        cookie: &'a str,
    ) -> LocalBoxFuture<'a, Result<Option<Principal>, DbErr>> {
        Box::pin(self.find(cookie))
    }
}

impl Sessions {
    /// The sessions of a database.
    #[must_use]
    pub fn new(db: Db, clock: Clock) -> Self {
        Self {
            db,
            clock,
            batches: BatchLoader::default(),
        }
    }

    /// The person signed in with a session's token; `None` if the session has ended or expired, or its
    /// account is disabled.
    ///
    /// # Errors
    /// The database fails.
    pub async fn find(&self, token: &str) -> Result<Option<Principal>, DbErr> {
        let (hash, now) = (token_hash(token), self.clock.now());
        let row = match self.db.lookups().map(|lookups| look_up(lookups, &hash)) {
            Some(Ok(row)) => row,
            Some(Err(error)) => {
                tracing::warn!(%error, "a session is looked up the long way");
                self.ask(hash).await?
            }
            None => self.ask(hash).await?,
        };
        Ok(row.filter(|row| row.expires_at > now).map(Principal::from))
    }

    async fn ask(&self, hash: String) -> Result<Option<Row>, DbErr> {
        self.batches
            .find(hash, async |hashes| rows(&self.db, hashes).await)
            .await
    }
}

fn look_up(lookups: &Lookups, hash: &str) -> rusqlite::Result<Option<Row>> {
    static FIND_ONE: LazyLock<String> = LazyLock::new(|| format!("{}$1)", *FIND));
    let rows = lookups.all(&FIND_ONE, [hash], |row| {
        Ok(Row {
            token_hash: row.get("token_hash")?,
            expires_at: row.get("expires_at")?,
            account_id: row.get::<_, Uuid>("account_id")?.into(),
            person_id: row.get::<_, Uuid>("person_id")?.into(),
            email: row.get("email")?,
            given_name: row.get("given_name")?,
            record_version: row.get("record_version")?,
            is_address_refused: row.get("is_address_refused")?,
            roles: row.get("roles")?,
        })
    })?;
    Ok(rows.into_iter().next())
}

async fn rows(db: &Db, mut hashes: Vec<String>) -> Result<HashMap<String, Row>, DbErr> {
    // The number of keys is rounded up to a power of two, so that few different statements are prepared.
    // Repeating a key does not change the result.
    let last = hashes.last().cloned().unwrap_or_default();
    hashes.resize(hashes.len().next_power_of_two(), last);
    let mut sql = FIND.clone();
    for place in 1..=hashes.len() {
        let comma = if place > 1 { "," } else { "" };
        // Both databases accept numbered parameters.
        let _ = write!(sql, "{comma}${place}");
    }
    sql.push(')');
    let backend = db.read().get_database_backend();
    let query = Statement::from_sql_and_values(backend, sql, hashes.into_iter().map(Value::from));
    let rows = Row::find_by_statement(query).all(db.read()).await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.token_hash.clone(), row))
        .collect())
}

impl From<Row> for Principal {
    fn from(row: Row) -> Self {
        let roles = row.roles.unwrap_or_default();
        Self {
            account_id: row.account_id,
            person_id: row.person_id,
            display_name: if row.given_name.is_empty() {
                mail::readable(&row.email)
            } else {
                row.given_name
            },
            roles: roles.split(',').filter_map(role_from_slug).collect(),
            record_version: row.record_version,
            is_address_refused: row.is_address_refused,
        }
    }
}

/// Begins a session.
///
/// # Errors
/// The database fails.
pub async fn begin(
    txn: &impl ConnectionTrait,
    now: DateTime<Utc>,
    account_id: AccountId,
) -> Result<NewSession, DbErr> {
    let token = random::token();
    session::ActiveModel {
        token_hash: Set(token_hash(&token)),
        account_id: Set(account_id),
        created_at: Set(now),
        expires_at: Set(now + LASTS),
    }
    .insert(txn)
    .await?;
    Ok(NewSession { token })
}

/// The account that is signed in with a session's token.
///
/// # Errors
/// The database fails.
pub(super) async fn owner(
    txn: &impl ConnectionTrait,
    token: &str,
) -> Result<Option<AccountId>, DbErr> {
    let found = session::Entity::find_by_id(token_hash(token))
        .one(txn)
        .await?;
    Ok(found.map(|row| row.account_id))
}

/// Ends a session by its token.
///
/// # Errors
/// The database fails.
pub(super) async fn end(txn: &impl ConnectionTrait, token: &str) -> Result<(), DbErr> {
    session::Entity::delete_by_id(token_hash(token))
        .exec(txn)
        .await
        .map(drop)
}

/// Ends every session of an account, e.g. after its password was changed.
///
/// # Errors
/// The database fails.
pub(super) async fn end_all(
    txn: &impl ConnectionTrait,
    account_id: AccountId,
) -> Result<(), DbErr> {
    session::Entity::delete_many()
        .filter(session::Column::AccountId.eq(account_id))
        .exec(txn)
        .await
        .map(drop)
}

/// Deletes sessions that have expired; called by the schedule.
///
/// # Errors
/// The database fails.
pub async fn delete_expired(txn: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<(), DbErr> {
    session::Entity::delete_many()
        .filter(session::Column::ExpiresAt.lte(now))
        .exec(txn)
        .await
        .map(drop)
}
