//! What the pages of all areas share: the shell, a visit (the person, the language, the rule of access),
//! forms and their protection, error pages, the theme.
//!
//! It depends on no area. Start with [`visit::Visit`], which every handler of a page takes; its type
//! parameter is the rule of who may use the page.

pub mod address;
pub mod assets;
pub mod client;
pub mod connections;
pub mod cookies;
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
pub mod refusals;
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
pub use link::TextLink;
pub use next::Next;
pub use path::Path;
pub use reply::{Reply, see_other};
pub use request_id::RequestId;
pub use search::Search;
pub use shell::{Contact, Shell};
pub use upload::{FileKind, Upload, UploadedFile};
pub use visit::{
    Access, Admin, Anyone, Author, Manager, Organiser, Organising, SignedIn, Visit, VisitCore,
};
