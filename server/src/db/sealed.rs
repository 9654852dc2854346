//! Every encrypted field of the database ([`crate::crypt`]): which keys they need, and their encryption with a
//! newer key. A new encrypted field is added to `all` and to `encrypt_anew`; its place is
//! [`crypt::place`].

use std::{collections::BTreeSet, io, path::Path};

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, IdenStatic as _, QueryFilter as _, QuerySelect as _,
    sea_query::Expr,
};
use uuid::Uuid;

use super::{
    Db,
    entity::{registration_import, registration_needs, second_factor, test_allowance},
};
use crate::crypt::{self, CryptError, FieldKeys};

/// Why the keys of encrypted fields cannot be used with a database.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// The database fails.
    #[error(transparent)]
    Database(#[from] DbErr),
    /// The file cannot be read, written or understood.
    #[error(transparent)]
    Crypt(#[from] CryptError),
    /// Keys with which fields are encrypted are not there.
    #[error(
        "{path} lacks the keys {} with which fields of the database are encrypted (second factors, needs at events, reasons of what is allowed in tests). Put the file back from the backup: copy it from there, or run iespeja restore. A new file cannot read them",
        ids.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
    )]
    Missing {
        /// The file.
        path: String,
        /// The ids of the keys.
        ids: BTreeSet<String>,
    },
}

/// The keys with which fields are encrypted now.
///
/// # Errors
/// The database fails.
pub async fn used_keys(db: &Db) -> Result<BTreeSet<String>, DbErr> {
    let all = all(db).await?;
    let ids = all.iter().filter_map(|value| crypt::key_id(value));
    Ok(ids.map(str::to_owned).collect())
}

/// Every encrypted value.
async fn all(db: &Db) -> Result<Vec<String>, DbErr> {
    use registration_import::{Column as Import, Entity as OfImport};
    use registration_needs::{Column as Needs, Entity as OfNeeds};
    use second_factor::{Column as Factor, Entity as OfFactor};
    use test_allowance::{Column as Allowance, Entity as OfAllowance};
    let each = [
        values::<OfImport>(db, Import::Id, Import::Sealed).await?,
        values::<OfFactor>(db, Factor::AccountId, Factor::Secret).await?,
        values::<OfNeeds>(db, Needs::RegistrationId, Needs::Sealed).await?,
        values::<OfAllowance>(db, Allowance::Id, Allowance::Reason).await?,
        values::<OfAllowance>(db, Allowance::Id, Allowance::WithdrawnReason).await?,
    ];
    Ok(each.into_iter().flatten().map(|(_, value)| value).collect())
}

/// The keys in the file, for a database: checks that none is missing with which fields are encrypted. Without
/// such fields, a missing file is made.
///
/// # Errors
/// See [`KeysError`].
pub async fn open_keys(db: &Db, path: &Path, now: DateTime<Utc>) -> Result<FieldKeys, KeysError> {
    let used = used_keys(db).await?;
    if used.is_empty() {
        return Ok(FieldKeys::load_or_create(path, now)?);
    }
    let keys = match FieldKeys::load(path) {
        Ok(keys) => Some(keys),
        Err(CryptError::File { source, .. }) if source.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error.into()),
    };
    check(keys.as_ref(), path, used)?;
    keys.map_or_else(|| Ok(FieldKeys::load_or_create(path, now)?), Ok)
}

/// Checks that none of the keys is missing.
///
/// # Errors
/// [`KeysError::Missing`].
pub fn check(
    keys: Option<&FieldKeys>,
    path: &Path,
    mut used: BTreeSet<String>,
) -> Result<(), KeysError> {
    for key in keys.iter().flat_map(|keys| keys.list()) {
        used.remove(&key.id);
    }
    if used.is_empty() {
        return Ok(());
    }
    Err(KeysError::Missing {
        path: path.display().to_string(),
        ids: used,
    })
}

/// Encrypts every field anew that is encrypted with another than the newest key. Returns how many were, and the
/// keys that are in use afterwards.
///
/// # Errors
/// The database fails, or a value cannot be decrypted.
pub async fn encrypt_anew(db: &Db, keys: &FieldKeys) -> Result<(u64, BTreeSet<String>), KeysError> {
    use registration_import::{Column as Import, Entity as OfImport};
    use registration_needs::{Column as Needs, Entity as OfNeeds};
    use second_factor::{Column as Factor, Entity as OfFactor};
    use test_allowance::{Column as Allowance, Entity as OfAllowance};
    let counts = [
        anew::<OfImport>(db, keys, Import::Id, Import::Sealed).await?,
        anew::<OfFactor>(db, keys, Factor::AccountId, Factor::Secret).await?,
        anew::<OfNeeds>(db, keys, Needs::RegistrationId, Needs::Sealed).await?,
        anew::<OfAllowance>(db, keys, Allowance::Id, Allowance::Reason).await?,
        anew::<OfAllowance>(db, keys, Allowance::Id, Allowance::WithdrawnReason).await?,
    ];
    Ok((counts.into_iter().sum(), used_keys(db).await?))
}

/// The values of a column with the ids of their rows.
async fn values<E: EntityTrait>(
    db: &Db,
    id: E::Column,
    value: E::Column,
) -> Result<Vec<(Uuid, String)>, DbErr> {
    E::find()
        .select_only()
        .column(id)
        .column(value)
        .filter(value.is_not_null())
        .into_tuple()
        .all(db.read())
        .await
}

async fn anew<E: EntityTrait>(
    db: &Db,
    keys: &FieldKeys,
    id: E::Column,
    value: E::Column,
) -> Result<u64, KeysError>
where
    E::Column: Send + 'static,
{
    let newest = keys.list().pop().map(|key| key.id).unwrap_or_default();
    let mut count = 0;
    for (row_id, before) in values::<E>(db, id, value).await? {
        if crypt::key_id(&before) == Some(newest.as_str()) {
            continue;
        }
        let place = crypt::place(E::default().table_name(), value.as_str(), row_id);
        let sealed = keys.seal(&place, &keys.open(&place, &before)?)?;
        // If it was changed meanwhile, it was encrypted with the newest key.
        count += db
            .write::<_, DbErr>(async move |txn| {
                let replaced = E::update_many()
                    .col_expr(value, Expr::value(sealed))
                    .filter(id.eq(row_id))
                    .filter(value.eq(before))
                    .exec(txn)
                    .await?;
                Ok(replaced.rows_affected)
            })
            .await?;
    }
    Ok(count)
}
