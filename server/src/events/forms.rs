//! The inputs of events: their rules, and the types made from them.
//!
//! The form of an event has parts: the event itself, its sessions and its materials. Each part is an [`Input`] of its
//! own; what concerns several parts is checked in [`read`].

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use validator::{Validate, ValidationError};

use super::{
    model::{Event, Form, form_from_slug, form_slug},
    store::{Material, NewEvent, NewMaterial, NewSession},
};
use crate::{
    http::{FormState, Lang, Posted},
    ids::EventSessionId,
    input::{self, Field, Input, broken, holds},
    local_time::{self, BadTime, Occurrence},
    mail::{Email, LONGEST_EMAIL},
    programme::{
        EventKind, KindMaterial, MOST_PLACES, audience_from_slug, audience_slug, is_https_link,
        is_material_link,
    },
};

/// The most characters of a title.
const MAX_TITLE_CHARACTERS: u64 = 200;
/// The most characters of a summary.
const MAX_SUMMARY_CHARACTERS: u64 = 5_000;
/// The most characters of the names of lecturers, and of the description of a venue.
const MAX_LINES_CHARACTERS: u64 = 1_000;
/// The most characters of an address, a city, a room.
const MAX_PLACE_CHARACTERS: u64 = 200;
/// The most characters of a link.
const MAX_LINK_CHARACTERS: u64 = 500;
/// The most characters of a reason.
const MAX_REASON_CHARACTERS: u64 = 500;
/// The longest time for which an offered place is held.
const MOST_OFFER_HOURS: u32 = 168;
/// The longest time for which what participants need is kept.
const MOST_NEEDS_DAYS: u32 = 365;
/// The most sessions of an event.
pub(super) const MOST_SESSIONS: usize = 31;
/// The most materials of an event.
pub(super) const MOST_MATERIALS: usize = 20;

/// The languages in which an event is held.
pub(super) const LANGUAGES: [&str; 3] = ["lv", "en", "lv-en"];

/// An event as typed: made by [`read`] only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EventInput {
    /// The event.
    pub(super) event: NewEvent,
    /// Which sessions there were before: one for each of its sessions.
    pub(super) session_ids: Vec<Option<EventSessionId>>,
    /// Where each of its sessions stands in the form, counted from 0.
    pub(super) places_in_form: Vec<usize>,
    /// Its materials.
    pub(super) materials: Vec<NewMaterial>,
}

/// The event itself, unchecked.
#[derive(Debug, Default, Deserialize, Validate)]
#[serde(default)]
#[validate(
    schema(function = has_places_of_kind, skip_on_field_errors = false, code = "event-capacity-over"),
    schema(function = needs_no_more_than_places, skip_on_field_errors = false, code = "event-minimum-over")
)]
pub(super) struct RawEvent {
    #[validate(length(min = 1, code = "event-strand"))]
    strand: String,
    #[serde(deserialize_with = "input::tidied")]
    #[validate(
        length(max = MAX_TITLE_CHARACTERS, code = "event-title"),
        custom(function = input::has_no_stacked_marks, code = "marks-stacked")
    )]
    title_lv: String,
    #[serde(deserialize_with = "input::tidied")]
    #[validate(
        length(max = MAX_TITLE_CHARACTERS, code = "event-title"),
        custom(function = input::has_no_stacked_marks, code = "marks-stacked")
    )]
    title_en: String,
    #[serde(deserialize_with = "input::tidied_lines")]
    #[validate(length(max = MAX_SUMMARY_CHARACTERS, code = "event-summary"))]
    summary_lv: String,
    #[serde(deserialize_with = "input::tidied_lines")]
    #[validate(length(max = MAX_SUMMARY_CHARACTERS, code = "event-summary"))]
    summary_en: String,
    #[validate(custom(function = is_language, code = "event-language-missing"))]
    language: String,
    #[validate(custom(function = is_audience, code = "event-audience-missing"))]
    audience: String,
    #[serde(deserialize_with = "input::tidied_lines")]
    #[validate(length(max = MAX_LINES_CHARACTERS, code = "event-lecturers"))]
    lecturers: String,
    #[serde(deserialize_with = "input::tidied")]
    #[validate(custom(function = is_address_or_none, code = "email-wrong"))]
    contact_email: String,
    #[serde(deserialize_with = "input::tidied")]
    #[validate(custom(function = is_capacity, code = "event-capacity-wrong"))]
    capacity: String,
    #[serde(deserialize_with = "input::tidied")]
    #[validate(custom(function = is_minimum, code = "event-minimum-wrong"))]
    minimum: String,
    #[serde(deserialize_with = "input::tidied")]
    #[validate(custom(function = is_offer_hours, code = "event-offer-hours-wrong"))]
    offer_hours: String,
    #[serde(deserialize_with = "input::tidied")]
    #[validate(custom(function = is_needs_days, code = "event-needs-days-wrong"))]
    needs_kept_days: String,
    opens_day: String,
    opens_time: String,
    opens_which: String,
    closes_day: String,
    closes_time: String,
    closes_which: String,
    cancel_day: String,
    cancel_time: String,
    cancel_which: String,
    /// The most places of the event's kind; not typed.
    #[serde(skip)]
    most_places: u32,
}

