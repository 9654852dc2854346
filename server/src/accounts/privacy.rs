//! What `accounts` holds about a person.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use futures::future::{BoxFuture, FutureExt as _};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QuerySelect as _, QueryTrait as _, sea_query::Expr,
};
use serde_json::json;

use super::{
    State,
    model::{ERASED, role_slug},
    password, session, store,
};
use crate::{
    db::{
        Db, Transaction,
        entity::{
            account, email_token, former_email, recovery_code, role_grant, second_factor,
            session as session_row,
        },
    },
    http::{Error, limits::Guess},
    ids::AccountId,
    personal::{Erasing, PersonalRecords, Records, Rule, Subject},
};

/// Accounts, sessions, roles and links.
pub struct PersonalAccounts;

const UNCONFIRMED: &str = "unconfirmed-accounts";
const LINKS: &str = "mailed-links";
const FORMER: &str = "former-addresses";

impl PersonalRecords for PersonalAccounts {
    fn tables(&self) -> &'static [&'static str] {
        &[
            "account",
            "session",
            "role_grant",
            "email_token",
            "former_email",
            "second_factor",
            "recovery_code",
        ]
    }

    fn identify<'a>(
        &'a self,
        db: &'a Db,
        subject: &'a mut Subject,
    ) -> BoxFuture<'a, Result<(), DbErr>> {
        async move {
            let accounts = account::Entity::find()
                .filter(account::Column::PersonId.eq(subject.person_id))
                .all(db.read())
                .await?;
            for account in accounts {
                subject.account_ids.push(account.id);
                subject.addresses.push(account.email);
            }
            let former = former_email::Entity::find()
                .filter(former_email::Column::AccountId.is_in(subject.account_ids.clone()))
                .all(db.read())
                .await?;
            let former = former.into_iter().map(|row| row.email);
            subject.addresses.extend(former);
            Ok(())
        }
        .boxed()
    }

    fn objection<'a>(
        &'a self,
        db: &'a Db,
        subject: &'a Subject,
    ) -> BoxFuture<'a, Result<Option<&'static str>, DbErr>> {
        async move {
            let others = store::has_administrator_besides(db.read(), &subject.account_ids).await?;
            let is_one = store::has_administrator_among(db.read(), &subject.account_ids).await?;
            Ok((is_one && !others).then_some("erase-last-administrator"))
        }
        .boxed()
    }

    fn read<'a>(
        &'a self,
        db: &'a Db,
        subject: &'a Subject,
    ) -> BoxFuture<'a, Result<Vec<Records>, DbErr>> {
        async move {
            let ids = || subject.account_ids.iter().copied();
            let db = db.read();
            let accounts = account::Entity::find()
                .filter(account::Column::Id.is_in(ids()))
                .all(db)
                .await?;
            let accounts = accounts.into_iter().map(|row| {
                vec![
                    ("email", json!(row.email)),
                    ("email_confirmed_at", json!(row.email_confirmed_at)),
                    ("has_password", json!(row.password_hash.is_some())),
                    ("locale", json!(row.locale)),
                    ("created_at", json!(row.created_at)),
                    ("disabled_at", json!(row.disabled_at)),
                    ("closed_reason", json!(row.closed_reason)),
                ]
            });
            let sessions = session_row::Entity::find()
                .filter(session_row::Column::AccountId.is_in(ids()))
                .all(db)
                .await?;
            let sessions = sessions.into_iter().map(|row| {
                vec![
                    ("created_at", json!(row.created_at)),
                    ("expires_at", json!(row.expires_at)),
                    ("last_used_at", json!(row.last_used_at)),
                    ("device", json!(row.device)),
                ]
            });
            let roles = role_grant::Entity::find()
                .filter(role_grant::Column::AccountId.is_in(ids()))
                .all(db)
                .await?;
            let roles = roles.into_iter().map(|row| {
                vec![
                    ("role", json!(role_slug(row.role))),
                    ("granted_at", json!(row.granted_at)),
                    ("revoked_at", json!(row.revoked_at)),
                ]
            });
            let links = email_token::Entity::find()
                .filter(email_token::Column::AccountId.is_in(ids()))
                .all(db)
                .await?;
            let links = links.into_iter().map(|row| {
                vec![
                    ("created_at", json!(row.created_at)),
                    ("expires_at", json!(row.expires_at)),
                    ("used_at", json!(row.used_at)),
                    ("new_email", json!(row.new_email)),
                ]
            });
            let further = further_records(db, &subject.account_ids).await?;
            let mut records = vec![
                Records {
                    table: "account",
                    rows: accounts.collect(),
                },
                Records {
                    table: "session",
                    rows: sessions.collect(),
                },
                Records {
                    table: "role_grant",
                    rows: roles.collect(),
                },
                Records {
                    table: "email_token",
                    rows: links.collect(),
                },
            ];
            records.extend(further);
            Ok(records)
        }
        .boxed()
    }

    fn erase<'a>(
        &'a self,
        txn: &'a Transaction,
        erasing: &'a Erasing,
    ) -> BoxFuture<'a, Result<(), DbErr>> {
        async move {
            for id in &erasing.subject.account_ids {
                session::end_all(txn, *id).await?;
                email_token::Entity::delete_many()
                    .filter(email_token::Column::AccountId.eq(*id))
                    .exec(txn)
                    .await?;
                former_email::Entity::delete_many()
                    .filter(former_email::Column::AccountId.eq(*id))
                    .exec(txn)
                    .await?;
                second_factor::Entity::delete_many()
                    .filter(second_factor::Column::AccountId.eq(*id))
                    .exec(txn)
                    .await?;
                recovery_code::Entity::delete_many()
                    .filter(recovery_code::Column::AccountId.eq(*id))
                    .exec(txn)
                    .await?;
                role_grant::Entity::update_many()
                    .col_expr(role_grant::Column::RevokedAt, Expr::value(erasing.now))
                    .filter(role_grant::Column::AccountId.eq(*id))
                    .filter(role_grant::Column::RevokedAt.is_null())
                    .exec(txn)
                    .await?;
                account::Entity::update_many()
                    .col_expr(account::Column::Email, Expr::value(format!("{ERASED}{id}")))
                    .col_expr(account::Column::PasswordHash, Expr::value(None::<String>))
                    .col_expr(account::Column::DisabledAt, Expr::value(erasing.now))
                    .col_expr(account::Column::ClosedReason, Expr::value(None::<String>))
                    .filter(account::Column::Id.eq(*id))
                    .exec(txn)
                    .await?;
            }
            Ok(())
        }
        .boxed()
    }

    fn rules(&self) -> &'static [Rule] {
        &[
            Rule {
                name: LINKS,
                days: 30,
            },
            Rule {
                name: UNCONFIRMED,
                days: 30,
            },
            // As long as the mails that were sent there.
            Rule {
                name: FORMER,
                days: 180,
            },
        ]
    }

    fn apply<'a>(
        &'a self,
        txn: &'a Transaction,
        rule: &'static str,
        before: DateTime<Utc>,
        is_dry: bool,
    ) -> BoxFuture<'a, Result<u64, DbErr>> {
        async move {
            if rule == LINKS {
                let old = email_token::Column::ExpiresAt.lt(before);
                if is_dry {
                    return email_token::Entity::find().filter(old).count(txn).await;
                }
                let deleted = email_token::Entity::delete_many()
                    .filter(old)
                    .exec(txn)
                    .await?;
                return Ok(deleted.rows_affected);
            }
            if rule == FORMER {
                let old = former_email::Column::Until.lt(before);
                if is_dry {
                    return former_email::Entity::find().filter(old).count(txn).await;
                }
                let deleted = former_email::Entity::delete_many()
                    .filter(old)
                    .exec(txn)
                    .await?;
                return Ok(deleted.rows_affected);
            }
            let with = |query: sea_orm::sea_query::SelectStatement| {
                account::Column::Id.not_in_subquery(query)
            };
            let links = email_token::Entity::find()
                .select_only()
                .column(email_token::Column::AccountId)
                .filter(email_token::Column::AccountId.is_not_null());
            let roles = role_grant::Entity::find()
                .select_only()
                .column(role_grant::Column::AccountId);
            // Their links are deleted by the rule before; a role is decided on by people.
            let old = Condition::all()
                .add(account::Column::EmailConfirmedAt.is_null())
                .add(account::Column::PersonId.is_null())
                .add(account::Column::CreatedAt.lt(before))
                .add(with(links.into_query()))
                .add(with(roles.into_query()));
            if is_dry {
                return account::Entity::find().filter(old).count(txn).await;
            }
            let deleted = account::Entity::delete_many().filter(old).exec(txn).await?;
            Ok(deleted.rows_affected)
        }
        .boxed()
    }
}

