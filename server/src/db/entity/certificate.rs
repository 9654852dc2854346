//! A certificate, issued once and kept. Corrected ones are replaced, withdrawn ones revoked; none is deleted.

use sea_orm::entity::prelude::*;

use crate::ids::{CertificateId, PersonId, SourceId};

/// Whether a certificate holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Status {
    /// It holds.
    #[sea_orm(string_value = "valid")]
    Valid,
    /// A corrected one holds in its place.
    #[sea_orm(string_value = "replaced")]
    Replaced,
    /// It was withdrawn.
    #[sea_orm(string_value = "revoked")]
    Revoked,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "certificate")]
pub struct Model {
    /// UUID v7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CertificateId,
    /// Printed serial number; unique.
    pub serial: String,
    /// Unguessable code in the verification address; unique.
    pub code: String,
    /// Whose it is.
    pub person_id: PersonId,
    /// The name as printed; does not follow later changes.
    pub holder_name: String,
    /// The kind of the record it certifies: a word of the area that holds it.
    pub source_kind: String,
    /// The record it certifies. One certificate each, not counting its replacements.
    pub source_id: SourceId,
    /// Everything that is printed, frozen.
    #[sea_orm(column_type = "JsonBinary")]
    pub data: Json,
    /// Version of the template it is drawn with.
    pub template_version: String,
    /// The language it is printed in.
    pub language: String,
    /// When it was issued.
    pub issued_at: DateTimeUtc,
    /// Whether it still holds.
    pub status: Status,
    /// Why it was replaced or revoked.
    pub status_reason: Option<String>,
    /// When it was replaced or revoked.
    pub status_at: Option<DateTimeUtc>,
    /// The certificate this one corrects; each is replaced at most once.
    pub replaces_id: Option<CertificateId>,
    /// SHA-256 of the file, hex, once it is drawn.
    pub pdf_sha256: Option<String>,
    /// When the file was drawn.
    pub rendered_at: Option<DateTimeUtc>,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// By `person_id`.
    #[sea_orm(
        belongs_to = "super::person::Entity",
        from = "Column::PersonId",
        to = "super::person::Column::Id"
    )]
    Person,
    /// By `replaces_id`.
    #[sea_orm(belongs_to = "Entity", from = "Column::ReplacesId", to = "Column::Id")]
    Replaced,
}

impl Related<super::person::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Person.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
