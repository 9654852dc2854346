//! The queries of accounts, roles and one-time links. Sessions have their own in [`super::session`], because
//! they are read with every request.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _,
    JoinType, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait,
    RelationTrait as _, Set,
    sea_query::{Expr, ExprTrait as _, IntoColumnRef, LikeExpr, OnConflict},
};

use super::{
    list::{AccountOrder, AccountsQuery},
    model::{AccountSummary, Closed, ERASED, Email, Role, Roles},
};
use crate::{
    clock::Clock,
    db::{
        IDS_AT_ONCE,
        entity::{account, email_token, former_email, recovery_code, role_grant, second_factor},
    },
    http::Lang,
    ids::{AccountId, PersonId},
    list::{Extent, FoundRows},
    mail, people,
    principal::Principal,
    text::{MOST_WORDS, fold},
};

pub(super) use crate::db::entity::{
    account::Model as AccountRow, email_token::Model as TokenRow, email_token::Purpose,
};

pub(super) async fn find_by_email(
    db: &impl ConnectionTrait,
    email: &Email,
) -> Result<Option<AccountRow>, DbErr> {
    account::Entity::find()
        .filter(account::Column::Email.eq(email.as_str()))
        .one(db)
        .await
}

pub(super) async fn find_by_id(
    db: &impl ConnectionTrait,
    id: AccountId,
) -> Result<Option<AccountRow>, DbErr> {
    account::Entity::find_by_id(id).one(db).await
}

/// A new account. Its person is set once its address is confirmed.
pub(super) struct NewAccount<'a> {
    pub(super) email: &'a Email,
    pub(super) lang: Lang,
}

