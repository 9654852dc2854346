//! The use cases of the programme.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr};

use super::{
    Programme,
    indicator::{Indicator, UNCOUNTED, UNNAMED},
    list::{CountedOrder, CountedQuery},
    model::{self, Count, CountedPerson, FactStanding, NotCounted},
    store::{self, FactRow},
};
use crate::{
    audit,
    clock::Clock,
    db::{Db, entity::indicator_fact},
    ids::{FactId, OrganisationId, PersonId},
    list::{Extent, FoundRows, Query},
    organisations::{self, Organisation, OrganisationKind, OrganisationStatus},
    people::{self, PersonLock},
    source::{Source, SourceKind},
};

/// Something that happened and may count for indicators.
#[derive(Debug, Clone)]
pub struct Qualifying {
    /// The record that proves it.
    pub source: Source,
    /// When.
    pub occurred_at: DateTime<Utc>,
}

/// The reason of [`reassess_organisation`] when a manager corrected an organisation's kind. Reasons are part
/// of message keys (`fact-reason-…`); an unknown reason is shown unchanged.
pub const KIND_CORRECTED: &str = "kind-corrected";

/// The reason of [`reconsider`] when the organisation of the fact was rejected, and the person has named
/// another one.
pub(super) const ORGANISATION_NAMED: &str = "organisation-named";

/// The reason of [`reconsider`] for a fact that waited until an employer was named.
pub(super) const EMPLOYER_KNOWN: &str = "employer-known";

/// Records a fact for each indicator that counts this, in the transaction in which it happens. It counts for
/// the organisation for which the person worked then (`model::organisation_at`). The fact of a person without
/// an organisation waits under [`UNNAMED`], and counts as of the same time once they name one
/// ([`reconsider`]). Recording the same source again changes nothing.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "programme.record", skip_all)]
pub async fn record(
    person: &PersonLock<'_>,
    clock: &Clock,
    programme: &Programme,
    qualifying: Qualifying,
) -> Result<(), DbErr> {
    let Qualifying {
        source,
        occurred_at,
    } = qualifying;
    if store::has_fact(person.txn(), &source).await? {
        return Ok(());
    }
    let employers = people::named_employers(person.txn(), person.id()).await?;
    let organisation = model::organisation_at(&employers, occurred_at);
    let indicators = match organisation {
        Some(organisation) => indicators_for(programme, &source.kind, organisation.kind),
        None => vec![UNNAMED.to_owned()],
    };
    for indicator_id in indicators {
        let row = FactRow {
            id: clock.new_id(),
            indicator_id,
            person_id: person.id(),
            organisation_id: organisation.map(|organisation| organisation.id),
            source_kind: source.kind.to_string(),
            source_id: source.id,
            occurred_at,
            created_at: clock.now(),
            superseded_by: None,
            reason: None,
        };
        store::insert_fact(person, row).await?;
    }
    Ok(())
}

/// The ids of the indicators that count such a record, or [`UNCOUNTED`]; never empty.
fn indicators_for(
    programme: &Programme,
    source: &SourceKind,
    kind: OrganisationKind,
) -> Vec<String> {
    let mut ids: Vec<String> = programme
        .matching(source, kind)
        .map(|indicator| indicator.id.clone())
        .collect();
    if ids.is_empty() {
        ids.push(UNCOUNTED.to_owned());
    }
    ids
}

