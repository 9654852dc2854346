//! The events that anybody sees.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{
    Fact, MaterialView, SessionView, Words, audience, count, days, form_of, kind_name, language,
    lines, place, summary, summary_lang, times, title, title_lang,
};
use crate::{
    events::{
        list::AnnouncedQuery,
        model::{Event, EventStatus, Places, form_slug},
        service::Listed,
        store::Material,
    },
    http::{
        Lang, TextLink,
        address::{self, Address as _},
        theme::Theme,
        visit::{Section, View},
    },
    ids::EventId,
    list::{Filter, FoundRows, ListRow, ListView, Tone},
    programme::Programme,
};

/// An event as one of several.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct EventCard {
    #[serde(skip)]
    id: EventId,
    url: String,
    title: String,
    /// The language of the title, if it is not the page's.
    lang: Option<&'static str>,
    kind: String,
    days: String,
    /// The times of a single session.
    times: Option<String>,
    place: String,
    form: String,
    audience: String,
    places: String,
    tone: Tone,
}

impl EventCard {
    /// An announced event.
    #[must_use]
    pub(crate) fn new(
        words: Words<'_>,
        programme: &Programme,
        listed: &Listed,
        now: DateTime<Utc>,
    ) -> Self {
        let (theme, lang) = words;
        let event = &listed.event;
        let form = format!("event-form-{}", form_slug(form_of(event)));
        let (tone, places) = places_text(words, event, listed.places, now);
        Self {
            id: event.row.id,
            url: address::Event {
                event: event.row.id,
            }
            .url(lang),
            title: title(words, event),
            lang: title_lang(lang, event),
            kind: kind_name(programme, lang, &event.row.kind),
            days: days(lang, event),
            times: match event.sessions.as_slice() {
                [session] => Some(times(lang, session.starts_at, session.ends_at)),
                _ => None,
            },
            place: place(words, event),
            form: theme.text(lang, &form),
            audience: audience(words, event.row.audience),
            places,
            tone,
        }
    }
}

#[cfg(test)]
impl EventCard {
    /// A coming event.
    pub(crate) fn sample(theme: &Theme, lang: Lang) -> Self {
        let event = crate::events::model::sample();
        let now = event.row.created_at;
        let places = Places::default();
        let listed = Listed { event, places };
        Self::new((theme, lang), &super::sample_programme(), &listed, now)
    }
}

impl EventCard {
    /// Which event it is.
    #[must_use]
    pub(crate) const fn id(&self) -> EventId {
        self.id
    }

    /// The colour of what there is to say of places.
    #[must_use]
    pub(crate) const fn tone(&self) -> Tone {
        self.tone
    }

    /// The link to it with its title, when and where it is, and what there is to say of places.
    #[must_use]
    pub(crate) fn into_words(self) -> (TextLink, String, String) {
        let link = TextLink {
            url: self.url,
            text: self.title,
        };
        let facts = [Some(self.days), self.times, Some(self.place)];
        let facts: Vec<String> = facts.into_iter().flatten().collect();
        (link, facts.join(", "), self.places)
    }
}

/// What there is to say of places: how many are free, or why nobody can register.
fn places_text(
    words: Words<'_>,
    event: &Event,
    places: Places,
    now: DateTime<Utc>,
) -> (Tone, String) {
    let (theme, lang) = words;
    match Registration::of(event, places, now) {
        Registration::Cancelled => (Tone::Warning, theme.text(lang, "event-status-cancelled")),
        Registration::Over => (Tone::Plain, theme.text(lang, "event-over")),
        Registration::NotYet(opens) => {
            let args = [("at", lang.date_time(opens).into())];
            (Tone::Plain, theme.text_with(lang, "event-not-yet", &args))
        }
        Registration::Closed => (Tone::Plain, theme.text(lang, "event-closed")),
        Registration::Full => (Tone::Warning, theme.text(lang, "event-full")),
        Registration::Open(free) => {
            let args = [("count", count(free).into())];
            (Tone::Success, theme.text_with(lang, "event-free", &args))
        }
    }
}

