//! The pages of events: read the request, call a use case, show a page or redirect.

mod edit;
mod organise;
mod organisers;

use actix_web::web::ServiceConfig;

/// The routes below `/{lang}`.
pub fn routes(config: &mut ServiceConfig) {
    organise::routes(config);
    edit::routes(config);
    organisers::routes(config);
}
