//! The site itself: the front page, and the page that shows every component of the theme.
//!
//! Knows the catalogue, so that the front page can offer courses, and nothing of people. Texts for
//! everybody that people also accept (privacy) are in `people`.

mod pages;
pub(crate) mod views;

pub use pages::routes;
