//! What the templates of the programme get.

pub(crate) mod fact;
pub(crate) mod heads;
pub(crate) mod home;
pub(crate) mod indicators;
pub(crate) mod unnamed;

use std::collections::BTreeMap;

pub(super) use crate::http::TextLink;

use crate::{
    http::{
        Lang,
        address::{self, Address as _},
        theme::Theme,
    },
    ids::FactId,
    list::Format,
};

/// `/lv/manage/indicators`.
#[must_use]
pub(crate) fn indicators_url(lang: Lang) -> String {
    address::Indicators.url(lang)
}

/// `/lv/manage/indicators/{id}`.
#[must_use]
pub(crate) fn indicator_url(lang: Lang, indicator_id: &str) -> String {
    address::Indicator {
        indicator: indicator_id.to_owned(),
    }
    .url(lang)
}

/// The export of the people whom an indicator counts.
#[must_use]
pub(crate) fn file_url(lang: Lang, indicator_id: &str, format: Format) -> String {
    address::IndicatorFile {
        indicator: indicator_id.to_owned(),
        ending: format.ending().to_owned(),
    }
    .url(lang)
}

/// `/lv/manage/indicators/{id}/facts/{fact_id}`.
#[must_use]
pub(crate) fn fact_url(lang: Lang, indicator_id: &str, fact_id: FactId) -> String {
    address::Fact {
        indicator: indicator_id.to_owned(),
        fact: fact_id,
    }
    .url(lang)
}

/// How many people completed something but have not named an employer; `None` if nobody.
fn unnamed_text(theme: &Theme, lang: Lang, people: u64) -> Option<String> {
    let count = usize::try_from(people).unwrap_or(usize::MAX);
    (count > 0).then(|| theme.text_with(lang, "indicators-unnamed", &[("count", count.into())]))
}

/// The text in a language, or in any other if there is none.
pub(super) fn localized(texts: &BTreeMap<String, String>, lang: Lang) -> Option<String> {
    texts
        .get(lang.as_str())
        .or_else(|| texts.values().next())
        .cloned()
}

/// Realistic records for samples of views.
#[cfg(test)]
mod sample {
    use chrono::{DateTime, TimeDelta, Utc};

    use crate::{
        http::{
            Lang,
            address::{self, Address as _},
        },
        ids::{FactId, OrganisationId, PersonId, SourceId},
        organisations::{Organisation, OrganisationKind, OrganisationStatus},
        programme::{
            Programme,
            indicator::Indicator,
            model::{CountedPerson, Fact},
            pace::Calendar,
        },
        source::{Source, SourceKind, SourceLabel, SourceLabels},
    };

    const PROGRAMME: &str = r#"
        [programme]
        number = "0.0.0.0/0"
        from = 2026-01-01
        until = 2029-12-31
        title = { lv = "Parauga programma", en = "Sample programme" }
        [[indicator]]
        id = "sample-public"
        unit = "person"
        operator = "at-least"
        target = 12
        counting = "cumulative"
        group = "sample"
        counts = ["completion"]
        organisation_kinds = ["state-institution", "municipal-institution"]
        disputed = true
        title = { lv = "Iestāžu darbinieki", en = "Staff of institutions" }
        note = { lv = "Dokumenti nesaskan.", en = "The documents disagree." }
        source = { document = "Parauga apraksts", quotation = "12 personas" }
        [[indicator]]
        id = "sample-private"
        unit = "person"
        operator = "at-least"
        counting = "cumulative"
        group = "sample"
        counts = ["completion"]
        organisation_kinds = ["association"]
        title = { lv = "Biedrību darbinieki", en = "Staff of associations" }
    "#;

    pub(super) fn programme() -> Programme {
        Programme::parse(PROGRAMME).unwrap_or_default()
    }

    pub(super) fn indicators(programme: &Programme) -> impl Iterator<Item = &Indicator> {
        programme.indicators.iter()
    }

    pub(super) fn calendar(programme: &Programme) -> Calendar {
        Calendar {
            period: programme.period,
            today: Lang::riga_date(now()),
        }
    }

    pub(super) fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_000_000, 0).unwrap_or_default()
    }

    pub(super) fn source(id: u128) -> Source {
        Source {
            kind: SourceKind::new("sample"),
            id: SourceId::from_u128(id),
        }
    }

    /// The label of an area whose records prove facts.
    pub(super) fn labels() -> SourceLabels {
        SourceLabels::new([SourceLabel {
            kind: SourceKind::new("sample"),
            what: "fact-what-completion",
            open: "fact-source-completion",
            open_short: "heads-completion",
            url: |lang, id| {
                let completion = uuid::Uuid::from(id).into();
                address::Completion { completion }.url(lang)
            },
        }])
    }

    pub(super) fn facts(count: u64) -> Vec<Fact> {
        (0..count)
            .map(|index| Fact {
                id: FactId::from_u128(index.into()),
                indicator_id: "sample-public".to_owned(),
                person_id: PersonId::from_u128(index.into()),
                organisation_id: OrganisationId::NIL,
                is_organisation_approved: true,
                source: source(index.into()),
                occurred_at: now() - TimeDelta::days(7 * (count - index).cast_signed()),
            })
            .collect()
    }

    pub(super) fn organisation(status: OrganisationStatus) -> Organisation {
        Organisation {
            id: OrganisationId::NIL,
            name: "Paraugu novada pašvaldība".to_owned(),
            registration_number: None,
            kind: OrganisationKind::MunicipalInstitution,
            status,
        }
    }

    /// People of an approved organisation, of one that waits, and of none.
    pub(super) fn people(count: u64) -> Vec<CountedPerson> {
        let organisations = [
            Some(organisation(OrganisationStatus::Approved)),
            Some(organisation(OrganisationStatus::Proposed)),
            None,
        ];
        facts(count)
            .into_iter()
            .zip(organisations.into_iter().cycle())
            .map(|(fact, organisation)| CountedPerson {
                fact_id: fact.id,
                indicator_id: fact.indicator_id,
                source: fact.source,
                occurred_at: fact.occurred_at,
                given_name: "Anna".to_owned(),
                family_name: "Paraudziņa".to_owned(),
                organisation,
            })
            .collect()
    }
}