/// Whether a password is that of an account. Guesses are delayed as when signing in.
///
/// # Errors
/// Too many guesses wait, or the database fails.
pub async fn is_own_password(
    state: &State,
    account_id: AccountId,
    password: String,
    address: IpAddr,
) -> Result<bool, Error> {
    let Some(account) = store::find_by_id(state.db.read(), account_id).await? else {
        return Ok(false);
    };
    let guess = Guess {
        address,
        email: &account.email,
        known_browser: None,
    };
    let attempt = state.limits.sign_in(state.clock.now(), guess).await?;
    let fits = password::verify(password, account.password_hash.clone(), attempt.turn())
        .await
        .map_err(Error::internal)?;
    if fits {
        attempt.succeeded();
    }
    Ok(fits)
}

/// Former addresses and second factors.
async fn further_records(
    db: &impl ConnectionTrait,
    account_ids: &[AccountId],
) -> Result<Vec<Records>, DbErr> {
    let ids = || account_ids.iter().copied();
    let former = former_email::Entity::find()
        .filter(former_email::Column::AccountId.is_in(ids()))
        .all(db)
        .await?;
    let former = former
        .into_iter()
        .map(|row| vec![("email", json!(row.email)), ("until", json!(row.until))]);
    let factors = second_factor::Entity::find()
        .filter(second_factor::Column::AccountId.is_in(ids()))
        .all(db)
        .await?;
    let factors = factors.into_iter().map(|row| {
        vec![
            ("created_at", json!(row.created_at)),
            ("confirmed_at", json!(row.confirmed_at)),
        ]
    });
    let codes = recovery_code::Entity::find()
        .filter(recovery_code::Column::AccountId.is_in(ids()))
        .all(db)
        .await?;
    let codes = codes.into_iter().map(|row| {
        vec![
            ("created_at", json!(row.created_at)),
            ("used_at", json!(row.used_at)),
        ]
    });
    Ok(vec![
        Records {
            table: "former_email",
            rows: former.collect(),
        },
        Records {
            table: "second_factor",
            rows: factors.collect(),
        },
        Records {
            table: "recovery_code",
            rows: codes.collect(),
        },
    ])
}
