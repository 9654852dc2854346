//! A message that was sent to participants of an event.

use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, EventId, EventMessageId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event_message")]
pub struct Model {
    /// UUID v7, given by the form in which it was written.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EventMessageId,
    /// To whose participants.
    pub event_id: EventId,
    /// Who sent it.
    pub sent_by: AccountId,
    /// Their name, as the mails gave it.
    pub sender: String,
    /// When.
    pub sent_at: DateTimeUtc,
    /// To whom: slugs of the states of registrations, or `selected`.
    pub audience: String,
    /// To how many.
    pub recipients: i32,
    /// Its subject in Latvian; may be empty.
    pub subject_lv: String,
    /// Its text in Latvian; may be empty.
    pub text_lv: String,
    /// Its subject in English; may be empty.
    pub subject_en: String,
    /// Its text in English; may be empty.
    pub text_en: String,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// By `event_id`.
    #[sea_orm(
        belongs_to = "super::event::Entity",
        from = "Column::EventId",
        to = "super::event::Column::Id"
    )]
    Event,
    /// By `sent_by`.
    #[sea_orm(
        belongs_to = "super::account::Entity",
        from = "Column::SentBy",
        to = "super::account::Column::Id"
    )]
    Account,
}

impl Related<super::event::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Event.def()
    }
}

impl Related<super::account::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Account.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
