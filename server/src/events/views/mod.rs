//! What the templates of events get.

pub(crate) mod form;
pub(crate) mod organise;
pub(crate) mod organised;
pub(crate) mod organisers;
pub(crate) mod public;

use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use serde::Serialize;

use super::{
    model::{Event, EventStatus, Form, Session, form_slug, status_slug},
    store::Material,
};
use crate::{
    http::{Lang, theme::Theme},
    list::Tone,
    programme::{EventAudience, Programme, audience_slug},
};

/// Templates, messages and the language of a page.
pub(crate) type Words<'a> = (&'a Theme, Lang);

/// The title in the language of the page, else in the other one; a draft may have none.
pub(crate) fn title((theme, lang): Words<'_>, event: &Event) -> String {
    let (first, second) = match lang {
        Lang::Lv => (&event.row.title_lv, &event.row.title_en),
        Lang::En => (&event.row.title_en, &event.row.title_lv),
    };
    let found = [first, second].into_iter().find(|title| !title.is_empty());
    found.map_or_else(|| theme.text(lang, "event-untitled"), Clone::clone)
}

/// The language of the title that is shown, if it is not the page's.
pub(super) fn title_lang(lang: Lang, event: &Event) -> Option<&'static str> {
    foreign(lang, &event.row.title_lv, &event.row.title_en)
}

/// The language of a text that is there in Latvian and in English, if it is not the page's.
fn foreign(lang: Lang, lv: &str, en: &str) -> Option<&'static str> {
    let (own, other) = match lang {
        Lang::Lv => (lv, en),
        Lang::En => (en, lv),
    };
    (own.is_empty() && !other.is_empty()).then(|| lang.other().as_str())
}

/// What it is about, in the language of the page, else in the other one.
pub(super) fn summary(lang: Lang, event: &Event) -> &str {
    let (first, second) = match lang {
        Lang::Lv => (&event.row.summary_lv, &event.row.summary_en),
        Lang::En => (&event.row.summary_en, &event.row.summary_lv),
    };
    if first.is_empty() { second } else { first }
}

/// The language of the summary that is shown, if it is not the page's.
pub(super) fn summary_lang(lang: Lang, event: &Event) -> Option<&'static str> {
    foreign(lang, &event.row.summary_lv, &event.row.summary_en)
}

/// Where a session is held, on one line: address, city, room; and that it is remote.
pub(super) fn session_place((theme, lang): Words<'_>, session: &Session) -> String {
    let remote = (session.form != Form::InPerson).then(|| theme.text(lang, "event-place-remote"));
    let parts = [
        Some(session.address.clone()),
        Some(session.city.clone()),
        Some(session.room.clone()),
        remote,
    ];
    let parts = parts.into_iter().flatten();
    let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}

/// Where the sessions of an event are held, each place once.
pub(crate) fn session_places(words: Words<'_>, event: &Event) -> Vec<String> {
    let mut places: Vec<String> = Vec::new();
    for session in &event.sessions {
        let place = session_place(words, session);
        if !places.contains(&place) {
            places.push(place);
        }
    }
    places
}

/// The name of a kind of event; its id if the programme no longer names it.
pub(super) fn kind_name(programme: &Programme, lang: Lang, kind: &str) -> String {
    let known = programme.event_kind(kind);
    known.map_or(kind, |kind| kind.name(lang)).to_owned()
}

/// The name of a strand; its id if the programme no longer names it.
pub(super) fn strand_name(programme: &Programme, lang: Lang, strand: &str) -> String {
    let known = programme.strand(strand);
    known.map_or(strand, |strand| strand.name(lang)).to_owned()
}

/// A status in words, and its colour.
pub(super) fn status((theme, lang): Words<'_>, status: EventStatus) -> (Tone, String) {
    let tone = match status {
        EventStatus::Draft | EventStatus::Cancelled => Tone::Warning,
        EventStatus::Published => Tone::Success,
        EventStatus::Finished => Tone::Plain,
    };
    let text = theme.text(lang, &format!("event-status-{}", status_slug(status)));
    (tone, text)
}

/// Who may come, in words.
pub(super) fn audience((theme, lang): Words<'_>, audience: EventAudience) -> String {
    theme.text(lang, &format!("event-audience-{}", audience_slug(audience)))
}

/// How an event as a whole is held: like its sessions, or both if they differ.
pub(super) fn form_of(event: &Event) -> Form {
    let mut forms = event.sessions.iter().map(|session| session.form);
    let first = forms.next().unwrap_or(Form::Both);
    if forms.all(|form| form == first) {
        first
    } else {
        Form::Both
    }
}

/// Where it is held, briefly: its cities, or that it is remote, or both.
pub(crate) fn place((theme, lang): Words<'_>, event: &Event) -> String {
    let mut parts: Vec<String> = Vec::new();
    for session in &event.sessions {
        if !session.city.is_empty() && !parts.contains(&session.city) {
            parts.push(session.city.clone());
        }
    }
    if form_of(event) != Form::InPerson {
        parts.push(theme.text(lang, "event-place-remote"));
    }
    parts.join(", ")
}

