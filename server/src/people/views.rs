//! What the templates of people and organisations get.

use serde::Serialize;

use super::{
    forms,
    model::{
        Affiliation, KINDS, Kind, Organisation, PRIVACY_NOTICE_VERSION, Readiness, STATUSES,
        Status, Step, kind_slug, status_slug,
    },
    service::{OrganisationRecord, PAGE_SIZE},
};
use crate::{
    http::{
        FormState, Lang, Next, Paging,
        form::FormView,
        theme::{Arg, Theme},
        visit::{Section, View},
    },
    programme::NotCounted,
};

/// Why what somebody completed does not count, in words for them.
#[must_use]
pub fn not_counted_text(theme: &Theme, lang: Lang, why: NotCounted) -> String {
    theme.text(
        lang,
        match why {
            NotCounted::Unnamed => "not-counted-unnamed",
            NotCounted::Rejected => "not-counted-rejected",
            NotCounted::Waits => "not-counted-waits",
            NotCounted::Kind => "not-counted-kind",
        },
    )
}

/// The three steps on top of each of their pages, with how far somebody is.
#[derive(Debug, Serialize)]
pub struct StepsView {
    /// Whether the page is one of several to fill in, or one to change.
    is_introduction: bool,
    /// “Step 1 of 3”.
    text: String,
    steps: Vec<StepView>,
    /// Where to go on to.
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
    pub fn new(
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
                    url: next.after(&format!("/{lang}/{}", step.path())),
                    label: theme.text(lang, &format!("step-{step}")),
                    is_done: readiness.has(step),
                    is_current: step == current,
                })
                .collect(),
            next: next.clone(),
        }
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
            Self::new(theme, lang, begun, current, &Next::to("/lv/courses/pamati")),
            Self::new(theme, lang, complete, current, &Next::default()),
        ]
    }
}

/// `/me/profile`.
#[derive(Debug, Serialize)]
pub struct ProfilePage {
    steps: StepsView,
    form: FormView,
}

impl ProfilePage {
    /// With what was typed.
    #[must_use]
    pub fn new(theme: &Theme, lang: Lang, steps: StepsView, form: &FormState) -> Self {
        Self {
            steps,
            form: form.view(theme, lang, &forms::PROFILE),
        }
    }
}

impl View for ProfilePage {
    const TEMPLATE: &'static str = "pages/profile.html";
    const SECTION: Section = Section::Me;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "profile-title")
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

/// An organisation in words.
#[derive(Debug, Clone, Serialize)]
pub struct OrganisationView {
    id: String,
    name: String,
    kind: String,
    registration_number: Option<String>,
    status: &'static str,
    status_label: String,
}

impl OrganisationView {
    fn new(theme: &Theme, lang: Lang, organisation: Organisation) -> Self {
        let status = status_slug(organisation.status);
        Self {
            id: organisation.id.to_string(),
            name: organisation.name,
            kind: kind_label(theme, lang, organisation.kind),
            registration_number: organisation.registration_number,
            status,
            status_label: theme.text(lang, &format!("organisation-status-{status}")),
        }
    }
}

fn kind_label(theme: &Theme, lang: Lang, kind: Kind) -> String {
    theme.text(lang, &format!("organisation-kind-{}", kind_slug(kind)))
}

#[derive(Debug, Serialize)]
struct AffiliationView {
    organisation: OrganisationView,
    period: String,
}

/// What somebody searched the register for.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// The words.
    pub query: String,
    /// What fits, at most as many as are offered.
    pub organisations: Vec<Organisation>,
    /// How many fit in all.
    pub total: u64,
}

/// `/me/organisation`.
#[derive(Debug, Serialize)]
pub struct OrganisationPage {
    steps: StepsView,
    current: Option<AffiliationView>,
    /// The current one was turned down: another has to be chosen.
    is_rejected: bool,
    rejection_reason: Option<String>,
    /// Why courses that the person completed do not count yet.
    not_counted: Option<String>,
    former: Vec<AffiliationView>,
    query: String,
    is_searched: bool,
    results: Vec<OrganisationView>,
    count_text: String,
    has_more: bool,
    add_url: String,
    form: FormView,
}

