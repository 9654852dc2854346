//! The handlers of the site's own pages.

use actix_web::web::{Data, ServiceConfig};

use super::views::{ContactPage, HomePage, StyleguidePage};
use crate::{
    http::{Anyone, Reply, Visit, address, route::page},
    learning::Courses,
};

/// The routes below `/{lang}`.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(page::<address::Home>().get(home))
        .service(page::<address::Contact>().get(contact))
        .service(page::<address::Styleguide>().get(styleguide));
}

/// `GET /{lang}/`: open to anyone.
async fn home(courses: Data<Courses>, visit: Visit<Anyone>) -> Reply {
    let page = HomePage::new(visit.theme(), visit.lang, &courses.current());
    visit.show(&page)
}

/// `GET /{lang}/contact`: open to anyone.
async fn contact(visit: Visit<Anyone>) -> Reply {
    visit.show(&ContactPage::new(&visit.shell().contact))
}

/// `GET /{lang}/styleguide`: open to anyone.
async fn styleguide(visit: Visit<Anyone>) -> Reply {
    visit.show(&StyleguidePage::new(visit.theme(), visit.lang))
}
