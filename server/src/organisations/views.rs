//! What the templates of the register get, and an organisation for the templates of other areas.

use serde::Serialize;

use super::{
    forms::{RawOrganisation, RawRejection},
    list::{RegisterOrder, RegisterQuery, filters},
    model::{KINDS, Organisation, OrganisationKind, OrganisationStatus, kind_slug, status_slug},
    service::{Listed, OrganisationRecord},
};
use crate::{
    http::{
        FormState, Lang,
        address::{self, Address as _},
        form::FormView,
        theme::Theme,
        visit::{Section, View},
    },
    input::Input as _,
    list::{Button, Format, FoundRows, ListCell, ListRow, ListView, Sheet, Tone},
};

/// An organisation in words.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct OrganisationView {
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
    pub(crate) fn new(theme: &Theme, lang: Lang, organisation: Organisation) -> Self {
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
pub(crate) fn kind_label(theme: &Theme, lang: Lang, kind: OrganisationKind) -> String {
    theme.text(lang, &format!("organisation-kind-{}", kind_slug(kind)))
}

/// An example for samples of views.
#[cfg(test)]
pub(crate) fn sample_organisation(status: OrganisationStatus) -> Organisation {
    Organisation {
        id: crate::ids::OrganisationId::from_u128(1),
        name: "Paraugciema Labklājības pārvalde (fiktīva)".to_owned(),
        registration_number: Some("90000000001".to_owned()),
        kind: OrganisationKind::MunicipalInstitution,
        status,
    }
}

/// A kind of organisation to choose.
#[derive(Debug, Serialize)]
pub(crate) struct KindOption {
    value: &'static str,
    label: String,
}

/// Every kind, in the order in which they are offered.
#[must_use]
pub(crate) fn kind_options(theme: &Theme, lang: Lang) -> Vec<KindOption> {
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
pub(crate) struct RegisterPage {
    proposed_text: Option<String>,
    list: ListView,
}

impl RegisterPage {
    /// The organisations that match a query; `proposed` is how many wait for a decision. `error` is the
    /// message about a selection that was sent.
    #[must_use]
    pub(crate) fn new(
        theme: &Theme,
        lang: Lang,
        query: &RegisterQuery,
        (found, proposed): (FoundRows<Listed>, u64),
        error: Option<&str>,
    ) -> Self {
        let words = (theme, lang);
        let path = address::Organisations.url(lang);
        let count = u32::try_from(proposed).unwrap_or(u32::MAX);
        let list = &query.list;
        let rows = found.map(|listed| register_row(words, listed));
        let approve = Button {
            name: "do",
            value: "approve",
            text: theme.text(lang, "register-approve-selected"),
            full_text: String::new(),
        };
        let view = ListView::new(words, "organisations", path.clone(), list, &filters(), rows)
            .words(words, "register-caption", "register-search")
            .columns(
                words,
                list,
                &[
                    ("organisation-name-label", Some(RegisterOrder::Name)),
                    ("registration-number-short", None),
                    ("organisation-kind-label", None),
                    ("register-status", None),
                    ("record-created", Some(RegisterOrder::Created)),
                ],
            )
            .exports(
                words,
                list,
                |format| file_url(lang, format),
                "list-export-note",
            )
            .bulk(list, path, vec![approve])
            .error(words, error);
        Self {
            proposed_text: (proposed > 0)
                .then(|| theme.text_with(lang, "register-proposed", &[("count", count.into())])),
            list: view,
        }
    }
}

fn file_url(lang: Lang, format: Format) -> String {
    let ending = format.ending().to_owned();
    address::OrganisationsFile { ending }.url(lang)
}

fn register_row((theme, lang): (&Theme, Lang), listed: Listed) -> ListRow {
    let created = lang.date(Lang::riga_date(listed.created_at));
    let id = listed.organisation.id;
    let status = listed.organisation.status;
    let shown = OrganisationView::new(theme, lang, listed.organisation);
    let tone = match status {
        OrganisationStatus::Approved => Tone::Success,
        OrganisationStatus::Proposed => Tone::Warning,
        OrganisationStatus::Rejected => Tone::Plain,
    };
    ListRow::new(
        id,
        [
            ListCell::link(
                shown.name,
                address::Organisation { organisation: id }.url(lang),
            ),
            ListCell::text(shown.registration_number.unwrap_or_else(|| "–".to_owned())),
            ListCell::text(shown.kind),
            ListCell::default().with_tag(tone, shown.status_label),
            ListCell::text(created),
        ],
    )
}

/// The register's list as a spreadsheet.
#[must_use]
pub(crate) fn register_sheet(theme: &Theme, lang: Lang, rows: Vec<Listed>) -> Sheet {
    let columns = [
        "organisation-name-label",
        "registration-number-short",
        "organisation-kind-label",
        "register-status",
        "record-created",
    ];
    let mut sheet = Sheet::new(
        theme.text(lang, "register-of-organisations-title"),
        columns.map(|key| theme.text(lang, key)),
    );
    for listed in rows {
        let created = Lang::riga_date(listed.created_at);
        let shown = OrganisationView::new(theme, lang, listed.organisation);
        sheet.row([
            shown.name.into(),
            shown.registration_number.unwrap_or_default().into(),
            shown.kind.into(),
            shown.status_label.into(),
            created.into(),
        ]);
    }
    sheet
}

impl View for RegisterPage {
    const TEMPLATE: &'static str = "pages/manage-organisations.html";
    const SECTION: Section = Section::Organisations;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "register-of-organisations-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let some = FoundRows {
            rows: crate::organisations::model::STATUSES
                .map(|status| Listed {
                    organisation: sample_organisation(status),
                    created_at: chrono::DateTime::UNIX_EPOCH,
                })
                .to_vec(),
            total: 121,
            page: 2,
        };
        let none = FoundRows {
            rows: Vec::new(),
            total: 0,
            page: 1,
        };
        let sample_of = |query: &str, found: &FoundRows<Listed>, proposed, error| {
            let query = RegisterQuery::read(query);
            Self::new(theme, lang, &query, (found.clone(), proposed), error)
        };
        vec![
            sample_of("q=rīts&status=proposed&page=2", &some, 3, None),
            sample_of("sort=created", &some, 0, Some("list-nothing-selected")),
            sample_of("", &none, 0, None),
            sample_of("q=neviens", &none, 0, None),
        ]
    }
}

