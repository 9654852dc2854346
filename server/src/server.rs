//! The web server: its routes, its middleware, its start and its end.

use std::{
    future,
    net::{IpAddr, Ipv4Addr, TcpListener},
    time::Duration,
};

use actix_http::{HttpService, Protocol, error::DispatchError};
use actix_service::{IntoServiceFactory as _, ServiceFactoryExt as _, fn_service, map_config};
use actix_web::{
    App as WebApp, HttpRequest, HttpResponse,
    body::MessageBody,
    dev::{AppConfig, Server, ServiceFactory, ServiceRequest, ServiceResponse},
    http::{Method, header},
    middleware::{Compress, from_fn},
    rt::net::TcpStream,
    web::{self, Data, ServiceConfig},
};

#[cfg(unix)]
use tokio::signal::unix;

use crate::http::{
    Anyone, Error, Lang, Shell, Visit,
    address::{self, Address as _},
    assets,
    connections::{Watched, bounded, drain},
    cookies,
    error_pages::pages_for_errors,
    headers,
    methods::{head_as_get, without_slash},
    request_id::in_span,
    route::without_language,
    see_other,
};
use crate::{
    accounts, api, app::App, certificates, events, handbook, health::Health, learning, operating,
    organisations, people, privacy, programme, registrations, reports, search, site,
};

/// How long an idle connection stays open.
const KEEP_ALIVE: Duration = Duration::from_secs(5);

/// How long the server keeps reading from a client after its response, so that the client can read the
/// response.
const DRAIN_LIMIT: Duration = Duration::from_secs(2);

/// How many seconds running requests may take when the server stops.
const LAST_REQUESTS_SECONDS: u64 = 10;

/// Every route, area by area. The rule of access of each is the `Visit<…>` of its handler.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(without_language("/").get(choose_language))
        .service(without_language("/healthz").get(alive))
        .service(without_language("/readyz").get(ready))
        .service(without_language("/robots.txt").get(robots))
        .service(
            web::scope("/{lang:lv|en}")
                // Routes are matched in order: the most frequent first.
                .configure(learning::routes)
                .configure(registrations::routes)
                .configure(site::routes)
                .configure(accounts::routes)
                .configure(people::routes)
                .configure(privacy::routes)
                .configure(organisations::routes)
                .configure(events::routes)
                .configure(registrations::organiser_routes)
                .configure(reports::routes)
                .configure(handbook::routes)
                .configure(search::routes)
                .configure(programme::routes)
                .configure(certificates::routes)
                .configure(operating::routes)
                .configure(api::pages)
                .default_service(web::to(no_such_page)),
        )
        .configure(api::routes)
        .service(without_language("/assets/{path:.*}").get(asset))
        .service(without_language("/media/{name}").get(learning::media))
        .default_service(web::to(no_such_page));
}

/// The routes with their middleware, as one worker runs them.
pub fn web_app(
    app: &App,
) -> WebApp<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody + use<>>,
        Error = actix_web::Error,
        InitError = (),
    > + use<>,
> {
    WebApp::new()
        .wrap(from_fn(pages_for_errors))
        .wrap(headers::security(app.shell.is_https))
        .wrap(Compress::default())
        .wrap(from_fn(head_as_get))
        .wrap(from_fn(bounded))
        .wrap(from_fn(in_span))
        .wrap(from_fn(cookies::prefixed))
        .configure(|config| app.provide(config))
        .configure(routes)
}

/// Serves until the process is told to stop.
///
/// # Errors
/// The listener cannot be used.
pub async fn serve(
    app: App,
    listener: TcpListener,
    mut stopping: StopSignals,
) -> std::io::Result<()> {
    // First, because otherwise the web worker that hashes first would share its CPU with these threads.
    accounts::start_hashing();
    let server = start(app, listener)?;
    let handle = server.handle();
    actix_web::rt::spawn(async move {
        let ending = stopping.received().await;
        handle.stop(ending == Ending::Orderly).await;
    });
    server.await
}

/// The signals that tell the process to stop. From [`StopSignals::listen`] on none is lost, also before the
/// server takes connections.
#[cfg(unix)]
#[derive(Debug)]
pub struct StopSignals {
    terminate: unix::Signal,
    interrupt: unix::Signal,
    quit: unix::Signal,
}

/// The same where Ctrl+C is the only one.
#[cfg(not(unix))]
#[derive(Debug)]
pub struct StopSignals;

/// What happens to the requests under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// They are finished first.
    Orderly,
    /// They are ended.
    AtOnce,
}

#[cfg(unix)]
impl StopSignals {
    /// Takes the signals from now on.
    ///
    /// # Errors
    /// The system does not allow it.
    pub fn listen() -> std::io::Result<Self> {
        Ok(Self {
            terminate: unix::signal(unix::SignalKind::terminate())?,
            interrupt: unix::signal(unix::SignalKind::interrupt())?,
            quit: unix::signal(unix::SignalKind::quit())?,
        })
    }

    /// Waits for one of them.
    async fn received(&mut self) -> Ending {
        tokio::select! {
            _ = self.terminate.recv() => Ending::Orderly,
            _ = self.interrupt.recv() => Ending::AtOnce,
            _ = self.quit.recv() => Ending::AtOnce,
        }
    }
}

