//! The `course` command as it is run: exit code, output, errors.
//!
//! One module a command. A test makes a [`place::Place`], a folder of its own, runs the program in it and holds
//! what it said to a snapshot: `assert_snapshot!(place.course("check"))`. `INSTA_UPDATE=always cargo test -p course
//! --test command` writes snapshots anew; read the difference.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod apart;
mod build;
mod check;
mod conflicts;
mod diff;
mod disk;
mod explain;
mod fmt;
mod found;
mod help;
mod lock;
mod new;
mod place;
mod preview;
mod slips;
mod stats;
mod status;
mod together;
mod watch;
