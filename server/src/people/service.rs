//! The use cases of people; each has its own transaction.

use std::{collections::BTreeSet, sync::Arc};

use futures::future::LocalBoxFuture;
use sea_orm::{ConnectionTrait, DbErr};
use serde_json::json;

use super::{
    forms::PersonName,
    model::{Affiliation, NamedEmployer, Readiness},
    store::{self, PersonLock},
};
use crate::{
    audit::{self, AuditEntry},
    clock::Clock,
    db::{Db, Transaction},
    http::Lang,
    ids::{AccountId, AffiliationId, OrganisationId, PersonId},
    organisations::{self, OrganisationInput, OrganisationLock, OrganisationStatus},
};

/// How other areas react when a person names their employer. Implemented on top of the areas, so that
/// `people` does not depend on them.
pub trait OnEmployer: Send + Sync {
    /// Called in the same transaction.
    fn named<'a>(
        &'a self,
        person: &'a PersonLock<'_>,
        clock: &'a Clock,
    ) -> LocalBoxFuture<'a, Result<(), DbErr>>;

    /// The key of the message that tells a person what depends on naming an organisation; `None` if nothing
    /// does.
    fn pending_message_key<'a>(
        &'a self,
        db: &'a Db,
        person_id: PersonId,
    ) -> LocalBoxFuture<'a, Result<Option<&'static str>, DbErr>>;
}

/// Which steps a person has taken and which are missing before they may enrol.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "people.readiness", skip_all, fields(person.id = %person_id))]
pub async fn readiness(db: &Db, person_id: PersonId) -> Result<Readiness, DbErr> {
    store::readiness(db.read(), person_id).await
}

/// Given and family name; empty until they are entered.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "people.names", skip_all, fields(person.id = %person_id))]
pub(super) async fn names(db: &Db, person_id: PersonId) -> Result<(String, String), DbErr> {
    store::names(db.read(), person_id).await
}

/// The same as checked names, for records in which people are named as they are now; `None` until they are entered.
///
/// # Errors
/// The database fails.
pub async fn checked_names(
    db: &Db,
    person_id: PersonId,
) -> Result<Option<(PersonName, PersonName)>, DbErr> {
    let (given, family) = names(db, person_id).await?;
    let has_name = !given.is_empty() || !family.is_empty();
    Ok(has_name.then(|| (PersonName::stored(given), PersonName::stored(family))))
}

/// Sets a person's names. Certificates issued before keep the earlier names.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "people.set_names", skip_all, fields(person.id = %person_id))]
pub(super) async fn set_names(
    clock: &Clock,
    db: &Db,
    (actor, person_id): (AccountId, PersonId),
    given: PersonName,
    family: PersonName,
) -> Result<(), DbErr> {
    let now = clock.now();
    db.write(async move |txn| {
        let person = PersonLock::take(txn, person_id).await?;
        let (given, family) = (given.as_str(), family.as_str());
        let (given_before, family_before) = store::names(txn, person_id).await?;
        if (given, family) == (given_before.as_str(), family_before.as_str()) {
            return Ok(());
        }
        store::set_names(&person, (given, family)).await?;
        // The names themselves are no part of the log, which is kept for ever.
        let renamed = entry(actor, "person.renamed", person_id, json!({}));
        audit::record(txn, now, renamed).await
    })
    .await
}

fn entry(
    actor: AccountId,
    action: &'static str,
    person_id: PersonId,
    detail: serde_json::Value,
) -> AuditEntry {
    AuditEntry {
        actor_account_id: Some(actor),
        action,
        subject_kind: "person",
        subject_id: person_id.to_string(),
        detail,
    }
}

/// Told when somebody is ready to learn and goes on to a page, by that page's path: begins what they wanted to begin
/// there before they had to say who they are.
pub type OnArrival =
    Arc<dyn Fn(PersonId, Lang, String) -> LocalBoxFuture<'static, Result<(), DbErr>> + Send + Sync>;

/// The person's current and earlier employers, newest first.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "people.affiliations", skip_all, fields(person.id = %person_id))]
pub async fn affiliations(db: &Db, person_id: PersonId) -> Result<Vec<Affiliation>, DbErr> {
    store::affiliations(db.read(), person_id).await
}

/// What is known of a person that others may know too: the name, and the names of employers.
///
/// # Errors
/// The database fails.
pub async fn known_words(db: &Db, person_id: PersonId) -> Result<Vec<String>, DbErr> {
    let name = store::full_name(db.read(), person_id).await?;
    let employers = store::affiliations(db.read(), person_id).await?;
    let employers = employers
        .into_iter()
        .map(|employer| employer.organisation.name);
    Ok(employers.chain([name]).collect())
}

