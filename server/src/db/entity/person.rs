//! A person, apart from how they sign in: whom enrolments, certificates and indicators are about.

use sea_orm::entity::prelude::*;

use crate::ids::PersonId;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub struct Model {
    /// UUID v7.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PersonId,
    /// Empty until the person has filled in their profile.
    pub given_name: String,
    /// Empty until the person has filled in their profile.
    pub family_name: String,
    /// Both names in lower case without diacritics, for searching.
    pub name_folded: String,
    /// Whether the names have letters of several alphabets, of which one may stand for another.
    pub has_mixed_scripts: bool,
    /// Incremented in every transaction that changes what is recorded about this person. A cached page is
    /// valid only while this number is the one with which it was rendered.
    pub record_version: i64,
    /// When the record was made.
    pub created_at: DateTimeUtc,
}

/// What a row belongs to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
