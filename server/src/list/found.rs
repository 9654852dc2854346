//! The rows of a query, read by page.

use sea_orm::{ConnectionTrait, DbErr, PaginatorTrait, SelectorTrait, sea_query::Expr};

use super::paging::{PAGE_SIZE, page_within};
use crate::{db::LATVIAN_ORDER, text::QUOTATION_MARKS};

/// Which of the matching rows are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// A page of [`PAGE_SIZE`] rows, the first being 1; a number after the last page means the last.
    Page(u64),
    /// All rows, for an export.
    All,
}

/// The rows that were read, and how many match.
#[derive(Debug, Clone)]
pub struct FoundRows<T> {
    /// The rows of the requested extent.
    pub rows: Vec<T>,
    /// How many rows match the query.
    pub total: u64,
    /// The number of the page; 1 if all rows were read.
    pub page: u64,
}

impl<T> FoundRows<T> {
    /// Converts each row.
    #[must_use]
    pub fn map<U>(self, of: impl FnMut(T) -> U) -> FoundRows<U> {
        FoundRows {
            rows: self.rows.into_iter().map(of).collect(),
            total: self.total,
            page: self.page,
        }
    }
}

impl Extent {
    /// Reads this extent of a query.
    ///
    /// # Errors
    /// The database fails.
    pub async fn of<'db, C, S>(
        self,
        select: S,
        db: &'db C,
    ) -> Result<FoundRows<<S::Selector as SelectorTrait>::Item>, DbErr>
    where
        C: ConnectionTrait,
        S: PaginatorTrait<'db, C>,
    {
        match self {
            Self::Page(page) => {
                let pages = select.paginate(db, PAGE_SIZE);
                let total = pages.num_items().await?;
                // A larger offset could overflow.
                let page = page_within(page, PAGE_SIZE, total);
                let rows = pages.fetch_page(page - 1).await?;
                Ok(FoundRows { rows, total, page })
            }
            Self::All => {
                let rows = select.paginate(db, i64::MAX.unsigned_abs()).fetch().await?;
                let total = rows.len() as u64;
                Ok(FoundRows {
                    rows,
                    total,
                    page: 1,
                })
            }
        }
    }
}

/// An extent of rows that were all read, because what they are chosen by is not in the database's query.
#[must_use]
pub fn page_of<T>(rows: Vec<T>, extent: Extent) -> FoundRows<T> {
    let total = rows.len() as u64;
    let Extent::Page(page) = extent else {
        return FoundRows {
            rows,
            total,
            page: 1,
        };
    };
    let page = page_within(page, PAGE_SIZE, total);
    let count = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let before = count((page - 1) * PAGE_SIZE);
    FoundRows {
        rows: rows
            .into_iter()
            .skip(before)
            .take(count(PAGE_SIZE))
            .collect(),
        total,
        page,
    }
}

/// The SQL for sorting by a column: in Latvian alphabetical order and ignoring quotation marks, on both
/// databases, like [`crate::text::compare_latvian`].
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

/// The same as an expression for the query builder.
#[must_use]
pub fn in_latvian_order(column: &str) -> Expr {
    Expr::cust(latvian_order_sql(column))
}