/// The event as far as one part says it.
#[derive(Debug)]
pub(super) struct CheckedEvent(RawEvent);

impl Input for RawEvent {
    const FIELDS: &'static [Field] = &[
        Field::new("strand"),
        Field::new("title_lv").at_most(MAX_TITLE_CHARACTERS),
        Field::new("title_en").at_most(MAX_TITLE_CHARACTERS),
        Field::new("summary_lv").at_most(MAX_SUMMARY_CHARACTERS),
        Field::new("summary_en").at_most(MAX_SUMMARY_CHARACTERS),
        Field::new("language"),
        Field::new("audience"),
        Field::new("lecturers").at_most(MAX_LINES_CHARACTERS),
        Field::new("contact_email").at_most(LONGEST_EMAIL),
        Field::new("capacity").at_most(6),
        Field::new("minimum").at_most(6),
        Field::new("opens_day"),
        Field::new("opens_time"),
        Field::new("opens_which"),
        Field::new("closes_day"),
        Field::new("closes_time"),
        Field::new("closes_which"),
        Field::new("cancel_day"),
        Field::new("cancel_time"),
        Field::new("cancel_which"),
        Field::new("offer_hours").at_most(3),
        Field::new("needs_kept_days").at_most(3),
    ];
    type Checked = CheckedEvent;

    fn into_checked(self) -> Option<CheckedEvent> {
        Some(CheckedEvent(self))
    }
}

fn is_language(text: &str) -> Result<(), ValidationError> {
    holds(LANGUAGES.contains(&text))
}

fn is_audience(slug: &str) -> Result<(), ValidationError> {
    holds(audience_from_slug(slug).is_some())
}

fn is_address_or_none(text: &str) -> Result<(), ValidationError> {
    holds(text.is_empty() || Email::parse(text).is_some())
}

/// A number as people type it.
fn number(text: &str) -> Option<u32> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

fn is_capacity(text: &str) -> Result<(), ValidationError> {
    holds(number(text).is_some_and(|count| count > 0))
}

fn is_minimum(text: &str) -> Result<(), ValidationError> {
    holds(text.is_empty() || number(text).is_some_and(|count| count > 0))
}

fn is_offer_hours(text: &str) -> Result<(), ValidationError> {
    holds(number(text).is_some_and(|hours| hours <= MOST_OFFER_HOURS))
}

fn is_needs_days(text: &str) -> Result<(), ValidationError> {
    holds(number(text).is_some_and(|days| (1..=MOST_NEEDS_DAYS).contains(&days)))
}

fn has_places_of_kind(event: &RawEvent) -> Result<(), ValidationError> {
    if number(&event.capacity).is_some_and(|count| count > event.most_places) {
        let mut error = broken("capacity");
        error.add_param("limit".into(), &event.most_places);
        return Err(error);
    }
    Ok(())
}

fn needs_no_more_than_places(event: &RawEvent) -> Result<(), ValidationError> {
    let capacity = number(&event.capacity).filter(|count| *count > 0);
    let both = number(&event.minimum).zip(capacity);
    if both.is_some_and(|(minimum, capacity)| minimum > capacity) {
        return Err(broken("minimum"));
    }
    Ok(())
}

