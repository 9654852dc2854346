//! What managers allow a person in tests: more attempts, extra time.

use chrono::{DateTime, TimeDelta, Utc};
use course_compiler::{Course, CourseId, Lesson};
use sea_orm::DbErr;
use serde_json::json;

use super::{closing, enrolment};
use crate::{
    audit,
    crypt::{self, FieldKeys},
    db::{Db, Transaction, entity::test_allowance::AllowanceKind},
    http::{
        address::{self, Address as _},
        theme::Arg,
    },
    ids::{AccountId, EnrolmentId, PersonId, TestAllowanceId},
    learning::{
        forms::{AllowanceReason, ExtraAttempts, ExtraTime},
        list::LearnerOrder,
        model::{self, AttemptSummary, LearnerSummary, NextAttempt},
        state::{Context, State},
        store::{self, AllowanceRow, Withdrawal},
    },
    list::{Extent, FoundRows, Query},
    mail,
    people::{self, PersonLock},
};

/// Why something cannot be allowed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AllowError {
    /// The person is not enrolled in a course with a test that limits attempts.
    #[error("no such limited test")]
    NoLimit,
    /// The test was passed.
    #[error("the test was passed")]
    Passed,
    /// The database failed, or the keys of encrypted fields cannot be used.
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// What is or was allowed a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Allowance {
    /// Its id.
    pub(crate) id: TestAllowanceId,
    /// In which enrolment; `None` for extra time.
    pub(crate) enrolment_id: Option<EnrolmentId>,
    /// What.
    pub(crate) kind: AllowanceKind,
    /// How many attempts, or how many percent.
    pub(crate) amount: i32,
    /// Why.
    pub(crate) reason: String,
    /// When.
    pub(crate) given_at: DateTime<Utc>,
    /// When it was taken back, and why; without a reason if another one took its place.
    pub(crate) withdrawn: Option<(DateTime<Utc>, Option<String>)>,
}

/// A person who learns, for managers.
#[derive(Debug, Clone)]
pub(crate) struct LearnerRecord {
    /// Who.
    pub(crate) person_id: PersonId,
    /// Their name.
    pub(crate) name: String,
    /// Their courses with how far they are, the newest first.
    pub(crate) courses: Vec<(CourseId, enrolment::Enrolled)>,
    /// What was allowed, the newest first.
    pub(crate) allowances: Vec<Allowance>,
}

/// The people who are enrolled in a course and match a query.
///
/// # Errors
/// The database fails.
#[tracing::instrument(name = "learning.allowance.learners", skip_all)]
pub(crate) async fn learners(
    db: &Db,
    query: &Query<LearnerOrder>,
    extent: Extent,
) -> Result<FoundRows<LearnerSummary>, DbErr> {
    store::learners(db.read(), query, extent).await
}

/// A person who is enrolled in a course; `None` if there is none with this id.
///
/// # Errors
/// The database fails, or a reason cannot be decrypted.
#[tracing::instrument(name = "learning.allowance.learner", skip_all, fields(person.id = %person_id))]
pub(crate) async fn learner(
    context: &Context,
    person_id: PersonId,
) -> Result<Option<LearnerRecord>, DbErr> {
    let courses = enrolment::enrolments(context, person_id).await?;
    if courses.is_empty() {
        return Ok(None);
    }
    let rows = store::allowances_of(context.db.read(), person_id).await?;
    let allowances: Result<Vec<_>, DbErr> = rows
        .into_iter()
        .map(|row| open(&context.field_keys, row))
        .collect();
    Ok(Some(LearnerRecord {
        person_id,
        name: people::full_name(context.db.read(), person_id).await?,
        courses,
        allowances: allowances?,
    }))
}

/// A row with its reasons decrypted.
pub(in crate::learning) fn open(keys: &FieldKeys, row: AllowanceRow) -> Result<Allowance, DbErr> {
    let unreadable = |error: crate::crypt::CryptError| DbErr::Custom(error.to_string());
    let reason = keys
        .open(&place(row.id, "reason"), &row.reason)
        .map_err(unreadable)?;
    let withdrawn_reason = row
        .withdrawn_reason
        .map(|sealed: String| keys.open(&place(row.id, "withdrawn_reason"), &sealed))
        .transpose()
        .map_err(unreadable)?;
    Ok(Allowance {
        id: row.id,
        enrolment_id: row.enrolment_id,
        kind: row.kind,
        amount: row.amount,
        reason,
        given_at: row.given_at,
        withdrawn: row.withdrawn_at.map(|at| (at, withdrawn_reason)),
    })
}

