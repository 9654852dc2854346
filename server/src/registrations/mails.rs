//! The mails about registrations. Each is queued in the transaction of what it tells, once for each cause, and is
//! not sent when it no longer holds.

use chrono::{DateTime, Utc};
use futures::future::{BoxFuture, FutureExt as _};
use sea_orm::DbErr;

use super::{
    link, messages,
    model::{Registration, RegistrationState, state_slug},
    places::Effects,
    state::State,
    store,
};
use crate::{
    db::Transaction,
    events::{
        self, Attendee, CalendarMethod, CalendarSource, Event, EventStatus, Session,
        views::{session_places, time, title},
    },
    http::{
        Lang,
        address::{self, Address as _},
    },
    ids::RegistrationId,
    mail::{self, Attachment, StillWanted},
};

/// What [`mail::Body::only_while`] of these mails begins with.
const ONLY_WHILE: &str = "registration:";

/// What a mail tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    /// The address has to be confirmed.
    Confirm,
    /// The same, sent again by an organiser.
    ConfirmOnceMore,
    /// The person has a place.
    Registered,
    /// The person is on the waiting list.
    Waiting,
    /// A place is offered until a moment.
    Offered,
    /// The person got a place from the waiting list.
    Promoted,
    /// The person is registered already, and asked once more.
    Already,
    /// Somebody registered the person with others of their organisation, and they have a place.
    GroupRegistered,
    /// The same, and they are on the waiting list.
    GroupWaiting,
    /// Whoever registered the person cancelled it.
    CancelledByRegistrar,
    /// Another person took over the place.
    Substituted,
    /// The person took over the place of another one.
    Substitute,
    /// The registration was cancelled by the participant.
    Cancelled,
    /// The registration was cancelled by an organiser.
    CancelledByOrganiser,
    /// An organiser sends the link to the registration once more.
    Link,
    /// An offered place was not taken in time.
    OfferEnded,
    /// The event is cancelled.
    EventCancelled,
    /// Time or place of the event changed.
    EventChanged,
    /// The event begins soon: so many minutes before.
    Reminder(u32),
}

impl Cause {
    const fn slug(self) -> &'static str {
        match self {
            Self::Confirm | Self::ConfirmOnceMore => "registration-confirm",
            Self::Registered => "registration-registered",
            Self::Waiting => "registration-waiting",
            Self::Offered => "registration-offered",
            Self::Promoted => "registration-promoted",
            Self::Already => "registration-already",
            Self::GroupRegistered => "registration-group",
            Self::GroupWaiting => "registration-group-waiting",
            Self::CancelledByRegistrar => "registration-cancelled-by-registrar",
            Self::Substituted => "registration-substituted",
            Self::Substitute => "registration-substitute",
            Self::Cancelled => "registration-cancelled",
            Self::CancelledByOrganiser => "registration-cancelled-by-organiser",
            Self::Link => "registration-link",
            Self::OfferEnded => "registration-offer-ended",
            Self::EventCancelled => "registration-event-cancelled",
            Self::EventChanged => "registration-event-changed",
            Self::Reminder(_) => "registration-reminder",
        }
    }

    /// Whether it tells of an end, and holds whatever follows.
    const fn is_final(self) -> bool {
        matches!(
            self,
            Self::Substituted
                | Self::Cancelled
                | Self::CancelledByOrganiser
                | Self::CancelledByRegistrar
                | Self::OfferEnded
                | Self::EventCancelled
        )
    }
}

/// The times of the sessions, one a line.
pub(super) fn times(event: &Event, lang: Lang) -> Vec<String> {
    event
        .sessions
        .iter()
        .map(|session| period(lang, session.starts_at, session.ends_at))
        .collect()
}

/// „10.02.2027. 10.00–13.00”, “10 Feb 2027, 10:00–13:00”.
pub(super) fn period(lang: Lang, starts_at: DateTime<Utc>, ends_at: DateTime<Utc>) -> String {
    let from = lang.date_time(starts_at);
    if Lang::riga_date(starts_at) == Lang::riga_date(ends_at) {
        format!("{from}–{}", time(lang, ends_at))
    } else {
        format!("{from} – {}", lang.date_time(ends_at))
    }
}