/// `/manage/organisations/{organisation}`.
#[derive(Debug, Serialize)]
pub(crate) struct RecordPage {
    organisation: OrganisationView,
    facts: Vec<Fact>,
    alike: Vec<OrganisationView>,
    can_approve: bool,
    can_reject: bool,
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
    /// With what was typed into the forms for correcting and rejecting.
    #[must_use]
    pub(crate) fn new(
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
            can_approve: record.organisation.status != OrganisationStatus::Approved,
            can_reject: record.organisation.status != OrganisationStatus::Rejected,
            form: form
                .unwrap_or(&known)
                .view(theme, lang, RawOrganisation::FIELDS),
            kinds: kind_options(theme, lang),
            rejection: rejection.view(theme, lang, RawRejection::FIELDS),
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
    const SECTION: Section = Section::Organisations;

    fn title(&self, _: &Theme, _: Lang) -> String {
        self.organisation.name.clone()
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let record = |status, alike: usize| OrganisationRecord {
            organisation: sample_organisation(status),
            people: 3,
            created_at: chrono::DateTime::UNIX_EPOCH,
            decided_at: (status != OrganisationStatus::Proposed)
                .then_some(chrono::DateTime::UNIX_EPOCH),
            decision_reason: (status == OrganisationStatus::Rejected)
                .then(|| "Jau ir reģistrā".to_owned()),
            alike: vec![sample_organisation(OrganisationStatus::Approved); alike],
        };
        let none = FormState::new();
        let wrong = FormState::new()
            .value("name", "x")
            .error("name", "organisation-name-strange");
        let reason = FormState::new().error("reason", "reason-missing");
        vec![
            Self::new(
                theme,
                lang,
                record(OrganisationStatus::Proposed, 2),
                None,
                &none,
            ),
            Self::new(
                theme,
                lang,
                record(OrganisationStatus::Approved, 0),
                Some(&wrong),
                &none,
            ),
            Self::new(
                theme,
                lang,
                record(OrganisationStatus::Rejected, 0),
                None,
                &reason,
            ),
        ]
    }
}
