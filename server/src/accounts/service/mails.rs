//! Mails to an address that somebody typed into a form. The page says the same in each case, so that only the
//! owner of the address learns whether there is an account for it.
//!
//! The number of these mails to an address is limited: each kind once a minute, and less often while several
//! that say the same, or whose links are still valid, were sent already. When no new mail is sent, the newest
//! of those is named instead. So nobody is left without a working mail.

use chrono::{DateTime, Days, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use super::links::{LINK_LASTS, new_link};
use crate::{
    accounts::{
        model::{Email, link_url},
        session::token_hash,
        store::{self, AccountRow, Purpose},
    },
    clock::Clock,
    http::{
        Lang, Next,
        address::{self, Address as _},
        theme::Arg,
    },
    ids::JobId,
    mail::{self, Composer},
};

/// What is needed to write these mails.
pub(super) struct Answering<'a, C> {
    pub(super) txn: &'a C,
    pub(super) clock: &'a Clock,
    pub(super) composer: &'a Composer,
    /// The language of the page that was used.
    pub(super) lang: Lang,
    /// The page that the person wanted to open.
    pub(super) next: &'a Next,
}

/// Message keys of the mails with a link.
const CONFIRM_EMAIL: &str = "confirm-email";
const ADDRESS_TAKEN: &str = "address-taken";
const RESET_PASSWORD: &str = "reset-password";

/// More than the mails that [`is_enough`] allows to an address within a day.
const MOST_IN_A_DAY: usize = 40;

/// A mail that contains a new link.
struct LinkMail {
    /// The key of its messages; mails of one kind are limited together.
    kind: &'static str,
    purpose: Purpose,
    lang: Lang,
}

