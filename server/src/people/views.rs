//! What the templates of people get.

use serde::Serialize;

use super::{
    forms::{RawChoice, RawNames, RawPrivacy, SEARCHED},
    model::{Affiliation, PRIVACY_NOTICE_VERSION, Readiness, Step},
};
#[cfg(test)]
use crate::organisations::views::sample_organisation;
use crate::{
    http::{
        FormState, Lang, Next, Search,
        address::{self, Address as _, with_query},
        form::FormView,
        theme::{Arg, Theme},
        visit::{Section, View},
    },
    input::Input as _,
    organisations::{
        Organisation, OrganisationStatus, RawOrganisation,
        views::{KindOption, OrganisationView, asks_if_personal, kind_options},
    },
};

/// The three steps at the top of each of their pages, with their states.
#[derive(Debug, Serialize)]
pub(crate) struct StepsView {
    /// Whether the page is part of completing the profile; otherwise one of its parts is being changed.
    is_introduction: bool,
    /// “Step 1 of 3”.
    text: String,
    steps: Vec<StepView>,
    /// The page to go on to.
    next: Next,
}

#[derive(Debug, Serialize)]
struct StepView {
    url: String,
    label: String,
    is_done: bool,
    is_current: bool,
}

impl StepsView {
    /// For a page of the step `current`.
    #[must_use]
    pub(crate) fn new(
        theme: &Theme,
        lang: Lang,
        readiness: Readiness,
        current: Step,
        next: &Next,
    ) -> Self {
        let number = Step::ALL
            .iter()
            .position(|step| *step == current)
            .unwrap_or(0)
            + 1;
        let args = [("number", number.into()), ("total", Step::ALL.len().into())];
        Self {
            is_introduction: !readiness.is_complete(),
            text: theme.text_with(lang, "step-of", &args),
            steps: Step::ALL
                .into_iter()
                .map(|step| StepView {
                    url: next.after(&step.url(lang)),
                    label: theme.text(lang, &format!("step-{step}")),
                    is_done: readiness.has(step),
                    is_current: step == current,
                })
                .collect(),
            next: next.clone(),
        }
    }

    /// The page to go on to.
    fn next(&self) -> Option<String> {
        self.next.path().map(str::to_owned)
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang, current: Step) -> Vec<Self> {
        let complete = Readiness {
            has_name: true,
            has_organisation: true,
            has_privacy: true,
        };
        let begun = Readiness {
            has_name: true,
            ..Readiness::default()
        };
        vec![
            Self::new(
                theme,
                lang,
                begun,
                current,
                &Next::to(&address::Courses.url(lang)),
            ),
            Self::new(theme, lang, complete, current, &Next::default()),
        ]
    }
}

/// `/me/profile`.
#[derive(Debug, Serialize)]
pub(crate) struct ProfilePage {
    steps: StepsView,
    form: FormView,
}

impl ProfilePage {
    /// With what was typed.
    #[must_use]
    pub(crate) fn new(theme: &Theme, lang: Lang, steps: StepsView, form: &FormState) -> Self {
        Self {
            steps,
            form: form.view(theme, lang, RawNames::FIELDS),
        }
    }
}

impl View for ProfilePage {
    const TEMPLATE: &'static str = "pages/profile.html";
    const SECTION: Section = Section::Me;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "profile-title")
    }

    fn next(&self, _: &str) -> Option<String> {
        self.steps.next()
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let wrong = FormState::new()
            .value("given_name", "Anna2")
            .error("given_name", "name-strange")
            .error("family_name", "family-name-missing");
        StepsView::samples(theme, lang, Step::Profile)
            .into_iter()
            .zip([FormState::new(), wrong])
            .map(|(steps, form)| Self::new(theme, lang, steps, &form))
            .collect()
    }
}

#[derive(Debug, Serialize)]
struct AffiliationView {
    organisation: OrganisationView,
    period: String,
}

/// The result of searching the register.
#[derive(Debug, Clone, Default)]
pub(crate) struct RegisterSearch {
    /// The search text.
    pub query: String,
    /// The matching organisations, at most as many as are shown.
    pub organisations: Vec<Organisation>,
    /// How many match.
    pub total: u64,
}

