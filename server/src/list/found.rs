//! The rows that the database gives for a query.

use sea_orm::{ConnectionTrait, DbErr, PaginatorTrait, SelectorTrait, sea_query::Expr};

use super::paging::{PAGE_SIZE, page_within};
use crate::{db::LATVIAN_ORDER, text::QUOTATION_MARKS};

/// How many of the rows that a query finds are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// A page of [`PAGE_SIZE`] rows; the first is 1, and one after the last is the last.
    Page(u64),
    /// All, for an export.
    All,
}

/// Rows, and how many there are in all.
#[derive(Debug, Clone)]
pub struct Found<T> {
    /// The rows of the extent that was asked for.
    pub rows: Vec<T>,
    /// How many the query finds.
    pub total: u64,
    /// The page that the rows are; 1 of all rows.
    pub page: u64,
}

impl<T> Found<T> {
    /// Other rows, each made of one of these.
    #[must_use]
    pub fn map<U>(self, of: impl FnMut(T) -> U) -> Found<U> {
        Found {
            rows: self.rows.into_iter().map(of).collect(),
            total: self.total,
            page: self.page,
        }
    }
}

impl Extent {
    /// Reads so many rows of a query.
    ///
    /// # Errors
    /// The database fails.
    pub async fn of<'db, C, S>(
        self,
        select: S,
        db: &'db C,
    ) -> Result<Found<<S::Selector as SelectorTrait>::Item>, DbErr>
    where
        C: ConnectionTrait,
        S: PaginatorTrait<'db, C>,
    {
        match self {
            Self::Page(page) => {
                let pages = select.paginate(db, PAGE_SIZE);
                let total = pages.num_items().await?;
                // An offset of any size would not fit.
                let page = page_within(page, PAGE_SIZE, total);
                let rows = pages.fetch_page(page - 1).await?;
                Ok(Found { rows, total, page })
            }
            Self::All => {
                let rows = select.paginate(db, i64::MAX.unsigned_abs()).fetch().await?;
                let total = rows.len() as u64;
                Ok(Found {
                    rows,
                    total,
                    page: 1,
                })
            }
        }
    }
}

/// A column as it is sorted, in SQL: in the order of the Latvian alphabet and without quotation marks, on both
/// databases, as [`crate::text::compare_latvian`] compares.
#[must_use]
pub fn latvian_order_sql(column: &str) -> String {
    let plain = QUOTATION_MARKS
        .into_iter()
        .fold(column.to_owned(), |text, mark| {
            let literal = if mark == '\'' {
                "''".to_owned()
            } else {
                mark.to_string()
            };
            format!("REPLACE({text}, '{literal}', '')")
        });
    format!("{plain} COLLATE {LATVIAN_ORDER}")
}

/// The same for a query that is built.
#[must_use]
pub fn in_latvian_order(column: &str) -> Expr {
    Expr::cust(latvian_order_sql(column))
}
