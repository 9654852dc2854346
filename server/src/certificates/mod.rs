//! Certificates: issued in the transaction of what they certify, rendered once, kept, and
//! verifiable by anyone who has the code.
//!
//! What is printed is frozen at the issue. A corrected certificate replaces the old one, a
//! withdrawn one is revoked with its reason; neither is ever “not found”. Knows of what it
//! certifies only the kind and the id.

mod code;
mod pages;
mod render;
mod service;
mod store;
#[cfg(test)]
mod tests;
pub(crate) mod views;

pub use code::Code;
pub use pages::routes;
pub use render::{CertificateData, RenderError, Wording};
pub use service::{
    Issue, RenderCertificate, State, issue, of_person, of_source, render_file, replace, revoke,
};
pub use views::CertificateLink;
