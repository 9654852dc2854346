//! The form of a report of a mistake.

use super::model::Description;
use crate::{
    http::{FormState, Posted},
    text::BadText,
};

/// The fields of a report.
pub(super) const REPORT: [&str; 1] = ["text"];

/// Reads a report.
///
/// # Errors
/// The form to show again.
pub(super) fn report(posted: &Posted) -> Result<Description, FormState> {
    Description::parse(posted.get("text")).map_err(|bad| {
        let key = match bad {
            BadText::TooLong => "report-text-too-long",
            BadText::Missing | BadText::Strange => "report-text-missing",
        };
        report_typed(posted).error("text", key)
    })
}

/// The form with the typed values, unchecked.
#[must_use]
pub(super) fn report_typed(posted: &Posted) -> FormState {
    FormState::new().value("text", posted.get("text"))
}
