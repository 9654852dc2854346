//! The web server of the preview.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::{DefaultHeaders, Next, from_fn};
use actix_web::{App, HttpResponse, HttpServer, web};
use anyhow::Context as _;
use futures::stream;
use tokio::sync::watch;

use super::hosts::Hosts;
use super::live::LiveCourses;
use super::pages::{self, Found, Wish};
use super::theme::{self, Scheme};

type Query = web::Query<Vec<(String, String)>>;

/// As on the platform: nothing inline, nothing from other sites.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     img-src 'self' data:; font-src 'self'; media-src 'self'; connect-src 'self'; form-action 'self'; \
     frame-ancestors 'none'; base-uri 'none'";

/// Serves until the process is told to end.
pub(super) async fn serve(
    live: LiveCourses,
    listen: SocketAddr,
    named: &[String],
    open: bool,
) -> anyhow::Result<()> {
    let live = web::Data::new(live);
    let hosts = web::Data::new(Hosts::new(listen, named));
    let server = HttpServer::new(move || {
        App::new()
            .app_data(live.clone())
            .app_data(hosts.clone())
            .wrap(from_fn(only_expected))
            .wrap(
                DefaultHeaders::new()
                    .add(("Content-Security-Policy", CONTENT_SECURITY_POLICY))
                    .add(("X-Content-Type-Options", "nosniff"))
                    .add(("Cache-Control", "no-store")),
            )
            .configure(routes)
    })
    .workers(2)
    .bind(listen)
    .with_context(|| format!("cannot listen on {listen}"))?;
    for address in server.addrs() {
        println!("Preview: http://{address}/ (end with Ctrl-C)");
    }
    if open && let Some(address) = server.addrs().first() {
        open_browser(*address);
    }
    server.run().await.context("the preview ended")
}

/// Opens the preview in the browser of whoever started it. Without one, the address was printed.
fn open_browser(listen: SocketAddr) {
    let ip = match listen.ip() {
        ip if !ip.is_unspecified() => ip,
        IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
    };
    let address = format!("http://{}/", SocketAddr::new(ip, listen.port()));
    if let Err(error) = open::that_detached(&address) {
        eprintln!("warning: cannot open a browser: {error}; open {address} yourself");
    }
}

/// Answers only requests for a name of this computer.
async fn only_expected(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let host = request.headers().get(header::HOST);
    let host = host.and_then(|host| host.to_str().ok()).unwrap_or_default();
    let is_expected = request
        .app_data::<web::Data<Hosts>>()
        .is_some_and(|hosts| hosts.has(host));
    if is_expected {
        return Ok(next.call(request).await?.map_into_boxed_body());
    }
    let refused = HttpResponse::MisdirectedRequest()
        .content_type("text/plain; charset=utf-8")
        .body(
            "Šādā adresē priekšskatījums neatbild. Atveriet to adresē, ko rāda komandrinda, vai palaidiet to ar \
             `--host NOSAUKUMS`.\n\n\
             The preview does not answer under this name. Open it at the address that the command line shows, or start \
             it with `--host NAME`.\n",
        );
    Ok(request.into_response(refused))
}

/// Every address of the preview.
fn routes(config: &mut web::ServiceConfig) {
    config
        .route("/", web::get().to(index))
        .route("/events", web::get().to(events))
        .route(
            "/preview.js",
            web::get().to(async || text("text/javascript", include_str!("files/preview.js"))),
        )
        .route(
            "/preview.css",
            web::get().to(async || text("text/css", include_str!("files/preview.css"))),
        )
        .route("/theme/main.css", web::get().to(style_sheet))
        .route("/theme/{path:.*}", web::get().to(theme_file))
        .route("/media/{name}", web::get().to(media))
        .route("/{course}", web::get().to(course))
        .route("/{course}/{lesson}", web::get().to(lesson))
        .default_service(web::get().to(missing));
}

async fn index(live: web::Data<LiveCourses>, query: Query) -> HttpResponse {
    let shown = live.shown();
    html(Found::Page(pages::index(&shown, &wish(query))))
}

async fn course(
    live: web::Data<LiveCourses>,
    slug: web::Path<String>,
    query: Query,
) -> HttpResponse {
    let shown = live.shown();
    html(pages::course(&shown, &wish(query), &slug))
}

async fn lesson(
    live: web::Data<LiveCourses>,
    path: web::Path<(String, String)>,
    query: Query,
) -> HttpResponse {
    let shown = live.shown();
    let (slug, lesson) = path.into_inner();
    html(pages::lesson(&shown, &wish(query), &slug, &lesson))
}

async fn missing(live: web::Data<LiveCourses>, query: Query) -> HttpResponse {
    let shown = live.shown();
    html(pages::missing(&shown, &wish(query), "/", ""))
}

fn wish(query: Query) -> Wish {
    Wish::read(query.into_inner())
}

fn html(found: Found) -> HttpResponse {
    let (mut response, page) = match found {
        Found::Page(page) => (HttpResponse::Ok(), page),
        Found::Missing(page) => (HttpResponse::NotFound(), page),
    };
    response.content_type("text/html; charset=utf-8").body(page)
}

fn text(kind: &'static str, body: &'static str) -> HttpResponse {
    HttpResponse::Ok().content_type(kind).body(body)
}

async fn style_sheet(query: Query) -> HttpResponse {
    let wish = wish(query);
    HttpResponse::Ok()
        .content_type("text/css")
        .body(theme::style_sheet(wish.scheme))
}

async fn theme_file(path: web::Path<String>) -> HttpResponse {
    match theme::file(&path) {
        Some(bytes) => file(&path, bytes.into_owned()),
        None => HttpResponse::NotFound().finish(),
    }
}

async fn media(live: web::Data<LiveCourses>, name: web::Path<String>) -> HttpResponse {
    match live.shown().compilation.bundle.assets.get(&*name) {
        Some(bytes) => file(&name, bytes.to_vec()),
        None => HttpResponse::NotFound().finish(),
    }
}

fn file(name: &str, bytes: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(mime_guess::from_path(name).first_or_octet_stream())
        .body(bytes)
}

/// Sends a page the version of the courses, now and after every change.
async fn events(live: web::Data<LiveCourses>) -> HttpResponse {
    let mut versions = live.versions();
    versions.mark_changed();
    let events = stream::unfold(versions, |mut versions: watch::Receiver<Arc<str>>| async {
        versions.changed().await.ok()?;
        let version = Arc::clone(&versions.borrow_and_update());
        let event = web::Bytes::from(format!("event: version\ndata: {version}\n\n"));
        Some((Ok::<_, std::convert::Infallible>(event), versions))
    });
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/event-stream"))
        .streaming(events)
}

impl Scheme {
    /// The scheme in an address; for an unknown word, the browser's choice.
    pub(super) fn from_word(word: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|scheme| scheme.as_str() == word)
            .unwrap_or_default()
    }
}
