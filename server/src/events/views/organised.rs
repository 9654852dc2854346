//! An event as its organisers see it, and what they do with it.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{
    Fact, MaterialView, SessionView, Words, audience, before, count, days, kind_name, language,
    lines, place, status, strand_name, summary, title,
};
use crate::{
    events::{
        forms::{RawCancellation, RawFirstDay},
        model::{Event, EventStatus, Missing, Places},
        service::{self, Stored},
    },
    http::{
        FormState, Lang,
        address::{self, Address as _},
        form::FormView,
        theme::Theme,
        visit::{Section, View},
    },
    input::Input as _,
    list::Tone,
    programme::{EventKind, Programme},
};

/// `/organise/events/new`.
#[derive(Debug, Serialize)]
pub(crate) struct KindsPage {
    kinds: Vec<KindView>,
}

#[derive(Debug, Serialize)]
struct KindView {
    url: String,
    name: String,
    facts: String,
}

impl KindsPage {
    /// The kinds of the programme.
    #[must_use]
    pub(crate) fn new((theme, lang): Words<'_>, programme: &Programme) -> Self {
        let kind = |kind: &EventKind| {
            let args = [
                ("sessions", kind.sessions.into()),
                ("hours", kind.session_hours.into()),
                ("places", kind.capacity.into()),
            ];
            KindView {
                url: address::NewEventOf {
                    kind: kind.id.clone(),
                }
                .url(lang),
                name: kind.name(lang).to_owned(),
                facts: theme.text_with(lang, "event-kind-facts", &args),
            }
        };
        Self {
            kinds: programme.event_kinds.iter().map(kind).collect(),
        }
    }
}

impl View for KindsPage {
    const TEMPLATE: &'static str = "pages/organise-kinds.html";
    const SECTION: Section = Section::Organise;
    const IS_INDEXED: bool = false;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "event-kinds-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let programme = super::sample_programme();
        vec![
            Self::new((theme, lang), &programme),
            Self::new((theme, lang), &Programme::default()),
        ]
    }
}

/// The part of `/organise/events/{event}` that is about the event itself; `registrations` makes the page, with the places
/// and those who come.
#[derive(Debug, Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is asked by the template on its own"
)]
pub(crate) struct OrganisedEventView {
    id: String,
    title: String,
    status: String,
    tone: Tone,
    cancel_reason: Vec<String>,
    summary: Vec<String>,
    facts: Vec<Fact>,
    sessions: Vec<SessionView>,
    lecturers: Vec<String>,
    materials: Vec<MaterialView>,
    missing: Vec<MissingView>,
    is_draft: bool,
    can_edit: bool,
    can_cancel: bool,
    is_public: bool,
}

/// What it lacks, and where that is typed.
#[derive(Debug, Serialize)]
struct MissingView {
    url: String,
    text: String,
}

impl OrganisedEventView {
    /// An event with its materials.
    #[must_use]
    pub(crate) fn new(
        words: Words<'_>,
        programme: &Programme,
        stored: &Stored,
        now: DateTime<Utc>,
    ) -> Self {
        let (theme, lang) = words;
        let Stored { event, materials } = stored;
        let row = &event.row;
        let (tone, status) = status(words, row.status);
        let is_draft = row.status == EventStatus::Draft;
        let missing = if is_draft {
            service::missing(event, now)
        } else {
            Vec::new()
        };
        Self {
            id: row.id.to_string(),
            title: title(words, event),
            status,
            tone,
            cancel_reason: lines(&row.cancel_reason),
            summary: lines(summary(lang, event)),
            facts: facts(words, programme, event),
            sessions: SessionView::all(words, event, true),
            lecturers: lines(&row.lecturers),
            materials: MaterialView::all(materials),
            missing: missing
                .iter()
                .map(|missing| missing_view((theme, lang), event, missing))
                .collect(),
            is_draft,
            can_edit: row.status != EventStatus::Cancelled,
            can_cancel: row.status == EventStatus::Published && now < row.ends_at,
            is_public: !is_draft,
        }
    }
}

fn missing_view((theme, lang): Words<'_>, event: &Event, missing: &Missing) -> MissingView {
    let edit = address::EditEvent {
        event: event.row.id,
    }
    .url(lang);
    let text = theme.text(lang, missing.key);
    // A day is a session's; of the event itself it is that of the first one.
    let session = missing.session.or((missing.field == "day").then_some(0));
    let Some(index) = session else {
        return MissingView {
            url: format!("{edit}#{}", missing.field),
            text,
        };
    };
    let number = index + 1;
    let text = if event.sessions.len() > 1 {
        let label = [("number", number.into())];
        let label = theme.text_with(lang, "event-session-number", &label);
        format!("{label}: {text}")
    } else {
        text
    };
    MissingView {
        url: format!("{edit}#session-{number}-{}", missing.field),
        text,
    }
}

