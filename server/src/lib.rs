//! The server of the learning platform: its pages, its records, its jobs.

pub mod clock;
pub mod db;