/// The event that a mail is about.
pub(super) struct Told<'a> {
    /// The event.
    pub event: &'a Event,
    /// The sessions that it no longer has.
    pub gone: &'a [Session],
    /// The other person whom it names, for some causes.
    pub about: &'a str,
    /// Why the organiser did it, in their words; may be empty.
    pub why: &'a str,
}

impl<'a> Told<'a> {
    /// The event as it is, without a reason.
    pub(super) const fn of(event: &'a Event) -> Self {
        Self {
            event,
            gone: &[],
            about: "",
            why: "",
        }
    }
}

/// Queues one mail; queued before for the same cause, nothing happens.
pub(super) async fn tell(
    txn: &Transaction,
    state: &State,
    event: &Event,
    registration: &Registration,
    cause: Cause,
) -> Result<(), DbErr> {
    tell_about(txn, state, event, (registration, cause), "").await
}

/// The same for a cause that names another person.
pub(super) async fn tell_about(
    txn: &Transaction,
    state: &State,
    event: &Event,
    (registration, cause): (&Registration, Cause),
    about: &str,
) -> Result<(), DbErr> {
    let told = Told {
        about,
        ..Told::of(event)
    };
    tell_of(txn, state, &told, registration, cause).await
}

/// The calendar files of a mail: each session is one, because mail programs show only the first entry of a file. The first
/// one is the invitation that they show, the others are attached.
fn invitations(
    state: &State,
    told: &Told<'_>,
    registration: &Registration,
    (cause, lang): (Cause, Lang),
) -> Vec<Attachment> {
    use CalendarMethod::{Cancel, Request};
    let has_place = registration.state == RegistrationState::Registered;
    let had_place = has_place || registration.registered_at.is_some();
    let (method, is_in_calendar) = match cause {
        Cause::Registered
        | Cause::GroupRegistered
        | Cause::Promoted
        | Cause::Substitute
        | Cause::EventChanged => (Request, has_place),
        Cause::Substituted
        | Cause::Cancelled
        | Cause::CancelledByOrganiser
        | Cause::CancelledByRegistrar
        | Cause::EventCancelled => (Cancel, had_place),
        _ => (Request, false),
    };
    if !is_in_calendar {
        return Vec::new();
    }
    let source = CalendarSource {
        theme: state.composer.theme(),
        lang,
        public_url: state.composer.public_url(),
        contact_email: state.contact_email.as_deref(),
        now: state.clock.now(),
    };
    let name = format!("{} {}", registration.given_name, registration.family_name);
    let attendee = Attendee {
        id: registration.id.into(),
        name: name.trim(),
        email: &registration.email,
    };
    let present = told.event.sessions.iter().map(|session| (session, method));
    let gone = told.gone.iter().map(|session| (session, Cancel));
    (1..)
        .zip(present.chain(gone))
        .map(|(number, (session, method)): (u32, _)| {
            let one = std::slice::from_ref(session);
            let text = source.sessions(told.event, one, method, Some(attendee));
            Attachment {
                file_name: format!("event-{number}.ics"),
                media_type: format!("text/calendar; charset=utf-8; method={}", method.as_str()),
                content: text.into_bytes(),
            }
        })
        .collect()
}

