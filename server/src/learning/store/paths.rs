//! The queries of learning paths.

use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, RelationTrait as _,
    sea_query::{JoinType, OnConflict},
};

use super::from_json;
use crate::{
    db::entity::{completion, enrolment, path_completion, path_enrolment},
    ids::{PathEnrolmentId, PathSlug, PersonId},
    learning::paths::CourseDone,
    people::PersonLock,
};

pub(in crate::learning) use crate::db::entity::{
    path_completion::Model as PathCompletionRow, path_enrolment::Model as PathEnrolmentRow,
};

/// The enrolments of a person in paths, oldest first.
pub(in crate::learning) async fn enrolments_of(
    db: &impl ConnectionTrait,
    person_id: PersonId,
) -> Result<Vec<PathEnrolmentRow>, DbErr> {
    path_enrolment::Entity::find()
        .filter(path_enrolment::Column::PersonId.eq(person_id))
        .order_by_asc(path_enrolment::Column::Id)
        .all(db)
        .await
}

/// A person's enrolment in a path.
pub(in crate::learning) async fn find_enrolment(
    db: &impl ConnectionTrait,
    person_id: PersonId,
    path_id: &PathSlug,
    is_trial: bool,
) -> Result<Option<PathEnrolmentRow>, DbErr> {
    path_enrolment::Entity::find()
        .filter(path_enrolment::Column::PersonId.eq(person_id))
        .filter(path_enrolment::Column::PathId.eq(path_id.to_string()))
        .filter(path_enrolment::Column::IsTrial.eq(is_trial))
        .one(db)
        .await
}

/// Inserts an enrolment unless the person is already enrolled in the path.
pub(in crate::learning) async fn insert_enrolment(
    person: &PersonLock<'_>,
    row: PathEnrolmentRow,
) -> Result<(), DbErr> {
    let row = PathEnrolmentRow {
        person_id: person.id(),
        ..row
    };
    path_enrolment::Entity::insert(path_enrolment::ActiveModel::from(row))
        .on_conflict(
            OnConflict::columns([
                path_enrolment::Column::PersonId,
                path_enrolment::Column::PathId,
                path_enrolment::Column::IsTrial,
            ])
            .do_nothing()
            .to_owned(),
        )
        .exec_without_returning(person.txn())
        .await
        .map(drop)
}

/// Enrolments without a completion, in the order of their ids, after this one; at most `count`.
pub(in crate::learning) async fn uncompleted_after(
    db: &impl ConnectionTrait,
    after: PathEnrolmentId,
    count: u64,
) -> Result<Vec<PathEnrolmentRow>, DbErr> {
    path_enrolment::Entity::find()
        .join_rev(
            JoinType::LeftJoin,
            path_completion::Relation::Enrolment.def(),
        )
        .filter(path_completion::Column::Id.is_null())
        .filter(path_enrolment::Column::Id.gt(after))
        .order_by_asc(path_enrolment::Column::Id)
        .limit(count)
        .all(db)
        .await
}

/// The completion of an enrolment.
pub(in crate::learning) async fn completion_of(
    db: &impl ConnectionTrait,
    enrolment_id: PathEnrolmentId,
) -> Result<Option<PathCompletionRow>, DbErr> {
    path_completion::Entity::find()
        .filter(path_completion::Column::PathEnrolmentId.eq(enrolment_id))
        .one(db)
        .await
}

pub(in crate::learning) async fn insert_completion(
    person: &PersonLock<'_>,
    row: PathCompletionRow,
) -> Result<(), DbErr> {
    let row = PathCompletionRow {
        person_id: person.id(),
        ..row
    };
    path_completion::Entity::insert(path_completion::ActiveModel::from(row))
        .exec_without_returning(person.txn())
        .await
        .map(drop)
}

/// The courses that a person has completed, those of trials only `with_trials`.
pub(in crate::learning) async fn courses_done(
    db: &impl ConnectionTrait,
    person_id: PersonId,
    with_trials: bool,
) -> Result<Vec<CourseDone>, DbErr> {
    let mut query = completion::Entity::find()
        .join(JoinType::InnerJoin, completion::Relation::Enrolment.def())
        .filter(completion::Column::PersonId.eq(person_id))
        .order_by_asc(completion::Column::Id);
    if !with_trials {
        query = query.filter(enrolment::Column::IsTrial.eq(false));
    }
    query
        .all(db)
        .await?
        .into_iter()
        .map(|row| {
            Ok(CourseDone {
                completion_id: row.id,
                course_id: row.course_id.into(),
                title: from_json(row.course_title)?,
                hours: row.hours,
                completed_at: row.completed_at,
            })
        })
        .collect()
}
