//! The queries of people and organisations.

use sea_orm::{ConnectionTrait, DbErr, EntityTrait as _};
use uuid::Uuid;

use crate::db::entity::person;

/// A person's given and family name, as certificates show it.
///
/// # Errors
/// The database fails, or there is no such person.
pub async fn full_name(db: &impl ConnectionTrait, person_id: Uuid) -> Result<String, DbErr> {
    let person = person::Entity::find_by_id(person_id)
        .one(db)
        .await?
        .ok_or_else(|| DbErr::RecordNotFound("person".to_owned()))?;
    Ok(format!("{} {}", person.given_name, person.family_name)
        .trim()
        .to_owned())
}