/// The place of an encrypted field.
fn place(id: TestAllowanceId, column: &str) -> String {
    crypt::place("test_allowance", column, id)
}

fn seal(
    keys: &FieldKeys,
    id: TestAllowanceId,
    column: &str,
    reason: &AllowanceReason,
) -> Result<String, DbErr> {
    keys.seal(&place(id, column), reason.as_str())
        .map_err(|error| DbErr::Custom(error.to_string()))
}

/// Allows a person more attempts at the test of a course, and tells them by mail.
///
/// # Errors
/// See [`AllowError`].
#[tracing::instrument(name = "learning.allowance.attempts", skip_all, fields(person.id = %person_id))]
pub(crate) async fn allow_attempts(
    context: &Context,
    actor: AccountId,
    person_id: PersonId,
    extra: ExtraAttempts,
) -> Result<(), AllowError> {
    let id: TestAllowanceId = context.clock.new_id();
    let sealed = seal(&context.field_keys, id, "reason", &extra.reason)?;
    let within = context.clone();
    let write = context.db.write::<_, DbErr>(async move |txn| {
        let person = people::lock(txn, person_id).await?;
        let Some(course) = within.catalogue.by_id(&extra.course_id) else {
            return Ok(Err(AllowError::NoLimit));
        };
        let is_trial = within.is_trial(&course.id);
        let found = store::find_enrolment(txn, person_id, &course.id, is_trial).await?;
        let test = course.final_test();
        let Some((enrolment, test)) = found.zip(test) else {
            return Ok(Err(AllowError::NoLimit));
        };
        if test
            .test_rules()
            .is_none_or(|rules| rules.attempts.is_none())
        {
            return Ok(Err(AllowError::NoLimit));
        }
        closing::end_overdue_of(&person, &within, &enrolment).await?;
        let attempts = store::attempts(txn, enrolment.id, &test.id).await?;
        if attempts.iter().any(AttemptSummary::is_passed) {
            return Ok(Err(AllowError::Passed));
        }
        let row = AllowanceRow {
            id,
            person_id,
            enrolment_id: Some(enrolment.id),
            kind: AllowanceKind::Attempts,
            amount: extra.count,
            reason: sealed,
            given_by: actor,
            given_at: within.clock.now(),
            withdrawn_by: None,
            withdrawn_at: None,
            withdrawn_reason: None,
        };
        store::insert_allowance(&person, row).await?;
        store::count_extra_attempts(&person, enrolment.id).await?;
        let allowed = enrolment.extra_attempts.saturating_add(extra.count);
        let allowed = u32::try_from(allowed).unwrap_or_default();
        let from = begins_at(within.clock.now(), test, allowed, &attempts);
        let told = Told::Attempts {
            course,
            count: extra.count,
            from,
        };
        tell(&person, &within, id, &told).await?;
        note(
            txn,
            &within,
            (actor, "allowance.given"),
            id,
            (person_id, AllowanceKind::Attempts, extra.count),
        )
        .await?;
        Ok(Ok(()))
    });
    let done = write.await?;
    context.jobs.wake();
    done
}

/// From when the next attempt may be begun, if there is a pause before it.
fn begins_at(
    now: DateTime<Utc>,
    test: &Lesson,
    extra: u32,
    attempts: &[AttemptSummary],
) -> Option<DateTime<Utc>> {
    match model::next_attempt(test.test_rules()?, extra, attempts, now) {
        NextAttempt::Wait(from) => Some(from),
        _ => None,
    }
}

