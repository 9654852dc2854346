//! What the API answers with, as JSON.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    api::model::{PlacedEvent, Queued},
    events::{Form, Session, status_slug},
    ids::{EventId, EventSessionId, OrganisationId, RegistrationId},
    programme,
    registrations::state_slug,
};

/// A moment in UTC, by RFC 3339.
pub(super) fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

const fn form_slug(form: Form) -> &'static str {
    match form {
        Form::InPerson => "in-person",
        Form::Remote => "remote",
        Form::Both => "both",
    }
}

/// A title in each language.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Title {
    /// In Latvian.
    lv: String,
    /// In English; empty if there is none.
    en: String,
}

/// A session of an event.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SessionItem {
    #[schema(value_type = String, format = "uuid")]
    id: EventSessionId,
    /// When it begins, in UTC.
    #[schema(format = DateTime)]
    starts_at: String,
    /// When it ends, in UTC.
    #[schema(format = DateTime)]
    ends_at: String,
    /// `in-person`, `remote` or `both`.
    form: &'static str,
    /// The city; empty if it is remote.
    city: String,
    /// Street and house; empty if it is remote.
    address: String,
    /// The room.
    room: String,
    /// How accessible the venue is, in words.
    accessibility: String,
    /// The link to join; empty if it is in person. It is for registered people only.
    remote_url: String,
}

impl From<Session> for SessionItem {
    fn from(session: Session) -> Self {
        Self {
            id: session.id,
            starts_at: time(session.starts_at),
            ends_at: time(session.ends_at),
            form: form_slug(session.form),
            city: session.city,
            address: session.address,
            room: session.room,
            accessibility: session.accessibility,
            remote_url: session.remote_url,
        }
    }
}

/// An event with its places.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Event)]
pub(super) struct EventItem {
    #[schema(value_type = String, format = "uuid")]
    id: EventId,
    /// Its kind, such as `discussion`.
    kind: String,
    /// The strand of the programme, such as `employer-seminars`.
    strand: String,
    /// `draft`, `published`, `cancelled` or `finished`.
    status: &'static str,
    title: Title,
    /// The language in which it is held: `lv`, `en` or `lv-en`.
    language: String,
    /// Who may come: `public-sector`, `employers` or `everyone`.
    audience: &'static str,
    /// When the first session begins, in UTC.
    #[schema(format = DateTime)]
    starts_at: String,
    /// When the last session ends, in UTC.
    #[schema(format = DateTime)]
    ends_at: String,
    /// When registration opens, in UTC; `null` if it is open as soon as the event is published.
    #[schema(format = DateTime, required = true)]
    opens_at: Option<String>,
    /// When registration closes, in UTC. Registrations over the API are possible until the end of the event.
    #[schema(format = DateTime)]
    closes_at: String,
    /// The sessions in the order of time.
    sessions: Vec<SessionItem>,
    /// How many places there are.
    capacity: u64,
    /// How many people are needed for it to be held; `null` if it is held with any number.
    #[schema(required = true)]
    minimum: Option<i32>,
    /// How many people have a place for good.
    registered: u64,
    /// How many places are offered to people from the waiting list.
    offered: u64,
    /// How many places are held for people who still have to confirm their address.
    pending: u64,
    /// How many people are on the waiting list.
    waiting: u64,
    /// How many places nobody has: `capacity` without `registered`, `offered` and `pending`.
    free: u64,
}

impl From<PlacedEvent> for EventItem {
    fn from(PlacedEvent { event, places }: PlacedEvent) -> Self {
        let closes_at = event.closes_at();
        let row = event.row;
        Self {
            id: row.id,
            kind: row.kind,
            strand: row.strand,
            status: status_slug(row.status),
            title: Title {
                lv: row.title_lv,
                en: row.title_en,
            },
            language: row.language,
            audience: programme::audience_slug(row.audience),
            starts_at: time(row.starts_at),
            ends_at: time(row.ends_at),
            opens_at: row.opens_at.map(time),
            closes_at: time(closes_at),
            sessions: event.sessions.into_iter().map(SessionItem::from).collect(),
            capacity: places.capacity,
            minimum: row.minimum,
            registered: places.registered,
            offered: places.offered,
            pending: places.pending,
            waiting: places.waiting,
            free: places.free(),
        }
    }
}

