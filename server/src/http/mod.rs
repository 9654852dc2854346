//! What every area's pages share: the running application, a visit (who asks, in which
//! language), forms and their protection, errors as pages or problem+json, the theme.
//!
//! Knows nothing of courses, certificates or indicators. Start with [`visit::Visit`], which every
//! handler takes: its type parameter is the handler's authorisation rule.

pub mod app;
pub mod assets;
pub mod client;
pub mod connections;
pub mod csrf;
pub mod error;
pub mod flash;
pub mod form;
pub mod headers;
pub mod lang;
pub mod limits;
pub mod next;
pub mod paging;
pub mod route;
pub mod secret_key;
pub mod theme;
pub mod visit;

pub use app::App;
pub use error::Error;
pub use flash::Flash;
pub use form::{FormState, Posted};
pub use lang::Lang;
pub use next::Next;
pub use paging::Paging;
pub use visit::{Access, Admin, Anyone, Author, Manager, Organiser, SignedIn, Visit, VisitCore};

/// What a handler gives back.
pub type Reply = Result<actix_web::HttpResponse, Error>;

/// 303: look at `url` now. What every successful form answers.
#[must_use]
pub fn see_other(url: &str) -> actix_web::HttpResponse {
    actix_web::HttpResponse::SeeOther()
        .insert_header((actix_web::http::header::LOCATION, url))
        .finish()
}
