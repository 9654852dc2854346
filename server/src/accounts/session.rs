//! Sessions: stored in the database under the hash of the token that the cookie carries.

use std::{collections::HashMap, fmt::Write as _, sync::LazyLock};

use actix_web::cookie::{Cookie, SameSite, time};
use chrono::{DateTime, Duration, Utc};
use data_encoding::HEXLOWER;
use futures::future::LocalBoxFuture;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _,
    FromQueryResult, QueryFilter as _, QueryOrder as _, Set, Statement, Value, sea_query::Expr,
};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::model::{SessionSummary, role_from_slug};
use crate::{
    clock::Clock,
    db::{Db, batch::BatchLoader, entity::session, lookup::Lookups},
    http::shell::Authenticator,
    ids::{AccountId, PersonId, SessionId},
    mail, people,
    principal::{Principal, Roles, SessionRules},
    random,
};

/// The cookie that carries the session's token, which is secret.
pub const SESSION_COOKIE: &str = "session";

/// How long a session lasts at most: a working day and the evening after it.
const LASTS: Duration = Duration::hours(14);

/// How old the noted use of a session may become before the next request notes it again: writing with each
/// request would cost more than all else in it.
const NOTED_EVERY: Duration = Duration::minutes(1);

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
    rules: SessionRules,
    batches: BatchLoader<String, Row>,
}

/// A session with its account and person; one row, whatever the number of roles.
#[derive(Clone, FromQueryResult)]
struct Row {
    token_hash: String,
    expires_at: DateTime<Utc>,
    last_used_at: DateTime<Utc>,
    account_id: AccountId,
    person_id: PersonId,
    email: String,
    given_name: String,
    record_version: i64,
    /// Whether the account's address does not take mails.
    is_address_refused: bool,
    /// The slugs of the roles, separated by commas.
    roles: Option<String>,
    has_second_factor: bool,
}

/// The query of every request, without the keys at its end. Hand-written, because building it each time costs
/// more than running it.
static FIND: LazyLock<String> = LazyLock::new(|| {
    format!(
        "SELECT s.token_hash, s.expires_at, s.last_used_at, s.account_id, a.person_id, a.email, \
         p.given_name, p.record_version, \
         EXISTS (SELECT 1 FROM ({}) r WHERE r.refused_address = a.email) AS is_address_refused, \
         (SELECT string_agg(g.role, ',') FROM role_grant g \
         WHERE g.account_id = s.account_id AND g.revoked_at IS NULL) AS roles, \
         EXISTS(SELECT 1 FROM second_factor f \
         WHERE f.account_id = s.account_id AND f.confirmed_at IS NOT NULL) AS has_second_factor \
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
    pub fn new(db: Db, clock: Clock, rules: SessionRules) -> Self {
        Self {
            db,
            clock,
            rules,
            batches: BatchLoader::default(),
        }
    }

    /// The person signed in with a session's token; `None` if the session has ended, expired or was not used for
    /// too long, or its account is closed. Notes that it is used.
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
        let Some(row) = row.filter(|row| row.expires_at > now) else {
            return Ok(None);
        };
        let (last_used_at, has_second_factor) = (row.last_used_at, row.has_second_factor);
        let mut principal = Principal::from(row);
        principal.must_enrol =
            !has_second_factor && self.rules.needs_second_factor(principal.roles);
        if is_idle(&self.rules, principal.roles, last_used_at, now) {
            return Ok(None);
        }
        if now >= last_used_at + NOTED_EVERY {
            self.note_use(token_hash(token), now).await;
        }
        Ok(Some(principal))
    }

    /// Notes the use of a session. A failure does not refuse the request: at worst the session ends too early.
    async fn note_use(&self, hash: String, now: DateTime<Utc>) {
        let noted = self
            .db
            .write::<_, DbErr>(async move |txn| {
                session::Entity::update_many()
                    .col_expr(session::Column::LastUsedAt, Expr::value(now))
                    .filter(session::Column::TokenHash.eq(hash))
                    .filter(session::Column::LastUsedAt.lt(now))
                    .exec(txn)
                    .await
            })
            .await;
        if let Err(error) = noted {
            tracing::warn!(%error, "the use of a session was not noted");
        }
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
            last_used_at: row.get("last_used_at")?,
            account_id: row.get::<_, Uuid>("account_id")?.into(),
            person_id: row.get::<_, Uuid>("person_id")?.into(),
            email: row.get("email")?,
            given_name: row.get("given_name")?,
            record_version: row.get("record_version")?,
            is_address_refused: row.get("is_address_refused")?,
            roles: row.get("roles")?,
            has_second_factor: row.get("has_second_factor")?,
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
            must_enrol: false,
            record_version: row.record_version,
            is_address_refused: row.is_address_refused,
        }
    }
}

