//! The queries of reports.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, Set, sea_query::Expr,
};

use super::{
    forms::Description,
    list::{ReportOrder, ReportsQuery},
    model::MistakeReport,
};
use crate::{
    clock::Clock,
    db::entity::mistake_report::{self, Column, Entity},
    ids::{AccountId, MistakeReportId},
    list::{Extent, FoundRows},
    text::fold,
};

impl From<mistake_report::Model> for MistakeReport {
    fn from(row: mistake_report::Model) -> Self {
        Self {
            id: row.id,
            page: Some(row.page).filter(|page| !page.is_empty()),
            text: row.text,
            created_at: row.created_at,
            is_handled: row.handled_at.is_some(),
        }
    }
}

pub(super) async fn insert(
    txn: &impl ConnectionTrait,
    clock: &Clock,
    page: &str,
    locale: &str,
    text: &Description,
) -> Result<(), DbErr> {
    let row = mistake_report::ActiveModel {
        id: Set(clock.new_id()),
        page: Set(page.to_owned()),
        text: Set(text.as_str().to_owned()),
        text_folded: Set(fold(&format!("{page} {}", text.as_str()))),
        locale: Set(locale.to_owned()),
        created_at: Set(clock.now()),
        handled_at: Set(None),
        handled_by: Set(None),
    };
    row.insert(txn).await.map(drop)
}

/// The number of reports created after a time.
pub(super) async fn count_since(
    db: &impl ConnectionTrait,
    since: DateTime<Utc>,
) -> Result<u64, DbErr> {
    Entity::find()
        .filter(Column::CreatedAt.gt(since))
        .count(db)
        .await
}

/// Whether an open report has the same text and page.
pub(super) async fn is_open_already(
    db: &impl ConnectionTrait,
    page: &str,
    text: &Description,
) -> Result<bool, DbErr> {
    let same = Entity::find()
        .filter(Column::Page.eq(page))
        .filter(Column::Text.eq(text.as_str()))
        .filter(Column::HandledAt.is_null());
    Ok(same.count(db).await? > 0)
}

/// The reports that match a query.
pub(super) async fn list(
    db: &impl ConnectionTrait,
    query: &ReportsQuery,
    extent: Extent,
) -> Result<FoundRows<MistakeReport>, DbErr> {
    let mut fits = Condition::all();
    for word in query.list.words() {
        fits = fits.add(Column::TextFolded.contains(word));
    }
    if let Some(is_handled) = query.is_handled {
        fits = fits.add(if is_handled {
            Column::HandledAt.is_not_null()
        } else {
            Column::HandledAt.is_null()
        });
    }
    let direction = query.list.direction();
    let found = Entity::find().filter(fits);
    let found = match query.list.order() {
        ReportOrder::Created => found.order_by(Column::CreatedAt, direction.clone()),
        ReportOrder::Page => found.order_by(Column::Page, direction.clone()),
    };
    let found = found.order_by(Column::Id, direction);
    Ok(extent.of(found, db).await?.map(MistakeReport::from))
}

/// How many wait.
pub(super) async fn count_open(db: &impl ConnectionTrait) -> Result<u64, DbErr> {
    Entity::find()
        .filter(Column::HandledAt.is_null())
        .count(db)
        .await
}

/// Notes that reports were seen to, or, without who and when, that they wait again; how many that changed.
pub(super) async fn set_handled(
    txn: &impl ConnectionTrait,
    ids: &[MistakeReportId],
    handled: Option<(AccountId, DateTime<Utc>)>,
) -> Result<u64, DbErr> {
    let (by, at) = handled.unzip();
    let changes = if handled.is_some() {
        Column::HandledAt.is_null()
    } else {
        Column::HandledAt.is_not_null()
    };
    let done = Entity::update_many()
        .col_expr(Column::HandledAt, Expr::value(at))
        .col_expr(Column::HandledBy, Expr::value(by.map(uuid::Uuid::from)))
        .filter(Column::Id.is_in(ids.iter().copied()))
        .filter(changes)
        .exec(txn)
        .await?;
    Ok(done.rows_affected)
}

/// Deletes reports that were handled before a time.
pub(super) async fn delete_handled_before(
    txn: &impl ConnectionTrait,
    before: DateTime<Utc>,
) -> Result<u64, DbErr> {
    let done = Entity::delete_many()
        .filter(Column::HandledAt.lt(before))
        .exec(txn)
        .await?;
    Ok(done.rows_affected)
}
