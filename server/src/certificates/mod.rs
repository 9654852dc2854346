//! Certificates: issued in the transaction of the record that they certify, rendered once, stored, and
//! verifiable by anyone who has the code.
//!
//! The content of a certificate is fixed when it is issued. A corrected certificate replaces the old one, a
//! withdrawn one is revoked with a reason; the pages of both stay available and say so. The record that is
//! certified is known here only by its kind and id.

mod code;
mod forms;
mod pages;
mod privacy;
mod render;
mod service;
mod store;
#[cfg(test)]
mod tests;
pub(crate) mod views;

pub use code::Code;
pub use pages::routes;
pub use privacy::PersonalCertificates;
pub use render::{CertificateData, RenderError, Translation, Wording};
pub use service::{
    Issue, IssueTexts, RenderCertificate, State, issue, of_person, of_source, render_file, replace,
    revoke,
};
pub use views::CertificateLink;