/// To be called after the kind of an organisation was corrected: facts that now belong to other indicators
/// are superseded by new ones, with the reason. Nothing is deleted. A corrected kind is treated as true from
/// the beginning, so this includes earlier facts.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "programme.reassess_organisation", skip_all)]
pub async fn reassess_organisation(
    people: &[PersonLock<'_>],
    clock: &Clock,
    programme: &Programme,
    organisation_id: OrganisationId,
    reason: &str,
) -> Result<(), DbErr> {
    let Some(txn) = people.first().map(PersonLock::txn) else {
        return Ok(());
    };
    let Some(organisation) = organisations::find(txn, organisation_id).await? else {
        return Ok(());
    };
    for facts in by_source(store::facts_of_organisation(txn, organisation_id).await?) {
        let whose = facts.first().map(|fact| fact.person_id);
        if let Some(person) = people.iter().find(|person| Some(person.id()) == whose) {
            replace(person, clock, programme, facts, &organisation, reason).await?;
        }
    }
    Ok(())
}

/// The reason of [`move_facts`].
pub(super) const ORGANISATION_MERGED: &str = "organisation-merged";

/// The reason of [`return_facts`].
pub(super) const MERGE_UNDONE: &str = "merge-undone";

/// How many facts in force count for an organisation.
///
/// # Errors
/// The database fails.
pub async fn count_facts_of(db: &Db, organisation_id: OrganisationId) -> Result<u64, DbErr> {
    store::count_facts_of(db.read(), organisation_id).await
}

/// To be called after an organisation was merged into another one: its facts are superseded by facts of that one, with
/// the reason. They count for the indicators of that one's kind, as of the same time. `people` are those who have named
/// either. Returns the facts that were superseded.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "programme.move_facts", skip_all)]
pub async fn move_facts(
    people: &[PersonLock<'_>],
    clock: &Clock,
    programme: &Programme,
    from: OrganisationId,
    into: &Organisation,
) -> Result<Vec<FactId>, DbErr> {
    let Some(txn) = people.first().map(PersonLock::txn) else {
        return Ok(Vec::new());
    };
    let mut moved = Vec::new();
    for facts in by_source(store::facts_of_organisation(txn, from).await?) {
        let whose = facts.first().map(|fact| fact.person_id);
        if let Some(person) = people.iter().find(|person| Some(person.id()) == whose) {
            moved.extend(facts.iter().map(|fact| fact.id));
            replace(person, clock, programme, facts, into, ORGANISATION_MERGED).await?;
        }
    }
    Ok(moved)
}

/// What became of facts that a merge has moved.
#[derive(Debug, Clone, Default)]
pub struct MovedFacts {
    /// Those that still count for the organisation that went on, by the record that proves them.
    returnable: Vec<Vec<FactRow>>,
    /// How many count for another one since, or do not count any more.
    pub changed: u64,
}

impl MovedFacts {
    /// How many can be moved back.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.returnable.iter().map(|facts| facts.len() as u64).sum()
    }

    /// Whether none can be moved back.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.returnable.is_empty()
    }

    /// Whose they are.
    #[must_use]
    pub fn people(&self) -> BTreeSet<PersonId> {
        let facts = self.returnable.iter().flatten();
        facts.map(|fact| fact.person_id).collect()
    }
}

/// What became of the facts that a merge has moved to an organisation.
///
/// # Errors
/// The database fails.
pub async fn moved_facts(
    db: &impl ConnectionTrait,
    moved: &[FactId],
    kept: OrganisationId,
) -> Result<MovedFacts, DbErr> {
    let mut found = MovedFacts::default();
    for facts in by_source(store::facts_by_ids(db, moved).await?) {
        let Some(first) = facts.first() else { continue };
        let now = store::facts_of_source(db, &store::source_of(first)).await?;
        if !now.is_empty() && now.iter().all(|fact| fact.organisation_id == Some(kept)) {
            found.returnable.push(now);
        } else {
            found.changed += facts.len() as u64;
        }
    }
    let known = moved.len() as u64;
    let there = found.len() + found.changed;
    // Those that were erased.
    found.changed += known.saturating_sub(there);
    Ok(found)
}

