//! Previewing, testing and sending a message.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr};
use serde_json::json;

use super::{
    mail::{self, Reader, Written},
    model::{Audience, Message, Wordings, own_lang},
    store,
};
use crate::{
    accounts, audit,
    audit::AuditEntry,
    db::{Db, Transaction},
    events::Event,
    http::{
        Lang,
        address::{self, Address as _},
    },
    ids::{AccountId, EventMessageId},
    mail as mails,
    principal::Principal,
    registrations::{link, model::Registration, state::State},
};

/// A message to be sent.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    /// Its id, from the form.
    pub id: EventMessageId,
    /// To whom.
    pub audience: Audience,
    /// What it says.
    pub wordings: Wordings,
}

/// Why a message is not sent.
#[derive(Debug, thiserror::Error)]
pub(super) enum SendError {
    /// Nobody would get it.
    #[error("nobody would get it")]
    Nobody,
    /// The id is that of a message of another event.
    #[error("a message of another event")]
    Foreign,
    /// The database fails.
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// What came of sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sent {
    /// It goes to so many.
    Now(usize),
    /// It was sent before; nothing changed.
    Before,
}

/// The messages of an event, the newest first.
///
/// # Errors
/// The database fails.
pub(super) async fn sent(state: &State, event: &Event) -> Result<Vec<Message>, DbErr> {
    store::of_event(state.db.read(), event.row.id).await
}

/// The registrations of an event to which messages can go.
///
/// # Errors
/// The database fails.
pub(super) async fn addressees(state: &State, event: &Event) -> Result<Vec<Registration>, DbErr> {
    store::addressees(state.db.read(), event.row.id).await
}

/// How many get it in each language.
pub(super) fn recipients(rows: &[Registration], draft: &Draft) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for row in rows.iter().filter(|row| draft.audience.has(row)) {
        let lang = draft.wordings.lang_for(own_lang(row));
        *counts.entry(lang.as_str()).or_default() += 1;
    }
    counts
}

/// The message as somebody gets it who reads this language.
pub(super) fn preview(
    state: &State,
    event: &Event,
    draft: &Draft,
    (sender, lang): (&Principal, Lang),
) -> Written {
    // Whose registration it is differs, so the address is not whole.
    let token = "…".to_owned();
    let link = address::Registration { token }
        .url(lang)
        .replace("%E2%80%A6", "…");
    let reader = Reader {
        lang,
        link: state.composer.link(&link),
    };
    let wording = draft.wordings.of(lang);
    mail::write(state, event, wording, &sender.display_name, &reader)
}

/// Sends the message to whoever writes it, in every language in which it is; the link in it leads to the event.
/// Returns the address; `None` if they have none.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "registrations.test_message", skip_all, fields(event.id = %event.row.id))]
pub(super) async fn test(
    state: &State,
    event: &Event,
    draft: &Draft,
    sender: &Principal,
) -> Result<Option<String>, DbErr> {
    let addresses = accounts::addresses_of(state.db.read(), [sender.person_id].into()).await?;
    let Some((_, address, _)) = addresses.into_iter().next() else {
        return Ok(None);
    };
    let mut queued = Vec::new();
    for lang in Lang::ALL {
        let wording = draft.wordings.of(lang);
        if wording.is_empty() {
            continue;
        }
        let page = address::Event {
            event: event.row.id,
        };
        let reader = Reader {
            lang,
            link: state.composer.link(&page.url(lang)),
        };
        let mut written = mail::write(state, event, wording, &sender.display_name, &reader);
        let subject = [("subject", written.subject.as_str().into())];
        let theme = state.composer.theme();
        written.subject = theme.text_with(lang, "event-message-test-subject", &subject);
        let id: EventMessageId = state.clock.new_id();
        let key = format!("{}-test:{id}", mail::KIND);
        queued.push(mail::mail(state, event, written, lang, (&address, key))?);
    }
    let clock = state.clock.clone();
    state
        .db
        .write::<_, DbErr>(async move |txn| {
            for mail in queued {
                mails::enqueue(txn, &clock, mail).await?;
            }
            Ok(())
        })
        .await?;
    state.jobs.wake();
    Ok(Some(address))
}