/// A session, unchecked.
#[derive(Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub(super) struct RawSession {
    id: String,
    day: String,
    begins: String,
    begins_which: String,
    ends: String,
    ends_which: String,
    #[validate(custom(function = is_form, code = "event-form-missing"))]
    form: String,
    #[serde(deserialize_with = "input::tidied")]
    #[validate(length(max = MAX_PLACE_CHARACTERS, code = "event-place"))]
    city: String,
    #[serde(deserialize_with = "input::tidied")]
    #[validate(length(max = MAX_PLACE_CHARACTERS, code = "event-place"))]
    address: String,
    #[serde(deserialize_with = "input::tidied")]
    #[validate(length(max = MAX_PLACE_CHARACTERS, code = "event-place"))]
    room: String,
    #[serde(deserialize_with = "input::tidied_lines")]
    #[validate(length(max = MAX_LINES_CHARACTERS, code = "event-accessibility"))]
    accessibility: String,
    #[serde(deserialize_with = "input::tidied")]
    #[validate(
        length(max = MAX_LINK_CHARACTERS, code = "link"),
        custom(function = is_link_or_none, code = "link-wrong")
    )]
    remote_url: String,
}

/// A session as far as its own part says it.
#[derive(Debug)]
pub(super) struct CheckedSession(RawSession);

impl Input for RawSession {
    const FIELDS: &'static [Field] = &[
        Field::new("id"),
        Field::new("day"),
        Field::new("begins"),
        Field::new("begins_which"),
        Field::new("ends"),
        Field::new("ends_which"),
        Field::new("form"),
        Field::new("city").at_most(MAX_PLACE_CHARACTERS),
        Field::new("address").at_most(MAX_PLACE_CHARACTERS),
        Field::new("room").at_most(MAX_PLACE_CHARACTERS),
        Field::new("accessibility").at_most(MAX_LINES_CHARACTERS),
        Field::new("remote_url").at_most(MAX_LINK_CHARACTERS),
    ];
    type Checked = CheckedSession;

    fn into_checked(self) -> Option<CheckedSession> {
        Some(CheckedSession(self))
    }
}

fn is_form(slug: &str) -> Result<(), ValidationError> {
    holds(form_from_slug(slug).is_some())
}

fn is_link_or_none(text: &str) -> Result<(), ValidationError> {
    holds(text.is_empty() || is_https_link(text))
}

fn is_material(text: &str) -> Result<(), ValidationError> {
    holds(is_material_link(text))
}

/// A material, unchecked.
#[derive(Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub(super) struct RawMaterial {
    #[serde(deserialize_with = "input::tidied")]
    #[validate(length(min = 1, max = MAX_TITLE_CHARACTERS, code = "material-title"))]
    title: String,
    #[serde(deserialize_with = "input::tidied")]
    #[validate(
        length(max = MAX_LINK_CHARACTERS, code = "link"),
        custom(function = is_material, code = "material-link-wrong")
    )]
    url: String,
}

impl Input for RawMaterial {
    const FIELDS: &'static [Field] = &[
        Field::new("title").at_most(MAX_TITLE_CHARACTERS),
        Field::new("url").at_most(MAX_LINK_CHARACTERS),
    ];
    type Checked = NewMaterial;

    fn into_checked(self) -> Option<NewMaterial> {
        Some(NewMaterial {
            title: self.title,
            url: self.url,
        })
    }
}

/// Why an event is cancelled; told to participants. Made from [`RawCancellation`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CancelReason(String);

impl CancelReason {
    /// The words.
    #[must_use]
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// The reason of a cancellation, unchecked.
#[derive(Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub(super) struct RawCancellation {
    #[serde(deserialize_with = "input::tidied_lines")]
    #[validate(length(min = 1, max = MAX_REASON_CHARACTERS, code = "cancel-reason"))]
    cancel_reason: String,
}

impl Input for RawCancellation {
    const FIELDS: &'static [Field] = &[Field::new("cancel_reason").at_most(MAX_REASON_CHARACTERS)];
    type Checked = CancelReason;

    fn into_checked(self) -> Option<CancelReason> {
        Some(CancelReason(self.cancel_reason))
    }
}

/// The first day of an event that is like another one, unchecked.
#[derive(Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub(super) struct RawFirstDay {
    #[validate(custom(function = is_day, code = "day-unreadable"))]
    first_day: String,
}

fn is_day(text: &str) -> Result<(), ValidationError> {
    holds(local_time::parse_date(text).is_ok())
}

