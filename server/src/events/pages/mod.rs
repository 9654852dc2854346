//! The pages of events: read the request, call a use case, show a page or redirect.

mod edit;
mod organise;
mod organisers;
mod public;

pub(crate) use public::{found_cards, next_cards, next_events};

use actix_web::web::ServiceConfig;

/// The routes below `/{lang}`.
pub fn routes(config: &mut ServiceConfig) {
    public::routes(config);
    organise::routes(config);
    edit::routes(config);
    organisers::routes(config);
}
