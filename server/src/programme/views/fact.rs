//! The evidence of a fact: from a figure to the record behind it.

use serde::Serialize;

use super::{TextLink, fact_url, indicator_url, indicators_url, localized};
use crate::{
    db::entity::indicator_fact,
    http::{
        Lang,
        theme::Theme,
        visit::{Section, View},
    },
    ids::FactId,
    organisations::{kind_slug, status_slug, views::kind_label},
    programme::{Programme, model::FactStanding, service::FactProof},
    source::SourceLabels,
};

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct FactPage {
    trail: Vec<TextLink>,
    person: String,
    organisation: String,
    /// Absent while the organisation is not known.
    kind: Option<String>,
    status: Option<String>,
    what: String,
    occurred: String,
    recorded: String,
    fact_id: FactId,
    /// `counts`, `waits`, `repeats`, `superseded`, `rejected`, `uncounted` or `unnamed`.
    standing: &'static str,
    standing_title: String,
    standing_text: String,
    /// Notes if the organisation was named only afterwards, or its kind was corrected since.
    explanations: Vec<String>,
    counts_by: Option<TextLink>,
    corrects: Vec<Correction>,
    corrected_by: Option<Correction>,
    /// The link to the record's page in its area.
    source: Option<TextLink>,
}

/// A fact that replaced another.
#[derive(Debug, Serialize)]
struct Correction {
    /// The indicator of the other fact.
    indicator: String,
    url: String,
    date: String,
    reason: String,
}

impl FactPage {
    /// The proof of a fact.
    #[must_use]
    pub(crate) fn new(
        (theme, sources): (&Theme, &SourceLabels),
        lang: Lang,
        programme: &Programme,
        proof: &FactProof,
    ) -> Self {
        let fact = &proof.fact;
        let standing = match &proof.standing {
            FactStanding::Counts => "counts",
            FactStanding::Waits => "waits",
            FactStanding::Repeats(_) => "repeats",
            FactStanding::Superseded => "superseded",
            FactStanding::OrganisationRejected => "rejected",
            FactStanding::Uncounted => "uncounted",
            FactStanding::Unnamed => "unnamed",
        };
        let title = |id: &str| indicator_title(theme, lang, programme, id);
        let mut trail = vec![TextLink::new(
            indicators_url(lang),
            theme.text(lang, "indicators-title"),
        )];
        if programme.indicator(&fact.indicator_id).is_some() {
            trail.push(TextLink::new(
                indicator_url(lang, &fact.indicator_id),
                title(&fact.indicator_id),
            ));
        }
        Self {
            trail,
            person: proof.person.clone(),
            organisation: proof.organisation.as_ref().map_or_else(
                || theme.text(lang, "fact-organisation-unnamed"),
                |organisation| organisation.name.clone(),
            ),
            kind: proof
                .organisation
                .as_ref()
                .map(|organisation| kind_label(theme, lang, organisation.kind)),
            status: proof.organisation.as_ref().map(|organisation| {
                let status = status_slug(organisation.status);
                theme.text(lang, &format!("organisation-status-{status}"))
            }),
            what: sources.what(theme, lang, &proof.source.kind),
            occurred: lang.date_time(fact.occurred_at),
            recorded: lang.date_time(fact.created_at),
            fact_id: fact.id,
            standing,
            standing_title: theme.text(lang, &format!("fact-standing-{standing}-title")),
            standing_text: theme.text(lang, &format!("fact-standing-{standing}-text")),
            explanations: explanations(theme, lang, proof),
            counts_by: match &proof.standing {
                FactStanding::Repeats(by) => Some(TextLink::new(
                    fact_url(lang, &by.indicator_id, by.id),
                    theme.text_with(
                        lang,
                        "fact-counts-by",
                        &[
                            ("date", lang.date(Lang::riga_date(by.occurred_at)).into()),
                            ("indicator", title(&by.indicator_id).into()),
                        ],
                    ),
                )),
                _ => None,
            },
            corrects: proof
                .corrects
                .iter()
                .map(|earlier| Correction {
                    indicator: title(&earlier.indicator_id),
                    url: fact_url(lang, &earlier.indicator_id, earlier.id),
                    date: lang.date_time(fact.created_at),
                    reason: reason(theme, lang, earlier),
                })
                .collect(),
            corrected_by: proof.corrected_by.as_ref().map(|later| Correction {
                indicator: title(&later.indicator_id),
                url: fact_url(lang, &later.indicator_id, later.id),
                date: lang.date_time(later.created_at),
                reason: reason(theme, lang, fact),
            }),
            source: sources
                .link(theme, lang, &proof.source)
                .map(|link| TextLink::new(link.url, link.text)),
        }
    }
}

