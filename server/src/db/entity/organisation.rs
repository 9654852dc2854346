//! An institution, company or association that people work for.

use sea_orm::entity::prelude::*;

use crate::ids::{AccountId, OrganisationId, PersonId};

/// The kind of an organisation, as far as the programme's indicators distinguish them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum OrganisationKind {
    /// An institution of direct state administration.
    #[sea_orm(string_value = "state-institution")]
    StateInstitution,
    /// A municipality or an institution of one.
    #[sea_orm(string_value = "municipal-institution")]
    MunicipalInstitution,
    /// A company in which the state or a municipality holds the shares.
    #[sea_orm(string_value = "public-company")]
    PublicCompany,
    /// An association.
    #[sea_orm(string_value = "association")]
    Association,
    /// A foundation.
    #[sea_orm(string_value = "foundation")]
    Foundation,
    /// An enterprise of fewer than 10 people.
    #[sea_orm(string_value = "enterprise-micro")]
    EnterpriseMicro,
    /// An enterprise of fewer than 50 people.
    #[sea_orm(string_value = "enterprise-small")]
    EnterpriseSmall,
    /// An enterprise of fewer than 250 people.
    #[sea_orm(string_value = "enterprise-medium")]
    EnterpriseMedium,
    /// A larger enterprise.
    #[sea_orm(string_value = "enterprise-large")]
    EnterpriseLarge,
    /// Anything else.
    #[sea_orm(string_value = "other")]
    Other,
}

/// The status of an organisation in the register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum OrganisationStatus {
    /// In the register: anyone can find it.
    #[sea_orm(string_value = "approved")]
    Approved,
    /// Added by a person, waiting for a decision; counts for them meanwhile.
    #[sea_orm(string_value = "proposed")]
    Proposed,
    /// Turned down; kept for the people who had named it.
    #[sea_orm(string_value = "rejected")]
    Rejected,
    /// The record of an organisation that has another one, which goes on.
    #[sea_orm(string_value = "merged")]
    Merged,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organisation")]
pub struct Model {
    /// UUID v7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OrganisationId,
    /// As registered.
    pub name: String,
    /// The name in lower case without diacritics, for searching.
    pub name_folded: String,
    /// In the Register of Enterprises or of public persons; unique where known.
    pub registration_number: Option<String>,
    /// Decides for which indicators its people count.
    pub kind: OrganisationKind,
    /// Whether it is in the register or only proposed.
    pub status: OrganisationStatus,
    /// The person who added it; `None` for those loaded with the register.
    pub proposed_by: Option<PersonId>,
    /// The account that approved or rejected it.
    pub decided_by: Option<AccountId>,
    /// When it was approved or rejected.
    pub decided_at: Option<DateTimeUtc>,
    /// Why it was rejected.
    pub decision_reason: Option<String>,
    /// When the record was made.
    pub created_at: DateTimeUtc,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// By `proposed_by`.
    #[sea_orm(
        belongs_to = "super::person::Entity",
        from = "Column::ProposedBy",
        to = "super::person::Column::Id"
    )]
    Person,
    /// By `decided_by`.
    #[sea_orm(
        belongs_to = "super::account::Entity",
        from = "Column::DecidedBy",
        to = "super::account::Column::Id"
    )]
    Account,
}

impl Related<super::person::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Person.def()
    }
}

impl Related<super::account::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Account.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