impl Input for RawFirstDay {
    const FIELDS: &'static [Field] = &[Field::new("first_day")];
    type Checked = NaiveDate;

    fn into_checked(self) -> Option<NaiveDate> {
        local_time::parse_date(&self.first_day).ok()
    }
}

/// The form of an event as it is shown, part by part.
#[derive(Debug, Clone, Default)]
pub(crate) struct EventForm {
    /// The event itself.
    pub(super) main: FormState,
    /// Its sessions.
    pub(super) sessions: Vec<FormState>,
    /// Its materials.
    pub(super) materials: Vec<FormState>,
    /// How many minutes before it begins reminders are sent.
    pub(super) reminders: Vec<u32>,
    /// What was stored when the form was opened: see [`EventForm::version`].
    pub(super) opened: String,
}

/// The prefix of the fields of a session, counted from 1.
pub(super) fn session_prefix(number: usize) -> String {
    format!("session-{number}-")
}

/// The prefix of the fields of a material, counted from 1.
pub(super) fn material_prefix(number: usize) -> String {
    format!("material-{number}-")
}

/// What an event is checked against.
#[derive(Debug, Clone, Copy)]
pub(super) struct Against<'a> {
    /// Its kind.
    pub kind: &'a EventKind,
    /// The time.
    pub now: DateTime<Utc>,
    /// The event as it is stored; its sessions may be in the past.
    pub stored: Option<&'a Event>,
}

impl EventForm {
    /// What was typed, unchecked.
    #[must_use]
    pub(super) fn typed(posted: &Posted) -> Self {
        let sessions = (1..=MOST_SESSIONS)
            .map(session_prefix)
            .filter(|prefix| posted.has(&format!("{prefix}day")))
            .map(|prefix| posted.part(&prefix).typed::<RawSession>());
        let materials = (1..=MOST_MATERIALS)
            .map(material_prefix)
            .filter(|prefix| posted.has(&format!("{prefix}title")))
            .map(|prefix| posted.part(&prefix).typed::<RawMaterial>());
        Self {
            main: posted.typed::<RawEvent>(),
            sessions: sessions.collect(),
            materials: materials.collect(),
            reminders: reminders(posted),
            opened: posted.get("version").to_owned(),
        }
    }

    /// A new event of a kind, with what the kind begins with, in the first of these strands.
    #[must_use]
    pub(super) fn of_kind(kind: &EventKind, lang: Lang, strand: &str, audience: &str) -> Self {
        let begins = "10:00";
        let hour = 10 + kind.session_hours.min(13);
        let session = || {
            FormState::new()
                .value("begins", begins)
                .value("ends", format!("{hour}:00"))
                .value("form", form_slug(Form::InPerson))
        };
        let material = |material: &KindMaterial| {
            FormState::new()
                .value("title", material.name(lang))
                .value("url", material.url.clone())
        };
        let minimum = kind.minimum.map(|count| count.to_string());
        Self {
            main: FormState::new()
                .value("strand", strand)
                .value("audience", audience)
                .value("language", "lv")
                .value("capacity", kind.capacity.to_string())
                .value("minimum", minimum.unwrap_or_default())
                .value("offer_hours", kind.offer_hours.to_string())
                .value("needs_kept_days", kind.needs_kept_days.to_string()),
            sessions: (0..kind.sessions).map(|_| session()).collect(),
            materials: kind.material.iter().map(material).collect(),
            reminders: kind.reminder_minutes.clone(),
            opened: String::new(),
        }
    }

