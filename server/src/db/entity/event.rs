//! An event of the programme: a seminar, a discussion, an information event, a conference.

use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, EventId};

/// The state of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum EventStatus {
    /// Only its organisers see it.
    #[sea_orm(string_value = "draft")]
    Draft,
    /// Announced.
    #[sea_orm(string_value = "published")]
    Published,
    /// It is not held.
    #[sea_orm(string_value = "cancelled")]
    Cancelled,
    /// It was held and is closed.
    #[sea_orm(string_value = "finished")]
    Finished,
}

/// Who may come to an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum EventAudience {
    /// People of state and municipal institutions and companies.
    #[sea_orm(string_value = "public-sector")]
    PublicSector,
    /// People of enterprises, associations and foundations.
    #[sea_orm(string_value = "employers")]
    Employers,
    /// Everybody.
    #[sea_orm(string_value = "everyone")]
    Everyone,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event")]
pub struct Model {
    /// UUID v7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EventId,
    /// Which kind of `programme.toml`.
    pub kind: String,
    /// Which strand of `programme.toml`.
    pub strand: String,
    /// How far it is.
    pub status: EventStatus,
    /// The title in Latvian.
    pub title_lv: String,
    /// The title in English; empty if there is none.
    pub title_en: String,
    /// What it is about, in Latvian: paragraphs of plain text.
    pub summary_lv: String,
    /// The same in English; empty if there is none.
    pub summary_en: String,
    /// The language in which it is held: `lv`, `en`, or both as `lv-en`.
    pub language: String,
    /// Who may come.
    pub audience: EventAudience,
    /// Who speaks, one a line.
    pub lecturers: String,
    /// Where questions are sent; empty for the contact address of the site.
    pub contact_email: String,
    /// How many places there are.
    pub capacity: i32,
    /// How many people are needed for it to be held.
    pub minimum: Option<i32>,
    /// When registration opens; `None` for at once when it is published.
    pub opens_at: Option<DateTimeUtc>,
    /// When registration closes; `None` for when it begins.
    pub closes_at: Option<DateTimeUtc>,
    /// Until when participants cancel and change by themselves; `None` for when it begins.
    pub cancel_until: Option<DateTimeUtc>,
    /// How many hours an offered place is held; 0 if places are confirmed without asking.
    pub offer_hours: i32,
    /// How many minutes before it begins reminders are sent, the longest first.
    #[sea_orm(column_type = "JsonBinary")]
    pub reminder_minutes: Json,
    /// How many days after it ended what participants need (childcare, access, food) is deleted.
    pub needs_kept_days: i32,
    /// When its first session begins.
    pub starts_at: DateTimeUtc,
    /// When its last session ends.
    pub ends_at: DateTimeUtc,
    /// The cities of its sessions and its titles in lower case without diacritics, for searching.
    pub search_folded: String,
    /// Incremented by every write about its places: the lock of its places.
    pub seat_version: i64,
    /// The number of the last registration, given under that lock.
    pub last_number: i32,
    /// Incremented when time or place changed: the SEQUENCE of its calendar entry.
    pub sequence: i32,
    /// Who made it.
    pub created_by: AccountId,
    /// When.
    pub created_at: DateTimeUtc,
    /// When it was published.
    pub published_at: Option<DateTimeUtc>,
    /// When it was cancelled.
    pub cancelled_at: Option<DateTimeUtc>,
    /// Why it was cancelled, told to participants.
    pub cancel_reason: String,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
