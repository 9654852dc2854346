//! A certificate, issued once and kept. Corrected ones are replaced, withdrawn ones revoked; none is deleted.

use sea_orm::entity::prelude::*;

use crate::ids::{CertificateId, PersonId, SourceId};

/// Whether a certificate is valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum CertificateStatus {
    /// It is valid.
    #[sea_orm(string_value = "valid")]
    Valid,
    /// A corrected certificate replaced it.
    #[sea_orm(string_value = "replaced")]
    Replaced,
    /// It was revoked.
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
    /// The kind of the record that it certifies, as named by the area to which the record belongs.
    pub source_kind: String,
    /// The record that it certifies. Each has one certificate, not counting those that were replaced.
    pub source_id: SourceId,
    /// The printed content.
    #[sea_orm(column_type = "JsonBinary")]
    pub data: Json,
    /// The version of the template with which it is rendered.
    pub template_version: String,
    /// The language it is printed in.
    pub language: String,
    /// When it was issued.
    pub issued_at: DateTimeUtc,
    /// Whether it is valid.
    pub status: CertificateStatus,
    /// Why it was replaced or revoked.
    pub status_reason: Option<String>,
    /// When it was replaced or revoked.
    pub status_at: Option<DateTimeUtc>,
    /// The certificate this one corrects; each is replaced at most once.
    pub replaces_id: Option<CertificateId>,
    /// SHA-256 of the file in hexadecimal, once rendered.
    pub pdf_sha256: Option<String>,
    /// When the file was rendered.
    pub rendered_at: Option<DateTimeUtc>,
    /// When the holder's name, the content and the file were erased at the holder's request.
    pub erased_at: Option<DateTimeUtc>,
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