impl OrganisationPage {
    /// For a person with these affiliations, the newest first.
    #[must_use]
    pub fn new(
        theme: &Theme,
        lang: Lang,
        steps: StepsView,
        affiliations: Vec<Affiliation>,
        (rejection_reason, not_counted): (Option<String>, Option<NotCounted>),
        found: Option<Found>,
        form: &FormState,
    ) -> Self {
        let next = steps.next.clone();
        let (current, former): (Vec<_>, Vec<_>) = affiliations
            .into_iter()
            .partition(|affiliation| affiliation.until.is_none());
        let is_rejected = current
            .iter()
            .any(|one| one.organisation.status == Status::Rejected);
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
            not_counted: not_counted.map(|why| not_counted_text(theme, lang, why)),
            former: former.into_iter().map(view).collect(),
            is_searched,
            count_text: theme.text_with(lang, "organisation-found", &[("count", Arg::from(count))]),
            has_more: found.total > found.organisations.len() as u64,
            results: found
                .organisations
                .into_iter()
                .map(|organisation| OrganisationView::new(theme, lang, organisation))
                .collect(),
            query: found.query,
            add_url: next.after(&format!("/{lang}/me/organisation/new")),
            form: form.view(theme, lang, &forms::CHOICE),
        }
    }
}

#[cfg(test)]
fn sample_organisation(status: Status) -> Organisation {
    Organisation {
        id: uuid::Uuid::from_u128(1),
        name: "Paraugciema Labklājības pārvalde (fiktīva)".to_owned(),
        registration_number: Some("90000000001".to_owned()),
        kind: Kind::MunicipalInstitution,
        status,
    }
}

