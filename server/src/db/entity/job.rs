//! Work to be done outside a request, queued in the transaction that needs it.

use sea_orm::entity::prelude::*;

use crate::ids::JobId;

/// The state of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum JobStatus {
    /// To be done.
    #[sea_orm(string_value = "waiting")]
    Waiting,
    /// Done.
    #[sea_orm(string_value = "done")]
    Done,
    /// Given up; an administrator has to act.
    #[sea_orm(string_value = "dead")]
    Dead,
    /// Dropped by an administrator.
    #[sea_orm(string_value = "dropped")]
    Dropped,
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
    /// What it is about; unique within its kind (deduplication).
    pub dedup_key: String,
    /// The worker's input.
    #[sea_orm(column_type = "JsonBinary")]
    pub payload: Json,
    /// Its state.
    pub status: JobStatus,
    /// How many times it was tried.
    pub attempts: i32,
    /// Not before this.
    pub run_at: DateTimeUtc,
    /// Until when a runner holds it; after that another may take it.
    pub lease_until: Option<DateTimeUtc>,
    /// How many of its parts are done, as reported by its worker.
    pub progress_done: i32,
    /// How many parts it has; 0 until its worker has reported it.
    pub progress_total: i32,
    /// Its output.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub output: Option<Json>,
    /// Why the last try failed.
    pub last_error: Option<String>,
    /// When it was queued.
    pub created_at: DateTimeUtc,
    /// When it was done or dropped.
    pub done_at: Option<DateTimeUtc>,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
