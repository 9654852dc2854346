//! A file of registrations that somebody had checked, and how far it was carried out.

use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, EventId, RegistrationImportId};

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum ImportStatus {
    /// Its rows are checked; nobody is registered yet.
    #[sea_orm(string_value = "checked")]
    Checked,
    /// Its rows are being registered.
    #[sea_orm(string_value = "running")]
    Running,
    /// All rows are dealt with.
    #[sea_orm(string_value = "done")]
    Done,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "registration_import")]
pub struct Model {
    /// UUID v7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RegistrationImportId,
    /// For which event.
    pub event_id: EventId,
    /// Who had it checked; only they see it.
    pub created_by: AccountId,
    /// When.
    pub created_at: DateTimeUtc,
    /// The name of the file, only to be shown.
    pub file_name: String,
    /// How far it is.
    pub status: ImportStatus,
    /// The checked rows as encrypted JSON; none once it is done.
    pub sealed: Option<String>,
    /// How many people it registers.
    pub people: i32,
    /// How many rows are left out because something in them is wrong.
    pub left_out: i32,
    /// How many of the people are dealt with.
    pub done: i32,
    /// What became of them: a line for each row of the file, `2 registered`.
    pub outcomes: String,
    /// When it was done.
    pub ended_at: Option<DateTimeUtc>,
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
    /// By `created_by`.
    #[sea_orm(
        belongs_to = "super::account::Entity",
        from = "Column::CreatedBy",
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
