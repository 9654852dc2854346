//! What the templates of organisers get about registrations.

pub(super) mod add;
pub(super) mod board;
pub(super) mod cancel;
pub(super) mod list;
pub(super) mod one;

use serde::Serialize;

use crate::{
    events::{Event, views::title},
    http::{
        Lang,
        address::{self, Address as _},
        theme::Theme,
    },
    list::Tone,
    registrations::{Needs, Registration, RegistrationState, state_slug},
};

/// Templates, messages and the language of a page.
pub(super) type Words<'a> = (&'a Theme, Lang);

/// A count for a message.
fn count(count: impl TryInto<u32>) -> u32 {
    count.try_into().unwrap_or(u32::MAX)
}

/// The event above a page about its registrations.
#[derive(Debug, Serialize)]
pub(super) struct EventHead {
    id: String,
    title: String,
    days: String,
}

impl EventHead {
    fn new(words: Words<'_>, event: &Event) -> Self {
        Self {
            id: event.row.id.to_string(),
            title: title(words, event),
            days: crate::events::views::days(words.1, event),
        }
    }
}

/// The name of a participant, or that it was erased.
fn name((theme, lang): Words<'_>, row: &Registration) -> String {
    let name = format!("{} {}", row.given_name, row.family_name);
    match name.trim() {
        "" => theme.text(lang, "registration-erased"),
        name => name.to_owned(),
    }
}

/// A state in words, as organisers name it, and its colour.
fn state((theme, lang): Words<'_>, state: RegistrationState) -> (Tone, String) {
    let tone = match state {
        RegistrationState::Registered => Tone::Success,
        RegistrationState::Pending | RegistrationState::Offered => Tone::Warning,
        RegistrationState::Waiting | RegistrationState::Cancelled | RegistrationState::Expired => {
            Tone::Plain
        }
    };
    let key = format!("registrations-state-{}", state_slug(state));
    (tone, theme.text(lang, &key))
}

/// Until when a registration waits for an answer, or its place in the queue.
fn state_note(
    (theme, lang): Words<'_>,
    row: &Registration,
    queue_place: Option<u32>,
) -> Option<String> {
    if let Some(place) = queue_place {
        let args = [("place", place.into())];
        return Some(theme.text_with(lang, "registrations-queue-place", &args));
    }
    let until = row.expires_at?;
    let args = [("until", lang.date_time(until).into())];
    Some(theme.text_with(lang, "registrations-until", &args))
}

/// The ages of children on one line.
fn ages(needs: &Needs) -> String {
    let ages: Vec<String> = needs.children.iter().map(u8::to_string).collect();
    ages.join(", ")
}

/// The page of a registration.
fn url_of(lang: Lang, row: &Registration) -> String {
    address::OrganisedRegistration {
        event: row.event_id,
        registration: row.id,
    }
    .url(lang)
}

/// A registration in this state, for samples.
#[cfg(test)]
fn sample_row(state: RegistrationState) -> Registration {
    use crate::registrations::{EndCause, Origin};

    let event = crate::events::sample();
    let at = event.row.created_at;
    let is_over = matches!(
        state,
        RegistrationState::Cancelled | RegistrationState::Expired
    );
    Registration {
        id: crate::ids::RegistrationId::from_u128(7),
        event_id: event.row.id,
        person_id: crate::ids::PersonId::from_u128(8),
        number: 3,
        state,
        holds_place: state == RegistrationState::Registered,
        origin: Origin::Guest,
        given_name: "Anna".to_owned(),
        family_name: "Paraudziņa".to_owned(),
        name_folded: "anna paraudzina".to_owned(),
        email: "anna@example.test".to_owned(),
        locale: "lv".to_owned(),
        organisation_id: None,
        role: "speciāliste".to_owned(),
        group_id: None,
        registered_by: None,
        substitutes: None,
        link_generation: 0,
        created_at: at,
        expires_at: matches!(
            state,
            RegistrationState::Pending | RegistrationState::Offered
        )
        .then_some(at),
        registered_at: (state == RegistrationState::Registered).then_some(at),
        ended_at: is_over.then_some(at),
        end_cause: is_over.then_some(EndCause::Organiser),
    }
}

/// What somebody needs, for samples.
#[cfg(test)]
fn sample_needs() -> Needs {
    Needs {
        children: vec![3, 7],
        access: "Pārvietojos ratiņkrēslā.".to_owned(),
        diet: "Veģetārs ēdiens".to_owned(),
        interpreter: true,
    }
}
