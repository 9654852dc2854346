//! Checking a file, and carrying out what it says.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use sea_orm::DbErr;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    check,
    model::{
        CheckedFile, Forecast, Import, ImportStatus, MOST_ROWS, RowOutcome, outcome_lines,
        rows_with,
    },
    store::{self, NewImport},
    table::{self, Unreadable},
};
use crate::{
    accounts,
    audit::{self, AuditEntry},
    crypt::FieldKeys,
    db::{Db, Transaction},
    events::{Event, EventLock, EventStatus},
    http::Lang,
    ids::{AccountId, EventId, PersonId, RegistrationImportId},
    jobs::{self, Failure, Job, JobRun},
    organisations,
    personal::Subject,
    registrations::{places, places::Refused, service as registering, state::State},
};

/// How many people are registered in one transaction: others who write wait for it.
const PEOPLE_AT_ONCE: usize = 20;

/// Up to so many people are registered while the organiser waits for the page.
pub(super) const AT_ONCE: i32 = 40;

/// How long checked rows are kept.
const ROWS_KEPT: TimeDelta = TimeDelta::hours(24);

/// How long it is kept what became of each row; names and addresses are not in it.
const OUTCOMES_KEPT: TimeDelta = TimeDelta::days(30);

/// The most characters of a file's name.
const MOST_NAME: usize = 120;

/// The job of registering the people of a checked file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ImportRegistrations {
    import_id: RegistrationImportId,
}

impl Job for ImportRegistrations {
    const KIND: &'static str = "import-registrations";
    type Output = ();
}

