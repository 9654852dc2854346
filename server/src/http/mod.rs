//! What every area's pages share: the shell that all are shown in, a visit (who asks, in which
//! language), forms and their protection, errors as pages or problem+json, the theme.
//!
//! Knows nothing of courses, certificates or indicators. Start with [`visit::Visit`], which every
//! handler takes: its type parameter is the handler's authorisation rule.

pub mod address;
pub mod assets;
pub mod client;
pub mod connections;
pub mod csrf;
pub mod error;
pub mod error_pages;
pub mod flash;
pub mod form;
pub mod headers;
pub mod lang;
pub mod limits;
pub mod link;
pub mod methods;
pub mod next;
pub mod path;
pub mod reply;
pub mod request_id;
pub mod route;
pub mod search;
pub mod secret_key;
pub mod shell;
pub mod theme;
pub mod upload;
pub mod visit;

pub use error::Error;
pub use flash::Flash;
pub use form::{FormState, Posted};
pub use lang::Lang;
pub use link::Link;
pub use next::Next;
pub use path::Path;
pub use reply::{Reply, see_other};
pub use request_id::RequestId;
pub use search::Search;
pub use shell::{Contact, Shell};
pub use upload::{FileKind, Upload, UploadedFile};
pub use visit::{Access, Admin, Anyone, Author, Manager, Organiser, SignedIn, Visit, VisitCore};
