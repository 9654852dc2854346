//! `course preview`: the courses in a browser while they are written.
//!
//! Nothing is stored and nobody signs in: a page depends only on the files and its address, which includes
//! the answers that are tried. [`live`] compiles the current courses, [`pages`] renders them, [`theme`]
//! provides the platform's styles, [`words`] the words of the frame, [`site`] handles requests.

mod hosts;
mod live;
mod pages;
mod site;
mod theme;
mod words;

use std::net::SocketAddr;
use std::process::ExitCode;

use clap::Args;

use crate::changes::Watching;
use crate::input::Input;

/// Shows the courses in a browser, with what is wrong with them, and again after every change.
///
/// Answers can be tried; the right ones are shown on request. Anybody who can reach the address can see them:
/// keep to this computer's own.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    input: Input,
    /// The address to listen on; port 0 takes a free one.
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8090")]
    listen: SocketAddr,
    /// A name under which the preview is opened from elsewhere, such as that of this computer. Can be repeated.
    #[arg(long, value_name = "NAME")]
    host: Vec<String>,
    /// Opens the preview in the browser.
    #[arg(long)]
    open: bool,
    #[command(flatten)]
    watching: Watching,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let Arguments {
        input,
        listen,
        host,
        open,
        watching,
    } = arguments;
    let mut options = input.options();
    options.is_preview = true;
    let live = live::LiveCourses::open(&input.courses, &options, *watching)?;
    actix_web::rt::System::new().block_on(site::serve(live, *listen, host, *open))?;
    Ok(ExitCode::SUCCESS)
}
