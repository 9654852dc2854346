//! Sessions: kept in the database, named by a cookie whose hash alone is stored.

use actix_web::cookie::{Cookie, SameSite, time};
use chrono::{DateTime, Duration, Utc};
use data_encoding::HEXLOWER;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _,
    ExprTrait as _, FromQueryResult, JoinType, QueryFilter as _, QuerySelect as _,
    RelationTrait as _, Set,
    sea_query::{Expr, IntoCondition as _},
};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{Principal, Role};
use crate::{
    db::{
        Db,
        entity::{account, person, role_grant, session},
    },
    http::visit::SESSION_COOKIE,
    random,
};

/// How long a session lasts: a working day and the evening after it.
const LASTS: Duration = Duration::hours(14);

/// A session just begun: what the browser gets, once.
#[derive(Debug)]
pub struct NewSession {
    token: String,
}

impl NewSession {
    /// The cookie that names the session.
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

/// The cookie that makes a browser forget its session.
#[must_use]
pub fn removal() -> Cookie<'static> {
    let mut cookie = Cookie::build(SESSION_COOKIE, "").path("/").finish();
    cookie.make_removal();
    cookie
}

/// SHA-256 of a token, hex: what the database knows of cookies and mailed links.
#[must_use]
pub fn token_hash(token: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(token.as_bytes()))
}

#[derive(FromQueryResult)]
struct Row {
    account_id: Uuid,
    person_id: Uuid,
    email: String,
    given_name: String,
    learning_version: i64,
    role: Option<Role>,
}

/// Who a session's cookie stands for; `None` when it has ended, expired, or its account is
/// closed. One read, whatever the number of roles.
///
/// # Errors
/// The database fails.
pub async fn find(db: &Db, now: DateTime<Utc>, token: &str) -> Result<Option<Principal>, DbErr> {
    let rows = session::Entity::find()
        .select_only()
        .column_as(account::Column::Id, "account_id")
        .column(account::Column::PersonId)
        .column(account::Column::Email)
        .column(person::Column::GivenName)
        .column(person::Column::LearningVersion)
        .column(role_grant::Column::Role)
        .join(JoinType::InnerJoin, session::Relation::Account.def())
        .join(JoinType::InnerJoin, account::Relation::Person.def())
        .join(
            JoinType::LeftJoin,
            account::Entity::has_many(role_grant::Entity)
                .from(account::Column::Id)
                .to(role_grant::Column::AccountId)
                // In the join, not in the filter: who had a role taken away is still somebody.
                .on_condition(|_, grant| {
                    Expr::col((grant, role_grant::Column::RevokedAt))
                        .is_null()
                        .into_condition()
                })
                .into(),
        )
        .filter(session::Column::TokenHash.eq(token_hash(token)))
        .filter(session::Column::ExpiresAt.gt(now))
        .filter(account::Column::DisabledAt.is_null())
        .into_model::<Row>()
        .all(db.read())
        .await?;
    let roles = rows.iter().filter_map(|row| row.role).collect();
    Ok(rows.into_iter().next().map(|row| Principal {
        account_id: row.account_id,
        person_id: row.person_id,
        given_name: row.given_name,
        email: row.email,
        roles,
        learning_version: row.learning_version,
    }))
}

/// Begins a session.
///
/// # Errors
/// The database fails.
pub async fn begin(
    txn: &impl ConnectionTrait,
    now: DateTime<Utc>,
    account_id: Uuid,
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

/// Ends the session of a cookie.
///
/// # Errors
/// The database fails.
pub async fn end(txn: &impl ConnectionTrait, token: &str) -> Result<(), DbErr> {
    session::Entity::delete_by_id(token_hash(token))
        .exec(txn)
        .await
        .map(drop)
}

/// Ends every session of an account, e.g. after its password was changed.
///
/// # Errors
/// The database fails.
pub async fn end_all(txn: &impl ConnectionTrait, account_id: Uuid) -> Result<(), DbErr> {
    session::Entity::delete_many()
        .filter(session::Column::AccountId.eq(account_id))
        .exec(txn)
        .await
        .map(drop)
}

/// Deletes sessions that have expired; called now and then.
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