/// To be called after a merge was undone and the statements of people about their employers were moved back: the facts
/// that the merge has moved count for the restored organisation again, as of the same time; and so do those recorded
/// since then of people who worked for it. Apart from other entries in the audit log, this has to be the last step of a
/// transaction.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "programme.return_facts", skip_all)]
pub async fn return_facts(
    people: &[PersonLock<'_>],
    clock: &Clock,
    programme: &Programme,
    moved: MovedFacts,
    (kept, since): (OrganisationId, DateTime<Utc>),
    restored: &Organisation,
) -> Result<(), DbErr> {
    let of = |id: PersonId| people.iter().find(|person| person.id() == id);
    let sources: BTreeSet<_> = moved
        .returnable
        .iter()
        .flatten()
        .map(|fact| fact.source_id)
        .collect();
    for facts in moved.returnable {
        if let Some(person) = facts.first().and_then(|fact| of(fact.person_id)) {
            replace(person, clock, programme, facts, restored, MERGE_UNDONE).await?;
        }
    }
    for person in people {
        let employers = people::named_employers(person.txn(), person.id()).await?;
        for facts in by_source(store::facts_of_person(person.txn(), person.id()).await?) {
            let is_new = facts.iter().all(|fact| {
                fact.organisation_id == Some(kept)
                    && fact.created_at >= since
                    && !sources.contains(&fact.source_id)
            });
            let at = facts.first().map(|fact| fact.occurred_at);
            let employer = at.and_then(|at| model::organisation_at(&employers, at));
            if is_new && employer.is_some_and(|employer| employer.id == restored.id) {
                replace(person, clock, programme, facts, restored, MERGE_UNDONE).await?;
            }
        }
    }
    Ok(())
}

/// Groups facts by the record that proves them, in the order in which they came.
fn by_source(facts: Vec<FactRow>) -> Vec<Vec<FactRow>> {
    let mut sources: Vec<Vec<FactRow>> = Vec::new();
    for fact in facts {
        let same = |known: &&mut Vec<FactRow>| {
            known.first().is_some_and(|one| {
                one.source_kind == fact.source_kind && one.source_id == fact.source_id
            })
        };
        match sources.iter_mut().find(same) {
            Some(known) => known.push(fact),
            None => sources.push(vec![fact]),
        }
    }
    sources
}

/// Changes the facts of one record to those for an organisation with its current kind. Facts that are already
/// right stay; the others are superseded, with the reason.
async fn replace(
    person: &PersonLock<'_>,
    clock: &Clock,
    programme: &Programme,
    facts: Vec<FactRow>,
    organisation: &Organisation,
    reason: &str,
) -> Result<bool, DbErr> {
    let Some(first) = facts.first().cloned() else {
        return Ok(false);
    };
    let fitting = indicators_for(
        programme,
        &first.source_kind.clone().into(),
        organisation.kind,
    );
    let (kept, gone): (Vec<_>, Vec<_>) = facts.into_iter().partition(|fact| {
        fact.organisation_id == Some(organisation.id) && fitting.contains(&fact.indicator_id)
    });
    let added: Vec<FactRow> = fitting
        .into_iter()
        .filter(|id| !kept.iter().any(|fact| fact.indicator_id == *id))
        .map(|indicator_id| FactRow {
            id: clock.new_id(),
            indicator_id,
            organisation_id: Some(organisation.id),
            created_at: clock.now(),
            ..first.clone()
        })
        .collect();
    for fact in &gone {
        let same = |other: &&FactRow| other.indicator_id == fact.indicator_id;
        let successor = added
            .iter()
            .find(same)
            .or_else(|| added.first())
            .or_else(|| kept.first());
        if let Some(successor) = successor {
            store::supersede(person, fact.id, successor.id, reason).await?;
        }
    }
    let is_changed = !gone.is_empty() || !added.is_empty();
    for fact in added {
        store::insert_fact(person, fact).await?;
    }
    Ok(is_changed)
}

/// To be called after people named an organisation, or one that they had named was rejected: their
/// completions count for the first organisation that they named instead (`model::organisation_at`), as of the
/// time of the completion. The facts for the rejected one, and those that waited for an organisation, are
/// superseded, with the reason. Apart from other entries in the audit log, this has to be the last step of a
/// transaction.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "programme.reconsider", skip_all)]
pub async fn reconsider(
    people: &[PersonLock<'_>],
    clock: &Clock,
    programme: &Programme,
) -> Result<(), DbErr> {
    let mut changed = Vec::new();
    for person in people {
        let counted_anew = reconsider_one(person, clock, programme).await?;
        if counted_anew > 0 {
            changed.push((person, counted_anew));
        }
    }
    for (person, records) in changed {
        let entry = audit::AuditEntry {
            actor_account_id: None,
            action: "person.facts-reassigned",
            subject_kind: "person",
            subject_id: person.id().to_string(),
            detail: serde_json::json!({ "records": records }),
        };
        audit::record(person.txn(), clock.now(), entry).await?;
    }
    Ok(())
}

/// Returns how many records count for another organisation than before.
async fn reconsider_one(
    person: &PersonLock<'_>,
    clock: &Clock,
    programme: &Programme,
) -> Result<usize, DbErr> {
    let mut counted_anew = 0;
    let (txn, person_id) = (person.txn(), person.id());
    let employers = people::named_employers(txn, person_id).await?;
    for facts in by_source(store::facts_of_person(txn, person_id).await?) {
        let Some(first) = facts.first() else { continue };
        let reason = match first.organisation_id {
            None => EMPLOYER_KNOWN,
            Some(id) => {
                let before = organisations::find(txn, id).await?;
                if before.is_none_or(|before| before.status != OrganisationStatus::Rejected) {
                    continue;
                }
                ORGANISATION_NAMED
            }
        };
        let instead = model::organisation_at(&employers, first.occurred_at)
            .filter(|instead| instead.status != OrganisationStatus::Rejected);
        if let Some(of) = instead {
            let is_moved = replace(person, clock, programme, facts, of, reason).await?;
            counted_anew += usize::from(is_moved);
        }
    }
    Ok(counted_anew)
}

/// Why a person who has completed something does not count; `None` if they count or have completed nothing.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "programme.not_counted", skip_all)]
pub async fn not_counted(db: &Db, person_id: PersonId) -> Result<Option<NotCounted>, DbErr> {
    let facts = store::facts_of_person(db.read(), person_id).await?;
    if facts.is_empty() {
        return Ok(None);
    }
    if facts.iter().all(|fact| fact.organisation_id.is_none()) {
        return Ok(Some(NotCounted::Unnamed));
    }
    let ids = facts
        .iter()
        .filter_map(|fact| fact.organisation_id)
        .collect();
    let organisations = organisations::by_ids(db.read(), ids).await?;
    let (mut waits, mut is_other_kind) = (false, false);
    for fact in &facts {
        let of = organisations
            .iter()
            .find(|one| Some(one.id) == fact.organisation_id);
        let is_uncounted = fact.indicator_id == UNCOUNTED;
        match of.map(|one| one.status) {
            Some(OrganisationStatus::Approved) if !is_uncounted => return Ok(None),
            Some(OrganisationStatus::Proposed) => waits = true,
            Some(OrganisationStatus::Approved) => is_other_kind = true,
            Some(OrganisationStatus::Rejected | OrganisationStatus::Merged) | None => {}
        }
    }
    Ok(Some(if waits {
        NotCounted::Waits
    } else if is_other_kind {
        NotCounted::Kind
    } else {
        NotCounted::Rejected
    }))
}

/// Every indicator with its count, in the order of the programme.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "programme.counts_of_all", skip_all)]
pub async fn counts_of_all<'a>(
    db: &Db,
    programme: &'a Programme,
) -> Result<Vec<(&'a Indicator, Count)>, DbErr> {
    let mut counts = Vec::with_capacity(programme.indicators.len());
    for indicator in &programme.indicators {
        let group = model::group_of(programme, indicator);
        let count = store::count(db.read(), &indicator.id, &group).await?;
        counts.push((indicator, count));
    }
    Ok(counts)
}

/// How many people have completed something but have not named an employer.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "programme.count_unnamed", skip_all)]
pub(super) async fn count_unnamed(db: &Db) -> Result<u64, DbErr> {
    store::count_unnamed(db.read()).await
}

/// An indicator with its count; `None` when there is none of this id.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "programme.count_of", skip_all)]
pub(super) async fn count_of<'a>(
    db: &Db,
    programme: &'a Programme,
    indicator_id: &str,
) -> Result<Option<(&'a Indicator, Count)>, DbErr> {
    let Some(indicator) = programme.indicator(indicator_id) else {
        return Ok(None);
    };
    let group = model::group_of(programme, indicator);
    let count = store::count(db.read(), &indicator.id, &group).await?;
    Ok(Some((indicator, count)))
}

