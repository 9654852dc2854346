//! What the templates of a person's own registrations get.

use std::collections::BTreeSet;

use serde::Serialize;

use super::group::GroupLine;
use crate::{
    events::views::{Words, days, place, times, title},
    http::{
        Lang, TextLink,
        address::{self, Address as _},
        theme::Theme,
        visit::{Section, View},
    },
    ids::EventId,
    list::Tone,
    registrations::{
        model::{RegistrationState, state_slug},
        service::own::{Own, OwnEvents},
    },
};

/// A registration as one of several: the event, and how things stand.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct OwnCard {
    /// The title of the event, and the page of the registration.
    pub(crate) link: TextLink,
    /// When and where.
    pub(crate) facts: String,
    /// The state.
    pub(crate) note: String,
    /// The colour of the state.
    pub(crate) tone: Tone,
    /// What there is to do by when, or the place in the queue.
    pub(crate) to_do: Option<String>,
}

impl OwnCard {
    fn new(words: Words<'_>, own: &Own) -> Self {
        let (theme, lang) = words;
        let (event, row) = (&own.event, &own.registration);
        let when = match event.sessions.as_slice() {
            [session] => {
                let times = times(lang, session.starts_at, session.ends_at);
                format!("{}, {times}", days(lang, event))
            }
            _ => days(lang, event),
        };
        let facts = [when, place(words, event)];
        let facts: Vec<String> = facts.into_iter().filter(|text| !text.is_empty()).collect();
        let until = row.expires_at.map(|until| lang.date_time(until));
        let with_until = |key: &str| {
            let args = [("until", until.clone().unwrap_or_default().into())];
            theme.text_with(lang, key, &args)
        };
        let (tone, to_do) = match row.state {
            RegistrationState::Registered => (Tone::Success, None),
            RegistrationState::Waiting => {
                let place = u32::try_from(own.before + 1).unwrap_or(u32::MAX);
                let args = [("place", place.into())];
                let text = theme.text_with(lang, "my-events-queue", &args);
                (Tone::Plain, Some(text))
            }
            RegistrationState::Offered => (Tone::Warning, Some(with_until("my-events-accept"))),
            RegistrationState::Pending => (Tone::Warning, Some(with_until("my-events-confirm"))),
            RegistrationState::Cancelled | RegistrationState::Expired => (Tone::Warning, None),
        };
        let note = match row.state {
            RegistrationState::Cancelled => theme.text(lang, "event-status-cancelled"),
            state => theme.text(lang, &format!("my-events-state-{}", state_slug(state))),
        };
        Self {
            link: TextLink {
                url: address::MyRegistration {
                    registration: row.id,
                }
                .url(lang),
                text: title(words, event),
            },
            facts: facts.join(", "),
            note,
            tone,
            to_do,
        }
    }
}

/// A person's own events.
#[derive(Debug, Default, Serialize)]
pub(crate) struct OwnCards {
    /// What is to come, the soonest first.
    pub(crate) coming: Vec<OwnCard>,
    /// What is over, the latest first.
    pub(crate) past: Vec<OwnCard>,
    /// Which events are to come.
    #[serde(skip)]
    pub(crate) coming_ids: BTreeSet<EventId>,
}

impl OwnCards {
    /// These registrations.
    #[must_use]
    pub(in crate::registrations) fn new(words: Words<'_>, own: OwnEvents) -> Self {
        let cards = |all: &[Own]| all.iter().map(|one| OwnCard::new(words, one)).collect();
        Self {
            coming: cards(&own.coming),
            past: cards(&own.past),
            coming_ids: own.coming.iter().map(|one| one.event.row.id).collect(),
        }
    }
}

/// `/me/events`.
#[derive(Debug, Serialize)]
pub(crate) struct MyEventsPage {
    own: OwnCards,
    groups: Vec<GroupLine>,
    /// The address of the feed, if there is one.
    feed_url: Option<String>,
    /// The same for programs that subscribe to it when it is opened.
    subscribe_url: Option<String>,
}

impl MyEventsPage {
    /// With these events, the groups that the person has registered, and the address of the feed.
    #[must_use]
    pub(in crate::registrations) fn new(
        own: OwnCards,
        groups: Vec<GroupLine>,
        feed_url: Option<String>,
    ) -> Self {
        let rest = feed_url.as_deref().and_then(|url| url.split_once("://"));
        Self {
            subscribe_url: rest.map(|(_, rest)| format!("webcal://{rest}")),
            own,
            groups,
            feed_url,
        }
    }
}

impl View for MyEventsPage {
    const TEMPLATE: &'static str = "pages/my-events.html";
    const SECTION: Section = Section::Me;
    const IS_INDEXED: bool = false;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "my-events-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        use RegistrationState as State;

        let own = |state| {
            let seen = super::sample_seen(state);
            Own {
                event: seen.event,
                registration: seen.registration,
                before: seen.before,
            }
        };
        let states = [
            State::Pending,
            State::Registered,
            State::Waiting,
            State::Offered,
            State::Cancelled,
        ];
        let all = OwnEvents {
            coming: states.into_iter().map(own).collect(),
            past: vec![own(State::Registered)],
        };
        vec![
            Self::new(OwnCards::default(), Vec::new(), None),
            Self::new(
                OwnCards::new((theme, lang), all),
                vec![GroupLine::new((theme, lang), &super::group::sample_group())],
                Some("https://iespeja.example/lv/calendar/x~y/events.ics".to_owned()),
            ),
        ]
    }
}
