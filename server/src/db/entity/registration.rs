//! The registration of a person for an event. The name and address are as typed for this event.

use sea_orm::entity::prelude::*;

use crate::ids::{
    AccountId, EventId, OrganisationId, PersonId, RegistrationGroupId, RegistrationId,
};

/// The state of a registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum RegistrationState {
    /// Waits until the address is confirmed.
    #[sea_orm(string_value = "pending")]
    Pending,
    /// Has a place.
    #[sea_orm(string_value = "registered")]
    Registered,
    /// On the waiting list.
    #[sea_orm(string_value = "waiting")]
    Waiting,
    /// A free place is offered, and held until a moment.
    #[sea_orm(string_value = "offered")]
    Offered,
    /// Given up.
    #[sea_orm(string_value = "cancelled")]
    Cancelled,
    /// Was not confirmed in time.
    #[sea_orm(string_value = "expired")]
    Expired,
}

/// How a registration came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum RegistrationOrigin {
    /// By a signed-in person.
    #[sea_orm(string_value = "account")]
    Account,
    /// By a person without an account.
    #[sea_orm(string_value = "guest")]
    Guest,
    /// By somebody for their organisation.
    #[sea_orm(string_value = "group")]
    Group,
    /// By an organiser.
    #[sea_orm(string_value = "organiser")]
    Organiser,
    /// From a file.
    #[sea_orm(string_value = "import")]
    Import,
    /// Over the API.
    #[sea_orm(string_value = "api")]
    Api,
}

/// Why a registration ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum EndCause {
    /// The participant cancelled it.
    #[sea_orm(string_value = "participant")]
    Participant,
    /// An organiser cancelled it.
    #[sea_orm(string_value = "organiser")]
    Organiser,
    /// The event was cancelled.
    #[sea_orm(string_value = "event-cancelled")]
    EventCancelled,
    /// Another person took over the place.
    #[sea_orm(string_value = "substituted")]
    Substituted,
    /// The address was not confirmed in time.
    #[sea_orm(string_value = "not-confirmed")]
    NotConfirmed,
    /// The offered place was not taken in time.
    #[sea_orm(string_value = "offer-not-taken")]
    OfferNotTaken,
    /// The offered place was declined.
    #[sea_orm(string_value = "offer-declined")]
    OfferDeclined,
    /// The person asked for erasure.
    #[sea_orm(string_value = "erased")]
    Erased,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "registration")]
pub struct Model {
    /// UUID v7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RegistrationId,
    /// For which event.
    pub event_id: EventId,
    /// Who.
    pub person_id: PersonId,
    /// The order of registrations of the event, given under the lock of its places: the order of the waiting list.
    pub number: i32,
    /// Its state.
    pub state: RegistrationState,
    /// Whether it takes one of the places: always when `registered` or `offered`, and when `pending` if a place was free.
    pub holds_place: bool,
    /// How it came.
    pub origin: RegistrationOrigin,
    /// Given name as typed; empty after erasure.
    pub given_name: String,
    /// Family name as typed; empty after erasure.
    pub family_name: String,
    /// Both in lower case without diacritics, for searching.
    pub name_folded: String,
    /// Where mails about it go, in normal form; empty after erasure.
    pub email: String,
    /// Language of mails: `lv` or `en`.
    pub locale: String,
    /// For which organisation they come.
    pub organisation_id: Option<OrganisationId>,
    /// What they do there, as typed.
    pub role: String,
    /// With which others it was made.
    pub group_id: Option<RegistrationGroupId>,
    /// Who made it for them.
    pub registered_by: Option<AccountId>,
    /// Whose place it took over.
    pub substitutes: Option<RegistrationId>,
    /// Which of its links is valid: incremented when another person takes over the address.
    pub link_generation: i32,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// Until when it waits for confirmation, if `pending` or `offered`.
    pub expires_at: Option<DateTimeUtc>,
    /// When it got its place for good.
    pub registered_at: Option<DateTimeUtc>,
    /// When it was cancelled or expired.
    pub ended_at: Option<DateTimeUtc>,
    /// Why it ended.
    pub end_cause: Option<EndCause>,
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
    /// By `person_id`.
    #[sea_orm(
        belongs_to = "super::person::Entity",
        from = "Column::PersonId",
        to = "super::person::Column::Id"
    )]
    Person,
    /// By `organisation_id`.
    #[sea_orm(
        belongs_to = "super::organisation::Entity",
        from = "Column::OrganisationId",
        to = "super::organisation::Column::Id"
    )]
    Organisation,
}

impl Related<super::event::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Event.def()
    }
}

impl Related<super::person::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Person.def()
    }
}

impl Related<super::organisation::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Organisation.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
