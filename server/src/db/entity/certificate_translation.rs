//! The PDF of a certificate in its other language. In a table of its own, so that lists of certificates do not read it.

use sea_orm::entity::prelude::*;

use crate::ids::CertificateId;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "certificate_translation")]
pub struct Model {
    /// Which certificate.
    #[sea_orm(primary_key, auto_increment = false)]
    pub certificate_id: CertificateId,
    /// The language it is printed in.
    pub language: String,
    /// The PDF.
    pub bytes: Vec<u8>,
    /// Its SHA-256 in hexadecimal.
    pub sha256: String,
    /// When it was rendered.
    pub created_at: DateTimeUtc,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// By `certificate_id`.
    #[sea_orm(
        belongs_to = "super::certificate::Entity",
        from = "Column::CertificateId",
        to = "super::certificate::Column::Id"
    )]
    Certificate,
}

impl Related<super::certificate::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Certificate.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
