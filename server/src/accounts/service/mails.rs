//! Mails that answer whoever typed an address into a form. The page says the same in each case, so
//! that only the owner of the address learns whether it has an account.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use super::links::new_link;
use crate::{
    accounts::{
        model::Email,
        session::token_hash,
        store::{AccountRow, Purpose},
    },
    clock::Clock,
    http::Lang,
    mail::{self, Composer},
};

/// What the owner of an account needs: the link that confirms it, or, once confirmed, the news that
/// there is nothing to confirm.
pub(super) async fn queue_what_is_missing(
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

/// The link that confirms the address.
pub(super) async fn queue_confirmation(
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

/// The news that there is no account with this address.
pub(super) async fn queue_no_account(
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

/// The language in which the owner reads.
pub(super) fn language(account: &AccountRow) -> Lang {
    Lang::from_tag(&account.locale).unwrap_or(Lang::Lv)
}

/// The minute of a moment, for keys by which a mail is sent once a minute at most.
pub(super) fn minute(now: DateTime<Utc>) -> i64 {
    now.timestamp() / 60
}