/// Each method returns the id of the mail that answers: a new one, or the newest of those that were sent
/// already.
impl<C: ConnectionTrait> Answering<'_, C> {
    /// For a registration: a link for setting the first password. If there is a confirmed account, the mail
    /// says so and contains a link for setting a new password.
    pub(super) async fn registration(&self, account: &AccountRow) -> Result<Option<JobId>, DbErr> {
        if account.disabled_at.is_some() {
            return self.is_closed(account).await;
        }
        if account.email_confirmed_at.is_none() {
            return self.confirmation(account).await;
        }
        let lang = language(account);
        let mail = LinkMail {
            kind: ADDRESS_TAKEN,
            purpose: Purpose::ResetPassword,
            lang,
        };
        let sign_in = self.next.after(&address::SignIn.url(lang));
        let sign_in = self.composer.link(&sign_in);
        self.queue(account, mail, &[("signin", sign_in.into())])
            .await
    }

    /// For a forgotten password: a link for setting a new one.
    pub(super) async fn reset(&self, account: &AccountRow) -> Result<Option<JobId>, DbErr> {
        if account.disabled_at.is_some() {
            return self.is_closed(account).await;
        }
        if account.email_confirmed_at.is_none() {
            return self.confirmation(account).await;
        }
        let mail = LinkMail {
            kind: RESET_PASSWORD,
            purpose: Purpose::ResetPassword,
            lang: language(account),
        };
        self.queue(account, mail, &[]).await
    }

    /// The link that confirms the address and sets the first password, in the language of the page that was
    /// used last: the account has no owner yet.
    async fn confirmation(&self, account: &AccountRow) -> Result<Option<JobId>, DbErr> {
        let mail = LinkMail {
            kind: CONFIRM_EMAIL,
            purpose: Purpose::ConfirmEmail,
            lang: self.lang,
        };
        self.queue(account, mail, &[]).await
    }

    /// The mail that says that there is no account with this address.
    pub(super) async fn no_account(&self, email: &Email) -> Result<Option<JobId>, DbErr> {
        let link = self.next.after(&address::Register.url(self.lang));
        self.without_link(("no-account", email.as_str(), self.lang), &link)
            .await
    }

    /// The mail that says that the account with this address is closed.
    async fn is_closed(&self, account: &AccountRow) -> Result<Option<JobId>, DbErr> {
        let lang = language(account);
        let link = address::Contact.url(lang);
        self.without_link(("account-is-closed", &account.email, lang), &link)
            .await
    }

    /// A mail that contains no one-time link; `link` is a page of this site.
    async fn without_link(
        &self,
        (kind, recipient, lang): (&str, &str, Lang),
        link: &str,
    ) -> Result<Option<JobId>, DbErr> {
        let now = self.clock.now();
        let today = now.date_naive();
        let address = token_hash(recipient);
        // Numbered, so that the mails of a day can be found, and two requests at the same time queue only
        // one.
        let key = |day, number: usize| format!("{kind}:{address}:{day}:{number}");
        let days = [Some(today), today.checked_sub_days(Days::new(1))];
        let keys = days
            .into_iter()
            .flatten()
            .flat_map(|day| (0..MOST_IN_A_DAY).map(move |number| key(day, number)));
        let mut sent = mail::queued(self.txn, keys.collect::<Vec<_>>()).await?;
        sent.retain(|(_, at)| now < *at + LINK_LASTS);
        let made: Vec<_> = sent.iter().map(|(_, at)| *at).collect();
        if let Some((newest, at)) = sent.first()
            && (minute(*at) == minute(now) || is_enough(now, &made))
        {
            return Ok(Some(*newest));
        }
        let number = made.iter().filter(|at| at.date_naive() == today).count();
        let link = self.composer.link(link);
        let mail = self.composer.mail(
            lang,
            kind,
            recipient,
            key(today, number),
            &[("link", link.into())],
        );
        mail::enqueue(self.txn, self.clock, mail.for_security())
            .await
            .map(Some)
    }

    /// Queues a mail with a new link, unless enough earlier links are still valid.
    async fn queue(
        &self,
        account: &AccountRow,
        LinkMail {
            kind,
            purpose,
            lang,
        }: LinkMail,
        args: &[(&str, Arg<'_>)],
    ) -> Result<Option<JobId>, DbErr> {
        let now = self.clock.now();
        // The minute is part of the key, so that a form that is sent twice queues one mail.
        let key = |kind, at| format!("{kind}:{}:{}", account.id, minute(at));
        let dedup_key = key(kind, now);
        let same = mail::queued(self.txn, [dedup_key.clone()]).await?;
        if let Some((id, _)) = same.first() {
            return Ok(Some(*id));
        }
        let open = store::open_links(self.txn, now, account.id).await?;
        if let Some(newest) = open.first().filter(|_| is_enough(now, &open)) {
            let kinds = [CONFIRM_EMAIL, ADDRESS_TAKEN, RESET_PASSWORD];
            let keys = kinds.map(|kind| key(kind, *newest));
            let queued = mail::queued(self.txn, keys).await?;
            return Ok(queued.first().map(|(id, _)| *id));
        }
        let token = new_link(self.txn, self.clock, purpose, account.id).await?;
        let link = self.next.after(&link_url(purpose, &token, lang));
        let link = self.composer.link(&link);
        let mut args = args.to_vec();
        args.push(("link", link.into()));
        let mail = self
            .composer
            .mail(lang, kind, &account.email, dedup_key, &args);
        mail::enqueue(self.txn, self.clock, mail.for_security())
            .await
            .map(Some)
    }
}

fn minute(at: DateTime<Utc>) -> i64 {
    at.timestamp().div_euclid(60)
}

/// Whether the mails sent already are enough for now. `made` are the times, newest first, at which those were
/// made whose links are still valid, or that said the same within a day. The page tells the same rule
/// (`mail-missing-often`).
fn is_enough(now: DateTime<Utc>, made: &[DateTime<Utc>]) -> bool {
    let pause = match made.len() {
        0..5 => TimeDelta::zero(),
        5..10 => TimeDelta::minutes(10),
        _ => TimeDelta::hours(1),
    };
    made.first().is_some_and(|newest| now < *newest + pause)
}

/// The language of the account's owner.
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
