//! What `learning` holds about a person.

use futures::future::{BoxFuture, FutureExt as _};
use sea_orm::{
    ActiveEnum as _, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use serde_json::{Value, json};

use crate::{
    crypt::FieldKeys,
    db::{
        Db, IDS_AT_ONCE, Transaction,
        entity::{
            attempt, attempt_step, completion, enrolment, lesson_progress, path_completion,
            path_enrolment, practice_answer, reminder, reminder_stop, test_allowance,
        },
    },
    ids::{AttemptId, EnrolmentId, PathEnrolmentId, PersonId},
    learning::{service::allowance, store},
    people,
    personal::{Erasing, PersonalRecords, Records, Subject},
};

/// Enrolments, progress, answers, attempts, completions, learning paths, what managers allow in tests.
pub struct PersonalLearning {
    /// Keys of encrypted fields.
    pub field_keys: FieldKeys,
}

/// What managers allowed the person in tests.
async fn allowed(
    db: &impl ConnectionTrait,
    keys: &FieldKeys,
    person_id: PersonId,
    enrolments: &[enrolment::Model],
) -> Result<Records, DbErr> {
    let mut rows = Vec::new();
    for row in store::allowances_of(db, person_id).await? {
        let enrolment_id = row.enrolment_id;
        let one = allowance::open(keys, row)?;
        let (withdrawn_at, withdrawn_reason) = one.withdrawn.unzip();
        rows.push(vec![
            ("kind", json!(one.kind.to_value())),
            (
                "course",
                enrolment_id.map_or(Value::Null, |id| course_of(enrolments, id)),
            ),
            ("amount", json!(one.amount)),
            ("reason", json!(one.reason)),
            ("granted_at", json!(one.given_at)),
            ("revoked_at", json!(withdrawn_at)),
            ("revoked_reason", json!(withdrawn_reason.flatten())),
        ]);
    }
    Ok(Records {
        table: "test_allowance",
        rows,
    })
}

async fn enrolments(
    db: &impl ConnectionTrait,
    person_id: PersonId,
) -> Result<Vec<enrolment::Model>, DbErr> {
    enrolment::Entity::find()
        .filter(enrolment::Column::PersonId.eq(person_id))
        .order_by_asc(enrolment::Column::Id)
        .all(db)
        .await
}

async fn attempts(
    db: &impl ConnectionTrait,
    enrolments: &[EnrolmentId],
) -> Result<Vec<attempt::Model>, DbErr> {
    attempt::Entity::find()
        .filter(attempt::Column::EnrolmentId.is_in(enrolments.iter().copied()))
        .order_by_asc(attempt::Column::Id)
        .all(db)
        .await
}

/// The course of an enrolment.
fn course_of(enrolments: &[enrolment::Model], id: EnrolmentId) -> Value {
    let found = enrolments.iter().find(|row| row.id == id);
    json!(found.map(|row| row.course_id.as_str()))
}

/// Progress in lessons, and the answers in them.
async fn lessons_read(
    db: &impl ConnectionTrait,
    enrolments: &[enrolment::Model],
) -> Result<[Records; 2], DbErr> {
    let ids = || enrolments.iter().map(|row| row.id);
    let lessons = lesson_progress::Entity::find()
        .filter(lesson_progress::Column::EnrolmentId.is_in(ids()))
        .order_by_asc(lesson_progress::Column::OpenedAt)
        .all(db)
        .await?;
    let answers = practice_answer::Entity::find()
        .filter(practice_answer::Column::EnrolmentId.is_in(ids()))
        .order_by_asc(practice_answer::Column::Id)
        .all(db)
        .await?;
    let lessons = lessons.into_iter().map(|row| {
        vec![
            ("course", course_of(enrolments, row.enrolment_id)),
            ("lesson", json!(row.lesson_id)),
            ("opened_at", json!(row.opened_at)),
            ("completed_at", json!(row.completed_at)),
        ]
    });
    let answers = answers.into_iter().map(|row| {
        vec![
            ("course", course_of(enrolments, row.enrolment_id)),
            ("lesson", json!(row.lesson_id)),
            ("question", json!(row.question_id)),
            ("answer", row.response),
            ("fraction", json!(row.fraction)),
            ("answered_at", json!(row.answered_at)),
            ("deleted_at", json!(row.deleted_at)),
        ]
    });
    Ok([
        Records {
            table: "lesson_progress",
            rows: lessons.collect(),
        },
        Records {
            table: "practice_answer",
            rows: answers.collect(),
        },
    ])
}

/// Attempts at tests, and the answers in them.
async fn tests_taken(
    db: &impl ConnectionTrait,
    enrolments: &[enrolment::Model],
) -> Result<[Records; 2], DbErr> {
    let ids: Vec<_> = enrolments.iter().map(|row| row.id).collect();
    let attempts = attempts(db, &ids).await?;
    let attempt_ids: Vec<AttemptId> = attempts.iter().map(|row| row.id).collect();
    let mut steps = Vec::new();
    for some in attempt_ids.chunks(IDS_AT_ONCE) {
        let found = attempt_step::Entity::find()
            .filter(attempt_step::Column::AttemptId.is_in(some.iter().copied()))
            .order_by_asc(attempt_step::Column::AttemptId)
            .order_by_asc(attempt_step::Column::Sequence)
            .all(db)
            .await?;
        steps.extend(found);
    }
    let attempt_of = |id: AttemptId| {
        let found = attempts.iter().find(|row| row.id == id);
        json!(found.map(|row| format!("{} {}", row.test_id, row.number)))
    };
    let steps = steps.into_iter().map(|row| {
        vec![
            ("attempt", attempt_of(row.attempt_id)),
            ("question", json!(row.question_id)),
            ("answer", json!(row.response)),
            ("answered_at", json!(row.answered_at)),
        ]
    });
    let steps = steps.collect();
    let attempts = attempts.iter().map(|row| {
        vec![
            ("course", course_of(enrolments, row.enrolment_id)),
            ("test", json!(row.test_id)),
            ("number", json!(row.number)),
            ("started_at", json!(row.started_at)),
            ("deadline_at", json!(row.deadline_at)),
            ("finished_at", json!(row.finished_at)),
            ("points", json!(row.points)),
            ("max_points", json!(row.max_points)),
            ("passed", json!(row.passed)),
        ]
    });
    Ok([
        Records {
            table: "attempt",
            rows: attempts.collect(),
        },
        Records {
            table: "attempt_step",
            rows: steps,
        },
    ])
}

/// Learning paths, begun and completed.
async fn paths_taken(
    db: &impl ConnectionTrait,
    person_id: PersonId,
) -> Result<[Records; 2], DbErr> {
    let begun = path_enrolment::Entity::find()
        .filter(path_enrolment::Column::PersonId.eq(person_id))
        .order_by_asc(path_enrolment::Column::Id)
        .all(db)
        .await?;
    let completed = path_completion::Entity::find()
        .filter(path_completion::Column::PersonId.eq(person_id))
        .order_by_asc(path_completion::Column::Id)
        .all(db)
        .await?;
    let begun = begun.into_iter().map(|row| {
        vec![
            ("path", json!(row.path_id)),
            ("locale", json!(row.language)),
            ("enrolled_at", json!(row.enrolled_at)),
            ("is_trial", json!(row.is_trial)),
        ]
    });
    let completed = completed.into_iter().map(|row| {
        vec![
            ("path", json!(row.path_id)),
            ("title", row.path_title),
            ("hours", json!(row.hours)),
            ("trace", row.trace),
            ("completed_at", json!(row.completed_at)),
        ]
    });
    Ok([
        Records {
            table: "path_enrolment",
            rows: begun.collect(),
        },
        Records {
            table: "path_completion",
            rows: completed.collect(),
        },
    ])
}

/// The reminders that the person got, and whether they want any.
async fn reminded(
    db: &impl ConnectionTrait,
    person_id: PersonId,
    enrolments: &[enrolment::Model],
) -> Result<[Records; 2], DbErr> {
    let reminders = store::reminders_of(db, enrolments.iter().map(|row| row.id)).await?;
    let reminders = reminders.into_iter().map(|row| {
        vec![
            ("course", course_of(enrolments, row.enrolment_id)),
            ("step", json!(row.step)),
            ("queued_at", json!(row.queued_at)),
        ]
    });
    let stopped = store::reminders_stopped(db, person_id).await?;
    Ok([
        Records {
            table: "reminder",
            rows: reminders.collect(),
        },
        Records {
            table: "reminder_stop",
            rows: stopped
                .map(|at| vec![("stopped_at", json!(at))])
                .into_iter()
                .collect(),
        },
    ])
}

/// Deletes the enrolments in learning paths without a completion, of which nothing has to be proved.
async fn erase_paths(txn: &Transaction, person_id: PersonId) -> Result<(), DbErr> {
    let completed: Vec<PathEnrolmentId> = path_completion::Entity::find()
        .select_only()
        .column(path_completion::Column::PathEnrolmentId)
        .filter(path_completion::Column::PersonId.eq(person_id))
        .into_tuple()
        .all(txn)
        .await?;
    path_enrolment::Entity::delete_many()
        .filter(path_enrolment::Column::PersonId.eq(person_id))
        .filter(path_enrolment::Column::Id.is_not_in(completed))
        .exec(txn)
        .await
        .map(drop)
}

impl PersonalRecords for PersonalLearning {
    fn tables(&self) -> &'static [&'static str] {
        &[
            "enrolment",
            "lesson_progress",
            "practice_answer",
            "attempt",
            "attempt_step",
            "completion",
            "path_enrolment",
            "path_completion",
            "test_allowance",
            "reminder",
            "reminder_stop",
        ]
    }

    fn has_facts<'a>(
        &'a self,
        db: &'a Db,
        subject: &'a Subject,
    ) -> BoxFuture<'a, Result<bool, DbErr>> {
        async move {
            let count = completion::Entity::find()
                .filter(completion::Column::PersonId.eq(subject.person_id))
                .count(db.read())
                .await?;
            Ok(count > 0)
        }
        .boxed()
    }

    fn identify<'a>(
        &'a self,
        db: &'a Db,
        subject: &'a mut Subject,
    ) -> BoxFuture<'a, Result<(), DbErr>> {
        async move {
            let (db, person_id) = (db.read(), subject.person_id);
            let completions = completion::Entity::find()
                .filter(completion::Column::PersonId.eq(person_id))
                .all(db)
                .await?;
            let paths = path_completion::Entity::find()
                .filter(path_completion::Column::PersonId.eq(person_id))
                .all(db)
                .await?;
            let allowances = store::allowances_of(db, person_id).await?;
            let ids = completions.iter().map(|row| row.id.to_string());
            let ids = ids.chain(paths.iter().map(|row| row.id.to_string()));
            let ids = ids.chain(allowances.iter().map(|row| row.id.to_string()));
            subject.record_ids.extend(ids);
            Ok(())
        }
        .boxed()
    }

    fn read<'a>(
        &'a self,
        db: &'a Db,
        subject: &'a Subject,
    ) -> BoxFuture<'a, Result<Vec<Records>, DbErr>> {
        async move {
            let db = db.read();
            let enrolments = enrolments(db, subject.person_id).await?;
            let mut all = vec![Records {
                table: "enrolment",
                rows: enrolments
                    .iter()
                    .map(|row| {
                        vec![
                            ("course", json!(row.course_id)),
                            ("locale", json!(row.language)),
                            ("enrolled_at", json!(row.enrolled_at)),
                            ("is_trial", json!(row.is_trial)),
                        ]
                    })
                    .collect(),
            }];
            all.extend(lessons_read(db, &enrolments).await?);
            all.extend(tests_taken(db, &enrolments).await?);
            all.extend(reminded(db, subject.person_id, &enrolments).await?);
            all.push(allowed(db, &self.field_keys, subject.person_id, &enrolments).await?);
            let completions = completion::Entity::find()
                .filter(completion::Column::PersonId.eq(subject.person_id))
                .order_by_asc(completion::Column::Id)
                .all(db)
                .await?;
            let completions = completions.into_iter().map(|row| {
                vec![
                    ("course", json!(row.course_id)),
                    ("title", row.course_title),
                    ("hours", json!(row.hours)),
                    ("trace", row.trace),
                    ("completed_at", json!(row.completed_at)),
                ]
            });
            all.push(Records {
                table: "completion",
                rows: completions.collect(),
            });
            all.extend(paths_taken(db, subject.person_id).await?);
            Ok(all)
        }
        .boxed()
    }

    fn erase<'a>(
        &'a self,
        txn: &'a Transaction,
        erasing: &'a Erasing,
    ) -> BoxFuture<'a, Result<(), DbErr>> {
        async move {
            let person = people::lock(txn, erasing.subject.person_id).await?;
            erase_paths(txn, person.id()).await?;
            let enrolments = enrolments(txn, person.id()).await?;
            let ids: Vec<_> = enrolments.iter().map(|row| row.id).collect();
            let completed: Vec<EnrolmentId> = completion::Entity::find()
                .select_only()
                .column(completion::Column::EnrolmentId)
                .filter(completion::Column::PersonId.eq(person.id()))
                .into_tuple()
                .all(txn)
                .await?;
            // Answers may say anything, so none is kept.
            practice_answer::Entity::delete_many()
                .filter(practice_answer::Column::EnrolmentId.is_in(ids.iter().copied()))
                .exec(txn)
                .await?;
            let attempts: Vec<AttemptId> = attempts(txn, &ids)
                .await?
                .into_iter()
                .map(|row| row.id)
                .collect();
            for some in attempts.chunks(IDS_AT_ONCE) {
                attempt_step::Entity::delete_many()
                    .filter(attempt_step::Column::AttemptId.is_in(some.iter().copied()))
                    .exec(txn)
                    .await?;
            }
            lesson_progress::Entity::delete_many()
                .filter(lesson_progress::Column::EnrolmentId.is_in(ids.iter().copied()))
                .exec(txn)
                .await?;
            reminder::Entity::delete_many()
                .filter(reminder::Column::EnrolmentId.is_in(ids.iter().copied()))
                .exec(txn)
                .await?;
            reminder_stop::Entity::delete_by_id(person.id())
                .exec(txn)
                .await?;
            test_allowance::Entity::delete_many()
                .filter(test_allowance::Column::PersonId.eq(person.id()))
                .exec(txn)
                .await?;
            // A completion is proved by its enrolment and the results of its tests.
            let others: Vec<_> = ids
                .into_iter()
                .filter(|id| !completed.contains(id))
                .collect();
            attempt::Entity::delete_many()
                .filter(attempt::Column::EnrolmentId.is_in(others.iter().copied()))
                .exec(txn)
                .await?;
            enrolment::Entity::delete_many()
                .filter(enrolment::Column::Id.is_in(others))
                .exec(txn)
                .await
                .map(drop)
        }
        .boxed()
    }
}