/// The same, for an event that may have lost sessions.
pub(super) async fn tell_of(
    txn: &Transaction,
    state: &State,
    told: &Told<'_>,
    registration: &Registration,
    cause: Cause,
) -> Result<(), DbErr> {
    let event = told.event;
    if registration.email.is_empty() {
        return Ok(());
    }
    let lang = Lang::from_tag(&registration.locale).unwrap_or(Lang::Lv);
    let token = link::token(&state.secret, registration);
    let page = state
        .composer
        .link(&address::Registration { token }.url(lang));
    let place = match registration.state {
        RegistrationState::Waiting => {
            store::count_waiting_before(txn, event.row.id, registration.number).await? + 1
        }
        _ => 0,
    };
    let words = (state.composer.theme(), lang);
    let until = registration
        .expires_at
        .map(|until| lang.date_time(until))
        .unwrap_or_default();
    let why = match told.why {
        "" => String::new(),
        why => {
            let why = [("reason", why.into())];
            let text = state
                .composer
                .theme()
                .text_with(lang, "registration-cancelled-why", &why);
            // A paragraph of its own: the words are the organiser's and may end without a full stop.
            format!("\n\n{text}")
        }
    };
    let args = [
        ("event", title(words, event).into()),
        ("when", times(event, lang).join("\n").into()),
        ("where", session_places(words, event).join("\n").into()),
        ("place", u32::try_from(place).unwrap_or(u32::MAX).into()),
        ("until", until.into()),
        ("deadline", lang.date_time(event.cancel_until()).into()),
        ("about", told.about.into()),
        ("reason", event.row.cancel_reason.clone().into()),
        ("why", why.into()),
        ("link", page.into()),
    ];
    // The same cause again is a new one if something was asked anew: by a stranger at most once an hour, by an
    // organiser once a minute, so that a double click is one mail.
    let again = match cause {
        Cause::Confirm | Cause::Already => state.clock.now().format(":%Y%m%d%H").to_string(),
        Cause::Link | Cause::ConfirmOnceMore => state.clock.now().format(":%Y%m%d%H%M").to_string(),
        Cause::EventChanged => format!(":{}", event.row.sequence),
        Cause::Reminder(minutes) => format!(":{minutes}:{}", event.row.sequence),
        _ => String::new(),
    };
    let key = format!("{}:{}{again}", cause.slug(), registration.id);
    let mut mail = state
        .composer
        .mail(lang, cause.slug(), &registration.email, key, &args);
    let mut invitations = invitations(state, told, registration, (cause, lang)).into_iter();
    mail.body.invitation = invitations.next();
    mail.body.attachments = invitations.collect();
    if !cause.is_final() {
        mail.body.only_while = Some(format!(
            "{ONLY_WHILE}{}:{}:{}",
            registration.id,
            state_slug(registration.state),
            event.row.sequence
        ));
    }
    mail::enqueue(txn, &state.clock, mail).await.map(drop)
}

/// Tells those who are affected by a change of places.
pub(super) async fn tell_effects(
    txn: &Transaction,
    state: &State,
    event: &Event,
    effects: &Effects,
) -> Result<(), DbErr> {
    for row in &effects.promoted {
        let cause = match row.state {
            RegistrationState::Offered => Cause::Offered,
            _ => Cause::Promoted,
        };
        tell(txn, state, event, row, cause).await?;
    }
    for row in &effects.expired {
        // Whoever did not confirm may never have asked; they are not written to again.
        if row.end_cause == Some(super::EndCause::OfferNotTaken) {
            tell(txn, state, event, row, Cause::OfferEnded).await?;
        }
    }
    Ok(())
}

impl StillWanted for State {
    fn is_wanted<'a>(&'a self, only_while: &'a str) -> BoxFuture<'a, Result<bool, DbErr>> {
        async move {
            let Some(rest) = only_while.strip_prefix(ONLY_WHILE) else {
                let of_message = messages::is_wanted(self.db.read(), only_while).await?;
                return Ok(of_message.unwrap_or(true));
            };
            let mut parts = rest.split(':');
            let (Some(Ok(id)), Some(slug), Some(Ok(sequence))) = (
                parts.next().map(str::parse::<RegistrationId>),
                parts.next(),
                parts.next().map(str::parse::<i32>),
            ) else {
                return Ok(false);
            };
            let db = self.db.read();
            let Some(row) = store::find(db, id).await? else {
                return Ok(false);
            };
            let event = events::find(db, row.event_id).await?;
            Ok(event.is_some_and(|event| {
                event.row.status == EventStatus::Published
                    && event.row.sequence == sequence
                    && state_slug(row.state) == slug
            }))
        }
        .boxed()
    }
}
