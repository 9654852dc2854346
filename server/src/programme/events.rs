//! What the programme says of its events: the strands they belong to and their kinds, as in
//! `courses/programme.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

pub use crate::db::entity::event::EventAudience;
use crate::{http::Lang, organisations::OrganisationKind};

/// A strand of the programme: events of one purpose for one audience. Organisers work on strands.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Strand {
    /// Stored in events; never changes.
    pub id: String,
    /// For whom a new event of it is.
    pub audience: ConfiguredAudience,
    /// Name by language.
    pub title: BTreeMap<String, String>,
}

/// An audience, as named in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct ConfiguredAudience(pub EventAudience);

impl TryFrom<String> for ConfiguredAudience {
    type Error = String;

    fn try_from(word: String) -> Result<Self, String> {
        audience_from_slug(&word)
            .map(Self)
            .ok_or_else(|| format!("there is no audience called `{word}`"))
    }
}

/// Every audience, in the order in which they are shown.
pub const AUDIENCES: [EventAudience; 3] = [
    EventAudience::PublicSector,
    EventAudience::Employers,
    EventAudience::Everyone,
];

/// The slug of an audience, in forms, messages (`event-audience-…`) and files.
#[must_use]
pub const fn audience_slug(audience: EventAudience) -> &'static str {
    match audience {
        EventAudience::PublicSector => "public-sector",
        EventAudience::Employers => "employers",
        EventAudience::Everyone => "everyone",
    }
}

/// The audience with this slug.
#[must_use]
pub fn audience_from_slug(slug: &str) -> Option<EventAudience> {
    AUDIENCES
        .into_iter()
        .find(|audience| audience_slug(*audience) == slug)
}

/// Whether an event for this audience is for people of an organisation of this kind.
#[must_use]
pub const fn admits(audience: EventAudience, kind: OrganisationKind) -> bool {
    use OrganisationKind as Kind;
    match audience {
        EventAudience::Everyone => true,
        EventAudience::PublicSector => matches!(
            kind,
            Kind::StateInstitution | Kind::MunicipalInstitution | Kind::PublicCompany
        ),
        EventAudience::Employers => matches!(
            kind,
            Kind::Association
                | Kind::Foundation
                | Kind::EnterpriseMicro
                | Kind::EnterpriseSmall
                | Kind::EnterpriseMedium
                | Kind::EnterpriseLarge
        ),
    }
}

/// A kind of event, with what a new event of it begins with.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventKind {
    /// Stored in events; never changes.
    pub id: String,
    /// The id of the strand of a new event.
    pub strand: String,
    /// How many sessions, one a day.
    pub sessions: u32,
    /// How many hours a session takes.
    pub session_hours: u32,
    /// How many places.
    pub capacity: u32,
    /// The most places that any event of this kind may have.
    pub most_places: Option<u32>,
    /// How many people are needed for it to be held.
    pub minimum: Option<u32>,
    /// How many hours before the beginning registration closes.
    pub close_hours: u32,
    /// Until how many hours before the beginning participants cancel by themselves.
    pub cancel_hours: u32,
    /// How many hours an offered place is held; 0 if places are confirmed without asking.
    pub offer_hours: u32,
    /// How many minutes before the beginning reminders are sent.
    pub reminder_minutes: Vec<u32>,
    /// How many days after the end what participants need is deleted.
    pub needs_kept_days: u32,
    /// The materials that a new event begins with.
    #[serde(default)]
    pub material: Vec<KindMaterial>,
    /// Name by language.
    pub title: BTreeMap<String, String>,
}

/// A material of a kind of event.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindMaterial {
    /// Its name by language. A new event takes the one in the language of its organiser.
    pub title: BTreeMap<String, String>,
    /// A link that begins with `https://`, or a page of this platform: `/lv/…`.
    pub url: String,
}

impl KindMaterial {
    /// Its name.
    #[must_use]
    pub fn name(&self, lang: Lang) -> &str {
        named(&self.title, lang, &self.url)
    }
}