/// Why an organisation could not be chosen.
#[derive(Debug, thiserror::Error)]
pub enum ChooseError {
    /// There is no such organisation in the register.
    #[error("no such organisation")]
    NoOrganisation,
    /// The database fails.
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Sets the person's employer from today on; the previous affiliation ends today. Choosing the same again
/// changes nothing. Completions that were waiting because the organisation was unknown or rejected count for
/// this one.
///
/// # Errors
/// See [`ChooseError`].
#[tracing::instrument(name = "people.choose", skip_all, fields(person.id = %person_id, organisation.id = %organisation_id))]
pub(super) async fn choose(
    clock: &Clock,
    db: &Db,
    on_employer: &Arc<dyn OnEmployer>,
    (actor, person_id): (AccountId, PersonId),
    organisation_id: OrganisationId,
) -> Result<(), ChooseError> {
    let (clock, on_employer) = (clock.clone(), Arc::clone(on_employer));
    db.write(async move |txn| {
        // Nobody decides on the organisation in the meantime; organisations are locked before people.
        let organisation = organisations::lock(txn, organisation_id)
            .await?
            .filter(|found| found.status() == OrganisationStatus::Approved)
            .ok_or(ChooseError::NoOrganisation)?;
        let person = PersonLock::take(txn, person_id).await?;
        let has_moved = move_to(&person, &clock, &organisation).await?;
        on_employer.named(&person, &clock).await?;
        if has_moved {
            note_move(&person, &clock, actor, organisation.id()).await?;
        }
        Ok(())
    })
    .await
}

async fn note_move(
    person: &PersonLock<'_>,
    clock: &Clock,
    actor: AccountId,
    organisation: OrganisationId,
) -> Result<(), DbErr> {
    let detail = json!({ "organisation": organisation });
    let moved = entry(actor, "person.organisation-changed", person.id(), detail);
    audit::record(person.txn(), clock.now(), moved).await
}

/// Sets the person's employer to an organisation that is not in the register. It is proposed, unless one with
/// its registration number exists. Without an actor, in the demonstration, nothing is recorded in the audit log,
/// which has its entries in the order of their times.
///
/// # Errors
/// `ChooseError::NoOrganisation` if the one with this number was rejected.
#[tracing::instrument(name = "people.propose", skip_all, fields(person.id = %person_id))]
pub async fn propose(
    clock: &Clock,
    db: &Db,
    on_employer: &Arc<dyn OnEmployer>,
    (actor, person_id): (Option<AccountId>, PersonId),
    input: OrganisationInput,
) -> Result<(), ChooseError> {
    let (clock, on_employer) = (clock.clone(), Arc::clone(on_employer));
    db.write(async move |txn| {
        let organisation = organisations::find_or_propose(txn, &clock, &input, person_id)
            .await?
            .ok_or(ChooseError::NoOrganisation)?;
        let person = PersonLock::take(txn, person_id).await?;
        let has_moved = move_to(&person, &clock, &organisation).await?;
        on_employer.named(&person, &clock).await?;
        if let Some(actor) = actor.filter(|_| has_moved) {
            note_move(&person, &clock, actor, organisation.id()).await?;
        }
        Ok(())
    })
    .await
}

/// Sets a person's employer in the caller's transaction; for the demonstration.
///
/// # Errors
/// The database fails.
pub async fn affiliate(
    person: &PersonLock<'_>,
    clock: &Clock,
    organisation: &OrganisationLock<'_>,
) -> Result<(), DbErr> {
    move_to(person, clock, organisation).await.map(drop)
}

/// Returns whether the employer is another one than before.
async fn move_to(
    person: &PersonLock<'_>,
    clock: &Clock,
    organisation: &OrganisationLock<'_>,
) -> Result<bool, DbErr> {
    let today = Lang::riga_date(clock.now());
    if let Some((current, _)) = store::current_affiliation(person.txn(), person.id()).await? {
        if current.organisation_id == organisation.id() {
            return Ok(false);
        }
        store::end_affiliation(person, current.id, today).await?;
    }
    store::begin_affiliation(person, clock, organisation, today).await?;
    Ok(true)
}

/// Records that the person accepts the current privacy notice.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "people.accept_privacy", skip_all, fields(person.id = %person_id))]
pub(super) async fn accept_privacy(
    clock: &Clock,
    db: &Db,
    person_id: PersonId,
    lang: Lang,
) -> Result<(), DbErr> {
    let clock = clock.clone();
    db.write(async move |txn| {
        let person = PersonLock::take(txn, person_id).await?;
        store::accept_privacy(&person, &clock, lang).await
    })
    .await
}

/// Like `accept_privacy`, in the caller's transaction; for the demonstration.
///
/// # Errors
/// The database fails.
pub async fn accept_privacy_in(
    person: &PersonLock<'_>,
    clock: &Clock,
    lang: Lang,
) -> Result<(), DbErr> {
    store::accept_privacy(person, clock, lang).await
}

/// When the person accepted the current notice, if they did.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "people.privacy_acceptance", skip_all, fields(person.id = %person_id))]
pub(super) async fn privacy_acceptance(
    db: &Db,
    person_id: PersonId,
) -> Result<Option<chrono::DateTime<chrono::Utc>>, DbErr> {
    store::privacy_acceptance(db.read(), person_id).await
}

/// Adds a person in the caller's transaction; the names may be empty.
///
/// # Errors
/// The database fails.
pub async fn add(
    txn: &impl ConnectionTrait,
    clock: &Clock,
    names: (&str, &str),
) -> Result<PersonId, DbErr> {
    store::insert(txn, clock, names).await
}

/// Sets a person's names in the caller's transaction.
///
/// # Errors
/// The database fails.
///
/// Calling it without the lock does not compile:
///
/// ```compile_fail,E0308
/// # use server::{clock::Clock, db::Transaction, people};
/// # use sea_orm::DbErr;
/// # use server::ids::PersonId;
/// async fn correct(txn: &Transaction, person_id: PersonId) -> Result<(), DbErr> {
///     people::rename(&person_id, ("Anna", "Paraudziņa")).await
/// }
/// ```
///
/// With the lock it does:
///
/// ```
/// # use server::{clock::Clock, db::Transaction, people};
/// # use sea_orm::DbErr;
/// # use server::ids::PersonId;
/// async fn correct(txn: &Transaction, person_id: PersonId) -> Result<(), DbErr> {
///     let person = people::lock(txn, person_id).await?;
///     people::rename(&person, ("Anna", "Paraudziņa")).await
/// }
/// ```
pub async fn rename(person: &PersonLock<'_>, names: (&str, &str)) -> Result<(), DbErr> {
    store::set_names(person, names).await
}

/// Takes the lock of a person's records: the first statement of every write about them.
///
/// # Errors
/// The database fails, or there is no such person.
pub async fn lock(txn: &Transaction, person_id: PersonId) -> Result<PersonLock<'_>, DbErr> {
    PersonLock::take(txn, person_id).await
}