/// A page of events.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct EventPage {
    /// The events, in the order in which they were made.
    pub(super) items: Vec<EventItem>,
    /// The path of the next page; `null` on the last one.
    #[schema(required = true)]
    pub(super) next: Option<String>,
}

/// A registration of a person for an event.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Registration)]
pub(super) struct RegistrationItem {
    #[schema(value_type = String, format = "uuid")]
    id: RegistrationId,
    #[schema(value_type = String, format = "uuid")]
    event_id: EventId,
    /// The order of the registrations of the event, and of its waiting list.
    number: i32,
    /// `pending` (waits for the confirmation of an address), `registered`, `waiting`, `offered` (a place is held until
    /// `expires_at`), `cancelled` or `expired`.
    state: &'static str,
    /// The place in the queue, from 1, of somebody who waits; else `null`.
    #[schema(required = true)]
    queue_place: Option<i32>,
    /// Given name; empty if the person's data were erased, or they have one name only.
    given_name: String,
    /// Family name; empty if the person's data were erased, or they have one name only.
    family_name: String,
    /// Where mails about the registration go; empty if the person's data were erased.
    email: String,
    /// The language of mails: `lv` or `en`.
    language: String,
    /// The id of the organisation for which they come.
    #[schema(value_type = Option<String>, format = "uuid", required = true)]
    organisation_id: Option<OrganisationId>,
    /// What they do there; may be empty.
    role: String,
    /// When it was made, in UTC.
    #[schema(format = DateTime)]
    created_at: String,
    /// Until when it waits for a confirmation, if it is `pending` or `offered`.
    #[schema(format = DateTime, required = true)]
    expires_at: Option<String>,
    /// When it was cancelled or expired.
    #[schema(format = DateTime, required = true)]
    ended_at: Option<String>,
}

impl RegistrationItem {
    /// Its id.
    pub(super) const fn id(&self) -> RegistrationId {
        self.id
    }
}

impl From<Queued> for RegistrationItem {
    fn from(queued: Queued) -> Self {
        let row = queued.registration;
        Self {
            id: row.id,
            event_id: row.event_id,
            number: row.number,
            state: state_slug(row.state),
            queue_place: queued.queue_place,
            given_name: row.given_name,
            family_name: row.family_name,
            email: row.email,
            language: row.locale,
            organisation_id: row.organisation_id,
            role: row.role,
            created_at: time(row.created_at),
            expires_at: row.expires_at.map(time),
            ended_at: row.ended_at.map(time),
        }
    }
}

/// A page of registrations.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RegistrationPage {
    /// The registrations in every state, in the order in which they were made.
    pub(super) items: Vec<RegistrationItem>,
    /// The path of the next page; `null` on the last one.
    #[schema(required = true)]
    pub(super) next: Option<String>,
}

/// A person to be registered. Other fields are refused; `null` is as if the field were left out.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "it describes what `forms::RawParticipant` reads")]
pub(super) struct NewRegistration {
    /// Given name, as it is to stand on a certificate: letters, spaces, hyphens, apostrophes and full stops. It may be
    /// left out by somebody with one name only.
    #[schema(max_length = 80, example = "Anna")]
    given_name: Option<String>,
    /// Family name, likewise.
    #[schema(max_length = 80, example = "Paraudziņa")]
    family_name: Option<String>,
    /// Whether the person has one name only; the other field is left out then.
    single_name: Option<bool>,
    /// Where mails about the registration go. It also says who the person is: one address is one person.
    #[schema(max_length = 254, format = Email, example = "anna.paraudzina@example.lv")]
    email: String,
    /// The registration number of the organisation for which they come. It has to be in the register.
    #[schema(max_length = 20, example = "90000069281")]
    organisation_registration_number: Option<String>,
    /// What they do there.
    #[schema(max_length = 120, example = "Personāla vadītāja")]
    role: Option<String>,
    /// The language of mails; `lv` if it is left out.
    #[schema(pattern = "^(lv|en)$", example = "lv")]
    language: Option<String>,
}
