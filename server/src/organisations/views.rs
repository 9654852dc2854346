//! What the templates of the register get, and an organisation for the templates of other areas.

use serde::Serialize;

use super::{
    forms::{RawMerging, RawOrganisation, RawRejection},
    list::{RegisterOrder, RegisterQuery, filters},
    merging::{Candidate, MergeRecord},
    model::{KINDS, Organisation, OrganisationKind, OrganisationStatus, kind_slug, status_slug},
    service::{Listed, MergedWith, OrganisationRecord},
};
use crate::{
    http::{
        FormState, Lang, Search,
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

/// Whether a form has to ask if what looks like a personal code is none: it was warned of, or the box was ticked.
#[must_use]
pub(crate) fn asks_if_personal(form: &FormState) -> bool {
    form.has_error("personal-code") || form.is_filled("not_personal")
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
        registration_number: Some("90000000014".to_owned()),
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
        OrganisationStatus::Rejected | OrganisationStatus::Merged => Tone::Plain,
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

    fn address(&self) -> Option<String> {
        self.list.address()
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
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is asked by the template on its own"
)]
pub(crate) struct RecordPage {
    organisation: OrganisationView,
    facts: Vec<Fact>,
    alike: Vec<OrganisationView>,
    can_approve: bool,
    can_reject: bool,
    /// Whether it may be merged with another one.
    can_merge: bool,
    /// The one that it was merged into; then nothing is changed here.
    merged_into: Option<MergedView>,
    /// Those merged into it.
    merged: Vec<MergedView>,
    form: FormView,
    /// Whether to ask if what looks like a personal code is none.
    asks_if_personal: bool,
    kinds: Vec<KindOption>,
    rejection: FormView,
}

/// Another organisation in a merge.
#[derive(Debug, Serialize)]
struct MergedView {
    organisation: OrganisationView,
    date: String,
    undo_url: String,
}

impl MergedView {
    fn new(theme: &Theme, lang: Lang, merged: MergedWith) -> Self {
        let merge = merged.merge.id;
        Self {
            organisation: OrganisationView::new(theme, lang, merged.organisation),
            date: lang.date(Lang::riga_date(merged.merge.at)),
            undo_url: address::UndoMerge { merge }.url(lang),
        }
    }
}

/// Neither rejected nor merged.
const fn is_standing(status: OrganisationStatus) -> bool {
    matches!(
        status,
        OrganisationStatus::Approved | OrganisationStatus::Proposed
    )
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
            can_approve: matches!(
                record.organisation.status,
                OrganisationStatus::Proposed | OrganisationStatus::Rejected
            ),
            can_reject: is_standing(record.organisation.status),
            can_merge: is_standing(record.organisation.status),
            merged_into: record
                .merged_into
                .map(|merged| MergedView::new(theme, lang, merged)),
            merged: record
                .merged
                .into_iter()
                .map(|merged| MergedView::new(theme, lang, merged))
                .collect(),
            asks_if_personal: form.is_some_and(asks_if_personal),
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
            merged: (status == OrganisationStatus::Approved)
                .then(sample_merged)
                .into_iter()
                .collect(),
            merged_into: (status == OrganisationStatus::Merged).then(sample_merged),
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
            Self::new(
                theme,
                lang,
                record(OrganisationStatus::Merged, 0),
                None,
                &none,
            ),
        ]
    }
}

#[cfg(test)]
fn sample_merged() -> MergedWith {
    MergedWith {
        merge: sample_merge(),
        organisation: sample_organisation(OrganisationStatus::Merged),
    }
}

#[cfg(test)]
const fn sample_merge() -> crate::organisations::Merge {
    crate::organisations::Merge {
        id: crate::ids::MergeId::from_u128(1),
        at: chrono::DateTime::UNIX_EPOCH,
    }
}

/// `/manage/organisations/{organisation}/merge`.
#[derive(Debug, Serialize)]
pub(crate) struct FindSamePage {
    organisation: OrganisationView,
    query: String,
    longest_search: usize,
    found: Vec<FoundSame>,
}

#[derive(Debug, Serialize)]
struct FoundSame {
    organisation: OrganisationView,
    url: String,
}

impl FindSamePage {
    /// The organisations found for `query` that may be the same as this one.
    #[must_use]
    pub(crate) fn new(
        theme: &Theme,
        lang: Lang,
        organisation: Organisation,
        query: &str,
        found: Vec<Organisation>,
    ) -> Self {
        let id = organisation.id;
        Self {
            found: found
                .into_iter()
                .map(|other| FoundSame {
                    url: address::MergeOrganisations {
                        organisation: id,
                        other: other.id,
                    }
                    .url(lang),
                    organisation: OrganisationView::new(theme, lang, other),
                })
                .collect(),
            organisation: OrganisationView::new(theme, lang, organisation),
            query: query.to_owned(),
            longest_search: Search::LONGEST,
        }
    }
}

impl View for FindSamePage {
    const TEMPLATE: &'static str = "pages/manage-organisation-same.html";
    const SECTION: Section = Section::Organisations;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "merge-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        [0, 2]
            .map(|count| {
                let found = vec![sample_organisation(OrganisationStatus::Proposed); count];
                let this = sample_organisation(OrganisationStatus::Approved);
                Self::new(theme, lang, this, "pārvalde", found)
            })
            .into()
    }
}

