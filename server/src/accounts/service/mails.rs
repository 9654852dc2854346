//! Mails that answer whoever typed an address into a form. The page says the same in each case, so
//! that only the owner of the address learns whether it has an account.
//!
//! How many of them an address gets is bounded, without keeping from anybody a mail that they need:
//! each kind once a minute, and, while several links lie in the mailbox that all still work, less
//! often.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use super::links::new_link;
use crate::{
    accounts::{
        model::Email,
        session::token_hash,
        store::{self, AccountRow, Purpose},
    },
    clock::Clock,
    http::{Lang, Next, theme::Arg},
    mail::{self, Composer},
};

/// What is needed to answer by mail.
pub(super) struct Answering<'a, C> {
    pub(super) txn: &'a C,
    pub(super) clock: &'a Clock,
    pub(super) composer: &'a Composer,
    /// The language of the page that was used.
    pub(super) lang: Lang,
    /// Where the person wanted to go.
    pub(super) next: &'a Next,
}

/// A mail with a link of its own.
struct LinkMail {
    /// The messages that word it, and what it is bounded by.
    kind: &'static str,
    purpose: Purpose,
    /// The path of the link, before its token.
    path: &'static str,
    lang: Lang,
}

impl<C: ConnectionTrait> Answering<'_, C> {
    /// For somebody who registers: the link behind which they set their password; for an account
    /// that is there already, the news that it is, with a link that sets a new password.
    pub(super) async fn registration(&self, account: &AccountRow) -> Result<Option<Uuid>, DbErr> {
        if account.email_confirmed_at.is_none() {
            return self.confirmation(account).await;
        }
        let lang = language(account);
        let mail = LinkMail {
            kind: "address-taken",
            purpose: Purpose::ResetPassword,
            path: "reset",
            lang,
        };
        let sign_in = self.composer.link(lang, &self.next.after("sign-in"));
        self.queue(account, mail, &[("signin", sign_in.into())])
            .await
    }

    /// For somebody who forgot their password: a link that sets a new one.
    pub(super) async fn reset(&self, account: &AccountRow) -> Result<Option<Uuid>, DbErr> {
        if account.email_confirmed_at.is_none() {
            return self.confirmation(account).await;
        }
        let mail = LinkMail {
            kind: "reset-password",
            purpose: Purpose::ResetPassword,
            path: "reset",
            lang: language(account),
        };
        self.queue(account, mail, &[]).await
    }

    /// The link that confirms the address and sets the first password, in the language of whoever
    /// asked last: the account has no owner yet.
    async fn confirmation(&self, account: &AccountRow) -> Result<Option<Uuid>, DbErr> {
        let mail = LinkMail {
            kind: "confirm-email",
            purpose: Purpose::ConfirmEmail,
            path: "confirm",
            lang: self.lang,
        };
        self.queue(account, mail, &[]).await
    }

    /// The news that there is no account with this address.
    pub(super) async fn no_account(&self, email: &Email) -> Result<Option<Uuid>, DbErr> {
        let link = self.composer.link(self.lang, "register");
        let hour = self.clock.now().timestamp().div_euclid(60 * 60);
        let mail = self.composer.mail(
            self.lang,
            "no-account",
            email.as_str(),
            format!("no-account:{}:{hour}", token_hash(email.as_str())),
            &[("link", link.into())],
        );
        mail::enqueue(self.txn, self.clock, mail).await.map(Some)
    }

    /// Queues a mail with a new link; `None` when there are enough that still work.
    async fn queue(
        &self,
        account: &AccountRow,
        LinkMail {
            kind,
            purpose,
            path,
            lang,
        }: LinkMail,
        args: &[(&str, Arg<'_>)],
    ) -> Result<Option<Uuid>, DbErr> {
        let now = self.clock.now();
        // By the minute: a form sent twice makes one mail.
        let minute = now.timestamp().div_euclid(60);
        let dedup_key = format!("{kind}:{}:{minute}", account.id);
        if let Some(id) = mail::find(self.txn, &dedup_key).await? {
            return Ok(Some(id));
        }
        let open = store::open_links(self.txn, now, account.id).await?;
        if is_enough(now, &open) {
            return Ok(None);
        }
        let token = new_link(self.txn, self.clock, purpose, account.id).await?;
        let link = self
            .composer
            .link(lang, &self.next.after(&format!("{path}/{token}")));
        let mut args = args.to_vec();
        args.push(("link", link.into()));
        let mail = self
            .composer
            .mail(lang, kind, &account.email, dedup_key, &args);
        mail::enqueue(self.txn, self.clock, mail).await.map(Some)
    }
}

/// Whether the links in a mailbox that can still be used are enough for now. `made` is when they
/// were, newest first.
fn is_enough(now: DateTime<Utc>, made: &[DateTime<Utc>]) -> bool {
    let pause = match made.len() {
        0..5 => TimeDelta::zero(),
        5..10 => TimeDelta::minutes(10),
        _ => TimeDelta::hours(1),
    };
    made.first().is_some_and(|newest| now < *newest + pause)
}

/// The language in which the owner reads.
pub(super) fn language(account: &AccountRow) -> Lang {
    Lang::from_tag(&account.locale).unwrap_or(Lang::Lv)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_that_lie_in_the_mailbox_make_new_ones_rarer() {
        let now: DateTime<Utc> = "2026-11-23T08:00:00Z".parse().unwrap();
        let made = |count: usize, minutes_ago| vec![now - TimeDelta::minutes(minutes_ago); count];
        for (count, minutes_ago, enough) in [
            (0, 0, false),
            (4, 0, false),
            (5, 9, true),
            (5, 10, false),
            (9, 9, true),
            (10, 59, true),
            (10, 60, false),
            (1_000, 60, false),
        ] {
            assert_eq!(
                is_enough(now, &made(count, minutes_ago)),
                enough,
                "{count} {minutes_ago}"
            );
        }
    }
}