/// Whether a material can be found there: a link with `https`, or a page of this platform without its host.
#[must_use]
pub fn is_material_link(text: &str) -> bool {
    let is_page = |lang: Lang| {
        let path = text
            .strip_prefix('/')
            .and_then(|rest| rest.strip_prefix(lang.as_str()));
        path.is_some_and(|path| {
            path.starts_with('/')
                && !path.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\')
        })
    };
    Lang::ALL.into_iter().any(is_page) || is_https_link(text)
}

/// Whether it is a whole link with `https`.
#[must_use]
pub fn is_https_link(text: &str) -> bool {
    url::Url::parse(text).is_ok_and(|link| link.scheme() == "https" && link.host_str().is_some())
}

impl Strand {
    /// Its name.
    #[must_use]
    pub fn name(&self, lang: Lang) -> &str {
        named(&self.title, lang, &self.id)
    }
}

impl EventKind {
    /// Its name.
    #[must_use]
    pub fn name(&self, lang: Lang) -> &str {
        named(&self.title, lang, &self.id)
    }
}

fn named<'a>(title: &'a BTreeMap<String, String>, lang: Lang, id: &'a str) -> &'a str {
    title.get(lang.as_str()).map_or(id, String::as_str)
}

/// The most places that an event can have.
pub const MOST_PLACES: u32 = 10_000;

/// Checks that the format itself does not contain.
pub(super) fn check_strand(strand: &Strand, earlier: &[Strand]) -> Result<(), String> {
    if earlier.iter().any(|other| other.id == strand.id) {
        return Err(format!("two strands have the id `{}`", strand.id));
    }
    check_words("strand", &strand.id, &strand.title)
}

/// Checks that the format itself does not contain.
pub(super) fn check_kind(
    kind: &EventKind,
    earlier: &[EventKind],
    strands: &[Strand],
) -> Result<(), String> {
    let id = &kind.id;
    if earlier.iter().any(|other| other.id == *id) {
        return Err(format!("two kinds of events have the id `{id}`"));
    }
    check_words("kind of event", id, &kind.title)?;
    if !strands.iter().any(|strand| strand.id == kind.strand) {
        let strand = &kind.strand;
        return Err(format!(
            "the kind of event `{id}` is of the strand `{strand}`, which is none"
        ));
    }
    let most = kind.most_places.unwrap_or(MOST_PLACES).min(MOST_PLACES);
    if kind.capacity == 0 || kind.capacity > most {
        return Err(format!(
            "the kind of event `{id}` has `capacity = {}`; it is from 1 to {most}",
            kind.capacity
        ));
    }
    if kind.minimum.is_some_and(|minimum| minimum > kind.capacity) {
        return Err(format!(
            "the kind of event `{id}` needs more people than it has places"
        ));
    }
    if kind.sessions == 0
        || kind.sessions > 31
        || kind.session_hours == 0
        || kind.session_hours > 24
    {
        return Err(format!(
            "the kind of event `{id}` has from 1 to 31 sessions of 1 to 24 hours"
        ));
    }
    for material in &kind.material {
        let url = &material.url;
        if !is_material_link(url) {
            return Err(format!(
                "the kind of event `{id}` has a material at `{url}`, which is neither a link with https nor a page of this platform (`/lv/…`)"
            ));
        }
        if let Some(lang) = Lang::ALL
            .into_iter()
            .find(|lang| !material.title.contains_key(lang.as_str()))
        {
            return Err(format!(
                "the material at `{url}` of the kind of event `{id}` has no title in `{lang}`"
            ));
        }
    }
    Ok(())
}

fn check_words(what: &str, id: &str, title: &BTreeMap<String, String>) -> Result<(), String> {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if id.is_empty() || !id.chars().all(is_plain) {
        return Err(format!(
            "`{id}` cannot be the id of a {what}: use a-z, 0-9 and -"
        ));
    }
    for lang in Lang::ALL {
        if !title.contains_key(lang.as_str()) {
            return Err(format!("{what} `{id}` has no title in `{lang}`"));
        }
    }
    Ok(())
}