fn explanations(theme: &Theme, lang: Lang, proof: &FactProof) -> Vec<String> {
    let kind = |slug: &str| theme.text(lang, &format!("organisation-kind-{slug}"));
    let Some(organisation) = &proof.organisation else {
        return Vec::new();
    };
    let now = kind_slug(organisation.kind);
    let then = proof
        .kind_corrections
        .first()
        .map_or(now, |first| first.before.as_str());
    let named = proof.named_later.map(|at| {
        let args = [
            ("occurred", lang.date_time(proof.fact.occurred_at).into()),
            ("named", lang.date_time(at).into()),
            ("organisation", organisation.name.as_str().into()),
            ("kind", kind(then).into()),
        ];
        theme.text_with(lang, "fact-named-later", &args)
    });
    let corrected = proof.kind_corrections.iter().map(|correction| {
        let args = [
            ("at", lang.date_time(correction.at).into()),
            ("before", kind(&correction.before).into()),
            ("after", kind(&correction.after).into()),
        ];
        theme.text_with(lang, "fact-kind-corrected", &args)
    });
    named.into_iter().chain(corrected).collect()
}

/// Why a fact was superseded, in words.
fn reason(theme: &Theme, lang: Lang, fact: &indicator_fact::Model) -> String {
    let reason = fact.reason.as_deref().unwrap_or_default();
    theme
        .messages()
        .find(lang, &format!("fact-reason-{reason}"), &[])
        .unwrap_or_else(|| reason.to_owned())
}

/// The title of an indicator; for an id without an indicator, the text that it is not counted.
fn indicator_title(theme: &Theme, lang: Lang, programme: &Programme, id: &str) -> String {
    programme
        .indicator(id)
        .and_then(|indicator| localized(&indicator.title, lang))
        .unwrap_or_else(|| theme.text(lang, "fact-no-indicator"))
}

impl View for FactPage {
    const TEMPLATE: &'static str = "pages/manage-fact.html";
    const SECTION: Section = Section::Manage;

    fn title(&self, theme: &Theme, lang: Lang) -> String {
        theme.text_with(
            lang,
            "fact-title",
            &[("person", self.person.as_str().into())],
        )
    }

    #[cfg(test)]
    fn samples(theme: &Theme, lang: Lang) -> Vec<Self> {
        use super::sample;
        use crate::{
            organisations::OrganisationStatus,
            programme::{KIND_CORRECTED, UNNAMED, service::KindCorrection},
        };

        let programme = sample::programme();
        let fact = |number, indicator: &str, reason: Option<&str>| indicator_fact::Model {
            id: FactId::from_u128(number),
            indicator_id: indicator.to_owned(),
            person_id: crate::ids::PersonId::NIL,
            organisation_id: (indicator != UNNAMED).then_some(crate::ids::OrganisationId::NIL),
            source_kind: "sample".to_owned(),
            source_id: crate::ids::SourceId::NIL,
            occurred_at: sample::now(),
            created_at: sample::now(),
            superseded_by: reason.map(|_| FactId::NIL),
            reason: reason.map(str::to_owned),
        };
        let reason = KIND_CORRECTED;
        sample::facts(1)
            .into_iter()
            .flat_map(|other| {
                [
                    (FactStanding::Counts, "sample-public"),
                    (FactStanding::Waits, "sample-public"),
                    (FactStanding::Repeats(other), "sample-private"),
                    (FactStanding::Superseded, "sample-public"),
                    (FactStanding::OrganisationRejected, "sample-public"),
                    (FactStanding::Uncounted, "uncounted"),
                    (FactStanding::Unnamed, UNNAMED),
                ]
            })
            .map(|(standing, indicator)| {
                let is_superseded = standing == FactStanding::Superseded;
                FactProof {
                    fact: fact(2, indicator, is_superseded.then_some(reason)),
                    person: "Anna Paraudziņa".to_owned(),
                    organisation: (indicator != UNNAMED)
                        .then(|| sample::organisation(OrganisationStatus::Approved)),
                    source: sample::source(1),
                    standing,
                    corrects: vec![fact(1, "sample-private", Some(reason))],
                    corrected_by: is_superseded.then(|| fact(3, "sample-private", None)),
                    named_later: is_superseded.then(sample::now),
                    kind_corrections: vec![KindCorrection {
                        at: sample::now(),
                        before: "other".to_owned(),
                        after: "association".to_owned(),
                    }],
                }
            })
            .map(|proof| Self::new((theme, &sample::labels()), lang, &programme, &proof))
            .collect()
    }
}
