//! The form with which an organiser registers somebody.

use serde::Serialize;

use super::{EventHead, Words, count};
use crate::{
    events::Event,
    http::{
        FormState, Lang,
        form::FormView,
        theme::Theme,
        visit::{Section, View},
    },
    input::Input as _,
    organisations::{
        Organisation,
        views::{KindOption, kind_options},
    },
    registrations::{
        PlaceCounts,
        organise::forms::RawAddedRegistration,
        views::{NOT_LISTED, ORGANISATION_FIELDS, OrganisationOption},
    },
};

/// What is known when somebody is to be added.
#[derive(Debug, Clone)]
pub(in crate::registrations::organise) struct ToAdd {
    /// The places of the event.
    pub counts: PlaceCounts,
    /// Whether the event still takes registrations by organisers.
    pub is_possible: bool,
    /// The organisations found for what was typed; `None` before a search.
    pub found: Option<Vec<Organisation>>,
}

/// `/organise/events/{event}/registrations/new`.
#[derive(Debug, Serialize)]
pub(crate) struct AddRegistrationPage {
    event: EventHead,
    is_possible: bool,
    is_full: bool,
    free_text: String,
    form: FormView,
    organisation_form: FormView,
    has_searched: bool,
    found: Vec<OrganisationOption>,
    not_listed: &'static str,
    kinds: Vec<KindOption>,
    languages: Vec<LanguageOption>,
}

#[derive(Debug, Serialize)]
struct LanguageOption {
    value: &'static str,
    label: String,
}

impl AddRegistrationPage {
    /// The form with what was typed.
    #[must_use]
    pub(in crate::registrations::organise) fn new(
        words: Words<'_>,
        event: &Event,
        to_add: ToAdd,
        form: &FormState,
    ) -> Self {
        let (theme, lang) = words;
        let counts = to_add.counts;
        let is_full = counts.free() == 0 || counts.waiting > 0;
        let free_text = if is_full {
            let args = [("count", count(counts.waiting).into())];
            theme.text_with(lang, "registration-add-full", &args)
        } else {
            let args = [
                ("count", count(counts.free()).into()),
                ("capacity", count(counts.capacity).into()),
            ];
            theme.text_with(lang, "register-event-free", &args)
        };
        let language = |language: Lang| LanguageOption {
            value: language.as_str(),
            label: theme.text(lang, &format!("language-{language}")),
        };
        Self {
            event: EventHead::new(words, event),
            is_possible: to_add.is_possible,
            is_full,
            free_text,
            form: form.view(theme, lang, RawAddedRegistration::FIELDS),
            organisation_form: form.view(theme, lang, ORGANISATION_FIELDS),
            has_searched: to_add.found.is_some(),
            found: OrganisationOption::all(to_add.found),
            not_listed: NOT_LISTED,
            kinds: kind_options(theme, lang),
            languages: Lang::ALL.map(language).into(),
        }
    }
}

impl View for AddRegistrationPage {
    const TEMPLATE: &'static str = "pages/organise-registration-add.html";
    const SECTION: Section = Section::Organise;
    const IS_INDEXED: bool = false;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "registration-add-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        use crate::organisations::{OrganisationStatus, views::sample_organisation};

        let event = crate::events::sample();
        let page = |taken, is_possible, found, form: &FormState| {
            let counts = PlaceCounts {
                capacity: 20,
                taken,
                ..PlaceCounts::default()
            };
            let to_add = ToAdd {
                counts,
                is_possible,
                found,
            };
            Self::new((theme, lang), &event, to_add, form)
        };
        let wrong = FormState::new()
            .value("locale", "lv")
            .error("locale", "mail-language-missing")
            .error("organisation_id", "registration-choose-organisation");
        let found = vec![sample_organisation(OrganisationStatus::Approved)];
        let empty = FormState::new();
        vec![
            page(5, true, None, &empty),
            page(20, true, Some(found), &wrong),
            page(20, true, Some(Vec::new()), &wrong),
            page(20, false, None, &empty),
        ]
    }
}