/// `/me/organisation`.
#[derive(Debug, Serialize)]
pub(crate) struct OrganisationPage {
    steps: StepsView,
    current: Option<AffiliationView>,
    /// The current one was rejected: another has to be chosen.
    is_rejected: bool,
    rejection_reason: Option<String>,
    /// Why the person's completions do not count yet.
    not_counted: Option<String>,
    former: Vec<AffiliationView>,
    query: String,
    /// Where the search can be opened.
    #[serde(skip)]
    url: Option<String>,
    longest_search: usize,
    is_searched: bool,
    results: Vec<OrganisationView>,
    count_text: String,
    has_more: bool,
    add_url: String,
    form: FormView,
}

impl OrganisationPage {
    /// For a person with these affiliations, newest first; with the reason if their organisation was
    /// rejected, and the key of the message that says why their completions do not count.
    #[must_use]
    pub(crate) fn new(
        theme: &Theme,
        lang: Lang,
        steps: StepsView,
        affiliations: Vec<Affiliation>,
        (rejection_reason, not_counted): (Option<String>, Option<&'static str>),
        found: Option<RegisterSearch>,
        form: &FormState,
    ) -> Self {
        let next = steps.next.clone();
        let (current, former): (Vec<_>, Vec<_>) = affiliations
            .into_iter()
            .partition(|affiliation| affiliation.until.is_none());
        let is_rejected = current
            .iter()
            .any(|one| one.organisation.status == OrganisationStatus::Rejected);
        let view = |affiliation: Affiliation| {
            let since = lang.date(affiliation.since);
            let period = match affiliation.until {
                None => theme.text_with(lang, "affiliation-since", &[("since", since.into())]),
                Some(until) => theme.text_with(
                    lang,
                    "affiliation-period",
                    &[("since", since.into()), ("until", lang.date(until).into())],
                ),
            };
            AffiliationView {
                organisation: OrganisationView::new(theme, lang, affiliation.organisation),
                period,
            }
        };
        let is_searched = found.is_some();
        let found = found.unwrap_or_default();
        let count = u32::try_from(found.total).unwrap_or(u32::MAX);
        Self {
            steps,
            current: current.into_iter().next().map(view),
            is_rejected,
            rejection_reason,
            not_counted: not_counted.map(|message| theme.text(lang, message)),
            former: former.into_iter().map(view).collect(),
            is_searched,
            count_text: theme.text_with(lang, "organisation-found", &[("count", Arg::from(count))]),
            has_more: found.total > found.organisations.len() as u64,
            results: found
                .organisations
                .into_iter()
                .map(|organisation| OrganisationView::new(theme, lang, organisation))
                .collect(),
            add_url: add_url(lang, &next, &found.query),
            url: is_searched.then(|| {
                let query = [("q", found.query.as_str())];
                with_query(&address::MyOrganisation.url(lang), query)
            }),
            query: found.query,
            longest_search: Search::LONGEST,
            form: form.view(theme, lang, &[RawChoice::FIELDS, &[SEARCHED]].concat()),
        }
    }
}

/// Where an organisation is added that was searched for and not found, with what was searched for.
fn add_url(lang: Lang, next: &Next, query: &str) -> String {
    let searched = Some(("name", query)).filter(|_| !query.is_empty());
    let query = next.parameter().into_iter().chain(searched);
    with_query(&address::NewOrganisation.url(lang), query)
}

impl View for OrganisationPage {
    const TEMPLATE: &'static str = "pages/organisation.html";
    const SECTION: Section = Section::Me;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "my-organisation-title")
    }

    fn address(&self) -> Option<String> {
        self.url.clone()
    }

    fn next(&self, _: &str) -> Option<String> {
        self.steps.next()
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let day = chrono::NaiveDate::default();
        let affiliation = |status, until| Affiliation {
            organisation: sample_organisation(status),
            since: day,
            until,
        };
        let found = |count: usize, total| RegisterSearch {
            query: "labklajibas".to_owned(),
            organisations: vec![sample_organisation(OrganisationStatus::Approved); count],
            total,
        };
        let pages = [
            (
                vec![],
                (None, Some("not-counted-unnamed")),
                None,
                FormState::new(),
            ),
            (
                vec![],
                (None, None),
                None,
                FormState::new().error("q", "organisation-search-missing"),
            ),
            (
                vec![
                    affiliation(OrganisationStatus::Proposed, None),
                    affiliation(OrganisationStatus::Approved, Some(day)),
                ],
                (None, Some("not-counted-waits")),
                Some(found(2, 30)),
                FormState::new().error("organisation", "organisation-choose"),
            ),
            (
                vec![affiliation(OrganisationStatus::Rejected, None)],
                (
                    Some("Jau ir reģistrā".to_owned()),
                    Some("not-counted-rejected"),
                ),
                Some(found(0, 0)),
                FormState::new(),
            ),
        ];
        pages
            .into_iter()
            .flat_map(|(affiliations, reason, found, form)| {
                StepsView::samples(theme, lang, Step::Organisation)
                    .into_iter()
                    .map(move |steps| {
                        Self::new(
                            theme,
                            lang,
                            steps,
                            affiliations.clone(),
                            reason.clone(),
                            found.clone(),
                            &form,
                        )
                    })
            })
            .collect()
    }
}

