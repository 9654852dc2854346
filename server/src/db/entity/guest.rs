//! The address of a person without an account. The row is deleted when an account takes over the person.

use sea_orm::entity::prelude::*;

use crate::ids::PersonId;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "guest")]
pub struct Model {
    /// Who.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: PersonId,
    /// In normal form; unique.
    pub email: String,
    /// When a link sent there was opened and confirmed.
    pub email_confirmed_at: Option<DateTimeUtc>,
    /// Language of mails: `lv` or `en`.
    pub locale: String,
    /// When the address was first typed.
    pub created_at: DateTimeUtc,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// By `person_id`.
    #[sea_orm(
        belongs_to = "super::person::Entity",
        from = "Column::PersonId",
        to = "super::person::Column::Id"
    )]
    Person,
}

impl Related<super::person::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Person.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
