//! A way to sign in: an e-mail address and perhaps a password, belonging to one person.

use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, PersonId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account")]
pub struct Model {
    /// UUID v7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AccountId,
    /// The person to whom it belongs; `None` until its address is confirmed.
    pub person_id: Option<PersonId>,
    /// In lower case; unique.
    pub email: String,
    /// Argon2id in PHC form; `None` while no password is set.
    pub password_hash: Option<String>,
    /// When the link in the confirmation mail was followed.
    pub email_confirmed_at: Option<DateTimeUtc>,
    /// Language of pages and mails: `lv` or `en`.
    pub locale: String,
    /// When the account was registered.
    pub created_at: DateTimeUtc,
    /// When it was closed; nobody can sign in with it then.
    pub disabled_at: Option<DateTimeUtc>,
    /// Why it was closed, in the words of the administrator who did.
    pub closed_reason: Option<String>,
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
