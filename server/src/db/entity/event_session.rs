//! A session of an event: one stretch of time at one place.

use sea_orm::entity::prelude::*;

use crate::ids::{EventId, EventSessionId};

/// How a session is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum SessionForm {
    /// At a venue.
    #[sea_orm(string_value = "in-person")]
    InPerson,
    /// Over the network.
    #[sea_orm(string_value = "remote")]
    Remote,
    /// At a venue and over the network.
    #[sea_orm(string_value = "both")]
    Both,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event_session")]
pub struct Model {
    /// UUID v7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EventSessionId,
    /// Of which event.
    pub event_id: EventId,
    /// Its place among the sessions of the event, from 1, in the order of time.
    pub position: i32,
    /// When it begins.
    pub starts_at: DateTimeUtc,
    /// When it ends.
    pub ends_at: DateTimeUtc,
    /// In person, remote or both.
    pub form: SessionForm,
    /// The city; empty if remote.
    pub city: String,
    /// Street and house; empty if remote.
    pub address: String,
    /// The room.
    pub room: String,
    /// How accessible the venue is, in words: lift, hearing loop, parking.
    pub accessibility: String,
    /// The link to join; shown only to those registered, near the time.
    pub remote_url: String,
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
}

impl Related<super::event::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Event.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