    /// An event as it is stored.
    #[must_use]
    pub(super) fn of(event: &Event, materials: &[Material]) -> Self {
        let row = &event.row;
        let main = FormState::new()
            .value("strand", row.strand.clone())
            .value("title_lv", row.title_lv.clone())
            .value("title_en", row.title_en.clone())
            .value("summary_lv", row.summary_lv.clone())
            .value("summary_en", row.summary_en.clone())
            .value("language", row.language.clone())
            .value("audience", audience_slug(row.audience))
            .value("lecturers", row.lecturers.clone())
            .value("contact_email", row.contact_email.clone())
            .value("capacity", row.capacity.to_string())
            .value(
                "minimum",
                row.minimum
                    .map(|count| count.to_string())
                    .unwrap_or_default(),
            )
            .value("offer_hours", row.offer_hours.to_string())
            .value("needs_kept_days", row.needs_kept_days.to_string());
        let main = with_moment(
            main,
            row.opens_at,
            ["opens_day", "opens_time", "opens_which"],
        );
        let main = with_moment(
            main,
            row.closes_at,
            ["closes_day", "closes_time", "closes_which"],
        );
        let main = with_moment(
            main,
            row.cancel_until,
            ["cancel_day", "cancel_time", "cancel_which"],
        );
        let session = |session: &super::model::Session| {
            let form = FormState::new()
                .value("id", session.id.to_string())
                .value("form", form_slug(session.form))
                .value("city", session.city.clone())
                .value("address", session.address.clone())
                .value("room", session.room.clone())
                .value("accessibility", session.accessibility.clone())
                .value("remote_url", session.remote_url.clone());
            let form = with_moment(form, Some(session.ends_at), ["day", "ends", "ends_which"]);
            with_moment(
                form,
                Some(session.starts_at),
                ["day", "begins", "begins_which"],
            )
        };
        let material = |material: &Material| {
            FormState::new()
                .value("title", material.title.clone())
                .value("url", material.url.clone())
        };
        let mut form = Self {
            main,
            sessions: event.sessions.iter().map(session).collect(),
            materials: materials.iter().map(material).collect(),
            reminders: event.reminders(),
            opened: String::new(),
        };
        form.opened = form.version();
        form
    }

    /// Whether anything is wrong.
    #[must_use]
    pub(super) fn is_wrong(&self) -> bool {
        self.main.is_wrong()
            || self.sessions.iter().any(FormState::is_wrong)
            || self.materials.iter().any(FormState::is_wrong)
    }

    /// What is in the form, as a short hash of each field: `capacity:5f2c…,…`. A form sends the version of what was
    /// stored when it was opened, so that a change by somebody else in between is noticed, and which fields it
    /// changed.
    #[must_use]
    fn version(&self) -> String {
        let hashes = self.hashes();
        let parts = hashes.iter().map(|(name, hash)| format!("{name}:{hash}"));
        parts.collect::<Vec<_>>().join(",")
    }

    fn hashes(&self) -> BTreeMap<&'static str, String> {
        let all = |forms: &[FormState], fields: &[Field]| {
            let values = forms.iter().flat_map(|form| {
                let values = fields.iter().map(|field| form.get(field.name));
                values.chain(["\u{1}"])
            });
            values.collect::<Vec<_>>().join("\u{1}")
        };
        let mut texts: BTreeMap<&'static str, String> = RawEvent::FIELDS
            .iter()
            .map(|field| (field.name, self.main.get(field.name).to_owned()))
            .collect();
        texts.insert("sessions", all(&self.sessions, RawSession::FIELDS));
        texts.insert("materials", all(&self.materials, RawMaterial::FIELDS));
        texts.insert("reminders", format!("{:?}", self.reminders));
        let short = |text: String| {
            let hash = Sha256::digest(text.as_bytes());
            let first = hash.first_chunk::<8>().copied().unwrap_or_default();
            format!("{:016x}", u64::from_be_bytes(first))
        };
        texts
            .into_iter()
            .map(|(name, text)| (name, short(text)))
            .collect()
    }

    /// The fields in which what is stored now differs from what was stored when this form was opened, and also from
    /// what was typed into it.
    #[must_use]
    pub(super) fn changed_meanwhile(&self, stored: &Self) -> Vec<&'static str> {
        let opened: BTreeMap<&str, &str> = self
            .opened
            .split(',')
            .filter_map(|part| part.split_once(':'))
            .collect();
        let typed = self.hashes();
        stored
            .hashes()
            .into_iter()
            .filter(|(name, hash)| {
                opened.get(name) != Some(&hash.as_str()) && typed.get(name) != Some(hash)
            })
            .map(|(name, _)| name)
            .collect()
    }

    /// Adds a session a day after the last one, at the same time and place.
    #[must_use]
    pub(super) fn with_another_session(mut self) -> Self {
        if self.sessions.len() < MOST_SESSIONS {
            let last = self.sessions.last();
            let mut next = FormState::new();
            for field in RawSession::FIELDS {
                let is_kept = !matches!(field.name, "id" | "begins_which" | "ends_which");
                if let Some(last) = last.filter(|_| is_kept) {
                    next = next.value(field.name, last.get(field.name));
                }
            }
            let day = last.and_then(|last| local_time::parse_date(last.get("day")).ok());
            if let Some(day) = day.and_then(|day| day.succ_opt()) {
                next = next.value("day", day.to_string());
            }
            self.sessions.push(next);
        }
        self
    }

    /// Without a session, counted from 1; the only one stays.
    #[must_use]
    pub(super) fn without_session(mut self, number: usize) -> Self {
        if self.sessions.len() > 1 && (1..=self.sessions.len()).contains(&number) {
            self.sessions.remove(number - 1);
        }
        self
    }

    /// Adds an empty material.
    #[must_use]
    pub(super) fn with_another_material(mut self) -> Self {
        if self.materials.len() < MOST_MATERIALS {
            self.materials.push(FormState::new());
        }
        self
    }

    /// Without a material, counted from 1.
    #[must_use]
    pub(super) fn without_material(mut self, number: usize) -> Self {
        if (1..=self.materials.len()).contains(&number) {
            self.materials.remove(number - 1);
        }
        self
    }

    /// Says that more places are taken than the event would have.
    #[must_use]
    pub(super) fn capacity_taken(mut self, taken: u64) -> Self {
        let main = std::mem::take(&mut self.main);
        let (key, taken) = ("event-capacity-taken", taken.to_string());
        self.main = main.error_with("capacity", key, "taken", taken);
        self
    }

    /// The same form as if it had been opened when this was stored.
    #[must_use]
    pub(super) fn opened_at(self, event: &Event, materials: &[Material]) -> Self {
        Self {
            opened: Self::of(event, materials).opened,
            ..self
        }
    }

    /// Says that a field is wrong, or one of a session (counted from 0).
    #[must_use]
    pub(super) fn error(
        mut self,
        session: Option<usize>,
        field: &'static str,
        key: &'static str,
    ) -> Self {
        let part = match session {
            Some(index) => self.sessions.get_mut(index),
            None => Some(&mut self.main),
        };
        if let Some(part) = part {
            *part = std::mem::take(part).error(field, key);
        }
        self
    }
}

