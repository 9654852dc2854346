//! The question before registrations are cancelled.

use serde::Serialize;

use super::{EventHead, Words, count, name, state};
use crate::{
    events::Event,
    http::{
        FormState, Lang,
        address::{self, Address as _},
        form::FormView,
        theme::Theme,
        visit::{Section, View},
    },
    input::Input as _,
    registrations::{Registration, organise::forms::RawWhy},
};

/// `/organise/events/{event}/registrations/cancel`.
#[derive(Debug, Serialize)]
pub(crate) struct CancelRegistrationsPage {
    event: EventHead,
    lead: String,
    rows: Vec<Cancelled>,
    back_url: String,
    form: FormView,
}

#[derive(Debug, Serialize)]
struct Cancelled {
    id: String,
    name: String,
    state: String,
}

impl CancelRegistrationsPage {
    /// Asks about these registrations, with what was typed.
    #[must_use]
    pub(in crate::registrations::organise) fn new(
        words: Words<'_>,
        event: &Event,
        rows: &[Registration],
        form: &FormState,
    ) -> Self {
        let (theme, lang) = words;
        let back_url = match rows {
            [one] => super::url_of(lang, one),
            _ => address::EventRegistrations {
                event: event.row.id,
            }
            .url(lang),
        };
        let number = [("count", count(rows.len()).into())];
        let cancelled = |row: &Registration| Cancelled {
            id: row.id.to_string(),
            name: name(words, row),
            state: state(words, row.state).1,
        };
        Self {
            event: EventHead::new(words, event),
            lead: theme.text_with(lang, "registrations-cancel-lead", &number),
            rows: rows.iter().map(cancelled).collect(),
            back_url,
            form: form.view(theme, lang, RawWhy::FIELDS),
        }
    }
}

impl View for CancelRegistrationsPage {
    const TEMPLATE: &'static str = "pages/organise-registrations-cancel.html";
    const SECTION: Section = Section::Organise;
    const IS_INDEXED: bool = false;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        let number = [("count", count(self.rows.len()).into())];
        theme.text_with(lang, "registrations-cancel-title", &number)
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        use crate::registrations::RegistrationState;

        let event = crate::events::sample();
        let rows = [RegistrationState::Registered, RegistrationState::Waiting];
        let rows = rows.map(super::sample_row);
        let wrong = FormState::new().error("told_why", "told-why-too-long");
        let page =
            |rows: &[Registration], form: &FormState| Self::new((theme, lang), &event, rows, form);
        vec![page(&rows[..1], &FormState::new()), page(&rows, &wrong)]
    }
}
