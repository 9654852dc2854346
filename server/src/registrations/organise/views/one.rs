//! A registration as the organisers of its event see it.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{EventHead, Words, ages, count, name, state, state_note};
use crate::{
    events::Event,
    http::{
        Lang,
        address::{self, Address as _, with_query},
        theme::Theme,
        visit::{Section, View},
    },
    list::Tone,
    registrations::{
        EndCause, Needs, RegistrationState,
        model::is_active,
        organise::{
            list::origin_slug,
            service::{Seen, can_change},
        },
    },
};

/// `/organise/events/{event}/registrations/{registration}`.
#[derive(Debug, Serialize)]
pub(crate) struct OrganisedRegistrationPage {
    event: EventHead,
    id: String,
    name: String,
    tone: Tone,
    state: String,
    note: Option<String>,
    facts: Vec<Fact>,
    /// What happened to it, the oldest first.
    history: Vec<String>,
    requests: Vec<Fact>,
    /// The registration whose place it took over.
    substitutes_url: Option<String>,
    can_confirm: bool,
    can_resend: bool,
    cancel_url: Option<String>,
}

#[derive(Debug, Serialize)]
struct Fact {
    label: String,
    value: String,
}

fn fact((theme, lang): Words<'_>, label: &str, value: impl Into<String>) -> Fact {
    Fact {
        label: theme.text(lang, label),
        value: value.into(),
    }
}

impl OrganisedRegistrationPage {
    /// A registration of an event.
    #[must_use]
    pub(in crate::registrations::organise) fn new(
        words: Words<'_>,
        event: &Event,
        seen: &Seen,
        now: DateTime<Utc>,
    ) -> Self {
        let lang = words.1;
        let listed = &seen.listed;
        let row = &listed.row;
        let (tone, state) = state(words, row.state);
        let can_change = is_active(row.state) && can_change(event, now);
        let cancel = address::CancelRegistrations {
            event: event.row.id,
        };
        let cancel = with_query(&cancel.url(lang), [("id", row.id.to_string())]);
        Self {
            event: EventHead::new(words, event),
            id: row.id.to_string(),
            name: name(words, row),
            tone,
            state,
            note: state_note(words, row, listed.queue_place),
            facts: facts(words, seen),
            history: history(words, seen),
            requests: requests(words, &listed.needs),
            substitutes_url: row.substitutes.map(|registration| {
                address::OrganisedRegistration {
                    event: row.event_id,
                    registration,
                }
                .url(lang)
            }),
            can_confirm: can_change && row.state == RegistrationState::Pending,
            can_resend: can_change,
            cancel_url: can_change.then_some(cancel),
        }
    }
}

fn facts(words: Words<'_>, seen: &Seen) -> Vec<Fact> {
    let (theme, lang) = words;
    let row = &seen.listed.row;
    let organisation = seen.listed.organisation.as_ref();
    let known = [
        ("email-label", crate::mail::readable(&row.email)),
        (
            "registrations-organisation",
            organisation.map_or_else(String::new, |organisation| organisation.name.clone()),
        ),
        ("registration-role", row.role.clone()),
        (
            "registrations-locale",
            theme.text(lang, &format!("language-{}", row.locale)),
        ),
        ("registrations-number", row.number.to_string()),
    ];
    let known = known.into_iter().filter(|(_, value)| !value.is_empty());
    known
        .map(|(label, value)| fact(words, label, value))
        .collect()
}

/// What somebody asked for, in their words.
fn requests(words: Words<'_>, needs: &Needs) -> Vec<Fact> {
    let (theme, lang) = words;
    let mut asked = Vec::new();
    if !needs.children.is_empty() {
        let args = [
            ("count", count(needs.children.len()).into()),
            ("ages", ages(needs).into()),
        ];
        let children = theme.text_with(lang, "registrations-children", &args);
        asked.push(fact(words, "registrations-asks-children", children));
    }
    if needs.interpreter {
        let yes = theme.text(lang, "answer-yes");
        asked.push(fact(words, "registrations-asks-interpreter", yes));
    }
    for (label, text) in [
        ("needs-access", &needs.access),
        ("registrations-asks-diet", &needs.diet),
    ] {
        if !text.is_empty() {
            asked.push(fact(words, label, text.clone()));
        }
    }
    asked
}

