//! What the templates of substitutes get.

use serde::Serialize;

use super::{EventView, refusal};
use crate::{
    events::{Event, views::Words},
    http::{
        FormState, Lang,
        form::FormView,
        theme::Theme,
        visit::{Section, View},
    },
    input::Input as _,
    registrations::{
        forms::RawColleague, model::Registration, places::Refused, service::substitute::full_name,
    },
};

/// Whose place is taken over.
pub(in crate::registrations) struct SubstituteOf<'a> {
    /// The event.
    pub event: &'a Event,
    /// The registration.
    pub registration: &'a Registration,
    /// The name of its organisation.
    pub organisation: Option<String>,
    /// Where the form is sent, in a language.
    pub action: String,
    /// The page before.
    pub back: String,
}

/// `/registrations/{token}/substitute` and `/me/groups/{group}/{registration}/substitute`.
#[derive(Debug, Serialize)]
pub(crate) struct SubstitutePage {
    event: EventView,
    /// Whose place it is.
    former: String,
    organisation: Option<String>,
    form: FormView,
    /// Whether it asks for the last time; then the fields are not shown.
    is_question: bool,
    /// The name of the one who comes.
    name: String,
    /// Why it is not possible.
    refused: Option<String>,
    action: String,
    back: String,
}

impl SubstitutePage {
    fn new(words: Words<'_>, of: &SubstituteOf<'_>, form: &FormState) -> Self {
        let (theme, lang) = words;
        let name = format!("{} {}", form.get("given_name"), form.get("family_name"));
        Self {
            event: EventView::new(theme, lang, of.event),
            former: full_name(of.registration),
            organisation: of.organisation.clone(),
            form: form.view(theme, lang, RawColleague::FIELDS),
            is_question: false,
            name: name.trim().to_owned(),
            refused: None,
            action: of.action.clone(),
            back: of.back.clone(),
        }
    }

    /// The form, with what was typed; `refused` is why there is none.
    #[must_use]
    pub(in crate::registrations) fn form(
        words: Words<'_>,
        of: &SubstituteOf<'_>,
        form: Option<&FormState>,
        refused: Option<&Refused>,
    ) -> Self {
        let empty = FormState::new();
        Self {
            refused: refused.map(|why| refusal(words.0, words.1, why)),
            ..Self::new(words, of, form.unwrap_or(&empty))
        }
    }

    /// The question before it is done.
    #[must_use]
    pub(in crate::registrations) fn question(
        words: Words<'_>,
        of: &SubstituteOf<'_>,
        form: &FormState,
    ) -> Self {
        Self {
            is_question: true,
            ..Self::new(words, of, form)
        }
    }
}

impl View for SubstitutePage {
    const TEMPLATE: &'static str = "pages/registration-substitute.html";
    const SECTION: Section = Section::Me;
    const IS_INDEXED: bool = false;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        let key = if self.is_question {
            "substitute-question"
        } else {
            "substitute-title"
        };
        theme.text(lang, key)
    }

    fn address(&self) -> Option<String> {
        Some(self.action.clone())
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        use crate::{
            http::address::{self, Address as _},
            registrations::model::RegistrationState,
        };

        let token = || "x~y".to_owned();

        let seen = super::sample_seen(RegistrationState::Registered);
        let of = SubstituteOf {
            event: &seen.event,
            registration: &seen.registration,
            organisation: Some("Labklājības ministrija".to_owned()),
            action: address::SubstituteRegistration { token: token() }.url(lang),
            back: address::Registration { token: token() }.url(lang),
        };
        let typed = FormState::new()
            .value("given_name", "Zanda")
            .value("family_name", "Paraudziņa")
            .value("email", "zanda@example.test");
        let wrong = typed
            .clone()
            .error("email", "registration-substitute-registered");
        let words = (theme, lang);
        vec![
            Self::form(words, &of, None, None),
            Self::form(words, &of, Some(&wrong), None),
            Self::question(words, &of, &typed),
            Self::form(words, &of, None, Some(&Refused::NoOrganisation)),
        ]
    }
}
