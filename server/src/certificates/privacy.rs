//! What `certificates` holds about a person.

use futures::future::{BoxFuture, FutureExt as _};
use sea_orm::{
    ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _, sea_query::Expr,
};
use serde_json::json;

use super::{CertificateData, store};
use crate::{
    db::{
        Db, Transaction,
        entity::{certificate, certificate_file, certificate_translation},
    },
    people,
    personal::{Erasing, PersonalRecords, Records, Subject},
};

/// Certificates and their files.
pub struct PersonalCertificates;

impl PersonalRecords for PersonalCertificates {
    fn tables(&self) -> &'static [&'static str] {
        &["certificate", "certificate_file", "certificate_translation"]
    }

    fn has_facts<'a>(
        &'a self,
        db: &'a Db,
        subject: &'a Subject,
    ) -> BoxFuture<'a, Result<bool, DbErr>> {
        async move {
            let theirs = store::of_person(db.read(), subject.person_id).await?;
            Ok(!theirs.is_empty())
        }
        .boxed()
    }

    fn identify<'a>(
        &'a self,
        db: &'a Db,
        subject: &'a mut Subject,
    ) -> BoxFuture<'a, Result<(), DbErr>> {
        async move {
            let theirs = certificate::Entity::find()
                .filter(certificate::Column::PersonId.eq(subject.person_id))
                .all(db.read())
                .await?;
            let ids = theirs.iter().map(|row| row.id.to_string());
            subject.record_ids.extend(ids);
            Ok(())
        }
        .boxed()
    }

    fn read<'a>(
        &'a self,
        db: &'a Db,
        subject: &'a Subject,
    ) -> BoxFuture<'a, Result<Vec<Records>, DbErr>> {
        async move {
            let rows = certificate::Entity::find()
                .filter(certificate::Column::PersonId.eq(subject.person_id))
                .order_by_asc(certificate::Column::Id)
                .all(db.read())
                .await?;
            let rows = rows
                .into_iter()
                .map(|row| {
                    vec![
                        ("serial", json!(row.serial)),
                        ("code", json!(row.code)),
                        ("holder_name", json!(row.holder_name)),
                        ("title", row.data.get("title").cloned().unwrap_or_default()),
                        ("issued_at", json!(row.issued_at)),
                        (
                            "status",
                            json!(match row.status {
                                certificate::CertificateStatus::Valid => "valid",
                                certificate::CertificateStatus::Replaced => "replaced",
                                certificate::CertificateStatus::Revoked => "revoked",
                            }),
                        ),
                        ("reason", json!(row.status_reason)),
                        ("content", row.data),
                        ("file_sha256", json!(row.pdf_sha256)),
                    ]
                })
                .collect();
            Ok(vec![Records {
                table: "certificate",
                rows,
            }])
        }
        .boxed()
    }

    fn erase<'a>(
        &'a self,
        txn: &'a Transaction,
        erasing: &'a Erasing,
    ) -> BoxFuture<'a, Result<(), DbErr>> {
        async move {
            let person = people::lock(txn, erasing.subject.person_id).await?;
            for row in store::of_person(txn, person.id()).await? {
                certificate_file::Entity::delete_by_id(row.id)
                    .exec(txn)
                    .await?;
                certificate_translation::Entity::delete_by_id(row.id)
                    .exec(txn)
                    .await?;
                let printed: Option<CertificateData> = serde_json::from_value(row.data).ok();
                let kept = printed
                    .map(|printed| serde_json::to_value(printed.erased()))
                    .transpose()
                    .map_err(|error| DbErr::Json(error.to_string()))?;
                certificate::Entity::update_many()
                    .col_expr(certificate::Column::HolderName, Expr::value(""))
                    .col_expr(
                        certificate::Column::Data,
                        Expr::value(kept.unwrap_or_else(|| json!({}))),
                    )
                    .col_expr(
                        certificate::Column::StatusReason,
                        Expr::value(None::<String>),
                    )
                    .col_expr(certificate::Column::PdfSha256, Expr::value(None::<String>))
                    .col_expr(certificate::Column::ErasedAt, Expr::value(erasing.now))
                    .filter(certificate::Column::Id.eq(row.id))
                    .exec(txn)
                    .await?;
            }
            Ok(())
        }
        .boxed()
    }
}