/// `/me/organisation/new`.
#[derive(Debug, Serialize)]
pub(crate) struct NewOrganisationPage {
    steps: StepsView,
    form: FormView,
    kinds: Vec<KindOption>,
    /// Whether to ask if what looks like a personal code is none.
    asks_if_personal: bool,
    back_url: String,
}

impl NewOrganisationPage {
    /// With what was typed.
    #[must_use]
    pub(crate) fn new(theme: &Theme, lang: Lang, steps: StepsView, form: &FormState) -> Self {
        let next = steps.next.clone();
        Self {
            steps,
            form: form.view(theme, lang, RawOrganisation::FIELDS),
            kinds: kind_options(theme, lang),
            asks_if_personal: asks_if_personal(form),
            back_url: next.after(&address::MyOrganisation.url(lang)),
        }
    }
}

impl View for NewOrganisationPage {
    const TEMPLATE: &'static str = "pages/organisation-new.html";
    const SECTION: Section = Section::Me;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "organisation-new-title")
    }

    fn next(&self, _: &str) -> Option<String> {
        self.steps.next()
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let wrong = FormState::new()
            .value("registration_number", "123")
            .value("kind", "association")
            .error("name", "organisation-name-missing")
            .error("registration_number", "registration-number-wrong");
        StepsView::samples(theme, lang, Step::Organisation)
            .into_iter()
            .zip([FormState::new(), wrong])
            .map(|(steps, form)| Self::new(theme, lang, steps, &form))
            .collect()
    }
}

/// `/me/privacy`.
#[derive(Debug, Serialize)]
pub(crate) struct PrivacyPage {
    steps: StepsView,
    form: FormView,
    version: &'static str,
    accepted_on: Option<String>,
}

impl PrivacyPage {
    /// For a person who accepted the current notice on `accepted_on`, or has not accepted it.
    #[must_use]
    pub(crate) fn new(
        theme: &Theme,
        lang: Lang,
        steps: StepsView,
        accepted_on: Option<String>,
        form: &FormState,
    ) -> Self {
        Self {
            steps,
            form: form.view(theme, lang, RawPrivacy::FIELDS),
            version: PRIVACY_NOTICE_VERSION,
            accepted_on,
        }
    }
}

impl View for PrivacyPage {
    const TEMPLATE: &'static str = "pages/my-privacy.html";
    const SECTION: Section = Section::Me;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "privacy-title")
    }

    fn next(&self, _: &str) -> Option<String> {
        self.steps.next()
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let wrong = FormState::new().error("accept", "privacy-accept-missing");
        StepsView::samples(theme, lang, Step::Privacy)
            .into_iter()
            .zip([
                (None, wrong),
                (Some("22.11.2026.".to_owned()), FormState::new()),
            ])
            .map(|(steps, (accepted, form))| Self::new(theme, lang, steps, accepted, &form))
            .collect()
    }
}

/// `/privacy` and `/accessibility`: a text page.
#[derive(Debug, Serialize)]
pub(crate) struct ContentPage {
    content: &'static str,
}

impl ContentPage {
    /// The privacy notice.
    #[must_use]
    pub(crate) const fn privacy() -> Self {
        Self { content: "privacy" }
    }

    /// The accessibility statement.
    #[must_use]
    pub(crate) const fn accessibility() -> Self {
        Self {
            content: "accessibility",
        }
    }
}

impl View for ContentPage {
    const TEMPLATE: &'static str = "pages/content.html";
    const SECTION: Section = Section::None;

    const IS_CONTENT: bool = true;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, &format!("{}-title", self.content))
    }

    #[cfg(test)]
    fn samples(_: &Theme, _: Lang) -> Vec<Self> {
        vec![Self::privacy(), Self::accessibility()]
    }
}