/// Whether a session was not used for too long. Its last use is known to a minute.
fn is_idle(
    rules: &SessionRules,
    roles: Roles,
    last_used_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> bool {
    now >= last_used_at + rules.idle_limit(roles) + NOTED_EVERY
}

/// Begins a session on a device, which `device.rs` names.
///
/// # Errors
/// The database fails.
pub async fn begin(
    txn: &impl ConnectionTrait,
    clock: &Clock,
    account_id: AccountId,
    device: &str,
) -> Result<NewSession, DbErr> {
    let (token, now) = (random::token(), clock.now());
    session::ActiveModel {
        token_hash: Set(token_hash(&token)),
        id: Set(clock.new_id()),
        account_id: Set(account_id),
        created_at: Set(now),
        expires_at: Set(now + LASTS),
        last_used_at: Set(now),
        device: Set(device.to_owned()),
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

/// Ends every session of an account, e.g. after its password was changed; returns how many.
///
/// # Errors
/// The database fails.
pub(super) async fn end_all(
    txn: &impl ConnectionTrait,
    account_id: AccountId,
) -> Result<u64, DbErr> {
    let ended = session::Entity::delete_many()
        .filter(session::Column::AccountId.eq(account_id))
        .exec(txn)
        .await?;
    Ok(ended.rows_affected)
}

/// Ends every session of an account but the one with this token; returns how many.
///
/// # Errors
/// The database fails.
pub(super) async fn end_others(
    txn: &impl ConnectionTrait,
    account_id: AccountId,
    token: &str,
) -> Result<u64, DbErr> {
    let ended = session::Entity::delete_many()
        .filter(session::Column::AccountId.eq(account_id))
        .filter(session::Column::TokenHash.ne(token_hash(token)))
        .exec(txn)
        .await?;
    Ok(ended.rows_affected)
}

/// Ends one session of an account; `false` if it has none of this id.
///
/// # Errors
/// The database fails.
pub(super) async fn end_one(
    txn: &impl ConnectionTrait,
    account_id: AccountId,
    id: SessionId,
) -> Result<bool, DbErr> {
    let ended = session::Entity::delete_many()
        .filter(session::Column::AccountId.eq(account_id))
        .filter(session::Column::Id.eq(id))
        .exec(txn)
        .await?;
    Ok(ended.rows_affected > 0)
}

/// The sessions of an account that can still be used, the last used first; `token` is that of the request.
///
/// # Errors
/// The database fails.
pub(super) async fn list(
    db: &impl ConnectionTrait,
    (rules, roles): (&SessionRules, Roles),
    now: DateTime<Utc>,
    account_id: AccountId,
    token: Option<&str>,
) -> Result<Vec<SessionSummary>, DbErr> {
    let current = token.map(token_hash);
    let rows = session::Entity::find()
        .filter(session::Column::AccountId.eq(account_id))
        .filter(session::Column::ExpiresAt.gt(now))
        .order_by_desc(session::Column::LastUsedAt)
        .order_by_desc(session::Column::Id)
        .all(db)
        .await?;
    let rows = rows
        .into_iter()
        .filter(|row| !is_idle(rules, roles, row.last_used_at, now));
    Ok(rows
        .map(|row| SessionSummary {
            id: row.id,
            begun_at: row.created_at,
            last_used_at: row.last_used_at,
            is_current: current.as_ref() == Some(&row.token_hash),
            device: row.device,
        })
        .collect())
}

/// Deletes sessions that have expired or were not used for too long; called by the schedule.
///
/// # Errors
/// The database fails.
pub async fn delete_expired(
    txn: &impl ConnectionTrait,
    rules: &SessionRules,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let unused = now - rules.idle.max(rules.idle_of_roles) - NOTED_EVERY;
    session::Entity::delete_many()
        .filter(
            Condition::any()
                .add(session::Column::ExpiresAt.lte(now))
                .add(session::Column::LastUsedAt.lt(unused)),
        )
        .exec(txn)
        .await
        .map(drop)
}
