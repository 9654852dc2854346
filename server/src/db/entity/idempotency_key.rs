//! The key of a request of the API that was carried out, with its result: the same request again has no second
//! effect and gets the same reply. Names and addresses are not here, but in the registration.

use sea_orm::entity::prelude::*;

use super::registration::RegistrationState;
use crate::ids::{AccountId, RegistrationId};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency_key")]
pub struct Model {
    /// Whose request.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: AccountId,
    /// SHA-256 of the key, hex.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key_hash: String,
    /// SHA-256 of the key and the request, hex.
    pub request_hash: String,
    /// The registration that it made or found; `None` only inside the transaction of the request.
    pub registration_id: Option<RegistrationId>,
    /// Whether the request made the registration.
    pub is_made: bool,
    /// The state of the registration in the reply.
    pub state: RegistrationState,
    /// Its place in the queue in the reply.
    pub queue_place: Option<i32>,
    /// When.
    pub created_at: DateTimeUtc,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
