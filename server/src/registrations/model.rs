//! What a registration is, and the rules of places.

use chrono::{DateTime, TimeDelta, Utc};

pub use crate::db::entity::registration::{
    EndCause, Model as Registration, RegistrationOrigin as Origin, RegistrationState,
};
use crate::{
    events::{Event, Session},
    http::Lang,
    ids::{AccountId, OrganisationId, PersonId, RegistrationGroupId},
    mail::Email,
    people::PersonName,
};

/// How long a registration waits for the confirmation of its address, and holds a place meanwhile.
pub const PENDING_TIME: TimeDelta = TimeDelta::hours(24);

/// Nobody is promoted later than this before an event begins: they could not be sure to learn of it.
pub(super) const LAST_PROMOTION: TimeDelta = TimeDelta::hours(1);

/// An offered place is held at least this long.
pub(super) const SHORTEST_OFFER: TimeDelta = TimeDelta::minutes(30);

/// The slug of a state, in forms, messages (`registration-state-…`) and the API.
#[must_use]
pub const fn state_slug(state: RegistrationState) -> &'static str {
    match state {
        RegistrationState::Pending => "pending",
        RegistrationState::Registered => "registered",
        RegistrationState::Waiting => "waiting",
        RegistrationState::Offered => "offered",
        RegistrationState::Cancelled => "cancelled",
        RegistrationState::Expired => "expired",
    }
}

/// How long before a session the link to join is shown.
const LINK_SHOWN_BEFORE: TimeDelta = TimeDelta::hours(24);

/// Whether somebody whose registration is in this state sees the link to join a session now.
pub(super) fn shows_link(state: RegistrationState, session: &Session, now: DateTime<Utc>) -> bool {
    state == RegistrationState::Registered
        && !session.remote_url.is_empty()
        && session.starts_at - LINK_SHOWN_BEFORE <= now
        && now < session.ends_at
}

/// Whether a registration in this state is in force.
pub(super) const fn is_active(state: RegistrationState) -> bool {
    !matches!(
        state,
        RegistrationState::Cancelled | RegistrationState::Expired
    )
}

/// The states of registrations in force.
pub(super) const ACTIVE: [RegistrationState; 4] = [
    RegistrationState::Pending,
    RegistrationState::Registered,
    RegistrationState::Waiting,
    RegistrationState::Offered,
];

/// A new registration, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRegistration {
    /// Whose it is.
    pub person_id: PersonId,
    /// Given name as typed for this event.
    pub given_name: PersonName,
    /// Family name as typed for this event.
    pub family_name: PersonName,
    /// Where mails about it go.
    pub email: Email,
    /// The language of mails.
    pub lang: Lang,
    /// For which organisation they come.
    pub organisation_id: Option<OrganisationId>,
    /// What they do there; may be empty.
    pub role: String,
    /// How it came.
    pub origin: Origin,
    /// With which others it was made.
    pub group_id: Option<RegistrationGroupId>,
    /// Who made it for them.
    pub registered_by: Option<AccountId>,
}

impl NewRegistration {
    /// Whether it waits until the address is confirmed: a guest may have typed somebody else's.
    #[must_use]
    pub fn needs_confirmation(&self) -> bool {
        self.origin == Origin::Guest
    }

    /// Whether the registration window of the event does not apply: organisers register later, too.
    #[must_use]
    pub fn is_by_organiser(&self) -> bool {
        matches!(
            self.origin,
            Origin::Organiser | Origin::Import | Origin::Api
        )
    }
}

/// What came of a wish to register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is made.
    Made(Box<Registration>),
    /// The person is registered already; nothing changed.
    Already(Box<Registration>),
}

impl Outcome {
    /// The registration.
    #[must_use]
    pub fn registration(&self) -> &Registration {
        match self {
            Self::Made(registration) | Self::Already(registration) => registration,
        }
    }
}

/// The places of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PlaceCounts {
    /// How many there are.
    pub capacity: u64,
    /// How many are taken: by those registered, by offers, and by those who still have to confirm.
    pub taken: u64,
    /// How many of them are registered for good.
    pub registered: u64,
    /// How many of them are offered.
    pub offered: u64,
    /// How many of them wait for the confirmation of an address.
    pub pending: u64,
    /// How many people are on the waiting list.
    pub waiting: u64,
}

impl PlaceCounts {
    /// Nobody has one of so many places.
    pub(super) fn of_capacity(capacity: i32) -> Self {
        Self {
            capacity: u64::try_from(capacity).unwrap_or_default(),
            ..Self::default()
        }
    }

    /// Adds registrations in a state.
    pub(super) fn add(&mut self, state: RegistrationState, holds_place: bool, number: i64) {
        let number = u64::try_from(number).unwrap_or_default();
        if holds_place {
            self.taken += number;
        }
        match state {
            RegistrationState::Registered => self.registered += number,
            RegistrationState::Offered => self.offered += number,
            RegistrationState::Pending if holds_place => self.pending += number,
            RegistrationState::Waiting => self.waiting += number,
            _ => {}
        }
    }

    /// How many are free.
    #[must_use]
    pub const fn free(&self) -> u64 {
        self.capacity.saturating_sub(self.taken)
    }
}

/// What cancelling did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cancelled {
    /// It is cancelled now.
    Now(Box<Registration>),
    /// It had ended before; nothing changed.
    Before,
}

/// Until when a place that is offered now is held; `None` if places are confirmed without asking. The nearer
/// the beginning, the shorter: a quarter of the time that is left.
pub(super) fn offered_until(event: &Event, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    if event.row.offer_hours <= 0 {
        return None;
    }
    let left = event.row.starts_at - now;
    let window = TimeDelta::hours(event.row.offer_hours.into())
        .min(left / 4)
        .max(SHORTEST_OFFER);
    Some((now + window).min(event.row.starts_at))
}

#[cfg(test)]
mod unit {
    use super::*;
    use crate::events::sample;

    #[test]
    fn an_offer_is_shorter_near_the_beginning() {
        let mut event = sample();
        event.row.offer_hours = 24;
        let starts = event.row.starts_at;
        for (before, held) in [
            (TimeDelta::days(30), TimeDelta::hours(24)),
            (TimeDelta::hours(96), TimeDelta::hours(24)),
            (TimeDelta::hours(48), TimeDelta::hours(12)),
            (TimeDelta::hours(4), TimeDelta::hours(1)),
            (TimeDelta::hours(1), TimeDelta::minutes(30)),
        ] {
            let now = starts - before;
            assert_eq!(offered_until(&event, now), Some(now + held), "{before}");
        }
        event.row.offer_hours = 0;
        assert_eq!(offered_until(&event, starts - TimeDelta::days(1)), None);
    }
}
