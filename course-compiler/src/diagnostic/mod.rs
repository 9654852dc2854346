//! Diagnostics: problems in courses, in one type for people and for programs.
//!
//! A diagnostic contains everything that is needed to show it: its place is resolved to line and column when it
//! is created. [`terminal`] prints it below the source line, [`json`] makes an object of it, [`sarif`] a report
//! for code-analysis tools, [`github`] annotations of a pull request. [`crate::fix`] applies the edits that
//! diagnostics offer.

pub mod github;
pub mod json;
mod problem;
mod rule;
pub mod sarif;
pub mod terminal;

pub use problem::{Diagnostic, Fix, Location, Related, Severity, Sources};
pub(crate) use rule::Report;
pub use rule::Rule;