/// The ticked reminders, the longest first.
fn reminders(posted: &Posted) -> Vec<u32> {
    let mut reminders: Vec<u32> = posted.all("reminder").filter_map(number).collect();
    reminders.sort_unstable_by(|one, other| other.cmp(one));
    reminders.dedup();
    reminders
}

/// Fills the fields of a moment: its day, its time, and which of two it is where the clock is moved back.
fn with_moment(
    form: FormState,
    at: Option<DateTime<Utc>>,
    [day, time, which]: [&'static str; 3],
) -> FormState {
    let Some(at) = at else {
        return form;
    };
    let (date, clock, occurrence) = local_time::shown(at);
    let occurrence = match occurrence {
        Some(Occurrence::First) => "first",
        Some(Occurrence::Second) => "second",
        None => "",
    };
    form.value(day, date.to_string())
        .value(time, clock.format("%H:%M").to_string())
        .value(which, occurrence)
}

/// Reads a moment; says at which of its fields it is wrong.
fn moment(
    form: &FormState,
    [day, time, which]: [&'static str; 3],
) -> Result<DateTime<Utc>, (&'static str, &'static str)> {
    let date = local_time::parse_date(form.get(day)).map_err(|bad| (day, bad.day_message()))?;
    let clock = local_time::parse_time(form.get(time)).map_err(|bad| (time, bad.time_message()))?;
    let occurrence = match form.get(which) {
        "first" => Some(Occurrence::First),
        "second" => Some(Occurrence::Second),
        _ => None,
    };
    local_time::moment(date, clock, occurrence).map_err(|bad| match bad {
        BadTime::Missing | BadTime::Unreadable => (day, bad.day_message()),
        BadTime::Skipped | BadTime::Repeated => (time, bad.time_message()),
    })
}

/// Reads a moment that may be left empty.
fn moment_or_none(
    form: &FormState,
    fields: [&'static str; 3],
) -> Result<Option<DateTime<Utc>>, (&'static str, &'static str)> {
    let [day, time, _] = fields;
    if form.is_filled(day) || form.is_filled(time) {
        moment(form, fields).map(Some)
    } else {
        Ok(None)
    }
}

/// Reads the form of an event and checks it.
///
/// # Errors
/// The form to show again, with what was typed.
pub(super) fn read(posted: &Posted, against: Against<'_>) -> Result<EventInput, Box<EventForm>> {
    let mut form = EventForm::typed(posted);
    let most = against.kind.most_places.unwrap_or(MOST_PLACES);
    let event = posted.read_with(|raw: &mut RawEvent| raw.most_places = most.min(MOST_PLACES));
    let event = event.map_err(|wrong| form.main = wrong).ok();
    let mut sessions = Vec::new();
    let mut session_ids = Vec::new();
    let numbers = (1..=MOST_SESSIONS)
        .map(session_prefix)
        .filter(|prefix| posted.has(&format!("{prefix}day")));
    for (part, prefix) in form.sessions.iter_mut().zip(numbers) {
        let read = posted.part(&prefix).read::<RawSession>();
        let read = read.map_err(|wrong| *part = wrong).ok();
        let times = times(part, against);
        if let (Some(session), Some(times)) = (read, times) {
            session_ids.push(session.0.id.parse().ok());
            sessions.push(new_session(session, times));
        }
    }
    if form.sessions.is_empty() {
        form.sessions
            .push(FormState::new().error("day", "day-missing"));
    }
    let mut materials = Vec::new();
    let prefixes = (1..=MOST_MATERIALS)
        .map(material_prefix)
        .filter(|prefix| posted.has(&format!("{prefix}title")));
    for (part, prefix) in form.materials.iter_mut().zip(prefixes) {
        if !part.is_filled("title") && !part.is_filled("url") {
            // A line that was added and not filled in.
            continue;
        }
        match posted.part(&prefix).read::<RawMaterial>() {
            Ok(material) => materials.push(material),
            Err(wrong) => *part = wrong,
        }
    }
    check_overlaps(&mut form);
    let starts_at = sessions.iter().map(|session| session.starts_at).min();
    let window = window(&mut form, against, starts_at);
    let (Some(event), false) = (event, form.is_wrong()) else {
        return Err(Box::new(form));
    };
    let mut in_order: Vec<_> = (0..).zip(sessions.into_iter().zip(session_ids)).collect();
    in_order.sort_by_key(|(_, (session, _)): &(usize, (NewSession, _))| session.starts_at);
    let (places_in_form, both): (_, Vec<_>) = in_order.into_iter().unzip();
    let (sessions, session_ids) = both.into_iter().unzip();
    match new_event(event, against, window, form.reminders.clone(), sessions) {
        Some(event) => Ok(EventInput {
            event,
            session_ids,
            places_in_form,
            materials,
        }),
        None => Err(Box::new(form.error(None, "title_lv", "field-unreadable"))),
    }
}

/// When a session begins and ends; what is wrong with it is said in its form.
fn times(part: &mut FormState, against: Against<'_>) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let day = local_time::parse_date(part.get("day")).err();
    let mut wrong: Vec<_> = day
        .map(|bad| ("day", bad.day_message()))
        .into_iter()
        .collect();
    for field in ["begins", "ends"] {
        let bad = local_time::parse_time(part.get(field)).err();
        wrong.extend(bad.map(|bad| (field, bad.time_message())));
    }
    let mut both = [None, None];
    if wrong.is_empty() {
        let fields = [
            ["day", "begins", "begins_which"],
            ["day", "ends", "ends_which"],
        ];
        for (fields, found) in fields.into_iter().zip(&mut both) {
            match moment(part, fields) {
                Ok(at) => *found = Some(at),
                Err(bad) => wrong.push(bad),
            }
        }
    }
    let mut say = |field, key| *part = std::mem::take(part).error(field, key);
    for (field, key) in wrong {
        say(field, key);
    }
    let [Some(begins), Some(ends)] = both else {
        return None;
    };
    if ends <= begins {
        say("ends", "event-session-ends-before");
        return None;
    }
    let was_there = against.stored.is_some_and(|event| {
        let mut sessions = event.sessions.iter();
        sessions.any(|session| session.starts_at == begins && session.ends_at == ends)
    });
    if begins <= against.now && !was_there {
        say("day", "event-session-past");
        return None;
    }
    Some((begins, ends))
}

fn new_session(
    CheckedSession(raw): CheckedSession,
    (starts_at, ends_at): (DateTime<Utc>, DateTime<Utc>),
) -> NewSession {
    let form = form_from_slug(&raw.form).unwrap_or(Form::InPerson);
    // What was typed for another form is not kept where it would not be shown.
    let at_venue = |text: String| {
        if form == Form::Remote {
            String::new()
        } else {
            text
        }
    };
    NewSession {
        starts_at,
        ends_at,
        form,
        city: at_venue(raw.city),
        address: at_venue(raw.address),
        room: at_venue(raw.room),
        accessibility: at_venue(raw.accessibility),
        remote_url: if form == Form::InPerson {
            String::new()
        } else {
            raw.remote_url
        },
    }
}

/// Says of sessions that begin before another one has ended that they do.
fn check_overlaps(form: &mut EventForm) {
    let times: Vec<_> = form
        .sessions
        .iter()
        .map(|part| {
            let begins = moment(part, ["day", "begins", "begins_which"]).ok();
            begins.zip(moment(part, ["day", "ends", "ends_which"]).ok())
        })
        .collect();
    for (index, own) in times.iter().enumerate() {
        let Some((begins, ends)) = own else { continue };
        let other = times.iter().take(index).position(|other| {
            other.is_some_and(|(other_begins, other_ends)| {
                *begins < other_ends && other_begins < *ends
            })
        });
        if let (Some(other), Some(part)) = (other, form.sessions.get_mut(index)) {
            let number = (other + 1).to_string();
            let key = "event-session-overlaps";
            *part = std::mem::take(part).error_with("begins", key, "number", number);
        }
    }
}

/// When registration opens and closes, and until when people cancel by themselves.
type Window = [Option<DateTime<Utc>>; 3];

/// Reads the window of registration. What is left empty is as the kind says.
fn window(form: &mut EventForm, against: Against<'_>, starts_at: Option<DateTime<Utc>>) -> Window {
    let fields = [
        ["opens_day", "opens_time", "opens_which"],
        ["closes_day", "closes_time", "closes_which"],
        ["cancel_day", "cancel_time", "cancel_which"],
    ];
    let [mut opens, mut closes, mut cancel] = fields.map(|fields| {
        moment_or_none(&form.main, fields)
            .map_err(|(field, key)| {
                form.main = std::mem::take(&mut form.main).error(field, key);
            })
            .unwrap_or_default()
    });
    let Some(starts_at) = starts_at else {
        return [opens, closes, cancel];
    };
    let before = |hours: u32| starts_at - TimeDelta::hours(hours.into());
    let mut say = |field, key| form.main = std::mem::take(&mut form.main).error(field, key);
    if closes.is_some_and(|closes| closes > starts_at) {
        say("closes_day", "event-closes-after-begin");
        closes = None;
    }
    if cancel.is_some_and(|cancel| cancel > starts_at) {
        say("cancel_day", "event-cancel-after-begin");
        cancel = None;
    }
    let closes = closes.unwrap_or_else(|| before(against.kind.close_hours));
    if opens.is_some_and(|opens| opens >= closes) {
        say("opens_day", "event-opens-after-close");
        opens = None;
    }
    let cancel = cancel.unwrap_or_else(|| before(against.kind.cancel_hours));
    [opens, Some(closes), Some(cancel)]
}

/// `None` if a number is larger than a column takes, which the rules do not let pass.
fn new_event(
    CheckedEvent(raw): CheckedEvent,
    against: Against<'_>,
    [opens_at, closes_at, cancel_until]: Window,
    reminder_minutes: Vec<u32>,
    sessions: Vec<NewSession>,
) -> Option<NewEvent> {
    let count = |text: &str| number(text).and_then(|count| i32::try_from(count).ok());
    Some(NewEvent {
        kind: against.kind.id.clone(),
        strand: raw.strand,
        title: (raw.title_lv, raw.title_en),
        summary: (raw.summary_lv, raw.summary_en),
        language: raw.language,
        audience: audience_from_slug(&raw.audience)?,
        lecturers: raw.lecturers,
        contact_email: raw.contact_email,
        capacity: count(&raw.capacity)?,
        minimum: count(&raw.minimum),
        opens_at,
        closes_at,
        cancel_until,
        offer_hours: count(&raw.offer_hours)?,
        reminder_minutes,
        needs_kept_days: count(&raw.needs_kept_days)?,
        sessions,
    })
}
