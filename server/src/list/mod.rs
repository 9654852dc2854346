//! Lists: every table of people, organisations, facts and accounts is one of these.
//!
//! An area says by what its list is sorted ([`Order`]) and narrowed ([`Filter`]), and which columns it has.
//! From here come the query, all of which stands in the address ([`Query`]), the page of rows that the
//! database gives for it ([`Extent::of`]), what the template `components/list.html` shows ([`ListView`]), the
//! rows that are ticked ([`selected`]), and exactly what the query finds as a file for a spreadsheet
//! ([`Sheet`]).

pub mod export;
mod found;
mod paging;
mod query;
mod view;

pub use export::{Format, Sheet, Value};
pub use found::{Extent, Found, in_latvian_order, latvian_order_sql};
pub use paging::{PAGE_SIZE, PageNumber, Paging};
pub use query::{Choice, Filter, Order, Query};
pub use view::{Button, Cell, ListView, Menu, MenuItem, Row, Tone, selected};
