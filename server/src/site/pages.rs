//! The handlers of the site's own pages.

use actix_web::web::{Data, ServiceConfig};

use super::views::{HomePage, StyleguidePage};
use crate::http::{Anyone, App, Reply, Visit, route::page};

/// The routes below `/{lang}`.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(page("/").get(home))
        .service(page("/styleguide").get(styleguide));
}

/// `GET /{lang}/`: open to anyone.
async fn home(app: Data<App>, visit: Visit<Anyone>) -> Reply {
    let page = HomePage::new(&app.theme, visit.lang, &app.catalogue());
    visit.show(&app, &page)
}

/// `GET /{lang}/styleguide`: open to anyone.
async fn styleguide(app: Data<App>, visit: Visit<Anyone>) -> Reply {
    visit.show(&app, &StyleguidePage::new(&app.theme, visit.lang))
}