/// Allows a person extra time in every test with a time limit, in place of what was allowed before; attempts under
/// way are extended. Tells them by mail.
///
/// # Errors
/// The database fails, or the keys of encrypted fields cannot be used.
#[tracing::instrument(name = "learning.allowance.time", skip_all, fields(person.id = %person_id))]
pub(crate) async fn allow_time(
    context: &Context,
    actor: AccountId,
    person_id: PersonId,
    extra: ExtraTime,
) -> Result<(), DbErr> {
    let id: TestAllowanceId = context.clock.new_id();
    let sealed = seal(&context.field_keys, id, "reason", &extra.reason)?;
    let within = context.clone();
    context
        .db
        .write::<_, DbErr>(async move |txn| {
            let person = people::lock(txn, person_id).await?;
            let now = within.clock.now();
            for earlier in store::allowances_of(txn, person_id).await? {
                if earlier.kind == AllowanceKind::Time && earlier.withdrawn_at.is_none() {
                    let replaced = Withdrawal {
                        by: actor,
                        at: now,
                        reason: None,
                    };
                    store::withdraw_allowance(&person, earlier.id, replaced).await?;
                }
            }
            let row = AllowanceRow {
                id,
                person_id,
                enrolment_id: None,
                kind: AllowanceKind::Time,
                amount: extra.percent,
                reason: sealed,
                given_by: actor,
                given_at: now,
                withdrawn_by: None,
                withdrawn_at: None,
                withdrawn_reason: None,
            };
            store::insert_allowance(&person, row).await?;
            let extended = extend(&person, now, extra.percent).await?;
            let told = Told::Time {
                percent: extra.percent,
                until: extended.last().copied(),
            };
            tell(&person, &within, id, &told).await?;
            note(
                txn,
                &within,
                (actor, "allowance.given"),
                id,
                (person_id, AllowanceKind::Time, extra.percent),
            )
            .await
        })
        .await?;
    context.jobs.wake();
    Ok(())
}

/// Extends the attempts of a person that are under way, so that their time is that of the limit and these percent.
/// None is shortened. Returns the new deadlines.
async fn extend(
    person: &PersonLock<'_>,
    now: DateTime<Utc>,
    percent: i32,
) -> Result<Vec<DateTime<Utc>>, DbErr> {
    let mut extended = Vec::new();
    for attempt in store::timed_attempts_of(person.txn(), person.id()).await? {
        let (summary, before) = (store::summary(&attempt), attempt.extra_time_percent);
        let Some(deadline) = summary.deadline_at.filter(|_| !summary.is_overdue(now)) else {
            continue;
        };
        let limit = (deadline - summary.started_at) * 100 / before.saturating_add(100).max(1);
        let until = summary.started_at + with_extra_time(limit, percent);
        if until > deadline {
            store::extend_attempt(person, attempt.id, until, percent).await?;
            extended.push(until);
        }
    }
    Ok(extended)
}

/// A time limit with extra time, in percent of it.
pub(super) fn with_extra_time(limit: TimeDelta, percent: i32) -> TimeDelta {
    limit + limit * percent / 100
}

/// Takes back what was allowed: it does not hold for what is begun from now on; an attempt under way keeps its time.
/// Tells the person by mail. `false` if there is no such allowance that holds.
///
/// # Errors
/// The database fails, or the keys of encrypted fields cannot be used.
#[tracing::instrument(name = "learning.allowance.withdraw", skip_all, fields(person.id = %person_id))]
pub(crate) async fn withdraw(
    context: &Context,
    actor: AccountId,
    (person_id, id): (PersonId, TestAllowanceId),
    reason: AllowanceReason,
) -> Result<bool, DbErr> {
    let sealed = seal(&context.field_keys, id, "withdrawn_reason", &reason)?;
    let within = context.clone();
    let done = context
        .db
        .write::<_, DbErr>(async move |txn| {
            let person = people::lock(txn, person_id).await?;
            let rows = store::allowances_of(txn, person_id).await?;
            let Some(row) = rows.into_iter().find(|row| row.id == id) else {
                return Ok(false);
            };
            let withdrawal = Withdrawal {
                by: actor,
                at: within.clock.now(),
                reason: Some(sealed),
            };
            if !store::withdraw_allowance(&person, id, withdrawal).await? {
                return Ok(false);
            }
            let mut course = None;
            if let Some(enrolment_id) = row.enrolment_id {
                store::count_extra_attempts(&person, enrolment_id).await?;
                let enrolment = store::enrolment_by_id(txn, enrolment_id).await?;
                course = enrolment
                    .and_then(|row| within.catalogue.by_id(&row.course_id.as_str().into()));
            }
            tell(&person, &within, id, &Told::Withdrawn(row.kind, course)).await?;
            note(
                txn,
                &within,
                (actor, "allowance.withdrawn"),
                id,
                (person_id, row.kind, row.amount),
            )
            .await?;
            Ok(true)
        })
        .await?;
    context.jobs.wake();
    Ok(done)
}

/// What a person is told by mail.
enum Told<'a> {
    Attempts {
        course: &'a Course,
        count: i32,
        /// From when the next one may be begun, if not at once.
        from: Option<DateTime<Utc>>,
    },
    Time {
        percent: i32,
        /// Until when the attempt under way has to be handed in.
        until: Option<DateTime<Utc>>,
    },
    Withdrawn(AllowanceKind, Option<&'a Course>),
}

