//! The demonstration (`--demo`): a realistic programme with invented people, to try out the platform.
//!
//! An empty database is filled once, through the same services as real use, each with a clock set to the day
//! on which something is supposed to have happened. Everything invented is marked: organisations by
//! „(izdomāta)” (“invented”), people by the second half of their family names, *-Paraugs* and *-Parauga*
//! (“sample”).

mod data;
mod events;
mod fill;
mod plan;
#[cfg(test)]
mod tests;

pub use data::{SIGN_INS, SignIn};

use anyhow::Context as _;

use crate::{accounts, app::App, config::DEFAULT_DEMO_PASSWORD};

/// The result of filling in the demonstration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filled {
    /// The database was empty and is filled now.
    Now,
    /// The demonstration was there already and is not changed.
    Before,
    /// The database contains other records, to which nothing is added.
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
    // One hash for all of them: it takes longer than everything else about a person.
    let password_hash = accounts::hash_password(password).await?;
    fill::fill_in(app, &password_hash, people)
        .await
        .context("the demonstration could not be filled in")?;
    Ok(Filled::Now)
}