/// Adds an account without password and person; `None` if the address is taken.
pub(super) async fn insert(
    txn: &impl ConnectionTrait,
    clock: &Clock,
    new: NewAccount<'_>,
) -> Result<Option<AccountId>, DbErr> {
    let now = clock.now();
    let id = clock.new_id();
    let row = account::ActiveModel {
        id: Set(id),
        person_id: Set(None),
        email: Set(new.email.as_str().to_owned()),
        password_hash: Set(None),
        email_confirmed_at: Set(None),
        locale: Set(new.lang.as_str().to_owned()),
        created_at: Set(now),
        disabled_at: Set(None),
        closed_reason: Set(None),
    };
    let inserted = account::Entity::insert(row)
        .on_conflict(
            OnConflict::column(account::Column::Email)
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(txn)
        .await?;
    Ok((inserted > 0).then_some(id))
}

/// Sets the password of an account and marks its address as confirmed: the password was typed on a page that
/// is reached only by a link sent there. If the address was confirmed before, that time stays.
pub(super) async fn set_password(
    txn: &impl ConnectionTrait,
    now: DateTime<Utc>,
    account_id: AccountId,
    hash: &str,
) -> Result<(), DbErr> {
    let confirmed = Expr::col(account::Column::EmailConfirmedAt).if_null(Expr::value(now));
    account::Entity::update_many()
        .col_expr(account::Column::PasswordHash, Expr::value(hash))
        .col_expr(account::Column::EmailConfirmedAt, confirmed)
        .filter(account::Column::Id.eq(account_id))
        .exec(txn)
        .await
        .map(drop)
}

/// Sets the language of the owner.
pub(super) async fn set_language(
    txn: &impl ConnectionTrait,
    account_id: AccountId,
    lang: Lang,
) -> Result<(), DbErr> {
    account::Entity::update_many()
        .col_expr(account::Column::Locale, Expr::value(lang.as_str()))
        .filter(account::Column::Id.eq(account_id))
        .exec(txn)
        .await
        .map(drop)
}

/// Sets when an account was closed, and why; with `None` it is open again.
pub(super) async fn set_closed(
    txn: &impl ConnectionTrait,
    account_id: AccountId,
    closed: Option<(DateTime<Utc>, &str)>,
) -> Result<(), DbErr> {
    let (at, reason) = closed.unzip();
    account::Entity::update_many()
        .col_expr(account::Column::DisabledAt, Expr::value(at))
        .col_expr(
            account::Column::ClosedReason,
            Expr::value(reason.map(str::to_owned)),
        )
        .filter(account::Column::Id.eq(account_id))
        .exec(txn)
        .await
        .map(drop)
}

/// Sets the address of an account, which its owner has just confirmed.
pub(super) async fn set_email(
    txn: &impl ConnectionTrait,
    now: DateTime<Utc>,
    account_id: AccountId,
    email: &Email,
) -> Result<(), DbErr> {
    account::Entity::update_many()
        .col_expr(account::Column::Email, Expr::value(email.as_str()))
        .col_expr(account::Column::EmailConfirmedAt, Expr::value(now))
        .filter(account::Column::Id.eq(account_id))
        .exec(txn)
        .await
        .map(drop)
}

/// Remembers the address that an account has now, before it gets another one.
pub(super) async fn add_former_email(
    txn: &impl ConnectionTrait,
    clock: &Clock,
    account: &AccountRow,
) -> Result<(), DbErr> {
    former_email::ActiveModel {
        id: Set(clock.new_id()),
        account_id: Set(account.id),
        email: Set(account.email.clone()),
        until: Set(clock.now()),
    }
    .insert(txn)
    .await
    .map(drop)
}

/// Deletes an account that nobody has confirmed and that belongs to nobody, with its links.
pub(super) async fn delete_unconfirmed(
    txn: &impl ConnectionTrait,
    email: &Email,
) -> Result<(), DbErr> {
    let found = account::Entity::find()
        .filter(account::Column::Email.eq(email.as_str()))
        .filter(account::Column::EmailConfirmedAt.is_null())
        .filter(account::Column::PersonId.is_null())
        .one(txn)
        .await?;
    let Some(found) = found else {
        return Ok(());
    };
    email_token::Entity::delete_many()
        .filter(email_token::Column::AccountId.eq(found.id))
        .exec(txn)
        .await?;
    account::Entity::delete_by_id(found.id)
        .exec(txn)
        .await
        .map(drop)
}

/// Whether an account has, or ever had, a role.
pub(super) async fn has_role(
    db: &impl ConnectionTrait,
    account_id: AccountId,
) -> Result<bool, DbErr> {
    let count = role_grant::Entity::find()
        .filter(role_grant::Column::AccountId.eq(account_id))
        .count(db)
        .await?;
    Ok(count > 0)
}

/// Whether a person has an account.
pub(super) async fn has_account(
    db: &impl ConnectionTrait,
    person_id: PersonId,
) -> Result<bool, DbErr> {
    let count = account::Entity::find()
        .filter(account::Column::PersonId.eq(person_id))
        .count(db)
        .await?;
    Ok(count > 0)
}

/// Sets the person to whom an account belongs.
pub(super) async fn set_person(
    txn: &impl ConnectionTrait,
    account_id: AccountId,
    person_id: PersonId,
) -> Result<(), DbErr> {
    account::Entity::update_many()
        .col_expr(account::Column::PersonId, Expr::value(person_id))
        .filter(account::Column::Id.eq(account_id))
        .exec(txn)
        .await
        .map(drop)
}

/// The addresses of people, with their languages: one for each account that is not disabled.
pub(super) async fn addresses_of(
    db: &impl ConnectionTrait,
    people: BTreeSet<PersonId>,
) -> Result<Vec<(PersonId, String, Lang)>, DbErr> {
    let accounts = account::Entity::find()
        .filter(account::Column::PersonId.is_in(people))
        .filter(account::Column::DisabledAt.is_null())
        .order_by_asc(account::Column::Id)
        .all(db)
        .await?;
    Ok(accounts
        .into_iter()
        .filter_map(|row| {
            let lang = Lang::from_tag(&row.locale).unwrap_or(Lang::Lv);
            Some((row.person_id?, row.email, lang))
        })
        .collect())
}

/// The account with an address, locked until the transaction ends.
pub(super) async fn lock_by_email(
    txn: &impl ConnectionTrait,
    email: &Email,
) -> Result<Option<AccountRow>, DbErr> {
    let locked = account::Entity::update_many()
        .col_expr(account::Column::Email, Expr::col(account::Column::Email))
        .filter(account::Column::Email.eq(email.as_str()))
        .exec_with_returning(txn)
        .await?;
    Ok(locked.into_iter().next())
}

/// Like [`lock_by_email`], by the account's id.
pub(super) async fn lock_by_id(
    txn: &impl ConnectionTrait,
    id: AccountId,
) -> Result<Option<AccountRow>, DbErr> {
    let locked = account::Entity::update_many()
        .col_expr(account::Column::Email, Expr::col(account::Column::Email))
        .filter(account::Column::Id.eq(id))
        .exec_with_returning(txn)
        .await?;
    Ok(locked.into_iter().next())
}

/// The times at which the links of an account were created that are still valid, newest first.
pub(super) async fn open_links(
    txn: &impl ConnectionTrait,
    now: DateTime<Utc>,
    account_id: AccountId,
) -> Result<Vec<DateTime<Utc>>, DbErr> {
    email_token::Entity::find()
        .select_only()
        .column(email_token::Column::CreatedAt)
        .filter(email_token::Column::AccountId.eq(account_id))
        // Those go to another address.
        .filter(email_token::Column::Purpose.ne(Purpose::ChangeEmail))
        .filter(email_token::Column::UsedAt.is_null())
        .filter(email_token::Column::ExpiresAt.gt(now))
        .order_by_desc(email_token::Column::CreatedAt)
        .into_tuple()
        .all(txn)
        .await
}

pub(super) async fn insert_token(txn: &impl ConnectionTrait, token: TokenRow) -> Result<(), DbErr> {
    email_token::ActiveModel {
        token_hash: Set(token.token_hash),
        purpose: Set(token.purpose),
        account_id: Set(token.account_id),
        created_at: Set(token.created_at),
        expires_at: Set(token.expires_at),
        used_at: Set(token.used_at),
        new_email: Set(token.new_email),
    }
    .insert(txn)
    .await
    .map(drop)
}

pub(super) async fn find_token(
    db: &impl ConnectionTrait,
    purpose: Purpose,
    token_hash: &str,
) -> Result<Option<TokenRow>, DbErr> {
    email_token::Entity::find_by_id(token_hash)
        .filter(email_token::Column::Purpose.eq(purpose))
        .one(db)
        .await
}

/// Marks a link as used if it is valid; of two transactions at the same time one succeeds.
pub(super) async fn use_token(
    txn: &impl ConnectionTrait,
    now: DateTime<Utc>,
    purpose: Purpose,
    token_hash: &str,
) -> Result<Option<TokenRow>, DbErr> {
    let used = email_token::Entity::update_many()
        .col_expr(email_token::Column::UsedAt, Expr::value(now))
        .filter(email_token::Column::TokenHash.eq(token_hash))
        .filter(email_token::Column::Purpose.eq(purpose))
        .filter(email_token::Column::UsedAt.is_null())
        .filter(email_token::Column::ExpiresAt.gt(now))
        .exec_with_returning(txn)
        .await?;
    Ok(used.into_iter().next())
}

/// Invalidates every link of an account; with `None`, those for the first administrator.
pub(super) async fn use_all_tokens(
    txn: &impl ConnectionTrait,
    now: DateTime<Utc>,
    account_id: Option<AccountId>,
) -> Result<(), DbErr> {
    let whose = match account_id {
        Some(id) => email_token::Column::AccountId.eq(id),
        None => email_token::Column::AccountId.is_null(),
    };
    email_token::Entity::update_many()
        .col_expr(email_token::Column::UsedAt, Expr::value(now))
        .filter(whose)
        .filter(email_token::Column::UsedAt.is_null())
        .exec(txn)
        .await
        .map(drop)
}

/// Invalidates the links of an account for one purpose.
pub(super) async fn use_tokens_for(
    txn: &impl ConnectionTrait,
    now: DateTime<Utc>,
    account_id: AccountId,
    purpose: Purpose,
) -> Result<(), DbErr> {
    email_token::Entity::update_many()
        .col_expr(email_token::Column::UsedAt, Expr::value(now))
        .filter(email_token::Column::AccountId.eq(account_id))
        .filter(email_token::Column::Purpose.eq(purpose))
        .filter(email_token::Column::UsedAt.is_null())
        .exec(txn)
        .await
        .map(drop)
}

pub(super) use second_factor::Model as FactorRow;

/// The second factor of an account, confirmed or not.
pub(super) async fn find_factor(
    db: &impl ConnectionTrait,
    account_id: AccountId,
) -> Result<Option<FactorRow>, DbErr> {
    second_factor::Entity::find_by_id(account_id).one(db).await
}

/// Whether a second factor of an account is set up.
pub(super) async fn has_second_factor(
    db: &impl ConnectionTrait,
    account_id: AccountId,
) -> Result<bool, DbErr> {
    let found = find_factor(db, account_id).await?;
    Ok(found.is_some_and(|factor| factor.confirmed_at.is_some()))
}

/// The second factor of an account, locked until the transaction ends.
pub(super) async fn lock_factor(
    txn: &impl ConnectionTrait,
    account_id: AccountId,
) -> Result<Option<FactorRow>, DbErr> {
    let locked = second_factor::Entity::update_many()
        .col_expr(
            second_factor::Column::LastStep,
            Expr::col(second_factor::Column::LastStep),
        )
        .filter(second_factor::Column::AccountId.eq(account_id))
        .exec_with_returning(txn)
        .await?;
    Ok(locked.into_iter().next())
}

/// Begins to set up a second factor, in place of one that was begun; one that is set up stays.
pub(super) async fn begin_factor(
    txn: &impl ConnectionTrait,
    now: DateTime<Utc>,
    account_id: AccountId,
    secret: String,
) -> Result<(), DbErr> {
    second_factor::Entity::delete_many()
        .filter(second_factor::Column::AccountId.eq(account_id))
        .filter(second_factor::Column::ConfirmedAt.is_null())
        .exec(txn)
        .await?;
    let row = second_factor::ActiveModel {
        account_id: Set(account_id),
        secret: Set(secret),
        created_at: Set(now),
        confirmed_at: Set(None),
        last_step: Set(0),
        failures: Set(0),
        locked_until: Set(None),
    };
    second_factor::Entity::insert(row)
        .on_conflict(
            OnConflict::column(second_factor::Column::AccountId)
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(txn)
        .await
        .map(drop)
}

/// From now on the second factor is asked for; the code of this step was used.
pub(super) async fn confirm_factor(
    txn: &impl ConnectionTrait,
    now: DateTime<Utc>,
    account_id: AccountId,
    step: i64,
) -> Result<(), DbErr> {
    second_factor::Entity::update_many()
        .col_expr(second_factor::Column::ConfirmedAt, Expr::value(now))
        .col_expr(second_factor::Column::LastStep, Expr::value(step))
        .filter(second_factor::Column::AccountId.eq(account_id))
        .exec(txn)
        .await
        .map(drop)
}

/// Notes that the code of a step was used.
pub(super) async fn use_step(
    txn: &impl ConnectionTrait,
    account_id: AccountId,
    step: i64,
) -> Result<(), DbErr> {
    second_factor::Entity::update_many()
        .col_expr(second_factor::Column::LastStep, Expr::value(step))
        .filter(second_factor::Column::AccountId.eq(account_id))
        .exec(txn)
        .await
        .map(drop)
}

/// Notes how many wrong codes there were in a row, and until when none is looked at.
pub(super) async fn note_failures(
    txn: &impl ConnectionTrait,
    account_id: AccountId,
    failures: i32,
    locked_until: Option<DateTime<Utc>>,
) -> Result<(), DbErr> {
    second_factor::Entity::update_many()
        .col_expr(second_factor::Column::Failures, Expr::value(failures))
        .col_expr(
            second_factor::Column::LockedUntil,
            Expr::value(locked_until),
        )
        .filter(second_factor::Column::AccountId.eq(account_id))
        .exec(txn)
        .await
        .map(drop)
}

/// Deletes the second factor of an account and its recovery codes; `false` if there is none.
pub(super) async fn delete_factor(
    txn: &impl ConnectionTrait,
    account_id: AccountId,
) -> Result<bool, DbErr> {
    recovery_code::Entity::delete_many()
        .filter(recovery_code::Column::AccountId.eq(account_id))
        .exec(txn)
        .await?;
    let deleted = second_factor::Entity::delete_by_id(account_id)
        .exec(txn)
        .await?;
    Ok(deleted.rows_affected > 0)
}

/// Puts these recovery codes in place of the earlier ones.
pub(super) async fn replace_recovery_codes(
    txn: &impl ConnectionTrait,
    clock: &Clock,
    account_id: AccountId,
    hashes: Vec<String>,
) -> Result<(), DbErr> {
    recovery_code::Entity::delete_many()
        .filter(recovery_code::Column::AccountId.eq(account_id))
        .exec(txn)
        .await?;
    let rows = hashes.into_iter().map(|hash| recovery_code::ActiveModel {
        id: Set(clock.new_id()),
        account_id: Set(account_id),
        code_hash: Set(hash),
        created_at: Set(clock.now()),
        used_at: Set(None),
    });
    recovery_code::Entity::insert_many(rows.collect::<Vec<_>>())
        .exec_without_returning(txn)
        .await
        .map(drop)
}

/// Uses a recovery code up; `false` if there is none, or it was used.
pub(super) async fn use_recovery_code(
    txn: &impl ConnectionTrait,
    now: DateTime<Utc>,
    account_id: AccountId,
    hash: &str,
) -> Result<bool, DbErr> {
    let used = recovery_code::Entity::update_many()
        .col_expr(recovery_code::Column::UsedAt, Expr::value(now))
        .filter(recovery_code::Column::AccountId.eq(account_id))
        .filter(recovery_code::Column::CodeHash.eq(hash))
        .filter(recovery_code::Column::UsedAt.is_null())
        .exec(txn)
        .await?;
    Ok(used.rows_affected > 0)
}

/// How many recovery codes of an account can still be used.
pub(super) async fn count_recovery_codes(
    db: &impl ConnectionTrait,
    account_id: AccountId,
) -> Result<u64, DbErr> {
    recovery_code::Entity::find()
        .filter(recovery_code::Column::AccountId.eq(account_id))
        .filter(recovery_code::Column::UsedAt.is_null())
        .count(db)
        .await
}

/// Grants a role; `false` if the account had it already.
pub(super) async fn give_role(
    txn: &impl ConnectionTrait,
    clock: &Clock,
    account_id: AccountId,
    role: Role,
    granted_by: Option<AccountId>,
) -> Result<bool, DbErr> {
    let grant = role_grant::ActiveModel {
        id: Set(clock.new_id()),
        account_id: Set(account_id),
        role: Set(role),
        granted_by: Set(granted_by),
        granted_at: Set(clock.now()),
        revoked_at: Set(None),
    };
    // The only possible conflict is that the account has the role.
    let count = role_grant::Entity::insert(grant)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(txn)
        .await?;
    Ok(count > 0)
}

/// Revokes a role; `false` if the account did not have it.
pub(super) async fn take_role(
    txn: &impl ConnectionTrait,
    now: DateTime<Utc>,
    account_id: AccountId,
    role: Role,
) -> Result<bool, DbErr> {
    let taken = role_grant::Entity::update_many()
        .col_expr(role_grant::Column::RevokedAt, Expr::value(now))
        .filter(role_grant::Column::AccountId.eq(account_id))
        .filter(role_grant::Column::Role.eq(role))
        .filter(role_grant::Column::RevokedAt.is_null())
        .exec(txn)
        .await?;
    Ok(taken.rows_affected > 0)
}

/// Whether an administrator who can sign in exists.
pub(super) async fn has_administrator(db: &impl ConnectionTrait) -> Result<bool, DbErr> {
    let count = administrators().count(db).await?;
    Ok(count > 0)
}

/// Whether one of these accounts is an administrator's.
pub(super) async fn has_administrator_among(
    db: &impl ConnectionTrait,
    ids: &[AccountId],
) -> Result<bool, DbErr> {
    let count = administrators()
        .filter(role_grant::Column::AccountId.is_in(ids.iter().copied()))
        .count(db)
        .await?;
    Ok(count > 0)
}

/// Whether an administrator who can sign in has another account than these.
pub(super) async fn has_administrator_besides(
    db: &impl ConnectionTrait,
    ids: &[AccountId],
) -> Result<bool, DbErr> {
    let count = administrators()
        .filter(role_grant::Column::AccountId.is_not_in(ids.iter().copied()))
        .count(db)
        .await?;
    Ok(count > 0)
}

/// The granted roles of administrators who can sign in.
fn administrators() -> sea_orm::Select<role_grant::Entity> {
    role_grant::Entity::find()
        .join(JoinType::InnerJoin, role_grant::Relation::Account.def())
        .filter(role_grant::Column::Role.eq(Role::Admin))
        .filter(role_grant::Column::RevokedAt.is_null())
        .filter(account::Column::DisabledAt.is_null())
        // A role may have been granted to an account whose address is never confirmed.
        .filter(account::Column::EmailConfirmedAt.is_not_null())
}

/// The accounts that match a query: address or name contains every word of the search.
pub(super) async fn accounts(
    db: &impl ConnectionTrait,
    query: &AccountsQuery,
    extent: Extent,
) -> Result<FoundRows<AccountSummary>, DbErr> {
    let mut matches = Condition::all();
    // There is nothing to see of erased ones.
    matches = matches.add(account::Column::Email.not_like(format!("{ERASED}%")));
    for word in query.list.search().split_whitespace().take(MOST_WORDS) {
        let in_address = mail::as_stored(&word.to_lowercase());
        let mut one = Condition::any().add(holds(
            (account::Entity, account::Column::Email),
            &in_address,
        ));
        let in_name = fold(word);
        if !in_name.is_empty() {
            one = one.add(people::name_holds(&in_name));
        }
        matches = matches.add(one);
    }
    if people::lists_mixed_names(&query.list) {
        matches = matches.add(people::name_is_mixed());
    }
    if let Some(role) = query.role {
        let holders = role_grant::Entity::find()
            .select_only()
            .column(role_grant::Column::AccountId)
            .filter(role_grant::Column::Role.eq(role))
            .filter(role_grant::Column::RevokedAt.is_null());
        matches = matches.add(account::Column::Id.in_subquery(QueryTrait::into_query(holders)));
    }
    matches = match query.is_confirmed {
        Some(true) => matches.add(account::Column::EmailConfirmedAt.is_not_null()),
        Some(false) => matches.add(account::Column::EmailConfirmedAt.is_null()),
        None => matches,
    };
    matches = match query.is_closed {
        Some(true) => matches.add(account::Column::DisabledAt.is_not_null()),
        Some(false) => matches.add(account::Column::DisabledAt.is_null()),
        None => matches,
    };
    let by = match query.list.order() {
        AccountOrder::Email => account::Column::Email,
        AccountOrder::Registered => account::Column::CreatedAt,
    };
    let direction = query.list.direction();
    let found = people::joined(account::Entity::find())
        .filter(matches)
        .order_by(by, direction.clone())
        .order_by(account::Column::Id, direction);
    let FoundRows { rows, total, page } = extent.of(found, db).await?;

    let ids: Vec<_> = rows.iter().map(|(account, _)| account.id).collect();
    let mut roles: BTreeMap<AccountId, Roles> = BTreeMap::new();
    for some in ids.chunks(IDS_AT_ONCE) {
        for grant in role_grant::Entity::find()
            .filter(role_grant::Column::AccountId.is_in(some.iter().copied()))
            .filter(role_grant::Column::RevokedAt.is_null())
            .all(db)
            .await?
        {
            let held = roles.entry(grant.account_id).or_default();
            *held = held.with(grant.role);
        }
    }
    let found = FoundRows { rows, total, page };
    Ok(found.map(|(account, person)| {
        let held = roles.get(&account.id).copied().unwrap_or_default();
        summary_of(account, person, held)
    }))
}

/// One account as the list shows it.
pub(super) async fn summary(
    db: &impl ConnectionTrait,
    account_id: AccountId,
) -> Result<Option<AccountSummary>, DbErr> {
    let found = people::joined(account::Entity::find())
        .filter(account::Column::Id.eq(account_id))
        .filter(account::Column::Email.not_like(format!("{ERASED}%")))
        .one(db)
        .await?;
    let Some((account, person)) = found else {
        return Ok(None);
    };
    let roles = roles_of(db, account_id).await?;
    Ok(Some(summary_of(account, person, roles)))
}

/// The roles of an account.
pub(super) async fn roles_of(
    db: &impl ConnectionTrait,
    account_id: AccountId,
) -> Result<Roles, DbErr> {
    let granted = role_grant::Entity::find()
        .filter(role_grant::Column::AccountId.eq(account_id))
        .filter(role_grant::Column::RevokedAt.is_null())
        .all(db)
        .await?;
    Ok(granted.into_iter().map(|grant| grant.role).collect())
}

/// The person behind an account that somebody can sign in to, with their roles. Whether a second factor is missing is
/// not looked up, nor whether mails arrive.
pub(super) async fn principal(
    db: &impl ConnectionTrait,
    account_id: AccountId,
) -> Result<Option<Principal>, DbErr> {
    let found = people::joined(account::Entity::find())
        .filter(account::Column::Id.eq(account_id))
        .filter(account::Column::DisabledAt.is_null())
        .filter(account::Column::EmailConfirmedAt.is_not_null())
        .one(db)
        .await?;
    let Some((_, Some(person))) = found else {
        return Ok(None);
    };
    Ok(Some(Principal {
        account_id,
        person_id: person.id,
        display_name: person.given_name,
        roles: roles_of(db, account_id).await?,
        must_enrol: false,
        record_version: person.record_version,
        is_address_refused: false,
    }))
}

fn summary_of(
    account: AccountRow,
    person: Option<people::PersonRow>,
    roles: Roles,
) -> AccountSummary {
    AccountSummary {
        id: account.id,
        lang: Lang::from_tag(&account.locale).unwrap_or(Lang::Lv),
        closed: account.disabled_at.map(|at| Closed {
            at,
            reason: account.closed_reason.unwrap_or_default(),
        }),
        email: account.email,
        name: person
            .map(|person| {
                format!("{} {}", person.given_name, person.family_name)
                    .trim()
                    .to_owned()
            })
            .unwrap_or_default(),
        is_confirmed: account.email_confirmed_at.is_some(),
        created_at: account.created_at,
        roles,
    }
}

/// Whether a column contains a text, without wildcards.
fn holds(column: impl IntoColumnRef, text: &str) -> Expr {
    let literal = text
        .replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_");
    Expr::col(column).like(LikeExpr::new(format!("%{literal}%")).escape('\\'))
}
