//! A mail to send, written in the transaction of what it reports.

use sea_orm::entity::prelude::*;

/// Where a mail stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Status {
    /// To be sent.
    #[sea_orm(string_value = "waiting")]
    Waiting,
    /// Handed over.
    #[sea_orm(string_value = "sent")]
    Sent,
    /// Given up; someone has to look.
    #[sea_orm(string_value = "dead")]
    Dead,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox_mail")]
pub struct Model {
    /// UUID v7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What the mail is about; the same mail is never queued twice.
    pub dedup_key: String,
    /// The address.
    pub recipient: String,
    /// The subject line.
    pub subject: String,
    /// The plain part.
    pub body_text: String,
    /// The HTML part.
    pub body_html: Option<String>,
    /// Where it stands.
    pub status: Status,
    /// How often sending was tried.
    pub attempts: i32,
    /// Not before this.
    pub next_attempt_at: DateTimeUtc,
    /// A sender has it until then; after that another may take it.
    pub lease_until: Option<DateTimeUtc>,
    /// Why the last try failed.
    pub last_error: Option<String>,
    /// When it was queued.
    pub created_at: DateTimeUtc,
    /// When it was handed over.
    pub sent_at: Option<DateTimeUtc>,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