/// Whether somebody can register for an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Registration {
    Cancelled,
    Over,
    NotYet(DateTime<Utc>),
    Closed,
    /// There is a waiting list.
    Full,
    /// With so many free places.
    Open(u64),
}

impl Registration {
    fn of(event: &Event, places: Places, now: DateTime<Utc>) -> Self {
        let row = &event.row;
        if row.status == EventStatus::Cancelled {
            return Self::Cancelled;
        }
        if row.ends_at <= now || row.status == EventStatus::Finished {
            return Self::Over;
        }
        if let Some(opens) = row.opens_at.filter(|opens| *opens > now) {
            return Self::NotYet(opens);
        }
        if event.closes_at() <= now {
            return Self::Closed;
        }
        match places.free_of(row.capacity) {
            0 => Self::Full,
            free => Self::Open(free),
        }
    }
}

/// `/events`.
#[derive(Debug, Serialize)]
pub(crate) struct EventsPage {
    list: ListView,
    cards: Vec<EventCard>,
    is_past: bool,
    feed_url: String,
}

impl EventsPage {
    /// The events that match a query.
    #[must_use]
    pub(crate) fn new(
        words: Words<'_>,
        programme: &Programme,
        (query, filters): (&AnnouncedQuery, &[Filter]),
        found: FoundRows<Listed>,
        now: DateTime<Utc>,
    ) -> Self {
        let lang = words.1;
        let cards = found.rows.iter();
        let cards = cards
            .map(|listed| EventCard::new(words, programme, listed, now))
            .collect();
        // The page shows cards in place of rows.
        let rows = found.map(|listed| ListRow::new(listed.event.row.id, []));
        let path = address::Events.url(lang);
        let list = ListView::new(words, "events", path, &query.list, filters, rows)
            .words(words, "events-title", "events-search")
            .empty(words, "events-empty");
        Self {
            list,
            cards,
            is_past: query.is_past,
            feed_url: address::EventsFeed.url(lang),
        }
    }
}

impl View for EventsPage {
    const TEMPLATE: &'static str = "pages/events.html";
    const SECTION: Section = Section::Events;
    const IS_CONTENT: bool = true;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "events-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        use crate::events::{list::announced_filters, model::sample};

        let programme = super::sample_programme();
        let filters = announced_filters(
            &programme,
            lang,
            ["Rīga".to_owned()],
            ["2027-02-01".parse().unwrap()],
        );
        let now = sample().row.created_at;
        let listed = |taken, waiting| Listed {
            event: sample(),
            places: Places { taken, waiting },
        };
        let some = FoundRows {
            rows: vec![listed(2, 0), listed(20, 0), listed(19, 0)],
            total: 120,
            page: 2,
        };
        let none = FoundRows {
            rows: Vec::new(),
            total: 0,
            page: 1,
        };
        let page = |query: &str, found: &FoundRows<Listed>, now| {
            let query = AnnouncedQuery::read(query, &filters);
            let found = found.clone();
            Self::new((theme, lang), &programme, (&query, &filters), found, now)
        };
        vec![
            page("q=disk&city=Rīga&free=yes&month=2027-02", &some, now),
            page("when=past", &some, sample().row.ends_at),
            page("", &none, now),
            page("q=nekas", &none, now),
        ]
    }
}

/// `/events/{event}`.
#[derive(Debug, Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is asked by the template on its own"
)]
pub(crate) struct EventPage {
    id: String,
    title: String,
    lang: Option<&'static str>,
    kind: String,
    days: String,
    summary: Vec<String>,
    summary_lang: Option<&'static str>,
    sessions: Vec<SessionView>,
    lecturers: Vec<String>,
    materials: Vec<MaterialView>,
    facts: Vec<Fact>,
    contact: Option<String>,
    /// What is said of places, or why nobody can register.
    places: String,
    tone: Tone,
    waiting: Option<String>,
    cancel_reason: Vec<String>,
    can_register: bool,
    is_full: bool,
    is_cancelled: bool,
    is_over: bool,
    has_remote: bool,
}