fn history((theme, lang): Words<'_>, seen: &Seen) -> Vec<String> {
    let row = &seen.listed.row;
    let line = |key: &str, at: DateTime<Utc>, who: Option<&str>| {
        let args = [
            ("at", lang.date_time(at).into()),
            ("who", who.unwrap_or_default().to_owned().into()),
        ];
        theme.text_with(lang, key, &args)
    };
    let made = if let Some(who) = &seen.made_by {
        line("registration-made-by", row.created_at, Some(who))
    } else {
        let key = format!("registration-made-{}", origin_slug(row.origin));
        line(&key, row.created_at, None)
    };
    let mut lines = vec![made];
    if let Some(at) = row.registered_at {
        lines.push(line("registration-got-place", at, None));
    }
    if let (Some(at), Some(cause)) = (row.ended_at, row.end_cause) {
        lines.push(match (&seen.cancelled_by, cause) {
            (Some(who), EndCause::Organiser) => {
                line("registration-ended-organiser-by", at, Some(who))
            }
            _ => line(
                &format!("registration-ended-{}", cause_slug(cause)),
                at,
                None,
            ),
        });
    }
    lines
}

/// The slug of a cause in messages (`registration-ended-…`).
const fn cause_slug(cause: EndCause) -> &'static str {
    match cause {
        EndCause::Participant => "participant",
        EndCause::Organiser => "organiser",
        EndCause::EventCancelled => "event-cancelled",
        EndCause::Substituted => "substituted",
        EndCause::NotConfirmed => "not-confirmed",
        EndCause::OfferNotTaken => "offer-not-taken",
        EndCause::OfferDeclined => "offer-declined",
        EndCause::Erased => "erased",
    }
}

impl View for OrganisedRegistrationPage {
    const TEMPLATE: &'static str = "pages/organise-registration.html";
    const SECTION: Section = Section::Organise;
    const IS_INDEXED: bool = false;

    fn title(&self, _: &Theme, _: Lang) -> String {
        self.name.clone()
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        use EndCause as Cause;

        use crate::{
            organisations::{OrganisationStatus, views::sample_organisation},
            registrations::organise::{list::ORIGINS, service::Listed},
        };

        let event = crate::events::sample();
        let now = event.row.created_at;
        let seen = |state| Seen {
            listed: Listed {
                row: super::sample_row(state),
                organisation: Some(sample_organisation(OrganisationStatus::Approved)),
                needs: super::sample_needs(),
                queue_place: (state == RegistrationState::Waiting).then_some(2),
            },
            made_by: None,
            cancelled_by: Some("Zane Liepa".to_owned()),
        };
        let mut all: Vec<Seen> = crate::registrations::model::ACTIVE.map(seen).into();
        for cause in [
            Cause::Participant,
            Cause::Organiser,
            Cause::EventCancelled,
            Cause::Substituted,
            Cause::NotConfirmed,
            Cause::OfferNotTaken,
            Cause::OfferDeclined,
            Cause::Erased,
        ] {
            let mut ended = seen(RegistrationState::Cancelled);
            ended.listed.row.end_cause = Some(cause);
            ended.listed.row.substitutes = Some(ended.listed.row.id);
            ended.listed.needs = Needs::default();
            ended.cancelled_by = None;
            all.push(ended);
        }
        for origin in ORIGINS {
            let mut came = seen(RegistrationState::Cancelled);
            came.listed.row.origin = origin;
            all.push(came);
        }
        let mut by = seen(RegistrationState::Registered);
        by.made_by = Some("Zane Liepa".to_owned());
        all.push(by);
        all.iter()
            .map(|seen| Self::new((theme, lang), &event, seen, now))
            .collect()
    }
}
