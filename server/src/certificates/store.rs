//! The queries of certificates.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Set,
    sea_query::{Expr, OnConflict},
};

use crate::{
    db::entity::{certificate, certificate_file, certificate_translation},
    ids::{CertificateId, PersonId},
    people::PersonLock,
    source::Source,
};

pub(super) use certificate::Model as Row;

pub(super) async fn insert(person: &PersonLock<'_>, row: Row) -> Result<(), DbErr> {
    let row = Row {
        person_id: person.id(),
        ..row
    };
    certificate::Entity::insert(certificate::ActiveModel::from(row))
        .exec_without_returning(person.txn())
        .await
        .map(drop)
}

pub(super) async fn by_id(
    db: &impl ConnectionTrait,
    id: CertificateId,
) -> Result<Option<Row>, DbErr> {
    certificate::Entity::find_by_id(id).one(db).await
}

pub(super) async fn by_code(db: &impl ConnectionTrait, code: &str) -> Result<Option<Row>, DbErr> {
    certificate::Entity::find()
        .filter(certificate::Column::Code.eq(code))
        .one(db)
        .await
}

pub(super) async fn by_serial(
    db: &impl ConnectionTrait,
    serial: &str,
) -> Result<Option<Row>, DbErr> {
    certificate::Entity::find()
        .filter(certificate::Column::Serial.eq(serial))
        .one(db)
        .await
}

/// The certificates of a record, newest first.
pub(super) async fn of_source(
    db: &impl ConnectionTrait,
    source: &Source,
) -> Result<Vec<Row>, DbErr> {
    certificate::Entity::find()
        .filter(certificate::Column::SourceKind.eq(source.kind.as_str()))
        .filter(certificate::Column::SourceId.eq(source.id))
        .order_by_desc(certificate::Column::Id)
        .all(db)
        .await
}

/// Newest first.
pub(super) async fn of_person(
    db: &impl ConnectionTrait,
    person_id: PersonId,
) -> Result<Vec<Row>, DbErr> {
    certificate::Entity::find()
        .filter(certificate::Column::PersonId.eq(person_id))
        .order_by_desc(certificate::Column::Id)
        .all(db)
        .await
}

/// The certificate that replaced another.
pub(super) async fn successor(
    db: &impl ConnectionTrait,
    id: CertificateId,
) -> Result<Option<Row>, DbErr> {
    certificate::Entity::find()
        .filter(certificate::Column::ReplacesId.eq(id))
        .one(db)
        .await
}

/// Sets the status of a valid certificate to another; `false` if it was not valid.
pub(super) async fn set_status(
    person: &PersonLock<'_>,
    id: CertificateId,
    status: certificate::CertificateStatus,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    let updated = certificate::Entity::update_many()
        .col_expr(certificate::Column::Status, Expr::value(status))
        .col_expr(certificate::Column::StatusReason, Expr::value(reason))
        .col_expr(certificate::Column::StatusAt, Expr::value(now))
        .filter(certificate::Column::Id.eq(id))
        .filter(certificate::Column::PersonId.eq(person.id()))
        .filter(certificate::Column::Status.eq(certificate::CertificateStatus::Valid))
        .exec(person.txn())
        .await?;
    Ok(updated.rows_affected == 1)
}

/// A certificate's rendered file.
pub(super) struct Drawn {
    pub(super) language: String,
    pub(super) bytes: Vec<u8>,
    pub(super) sha256: String,
    pub(super) template_version: &'static str,
    pub(super) at: DateTime<Utc>,
}

/// Stores the file of a certificate, unless one is stored already.
pub(super) async fn keep_file(
    txn: &impl ConnectionTrait,
    id: CertificateId,
    drawn: Drawn,
) -> Result<(), DbErr> {
    // Its holder may have been erased while it was rendered.
    let row = by_id(txn, id).await?;
    let Some(row) = row.filter(|row| row.erased_at.is_none()) else {
        return Ok(());
    };
    if drawn.language != row.language {
        return keep_translation(txn, id, drawn).await;
    }
    certificate_file::Entity::insert(certificate_file::ActiveModel {
        certificate_id: Set(id),
        bytes: Set(drawn.bytes),
        created_at: Set(drawn.at),
    })
    .on_conflict(
        OnConflict::column(certificate_file::Column::CertificateId)
            .do_nothing()
            .to_owned(),
    )
    .exec_without_returning(txn)
    .await?;
    certificate::Entity::update_many()
        .col_expr(certificate::Column::PdfSha256, Expr::value(drawn.sha256))
        .col_expr(
            certificate::Column::TemplateVersion,
            Expr::value(drawn.template_version),
        )
        .col_expr(certificate::Column::RenderedAt, Expr::value(drawn.at))
        .filter(certificate::Column::Id.eq(id))
        .filter(certificate::Column::RenderedAt.is_null())
        .exec(txn)
        .await
        .map(drop)
}

/// Stores the file of a certificate in its other language, unless one is stored already.
async fn keep_translation(
    txn: &impl ConnectionTrait,
    id: CertificateId,
    drawn: Drawn,
) -> Result<(), DbErr> {
    certificate_translation::Entity::insert(certificate_translation::ActiveModel {
        certificate_id: Set(id),
        language: Set(drawn.language),
        bytes: Set(drawn.bytes),
        sha256: Set(drawn.sha256),
        created_at: Set(drawn.at),
    })
    .on_conflict(
        OnConflict::column(certificate_translation::Column::CertificateId)
            .do_nothing()
            .to_owned(),
    )
    .exec_without_returning(txn)
    .await
    .map(drop)
}

/// The stored file of a certificate in a language.
pub(super) async fn file(
    db: &impl ConnectionTrait,
    row: &Row,
    language: &str,
) -> Result<Option<Vec<u8>>, DbErr> {
    if language == row.language {
        let file = certificate_file::Entity::find_by_id(row.id).one(db).await?;
        return Ok(file.map(|file| file.bytes));
    }
    let file = certificate_translation::Entity::find_by_id(row.id)
        .one(db)
        .await?;
    let file = file.filter(|file| file.language == language);
    Ok(file.map(|file| file.bytes))
}

/// The language and the SHA-256 of each stored file of a certificate.
pub(super) async fn file_hashes(
    db: &impl ConnectionTrait,
    row: &Row,
) -> Result<Vec<(String, String)>, DbErr> {
    let own = row.pdf_sha256.clone();
    let mut hashes: Vec<_> = own
        .map(|hash| (row.language.clone(), hash))
        .into_iter()
        .collect();
    let other: Vec<(String, String)> = certificate_translation::Entity::find()
        .select_only()
        .column(certificate_translation::Column::Language)
        .column(certificate_translation::Column::Sha256)
        .filter(certificate_translation::Column::CertificateId.eq(row.id))
        .into_tuple()
        .all(db)
        .await?;
    hashes.extend(other);
    Ok(hashes)
}