impl View for OrganisationPage {
    const TEMPLATE: &'static str = "pages/organisation.html";
    const SECTION: Section = Section::Me;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "my-organisation-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let day = chrono::NaiveDate::default();
        let affiliation = |status, until| Affiliation {
            organisation: sample_organisation(status),
            since: day,
            until,
        };
        let found = |count: usize, total| Found {
            query: "labklajibas".to_owned(),
            organisations: vec![sample_organisation(Status::Approved); count],
            total,
        };
        let pages = [
            (
                vec![],
                (None, Some(NotCounted::Unnamed)),
                None,
                FormState::new(),
            ),
            (
                vec![
                    affiliation(Status::Proposed, None),
                    affiliation(Status::Approved, Some(day)),
                ],
                (None, Some(NotCounted::Waits)),
                Some(found(2, 30)),
                FormState::new().error("organisation", "organisation-choose"),
            ),
            (
                vec![affiliation(Status::Rejected, None)],
                (
                    Some("Jau ir reģistrā".to_owned()),
                    Some(NotCounted::Rejected),
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

/// A kind of organisation to choose.
#[derive(Debug, Serialize)]
pub struct KindOption {
    value: &'static str,
    label: String,
}

fn kind_options(theme: &Theme, lang: Lang) -> Vec<KindOption> {
    KINDS
        .into_iter()
        .map(|kind| KindOption {
            value: kind_slug(kind),
            label: kind_label(theme, lang, kind),
        })
        .collect()
}

/// `/me/organisation/new`.
#[derive(Debug, Serialize)]
pub struct NewOrganisationPage {
    steps: StepsView,
    form: FormView,
    kinds: Vec<KindOption>,
    back_url: String,
}

impl NewOrganisationPage {
    /// With what was typed.
    #[must_use]
    pub fn new(theme: &Theme, lang: Lang, steps: StepsView, form: &FormState) -> Self {
        let next = steps.next.clone();
        Self {
            steps,
            form: form.view(theme, lang, &forms::ORGANISATION),
            kinds: kind_options(theme, lang),
            back_url: next.after(&format!("/{lang}/me/organisation")),
        }
    }
}

impl View for NewOrganisationPage {
    const TEMPLATE: &'static str = "pages/organisation-new.html";
    const SECTION: Section = Section::Me;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "organisation-new-title")
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
pub struct PrivacyPage {
    steps: StepsView,
    form: FormView,
    version: &'static str,
    accepted_on: Option<String>,
}

impl PrivacyPage {
    /// For somebody who accepted the notice in force on `accepted_on`, or has yet to.
    #[must_use]
    pub fn new(
        theme: &Theme,
        lang: Lang,
        steps: StepsView,
        accepted_on: Option<String>,
        form: &FormState,
    ) -> Self {
        Self {
            steps,
            form: form.view(theme, lang, &forms::PRIVACY),
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

/// `/privacy` and `/accessibility`: a text for everybody.
#[derive(Debug, Serialize)]
pub struct ContentPage {
    content: &'static str,
}

impl ContentPage {
    /// The privacy notice.
    #[must_use]
    pub const fn privacy() -> Self {
        Self { content: "privacy" }
    }

    /// The accessibility statement.
    #[must_use]
    pub const fn accessibility() -> Self {
        Self {
            content: "accessibility",
        }
    }
}

impl View for ContentPage {
    const TEMPLATE: &'static str = "pages/content.html";
    const SECTION: Section = Section::None;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, &format!("{}-title", self.content))
    }

    #[cfg(test)]
    fn samples(_: &Theme, _: Lang) -> Vec<Self> {
        vec![Self::privacy(), Self::accessibility()]
    }
}

/// `/manage/organisations`.
#[derive(Debug, Serialize)]
pub struct RegisterPage {
    query: String,
    statuses: Vec<StatusOption>,
    proposed_text: Option<String>,
    organisations: Vec<OrganisationView>,
    paging: Paging,
}

#[derive(Debug, Serialize)]
struct StatusOption {
    value: &'static str,
    label: String,
    is_selected: bool,
}

/// What part of the register is asked for.
#[derive(Debug, Clone, Default)]
pub struct RegisterQuery {
    /// Words of the name, or the beginning of the number.
    pub query: String,
    /// Only those of this status.
    pub status: Option<Status>,
    /// The first is 1.
    pub page: u64,
}

impl RegisterPage {
    /// Of `total` organisations that fit, the page's; `proposed` wait for a decision.
    #[must_use]
    pub fn new(
        theme: &Theme,
        lang: Lang,
        asked: &RegisterQuery,
        (organisations, total, proposed): (Vec<Organisation>, u64, u64),
    ) -> Self {
        let status = asked.status.map_or("", status_slug);
        let query = [("q", asked.query.as_str()), ("status", status)];
        let path = format!("/{lang}/manage/organisations");
        let count = u32::try_from(proposed).unwrap_or(u32::MAX);
        Self {
            query: asked.query.clone(),
            statuses: STATUSES
                .into_iter()
                .map(|one| StatusOption {
                    value: status_slug(one),
                    label: theme.text(lang, &format!("organisation-status-{}", status_slug(one))),
                    is_selected: asked.status == Some(one),
                })
                .collect(),
            proposed_text: (proposed > 0)
                .then(|| theme.text_with(lang, "register-proposed", &[("count", count.into())])),
            organisations: organisations
                .into_iter()
                .map(|organisation| OrganisationView::new(theme, lang, organisation))
                .collect(),
            paging: Paging::new(theme, lang, &path, &query, asked.page, PAGE_SIZE, total),
        }
    }
}

impl View for RegisterPage {
    const TEMPLATE: &'static str = "pages/manage-organisations.html";
    const SECTION: Section = Section::Manage;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "register-of-organisations-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let asked = |status, page| RegisterQuery {
            query: "rīts".to_owned(),
            status,
            page,
        };
        let some = STATUSES.map(sample_organisation).to_vec();
        vec![
            Self::new(
                theme,
                lang,
                &asked(Some(Status::Proposed), 2),
                (some, 61, 3),
            ),
            Self::new(theme, lang, &asked(None, 1), (Vec::new(), 0, 0)),
        ]
    }
}

/// `/manage/organisations/{id}`.
#[derive(Debug, Serialize)]
pub struct RecordPage {
    organisation: OrganisationView,
    facts: Vec<Fact>,
    alike: Vec<OrganisationView>,
    can_approve: bool,
    can_reject: bool,
    action: String,
    form: FormView,
    kinds: Vec<KindOption>,
    rejection: FormView,
}

#[derive(Debug, Serialize)]
struct Fact {
    label: String,
    value: String,
}

impl RecordPage {
    /// With what was typed into the correction's and the rejection's form.
    #[must_use]
    pub fn new(
        theme: &Theme,
        lang: Lang,
        record: OrganisationRecord,
        form: Option<&FormState>,
        rejection: &FormState,
    ) -> Self {
        let fact = |key: &str, value: String| Fact {
            label: theme.text(lang, key),
            value,
        };
        let mut facts = vec![
            fact("record-people", record.people.to_string()),
            fact("record-created", lang.date_time(record.created_at)),
        ];
        facts.extend(
            record
                .decided_at
                .map(|at| fact("record-decided", lang.date_time(at))),
        );
        facts.extend(
            record
                .decision_reason
                .map(|reason| fact("record-reason", reason)),
        );
        let known = FormState::new()
            .value("name", record.organisation.name.clone())
            .value(
                "registration_number",
                record
                    .organisation
                    .registration_number
                    .clone()
                    .unwrap_or_default(),
            )
            .value("kind", kind_slug(record.organisation.kind));
        Self {
            facts,
            can_approve: record.organisation.status != Status::Approved,
            can_reject: record.organisation.status != Status::Rejected,
            action: format!("/{lang}/manage/organisations/{}", record.organisation.id),
            form: form
                .unwrap_or(&known)
                .view(theme, lang, &forms::ORGANISATION),
            kinds: kind_options(theme, lang),
            rejection: rejection.view(theme, lang, &forms::REJECTION),
            alike: record
                .alike
                .into_iter()
                .map(|organisation| OrganisationView::new(theme, lang, organisation))
                .collect(),
            organisation: OrganisationView::new(theme, lang, record.organisation),
        }
    }
}

impl View for RecordPage {
    const TEMPLATE: &'static str = "pages/manage-organisation.html";
    const SECTION: Section = Section::Manage;

    fn title(&self, _: &Theme, _: Lang) -> String {
        self.organisation.name.clone()
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let record = |status, alike: usize| OrganisationRecord {
            organisation: sample_organisation(status),
            people: 3,
            created_at: chrono::DateTime::UNIX_EPOCH,
            decided_at: (status != Status::Proposed).then_some(chrono::DateTime::UNIX_EPOCH),
            decision_reason: (status == Status::Rejected).then(|| "Jau ir reģistrā".to_owned()),
            alike: vec![sample_organisation(Status::Approved); alike],
        };
        let none = FormState::new();
        let wrong = FormState::new()
            .value("name", "x")
            .error("name", "organisation-name-strange");
        let reason = FormState::new().error("reason", "reason-missing");
        vec![
            Self::new(theme, lang, record(Status::Proposed, 2), None, &none),
            Self::new(
                theme,
                lang,
                record(Status::Approved, 0),
                Some(&wrong),
                &none,
            ),
            Self::new(theme, lang, record(Status::Rejected, 0), None, &reason),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::visit::assert_samples_render;

    #[test]
    fn every_page_renders() {
        assert_samples_render::<ProfilePage>();
        assert_samples_render::<OrganisationPage>();
        assert_samples_render::<NewOrganisationPage>();
        assert_samples_render::<PrivacyPage>();
        assert_samples_render::<ContentPage>();
        assert_samples_render::<RegisterPage>();
        assert_samples_render::<RecordPage>();
    }
}
