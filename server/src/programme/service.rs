//! The use cases of the programme.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use futures::FutureExt as _;
use sea_orm::DbErr;
use uuid::Uuid;

use super::{
    Programme, SourceKind,
    config::{Counts, Indicator},
    model::{self, Count, Standing},
    store::{self, FactRow},
};
use crate::{
    audit,
    clock::Clock,
    db::{
        Db, Transaction,
        entity::{indicator_fact, organisation},
    },
};

/// Something that happened and may count.
#[derive(Debug, Clone, Copy)]
pub struct Qualifying {
    /// The kind of the record that proves it.
    pub source_kind: SourceKind,
    /// The record.
    pub source_id: Uuid,
    /// Who.
    pub person_id: Uuid,
    /// When.
    pub occurred_at: DateTime<Utc>,
}

/// The indicator of facts that no indicator counts: kept, so that they count when the kind of the
/// organisation is corrected.
pub const UNCOUNTED: &str = "uncounted";

/// The reason of [`reassess_organisation`] when a manager corrected an organisation's kind. Reasons
/// are words that pages know how to say (`fact-reason-…`); what they do not know is shown as it is.
pub const KIND_CORRECTED: &str = "kind-corrected";

/// Records a fact for each indicator that counts this, inside the transaction in which it
/// happened. A person without an organisation counts nowhere. A record counts once, however often
/// it is recorded.
///
/// # Errors
/// The database fails.
pub async fn record(
    txn: &Transaction,
    clock: &Clock,
    programme: &Programme,
    qualifying: Qualifying,
) -> Result<(), DbErr> {
    let Some(organisation) = store::current_organisation(txn, qualifying.person_id).await? else {
        return Ok(());
    };
    if store::has_fact(txn, qualifying.source_kind, qualifying.source_id).await? {
        return Ok(());
    }
    for indicator_id in indicators_for(programme, qualifying.source_kind, organisation.kind) {
        let row = FactRow {
            id: clock.new_id(),
            indicator_id,
            person_id: qualifying.person_id,
            organisation_id: organisation.id,
            source_kind: qualifying.source_kind,
            source_id: qualifying.source_id,
            occurred_at: qualifying.occurred_at,
            created_at: clock.now(),
            superseded_by: None,
            reason: None,
        };
        store::insert_fact(txn, row).await?;
    }
    Ok(())
}

/// The ids of the indicators that count such a record, or [`UNCOUNTED`]; never empty.
fn indicators_for(
    programme: &Programme,
    source: SourceKind,
    kind: organisation::Kind,
) -> Vec<String> {
    let mut ids: Vec<String> = programme
        .matching(counts(source), kind)
        .map(|indicator| indicator.id.clone())
        .collect();
    if ids.is_empty() {
        ids.push(UNCOUNTED.to_owned());
    }
    ids
}

const fn counts(kind: SourceKind) -> Counts {
    match kind {
        SourceKind::Completion => Counts::Completion,
    }
}

/// After the kind of an organisation was corrected: facts that count elsewhere now are superseded
/// by new ones, with the reason. Nothing is deleted.
///
/// # Errors
/// The database fails.
pub async fn reassess_organisation(
    txn: &Transaction,
    clock: &Clock,
    programme: &Programme,
    organisation_id: Uuid,
    reason: &str,
) -> Result<(), DbErr> {
    let Some(organisation) = store::organisation(txn, organisation_id).await? else {
        return Ok(());
    };
    for fact in store::facts_of_organisation(txn, organisation_id).await? {
        let fitting = indicators_for(programme, fact.source_kind, organisation.kind);
        if fitting.contains(&fact.indicator_id) {
            continue;
        }
        let successor = clock.new_id();
        store::supersede(txn, fact.id, successor, reason).await?;
        for (index, indicator_id) in fitting.into_iter().enumerate() {
            let row = FactRow {
                id: if index == 0 {
                    successor
                } else {
                    clock.new_id()
                },
                indicator_id,
                created_at: clock.now(),
                ..fact.clone()
            };
            store::insert_fact(txn, row).await?;
        }
    }
    Ok(())
}

/// Every indicator with its count, in the order of the programme.
///
/// # Errors
/// The database fails.
pub async fn counts_of_all<'a>(
    db: &Db,
    programme: &'a Programme,
) -> Result<Vec<(&'a Indicator, Count)>, DbErr> {
    let facts = store::holding_facts(db.read()).await?;
    Ok(programme
        .indicators
        .iter()
        .map(|indicator| (indicator, model::count(programme, indicator, &facts)))
        .collect())
}

/// An indicator with its count; `None` when there is none of this id.
///
/// # Errors
/// The database fails.
pub async fn count_of<'a>(
    db: &Db,
    programme: &'a Programme,
    indicator_id: &str,
) -> Result<Option<(&'a Indicator, Count)>, DbErr> {
    let Some(indicator) = programme.indicator(indicator_id) else {
        return Ok(None);
    };
    let facts = store::holding_facts(db.read()).await?;
    let count = model::count(programme, indicator, &facts);
    Ok(Some((indicator, count)))
}