/// The days of an event, in digits: one, or the first and the last.
pub(crate) fn days(lang: Lang, event: &Event) -> String {
    let (first, last) = (
        Lang::riga_date(event.row.starts_at),
        Lang::riga_date(event.row.ends_at),
    );
    if first == last {
        lang.date(first)
    } else {
        format!("{} – {}", lang.date(first), lang.date(last))
    }
}

/// A time of day in Latvia: „10.00”, “10:00”.
pub(crate) fn time(lang: Lang, at: DateTime<Utc>) -> String {
    let local = at.with_timezone(&chrono_tz::Europe::Riga);
    match lang {
        Lang::Lv => local.format("%H.%M"),
        Lang::En => local.format("%H:%M"),
    }
    .to_string()
}

/// The times of day between which something is: „10.00–13.00”.
pub(crate) fn times(lang: Lang, from: DateTime<Utc>, until: DateTime<Utc>) -> String {
    format!("{}–{}", time(lang, from), time(lang, until))
}

/// A day with its weekday: „trešdiena, 2027. gada 10. februāris”.
pub(super) fn day((theme, lang): Words<'_>, date: NaiveDate) -> String {
    let weekday = format!("weekday-{}", date.weekday().number_from_monday());
    format!("{}, {}", theme.text(lang, &weekday), lang.date_long(date))
}

/// A count for a message.
pub(super) fn count(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// How long before the beginning something is, in words: „7 dienas iepriekš”.
pub(super) fn before((theme, lang): Words<'_>, minutes: u32) -> String {
    let (unit, count) = if minutes.is_multiple_of(60 * 24) {
        ("days", minutes / (60 * 24))
    } else if minutes.is_multiple_of(60) {
        ("hours", minutes / 60)
    } else {
        ("minutes", minutes)
    };
    let key = format!("event-before-{unit}");
    theme.text_with(lang, &key, &[("count", count.into())])
}

/// A session in words.
#[derive(Debug, Serialize)]
pub(crate) struct SessionView {
    /// „1. diena”; nothing if it is the only one.
    label: Option<String>,
    day: String,
    times: String,
    form: String,
    /// Address and city, on one line.
    place: Option<String>,
    room: Option<String>,
    accessibility: Option<String>,
    /// Only for organisers.
    link: Option<String>,
}

impl SessionView {
    /// The sessions of an event; with the links to join only for those who may know them.
    pub(super) fn all(words: Words<'_>, event: &Event, with_links: bool) -> Vec<Self> {
        let (theme, lang) = words;
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let of = |(number, session): (u32, &Session)| {
            let place = [&session.address, &session.city].map(String::as_str);
            let place: Vec<&str> = place.into_iter().filter(|part| !part.is_empty()).collect();
            let form = format!("event-form-{}", form_slug(session.form));
            Self {
                label: (event.sessions.len() > 1).then(|| {
                    theme.text_with(lang, "event-session-number", &[("number", number.into())])
                }),
                day: day(words, Lang::riga_date(session.starts_at)),
                times: times(lang, session.starts_at, session.ends_at),
                form: theme.text(lang, &form),
                place: some(&place.join(", ")),
                room: some(&session.room),
                accessibility: some(&session.accessibility),
                link: with_links.then(|| some(&session.remote_url)).flatten(),
            }
        };
        (1..).zip(&event.sessions).map(of).collect()
    }
}

impl SessionView {
    /// All of it on one line.
    pub(super) fn line(self) -> String {
        let parts = [
            Some(self.day),
            Some(self.times),
            Some(self.form),
            self.place,
            self.room,
            self.accessibility,
            self.link,
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

/// The language in which an event is held, in words.
pub(super) fn language((theme, lang): Words<'_>, language: &str) -> String {
    theme.text(lang, &format!("event-language-{language}"))
}

/// A name with its value.
#[derive(Debug, Serialize)]
pub(crate) struct Fact {
    label: String,
    value: String,
}

impl Fact {
    pub(super) fn new((theme, lang): Words<'_>, label: &str, value: impl Into<String>) -> Self {
        Self {
            label: theme.text(lang, label),
            value: value.into(),
        }
    }
}

/// A material of an event.
#[derive(Debug, Serialize)]
pub(crate) struct MaterialView {
    title: String,
    url: String,
}

impl MaterialView {
    pub(super) fn all(materials: &[Material]) -> Vec<Self> {
        let of = |material: &Material| Self {
            title: material.title.clone(),
            url: material.url.clone(),
        };
        materials.iter().map(of).collect()
    }
}

impl MaterialView {
    /// All of it on one line.
    pub(super) fn line(self) -> String {
        format!("{}: {}", self.title, self.url)
    }
}

/// The lines of a text of several.
pub(super) fn lines(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim);
    lines
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The shipped programme.
#[cfg(test)]
pub(crate) fn sample_programme() -> Programme {
    let courses = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../courses");
    Programme::load(&courses).unwrap()
}

/// A material.
#[cfg(test)]
pub(super) fn sample_material() -> Material {
    Material {
        id: crate::ids::EventMaterialId::from_u128(4),
        event_id: crate::ids::EventId::from_u128(1),
        position: 1,
        title: "Darba kārtība".to_owned(),
        url: "https://example.lv/kartiba.pdf".to_owned(),
    }
}