/// Why a file is not checked.
#[derive(Debug, thiserror::Error)]
pub(super) enum CheckError {
    /// It cannot be read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// The database fails.
    #[error(transparent)]
    Database(#[from] DbErr),
}

fn custom(error: &dyn std::fmt::Display) -> DbErr {
    DbErr::Custom(error.to_string())
}

fn count(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// The place of the encrypted rows, to which they are bound.
fn place(id: RegistrationImportId) -> String {
    format!("registration_import.sealed/{id}")
}

fn seal(keys: &FieldKeys, id: RegistrationImportId, file: &CheckedFile) -> Result<String, DbErr> {
    let text = serde_json::to_string(file).map_err(|error| custom(&error))?;
    keys.seal(&place(id), &text).map_err(|error| custom(&error))
}

fn open(keys: &FieldKeys, id: RegistrationImportId, sealed: &str) -> Result<CheckedFile, DbErr> {
    let text = keys
        .open(&place(id), sealed)
        .map_err(|error| custom(&error))?;
    serde_json::from_str(&text).map_err(|error| custom(&error))
}

/// Reads and checks a file, and keeps what it holds until it is decided on. What the same account had checked for
/// the event before and did not begin is deleted.
///
/// # Errors
/// The file cannot be read.
#[tracing::instrument(name = "registrations.check_file", skip_all, fields(event.id = %event.row.id))]
pub(super) async fn check_file(
    state: &State,
    event: &Event,
    actor: AccountId,
    (name, bytes): (&str, Vec<u8>),
) -> Result<RegistrationImportId, CheckError> {
    // A reader that panics at what it finds has met a damaged file.
    let table = tokio::task::spawn_blocking(move || table::read(&bytes))
        .await
        .map_err(|_| Unreadable::Damaged)??;
    let named = check::organisations_named(&table);
    let organisations = organisations::by_names(state.db.read(), &named).await?;
    let default = match event.row.language.as_str() {
        "en" => Lang::En,
        _ => Lang::Lv,
    };
    let file = check::check(table, &organisations, default);
    debug_assert!(file.people.len() <= MOST_ROWS, "rows are bounded");
    let id: RegistrationImportId = state.clock.new_id();
    let new = NewImport {
        id,
        event_id: event.row.id,
        created_by: actor,
        file_name: name.chars().take(MOST_NAME).collect(),
        sealed: seal(&state.field_keys, id, &file)?,
        people: count(file.people.len()),
        left_out: i32::try_from(file.left_out).unwrap_or(i32::MAX),
    };
    let now = state.clock.now();
    state
        .db
        .write::<_, DbErr>(async move |txn| {
            store::delete_checked(txn, (new.event_id, actor)).await?;
            store::insert(txn, now, new).await
        })
        .await?;
    Ok(id)
}

/// An import of an account for an event.
///
/// # Errors
/// The database fails.
pub(super) async fn find(
    state: &State,
    of: (EventId, AccountId),
    id: RegistrationImportId,
) -> Result<Option<Import>, DbErr> {
    store::of(state.db.read(), of, id).await
}

/// Whether organisers can register people for the event now.
fn is_open(state: &State, event: &Event) -> bool {
    event.row.status == EventStatus::Published && state.clock.now() < event.row.ends_at
}

/// The rows of a checked file, and what would happen if they were carried out now; `None` if they are gone.
///
/// # Errors
/// The database fails.
pub(super) async fn forecast(
    state: &State,
    event: &Event,
    import: &Import,
) -> Result<Option<(CheckedFile, Forecast)>, DbErr> {
    let Some(sealed) = &import.sealed else {
        return Ok(None);
    };
    let file = open(&state.field_keys, import.id, sealed)?;
    let db = state.db.read();
    let active = store::active_people(db, event.row.id).await?;
    let active: BTreeSet<PersonId> = active.into_iter().collect();
    let addresses = accounts::addresses_of(db, active).await?;
    let taken: BTreeSet<&str> = addresses
        .iter()
        .map(|(_, address, _)| address.as_str())
        .collect();
    let (already, new): (Vec<_>, Vec<_>) = file
        .people
        .iter()
        .partition(|person| taken.contains(person.email.as_str()));
    let places = places::counts(db, event.row.id, event.row.capacity).await?;
    let free = if places.waiting > 0 { 0 } else { places.free() };
    let with_place = new.len().min(usize::try_from(free).unwrap_or(usize::MAX));
    let forecast = Forecast {
        with_place,
        waiting: new.len() - with_place,
        already: already.iter().map(|person| person.row).collect(),
        is_open: is_open(state, event),
    };
    Ok(Some((file, forecast)))
}

/// Begins to carry out a checked file: a job registers its people. Begun before, nothing changes. A few people are
/// registered at once.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "registrations.begin_import", skip_all, fields(import.id = %import.id))]
pub(super) async fn begin(state: &State, import: &Import) -> Result<(), DbErr> {
    let (clock, id) = (state.clock.clone(), import.id);
    let has_begun = state
        .db
        .write::<_, DbErr>(async move |txn| {
            if !store::begin(txn, id).await? {
                return Ok(false);
            }
            let job = ImportRegistrations { import_id: id };
            jobs::enqueue(txn, &clock, &id.to_string(), &job).await?;
            Ok(true)
        })
        .await?;
    if has_begun && import.people <= AT_ONCE {
        // The job does what is left if this fails.
        let job = ImportRegistrations { import_id: id };
        if let Err(failure) = carry_out(state, &job, None).await {
            tracing::warn!(?failure, "an import is left to its job");
        }
    }
    state.jobs.wake();
    Ok(())
}

/// Registers the people of a file that was begun. Some are registered in each transaction, which also records how
/// far the import is: done again after a crash, or by two at once, it registers nobody twice.
///
/// # Errors
/// The database fails, or another runner has taken the job.
pub async fn carry_out(
    state: &State,
    job: &ImportRegistrations,
    run: Option<&JobRun>,
) -> Result<(), Failure> {
    let id = job.import_id;
    let mut opened: Option<(String, CheckedFile)> = None;
    loop {
        let found = store::find(state.db.read(), id).await?;
        let running = found.filter(|import| import.status == ImportStatus::Running);
        let Some((import, sealed)) = running.and_then(|import| {
            let sealed = import.sealed.clone()?;
            Some((import, sealed))
        }) else {
            return Ok(());
        };
        let file = match opened.take() {
            Some((text, file)) if text == sealed => file,
            _ => open(&state.field_keys, id, &sealed)?,
        };
        let done = usize::try_from(import.done).unwrap_or_default();
        let some = file.people.iter().skip(done).take(PEOPLE_AT_ONCE);
        let some: Vec<_> = some.cloned().collect();
        if some.is_empty() {
            end(state, id).await?;
            state.jobs.wake();
            return Ok(());
        }
        let is_ours = register_some(state, &import, some).await?;
        state.jobs.wake();
        if let (Some(run), true) = (run, is_ours) {
            let total = u32::try_from(file.people.len()).unwrap_or(u32::MAX);
            let done = u32::try_from(done + PEOPLE_AT_ONCE).unwrap_or(u32::MAX);
            run.progress(done.min(total), total).await?;
        }
        opened = Some((sealed, file));
    }
}

/// Registers some people, and records how far the import is; `false` if another has done so.
async fn register_some(
    state: &State,
    import: &Import,
    some: Vec<super::model::ImportedPerson>,
) -> Result<bool, Failure> {
    let within = state.clone();
    let import = import.clone();
    let is_ours = state
        .db
        .write::<_, Refused>(async move |txn| {
            let event = registering::lock(txn, import.event_id).await?;
            let step = (import.done, count(some.len()));
            if !store::advance(txn, import.id, step).await? {
                return Ok(false);
            }
            let mut outcomes = Vec::with_capacity(some.len());
            for person in &some {
                let outcome = register_one(&event, &within, &import, person).await?;
                outcomes.push((person.row, outcome));
            }
            // Those that were read are still the newest, because this step was ours.
            let lines = import.outcomes + &outcome_lines(&outcomes);
            store::set_outcomes(txn, import.id, lines).await?;
            Ok(true)
        })
        .await?;
    Ok(is_ours)
}

async fn register_one(
    event: &EventLock<'_>,
    state: &State,
    import: &Import,
    person: &super::model::ImportedPerson,
) -> Result<RowOutcome, Refused> {
    // Asked before, so that nobody becomes known to the platform by an event that takes no registrations.
    let announced = registering::current(event).await?;
    let input = check::registration_of(person, import.created_by);
    let Some(input) = input.filter(|_| is_open(state, &announced)) else {
        return Ok(RowOutcome::Refused);
    };
    match registering::add_in(event, state, &input).await {
        Ok(outcome) => Ok(RowOutcome::of(&outcome)),
        Err(Refused::Database(error)) => Err(error.into()),
        Err(_) => Ok(RowOutcome::Refused),
    }
}

/// Ends an import: its rows are deleted, and how many registrations it made is recorded in the audit log.
async fn end(state: &State, id: RegistrationImportId) -> Result<(), DbErr> {
    let now = state.clock.now();
    state
        .db
        .write::<_, DbErr>(async move |txn| {
            let Some(import) = store::end(txn, now, id).await? else {
                return Ok(());
            };
            let counts: serde_json::Map<_, _> = RowOutcome::ALL
                .into_iter()
                .map(|outcome| {
                    let rows = rows_with(&import, outcome).len();
                    (outcome.slug().to_owned(), json!(rows))
                })
                .collect();
            let entry = AuditEntry {
                actor_account_id: Some(import.created_by),
                action: "registrations.imported",
                subject_kind: "event",
                subject_id: import.event_id.to_string(),
                detail: json!({ "import": id, "left_out": import.left_out, "rows": counts }),
            };
            audit::record(txn, now, entry).await
        })
        .await
}

/// Deletes a checked file that is not to be carried out. Begun before, nothing changes.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "registrations.discard_import", skip_all, fields(import.id = %import.id))]
pub(super) async fn discard(state: &State, import: &Import) -> Result<(), DbErr> {
    let id = import.id;
    state
        .db
        .write::<_, DbErr>(async move |txn| store::delete_one(txn, id).await.map(drop))
        .await
}

/// Deletes the rows of files that were checked a day ago and not carried out, and what became of rows a month ago.
/// Returns how many files.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "registrations.discard_old_imports", skip_all)]
pub async fn discard_old(state: &State) -> Result<u64, DbErr> {
    let now = state.clock.now();
    state
        .db
        .write::<_, DbErr>(async move |txn| {
            store::delete_old(txn, now - ROWS_KEPT, now - OUTCOMES_KEPT).await
        })
        .await
}

/// The imports of accounts, for those who made them.
///
/// # Errors
/// The database fails.
pub(in crate::registrations) async fn made_by(
    db: &Db,
    accounts: &[AccountId],
) -> Result<Vec<Import>, DbErr> {
    store::by(db.read(), accounts).await
}

/// Takes a person out of files that wait: their row is refused when its turn comes. Files that they had checked
/// themselves and not begun are deleted, and the names of the others.
///
/// # Errors
/// The database fails.
pub(in crate::registrations) async fn forget(
    txn: &Transaction,
    keys: &FieldKeys,
    subject: &Subject,
) -> Result<(), DbErr> {
    store::forget_maker(txn, &subject.account_ids).await?;
    let addresses = &subject.addresses;
    for import in store::unfinished(txn).await? {
        let Some(sealed) = &import.sealed else {
            continue;
        };
        let mut file = open(keys, import.id, sealed)?;
        let is_theirs = |address: &str| addresses.iter().any(|one| one == address);
        let rows: BTreeSet<u32> = file
            .people
            .iter()
            .filter(|person| is_theirs(&person.email))
            .map(|person| person.row)
            .collect();
        if rows.is_empty() {
            continue;
        }
        for person in &mut file.people {
            if rows.contains(&person.row) {
                // The others keep their places in the list, by which the import goes on.
                person.given_name.clear();
                person.family_name.clear();
                person.email.clear();
                person.role.clear();
                person.organisation_id = None;
            }
        }
        file.problems.retain(|problem| !rows.contains(&problem.row));
        let sealed = seal(keys, import.id, &file)?;
        store::reseal(txn, import.id, sealed).await?;
    }
    Ok(())
}