/// Takes the locks of several people, in the order that avoids deadlocks.
///
/// # Errors
/// The database fails, or one of them is not there.
pub async fn lock_all<'txn>(
    txn: &'txn Transaction,
    people: &BTreeSet<PersonId>,
) -> Result<Vec<PersonLock<'txn>>, DbErr> {
    PersonLock::take_all(txn, people).await
}

/// The confirmed addresses of those of the people who are guests, with their languages.
///
/// # Errors
/// The database fails.
pub async fn guest_addresses(
    db: &impl ConnectionTrait,
    people: &BTreeSet<PersonId>,
) -> Result<Vec<(PersonId, String, Lang)>, DbErr> {
    store::guest_addresses(db, people).await
}

/// The people who have ever named an organisation as their employer.
///
/// # Errors
/// The database fails.
pub async fn have_named(
    db: &impl ConnectionTrait,
    organisation_id: OrganisationId,
) -> Result<BTreeSet<PersonId>, DbErr> {
    store::have_named(db, organisation_id).await
}

/// Lets what people have said of an organisation be of another one, from the beginning; `people` are those who have
/// named it. Returns the records that were changed.
///
/// # Errors
/// The database fails.
pub async fn move_affiliations(
    people: &[PersonLock<'_>],
    from: OrganisationId,
    into: OrganisationId,
) -> Result<Vec<AffiliationId>, DbErr> {
    store::move_affiliations(people, from, into).await
}

/// Those of these statements about employers that are of an organisation, with the people who made them.
///
/// # Errors
/// The database fails.
pub async fn affiliations_at(
    db: &impl ConnectionTrait,
    ids: &[AffiliationId],
    organisation_id: OrganisationId,
) -> Result<Vec<(AffiliationId, PersonId)>, DbErr> {
    store::affiliations_at(db, ids, organisation_id).await
}

/// Lets these statements be of another organisation; the people who made them are locked.
///
/// # Errors
/// The database fails.
pub async fn return_affiliations(
    people: &[PersonLock<'_>],
    ids: &[AffiliationId],
    organisation_id: OrganisationId,
) -> Result<(), DbErr> {
    store::set_organisation(people, ids, organisation_id).await
}

/// The people who currently work for an organisation.
///
/// # Errors
/// The database fails.
pub async fn working_at(
    db: &impl ConnectionTrait,
    organisation_id: OrganisationId,
) -> Result<BTreeSet<PersonId>, DbErr> {
    store::working_at(db, organisation_id).await
}

/// How many people currently work for an organisation.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "people.count_working_at", skip_all, fields(organisation.id = %organisation_id))]
pub async fn count_working_at(db: &Db, organisation_id: OrganisationId) -> Result<u64, DbErr> {
    store::count_people(db.read(), organisation_id).await
}

/// The employers that a person has named, in the order in which they named them.
///
/// # Errors
/// The database fails.
pub async fn named_employers(
    db: &impl ConnectionTrait,
    person_id: PersonId,
) -> Result<Vec<NamedEmployer>, DbErr> {
    store::named_employers(db, person_id).await
}