/// How many organisations wait for a decision.
///
/// # Errors
/// The database fails.
pub async fn waiting_organisations(db: &Db) -> Result<u64, DbErr> {
    store::waiting_organisations(db.read()).await
}

/// A counted head as it is shown to managers.
#[derive(Debug, Clone)]
pub struct Head {
    /// The fact.
    pub fact: model::Fact,
    /// The person's given name.
    pub given_name: String,
    /// The person's family name.
    pub family_name: String,
    /// The organisation.
    pub organisation: organisation::Model,
}

impl Head {
    /// Given name, then family name.
    #[must_use]
    pub fn person(&self) -> String {
        format!("{} {}", self.given_name, self.family_name)
    }
}

/// Facts with the names behind them, in the same order.
///
/// # Errors
/// The database fails.
pub async fn heads(db: &Db, facts: Vec<model::Fact>) -> Result<Vec<Head>, DbErr> {
    let people: BTreeSet<Uuid> = facts.iter().map(|fact| fact.person_id).collect();
    let organisations: BTreeSet<Uuid> = facts.iter().map(|fact| fact.organisation_id).collect();
    let people: BTreeMap<Uuid, _> = store::people(db.read(), people)
        .await?
        .into_iter()
        .map(|person| (person.id, person))
        .collect();
    let organisations: BTreeMap<Uuid, organisation::Model> =
        store::organisations(db.read(), organisations)
            .await?
            .into_iter()
            .map(|organisation| (organisation.id, organisation))
            .collect();
    Ok(facts
        .into_iter()
        .filter_map(|fact| {
            let person = people.get(&fact.person_id)?;
            let organisation = organisations.get(&fact.organisation_id)?;
            Some(Head {
                given_name: person.given_name.clone(),
                family_name: person.family_name.clone(),
                organisation: organisation.clone(),
                fact,
            })
        })
        .collect())
}

/// Notes in the audit log that somebody took an indicator's heads with them.
///
/// # Errors
/// The database fails.
pub async fn note_export(
    db: &Db,
    clock: &Clock,
    account_id: Uuid,
    indicator_id: &str,
    rows: usize,
) -> Result<(), DbErr> {
    let now = clock.now();
    let entry = audit::Entry {
        actor_account_id: Some(account_id),
        action: "programme.heads-exported",
        subject_kind: "indicator",
        subject_id: indicator_id.to_owned(),
        detail: serde_json::json!({ "rows": rows }),
    };
    db.write(move |txn| async move { audit::record(txn, now, entry).await }.boxed())
        .await
}

/// A fact with everything that leads from the figure to the record behind it.
#[derive(Debug, Clone)]
pub struct Story {
    /// The fact.
    pub fact: indicator_fact::Model,
    /// Whose.
    pub person: String,
    /// For whom they worked then, as the register says now.
    pub organisation: organisation::Model,
    /// Whether and why it counts.
    pub standing: Standing,
    /// The facts that it took the place of, with the reasons.
    pub corrects: Vec<indicator_fact::Model>,
    /// The fact that took its place.
    pub corrected_by: Option<indicator_fact::Model>,
}

/// The story of a fact of an indicator, or of [`UNCOUNTED`]; `None` when there is no such fact.
///
/// # Errors
/// The database fails.
pub async fn story(
    db: &Db,
    programme: &Programme,
    indicator_id: &str,
    fact_id: Uuid,
) -> Result<Option<Story>, DbErr> {
    let Some(fact) = store::find_fact(db.read(), fact_id).await? else {
        return Ok(None);
    };
    let (person, organisation) = (
        store::person(db.read(), fact.person_id).await?,
        store::organisation(db.read(), fact.organisation_id).await?,
    );
    let (Some(person), Some(organisation)) = (person, organisation) else {
        return Ok(None);
    };
    if fact.indicator_id != indicator_id {
        return Ok(None);
    }
    let standing = match programme.indicator(indicator_id) {
        _ if fact.superseded_by.is_some() => Standing::Superseded,
        None => Standing::Uncounted,
        Some(_) if organisation.status == organisation::Status::Rejected => {
            Standing::OrganisationRejected
        }
        Some(indicator) => {
            let facts = store::holding_facts_of(db.read(), fact.person_id).await?;
            model::standing(programme, indicator, fact_id, &facts)
        }
    };
    let corrected_by = match fact.superseded_by {
        Some(id) => store::find_fact(db.read(), id).await?,
        None => None,
    };
    Ok(Some(Story {
        person: format!("{} {}", person.given_name, person.family_name),
        organisation,
        standing,
        corrects: store::superseded_by(db.read(), fact_id).await?,
        corrected_by,
        fact,
    }))
}
