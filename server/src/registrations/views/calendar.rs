//! What the feed of a person's own events and its pages get.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::{
    events::{FeedEntry, Session},
    http::{
        Lang,
        address::{self, Address as _},
        theme::Theme,
        visit::{Section, View},
    },
    registrations::{
        model::{Registration, RegistrationState, shows_link},
        service::own::Own,
    },
};

/// A registration in the feed.
#[must_use]
pub(in crate::registrations) fn entry(lang: Lang, own: &Own, now: DateTime<Utc>) -> FeedEntry<'_> {
    let row: &Registration = &own.registration;
    let has_link = |session: &&Session| shows_link(row.state, session, now);
    FeedEntry {
        event: &own.event,
        id: row.id.into(),
        page: address::MyRegistration {
            registration: row.id,
        }
        .url(lang),
        is_certain: row.state == RegistrationState::Registered,
        links: own
            .event
            .sessions
            .iter()
            .filter(has_link)
            .map(|session| session.id)
            .collect(),
    }
}

/// `/me/events/calendar`: before the address of the feed is renewed.
#[derive(Debug, Serialize)]
pub(crate) struct RenewFeedPage {
    is_made: bool,
}

impl RenewFeedPage {
    /// For a person who has an address, or none yet.
    #[must_use]
    pub(in crate::registrations) const fn new(is_made: bool) -> Self {
        Self { is_made }
    }
}

impl View for RenewFeedPage {
    const TEMPLATE: &'static str = "pages/my-feed.html";
    const SECTION: Section = Section::Me;
    const IS_INDEXED: bool = false;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        let key = if self.is_made {
            "my-feed-renew-title"
        } else {
            "my-feed-title"
        };
        theme.text(lang, key)
    }

    #[cfg(test)]
    fn samples(_theme: &Theme, _lang: Lang) -> Vec<Self> {
        vec![Self::new(true), Self::new(false)]
    }
}
