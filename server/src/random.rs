//! The operating system's random number generator. It is used here and nowhere else; all other code takes its
//! generator as a parameter.

use data_encoding::BASE64URL_NOPAD;
use rand::{Rng, RngExt as _};

/// The generator that handlers pass to use cases.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that random numbers come from"
)]
pub fn rng() -> impl Rng {
    rand::rng()
}

/// A new secret of 256 bits, for cookies and links.
#[must_use]
pub fn token() -> String {
    BASE64URL_NOPAD.encode(&rng().random::<[u8; 32]>())
}

/// 64 random bits.
#[must_use]
pub fn bits() -> u64 {
    rng().random()
}
