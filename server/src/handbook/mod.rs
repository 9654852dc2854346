//! The handbook: chapters by sector of policy, read and searched by anyone. Nobody enrols, and nothing is
//! recorded of who reads what.
//!
//! Knows the catalogue, and nothing of people.

pub mod pages;
pub mod views;
