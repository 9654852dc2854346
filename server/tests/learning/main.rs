//! Learning as people meet it: the routes, on every database at hand, with the shipped courses.

mod access;
mod attempts;
mod lessons;
mod path;
mod support;
