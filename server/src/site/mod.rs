//! The site itself: the front page, and the page that shows every component of the theme.
//!
//! The front page uses the catalogue to show courses; this area uses nothing about people. Text pages about
//! privacy and accessibility are in `people`.

mod pages;
mod state;
pub(crate) mod views;

pub use pages::routes;
pub use state::State;
