//! What the templates of the register get, and how other areas show an organisation.

use serde::Serialize;

use super::{
    forms,
    model::{KINDS, Kind, Organisation, STATUSES, Status, kind_slug, status_slug},
    service::{OrganisationRecord, PAGE_SIZE},
};
use crate::http::{
    FormState, Lang, Paging,
    form::FormView,
    theme::Theme,
    visit::{Section, View},
};

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
    /// For pages in `lang`.
    #[must_use]
    pub fn new(theme: &Theme, lang: Lang, organisation: Organisation) -> Self {
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

/// A kind in words.
#[must_use]
pub fn kind_label(theme: &Theme, lang: Lang, kind: Kind) -> String {
    theme.text(lang, &format!("organisation-kind-{}", kind_slug(kind)))
}

/// A believable one.
#[cfg(test)]
pub fn sample_organisation(status: Status) -> Organisation {
    Organisation {
        id: crate::ids::OrganisationId::from_u128(1),
        name: "Paraugciema Labklājības pārvalde (fiktīva)".to_owned(),
        registration_number: Some("90000000001".to_owned()),
        kind: Kind::MunicipalInstitution,
        status,
    }
}

/// A kind of organisation to choose.
#[derive(Debug, Serialize)]
pub struct KindOption {
    value: &'static str,
    label: String,
}

/// Every kind, in the order in which they are offered.
#[must_use]
pub fn kind_options(theme: &Theme, lang: Lang) -> Vec<KindOption> {
    KINDS
        .into_iter()
        .map(|kind| KindOption {
            value: kind_slug(kind),
            label: kind_label(theme, lang, kind),
        })
        .collect()
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