/// `/manage/organisations/{organisation}/merge/{other}`.
#[derive(Debug, Serialize)]
pub(crate) struct MergePage {
    /// The organisation from whose record one came.
    id: String,
    name: String,
    action: String,
    /// What is compared, each with the value of both.
    rows: Vec<Compared>,
    choices: Vec<MergeChoice>,
    has_other_kind: bool,
    form: FormView,
}

#[derive(Debug, Serialize)]
struct Compared {
    label: String,
    values: [String; 2],
}

/// One of the two to go on.
#[derive(Debug, Serialize)]
struct MergeChoice {
    value: String,
    label: String,
}

impl MergePage {
    /// Both, and what would move to the one that goes on.
    #[must_use]
    pub(crate) fn new(
        theme: &Theme,
        lang: Lang,
        candidates: [Candidate; 2],
        form: &FormState,
    ) -> Self {
        let [one, other] = &candidates;
        let number = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
        let choice = |kept: &Candidate, merged: &Candidate| {
            let args = [
                ("kept", kept.organisation.name.as_str().into()),
                ("merged", merged.organisation.name.as_str().into()),
                ("people", number(merged.dependants.people).into()),
                ("facts", number(merged.dependants.facts).into()),
            ];
            MergeChoice {
                value: kept.organisation.id.to_string(),
                label: theme.text_with(lang, "merge-choice", &args),
            }
        };
        let of = |value: fn(&OrganisationView) -> String| {
            [one, other].map(|candidate| {
                let shown = OrganisationView::new(theme, lang, candidate.organisation.clone());
                value(&shown)
            })
        };
        let row = |label: &str, values| Compared {
            label: theme.text(lang, label),
            values,
        };
        let none = || "–".to_owned();
        Self {
            id: one.organisation.id.to_string(),
            name: one.organisation.name.clone(),
            action: address::MergeOrganisations {
                organisation: one.organisation.id,
                other: other.organisation.id,
            }
            .url(lang),
            rows: vec![
                row("organisation-name-label", of(|shown| shown.name.clone())),
                Compared {
                    label: theme.text(lang, "registration-number-short"),
                    values: [one, other].map(|candidate| {
                        let number = candidate.organisation.registration_number.clone();
                        number.unwrap_or_else(none)
                    }),
                },
                row("organisation-kind-label", of(|shown| shown.kind.clone())),
                row("register-status", of(|shown| shown.status_label.clone())),
                row(
                    "merge-people",
                    [one, other].map(|candidate| candidate.dependants.people.to_string()),
                ),
                row(
                    "merge-facts",
                    [one, other].map(|candidate| candidate.dependants.facts.to_string()),
                ),
            ],
            choices: vec![choice(one, other), choice(other, one)],
            has_other_kind: one.organisation.kind != other.organisation.kind,
            form: form.view(theme, lang, RawMerging::FIELDS),
        }
    }
}

impl View for MergePage {
    const TEMPLATE: &'static str = "pages/manage-organisation-merge.html";
    const SECTION: Section = Section::Organisations;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "merge-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        let candidate = |status, kind, count: u64| Candidate {
            organisation: Organisation {
                kind,
                ..sample_organisation(status)
            },
            dependants: crate::organisations::Dependants {
                people: count,
                facts: count * 2,
            },
        };
        let approved = candidate(
            OrganisationStatus::Approved,
            OrganisationKind::MunicipalInstitution,
            21,
        );
        let proposed = candidate(OrganisationStatus::Proposed, OrganisationKind::Other, 1);
        let wrong = FormState::new().error("keep", "merge-keep-missing");
        vec![
            Self::new(
                theme,
                lang,
                [approved.clone(), approved.clone()],
                &FormState::new(),
            ),
            Self::new(theme, lang, [approved, proposed], &wrong),
        ]
    }
}

/// `/manage/merges/{merge}`.
#[derive(Debug, Serialize)]
pub(crate) struct UndoMergePage {
    id: String,
    kept: OrganisationView,
    merged: OrganisationView,
    merged_on: String,
    returned: String,
    changed: Option<String>,
}

impl UndoMergePage {
    /// What undoing gives back, and what it cannot.
    #[must_use]
    pub(crate) fn new(theme: &Theme, lang: Lang, record: MergeRecord) -> Self {
        let number = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
        let returned = record.returned;
        let counts = [
            ("people", number(returned.people).into()),
            ("facts", number(returned.facts).into()),
        ];
        let changed = number(returned.changed);
        Self {
            id: record.merge.id.to_string(),
            merged_on: lang.date(Lang::riga_date(record.merge.at)),
            returned: theme.text_with(lang, "undo-merge-returned", &counts),
            changed: (changed > 0)
                .then(|| theme.text_with(lang, "undo-merge-changed", &[("count", changed.into())])),
            kept: OrganisationView::new(theme, lang, record.kept),
            merged: OrganisationView::new(theme, lang, record.merged),
        }
    }
}

impl View for UndoMergePage {
    const TEMPLATE: &'static str = "pages/manage-merge.html";
    const SECTION: Section = Section::Organisations;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text(lang, "undo-merge-title")
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        [0, 3]
            .map(|changed| {
                let record = MergeRecord {
                    merge: sample_merge(),
                    kept: sample_organisation(OrganisationStatus::Approved),
                    merged: sample_organisation(OrganisationStatus::Merged),
                    returned: crate::organisations::Returned {
                        people: 2,
                        facts: 5,
                        changed,
                    },
                };
                Self::new(theme, lang, record)
            })
            .into()
    }
}