/// Sends a message: records it, and queues a mail for each registration. Sent before, nothing changes.
///
/// # Errors
/// Nobody would get it.
#[tracing::instrument(name = "registrations.send_message", skip_all, fields(event.id = %event.row.id))]
pub(super) async fn send(
    state: &State,
    event: &Event,
    draft: Draft,
    sender: &Principal,
) -> Result<Sent, SendError> {
    let db = state.db.read();
    if let Some(known) = store::find(db, draft.id).await? {
        return if known.event_id == event.row.id {
            Ok(Sent::Before)
        } else {
            Err(SendError::Foreign)
        };
    }
    let rows = store::addressees(db, event.row.id).await?;
    // Written before the transaction: others who write wait for it.
    let mut queued = Vec::new();
    for row in rows.iter().filter(|row| draft.audience.has(row)) {
        let lang = draft.wordings.lang_for(own_lang(row));
        let token = link::token(&state.secret, row);
        let reader = Reader {
            lang,
            link: state
                .composer
                .link(&address::Registration { token }.url(lang)),
        };
        let wording = draft.wordings.of(lang);
        let written = mail::write(state, event, wording, &sender.display_name, &reader);
        let key = format!("{}:{}:{}", mail::KIND, draft.id, row.id);
        let mut mail = mail::mail(state, event, written, lang, (&row.email, key))?;
        mail.body.only_while = Some(mail::only_while(row.id));
        queued.push(mail);
    }
    let count = queued.len();
    if count == 0 {
        return Err(SendError::Nobody);
    }
    let message = Message {
        id: draft.id,
        event_id: event.row.id,
        sent_by: sender.account_id,
        sender: sender.display_name.clone(),
        sent_at: state.clock.now(),
        audience: draft.audience.stored(),
        recipients: i32::try_from(count).unwrap_or(i32::MAX),
        subject_lv: draft.wordings.lv.subject,
        text_lv: draft.wordings.lv.text,
        subject_en: draft.wordings.en.subject,
        text_en: draft.wordings.en.text,
    };
    let clock = state.clock.clone();
    let is_new = state
        .db
        .write::<_, DbErr>(async move |txn| {
            let entry = AuditEntry {
                actor_account_id: Some(message.sent_by),
                action: "registrations.message-sent",
                subject_kind: "event",
                subject_id: message.event_id.to_string(),
                detail: json!({
                    "message": message.id,
                    "audience": message.audience,
                    "recipients": message.recipients,
                }),
            };
            if !store::insert(txn, message).await? {
                return Ok(false);
            }
            for mail in queued {
                mails::enqueue(txn, &clock, mail).await?;
            }
            audit::record(txn, clock.now(), entry).await?;
            Ok(true)
        })
        .await?;
    state.jobs.wake();
    Ok(if is_new {
        Sent::Now(count)
    } else {
        Sent::Before
    })
}

/// The messages that accounts sent, for those who sent them.
///
/// # Errors
/// The database fails.
pub(in crate::registrations) async fn by(
    db: &Db,
    accounts: &[AccountId],
) -> Result<Vec<Message>, DbErr> {
    store::by(db.read(), accounts).await
}

/// Deletes the texts of messages that accounts sent.
///
/// # Errors
/// The database fails.
pub(in crate::registrations) async fn forget(
    txn: &Transaction,
    accounts: &[AccountId],
) -> Result<(), DbErr> {
    store::forget(txn, accounts).await
}

/// Deletes the messages that were sent before a moment, or only counts them.
///
/// # Errors
/// The database fails.
pub(in crate::registrations) async fn delete_old(
    txn: &impl ConnectionTrait,
    before: DateTime<Utc>,
    is_dry: bool,
) -> Result<u64, DbErr> {
    store::delete_old(txn, before, is_dry).await
}