fn facts(words: Words<'_>, programme: &Programme, event: &Event) -> Vec<Fact> {
    let (theme, lang) = words;
    let row = &event.row;
    let fact = |label: &str, value: String| Fact::new(words, label, value);
    let mut facts = vec![
        fact("event-kind", kind_name(programme, lang, &row.kind)),
        fact("event-strand", strand_name(programme, lang, &row.strand)),
        fact("event-days", days(lang, event)),
        fact("event-place", place(words, event)),
        fact("event-audience", audience(words, row.audience)),
        fact("event-language", language(words, &row.language)),
        fact("event-capacity", row.capacity.to_string()),
    ];
    facts.extend(
        row.minimum
            .map(|minimum| fact("event-field-minimum", minimum.to_string())),
    );
    let opens = row.opens_at.map_or_else(
        || theme.text(lang, "event-opens-at-once"),
        |at| lang.date_time(at),
    );
    let offers = match count(u64::try_from(row.offer_hours).unwrap_or_default()) {
        0 => theme.text(lang, "event-offers-none"),
        hours => theme.text_with(lang, "event-offers-hours", &[("count", hours.into())]),
    };
    let reminders: Vec<String> = event
        .reminders()
        .into_iter()
        .map(|minutes| before(words, minutes))
        .collect();
    let reminders = if reminders.is_empty() {
        theme.text(lang, "event-reminders-none")
    } else {
        reminders.join(", ")
    };
    facts.extend([
        fact("event-opens", opens),
        fact("event-closes", lang.date_time(event.closes_at())),
        fact("event-cancel-until", lang.date_time(event.cancel_until())),
        fact("event-field-offer_hours", offers),
        fact("event-field-reminders", reminders),
        fact(
            "event-field-needs_kept_days",
            row.needs_kept_days.to_string(),
        ),
    ]);
    if !row.contact_email.is_empty() {
        facts.push(fact("event-field-contact_email", row.contact_email.clone()));
    }
    facts
}

impl OrganisedEventView {
    /// The title of the event.
    #[must_use]
    pub(crate) fn title(&self) -> &str {
        &self.title
    }
}

/// Events in every state, for the samples of the page.
#[cfg(test)]
pub(crate) fn sample_stored() -> Vec<Stored> {
    use crate::events::model::{Form, sample};

    let mut draft = sample();
    draft.row.status = EventStatus::Draft;
    draft.row.title_lv = String::new();
    draft.row.minimum = Some(8);
    let mut second = draft.sessions[0].clone();
    second.form = Form::Remote;
    draft.sessions.push(second);
    let mut cancelled = sample();
    cancelled.row.status = EventStatus::Cancelled;
    cancelled.row.cancel_reason = "Saslima lektore.".to_owned();
    cancelled.row.offer_hours = 0;
    cancelled.row.reminder_minutes = serde_json::json!([]);
    let stored = |event| Stored {
        event,
        materials: vec![super::sample_material()],
    };
    [draft, sample(), cancelled].map(stored).to_vec()
}

/// `/organise/events/{event}/cancel`.
#[derive(Debug, Serialize)]
pub(crate) struct CancelEventPage {
    id: String,
    event: String,
    days: String,
    told: String,
    form: FormView,
}

impl CancelEventPage {
    /// With what was typed.
    #[must_use]
    pub(crate) fn new(words: Words<'_>, event: &Event, places: Places, form: &FormState) -> Self {
        let (theme, lang) = words;
        let people = count(places.taken.saturating_add(places.waiting));
        Self {
            id: event.row.id.to_string(),
            event: title(words, event),
            days: days(lang, event),
            told: theme.text_with(lang, "event-cancel-told", &[("count", people.into())]),
            form: form.view(theme, lang, RawCancellation::FIELDS),
        }
    }
}

impl View for CancelEventPage {
    const TEMPLATE: &'static str = "pages/organise-cancel.html";
    const SECTION: Section = Section::Organise;
    const IS_INDEXED: bool = false;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "event-cancel-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let event = crate::events::model::sample();
        let page = |taken, form: &FormState| {
            let places = Places { taken, waiting: 1 };
            Self::new((theme, lang), &event, places, form)
        };
        let wrong = FormState::new().error("cancel_reason", "cancel-reason-missing");
        vec![page(0, &FormState::new()), page(20, &wrong)]
    }
}

/// `/organise/events/{event}/duplicate`.
#[derive(Debug, Serialize)]
pub(crate) struct DuplicateEventPage {
    id: String,
    event: String,
    days: String,
    form: FormView,
}

impl DuplicateEventPage {
    /// With what was typed.
    #[must_use]
    pub(crate) fn new(words: Words<'_>, event: &Event, form: &FormState) -> Self {
        let (theme, lang) = words;
        Self {
            id: event.row.id.to_string(),
            event: title(words, event),
            days: days(lang, event),
            form: form.view(theme, lang, RawFirstDay::FIELDS),
        }
    }
}

impl View for DuplicateEventPage {
    const TEMPLATE: &'static str = "pages/organise-duplicate.html";
    const SECTION: Section = Section::Organise;
    const IS_INDEXED: bool = false;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "event-duplicate-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let event = crate::events::model::sample();
        let wrong = FormState::new()
            .value("first_day", "31.02.2027.")
            .error("first_day", "day-unreadable");
        let page = |form: &FormState| Self::new((theme, lang), &event, form);
        vec![page(&FormState::new()), page(&wrong)]
    }
}

/// `/organise/events/{event}/delete`.
#[derive(Debug, Serialize)]
pub(crate) struct DeleteEventPage {
    id: String,
    event: String,
    days: String,
}

impl DeleteEventPage {
    /// A draft.
    #[must_use]
    pub(crate) fn new(words: Words<'_>, event: &Event) -> Self {
        Self {
            id: event.row.id.to_string(),
            event: title(words, event),
            days: days(words.1, event),
        }
    }
}

impl View for DeleteEventPage {
    const TEMPLATE: &'static str = "pages/organise-delete.html";
    const SECTION: Section = Section::Organise;
    const IS_INDEXED: bool = false;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "event-delete-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let event = crate::events::model::sample();
        vec![Self::new((theme, lang), &event)]
    }
}
