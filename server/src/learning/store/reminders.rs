//! The queries of reminders.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, FromQueryResult, QueryFilter as _,
    QueryOrder as _, Set, sea_query::OnConflict,
};

use crate::{
    db::{
        entity::{reminder, reminder_stop},
        hand_written,
    },
    ids::{EnrolmentId, PersonId},
    people::PersonLock,
};

/// When something was done last in each enrolment: it was begun, a lesson opened or read, a question answered, an
/// attempt begun or ended.
const ACTIVITY_SQL: &str = "SELECT enrolment_id, MAX(at) AS last_at FROM (\
     SELECT id AS enrolment_id, enrolled_at AS at FROM enrolment \
     UNION ALL SELECT enrolment_id, opened_at FROM lesson_progress \
     UNION ALL SELECT enrolment_id, completed_at FROM lesson_progress WHERE completed_at IS NOT NULL \
     UNION ALL SELECT enrolment_id, answered_at FROM practice_answer \
     UNION ALL SELECT enrolment_id, started_at FROM attempt \
     UNION ALL SELECT enrolment_id, finished_at FROM attempt WHERE finished_at IS NOT NULL \
     UNION ALL SELECT a.enrolment_id, s.answered_at FROM attempt_step s \
     JOIN attempt a ON a.id = s.attempt_id) activity";

/// An enrolment in which nothing was done for a while.
#[derive(Debug, FromQueryResult)]
pub(in crate::learning) struct QuietEnrolment {
    pub(in crate::learning) id: EnrolmentId,
    pub(in crate::learning) person_id: PersonId,
    pub(in crate::learning) course_id: String,
    pub(in crate::learning) last_at: DateTime<Utc>,
}

/// How many are read at once.
const QUIET_AT_ONCE: u64 = 200;

/// Enrolments that are no trials and not completed, in which something was done last after `since` and not after
/// `until`, whose people want reminders and had none of this step or a later one; in the order of their ids, after
/// `after`.
pub(in crate::learning) async fn quiet_enrolments(
    db: &impl ConnectionTrait,
    (since, until): (DateTime<Utc>, DateTime<Utc>),
    step: i32,
    after: EnrolmentId,
) -> Result<Vec<QuietEnrolment>, DbErr> {
    let sql = format!(
        "SELECT e.id, e.person_id, e.course_id, q.last_at \
         FROM ({ACTIVITY_SQL} GROUP BY enrolment_id) q JOIN enrolment e ON e.id = q.enrolment_id \
         WHERE q.last_at > ? AND q.last_at <= ? AND e.id > ? AND e.is_trial = ? \
         AND NOT EXISTS (SELECT 1 FROM completion c WHERE c.enrolment_id = e.id) \
         AND NOT EXISTS (SELECT 1 FROM reminder r WHERE r.enrolment_id = e.id AND r.step >= ?) \
         AND NOT EXISTS (SELECT 1 FROM reminder_stop s WHERE s.person_id = e.person_id) \
         ORDER BY e.id LIMIT {QUIET_AT_ONCE}"
    );
    let values = [
        since.into(),
        until.into(),
        after.into(),
        false.into(),
        step.into(),
    ];
    QuietEnrolment::find_by_statement(hand_written(db, &sql, values))
        .all(db)
        .await
}

#[derive(FromQueryResult)]
struct LastActivity {
    last_at: DateTime<Utc>,
}

/// When something was done last in an enrolment.
pub(in crate::learning) async fn last_activity(
    db: &impl ConnectionTrait,
    enrolment_id: EnrolmentId,
) -> Result<Option<DateTime<Utc>>, DbErr> {
    let sql = format!("{ACTIVITY_SQL} WHERE enrolment_id = ? GROUP BY enrolment_id");
    let found = LastActivity::find_by_statement(hand_written(db, &sql, [enrolment_id.into()]));
    Ok(found.one(db).await?.map(|found| found.last_at))
}

/// Records that a reminder is queued; `false` if one of the step was before.
pub(in crate::learning) async fn insert_reminder(
    person: &PersonLock<'_>,
    enrolment_id: EnrolmentId,
    step: i32,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let row = reminder::ActiveModel {
        enrolment_id: Set(enrolment_id),
        step: Set(step),
        queued_at: Set(now),
    };
    let inserted = reminder::Entity::insert(row)
        .on_conflict(
            OnConflict::columns([reminder::Column::EnrolmentId, reminder::Column::Step])
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(person.txn())
        .await?;
    Ok(inserted > 0)
}

/// The reminders of enrolments, the oldest first.
pub(in crate::learning) async fn reminders_of(
    db: &impl ConnectionTrait,
    enrolments: impl IntoIterator<Item = EnrolmentId> + Send,
) -> Result<Vec<reminder::Model>, DbErr> {
    reminder::Entity::find()
        .filter(reminder::Column::EnrolmentId.is_in(enrolments))
        .order_by_asc(reminder::Column::QueuedAt)
        .all(db)
        .await
}

/// Since when a person does not want reminders.
pub(in crate::learning) async fn reminders_stopped(
    db: &impl ConnectionTrait,
    person_id: PersonId,
) -> Result<Option<DateTime<Utc>>, DbErr> {
    let row = reminder_stop::Entity::find_by_id(person_id).one(db).await?;
    Ok(row.map(|row| row.stopped_at))
}

/// Records whether a person wants reminders.
pub(in crate::learning) async fn set_reminders(
    person: &PersonLock<'_>,
    are_wanted: bool,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    if are_wanted {
        return reminder_stop::Entity::delete_by_id(person.id())
            .exec(person.txn())
            .await
            .map(drop);
    }
    let row = reminder_stop::ActiveModel {
        person_id: Set(person.id()),
        stopped_at: Set(now),
    };
    reminder_stop::Entity::insert(row)
        .on_conflict(
            OnConflict::column(reminder_stop::Column::PersonId)
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(person.txn())
        .await
        .map(drop)
}
