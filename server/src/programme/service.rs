//! The use cases of the programme.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use sea_orm::{DatabaseTransaction, DbErr};
use uuid::Uuid;

use super::{
    Programme, SourceKind,
    config::{Counts, Indicator},
    model::{self, Count},
    store::{self, FactRow},
};
use crate::{
    clock::Clock,
    db::{Db, entity::organisation},
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

/// Records a fact for each indicator that counts this, inside the transaction in which it
/// happened. A person without an organisation counts nowhere.
///
/// # Errors
/// The database fails.
pub async fn record(
    txn: &DatabaseTransaction,
    clock: &Clock,
    programme: &Programme,
    qualifying: Qualifying,
) -> Result<(), DbErr> {
    let Some(organisation) = store::current_organisation(txn, qualifying.person_id).await? else {
        return Ok(());
    };
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
    txn: &DatabaseTransaction,
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

/// A counted head as it is shown to managers.
#[derive(Debug, Clone)]
pub struct Head {
    /// The fact.
    pub fact: model::Fact,
    /// The person's name.
    pub person: String,
    /// The organisation's name.
    pub organisation: String,
    /// The organisation's kind.
    pub kind: organisation::Kind,
}

/// One indicator's count with names, counted first and then waiting.
///
/// # Errors
/// The database fails.
pub async fn heads(db: &Db, facts: &[model::Fact]) -> Result<Vec<Head>, DbErr> {
    let people: BTreeSet<Uuid> = facts.iter().map(|fact| fact.person_id).collect();
    let organisations: BTreeSet<Uuid> = facts.iter().map(|fact| fact.organisation_id).collect();
    let people: BTreeMap<Uuid, String> = store::people(db.read(), people.into_iter().collect())
        .await?
        .into_iter()
        .map(|person| {
            (
                person.id,
                format!("{} {}", person.given_name, person.family_name),
            )
        })
        .collect();
    let organisations: BTreeMap<Uuid, organisation::Model> =
        store::organisations(db.read(), organisations.into_iter().collect())
            .await?
            .into_iter()
            .map(|organisation| (organisation.id, organisation))
            .collect();
    Ok(facts
        .iter()
        .filter_map(|fact| {
            let organisation = organisations.get(&fact.organisation_id)?;
            Some(Head {
                fact: fact.clone(),
                person: people.get(&fact.person_id).cloned().unwrap_or_default(),
                organisation: organisation.name.clone(),
                kind: organisation.kind,
            })
        })
        .collect())
}
