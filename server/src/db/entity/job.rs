//! A piece of work to do outside a request, written in the transaction that needs it.

use sea_orm::entity::prelude::*;

use crate::ids::JobId;

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Status {
    /// To be done.
    #[sea_orm(string_value = "waiting")]
    Waiting,
    /// Done.
    #[sea_orm(string_value = "done")]
    Done,
    /// Given up; someone has to look.
    #[sea_orm(string_value = "dead")]
    Dead,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "job")]
pub struct Model {
    /// UUID v7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: JobId,
    /// Which worker does it.
    pub kind: String,
    /// What it is about; unique within its kind.
    pub dedup_key: String,
    /// What the worker needs to know.
    #[sea_orm(column_type = "JsonBinary")]
    pub payload: Json,
    /// Where it stands.
    pub status: Status,
    /// How often it was tried.
    pub attempts: i32,
    /// Not before this.
    pub run_at: DateTimeUtc,
    /// A worker has it until then; after that another may take it.
    pub lease_until: Option<DateTimeUtc>,
    /// How many of its parts are done, as far as its worker has said.
    pub progress_done: i32,
    /// How many parts it has; 0 until its worker has said.
    pub progress_total: i32,
    /// What it leaves behind for whoever asked.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub output: Option<Json>,
    /// Why the last try failed.
    pub last_error: Option<String>,
    /// When it was queued.
    pub created_at: DateTimeUtc,
    /// When it was done.
    pub done_at: Option<DateTimeUtc>,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
