//! Lists: the tables of people, organisations, facts and accounts.
//!
//! An area defines the orders ([`SortOrder`]), filters ([`Filter`]) and columns of its list. This module provides
//! the rest: the query in the address ([`Query`]), reading a page of rows ([`Extent::of`]), the data of the
//! template `components/list.html` ([`ListView`]), the selected rows of a form ([`selected`]), and the export
//! of exactly the rows of the query ([`fn@export`]).

mod export;
mod found;
mod paging;
mod query;
mod view;

pub use export::{ExportedList, Format, Sheet, Value, export};
pub use found::{Extent, FoundRows, in_latvian_order, latvian_order_sql, page_of};
pub use paging::{PAGE_SIZE, PageNumber, Paging};
pub use query::{Filter, FilterOption, Query, SortOrder};
pub use view::{Button, ListCell, ListRow, ListView, Tone, selected};