/// The people of an indicator that match a query: those who count, and those whose organisation is not
/// approved yet.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "programme.counted_people", skip_all)]
pub(super) async fn counted_people(
    db: &Db,
    programme: &Programme,
    indicator: &Indicator,
    query: &CountedQuery,
    extent: Extent,
) -> Result<FoundRows<CountedPerson>, DbErr> {
    let group = model::group_of(programme, indicator);
    store::counted_people(db.read(), (&indicator.id, &group), query, extent).await
}

/// The people who have completed something but have not named an employer, and match a query.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "programme.unnamed_people", skip_all)]
pub(super) async fn unnamed_people(
    db: &Db,
    query: &Query<CountedOrder>,
    extent: Extent,
) -> Result<FoundRows<CountedPerson>, DbErr> {
    store::unnamed_people(db.read(), query, extent).await
}

/// A fact with all its evidence.
#[derive(Debug, Clone)]
pub(crate) struct FactProof {
    /// The fact.
    pub fact: indicator_fact::Model,
    /// The person.
    pub person: String,
    /// The organisation for which they worked then, with its current record; `None` while it is not known.
    pub organisation: Option<Organisation>,
    /// Whether and why it counts.
    pub standing: FactStanding,
    /// The facts that it replaced, with the reasons.
    pub corrects: Vec<indicator_fact::Model>,
    /// The fact that replaced it.
    pub corrected_by: Option<indicator_fact::Model>,
    /// When the person named the organisation, if that was after the fact.
    pub named_later: Option<DateTime<Utc>>,
    /// The record that proves it.
    pub source: Source,
    /// The corrections of the organisation's kind since then, oldest first.
    pub kind_corrections: Vec<KindCorrection>,
}