#[cfg(not(unix))]
impl StopSignals {
    /// Takes the signals from now on.
    ///
    /// # Errors
    /// None here.
    pub fn listen() -> std::io::Result<Self> {
        Ok(Self)
    }

    async fn received(&mut self) -> Ending {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::error!(%error, "Ctrl+C is not noticed");
            future::pending::<()>().await;
        }
        Ending::AtOnce
    }
}

/// Starts serving; the result ends with the server, and can stop it.
///
/// # Errors
/// The listener cannot be used.
pub fn start(app: App, listener: TcpListener) -> std::io::Result<Server> {
    let address = listener.local_addr()?;
    let bounds = app.connections.bounds();
    let builder = Server::build()
        // See `StopSignals`: its own are taken when it runs already.
        .disable_signals()
        .shutdown_timeout(LAST_REQUESTS_SECONDS)
        // Our own limit is reached before that.
        .max_concurrent_connections(bounds.all.saturating_add(64));
    let ending = builder.graceful_shutdown_signal();
    let builder = builder.listen("pages", listener, move || {
        app.db.pin_thread();
        let ending = ending.clone();
        let pages = web_app(&app)
            .into_factory()
            .map_err(|error: actix_web::Error| error.error_response());
        let http = HttpService::build()
            .graceful_shutdown_signal(move || {
                let ending = ending.clone();
                async move { ending.notified().await }
            })
            .keep_alive(KEEP_ALIVE)
            .client_request_timeout(app.connections.patience().head)
            .client_disconnect_timeout(DRAIN_LIMIT)
            .local_addr(address)
            .on_connect_ext(|io: &Watched<TcpStream>, data| {
                data.insert(io.connection());
            })
            .finish(map_config(pages, |()| AppConfig::default()));
        let (shell, connections) = (app.shell.clone(), app.connections.clone());
        fn_service(move |io: TcpStream| {
            let peer = io.peer_addr().ok();
            // If this fails, the error appears when the connection is used.
            let _ = io.set_nodelay(true);
            let from = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.ip());
            let watched = connections.watch(io, from, &shell.trusted_proxies, drain);
            future::ready(Ok::<_, DispatchError>((watched, Protocol::Http1, peer)))
        })
        .and_then(http)
        .map_err(|error| {
            // Invalid requests and closed connections are not errors of the server.
            tracing::debug!(%error, "a connection ended early");
            error
        })
    })?;
    Ok(builder.run())
}

/// `GET /`: redirects to the language that the browser prefers.
async fn choose_language(request: HttpRequest) -> HttpResponse {
    let accepted = request.headers().get(header::ACCEPT_LANGUAGE);
    let lang =
        Lang::from_accept_language(accepted.and_then(|v| v.to_str().ok()).unwrap_or_default());
    let mut response = see_other(&address::Home.url(lang));
    response.headers_mut().insert(
        header::VARY,
        header::HeaderValue::from_static("Accept-Language"),
    );
    response
}

/// `GET /healthz`: the process is running.
async fn alive() -> &'static str {
    "ok"
}

/// `GET /readyz`: this server can work: see [`Health`].
async fn ready(health: Data<Health>) -> HttpResponse {
    let report = health.report().await;
    let mut answer = if report.is_ready() {
        HttpResponse::Ok()
    } else {
        HttpResponse::ServiceUnavailable()
    };
    answer
        .content_type("text/plain; charset=utf-8")
        .body(report.text())
}

/// `GET /robots.txt`: what search engines leave alone. What is invented they leave alone as a whole.
async fn robots(shell: Data<Shell>) -> String {
    if shell.is_demo {
        return "User-agent: *\nDisallow: /\n".to_owned();
    }
    // Nothing below these is open to them.
    let closed = [
        address::Me::ROUTE,
        "/attempts",
        address::Organise::ROUTE,
        address::Manage::ROUTE,
        "/author",
        "/admin",
    ];
    let lines: String = Lang::ALL
        .into_iter()
        .flat_map(|lang| closed.map(|path| format!("Disallow: /{lang}{path}\n")))
        .collect();
    format!("User-agent: *\n{lines}")
}

/// `GET /assets/{path}`: a file of the theme, open to anyone.
async fn asset(shell: Data<Shell>, path: web::Path<String>) -> Result<HttpResponse, Error> {
    let (content_type, bytes) = shell.theme.assets().file(&path).ok_or(Error::NotFound)?;
    Ok(HttpResponse::Ok()
        .content_type(content_type)
        .insert_header(assets::CACHE_FOREVER)
        .body(bytes))
}

/// Takes the visit so that the page shows who is signed in.
async fn no_such_page(request: HttpRequest, _visit: Visit<Anyone>) -> Result<HttpResponse, Error> {
    // `OPTIONS *` is about the server as a whole.
    if request.method() == Method::OPTIONS && request.path() == "*" {
        return Ok(HttpResponse::NoContent()
            .insert_header((header::ALLOW, "GET, HEAD, OPTIONS, POST"))
            .finish());
    }
    if let Some(address) = without_slash(&request) {
        // With the same method.
        return Ok(HttpResponse::PermanentRedirect()
            .insert_header((header::LOCATION, address))
            .finish());
    }
    Err(Error::NotFound)
}
