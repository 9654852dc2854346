//! The web server: its routes, its middleware, its start and its end.

use std::{net::TcpListener, time::Duration};

use actix_web::{
    App as WebApp, HttpRequest, HttpResponse, HttpServer,
    body::MessageBody,
    dev::{ServiceFactory, ServiceRequest, ServiceResponse},
    http::header,
    middleware::{Compress, from_fn},
    web::{self, Data, ServiceConfig},
};

use crate::http::{
    Anyone, App, Error, Lang, Visit, assets, error::pages_for_errors, headers, see_other,
};
use crate::{accounts, certificates, handbook, learning, people, programme, site};

/// The largest form: the answers of a whole test fit many times over.
const MAX_FORM_BYTES: usize = 256 * 1024;

/// Every route, area by area. The rule of each stands in its handler's `Visit<…>`.
pub fn routes(config: &mut ServiceConfig) {
    config
        .app_data(web::PayloadConfig::new(MAX_FORM_BYTES))
        .service(web::resource("/").route(web::get().to(choose_language)))
        .service(web::resource("/healthz").route(web::get().to(alive)))
        .service(web::resource("/readyz").route(web::get().to(ready)))
        .service(
            web::scope("/{lang:lv|en}")
                // Routes are tried one after another: first those that are used most.
                .configure(learning::pages::routes)
                .configure(site::pages::routes)
                .configure(accounts::pages::routes)
                .configure(people::pages::routes)
                .configure(handbook::pages::routes)
                .configure(programme::pages::routes)
                .configure(certificates::pages::routes)
                .default_service(web::to(no_such_page)),
        )
        .service(web::resource("/assets/{path:.*}").route(web::get().to(assets::asset)))
        .service(web::resource("/media/{name}").route(web::get().to(learning::pages::media)))
        .default_service(web::to(no_such_page));
}

/// The routes with their middleware, as one worker runs them.
pub fn web_app(
    app: Data<App>,
) -> WebApp<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = actix_web::Error,
        InitError = (),
    >,
> {
    WebApp::new()
        .wrap(from_fn(pages_for_errors))
        .wrap(headers::security(app.config.is_https()))
        .wrap(Compress::default())
        .app_data(app)
        .configure(routes)
}

/// Serves until the process is told to stop; requests under way are finished first.
///
/// # Errors
/// The listener cannot be used.
pub async fn serve(app: Data<App>, listener: TcpListener) -> std::io::Result<()> {
    // First, or the web worker that hashes first would share its CPU with them.
    accounts::password::start_threads();
    HttpServer::new(move || {
        app.db.settle_thread();
        web_app(app.clone())
    })
    .shutdown_timeout(10)
    .client_request_timeout(Duration::from_secs(15))
    .listen(listener)?
    .run()
    .await
}

/// `GET /`: to the language that the browser prefers.
async fn choose_language(request: HttpRequest) -> HttpResponse {
    let accepted = request.headers().get(header::ACCEPT_LANGUAGE);
    let lang =
        Lang::from_accept_language(accepted.and_then(|v| v.to_str().ok()).unwrap_or_default());
    let mut response = see_other(&format!("/{lang}/"));
    response.headers_mut().insert(
        header::VARY,
        header::HeaderValue::from_static("Accept-Language"),
    );
    response
}

/// `GET /healthz`: the process answers.
async fn alive() -> &'static str {
    "ok"
}

/// `GET /readyz`: the database answers too.
async fn ready(app: Data<App>) -> Result<&'static str, Error> {
    app.db.read().ping().await?;
    Ok("ready")
}

/// Takes the visit so that the page knows who is signed in.
async fn no_such_page(_visit: Visit<Anyone>) -> Result<HttpResponse, Error> {
    Err(Error::NotFound)
}
