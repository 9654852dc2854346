//! Logging: a line for people at a terminal, JSON when the output is collected.

use std::io::IsTerminal as _;

use tracing_subscriber::EnvFilter;

/// Starts logging to standard error. `RUST_LOG` chooses what is said (default: `info` for the
/// platform, warnings for the rest).
#[expect(
    clippy::disallowed_methods,
    reason = "what is logged is chosen before there is a configuration"
)]
pub fn start() {
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter(
            std::env::var(EnvFilter::DEFAULT_ENV).ok().as_deref(),
        ))
        .with_writer(std::io::stderr);
    if std::io::stderr().is_terminal() {
        log.with_target(false).init();
    } else {
        log.json().init();
    }
}

/// What is said for a given `RUST_LOG`. The web framework calls every request that it cannot read
/// an error, which anybody can send: [`crate::server`] says the same when asked for `debug`.
fn filter(chosen: Option<&str>) -> EnvFilter {
    let filter = chosen
        .and_then(|chosen| chosen.parse::<EnvFilter>().ok())
        .unwrap_or_else(|| EnvFilter::new("warn,server=info,iespeja=info"));
    match "actix_http::h1::dispatcher=off".parse() {
        Ok(quiet) => filter.add_directive(quiet),
        Err(_) => filter,
    }
}