/// Queues a mail to the person, if they have an address. It does not say why.
async fn tell(
    person: &PersonLock<'_>,
    context: &Context,
    id: TestAllowanceId,
    told: &Told<'_>,
) -> Result<(), DbErr> {
    let address = context.addresses.of(person.txn(), person.id()).await?;
    let Some((address, lang)) = address else {
        return Ok(());
    };
    let title = |course: &Course| {
        let title = course.title.get(lang.into(), course.source_language);
        Arg::from(title.to_owned())
    };
    let link = |url: &str| Arg::from(context.composer.link(url));
    let number = |number: i32| Arg::from(number.unsigned_abs());
    let (kind, args) = match told {
        Told::Attempts {
            course,
            count,
            from,
        } => (
            if from.is_some() {
                "attempts-allowed-later"
            } else {
                "attempts-allowed"
            },
            vec![
                (
                    "time",
                    from.map(|from| lang.date_time(from))
                        .unwrap_or_default()
                        .into(),
                ),
                ("course", title(course)),
                ("count", number(*count)),
                (
                    "link",
                    link(
                        &address::Test {
                            course: (*course).into(),
                        }
                        .url(lang),
                    ),
                ),
            ],
        ),
        Told::Time { percent, until } => (
            if until.is_some() {
                "time-allowed-now"
            } else {
                "time-allowed"
            },
            vec![
                ("percent", number(*percent)),
                (
                    "time",
                    until
                        .map(|until| lang.date_time(until))
                        .unwrap_or_default()
                        .into(),
                ),
                ("link", link(&address::Me.url(lang))),
            ],
        ),
        Told::Withdrawn(AllowanceKind::Attempts, course) => (
            "attempts-withdrawn",
            vec![
                ("course", course.map_or_else(|| "".into(), title)),
                ("link", link(&address::Contact.url(lang))),
            ],
        ),
        Told::Withdrawn(AllowanceKind::Time, _) => (
            "time-withdrawn",
            vec![("link", link(&address::Contact.url(lang)))],
        ),
    };
    let key = format!("{kind}:{id}");
    let mail = context.composer.mail(lang, kind, &address, key, &args);
    mail::enqueue(person.txn(), &context.clock, mail)
        .await
        .map(drop)
}

async fn note(
    txn: &Transaction,
    context: &Context,
    (actor, action): (AccountId, &'static str),
    id: TestAllowanceId,
    (person_id, kind, amount): (PersonId, AllowanceKind, i32),
) -> Result<(), DbErr> {
    let kind = match kind {
        AllowanceKind::Attempts => "attempts",
        AllowanceKind::Time => "time",
    };
    let entry = audit::AuditEntry {
        actor_account_id: Some(actor),
        action,
        subject_kind: "test_allowance",
        subject_id: id.to_string(),
        detail: json!({ "person": person_id, "kind": kind, "amount": amount }),
    };
    audit::record(txn, context.clock.now(), entry).await
}

/// Records that a manager has seen what is recorded about a person.
///
/// # Errors
/// The database fails.
pub(crate) async fn note_view(
    state: &State,
    actor: AccountId,
    person_id: PersonId,
) -> Result<(), DbErr> {
    let seen = audit::AuditEntry {
        actor_account_id: Some(actor),
        action: "learner.viewed",
        subject_kind: "person",
        subject_id: person_id.to_string(),
        detail: json!({}),
    };
    audit::note(&state.db, state.clock.now(), seen).await
}

/// The name of a person and one of the things that they are allowed, if it holds.
///
/// # Errors
/// The database fails, or a reason cannot be decrypted.
pub(crate) async fn held(
    context: &Context,
    person_id: PersonId,
    id: TestAllowanceId,
) -> Result<Option<(LearnerRecord, Allowance)>, DbErr> {
    let Some(record) = learner(context, person_id).await? else {
        return Ok(None);
    };
    let held = record
        .allowances
        .iter()
        .find(|one| one.id == id && one.withdrawn.is_none())
        .cloned();
    Ok(held.map(|held| (record, held)))
}
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extra_time_is_a_share_of_the_limit() {
        let half_an_hour = TimeDelta::minutes(30);
        for (percent, minutes) in [(0, 30), (10, 33), (50, 45), (200, 90)] {
            let expected = TimeDelta::minutes(minutes);
            assert_eq!(with_extra_time(half_an_hour, percent), expected);
        }
    }
}
