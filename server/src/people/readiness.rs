//! Whether a person has said what is needed before they enrol.

use sea_orm::{
    ActiveEnum as _, ColumnTrait as _, DbErr, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _,
};
use uuid::Uuid;

use super::model::{PRIVACY_NOTICE, PRIVACY_NOTICE_VERSION, Readiness, Status};
use crate::db::{
    Db,
    entity::{affiliation, notice_acceptance, organisation, person},
};

/// Which of the steps before enrolling a person has taken.
///
/// # Errors
/// The database fails.
pub async fn readiness(db: &Db, person_id: Uuid) -> Result<Readiness, DbErr> {
    let person = person::Entity::find_by_id(person_id).one(db.read()).await?;
    let organisations = affiliation::Entity::find()
        .inner_join(organisation::Entity)
        .filter(affiliation::Column::PersonId.eq(person_id))
        .filter(affiliation::Column::Until.is_null())
        .filter(organisation::Column::Status.ne(Status::Rejected.to_value()))
        .count(db.read())
        .await?;
    let notices = notice_acceptance::Entity::find()
        .filter(notice_acceptance::Column::PersonId.eq(person_id))
        .filter(notice_acceptance::Column::Notice.eq(PRIVACY_NOTICE))
        .filter(notice_acceptance::Column::Version.eq(PRIVACY_NOTICE_VERSION))
        .count(db.read())
        .await?;
    Ok(Readiness {
        has_name: person.is_some_and(|p| !p.given_name.is_empty() && !p.family_name.is_empty()),
        has_organisation: organisations > 0,
        has_privacy: notices > 0,
    })
}