impl EventPage {
    /// An announced event; `contact` is the site's address for questions.
    #[must_use]
    pub(crate) fn new(
        words: Words<'_>,
        programme: &Programme,
        (event, materials): (&Event, &[Material]),
        places: Places,
        contact: Option<&str>,
        now: DateTime<Utc>,
    ) -> Self {
        let (theme, lang) = words;
        let row = &event.row;
        let registration = Registration::of(event, places, now);
        let (tone, text) = places_text(words, event, places, now);
        let can_register = matches!(registration, Registration::Open(_) | Registration::Full);
        let own = Some(row.contact_email.as_str()).filter(|email| !email.is_empty());
        let mut facts = vec![
            Fact::new(words, "event-audience", audience(words, row.audience)),
            Fact::new(words, "event-language", language(words, &row.language)),
            Fact::new(words, "event-capacity", row.capacity.to_string()),
        ];
        if can_register || matches!(registration, Registration::NotYet(_)) {
            facts.extend([
                Fact::new(
                    words,
                    "event-register-until",
                    lang.date_time(event.closes_at()),
                ),
                Fact::new(
                    words,
                    "event-cancel-until",
                    lang.date_time(event.cancel_until()),
                ),
            ]);
        }
        let is_waiting = can_register && places.waiting > 0;
        Self {
            id: row.id.to_string(),
            title: title(words, event),
            lang: title_lang(lang, event),
            kind: kind_name(programme, lang, &row.kind),
            days: days(lang, event),
            summary: lines(summary(lang, event)),
            summary_lang: summary_lang(lang, event),
            sessions: SessionView::all(words, event, false),
            lecturers: lines(&row.lecturers),
            materials: MaterialView::all(materials),
            facts,
            contact: own.or(contact).map(str::to_owned),
            places: text,
            tone,
            waiting: is_waiting.then(|| {
                let args = [("count", count(places.waiting).into())];
                theme.text_with(lang, "event-waiting-count", &args)
            }),
            cancel_reason: lines(&row.cancel_reason),
            can_register,
            is_full: registration == Registration::Full,
            is_cancelled: registration == Registration::Cancelled,
            is_over: registration == Registration::Over,
            has_remote: form_of(event) != crate::events::Form::InPerson,
        }
    }
}

impl View for EventPage {
    const TEMPLATE: &'static str = "pages/event.html";
    const SECTION: Section = Section::Events;
    const IS_CONTENT: bool = true;

    fn title(&self, _: &Theme, _: Lang) -> String {
        self.title.clone()
    }

    fn description(&self) -> Option<String> {
        self.summary.first().cloned()
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        use crate::events::{Form, model::sample};

        let programme = super::sample_programme();
        let now = sample().row.created_at;
        let page = |event: &Event, (taken, waiting), now| {
            let places = Places { taken, waiting };
            let materials = [super::sample_material()];
            let contact = Some("palidziba@example.lv");
            let event = (event, materials.as_slice());
            Self::new((theme, lang), &programme, event, places, contact, now)
        };
        let mut remote = sample();
        remote.row.title_en = "A discussion".to_owned();
        remote.row.summary_lv = "Par ko.\nUn kāpēc.".to_owned();
        remote.row.lecturers = "Anna Parauga".to_owned();
        let mut second = remote.sessions[0].clone();
        second.form = Form::Both;
        remote.sessions.push(second);
        let mut later = sample();
        later.row.opens_at = Some(later.row.starts_at - chrono::TimeDelta::days(3));
        let mut cancelled = sample();
        cancelled.row.status = EventStatus::Cancelled;
        cancelled.row.cancel_reason = "Saslima lektore.".to_owned();
        vec![
            page(&remote, (2, 0), now),
            page(&sample(), (20, 3), now),
            page(&later, (0, 0), now),
            page(&cancelled, (0, 0), now),
            page(&sample(), (7, 0), sample().row.starts_at),
            page(&sample(), (7, 0), sample().row.ends_at),
        ]
    }
}
