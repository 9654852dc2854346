//! The demonstration: a believable programme of invented people, for looking around (`--demo`).
//!
//! Filled once into an empty database, through the services that real use goes through, each with a
//! clock that is set to the day on which it is to have happened. Everything invented says so: the
//! organisations by „(izdomāta)” (“invented”), the people by the second half of their family names,
//! *-Paraugs* and *-Parauga* (“sample”).

mod cast;
mod plan;
mod play;
#[cfg(test)]
mod tests;

pub use cast::{SIGN_INS, SignIn};

use anyhow::Context as _;

use crate::{accounts, app::App, config::DEFAULT_DEMO_PASSWORD};

/// What a start with `--demo` found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filled {
    /// An empty database, which is filled now.
    Now,
    /// The demonstration, which is kept as it is.
    Before,
    /// Other people's records, to which nothing is added.
    NotEmpty,
}

/// Fills an empty database with the demonstration.
///
/// # Errors
/// The database fails, or something of the demonstration is refused.
pub async fn fill(app: &App) -> anyhow::Result<Filled> {
    fill_with(app, plan::PEOPLE).await
}

async fn fill_with(app: &App, people: usize) -> anyhow::Result<Filled> {
    let accounts = accounts::count(&app.db, "").await?;
    if accounts > 0 {
        let first = SIGN_INS.first().map_or("", |sign_in| sign_in.email);
        let ours = accounts::count(&app.db, first).await?;
        return Ok(if ours > 0 {
            Filled::Before
        } else {
            Filled::NotEmpty
        });
    }
    let password = app.config.demo_password.clone();
    let password = password.unwrap_or_else(|| DEFAULT_DEMO_PASSWORD.to_owned());
    // One hash for everybody: making it takes longer than all the rest of a person.
    let password_hash = accounts::hash_password(password).await?;
    play::play(app, &password_hash, people)
        .await
        .context("the demonstration could not be filled in")?;
    Ok(Filled::Now)
}