/// A correction of an organisation's kind. Kinds are slugs (`organisation-kind-…`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KindCorrection {
    /// When.
    pub at: DateTime<Utc>,
    /// The kind before.
    pub before: String,
    /// The kind after.
    pub after: String,
}

async fn kind_corrections(
    db: &Db,
    organisation_id: OrganisationId,
    since: DateTime<Utc>,
) -> Result<Vec<KindCorrection>, DbErr> {
    let subject = ("organisation", organisation_id.to_string());
    let entries = audit::about(db, subject, "organisation.corrected").await?;
    let corrections = entries.into_iter().filter(|entry| entry.at >= since);
    Ok(corrections
        .filter_map(|entry| {
            let kind = |when: &str| {
                let kind = entry.detail.get(when)?.get("kind")?.as_str()?;
                Some(kind.to_owned())
            };
            Some(KindCorrection {
                at: entry.at,
                before: kind("before")?,
                after: kind("after")?,
            })
        })
        .filter(|correction| correction.before != correction.after)
        .collect())
}

/// The evidence of a fact of an indicator, or of [`UNCOUNTED`]; `None` if there is no such fact.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "programme.proof", skip_all)]
pub(super) async fn proof(
    db: &Db,
    programme: &Programme,
    indicator_id: &str,
    fact_id: FactId,
) -> Result<Option<FactProof>, DbErr> {
    let Some(fact) = store::find_fact(db.read(), fact_id).await? else {
        return Ok(None);
    };
    if fact.indicator_id != indicator_id {
        return Ok(None);
    }
    let organisation = match fact.organisation_id {
        Some(id) => organisations::find(db.read(), id).await?,
        None => None,
    };
    let is_rejected = organisation
        .as_ref()
        .is_some_and(|organisation| organisation.status == OrganisationStatus::Rejected);
    let standing = match programme.indicator(indicator_id) {
        _ if fact.superseded_by.is_some() => FactStanding::Superseded,
        _ if organisation.is_none() => FactStanding::Unnamed,
        None => FactStanding::Uncounted,
        Some(_) if is_rejected => FactStanding::OrganisationRejected,
        Some(indicator) => {
            let facts = store::holding_facts_of(db.read(), fact.person_id).await?;
            model::standing(programme, indicator, fact_id, &facts)
        }
    };
    let corrected_by = match fact.superseded_by {
        Some(id) => store::find_fact(db.read(), id).await?,
        None => None,
    };
    let named_at = people::named_employers(db.read(), fact.person_id)
        .await?
        .into_iter()
        .find(|naming| Some(naming.organisation.id) == fact.organisation_id)
        .map(|naming| naming.named_at);
    Ok(Some(FactProof {
        named_later: named_at.filter(|at| *at > fact.occurred_at),
        kind_corrections: match fact.organisation_id {
            Some(id) => kind_corrections(db, id, fact.occurred_at).await?,
            None => Vec::new(),
        },
        source: store::source_of(&fact),
        person: people::full_name(db.read(), fact.person_id).await?,
        organisation,
        standing,
        corrects: store::superseded_by(db.read(), fact_id).await?,
        corrected_by,
        fact,
    }))
}
