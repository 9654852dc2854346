//! What is wrong with a course, said once, in one type, for people and for programs.
//!
//! A diagnostic carries all that is needed to show it: the place is resolved to line and column when it is
//! made. [`terminal`] renders it under the source line, [`json`] makes an object of it, [`sarif`] a report for
//! tools that show the findings of any checker, [`github`] annotations of a change. [`crate::fix`]
//! carries out the edits that diagnostics offer.

pub mod github;
pub mod json;
mod problem;
mod rule;
pub mod sarif;
pub mod terminal;

pub use problem::{Diagnostic, Fix, Location, Related, Severity, Sources};
pub(crate) use rule::Report;
pub use rule::Rule;
