//! Logging: readable lines at a terminal, JSON otherwise.

use std::io::IsTerminal as _;

use tracing_subscriber::EnvFilter;

/// Starts logging to standard error. `RUST_LOG` sets the filter (default: `info` for the platform, `warn` for
/// the rest).
#[expect(
    clippy::disallowed_methods,
    reason = "what is logged is chosen before there is a configuration"
)]
pub fn start() {
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter(
            std::env::var(EnvFilter::DEFAULT_ENV).ok().as_deref(),
        ))
        .with_writer(std::io::stderr)
        // When the log cannot be written, because the disk is full, saying so to the same standard error would
        // panic, and end the request.
        .log_internal_errors(false);
    if std::io::stderr().is_terminal() {
        log.with_target(false).init();
    } else {
        log.json().init();
    }
}

/// The log filter for a given `RUST_LOG`. The web framework logs every unreadable request as an error, which
/// anybody can send, so that is turned off: [`crate::server`] logs the same at `debug`.
fn filter(chosen: Option<&str>) -> EnvFilter {
    let filter = chosen
        .and_then(|chosen| chosen.parse::<EnvFilter>().ok())
        .unwrap_or_else(|| EnvFilter::new("warn,server=info,iespeja=info"));
    match "actix_http::h1::dispatcher=off".parse() {
        Ok(quiet) => filter.add_directive(quiet),
        Err(_) => filter,
    }
}
